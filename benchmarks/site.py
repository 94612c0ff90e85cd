"""How long pages take in a published copy: python benchmarks/site.py [--claims N] [--live].

A database is generated with two reports to a claim and ten to a document, row by row and in flat
memory; what sources, outlets and claims are talked of follows a power law, and so do the words. All
of it is published in full, and the copy is served by a process of its own. Each kind of page is
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
from datetime import UTC, datetime, timedelta
from hashlib import blake2b, sha256
from pathlib import Path

import httpx

from claimtrack.model.vocabulary import PublicationState
from claimtrack.store import Store, publication
from claimtrack.store.content import claim_id
from claimtrack.store.publication import Decision
from claimtrack.store.words import indexed

AT = "2026-01-01T00:00:00Z"
REPORTS, A_DOCUMENT = 2, 10
SOURCES, OUTLETS = 2_000, 60
BATCH = 200  # documents in a transaction
PREFIXES, ENDS = ("مست", "سد", "بدر", "قم", "تل", "هم", "رص", "كت"), ("ون", "ية", "ان", "ور", "يل")
WORDS = [f"{a}{b}{c}" for a in PREFIXES for b in "اوبجدرسصعفق" for c in (*ENDS, *"رنلمبدةسعق")]
LIMITS = {"one": 200.0, "eight": 400.0, "home": 50.0}


def made(kind: str, number: int) -> str:
    return f"{kind}-{blake2b(f'{kind}{number}'.encode(), digest_size=16).hexdigest()}"


def often(chance: random.Random, count: int, power: float = 1.1) -> int:
    """Return a number below a count; the first ones often, the last ones seldom."""
    return (
        min(int(chance.paretovariate(power)) - 1, count - 1)
        if chance.random() < 0.7
        else (chance.randrange(count))
    )


def content(claim: int) -> str:
    chance = random.Random(claim)
    words = [WORDS[often(chance, len(WORDS), 0.5)] for _ in range(9)]
    return f"{' '.join(words)} رقم {claim}"


class Rows:
    """Rows of a stretch of documents, by table."""

    def __init__(self) -> None:
        """Begin with none."""
        self.tables: dict[str, list[tuple[object, ...]]] = {}

    def put(self, table: str, *row: object) -> None:
        self.tables.setdefault(table, []).append(row)

    def write(self, connection: sqlite3.Connection) -> None:
        for table, rows in self.tables.items():
            columns, marks = COLUMNS[table], ", ".join("?" * len(rows[0]))
            connection.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", rows)
        self.tables.clear()


COLUMNS = {
    "document": "id, known_by, identity, recorded_at",
    "document_url": "document_id, kind, url",
    "document_version": "number, id, document_id, seq, sha256, lang, title, outlet,"
    " published_stated, published_utc, published_precision, replaced, recorded_at, text",
    "document_part": 'version_id, role, start, "end"',
    "document_fts": "rowid, title, body",
    "attribution": "number, id, version_id, ord, key, kind, channel, stance, assertion, modality,"
    " source_type, source_id, confidence, cue_unknown, pattern, run_id, recorded_at",
    "attribution_span": 'attribution_id, role, ord, start, "end", exact, prefix, suffix',
    "attribution_fts": "rowid, source, cue, content",
    "claim": "number, id, attribution_id, recorded_at",
    "claim_text": "claim_id, lang, text",
    "claim_cluster": "claim_id, cluster_id",
    "relay": "id, child_id, parent_id, kind, evidence, run_id, recorded_at",
    "source": "id, key, name, kind, type, country, invented, recorded_at",
    "source_name": "source_id, ord, text, lang, kind",
}


def fill(path: Path, claims: int) -> None:
    """Write so many claims, and what reports them."""
    documents = claims * REPORTS // A_DOCUMENT
    heads: list[int] = []
    with Store.open(path, create=True) as store:
        connection = store.connection
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("PRAGMA foreign_keys = OFF")
        with store.transaction():
            connection.execute(
                "INSERT INTO run VALUES (?, 'bench', '1', '{}', ?)", (made("run", 0), AT)
            )
            rows = Rows()
            for number in range(SOURCES):
                put_source(rows, number)
            rows.write(connection)
        for first in range(0, documents, BATCH):
            with store.transaction():
                for number in range(first, min(first + BATCH, documents)):
                    put_document(rows, number, heads)
                rows.write(connection)


def put_source(rows: Rows, number: int) -> None:
    name = f"وزارة {WORDS[number % len(WORDS)]} {number}"
    row = (made("source", number), f"bench-{number}", f"Ministry {number}", "body")
    rows.put("source", *row, "government", "XQ", 1, AT)
    rows.put("source_name", made("source", number), 0, name, "ar", "official")


def put_document(rows: Rows, number: int, heads: list[int]) -> None:
    chance = random.Random(number)
    document, version = made("document", number), made("version", number)
    title = f"خبر {number} {WORDS[number % len(WORDS)]}"
    text, found = title + "\n\n", []
    for each in range(A_DOCUMENT):
        report = number * A_DOCUMENT + each
        joins = bool(heads) and chance.random() < 1 - 1 / REPORTS
        head = heads[int(len(heads) * chance.random() ** 2)] if joins else report
        if not joins:
            heads.append(report)
        source = often(chance, SOURCES, 0.6)
        who, words = f"وزارة {WORDS[source % len(WORDS)]} {source}", content(head)
        start = len(text)
        text += f"قالت {who} إن {words}. "
        found.append((report, head, source, start, who, words))
    day = (datetime(2020, 1, 1, tzinfo=UTC) + timedelta(minutes=number * 13)).isoformat()
    rows.put("document", document, "url", f"https://bench.example/{number}", AT)
    rows.put("document_url", document, "raw", f"https://bench.example/{number}")
    rows.put(
        "document_version",
        *(number + 1, version, document, 1, sha256(text.encode()).hexdigest(), "ar", title),
        *(f"صحيفة {often(chance, OUTLETS, 0.5)}", day[:10], day.replace("+00:00", "Z"), "day"),
        *(0, AT, text),
    )
    rows.put("document_part", version, "title", 0, len(title))
    rows.put("document_part", version, "body", len(title) + 2, len(text))
    rows.put("document_fts", number + 1, indexed(title), indexed(text))
    for report in found:
        put_report(rows, chance, version, text, report)


def put_report(
    rows: Rows,
    chance: random.Random,
    version: str,
    text: str,
    found: tuple[int, int, int, int, str, str],
) -> None:
    report, head, source, start, who, words = found
    attribution = made("attribution", report)
    claim = claim_id(attribution)
    rows.put(
        "attribution",
        *(report + 1, attribution, version, report % A_DOCUMENT, str(report), "indirect"),
        *(chance.choice(("none_stated", "statement", "press_conference")),),
        *(chance.choice(("neutral", "neutral", "neutral", "distancing")),),
        *(chance.choice(("assert", "assert", "assert", "deny")), "reported", "government"),
        *(made("source", source), 0.9, 0, "bench", made("run", 0), AT),
    )
    at = start + 5
    for role, begin, exact in (
        ("cue", start, "قالت"),
        ("source", at, who),
        ("content", at + len(who) + 4, words),
    ):
        end = begin + len(exact)
        prefix, suffix = text[max(0, begin - 32) : begin], text[end : end + 32]
        rows.put("attribution_span", attribution, role, 0, begin, end, exact, prefix, suffix)
    rows.put("attribution_fts", report + 1, indexed(who), indexed("قالت"), indexed(words))
    rows.put("claim", report + 1, claim, attribution, AT)
    rows.put("claim_text", claim, "ar", words)
    rows.put("claim_cluster", claim, claim_id(made("attribution", head)))
    if head != report and chance.random() < 0.3:
        ends = (attribution, made("attribution", head))
        rows.put("relay", made("relay", report), *ends, "relays", "نقلت", made("run", 0), AT)


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
    some = lambda values, where: lambda chance: where.format(chance.choice(values))  # noqa: E731
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

    def cpu(self) -> float:
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

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


def serving(folder: Path, *, live: bool) -> Iterator[Asked]:
    how = ["--db", str(folder)] if live else ["--public", str(folder)]
    script = "import sys; from claimtrack.cli import main; main()"
    process = subprocess.Popen(
        [sys.executable, "-c", script, "serve", *how, "--port", "0"],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout
    line = process.stdout.readline()
    yield Asked(process, line.split(" is at ")[1].split(" (")[0])
    process.terminate()
    process.wait()


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
        for server in serving(path if given.live else site, live=given.live):
            over = tell(server, kinds, given.count)
    print(f"{over} kinds of page are over their limit of {LIMITS}")


if __name__ == "__main__":
    main()
