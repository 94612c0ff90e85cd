"""Trace a claim: who published it, whom they had it from, and where that ends."""

from __future__ import annotations

from collections.abc import Sequence

from claimtrack.analysis import outline
from claimtrack.analysis.chain import Chains, follow
from claimtrack.store import Connection, read
from claimtrack.store.attributions import attribution_views, relay_views
from claimtrack.store.views import AttributionView, ClaimView, RelayView
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
    members = [one.id for one in claim.attributions]
    relays = _relays_around(connection, members, claim.relays)
    others = [end for relay in relays for end in (relay.child_id, relay.parent_id)]
    known = set(members)
    beyond = attribution_views(connection, [each for each in others if each not in known])
    reports = (*claim.attributions, *beyond)
    lang, text = claim.texts[0]
    return Trace(
        **dict(follow(reports, relays)),
        claim_id=claim.id,
        text=text,
        lang=lang,
        attributions=claim.attributions,
    )


def _relays_around(
    connection: Connection, members: Sequence[str], known: Sequence[RelayView]
) -> tuple[RelayView, ...]:
    """Return the relays on the ways that lead from some reports inwards and outwards.

    Args:
        connection: A connection.
        members: The reports.
        known: The relays that these have a part in.
    """
    found: dict[tuple[str, str], RelayView] = {}
    for near, far in (("child_id", "parent_id"), ("parent_id", "child_id")):
        seen = set(members)
        some = known
        while True:
            relays = [relay for relay in some if getattr(relay, near) in seen]
            found |= {(relay.child_id, relay.parent_id): relay for relay in relays}
            edge = sorted({getattr(relay, far) for relay in relays} - seen)
            if not edge:
                break
            seen.update(edge)
            some = relay_views(connection, edge)
    return tuple(found.values())
