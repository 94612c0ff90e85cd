"""Why somebody is not named, in the article's own words: "for fear of reprisal"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from claimtrack.sources.facts import Facts
from claimtrack.text.fold import fold, folded

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
    asked = _first(spelt.text, known.anonymity)
    if not asked:
        return None
    cause = _first(spelt.text[asked.end() :], known.causes)
    begin = asked.end() + cause.start() if cause else asked.start()
    place = spelt.original(begin, max(begin + 1, len(spelt.text)))
    words = stretch[place.start :]
    ending = _ENDS.search(words, 1) if cause else None
    if not cause:
        words = spelt.original(asked.start(), asked.end()).of(stretch)
    return " ".join((words[: ending.start()] if ending else words).split())[:_LONGEST] or None


def _first(text: str, phrases: tuple[str, ...]) -> re.Match[str] | None:
    return _pattern(phrases).search(text) if phrases else None


@lru_cache(maxsize=16)
def _pattern(phrases: tuple[str, ...]) -> re.Pattern[str]:
    spelt: Iterable[str] = sorted({fold(phrase) for phrase in phrases}, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, spelt))})(?!\w)")
