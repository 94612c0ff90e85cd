"""Decisions about reports as JSON Lines: out of a database, and into one.

A line is one decision. What it does not say is as it was, or as a new report has it: of a change,
only what changes need be there. Words stand for spans where that is handier: `"content": ["…"]`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from claimtrack.errors import ClaimtrackError, CorrectionError, InputError
from claimtrack.model.ids import digest
from claimtrack.model.interchange import Pair
from claimtrack.model.span import Span, Spans, hull
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
from claimtrack.review import corrections
from claimtrack.review.corrections import Draft
from claimtrack.review.quoting import spans_of
from claimtrack.store import Connection, Store, brought, corrected, log, read
from claimtrack.store import corrections as rows
from claimtrack.store.corrected import Action
from claimtrack.store.versions import version_by_id, versions

LARGEST = 50 * 2**20
"""Bytes of a file of decisions, at most."""

_T = TypeVar("_T")

Stretches = tuple[Pair | str, ...]
"""Stretches of a text: offsets in code points, half-open, or the words."""


class Fields(BaseModel):
    """What a report is, or what of it changes; spans are `[start, end)` or the words."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    source: Stretches | None = Field(None, description="The mention; empty for none.")
    cue: Stretches | None = Field(None, description="The words that report; empty for none.")
    content: Annotated[Stretches, Field(min_length=1)] | None = Field(
        None, description="What is attributed."
    )
    antecedent: Stretches | None = Field(None, description="What an anaphoric source stands for.")
    kind: Kind | None = None
    channel: Channel | None = None
    stance: Stance | None = None
    assertion: Assertion | None = None
    modality: Modality | None = None
    source_type: SourceType | None = None
    source_id: str | None = Field(None, description="The source's id or name; null for nobody.")
    source_name: str | None = Field(None, description="What it is called, where it has no id.")
    via: str | None = Field(None, description="The attribution that relays it; null for none.")
    responds_to: str | None = Field(None, description="The attribution that it answers.")


class Decision(BaseModel):
    """One decision about reports of a text."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    action: Literal["accept", "reject", "add", "change", "split", "join", "complete"]
    id: str | None = Field(None, description="Its id, where it was exported.")
    attribution: str | None = Field(None, description="Of accept, reject, change, split: which.")
    attributions: tuple[str, ...] = Field((), description="Of join: which.")
    document: str | None = Field(None, description="Of add, complete: its latest version.")
    version: str | None = Field(None, description="Of add, complete: the version itself.")
    draft: Fields | None = Field(None, description="Of add, change, join: what it should be.")
    drafts: tuple[Fields, ...] = Field((), description="Of split: the parts, in reading order.")
    reason: str = ""
    seen: str | None = Field(None, description="The state that was looked at, to be told if not.")
    by: str | None = Field(None, description="Who decided; else who takes the file in.")
    at: AwareDatetime | None = Field(None, description="When; else now.")


class Taken(Value):
    """What taking decisions in came to.

    Attributes:
        made: The ids of those that are new.
        known: How many were held already.
    """

    made: tuple[str, ...]
    known: int


def decision_of(fields: Any) -> Decision:
    """Return the decision that some fields are.

    Raises:
        CorrectionError: They are none.
    """
    try:
        return Decision.model_validate(fields)
    except ValidationError as error:
        first = error.errors()[0]
        if not first["loc"]:
            raise CorrectionError("This is no decision: give a JSON object.") from None
        where = ".".join(str(part) for part in first["loc"])
        wrong = "give one at least" if first["type"] == "too_short" else first["msg"]
        raise CorrectionError(f"This is no decision ({where}: {wrong}).") from None


def apply(store: Store, decision: Decision, *, by: str, at: datetime) -> str:
    """Record a decision; return its id.

    Args:
        store: Where to.
        decision: It.
        by: Who, where the decision does not say.
        at: When, where it does not say.

    Raises:
        UnknownIdError: Nothing has an id that it names.
        CorrectionError: It lacks something, or cannot be made (any more).
    """
    who: Any = {"by": decision.by or by, "at": decision.at or at, "reason": decision.reason}
    action = Action(decision.action)
    if action in (Action.ADD, Action.COMPLETE):
        version_id = _version(store.connection, decision)
        if action is Action.COMPLETE:
            return corrections.complete(store, version_id, **who)
        draft = draft_from(store.connection, version_id, _of(decision.draft, "draft"), None)
        return corrections.add_missed(store, version_id, draft, **who)
    if action is Action.JOIN:
        ids = [corrected.find(store.connection, one) for one in decision.attributions]
        return corrections.join(store, ids, draft=_joined(store, ids, decision.draft), **who)
    one = corrected.find(store.connection, _of(decision.attribution, "attribution"))
    who["seen"] = decision.seen
    if action is Action.ACCEPT:
        return corrections.accept(store, one, **who)
    if action is Action.REJECT:
        return corrections.reject(store, one, **who)
    state = corrections.standing(store.connection, one)
    if action is Action.CHANGE:
        made = draft_from(store.connection, state.version_id, _of(decision.draft, "draft"), one)
        return corrections.correct(store, one, made, **who)
    parts = [draft_from(store.connection, state.version_id, part, one) for part in decision.drafts]
    return corrections.split(store, one, parts, **who)


def draft_from(
    connection: Connection, version_id: str, fields: Fields, instead: str | None
) -> Draft:
    """Return the draft that some fields make of a report, or of nothing.

    Args:
        connection: A connection.
        version_id: The text.
        fields: What is given, words looked for first near the report.
        instead: The report that it stands in the place of; None for a missed one.

    Raises:
        UnknownIdError: Nothing has an id that is given.
        AmbiguousIdError: Several have.
        CorrectionError: Words are not found, or no content is given.
    """
    text = version_by_id(connection, version_id).text
    before = corrections.draft_of(connection, instead) if instead else None
    near = hull([*before.source, *before.cue, *before.content]) if before else None
    given = fields.model_dump(exclude_unset=True)
    for role in Role:
        if given.get(role.value) is not None:
            given[role.value] = _spans(text, given[role.value], near)
        else:
            given.pop(role.value, None)
    nullable = ("source_id", "source_name", "via", "responds_to")
    given = {name: value for name, value in given.items() if value is not None or name in nullable}
    if given.get("source_id"):
        given["source_id"] = read.resolve_source(connection, given["source_id"])
    elif "source_id" in given:
        given = {"source_name": None, "source_type": SourceType.OTHER, **given}
    for name in ("via", "responds_to"):
        if given.get(name):
            given[name] = corrected.find(connection, given[name])
    if before:
        return before.changed(**given)
    if "content" not in given:
        raise CorrectionError("A report has a content. Say which words: content.")
    return Draft.model_validate(given)


def take(store: Store, path: Path, *, by: str, at: datetime) -> Taken:
    """Record the decisions of a file, all of them or none.

    Args:
        store: Where to.
        path: JSON Lines, a decision a line.
        by: Who takes them in, and decided those that do not say who.
        at: When, with a zone.

    Raises:
        InputError: The file cannot be read, or a line is no decision or cannot be made; the line
            is named, and nothing was done.
    """
    made: list[str] = []
    known = 0
    with store.transaction():
        content, marks = _read(path), brought.begin(store.connection)
        for place, line in _lines(path, content):
            decision = _decision(place, line)
            if decision.id and rows.recorded(store.connection, decision.id):
                known += 1
                continue
            before = log.head(store.connection)
            try:
                one = apply(store, decision, by=by, at=at)
            except ClaimtrackError as error:
                raise InputError(place, f"{error} Nothing of the file was taken in.") from error
            if decision.id and one != decision.id:
                raise InputError(
                    place, f"is not what {decision.id} was. Leave its id out to decide anew."
                )
            if log.head(store.connection) == before:
                known += 1
            else:
                made.append(one)
        if made:
            told = {"sha256": sha256(content).hexdigest(), "made": made}
            log.append(store.connection, "decisions", digest(told), told, log.By(by, at))
            brought.end(store.connection, marks)
    return Taken(made=tuple(made), known=known)


def decisions(connection: Connection) -> Iterator[dict[str, Any]]:
    """Yield the decisions that hold, in the order in which they were made, as lines have them."""
    for row in corrected.live(connection):
        yield _line(connection, row)


def _line(connection: Connection, row: corrected.Kept) -> dict[str, Any]:
    line: dict[str, Any] = {"action": row.action.value, "id": row.id}
    judged, made = row.judged, [_fields(connection, row.id, each) for each in row.made]
    if row.action in (Action.ADD, Action.COMPLETE):
        line["version"] = row.version_id
    elif row.action is Action.JOIN:
        line["attributions"] = list(judged)
    else:
        line["attribution"] = judged[0]
    if row.action is Action.SPLIT:
        line["drafts"] = made
    elif made:
        line["draft"] = made[0]
    return {**line, "reason": row.reason, "by": row.by, "at": row.at}


def _fields(connection: Connection, correction_id: str, made: str) -> dict[str, Any]:
    via, responds_to = corrected.links(connection, correction_id, made)
    fields = corrections.draft_of(connection, made).model_dump(mode="json")
    return {**fields, "via": via, "responds_to": responds_to}


def _version(connection: Connection, decision: Decision) -> str:
    if decision.version:
        return decision.version
    document = _of(decision.document, "document")
    found = read.resolve_id(connection, document, ("document",))[1]
    return versions(connection, found)[-1].id


def _joined(store: Store, ids: Sequence[str], fields: Fields | None) -> Draft | None:
    if fields is None:
        return None
    state = corrections.standing(store.connection, ids[0])
    return draft_from(store.connection, state.version_id, fields, ids[0])


def _of(value: _T | None, name: str) -> _T:
    if value is None:
        raise CorrectionError(f"It says nothing of {name!r}, which this action asks for.")
    return value


def _spans(text: str, given: Sequence[Any], near: Span | None) -> Spans:
    words = [one if isinstance(one, str) else f"{one[0]}:{one[1]}" for one in given]
    return spans_of(text, words, near)


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST:
            raise InputError(str(path), f"is larger than {LARGEST:,} bytes. Split it.")
        return path.read_bytes().removeprefix(b"\xef\xbb\xbf")
    except OSError as error:
        raise InputError(str(path), f"cannot be read ({error.strerror or error}).") from error


def _lines(path: Path, content: bytes) -> Iterator[tuple[str, bytes]]:
    for number, line in enumerate(content.split(b"\n"), 1):
        if line.strip():
            yield f"{path}:{number}", line


def _decision(place: str, line: bytes) -> Decision:
    try:
        return decision_of(json.loads(line.decode("utf-8")))
    except CorrectionError as error:
        raise InputError(place, f"{error} Nothing of the file was taken in.") from None
    except (ValueError, RecursionError) as error:
        raise InputError(place, f"is not JSON in UTF-8 ({error}).") from None
