"""A linear-chain conditional random field, as weights: the best labels of a sequence.

The method is that of Lafferty, McCallum and Pereira, "Conditional random fields" (2001).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from claimtrack.errors import ModelError

_NOTHING: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Chain:
    """A field's weights.

    Attributes:
        labels: Its labels.
        moves: For each label, in order, the weights of going on from it to each label.
        weights: For each feature, its weight for each label, in order.
    """

    labels: tuple[str, ...]
    moves: tuple[tuple[float, ...], ...]
    weights: Mapping[str, tuple[float, ...]]

    def best(self, sequence: Sequence[Sequence[str]]) -> list[str]:
        """Return the likeliest label of each item; an item is its features."""
        if not sequence:
            return []
        into = tuple(zip(*self.moves, strict=True))
        span = range(len(self.labels))
        scores = self._state(sequence[0])
        paths: list[list[int]] = []
        for features in sequence[1:]:
            state = self._state(features)
            came: list[int] = []
            reached: list[float] = []
            for label in span:
                reaching = [score + move for score, move in zip(scores, into[label], strict=True)]
                best = max(span, key=reaching.__getitem__)
                came.append(best)
                reached.append(reaching[best] + state[label])
            paths.append(came)
            scores = reached
        last = max(span, key=scores.__getitem__)
        found = [last]
        for came in reversed(paths):
            last = came[last]
            found.append(last)
        return [self.labels[label] for label in reversed(found)]

    def _state(self, features: Sequence[str]) -> list[float]:
        """Return what an item's features weigh for each label."""
        state = [0.0] * len(self.labels)
        for feature in features:
            for label, weight in enumerate(self.weights.get(feature, _NOTHING)):
                state[label] += weight
        return state

    def readier(self, outside: str, begun: str, by: float) -> Chain:
        """Return the field with a label made likelier to begin after another one."""
        one, other = self.labels.index(outside), self.labels.index(begun)
        moves = [list(row) for row in self.moves]
        moves[one][other] = round(moves[one][other] + by, 3)
        return Chain(self.labels, tuple(map(tuple, moves)), self.weights)

    def as_json(self) -> dict[str, Any]:
        """Return the weights as JSON has them."""
        return {"labels": self.labels, "moves": self.moves, "weights": dict(self.weights)}

    @classmethod
    def from_json(cls, held: object) -> Chain:
        """Return the weights that JSON holds.

        Raises:
            ModelError: It holds something else.
        """
        try:
            labels = tuple(map(str, held["labels"]))  # type: ignore[index]
            moves = tuple(tuple(map(float, row)) for row in held["moves"])  # type: ignore[index]
            weights = {
                str(name): tuple(map(float, row))
                for name, row in held["weights"].items()  # type: ignore[index]
            }
        except (TypeError, KeyError, ValueError, AttributeError):
            raise ModelError("its weights are damaged") from None
        size = len(labels)
        square = len(moves) == size and all(len(row) == size for row in moves)
        if not size or not square or any(len(row) != size for row in weights.values()):
            raise ModelError("its weights are damaged")
        return cls(labels, moves, weights)
