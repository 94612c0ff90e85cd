"""Whether one source speaks in two reports: the same one, or one report's outlet in the other.

Then less likeness is enough for their being one claim. A denial and what lays the deed on who
denies it belong together in the same way.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import NamedTuple

from claimtrack.match.entries import Report
from claimtrack.match.namesakes import names_somebody, one_speaker
from claimtrack.match.publishers import Publishers
from claimtrack.model.vocabulary import Assertion
from claimtrack.store import Connection, linking
from claimtrack.store.attributions import spoken
from claimtrack.store.belonging import Belonging
from claimtrack.store.linking import OWN_VOICE, Said
from claimtrack.text.remembered import Remembered


class Saying(NamedTuple):
    """A report, or a sentence of narration, as far as it says who speaks.

    Attributes:
        said: Who says it in so many words; None for narration.
        denies: Whether it is a denial.
        document: The document that it is in.
        outlets: The outlets that published this.
        sources: Who speaks, and through whom, as far as somebody is named.
        groups: What these belong to.
        states: The countries of those of them that are states.
        countries: Returns the countries that are named in it.
    """

    said: Said | None
    denies: bool
    document: str
    outlets: frozenset[str]
    sources: frozenset[str]
    groups: frozenset[str]
    states: frozenset[str]
    countries: Callable[[], Collection[str]]


_Wording = tuple[str, str]
"""How a text names who says it, and the text's language."""
_NONE: frozenset[str] = frozenset()


class Speakers:
    """Who speaks in the reports of a database."""

    def __init__(self, connection: Connection, publishers: Publishers) -> None:
        """Read who belongs to whom, and who is of which country."""
        self._connection = connection
        self._words = Remembered(self._read_words)
        self._drawn = Remembered(self._read_drawn)
        self._worded_alike = Remembered(self._compare_wordings)
        self._group = Belonging(connection).group
        self._publishers = publishers
        self._unnamed = linking.unnamed(connection)
        self._countries = linking.countries(connection)
        self._states = linking.states(connection)
        self._bodies = linking.state_bodies(connection)
        self._relayers = linking.relayers(connection)

    def saying(self, report: Report, countries: Callable[[], Collection[str]]) -> Saying:
        """Return who speaks in a report: found once, it is compared with many.

        Args:
            report: The report, or sentence.
            countries: Returns the countries that are named in it.
        """
        sources = self._sources(report.said) if report.said else _NONE
        return Saying(
            report.said,
            report.assertion is Assertion.DENY,
            report.document,
            outlets=self._publishers.published.get(report.document, _NONE),
            sources=sources,
            groups=frozenset(map(self._group, sources)),
            states=frozenset(filter(None, map(self._states.get, sources))),
            countries=countries,
        )

    def _sources(self, said: Said) -> frozenset[str]:
        through = self._relayers.get(said.attribution_id, _NONE)
        return frozenset(each for each in (said.source_id, *through) if each) - self._unnamed

    def one(self, left: Saying, right: Saying) -> bool:
        """Tell whether one source speaks in both, or one answers for what is laid on it.

        What a source says is not what it denies.
        """
        if left.document == right.document:
            return False
        if left.denies != right.denies:
            return self._denied(left, right) or self._denied(right, left)
        return (
            not left.groups.isdisjoint(right.groups)
            or self._from(left, right)
            or self._from(right, left)
            or self._named_alike(left, right)
            or self._heard(left, right)
            or self._heard(right, left)
        )

    def _denied(self, one: Saying, other: Saying) -> bool:
        """Tell whether one denies, and the other names its country in what it says of it."""
        if not one.said or not one.denies or not other.said:
            return False
        ours = self._countries.get(one.said.source_id or "")
        return bool(ours and other.sources and ours in other.countries())

    def _from(self, one: Saying, other: Saying) -> bool:
        """Tell whether one has it from the other's outlet, or a state speaks and a body of it."""
        if not one.sources.isdisjoint(other.outlets):
            return True
        if not one.states or not other.said:
            return False
        return self._bodies.get(other.said.source_id or "", "") in one.states

    def _named_alike(self, left: Saying, right: Saying) -> bool:
        """Tell whether somebody speaks in both whom the texts name alike."""
        if not left.said or not right.said or self._nobody(left.said) or self._nobody(right.said):
            return False
        return self._worded_alike[_wording(left.said), _wording(right.said)]

    def _compare_wordings(self, both: tuple[_Wording, _Wording]) -> bool:
        (left, right), means = both, self._publishers.means
        return one_speaker(left, right, means) or one_speaker(right, left, means)

    def _nobody(self, said: Said) -> bool:
        if said.pattern == OWN_VOICE:
            return True
        unnamed = said.source_id in self._unnamed
        return unnamed and not names_somebody(*_wording(said), self._publishers.means)

    def _heard(self, one: Saying, other: Saying) -> bool:
        """Tell whether nobody by name speaks in both, as one article draws on the other's.

        "Sailors told the paper": those who speak in the paper's own article.
        """
        said = one.said
        if not said or not other.said or not (self._nameless(said) and self._nameless(other.said)):
            return False
        others = other.outlets - one.outlets
        if not others:
            return False
        if not others.isdisjoint(self._drawn[one.document]):
            return True
        words = self._words[said.attribution_id]
        return self._publishers.named_in(words, said.lang, others) is not None

    def _nameless(self, said: Said) -> bool:
        unknown = said.source_id is None or said.source_id in self._unnamed
        return bool(said.said_by) and unknown and said.pattern != OWN_VOICE

    def _read_drawn(self, document: str) -> set[str]:
        """Return the outlets that a document has something from."""
        return linking.cited(self._connection, (document,)).get(document, set())

    def _read_words(self, attribution: str) -> str:
        """Return the text of a report, from its first word to its last."""
        return spoken(self._connection, (attribution,))[attribution].text


def _wording(said: Said) -> _Wording:
    return said.said_by, said.lang
