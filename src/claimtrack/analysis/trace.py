"""Trace a claim: who published it, whom they had it from, and where that ends."""

from __future__ import annotations

from collections.abc import Sequence

from claimtrack.analysis import outline
from claimtrack.analysis.chain import Chains, Pair, follow
from claimtrack.analysis.web import Web
from claimtrack.store import Connection, read
from claimtrack.store.attributions import attribution_views, relay_views
from claimtrack.store.reports import passed_on
from claimtrack.store.views import AttributionView, ClaimView
from claimtrack.text.shown import piece


class Trace(Chains):
    """The chains of one claim.

    Attributes:
        claim_id: The claim's (cluster's) id.
        text: The wording it is called by.
        lang: The language of that wording.
        attributions: Every report of it, in the order they were recorded.
    """

    claim_id: str
    text: str
    lang: str
    attributions: tuple[AttributionView, ...]

    def as_tree(self, words: outline.Words = piece) -> str:
        """Return it as text for a terminal, outlets at the left edge, origins at the tips.

        Args:
            words: How words of articles become pieces of lines: safe for a terminal, if not said.
        """
        return f"{words(self.text)}\n{self._about()}\n\n{outline.tree(self, words)}"

    def as_markdown(self) -> str:
        """Return it as Markdown, a numbered list for each chain."""
        title = f"# {outline.escaped(self.text)}"
        return f"{title}\n\n{self._about()}\n\n{outline.markdown(self)}\n"

    def _about(self) -> str:
        reports = len(self.attributions)
        counted = "1 report" if reports == 1 else f"{reports} reports"
        return f"{self.claim_id} · {counted} · {outline.summary(self)}"


def trace(connection: Connection, claim_id: str) -> Trace:
    """Return the chains of a claim; joined claims answer to each of their ids.

    The chains take in reports of other claims that a report of this one was taken from, or that
    hand it on together with something else.

    Raises:
        UnknownIdError: No live claim has the id.
    """
    return traced(connection, read.claim(connection, claim_id))


def traced(connection: Connection, claim: ClaimView) -> Trace:
    """Return the chains of a claim that has been read already; as `trace` otherwise."""
    pairs = [(relay.child_id, relay.parent_id) for relay in claim.relays]
    return _trace(connection, claim.id, claim.texts[0], claim.attributions, pairs)


def of_reports(connection: Connection, web: Web, cluster_id: str) -> Trace:
    """Return the chains of a claim from its web; its reports come without their sentences."""
    head = web.headline
    views = attribution_views(connection, (one.id for one in web.own), sentences=False)
    edges = (*web.edges, *passed_on(connection, web.members))
    pairs = [(edge.child, edge.parent) for edge in edges]
    return _trace(connection, cluster_id, (head.lang, head.text), views, pairs)


def _trace(
    connection: Connection,
    cluster_id: str,
    called: tuple[str, str],
    own: tuple[AttributionView, ...],
    known: Sequence[Pair],
) -> Trace:
    """Return the chains of a claim's own reports, given the relays that these have a part in."""
    members = [one.id for one in own]
    relays = _relays_around(connection, members, known)
    ids, others = set(members), dict.fromkeys(end for pair in relays for end in pair)
    beyond = attribution_views(connection, [one for one in others if one not in ids])
    lang, text = called
    return Trace(
        **dict(follow((*own, *beyond), relays)),
        claim_id=cluster_id,
        text=text,
        lang=lang,
        attributions=own,
    )


def _relays_around(
    connection: Connection, members: Sequence[str], known: Sequence[Pair]
) -> tuple[Pair, ...]:
    """Return the relays on the ways that lead from some reports inwards and outwards.

    Args:
        connection: A connection.
        members: The reports.
        known: The relays that these have a part in, child and parent.
    """
    found: dict[Pair, None] = {}
    for near, far in ((0, 1), (1, 0)):
        seen = set(members)
        some = known
        while True:
            relays = [pair for pair in some if pair[near] in seen]
            found |= dict.fromkeys(relays)
            edge = sorted({pair[far] for pair in relays} - seen)
            if not edge:
                break
            seen.update(edge)
            some = [(one.child_id, one.parent_id) for one in relay_views(connection, edge)]
    return tuple(found)
