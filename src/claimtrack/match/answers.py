"""Who answers whom across articles: the accused, in what they say of what they are accused of.

A report names a body and says that it did something; another report is that body's, of the same
event and the same deed. What it denies negates the first; what it says otherwise responds to it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from claimtrack.match.conflicts import doer
from claimtrack.match.lexicon import known
from claimtrack.match.reading import Reading
from claimtrack.model.ids import content_id
from claimtrack.model.vocabulary import Assertion, ClaimRelationKind
from claimtrack.store.linking import Between, Item

_MOST = 200
"""Reports that name a body, beyond which its name tells nothing of one matter."""
_ALIKE = 0.34

Alike = Callable[[str, str], float]
Group = Callable[[str], str]


class Told(NamedTuple):
    """A report and what was read in it.

    Attributes:
        new: It was not there when reports were last compared: of pairs without such a one all is
            known.
    """

    item: Item
    reading: Reading
    new: bool = True


def answers(
    told: Sequence[Told], group: Group, alike: Alike
) -> Iterator[tuple[ClaimRelationKind, Between]]:
    """Yield which claims answer which: the answering one on the left.

    Args:
        told: All reports.
        group: Returns what a source belongs to, by its id.
        alike: How alike two articles are, by their versions' ids.
    """
    blaming = known().blaming
    naming: defaultdict[str, list[Told]] = defaultdict(list)
    for one in told:
        deeds = one.reading.concepts & blaming
        if one.item.assertion != Assertion.DENY and deeds and one.reading.named:
            source = content_id("source", doer(one.reading, one.reading.who, deeds))
            naming[group(source)].append(one)
    for one in told:
        ours = one.item.source_id or ""
        deeds = one.reading.concepts & blaming
        accusers = naming.get(group(ours), ())
        if not deeds or not 0 < len(accusers) <= _MOST:
            continue
        for other in accusers:
            if not (one.new or other.new):
                continue
            if _answers(one, other, group) and deeds & other.reading.concepts:
                likeness = alike(one.item.version_id, other.item.version_id)
                if likeness >= _ALIKE:
                    yield _relation(one, other, likeness)


def _answers(one: Told, other: Told, group: Group) -> bool:
    """Tell whether two reports are of different sources and claims."""
    ours, theirs = one.item.source_id or "", other.item.source_id or ""
    own = group(ours) == group(theirs)
    return not own and one.item.cluster_id != other.item.cluster_id


def _relation(one: Told, other: Told, likeness: float) -> tuple[ClaimRelationKind, Between]:
    denied = one.item.assertion == Assertion.DENY
    kind = ClaimRelationKind.NEGATES if denied else ClaimRelationKind.RESPONDS_TO
    did = "denies" if denied else "speaks of"
    why = f"“{one.item.said_by}” {did} what it is named for; articles alike {likeness:.2f}"
    return kind, Between(one.item.claim_id, other.item.claim_id, round(likeness, 3), why)
