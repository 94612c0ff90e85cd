"""How fast, and in how much memory, each format is written, beside the bare rows.

Run: python benchmarks/exports.py [REPORTS [DATABASE [FORMAT …]]]

An invented database is made of as many reports (20,000 unless said), and kept where a file is
named. Each format is written to /dev/null in a process of its own; its CPU seconds stand beside
those that SQLite takes to hand out the same reports' spans, and its peak memory beside that of a
process that only opens the database.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from claimtrack.export import formats
from claimtrack.model.attribution import Attribution, Extraction
from claimtrack.model.document import Article, DocumentVersion, Layout
from claimtrack.model.run import Run
from claimtrack.model.span import Span
from claimtrack.store import Store

OF_A_CLAIM = ("dossier", "dossier-pdf", "png", "svg")
AT = datetime(2026, 1, 1, tzinfo=UTC)
A_TEXT = 10  # reports in an article
SENTENCE = "قال الوزير رقم {} إن المطر نزل في المدينة {} أمس وإن الطريق مغلق. "

CHILD = """
import json, resource, sys
from claimtrack.export import Options, export
from claimtrack.store import Store
name, path = sys.argv[1:]
with Store.open(path, readonly=True) as store:
    before = sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
    if name == "rows":
        for row in store.connection.execute("SELECT * FROM attribution_span"):
            pass
    elif name != "nothing":
        with open("/dev/null", "wb") as out:
            export(name, store.connection, out)
    used = sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
with open("/proc/self/status") as status:  # else what the process that began it had counts, too
    peak = next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))
print(json.dumps([used - before, peak / 1024]))
"""


def article(number: int) -> tuple[DocumentVersion, Extraction]:
    text, found = "", []
    for each in range(A_TEXT):
        start = len(text)
        text += SENTENCE.format(number * A_TEXT + each, each)
        content = text.index(" إن ", start) + 4
        found.append(
            Attribution(
                key=str(each),
                source=(Span(start + 4, content - 4),),
                cue=(Span(start, start + 3),),
                content=(Span(content, len(text) - 2),),
            )
        )
    made = Article(
        text=text,
        place="",
        lang="ar",
        url=f"https://site.example/{number}",
        outlet=f"Site {number % 50}",
        layout=Layout(body=(Span(0, len(text)),)),
    )
    version = DocumentVersion.of(made, sha256(text.encode()).hexdigest())
    return version, Extraction(attributions=tuple(found))


def fill(path: Path, reports: int) -> None:
    run = Run(tool="bench", version="1")
    with Store.open(path, create=True) as store:
        for first in range(0, reports // A_TEXT, 200):
            with store.transaction():
                for number in range(first, min(first + 200, reports // A_TEXT)):
                    store.add(*article(number), (), run=run, at=AT, user="bench")


def measured(name: str, path: Path) -> tuple[float, float]:
    """Return the CPU seconds and the peak of memory, in MB, of writing a format."""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", CHILD, name, str(path)],
        capture_output=True,
        check=True,
        text=True,
    )
    seconds, megabytes = json.loads(done.stdout)
    return seconds, megabytes


def main() -> None:
    reports = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    with tempfile.TemporaryDirectory() as folder:
        path = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(folder) / "bench.db"
        if not path.exists():
            fill(path, reports)
        _, bare = measured("nothing", path)
        rows, _ = measured("rows", path)
        print(f"{reports:,} reports; bare rows {rows:.2f} s, bare memory {bare:.0f} MB")
        print(f"{'format':<18}{'CPU s':>8}{'x rows':>8}{'reports/s':>12}{'MB':>8}{'x bare':>8}")
        for name in sys.argv[3:] or formats():
            if name in OF_A_CLAIM:
                continue
            seconds, megabytes = measured(name, path)
            print(
                f"{name:<18}{seconds:>8.2f}{seconds / rows:>8.1f}{reports / seconds:>12,.0f}"
                f"{megabytes:>8.0f}{megabytes / bare:>8.1f}",
                flush=True,
            )


if __name__ == "__main__":
    main()
