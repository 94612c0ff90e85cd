"""A claim's picture: the letters of its labels are joined and in order, and nothing in it runs."""

from __future__ import annotations

import io
import os
import shutil
from collections.abc import Callable
from xml.etree import ElementTree as ET

import pytest
from PIL import Image, ImageDraw, ImageFont, features

from claimtrack.errors import ClaimtrackError
from claimtrack.export import Options, describe, export, fonts, png
from claimtrack.store import Store
from claimtrack.store.selection import Wanted
from tests.export.test_dossier import claim_of
from tests.export.world import CHAIN, HOSTILE, RUSSIAN
from tests.match.stories import TAX

SVG = "{http://www.w3.org/2000/svg}"
SIZE = 40


def written(store: Store, name: str, claim: str, options: Options = Options()) -> bytes:  # noqa: B008
    out = io.BytesIO()
    check = bool(describe(name).check)
    done = export(name, store.connection, out, Wanted(claims=(claim,)), options, check=check)
    assert done.written > 1
    return out.getvalue()


def test_a_drawing_has_every_label_and_says_which_way_it_runs(world: Store) -> None:
    tree = ET.fromstring(written(world, "svg", claim_of(world, CHAIN, 1), Options(lang="ar")))
    texts = list(tree.iter(f"{SVG}text"))
    said = " ".join("".join(text.itertext()).strip("\u2068\u2069") for text in texts)
    assert TAX in said
    assert "وزارة المالية القمرية" in said
    ways = {"".join(text.itertext()): text.get("direction") for text in texts}
    assert {way for words, way in ways.items() if "المالية" in words} == {"rtl"}


def test_below_an_address_nodes_lead_to_their_pages(world: Store) -> None:
    claim = claim_of(world, CHAIN, 1)
    base = "https://desk.example/"
    tree = ET.fromstring(written(world, "svg", claim, Options(base=base)))
    links = {link.get("href") for link in tree.iter(f"{SVG}a")}
    assert f"{base}claim/{claim}" in links
    assert not list(ET.fromstring(written(world, "svg", claim)).iter(f"{SVG}a"))


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_dots_are_as_many_as_the_drawing_asks_for(world: Store, lang: str) -> None:
    claim = claim_of(world, CHAIN, 1)
    tree = ET.fromstring(written(world, "svg", claim, Options(lang=lang)))
    picture = Image.open(io.BytesIO(written(world, "png", claim, Options(lang=lang))))
    assert picture.size == (2 * int(tree.get("width", 0)), 2 * int(tree.get("height", 0)))
    assert picture.convert("L").getextrema() == pytest.approx((31, 255), abs=8)  # ink on white


@pytest.mark.skipif(
    shutil.which("chromium") is None and "CLAIMTRACK_REQUIRE_BROWSER" not in os.environ,
    reason="Chromium is not installed",
)
def test_chromium_draws_the_same_picture_where_it_is_asked(world: Store) -> None:
    claim = claim_of(world, CHAIN, 1)
    ours, theirs = (
        Image.open(io.BytesIO(written(world, "png", claim, Options(lang="ar", browser=browser))))
        for browser in (False, True)
    )
    assert theirs.size == ours.size
    # lines and boxes are the same; letters are set in another font
    small = (ours.width // 40, ours.height // 40)
    pairs = zip(*(one.convert("L").resize(small).tobytes() for one in (ours, theirs)), strict=True)
    assert max(abs(one - other) for one, other in pairs) < 40
    assert theirs.convert("L").getextrema()[0] < 60


def test_a_very_large_picture_has_fewer_dots(world: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(png, "MOST", 40_000)
    picture = Image.open(io.BytesIO(written(world, "png", claim_of(world, CHAIN, 1))))
    assert 30_000 < picture.size[0] * picture.size[1] < 50_000


def columns(picture: Image.Image) -> list[float]:
    """Return how much ink each column of a picture has, from the first that has any to the last."""
    grey = picture.convert("L")
    sums = [
        sum(255 - grey.getpixel((x, y)) for y in range(grey.height))  # type: ignore[operator]
        for x in range(grey.width)
    ]
    inked = [place for place, ink in enumerate(sums) if ink > 100]
    own = sums[inked[0] : inked[-1] + 1]
    # smoothed, since programs round to dots each in its own way
    return [sum(own[max(at - 3, 0) : at + 4]) for at in range(len(own))]


def drawn_by_us(words: str) -> list[float]:
    svg = (
        f'<svg xmlns="{SVG[1:-1]}" width="700" height="90" font-family="{fonts.FAMILY}"'
        f' font-size="{SIZE}"><text x="350" y="60" text-anchor="middle" direction="rtl">'
        f"{words}</text></svg>"
    )
    return columns(Image.open(io.BytesIO(png.drawn(svg, 1.0))))


def drawn_by_raqm(words: str, *, shaped: bool = True) -> list[float]:
    engine = ImageFont.Layout.RAQM if shaped else ImageFont.Layout.BASIC
    font = ImageFont.truetype(fonts.FILE, SIZE, layout_engine=engine)
    picture = Image.new("L", (700, 90), 255)
    way = {"direction": "rtl", "language": "ar"} if shaped else {}
    ImageDraw.Draw(picture).text((20, 10), words, font=font, fill=0, **way)
    return columns(picture)


def likeness(left: list[float], right: list[float]) -> float:
    """Return the correlation of two lines of ink, which are set one beside the other."""
    size = min(len(left), len(right))
    means = [sum(line[:size]) / size for line in (left, right)]
    pairs = list(zip(left[:size], right[:size], strict=True))
    both = sum((a - means[0]) * (b - means[1]) for a, b in pairs)
    alone = [
        sum((each - mean) ** 2 for each in line[:size])
        for line, mean in zip((left, right), means, strict=True)
    ]
    return float(both / (alone[0] * alone[1]) ** 0.5)


@pytest.mark.skipif(not features.check("raqm"), reason="this Pillow shapes no letters")
@pytest.mark.parametrize(
    "words", ["وزارة المالية القمرية", "الضريبة 25% (الأولى)", "لا إله، رسميًا"]
)
def test_letters_are_joined_and_in_order_as_another_program_sets_them(words: str) -> None:
    ours = drawn_by_us(words)
    reference = drawn_by_raqm(words)
    assert abs(len(ours) - len(reference)) <= 2
    assert likeness(ours, reference) > 0.9
    # and that a wrong order or single letters would be seen
    for wrong in (drawn_by_raqm(words[::-1]), drawn_by_raqm(words, shaped=False)):
        assert abs(len(ours) - len(wrong)) > 2 or likeness(ours, wrong) < 0.5


def test_the_font_has_the_letters_of_our_languages() -> None:
    font = ImageFont.truetype(fonts.FILE, SIZE)
    nothing = font.getmask("\U0010ffff")
    for letter in "abzÉабвяЁءبپي٣٪،؟«»…“”–←→":
        assert bytes(font.getmask(letter)) != bytes(nothing), letter
    assert "SIL OPEN FONT LICENSE Version 1.1" in (fonts.FOLDER / "OFL.txt").read_text("utf-8")


def test_a_hostile_name_stays_words(world: Store) -> None:
    text = written(world, "svg", claim_of(world, HOSTILE)).decode()
    assert "<script" not in text
    assert "\u202e" not in text


BROKEN: list[tuple[Callable[[str], str], str]] = [
    (lambda text: text.replace("</svg>", ""), "it is no XML"),
    (lambda text: text.replace("svg", "html"), "it is no svg"),
    (lambda text: text.replace("</svg>", "<script>1</script></svg>"), "script is no part"),
    (lambda text: text.replace("<rect", '<rect onclick="1"'), "rect has onclick"),
    (lambda text: text.replace('href="https', 'href="javascript'), "a has href="),
]


@pytest.mark.parametrize(("damage", "message"), BROKEN)
def test_each_rule_of_a_drawing_finds_a_sample_that_breaks_it(
    damage: Callable[[str], str], message: str, world: Store
) -> None:
    check = describe("svg").check
    assert check
    base = Options(base="https://desk.example/")
    text = written(world, "svg", claim_of(world, RUSSIAN), base).decode()
    assert not list(check(text.encode()))
    assert [one for one in check(damage(text).encode()) if message in one]


@pytest.mark.parametrize("name", ["svg", "png"])
@pytest.mark.parametrize("many", [0, 2])
def test_a_picture_is_of_one_claim(world: Store, name: str, many: int) -> None:
    claims = (claim_of(world, CHAIN), claim_of(world, HOSTILE))[:many]
    out = io.BytesIO()
    with pytest.raises(ClaimtrackError, match="A picture is of one claim"):
        export(name, world.connection, out, Wanted(claims=claims))
    assert not out.getvalue()


DOTS: list[tuple[Callable[[bytes], bytes], str]] = [
    (lambda data: data[1:], "it is no PNG"),
    (lambda data: data[:-12], "it is cut short"),
    (lambda data: data[:-5], "is damaged"),
    (lambda data: data[:100] + b"x" + data[101:], "b'IDAT' is damaged"),
]


@pytest.mark.parametrize(("damage", "message"), DOTS)
def test_each_rule_of_a_picture_of_dots_finds_a_sample_that_breaks_it(
    damage: Callable[[bytes], bytes], message: str, world: Store
) -> None:
    data = written(world, "png", claim_of(world, RUSSIAN))
    assert list(png.check(data)) == []
    assert [one for one in png.check(damage(data)) if message in one]


def test_a_picture_larger_than_any_is_found(world: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    data = written(world, "png", claim_of(world, RUSSIAN))
    monkeypatch.setattr(png, "MOST", 100)
    assert [one for one in png.check(data) if "dots" in one]
