"""How long commands take to start, and that memory stays flat: benchmarks/starting.py [--memory N].

Each command is started some times, after one start that is not counted; Python keeps what it
compiled, as it does for users. The fastest start tells, beside that of the bare interpreter and of
the two libraries that every command needs: less than these no command of ours can take.

With --memory `claimtrack extract` reads articles of benchmarks/corpus.py from a pipe, a thousand
and then N; the peak of its memory must not grow with them.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parents[1]
ARTICLE = ROOT / "data" / "articles" / "convoy-ar.txt"
PROGRAM = Path(sys.executable).with_name("claimtrack")
SURROUNDINGS = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}


def run(command: Sequence[object]) -> str:
    """Return what a command prints."""
    argv = [str(part) for part in command]
    return subprocess.run(
        argv, env=SURROUNDINGS, check=True, text=True, stdout=subprocess.PIPE
    ).stdout


def fastest(command: Sequence[object], rounds: int) -> tuple[float, float]:
    """Return the seconds by the clock, and of processors, of a command's fastest start."""
    run(command)
    clock, cpu = [], []
    for _ in range(rounds):
        before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        run(command)
        clock.append(time.perf_counter() - begun)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return min(clock), min(cpu)


def starts(rounds: int) -> None:
    """Print how long each command takes to start."""
    with tempfile.TemporaryDirectory() as folder:
        db = ("--db", Path(folder) / "claims.db")
        run((PROGRAM, *db, "add", ARTICLE))
        found = run((PROGRAM, *db, "search", "--json", "قافلة"))
        claim = json.loads(found)["hits"][0]["claim_id"]
        print(f"{'':34}{'clock, ms':>10}{'CPU, ms':>10}")
        for name, command in {
            "Python": (sys.executable, "-c", "pass"),
            "typer and pydantic imported": (
                sys.executable,
                "-c",
                "import typer.main; from pydantic import BaseModel",
            ),
            "claimtrack --help": (PROGRAM, "--help"),
            "claimtrack show CLAIM": (PROGRAM, *db, "show", claim),
            "claimtrack extract, one article": (PROGRAM, "extract", ARTICLE),
        }.items():
            clock, cpu = fastest(command, rounds)
            print(f"{name:34}{1000 * clock:10.0f}{1000 * cpu:10.0f}")


def peak(articles: int) -> float:
    """Return the peak of memory, in MB, of `claimtrack extract` reading so many articles."""
    with tempfile.TemporaryFile("w+") as pipe:
        writer = subprocess.Popen(
            [sys.executable, ROOT / "benchmarks" / "corpus.py", str(articles)],
            stdout=subprocess.PIPE,
        )
        reader = subprocess.Popen([PROGRAM, "extract", "-"], stdin=writer.stdout, stdout=pipe)
        _, status, used = os.wait4(reader.pid, 0)
        if status or writer.wait():
            raise SystemExit("claimtrack extract failed.")
        return used.ru_maxrss / 1024


def main() -> None:
    """Print the tables that are asked for."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--rounds", type=int, default=10)
    asked.add_argument("--memory", metavar="ARTICLES", type=int)
    given = asked.parse_args()
    starts(given.rounds)
    for articles in (1000, given.memory) if given.memory else ():
        print(f"memory at its peak, {articles:,} articles: {peak(articles):.0f} MB", flush=True)


if __name__ == "__main__":
    main()
