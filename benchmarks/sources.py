"""How fast sources are told: loading the registry, and resolving mentions once warm.

Run it with `python benchmarks/sources.py`, best on an idle machine. Each figure stands beside a
bare limit of the same run: reading the tables' cells with the `csv` module and nothing else, and
looking the mentions up in a dict.
"""

from __future__ import annotations

import csv
import time
from collections.abc import Callable
from pathlib import Path

from claimtrack.sources import Registry, Resolver
from claimtrack.sources.patterns import DATA
from claimtrack.sources.registry import PACKAGED

MENTIONS = Path(__file__).parents[1] / "tests/sources/mentions.csv"
ROUNDS = 7
WANTED_LOAD = 0.050  # seconds
WANTED_RATE = 50_000  # mentions a second


def best(run: Callable[[], object]) -> float:
    """Return the shortest processor time of several runs, in seconds."""
    times = []
    for _ in range(ROUNDS):
        start = time.process_time()
        run()
        times.append(time.process_time() - start)
    return min(times)


def read_cells() -> int:
    """Read the packaged tables, cell by cell."""
    count = 0
    for name in PACKAGED:
        with (DATA / name).open(encoding="utf-8", newline="") as lines:
            count += sum(len(cells) for cells in csv.reader(lines))
    return count


def main() -> None:
    """Measure and print."""
    bare, load = best(read_cells), best(Registry.load)
    print(f"registry load    {load * 1000:6.1f} ms  ({load / bare:.1f} times reading the cells; "
          f"wanted {WANTED_LOAD * 1000:.0f} ms)")  # fmt: skip

    with MENTIONS.open(encoding="utf-8", newline="") as lines:
        mentions = [(row["mention"], row["lang"]) for row in csv.DictReader(lines)] * 20
    resolver = Resolver(Registry.load())
    known = {mention: resolver.mention(*mention, scope="a") for mention in mentions}

    def look_up() -> None:
        for mention in mentions:
            known[mention]

    def resolve() -> None:
        for text, lang in mentions:
            resolver.mention(text, lang, scope="a")

    bare, took = best(look_up), best(resolve)
    rate = len(mentions) / took
    print(f"resolved mentions {rate:7,.0f} a second  ({took / bare:.0f} times a dict; "
          f"wanted {WANTED_RATE:,})")  # fmt: skip


if __name__ == "__main__":
    main()
