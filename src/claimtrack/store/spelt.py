"""Words found wherever they stand, however they are spelt: for overwriting all of them.

Case, vowel marks, tatweel, accents, invisible characters, hyphens and white space are levelled, and
of names that are long enough the letters that are written one for another, too. A short single name
keeps its letters: levelled, it would be another word that stands in every text.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from claimtrack.model.span import Span
from claimtrack.text.fold import fold

SHORTEST = 3
"""Characters of words that are looked for; fewer would be found everywhere."""

LONG_ENOUGH = 6
"""Characters of a single word whose letters are levelled, too."""

_ENDS = re.compile(r"^[\W_]+|[\W_]+$")


class _Plain(dict[int, str]):
    """What each character comes to, filled as they come; for `str.translate`."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        if char.isspace() or unicodedata.category(char) == "Pd":
            made = " "
        elif not fold(char):
            made = ""
        else:
            parts = unicodedata.normalize("NFKD", char).casefold()
            made = "".join(each for each in parts if not unicodedata.combining(each))
        self[code] = made
        return made


class _Levelled(_Plain):
    """The same, letters that are written one for another made one."""

    def __missing__(self, code: int) -> str:
        made = fold(_PLAIN[code])
        self[code] = made
        return made


_PLAIN, _LEVELLED = _Plain(), _Levelled()


class _Key(NamedTuple):
    text: str
    table: _Plain


class Spelt:
    """Words to be found in any spelling."""

    def __init__(self, words: Iterable[str], *, whole: bool = False) -> None:
        """Take the words.

        Args:
            words: Them; those that are too short are left out.
            whole: Only where they stand alone; else, as they are written, within others, too.
        """
        known = sorted({each for each in words if len(each) >= SHORTEST}, key=len, reverse=True)
        self._exact, self._whole = [] if whole else known, whole
        self._keys: list[_Key] = []
        for each in known:
            bare = _ENDS.sub("", each)
            plain = _key(bare, _PLAIN)
            table = _LEVELLED if " " in plain or len(plain) >= LONG_ENOUGH else _PLAIN
            key = _Key(_key(bare, table), table)
            if len(key.text) >= SHORTEST and key not in self._keys:
                self._keys.append(key)
        self._quick = {_key(key.text, _LEVELLED) for key in self._keys}

    @classmethod
    def also_in_json(cls, words: Iterable[str]) -> Spelt:
        """Look for the words as JSON writes them, too."""
        known = list(words)
        return cls([*known, *(json.dumps(each, ensure_ascii=False)[1:-1] for each in known)])

    def stand_in(self, text: str) -> bool:
        """Tell whether any of the words stands in a text."""
        levelled = _key(text, _LEVELLED)
        maybe = any(key in levelled for key in self._quick) or any(
            each in text for each in self._exact
        )
        return maybe and next(self.spans(text), None) is not None

    def spans(self, text: str) -> Iterator[Span]:
        """Yield where the words stand in a text, as code points; they may overlap."""
        for each in self._exact:
            at = text.find(each)
            while at >= 0:
                yield Span(at, at + len(each))
                at = text.find(each, at + len(each))
        laid: dict[int, tuple[str, list[int]]] = {}
        for key in self._keys:
            table = id(key.table)
            if table not in laid:
                laid[table] = _laid(text, key.table)
            yield from (
                span
                for span in _found(text, key, *laid[table])
                if _stands_alone(text, span, whole=self._whole)
            )


def _found(text: str, key: _Key, plain: str, places: list[int]) -> Iterator[Span]:
    at = plain.find(key.text)
    while at >= 0:
        last = at + len(key.text) - 1
        start, end = places[at], places[last] + 1
        while end < len(text) and not text[end].isspace() and not key.table[ord(text[end])]:
            end += 1  # marks on the last letter belong to it
        yield Span(start, end)
        at = plain.find(key.text, at + 1)


def _stands_alone(text: str, span: Span, *, whole: bool) -> bool:
    """Tell whether a stretch is whole words; a script without case joins others to them."""
    before, behind = text[span.start - 1 : span.start], text[span.end : span.end + 1]
    ends = ((before, text[span.start]), (behind, text[span.end - 1]))
    return all(
        not beside.isalnum() or (not whole and letter.lower() == letter.upper())
        for beside, letter in ends
    )


def _laid(text: str, table: _Plain) -> tuple[str, list[int]]:
    """Return a text as `_key` does, and where each character of it stands in the original."""
    made: list[str] = []
    places: list[int] = []
    for place, char in enumerate(text):
        for each in table[ord(char)]:
            if each == " " and (not made or made[-1] == " "):
                continue
            made.append(each)
            places.append(place)
    return "".join(made), places


def _key(text: str, table: _Plain) -> str:
    return " ".join(text.translate(table).split())
