"""Claims that a reader should be warned of, for a first page: looked for among a bounded number."""

from __future__ import annotations

from collections.abc import Iterator

from claimtrack.analysis.claim_file import Warned, circles, contested, rests_on_one
from claimtrack.analysis.disputes import dispute
from claimtrack.analysis.loops import loops
from claimtrack.analysis.origins import Origins, origins
from claimtrack.analysis.web import Web, load_many
from claimtrack.model.value import Value
from claimtrack.store import Connection, decisions, read, relations
from claimtrack.store.claims import claim_refs
from claimtrack.store.views import ClaimRef

LOOKED_AT = 100
"""Claims of each kind that are looked at: the most reported, and the likeliest to be disputed."""

_ORDER = ("contested", "high", "circle_outlet", "circle_document", "circle_attribution")
"""Warnings that alone bring a claim to the first page, the gravest first."""


class Alert(Value):
    """A claim with what to be warned of.

    Attributes:
        claim: The claim.
        warnings: The gravest first.
        triple: Origins, untraced, articles.
        seen: How many of its reports a person looked at.
        at: When the latest of them was recorded, in UTC.
    """

    claim: ClaimRef
    warnings: tuple[Warned, ...]
    triple: tuple[int, int, int]
    seen: int
    at: str


def alerts(connection: Connection, limit: int, looked_at: int = LOOKED_AT) -> tuple[Alert, ...]:
    """Return claims with one origin and many articles, circles, or a dispute.

    Args:
        connection: A connection.
        limit: How many at most; those with the most articles first.
        looked_at: How many claims of each kind are looked at.
    """
    most = [ref.id for ref in read.most_reported_claims(connection, looked_at)]
    disputed = relations.opposed(connection, looked_at)
    found: list[tuple[str, tuple[Warned, ...], Origins]] = []
    webs = load_many(connection, (*most, *disputed))
    for claim, web in webs.items():
        rests, warned = _warned(connection, claim, web)
        if any(one.key in _ORDER for one in warned):
            found.append((claim, warned, rests))
    found.sort(key=lambda each: (-each[2].reports, _gravity(each[1]), each[0]))
    refs = claim_refs(connection, [(claim,) for claim, *_ in found[:limit]])
    return tuple(
        Alert(
            claim=ref,
            warnings=warned,
            triple=rests.triple,
            seen=len(decisions.people(connection, webs[ref.id].members)),
            at=max(one.recorded_at for one in webs[ref.id].own),
        )
        for ref, (_, warned, rests) in zip(refs, found, strict=False)
    )


def _warned(connection: Connection, claim: str, web: Web) -> tuple[Origins, tuple[Warned, ...]]:
    rests = origins(web)

    def found() -> Iterator[Warned]:
        yield from contested(dispute(connection, web, claim))
        yield from rests_on_one(rests)
        yield from circles(loops(web))

    return rests, tuple(found())


def _gravity(warned: tuple[Warned, ...]) -> int:
    return min(_ORDER.index(one.key) for one in warned if one.key in _ORDER)
