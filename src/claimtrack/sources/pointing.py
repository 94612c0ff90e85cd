"""Whom a noun that points back means: "the ministry", "the minister", "the statement", "it".

What the article named before tells, the nearest first; then the article as a whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import NamedTuple

from claimtrack.model.source import Source
from claimtrack.model.vocabulary import SourceKind, SourceType
from claimtrack.sources.kinship import Kinship, narrow, of_kind
from claimtrack.sources.nearby import Nearby
from claimtrack.sources.patterns import patterns
from claimtrack.sources.reading import NOTHING, Reading, Shape
from claimtrack.sources.registry import MEDIA, OF_BODY, Registry
from claimtrack.sources.scene import Scene, Wanted
from claimtrack.sources.setting import Setting
from claimtrack.text.fold import fold
from claimtrack.text.stem import stems

_ARTICLE_AND_NOUN = 2
_RIGHT_BEFORE = 200
"""Code points before a mention in which whoever speaks right before it stands."""


def _variants(word: str) -> frozenset[str]:
    """Return a word and what is left of it without its article and endings."""
    return frozenset((fold(word), *stems(fold(word))))


class Place(NamedTuple):
    """Where a mention is settled: the article, a position in it (code points), who relays it.

    `earlier` is the position of the mention that it stands for, where it is another one.
    """

    lang: str
    scope: str
    scene: Scene
    setting: Setting
    nearby: Nearby
    at: int = 0
    earlier: int | None = None
    relayer: Source | None = None
    outlet: str | None = None
    url: str | None = None


class Pointing:
    """Tells whom nouns that point back mean, where they stand."""

    def __init__(
        self,
        registry: Registry,
        kinship: Kinship,
        read: Callable[[str, str], Reading],
        person: Callable[[Reading, Place], Source],
    ) -> None:
        """Look things up in a registry.

        Args:
            registry: The registry.
            kinship: What its sources can be called.
            read: Reads a mention in a language.
            person: Returns the person of an article whom a reading means.
        """
        self._person = person
        self._registry = registry
        self._kinship = kinship
        self._read = read

    def meant(self, reading: Reading, place: Place) -> Source | None:
        """Return whom a noun that points back means: the first of what tells it, or None.

        A minister of no state is rather the one named before than one of the place, where any may
        speak; a ministry is that of the place.
        """
        wanted = Wanted(reading.tags, frozenset(reading.keys))
        same = Wanted(noun="" if reading.keys else reading.noun)
        before = partial(place.scene.before, place.at, wanted)
        there = partial(self._of_place, reading, place)
        kinds = (patterns()[tag] for tag in reading.tags if tag in patterns())
        travels = any(kind.office and kind.type is SourceType.GOVERNMENT for kind in kinds)
        ways: tuple[Callable[[], Source | None], ...] = (
            partial(self._of_owner, reading, place),
            partial(place.scene.before, place.at, same),  # "the union" after "the union of …"
            partial(self._of_relayer, reading, place),
            *((before, there) if travels else (there, before)),
            partial(self._by_a_word, reading, place),
            # a headline says "the ministry" before the article says which
            partial(place.scene.only, wanted._replace(tags=narrow(reading.tags))),
            partial(self._issuer, reading, place),
            partial(self.nearby, reading, place),
            partial(self._told_in_full, reading, place),
        )
        return next((found for way in ways if (found := way())), None)

    def _by_a_word(self, reading: Reading, place: Place) -> Source | None:
        """Return "the army" as the body named last before that has the word in its name, or None.

        "The Tarqa People's Army" is no state's, and no tag says that it is an army.
        """
        said = reading.name.split()
        if not said or len(said) > _ARTICLE_AND_NOUN or reading.owned:
            return None
        noun = _variants(said[-1])

        def named(source: Source) -> bool:
            names = (name.text for name in source.names if name.lang == place.lang)
            return any(noun & _variants(word) for name in names for word in name.split())

        return place.scene.body_before(place.at, named)

    def body_of(self, reading: Reading, person: Source) -> Source | None:
        """Return the body of a named person that a noun means: "the observatory", "his ministry".

        None where the noun can mean the person, or no body of theirs goes by it.
        """
        posts = (patterns()[tag].office for tag in reading.tags if tag in patterns())
        personal = reading.office or of_kind(SourceKind.PERSON) in reading.tags or any(posts)
        if person.kind is not SourceKind.PERSON or personal:
            return None
        wanted = Wanted(reading.tags, frozenset(reading.keys))
        bodies = (self._registry.get(relation.parent) for relation in person.relations)
        return next((body for body in bodies if body and self._goes_by(body, wanted)), None)

    def _goes_by(self, source: Source, wanted: Wanted) -> bool:
        return source.key in wanted.keys or bool(self._kinship.tags(source) & wanted.tags)

    def _of_owner(self, reading: Reading, place: Place) -> Source | None:
        """Return "its ministry" as that of whom the article names before, or None.

        That is the state that the clause or the sentence before speaks of, or a person of such a
        ministry.
        """
        if not reading.owned or not place.nearby.text:
            return None
        state = place.nearby.state_before(place.at, self._state_behind)
        if found := self._of_state(state, reading.tags, place):
            return found
        persons = frozenset({of_kind(SourceKind.PERSON)})

        def fits(key: str) -> bool:
            source = self._registry.get(key)
            return source is not None and self.body_of(reading, source) is not None

        known = place.nearby.named_before(place.at, persons, fits)
        person = self._registry.get(known.key) if known else None
        return self.body_of(reading, person) if person else None

    def _state_behind(self, key: str) -> str:
        """Return the state that a source is or is of; none for media, which only pass things on."""
        row = self._registry.rows.get(key)
        return "" if row and row.kind in MEDIA else self._registry.state_of(key)

    def _of_relayer(self, reading: Reading, place: Place) -> Source | None:
        """Return "the ministry" of the state whose media relay what it says, or None."""
        media = place.relayer
        if media is None or not media.country:
            return None
        official = media.type is SourceType.STATE_MEDIA or media.kind is SourceKind.COLLECTIVE
        state = self._registry.states.get(media.country, "") if official else ""
        return self._of_state(state, reading.tags, place)

    def _of_place(self, reading: Reading, place: Place) -> Source | None:
        """Return "the ministry" of the state that the sentence begins with, or None."""
        if not place.nearby.text or not any(tag in patterns() for tag in reading.tags):
            return None
        state = place.nearby.place_of(place.at)
        return self._of_state(state, reading.tags, place)

    def _issuer(self, reading: Reading, place: Place) -> Source | None:
        """Return who issued "the statement", where somebody said something in one, or None."""
        issued = reading.noun and not (reading.tags or reading.keys)
        return place.scene.issuer(place.at) if issued else None

    def nearby(self, reading: Reading, place: Place) -> Source | None:
        """Return who is meant by what the article names before a noun that points back, or None."""
        if not place.nearby.text or not reading.tags or reading.keys:
            return None
        known = place.nearby.named_before(place.at, reading.tags, self.fits(reading))
        if known and known.shape is Shape.PERSON:
            return self._person(known, place)
        return self._registry.get(known.key) if known else None

    def _told_in_full(self, reading: Reading, place: Place) -> Source | None:
        """Return the body of a state that a headline names without its seat, or None.

        "The embassy of Qamaria", of which the article then says where it stands.
        """
        kinds = frozenset(tag.partition(OF_BODY)[2] for tag in reading.tags)
        hosted = any(patterns()[kind].hosted for kind in kinds.intersection(patterns()))
        if not (hosted and reading.creates and place.nearby.text):
            return None
        known = place.nearby.named_after(place.at, kinds, self.fits(reading))
        return self._registry.get(known.key) if known else None

    def fits(self, reading: Reading) -> Callable[[str], bool]:
        """Return what tells whether the source of a key goes by a noun."""

        def fits(key: str) -> bool:
            source = self._registry.get(key)
            return source is not None and bool(self._kinship.tags(source) & reading.tags)

        return fits

    def of_setting(self, reading: Reading, place: Place) -> Source | None:
        """Return what the article as a whole makes of a noun that points back, or None.

        A shared name is that of the article's own outlet, of the one that the article names in
        full, or of the outlet of the state that the article is about; a body of no state is that
        of this state, unless the article opens with another one. Where it is about none, that of
        its dateline or headline is meant, else the outlet's own; whom somebody cites who is of a
        state is of that one.
        """
        citing = self._of_citing(place)
        about = (
            [citing] if citing else [place.setting.state, place.setting.place, self._home(place)]
        )
        states = [state for state in about if state]
        if reading.keys:
            own = self.outlet(place)
            if own and own.key in reading.keys:
                return own
            known = [state for state in states if state in reading.keys]
            if known:  # "the kingdom", a capital that two states have
                return self._registry.get(known[0])
            named = self.named(reading.keys, place) or self._one_of(states, reading.keys, place)
            if named:
                return named
        if not any(tag in patterns() for tag in reading.tags):
            return None
        cited = self._cited_state(place)
        found = (self._of_state(state, reading.tags, place) for state in [*states, cited])
        return next(filter(None, found), None)

    def _of_citing(self, place: Place) -> str:
        """Return the key of the state that whoever relays a mention is of, or nothing."""
        citing = place.relayer
        official = citing is not None and citing.kind not in MEDIA
        return self._registry.states.get(citing.country or "", "") if citing and official else ""

    def _cited_state(self, place: Place) -> str:
        """Return the key of the state whose government or army speaks right before, or nothing."""
        last = place.scene.last(place.at, within=_RIGHT_BEFORE)
        speaks = last is not None and last.type in (SourceType.GOVERNMENT, SourceType.MILITARY)
        state = self._registry.states.get(last.country or "", "") if last and speaks else ""
        return "" if state == place.setting.disputed else state

    def _home(self, place: Place) -> str:
        """Return the key of the outlet's state where the article may leave it out, or nothing."""
        outlet = self.outlet(place)
        state = self._registry.states.get(outlet.country or "", "") if outlet else ""
        return state if state and place.setting.is_home(state) else ""

    def _one_of(self, states: Sequence[str], keys: Sequence[str], place: Place) -> Source | None:
        """Return the one of some sources that is of the first of some states, or None.

        A paper's state may also be the only one of theirs that the article names at all.
        """
        known = self._registry
        rows = [row for key in keys if (row := known.rows.get(key))]
        of_state = {known.states.get(row.country or "", ""): row for row in rows}
        alone = len(of_state) == len(rows)  # two of one state are told apart by nothing here
        named = [state for state in of_state if state and place.setting.mentions(state)]
        told = [state for state in states if state in of_state]
        if len(named) == 1 and of_state[named[0]].kind in MEDIA:
            told = named
        return known.get(of_state[told[0]].key) if told and alone else None

    def _of_state(self, state: str, tags: Iterable[str], place: Place) -> Source | None:
        """Return a state's one body of some kinds, or its holder; none that stands in another."""
        kinds = [tag for tag in tags if tag in patterns()]
        if not state or len(kinds) != 1 or patterns()[kinds[0]].hosted:
            return None
        key = f"{state}{OF_BODY}{kinds[0]}"
        return self.holder(key, place) or self._registry.get(key)

    def holder(self, post: str, place: Place) -> Source | None:
        """Return the one holder of an office whom the article names somewhere, or None."""
        held = self._registry.held(post)
        keys = dict.fromkeys(row.key for row, each in held if each.held(place.setting.day))
        return self.named(keys, place)

    def named(self, keys: Iterable[str], place: Place) -> Source | None:
        """Return the one of some sources that the article names in full, or None."""
        known = (source for key in keys if (source := self._registry.get(key)))
        found = [source for source in known if place.setting.names(source)]
        return found[0] if len(found) == 1 else None

    def outlet(self, place: Place) -> Source | None:
        """Return the article's outlet where the registry has it, by its name or its address."""
        known = self._read(place.outlet, place.lang) if place.outlet else NOTHING
        if known.shape is Shape.KNOWN:
            return self._registry.get(known.key)
        return self._registry.at(place.url) if place.url else None
