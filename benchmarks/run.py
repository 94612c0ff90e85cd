"""Everything at several sizes, in one table: benchmarks/run [--sizes 1000 10000 100000] [--write].

A corpus of benchmarks/corpus.py is read, added, linked, traced, published, served and exported,
each step in a process of its own; what takes how long stands beside a bare limit of the same run,
with the memory of the largest process. Over the sizes an exponent is fitted: with 1.0 an article
costs the same however many there are. --write puts the table into docs/benchmarks.md.

--small does as much of it as CI can, counts work instead of time (SQL statements, rows, embeddings,
bytes), prints its ratio to benchmarks/record.json, and fails where it is a tenth more; --record
writes that file anew.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import bulk
import corpus
import exports

from claimtrack.analysis.findings import full_trace
from claimtrack.match.linker import link_all
from claimtrack.match.meanings import meanings
from claimtrack.match.names import Means as Names
from claimtrack.match.spread import embed_texts
from claimtrack.pipeline import Desk, Means
from claimtrack.pipeline.adding import FILES, Adding
from claimtrack.store import Store, read

T = TypeVar("T")
R = TypeVar("R")
HERE = Path(__file__).parent
PAGE = HERE.parent / "docs" / "benchmarks.md"
RECORD = HERE / "record.json"
BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"
SMALL, TOO_MUCH = 40, 1.1
AT = datetime(2026, 1, 1, tzinfo=UTC)
FORMATS = ("csv", "parquet")
KINDS = ("home", "claim", "document", "source", "graph", "search, rare word")
"""Kinds of page in the table; benchmarks/site.py measures all of them."""


APART = """
import json, os, subprocess, sys, time
begun = time.perf_counter()
process = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL)
_, status, held = os.wait4(process.pid, 0)
took = time.perf_counter() - begun
print(json.dumps([took, held.ru_utime + held.ru_stime, held.ru_maxrss / 1024]))
sys.exit(os.waitstatus_to_exitcode(status))
"""
"""Runs a command in a process that is small itself: a child is told to have had at least as much
memory as the process that began it."""


class Used(NamedTuple):
    """What a process and those that it began used: seconds, and MB in the largest of them."""

    clock: float
    cpu: float
    memory: float


class Row(NamedTuple):
    """A line of the table: what was done, a figure for each size, and how it is fitted."""

    what: str
    unit: str
    figures: dict[int, float]
    cost: dict[int, float] | None = None


def used(*command: object) -> Used:
    """Run claimtrack, and return what it used."""
    begun = [sys.executable, "-c", APART, sys.executable, "-m", "claimtrack", *map(str, command)]
    return Used(*json.loads(subprocess.run(begun, stdout=subprocess.PIPE, check=True).stdout))


def pages_module() -> Any:
    """Return benchmarks/site.py, whose name a module of Python's has as well."""
    from importlib.util import module_from_spec, spec_from_file_location  # noqa: PLC0415

    spec = spec_from_file_location("pages_of_a_site", HERE / "site.py")
    assert spec
    assert spec.loader
    made = module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


def measured(size: int, folder: Path, workers: int) -> Iterator[tuple[str, str, float, float]]:
    """Yield for a size what was done, its unit, the figure, and what it cost altogether."""
    lines, db = folder / "lines.jsonl", folder / "desk.db"
    with lines.open("w", encoding="utf-8") as out:
        corpus.write(size, out)
    with_cast = ("--registry", corpus.CAST, "--user", "benchmark", "--workers", workers)
    add = used("add", lines, "--db", db, *with_cast)
    bare = bulk.bare(lines, folder / "bare.db")
    yield "add", "articles/s", size / add.clock, add.cpu
    yield "add", "articles/CPU s", size / add.cpu, add.cpu
    yield "add, beside bare executemany", "times its time", add.clock / bare, add.cpu
    yield "add, memory", "MB", add.memory, math.nan
    link = used("link", "--db", db, *with_cast)
    with Store.open(db, readonly=True) as store:
        reports = store.connection.execute("SELECT count(*) FROM attribution").fetchone()[0]
        largest = read.most_reported_claims(store.connection, 1)[0]
        begun = time.process_time()
        full_trace(store.connection, largest.id, meanings=partial(meanings, store.connection))
        trace = time.process_time() - begun
    yield "reports", "", reports, math.nan
    yield "link", "reports/CPU s", reports / link.cpu, link.cpu
    yield "link", "s by the clock", link.clock, link.cpu
    yield "link, memory", "MB", link.memory, math.nan
    yield "trace of the largest claim", "ms", trace * 1000, math.nan
    yield "its reports", "", largest.reports, math.nan
    yield from served(db, folder / "site")
    rows, _ = exports.measured("rows", db)
    for name in FORMATS:
        seconds, memory = exports.measured(name, db)
        yield f"export {name}", "reports/CPU s", reports / seconds, seconds
        yield f"export {name}, beside bare rows", "times its time", seconds / rows, math.nan
        yield f"export {name}, memory", "MB", memory, math.nan
    yield "database", "MB", db.stat().st_size / 2**20, db.stat().st_size


def served(db: Path, site: Path) -> Iterator[tuple[str, str, float, float]]:
    """Yield for each kind of page of a published copy how long it takes."""
    pages = pages_module()
    begun = time.process_time()
    pages.publish(db, site)
    took = time.process_time() - begun
    yield "publish", "CPU s", took, took
    kinds = pages.pages(site / "claims.db")
    for server in pages.serving(site, "--workers 1", live=False):
        for name in KINDS:
            server.times(kinds[name], 3, 1)
            times, _, cpu = server.times(kinds[name], 40, 1)
            yield f"page: {name}", "ms p50", times[len(times) // 2], math.nan
            yield f"page: {name}", "ms p95", times[int(len(times) * 0.95)], math.nan
            yield f"page: {name}", "CPU ms", cpu, math.nan
        memory = Path(f"/proc/{server.process.pid}/status").read_text("utf-8")
        peak = next(line for line in memory.splitlines() if line.startswith("VmHWM"))
        yield "serve, memory", "MB", int(peak.split()[1]) / 1024, math.nan


def exponent(cost: dict[int, float]) -> float | None:
    """Return the power of the size that a cost grows with, fitted by least squares."""
    known = [(math.log(size), math.log(one)) for size, one in cost.items() if one > 0]
    if len(known) < 2:
        return None
    middle = [sum(axis) / len(known) for axis in zip(*known, strict=True)]
    above = sum((x - middle[0]) * (y - middle[1]) for x, y in known)
    return float(above / sum((x - middle[0]) ** 2 for x, _ in known))


def table(sizes: Sequence[int], rows: Sequence[Row]) -> str:
    """Return the table in Markdown."""
    head = "".join(f" {size:,} |" for size in sizes)
    lines = [f"| | |{head} grows with |", f"| --- | --- |{' ---: |' * len(sizes)} ---: |"]
    for row in rows:
        cells = "".join(f" {_shown(row.figures.get(size))} |" for size in sizes)
        power = exponent(row.cost) if row.cost else None
        grows = "" if power is None else f"n^{power:.2f}"
        lines.append(f"| {row.what} | {row.unit} |{cells} {grows} |")
    return "\n".join(lines)


def _shown(figure: float | None) -> str:
    if figure is None:
        return ""
    return f"{figure:,.0f}" if figure >= 20 else f"{figure:.2f}"


def speeds(textacy: str | None = None) -> str:
    """Return how fast attributions are found, as a table; `textacy` is an interpreter with it."""
    import extraction  # noqa: PLC0415 (needs pyahocorasick)

    lines = [
        "| characters a second of one core | extraction | bare scan | times its time | textacy |",
        "| --- | ---: | ---: | ---: | ---: |",
    ]
    sample = [str(HERE.parent / "data/articles")]
    for lang, size, rules, bare, peer in extraction.figures(sample, textacy):
        other = f"{peer.rate:,.0f}" if peer else "not asked"
        lines.append(
            f"| {lang} | {size / rules:,.0f} | {size / bare:,.0f} | {rules / bare:.1f} | {other} |"
        )
    return "\n".join(lines)


def whole(sizes: Sequence[int], workers: int) -> Iterator[str]:
    """Measure all sizes, telling how far it is, and yield the table after each."""
    rows: dict[tuple[str, str], Row] = {}
    for number, size in enumerate(sizes, start=1):
        with tempfile.TemporaryDirectory() as folder:
            for what, unit, figure, cost in measured(size, Path(folder), workers):
                row = rows.setdefault((what, unit), Row(what, unit, {}, {}))
                row.figures[size] = figure
                if row.cost is not None and not math.isnan(cost):
                    row.cost[size] = cost
                print(f"{size:>9,}  {what} {unit}: {_shown(figure)}", file=sys.stderr, flush=True)
        about = (
            f"{time.strftime('%Y-%m-%d')}, {os.cpu_count()} cores with a load of"
            f" {os.getloadavg()[0]:.0f}, Python {platform.python_version()}, `--workers {workers}`"
        )
        yield f"{about}:\n\n{table(sorted(sizes[:number]), list(rows.values()))}"


def put(tables: str) -> None:
    """Write the tables into the page."""
    page = PAGE.read_text("utf-8")
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    PAGE.write_text(f"{before}{BEGIN}\n{tables}\n{END}{after}", "utf-8")


class Counted(NamedTuple):
    """Work that is the same on every machine, of adding a corpus and linking it."""

    articles: int
    statements_adding: int
    statements_linking: int
    rows: int
    embeddings: int
    bytes: int


def counted(size: int, db: Path) -> tuple[Counted, dict[str, float]]:
    """Count the work of a size; return it, and the CPU seconds of each step for information."""
    lines = db.with_suffix(".jsonl")
    with lines.open("w", encoding="utf-8") as out:
        corpus.write(size, out)
    count = {"statements": 0, "embeddings": 0}

    def statement(_sql: str) -> None:
        count["statements"] += 1

    def spread(work: Callable[[Sequence[T]], list[R]], items: Iterable[T]) -> Iterator[R]:
        for item in items:
            if work is embed_texts:
                count["embeddings"] += len(item)  # type: ignore[arg-type]
            yield from work([item])

    begun = time.process_time()
    desk, cast = Desk(db, "benchmark", lambda: AT), (corpus.CAST,)
    with Adding(desk, Means(registries=cast), FILES) as adding:
        adding.store().connection.set_trace_callback(statement)
        adding.take([str(lines)])
    took, to_add = {"add": time.process_time() - begun}, count["statements"]
    begun, count["statements"] = time.process_time(), 0
    with Store.open(db) as store:
        store.connection.set_trace_callback(statement)
        link_all(store, at=AT, user="benchmark", means=Names(registries=cast), spread=spread)
        store.connection.set_trace_callback(None)
        took["link"] = time.process_time() - begun
        rows = sum(
            store.connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]
            for (name,) in store.connection.execute(
                "SELECT name FROM pragma_table_list WHERE type = 'table' AND strict"
            ).fetchall()
        )
        store.connection.execute("VACUUM")
    found = Counted(size, to_add, count["statements"], rows, count["embeddings"], db.stat().st_size)
    return found, took


def too_much(found: Counted, record: dict[str, Any]) -> list[str]:
    """Return what is counted to be a tenth more than in the record."""
    return [
        f"{name}: {value:,} instead of {record[name]:,}"
        for name, value in found._asdict().items()
        if value > record[name] * TOO_MUCH
    ]


def tell(found: Counted, took: dict[str, float], record: dict[str, Any]) -> None:
    """Print what was counted, and for information what it took, beside the record."""
    for name, value in found._asdict().items():
        print(f"{name:<20}{value:>12,}  {value / record[name]:5.2f} of the record")
    for name, seconds in took.items():
        print(
            f"{name:<20}{seconds:>10.1f} s  {seconds / record['seconds'][name]:5.2f} of the record"
        )


def small(*, record: bool) -> int:
    """Print counted work beside the record; return 1 where it is too much."""
    with tempfile.TemporaryDirectory() as folder:
        found, took = counted(SMALL, Path(folder) / "a.db")
    if record:
        RECORD.write_text(json.dumps({**found._asdict(), "seconds": took}, indent=2) + "\n")
        return 0
    held = json.loads(RECORD.read_text("utf-8"))
    tell(found, took, held)
    problems = too_much(found, held)
    for problem in problems:
        print(f"too much: {problem}", file=sys.stderr)
    return bool(problems)


def main() -> None:
    asked = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    asked.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    asked.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    asked.add_argument("--textacy", metavar="PYTHON", help="an interpreter that has textacy")
    asked.add_argument("--write", action="store_true", help="put it into docs/benchmarks.md")
    asked.add_argument("--small", action="store_true", help="count work, beside the record")
    asked.add_argument("--record", action="store_true", help="write the record anew")
    given = asked.parse_args()
    if given.small or given.record:
        raise SystemExit(small(record=given.record))
    fast = speeds(given.textacy)
    for measured_so_far in whole(given.sizes, given.workers):
        tables = f"{measured_so_far}\n\n{fast}"
        print(tables, flush=True)
        if given.write:  # a run that is stopped leaves the sizes that it came to
            put(tables)


if __name__ == "__main__":
    main()
