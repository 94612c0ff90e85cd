"""What readers of the store get: small frozen values, one for each question a page asks."""

from __future__ import annotations

from typing import Literal

from claimtrack.model.document import StatedTime
from claimtrack.model.run import person
from claimtrack.model.source import Source
from claimtrack.model.span import Quote, Span
from claimtrack.model.value import Value
from claimtrack.model.vocabulary import (
    Assertion,
    Channel,
    Direction,
    Kind,
    Modality,
    PartRole,
    RelayKind,
    SourceType,
    Stance,
)


class Counts(Value):
    """How many live rows there are."""

    documents: int
    attributions: int
    claims: int
    sources: int


class DocumentRef(Value):
    """Enough of a document version to name and link it."""

    id: str
    version_id: str
    title: str
    outlet: str | None
    lang: str
    direction: Direction
    url: str | None
    published: StatedTime


class SourceRef(Value):
    """Enough of a source to name and link it.

    Attributes:
        name: What to call it in English, else in its own words.
        names: Language and best name, for each language it has one in.
    """

    id: str
    name: str
    type: SourceType
    country: str | None
    names: tuple[tuple[str, str], ...] = ()

    def name_in(self, lang: str) -> str:
        """Return the best name in a language, else the one it goes by."""
        return dict(self.names).get(lang, self.name)


class Context(Value):
    """A stretch of a document (whole sentences) around an attribution."""

    start: int
    end: int
    text: str


class Looked(Value):
    """Which person looked at a report last, when (UTC, ISO 8601), and what they did.

    Attributes:
        how: They accepted or made the report itself, or judged what its claim is one with.
    """

    by: str
    at: str
    how: Literal["accepted", "made", "judged"]


class AttributionView(Value):
    """One act of reporting, with its words, its sentence, who and where.

    Attributes:
        claim_id: The claim its content belongs to (the cluster's id).
        key: Its place in its article: "1", "2"…
        quotes: The spans of each role ("source", "cue", "content", "antecedent").
        via_id: The attribution that relays this one.
        responds_to_id: The attribution this one answers.
        run: What made it: tool and version.
        reviewed: Who looked at it last; None where it is a machine's alone.
    """

    id: str
    claim_id: str
    key: str
    document: DocumentRef
    source: SourceRef | None
    quotes: dict[str, tuple[Quote, ...]]
    context: Context
    kind: Kind
    channel: Channel
    stance: Stance
    assertion: Assertion
    modality: Modality
    source_type: SourceType
    confidence: float
    via_id: str | None
    responds_to_id: str | None
    run: str
    reviewed: Looked | None = None

    @property
    def by_hand(self) -> str | None:
        """The person who made it; None for what a machine found."""
        return person(self.run)

    def words(self, role: str) -> str:
        """Return the words of a role, gaps as an ellipsis; empty when there are none."""
        return " … ".join(quote.exact for quote in self.quotes.get(role, ()))


class RelayView(Value):
    """One attribution taken from another: child (the relayer) to parent (the relayed)."""

    child_id: str
    parent_id: str
    kind: RelayKind
    evidence: str


class ClaimRef(Value):
    """Enough of a claim to name and link it.

    Attributes:
        text: The wording it is called by everywhere (see ClaimView).
        sources: How many sources its reports name or describe.
        unnamed: How many of these have no name: "an official", "witnesses". One who is unnamed
            is another source in each article.
    """

    id: str
    text: str
    lang: str
    reports: int
    sources: int
    unnamed: int = 0


class ClaimView(Value):
    """A claim with every report of it, in the order they were recorded.

    Attributes:
        texts: Language and wording, each once. It is called by the first: the words of the report
            recorded first among those that relay none of the others.
    """

    id: str
    texts: tuple[tuple[str, str], ...]
    attributions: tuple[AttributionView, ...]
    relays: tuple[RelayView, ...]


class PartView(Value):
    """A stretch of a document and what it is."""

    role: PartRole
    start: int
    end: int


class DocumentView(Value):
    """A document's latest version with everything found in it."""

    ref: DocumentRef
    byline: str | None
    text: str
    sha256: str
    parts: tuple[PartView, ...]
    attributions: tuple[AttributionView, ...]
    narrator: tuple[Span, ...]
    relays: tuple[RelayView, ...]
    versions: int


class SourceView(Value):
    """A source, and a page of what it said.

    Attributes:
        total: How many attributions there are of it and of what was merged into it.
        merged: The sources that were merged into it.
    """

    ref: SourceRef
    source: Source
    total: int
    attributions: tuple[AttributionView, ...]
    merged: tuple[Source, ...] = ()


class SourceRow(Value):
    """A source in a list, with how much it said."""

    ref: SourceRef
    kind: str
    attributions: int
    documents: int


class Hit(Value):
    """A search result.

    Attributes:
        kind: "claim", "attribution" or "document".
        text: The sentence or title shown.
        marks: Where the words searched for stand in `text`.
    """

    kind: str
    id: str
    claim_id: str | None
    document: DocumentRef
    source: SourceRef | None
    text: str
    marks: tuple[Span, ...]


class SearchPage(Value):
    """A page of results, best first; where there are more, those recorded last.

    Attributes:
        total: How many there are, of what was looked through.
        more: More hold the words than were looked through.
    """

    query: str
    total: int
    hits: tuple[Hit, ...]
    more: bool = False
