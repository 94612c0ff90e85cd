"""The one door to a database: open it, add to it, judge, close it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from claimtrack.model.attribution import Extraction
from claimtrack.model.capture import Capture
from claimtrack.model.document import DocumentVersion, StatedTime
from claimtrack.model.run import Run
from claimtrack.model.source import Source
from claimtrack.model.vocabulary import Verdict
from claimtrack.store import (
    addresses,
    archive,
    captures,
    clusters,
    grades,
    log,
    publication,
    redactions,
    reextract,
    retractions,
    source_edits,
    undo,
    writer,
)
from claimtrack.store.connection import (
    WAIT,
    WAIT_OF_MANY,
    connect,
    expect_many,
    explained,
    explanation,
    transaction,
)
from claimtrack.store.undo import Undone


class Store:
    """A database of ours, open.

    As a context manager it closes itself, and turns what SQLite raises inside the block into a
    DatabaseError of one line.

    Attributes:
        path: The file.
        connection: For the functions of `claimtrack.store.read`.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection, wait: float = WAIT) -> None:
        """Take over an open connection; use `open` instead."""
        self.path, self.connection, self._wait = path, connection, wait

    @classmethod
    def open(
        cls,
        path: Path | str,
        *,
        create: bool = False,
        readonly: bool = False,
        wait: float = WAIT,
    ) -> Self:
        """Open a database, bringing its schema up to date unless it is only read.

        Args:
            path: The file.
            create: Make one where there is no file, or an empty one.
            readonly: Write nothing to it; works in a read-only directory.
            wait: Seconds to wait for another writer.

        Raises:
            NotOurDatabaseError: The file is something else; it was not touched.
            NewerSchemaError: A newer claimtrack wrote it.
            DatabaseError: It does not exist, cannot be read or written, or SQLite is too old.
        """
        where = Path(path)
        opened = connect(where, create=create, readonly=readonly, wait=wait)
        return cls(where, opened, wait)

    def close(self) -> None:
        """Close the database."""
        self.connection.close()

    def __enter__(self) -> Self:
        """Return the store itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the database; raise what SQLite raised as a DatabaseError."""
        self.close()
        if isinstance(error, sqlite3.Error):
            raise explanation(error, self.path, self._wait) from error

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Do a block wholly or not at all; inside another one, as a savepoint of it.

        Raises:
            DatabaseError: SQLite could not do what the block asked for.
        """
        with explained(self.path, self._wait), transaction(self.connection):
            yield

    def expect_many(self) -> None:
        """Make ready for many articles, one transaction after the other."""
        with explained(self.path, self._wait):
            expect_many(self.connection)
            self._wait = WAIT_OF_MANY

    @contextmanager
    def together(self) -> Iterator[None]:
        """Do a block wholly or not at all, with the transaction that it is in, if there is one.

        A savepoint for each of many small blocks costs as much as what they do.

        Raises:
            DatabaseError: SQLite could not do what the block asked for.
        """
        if not self.connection.in_transaction:
            with self.transaction():
                yield
            return
        with explained(self.path, self._wait):
            yield

    def holds(self, document_id: str, sha256: str) -> bool:
        """Tell whether a text of a document, by its SHA-256, is held."""
        return writer.holds(self.connection, document_id, sha256)

    def add(  # noqa: PLR0913 (what, made by what, when and by whom are each said)
        self,
        version: DocumentVersion,
        extraction: Extraction,
        sources: Iterable[Source],
        *,
        run: Run,
        at: datetime,
        user: str,
        replaced: int = 0,
    ) -> writer.Added:
        """Save a document version with all that was found in it; a held text changes nothing.

        Args:
            version: The text and what it says of itself.
            extraction: Its attributions, sources resolved, and the outlet's own voice.
            sources: Every source named, with the parents their relations name.
            run: What found them.
            at: When, with a zone.
            user: Who.
            replaced: Lone surrogates and NULs of the original that became U+FFFD.

        Raises:
            IntegrityError: An id is not that of its content, a span does not lie in the text, a
                key or a source leads nowhere, or the same id is held with other content.
            DatabaseError: The database cannot be written.
        """
        found = writer.Found(extraction, tuple(sources), run, replaced)
        with self.transaction():
            return writer.add(self.connection, version, found, log.By(user, at))

    def put(self, new: writer.Ready, *, at: datetime, user: str) -> writer.Added:
        """Save a document version with what was found in it, made ready as rows; see `add`.

        Args:
            new: What `claimtrack.store.writer.ready` made.
            at: When, with a zone.
            user: Who.

        Raises:
            IntegrityError: A source leads nowhere, or the same id is held with other content.
            DatabaseError: The database cannot be written.
        """
        with self.together():
            return writer.put(self.connection, new, log.By(user, at))

    def known_as(self, keys: Iterable[str]) -> str | None:
        """Return the address that the document with one of some keys is known by; None for none.

        Args:
            keys: What `claimtrack.ingest.address.key` makes of addresses.
        """
        found = addresses.owner(self.connection, keys)
        return found[1] if found else None

    def know(self, document_id: str, known: Iterable[tuple[str, str]], keys: Iterable[str]) -> None:
        """Record by which addresses a document that is held is known, beside those it is already.

        Args:
            document_id: The document.
            known: Kind and address of each: raw, final, canonical, amp or archive.
            keys: What they and all others that lead to it have in common with their variants.
        """
        with self.together():
            addresses.put(self.connection, document_id, known, keys)

    def note_update(self, version_id: str, updated: StatedTime) -> None:
        """Record when a version says that it was last changed; nothing where it does not say."""
        if updated.stated:
            with self.together():
                writer.put_update(self.connection, version_id, updated)

    def capture(
        self, capture: Capture, records: bytes, keys: Iterable[str], *, at: datetime, user: str
    ) -> str:
        """Record what was fetched, in the database and in the WARC file beside it; return its id.

        Args:
            capture: What was fetched.
            records: Its WARC records.
            keys: By which the document that it is of may be known.
            at: When it is recorded, with a zone.
            user: Who had it fetched.

        Raises:
            OutputError: The WARC file cannot be written; nothing was recorded.
            DatabaseError: The database cannot be written; nothing was recorded.
        """
        with self.transaction():
            known = addresses.owner(self.connection, keys)
            path = archive.path_of(self.path)
            start = archive.append(path, records, captures.warc_end(self.connection))
            return captures.put(
                self.connection,
                capture,
                log.By(user, at),
                document_id=known[0] if known else None,
                warc=(start, len(records)),
            )

    def tie(self, capture: Capture, text: tuple[str, str], *, at: datetime, user: str) -> None:
        """Record that a held text was read from a capture, and the capture where it is not yet.

        Args:
            capture: What was fetched.
            text: The document's id and the text's SHA-256.
            at: When, with a zone.
            user: Who.
        """
        with self.transaction():
            capture_id = captures.put(self.connection, capture, log.By(user, at))
            captures.tie(self.connection, capture_id, text)

    def reextract(
        self,
        version: DocumentVersion,
        extraction: Extraction,
        sources: Iterable[Source],
        *,
        run: Run,
        at: datetime,
        user: str,
    ) -> reextract.Reextracted:
        """Bring what is held of a text in step with what a new run found in it.

        Rows that are found again stay, those that are not are retired, new ones are added. A row
        whose claim a person judged is not retired but waits in the queue. The same findings again
        change nothing.

        Args:
            version: A text that is held.
            extraction: Its attributions, sources resolved, and the outlet's own voice.
            sources: Every source named, with the parents their relations name.
            run: What found them.
            at: When, with a zone.
            user: Who.

        Raises:
            IntegrityError: The text is not held or not what its ids say, a span does not lie in
                it, a key or a source leads nowhere, or it was read at this very instant before.
            DatabaseError: The database cannot be written.
        """
        found = writer.Found(extraction, tuple(sources), run)
        with self.transaction():
            return reextract.reextract(self.connection, version, found, log.By(user, at))

    def judge(  # noqa: PLR0913 (as for add)
        self,
        left_claim: str,
        right_claim: str,
        verdict: Verdict,
        *,
        evidence: str,
        run: Run | None,
        user: str | None,
        at: datetime,
        score: float | None = None,
        relay: str | None = None,
    ) -> str:
        """Record whether two claims are one and join their clusters if so; return its id.

        One that is held already, be it live or undone, changes nothing. What a person says of a
        claim whose report is retired is said of the earliest live report of its cluster.

        Args:
            left_claim: A claim's id; joined claims may be named by any member's.
            right_claim: Another one.
            verdict: What was decided.
            evidence: Why, in words.
            run: The machine that decided; None for a person.
            user: The person who decided, or on whose behalf the machine did; "" or None only
                with a run.
            at: When, with a zone.
            score: How alike they are, where something measured it.
            relay: The id of the relay it rests on, if any: it ends when that is retired.

        Raises:
            UnknownIdError: One of the claims is not held.
            BlockedJudgementError: A live judgement says the opposite.
            DatabaseError: The claims are the same one, a machine says that they differ, nobody
                decided, or a person about a claim that is retired.
        """
        judgement = clusters.Judgement(
            left_claim, right_claim, verdict, evidence, score, run, relay
        )
        with self.transaction():
            if run is None:
                clusters.refuse_retired(self.connection, (left_claim, right_claim))
            return clusters.judge(self.connection, judgement, log.By(user or "", at))

    def put_off_checkpoints(self, pages: int = 100_000) -> None:
        """Let commits of this connection wait for no disk, but for one in so many written pages.

        What was committed lies in the write-ahead log; `checkpoint` brings it into the file.
        """
        self.connection.execute(f"PRAGMA wal_autocheckpoint={pages:d}")

    def checkpoint(self) -> None:
        """Bring what was committed into the file, as far as nobody reads what it replaces."""
        self.connection.execute("PRAGMA wal_checkpoint(PASSIVE)")

    def undo(self, row_id: str, *, user: str, at: datetime, why: str = "") -> bool:
        """Undo a judgement, review, grade, relation, retraction or addition; tell if it was live.

        The row stays for the record. Clusters that a judgement held together come apart.

        Args:
            row_id: The full id.
            user: Who undoes it.
            at: When, with a zone.
            why: For what reason.

        Raises:
            UnknownIdError: Nothing that can be undone has the id.
            DependedOnError: Something later rests on it.
        """
        with self.transaction():
            return undo.undo(self.connection, row_id, log.By(user, at), why)

    def undo_run(self, run_id: str, *, user: str, at: datetime, why: str = "") -> str:
        """Withdraw all that a run made; return the retraction, by which it can come back.

        Raises:
            DependedOnError: A person's decision rests on it.
            DatabaseError: Nothing of it is live, or nobody undoes it.
        """
        with self.transaction():
            return undo.undo_run(self.connection, run_id, log.By(user, at), why)

    def undo_entry(self, number: int, *, user: str, at: datetime, why: str = "") -> Undone:
        """Undo what an entry of our log tells of, as one step: a reading, an import or a merge too.

        Args:
            number: The entry's number.
            user: Who undoes it.
            at: When, with a zone.
            why: For what reason.

        Raises:
            UnknownIdError: The log has no such entry.
            DependedOnError: Something later rests on it; nothing was changed.
            DatabaseError: It tells of what cannot be undone.
        """
        with self.transaction():
            return undo.undo_entry(self.connection, number, log.By(user, at), why)

    def undo_since(
        self, whose: str, since: datetime, *, user: str, at: datetime, why: str = ""
    ) -> Undone:
        """Undo what one user did since a time, the latest first, all of it or nothing.

        Args:
            whose: Whose steps.
            since: From which time on, with a zone.
            user: Who undoes them.
            at: When, with a zone.
            why: For what reason.

        Raises:
            DependedOnError: Something that somebody else did rests on one of the steps.
        """
        with self.transaction():
            return undo.undo_since(self.connection, whose, since, log.By(user, at), why)

    def retract(self, subject: str, why: str, *, user: str, at: datetime) -> str:
        """Withdraw a document, version or report: live no more, history kept; return the id.

        Args:
            subject: Its full id.
            why: For what reason.
            user: Who withdraws it.
            at: When, with a zone.

        Raises:
            DatabaseError: Nobody does, for no reason, or nothing of it is live.
        """
        with self.transaction():
            return retractions.retract(self.connection, subject, why, log.By(user, at))

    def redact(self, subject: str, why: str, *, user: str, at: datetime) -> str:
        """Overwrite what something says, in every row and file; return the redaction's id.

        Args:
            subject: Its full id: of a document, version, report, source or capture.
            why: For what reason.
            user: Who has it overwritten.
            at: When, with a zone.

        Raises:
            DatabaseError: Nobody does, for no reason, or the database is read by somebody else.
            OutputError: The WARC file cannot be written, or the vectors beside the database stay.
        """
        with explained(self.path, self._wait):
            with self.transaction(), redactions.guards_down(self.connection):
                made = redactions.redact(self.connection, subject, why, log.By(user, at))
                redactions.forget_sidecar(self.path)
            redactions.clear(self.connection, self.path, subject)
        return made

    def assess(self, review: grades.Review, *, user: str, at: datetime) -> str:
        """Record a verdict on a claim; return its id.

        Raises:
            DatabaseError: Nobody gives it, a part is empty, an address is none of the web, what it
                revises cannot be revised, or the claim is retired.
        """
        with self.transaction():
            clusters.refuse_retired(self.connection, (review.claim_id,))
            return grades.assess(self.connection, review, log.By(user, at))

    def grade(self, given: grades.Grade, *, origins: int, user: str, at: datetime) -> str:
        """Record a grade of a claim or a source; return its id.

        Args:
            given: The grade.
            origins: How many independent origins the claim has; of no matter for a source.
            user: Who grades.
            at: When, with a zone.

        Raises:
            GradeError: The grade is none of its scale, or 1 on fewer than two origins without a
                reason.
            DatabaseError: Nobody gives it.
        """
        with self.transaction():
            clusters.refuse_retired(self.connection, (given.subject,))
            return grades.grade(self.connection, given, origins, log.By(user, at))

    def merge_sources(self, kept: str, other: str, why: str, *, user: str, at: datetime) -> str:
        """Record that two sources are one, called as the first is; return the id of the edit.

        Raises:
            UnknownIdError: One of them is not held.
            BlockedJudgementError: Somebody judged that they differ.
            DatabaseError: They are one already.
        """
        with self.transaction():
            return source_edits.merge(self.connection, kept, other, why, log.By(user, at))

    def show(
        self, decision: publication.Decision, documents: Iterable[str], *, user: str, at: datetime
    ) -> str:
        """Record what of some documents may be shown in public; return the decision's id.

        Args:
            decision: What, why and by what right.
            documents: Full ids of live documents.
            user: Who decides.
            at: When, with a zone.

        Raises:
            DatabaseError: Nobody decides, or no reason or right is given.
            NothingChosenError: There are no documents.
        """
        with self.transaction():
            return publication.decide(self.connection, decision, documents, log.By(user, at))
