"""The review desk in a real browser: with the keyboard alone, on a phone and on a desk."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from playwright.sync_api import Page, expect

from claimtrack.publish import Reviewing, build
from claimtrack.store import Store, read
from tests.publish import sample
from tests.publish.conftest import source_id
from tests.publish.reviewed import make
from tests.publish.test_browser import DESK, INLINE, PHONE, Server
from tests.publish.test_review_desk import LATER

pytestmark = pytest.mark.browser


class Site:
    """A reviewed site that answers on a port, and where its pages are."""

    def __init__(self, path: Path) -> None:
        self.path, self.pair = path, make(path)
        self.review = Reviewing(["noura"], lambda: LATER)
        self.datasette = build(path, review=self.review)
        self.actor = self.datasette.sign({"a": {"id": "noura"}}, "actor")
        self.server = Server(
            uvicorn.Config(self.datasette.app(), port=0, log_level="warning", lifespan="on")
        )
        self.thread = threading.Thread(target=self.server.run)
        self.thread.start()
        while not self.server.started:
            assert self.thread.is_alive()

    def close(self) -> None:
        self.server.should_exit = True
        self.thread.join()
        self.datasette.executor.shutdown()
        for mounted in self.datasette.databases.values():
            mounted.close()
        self.review.close()

    def reports(self, article: Any) -> Any:
        document = sample.version(article[0]).document_id
        with Store.open(self.path, readonly=True) as store:
            return read.document(store.connection, document).attributions

    def pages(self) -> dict[str, str]:
        document = sample.version(sample.arabic()[0]).document_id
        report = self.reports(sample.arabic())[0]
        return {
            "": "review",
            "queue": "review/attributions",
            "report": f"review/attribution/{report.id}?whole=1",
            "split": f"review/attribution/{report.id}/split",
            "missed": f"review/document/{document}",
            "pair": f"review/pair/{self.pair}",
            "claim": f"review/claim/{report.claim_id}",
            "source": f"review/source/{source_id('dr-embassy-qa')}",
            "log": "review/log",
        }


@pytest.fixture(scope="module")
def browser_context_args() -> dict[str, Any]:
    return {"locale": "en", "viewport": DESK}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    made = Site(tmp_path_factory.mktemp("browsed") / "desk.db")
    yield made
    made.close()


@pytest.fixture
def desk(page: Page, site: Site) -> Page:
    """A page of somebody who signed in as noura."""
    address = site.server.address()
    page.context.add_cookies([{"name": "ds_actor", "value": site.actor, "url": address}])
    return page


@pytest.mark.parametrize(("lang", "scheme"), [("ar", "light"), ("en", "dark")])
def test_every_page_of_the_desk_keeps_nobody_out_and_breaks_nothing(
    desk: Page, site: Site, lang: str, scheme: Any
) -> None:
    told: list[str] = []
    desk.on("console", lambda message: told.append(message.text))
    desk.on("pageerror", lambda error: told.append(str(error)))
    desk.emulate_media(color_scheme=scheme)
    axe = resources.files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
    for name, path in site.pages().items():
        desk.set_viewport_size(DESK)
        desk.goto(f"{site.server.address()}{path}{'&' if '?' in path else '?'}lang={lang}")
        assert desk.locator(INLINE).count() == 0, name
        desk.locator("details.panel").evaluate_all("all => all.forEach((one) => one.open = true)")
        desk.evaluate(axe)
        found = desk.evaluate("axe.run()")["violations"]
        assert [(each["id"], each["nodes"][0]["html"]) for each in found] == [], name
        desk.set_viewport_size(PHONE)
        assert desk.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, name
    assert told == []


def test_a_report_is_corrected_with_the_keyboard_alone(desk: Page, site: Site) -> None:
    desk.set_viewport_size(PHONE)
    report = site.reports(sample.arabic())[1]
    desk.goto(f"{site.server.address()}review/attribution/{report.id}?lang=ar&whole=1")
    words = desk.locator("[data-marking] .w")
    first = desk.locator("[data-marking] .w[tabindex='0']")
    expect(first).to_have_text("طائرة")
    first.focus()
    desk.keyboard.press("ArrowLeft")  # onward, in Arabic
    expect(desk.locator(".w:focus")).to_have_text("مسيّرة")
    desk.keyboard.press("ArrowRight")
    for _ in range(4):
        desk.keyboard.press("Shift+ArrowLeft")
    expect(words.locator("xpath=self::*[contains(@class, 'chosen')]")).to_have_count(5)
    desk.keyboard.press("3")
    content = desk.get_by_label("الادعاء")
    expect(content).to_have_value("طائرة مسيّرة أصابت مستودع وقود")
    later = desk.locator("[data-role='content']").get_by_label("تأخير النهاية كلمة")
    later.focus()
    desk.keyboard.press("Enter")
    expect(content).to_have_value("طائرة مسيّرة أصابت مستودع وقود قرب")
    desk.get_by_role("button", name="حفظ التصحيح").focus()
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("status")).to_contain_text("correction-")
    mended = next(one for one in site.reports(sample.arabic()) if one.run == "person noura")
    assert mended.words("content") == "طائرة مسيّرة أصابت مستودع وقود قرب"
    assert mended.words("source") == report.words("source")


def test_a_report_is_corrected_with_the_mouse(desk: Page, site: Site) -> None:
    report = site.reports(sample.english())[0]
    desk.goto(f"{site.server.address()}review/attribution/{report.id}?lang=en&whole=1")
    text = desk.locator("[data-marking]")
    desk.locator("[data-role='content']").scroll_into_view_if_needed()
    text.get_by_text("fuel", exact=True).last.scroll_into_view_if_needed()
    start = text.get_by_text("fuel", exact=True).last.bounding_box()
    end = text.get_by_text("Sidrun", exact=True).first.bounding_box()
    assert start
    assert end
    desk.mouse.move(start["x"] + 1, start["y"] + start["height"] / 2)
    desk.mouse.down()
    desk.mouse.move(end["x"] + end["width"] - 1, end["y"] + end["height"] / 2)
    desk.mouse.up()
    desk.locator("[data-role='content']").get_by_role("button", name="Mark what").click()
    expect(desk.get_by_label("Claim", exact=True)).to_have_value("fuel depot near Sidrun")
    desk.get_by_role("button", name="Save the correction").click()
    expect(desk.get_by_role("status")).to_contain_text("correction-")
    mended = next(one for one in site.reports(sample.english()) if one.run == "person noura")
    assert mended.words("content") == "fuel depot near Sidrun"
