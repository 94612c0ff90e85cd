"""What stands on news pages and is no part of an article, as the language packs list it.

A page may mix languages (English buttons under an Arabic text), so the packs are read as one.
Phrases are compared in their search spelling; `boilerplate.yaml` says what each list means.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import Any

from claimtrack.kept import kept
from claimtrack.lang.lists import read_lists
from claimtrack.lang.pack import SHIPPED, Packs, available, pack_files
from claimtrack.model.ids import digest
from claimtrack.text.fold import fold

LONGEST = 300
"""Code points of the longest line that is looked at; longer ones are paragraphs."""

_FILE = "boilerplate.yaml"
_LONGEST_BUTTON = 120
_LONGEST_START = 200
_WORD = re.compile(r"[^\W_]+")
_COUNTS = re.compile(r"^(?:\d\w*\s)+|(?:\s\d\w*)+$")
_MARK = r"\s*(?:[:/|.\-–—>»©]|$)"
_COPYRIGHT = re.compile(r"^\W*©|©\W*(?:19|20)\d\d|(?:19|20)\d\d\W*©")


class LineKind(Enum):
    """What a line is, by its words alone."""

    TEXT = "text"
    BUTTON = "button"
    NOTICE = "notice"
    TEASER = "teaser"  # of another article, on the line itself
    LIST = "list"  # headlines of other articles follow
    COMMENTS = "comments"  # readers' comments follow


@dataclass(frozen=True)
class Phrases:
    """The phrases of all packs; sets hold them as `spelled` gives them.

    Attributes:
        buttons: Whole lines that are no text.
        lists: Whole lines after which headlines of other articles follow.
        comments: Whole lines after which readers speak.
        words: What rows of buttons are made of.
        sections: Names of sections.
        agencies: Names of agencies and channels, as datelines and credits have them.
        credits: What stands in their place.
        outlet_first: What outlets' names begin with.
        outlet_last: What outlets' names end in.
        outlet_alone: What they begin with that is enough only where nothing else could stand.
        inside: What makes a notice of any line it stands in, folded.
        starts: Beginnings of notices, by their first word.
        teasers: Beginnings of teasers, which a mark must follow, by their first word.
        bylines: Beginnings of bylines, by their first word.
    """

    buttons: frozenset[str]
    lists: frozenset[str]
    comments: frozenset[str]
    words: frozenset[str]
    sections: frozenset[str]
    agencies: frozenset[str]
    credits: frozenset[str]
    outlet_first: tuple[str, ...]
    outlet_last: tuple[str, ...]
    outlet_alone: tuple[str, ...]
    inside: tuple[str, ...]
    starts: dict[str, str]
    teasers: dict[str, str]
    bylines: dict[str, str]

    def kind(self, line: str) -> LineKind:
        """Return what a line is, wherever on the page it stands."""
        if len(line) > LONGEST:
            return LineKind.TEXT
        folded = fold(line)
        first = _WORD.search(folded)
        if first is None:
            return LineKind.BUTTON
        if len(line) <= _LONGEST_BUTTON and (kind := self._whole(_WORD.findall(folded))):
            return kind
        if len(line) <= _LONGEST_START and (kind := self._begun(first[0], folded)):
            return kind
        if any(phrase in folded for phrase in self.inside):
            return LineKind.NOTICE
        return LineKind.NOTICE if "©" in line and _COPYRIGHT.search(line) else LineKind.TEXT

    def _whole(self, words: list[str]) -> LineKind | None:
        bare = _COUNTS.sub("", " ".join(words))
        if bare in self.comments:
            return LineKind.COMMENTS
        if bare in self.lists:
            return LineKind.LIST
        if bare in self.buttons or all(word in self.words for word in words):
            return LineKind.BUTTON
        return None

    def _begun(self, first: str, folded: str) -> LineKind | None:
        if _match(self.starts, first, folded):
            return LineKind.NOTICE
        match = _match(self.teasers, first, folded)
        if match is None:
            return None
        return LineKind.TEASER if _WORD.search(folded, match.end()) else LineKind.LIST

    def byline(self, line: str) -> bool:
        """Tell whether a line begins as bylines do."""
        folded = fold(line[:LONGEST])
        words = _WORD.findall(folded)
        return bool(words) and _match(self.bylines, words[0], folded) is not None


@cache
def phrases(packs: Packs = SHIPPED) -> Phrases:
    """Return the phrases of all language packs.

    Raises:
        PackError: A pack's boilerplate.yaml has an unknown key, or a value is no list of words.
    """
    texts = [
        path.read_text("utf-8-sig", "replace")
        for code in available(packs)
        for path in pack_files(code, _FILE, packs)
    ]
    return Phrases(**kept("boilerplate", digest(texts), lambda: _folded(packs)))


def _folded(packs: Packs) -> dict[str, Any]:
    listed = _gather(packs)
    return {
        "buttons": frozenset(map(spelled, listed["buttons"])),
        "lists": frozenset(map(spelled, listed["lists"])),
        "comments": frozenset(map(spelled, listed["comments"])),
        "words": frozenset(map(spelled, listed["words"])),
        "sections": frozenset(map(spelled, listed["sections"])),
        "agencies": frozenset(map(spelled, listed["agencies"])),
        "credits": frozenset(map(spelled, listed["credits"])),
        "outlet_first": tuple(f"{spelled(word)} " for word in listed["outlet_first"]),
        "outlet_last": tuple(f" {spelled(word)}" for word in listed["outlet_last"]),
        "outlet_alone": tuple(f"{spelled(word)} " for word in listed["outlet_alone"]),
        "inside": tuple(map(fold, listed["inside"])),
        "starts": _beginnings(phrase for phrase in listed["starts"] if not phrase.endswith(":")),
        "teasers": _beginnings(phrase for phrase in listed["starts"] if phrase.endswith(":")),
        "bylines": _beginnings(listed["bylines"]),
    }


def spelled(line: str) -> str:
    """Return the words of a line in their search spelling, with single spaces between them.

    >>> spelled("▲ زر الذهاب إلى الأعلى!")
    'زر الذهاب الي الاعلي'
    """
    return " ".join(_WORD.findall(fold(line)))


_KEYS = (
    "buttons",
    "starts",
    "inside",
    "lists",
    "comments",
    "words",
    "sections",
    "outlet_first",
    "outlet_last",
    "outlet_alone",
    "agencies",
    "credits",
    "bylines",
)


def _gather(packs: Packs) -> dict[str, list[str]]:
    listed: dict[str, list[str]] = {key: [] for key in _KEYS}
    for code in available(packs):
        for key, some in read_lists(code, _FILE, _KEYS, packs).items():
            listed[key] += some
    return listed


def _beginnings(listed: Iterable[str]) -> dict[str, str]:
    """Return one pattern for all phrases with the same first word; few are ever compiled."""
    grouped: dict[str, list[str]] = {}
    for phrase in listed:
        words = _WORD.findall(fold(phrase))
        body = r"[\W_]+".join(words)
        ending = _MARK if phrase.endswith(":") else r"(?!\w)"
        grouped.setdefault(words[0], []).append(body + ending)
    return {word: rf"[\W_]*+(?:{'|'.join(some)})" for word, some in grouped.items()}


_compiled = cache(re.compile)


def _match(known: dict[str, str], first: str, folded: str) -> re.Match[str] | None:
    pattern = known.get(first)
    return _compiled(pattern).match(folded) if pattern else None
