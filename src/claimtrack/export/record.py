"""Our own lossless form: what each record of a JSON export holds."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from pydantic import Field

from claimtrack.match.anchors import State
from claimtrack.model.capture import Headers
from claimtrack.model.document import StatedTime
from claimtrack.model.source import SourceName
from claimtrack.model.value import Value
from claimtrack.model.vocabulary import (
    Assertion,
    Channel,
    ClaimRelationKind,
    Kind,
    Modality,
    PartRole,
    PublicationState,
    RelayKind,
    RelayStrength,
    Role,
    SourceKind,
    SourceRelationKind,
    SourceType,
    Stance,
    Verdict,
)

FORMAT = "claimtrack"
VERSION = 1
"""Grows when an older reader could no longer read a new export."""


class Recorded(Value):
    """Something with an id, and when it was put in."""

    id: str = Field(description="Its kind, a dash and the digest of its content.")
    recorded_at: datetime = Field(description="When it was put into the database.")


class Words(Value):
    """A span of a version's text: code points, half-open, with the words around it."""

    start: int
    end: int
    exact: str
    prefix: str
    suffix: str


class RunRecord(Recorded):
    """What made rows: a tool, its version, and everything else its output depends on."""

    tool: str
    version: str
    configuration: dict[str, str]


class RelationRecord(Value):
    """How a source stands to another, while it lasts."""

    kind: SourceRelationKind
    parent_id: str
    since: date | None
    until: date | None


class SourceRecord(Recorded):
    """A source, best name first."""

    key: str
    name: str
    kind: SourceKind
    type: SourceType
    country: str | None
    domain: str | None
    wikidata: str | None
    invented: bool
    reason: str | None
    names: tuple[SourceName, ...]
    relations: tuple[RelationRecord, ...]


class SourceEditRecord(Value):
    """What a desk decided about a source: that it is there, is called so, is or is not another."""

    id: str = Field(description="Its kind, a dash and the digest of its content.")
    number: int = Field(description="Its place in the order of recording.")
    action: Literal["add", "alias", "merge", "split"]
    source_id: str = Field(description="The source; of a merge, the one whose name is kept.")
    other_id: str | None = Field(description="The one merged with it, or split from it.")
    source: str = Field(description="The source as it was then, as JSON.")
    text: str | None = Field(description="The name that an alias adds.")
    lang: str | None
    kind: str | None
    ended: str = Field(description="The merges that a split ended, as JSON.")
    evidence: str
    edited_by: str
    edited_at: datetime


class AddressRecord(Value):
    """An address of a document, and what sort of address."""

    kind: Literal["raw", "final", "canonical", "amp", "archive"]
    url: str


class PartRecord(Value):
    """A stretch of a text and what it is to its article."""

    role: PartRole
    start: int
    end: int


class NarrationRecord(Recorded, Words):
    """What the outlet says in its own voice."""

    run_id: str


class AttributionRecord(Recorded):
    """One act of reporting; `spans` has the words of each role that the text has."""

    number: int = Field(description="Its place in the order of recording.")
    ord: int = Field(description="Its place in its version.")
    key: str
    spans: dict[Role, tuple[Words, ...]]
    kind: Kind
    channel: Channel
    stance: Stance
    assertion: Assertion
    modality: Modality
    source_type: SourceType
    source_name: str | None
    source_id: str | None
    confidence: float
    cue_unknown: bool
    pattern: str
    responds_to_id: str | None
    run_id: str


class VersionRecord(Recorded):
    """The text of a document at one moment, and everything found in it."""

    number: int = Field(description="Its place in the order of recording.")
    seq: int = Field(description="Its place among the versions of its document, from 1.")
    text: str
    sha256: str
    lang: str
    title: str | None
    outlet: str | None
    byline: str | None
    published: StatedTime
    updated: StatedTime | None = Field(description="When it says that it was last changed.")
    replaced: int = Field(description="Characters of the original that became U+FFFD.")
    parts: tuple[PartRecord, ...]
    narrations: tuple[NarrationRecord, ...]
    attributions: tuple[AttributionRecord, ...]
    retired: tuple[AttributionRecord, ...] = Field(
        (), description="What people rejected, or put others in the place of."
    )


class DocumentRecord(Recorded):
    """A work: what it is known by, its addresses, its versions."""

    known_by: Literal["url", "text"]
    identity: str
    urls: tuple[AddressRecord, ...]
    url_keys: tuple[str, ...] = Field(description="What its addresses and their variants share.")
    versions: tuple[VersionRecord, ...]


class RelayRecord(Recorded):
    """A report (child) that was taken from another (parent)."""

    child_id: str
    parent_id: str
    kind: RelayKind
    evidence: str
    strength: RelayStrength | None = Field(
        None, description="By what it is known, if not the text."
    )
    run_id: str


class OuterRelayRecord(Recorded):
    """A report that was taken from a source, or an address, that is not held."""

    number: int = Field(description="Its place in the order of recording.")
    child_id: str
    source_id: str | None
    url: str | None
    evidence: str
    run_id: str


class ClaimRelationRecord(Recorded):
    """How two claims stand to each other."""

    number: int = Field(description="Its place in the order of recording.")
    left_id: str
    right_id: str
    kind: ClaimRelationKind
    score: float
    evidence: str
    run_id: str


class ReviewRecord(Recorded):
    """A verdict on a claim."""

    number: int = Field(description="Its place in the order of recording.")
    claim_id: str
    scale: str
    rating: str
    text: str
    url: str | None
    links: tuple[str, ...] = ()
    value: float | None = Field(
        default=None, description="Where the rating stands from 1 (false) to 5 (true)."
    )
    revises: str | None = Field(default=None, description="The verdict it takes the place of.")
    reviewed_by: str
    reviewed_at: datetime


class GradeRecord(Recorded):
    """A grade of a claim (1 to 6) or a source (A to F)."""

    number: int = Field(description="Its place in the order of recording.")
    claim_id: str | None
    source_id: str | None
    grade: str
    topic: str | None
    since: str | None
    until: str | None
    reason: str
    graded_by: str
    graded_at: datetime


class PublicationRecord(Recorded):
    """A decision on what of some documents may be shown in public."""

    number: int = Field(description="Its place in the order of recording.")
    state: PublicationState
    why: str
    rights: str
    decided_by: str
    decided_at: datetime
    documents: tuple[str, ...]


class TouchedRecord(Value):
    """What a correction made of a report, relay or judgement."""

    row_id: str
    change: Literal["accepted", "retired", "made"]


class CorrectionRecord(Recorded):
    """What a person decided about reports of a text."""

    number: int = Field(description="Its place in the order of recording.")
    action: Literal["accept", "reject", "add", "change", "split", "join", "complete"]
    version_id: str
    reason: str
    corrected_by: str
    corrected_at: datetime
    rows: tuple[TouchedRecord, ...]
    relays: tuple[RelayRecord, ...] = Field(description="Those that it retired.")


class TextRecord(Value):
    """A wording of a claim."""

    lang: str
    text: str


class ClaimRecord(Recorded):
    """What a report started as, and the cluster it belongs to now."""

    number: int = Field(description="Its place in the order of recording.")
    attribution_id: str
    cluster_id: str = Field(description="Its earliest claim, whose report may be retired by now.")
    texts: tuple[TextRecord, ...]


class JudgementRecord(Recorded):
    """A decision on whether two claims are one: by a run, or by a person at a time."""

    number: int = Field(description="Its place in the order of recording.")
    left_id: str
    right_id: str
    verdict: Verdict
    evidence: str
    score: float | None
    run_id: str | None
    judged_by: str | None
    judged_at: datetime | None
    relay_id: str | None = Field(None, description="The relay it rests on: it ends with it.")


class HopRecord(Value):
    """A redirect on the way to an answer; its body stands in the WARC file alone."""

    url: str
    at: datetime
    status: int
    headers: Headers
    sha256: str


class CaptureRecord(Recorded):
    """What a server answered at one moment."""

    number: int = Field(description="Its place in the order of recording.")
    document_id: str | None = Field(description="The document its address was known by, if any.")
    url: str = Field(description="The address that was asked for.")
    final_url: str = Field(description="The address that answered.")
    at: datetime
    status: int
    reason: str
    tool: str
    operator: str
    sha256: str = Field(description="Of its body, which stands among the bodies.")
    headers: Headers
    hops: tuple[HopRecord, ...]
    warc_start: int | None = Field(description="Where its records begin in the WARC file.")
    warc_size: int | None
    versions: tuple[str, ...] = Field(description="The ids of the texts it holds.")


class BodyRecord(Value):
    """A body as it was sent: chunking removed, content-encoding kept."""

    sha256: str
    size: int = Field(description="In bytes.")
    body: str = Field(description="In base64.", json_schema_extra={"contentEncoding": "base64"})


class AnchorRecord(Value):
    """Where a span of a report stands in the version after its own."""

    attribution_id: str
    version_id: str = Field(description="The later version.")
    role: Role
    ord: int = Field(description="Its place among the spans of its role.")
    state: State
    start: int | None = Field(description="In code points; null when ambiguous or orphaned.")
    end: int | None
    score: float
    run_id: str
    recorded_at: datetime


class ReprintRecord(Value):
    """A version found to be a copy of another that was added before it."""

    document_version: str
    of_document_version: str
    similarity: float
    run: str
    recorded_at: datetime


class Export(Value):
    """A whole database: every live content row, from which an equal one can be made."""

    format: Literal["claimtrack"]
    version: Literal[1]
    runs: tuple[RunRecord, ...]
    sources: tuple[SourceRecord, ...]
    source_edits: tuple[SourceEditRecord, ...]
    documents: tuple[DocumentRecord, ...]
    relays: tuple[RelayRecord, ...]
    claims: tuple[ClaimRecord, ...]
    judgements: tuple[JudgementRecord, ...]
    outer_relays: tuple[OuterRelayRecord, ...] = ()
    claim_relations: tuple[ClaimRelationRecord, ...] = ()
    reviews: tuple[ReviewRecord, ...] = ()
    grades: tuple[GradeRecord, ...] = ()
    publications: tuple[PublicationRecord, ...] = ()
    corrections: tuple[CorrectionRecord, ...] = ()
    captures: tuple[CaptureRecord, ...]
    bodies: tuple[BodyRecord, ...]
    anchors: tuple[AnchorRecord, ...]
    reprints: tuple[ReprintRecord, ...]
