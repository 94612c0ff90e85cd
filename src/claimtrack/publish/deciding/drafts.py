"""Attributions as forms: what a form shows of one, and what one a form describes."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple, TypeVar

from claimtrack.errors import InputError
from claimtrack.model.span import Span, Spans
from claimtrack.model.vocabulary import Assertion, Channel, Kind, Modality, Role, SourceType, Stance
from claimtrack.publish.deciding.forms import Form
from claimtrack.publish.deciding.words import Word, located, shown_words, spans, words, written
from claimtrack.review.corrections import Draft

AROUND = 1_500
"""Code points before and after an attribution that are shown to be marked."""

MOST = 60_000
"""Code points of an article that are shown at once to be marked."""

FIELDS: dict[str, type[StrEnum]] = {
    "kind": Kind,
    "channel": Channel,
    "stance": Stance,
    "assertion": Assertion,
    "modality": Modality,
    "source_type": SourceType,
}
"""What is chosen of an attribution, and out of what."""

MARKS = "marks"
"""What a role's marks were made by: pointing at words, or else their typing."""

E = TypeVar("E", bound=StrEnum)


class Entered(NamedTuple):
    """What stands in the form of one attribution.

    Attributes:
        prefix: What its fields begin with.
        words: The words of each role, as they are shown.
        spans: The spans of each role, as `words.spans` reads them.
        by: What the marks of each role were made by.
        chosen: The value of each of FIELDS.
        source: The id of the source; "" for nobody known.
        name: What the source is called, where it is nobody known.
        via: The id of the report that relays it; "" for none.
        responds_to: The id of the report that it answers; "" for none.
    """

    prefix: str
    words: dict[str, str]
    spans: dict[str, str]
    by: dict[str, str]
    chosen: dict[str, str]
    source: str
    name: str
    via: str
    responds_to: str


class Marked(NamedTuple):
    """A word of a text, and the roles that it has in a form."""

    word: Word
    roles: tuple[str, ...]
    gap: str


def entered(form: Form, prefix: str, text: str, draft: Draft | None) -> Entered:
    """Return what stands in a form: what was entered, else what a draft says, else nothing."""
    if f"{prefix}kind" in form.values:
        return Entered(
            prefix,
            {role: form.one(f"{prefix}{role}") for role in Role},
            {role: form.one(f"{prefix}at.{role}") for role in Role},
            {role: form.one(f"{prefix}by.{role}") for role in Role},
            {name: form.one(f"{prefix}{name}") for name in FIELDS},
            *(form.one(f"{prefix}{name}") for name in ("source_id", "name", "via", "responds_to")),
        )
    one = draft or Draft(content=(Span(0, 1),))
    marked: dict[str, Spans] = {role: getattr(one, role) if draft else () for role in Role}
    return Entered(
        prefix,
        {role: shown_words(text, some) for role, some in marked.items()},
        {role: written(some) for role, some in marked.items()},
        dict.fromkeys(Role, ""),
        {name: str(getattr(one, name).value) for name in FIELDS},
        one.source_id or "",
        "" if one.source_id else one.source_name or "",
        one.via or "",
        one.responds_to or "",
    )


def drafted(form: Form, prefix: str, text: str, base: Draft | None) -> Draft:
    """Return the attribution that a form describes.

    Args:
        form: What was entered.
        prefix: What the fields of the attribution begin with.
        text: The text it is of.
        base: What it was before; where words stand several times, the nearest to it are meant.

    Raises:
        InputError: Words do not stand in the text, nothing is said, or a value is none.
    """
    one = entered(form, prefix, text, base)
    near = base.content[0].start if base else 0
    marked = {role: _spans(text, one, role, near) for role in Role}
    if not marked[Role.CONTENT]:
        raise InputError("the form", "nothing is marked as what was said. Mark the claim.")
    chosen = {name: _value(kind, one.chosen[name]) for name, kind in FIELDS.items()}
    return Draft.model_validate(
        {
            **{role.value: some for role, some in marked.items()},
            **chosen,
            "source_id": one.source or None,
            "source_name": _name(one, base),
            "via": one.via or None,
            "responds_to": one.responds_to or None,
        }
    )


def _name(one: Entered, base: Draft | None) -> str | None:
    """Return what the source is called: of a held one what it was called before, if it is that."""
    if not one.source:
        return one.name or None
    return base.source_name if base and base.source_id == one.source else None


def lines(text: str, around: Span | None, marked: Entered) -> Iterator[list[Marked]]:
    """Yield the lines of a text, word by word, with the roles that a form gives them.

    Args:
        text: The text.
        around: What must be among it; the lines near it are given. None for the whole text.
        marked: What the form says.
    """
    first, last = (around.start - AROUND, around.end + AROUND) if around else (0, MOST)
    roles = {role: _read(text, marked.spans[role]) for role in Role}
    start = 0
    for line in text.splitlines(keepends=True):
        end = start + len(line)
        if line.strip() and end > first and start < last:
            found = words(line, start)
            following = [*(word.start for word in found[1:]), start + len(line.rstrip())]
            yield [
                Marked(word, _roles(word, roles), text[word.end : after])
                for word, after in zip(found, following, strict=True)
            ]
        start = end


def hull(draft: Draft | None) -> Span | None:
    """Return from where to where an attribution goes."""
    some = [span for role in Role for span in getattr(draft, role)] if draft else []
    if not some:
        return None
    return Span(min(each.start for each in some), max(each.end for each in some))


def _read(text: str, marks: str) -> Spans:
    try:
        return spans(text, marks)
    except InputError:
        return ()


def _roles(word: Word, roles: dict[Role, Spans]) -> tuple[str, ...]:
    span = Span(word.start, word.end)
    return tuple(
        role.value for role, some in roles.items() if any(each.overlaps(span) for each in some)
    )


def _spans(text: str, one: Entered, role: Role, near: int) -> Spans:
    marks = spans(text, one.spans[role])
    typed = " ".join(one.words[role].split())
    if one.by[role] == MARKS or typed == shown_words(text, marks):
        return marks
    return located(text, typed, marks[0].start if marks else near)


def _value(kind: type[E], written_: str) -> E:
    try:
        return kind(written_)
    except ValueError:
        raise InputError("the form", f"{written_!r} is no {kind.__name__.lower()}.") from None
