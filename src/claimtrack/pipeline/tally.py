"""What adding articles came to: counts as they grow, and the report in the end."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from pydantic import Field

from claimtrack.match.link import Links
from claimtrack.model.value import Value
from claimtrack.store import Added


class SkippedItem(Value):
    """Something that was not added: where it stands, and why not."""

    place: str
    reason: str


class AddReport(Value):
    """What `add` did.

    Attributes:
        added: Articles new to the database.
        new_versions: Known documents with another text than before.
        unchanged: Articles that were there already.
        attributions: Attributions stored.
        links: Pairs of attributions that a rule with evidence joined into one claim.
        blocked: Pairs that one would have joined, had nobody judged that they differ.
        reprints: Articles found to be copies of others.
        captures: Answers of servers that were recorded.
        gone: Addresses whose servers say that the page is not there any more.
        skipped: What could not be read.
        without_pack: Articles stored without attributions, by language: no pack knows it.
        replaced: Characters that no text may hold (lone surrogates, NUL), stored as U+FFFD.
    """

    added: int = 0
    new_versions: int = 0
    unchanged: int = 0
    attributions: int = 0
    links: int = 0
    blocked: int = 0
    reprints: int = 0
    captures: int = 0
    gone: int = 0
    skipped: tuple[SkippedItem, ...] = ()
    without_pack: dict[str, int] = Field(default_factory=dict)
    replaced: int = 0


@dataclass(slots=True)
class Tally:
    """Counts as they grow."""

    outcomes: Counter[Added] = field(default_factory=Counter)
    attributions: int = 0
    links: int = 0
    blocked: int = 0
    reprints: int = 0
    captures: int = 0
    gone: int = 0
    replaced: int = 0
    skipped: list[SkippedItem] = field(default_factory=list)
    without_pack: Counter[str] = field(default_factory=Counter)

    def count(self, outcome: Added, attributions: int, links: Links) -> None:
        """Count an article that was stored with its attributions, and links that they have."""
        self.outcomes[outcome] += 1
        self.attributions += attributions
        self.links += links.made
        self.blocked += links.blocked

    def counted(self) -> tuple[Counter[Added], int]:
        """Return how many articles came to what, and how many were skipped."""
        return Counter(self.outcomes), len(self.skipped)

    def since(self, before: tuple[Counter[Added], int]) -> str:
        """Return what the one article since then came to."""
        new = self.outcomes - before[0]
        return next((str(outcome) for outcome in new), "skipped")

    def report(self) -> AddReport:
        """Return what was done."""
        return AddReport(
            added=self.outcomes[Added.ADDED],
            new_versions=self.outcomes[Added.NEW_VERSION],
            unchanged=self.outcomes[Added.UNCHANGED],
            attributions=self.attributions,
            links=self.links,
            blocked=self.blocked,
            reprints=self.reprints,
            captures=self.captures,
            gone=self.gone,
            skipped=tuple(self.skipped),
            without_pack=dict(sorted(self.without_pack.items())),
            replaced=self.replaced,
        )
