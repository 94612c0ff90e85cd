"""Persons of the registry: their offices and times, and how an article tells who is meant."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from claimtrack.errors import PackError
from claimtrack.model.attribution import Attribution, Extraction
from claimtrack.model.document import Article, Layout, StatedTime
from claimtrack.model.span import Span
from claimtrack.sources import Registry, Resolver
from claimtrack.sources.table import Post, read_rows

HEAD = "key,kind,type,country,parent,relation,since,until,posts,en\n"


def article(text: str, *, lang: str = "en", published: str = "", **fields: str) -> Article:
    made = Layout(body=(Span(0, len(text)),))
    time = StatedTime(stated=published, utc=f"{published}T00:00:00Z") if published else StatedTime()
    return Article(text=text, place="here", layout=made, lang=lang, published=time, **fields)


def told(resolver: Resolver, told_in: Article, mention: str) -> str | None:
    """Return the key or name of the source of a mention that stands in an article."""
    at = told_in.text.rindex(mention)
    end = at + len(mention)
    one = Attribution(key="1", source=(Span(at, end),), content=(Span(0, 1),))
    found = resolver.resolve(told_in, Extraction(attributions=(one,)), "scope")
    return found.extraction.attributions[0].source_name


def test_the_packaged_rows_agree_with_one_another(registry: Registry) -> None:
    assert registry.check() is registry


def test_every_office_of_a_person_is_one_that_there_is(registry: Registry) -> None:
    unknown = [
        (row.key, post.key)
        for row in registry.rows.values()
        for post in row.posts
        if registry.body_of(post.key) is None
    ]
    assert unknown == []


def test_a_person_speaks_for_a_body_while_the_office_lasts(registry: Registry) -> None:
    source = registry.get("mike-pompeo")
    assert source is not None
    found = [(each.parent, each.since, each.until) for each in source.relations]
    assert found == [
        ("us-foreign", date(2018, 1, 1), date(2021, 12, 31)),
        ("cia", date(2017, 1, 1), date(2018, 12, 31)),
    ]


@pytest.mark.parametrize(
    ("day", "held"),
    [(date(2017, 12, 31), False), (date(2018, 1, 1), True), (date(2021, 12, 31), True),
     (date(2022, 1, 1), False), (None, True)],
)  # fmt: skip
def test_an_office_is_held_within_its_dates_only(day: date | None, held: bool) -> None:
    post = Post("us:foreign-minister", date(2018, 1, 1), date(2021, 12, 31))
    assert post.held(day) is held


@pytest.mark.parametrize(
    ("text", "mention", "name"),
    [
        ("Sergey Ryabkov arrived. Later Ryabkov spoke.", "Ryabkov", "Sergei Ryabkov"),
        ("Later Example spoke.", "Example", "Example"),
        ("Karoline Leavitt came. The White House spokesperson spoke.",
         "The White House spokesperson", "Karoline Leavitt"),
        ("The White House spokesperson spoke.", "The White House spokesperson",
         "Spokesperson of the White House"),
        ("The bridges of Kenya. Kenya paid, Kenya built, and the interior ministry spoke.",
         "the interior ministry", "Kenyan Ministry of Interior"),
        ("Kenya, Chile and Peru met, and the interior ministry spoke.",
         "the interior ministry", None),
    ],
)  # fmt: skip
def test_what_is_named_in_full_elsewhere_tells_who_is_meant(
    resolver: Resolver, text: str, mention: str, name: str | None
) -> None:
    assert told(resolver, article(text), mention) == name


@pytest.mark.parametrize(
    ("published", "name"),
    [
        ("2019-05-01", "Mike Pompeo"),
        ("2023-05-01", "Antony Blinken"),
        ("", "Minister of Foreign Affairs of the United States"),
    ],
)
def test_the_day_of_an_article_tells_which_of_two_holders_is_meant(
    resolver: Resolver, published: str, name: str
) -> None:
    text = "Antony Blinken and Mike Pompeo met. The US Secretary of State spoke."
    when = article(text, published=published)
    assert told(resolver, when, "The US Secretary of State") == name


@pytest.mark.parametrize("url", ["https://www.reuters.com/a", "http://mobile.reuters.com/b"])
def test_our_reporter_is_the_outlet_at_the_articles_address(resolver: Resolver, url: str) -> None:
    found = told(resolver, article("This our correspondent said.", url=url), "our correspondent")
    assert found == "Reuters"


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("a,outlet,news_outlet,,b,owned_by,2020,2019,,A", "ends before it begins"),
        ("a,outlet,news_outlet,,b,owned_by,2020-13,,,A", "'2020-13' is not a time"),
        ("a,outlet,news_outlet,,b,owned_by,2020|2021,,,A", "2 times in 'since'"),
        ("a,person,other,,,,,,us:president 2020..2019,A", "ends before it begins"),
        ("a,person,other,,,,,,us:president never,A", "'never' is not a time"),
    ],
)
def test_a_time_that_cannot_be_is_told_with_file_and_line(
    tmp_path: Path, row: str, problem: str
) -> None:
    path = tmp_path / "own.csv"
    path.write_text(f"{HEAD}{row}\n")
    with pytest.raises(PackError, match=problem) as caught:
        list(read_rows(path))
    assert f"{path}:2" in str(caught.value)
