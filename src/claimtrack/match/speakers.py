"""Whether one source speaks in two reports: the same one, or one report's outlet in the other.

Then less likeness is enough for their being one claim. A denial and what lays the deed on who
denies it belong together in the same way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from claimtrack.match.namesakes import one_speaker
from claimtrack.match.publishers import Publishers
from claimtrack.model.vocabulary import Assertion
from claimtrack.store import Connection, linking
from claimtrack.store.belonging import Belonging
from claimtrack.store.linking import OWN_VOICE, Item


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
        self._group = Belonging(connection).group
        self._publishers = publishers
        self._unnamed = linking.unnamed(connection)
        self._countries = linking.countries(connection)
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
        return _denies(left) == _denies(right) and any(self._from(*each) for each in sides)

    def _from(self, one: Saying, other: Saying) -> bool:
        """Tell whether a report is of the other's source, or has it from the other's outlet."""
        ours = self._sources(one)
        if ours & self._publishers.published.get(other.document, frozenset()):
            return True
        theirs = self._sources(other)
        if not set(map(self._group, ours)).isdisjoint(map(self._group, theirs)):
            return True
        if not one.item or not other.item or self._nobody(one.item) or self._nobody(other.item):
            return False
        return one_speaker(_wording(one.item), _wording(other.item), self._publishers.means)

    def _nobody(self, item: Item) -> bool:
        return item.source_id in self._unnamed or item.pattern == OWN_VOICE

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
