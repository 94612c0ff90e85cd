"""Who answers whom across articles: the accused, in what they say of what they are accused of.

A report names a body and says that it did something; another report is that body's, of the same
event and the same deed. What it denies negates the first; what it says otherwise responds to it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from claimtrack.match.conflicts import doer
from claimtrack.match.lexicon import known
from claimtrack.match.reading import Reading
from claimtrack.model.ids import content_id
from claimtrack.model.vocabulary import Assertion, ClaimRelationKind
from claimtrack.store.linking import Between, Item

_ALIKE = 0.34

Alike = Callable[[int, int], float]
"""How alike two articles are, by the numbers of their versions."""
Group = Callable[[str], str]
"""What a source belongs to, by its id."""
Related = tuple[ClaimRelationKind, Between]


class Told(NamedTuple):
    """A report and what was read in it.

    Attributes:
        new: It was not there when reports were last compared: of pairs without such a one all is
            known.
        version: The number of the version that it is in.
    """

    item: Item
    reading: Reading
    version: int
    new: bool = True


class Answers:
    """Which claims answer which: the answering one on the left."""

    most = 200
    """Reports that name a body, beyond which its name tells nothing of one matter."""

    def __init__(self, group: Group, alike: Alike) -> None:
        """Take who belongs to whom, and how alike articles are."""
        self._group, self._alike = group, alike

    def view(self, one: Told) -> Told:
        """Return what is asked of a report: itself."""
        return one

    def under(self, one: Told) -> Iterator[str]:
        """Yield the body that a report names for a deed."""
        deeds = one.reading.concepts & known().blaming
        if one.item.assertion != Assertion.DENY and deeds and one.reading.named:
            yield self._group(content_id("source", doer(one.reading, one.reading.who, deeds)))

    def asks(self, one: Told) -> Iterator[str]:
        """Yield the body whose report of a deed it is."""
        if one.reading.concepts & known().blaming:
            yield self._group(one.item.source_id or "")

    def between(self, one: Told, other: Told) -> Related | None:
        """Return how a report answers one that names its source."""
        deeds = one.reading.concepts & known().blaming
        if self._apart(one, other) and deeds & other.reading.concepts:
            likeness = self._alike(one.version, other.version)
            if likeness >= _ALIKE:
                return _relation(one, other, likeness)
        return None

    def _apart(self, one: Told, other: Told) -> bool:
        """Tell whether two reports are of different sources and claims."""
        ours, theirs = one.item.source_id or "", other.item.source_id or ""
        own = self._group(ours) == self._group(theirs)
        return not own and one.item.cluster_id != other.item.cluster_id


def _relation(one: Told, other: Told, likeness: float) -> Related:
    denied = one.item.assertion == Assertion.DENY
    kind = ClaimRelationKind.NEGATES if denied else ClaimRelationKind.RESPONDS_TO
    did = "denies" if denied else "speaks of"
    why = f"“{one.item.said_by}” {did} what it is named for; articles alike {likeness:.2f}"
    return kind, Between(one.item.claim_id, other.item.claim_id, round(likeness, 3), why)
