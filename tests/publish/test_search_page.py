"""Filters of a search and what it offers to narrow by."""

from __future__ import annotations

import re

import pytest

from claimtrack.publish.pages import searching
from claimtrack.store import search as store_search
from tests.publish import sample
from tests.publish.conftest import Get, document_id, source_id

MINISTRY = source_id("qa-mod")
ENGLISH = document_id(sample.english()[0])


def _total(get: Get, address: str) -> int:
    return int(get(f"/search.json?{address}").json()["results"]["total"])


FILTERS = [
    ("kind=attribution&q=Sidrun", 2),
    ("kind=attribution&q=Sidrun&outlet=The Badrun Herald", 2),
    ("kind=attribution&q=Sidrun&outlet=nobody", 0),
    (f"kind=attribution&source={MINISTRY}", 2),
    (f"kind=claim&source={MINISTRY}", 1),
    (f"kind=document&source={MINISTRY}", 2),
    ("kind=attribution&stance=distancing", 1),
    ("kind=attribution&channel=interview", 1),
    ("kind=attribution&assertion=deny", 2),
    ("kind=document&assertion=deny", 2),
    ("kind=attribution&language=ru", 1),
    ("kind=document&language=ru", 1),
    ("kind=attribution&country=XQ", 8),
    ("kind=attribution&country=XX", 0),
    ("kind=document&since=2024-05-08", 1),
    ("kind=document&until=2024-05-07", 1),
    ("kind=document&since=2024-05&until=2024-05", 2),
    ("kind=document&since=2024&until=2024", 2),
    ("kind=attribution&language=en&stance=neutral&q=killed", 2),
    ("q=", 0),
]


@pytest.mark.parametrize(("address", "total"), FILTERS)
def test_a_filter_lets_through_what_it_says(get: Get, address: str, total: int) -> None:
    assert _total(get, address) == total


def test_a_facet_counts_what_its_link_leads_to(get: Get) -> None:
    page = get("/search?kind=attribution&country=XQ&lang=en").text
    aside = page[page.index('<aside class="facets"') :]
    links = re.findall(r'<li><a href="([^"]+)".*?<span class="quiet">(\d+)</span>', aside)
    assert len(links) > 12
    for address, number in links:
        asked = address.replace("&amp;", "&").partition("?")[2]
        assert _total(get, asked) == int(number), address


def test_claims_and_documents_are_counted_once_each(get: Get) -> None:
    facets = {
        kind: {
            one["name"]: dict(one["values"])
            for one in get(f"/search.json?kind={kind}&country=XQ").json()["facets"]
        }
        for kind in ("claim", "attribution", "document")
    }
    assert facets["attribution"]["source"][MINISTRY] == 2
    assert facets["claim"]["source"][MINISTRY] == 1
    assert facets["document"]["language"] == {"ar": 1, "en": 2, "ru": 1}
    assert "stance" not in facets["document"]


def test_a_filter_is_shown_and_taken_away_again(get: Get) -> None:
    page = get(f"/search?q=Sidrun&source={MINISTRY}&lang=en&page=1").text
    chosen = page[page.index('<ul class="chosen"') : page.index("</ul>", page.index("chosen"))]
    assert "Ministry of Defence of Qamaria" in chosen
    assert 'href="/search?q=Sidrun"' in chosen
    assert f'<input type="hidden" name="source" value="{MINISTRY}">' in page


def test_the_newest_come_first_where_that_is_asked(get: Get) -> None:
    hits = get("/search.json?kind=document&country=XQ&order=newest").json()["results"]["hits"]
    days = [hit["document"]["published"]["stated"][:10] for hit in hits]
    assert days[:2] == ["2024-05-08", "2024-05-07"]


@pytest.mark.parametrize("wrong", ["yesterday", "2024-13", "<script>", "2024-05-32"])
def test_what_is_no_date_is_said_and_left_aside(get: Get, wrong: str) -> None:
    answer = get("/search", params={"q": "Sidrun", "since": wrong, "lang": "en"})
    assert answer.status_code == 200
    assert "No date, left aside:" in answer.text
    assert "<script>" not in answer.text[answer.text.index("<main") :]
    assert '<ol class="rows hits">' in answer.text


@pytest.mark.parametrize("name", ["source", "outlet", "country", "channel", "language"])
def test_any_value_of_a_filter_is_answered(get: Get, name: str) -> None:
    for value in (sample.HOSTILE_QUERY, "\x00", "' OR 1=1 --", "ق" * 3000):
        answer = get("/search", params={"q": "Sidrun", name: value})
        assert answer.status_code == 200
        assert "<script>window" not in answer.text


def test_filters_alone_are_a_search(get: Get) -> None:
    page = get("/search?stance=distancing&lang=en").text
    assert set(re.findall(r'<li data-kind="(\w+)"', page)) == {"claim", "attribution", "document"}
    assert "Type a word or a phrase." not in page


def test_of_many_results_the_last_recorded_are_looked_at_and_more_is_said(
    get: Get, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(searching, "HITS", 1)
    monkeypatch.setattr(store_search, "MOST_RANKED", 1)
    asked = "kind=attribution&q=Sidrun"
    first = get(f"/search.json?{asked}").json()["results"]
    assert (first["total"], first["more"], len(first["hits"])) == (1, True, 1)
    page = get(f"/search?{asked}&lang=en").text
    assert "More than 1 results" in page
    assert "Counted among the results recorded last only; there are more." in page
    latest = first["hits"][0]["id"]
    for narrowed in ("order=newest", "language=en", "exact=1"):
        results = get(f"/search.json?{asked}&{narrowed}").json()["results"]
        assert (results["total"], results["more"]) == (1, True), narrowed
        assert results["hits"][0]["id"] == latest, narrowed
    without_words = get("/search.json?kind=document&stance=distancing").json()["results"]
    assert (without_words["total"], without_words["more"]) == (1, False)
    beyond = get(f"/search?{asked}&page=26")
    assert (beyond.status_code, beyond.headers["location"]) == (302, f"/search?{asked}&page=1")


def test_a_large_database_has_fewer_results_ranked(
    get: Get, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = "/search.json?kind=attribution&q=Sidrun"
    monkeypatch.setattr(searching, "HITS", 1)
    monkeypatch.setattr(store_search, "MOST_OF_LARGE", 1)
    assert get(asked).json()["results"]["more"] is False
    monkeypatch.setattr(store_search, "LARGE", 1)
    assert get(asked).json()["results"]["more"] is True
