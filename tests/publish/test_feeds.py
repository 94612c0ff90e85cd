"""Atom feeds of searches, sources and warnings."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.publish.atom import NAMESPACE, Entry, Feed, write
from tests.publish import sample
from tests.publish.conftest import Get, source_id

ATOM = f"{{{NAMESPACE}}}"
MINISTRY = source_id("qa-mod")


def feed(get: Get, path: str) -> ET.Element:
    answer = get(path)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/atom+xml; charset=utf-8"
    return ET.fromstring(answer.content)


def texts(root: ET.Element, name: str) -> list[str]:
    return [each.text or "" for each in root.findall(f"{ATOM}entry/{ATOM}{name}")]


def test_a_search_is_followed_with_its_filters(get: Get) -> None:
    root = feed(get, f"/search.atom?q=Sidrun&source={MINISTRY}&lang=en")
    (title,) = texts(root, "title")
    assert title.startswith("A drone struck a fuel depot near Sidrun")
    (summary,) = texts(root, "summary")
    assert "The Badrun Herald · 2024-05-08" in summary
    assert "found by machine, judged by tester" in summary
    author = root.findtext(f"{ATOM}entry/{ATOM}author/{ATOM}name")
    assert author == "Ministry of Defence of Qamaria"
    assert root.findtext(f"{ATOM}updated") == "2024-05-09T12:00:00Z"
    links = {each.get("rel"): each.get("href") for each in root.findall(f"{ATOM}link")}
    assert links["alternate"] == f"http://localhost/search?q=Sidrun&source={MINISTRY}"


def test_entries_lead_to_the_words_in_their_article(get: Get) -> None:
    for address in texts(feed(get, f"/search.atom?source={MINISTRY}"), "id"):
        answer = get(address.removeprefix("http://localhost"))
        assert "#attribution-" in answer.headers["location"]


def test_a_source_is_followed_by_its_own_address(get: Get) -> None:
    answer = get(f"/source/{MINISTRY[:14]}.atom")
    assert answer.headers["location"] == f"/search.atom?source={MINISTRY}"
    assert get("/source/000000.atom").status_code == 404


def test_warnings_are_followed_and_come_anew_when_they_change(
    get: Get, ids: dict[tuple[str, int], str]
) -> None:
    root = feed(get, "/warnings.atom?lang=en")
    (found,) = (each for each in texts(root, "id") if ids["ar", 3] in each)
    assert found.endswith("#contested")
    assert any("Disputed" in each and "This rests on" in each for each in texts(root, "summary"))


@pytest.mark.parametrize("path", ["/", "/search?q=Sidrun", f"/source/{MINISTRY}"])
def test_a_page_names_its_feed(get: Get, path: str) -> None:
    page = get(path).text
    start = page.index('type="application/atom+xml" href="') + len(
        'type="application/atom+xml" href="'
    )
    address = page[start : page.index('"', start)].replace("&amp;", "&")
    assert feed(get, address).tag == f"{ATOM}feed"


def test_hostile_words_stay_words_in_a_feed(get: Get) -> None:
    root = feed(get, f"/search.atom?source={sample.HOSTILE.id}")
    (title,) = texts(root, "title")
    assert "<script>window.hacked=5</script>" in title
    assert "\u202e" not in title
    assert texts(feed(get, "/search.atom?q=%00%3Cb%3E"), "id") == []


@given(st.text(), st.text())
def test_any_text_makes_a_feed_that_can_be_read(title: str, author: str) -> None:
    entry = Entry("http://localhost/1", title, "en", author, title, "2031-05-04T09:30:00Z")
    made = write(Feed("http://localhost/f", "http://localhost/", title, "en", "2031", [entry]))
    assert len(ET.fromstring(made.encode("utf-8", "replace")).findall(f"{ATOM}entry")) == 1
