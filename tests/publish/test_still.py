"""The static copy: files that lead to each other, and a search in the page."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from html import unescape
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit

import pytest
from playwright.sync_api import Page, expect

from claimtrack.publish.still import publish
from tests.publish import sample
from tests.publish.conftest import source_id
from tests.publish.test_publishing import ASKED, PRIVATE, QUOTED, SECRETS, SHOWN, make

MINISTRY = source_id("qa-mod")
LINKS = re.compile(r'(?:href|src|action)="([^"#]*)(?:#([^"]*))?"')


@pytest.fixture(scope="module")
def browser_context_args() -> dict[str, Any]:
    return {"locale": "en"}


@pytest.fixture(scope="module")
def still(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("still") / "desk.db"
    make(path)
    with ThreadPoolExecutor() as pool:  # Playwright keeps the main thread's event loop to itself
        pool.submit(publish, path, path.parent / "site", ASKED).result()
    return path.parent / "site"


@pytest.fixture(scope="module", params=["file", "http"])
def address(still: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """The copy opened from a folder, and from a plain web server."""
    if request.param == "file":
        yield f"{still.as_uri()}/"
        return
    handler = partial(Quiet, directory=str(still))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *said: object) -> None:
        del said


def pages(still: Path) -> list[Path]:
    return sorted(still.rglob("*.html"))


@pytest.mark.parametrize("code", ["ar", "en"])
def test_every_claim_document_source_and_graph_has_its_file(still: Path, code: str) -> None:
    for name in (
        *("index", "search", "analysis", "claim/index", "document/index", "source/index"),
        *(f"document/{QUOTED}", f"document/{SHOWN}", f"document/{SHOWN}-graph"),
        *(f"source/{MINISTRY}", f"source/{MINISTRY}-graph"),
    ):
        page = (still / code / f"{name}.html").read_text("utf-8")
        assert f'<html lang="{code}"' in page
    claims = list((still / code / "claim").glob("claim-*[0-9a-f].html"))
    assert len(claims) == 3
    assert all((page.parent / f"{page.stem}-graph.html").is_file() for page in claims)


def test_every_link_leads_to_a_file_and_every_place_in_it_is_there(still: Path) -> None:
    places = {
        page: set(re.findall(r' id="([^"]+)"', page.read_text("utf-8"))) for page in pages(still)
    }
    seen = 0
    for page in pages(still):
        for link, fragment in LINKS.findall(page.read_text("utf-8")):
            address = urlsplit(unescape(link))
            if address.scheme in ("https", "http", "data"):
                continue
            target = (page.parent / unquote(address.path)).resolve() if link else page.resolve()
            assert target.is_file(), (page, link)
            if fragment and target in places:
                assert unescape(fragment) in places[target], (page, link, fragment)
            seen += 1
    assert seen > 200


def test_nothing_is_linked_that_only_a_server_can_answer(still: Path) -> None:
    for page in pages(still):
        text = page.read_text("utf-8")
        assert 'data-href=""' not in text, page
        assert not re.search(r'"[^"]*\.(?:json|atom|csv|svg\?)', text), page
        assert "localhost" not in text, page


def test_no_byte_of_what_is_private_is_in_the_files(still: Path) -> None:
    data = b"\n".join(path.read_bytes() for path in still.rglob("*") if path.is_file())
    for hidden in (
        "Посольство ответило",
        "Karvensk",
        "hacked",
        PRIVATE,
        "أربعة كيلومترات",
        *SECRETS,
    ):
        assert hidden.encode() not in data
        assert hidden.encode("unicode_escape") not in data


def test_each_page_guards_itself(still: Path) -> None:
    for page in pages(still):
        text = page.read_text("utf-8")
        if 'http-equiv="refresh"' not in text:
            assert "content=\"default-src 'none'; script-src 'self'" in text
            assert not re.search(r"<script(?![^>]*(?:src=|ld\+json))", text)


SEARCHES = [
    ("ar", "مُسَيَّرة", "claim"),
    ("en", "MINISTRY defence", "source"),
]


@pytest.mark.browser
@pytest.mark.parametrize(("code", "words", "kind"), SEARCHES)
def test_the_search_in_the_page_folds_as_the_site_does(
    page: Page, address: str, code: str, words: str, kind: str
) -> None:
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text))
    page.on("pageerror", lambda error: told.append(str(error)))
    page.goto(f"{address}{code}/index.html")
    page.locator("main input[name=q]").fill(words)
    page.locator("main input[name=q]").press("Enter")
    found = page.locator(f"#found a[href^='{kind}/']")
    expect(found.first).to_be_visible()
    found.first.click()
    expect(page.locator("main h1")).to_be_visible()
    assert told == []


@pytest.mark.browser
def test_a_source_is_found_by_each_of_its_names_and_called_in_the_pages_language(
    page: Page, address: str
) -> None:
    called = {"ar": "وزارة الدفاع القمرية", "en": "Ministry of Defence of Qamaria"}
    for code, name in called.items():
        for words in called.values():
            page.goto(f"{address}{code}/search.html?q={quote(words)}")
            where = page.locator("#found > li:has(a[href^='claim/']) .where bdi:first-child")
            expect(where.first).to_have_text(name)


@pytest.mark.browser
def test_what_is_searched_for_runs_nothing(page: Page, address: str) -> None:
    page.goto(f"{address}en/search.html?q={quote(sample.HOSTILE_QUERY)}")
    expect(page.locator("#status")).to_contain_text("<script>")
    assert page.evaluate("window.hacked") is None


@pytest.mark.browser
def test_the_folder_opens_with_the_first_page_and_changes_its_language(
    page: Page, address: str
) -> None:
    page.goto(f"{address}index.html")
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    page.locator("nav.languages a[lang=en]").click()
    expect(page.locator("html")).to_have_attribute("dir", "ltr")
    page.locator(f"a[href='document/{QUOTED}.html']").first.click()
    expect(page.locator(".notice")).to_contain_text("Only the sentences with reports")
