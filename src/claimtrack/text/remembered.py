"""What a function says of words, remembered: asked again, it is answered by a look-up alone."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TypeVar

_Asked = TypeVar("_Asked", bound=Hashable)
_Told = TypeVar("_Told")

MOST = 20_000
"""Answers that are remembered; then all are forgotten and it begins anew."""


class Remembered(dict[_Asked, _Told]):
    """The answers of a function, by what it was asked; what is not there yet is asked of it.

    Texts have few words that they have not used before, and rules ask of each word many times.

    >>> spelt = Remembered(str.upper)
    >>> [spelt[word] for word in ("a", "b", "a")], len(spelt)
    (['A', 'B', 'A'], 2)
    """

    def __init__(self, ask: Callable[[_Asked], _Told], most: int = MOST) -> None:
        """Begin with nothing remembered.

        Args:
            ask: The function; the same question always has the same answer.
            most: Answers that are remembered at most.
        """
        super().__init__()
        self._ask, self._most = ask, most

    def __missing__(self, asked: _Asked) -> _Told:
        """Ask, and remember the answer."""
        told = self._ask(asked)
        if len(self) >= self._most:
            self.clear()
        self[asked] = told
        return told
