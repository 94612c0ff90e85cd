"""Persons in a mention: which words are a name, and what is said of who bears it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from claimtrack.model.vocabulary import ResolvedHow, SourceKind, SourceType
from claimtrack.sources.about import Knowledge
from claimtrack.sources.facts import Facts
from claimtrack.sources.lexicon import STATES, Lexicon, Piece, Role
from claimtrack.sources.mention import Gap, Word, words, written
from claimtrack.sources.patterns import offices, patterns
from claimtrack.sources.phrase import BODIES, Pieces, head, runs, whose
from claimtrack.sources.reading import Reading, Shape

CALLINGS = frozenset({Role.POST, Role.OFFICE, Role.TITLE, Role.REPORTER, Role.UNNAMED})
_FRAME = 5
"""How long the consonants of a name and the spaces between are at least, to tell it by them."""

_VAGUE = (SourceType.OTHER, SourceType.ANONYMOUS)


class Calling(NamedTuple):
    """What a description tells about the person it describes; see `Reading`."""

    type: SourceType = SourceType.OTHER
    parent: str = ""
    post: str = ""
    country: str = ""
    speaks: bool = False
    office: str = ""
    tags: frozenset[str] = frozenset()
    noun: str = ""


class People:
    """Finds persons in mentions of one language."""

    def __init__(self, code: str, known_words: Facts, lexicon: Lexicon, known: Knowledge) -> None:
        """Work with a language's facts and lexicon."""
        self._code = code
        self._facts = known_words
        self._lexicon = lexicon
        self._known = known
        self._particles = frozenset(known_words.particles)

    def bearers(self, tokens: tuple[str, ...]) -> tuple[str, ...]:
        """Return the keys of the registry's persons whom a name can mean.

        A name of one word is somebody's last; one of more is a weak name of somebody's, or begins
        and ends as theirs does, or is a part of it that ends as it does.
        """
        tokens = self._lexicon.sounded(tokens)
        named = self._named.get(tokens[-1], {}) if tokens else {}
        wanted = set(tokens)
        return tuple(
            key
            for key, names in named.items()
            if any(
                len(tokens) == 1 or wanted <= set(name) or (set(name) <= wanted and len(name) > 1)
                for name in names
            )
        )

    def alike(self, tokens: tuple[str, ...], keys: Iterable[str]) -> tuple[str, ...]:
        """Return which of some persons bear a name of the same consonants, transliterated anew.

        That is no evidence by itself: use it for the few who hold an office that is told.
        """
        frame = self._lexicon.framed(tokens)
        if len(tokens) < 2 or len(frame) < _FRAME:
            return ()
        rows = self._known.registry.rows
        return tuple(
            key
            for key in keys
            if any(
                self._lexicon.framed(self._lexicon.normal(words(name))) == frame
                for name in rows[key].names.get(self._code, ())
            )
        )

    @cached_property
    def _named(self) -> Mapping[str, Mapping[str, list[tuple[str, ...]]]]:
        """The names of the registry's persons by their last word and the person's key."""
        found: dict[str, dict[str, list[tuple[str, ...]]]] = {}
        for row in self._known.registry.rows.values():
            cells = (row.names.get(self._code, ()), row.weak.get(self._code, ()))
            for name in (*cells[0], *cells[1]) if row.kind is SourceKind.PERSON else ():
                tokens = self._lexicon.sounded(self._lexicon.normal(words(name)))
                if tokens:
                    found.setdefault(tokens[-1], {}).setdefault(row.key, []).append(tokens)
        return found

    def person(self, name: Sequence[Word], calling: Calling) -> Reading:
        """Return a person by the words of the name and what is said of them."""
        return Reading(
            Shape.PERSON,
            calling.type,
            ResolvedHow.PERSON,
            SourceKind.PERSON,
            name=written(name),
            tokens=self._lexicon.normal(name),
            country=calling.country,
            parent=calling.parent,
            post=calling.post,
            speaks=calling.speaks,
            office=calling.office,
            tags=calling.tags,
            noun=calling.noun,
        )

    def described(self, parts: Sequence[Pieces]) -> Reading | None:
        """Read a name with its description after it: "John Smith, a spokesman for …"."""
        first, apart = parts[0], parts[1] if len(parts) > 1 else ()
        count = next((at for at, p in enumerate(first) if p.role is not Role.WORD), len(first))
        about = first[count:] or apart
        name = self.name(first[:count]) if count and about else None
        if not name:
            return None
        if first[count:] and about[0].role in BODIES and about[0].link == "of":
            told = self._known.about(about)
            return self.person(name, Calling(told.type or SourceType.OTHER, told.key))
        if first[count:] and (self._facts.head_last or len(name) < 2 or about[0].link):
            return None
        calling = head(about, last=self._facts.head_last)
        return self.person(name, self.calling(about, calling)) if calling.role in CALLINGS else None

    def named(self, parts: Sequence[Pieces]) -> Reading | None:
        """Read a description with the name after it: "the foreign minister, John Smith"."""
        first, apart = parts[0], parts[1] if len(parts) > 1 else ()
        calling = head(first, last=self._facts.head_last)
        if calling.role not in CALLINGS:
            return None
        after = first[first.index(calling) + 1 :]
        stretches = (run for part in self._parted(after) for run in runs(part))
        names = [name for run in stretches if (name := self._beside(first, calling, run))]
        spare = tuple(piece for piece in apart if not piece.values(Role.TITLE))
        if spare and all(piece.role is Role.WORD for piece in spare):
            name = self.name(spare)
            spelt = name and not all(word.text.isupper() for word in name)  # "(R-IN)"
            names += [name] if name and spelt and (len(name) > 1 or not names) else []
        if not names:
            return None
        if calling.role is Role.UNNAMED and not self._calls(calling, after, names[-1]):
            return None
        return self.person(names[-1], self._fuller(first, calling, apart))

    def _parted(self, after: Pieces) -> tuple[Pieces, ...]:
        """Return what follows an office, cut where a name follows whom it speaks for.

        "The spokesman of the fleet John Smith": words without an article behind one with it.
        """
        led = False
        for at, piece in enumerate(after):
            plain = piece.role is Role.WORD and piece.gap < Gap.QUOTE
            bears = self._lexicon.bears_article(piece.words[0])
            if led and plain and not bears and not piece.link:
                rest = after[at:]
                named = len(rest) > 1 and all(other.role is Role.WORD for other in rest)
                return (after[:at], rest) if named else (after,)
            led = plain and bears and (led or bool(piece.link))
        return (after,)

    def _fuller(self, segment: Pieces, calling: Piece, apart: Pieces) -> Calling:
        """Return what a description tells; behind a bare title, what a second one does.

        "General X, the governor of Y" speaks as the governor.
        """
        told = self.calling(segment, calling)
        titled = calling.role is Role.TITLE and not told.parent
        second = head(apart, last=self._facts.head_last) if titled and apart else None
        if second is None or second.role not in CALLINGS:
            return told
        further = self.calling(apart, second)
        return told if further.type in _VAGUE else further._replace(noun=told.noun)

    def _calls(self, calling: Piece, after: Pieces, name: Sequence[Word]) -> bool:
        """Tell whether a noun for unnamed people calls whoever bears a name."""
        parts = sum(len(word.text.split()) for word in name)  # of a name that is one word, two
        whole = parts > 1 and not self._lexicon.bears_article(name[0])
        titled = bool(calling.values(Role.TITLE))  # "the mother of", written like "his father"
        owned = self._lexicon.is_owned(calling.words[-1])  # "his friend"
        member = calling.value == SourceType.OFFICIAL_PERSON  # "a member of the council"
        complete = member and self._lexicon.bears_article(calling.words[-1])
        first = after[0] if after else calling  # "a soldier of the navy"
        complete = complete or (first.definite and first.role in BODIES and not first.link)
        return whole and (calling.definite or titled or owned or complete or name[0].cased)

    def _beside(self, segment: Pieces, calling: Piece, run: Pieces) -> Sequence[Word] | None:
        """Return the name that a run within a description holds, or None."""
        before = segment[segment.index(run[0]) - 1]
        if before.role in (Role.HEAD, Role.BODY):
            complete = self._complete(before)
            run = self._after_adjectives(before, run) if complete else self._after_organisation(run)
        name = self.name(run)
        if not name:
            return None
        lone = len(name) == 1 and self._lexicon.bears_article(name[0])
        if lone and calling.role is not Role.TITLE and before.role not in STATES:
            return None  # an adjective of the office, not a surname
        return name

    def _complete(self, piece: Piece) -> bool:
        """Tell whether a noun of an organisation is complete: "the ministry", "his office"."""
        return self._lexicon.bears_article(piece.words[-1]) or piece.trailed

    def _after_organisation(self, run: Pieces) -> Pieces:
        """Return what follows the name of an organisation in a run that begins with it."""
        if run[0].gap is Gap.QUOTE:
            return ()
        start = 1
        while start < len(run) and self._lexicon.bears_article(run[start].words[0]):
            start += 1
        return run[start:] if len(run) - start > 1 else ()

    def _after_adjectives(self, noun: Piece, run: Pieces) -> Pieces:
        """Return what follows the adjectives in a run that agree with a feminine noun."""
        start = 0
        while start < len(run) and self._lexicon.agree(noun.words[-1], run[start].words[0]):
            start += 1
        return run[start:]

    def name(self, run: Pieces) -> Sequence[Word] | None:
        """Return the words of a run that can be a person's name; None when none can."""
        name = [word for piece in run for word in piece.words]
        if name and self._lexicon.joins_article(name[0]):
            return None  # "and the cooperation": what else the office is for
        led = [at for at, word in enumerate(name) if self._lexicon.contracts(word)]
        if led:
            del name[: led[-1] + 1]  # "the owner of the ship John Smith"
            while name and self._lexicon.bears_article(name[0]):
                del name[0]
        while name and not name[0].capital:
            del name[0]
        while len(name) > 2 and self._lexicon.bears_article(name[0]):
            del name[0]  # an adjective of the title, not a first name
        for at, word in enumerate(name):
            lower = not word.capital and word.folded not in self._particles
            if lower or word.text[0].isdigit():
                del name[at:]
                break
        return name or None

    def calling(self, segment: Pieces, piece: Piece) -> Calling:
        """Return what a description tells about the person it describes."""
        noun = self._lexicon.bare(piece.words[-1]) if piece.definite else ""
        return self._told(segment, piece)._replace(noun=noun)

    def _told(self, segment: Pieces, piece: Piece) -> Calling:
        country = whose(segment).owner
        if piece.role is Role.POST:
            pattern = patterns()[piece.value]
            key, _ = self._known.body(pattern, segment)
            return Calling(pattern.type, "", key, country, speaks=True)
        about = self._known.about(segment, piece)
        if piece.role is Role.OFFICE:
            office, titles = offices()[piece.value], piece.values(Role.TITLE)
            kind = office.type or about.type or SourceType((*titles, SourceType.OTHER)[0])
            tags = frozenset() if about.key else about.tags
            return Calling(kind, about.key, "", country, office.speaks, office.key, tags)
        kind = SourceType.NEWS_OUTLET if piece.role is Role.REPORTER else SourceType(piece.value)
        if kind in _VAGUE:
            if self._known.kind_of(about.key) is SourceKind.STATE:  # somebody from there
                return Calling(kind, "", "", country)
            kind = about.type or SourceType.OTHER
        return Calling(kind, about.key, "", country)
