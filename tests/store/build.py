"""Small articles of an invented country, and what is found in them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from claimtrack.model.attribution import Attribution, Extraction
from claimtrack.model.document import Article, DocumentVersion, Layout
from claimtrack.model.run import Run
from claimtrack.model.source import Source, SourceName, SourceRelation
from claimtrack.model.span import Span, Spans
from claimtrack.model.vocabulary import (
    Kind,
    NameKind,
    SourceKind,
    SourceRelationKind,
    SourceType,
    Stance,
)
from claimtrack.store import Added, Store

AT = datetime(2031, 5, 4, 9, 30, tzinfo=UTC)
USER = "tester"
NOTHING = Extraction()
RUN = Run(tool="rules", version="1.0", configuration={"pack": "abc"})

STATE = Source(
    key="qm",
    name="Qamaria",
    kind=SourceKind.STATE,
    type=SourceType.GOVERNMENT,
    country="QM",
    invented=True,
)
MINISTRY = Source(
    key="qm-mfa",
    name="Foreign Ministry of Qamaria",
    kind=SourceKind.BODY,
    type=SourceType.GOVERNMENT,
    country="QM",
    domain="mfa.qm.invalid",
    names=(
        SourceName(text="وزارة الخارجية القمرية", lang="ar", kind=NameKind.OFFICIAL),
        SourceName(text="الخارجية القمرية", lang="ar"),
        SourceName(text="Qamarian Foreign Ministry", lang="en"),
    ),
    relations=(SourceRelation(kind=SourceRelationKind.SPEAKS_FOR, parent="qm"),),
    invented=True,
)
AGENCY = Source(
    key="nawras",
    name="Nawras Agency",
    kind=SourceKind.AGENCY,
    type=SourceType.NEWS_AGENCY,
    invented=True,
)
SOURCES = (AGENCY, MINISTRY, STATE)

STORY = (
    "إغلاق ميناء الصدفة\n"
    "نقلت وكالة النورس عن وزارة الخارجية القمرية قولها إن ميناء الصدفة أُغلق أمام السفن. "
    "وزعمت الوكالة أن «العاصفة بلغت الساحل»، على حد تعبيرها.\n"
    "وميناء الصدفة أكبر موانئ قمرية."
)


def at(text: str, *words: str) -> Spans:
    """Return where each of some words first stands in a text."""
    return tuple(Span(text.index(each), text.index(each) + len(each)) for each in words)


def said(text: str, key: str, cue: str, content: str, **fields: Any) -> Attribution:
    """Return an attribution given by its words."""
    spans = {
        role: at(text, fields.pop(role)) for role in ("source", "antecedent") if role in fields
    }
    return Attribution(key=key, cue=at(text, cue), content=at(text, content), **spans, **fields)


def version_of(text: str, **fields: Any) -> DocumentVersion:
    """Return a document version with a text, in Arabic unless said otherwise."""
    fields.setdefault("layout", Layout())
    fields.setdefault("lang", "ar")
    article = Article(text=text, place="test", **fields)
    return DocumentVersion.of(article, sha256(text.encode()).hexdigest())


def story(url: str | None = "https://nawras.invalid/1", **fields: Any) -> DocumentVersion:
    """Return the story as a document version."""
    title = STORY.index("\n")
    layout = Layout(title=(Span(0, title),), body=(Span(title + 1, len(STORY)),))
    fields = {"title": "إغلاق ميناء الصدفة", "outlet": "النورس", **fields}
    return version_of(STORY, url=url, layout=layout, **fields)


def story_found() -> Extraction:
    """Return what is in the story: a relay, and an attribution that keeps its distance."""
    relayed = "قولها إن ميناء الصدفة أُغلق أمام السفن"
    return Extraction(
        attributions=(
            said(STORY, "1", "نقلت", relayed, source="وكالة النورس", source_id=AGENCY.id),
            said(
                STORY,
                "2",
                "قولها",
                "ميناء الصدفة أُغلق أمام السفن",
                source="وزارة الخارجية القمرية",
                source_id=MINISTRY.id,
                via="1",
            ),
            said(
                STORY,
                "3",
                "زعمت",
                "«العاصفة بلغت الساحل»",
                source="الوكالة أن"[:7],
                antecedent="وكالة النورس",
                source_id=AGENCY.id,
                kind=Kind.DIRECT,
                stance=Stance.DISTANCING,
                responds_to="2",
            ),
        ),
        narrator=at(STORY, "وميناء الصدفة أكبر موانئ قمرية."),
    )


def add(
    store: Store,
    version: DocumentVersion,
    extraction: Extraction = NOTHING,
    sources: Iterable[Source] = SOURCES,
    **fields: Any,
) -> Added:
    """Add a version as the tests' user does."""
    fields = {"run": RUN, "at": AT, "user": USER, **fields}
    return store.add(version, extraction, sources, **fields)


def add_story(store: Store) -> Added:
    """Add the story with what is in it."""
    return add(store, story(), story_found())


def report(
    number: int, content: str = "المطر نزل على الجبل", **fields: Any
) -> tuple[DocumentVersion, Extraction]:
    """Return a short article with one attribution, its text unlike that of any other number."""
    text = f"خبر {number}. قالت الوزارة إن {content}."
    found = said(text, "1", "قالت", content, source="الوزارة", source_id=MINISTRY.id, **fields)
    url = f"https://nawras.invalid/report/{number}"
    return version_of(text, url=url), Extraction(attributions=(found,))
