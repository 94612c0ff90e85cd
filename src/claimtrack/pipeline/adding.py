"""Articles into the database: read, taken apart, stored with custody, compared and linked.

Reading and storing happen here, in order; taking articles apart may happen in other processes.
"""

from __future__ import annotations

import signal
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import BinaryIO, NamedTuple

from pydantic import Field

from claimtrack import ingest
from claimtrack.errors import FetchError, InputError
from claimtrack.ingest import NotAnArticleError, Raw, Skipped, address, bodies, feeds
from claimtrack.match.anchors import reanchor
from claimtrack.match.link import Links, link
from claimtrack.match.reprints import link_copies
from claimtrack.model.document import Article
from claimtrack.model.ids import content_id
from claimtrack.model.value import Value
from claimtrack.pipeline.desk import Desk, edits_in
from claimtrack.pipeline.fetching import Fetched, Fetching
from claimtrack.pipeline.pool import Pool
from claimtrack.pipeline.work import RULES, Found, Means, Worker, version_of
from claimtrack.ports import Fetcher
from claimtrack.sources.edited import Named
from claimtrack.store import Added, Store, captures, entries

BATCH = 200
"""Whole articles that one transaction holds at most."""

LONGEST_BATCH = 1.0
"""Seconds that a transaction is kept open at most; others who write wait for its end."""

Progress = Callable[[str, int], None]
"""Told after each article or file: its place, and how many there have been."""


class SkippedItem(Value):
    """Something that was not added: where it stands, and why not."""

    place: str
    reason: str


class AddReport(Value):
    """What `add` did.

    Attributes:
        added: Articles new to the database.
        new_versions: Known documents with another text than before.
        unchanged: Articles that were there already.
        attributions: Attributions stored.
        links: Pairs of attributions that a rule with evidence joined into one claim.
        blocked: Pairs that one would have joined, had nobody judged that they differ.
        reprints: Articles found to be copies of others.
        captures: Answers of servers that were recorded.
        gone: Addresses whose servers say that the page is not there any more.
        skipped: What could not be read.
        without_pack: Articles stored without attributions, by language: no pack knows it.
        replaced: Characters that no text may hold (lone surrogates, NUL), stored as U+FFFD.
    """

    added: int = 0
    new_versions: int = 0
    unchanged: int = 0
    attributions: int = 0
    links: int = 0
    blocked: int = 0
    reprints: int = 0
    captures: int = 0
    gone: int = 0
    skipped: tuple[SkippedItem, ...] = ()
    without_pack: dict[str, int] = Field(default_factory=dict)
    replaced: int = 0


class Intake(NamedTuple):
    """Where articles come from beside files.

    Attributes:
        stdin: What "-" stands for; the process's own when None.
        web: What fetches addresses; None where nothing may be fetched.
        told: Called with the number of bytes after each stretch of a file that was read.
        archive: A web archive to submit fetched pages to; None for none.
    """

    stdin: BinaryIO | None = None
    web: Fetcher | None = None
    told: Callable[[int], None] | None = None
    archive: str | None = None


FILES = Intake()
"""Files alone: nothing is fetched."""


def add(
    inputs: Sequence[str],
    desk: Desk,
    means: Means = RULES,
    *,
    stdin: BinaryIO | None = None,
    progress: Progress | None = None,
    intake: Intake = FILES,
) -> AddReport:
    """Store every article of the inputs, each with all that was found in it or not at all.

    The database is made when the first article can be read, so that inputs without any leave
    nothing behind. An article that it holds already is not taken apart again, so that a run that
    was stopped goes on where it was when it is started again.

    Args:
        inputs: Paths of files and directories, addresses of pages and feeds; "-" is `stdin`.
        desk: Where they go, and who adds them.
        means: The engine, registries, packs, fields and number of processes.
        stdin: What "-" stands for.
        progress: Told after each article or file.
        intake: What fetches, and who is told of bytes read.

    Raises:
        UnknownEngineError: No engine has the name.
        PackError: A registry or pack is wrong.
        DatabaseError: The database cannot be opened or written; earlier articles are kept, but
            for those of the open batch where several processes are at work.
        OutputError: The WARC file beside it cannot be written; earlier captures are kept.
    """
    with Adding(desk, means, intake._replace(stdin=stdin or intake.stdin)) as adding:
        adding.take(inputs, progress)
        return adding.tally.report()


class Adding:
    """One run that adds articles; as a context manager it ends what it began.

    Attributes:
        tally: What was done so far.
    """

    def __init__(self, desk: Desk, means: Means, intake: Intake) -> None:
        """Load the engine; one that is missing is told before any work is done.

        Raises:
            UnknownEngineError: No engine has the name.
            PackError: A registry or pack is wrong.
        """
        self._desk, self._means, self._intake = desk, means, intake
        self._edits = edits_in(desk.database)
        self._worker = Worker(means, self._edits)
        self.tally = Tally()
        self._writer: Writer | None = None
        self._pool: Pool[_Task, Found | Skipped] | None = None
        self._stack = ExitStack()

    def __enter__(self) -> Adding:
        """Open the database if there is one: one that is not ours is told before any work."""
        with ExitStack() as stack:
            self._stack = stack
            if self._desk.database.exists():
                self._open()
            if self._means.workers > 1:
                pool: Pool[_Task, Found | Skipped] = Pool(
                    self._means.workers, _take, (_prepare, (self._means, self._edits)), _lost
                )
                self._pool = stack.enter_context(pool)
            self._stack = stack.pop_all()
        return self

    def __exit__(self, *error: object) -> None:
        """Keep what was stored whole, and close the database."""
        self._stack.__exit__(*error)  # type: ignore[arg-type]

    def take(self, inputs: Sequence[str], progress: Progress | None = None) -> None:
        """Add the articles of some inputs."""
        seen = 0
        for given in inputs:
            for item in self._found(self._pieces(given)):
                seen += 1
                place = item.article.place if isinstance(item, Found) else item.place
                self._put(item)
                if self._writer and (given == ingest.STDIN or address.has_scheme(given)):
                    self._writer.flush()  # the next one may be long in coming
                if progress:
                    progress(place, seen)

    def fetch(self, url: str) -> str:
        """Fetch one page and add its article; return what became of it.

        That is a value of `Added`; "skipped" where there is no article, or none may be fetched;
        "failed" where another try, later, may do better.
        """
        before = self.tally.counted()
        self.flush()
        fetching = self.fetching()
        try:
            fetched = fetching.fetch(url)
        except FetchError as error:
            self._put(_skipped(error))
            return entries.FAILED if error.passing else "skipped"
        for item in self._found(self._arrived(fetching, fetched, url, listed=False)):
            self._put(item)
        self.flush()
        return self.tally.since(before)

    def feed(self, url: str) -> feeds.Feed | None:
        """Return what the feed at an address lists; None where it has not changed.

        Raises:
            FetchError: It cannot be fetched or read.
        """
        self.flush()
        fetching = self.fetching()
        known = self.store().connection
        last = None if entries.waiting(known, url) else captures.latest(known, url)
        fetched = fetching.fetch(url, bodies.conditions(last) if last else ())
        if fetched.capture.response.status == 304:
            return None
        self.tally.captures += 1
        if fetched.capture.gone:
            raise FetchError(url, f"is gone ({fetched.capture.response.status}).")
        if not ingest.is_feed(fetched.data):
            raise FetchError(url, "is no feed; add a page with: claimtrack add.")
        return fetching.listed(fetched)

    def flush(self) -> None:
        """Make sure that what was added is kept."""
        if self._writer:
            self._writer.flush()

    def store(self) -> Store:
        """Return the database, made when there is none."""
        return self._open().store

    def fetching(self) -> Fetching:
        """Return what fetches and records.

        Raises:
            InputError: Nothing may be fetched.
        """
        if self._intake.web is None:
            raise InputError("the web", "nothing may be fetched here.")
        return Fetching(self._intake.web, self._desk, self.store, self._intake.archive)

    def _open(self) -> Writer:
        if self._writer is None:
            store = self._stack.enter_context(Store.open(self._desk.database, create=True))
            batch = BATCH if self._means.workers > 1 else 1
            writer = Writer(store, self._worker, self._desk, batch)
            self._writer = self._stack.enter_context(writer)
        return self._writer

    def _put(self, item: Found | Skipped | Known) -> None:
        if isinstance(item, Skipped):
            self.tally.skipped.append(SkippedItem(place=item.place, reason=item.reason))
        elif isinstance(item, Known):
            self._open().again(item, self.tally)
        else:
            self._open().add(item, self.tally)

    def _pieces(self, given: str) -> Iterator[Raw | Skipped]:
        """Yield the pieces of an input; one that cannot be read keeps no other from it."""
        if address.is_address(given) and self._intake.web is not None:
            yield from self._fetched(given, listed=True)
            return
        try:
            yield from ingest.pieces(
                given,
                stdin=self._intake.stdin,
                fields=dict(self._means.fields),
                told=self._intake.told,
            )
        except InputError as error:
            yield _skipped(error)

    def _fetched(self, url: str, *, listed: bool) -> Iterator[Raw | Skipped]:
        """Yield the page at an address, or those that the feed there lists; each is recorded."""
        self.flush()
        fetching = self.fetching()
        try:
            fetched = fetching.fetch(url)
        except FetchError as error:
            yield _skipped(error)
            return
        yield from self._arrived(fetching, fetched, url, listed=listed)

    def _arrived(
        self, fetching: Fetching, fetched: Fetched, url: str, *, listed: bool
    ) -> Iterator[Raw | Skipped]:
        """Yield the page that was fetched, or those that the feed lists."""
        self.tally.captures += 1
        if fetched.capture.gone:
            self.tally.gone += 1
            status = fetched.capture.response.status
            yield Skipped(place=url, reason=f"the server says that it is gone ({status})")
            return
        try:
            raw = ingest.of_capture(fetched.capture, fetched.data)
        except NotAnArticleError as problem:
            yield Skipped(place=url, reason=problem.reason)
            return
        if raw is not None:
            yield from self._submitted(fetching, url)
            yield raw
        elif not listed:
            yield Skipped(place=url, reason="a feed, not a page")
        else:
            try:
                found = fetching.listed(fetched)
            except FetchError as error:
                yield _skipped(error)
                return
            for entry in found.entries:
                if entry.url:
                    yield from self._fetched(entry.url, listed=False)

    def _submitted(self, fetching: Fetching, url: str) -> Iterator[Skipped]:
        """Submit a page to the web archive, if there is one; yield what went wrong."""
        try:
            archived = fetching.submit(url)
        except FetchError as error:
            yield Skipped(place=url, reason=f"not archived: {error}")
        else:
            if archived:
                self._open().archived[url] = archived

    def _found(self, items: Iterable[Raw | Skipped]) -> Iterator[Found | Skipped | Known]:
        """Yield each piece taken apart, unless its article is held already."""
        tasks = (self._task(item) for item in items)
        if self._pool is not None:
            yield from self._in_processes(tasks)
            return
        for task in tasks:
            if isinstance(task, _Task):
                yield self._taken(task)
            else:
                yield task

    def _in_processes(
        self, tasks: Iterator[_Task | Skipped | Known]
    ) -> Iterator[Found | Skipped | Known]:
        """Yield the results in order, what needs no process between them."""
        assert self._pool is not None  # noqa: S101 (mypy cannot know)
        between: dict[int, list[Skipped | Known]] = {}
        sent = 0

        def sending() -> Iterator[_Task]:
            nonlocal sent
            for task in tasks:
                if isinstance(task, _Task):
                    sent += 1
                    yield task
                else:
                    between.setdefault(sent, []).append(task)

        got = 0
        for result in self._pool.map(sending()):
            yield from between.pop(got, ())
            got += 1
            yield result
        yield from between.pop(got, ())

    def _task(self, item: Raw | Skipped) -> _Task | Skipped | Known:
        """Return what is to be done about a piece."""
        if isinstance(item, Skipped):
            return item
        told = ingest.identity(item)
        if told is None or self._writer is None:
            return _Task(item, None)
        url, text = told
        identity = self._writer.identity(url, ())
        digest = sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
        document = content_id("document", *(("url", identity) if identity else ("text", digest)))
        if self._writer.store.holds(document, digest):
            return Known(item.place, document, digest, None)
        return _Task(item, identity)

    def _taken(self, task: _Task) -> Found | Skipped | Known:
        """Take a piece apart here, when it is not held already."""
        try:
            found = ingest.article(task.raw, self._worker.packs)
        except NotAnArticleError as problem:
            return Skipped(place=task.raw.place, reason=problem.reason)
        known = self._open().settled(found)
        version = version_of(known)
        if self._open().store.holds(version.document_id, version.sha256):
            return Known(known.place, version.document_id, version.sha256, known)
        return self._worker.take_apart(known, version)


class Known(NamedTuple):
    """An article that is held already.

    Attributes:
        article: The article, where it was read.
    """

    place: str
    document_id: str
    sha256: str
    article: Article | None


class _Task(NamedTuple):
    """A piece, and the address its document is known by, where that is known."""

    raw: Raw
    identity: str | None


class Writer:
    """Stores articles, many in one transaction, each whole; as a context manager it ends that.

    Attributes:
        store: The database.
        archived: Where a web archive keeps pages, by the addresses that were asked for.
    """

    def __init__(self, store: Store, worker: Worker, desk: Desk, most: int = 1) -> None:
        """Store what the worker takes apart, on behalf of the desk's user.

        Args:
            store: The database.
            worker: What takes articles apart.
            desk: Who adds them.
            most: Articles in one transaction. Others can write only between two of them.
        """
        self.store, self._worker, self._desk, self._most = store, worker, desk, most
        self.archived: dict[str, str] = {}
        self._batch: ExitStack | None = None
        self._count, self._begun = 0, 0.0

    def __enter__(self) -> Writer:
        """Return the writer itself."""
        return self

    def __exit__(self, *error: object) -> None:
        """Keep all whole articles, also when something went wrong with the last one."""
        if error[0] is not None and not self.store.connection.in_transaction:
            self._batch = None  # SQLite gave it up, as where a disk is full
        self.flush()

    def flush(self) -> None:
        """End the transaction: what was stored is kept."""
        batch, self._batch = self._batch, None
        if batch is not None:
            batch.close()

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
            at = self._desk.clock()
            with self._one():
                self._note(article, known.document_id, known.sha256, at)
        tally.outcomes[Added.UNCHANGED] += 1

    def add(self, found: Found, tally: Tally) -> None:
        """Store an article, unless it is there, and count what was done."""
        article = self.settled(found.article)
        moved = article is not found.article
        version = version_of(article) if moved else found.version
        if self.store.holds(version.document_id, version.sha256):
            self.again(Known(article.place, version.document_id, version.sha256, article), tally)
            return
        if moved:  # sources without a name are known within a document
            found = self._worker.take_apart(article, version)
        at = self._desk.clock()
        with self._one():
            self._store(found, at, tally)

    def _store(self, found: Found, at: datetime, tally: Tally) -> None:
        user, article, version = self._desk.user, found.article, found.version
        outcome = self.store.add(
            version,
            found.extraction,
            found.sources,
            run=self._worker.run,
            at=at,
            user=user,
            replaced=article.replaced,
        )
        self._note(article, version.document_id, version.sha256, at)
        self.store.note_update(version.id, article.updated)
        packs = self._worker.packs
        links = link(self.store, version.id, at=at, user=user, packs=packs)
        copies = link_copies(self.store, version.id, found.sketch, at=at)
        if outcome is Added.NEW_VERSION:
            reanchor(self.store, version, packs=packs, at=at)
        tally.count(found, outcome, links)
        tally.reprints += bool(copies)

    def _note(self, article: Article, document_id: str, digest: str, at: datetime) -> None:
        """Record by which addresses an article is known, and what it was fetched as."""
        addresses = list(article.addresses)
        known = [*([article.url] if article.url else []), *(url for _, url in addresses)]
        capture = article.capture
        if capture:
            known.append(capture.url)
            archived = self.archived.pop(capture.url, None)
            addresses += [("archive", archived)] if archived else []
        if known:
            self.store.know(document_id, addresses, keys(known))
        if capture:
            self.store.tie(capture, (document_id, digest), at=at, user=self._desk.user)

    @contextmanager
    def _one(self) -> Iterator[None]:
        """Store one article, in a transaction of its own within that of the batch."""
        if self._batch is None:
            self._batch = ExitStack()
            self._batch.enter_context(self.store.transaction())
            self._count, self._begun = 0, time.monotonic()
        with self.store.transaction():
            yield
        self._count += 1
        if self._count >= self._most or time.monotonic() - self._begun > LONGEST_BATCH:
            self.flush()


def keys(addresses: Iterable[str]) -> list[str]:
    """Return what addresses have in common with their variants; what is no address has none."""
    found = []
    for url in addresses:
        try:
            found.append(address.key(url))
        except ValueError:
            continue
    return list(dict.fromkeys(found))


_HERE: list[Worker] = []
"""What a process of ours takes articles apart with."""


def _prepare(means: Means, edits: Sequence[Named]) -> None:
    """Make a process ready; an interruption is for the one that it works for."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _HERE[:] = [Worker(means, edits)]


def _take(tasks: Sequence[_Task]) -> list[Found | Skipped]:
    """Take pieces apart, in a process of its own."""
    (worker,) = _HERE
    done: list[Found | Skipped] = []
    for raw, identity in tasks:
        try:
            found = ingest.article(raw, worker.packs)
        except NotAnArticleError as problem:
            done.append(Skipped(place=raw.place, reason=problem.reason))
            continue
        if identity is not None and identity != found.url:
            found = found.model_copy(update={"url": identity})
        done.append(worker.take_apart(found, version_of(found)))
    return done


def _lost(task: _Task) -> Found | Skipped:
    return Skipped(place=task.raw.place, reason="the process that read it died, twice")


def _skipped(error: InputError) -> Skipped:
    reason = str(error).removeprefix(f"{error.place}: ")
    return Skipped(place=error.place, reason=reason)


@dataclass(slots=True)
class Tally:
    """Counts as they grow."""

    outcomes: Counter[Added] = field(default_factory=Counter)
    attributions: int = 0
    links: int = 0
    blocked: int = 0
    reprints: int = 0
    captures: int = 0
    gone: int = 0
    replaced: int = 0
    skipped: list[SkippedItem] = field(default_factory=list)
    without_pack: Counter[str] = field(default_factory=Counter)

    def count(self, found: Found, outcome: Added, links: Links) -> None:
        """Count an article that was stored."""
        self.outcomes[outcome] += 1
        if outcome is Added.UNCHANGED:  # another process was first
            return
        self.attributions += len(found.extraction.attributions)
        self.links += links.made
        self.blocked += links.blocked
        self.replaced += found.article.replaced
        if not found.known_language:
            self.without_pack[found.article.lang] += 1

    def counted(self) -> tuple[Counter[Added], int]:
        """Return how many articles came to what, and how many were skipped."""
        return Counter(self.outcomes), len(self.skipped)

    def since(self, before: tuple[Counter[Added], int]) -> str:
        """Return what the one article since then came to."""
        new = self.outcomes - before[0]
        return next((str(outcome) for outcome in new), "skipped")

    def report(self) -> AddReport:
        """Return what was done."""
        return AddReport(
            added=self.outcomes[Added.ADDED],
            new_versions=self.outcomes[Added.NEW_VERSION],
            unchanged=self.outcomes[Added.UNCHANGED],
            attributions=self.attributions,
            links=self.links,
            blocked=self.blocked,
            reprints=self.reprints,
            captures=self.captures,
            gone=self.gone,
            skipped=tuple(self.skipped),
            without_pack=dict(sorted(self.without_pack.items())),
            replaced=self.replaced,
        )
