"""Records of another database put into this one: what `whole` yields, taken back in.

Every id is made anew from its content and must be the one that is given. What is held stays as it
is: of a text that is held, this database's own reading counts, and what the other one read
differently in it is left out, with what rests on that, and counted.
"""

from __future__ import annotations

import sqlite3
from base64 import b64decode
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from itertools import chain
from typing import Any

from claimtrack.errors import BlockedJudgementError, IntegrityError
from claimtrack.model.attribution import Attribution
from claimtrack.model.document import DocumentVersion, StatedTime
from claimtrack.model.ids import canonical_json, content_id
from claimtrack.model.run import Run
from claimtrack.model.source import Source, SourceName, SourceRelation
from claimtrack.model.span import Span
from claimtrack.model.vocabulary import PartRole, PublicationState, RelayKind, Verdict
from claimtrack.store import (
    addresses,
    brought,
    clusters,
    corrected,
    corrections,
    grades,
    log,
    publication,
    source_edits,
    writer,
)
from claimtrack.store.content import instant, relay_id
from claimtrack.store.findings import (
    Identified,
    Origin,
    Place,
    identify,
    narration_rows,
    put_attributions,
)
from claimtrack.store.rows import Row, insert, put, put_run
from claimtrack.store.sources import put_sources

Record = Mapping[str, Any]


class Restored:
    """One import, within a transaction.

    Attributes:
        put: How many things of each kind are new.
        left_out: How many things were left out, by kind and why.
    """

    def __init__(self, connection: sqlite3.Connection, by: log.By) -> None:
        """Begin an import, within a transaction; `by` says who imports, and when."""
        self.put: Counter[str] = Counter()
        self.left_out: Counter[str] = Counter()
        self._connection, self._by, self._at = connection, by, instant(by.at)
        self._runs: dict[str, Run] = {}
        self._shown: set[str] = set()
        self._accepted: set[str] = set()
        self._missing: dict[str, tuple[DocumentVersion, Record]] = {}
        # what refers to each other comes in any order
        connection.execute("PRAGMA defer_foreign_keys = 1")
        self._marks = brought.begin(connection)

    def run(self, record: Record) -> None:
        """Take a run; it is held when a row that it made is."""
        run = Run.model_validate({k: record[k] for k in ("tool", "version", "configuration")})
        _same("run", run.id, record)
        self._runs[run.id] = run
        put_run(self._connection, run, self._by.at)

    def sources(self, records: Sequence[Record]) -> None:
        """Take all sources at once: one may lead to another."""
        keys = {record["id"]: record["key"] for record in records}
        made = [_source(record, keys) for record in records]
        for source, record in zip(made, records, strict=True):
            _same("source", source.id, record)
        before = self._count("source")
        put_sources(self._connection, made, self._at)
        self.put["source"] += self._count("source") - before

    def source_edit(self, record: Record) -> None:
        """Take what a desk decided about a source, unless the opposite was decided here."""
        content = {k: v for k, v in record.items() if k not in ("id", "number")}
        _same("edit", content_id("edit", content), record)
        for end in (record["source_id"], record["other_id"]):
            self._need("source", end, record)
        self._took("source_edit", source_edits.restore(self._connection, content, self._by))

    def version(self, document: Record, record: Record) -> DocumentVersion | None:
        """Take a text and what was found in it, a document's texts in their order.

        Returns:
            The version; None where its text is held.
        """
        version = _version(document, record)
        _same("document", version.document_id, document)
        _same("version", version.id, record)
        writer.check_version(version)
        new = not writer.is_held(self._connection, version)
        if new:
            replaced, seq = record["replaced"], record["seq"]
            writer.put_version(self._connection, version, replaced, self._at, seq)
            if record["updated"]:
                updated = StatedTime.model_validate(record["updated"])
                writer.put_update(self._connection, version.id, updated)
            self._findings(version, [*record["retired"], *record["attributions"]])
            self._narrations(version, record)
            content = log.addition(self._connection, version.id, self._at)
            log.append(self._connection, "add", version.id, content, self._by)
            self.put["version"] += 1
        else:
            self._held(version, record)
        known = [(one["kind"], one["url"]) for one in document["urls"]]
        addresses.put(self._connection, version.document_id, known, document["url_keys"])
        return version if new else None

    def relay(self, record: Record) -> None:
        """Take a relay between two reports."""
        ends = (record["child_id"], record["parent_id"])
        _same("relay", relay_id(*ends, RelayKind(record["kind"])), record)
        if not self._all_held("attribution", ends, "relay"):
            return
        content = {k: record[k] for k in ("id", "child_id", "parent_id", "kind")}
        if put(self._connection, "relay", content, self._made(record)):
            self.put["relay"] += 1
            if record["strength"]:
                strength: Row = {"relay_id": record["id"], "strength": record["strength"]}
                insert(self._connection, "relay_strength", [strength])

    def outer_relay(self, record: Record) -> None:
        """Take a relay that leads out of what is held."""
        parts = (record["child_id"], record["source_id"], record["url"])
        _same("relay", content_id("relay", "outer", *parts), record)
        if self._all_held("attribution", parts[:1], "outer_relay"):
            self._need("source", record["source_id"], record)
            content = {k: record[k] for k in ("id", "child_id", "source_id", "url")}
            new = put(self._connection, "outer_relay", content, self._made(record))
            self.put["outer_relay"] += new

    def judgement(self, record: Record) -> None:
        """Take a decision on two claims, unless the opposite was decided here."""
        ends = (record["left_id"], record["right_id"])
        if not self._all_held("claim", ends, "judgement"):
            return
        run = self._made_by(record) if record["run_id"] else None
        relay = record["relay_id"]
        if relay and not self._is_held("relay", relay):
            self.left_out["judgement, whose relay is not held"] += 1
            return
        judgement = clusters.Judgement(
            *ends, Verdict(record["verdict"]), record["evidence"], record["score"], run, relay
        )
        by = self._by if run else self._then(record["judged_by"], record["judged_at"])
        held = self._is_held("judgement", record["id"])
        try:
            made = clusters.judge(self._connection, judgement, by)
        except BlockedJudgementError:
            self.left_out["judgement, of which the opposite was decided here"] += 1
            return
        _same("judgement", made, record)
        self.put["judgement"] += not held

    def made(self, record: Record) -> None:
        """Take what a person made, unless others decided here about what it stands in place of.

        To be called for all corrections before what refers to reports is taken.
        """
        rows = _touched(record)
        _same("correction", corrections.id_of(_correction(record), rows), record)
        if self._is_held("correction", record["id"]):
            return
        reports = [(row_id, change) for row_id, change in rows if row_id.startswith("attribution-")]
        judged = [row_id for row_id, change in reports if change != "made"]
        if any(corrected.decided(self._connection, each) for each in judged):
            self.left_out["correction of what was decided here"] += 1
            return
        missing = {row_id: one for row_id, one in self._missing.items() if (row_id, "made") in rows}
        for row_id, (version, one) in missing.items():
            self._findings(version, [one])
            del self._missing[row_id]
        if self._all_held("attribution", [each for each, _ in reports], "correction"):
            self._accepted.add(record["id"])

    def correction(self, record: Record) -> None:
        """Take what a person decided about reports, if `made` let it pass."""
        if record["id"] in self._accepted:
            for relay in record["relays"]:
                self.relay(relay)
            by = self._then(record["corrected_by"], record["corrected_at"])
            corrections.restore(self._connection, _correction(record), _touched(record), by)
            self.put["correction"] += 1

    def claim_relation(self, record: Record) -> None:
        """Take how two claims stand to each other."""
        ends = (record["left_id"], record["right_id"])
        self._made_by(record)
        made = content_id("relation", *ends, record["kind"], record["run_id"])
        _same("relation", made, record)
        if self._all_held("claim", ends, "claim_relation"):
            content = {k: record[k] for k in ("id", "left_id", "right_id", "kind")}
            more: Row = {"score": record["score"], **self._made(record)}
            self.put["claim_relation"] += put(self._connection, "claim_relation", content, more)

    def review(self, record: Record) -> None:
        """Take a verdict on a claim, by whom it was given."""
        if self._all_held("claim", [record["claim_id"]], "review"):
            revised = record.get("revises")
            if revised and not self._all_held("review", [revised], "revision"):
                return
            fields = ("claim_id", "scale", "rating", "text", "url")
            given = grades.Review(*(record[name] for name in fields))._replace(
                links=tuple(record.get("links") or ()),
                value=record.get("value"),
                revises=revised,
            )
            by = self._then(record["reviewed_by"], record["reviewed_at"])
            held = self._is_held("review", record["id"])
            _same("review", grades.put_review(self._connection, given, by), record)
            self.put["review"] += not held

    def grade(self, record: Record) -> None:
        """Take a grade of a claim or a source, by whom it was given."""
        subject = record["claim_id"] or record["source_id"]
        table = "claim" if record["claim_id"] else "source"
        if self._all_held(table, [subject], "grade"):
            fields = ("grade", "reason", "topic", "since", "until")
            given = grades.Grade(subject, *(record[name] for name in fields))
            by = self._then(record["graded_by"], record["graded_at"])
            held = self._is_held("grade", record["id"])
            # that it may be given was asked where it was
            made = grades.grade(self._connection, given, 2, by)
            _same("grade", made, record)
            self.put["grade"] += not held

    def publication(self, record: Record) -> None:
        """Take a decision on what may be shown of documents, unless others were made here."""
        if not self._all_held("document", record["documents"], "publication"):
            return
        held = self._is_held("publication", record["id"])
        here = {
            one.id
            for each in record["documents"]
            for one in publication.history(self._connection, each)
        }
        if not held and not here <= self._shown:
            self.left_out["publication of what was decided here"] += 1
            return
        state = PublicationState(record["state"])
        decision = publication.Decision(state, record["why"], record["rights"])
        by = self._then(record["decided_by"], record["decided_at"])
        made = publication.decide(self._connection, decision, record["documents"], by)
        _same("publication", made, record)
        self._shown.add(made)
        self.put["publication"] += not held

    def capture(self, record: Record) -> None:
        """Take what was fetched; where its records lie in a WARC file is of the other place."""
        names = ("url", "final_url", "at", "status", "reason", "tool", "operator", "sha256")
        content = {name: record[name] for name in (*names, "headers", "hops")}
        _same("capture", content_id("capture", content), record)
        if self._is_held("capture", record["id"]):
            return
        document = record["document_id"]
        row: Row = {
            "id": record["id"],
            "document_id": document if self._is_held("document", document) else None,
            **{name: record[name] for name in names},
            "recorded_at": self._at,
            "headers": canonical_json(record["headers"]),
            "hops": canonical_json(record["hops"]),
        }
        insert(self._connection, "capture", [row])
        log.append(self._connection, "capture", record["id"], content, self._by)
        self.put["capture"] += 1

    def tie(self, record: Record) -> None:
        """Take which texts a capture holds, when both are taken."""
        for version in record["versions"]:
            if self._is_held("document_version", version):
                self._connection.execute(
                    "INSERT OR IGNORE INTO capture_version VALUES (?, ?)", (record["id"], version)
                )

    def body(self, record: Record) -> None:
        """Take the bytes of what was fetched."""
        body = b64decode(record["body"], validate=True)
        if sha256(body).hexdigest() != record["sha256"] or len(body) != record["size"]:
            raise IntegrityError(f"body {record['sha256']} is not what its digest says")
        self._connection.execute(
            "INSERT OR IGNORE INTO capture_body VALUES (?, ?, ?)",
            (record["sha256"], len(body), body),
        )

    def anchor(self, record: Record) -> None:
        """Take where a report stands in a later version."""
        self._made_by(record)
        report, version = record["attribution_id"], record["version_id"]
        if self._all_held("attribution", [report], "anchor"):
            self._need("document_version", version, record)
            row: Row = {**record, "recorded_at": self._at}
            columns = ", ".join(f'"{name}"' for name in row)
            self._connection.execute(
                f"INSERT OR IGNORE INTO anchor ({columns})"  # noqa: S608 (our own names)
                f" VALUES ({', '.join('?' * len(row))})",
                tuple(row.values()),
            )

    def reprint(self, record: Record) -> None:
        """Take that a text is a copy of another."""
        self._made_by({"run_id": record["run"]})
        ends = (record["document_version"], record["of_document_version"])
        for end in ends:
            self._need("document_version", end, {"id": "reprint"})
        self._connection.execute(
            "INSERT OR IGNORE INTO reprint VALUES (?, ?, ?, ?, ?)",
            (*ends, record["similarity"], record["run"], self._at),
        )

    def end(self, digest: str) -> None:
        """Write the import itself into the log, under the digest of its file.

        Raises:
            IntegrityError: Something points to what is not there.
        """
        told = {"sha256": digest, "put": dict(self.put), "left_out": dict(self.left_out)}
        log.append(self._connection, "import", digest, told, self._by)
        brought.end(self._connection, self._marks)
        for table, _, parent, _ in self._connection.execute("PRAGMA foreign_key_check"):
            raise IntegrityError(f"a {table} points to a {parent} that is not in the file")

    def _held(self, version: DocumentVersion, record: Record) -> None:
        """Leave a text as it was read here; what a person made waits for the correction."""
        records = [*record["retired"], *record["attributions"]]
        _identified(version, records)
        for one in records:
            if self._is_held("attribution", one["id"]):
                continue
            if one["pattern"] == corrected.BY_HAND:
                self._missing[one["id"]] = version, {**one, "responds_to_id": None}
            else:
                self.left_out["attribution of a text that is held with another reading"] += 1

    def _findings(self, version: DocumentVersion, records: Sequence[Record]) -> None:
        """Put in attributions in the order in which they were recorded, each under its run."""
        found = _identified(version, records)
        by_run: defaultdict[str, dict[str, Place]] = defaultdict(dict)
        for one in sorted(records, key=lambda each: each["number"]):
            self._made_by(one)
            by_run[one["run_id"]][one["id"]] = Place(one["ord"], one["key"])
        for one_run, places in by_run.items():
            origin = Origin(version, one_run, self._at)
            put_attributions(self._connection, origin, found, places)
            self.put["attribution"] += len(places)

    def _narrations(self, version: DocumentVersion, record: Record) -> None:
        """Put in the outlet's own voice."""
        for one in record["narrations"]:
            self._made_by(one)
            origin = Origin(version, one["run_id"], self._at)
            rows = narration_rows(origin, [Span(one["start"], one["end"])])
            for row_id in rows:
                _same("narration", row_id, one)
            insert(self._connection, "narration", list(rows.values()))

    def _made(self, record: Record) -> Row:
        self._made_by(record)
        return {
            "evidence": record["evidence"],
            "run_id": record["run_id"],
            "recorded_at": self._at,
        }

    def _made_by(self, record: Record) -> Run:
        """Return the run that made a record."""
        run = self._runs.get(record["run_id"])
        if run is None:
            raise IntegrityError(f"{record['run_id']}, which made something, is not in the file")
        return run

    def _then(self, user: str, at: str) -> log.By:
        return log.By(user, datetime.fromisoformat(at))

    def _took(self, kind: str, made: str | None) -> None:
        if made:
            self.put[kind] += 1
        else:
            self.left_out[f"{kind} that is held, or of which the opposite was decided here"] += 1

    def _need(self, table: str, row_id: str | None, record: Record) -> None:
        if row_id is not None and not self._is_held(table, row_id):
            raise IntegrityError(f"{record['id']} names {row_id}, which is not in the file")

    def _all_held(self, table: str, ids: Sequence[str], kind: str) -> bool:
        if all(self._is_held(table, each) for each in ids):
            return True
        self.left_out[f"{kind} between or of what is not held"] += 1
        return False

    def _is_held(self, table: str, row_id: str | None) -> bool:
        query = f"SELECT 1 FROM {table} WHERE id = ?"  # noqa: S608 (our own names)
        return self._connection.execute(query, (row_id,)).fetchone() is not None

    def _count(self, table: str) -> int:
        query = f"SELECT count(*) FROM {table}"  # noqa: S608 (our own names)
        return int(self._connection.execute(query).fetchone()[0])


def _same(kind: str, made: str, record: Record) -> None:
    if made != record["id"]:
        raise IntegrityError(f"{record['id']} is not the id of the {kind}'s content")


def _correction(record: Record) -> Row:
    fields = ("action", "version_id", "reason", "corrected_by", "corrected_at")
    return {name: record[name] for name in fields}


def _touched(record: Record) -> list[tuple[str, str]]:
    return [(one["row_id"], one["change"]) for one in record["rows"]]


def _source(record: Record, keys: Mapping[str, str]) -> Source:
    for relation in record["relations"]:
        if relation["parent_id"] not in keys:
            parent = relation["parent_id"]
            raise IntegrityError(f"{record['id']} names {parent}, which is not in the file")
    fields = ("key", "name", "kind", "type", "country", "domain", "wikidata", "invented", "reason")
    return Source(
        **{name: record[name] for name in fields},
        names=tuple(SourceName.model_validate(one) for one in record["names"]),
        relations=tuple(
            SourceRelation(
                kind=one["kind"],
                parent=keys[one["parent_id"]],
                since=one["since"],
                until=one["until"],
            )
            for one in record["relations"]
        ),
    )


def _version(document: Record, record: Record) -> DocumentVersion:
    return DocumentVersion(
        document_id=document["id"],
        id=record["id"],
        url=document["identity"] if document["known_by"] == "url" else None,
        **{name: record[name] for name in ("text", "sha256", "lang", "title", "outlet", "byline")},
        published=StatedTime.model_validate(record["published"]),
        layout=writer.layout_of(
            (PartRole(one["role"]), Span(one["start"], one["end"])) for one in record["parts"]
        ),
    )


def _identified(version: DocumentVersion, records: Sequence[Record]) -> Identified:
    """Return reports under the ids that their content gives them, which must be their own.

    Raises:
        IntegrityError: One has another id, or other words than the text has there.
    """
    found = identify(version.id, [_attribution(one) for one in records])
    for one in records:
        _same("attribution", found.ids[one["id"]], one)
        for span in chain.from_iterable(one["spans"].values()):
            start, end = span["start"], span["end"]
            if end <= len(version.text) and version.text[start:end] != span["exact"]:
                raise IntegrityError(f"{one['id']}: other words stand at {start}:{end} of its text")
            if end > len(version.text):
                raise IntegrityError(f"{one['id']}: span {start}:{end} is not within its text")
    return found


def _attribution(record: Record) -> Attribution:
    """Return a report, its own id as its key: those of several readings may have one number."""
    fields = ("kind", "channel", "stance", "assertion", "modality", "source_type", "source_name")
    more = ("source_id", "confidence", "cue_unknown", "pattern")
    spans = {
        role: tuple((one["start"], one["end"]) for one in some)
        for role, some in record["spans"].items()
    }
    return Attribution.model_validate(
        {
            "key": record["id"],
            "responds_to": record["responds_to_id"],
            **{name: record[name] for name in (*fields, *more)},
            **spans,
        }
    )
