"""A name that nothing is said of is an organisation's where its bearer does what only those do."""

from __future__ import annotations

import pytest

from claimtrack.extract import RulesEngine
from claimtrack.model.document import Article, Layout
from claimtrack.model.source import Source
from claimtrack.model.span import Span
from claimtrack.model.vocabulary import SourceKind, SourceType
from claimtrack.sources import Resolver


def _sources(resolver: Resolver, text: str) -> list[Source | None]:
    article = Article(text=text, place="test", layout=Layout(body=(Span(0, len(text)),)), lang="en")
    found = resolver.resolve(article, RulesEngine().attribute(article), scope=text)
    return [found.resolutions[each.key].source for each in found.extraction.attributions]


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("its ferries were safe", SourceKind.BODY),
        ("it had suspended two captains", SourceKind.BODY),
        ("it was cooperating with the police", SourceKind.BODY),
        ("it was raining", SourceKind.PERSON),
        ("it had stopped snowing", SourceKind.PERSON),
        ("it had been a long day", SourceKind.PERSON),
        ("the ferries were safe", SourceKind.PERSON),
    ],
)
def test_a_name_is_an_organisation_s_by_what_it_says_of_itself(
    resolver: Resolver, said: str, kind: SourceKind
) -> None:
    (source,) = _sources(resolver, f"Nordwind said {said}.")
    assert source
    assert source.kind is kind


def test_the_company_is_the_organisation_named_before_and_gives_it_its_type(
    resolver: Resolver,
) -> None:
    text = "Nordwind said its ferries were safe. The company added that nobody was hurt."
    named, noun = _sources(resolver, text)
    assert named
    assert named == noun
    assert named.type is SourceType.COMPANY


def test_it_may_be_another_who_was_named_before(resolver: Resolver) -> None:
    text = "Nordwind said its ferries were safe. Harrow said its captains were tired."
    _, person = _sources(resolver, text)
    assert person
    assert person.kind is SourceKind.PERSON


@pytest.mark.parametrize(
    ("before", "kind"),
    [
        ("A ferry of Harrow Lines sank.", SourceKind.PERSON),
        ("Harrow lost a ferry.", SourceKind.PERSON),
        ("The ferry sank.", SourceKind.BODY),
        ("Nordwind lost a ferry.", SourceKind.BODY),
    ],
)
def test_it_may_be_another_who_was_only_named_before(
    resolver: Resolver, before: str, kind: SourceKind
) -> None:
    (source,) = _sources(resolver, f"{before} Nordwind said its captain was safe.")
    assert source
    assert source.kind is kind
