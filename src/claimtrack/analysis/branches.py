"""Chains as branches: what several have in common from their outlet on is there once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from claimtrack.analysis.chain import Chain, Step


class Branch(NamedTuple):
    """A step, with those that it was taken from.

    Attributes:
        step: An outlet at the root, a report everywhere else.
        further: What the step was taken from; where none is left, the reporting ends.
        cut: Whether it leads to steps that are not listed.
    """

    step: Step
    further: tuple[Branch, ...]
    cut: bool


class _Growing:
    """A branch while chains are still laid over it."""

    def __init__(self, step: Step) -> None:
        self.step, self.cut = step, False
        self.further: dict[str, _Growing] = {}

    def grown(self) -> Branch:
        return Branch(self.step, tuple(each.grown() for each in self.further.values()), self.cut)


def branches(chains: Iterable[Chain]) -> tuple[Branch, ...]:
    """Return chains as trees, one for each document, in the order of the chains."""
    roots: dict[str, _Growing] = {}
    for chain in chains:
        here = roots
        for step in chain.steps:
            last = here.setdefault(step.attribution_id or step.document.id, _Growing(step))
            here = last.further
        last.cut |= chain.cut
    return tuple(root.grown() for root in roots.values())
