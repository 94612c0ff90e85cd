"""A process of its own that adds reports: python -m tests.store.adder PATH FIRST LAST."""

from __future__ import annotations

import sys

from claimtrack.store import Store
from tests.store.build import add, report


def main(path: str, first: int, last: int) -> None:
    """Add the reports first … last - 1, one transaction each, and say so one by one."""
    with Store.open(path, create=True) as store:
        for number in range(first, last):
            sys.stdout.write(f"{add(store, *report(number))} {number}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
