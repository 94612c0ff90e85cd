"""Bodies of a place within a state: the police of a city, a governorate's authorities, its courts.

`local.csv` holds what every place has, `places.csv` the places. A body is composed when a mention
names both beside each other; a place alone is no source.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from claimtrack.kept import kept
from claimtrack.sources.facts import Facts
from claimtrack.sources.mention import Gap, Word, spelled
from claimtrack.sources.patterns import local_patterns
from claimtrack.sources.registry import Registry
from claimtrack.text.fold import fold

_GOVERNMENT = "governorate"
_SLOT = "{"

Phrase = tuple[str, ...]
_Gathered = tuple[dict[Phrase, str], list[str], dict[tuple[Phrase, bool], str], dict[Phrase, str]]
"""Places by name, capitals, nouns before and after a place's name: plain, to be kept."""
Spell = Callable[[Sequence[Word]], Phrase]
Skips = Callable[[int], int]
"""Returns where a state's adjective that begins at a word of a mention ends, else the word."""


class Local(NamedTuple):
    """A place's body, or the office of its head, as a mention names it.

    Attributes:
        start: Where its words begin.
        between: Where what names the noun and what names the place meet.
        end: Where they end.
        pattern: The key of the pattern in `local.csv`.
        place: The place's key.
        led: The noun stands before the place.
    """

    start: int
    between: int
    end: int
    pattern: str
    place: str
    led: bool = True


_NOWHERE = ("", 0, False)


class Localities:
    """Finds bodies of places in mentions of one language."""

    def __init__(
        self, code: str, known: Facts, spell: Spell, registry: Registry, made_of: str
    ) -> None:
        """Gather the names of the registry's places and the bodies' nouns in a language.

        Args:
            code: The language.
            known: Its facts.
            spell: Returns words as they are compared.
            registry: The registry.
            made_of: A digest of facts and registry, under which what is gathered is kept.
        """
        self._spelled = spell
        self._inside = frozenset(
            fold(link) for kind in ("in", "of") for link in known.links.get(kind, ())
        )
        self._within = tuple(
            fold(clitic) for clitic, kind in known.clitics.items() if kind in ("in", "of")
        )
        self._regions = frozenset(self._phrase(noun)[0] for noun in known.regions)
        self._before: dict[tuple[Phrase, bool], str]
        self._places, capitals, self._before, self._after = kept(
            f"places-{code}", made_of, lambda: self._gathered(code, registry)
        )
        self._capitals = frozenset(capitals)
        named = (phrase[0] for phrase in self._places if self._after)
        self.begins = frozenset((*named, *(phrase[0] for phrase, _ in self._before)))
        """What the words of a place's body can begin with."""
        nouns = (phrase for phrase, _ in self._before)
        self._longest = max(map(len, (*nouns, *self._after, *self._places)), default=0)

    def _gathered(self, code: str, registry: Registry) -> _Gathered:
        """Return the places by name, the capitals, and the nouns before and after a place's name.

        Two cities of one name are told apart by nothing.
        """
        places: dict[Phrase, str] = {}
        for row in registry.places.values():
            for name in (*row.names.get(code, ()), *row.forms.get(("adj", code), ())):
                phrase = self._phrase(name)
                if places.setdefault(phrase, row.key) != row.key:
                    places[phrase] = ""
        names = {
            self._phrase(name)
            for row in registry.polities.values()
            for name in row.forms.get(("capital", code), ())
        }
        capitals = sorted({places[name] for name in names if name in places})
        before: dict[tuple[Phrase, bool], str] = {}
        after: dict[Phrase, str] = {}
        for pattern in local_patterns().values():
            for template in pattern.templates.get(code, ()):
                noun, linked, behind = self._nouns(template)
                if noun and not behind:
                    before.setdefault((noun, linked), pattern.key)
                elif behind and not noun:
                    after.setdefault(behind, pattern.key)
        return places, capitals, before, after

    def _phrase(self, text: str) -> Phrase:
        return self._spelled([Word(word, word, Gap.NONE) for word in spelled(text)])

    def _spell(self, word: Word) -> str:
        """Return a word as it is compared."""
        return self._spelled((word,))[0]

    def _nouns(self, template: str) -> tuple[Phrase, bool, Phrase]:
        """Return a body's noun before its place, whether it is linked, and the noun after it."""
        left, _, rest = template.partition(_SLOT)
        noun, linked = self._phrase(left), False
        if noun and noun[-1] in self._inside:
            noun, linked = noun[:-1], True
        return noun, linked, self._phrase(rest.partition("}")[2])

    def find(self, mention: Sequence[Word], at: int, begins: str, skips: Skips) -> Local | None:
        """Return the body of a place whose words begin at a place of a mention, or None.

        Args:
            mention: The words.
            at: Where.
            begins: The first word as it is compared, without what is joined to it.
            skips: Returns where a state's adjective that begins at a word ends, else the word.
        """
        after = [self._spell(word) for word in mention[at + 1 : at + 1 + self._longest]]
        spelt = (begins, *after)
        for count in range(len(spelt), 0, -1):
            nouns = [linked for linked in (True, False) if (spelt[:count], linked) in self._before]
            place, end, linked = self._place(mention, skips(at + count)) if nouns else _NOWHERE
            if place and linked in nouns:
                pattern = self._before[spelt[:count], linked]
                return self._told(Local(at, at + count, end, pattern, place))
        for count in range(len(spelt), 0, -1):
            if named := self._places.get(spelt[:count]):
                for more in range(len(spelt) - count, 0, -1):
                    if known := self._after.get(spelt[count : count + more]):
                        middle, end = at + count, at + count + more
                        return self._told(Local(at, middle, end, known, named, led=False))
        return None

    def _told(self, found: Local) -> Local | None:
        of_a_capital = found.pattern == _GOVERNMENT and found.place in self._capitals
        return None if of_a_capital else found  # the state's is as likely

    def _place(self, mention: Sequence[Word], at: int) -> tuple[str, int, bool]:
        """Return the place named at a word, where its name ends, and whether "in" stands before."""
        linked = False
        for _ in range(3):
            if at >= len(mention) or mention[at].gap > Gap.HYPHEN:
                return _NOWHERE
            word = self._spell(mention[at])
            region = word in self._regions
            joined = not region and bool(self._without(word) & self._regions)
            if not (region or joined or word in self._inside):
                break
            linked = linked or joined or not region
            at += 1
        spelt = tuple(self._spell(word) for word in mention[at : at + self._longest])
        for count in range(len(spelt), 0, -1):
            for first in self._without(spelt[0]):
                if place := self._places.get((first, *spelt[1:count])):
                    return place, at + count, linked or first != spelt[0]
        return _NOWHERE

    def _without(self, word: str) -> frozenset[str]:
        """Return a word with and without a preposition joined to it."""
        return frozenset({word, *(word[len(c) :] for c in self._within if word.startswith(c))})
