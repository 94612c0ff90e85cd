"""Which page of a list is shown."""

from __future__ import annotations

from typing import NamedTuple

FARTHEST = 100_000
"""No list is read from further on than this page; beyond it, search."""


class Paging(NamedTuple):
    """A page of a list.

    Attributes:
        page: Its number, from 1.
        size: Rows on a page.
        pages: How many pages there are; at least 1.
    """

    page: int
    size: int
    pages: int = 1

    @classmethod
    def of(cls, asked: str, size: int) -> Paging:
        """Return the page an address asks for; the first where it asks for none there can be.

        >>> Paging.of("3", 50).offset, Paging.of("-1", 50).page, Paging.of("x", 50).page
        (100, 1, 1)
        """
        number = int(asked) if asked.isdecimal() and len(asked) < 9 else 1
        return cls(min(max(number, 1), FARTHEST), size, FARTHEST)

    def over(self, total: int) -> Paging:
        """Return it for a list of so many rows; a page past the end becomes the last."""
        pages = max(1, -(-total // self.size))
        return Paging(min(self.page, pages), self.size, pages)

    @property
    def offset(self) -> int:
        """How many rows stand before the page."""
        return (self.page - 1) * self.size
