"""Why a source is not named: the reason where it is stated, else that it asked not to be."""

from __future__ import annotations

import pytest

from claimtrack.model.attribution import Attribution, Extraction
from claimtrack.model.span import Span
from claimtrack.model.vocabulary import SourceKind
from claimtrack.sources import Resolver
from claimtrack.sources.anonymity import reason
from claimtrack.sources.facts import facts

from .test_office_holders import article


@pytest.mark.parametrize(
    ("lang", "text", "mention", "why"),
    [
        ("ar", "قال مصدر أمني رفض الكشف عن هويته خوفا من الانتقام، إن الجسر أغلق.", "مصدر أمني",
         "خوفا من الانتقام"),
        ("ar", "قال مصدر طلب عدم ذكر اسمه إن الجسر أغلق.", "مصدر", "طلب عدم ذكر اسمه"),
        ("ar", "قال حارس إن الجسر أغلق. وقال مصدر رفض الكشف عن هويته إنه فتح.", "حارس", None),
        ("en", "Shut, said a guard on condition of anonymity for fear of reprisal.", "a guard",
         "for fear of reprisal"),
        ("en", "An aide, who declined to be named, said so.", "An aide", "declined to be named"),
        ("en", "A guard said so because of the rain.", "A guard", None),
        ("ru", "Источник, попросивший не называть его имени, опасаясь мести, сообщил это.",
         "Источник", "опасаясь мести"),
        ("xx", "somebody on condition of anonymity", "somebody", None),
    ],
)  # fmt: skip
def test_the_reason_is_told_in_the_articles_words(
    lang: str, text: str, mention: str, why: str | None
) -> None:
    start = text.index(mention)
    assert reason(text, start, start + len(mention), facts(lang)) == why


def said(text: str, *mentions: str) -> Extraction:
    found = []
    for number, mention in enumerate(mentions):
        start = text.rindex(mention)
        span = Span(start, start + len(mention))
        found.append(Attribution(key=str(number), source=(span,), content=(Span(0, 1),)))
    return Extraction(attributions=tuple(found))


def test_an_unnamed_source_of_an_article_keeps_its_reason_and_country(resolver: Resolver) -> None:
    text = "A Kenyan official, who asked not to be named, fearing reprisals, said so."
    (source,) = resolver.resolve(article(text), said(text, "A Kenyan official"), "one").sources
    assert (source.kind, source.country) == (SourceKind.UNNAMED, "KE")
    assert source.reason == "fearing reprisals"


def test_unnamed_sources_of_two_articles_are_never_one(resolver: Resolver) -> None:
    text = "A Kenyan official, who asked not to be named, said so."
    ids = {
        resolver.resolve(article(text), said(text, "A Kenyan official"), scope).sources[0].id
        for scope in ("one", "two")
    }
    assert len(ids) == 2


def test_who_has_a_name_has_no_such_reason(resolver: Resolver) -> None:
    text = "Reuters, which asked not to be named, said so."
    found = resolver.resolve(article(text), said(text, "Reuters"), "one").sources
    assert {source.reason for source in found} == {None}
