"""Sentences of an outlet's own that become reports, with the agency that the page credits."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from claimtrack.match.names import Means, registry
from claimtrack.model.run import Run
from claimtrack.model.source import Source
from claimtrack.model.span import Span
from claimtrack.model.vocabulary import SourceKind
from claimtrack.sources.registry import spelling
from claimtrack.store import Connection
from claimtrack.store.versions import version_by_id
from claimtrack.store.voices import Narration, Voice

RUN = Run(tool="own-voice", version="1")

_DATELINE = re.compile(r"^[^\n.!?]{0,60}?\s[-–—]\s")
"""How a page begins that gives place and agency before its text: "Hasaka, SANA – …"."""
_LONGEST = 80
_NAME = re.compile(r"[^,،()/–—-]+")


def credited(
    connection: Connection, narrations: Iterable[Narration], means: Means
) -> Iterator[Voice]:
    """Yield narrations as voices; those of a page that begins with an agency's name as its own."""
    known: dict[str, tuple[Source, Span] | None] = {}
    for one in narrations:
        if one.version_id not in known:
            version = version_by_id(connection, one.version_id)
            body = version.layout.body
            known[one.version_id] = agency(version.text, body[0].start if body else 0, means)
        found = known[one.version_id]
        if found and found[1].end <= one.start:
            yield Voice(one, tuple(with_parents(found[0], means)), found[1])
        else:
            yield Voice(one)


def agency(text: str, begin: int, means: Means) -> tuple[Source, Span] | None:
    """Return the agency that a dateline credits, and where; None where there is none."""
    # the dateline may have been taken for the outlet's name, in front of the body
    line = text.rfind("\n", 0, begin) + 1
    dateline = _DATELINE.match(text[line : line + _LONGEST])
    if not dateline:
        return None
    begin = line
    known = registry(means)
    for match in _NAME.finditer(dateline[0]):
        row = known.by_name.get(spelling(match[0]))
        if row and row.kind is SourceKind.AGENCY:
            source = known.get(row.key)
            words = match[0].strip()
            start = begin + match.start() + match[0].index(words)
            if source:
                return source, Span(start, start + len(words))
    return None


def with_parents(source: Source, means: Means) -> Iterator[Source]:
    """Yield a source and all that it belongs to."""
    known = registry(means)
    waiting, seen = [source], set[str]()
    while waiting:
        each = waiting.pop()
        if each.key not in seen:
            seen.add(each.key)
            yield each
            waiting += [parent for one in each.relations if (parent := known.get(one.parent))]
