"""Why somebody is not named, in the article's own words: "for fear of reprisal"."""

from __future__ import annotations

import re
from functools import lru_cache

from claimtrack.sources.facts import Facts, Words
from claimtrack.text.fold import fold, folded

_Rows = tuple[tuple[Words, ...], ...]

_REACH = 240
"""Code points after a mention in which its anonymity is stated."""

_LONGEST = 160
_ENDS = re.compile(r"[.!?؟;؛\n\"“”„«»()\[\]]|[,،](?=\s)")
_SENTENCE = re.compile(r"[.!?؟\n]")


def reason(text: str, start: int, end: int, known: Facts) -> str | None:
    """Return why a source that a mention does not name is not named, as far as it is stated.

    That is the clause that gives the cause ("because he was not allowed to speak"), else the words
    that ask for anonymity; None where nothing is said of it.

    Args:
        text: The article's text.
        start: Where the mention begins, in code points.
        end: Where it ends.
        known: The words of the language.
    """
    behind = text[end : end + _REACH]
    stop = _SENTENCE.search(behind)
    stretch = text[start:end] + (behind[: stop.start()] if stop else behind)
    spelt = folded(stretch)
    asked = _first(spelt.text, ((known.anonymity,), *known.withheld))
    if not asked:
        return None
    cause = _first(spelt.text[asked.end() :], ((known.causes,),))
    begin = asked.end() + cause.start() if cause else asked.start()
    place = spelt.original(begin, max(begin + 1, len(spelt.text)))
    words = stretch[place.start :]
    ending = _ENDS.search(words, 1) if cause else None
    if not cause:
        words = spelt.original(asked.start(), asked.end()).of(stretch)
    return " ".join((words[: ending.start()] if ending else words).split())[:_LONGEST] or None


def _first(text: str, rows: _Rows) -> re.Match[str] | None:
    """Return where a row of parts first stands in a text, each part in one of its wordings."""
    found = (_pattern(row).search(text) for row in rows if all(row))
    return min(filter(None, found), key=_begin, default=None)


def _begin(match: re.Match[str]) -> tuple[int, int]:
    """Order matches by where they begin, the longer first."""
    return match.start(), -match.end()


@lru_cache(maxsize=64)
def _pattern(row: tuple[Words, ...]) -> re.Pattern[str]:
    parts = (sorted({fold(phrase) for phrase in part}, key=len, reverse=True) for part in row)
    spelt = " ".join(f"(?:{'|'.join(map(_ended, part))})" for part in parts)
    return re.compile(rf"(?<!\w){spelt}")


def _ended(phrase: str) -> str:
    """Return a phrase as a pattern; a letter at its end is joined to the word behind it."""
    joined = len(phrase.rpartition(" ")[2]) == 1
    return re.escape(phrase) + ("" if joined else r"(?!\w)")
