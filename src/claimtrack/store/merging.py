# ruff: noqa: S608 (every name in a query is one of ours)
"""Uniting two desks' databases by the ids of their content; what either decided is kept.

Rows that are not held are taken in as they are, the undone ones too. Of a text that both read, our
own reading stands: what the other one read differently is held, retired, but for what a person
there decided about. What was undone on either side is undone. Decisions that contradict each other
both stand and are named; where a person says that two claims differ, what machines joined yields.
The other desk's log is held whole beside ours, under its own id.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from claimtrack.errors import ClaimtrackError, IntegrityError
from claimtrack.model.value import Value
from claimtrack.store import brought, clusters, index, log, reindex, source_edits, undo
from claimtrack.store.components import components
from claimtrack.store.content import instant
from claimtrack.store.rows import insert, many
from claimtrack.store.texts import Texts


class Conflict(Value):
    """Two decisions that cannot both be right; both are kept.

    Attributes:
        kind: What they are about ("same claim", "verdict", "grade", "same source", "report",
            "publication", "undone", "redacted").
        ours: The id of the one that was held.
        theirs: The id of the other desk's.
        about: What they say, in words.
    """

    kind: str
    ours: str
    theirs: str
    about: str


class Merged(Value):
    """What a merge came to.

    Attributes:
        desk: The id under which the other desk's log is held.
        entries: How many entries of it are new.
        put: How many rows of each table are new.
        left_out: How many rows were left out, by table and why.
        conflicts: Decisions that contradict each other.
    """

    desk: str
    entries: int
    put: dict[str, int]
    left_out: dict[str, int]
    conflicts: tuple[Conflict, ...]


class _Table(NamedTuple):
    """A table that is united.

    Attributes:
        refs: Columns that name rows, with the tables these are of; a row is left out where one of
            them is not held.
        loose: Columns of that kind that are emptied instead.
        children: Tables of the row's own, with the column that names it.
        numbered: It has numbers of its own, in the order of recording.
    """

    refs: Mapping[str, str] = {}
    loose: Mapping[str, str] = {}
    children: Mapping[str, str] = {}
    numbered: bool = True


_CLAIMS = {"left_id": "claim", "right_id": "claim"}
_TABLES: dict[str, _Table] = {
    "run": _Table(numbered=False),
    "source": _Table(numbered=False),
    "document": _Table(numbered=False),
    "document_version": _Table(
        {"document_id": "document"},
        children={
            **dict.fromkeys(
                ("document_part", "version_update", "reading", "reading_answer"), "version_id"
            ),
        },
    ),
    "attribution": _Table(
        {"version_id": "document_version", "source_id": "source", "run_id": "run"},
        {"responds_to_id": "attribution"},
    ),
    "claim": _Table({"attribution_id": "attribution"}, children={"claim_text": "claim_id"}),
    "narration": _Table({"version_id": "document_version", "run_id": "run"}, numbered=False),
    "relay": _Table(
        {"child_id": "attribution", "parent_id": "attribution", "run_id": "run"},
        children={"relay_strength": "relay_id"},
        numbered=False,
    ),
    "outer_relay": _Table({"child_id": "attribution", "source_id": "source", "run_id": "run"}),
    "judgement": _Table({**_CLAIMS, "run_id": "run", "relay_id": "relay"}),
    "suggestion": _Table({**_CLAIMS, "run_id": "run"}),
    "claim_relation": _Table({**_CLAIMS, "run_id": "run"}),
    "correction": _Table({"version_id": "document_version"}),
    "review": _Table({"claim_id": "claim", "revises": "review"}),
    "grade": _Table({"claim_id": "claim", "source_id": "source"}),
    "source_edit": _Table({"source_id": "source", "other_id": "source"}),
    "review_note": _Table(),
    "publication": _Table(),
    "retraction": _Table(),
    "capture": _Table(loose={"document_id": "document"}),
}
"""What is united, in an order in which each row comes after those it names."""

_MEMBERS = {
    "correction": ("correction_row", "correction_number", "row_id"),
    "publication": ("publication_document", "publication_number", "document_id"),
    "retraction": ("retraction_row", "retraction_number", "row_id"),
}
"""Tables of what a decision is about, which name it by its number."""

_BY_NUMBER = {
    "attribution": ("attribution_position", "attribution_number"),
    **{table: members[:2] for table, members in _MEMBERS.items()},
}
"""Tables of what belongs to a row, which name it by its number."""

_DECIDED_THERE = """
SELECT k.attribution_id FROM claim k WHERE k.id IN (
    SELECT left_id FROM judgement WHERE judged_by IS NOT NULL
    UNION SELECT right_id FROM judgement WHERE judged_by IS NOT NULL
    UNION SELECT claim_id FROM review UNION SELECT claim_id FROM grade)
UNION SELECT row_id FROM correction_row"""

_NAMING = (
    *("id", "document_id", "version_id", "attribution_id", "child_id", "parent_id"),
    *("claim_id", "left_id", "right_id", "item", "subject"),
)
"""Columns that tell what a row is of."""

_OVERWRITTEN = "SELECT row_key FROM redaction_row WHERE kind = 'document_version'"
_GIVEN = "(SELECT value FROM json_each(?1))"
_EMPTY = f"""
SELECT document_id FROM document_version GROUP BY document_id
HAVING count(*) = sum(id IN {_GIVEN})"""
_BELONGING = (
    f"SELECT id FROM document_version WHERE document_id IN {_GIVEN}",
    f"SELECT id FROM attribution WHERE version_id IN {_GIVEN}",
    f"SELECT id FROM claim WHERE attribution_id IN {_GIVEN}",
    f"SELECT capture_id FROM capture_version WHERE version_id IN {_GIVEN}",
    (
        f"SELECT source_id FROM attribution WHERE id IN {_GIVEN}"
        f" EXCEPT SELECT source_id FROM attribution WHERE id NOT IN {_GIVEN}"
    ),
)
"""What belongs to what was redacted, each beside those before it."""

_OUTCOME = ("judgement", "review", "grade", "publication", "correction", "retraction")
"""Decisions that either desk may have undone."""


def merge(
    connection: sqlite3.Connection,
    other: sqlite3.Connection,
    by: log.By,
    step: Callable[[str, int], None] = lambda _, __: None,
) -> Merged:
    """Unite the database with another one, which is only read.

    Args:
        connection: Ours, within a transaction.
        other: Another desk's, which `verify` finds sound, in a snapshot.
        by: Who merges, and when.
        step: Is told which table is taken in, and how many rows of others are.

    Raises:
        IntegrityError: The same id is held with other content.
    """
    return _Merging(connection, other, by).run(step)


class _Redacted(NamedTuple):
    """What is not taken in, since either side redacted it.

    Attributes:
        texts: The ids of versions in which words were overwritten.
        own: The ids of documents, versions, reports, claims, captures and sources that were.
        rows: What names rows that the other side overwrote: they are not what their ids say; and
            the ids of documents that have no other versions.
    """

    texts: frozenset[str]
    own: frozenset[str]
    rows: frozenset[str]

    @classmethod
    def of(cls, connection: sqlite3.Connection, other: sqlite3.Connection) -> _Redacted:
        """Return what our side and the other one redacted."""
        texts, own = (
            {str(row[0]) for each in (connection, other) for row in each.execute(query)}
            for query in (
                _OVERWRITTEN,
                "SELECT subject FROM redaction WHERE subject NOT LIKE 'source-%'",
            )
        )
        for query in _BELONGING:
            own |= {str(row[0]) for row in other.execute(query, (many(sorted(own)),))}
        texts |= own
        rows = {str(row[0]) for row in other.execute("SELECT row_key FROM redaction_row")}
        rows |= {str(row[0]) for row in other.execute(_EMPTY, (many(sorted(texts)),))}
        return cls(frozenset(texts), frozenset(own), frozenset(rows))

    def hides(self, table: str, row: Mapping[str, Any]) -> bool:
        """Tell whether a row of the other side is not to be taken in."""
        if table in ("attribution", "narration") and row["version_id"] in self.texts:
            return True
        if row["id"] in (self.texts if table == "document_version" else self.rows):
            return True
        return row.get("sha256") in self.rows or any(
            row.get(column) in self.own for column in _NAMING
        )


class _Merging:
    """One merge.

    Attributes:
        new: Ids of the rows taken in, by table.
    """

    def __init__(
        self, connection: sqlite3.Connection, other: sqlite3.Connection, by: log.By
    ) -> None:
        self._connection, self._other, self._by = connection, other, by
        self._texts = Texts(other)
        self._at = instant(by.at)
        self.new: dict[str, set[str]] = {}
        self._left: Counter[str] = Counter()
        self._conflicts: list[Conflict] = []
        self._read_here = self._ids("document_version")
        self._decided = {row[0] for row in other.execute(_DECIDED_THERE)}
        self._redacted = _Redacted.of(connection, other)
        connection.execute("PRAGMA defer_foreign_keys = 1")

    def run(self, step: Callable[[str, int], None]) -> Merged:
        marks = brought.begin(self._connection)
        desk, entries = self._chain()
        self._tell_redacted()
        for table, about in _TABLES.items():
            step(table.replace("_", " "), sum(map(len, self.new.values())))
            self._take(table, about)
        self._beside()
        self._undone()
        self._retired()
        self._settle()
        self._tell()
        put = {table: len(ids) for table, ids in self.new.items() if ids}
        left = dict(sorted(self._left.items()))
        if entries or put:
            told = {"desk": desk, "entries": entries, "put": put, "left_out": left}
            log.append(self._connection, "merge", desk, told, self._by)
            brought.end(self._connection, marks)
        return Merged(
            desk=desk,
            entries=entries,
            put=put,
            left_out=left,
            conflicts=tuple(
                sorted(self._conflicts, key=lambda one: tuple(one.model_dump().values()))
            ),
        )

    def _chain(self) -> tuple[str, int]:
        """Hold the other desks' logs; return the name of the other one's, and its new entries."""
        own = log.own_desk(self._other) or ""
        name, entries = own, 0
        desks = self._other.execute("SELECT id, opened_at, opened_by FROM desk").fetchall()
        for desk, *opened in desks:
            chain = self._other.execute(
                "SELECT * FROM event_log WHERE desk_id = ? ORDER BY seq", (desk,)
            ).fetchall()
            held, known = self._held_chain(desk, chain)
            name = held if desk == own else name
            if known is None:
                continue
            if not known:
                self._connection.execute(
                    "INSERT INTO desk VALUES (?, ?, ?, ?)", (held, *opened, self._at)
                )
            fresh = [(held, *row[1:]) for row in chain[known:]]
            self._connection.executemany(
                "INSERT INTO event_log VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", fresh
            )
            entries += len(fresh)
            if fresh:
                self._connection.execute(
                    "INSERT INTO log_head VALUES (?1, ?2, ?3)"
                    " ON CONFLICT (desk_id) DO UPDATE SET seq = ?2, hash = ?3",
                    (held, fresh[-1][1], fresh[-1][-1]),
                )
            reasons = self._other.execute(
                "SELECT seq, why FROM log_reason WHERE desk_id = ?", (desk,)
            )
            self._connection.executemany(
                "INSERT OR IGNORE INTO log_reason VALUES (?, ?, ?)",
                [(held, *row) for row in reasons.fetchall()],
            )
        return name, entries

    def _held_chain(self, desk: str, chain: Sequence[Sequence[Any]]) -> tuple[str, int | None]:
        """Return under which name a chain is held and how much of it; None where all of it is.

        A copy of a database that went its own way has the same desk and another log: it is held
        whole under the desk's id and the seal of the first entry that differs.
        """
        hashes = [row[-1] for row in chain]
        held = self._connection.execute(
            "SELECT hash FROM event_log WHERE desk_id = ? ORDER BY seq", (desk,)
        ).fetchall()
        ours = [row[0] for row in held]
        shared = 0
        for one, other in zip(ours, hashes, strict=False):
            if one != other:
                break
            shared += 1
        if shared == len(hashes):
            return desk, None
        if shared == len(ours) and desk != log.own_desk(self._connection):
            return desk, shared
        name = f"{desk.partition('/')[0]}/{hashes[shared]}"
        there = self._connection.execute(
            "SELECT count(*) FROM event_log WHERE desk_id = ?", (name,)
        ).fetchone()[0]
        return (name, None) if there >= len(hashes) else (name, there)

    def _tell_redacted(self) -> None:
        rows = self._other.execute(
            "SELECT n.id, r.row_key FROM redaction n JOIN redaction_row r"
            " ON r.redaction_number = n.number WHERE r.kind = 'document_version'"
        ).fetchall()
        for redaction, version in rows:
            if version in self._read_here and not self._is_redacted_here(version):
                about = "the other desk overwrote it for good; redact it here too"
                self._conflicts.append(
                    Conflict(kind="redacted", ours=version, theirs=redaction, about=about)
                )

    def _is_redacted_here(self, version: str) -> bool:
        found = self._connection.execute(
            "SELECT 1 FROM redaction_row WHERE kind = 'document_version' AND row_key = ?",
            (version,),
        )
        return found.fetchone() is not None

    def _take(self, table: str, about: _Table) -> None:
        """Take in the rows of a table that are not held, each with what is its own."""
        held = self._ids(table)
        new = self.new[table] = set()
        order = "number" if about.numbered else "id"
        number = self._last(table) if about.numbered else 0
        for row in _records(self._other, f"SELECT * FROM {table} ORDER BY {order}"):
            row_id = str(row["id"])
            if row_id in held or not self._wanted(table, about, row):
                continue
            for column, other in about.loose.items():
                if row[column] is not None and not self._holds(other, str(row[column])):
                    row[column] = None
            there = row.get("number")
            if about.numbered:
                number += 1
                row["number"] = number
            row["recorded_at"] = self._at
            if table == "document_version":
                row["seq"] = self._place(row)
            if table in ("attribution", "claim") and self._is_another_reading(table, row):
                row["retired_at"] = row["retired_at"] or self._at
            if table == "capture":
                row |= {"warc_start": None, "warc_size": None}
                self._body(str(row["sha256"]))
            self._insert(table, row)
            new.add(row_id)
            self._own(table, about, row_id, (there, number))

    def _wanted(self, table: str, about: _Table, row: dict[str, Any]) -> bool:
        """Tell whether a row can be taken in; count it where not."""
        for column, other in about.refs.items():
            if row[column] is not None and not self._holds(other, str(row[column])):
                self._left[f"{table} of what is not held"] += 1
                return False
        if self._redacted.hides(table, row):
            self._left[f"{table} of what was redacted"] += 1
            return False
        if table in _MEMBERS:
            return self._members_held(table, row)
        return True

    def _members_held(self, table: str, row: dict[str, Any]) -> bool:
        members, number, column = _MEMBERS[table]
        rows = self._other.execute(
            f"SELECT {column} FROM {members} WHERE {number} = ?", (row["number"],)
        ).fetchall()
        for (each,) in rows:
            kind = _KINDS.get(str(each).partition("-")[0], "document")
            if not self._holds(kind, each):
                self._left[f"{table} of what is not held"] += 1
                return False
        if table == "publication":
            return self._publishes_anew(row, [each for (each,) in rows])
        return True

    def _publishes_anew(self, row: dict[str, Any], documents: Sequence[str]) -> bool:
        """Tell whether nothing was decided here of what a publication is about."""
        for each in documents:
            ours = self._connection.execute(
                "SELECT p.id FROM publication_document d JOIN publication p"
                " ON p.number = d.publication_number"
                " WHERE d.document_id = ? AND p.retired_at IS NULL LIMIT 1",
                (each,),
            ).fetchone()
            if ours and row["retired_at"] is None and ours[0] not in self.new["publication"]:
                about = f"{each} is {row['state']} there; what was decided here counts"
                self._conflicts.append(
                    Conflict(kind="publication", ours=ours[0], theirs=row["id"], about=about)
                )
                self._left["publication of what was decided here"] += 1
                return False
        return True

    def _is_another_reading(self, table: str, row: dict[str, Any]) -> bool:
        """Tell whether a report is of a text that is read here, and no person's there."""
        report = row["id"] if table == "attribution" else row["attribution_id"]
        if report in self._decided:
            return False
        if table == "attribution":
            return row["version_id"] in self._read_here
        found = self._connection.execute(
            "SELECT version_id FROM attribution WHERE id = ?", (report,)
        ).fetchone()
        return bool(found) and found[0] in self._read_here

    def _own(self, table: str, about: _Table, row_id: str, numbers: tuple[Any, int]) -> None:
        """Take in what belongs to a new row alone."""
        for child, column in about.children.items():
            self._copy(child, f"{column} = ?", row_id)
        if table == "source":
            self._copy("source_name", "source_id = ?", row_id)
        if table == "claim":
            self._connection.execute("INSERT INTO claim_cluster VALUES (?1, ?1)", (row_id,))
        if table in _BY_NUMBER:
            members, number = _BY_NUMBER[table]
            for row in _records(
                self._other, f"SELECT * FROM {members} WHERE {number} = ?", numbers[0]
            ):
                self._insert(members, {**row, number: numbers[1]})
        if table in _INDEXES:
            _, *words = reindex.row_of(self._texts, _INDEXES[table], numbers[0])
            index.put(self._connection, _INDEXES[table], [(numbers[1], *words)])
        if table == "document_version":
            self._sketch(*numbers)
        if table in ("attribution", "narration", "relay"):
            self._readings(table, row_id)

    def _readings(self, table: str, row_id: str) -> None:
        """Take in what readings made of a row, or note that ours found it no more."""
        for row in _records(
            self._other, "SELECT * FROM reextraction WHERE row_id = ? ORDER BY number", row_id
        ):
            number = self._last("reextraction") + 1
            if self._holds("run", str(row["run_id"])):
                self._insert("reextraction", {**row, "number": number})
        if table != "attribution":
            return
        self._connection.execute(
            "INSERT INTO reextraction (version_id, row_id, change, run_id, recorded_at)"
            " SELECT version_id, id, 'retired', run_id, retired_at FROM attribution"
            " WHERE id = ? AND retired_at = ?",
            (row_id, self._at),
        )

    def _sketch(self, there: int, here: int) -> None:
        self._connection.executemany(
            "INSERT INTO sketch VALUES (?, ?)",
            [
                (here, row[0])
                for row in self._other.execute(
                    "SELECT hashes FROM sketch WHERE version_number = ?", (there,)
                )
            ],
        )
        hashes = self._other.execute("SELECT hash FROM shingle WHERE version_number = ?", (there,))
        self._connection.executemany(
            "INSERT INTO shingle VALUES (?, ?)", [(row[0], here) for row in hashes]
        )

    def _body(self, sha256: str) -> None:
        row = self._other.execute(
            "SELECT * FROM capture_body WHERE sha256 = ?", (sha256,)
        ).fetchone()
        self._connection.execute("INSERT OR IGNORE INTO capture_body VALUES (?, ?, ?)", row)

    def _place(self, row: dict[str, Any]) -> int:
        last = self._connection.execute(
            "SELECT coalesce(max(seq), 0) FROM document_version WHERE document_id = ?",
            (row["document_id"],),
        ).fetchone()[0]
        return max(int(row["seq"]), int(last) + 1)

    def _beside(self) -> None:
        """Take in what has no id of its own: addresses, relations, ties, places in texts."""
        for table, ends in (
            ("source_relation", {"source_id": "source", "parent_id": "source"}),
            ("document_url", {"document_id": "document"}),
            ("url_key", {"document_id": "document"}),
            ("capture_version", {"capture_id": "capture", "version_id": "document_version"}),
            ("anchor", {"attribution_id": "attribution", "version_id": "document_version"}),
            (
                "reprint",
                {"document_version": "document_version", "of_document_version": "document_version"},
            ),
        ):
            for row in _records(self._other, f"SELECT * FROM {table}"):
                if all(self._holds(other, str(row[column])) for column, other in ends.items()):
                    self._insert(table, row, ignore=True)
        self._connection.execute(
            "UPDATE source SET retired_at = NULL WHERE retired_at IS NOT NULL AND id IN ("
            " SELECT source_id FROM live_attribution)"
        )

    def _undone(self) -> None:
        """Undo here what was undone there."""
        for table in _OUTCOME:
            live = {
                row[0]
                for row in self._connection.execute(
                    f"SELECT id FROM {table} WHERE retired_at IS NULL"
                )
            }
            rows = self._other.execute(
                f"SELECT id FROM {table} WHERE retired_at IS NOT NULL ORDER BY number DESC"
            )
            for (row_id,) in rows.fetchall():
                if row_id not in live:
                    continue
                self._conflicts += self._take_back(row_id)
        rows = self._other.execute("SELECT id FROM source_edit WHERE retired_at IS NOT NULL")
        ended = [row[0] for row in rows if row[0] not in self.new["source_edit"]]
        self._connection.executemany(
            "UPDATE source_edit SET retired_at = ? WHERE id = ? AND retired_at IS NULL",
            [(self._at, each) for each in ended],
        )

    def _take_back(self, row_id: str) -> Iterator[Conflict]:
        try:
            undo.undo(self._connection, row_id, self._by, "undone at the other desk")
        except ClaimtrackError as error:
            yield Conflict(
                kind="undone", ours=row_id, theirs=row_id, about=f"undone there, not here: {error}"
            )
        else:
            yield Conflict(
                kind="undone", ours=row_id, theirs=row_id, about="undone there, and so here now"
            )

    def _retired(self) -> None:
        """Retire here what the other desk's corrections and retractions retired."""
        for query, new in (
            (
                "SELECT c.id, c.row_id FROM live_correction c WHERE c.change = 'retired'",
                self.new["correction"],
            ),
            (
                (
                    "SELECT n.id, r.row_id FROM retraction n JOIN retraction_row r"
                    " ON r.retraction_number = n.number WHERE n.retired_at IS NULL"
                    " AND r.was IS NULL"
                ),
                self.new["retraction"],
            ),
        ):
            for decision, row_id in self._connection.execute(query).fetchall():
                if decision in new:
                    self._retire(row_id)

    def _retire(self, row_id: str) -> None:
        table = _KINDS.get(row_id.partition("-")[0])
        if table:
            self._connection.execute(
                f"UPDATE {table} SET retired_at = ? WHERE id = ? AND retired_at IS NULL",
                (self._at, row_id),
            )
        if table == "attribution":
            self._connection.execute(
                "UPDATE claim SET retired_at = ? WHERE attribution_id = ? AND retired_at IS NULL",
                (self._at, row_id),
            )

    def _settle(self) -> None:
        """Compute the clusters anew; where a person says that two claims differ, machines yield."""
        self._yield()
        found = clusters.derived(self._connection)
        self._connection.executemany(
            "UPDATE claim_cluster SET cluster_id = ?2 WHERE claim_id = ?1 AND cluster_id <> ?2",
            found.items(),
        )
        source_edits.recompute(self._connection)
        for table, _, parent, _ in self._connection.execute("PRAGMA foreign_key_check"):
            raise IntegrityError(f"a {table} points to a {parent} that is not held")

    def _yield(self) -> None:
        found = clusters.derived(self._connection)
        against = self._pairs("verdict = 'negative'")
        torn = {found[left] for _, left, right in against if found[left] == found[right]}
        if not torn:
            return
        members = [claim for claim, cluster in found.items() if cluster in torn]
        inside = set(members)
        joins = [row for row in self._pairs("verdict = 'positive'") if row[1] in inside]
        people = {
            row[0]
            for row in self._connection.execute(
                "SELECT id FROM live_judgement WHERE judged_by IS NOT NULL"
            )
        }
        kept = [row[1:] for row in joins if row[0] in people]
        for judgement, left, right in sorted(row for row in joins if row[0] not in people):
            root = components(members, kept)
            ends = {root[left], root[right]}
            if len(ends) > 1 and any(
                {root[one], root[two]} == ends
                for _, one, two in against
                if one in inside and two in inside
            ):
                undo.undo(self._connection, judgement, self._by, "a person says the opposite")
            else:
                kept.append((left, right))

    def _pairs(self, condition: str) -> list[tuple[str, str, str]]:
        return self._connection.execute(
            f"SELECT id, left_id, right_id FROM live_judgement WHERE {condition} ORDER BY id"
        ).fetchall()

    def _tell(self) -> None:
        """Name the decisions of both sides that contradict each other."""
        for kind, query in _CONTRADICTIONS.items():
            for one, other, about in self._connection.execute(query).fetchall():
                there = [self._is_there(each) for each in (one, other)]
                if there == [False, True]:
                    self._conflicts.append(Conflict(kind=kind, ours=one, theirs=other, about=about))
                elif there == [True, False]:
                    self._conflicts.append(Conflict(kind=kind, ours=other, theirs=one, about=about))

    def _is_there(self, row_id: str) -> bool:
        table = _KINDS[row_id.partition("-")[0]]
        found = self._other.execute(f"SELECT 1 FROM {table} WHERE id = ?", (row_id,))
        return found.fetchone() is not None

    def _insert(self, table: str, row: Mapping[str, Any], *, ignore: bool = False) -> None:
        if ignore:
            columns = ", ".join(f'"{name}"' for name in row)
            self._connection.execute(
                f"INSERT OR IGNORE INTO {table} ({columns}) VALUES ({', '.join('?' * len(row))})",
                tuple(row.values()),
            )
        else:
            insert(self._connection, table, [row])

    def _copy(self, table: str, condition: str, value: str) -> None:
        for row in _records(self._other, f"SELECT * FROM {table} WHERE {condition}", value):
            self._insert(table, row)

    def _ids(self, table: str) -> set[str]:
        return {row[0] for row in self._connection.execute(f"SELECT id FROM {table}")}

    def _holds(self, table: str, row_id: str) -> bool:
        if row_id in self.new.get(table, ()):
            return True
        found = self._connection.execute(f"SELECT 1 FROM {table} WHERE id = ?", (row_id,))
        return found.fetchone() is not None

    def _last(self, table: str) -> int:
        found = self._connection.execute(f"SELECT coalesce(max(number), 0) FROM {table}")
        return int(found.fetchone()[0])


def _records(
    connection: sqlite3.Connection, query: str, *values: object
) -> Iterator[dict[str, Any]]:
    found = connection.execute(query, values)
    columns = [column[0] for column in found.description]
    return (dict(zip(columns, row, strict=True)) for row in found)


_INDEXES = {"attribution": index.REPORTS, "document_version": index.TEXTS}

_KINDS = {
    "attribution": "attribution",
    "claim": "claim",
    "document": "document",
    "version": "document_version",
    "narration": "narration",
    "relay": "relay",
    "judgement": "judgement",
    "suggestion": "suggestion",
    "relation": "claim_relation",
    "review": "review",
    "grade": "grade",
    "edit": "source_edit",
    "publication": "publication",
    "correction": "correction",
    "retraction": "retraction",
    "redaction": "redaction",
    "run": "run",
}
"""Tables by the first part of their rows' ids."""

_CONTRADICTIONS: Mapping[str, str] = {
    "same claim": """
SELECT n.id, p.id, 'are ' || n.left_id || ' and ' || n.right_id || ' one claim?'
FROM live_judgement n JOIN claim_cluster l ON l.claim_id = n.left_id
JOIN claim_cluster r ON r.claim_id = n.right_id AND r.cluster_id = l.cluster_id
JOIN claim_cluster m ON m.cluster_id = l.cluster_id
JOIN live_judgement p ON p.left_id = m.claim_id AND p.verdict = 'positive'
    AND p.judged_by IS NOT NULL
WHERE n.verdict = 'negative'""",
    "verdict": """
SELECT a.id, b.id, a.rating || ' or ' || b.rating || ' (' || a.scale || '): ' || a.cluster_id
FROM live_review a JOIN live_review b ON b.cluster_id = a.cluster_id AND b.scale = a.scale
    AND b.id > a.id AND b.rating <> a.rating""",
    "grade": """
SELECT a.id, b.id, a.grade || ' or ' || b.grade || ': ' || coalesce(a.source_id, a.claim_id)
FROM live_grade a JOIN live_grade b ON b.source_id IS a.source_id AND b.claim_id IS a.claim_id
    AND b.topic IS a.topic AND b.id > a.id AND b.grade <> a.grade
    AND coalesce(a.since, '') <= coalesce(b.until, '9999')
    AND coalesce(b.since, '') <= coalesce(a.until, '9999')""",
    "same source": """
SELECT s.id, m.id, 'are ' || s.source_id || ' and ' || s.other_id || ' one source?'
FROM source_edit s JOIN source_cluster l ON l.source_id = s.source_id
JOIN source_cluster r ON r.source_id = s.other_id AND r.cluster_id = l.cluster_id
JOIN source_cluster c ON c.cluster_id = l.cluster_id
JOIN source_edit m ON m.source_id = c.source_id AND m.action = 'merge' AND m.retired_at IS NULL
WHERE s.action = 'split' AND s.retired_at IS NULL""",
    "report": """
SELECT DISTINCT a.id, b.id, a.action || ' or ' || b.action || ': ' || a.row_id
FROM live_correction a JOIN live_correction b ON b.row_id = a.row_id AND b.id > a.id
WHERE a.row_id LIKE 'attribution-%' AND (a.change = 'retired' OR b.change = 'retired')""",
}
"""Pairs of live decisions that contradict each other, and about what, by kind."""
