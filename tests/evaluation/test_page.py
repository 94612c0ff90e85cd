"""The page of mistakes: whole, harmless, each text in its own direction."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from claimtrack.evaluation.lines import Lines, by_id
from claimtrack.evaluation.page import page
from claimtrack.evaluation.score import compare, score

from .building import GOLD, LENA, OMAR, TEXT, at, lines, one

ARABIC = "قالت نورة إن الجسر مفتوح. وأكد سامي أن السكة مغلقة."
HOSTILE = "<script>alert(1)</script> said \u202eevil\ud800 \x1b[31m & <b>so</b>."


class Read(HTMLParser):
    """What a browser would make of the page: elements, and the text of each excerpt."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.excerpts: list[dict[str, Any]] = []
        self.text: list[str] = []
        self._mark: str | None = None
        self._inside = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag == "blockquote":
            self.excerpts.append({**dict(attrs), "text": "", "marks": []})
            self._inside = True
        elif tag == "mark":
            self._mark = dict(attrs).get("class")

    def handle_endtag(self, tag: str) -> None:
        if tag == "blockquote":
            self._inside = False
        elif tag == "mark":
            self._mark = None

    def handle_data(self, data: str) -> None:
        self.text.append(data)
        if self._inside:
            self.excerpts[-1]["text"] += data
            if self._mark:
                self.excerpts[-1]["marks"].append((self._mark, data))


def made(gold: Lines, pred: Lines) -> str:
    return page(compare(gold, pred), score(gold, pred, resamples=0), "pred against gold")


def arabic(**fields: object) -> Lines:
    spans = {
        role: at(words, text=ARABIC)
        for role, words in (("source", "نورة"), ("cue", "قالت"), ("content", "الجسر مفتوح"))
    }
    return by_id([("gold:1", {"id": "ب", "text": ARABIC, "attributions": [spans], **fields})])


def test_both_sides_of_a_mistake_are_shown_with_their_spans_marked() -> None:
    read = Read(made(GOLD, lines(LENA, one("Omar", "believes", "prices fell. Rail", id="2"))))
    assert [(each["text"], each["marks"]) for each in read.excerpts] == [
        (TEXT, [("source", "Omar"), ("cue", "believes"), ("content", "that prices fell")]),
        (TEXT, [("source", "Omar"), ("cue", "believes"), ("content", "prices fell. Rail")]),
    ]


def test_the_page_says_how_much_went_wrong_and_why() -> None:
    html = made(GOLD, lines(LENA, one("", "added", "Rail is shut", pattern="trailing")))
    text = " ".join(" ".join(Read(html).text).split())
    assert "cause missed spurious wrong cue unknown 1 1 – " in text
    assert "Cue unknown 2 Its cue is a word that the other side does not take for one." in text
    assert "rule trailing" in text
    for heading in ("By outlet", "By kind", "By cue"):
        assert heading in text
    assert "articles 1 (missing in prediction: 0), gold 2, predicted 2" in text


def test_nothing_wrong_is_said_so() -> None:
    assert "Nothing: every attribution is as in gold." in made(GOLD, GOLD)


def test_the_page_needs_nothing_but_itself() -> None:
    read = Read(made(GOLD, lines(LENA)))
    assert not {"script", "link", "img", "iframe", "object"} & {tag for tag, _ in read.tags}
    for _, attributes in read.tags:
        assert "src" not in attributes
        assert (attributes.get("href") or "#").startswith("#")
    style = made(GOLD, lines(LENA)).partition("<style>")[2].partition("</style>")[0]
    assert "url(" not in style
    assert "@import" not in style


def test_links_within_the_page_lead_somewhere() -> None:
    read = Read(made(GOLD, lines(one("Omar", "said", "Rail is shut"))))
    known = {attributes.get("id") for _, attributes in read.tags}
    links = {str(attributes["href"])[1:] for tag, attributes in read.tags if tag == "a"}
    assert links
    assert links <= known


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, ("ar", "rtl")),
        ({"lang": "ar"}, ("ar", "rtl")),
        ({"lang": "fa"}, ("fa", "rtl")),
        ({"lang": "ru"}, ("ru", "ltr")),
        ({"lang": "no such"}, ("no such", "auto")),
    ],
)
def test_a_text_runs_in_the_direction_of_its_article(
    fields: dict[str, str], expected: tuple[str, str]
) -> None:
    (excerpt,) = Read(made(arabic(**fields), {})).excerpts
    assert (excerpt["lang"], excerpt["dir"]) == expected


def test_words_of_others_are_text_and_steer_nothing() -> None:
    spans = {
        "source": [[0, 25]],
        "cue": [[26, 30]],
        "content": [[31, len(HOSTILE)]],
        "pattern": "<i>",
    }
    article = {"id": "<x>", "outlet": "<o>\u202e", "text": HOSTILE, "attributions": [spans]}
    gold = by_id([("<file>:1", article)])
    html = made(gold, {}) + made(by_id([("g", {**article, "attributions": []})]), gold)
    assert html.encode("utf-8").count(b"<script") == 0
    assert not {char for char in "\u202e\x1b\ud800" if char in html}
    read = Read(html)
    assert not {"script", "i", "b>", "o", "x", "file"} & {tag for tag, _ in read.tags}
    assert read.excerpts[0]["text"].startswith("<script>alert(1)</script> said")


def test_who_relays_is_said_where_that_is_wrong() -> None:
    outer, inner = {**LENA, "id": "1"}, {**OMAR, "id": "2", "via": "1"}
    html = made(lines(outer, inner), lines(outer, {**inner, "via": None}))
    told = " ".join(" ".join(Read(html).text).split())
    assert "relayed by Lena said" in told
    assert "relayed by nobody" in told


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_browser_shows_it_on_a_phone_without_script(
    browser: Browser, scheme: Any, tmp_path: Path
) -> None:
    path = tmp_path / "page.html"
    path.write_text(made(arabic(outlet="ن" * 200), {}), "utf-8")
    phone = browser.new_context(
        viewport={"width": 390, "height": 800}, color_scheme=scheme, java_script_enabled=False
    )
    shown = phone.new_page()
    shown.goto(path.as_uri())
    widths = shown.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert widths[0] <= widths[1]
    style = "getComputedStyle(document.querySelector('blockquote .{}')).textDecorationStyle"
    assert [shown.evaluate(style.format(role)) for role in ("source", "cue")] == [
        "double",
        "dotted",
    ]
    quotation = shown.locator("blockquote").bounding_box()
    source = shown.locator("blockquote .source").bounding_box()
    assert quotation is not None
    assert source is not None
    assert source["x"] > quotation["x"] + quotation["width"] / 2  # the text begins at the right
    phone.close()
