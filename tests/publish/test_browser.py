"""The pages in a real browser."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from datetime import date
from importlib import resources
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
import uvicorn
from playwright.sync_api import Page, expect

from claimtrack.publish import build
from tests.publish import sample
from tests.publish.conftest import document_id, source_id

pytestmark = pytest.mark.browser

ARABIC = document_id(sample.arabic()[0])
ENGLISH = document_id(sample.english()[0])
ATTACK = document_id(sample.hostile()[0])
MINISTRY = source_id("qa-mod")
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}
INLINE = (
    "script:not([src]):not([type='application/ld+json']), style, [style], [onerror], [onmouseover]"
)
"""What our pages have nothing of; a data block runs nothing."""

OURS = [
    "",
    "claim",
    "document",
    "source",
    f"document/{ARABIC}",
    f"document/{ENGLISH}",
    f"document/{ATTACK}",
    f"source/{MINISTRY}",
    f"source/{sample.HOSTILE.id}",
    "search?q=سدرون",
    "analysis",
    f"search?q={quote(sample.HOSTILE_QUERY)}",
    "claim/000000",
]


@pytest.fixture(scope="module")
def browser_context_args() -> dict[str, Any]:
    return {"locale": "en", "viewport": DESK}


class Server(uvicorn.Server):
    """Runs in a thread on a free port of 127.0.0.1."""

    def address(self) -> str:
        return f"http://127.0.0.1:{self.servers[0].sockets[0].getsockname()[1]}/"


@pytest.fixture(scope="module")
def site(database: Path) -> Iterator[str]:
    made = build(database)
    config = uvicorn.Config(made.app(), port=0, log_level="warning", lifespan="on")
    server = Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        assert thread.is_alive()
    yield server.address()
    server.should_exit = True
    thread.join()
    made.executor.shutdown()
    for mounted in made.databases.values():
        mounted.close()


@pytest.fixture
def told(page: Page, site: str) -> list[str]:
    """What the browser complains of, and every request that leaves the site; grows as it works."""
    told: list[str] = []

    def requested(url: str) -> None:
        if not url.startswith(site):
            told.append(f"request: {url}")

    page.on("console", lambda message: told.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: told.append(f"error: {error}"))
    page.on("dialog", lambda dialog: told.append(f"dialog: {dialog.message}"))
    page.on("request", lambda request: requested(request.url))
    return told


def _claim(database_ids: dict[tuple[str, int], str]) -> str:
    return f"claim/{database_ids['ar', 1]}"


def test_the_highlights_of_a_document_are_its_claims(page: Page, site: str) -> None:
    page.goto(f"{site}document/{ARABIC}?lang=en")
    assert page.locator(".paper mark.content[data-claims~='3']").all_inner_texts() == [
        "«لم تعبر أي طائرة من طائراتنا الحدود»",
        "«وكل ما يقال غير ذلك كذب»",
    ]
    shared = page.locator(".paper mark.content[data-claims='1 2']")
    assert shared.all_inner_texts() == [
        "طائرة مسيّرة أصابت مستودع وقود قرب سدرون وأوقعت اثني عشر جريحا"
    ]
    text = "".join(page.locator(".paper").text_content() or "")
    assert "قالت وكالة تيلفار برس نقلا عن وزارة الدفاع القمرية إن طائرة مسيّرة" in text
    expect(page.locator(".paper .boilerplate p").first).to_be_hidden()


def test_pointing_at_one_piece_of_a_claim_shows_them_all(page: Page, site: str) -> None:
    page.goto(f"{site}document/{ARABIC}")
    on = page.locator(".on")
    expect(on).to_have_count(0)
    page.locator(".paper mark.content[data-claims='3']").last.hover()
    pieces = page.locator("[data-claims~='3']")
    expect(on).to_have_count(pieces.count())
    expect(page.locator("#note-3")).to_have_class("on")
    page.locator(".tagline").hover()
    expect(on).to_have_count(0)


def test_overlapping_claims_are_told_apart(page: Page, site: str) -> None:
    page.goto(f"{site}document/{ENGLISH}")
    assert page.locator(".paper mark[data-claims='2 3']").all_inner_texts() == [
        "Wadih al-Hamrash",
        "had told",
        "nobody was killed",
    ]
    page.locator("#note-3").hover()
    expect(page.locator(".paper mark.on")).to_have_text(
        ["Wadih al-Hamrash", "had told", "nobody was killed"], use_inner_text=True
    )


def test_the_keyboard_goes_from_a_claim_to_its_note_and_back(page: Page, site: str) -> None:
    page.goto(f"{site}document/{ARABIC}?lang=en")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    numbers = page.locator(".paper a.number")
    for _ in range(20):
        page.keyboard.press("Tab")
        if numbers.last.evaluate("element => element === document.activeElement"):
            break
    expect(numbers.last).to_be_focused()
    expect(page.locator("#note-3")).to_have_class("on")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#note-3$"))
    expect(page.locator("#note-3")).to_be_in_viewport()
    page.keyboard.press("Tab")
    back = page.locator("#note-3 a.number")
    expect(back).to_be_focused()
    page.keyboard.press("Enter")
    begun = page.locator(".paper mark[id]").last
    expect(page).to_have_url(re.compile(f"#{begun.get_attribute('id')}$"))
    expect(begun).to_be_in_viewport()


def test_a_click_on_a_claim_brings_its_note_into_view(page: Page, site: str) -> None:
    page.set_viewport_size({"width": 390, "height": 500})
    page.goto(f"{site}document/{ARABIC}")
    note = page.locator("#note-3")
    expect(note).not_to_be_in_viewport()
    page.locator(".paper mark.content[data-claims='3']").first.click(position={"x": 4, "y": 4})
    expect(note).to_be_in_viewport()


def test_a_link_to_a_report_lights_all_its_pieces(
    page: Page, site: str, ids: dict[tuple[str, int], str]
) -> None:
    page.goto(f"{site}claim/{ids['ar', 3]}?lang=en")
    page.locator(".report").first.get_by_role("link", name="In the article").click()
    expect(page.locator(".paper mark.content.on")).to_have_count(2)
    expect(page.locator(".paper mark[id].on")).to_be_in_viewport()


def test_search_finds_the_same_with_and_without_diacritics(page: Page, site: str) -> None:
    found = []
    for words in ("طائرة مسيرة", "طائِرَةٌ مُسَيَّرة"):
        page.goto(f"{site}?lang=ar")
        page.get_by_role("searchbox").fill(words)
        page.keyboard.press("Enter")
        expect(page.locator(".hits > li").first).to_be_visible()
        found.append(page.locator(".hits").inner_text())
        expect(page.locator("mark.hit").first).to_be_visible()
    assert found[0] == found[1]
    assert "مسيّرة" in found[0]


def _left(page: Page, selector: str) -> float:
    box = page.locator(selector).first.bounding_box()
    assert box
    return box["x"]


def test_arabic_runs_from_right_to_left_whatever_the_interface_speaks(
    page: Page, site: str
) -> None:
    for lang in ("ar", "en"):
        page.goto(f"{site}document/{ARABIC}?lang={lang}")
        words = [_left(page, f".paper mark.{role}[data-claims='1']") for role in ("cue", "source")]
        assert words[0] > words[1], lang  # «قالت» comes before «وكالة تيلفار برس»
        article, notes = _left(page, ".sheet"), _left(page, ".notes")
        assert (article > notes) == (lang == "ar")


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_claims_stand_where_their_page_begins(
    page: Page, site: str, ids: dict[tuple[str, int], str], lang: str
) -> None:
    headings = [(f"claim/{ids[which]}", "h1") for which in (("ar", 3), ("en", 2))]
    for path, heading in (*headings, ("claim", ".rows .wording")):
        page.goto(f"{site}{path}?lang={lang}")
        gaps = page.locator(heading).evaluate_all(
            """elements => elements.map(element => {
                const range = document.createRange();
                range.selectNodeContents(element);
                const words = range.getBoundingClientRect(), box = element.getBoundingClientRect();
                return [words.left - box.left, box.right - words.right];
            })"""
        )
        assert gaps
        assert all(gap[lang == "ar"] == pytest.approx(0, abs=1) for gap in gaps), (path, gaps)


def test_dates_keep_their_order_among_arabic_words(page: Page, site: str) -> None:
    page.goto(f"{site}document/{ARABIC}?lang=ar")
    order = page.locator("time").first.evaluate(
        """element => {
            const left = (at) => {
                const range = document.createRange();
                range.setStart(element.firstChild, at);
                range.setEnd(element.firstChild, at + 1);
                return range.getBoundingClientRect().left;
            };
            return [left(0), left(5), left(8)];
        }"""
    )
    assert order == sorted(order)


def test_a_hostile_name_does_not_turn_the_line_around_it(page: Page, site: str) -> None:
    page.goto(f"{site}source/{sample.HOSTILE.id}?lang=en")
    heading = page.locator("h1")
    expect(heading).to_contain_text("Rado</b>gnp.evil")
    expect(heading.locator(".control")).to_have_attribute("title", "U+202E")


@pytest.mark.parametrize("path", OURS)
def test_nothing_runs_nothing_leaks_nothing_breaks_the_policy(
    page: Page, site: str, told: list[str], path: str
) -> None:
    page.goto(f"{site}{path}")
    for mark in page.locator("mark, a.number, .wording").all()[:10]:
        mark.hover()
    expected = {
        "error: Failed to load resource: the server responded with a status of 404 (Not Found)"
    }
    assert set(told) <= (expected if path.endswith("000000") else set())
    assert page.evaluate("window.hacked") is None
    assert page.locator(INLINE).count() == 0
    outward = page.locator("a").evaluate_all(
        "links => links.map((link) => link.href).filter((href) => !href.startsWith('http'))"
    )
    assert outward == []


def test_a_claim_page_is_clean_too(
    page: Page, site: str, told: list[str], ids: dict[tuple[str, int], str]
) -> None:
    page.goto(f"{site}{_claim(ids)}")
    assert told == []


def test_a_hostile_table_cell_runs_nothing(page: Page, site: str, told: list[str]) -> None:
    for table in ("attributions", "documents", "sources", "document_version"):
        page.goto(f"{site}claims/{table}")
        assert page.evaluate("window.hacked") is None
        assert told == [], table


def test_a_picture_is_zoomed_filtered_and_walked_with_the_keyboard(
    page: Page, site: str, told: list[str], ids: dict[tuple[str, int], str]
) -> None:
    page.goto(f"{site}{_claim(ids)}/graph?lang=en")
    picture = page.locator("#picture")
    page.get_by_role("button", name="Full size").click()
    full = picture.get_attribute("width") or ""
    page.locator(".board").focus()
    page.keyboard.press("-")
    expect(picture).not_to_have_attribute("width", full)
    assert float(picture.get_attribute("width") or 0) < float(full)
    page.keyboard.press("Tab")
    expect(page.locator("a.node").first).to_be_focused()
    page.get_by_label("reports it").uncheck()
    expect(page.locator("#picture [data-kind=states]").first).to_be_hidden()
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save as PNG").click()
    assert Path(saved.value.path()).read_bytes().startswith(b"\x89PNG")
    assert told == []


def test_a_citation_is_copied(page: Page, site: str, ids: dict[tuple[str, int], str]) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{site}{_claim(ids)}?lang=en")
    page.get_by_role("button", name="Copy").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    told, _, today = copied.partition(" (read on ")
    assert told.endswith(f"/{_claim(ids)}")
    assert date.fromisoformat(today.strip("\u2066\u2069)"))
    assert "3 reports, 2 documents, as of \u20682" in copied


def test_arrow_keys_go_from_one_claim_of_a_document_to_the_next(page: Page, site: str) -> None:
    page.goto(f"{site}document/{ARABIC}?lang=en")
    numbers = page.locator(".paper a.number")
    numbers.first.focus()
    page.keyboard.press("End")
    expect(numbers.last).to_be_focused()
    expect(page.locator("#note-3")).to_have_class("on")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(numbers.first).to_be_focused()


@pytest.mark.parametrize(("lang", "scheme", "size"), [("ar", "dark", PHONE), ("en", "light", DESK)])
def test_axe_finds_nothing_that_keeps_anybody_out(
    page: Page, site: str, ids: dict[tuple[str, int], str], lang: str, scheme: Any, size: Any
) -> None:
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size(size)
    axe = resources.files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
    document = ARABIC if lang == "ar" else ENGLISH
    for path in (
        *("", "claim", "document", "source", "analysis", "search?stance=neutral", "claim/000000"),
        *(f"document/{document}", f"document/{document}/versions", f"source/{MINISTRY}"),
        *(_claim(ids), f"{_claim(ids)}/graph"),
    ):
        page.goto(f"{site}{path}{'&' if '?' in path else '?'}lang={lang}")
        page.evaluate(axe)
        found = page.evaluate("axe.run()")["violations"]
        assert [(each["id"], each["nodes"][0]["html"]) for each in found] == [], path


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_nothing_is_wider_than_a_phone(
    page: Page, site: str, ids: dict[tuple[str, int], str], lang: str
) -> None:
    page.set_viewport_size(PHONE)
    for path in [*OURS, _claim(ids), f"{_claim(ids)}/graph", f"document/{ENGLISH}/versions"]:
        page.goto(f"{site}{path}")
        page.goto(f"{page.url.partition('?')[0]}?lang={lang}&{page.url.partition('?')[2]}")
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, path


def test_the_language_chosen_stays(page: Page, site: str) -> None:
    page.goto(f"{site}claim")
    page.get_by_role("link", name="العربية").click()
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    page.get_by_role("link", name="المصادر").click()
    expect(page.locator("html")).to_have_attribute("lang", "ar")


def test_the_marks_differ_by_more_than_colour(page: Page, site: str) -> None:
    page.goto(f"{site}document/{ARABIC}")
    looks = [
        page.locator(f".paper mark.{role}[data-claims='3']").first.evaluate(
            "element => { const look = getComputedStyle(element);"
            " return [look.textDecorationStyle, look.fontWeight, look.boxShadow !== 'none'] }"
        )
        for role in ("source", "cue", "content")
    ]
    assert len({tuple(look) for look in looks}) == 3
