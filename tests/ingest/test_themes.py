"""Pages of news sites: the whole article and nothing else, and its own date or none."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from claimtrack.ingest import html
from claimtrack.model.document import Article
from tests.ingest.themes import Fixture, fixtures

PAGES = fixtures()
_WORD = re.compile(r"\w+")


def read(page: Fixture) -> Article:
    return html.article(page.data, "page.html")


def own(found: Article) -> Counter[str]:
    """Return the words of title and body."""
    spans = (*found.layout.title, *found.layout.body)
    return Counter(_WORD.findall(" ".join(span.of(found.text) for span in spans)))


def wanted(page: Fixture) -> Counter[str]:
    return Counter(_WORD.findall(" ".join((page.story.title, *page.story.body))))


@pytest.mark.parametrize("one", PAGES, ids=[one.name for one in PAGES])
def test_a_page_gives_its_article_and_nothing_around_it(one: Fixture) -> None:
    found, expected = own(read(one)), wanted(one)
    right = (found & expected).total()
    missing, extra = expected - found, found - expected
    assert right / expected.total() >= 0.97, f"missing: {missing}"
    assert right / found.total() >= 0.97, f"not of the article: {extra}"


@pytest.mark.parametrize("one", PAGES, ids=[one.name for one in PAGES])
def test_a_page_gives_its_own_date_or_none(one: Fixture) -> None:
    assert read(one).published.iso() == one.published


@pytest.mark.parametrize("one", PAGES, ids=[one.name for one in PAGES])
def test_a_page_says_its_title_and_who_published_it(one: Fixture) -> None:
    found = read(one)
    assert found.title == one.story.title
    assert found.lang == one.story.lang
    if one.outlet:
        assert found.outlet == one.outlet
    if one.author:
        assert found.byline == one.author


def test_there_are_pages_of_every_kind() -> None:
    assert len(PAGES) >= 20
    assert {one.story.lang for one in PAGES} == {"ar", "en", "ru"}
