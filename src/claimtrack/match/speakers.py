"""Whether one source speaks in two reports: the same one, or one report's outlet in the other.

Then less likeness is enough for their being one claim. A denial and what lays the deed on who
denies it belong together in the same way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from claimtrack.match.namesakes import names_somebody, one_speaker
from claimtrack.match.publishers import Publishers
from claimtrack.model.vocabulary import Assertion
from claimtrack.store import Connection, linking
from claimtrack.store.attributions import spoken
from claimtrack.store.belonging import Belonging
from claimtrack.store.linking import OWN_VOICE, Item
from claimtrack.text.remembered import Remembered


class Saying(NamedTuple):
    """A report, or a sentence of narration, as far as it says who speaks.

    Attributes:
        item: The report; None for narration.
        document: The document that it is in.
        countries: Returns the countries that are named in it.
    """

    item: Item | None
    document: str
    countries: Callable[[], Iterable[str]]


class Speakers:
    """Who speaks in the reports of a database."""

    def __init__(self, connection: Connection, publishers: Publishers) -> None:
        """Read who belongs to whom, and who is of which country."""
        self._connection = connection
        self._words = Remembered(self._read_words)
        self._drawn = Remembered(self._read_drawn)
        self._group = Belonging(connection).group
        self._publishers = publishers
        self._unnamed = linking.unnamed(connection)
        self._countries = linking.countries(connection)
        self._states = linking.states(connection)
        self._bodies = linking.state_bodies(connection)
        self._relayers = linking.relayers(connection)

    def one(self, left: Saying, right: Saying) -> bool:
        """Tell whether one source speaks in both, or one answers for what is laid on it.

        What a source says is not what it denies.
        """
        if left.document == right.document:
            return False
        sides = ((left, right), (right, left))
        if any(self._denied(*each) for each in sides):
            return True
        if _denies(left) != _denies(right):
            return False
        return any(self._from(*each) or self._heard(*each) for each in sides)

    def _from(self, one: Saying, other: Saying) -> bool:
        """Tell whether a report is of the other's source, or has it from the other's outlet."""
        ours = self._sources(one)
        if ours & self._publishers.published.get(other.document, frozenset()):
            return True
        theirs = self._sources(other)
        if not set(map(self._group, ours)).isdisjoint(map(self._group, theirs)):
            return True
        if other.item and any(self._stands_for(each, other.item.source_id) for each in ours):
            return True
        if not one.item or not other.item or self._nobody(one.item) or self._nobody(other.item):
            return False
        return one_speaker(_wording(one.item), _wording(other.item), self._publishers.means)

    def _stands_for(self, state: str, body: str | None) -> bool:
        """Tell whether a state speaks where the other report names a body of it."""
        country = self._states.get(state)
        return bool(country) and self._bodies.get(body or "") == country

    def _nobody(self, item: Item) -> bool:
        if item.pattern == OWN_VOICE:
            return True
        named = names_somebody(*_wording(item), self._publishers.means)
        return item.source_id in self._unnamed and not named

    def _heard(self, one: Saying, other: Saying) -> bool:
        """Tell whether nobody by name speaks in both, as one article draws on the other's.

        "Sailors told the paper": those who speak in the paper's own article.
        """
        item = one.item
        if not item or not other.item or not (self._nameless(item) and self._nameless(other.item)):
            return False
        theirs = self._publishers.published.get(other.document, frozenset())
        others = theirs - self._publishers.published.get(one.document, frozenset())
        if not others:
            return False
        if not others.isdisjoint(self._drawn[one.document]):
            return True
        words = self._words[item.attribution_id]
        return self._publishers.named_in(words, item.lang, others) is not None

    def _nameless(self, item: Item) -> bool:
        unknown = item.source_id is None or item.source_id in self._unnamed
        return bool(item.said_by) and unknown and item.pattern != OWN_VOICE

    def _read_drawn(self, document: str) -> set[str]:
        """Return the outlets that a document has something from."""
        return linking.cited(self._connection, (document,)).get(document, set())

    def _read_words(self, attribution: str) -> str:
        """Return the text of a report, from its first word to its last."""
        return spoken(self._connection, (attribution,))[attribution].text

    def _sources(self, one: Saying) -> set[str]:
        """Return who speaks, and through whom, as far as somebody is named."""
        if not one.item:
            return set()
        through = self._relayers.get(one.item.attribution_id, set())
        return {each for each in (one.item.source_id, *through) if each} - self._unnamed

    def _denied(self, one: Saying, other: Saying) -> bool:
        """Tell whether one denies, and the other names its country in what it says of it."""
        if not one.item or not _denies(one) or not other.item:
            return False
        ours = self._countries.get(one.item.source_id or "")
        blamed = not _denies(other) and self._sources(other)
        return bool(ours and blamed and ours in other.countries())


def _denies(one: Saying) -> bool:
    return one.item is not None and one.item.assertion == Assertion.DENY


def _wording(item: Item) -> tuple[str, str]:
    return item.said_by, item.lang
