"""Linking: every report starts as a claim of its own; rules with evidence join them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from datetime import datetime
from typing import NamedTuple

from claimtrack.errors import BlockedJudgementError
from claimtrack.lang.pack import SHIPPED, Packs
from claimtrack.match import rules
from claimtrack.model.run import Run
from claimtrack.model.vocabulary import RelayKind, Verdict
from claimtrack.store import Store, clusters, linking, log, read
from claimtrack.store.content import claim_id, relay_id


class Links(NamedTuple):
    """What linking came to.

    Attributes:
        made: Judgements that are new.
        blocked: Pairs a rule would join, were it not for somebody's live negative judgement.
    """

    made: int
    blocked: int


class _Link(NamedTuple):
    """Two claims that a rule takes for one, and the relay that this rests on, if any."""

    pair: tuple[str, str]
    evidence: str
    run: Run
    relay: str | None = None


class Handed(NamedTuple):
    """A report that says just what the one it takes over says: a relay, and the evidence."""

    child_id: str
    parent_id: str
    kind: RelayKind
    evidence: str


def handed_on(handings: Iterable[linking.Handing], packs: Packs) -> list[Handed]:
    """Return those of a text's relays by which two reports are one claim."""
    judged = ((one, rules.handed_on(one.relayer, one.relayed, packs)) for one in handings)
    return [Handed(*one[:3], evidence) for one, evidence in judged if evidence]


def link(  # noqa: PLR0913 (what, when, for whom, by which means)
    store: Store,
    version_id: str,
    *,
    at: datetime,
    user: str,
    packs: Packs = SHIPPED,
    handed: Sequence[Handed] | None = None,
    only: Set[str] | None = None,
) -> Links:
    """Join the claims of a version to each other and to all others, as far as rules allow.

    A pair that a rule has joined before is left as it is, even if that was undone since: so
    linking again changes nothing. In which order versions are linked makes no difference to
    which claims are together.

    Args:
        store: Where the version is.
        version_id: A document version that was added.
        at: When, with a zone.
        user: On whose behalf.
        packs: The language packs that hold.
        handed: What `handed_on` makes of the version's live relays, where that is known.
        only: Claims of which one at least a pair must be; None for all.
    """
    made = blocked = 0
    by = log.By(user, at)
    with store.together():
        if handed is None:
            handed = handed_on(linking.handings(store.connection, version_id), packs)
        for found in list(_links(store, version_id, handed, packs)):
            if only is not None and not only & set(found.pair):
                continue
            if linking.is_judged_by(store.connection, found.pair, found.run.tool):
                continue
            wanted = clusters.Judgement(
                *found.pair, Verdict.POSITIVE, found.evidence, None, found.run, found.relay
            )
            try:
                clusters.judge(store.connection, wanted, by)  # refused before anything is written
            except BlockedJudgementError:
                blocked += 1
            else:
                made += 1
    return Links(made, blocked)


def link_version(store: Store, version_id: str, *, at: datetime, user: str) -> int:
    """Link a version (see `link`) and return how many judgements that made."""
    return link(store, version_id, at=at, user=user).made


def _links(
    store: Store, version_id: str, handed: Iterable[Handed], packs: Packs
) -> Iterator[_Link]:
    for one in handed:
        pair = claim_id(one.child_id), claim_id(one.parent_id)
        resting_on = relay_id(one.child_id, one.parent_id, one.kind)
        yield _Link(pair, one.evidence, rules.relay_run(packs), resting_on)
    for same in read.same_wording(store.connection, version_id):
        pair = claim_id(same.attribution_id), claim_id(same.earlier_id)
        yield _Link(pair, rules.same_words(same.words), rules.SAME_WORDS)
