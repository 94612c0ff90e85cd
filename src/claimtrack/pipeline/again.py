"""Texts that are held, read again when a newer engine, pack or registry is there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime

from pydantic import Field

from claimtrack.match.anchors import reanchor
from claimtrack.match.link import link
from claimtrack.model.document import DocumentVersion
from claimtrack.model.value import Value
from claimtrack.pipeline.desk import Desk, edits_of
from claimtrack.pipeline.work import RULES, Found, Means, Worker
from claimtrack.store import Store, read
from claimtrack.store.versions import document_ids, versions

Step = Callable[[str, int, int], None]
"""Told after each document: what it is called, how many there have been, and how many there are."""


class ReextractReport(Value):
    """What `reextract` did.

    Attributes:
        documents: Documents that were read again.
        kept: Attributions found again.
        added: Attributions new to their texts, or back in them.
        retired: Attributions found no more.
        queued: Attributions found no more that were not retired, since somebody judged them.
        settled: Attributions found that were left out, since somebody decided otherwise.
        waiting: The ids of the queued ones.
        links: Pairs that a rule with evidence joined into one claim; one may be retired.
        blocked: Pairs that one would have joined, had nobody judged that they differ.
        without_pack: Documents left as they are, by language: no pack knows it.
    """

    documents: int = 0
    kept: int = 0
    added: int = 0
    retired: int = 0
    queued: int = 0
    settled: int = 0
    waiting: tuple[str, ...] = ()
    links: int = 0
    blocked: int = 0
    without_pack: dict[str, int] = Field(default_factory=dict)


def reextract(
    documents: Sequence[str] | None,
    desk: Desk,
    means: Means = RULES,
    *,
    progress: Step | None = None,
) -> ReextractReport:
    """Read held documents again, all versions of each, and bring what is known of them in step.

    What is found again stays, what is found no more is retired, or queued where a person judged
    it, and what is new is added; a document in one transaction. The same means again change
    nothing. A text in a language that no pack knows, and in which nothing is found, stays as it is.

    Args:
        documents: Their ids, or beginnings of them; None for all.
        desk: Where they are, and who has them read.
        means: The engine, registries and packs.
        progress: Told after each document.

    Raises:
        UnknownIdError: No document has an id; nothing was changed.
        AmbiguousIdError: Several have; nothing was changed.
        UnknownEngineError: No engine has the name.
        PackError: A registry or pack is wrong.
        DatabaseError: The database cannot be opened or written; earlier documents are done.
    """
    with Store.open(desk.database) as store:
        again = _Again(store, Worker(means, edits_of(store)), desk)
        wanted = _documents(store, documents)
        for seen, document_id in enumerate(wanted, 1):
            name = again.read(document_id)
            if progress:
                progress(name, seen, len(wanted))
        return again.report()


def _documents(store: Store, given: Sequence[str] | None) -> tuple[str, ...]:
    """Return the full ids of some documents, each once, or of all."""
    if given is None:
        return document_ids(store.connection)
    found = (read.resolve_id(store.connection, each, ("document",))[1] for each in given)
    return tuple(dict.fromkeys(found))


class _Again:
    """Reads documents again, one transaction each, and counts what came of it."""

    def __init__(self, store: Store, worker: Worker, desk: Desk) -> None:
        self._store, self._worker, self._desk = store, worker, desk
        self._counts: Counter[str] = Counter()
        self._waiting: list[str] = []
        self._without_pack: Counter[str] = Counter()

    def read(self, document_id: str) -> str:
        """Read all versions of a document again; return what it is called."""
        known: list[tuple[DocumentVersion, Found]] = []
        unknown: set[str] = set()
        held = versions(self._store.connection, document_id)
        for version in held:
            found = self._worker.take_apart(version.article(version.id), version)
            if found.known_language or found.extraction.attributions:
                known.append((version, found))
            else:
                unknown.add(version.lang)
        self._counts["documents"] += bool(known)
        self._without_pack.update(unknown)
        at = self._desk.clock()
        with self._store.transaction():
            for version, found in known:
                self._take(version, found, at)
            for later in held[1:]:  # where the reports that are new in a version stand in the next
                reanchor(self._store, later, packs=self._worker.packs, at=at)
        return next((version.url or version.id for version in held), document_id)

    def report(self) -> ReextractReport:
        return ReextractReport(
            **self._counts,
            waiting=tuple(self._waiting),
            without_pack=dict(sorted(self._without_pack.items())),
        )

    def _take(self, version: DocumentVersion, found: Found, at: datetime) -> None:
        user = self._desk.user
        done = self._store.reextract(
            version, found.extraction, found.sources, run=self._worker.run, at=at, user=user
        )
        packs = self._worker.packs
        links = link(self._store, version.id, at=at, user=user, packs=packs)
        self._waiting += done.queued
        self._counts.update(
            kept=done.kept,
            added=done.added,
            retired=done.retired,
            queued=len(done.queued),
            settled=done.settled,
            links=links.made,
            blocked=links.blocked,
        )
