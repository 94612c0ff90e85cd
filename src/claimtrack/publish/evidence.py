"""Why a program took two claims for one, or for others: in the page's language, words as written.

`match` records it as a line in English, with folded words. What is no such line was written by a
person, and is shown as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from markupsafe import Markup, escape

from claimtrack.model.vocabulary import Sign
from claimtrack.publish.language import Catalogue
from claimtrack.publish.shown import markup, shown
from claimtrack.text.fold import Folded, folded

_SIGN = re.compile(
    rf"({'|'.join(Sign)}): (?:“([^”]*)”|nothing) (against|and) (?:“([^”]*)”|nothing)"
)
_QUOTED = re.compile(r"(same words:|relay: the same words after) “(.*)”", re.DOTALL)
_NUMBER = re.compile(r"(alike|articles alike) (\d\.\d\d)")
_STATE = re.compile(r"state:([A-Z]{2})")
_SPOKEN_OF = "both speak of "
_KEYS = {
    "the same run of words": "copied",
    "of one source": "one_source",
    "relay: both report the same stretch of the text": "same_stretch",
    "same words:": "same_words",
    "relay: the same words after": "same_after",
    "alike": "alike",
    "articles alike": "articles_alike",
}
"""The messages by what is recorded."""


class Telling:
    """How evidence is told in one language, of claims that say certain texts."""

    def __init__(self, t: Catalogue, texts: Sequence[str]) -> None:
        """Take the messages, and the texts: words of the evidence are shown as they stand there."""
        self._t, self._texts = t, texts

    def told(self, evidence: str) -> Markup:
        """Return evidence for a page, given as it is recorded."""
        made = [self._piece(piece) for piece in evidence.split("; ")]
        pieces = [piece for piece in made if piece is not None]
        if len(pieces) < len(made):
            return markup(f'<bdi dir="auto">{shown(evidence)}</bdi>')
        return markup(f"{escape(self._t('evidence.further'))} ".join(pieces))

    def _piece(self, piece: str) -> str | None:
        """Return a piece of evidence, escaped; None for what no program recorded."""
        if piece in _KEYS:
            return self._called(_KEYS[piece])
        if found := _SIGN.fullmatch(piece):
            sign, left, how, right = found.groups()
            first, second = self._quoted(left), self._quoted(right)
            return f"{escape(self._t(f'sign.{sign}'))}: {first} {self._called(how)} {second}"
        if found := _QUOTED.fullmatch(piece):
            some = found[2].split("”, “")
            return f"{self._called(_KEYS[found[1]])} {self._listed(map(self._quoted, some))}"
        if found := _NUMBER.fullmatch(piece):
            return f'{self._called(_KEYS[found[1]])} <bdi dir="ltr">{found[2]}</bdi>'
        if piece.startswith(_SPOKEN_OF):
            named = piece.removeprefix(_SPOKEN_OF).split(", ")
            return f"{self._called('both')} {self._listed(map(self._equal, named))}"
        return None

    def _called(self, key: str) -> str:
        return escape(self._t(f"evidence.{key}"))

    def _listed(self, some: Iterable[str]) -> str:
        return f"{escape(self._t('site.comma'))} ".join(some)

    def _equal(self, both: str) -> str:
        return " = ".join(self._written(words) for words in both.split(" = "))

    def _quoted(self, words: str | None) -> str:
        if not words:
            return self._called("nothing")
        quotes = self._t("claim.quotes")
        return f"{escape(quotes[0])}{self._written(words)}{escape(quotes[1])}"

    def _written(self, words: str) -> str:
        """Return folded words as one of the texts has them, or as they are."""
        if state := _STATE.fullmatch(words):
            return f"<bdi>{escape(self._t.country(state[1]))}</bdi>"
        for text in self._texts:
            there = _folded(text)
            if found := _whole(words).search(there.text):
                span = there.original(*found.span())
                words = text[span.start : span.end]
                break
        return f'<bdi dir="auto">{shown(words)}</bdi>'


@lru_cache(maxsize=256)
def _folded(text: str) -> Folded:
    return folded(text)


@lru_cache(maxsize=256)
def _whole(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(words)}(?!\w)")
