"""The rules that join two reports into one claim without asking, each with its evidence.

Likeness alone never joins. What does: the same words, and a report that consists of nothing but
the report it takes over.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import cache

from claimtrack.lang.pack import SHIPPED, Packs, available
from claimtrack.match.lexicon import facts
from claimtrack.model.ids import digest
from claimtrack.model.run import Run
from claimtrack.model.vocabulary import Assertion, Stance
from claimtrack.store.linking import Told
from claimtrack.text.fold import fold
from claimtrack.text.wording import wording

SAME_WORDS = Run(tool="same-words", version="1")
"""Contents of five words or more that are the same but for their edges (`text.wording`)."""

_NOT_THE_CLAIM = frozenset({Assertion.DENY, Assertion.QUESTION})
"""To say that somebody denied or asked it is not to say it."""

_SHOWN = 80
"""Code points of a wording that an evidence quotes."""


@cache
def relay_run(packs: Packs = SHIPPED) -> Run:
    """Return the rule that `handed_on` is, with the words that it passes over."""
    words = {lang: sorted(between(lang, packs)) for lang in available(packs)}
    return Run(tool="relay", version="1", configuration={"between": digest(words)})


def same_words(text: str) -> str:
    """Return the evidence for two contents whose words are those of a text."""
    words = wording(text)
    return f"same words: “{words if len(words) <= _SHOWN else words[:_SHOWN] + '…'}”"


def handed_on(relayer: Told, relayed: Told, packs: Packs = SHIPPED) -> str | None:
    """Return the evidence that a relayer says just what the relayed says; None when it does not.

    Both are of one article. The relayer's content may be the very span of the relayed's, or hold
    besides it no more than the relayed's source and cue and such words as "that".
    """
    outer, inner = _letters(relayer, "content"), _letters(relayed, "content")
    if outer.keys() == inner.keys():
        return "relay: both report the same stretch of the text"
    not_said = relayed.assertion in _NOT_THE_CLAIM or relayed.stance is Stance.DISPUTING
    if not_said or not inner.keys() <= outer.keys():
        return None
    known = inner.keys() | _letters(relayed, "source").keys() | _letters(relayed, "cue").keys()
    left = _words({at: letter for at, letter in outer.items() if at not in known})
    if not {fold(word) for word in left} <= between(relayer.lang, packs):
        return None
    parts = [relayed.words("source"), relayed.words("cue"), *left]
    quoted = ", ".join(f"“{part}”" for part in parts if part)
    return f"relay: the same words after {quoted}"


def _letters(attribution: Told, role: str) -> dict[int, str]:
    """Return what is letter, digit or mark in a role, by its place in the text."""
    return {
        at: character
        for start, exact in attribution.quotes.get(role, ())
        for at, character in enumerate(exact, start)
        if character.isalnum() or unicodedata.combining(character)
    }


def _words(letters: Mapping[int, str]) -> list[str]:
    """Return the words that letters make up; a gap between places ends a word."""
    parts: list[str] = []
    before = -1
    for at in sorted(letters):
        if not parts or at != before + 1:
            parts.append("")
        parts[-1] += letters[at]
        before = at
    return parts


@cache
def between(lang: str, packs: Packs = SHIPPED) -> frozenset[str]:
    """Return the words that add nothing to a relayed report, folded; none without a pack.

    Raises:
        PackError: A pack's match.yaml has an unknown key, or its value is no list of words.
    """
    if lang not in available(packs):
        return frozenset()
    return frozenset(map(fold, facts(lang, packs).between))
