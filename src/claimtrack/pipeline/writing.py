"""Articles that were taken apart, into the database: stored, compared, linked, many at once."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack, suppress
from datetime import datetime
from functools import partial
from typing import NamedTuple, TypeVar

from claimtrack.errors import ClaimtrackError, IntegrityError
from claimtrack.ingest import address
from claimtrack.match.anchors import reanchor
from claimtrack.match.link import Handed, Links, handed_on, link
from claimtrack.match.reprints import link_copies
from claimtrack.model.document import Article, DocumentVersion
from claimtrack.pipeline.desk import Desk
from claimtrack.pipeline.tally import Tally
from claimtrack.pipeline.work import Worker, version_of
from claimtrack.store import Added, Store, linking, partitions, writer
from claimtrack.store.checkpoints import Checkpoints
from claimtrack.store.content import instant

T = TypeVar("T")

FIRST_BATCH, BATCH = 16, 1000
"""Whole articles that the first transaction holds at most, and any. Each holds as many at most as
there are already, so that a disk that is full, or whoever kills the process, takes half at most."""

LARGEST_BATCH = 2_000_000
"""Code points of the articles that a transaction holds at most: they are kept until it ends, with
what they were fetched as, of which `BYTES` count as one."""

BYTES = 16
"""Bytes of a page in memory for each code point of an article that is taken apart."""

LONGEST_BATCH = 4.0
"""Seconds that a transaction is kept open at most; others who write wait for its end."""

COPIED = 500
"""Articles that are stored before they are copied from the write-ahead log, beside the storing."""

TURN = 0.12
"""Seconds that nothing is written after transactions that took long: SQLite has no queue, and one
who waits only looks every tenth of a second, at longest, whether nobody writes."""


class Known(NamedTuple):
    """An article that is held already.

    Attributes:
        article: The article, where it was read.
    """

    place: str
    document_id: str
    sha256: str
    article: Article | None


class Taken(NamedTuple):
    """An article taken apart, ready to be stored.

    Attributes:
        rows: What it becomes in the database.
        attributions: How many were found.
        handed: Which of them say just what another one says that they take over.
        sketch: By which copies of it are known; see `claimtrack.match.shingles`.
        known_language: A language pack answers to the article's language.
    """

    article: Article
    rows: writer.Ready
    attributions: int
    handed: Sequence[Handed]
    sketch: tuple[int, ...]
    known_language: bool


def taken(worker: Worker, article: Article, version: DocumentVersion) -> Taken:
    """Take an article apart, which is a document version; no database is needed."""
    found = worker.take_apart(article, version)
    told = writer.Found(found.extraction, found.sources, worker.run, article.replaced)
    rows, count = writer.ready(version, told), len(found.extraction.attributions)
    handed = handed_on(linking.handings_of(rows), worker.packs)
    return Taken(article, rows, count, handed, found.sketch, found.known_language)


class _Noted(NamedTuple):
    """When an article is recorded, and where a web archive keeps it, if one does."""

    at: datetime
    archived: str | None


class _Stored(NamedTuple):
    """What storing an article came to."""

    outcome: Added
    links: Links
    copies: int


class Writer:
    """Stores articles, many in one transaction, each whole; as a context manager it ends that.

    SQLite copies each page that changes after a savepoint, which takes as long as a fifth of all
    else. So an article has none: where storing one fails, the transaction is taken back, and what
    was whole in it is stored again.

    Attributes:
        store: The database.
        archived: Where a web archive keeps pages, by the addresses that were asked for.
    """

    def __init__(self, store: Store, worker: Worker, desk: Desk) -> None:
        """Store what the worker takes apart, on behalf of the desk's user.

        Args:
            store: The database.
            worker: What takes articles apart.
            desk: Who adds them.
        """
        self.store, self._worker, self._desk = store, worker, desk
        self.archived: dict[str, str] = {}
        self._batch: ExitStack | None = None
        self._steps: list[Callable[[], object]] = []
        self._stored = self._size = 0
        self._begun = self._ended = self._taken = 0.0
        self._checkpoints, self._uncopied = Checkpoints(store.path), 0

    def __enter__(self) -> Writer:
        """Return the writer itself."""
        self.store.expect_many()
        return self

    def __exit__(self, *error: object) -> None:
        """Keep all whole articles, also when something went wrong with the last one."""
        if error[0] is not None and not self.store.connection.in_transaction:
            self._batch = None  # SQLite gave it up, as where a disk is full
        with self._checkpoints:
            self.flush()

    def flush(self) -> None:
        """End the transaction: what was stored is kept."""
        batch, self._batch = self._batch, None
        self._uncopied += len(self._steps)
        self._steps, self._size = [], 0
        if batch is not None:
            batch.close()
            self._ended = time.monotonic()
            self._taken += self._ended - self._begun
            if self._uncopied >= COPIED:
                self._uncopied = 0
                self._checkpoints.due()

    def flush_if_long(self) -> None:
        """End the transaction where it has been open for long."""
        if self._batch is not None and time.monotonic() - self._begun > LONGEST_BATCH:
            self.flush()

    def identity(self, url: str | None, others: Iterable[str]) -> str | None:
        """Return the address that a document is known by, if it is, else its own."""
        addresses = [one for one in (url, *others) if one]
        return (self.store.known_as(keys(addresses)) if addresses else None) or url

    def settled(self, article: Article) -> Article:
        """Return an article under the address by which its document is known."""
        others = [url for _, url in article.addresses]
        if article.capture:
            others.append(article.capture.url)
        known = self.identity(article.url, others)
        return article if known == article.url else article.model_copy(update={"url": known})

    def again(self, known: Known, tally: Tally) -> None:
        """Count an article that is held, and note where it was seen again."""
        article = known.article
        if article and article.capture:
            document = known.document_id, known.sha256
            self._size += _size(article)
            self._one(partial(self._note, article, document, self._noted(article)))
        tally.outcomes[Added.UNCHANGED] += 1

    def add(self, found: Taken, tally: Tally) -> None:
        """Store an article, unless it is there, and count what was done."""
        article = self.settled(found.article)
        moved = article is not found.article
        version = version_of(article) if moved else found.rows.version
        if self.store.holds(version.document_id, version.sha256):
            self.again(Known(article.place, version.document_id, version.sha256, article), tally)
            return
        if moved:  # sources without a name are known within a document
            found = taken(self._worker, article, version)
        step = partial(self._store, found, self._noted(article))
        self._size += _size(article)
        try:
            stored = self._one(step)
        except IntegrityError as error:
            raise IntegrityError(f"{article.place}: {error}") from error
        self._count(found, stored, tally)

    def note(self, name: str, place: str, done: partitions.Merged) -> None:
        """Note that all of a partition is held, and end the transaction."""
        at = instant(self._desk.clock())
        self._one(partial(partitions.mark, self.store.connection, (name, place), done, at))
        self.flush()

    def _store(self, found: Taken, noted: _Noted) -> _Stored:
        user, article, version, at = self._desk.user, found.article, found.rows.version, noted.at
        outcome = self.store.put(found.rows, at=at, user=user)
        self._note(article, (version.document_id, version.sha256), noted)
        if outcome is Added.UNCHANGED:  # another process was first
            return _Stored(outcome, Links(0, 0), 0)
        self.store.note_update(version.id, article.updated)
        packs = self._worker.packs
        handed = found.handed if outcome is Added.ADDED else None  # else some may not be live
        links = link(self.store, version.id, at=at, user=user, packs=packs, handed=handed)
        copies = link_copies(self.store, version.id, found.sketch, at=at)
        if outcome is Added.NEW_VERSION:
            reanchor(self.store, version, packs=packs, at=at)
        return _Stored(outcome, links, copies)

    def _count(self, found: Taken, stored: _Stored, tally: Tally) -> None:
        article = found.article
        if stored.outcome is Added.UNCHANGED:
            tally.outcomes[stored.outcome] += 1
            return
        tally.count(stored.outcome, found.attributions, stored.links)
        tally.replaced += article.replaced
        tally.reprints += bool(stored.copies)
        if not found.known_language:
            tally.without_pack[article.lang] += 1

    def _noted(self, article: Article) -> _Noted:
        """Return when an article is recorded, and where a web archive keeps it."""
        capture = article.capture
        archived = self.archived.pop(capture.url, None) if capture else None
        return _Noted(self._desk.clock(), archived)

    def _note(self, article: Article, document: tuple[str, str], noted: _Noted) -> None:
        """Record by which addresses an article is known, and what it was fetched as."""
        addresses = list(article.addresses)
        known = [*([article.url] if article.url else []), *(url for _, url in addresses)]
        capture = article.capture
        if capture:
            known.append(capture.url)
            addresses += [("archive", noted.archived)] if noted.archived else []
        if known:
            self.store.know(document[0], addresses, keys(known))
        if capture:
            self.store.tie(capture, document, at=noted.at, user=self._desk.user)

    def _one(self, step: Callable[[], T]) -> T:
        """Store one article, wholly or not at all, in the transaction of the batch."""
        if self._batch is None:
            self._give_way()
            self._batch = ExitStack()
            self._batch.enter_context(self.store.transaction())
            self._begun = time.monotonic()
        try:
            with self.store.together():
                done = step()
        except BaseException as error:
            self._take_back(error)
            raise
        self._steps.append(step)
        self._stored += 1
        count = len(self._steps)
        if count >= min(BATCH, max(FIRST_BATCH, self._stored - count)):
            self.flush()
        if self._size >= LARGEST_BATCH:
            self.flush()
        self.flush_if_long()
        return done

    def _take_back(self, error: BaseException) -> None:
        """Take the transaction back, of which the last article is not whole; store the others."""
        batch, self._batch = self._batch, None
        steps, self._steps, self._size = self._steps, [], 0
        given_up = not self.store.connection.in_transaction  # by SQLite, as where a disk is full
        if batch is not None:
            batch.__exit__(type(error), error, error.__traceback__)
        if given_up:
            return
        with suppress(ClaimtrackError), self.store.transaction():  # the first error tells more
            for step in steps:
                step()

    def _give_way(self) -> None:
        """Let others write, where transactions took long since they could."""
        free = time.monotonic() - self._ended
        if free < TURN:
            if self._taken < LONGEST_BATCH / 2:
                return
            time.sleep(TURN - free)
        self._taken = 0.0


def _size(article: Article) -> int:
    """Return how much an article counts that is kept, in code points of its text."""
    capture = article.capture
    answers = (*capture.hops, capture.response) if capture else ()
    return len(article.text) + sum(len(answer.body) for answer in answers) // BYTES


def keys(addresses: Iterable[str]) -> list[str]:
    """Return what addresses have in common with their variants; what is no address has none."""
    found = []
    for url in addresses:
        try:
            found.append(address.key(url))
        except ValueError:
            continue
    return list(dict.fromkeys(found))
