"""What rows are made of: ids, and spans and their words. Shared by the writer and `verify`."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache

from claimtrack.errors import IntegrityError
from claimtrack.model.attribution import Attribution
from claimtrack.model.document import DocumentVersion
from claimtrack.model.ids import content_id, digest
from claimtrack.model.span import Span, within
from claimtrack.model.vocabulary import RelayKind, Role, Verdict
from claimtrack.text.wording import comparable

# All that makes an attribution the one it is. Not its key, which is its article's numbering, nor
# via and responds_to, which are rows of their own: so a report reached by two ways is one.
_IDENTITY = (
    "kind",
    "channel",
    "stance",
    "assertion",
    "modality",
    "source_type",
    "source_name",
    "source_id",
    "cue_unknown",
    "pattern",
)

ROLES = tuple(role.value for role in Role)
"""What the stretches of an attribution are called; plain strings, as so many are asked for."""


@lru_cache(maxsize=256)  # of one article many rows are recorded at one time
def instant(at: datetime) -> str:
    """Return a time as it is stored: UTC, ISO 8601, ending in Z.

    Raises:
        ValueError: The time has no zone.
    """
    if at.tzinfo is None:
        raise ValueError("a time without a zone cannot be stored")
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def attribution_id(version_id: str, attribution: Attribution) -> str:
    """Return the id of an attribution found in a document version."""
    content: dict[str, object] = {name: getattr(attribution, name) for name in _IDENTITY}
    content["confidence"] = attribution.confidence + 0.0  # SQLite knows no -0.0
    content["spans"] = {role: [list(span) for span in getattr(attribution, role)] for role in ROLES}
    return content_id("attribution", version_id, content)


def claim_id(attribution: str) -> str:
    """Return the id of the claim that an attribution starts as."""
    return content_id("claim", attribution)


def wording_digest(lang: str, text: str) -> str | None:
    """Return the same digest for the same words; None for too few words to tell them by."""
    words = comparable(text)
    return None if words is None else digest([lang, words])


def narration_id(version_id: str, span: Span) -> str:
    """Return the id of a stretch in the outlet's own voice."""
    return content_id("narration", version_id, list(span))


def relay_id(child: str, parent: str, kind: RelayKind) -> str:
    """Return the id of a relay from the relayer (child) to the relayed (parent)."""
    return content_id("relay", child, parent, kind.value)


def judgement_id(
    pair: tuple[str, str], verdict: Verdict, evidence: str, score: float | None, by: list[str]
) -> str:
    """Return the id of a judgement on two claims, smaller id first.

    `by` is ["run", id] or ["user", name, time]: a machine that judges again says nothing new,
    not even after it was overruled; a person may come back to a decision.
    """
    return content_id("judgement", list(pair), verdict.value, evidence, score, by)


def derived_version(version: DocumentVersion, sha256: str) -> DocumentVersion:
    """Return a version with its ids made anew from its content and the digest of its text."""
    return DocumentVersion.of(version.article(), sha256)


def placed(text: str, span: Span, what: str) -> Span:
    """Return a span that lies in a text.

    Raises:
        IntegrityError: The span does not lie in the text; `what` names its owner.
    """
    try:
        return within(text, span)
    except ValueError as error:
        raise IntegrityError(f"{what}: {error}") from None


def words_of(text: str, spans: tuple[Span, ...]) -> str:
    """Return the words of several spans, with an ellipsis for what is left out between them."""
    return " … ".join(span.of(text) for span in spans)
