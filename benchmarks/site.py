"""How long pages take in a published copy: python benchmarks/site.py [--claims N] [--live].

A database is generated with two reports to a claim and ten to a document, row by row and in flat
memory; what sources, outlets and claims are talked of follows a power law, and so do the words. All
of it is published in full, and the copy is served by processes of its own. Each kind of page is
asked for many times, by one client and then by eight at once; of each there are the median and the
95th percentile, the server's processor time for a page, its size, and the ratio to the page that
says that something does not exist. --keep FOLDER keeps the database and the copy, and uses them
where they are there.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import httpx
from generated import WORDS, fill

from claimtrack.model.vocabulary import PublicationState
from claimtrack.store import Store, publication
from claimtrack.store.publication import Decision

LIMITS = {"one": 200.0, "eight": 400.0, "home": 50.0}


def pages(copy: Path) -> dict[str, Callable[[random.Random], str]]:
    """Return how an address of each kind of page is made."""
    with closing(sqlite3.connect(copy)) as connection:

        def ids(query: str) -> list[str]:
            return [row[0] for row in connection.execute(query)]

        claims = ids("SELECT claim FROM claims LIMIT 5000")
        large = ids("SELECT claim FROM claims ORDER BY reports DESC LIMIT 20")
        documents = ids("SELECT document FROM documents LIMIT 999")
        sources = ids("SELECT source FROM sources LIMIT 500")
        heard = ids("SELECT source FROM sources ORDER BY attributions DESC LIMIT 5")

    def some(values: list[str], where: str) -> Callable[[random.Random], str]:
        return lambda chance: where.format(chance.choice(values))

    return {
        "missing": lambda _: "/claim/claim-000000",
        "home": lambda _: "/",
        "claims": lambda chance: f"/claim?page={chance.randrange(1, 200)}",
        "documents": lambda chance: f"/document?page={chance.randrange(1, 200)}",
        "sources": lambda chance: f"/source?page={chance.randrange(1, 20)}",
        "claim": some(claims, "/claim/{}"),
        "claim, most reported": some(large, "/claim/{}"),
        "document": some(documents, "/document/{}"),
        "source": some(sources, "/source/{}"),
        "source, most heard": some(heard, "/source/{}"),
        "graph": some(claims, "/claim/{}/graph"),
        "graph of a source": some(heard, "/source/{}/graph"),
        "analysis": lambda _: "/analysis",
        "search, rare word": lambda chance: f"/search?q={chance.randrange(1, 9999)}",
        "search, common word": lambda _: f"/search?q={WORDS[0]}",
        "search, newest": lambda _: f"/search?q={WORDS[1]}&order=newest",
        "search, a source": some(heard, "/search?source={}"),
        "feed": some(heard, "/search.atom?source={}"),
        "table attributions": lambda _: "/claims/attributions",
        "table, next page": lambda chance: (
            f"/claims/attributions?_next={chance.randrange(1, 9999)}"
        ),
        "table, searched": lambda _: f"/claims/attributions?_search={WORDS[0]}",
        "table claims": lambda _: "/claims/claims",
        "table documents": lambda _: "/claims/documents",
        "table sources": lambda _: "/claims/sources",
        "table relays": lambda _: "/claims/relays",
    }


class Asked:
    """A server that is asked."""

    def __init__(self, process: subprocess.Popen[str], address: str) -> None:
        """Take the process and where it answers."""
        self.process, self.address = process, address.rstrip("/")

    @property
    def processes(self) -> list[int]:
        """The process that was begun, and those that answer, where it is not the same."""
        own = self.process.pid
        begun = Path(f"/proc/{own}/task/{own}/children").read_text()
        return [own, *map(int, begun.split())]

    def cpu(self) -> float:
        fields = [
            Path(f"/proc/{number}/stat").read_text().rsplit(")", 1)[1].split()
            for number in self.processes
        ]
        return sum(int(one[11]) + int(one[12]) for one in fields) / os.sysconf("SC_CLK_TCK")

    def memory(self) -> tuple[int, int]:
        """Return the most megabytes that a process had so far, and what all of them have.

        Of what several have in common each is counted a part.
        """
        most = max(_told(number, "status", "VmHWM:") for number in self.processes)
        return most, sum(_told(number, "smaps_rollup", "Pss:") for number in self.processes)

    def times(
        self, make: Callable[[random.Random], str], count: int, clients: int
    ) -> tuple[list[float], int, float]:
        """Return the milliseconds of each answer, the largest size, and the CPU of one."""

        def client(number: int) -> list[tuple[float, int]]:
            chance, found = random.Random(number), []
            with httpx.Client(timeout=120, follow_redirects=True) as asking:
                for _ in range(count // clients or 1):
                    begun = time.perf_counter()
                    answer = asking.get(self.address + make(chance))
                    found.append(((time.perf_counter() - begun) * 1000, len(answer.content)))
                    assert answer.status_code in (200, 404), (answer.url, answer.status_code)
            return found

        before = self.cpu()
        with ThreadPoolExecutor(clients) as pool:
            found = [each for some in pool.map(client, range(clients)) for each in some]
        cpu = (self.cpu() - before) * 1000 / len(found)
        return sorted(each[0] for each in found), max(each[1] for each in found), cpu


def _told(process: int, where: str, name: str) -> int:
    told = Path(f"/proc/{process}/{where}").read_text()
    return int(told.split(name)[1].split()[0]) // 1024


def serving(folder: Path, workers: str, *, live: bool) -> Iterator[Asked]:
    how = ["--db", str(folder)] if live else ["--public", str(folder), *workers.split()]
    script = "import sys; from claimtrack.cli import main; main()"
    with subprocess.Popen(
        [sys.executable, "-c", script, "serve", *how, "--port", "0"],
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout
        line = process.stdout.readline()
        yield Asked(process, line.split(" is at ")[1].split(" (")[0])
        process.terminate()


def publish(path: Path, site: Path) -> None:
    from claimtrack.publish.folder import publish as write  # noqa: PLC0415 (after the clock)
    from claimtrack.store.showing import Asked as How  # noqa: PLC0415

    now = datetime(2026, 1, 1, tzinfo=UTC)
    with Store.open(path) as store:
        decision = Decision(PublicationState.FULL, "bench", "made up")
        store.show(decision, publication.every(store.connection), user="bench", at=now)
    write(path, site, How(now))


def seconds(what: str, work: Callable[[], object]) -> None:
    begun, cpu = time.perf_counter(), time.process_time()
    work()
    print(
        f"{what}: {time.perf_counter() - begun:.0f} s by the clock,"
        f" {time.process_time() - cpu:.0f} of processors",
        flush=True,
    )


def tell(server: Asked, kinds: dict[str, Callable[[random.Random], str]], count: int) -> int:
    """Print the figures of each kind of page; return how many are over their limit."""
    print(f"{'ms':<22}{'p50':>8}{'p95':>8}{'x':>7}{'8: p50':>9}{'8: p95':>9}{'CPU':>7}{'KB':>7}")
    bare, over = 0.0, 0
    for name, make in kinds.items():
        server.times(make, 3, 1)
        one, size, cpu = server.times(make, count, 1)
        eight, _, _ = server.times(make, count * 2, 8)
        middle, last = one[len(one) // 2], one[int(len(one) * 0.95)]
        middle8, last8 = eight[len(eight) // 2], eight[int(len(eight) * 0.95)]
        bare = bare or middle
        slow = last > LIMITS["home" if name == "home" else "one"] or last8 > LIMITS["eight"]
        over += slow
        print(
            f"{name:<22}{middle:>8.0f}{last:>8.0f}{middle / bare:>7.1f}{middle8:>9.0f}{last8:>9.0f}"
            f"{cpu:>7.0f}{size / 1024:>7.0f}{'  over' if slow else ''}",
            flush=True,
        )
    return over


def main() -> None:
    asked = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    asked.add_argument("--claims", type=int, default=10_000)
    asked.add_argument("--count", type=int, default=40, help="answers of each kind of page")
    asked.add_argument("--live", action="store_true", help="the desk's database, not the copy")
    asked.add_argument("--workers", type=int, help="processes that answer; else what serve takes")
    asked.add_argument("--keep", type=Path)
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as aside:
        folder = given.keep or Path(aside)
        folder.mkdir(exist_ok=True)
        path, site = folder / "desk.db", folder / "site"
        if not path.exists():
            seconds("generated", lambda: fill(path, given.claims))
        if not (site / "claims.db").exists():
            seconds("published", lambda: publish(path, site))
        size = json.loads((site / "inspect-data.json").read_text())["claims"]["size"]
        print(f"the copy has {size / 1e6:.0f} MB; load {os.getloadavg()[0]:.1f}")
        kinds = pages(site / "claims.db")
        workers = f"--workers {given.workers}" if given.workers else ""
        for server in serving(path if given.live else site, workers, live=given.live):
            over = tell(server, kinds, given.count)
            most, together = server.memory()
            number = max(len(server.processes) - 1, 1)
            print(f"{number} answered; one had {most} MB at most, all have {together} MB together")
    print(f"{over} kinds of page are over their limit of {LIMITS}")


if __name__ == "__main__":
    main()
