"""Which stretches of a pasted page are title, outlet, byline, body, and which do not belong.

The signs are general: how lines end, how long they are, what stands between them, and the phrases
of the language packs. A page is read in two steps: its head, down to the first line of the body,
and the rest, from which buttons, teasers, lists of other headlines and comments are taken. Where
nothing would be left as the body, everything is body: an article is never thrown away.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from claimtrack.ingest import ticker
from claimtrack.ingest.lines import (
    Line,
    block,
    capitalised,
    crowded,
    edges,
    full_stop,
    headline,
    lettered,
    prose,
    split,
    wrapped,
)
from claimtrack.ingest.meta import (
    NOTHING_KNOWN,
    Known,
    begins_byline,
    dateline,
    lone_name,
    meta,
)
from claimtrack.ingest.phrases import LONGEST, LineKind, phrases, spelled
from claimtrack.lang.pack import SHIPPED, Packs
from claimtrack.model.document import Layout
from claimtrack.model.span import Span, Spans
from claimtrack.model.vocabulary import PartRole

_CITES = re.compile(r"[^\s:]+(?: [^\s:]+){0,3}: ")
_LONGEST_HEAD = 100  # lines above a title, and between it and the body
_CREDITS_WITHIN = 40  # lines below the last paragraph
_LIST_ABOVE_TITLE = 4
_LIST_IN_BODY = 10


class Part(NamedTuple):
    """A stretch of the text with its role."""

    role: PartRole
    start: int
    end: int


@dataclass(frozen=True)
class Page:
    """The lines of a page and what is known of it beforehand."""

    lines: Sequence[Line]
    title: str | None = None
    known: Known = NOTHING_KNOWN

    @cached_property
    def kinds(self) -> Sequence[LineKind]:
        """What each line is by its words."""
        listed = phrases(self.known.packs)
        return [listed.kind(line.text) for line in self.lines]

    @cached_property
    def last_prose(self) -> int:
        """The index of the last line that reads like a paragraph; -1 without one."""
        for at in range(len(self.lines) - 1, -1, -1):
            text = self.lines[at].text
            if (
                self.kinds[at] is LineKind.TEXT
                and prose(text)
                and not ticker.ticker(text, self.known.packs)
            ):
                return at
        return -1

    @cached_property
    def last_text(self) -> int:
        """The index of the last line that is no button or notice; -1 without one."""
        for at in range(len(self.lines) - 1, -1, -1):
            if self.kinds[at] is LineKind.TEXT:
                return at
        return -1


def layout_of(
    text: str, *, title: str | None = None, outlet: str | None = None, packs: Packs = SHIPPED
) -> Layout:
    """Return where the parts of a pasted page are, in code points of its text.

    Args:
        text: The text as it is stored.
        title: The title, where it is known; then no other line is taken for it.
        outlet: The outlet's name, where it is known.
        packs: The language packs that hold.
    """
    everything = Layout(body=_trimmed(text, Span(0, len(text))))
    if crowded(text):
        return everything
    page = Page(split(text), title, Known(outlet, packs=packs))
    parts, at = _head(page)
    parts += _rest(page, at)
    if not any(part.role is PartRole.BODY for part in parts):
        return everything
    return Layout(**{role.value: _spans(parts, role) for role in PartRole})


def given(text: str, spans: dict[PartRole, Spans]) -> Layout:
    """Return the layout that somebody states; where it names no body, that is all the rest.

    Stated stretches that overlap are cut, the title's before the boilerplate's before the body's.
    """
    order = (PartRole.TITLE, PartRole.OUTLET, PartRole.BYLINE, PartRole.BOILERPLATE)
    taken: list[Span] = []
    parts: dict[str, Spans] = {}
    for role in order:
        kept = _without(spans.get(role, ()), taken)
        parts[role.value] = kept
        taken = sorted([*taken, *kept])
    body = _without(spans.get(PartRole.BODY, ()), taken)
    if not spans.get(PartRole.BODY):
        rest = _without([Span(0, len(text))], taken)
        body = tuple(trimmed for span in rest for trimmed in _trimmed(text, span))
    return Layout(body=body, **parts)


def _head(page: Page) -> tuple[list[Part], int]:
    """Return the parts above the body and the index of the body's first line."""
    parts: list[Part] = []
    at = 0
    while at < min(len(page.lines), _LONGEST_HEAD) and (found := _above_title(page, at)):
        parts += found[0]
        at += found[1]
    if at < len(page.lines) and _is_title(page, at):
        parts.append(_whole_line(page.lines[at], PartRole.TITLE))
        at += 1
        below = min(len(page.lines), at + _LONGEST_HEAD)
        while at < below and (pieces := _below_title(page, at)):
            parts += pieces
            at += 1
    return parts, at


def _above_title(page: Page, at: int) -> tuple[list[Part], int] | None:
    """Return the parts and number of lines here that stand above a title, or None."""
    line, kind = page.lines[at], page.kinds[at]
    if at > page.last_text or (page.title is not None and _is_title(page, at)):
        return None
    if kind is LineKind.LIST:
        size = 1 + _listed(page, at + 1, least=1)
    elif kind is LineKind.TEASER:
        size = int(headline(page.lines[at + 1].text))  # else it is the title: "Watch: …"
    elif kind is not LineKind.TEXT or _no_title(page, at):
        size = 1
    else:
        size = _listed(page, at, least=_LIST_ABOVE_TITLE)
    if size:
        lines = page.lines[at : at + size]
        return [_whole_line(one, PartRole.BOILERPLATE) for one in lines], size
    follows = at < page.last_text and headline(page.lines[at + 1].text)
    pieces = _meta(page, line, words=3) if follows else []
    return (pieces, 1) if pieces else None


def _no_title(page: Page, at: int) -> bool:
    """Tell whether a line above the title is a menu, a section's name, a count or a ticker."""
    text = page.lines[at].text
    if _row(text) or spelled(text[:LONGEST]) in phrases(page.known.packs).sections:
        return True
    return at < page.last_prose and ticker.ticker(text, page.known.packs)


def _below_title(page: Page, at: int) -> list[Part]:
    """Return the parts of a line between title and body; empty when the body begins here."""
    line = page.lines[at]
    if at > page.last_text:
        return []
    repeated = spelled(line.text[:LONGEST]) == spelled(page.lines[at - 1].text[:LONGEST])
    if repeated or page.kinds[at] is not LineKind.TEXT or _row(line.text):
        return [_whole_line(line, PartRole.BOILERPLATE)]
    if at < page.last_prose and ticker.ticker(line.text, page.known.packs):
        return [_whole_line(line, PartRole.BOILERPLATE)]
    return _meta(page, line, words=5) or _lone_name(page, at)


def _lone_name(page: Page, at: int) -> list[Part]:
    """Return a short line below the title that names the outlet, or a section, by its place.

    Right above or below the author's line stands who published; without one, a name that begins
    as outlets' do says so by standing alone between title and text.
    """
    line, known = page.lines[at], phrases(page.known.packs)
    if at >= page.last_text or not lone_name(line.text):
        return []
    above, below = (page.lines[at + step].text for step in (-1, 1))
    if begins_byline(below, page.known):
        named = spelled(line.text) not in known.sections
        return [_whole_line(line, PartRole.OUTLET if named else PartRole.BOILERPLATE)]
    between = begins_byline(above, page.known) or _is_title(page, at - 1)
    if between and prose(below) and spelled(line.text).startswith(known.outlet_alone):
        return [_whole_line(line, PartRole.OUTLET)]
    return []


def _is_title(page: Page, at: int) -> bool:
    line = page.lines[at]
    if page.title is not None:
        return spelled(line.text[:LONGEST]) == spelled(page.title[:LONGEST])
    if at >= page.last_text or wrapped(block(page.lines, at)):
        return False
    if not full_stop(line.text):
        return headline(line.text)
    following = page.lines[at + 1]
    if not following.gap or not headline(line.text.rstrip(" .\"'»”’)")):
        return False
    # Some papers end headlines with a full stop; then it takes a further sign.
    told = capitalised(line.text) or _CITES.match(line.text) is not None
    return told or dateline(following.text, page.known) > 0


def _listed(page: Page, at: int, least: int) -> int:
    """Return how many lines here are a list of headlines above the title, or 0.

    Such a list is a block of its own, and a headline and a body come after it.
    """
    if at >= page.last_prose or (least > 1 and not page.lines[at].gap):
        return 0
    lines = block(page.lines, at)
    after = at + len(lines)
    if len(lines) < least or after >= page.last_prose or not headline(page.lines[after].text):
        return 0
    if wrapped(lines):
        return 0
    unnamed = page.known._replace(outlet=None)
    if not all(headline(line.text) and not meta(line.text, unnamed) for line in lines):
        return 0
    return len(lines)


def _rest(page: Page, first: int) -> list[Part]:
    """Return the parts from the body's first line on."""
    parts: list[Part] = []
    written = 0  # code points of body so far
    in_list = 0
    for at in range(first, len(page.lines)):
        line, kind = page.lines[at], page.kinds[at]
        below = at > page.last_prose
        if in_list and (below or in_list <= _LIST_IN_BODY) and _goes_on(line, in_list, below=below):
            parts.append(_whole_line(line, PartRole.BOILERPLATE))
            in_list += 1
            continue
        in_list = int(kind is LineKind.LIST)
        if kind is LineKind.COMMENTS and written * 2 >= page.lines[-1].end - line.end:
            parts += (_whole_line(one, PartRole.BOILERPLATE) for one in page.lines[at:])
            break
        if kind is LineKind.TEXT:
            found = _body_line(page, at, leads=not written)
        else:
            found = [_whole_line(line, PartRole.BOILERPLATE)]
        written += sum(part.end - part.start for part in found if part.role is PartRole.BODY)
        parts += found
    return parts


def _goes_on(line: Line, count: int, *, below: bool) -> bool:
    """Tell whether a list of other headlines goes on with a line."""
    if not headline(line.text):
        return False
    return below or count == 1 or not line.gap


def _body_line(page: Page, at: int, *, leads: bool) -> list[Part]:
    """Return the parts of one line of text in the body or below it.

    Args:
        page: The page.
        at: The line's index.
        leads: The body has not begun before it.
    """
    line = page.lines[at]
    if at > page.last_prose and not leads:
        if _row(line.text) or ticker.ticker(line.text, page.known.packs):
            return [_whole_line(line, PartRole.BOILERPLATE)]
        if at - page.last_prose <= _CREDITS_WITHIN and _meta(page, line, words=5):
            return [_whole_line(line, PartRole.BYLINE)]
    if leads and (size := dateline(line.text, page.known)) and size < len(line.text):
        begun = line.text[:size].rstrip()
        return [
            Part(PartRole.BYLINE, line.start, line.start + len(begun)),
            Part(PartRole.BODY, line.start + size, line.end),
        ]
    return [_whole_line(line, PartRole.BODY)]


def _row(text: str) -> bool:
    """Tell whether a line is a menu or holds no letter at all, such as a count."""
    return len(text) <= LONGEST and (not lettered(text) or ticker.menu(text))


def _meta(page: Page, line: Line, *, words: int) -> list[Part]:
    pieces = meta(line.text, page.known._replace(words=words))
    return [Part(role, line.start + start, line.start + end) for role, start, end in pieces]


def _whole_line(line: Line, role: PartRole) -> Part:
    return Part(role, line.start, line.end)


def _spans(parts: Iterable[Part], role: PartRole) -> Spans:
    """Return the spans of one role; neighbours with nothing between them become one.

    But for outlets: two lines are two names.
    """
    spans: list[Span] = []
    before: Part | None = None
    for part in parts:
        if part.role is role:
            if before is not None and before.role is role is not PartRole.OUTLET:
                spans[-1] = Span(spans[-1].start, part.end)
            else:
                spans.append(Span(part.start, part.end))
        before = part
    return tuple(spans)


def _without(spans: Iterable[Span], taken: Sequence[Span]) -> Spans:
    """Return spans in order, joined where they overlap, without what is taken.

    What is taken comes in order and does not overlap.
    """
    kept: list[Span] = []
    at = other = 0
    for start, end in sorted(spans):
        at = max(at, start)
        while at < end:
            while other < len(taken) and taken[other].end <= at:
                other += 1
            stop = min(end, taken[other].start) if other < len(taken) else end
            if kept and start < kept[-1].end == at < stop:
                kept[-1] = Span(kept[-1].start, stop)
            elif at < stop:
                kept.append(Span(at, stop))
            at = taken[other].end if stop < end else end
    return tuple(kept)


def _trimmed(text: str, span: Span) -> Spans:
    """Return a span without what cannot be seen around it; none where nothing can be seen."""
    start, end = edges(span.of(text))
    return (Span(span.start + start, span.start + end),) if start < end else ()
