"""Articles with what was found in them, made by hand about an invented country."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from hashlib import sha256
from typing import NamedTuple

from claimtrack.model.attribution import Attribution, Extraction
from claimtrack.model.document import Article, DocumentVersion, Layout, StatedTime
from claimtrack.model.run import Run
from claimtrack.model.source import Source, SourceName, SourceRelation
from claimtrack.model.span import Span, Spans
from claimtrack.model.vocabulary import (
    Channel,
    Kind,
    NameKind,
    Precision,
    SourceKind,
    SourceRelationKind,
    SourceType,
)
from claimtrack.store import Store

AT = datetime(2025, 3, 4, 9, 30, tzinfo=UTC)
RUN = Run(tool="by-hand", version="1", configuration={"pack": "none"})
ON_THE_THIRD = StatedTime(
    stated="3 آذار 2025", utc=datetime(2025, 3, 3, tzinfo=UTC), precision=Precision.DAY
)

QAMARIA = Source(
    key="qamaria",
    name="Qamaria",
    kind=SourceKind.STATE,
    type=SourceType.GOVERNMENT,
    names=(SourceName(text="قمرية", lang="ar", kind=NameKind.OFFICIAL),),
    invented=True,
)
MINISTRY = Source(
    key="qamaria-finance",
    name="Ministry of Finance of Qamaria",
    kind=SourceKind.BODY,
    type=SourceType.GOVERNMENT,
    names=(
        SourceName(text="وزارة المالية القمرية", lang="ar", kind=NameKind.OFFICIAL),
        SourceName(text="Ministry of Finance of Qamaria", lang="en", kind=NameKind.OFFICIAL),
        SourceName(text="المالية القمرية", lang="ar"),
    ),
    relations=(SourceRelation(kind=SourceRelationKind.SPEAKS_FOR, parent="qamaria"),),
    invented=True,
)
AGENCY = Source(
    key="qamaria-news",
    name="Qamaria News Agency",
    kind=SourceKind.AGENCY,
    type=SourceType.STATE_MEDIA,
    names=(SourceName(text="وكالة أنباء قمرية", lang="ar", kind=NameKind.OFFICIAL),),
    domain="qna.example",
    invented=True,
)
SOURCES = (QAMARIA, MINISTRY, AGENCY)


class Told(NamedTuple):
    """A report by its words: what the source, cue and content are in the text."""

    content: str
    source: str = ""
    cue: str = ""
    more: Attribution = Attribution(key="", content=(Span(0, 1),))


class Story(NamedTuple):
    """An article and everything found in it, ready to be added."""

    version: DocumentVersion
    extraction: Extraction

    def add(self, store: Store) -> str:
        """Put it into a store; return the version's id."""
        store.add(self.version, self.extraction, SOURCES, run=RUN, at=AT, user="tester")
        return self.version.id


def story(
    text: str,
    *told: Told,
    outlet: str | None = "Site C",
    lang: str = "ar",
    url: str | None = None,
    narrator: Sequence[str] = (),
    published: StatedTime = ON_THE_THIRD,
) -> Story:
    """Return an article whose reports are found by their words, keys "1", "2"… in order."""
    article = Article(
        text=text,
        place="by hand",
        lang=lang,
        url=url,
        outlet=outlet,
        published=published,
        layout=Layout(body=(Span(0, len(text)),)),
    )
    attributions = [_attribution(text, key, one) for key, one in enumerate(told, 1)]
    found = Extraction(
        attributions=tuple(attributions), narrator=sum((at(text, one) for one in narrator), ())
    )
    return Story(DocumentVersion.of(article, sha256(text.encode()).hexdigest()), found)


def _attribution(text: str, key: int, told: Told) -> Attribution:
    content = at(text, told.content)
    # the source and cue nearest before the content, as texts have them
    until = content[0].end
    spans = {
        "source": at(text[:until], told.source),
        "cue": at(text[:until], told.cue),
        "content": content,
    }
    return told.more.model_copy(update={"key": str(key), **spans})


def at(text: str, words: str) -> Spans:
    """Return where words stand last in a text; " … " cuts them into several spans."""
    if not words:
        return ()
    spans = []
    end = len(text)
    for part in reversed(words.split(" … ")):
        end = text.rindex(part, 0, end)
        spans.insert(0, Span(end, end + len(part)))
    return tuple(spans)


def said_by(by: Source | None = None, /, **facts: object) -> Attribution:
    """Return what an attribution has besides its spans."""
    named = by and {
        "source_id": by.id,
        "source_name": by.name,
        "source_type": by.type,
    }
    return Attribution.model_validate({"key": "", "content": ((0, 1),), **(named or {}), **facts})


TAX = "الضريبة ستنخفض إلى النصف في آذار المقبل"

# A site citing an agency citing a ministry's post.
CHAIN = story(
    f"نقلت وكالة أنباء قمرية عن وزارة المالية القمرية قولها إن {TAX}.",
    Told(
        f"وزارة المالية القمرية قولها إن {TAX}",
        "وكالة أنباء قمرية",
        "نقلت",
        said_by(AGENCY, channel=Channel.REPORT),
    ),
    Told(
        TAX,
        "وزارة المالية القمرية",
        "قولها",
        said_by(MINISTRY, channel=Channel.TWEET_OR_POST, via="1", kind=Kind.INDIRECT),
    ),
    url="https://site-c.example/1",
)
