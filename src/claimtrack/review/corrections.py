"""Corrections: people accept, reject, add, change, split and join what was found in texts.

Each function records one decision in one transaction and returns its id, by which
`claimtrack undo` takes it back. Whoever gives `seen` says which state they looked at: the token of
`standing`; where somebody decided otherwise since, nothing is done and they are told.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise
from typing import Annotated, Any

from pydantic import Field

from claimtrack.errors import CorrectionError, RetiredError, UnknownIdError
from claimtrack.match.link import link
from claimtrack.model.attribution import Attribution
from claimtrack.model.document import DocumentVersion
from claimtrack.model.span import Span, Spans, ordered
from claimtrack.model.value import Value
from claimtrack.model.vocabulary import (
    Assertion,
    Channel,
    Kind,
    Modality,
    Role,
    SourceType,
    Stance,
)
from claimtrack.store import Connection, Store, corrected, corrections, log
from claimtrack.store.content import claim_id
from claimtrack.store.corrected import Action, Decided, Held, told
from claimtrack.store.corrections import Correction, Made
from claimtrack.store.versions import version_by_id

__all__ = [
    "Action",
    "Decided",
    "Draft",
    "Standing",
    "accept",
    "add_missed",
    "complete",
    "correct",
    "draft_of",
    "join",
    "reject",
    "split",
    "standing",
]


class Draft(Value):
    """An attribution as a person says it should be.

    Spans are half-open code points of the stored text of its version, in text order.

    Attributes:
        source: The mention in the sentence; empty when the sentence has none.
        cue: The words that report; empty when there are none.
        content: What is attributed; at least one span.
        antecedent: The earlier mention that an empty or anaphoric source stands for.
        source_id: A held source's id; None when nobody knows who it is.
        source_name: What the source is called; of a held source, its name.
        via: The id of the attribution of the same text that relays this one.
        responds_to: The id of the attribution of the same text that this one answers.
    """

    source: Spans = ()
    cue: Spans = ()
    content: Annotated[Spans, Field(min_length=1)]
    antecedent: Spans = ()
    kind: Kind = Kind.INDIRECT
    channel: Channel = Channel.NONE_STATED
    stance: Stance = Stance.NEUTRAL
    assertion: Assertion = Assertion.ASSERT
    modality: Modality = Modality.ASSERTED
    source_type: SourceType = SourceType.OTHER
    source_id: str | None = None
    source_name: str | None = None
    via: str | None = None
    responds_to: str | None = None

    def changed(self, **fields: Any) -> Draft:
        """Return the draft with other fields, checked.

        Raises:
            pydantic.ValidationError: A field is unknown, or a value none of its kind.
        """
        return Draft.model_validate({**self.model_dump(), **fields})


class Standing(Value):
    """Where an attribution stands.

    Attributes:
        token: What `seen` takes: it changes whenever somebody decides, or takes a decision back.
        live: It is not retired.
        decided: The last decision of a person that holds; None where it is a machine's alone.
        version_id: The text it is of.
    """

    id: str
    token: str
    live: bool
    decided: Decided | None
    version_id: str


def standing(connection: Connection, attribution_id: str) -> Standing:
    """Return where an attribution stands.

    Raises:
        UnknownIdError: None has the id.
    """
    one = _held(connection, attribution_id)
    last = corrected.decided(connection, attribution_id)
    return Standing(
        id=one.id,
        token=last.id if last else "machine",
        live=one.live,
        decided=last,
        version_id=one.version_id,
    )


def draft_of(connection: Connection, attribution_id: str) -> Draft:
    """Return an attribution as a draft, to be changed.

    Raises:
        UnknownIdError: None has the id.
    """
    return _draft(_held(connection, attribution_id))


def accept(
    store: Store,
    attribution_id: str,
    *,
    by: str,
    at: datetime,
    reason: str | None = None,
    seen: str | None = None,
) -> str:
    """Record that an attribution is right as it is; return the id of that.

    The same person's acceptance that holds already is returned as it is.

    Args:
        store: Where it is.
        attribution_id: Its full id.
        by: Who.
        at: When, with a zone.
        reason: Why, in words, if that needs any.
        seen: The token of the state they saw; None to decide whatever was done since.

    Raises:
        UnknownIdError: None has the id.
        CorrectionError: It is retired, or somebody decided since.
    """
    with store.transaction():
        one = _current(store.connection, attribution_id, seen)
        last = corrected.decided(store.connection, one.id)
        if last and last.action is Action.ACCEPT and last.by == by:
            return last.id
        wanted = Correction(Action.ACCEPT, one.version_id, (one.id,), (), reason or "")
        return _record(store, wanted, by, at)


def reject(
    store: Store,
    attribution_id: str,
    *,
    reason: str,
    by: str,
    at: datetime,
    seen: str | None = None,
) -> str:
    """Record that an attribution is none; it is retired with the reason. Return the id of that.

    Args: as for `accept`, and a reason that is not empty.

    Raises:
        UnknownIdError: None has the id.
        CorrectionError: It is retired, somebody decided since, or no reason is given.
    """
    with store.transaction():
        one = _current(store.connection, attribution_id, seen)
        if not reason.strip():
            raise CorrectionError(f"{one.id} is not rejected without a reason. Say why.")
        wanted = Correction(Action.REJECT, one.version_id, (one.id,), (), reason)
        return _record(store, wanted, by, at)


def add_missed(
    store: Store,
    version_id: str,
    draft: Draft,
    *,
    by: str,
    at: datetime,
    reason: str | None = None,
) -> str:
    """Add an attribution that was missed in a text; return the id of the decision.

    Args:
        store: Where the text is.
        version_id: A live document version.
        draft: The attribution.
        by: Who.
        at: When, with a zone.
        reason: Why, in words, if that needs any.

    Raises:
        UnknownIdError: No version, source or attribution has an id that is given.
        CorrectionError: A span lies outside the text or is empty, a via is of another text or
            leads back, or the same is there already.
    """
    with store.transaction():
        version = _version(store.connection, version_id)
        _refuse_same(store.connection, version, draft)
        made = _made(store.connection, version, draft, ())
        return _record(store, Correction(Action.ADD, version_id, (), (made,), reason or ""), by, at)


def correct(  # noqa: PLR0913 (who, when, why and what they saw are each said)
    store: Store,
    attribution_id: str,
    draft: Draft,
    *,
    by: str,
    at: datetime,
    reason: str | None = None,
    seen: str | None = None,
) -> str:
    """Put a person's attribution in the place of one; return the id of the decision.

    The old one is retired; what was said of its claim holds for the new one, and relays lead to
    and from it.

    Args: as for `accept`, and the attribution as it should be (see `draft_of`).

    Raises:
        UnknownIdError: No attribution or source has an id that is given.
        CorrectionError: As for `accept` and `add_missed`, or nothing would change.
    """
    with store.transaction():
        one = _current(store.connection, attribution_id, seen)
        version = _version(store.connection, one.version_id)
        if _draft(one) == draft:
            raise CorrectionError(f"{one.id} is just so already. To say that it is right: accept.")
        made = _made(store.connection, version, draft, (one.id,))
        wanted = Correction(Action.CHANGE, one.version_id, (one.id,), (made,), reason or "")
        return _record(store, wanted, by, at)


def split(  # noqa: PLR0913 (who, when, why and what they saw are each said)
    store: Store,
    attribution_id: str,
    drafts: Sequence[Draft],
    *,
    by: str,
    at: datetime,
    reason: str | None = None,
    seen: str | None = None,
) -> str:
    """Put several attributions in the place of one; return the id of the decision.

    Each begins as a claim of its own.

    Args: as for `correct`, with two drafts at least, in reading order.

    Raises:
        UnknownIdError: No attribution or source has an id that is given.
        CorrectionError: As for `correct`, or there are fewer than two.
    """
    with store.transaction():
        one = _current(store.connection, attribution_id, seen)
        if len(drafts) < 2:
            raise CorrectionError(f"{one.id} is split into two or more. Give two contents.")
        version = _version(store.connection, one.version_id)
        made = tuple(_made(store.connection, version, each, (one.id,)) for each in drafts)
        wanted = Correction(Action.SPLIT, one.version_id, (one.id,), made, reason or "")
        return _record(store, wanted, by, at)


def join(  # noqa: PLR0913 (who, when, why and what they saw are each said)
    store: Store,
    attribution_ids: Sequence[str],
    *,
    by: str,
    at: datetime,
    draft: Draft | None = None,
    reason: str | None = None,
    seen: Sequence[str | None] | None = None,
) -> str:
    """Put one attribution in the place of several of a text; return the id of the decision.

    Args:
        store: Where they are.
        attribution_ids: Two full ids at least.
        by: Who.
        at: When, with a zone.
        draft: What stands in their place; without, all their words, otherwise as the first one.
        reason: Why, in words, if that needs any.
        seen: The tokens of the states they saw, in the order of the ids; None for any.

    Raises:
        UnknownIdError: No attribution or source has an id that is given.
        CorrectionError: As for `correct`, or they are fewer than two, or of several texts.
    """
    with store.transaction():
        ids = list(dict.fromkeys(attribution_ids))
        if len(ids) < 2:
            raise CorrectionError("One report alone is not joined. Give two or more.")
        tokens: Sequence[str | None] = seen or [None] * len(ids)
        some = [
            _current(store.connection, each, token) for each, token in zip(ids, tokens, strict=True)
        ]
        texts = {each.version_id for each in some}
        if len(texts) > 1:
            raise CorrectionError("Reports of different texts are not joined. Judge their claims.")
        some.sort(key=lambda each: each.ord)
        version = _version(store.connection, some[0].version_id)
        made = _made(store.connection, version, draft or _united(some), ids)
        wanted = Correction(Action.JOIN, version.id, tuple(ids), (made,), reason or "")
        return _record(store, wanted, by, at)


def complete(
    store: Store, version_id: str, *, by: str, at: datetime, reason: str | None = None
) -> str:
    """Record that a text was read to its end: what is live in it, and no more, is right.

    Its reports that nobody decided about are accepted by that; what the outlet says on its own
    account is not among them.

    Args: as for `add_missed`.

    Raises:
        UnknownIdError: No live version has the id.
        CorrectionError: Nobody says so.
    """
    with store.transaction():
        _version(store.connection, version_id)
        some = corrected.undecided(store.connection, version_id)
        wanted = Correction(Action.COMPLETE, version_id, some, (), reason or "")
        return _record(store, wanted, by, at)


def _record(store: Store, wanted: Correction, by: str, at: datetime) -> str:
    if not by.strip():
        raise CorrectionError("A correction needs a user. Give --user.")
    made = corrections.record(store.connection, wanted, log.By(by, at))
    new = {claim_id(each) for each in corrections.made_by(store.connection, made)}
    if new:
        link(store, wanted.version_id, at=at, user=by, only=new)
    return made


def _held(connection: Connection, attribution_id: str) -> Held:
    one = corrected.held(connection, [attribution_id]).get(attribution_id)
    if one is None:
        raise UnknownIdError(attribution_id, "attribution")
    return one


def _current(connection: Connection, attribution_id: str, seen: str | None) -> Held:
    """Return a live attribution that is as somebody saw it.

    Raises:
        UnknownIdError: None has the id.
        CorrectionError: It is retired, or somebody decided since.
    """
    one, last = _held(connection, attribution_id), corrected.decided(connection, attribution_id)
    if not one.live:
        why = told(last) if last else corrected.why_retired(connection, one.id)
        raise RetiredError(one.id, why)
    if seen is not None and seen != (last.id if last else "machine"):
        now = told(last) if last else "no person's decision of it holds"
        raise CorrectionError(f"{one.id} is not as you saw it: {now}. Look at it again.")
    return one


def _version(connection: Connection, version_id: str) -> DocumentVersion:
    if not corrected.is_live(connection, version_id):
        raise UnknownIdError(version_id, "document version")
    return version_by_id(connection, version_id)


def _draft(one: Held) -> Draft:
    fields = one.attribution.model_dump(include=set(Draft.model_fields) - {"via", "responds_to"})
    return Draft(**fields, via=one.via, responds_to=one.responds_to)


def _made(
    connection: Connection, version: DocumentVersion, draft: Draft, instead: Sequence[str]
) -> Made:
    """Return what a draft becomes, checked against its text.

    Args:
        connection: A connection.
        version: The text.
        draft: The draft.
        instead: The attributions in whose place it stands.
    """
    for role in Role:
        _check_spans(version, role.value, getattr(draft, role.value))
    for name in ("via", "responds_to"):
        other = getattr(draft, name)
        if other is None:
            continue
        if other in instead:
            raise CorrectionError(f"{other} cannot be the {name} of what stands in its place.")
        one = _held(connection, other)
        if not one.live or one.version_id != version.id:
            raise CorrectionError(f"{other} is no live report of this text. Give another {name}.")
    if draft.via and corrected.relays_back(connection, draft.via, instead):
        raise CorrectionError(f"{draft.via} is relayed by this report itself. Give another via.")
    fields = draft.model_dump(exclude={"via", "responds_to"})
    if draft.source_id:
        fields |= corrected.named(connection, draft.source_id)
    attribution = Attribution(key="", confidence=1, pattern=corrected.BY_HAND, **fields)
    return Made(attribution, draft.via, draft.responds_to)


def _check_spans(version: DocumentVersion, role: str, spans: Spans) -> None:
    length = len(version.text)
    for span in spans:
        start, end = span
        if not 0 <= start < end <= length:
            raise CorrectionError(
                f"{role} {start}:{end} is not within the text of {version.id}, which has {length}"
                " code points. Give a start before its end."
            )
        if not span.of(version.text).strip():
            raise CorrectionError(f"{role} {start}:{end} holds no word. Give one that does.")
    if any(one.end > other.start for one, other in pairwise(spans)):
        raise CorrectionError(f"{role}: two stretches overlap or are not in text order. Mend them.")


def _refuse_same(connection: Connection, version: DocumentVersion, draft: Draft) -> None:
    """Refuse to add what stands in just these words already."""
    for one in corrected.live_in(connection, version.id):
        if all(getattr(one.attribution, role) == getattr(draft, role) for role in Role):
            raise CorrectionError(f"{one.id} has just these words. Accept or change that one.")


def _united(some: Sequence[Held]) -> Draft:
    """Return one draft of several attributions: all their words, otherwise as the first."""
    ids = {each.id for each in some}
    vias = [each.via for each in some if each.via not in ids]
    words = {
        role.value: _merged(
            [span for each in some for span in getattr(each.attribution, role.value)]
        )
        for role in Role
    }
    return _draft(some[0]).changed(**words, via=next(iter(vias), None))


def _merged(spans: Sequence[Span]) -> Spans:
    """Return spans in text order, those that overlap as one."""
    found: list[Span] = []
    for span in ordered(set(spans)):
        if found and span.start < found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return tuple(found)
