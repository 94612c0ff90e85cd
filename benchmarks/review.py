"""How fast the desk answers: python benchmarks/review.py [--attributions N] [--keys N].

A database is generated (benchmarks/generated.py) with what waits for a person in it: attributions
that are sure to various degrees, mentions that are nobody yet, pairs of claims that may be one. An
hour at the desk is played on it by Textual's own pilot: all queues, every decision, undoing,
marking word by word. Of each key there are the median, the 95th percentile and the longest time
from when it is pressed to when the screen is painted anew, by the clock and in processor time of
the thread that paints; the bare limit is a key that only scrolls the text. --keep FILE keeps the
database, and uses a copy of it where it is there.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import shutil
import sqlite3
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from generated import AT, REPORTS, fill, made
from textual._compositor import CompositorUpdate
from textual.screen import Screen

from claimtrack.cli.desk.app import Desk, Scale
from claimtrack.cli.desk.laying import Order
from claimtrack.cli.reviewing import known_sources
from claimtrack.pipeline import Means
from claimtrack.review.queues import Queue
from claimtrack.review.sitting import Sitting
from claimtrack.sourcing import Desk as SourceDesk
from claimtrack.store import Store

UNRESOLVED, SUGGESTED = 0.05, 0.2
"""Parts of the attributions whose source nobody knows, and pairs to a claim that may be one."""

LIMIT = 100
"""Milliseconds that no key may take."""

SCROLL = ["down", "up"]
AT_AN_ATTRIBUTION = {
    "accept": (50, ["a"]),
    "reject": (12, ["r", "1"]),
    "reject in words": (3, ["r", *"bad", "enter"]),
    "move a boundary": (12, ["e", "3", "]", ",", ".", "[", "z", "enter"]),
    "mark anew": (5, ["e", "2", "space", "left", "left", "3", "enter"]),
    "channel": (4, ["c", "2"]),
    "stance": (3, ["t", "3"]),
    "relay": (2, ["v", "2"]),
    "missed": (3, ["m", *["left"] * 5, "2", "space", "left", "left", "3", "enter"]),
    "split": (2, ["e", "3", *["left"] * 4, "x"]),
    "join": (2, ["j", "1"]),
    "skip": (8, ["s"]),
    "undo": (8, ["a", "u"]),
    "note": (2, ["w", *"look", "enter"]),
    "help": (1, ["question_mark", "escape"]),
    "scroll": (10, SCROLL),
}
AT_A_PAIR = {
    "same": (4, ["y"]),
    "different": (4, ["n"]),
    "unsure": (2, ["i"]),
    "skip": (1, ["s"]),
    "undo": (1, ["y", "u"]),
    "scroll": (1, SCROLL),
}
AT_A_SOURCE = {
    "candidate": (6, ["1"]),
    "skip": (2, ["s"]),
    "undo": (1, ["1", "u"]),
    "scroll": (1, SCROLL),
}
AT_A_CLAIM = {
    "verdict": (4, ["1", *"old", "enter", "enter"]),
    "skip": (1, ["s"]),
    "undo": (1, ["1", "enter", "enter", "u"]),
}
HOUR = (AT_AN_ATTRIBUTION, AT_A_PAIR, AT_A_SOURCE, AT_A_CLAIM)
"""What is done in each queue, and how often."""


def waiting(connection: sqlite3.Connection, claims: int) -> None:
    """Make of a part of the rows what waits for a person."""
    chance = random.Random(1)
    numbers = [row[0] for row in connection.execute("SELECT number FROM attribution")]
    connection.executemany(
        "UPDATE attribution SET confidence = ? WHERE number = ?",
        [(chance.choice((0.4, 0.5, 0.6, 0.7, 0.8, 0.9)), number) for number in numbers],
    )
    connection.executemany(
        "UPDATE attribution SET source_id = NULL, source_name = NULL WHERE number = ?",
        [(number,) for number in numbers if chance.random() < UNRESOLVED],
    )
    heads = [row[0] for row in connection.execute("SELECT DISTINCT cluster_id FROM claim_cluster")]
    rows = []
    for number in range(int(claims * SUGGESTED)):
        left, right = sorted(chance.sample(heads, 2))
        score = round(0.6 + 0.4 * chance.random(), 4)
        rows.append((made("suggestion", number), left, right, score, "alike", made("run", 0), AT))
    connection.executemany(
        "INSERT INTO suggestion (id, left_id, right_id, score, evidence, run_id, recorded_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        rows,
    )


def generate(path: Path, attributions: int) -> None:
    claims = attributions // REPORTS
    fill(path, claims)
    with Store.open(path) as store:
        store.connection.execute("PRAGMA foreign_keys = OFF")
        with store.transaction():
            waiting(store.connection, claims)


class Timed(Desk):
    """The desk, with a watch: when the screen was painted last.

    Attributes:
        painted: When, by the clock and by the processor time of this thread.
    """

    painted = 0.0, 0.0

    def _display(self, screen: Screen[Any], renderable: Any) -> None:
        """Note when a change of the screen was made into what a terminal gets."""
        if isinstance(renderable, CompositorUpdate):
            renderable.render_segments(self.console)  # without a terminal it would not be made
        super()._display(screen, renderable)
        self.painted = time.perf_counter(), time.thread_time()


def hour(keys: int) -> Iterator[tuple[str, str]]:
    """Yield keys as a reviewer presses them, each with what it is a part of."""
    chance = random.Random(7)
    pressed = 0
    while pressed < keys:
        for place, (queue, doings) in enumerate(zip(Queue, HOUR, strict=True)):
            names, weights = list(doings), [weight for weight, _ in doings.values()]
            for name in chance.choices(names, weights, k=60 if place == 0 else 15):
                for each in doings[name][1]:
                    yield f"{queue}: {name}", each
                    pressed += 1
            yield "next queue", "tab"


async def play(app: Timed, keys: int) -> dict[str, list[tuple[float, float]]]:
    """Press keys; return how many milliseconds each took, by the clock and of the processor."""
    found: dict[str, list[tuple[float, float]]] = defaultdict(list)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause(1)
        for name, key in hour(keys):
            begun = time.perf_counter(), time.thread_time()
            await pilot.press(key)  # until nothing more happens
            clock, cpu = (
                max(0.0, last - first) * 1000
                for last, first in zip(app.painted, begun, strict=True)
            )
            found[f"{name}, {key}"].append((clock, cpu))
            if len(app.screen_stack) > 1 and _ends(name, key):
                await pilot.press("escape")  # what cannot be done so is left
    return found


def _ends(name: str, key: str) -> bool:
    """Tell whether a key is the last of what it is a part of."""
    return any(
        name.endswith(f": {each}") and keys[-1] == key and keys.count(key) == 1
        for doings in HOUR
        for each, (_, keys) in doings.items()
    )


def tell(found: dict[str, list[tuple[float, float]]]) -> tuple[int, int]:
    """Print the figures of each key; return how many keys took too long, by clock and CPU."""
    print(
        f"{'ms by the clock, and of the processor':<48}{'keys':>6}{'p50':>7}{'p95':>7}{'max':>7}",
        end="",
    )
    print(f"{'CPU':>7}{'max':>7}")
    every = [each for times in found.values() for each in times]
    for name, times in [*sorted(found.items()), ("all", every)]:
        figures: list[float] = [len(times)]
        for side in (0, 1):
            ordered = sorted(each[side] for each in times)
            figures += (ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.95)], ordered[-1])
        print(f"{name:<48}", *(f"{figure:>6.0f}" for figure in figures))
    return sum(each[0] > LIMIT for each in every), sum(each[1] > LIMIT for each in every)


def main() -> None:
    asked = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    asked.add_argument("--attributions", type=int, default=100_000)
    asked.add_argument("--keys", type=int, default=1_500)
    asked.add_argument("--keep", type=Path)
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as aside:
        path = Path(aside, "desk.db")
        if given.keep and given.keep.exists():
            shutil.copy(given.keep, path)
        else:
            generate(path, given.attributions)
            if given.keep:
                shutil.copy(path, given.keep)
        clock = lambda: datetime.now(UTC)  # noqa: E731, TID251 (a benchmark runs now)
        with Store.open(path) as store:
            sources = known_sources(SourceDesk(path, "bench", clock, Means("rules")))
            scale = Scale("truth", ("true", "false"))
            app = Timed(Sitting(store, "bench", clock), scale, sources, Order.HERE, path)
            clock_over, cpu_over = tell(asyncio.run(play(app, given.keys)))
        print(
            f"More than {LIMIT} ms: {clock_over} keys by the clock, {cpu_over} in processor time;"
            f" load {os.getloadavg()[0]:.1f}"
        )


if __name__ == "__main__":
    main()
