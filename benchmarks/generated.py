"""A database that is made up: claims with two reports each on average, ten to a document.

Row by row and in flat memory; what sources, outlets and claims are talked of follows a power law,
and so do the words. For the benchmarks of what is done with a large database.
"""

from __future__ import annotations

import random
import sqlite3
from datetime import UTC, datetime, timedelta
from hashlib import blake2b, sha256
from pathlib import Path

from claimtrack.store import Store
from claimtrack.store.content import claim_id
from claimtrack.store.words import indexed

AT = "2026-01-01T00:00:00Z"
REPORTS, A_DOCUMENT = 2, 10
SOURCES, OUTLETS = 2_000, 60
BATCH = 200  # documents in a transaction
PREFIXES, ENDS = ("مست", "سد", "بدر", "قم", "تل", "هم", "رص", "كت"), ("ون", "ية", "ان", "ور", "يل")
WORDS = [f"{a}{b}{c}" for a in PREFIXES for b in "اوبجدرسصعفق" for c in (*ENDS, *"رنلمبدةسعق")]


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
    "attribution_position": 'attribution_number, role, ord, start, "end"',
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
        connection.execute(
            "INSERT INTO claim_spread SELECT cluster_id, count(*) FROM claim_cluster"
            " GROUP BY cluster_id HAVING count(*) > 1"
        )


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
    for told in found:
        put_report(rows, chance, version, told)


def put_report(
    rows: Rows,
    chance: random.Random,
    version: str,
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
        rows.put("attribution_position", report + 1, role, 0, begin, end)
    rows.put("attribution_fts", report + 1, indexed(who), indexed("قالت"), indexed(words))
    rows.put("claim", report + 1, claim, attribution, AT)
    rows.put("claim_text", claim, "ar", words)
    rows.put("claim_cluster", claim, claim_id(made("attribution", head)))
    if head != report and chance.random() < 0.3:
        ends = (attribution, made("attribution", head))
        rows.put("relay", made("relay", report), *ends, "relays", "نقلت", made("run", 0), AT)
