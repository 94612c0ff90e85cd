"""Marking an attribution in its text: a cursor over words, and what each move makes of the spans.

Offsets are code points of the text, half-open. What is marked begins where a word does and ends
where one ends; spans that a machine found otherwise stay as they are until they are moved.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from enum import StrEnum
from itertools import groupby
from typing import Any

from claimtrack.errors import CorrectionError
from claimtrack.model.span import Span, Spans, ordered
from claimtrack.model.vocabulary import Role
from claimtrack.review.corrections import Draft

_WITHIN = frozenset("'’-\u200c\u200d")
"""Characters that belong to a word where letters stand on both sides of them."""


class Edge(StrEnum):
    """An end of a span, in reading order."""

    START = "start"
    END = "end"


def words_of(text: str) -> tuple[Span, ...]:
    """Return the words of a text, each mark of punctuation a word of its own.

    >>> [span.of("قال: «نعم».") for span in words_of("قال: «نعم».")]
    ['قال', ':', '«', 'نعم', '»', '.']
    """
    found: list[Span] = []
    for kind, letters in groupby(range(len(text)), key=lambda at: _kind(text, at)):
        stretch = list(letters)
        if kind == "word":
            found.append(Span(stretch[0], stretch[-1] + 1))
        elif kind == "mark":
            found += [Span(at, at + 1) for at in stretch]
    return tuple(found)


def moved(words: Sequence[Span], span: Span, edge: Edge, by: int) -> Span:
    """Return a span with one of its ends moved by so many words; it keeps a word at least.

    Args:
        words: The words of the text.
        span: A span that holds a part of a word at least.
        edge: Which end.
        by: By how many words, backwards where negative. An end within a word first moves to where
            the word begins or ends. Beyond the text's first or last word nothing moves.
    """
    starts, ends = [each.start for each in words], [each.end for each in words]
    if not words or not by:
        return span
    if edge is Edge.START:
        at = bisect_left(starts, span.start) if by < 0 else bisect_right(starts, span.start) - 1
        last = bisect_left(starts, span.end) - 1
        return Span(starts[max(0, min(at + by, last))], span.end)
    at = bisect_right(ends, span.end) - 1 if by > 0 else bisect_left(ends, span.end)
    first = bisect_right(ends, span.start)
    return Span(span.start, ends[min(len(ends) - 1, max(at + by, first))])


class Marking:
    """An attribution that is being marked: spans under a cursor, and the fields beside them.

    Attributes:
        text: The text.
        words: Its words.
        draft: The attribution as it is marked so far; None until it has a content.
        at: The word the cursor is on, by its place among the words.
        anchor: The word where a selection began; None where there is none.
        role: The role whose span is moved.
        place: Which of its spans.
    """

    def __init__(
        self, text: str, draft: Draft | None, *, at: int = 0, words: Sequence[Span] = ()
    ) -> None:
        """Begin with an attribution, or with none.

        Args:
            text: The text.
            draft: The attribution as it is.
            at: A code point that the cursor begins at.
            words: The text's words, where they are known.
        """
        self.text = text
        self.words = tuple(words) or words_of(text)
        self._spans: dict[Role, Spans] = {
            role: getattr(draft, role.value) if draft else () for role in Role
        }
        self._fields: dict[str, Any] = (
            draft.model_dump(exclude={role.value for role in Role}) if draft else {}
        )
        self._begun = self._state
        self._past: list[Any] = []
        self.at = self.word_at(at)
        self.anchor: int | None = None
        self.role = Role.CONTENT
        self.place = 0

    def word_at(self, offset: int) -> int:
        """Return the place of the word at a code point, or of the next one behind it."""
        return min(
            bisect_right([each.end for each in self.words], offset), max(0, len(self.words) - 1)
        )

    def spans(self, role: Role) -> Spans:
        """Return the spans of a role."""
        return self._spans[role]

    @property
    def changed(self) -> bool:
        """Whether anything was marked otherwise."""
        return bool(self._state != self._begun)

    @property
    def selection(self) -> Span | None:
        """The words that are selected: from the anchor to the cursor, or the cursor's alone."""
        if not self.words:
            return None
        first, last = sorted((self.at, self.at if self.anchor is None else self.anchor))
        return Span(self.words[first].start, self.words[last].end)

    @property
    def focus(self) -> Span | None:
        """The span whose ends are moved; None where the role has none."""
        spans = self._spans[self.role]
        return spans[min(self.place, len(spans) - 1)] if spans else None

    def draft(self) -> Draft:
        """Return the attribution as it is marked.

        Raises:
            CorrectionError: It has no content.
        """
        if not self._spans[Role.CONTENT]:
            raise CorrectionError("Nothing is marked as content. Select it and press 3.")
        spans = {role.value: spans for role, spans in self._spans.items()}
        return Draft.model_validate({**self._fields, **spans})

    def step(self, by: int) -> None:
        """Move the cursor by so many words in reading order; it stays in the text."""
        self.at = max(0, min(self.at + by, len(self.words) - 1))

    def select(self) -> None:
        """Begin a selection at the cursor, or let go of the one there is."""
        self.anchor = self.at if self.anchor is None else None

    def look(self, role: Role) -> None:
        """Move the cursor to the next span of a role; its ends are moved from now on."""
        spans = self._spans[role]
        self.place = (self.place + 1) % len(spans) if role is self.role and spans else 0
        self.role = role
        if spans:
            self.at = self.word_at(spans[self.place].start)

    def mark(self, role: Role, *, more: bool = False) -> None:
        """Say that what is selected is a role: instead of what was so far, or beside it.

        Spans of the role that it touches are taken into it.
        """
        span = self.selection
        if span is None:
            return
        kept = [each for each in self._spans[role] if not each.overlaps(span)] if more else []
        apart = [each for each in self._spans[role] if more and each.overlaps(span)]
        whole = Span(
            min([span.start, *(each.start for each in apart)]),
            max([span.end, *(each.end for each in apart)]),
        )
        self._put(role, ordered([*kept, whole]))
        self.role, self.place = role, self._spans[role].index(whole)
        self.anchor = None

    def clear(self, role: Role) -> None:
        """Say that the text has nothing of a role."""
        self._put(role, ())

    def move(self, edge: Edge, by: int) -> None:
        """Move an end of the span in focus by so many words; it takes no other span of its role."""
        span = self.focus
        if span is None:
            return
        new = moved(self.words, span, edge, by)
        others = [each for each in self._spans[self.role] if each != span]
        if any(each.overlaps(new) for each in others):
            return
        self._put(self.role, ordered([*others, new]))
        self.place = self._spans[self.role].index(new)

    def set(self, **fields: Any) -> None:
        """Give fields of the draft other values."""
        self._past.append(self._state)
        self._fields = {**self._fields, **fields}

    def field(self, name: str) -> Any:
        """Return the value of a field of the draft."""
        return self._fields.get(name, Draft.model_fields[name].default)

    def back(self) -> bool:
        """Take the last change back; return whether there was one."""
        if not self._past:
            return False
        self._spans, self._fields = self._past.pop()
        return True

    def parts(self) -> tuple[Draft, Draft]:
        """Return the attribution as two, whose contents part at the cursor.

        Raises:
            CorrectionError: The cursor does not stand within the content.
        """
        whole = self.draft()
        cut = self.words[self.at].start if self.words else 0
        before = [Span(each.start, min(each.end, cut)) for each in whole.content]
        after = [Span(max(each.start, cut), each.end) for each in whole.content]
        halves = [self._trimmed(each) for each in (before, after)]
        if not all(halves):
            raise CorrectionError(
                "It is split where the cursor stands. Put it on the word that begins the second"
                " content."
            )
        first, second = (whole.changed(content=half) for half in halves)
        return first, second

    def _trimmed(self, spans: Sequence[Span]) -> Spans:
        """Return the spans that are not empty, without white space at their ends."""
        found = []
        for start, end in spans:
            words = self.text[start:end]
            if words.strip():
                left = len(words) - len(words.lstrip())
                found.append(Span(start + left, start + len(words.rstrip())))
        return tuple(found)

    @property
    def _state(self) -> tuple[dict[Role, Spans], dict[str, Any]]:
        return self._spans, self._fields

    def _put(self, role: Role, spans: Spans) -> None:
        self._past.append(self._state)
        self._spans = {**self._spans, role: spans}


def _kind(text: str, at: int) -> str:
    char = text[at]
    if char.isspace() or unicodedata.category(char) == "Cc":
        return "space"
    if char.isalnum() or unicodedata.category(char).startswith("M"):
        return "word"
    if char in _WITHIN and 0 < at < len(text) - 1:
        around = text[at - 1] + text[at + 1]
        if around.isalnum():
            return "word"
    return "mark"
