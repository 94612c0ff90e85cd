"""Print how long linking and tracing take as a database grows, and what they need.

Run: python benchmarks/linking.py [--workers N] [REPORTS ...]    (default: 1; 10000 100000)

The articles are generated: an invented cast, some thousand events, each told by several outlets in
other words. What should not grow is the time per report; CPU time is given beside wall time, since
other work on the machine counts in the latter.
"""

from __future__ import annotations

import argparse
import random
import resource
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

from claimtrack.analysis.findings import full_trace
from claimtrack.match.linker import link_all
from claimtrack.model.attribution import Attribution, Extraction
from claimtrack.model.document import Article, DocumentVersion, Layout, StatedTime
from claimtrack.model.run import Run
from claimtrack.model.span import Span
from claimtrack.model.vocabulary import Precision
from claimtrack.pipeline.spreading import over
from claimtrack.store import Store, read

RUN = Run(tool="generated", version="1")
AT = datetime(2026, 1, 1, tzinfo=UTC)
PLACES = [
    a + b for a in ("Tel ", "North ", "Old ", "Port ", "Upper ") for b in
    ("Sidrun", "Badrun", "Lisarna", "Karvensk", "Hamrash", "Mizyan", "Dovan", "Tarqa", "Nawras")
]  # fmt: skip
DEEDS = [
    "killed in the shelling of a market", "wounded by an explosion at a fuel depot",
    "displaced by the flood", "arrested during a protest", "killed in a train crash",
    "evacuated from a hospital", "kidnapped on the road", "wounded in an attack on a school",
]  # fmt: skip
FRAMES = [
    "{n} people were {deed} in {place}", "in {place}, {n} people were {deed}",
    "at least {n} people were {deed} near {place} on {day} May",
    "officials say {n} civilians were {deed} in {place}", "{n} were {deed}, locals of {place} say",
]  # fmt: skip
OUTLETS = ["Sada Badrun", "Naba", "Marafi", "Sidrun Today", "Lisarna Observer", "Herald"]
PER_ARTICLE, PER_EVENT = 10, 8


def sentences(draw: random.Random, count: int) -> Iterator[str]:
    for _ in range(0, count, PER_EVENT):
        facts = {
            "n": draw.randrange(3, 400),
            "deed": draw.choice(DEEDS),
            "place": draw.choice(PLACES),
            "day": draw.randrange(1, 29),
        }
        for _ in range(PER_EVENT):
            yield draw.choice(FRAMES).format(**facts)


def fill(store: Store, count: int, seed: int, at: datetime) -> None:
    draw = random.Random(seed)
    told = list(sentences(draw, count))
    draw.shuffle(told)
    with store.transaction():
        for start in range(0, count, PER_ARTICLE):
            some = told[start : start + PER_ARTICLE]
            store.add(*article(some, f"{seed}-{start}", draw), (), run=RUN, at=at, user="bench")


def article(some: list[str], name: str, draw: random.Random) -> tuple[DocumentVersion, Extraction]:
    text, found = "", []
    for key, words in enumerate(some):
        start = len(text) + len("He said ")
        text += f"He said {words}. "
        found.append(
            Attribution(
                key=str(key),
                source=(Span(start - 8, start - 6),),
                cue=(Span(start - 5, start - 1),),
                content=(Span(start, start + len(words)),),
            )
        )
    made = Article(
        text=text,
        place="bench",
        lang="en",
        url=f"https://bench.example/{name}",
        title=f"{some[0][:60]}",
        outlet=draw.choice(OUTLETS),
        published=StatedTime(
            stated="x",
            utc=AT - timedelta(days=draw.randrange(365)),
            precision=Precision.DAY,
        ),
        layout=Layout(body=(Span(0, len(text)),)),
    )
    version = DocumentVersion.of(made, sha256(text.encode()).hexdigest())
    return version, Extraction(attributions=tuple(found))


def cpu() -> tuple[float, float]:
    """Return the seconds of CPU used so far here, and in processes that have ended."""
    both = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    here, there = (one.ru_utime + one.ru_stime for one in both)
    return here, there


def timed(name: str, of: int, work) -> float:  # type: ignore[no-untyped-def]
    start, (here, there) = time.perf_counter(), cpu()
    result = work()
    took = time.perf_counter() - start
    here, there = (after - before for after, before in zip(cpu(), (here, there), strict=True))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    per = f"{(here + there) / of * 1e6:8.0f} µs each" if of else ""
    used = f"{here:8.2f} s of CPU here, {there:8.2f} in other processes"
    print(f"{name:44}{took:8.2f} s, {used} {per}  peak {peak:.2f} GB  {result or ''}")
    return took


def measure(count: int, workers: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.db"
        with Store.open(path, create=True) as store:
            timed(f"{count} reports added", count, lambda: fill(store, count, 1, AT))
            later = AT + timedelta(days=1)
            timed(
                f"{count} reports linked",
                count,
                lambda: link_all(store, at=later, user="bench", spread=over(workers)),
            )
            fill(store, 1000, 2, AT + timedelta(days=2))
            later = AT + timedelta(days=3)
            timed(
                "100 new articles (1,000 reports) linked",
                1000,
                lambda: link_all(store, at=later, user="bench"),
            )
            largest = read.most_reported_claims(store.connection, 1)[0]
            timed(
                f"trace of {largest.reports} reports",
                largest.reports,
                lambda: len(full_trace(store.connection, largest.id).attributions),
            )


def measure_trace(count: int) -> None:
    """Trace a claim of many reports, each in the words of one."""
    words = "seven civilians were killed in the shelling of a market in Badrun on Sunday"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.db"
        draw = random.Random(3)
        with Store.open(path, create=True) as store:
            with store.transaction():
                for at in range(count):
                    made = article([words], f"t-{at}", draw)
                    store.add(*made, (), run=RUN, at=AT, user="bench")
            link_all(store, at=AT + timedelta(days=1), user="bench")
            largest = read.most_reported_claims(store.connection, 1)[0]
            timed(
                f"trace of {largest.reports} reports",
                largest.reports,
                lambda: len(full_trace(store.connection, largest.id).attributions),
            )


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("reports", type=int, nargs="*", default=(10_000, 100_000))
    given = parser.parse_args()
    measure_trace(3000)
    for count in given.reports:
        measure(count, given.workers)
