# ruff: noqa: S608 (every name in a query is one of ours)
"""Overwriting what must not be held any more: words, names and bytes, in every place of ours.

A redaction cannot be undone. The words become blocks, so that spans still lie in their text; ids,
digests, the date and the reason stay. Which columns of which rows were overwritten is recorded with
a digest of what they hold since, so that `check` tells a redaction from damage.
"""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from claimtrack.errors import DatabaseError, OutputError
from claimtrack.model.ids import content_id, digest
from claimtrack.model.source import BETWEEN
from claimtrack.model.span import Span
from claimtrack.store import archive, index, linking, log, reindex, retractions
from claimtrack.store.content import instant, wording_digest, words_of
from claimtrack.store.prefixes import row_of
from claimtrack.store.rows import Row, many, put
from claimtrack.store.spelt import SHORTEST, Spelt

BLOCK = "\u2588"
"""What stands for each character that was overwritten; line ends stay."""

OVERWRITTEN = f"redacted{BETWEEN}"
"""What the key of a source begins with that held its name."""

_KEYS: dict[str, tuple[str, ...]] = {
    "capture_body": ("sha256",),
    "claim_text": ("claim_id", "lang"),
    "log_reason": ("desk_id", "seq"),
    "source_name": ("source_id", "ord"),
}
"""What names a row, where that is not its id."""

_SUBJECTS = {
    "document": "document",
    "version": "document_version",
    "attribution": "attribution",
    "source": "source",
    "capture": "capture",
}
"""What can be redacted: tables by the first part of their ids."""

_ROWS_OF = (
    "number IN (SELECT {0}_number FROM {0}_row WHERE row_id IN {{0}}"
    " OR row_id IN (SELECT version_id FROM attribution WHERE id IN {{0}}))"
)
_EVIDENCE = (
    ("relay", "evidence", "child_id IN {0} OR parent_id IN {0}"),
    ("outer_relay", "evidence", "child_id IN {0}"),
    ("judgement", "evidence", "run_id IS NOT NULL AND (left_id IN {1} OR right_id IN {1})"),
    ("suggestion", "evidence", "left_id IN {1} OR right_id IN {1}"),
    ("claim_relation", "evidence", "left_id IN {1} OR right_id IN {1}"),
)
"""Where machines noted words of reports."""

_ON_REPORTS = (
    ("judgement", "evidence", "left_id IN {1} OR right_id IN {1}"),
    ("review", "text", "claim_id IN {1}"),
    ("grade", "reason", "claim_id IN {1}"),
    ("correction", "reason", _ROWS_OF.format("correction")),
    ("retraction", "why", _ROWS_OF.format("retraction")),
    ("review_note", "text", "item IN {0} OR item IN {1}"),
)
"""Notes of people on some reports: whatever words these have in common with them go."""

_NOTES = (
    *(("judgement", "evidence"), ("review", "text"), ("review", "rating"), ("grade", "reason")),
    *(("grade", "topic"), ("correction", "reason"), ("retraction", "why"), ("log_reason", "why")),
    *(("source_edit", "evidence"), ("source_edit", "text"), ("source_edit", "source")),
    *(("publication", "why"), ("publication", "rights"), ("relay", "evidence")),
    *(("outer_relay", "evidence"), ("suggestion", "evidence"), ("claim_relation", "evidence")),
    *(("attribution", "source_name"), ("source", "name"), ("source", "reason")),
    *(("source_name", "text"), ("capture", "headers"), ("capture", "hops")),
    ("review_note", "text"),
)
"""Columns in which the words may stand, too."""


class Redacted(NamedTuple):
    """A redaction that was made: what, by whom, when (UTC), and why."""

    id: str
    subject: str
    by: str
    at: str
    why: str


def find(connection: sqlite3.Connection, wanted: str) -> str:
    """Return the full id of what can be redacted, live or not, by it or its beginning.

    Raises:
        UnknownIdError: Nothing that can be redacted has it.
        AmbiguousIdError: Several have.
    """
    return row_of(connection, wanted, _SUBJECTS)


def redact(connection: sqlite3.Connection, subject: str, why: str, by: log.By) -> str:
    """Overwrite the words of something in every row; return the redaction's id.

    What was redacted is retracted, too; a source's names are overwritten wherever they stand.
    Redacting again does nothing new, so that the file can be cleared once more.

    Args:
        connection: Within a transaction that `guards_down` is around.
        subject: The full id of a document, version, report, source or capture.
        why: For what reason; no word of what is redacted.
        by: Who has it overwritten, and when.

    Raises:
        DatabaseError: Nobody does, or for no reason.
    """
    if not by.user:
        raise DatabaseError("A redaction needs a user. Give --user.")
    if not why.strip():
        raise DatabaseError("A redaction needs a reason. Give --why.")
    known = connection.execute("SELECT id FROM redaction WHERE subject = ?", (subject,)).fetchone()
    if known:
        return str(known[0])
    if subject.partition("-")[0] in ("document", "version", "attribution"):
        with_reason = connection.execute(
            f"SELECT 1 FROM {_SUBJECTS[subject.partition('-')[0]]}"
            " WHERE id = ? AND retired_at IS NULL",
            (subject,),
        ).fetchone()
        if with_reason:
            retractions.retract(connection, subject, why, by)
    work = _Redacting(connection)
    work.take(subject)
    at = instant(by.at)
    said: Row = {
        "subject": subject,
        "why": why.strip(),
        "redacted_by": by.user,
        "redacted_at": at,
    }
    made = content_id("redaction", *said.values())
    put(connection, "redaction", {"id": made, **said}, {"recorded_at": at})
    work.record(made)
    log.append(connection, "redact", made, recorded(connection, made), by)
    return made


def recorded(connection: sqlite3.Connection, redaction_id: str) -> dict[str, object]:
    """Return the content of a redaction, as its log entry was made from it; empty for none."""
    columns = ("id", "subject", "why", "redacted_by", "redacted_at")
    row = connection.execute(
        f"SELECT {', '.join(columns)} FROM redaction WHERE id = ?", (redaction_id,)
    ).fetchone()
    return dict(zip(columns, row, strict=True)) if row else {}


def made(connection: sqlite3.Connection) -> tuple[Redacted, ...]:
    """Return the redactions, oldest first."""
    rows = connection.execute(
        "SELECT id, subject, redacted_by, redacted_at, why FROM redaction ORDER BY number"
    )
    return tuple(Redacted(*row) for row in rows)


def rows(connection: sqlite3.Connection) -> frozenset[tuple[str, str]]:
    """Return table and key of each row that was overwritten."""
    return frozenset(connection.execute("SELECT kind, row_key FROM redaction_row"))


def problems(connection: sqlite3.Connection) -> Iterator[str]:
    """Yield which rows are not as their last redaction left them, a line each."""
    last: dict[tuple[str, str, str], tuple[str, str]] = {}
    for redaction, kind, key, columns, held in connection.execute(
        "SELECT n.id, r.kind, r.row_key, r.columns, r.digest FROM redaction_row r"
        " JOIN redaction n ON n.number = r.redaction_number ORDER BY n.number"
    ):
        last[kind, key, columns] = (redaction, held)
    newest: dict[tuple[str, str], str] = {}
    for kind, key, columns in last:
        newest[kind, key] = columns
    for (kind, key, columns), (redaction, held) in last.items():
        if (
            newest[kind, key] == columns
            and _now(connection, kind, key, json.loads(columns)) != held
        ):
            yield f"{kind} {key}: is not as {redaction} left it"


@contextmanager
def guards_down(connection: sqlite3.Connection) -> Iterator[None]:
    """Let captures be overwritten within a block, and what was there be wiped from the file."""
    wiped = connection.execute("PRAGMA secure_delete").fetchone()[0]
    connection.execute("PRAGMA secure_delete = ON")
    guards = connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        " AND tbl_name IN ('capture', 'capture_body')"
    ).fetchall()
    for name, _ in guards:
        connection.execute(f"DROP TRIGGER {name}")
    try:
        yield
        for _, sql in guards:
            connection.execute(sql)
    finally:
        connection.execute(f"PRAGMA secure_delete = {wiped}")


def forget_sidecar(database: Path) -> None:
    """Take away the vectors that lie beside a database: linking makes them again.

    Args:
        database: The database file, which nobody links while this is done.

    Raises:
        OutputError: They cannot be taken away.
    """
    folder = linking.sidecar_of(database)
    try:
        shutil.rmtree(folder)
    except FileNotFoundError:
        return
    except OSError as error:
        raise OutputError(
            str(folder),
            f"vectors of what is to be redacted cannot be removed ({error.strerror or error})."
            " Remove it, and redact again.",
        ) from error


def clear(connection: sqlite3.Connection, database: Path, subject: str) -> None:
    """Wipe what was redacted from the files: free pages, the write-ahead log, WARC records.

    Args:
        connection: Outside of a transaction.
        database: The database file.
        subject: What was redacted.

    Raises:
        OutputError: The WARC file cannot be written.
        DatabaseError: Somebody else reads or writes the database.
    """
    path = archive.path_of(database)
    for start, size in connection.execute(
        "SELECT c.warc_start, c.warc_size FROM capture c WHERE c.warc_start IS NOT NULL"
        " AND c.sha256 IN (SELECT r.row_key FROM redaction_row r JOIN redaction n"
        " ON n.number = r.redaction_number WHERE n.subject = ? AND r.kind = 'capture_body')",
        (subject,),
    ).fetchall():
        archive.overwrite(path, start, size)
    connection.execute("VACUUM")
    busy = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    if busy:
        raise DatabaseError(
            f"{database} is being read by another program: the words are out of every row, but the"
            " file may still hold them. Stop that program and redact it again."
        )


class _Redacting:
    """The rows that one redaction overwrites.

    Attributes:
        touched: The columns of each, by table and key.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self.touched: dict[tuple[str, str], set[str]] = {}
        self._found: dict[str, set[int]] = {index.REPORTS: set(), index.TEXTS: set()}

    def take(self, subject: str) -> None:
        """Overwrite what belongs to a subject."""
        kind = subject.partition("-")[0]
        made: dict[str, str] = {}
        if kind in ("document", "version"):
            column = "document_id" if kind == "document" else "id"
            for (version,) in self._all(
                f"SELECT id FROM document_version WHERE {column} = ?", subject
            ):
                self._version(version)
                made |= self._made([row[0] for row in self._all(_REPORTS, version)])
            captured = (
                "SELECT sha256 FROM capture WHERE document_id = ?1 OR id IN ("
                "SELECT t.capture_id FROM capture_version t JOIN document_version v"
                f" ON v.id = t.version_id WHERE v.{column} = ?1)"
            )
            self._bodies(captured, subject)
        elif kind == "attribution":
            made = self._made([subject])
            self._report(subject, made.values())
        elif kind == "source":
            self._source(subject)
        else:
            self._bodies("SELECT sha256 FROM capture WHERE id = ?", subject)
        for source_id in made:
            if not self._is_named(source_id):
                self._named(source_id)
        if any(table == "document_version" for table, _ in self.touched):
            self._forget_vectors()
        for table, numbers in self._found.items():
            reindex.renew(self._connection, table, sorted(numbers))
            self._connection.execute(f"INSERT INTO {table}({table}) VALUES ('optimize')")

    def record(self, redaction_id: str) -> None:
        """Note which rows were overwritten, and what they hold now."""
        (number,) = self._connection.execute(
            "SELECT number FROM redaction WHERE id = ?", (redaction_id,)
        ).fetchone()
        self._connection.executemany(
            "INSERT INTO redaction_row VALUES (?, ?, ?, ?, ?)",
            [
                (number, kind, key, json.dumps(columns), _now(self._connection, kind, key, columns))
                for (kind, key), names in self.touched.items()
                for columns in [sorted(names)]
            ],
        )

    def _version(self, version_id: str) -> None:
        """Overwrite a whole text with all that was found in it."""
        text, title, byline = self._connection.execute(
            "SELECT text, title, byline FROM document_version WHERE id = ?", (version_id,)
        ).fetchone()
        secrets = {each for each in (title, byline) if each}
        secrets |= {row[0] for row in self._all(_EXACT, version_id)}
        self._rewrite(version_id, [Span(0, len(text))] if text else [])
        for name, value in (("title", title), ("byline", byline)):
            if value:
                self._set("document_version", version_id, {name: blocked(value)})
        names = self._all(
            "SELECT id, source_name FROM attribution"
            " WHERE version_id = ? AND source_name IS NOT NULL",
            version_id,
        )
        for report, name in names:
            self._set("attribution", report, {"source_name": blocked(name)})
        reports = [row[0] for row in self._all(_REPORTS, version_id)]
        self._evidence(reports)
        self._said_of(reports, [text])
        self._notes(secrets)
        (number,) = self._connection.execute(
            "SELECT number FROM document_version WHERE id = ?", (version_id,)
        ).fetchone()
        self._connection.execute("DELETE FROM sketch WHERE version_number = ?", (number,))
        self._connection.execute("DELETE FROM shingle WHERE version_number = ?", (number,))

    def _report(self, attribution_id: str, names: Iterable[str]) -> None:
        """Overwrite what a report says and who says it, wherever that stands in its text."""
        (version_id,) = self._connection.execute(
            "SELECT version_id FROM attribution WHERE id = ?", (attribution_id,)
        ).fetchone()
        spans = self._all(
            'SELECT role, start, "end", exact FROM attribution_span WHERE attribution_id = ?'
            " AND role <> 'cue'",
            attribution_id,
        )
        secrets = {*(row[3] for row in spans), *names}
        known = Spelt(secrets)
        self._words(version_id, known, [Span(row[1], row[2]) for row in spans])
        for (other,) in self._all(_BESIDE, version_id):
            self._words(other, known, [])
        name = self._connection.execute(
            "SELECT source_name FROM attribution WHERE id = ?", (attribution_id,)
        ).fetchone()[0]
        if name:
            self._set("attribution", attribution_id, {"source_name": blocked(name)})
        self._evidence([attribution_id])
        self._said_of([attribution_id], secrets)
        self._notes(secrets)
        self._bodies(
            "SELECT sha256 FROM capture WHERE id IN (SELECT t.capture_id FROM capture_version t"
            " JOIN document_version v ON v.id = t.version_id JOIN document_version o"
            " ON o.document_id = v.document_id WHERE o.id = ?)",
            version_id,
        )

    def _made(self, reports: Sequence[str]) -> dict[str, str]:
        """Return the sources of some reports that only texts know, by id, with their names.

        Their keys are made of the words that a text calls them by.
        """
        found = self._connection.execute(
            "SELECT DISTINCT s.id, s.name, s.key FROM attribution a"
            " JOIN source s ON s.id = a.source_id WHERE a.id IN (SELECT value FROM json_each(?))",
            (many(reports),),
        )
        return {source_id: name for source_id, name, key in found if _tells(key)}

    def _is_named(self, source_id: str) -> bool:
        """Tell whether a text of which nothing was overwritten names a source."""
        versions = self._all(
            "SELECT DISTINCT version_id FROM attribution WHERE source_id = ?1 AND version_id"
            " NOT IN (SELECT row_key FROM redaction_row WHERE kind = 'document_version')",
            source_id,
        )
        return any(("document_version", row[0]) not in self.touched for row in versions)

    def _named(self, source_id: str) -> None:
        """Overwrite what a source is called, and its key where that is made of its name."""
        key, reason = self._connection.execute(
            "SELECT key, reason FROM source WHERE id = ?", (source_id,)
        ).fetchone()
        known = _tells(key)
        told = {"name": BLOCK * SHORTEST}
        if known:
            told["key"] = f"{OVERWRITTEN}{source_id}"
        if reason:
            told["reason"] = blocked(reason)
        self._set("source", source_id, told)
        for (ord_,) in self._all("SELECT ord FROM source_name WHERE source_id = ?", source_id):
            self._set("source_name", f"{source_id} {ord_}", {"text": BLOCK * SHORTEST})
        if known:
            self._notes({key.rpartition(BETWEEN)[2]})
            groups = "SELECT id FROM source WHERE instr(key, ?)"  # whose keys hold their members'
            for (group,) in self._all(groups, key):
                self._named(group)

    def _source(self, source_id: str) -> None:
        """Overwrite a source's names wherever they stand, and the words it is mentioned by."""
        secrets = {
            row[0]
            for row in self._all(
                "SELECT name FROM source WHERE id = ?1"
                " UNION SELECT text FROM source_name WHERE source_id = ?1"
                " UNION SELECT text FROM source_edit WHERE source_id = ?1 AND text IS NOT NULL"
                " UNION SELECT s.exact FROM attribution_span s JOIN attribution a"
                " ON a.id = s.attribution_id WHERE a.source_id = ?1"
                " AND s.role IN ('source', 'antecedent')",
                source_id,
            )
        }
        mentions: dict[str, list[Span]] = {}
        for version_id, start, end in self._all(
            'SELECT a.version_id, s.start, s."end" FROM attribution a JOIN attribution_span s'
            " ON s.attribution_id = a.id WHERE a.source_id = ?"
            " AND s.role IN ('source', 'antecedent')",
            source_id,
        ):
            mentions.setdefault(version_id, []).append(Span(start, end))
        for version_id, spans in mentions.items():
            self._words(version_id, Spelt(()), spans)
            self._bodies(_FETCHED, version_id)
        known = Spelt(secrets)
        texts = self._connection.execute("SELECT id, text, title, byline FROM document_version")
        named = [row[0] for row in texts if any(known.stand_in(each) for each in row[1:] if each)]
        for version_id in named:
            self._words(version_id, known, [])
            self._bodies(_FETCHED, version_id)
        for report, name in self._all(
            "SELECT id, source_name FROM attribution"
            " WHERE source_id = ? AND source_name IS NOT NULL",
            source_id,
        ):
            self._set("attribution", report, {"source_name": blocked(name)})
        self._named(source_id)
        self._notes(secrets)

    def _words(self, version_id: str, known: Spelt, spans: Iterable[Span]) -> None:
        """Overwrite words in a text, its title and its byline, and stretches of the text."""
        text, title, byline = self._connection.execute(
            "SELECT text, title, byline FROM document_version WHERE id = ?", (version_id,)
        ).fetchone()
        found = [*spans, *known.spans(text)]
        if found:
            self._rewrite(version_id, found)
        for name, value in (("title", title), ("byline", byline)):
            new = _without(value, known) if value else value
            if new != value:
                self._set("document_version", version_id, {name: new})

    def _rewrite(self, version_id: str, spans: Sequence[Span]) -> None:
        """Overwrite stretches of a text, and bring what is made of it in step."""
        text, lang, number = self._connection.execute(
            "SELECT text, lang, number FROM document_version WHERE id = ?", (version_id,)
        ).fetchone()
        letters = list(text)
        for span in spans:
            letters[span.start : span.end] = blocked(text[span.start : span.end])
        new = "".join(letters)
        self._set("document_version", version_id, {"text": new})
        for report, claim in self._all(
            "SELECT a.id, k.id FROM attribution a JOIN claim k ON k.attribution_id = a.id"
            " WHERE a.version_id = ?",
            version_id,
        ):
            self._claim(report, claim, (lang, new))
        self._found[index.TEXTS].add(number)
        told = "narration_id IN (SELECT id FROM narration WHERE version_id = ?)"
        self._connection.execute(f"DELETE FROM narration_linked WHERE {told}", (version_id,))

    def _claim(self, report: str, claim: str, version: tuple[str, str]) -> None:
        lang, text = version
        spans = self._all(
            'SELECT start, "end" FROM attribution_span WHERE attribution_id = ?'
            " AND role = 'content' ORDER BY ord",
            report,
        )
        content = words_of(text, tuple(Span(*each) for each in spans))
        told = {"text": content, "wording": wording_digest(lang, content)}
        self._set("claim_text", f"{claim} {lang}", told)
        (number,) = self._connection.execute(
            "SELECT number FROM attribution WHERE id = ?", (report,)
        ).fetchone()
        self._found[index.REPORTS].add(number)
        self._connection.execute("DELETE FROM linked WHERE claim_id = ?", (claim,))

    def _forget_vectors(self) -> None:
        """Forget the vectors of contents that are no more, and of titles and beginnings.

        Nothing tells which article a title's vector is of; linking makes again what it needs.
        """
        self._connection.execute(
            "DELETE FROM content_vector WHERE digest NOT IN"
            " (SELECT digest FROM linked UNION ALL SELECT digest FROM narration_linked)"
        )

    def _bodies(self, query: str, value: str) -> None:
        """Overwrite what was fetched, byte for byte."""
        for (sha256,) in self._all(f"SELECT DISTINCT sha256 FROM ({query})", value):
            self._connection.execute(
                "UPDATE capture_body SET body = zeroblob(size) WHERE sha256 = ?", (sha256,)
            )
            self.touched.setdefault(("capture_body", sha256), set()).add("body")

    def _evidence(self, reports: Sequence[str]) -> None:
        """Overwrite what machines noted of some reports."""
        own = "(SELECT value FROM json_each(?1))"
        claims = f"(SELECT id FROM claim WHERE attribution_id IN {own})"
        for table, column, which in _EVIDENCE:
            query = f"SELECT id, {column} FROM {table} WHERE {which.format(own, claims)}"
            for row_id, held in self._all(query, many(reports)):
                if held:
                    self._set(table, row_id, {column: blocked(held)})

    def _said_of(self, reports: Sequence[str], secrets: Iterable[str]) -> None:
        """Overwrite in what people said of some reports each word that they have in common."""
        known = Spelt((word for each in secrets for word in re.findall(r"\w+", each)), whole=True)
        own = "(SELECT value FROM json_each(?1))"
        claims = f"(SELECT id FROM claim WHERE attribution_id IN {own})"
        for table, column, which in _ON_REPORTS:
            query = f"SELECT id, {column} FROM {table} WHERE {which.format(own, claims)}"
            for row_id, held in self._all(query, many(reports)):
                new = _without(held, known)
                if new != held:
                    self._set(table, row_id, {column: new})

    def _notes(self, secrets: Iterable[str]) -> None:
        """Overwrite words where they stand in notes, of people and machines."""
        known = Spelt.also_in_json(secrets)
        for table, column in _NOTES:
            keys = ", ".join(_KEYS.get(table, ("id",)))
            rows = self._connection.execute(
                f"SELECT {keys}, {column} FROM {table} WHERE {column} <> ''"
            )
            for *key, held in [row for row in rows if known.stand_in(row[-1])]:
                self._set(table, " ".join(map(str, key)), {column: _without(held, known)})

    def _set(self, table: str, key: str, values: Mapping[str, str | None]) -> None:
        names = _KEYS.get(table, ("id",))
        marks = ", ".join(f'"{name}" = ?' for name in values)
        which = " AND ".join(f'"{name}" = ?' for name in names)
        keys = key.split(" ") if len(names) > 1 else [key]
        self._connection.execute(
            f"UPDATE {table} SET {marks} WHERE {which}", (*values.values(), *keys)
        )
        self.touched.setdefault((table, key), set()).update(values)

    def _all(self, query: str, value: str) -> list[tuple[Any, ...]]:
        return self._connection.execute(query, (value,)).fetchall()


def _tells(key: str) -> bool:
    """Tell whether a source's key is made of what a text calls it; that of an outlet stays."""
    return BETWEEN in key and not key.startswith((OVERWRITTEN, f"outlet{BETWEEN}"))


def blocked(text: str) -> str:
    """Return blocks in the place of a text's characters; line ends stay."""
    return "".join(each if each in "\r\n" else BLOCK for each in text)


def _without(text: str, words: Spelt) -> str:
    letters = list(text)
    for span in words.spans(text):
        letters[span.start : span.end] = blocked(text[span.start : span.end])
    return "".join(letters)


def _now(connection: sqlite3.Connection, kind: str, key: str, columns: Sequence[str]) -> str:
    """Return the digest of what some columns of a row hold."""
    names = _KEYS.get(kind, ("id",))
    which = " AND ".join(f'"{name}" = ?' for name in names)
    listed = ", ".join(f'hex("{name}")' if name == "body" else f'"{name}"' for name in columns)
    row = connection.execute(
        f"SELECT {listed} FROM {kind} WHERE {which}",
        key.split(" ") if len(names) > 1 else [key],
    ).fetchone()
    return digest(list(row)) if row else ""


_REPORTS = "SELECT id FROM attribution WHERE version_id = ?"
_BESIDE = """
SELECT o.id FROM document_version v JOIN document_version o ON o.document_id = v.document_id
WHERE v.id = ?1 AND o.id <> ?1"""
_FETCHED = """
SELECT sha256 FROM capture
WHERE id IN (SELECT capture_id FROM capture_version WHERE version_id = ?)"""
_EXACT = f"SELECT exact FROM attribution_span WHERE attribution_id IN ({_REPORTS})"
