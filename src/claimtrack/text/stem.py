"""Light stems for search: what is left of a word when common beginnings and endings are cut.

What is cut is data (`stems.yaml` of a language pack). A word is stemmed by every pack whose
letters it is written in, so neither a text nor a query has to say its language. Stems carry a
Latin mark, so that a stem is never taken for a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from pydantic import Field, PositiveInt, ValidationError, field_validator

from claimtrack.errors import PackError
from claimtrack.lang.pack import available, pack_file, read_yaml
from claimtrack.model.value import Value

MARK = "xs"
"""What every stem begins with."""

_FILE = "stems.yaml"


class StemRules(Value):
    """What one language cuts, in folded spelling.

    Attributes:
        letters: Inside of a regular expression's class; a word of other letters is left alone.
        leave: Letters that must remain after a cut.
        rounds: Endings of one group cut one after another, at most.
        prefixes: Beginnings that are cut, longest first.
        proclitics: Beginnings that may be the word's own, and the letters that must remain:
            both forms are stems.
        suffixes: Endings that are cut, longest first, in groups: a word that could be a noun or
            a verb has a stem for each.
        whole: Beginnings of words that lose no prefix and no proclitic.
    """

    letters: str
    leave: PositiveInt
    rounds: PositiveInt
    prefixes: tuple[str, ...] = ()
    proclitics: dict[str, PositiveInt] = Field(default_factory=dict)
    suffixes: tuple[tuple[str, ...], ...] = ()
    whole: tuple[str, ...] = ()

    @field_validator("letters")
    @classmethod
    def _is_a_class(cls, letters: str) -> str:
        try:
            re.compile(f"[{letters}]")
        except re.error:
            raise ValueError("not the inside of a character class") from None
        return letters


class _Stemmer:
    """Rules made ready: what is tried, longest first."""

    def __init__(self, rules: StemRules) -> None:
        self._rules = rules
        self._written = re.compile(f"[{rules.letters}]+")
        self._prefixes = sorted(rules.prefixes, key=len, reverse=True)
        self._groups = [sorted(group, key=len, reverse=True) for group in rules.suffixes] or [[]]

    def stems(self, word: str) -> Iterator[str]:
        """Yield the stems of a folded word; none when it is not written in these letters."""
        if not self._written.fullmatch(word):
            return
        for start in self._without_beginnings(word):
            for group in self._groups:
                yield self._without_suffixes(start, group)

    def _without_beginnings(self, word: str) -> Iterator[str]:
        bare = self._without_prefix(word)
        yield bare
        if bare != word or word.startswith(self._rules.whole):
            return
        for proclitic, leave in self._rules.proclitics.items():
            rest = word[len(proclitic) :]
            if word.startswith(proclitic) and len(rest) >= leave:
                yield rest

    def _without_prefix(self, word: str) -> str:
        if word.startswith(self._rules.whole):
            return word
        for prefix in self._prefixes:
            if word.startswith(prefix) and len(word) - len(prefix) >= self._rules.leave:
                return word[len(prefix) :]
        return word

    def _without_suffixes(self, word: str, group: Sequence[str]) -> str:
        for _ in range(self._rules.rounds):
            word = self._without_suffix(word, group)
        return word

    def _without_suffix(self, word: str, group: Sequence[str]) -> str:
        for suffix in group:
            if word.endswith(suffix) and len(word) - len(suffix) >= self._rules.leave:
                return word[: -len(suffix)]
        return word


@lru_cache(maxsize=100_000)
def stems(word: str) -> tuple[str, ...]:
    """Return the marked stems of a folded word, sorted; none when no pack knows its letters.

    >>> stems("والبنتاغون"), stems("посольства")
    (('xsبنتاغ',), ('xsпосольств', 'xsпосольства'))

    Raises:
        PackError: A pack's stems.yaml is wrong.
    """
    found = {stem for stemmer in _stemmers() for stem in stemmer.stems(word)}
    return tuple(sorted(MARK + stem for stem in found))


def rules(code: str) -> StemRules | None:
    """Return what a language cuts; None when its pack has no stems.yaml.

    Raises:
        UnknownLanguageError: There is no pack for the code.
        PackError: The file is wrong.
    """
    data = read_yaml(code, _FILE)
    if not data:
        return None
    try:
        return StemRules.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise PackError(str(pack_file(code, _FILE)), 0, f"{place}: {first['msg']}") from None


@cache
def _stemmers() -> tuple[_Stemmer, ...]:
    known = (rules(code) for code in available())
    return tuple(_Stemmer(each) for each in known if each)
