"""What an article names near a place, though no attribution does: "the newspaper", "both states".

"The newspaper" after a sentence that is about one, "the two countries" after "Qamaria and
Telvaria", "the mufti" in a sentence that begins with "in Qamaria": the words of the article tell
who is meant, the nearest first.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import takewhile

from claimtrack.sources.lexicon import NAMING, STATES, Meaning, Piece, Role
from claimtrack.sources.mention import Gap, spelled, words, written
from claimtrack.sources.patterns import heads, patterns
from claimtrack.sources.reader import Reader
from claimtrack.sources.reading import Reading, Shape

_REACH = 1_500
"""Code points before a place that are looked at."""

_SUBJECTS = frozenset({Role.SOURCE, Role.STATE, Role.CAPITAL})
"""What can do something by its name alone."""

_LONGEST = 4
"""Pieces of a phrase that names somebody."""

_LONGEST_NAME = 3
"""Words of a name behind a post."""

ANYTHING = frozenset({"*"})
"""What a source can be called of which only its place tells what it is."""

_ENDS = re.compile(r"[.!?؟\n]")


class Nearby:
    """What an article says before a place, sentence by sentence, each read once."""

    def __init__(
        self,
        text: str,
        reader: Reader,
        read: Callable[[str], Reading],
        begun: Callable[[Sequence[str]], frozenset[str]],
    ) -> None:
        """Take an article's text.

        Args:
            text: The text.
            reader: Reads the language of the article.
            read: Reads a mention, or remembers what it read.
            begun: Returns what sources can be called whose names may begin in some folded words.
        """
        self.text = text
        self._reader = reader
        self._read = read
        self._begun = begun
        self._known: dict[int, Sequence[Piece]] = {}
        self._called: dict[int, frozenset[str]] = {}
        self._begun_at: list[int] = []

    def named_before(
        self, at: int, tags: frozenset[str], fits: Callable[[str], bool]
    ) -> Reading | None:
        """Return the reading of the phrase before a place that names a fitting source, or None.

        Args:
            at: The place, in code points.
            tags: What is meant can be called by one of these.
            fits: Tells whether the source of a key can.
        """
        for pieces in self._sentences(at, tags):
            naming = [start for start, piece in enumerate(pieces) if piece.role in NAMING]
            for start in reversed(naming):
                if found := self._named_at(pieces, start, tags, fits):
                    return found
        return None

    def named_after(
        self, at: int, tags: frozenset[str], fits: Callable[[str], bool]
    ) -> Reading | None:
        """Return what `named_before` does, of the phrase that comes first after a place."""
        pieces = self._reader.pieces(words(self.text[at : at + _REACH]))
        for start, piece in enumerate(pieces):
            found = self._named_at(pieces, start, tags, fits) if piece.role in NAMING else None
            if found:
                return found
        return None

    def _named_at(
        self,
        pieces: Sequence[Piece],
        start: int,
        tags: frozenset[str],
        fits: Callable[[str], bool],
    ) -> Reading | None:
        """Return the reading of the phrase that begins with a piece, if of a fitting source."""
        if not _may_name(pieces[start], tags, fits):
            return None
        while self._reader.head_last and start and _goes_before(pieces[start - 1], pieces[start]):
            start -= 1
        for phrase in _phrases(pieces[start : start + _LONGEST]):
            found = self._read(phrase)
            if found.shape is Shape.KNOWN and fits(found.key):
                return self._holder_at(pieces[start:], found) or found
        return None

    def _holder_at(self, pieces: Sequence[Piece], post: Reading) -> Reading | None:
        """Return the reading of a post with the name of its holder behind it, or None."""
        plain = (at for at, piece in enumerate(pieces) if at and piece.role is Role.WORD)
        first = next(plain, 0)
        words = pieces[first : first + _LONGEST_NAME] if first else ()
        name = [*takewhile(lambda piece: piece.role is Role.WORD and piece.gap < Gap.BREAK, words)]
        for count in range(len(name), 1, -1):
            whole = [*pieces[:first], *name[:count]]
            found = self._read(_written(whole))
            if found.shape is Shape.PERSON and found.post == post.key:
                return found
        return None

    def both_before(self, at: int) -> tuple[str, ...]:
        """Return the keys of two states that stand joined before a place: "A and B"."""
        for pieces in self._sentences(at):
            for second in range(len(pieces) - 1, 0, -1):
                pair = pieces[second - 1 : second + 1]
                joined = pair[1].link == "and" and pair[1].gap < Gap.QUOTE
                if joined and all(
                    piece.role in STATES and piece.role is not Role.DEMONYM for piece in pair
                ):
                    keys = tuple(piece.value for piece in pair)
                    if keys[0] != keys[1]:
                        return keys
        return ()

    def two_before(self, at: int, fits: Callable[[str], bool]) -> tuple[str, ...]:
        """Return the keys of the two fitting sources that one sentence before a place names.

        The nearest sentence that names any decides; empty where it names one or more than two.
        """
        for pieces in self._sentences(at):
            named = (piece.value for piece in pieces if piece.role is Role.SOURCE)
            keys = tuple(dict.fromkeys(key for key in named if fits(key)))
            if keys:
                return keys if len(keys) == 2 else ()
        return ()

    def state_before(self, at: int, state_of: Callable[[str], str]) -> str:
        """Return the key of the state that is the subject before a place, itself or by its body.

        Of the place's own sentence, the nearest clause tells; of the sentence before, the first.

        Args:
            at: The place, in code points.
            state_of: Returns the state that a source can stand for, or nothing.
        """
        number = bisect_right(self._starts, at) - 1
        here = self._stretch(self._starts[number], at)
        found = next(reversed(self._subjects(here, state_of)), "")
        if found or not number:
            return found
        before = self._stretch(*self._starts[number - 1 : number + 1])
        return next(iter(self._subjects(before, state_of)), "")

    def _subjects(self, text: str, state_of: Callable[[str], str]) -> Sequence[str]:
        """Return the first state of each clause that no preposition goes before."""
        found: dict[int, str] = {}
        clause, before = 0, Role.WORD
        for piece in self._reader.pieces(words(text)):
            clause += piece.gap is Gap.BREAK
            led = piece.link not in ("", "and") or before is Role.ASIDE
            if piece.role in _SUBJECTS and not led and (state := state_of(piece.value)):
                found.setdefault(clause, state)
            before = piece.role
        return list(found.values())

    def place_of(self, at: int) -> str:
        """Return the key of the state that the sentence of a place begins with: "in Qamaria, …"."""
        begun = self._starts[bisect_right(self._starts, at) - 1]
        sentence = self.text[max(begun, at - _REACH) : at]
        first = spelled(sentence)[:1]  # which is far sooner told than all that the words may mean
        if not first or not self._reader.leads_in(first[0]):
            return ""
        pieces = self._reader.pieces(words(sentence)[1:])
        return pieces[0].value if pieces and pieces[0].role in STATES else ""

    def rest_of(self, at: int, most: int) -> str:
        """Return what follows a place in its sentence, so many code points of it at most."""
        ending = _ENDS.search(self.text, at, at + most)
        return self.text[at : ending.start() if ending else at + most]

    @property
    def _starts(self) -> list[int]:
        """Where the sentences of the text begin."""
        if not self._begun_at:
            self._begun_at = [0, *(match.end() for match in _ENDS.finditer(self.text))]
        return self._begun_at

    def _sentences(self, at: int, tags: frozenset[str] = frozenset()) -> Iterator[Sequence[Piece]]:
        """Yield what the words of the sentences before a place can mean, the nearest first.

        Sentences without a word that may begin what one of the tags calls are passed over.
        """
        number = bisect_right(self._starts, at) - 1
        here = self._stretch(self._starts[number], at)
        tags = tags | ANYTHING if tags else tags
        if not tags or tags & self._callable(here):
            yield self._reader.pieces(words(here))
        while number and self._starts[number] > at - _REACH:
            number -= 1
            if tags:
                if number not in self._called:
                    whole = self._stretch(*self._starts[number : number + 2])
                    self._called[number] = self._callable(whole)
                if not tags & self._called[number]:
                    continue
            if number not in self._known:
                whole = self._stretch(*self._starts[number : number + 2])
                self._known[number] = self._reader.pieces(words(whole))
            yield self._known[number]

    def _callable(self, stretch: str) -> frozenset[str]:
        """Return what sources can be called whose names may begin in a stretch of text."""
        return self._begun(spelled(stretch))

    def _stretch(self, start: int, end: int) -> str:
        return self.text[max(start, end - _REACH) : end]


def tags_of_noun(meaning: Meaning) -> frozenset[str]:
    """Return what a body, a post or an organisation can be called by, of which this is the noun."""
    if meaning.role is Role.HEAD:
        return frozenset(heads()[meaning.value].stands_for)
    composed = meaning.role in (Role.BODY, Role.POST)
    body = patterns()[meaning.value] if composed else None
    return frozenset({body.key, body.group}) if body else frozenset()


def _may_name(piece: Piece, tags: frozenset[str], fits: Callable[[str], bool]) -> bool:
    """Tell whether a phrase that begins with a piece can name what goes by one of some tags."""
    if piece.role is Role.SOURCE:
        return fits(piece.value)
    return bool(tags_of_noun(piece.meanings[0]) & tags)


def _goes_before(piece: Piece, noun: Piece) -> bool:
    """Tell whether a piece is the state of the noun that follows it: "the Qamari embassy"."""
    return piece.role in STATES and noun.gap < Gap.QUOTE and not noun.link


def _phrases(pieces: Sequence[Piece]) -> Iterator[str]:
    """Yield the words of the first pieces, the longest phrase first.

    None goes across a break, nor on with a word that means nothing: no known name does.
    """
    ends = (
        at
        for at, piece in enumerate(pieces)
        if at and (piece.gap is Gap.BREAK or piece.role is Role.WORD)
    )
    end = next(ends, len(pieces))
    for count in range(end, 0, -1):
        yield _written(pieces[:count])


def _written(pieces: Sequence[Piece]) -> str:
    return written([word for piece in pieces for word in piece.words])
