"""Who denies being the one: a source denies a deed that another says it did, or words put to it.

The grammar is simple. A deed is denied for oneself where no other body is named between the denial
and the deed; it is laid on the first body named, in the passive on the first named after it. Words
are denied where the denial begins with saying them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from claimtrack.match.answers import Alike, Group, Told
from claimtrack.match.lexicon import known
from claimtrack.match.reading import Reading
from claimtrack.model.ids import content_id
from claimtrack.model.vocabulary import Assertion, ClaimRelationKind
from claimtrack.store.linking import Between

_MOST = 200
"""Reports about, or of, one body, beyond which its name tells nothing of one matter."""
_ALIKE = 0.34
_SHARED = 0.5
"""Share of what words are about that a denial of them must be about, too."""


def disowned(
    told: Sequence[Told], group: Group, alike: Alike
) -> Iterator[tuple[ClaimRelationKind, Between]]:
    """Yield denials of authorship: the denying claim on the left, what it disowns on the right.

    Both may be reports of one claim, which one of them denies.

    Args:
        told: All reports.
        group: Returns what a source belongs to, by its id.
        alike: How alike two articles are, by their versions' ids.
    """
    laid: defaultdict[str, list[Told]] = defaultdict(list)
    put: defaultdict[str, list[Told]] = defaultdict(list)
    for one in told:
        if one.item.assertion != Assertion.DENY:
            by, ours = _doer(one.reading, group), group(one.item.source_id or "")
            if by != ours:  # who speaks of a deed is named in his own report too
                laid[by].append(one)
            put[ours].append(one)
    for one in told:
        if one.item.assertion != Assertion.DENY or not one.item.source_id:
            continue
        ours = group(one.item.source_id)
        deeds = _own_deeds(one, ours, group)
        found = [
            *((each, "done") for each in _few(laid[ours]) if deeds & _deeds(each.reading)),
            *((each, "said") for each in _few(put[ours]) if _denies_saying(one, each)),
        ]
        for other, what in found:
            if not (one.new or other.new):
                continue
            likeness = alike(one.item.version_id, other.item.version_id)
            if likeness >= _ALIKE:
                why = f"“{one.item.said_by}” denies having {what} it; articles alike {likeness:.2f}"
                between = Between(one.item.claim_id, other.item.claim_id, round(likeness, 3), why)
                yield ClaimRelationKind.DENIES_AUTHORSHIP, between


def _few(some: Sequence[Told]) -> Sequence[Told]:
    return some if len(some) <= _MOST else ()


def _deeds(reading: Reading) -> frozenset[str]:
    return reading.concepts & known().blaming


def _doer(reading: Reading, group: Group) -> str:
    """Return the group of the body that a deed is laid on; empty where there is no deed or body."""
    deeds = _deeds(reading)
    if not deeds:
        return ""
    first = min(reading.order[deed] for deed in deeds)
    named = [one for one in reading.named if not reading.passive or one.place > first]
    return group(content_id("source", named[0].key)) if named else ""


def _own_deeds(one: Told, ours: str, group: Group) -> frozenset[str]:
    """Return the deeds that a denial denies for its own source."""
    start = len(one.item.said_by.split())
    others = [
        name.place
        for name in one.reading.named
        if name.place >= start and group(content_id("source", name.key)) != ours
    ]
    places = {deed: one.reading.order[deed] for deed in _deeds(one.reading)}
    end = min(others, default=max(places.values(), default=0) + 1)
    return frozenset(deed for deed, place in places.items() if start <= place < end)


def _denies_saying(one: Told, other: Told) -> bool:
    """Tell whether a denial begins with saying, and goes on about what the other says."""
    start = len(one.item.said_by.split())
    facts = known()
    places = {
        concept: place
        for concept, place in one.reading.order.items()
        if place >= start and concept not in facts.turning
    }
    if not places or min(places, key=lambda each: places[each]) not in facts.saying:
        return False
    about = other.reading.concepts - facts.slight
    return bool(about) and len(about & one.reading.concepts) >= _SHARED * len(about)
