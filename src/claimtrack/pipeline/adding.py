"""Articles into the database: read, taken apart, stored with custody, compared and linked.

Reading and storing happen here, in order; taking articles apart may happen in other processes.
"""

from __future__ import annotations

import gc
import signal
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from hashlib import sha256
from typing import BinaryIO, NamedTuple

from claimtrack import ingest
from claimtrack.errors import FetchError, InputError
from claimtrack.ingest import NotAnArticleError, Raw, Skipped, address, bodies, feeds
from claimtrack.model.ids import content_id
from claimtrack.pipeline.desk import Desk, edits_in
from claimtrack.pipeline.fetching import Fetched, Fetching
from claimtrack.pipeline.pool import Pool
from claimtrack.pipeline.tally import AddReport, SkippedItem, Tally
from claimtrack.pipeline.work import RULES, Means, Worker, version_of
from claimtrack.pipeline.writing import Known, Taken, Writer, taken
from claimtrack.ports import Fetcher
from claimtrack.sources.edited import Named
from claimtrack.store import Store, captures, entries, partitions

_LONG = 100_000
"""Code points of a text that takes seconds: no transaction is kept open meanwhile."""

Progress = Callable[[str, int], None]
"""Told after each article or file: its place, and how many there have been."""


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
            for those of the open batch.
        OutputError: The WARC file beside it cannot be written; earlier captures are kept.
    """
    with Adding(desk, means, intake._replace(stdin=stdin or intake.stdin)) as adding:
        adding.take(inputs, progress)
        return adding.tally.report()


class Adding:
    """One run that adds articles; as a context manager it ends what it began.

    Attributes:
        tally: What was done so far.
        edits: What the desk added and named.
    """

    def __init__(self, desk: Desk, means: Means, intake: Intake) -> None:
        """Load the engine; one that is missing is told before any work is done.

        Args:
            desk: Where articles go, and who adds them.
            means: What they are taken apart with.
            intake: Where they come from beside files.

        Raises:
            UnknownEngineError: No engine has the name.
            PackError: A registry or pack is wrong.
        """
        self._desk, self._means, self._intake = desk, means, intake
        self.edits = edits_in(desk.database)
        self._worker = Worker(means, self.edits)
        self.tally = Tally()
        self._writer: Writer | None = None
        self._pool: Pool[_Task, Taken | Skipped] | None = None
        self._stack = ExitStack()

    def __enter__(self) -> Adding:
        """Open the database if there is one: one that is not ours is told before any work."""
        with ExitStack() as stack:
            self._stack = stack
            if self._desk.database.exists():
                self._open()
            if self._means.workers > 1:
                prepare = (_prepare, (self._means, self.edits))
                pool: Pool[_Task, Taken | Skipped] = Pool(
                    self._means.workers, _take, prepare, _lost, weigh=_weight
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
                place = item.article.place if isinstance(item, Taken) else item.place
                self.put(item)
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
            self.put(_skipped(error))
            return entries.FAILED if error.passing else "skipped"
        for item in self._found(self._arrived(fetching, fetched, url, listed=False)):
            self.put(item)
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

    def _flush_if_long(self) -> None:
        """Keep no transaction open for long while nothing is added: others wait for its end."""
        if self._writer:
            self._writer.flush_if_long()

    def note(self, name: str, place: str, done: partitions.Merged) -> None:
        """Note that all of a partition is held, with the last of its articles, and keep it."""
        if self._writer:  # else nothing in it was an article, and there is no database yet
            self._writer.note(name, place, done)

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
            writer = Writer(store, self._worker, self._desk)
            self._writer = self._stack.enter_context(writer)
        return self._writer

    @property
    def run(self) -> str:
        """The id of what makes the rows: engine, tables, and what the desk edited."""
        return self._worker.run.id

    def put(self, item: Taken | Skipped | Known) -> None:
        """Store an article, or count what needs no storing."""
        if isinstance(item, Skipped):
            self._flush_if_long()
            self.tally.skipped.append(SkippedItem(place=item.place, reason=item.reason))
        elif isinstance(item, Known):
            self._flush_if_long()
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

    def _found(self, items: Iterable[Raw | Skipped]) -> Iterator[Taken | Skipped | Known]:
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
    ) -> Iterator[Taken | Skipped | Known]:
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
        for result in self._pool.map(sending(), self.flush):
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

    def _taken(self, task: _Task) -> Taken | Skipped | Known:
        """Take a piece apart here, when it is not held already."""
        try:
            found = ingest.article(task.raw, self._worker.packs)
        except NotAnArticleError as problem:
            return Skipped(place=task.raw.place, reason=problem.reason)
        known = self._open().settled(found)
        version = version_of(known)
        if self._open().store.holds(version.document_id, version.sha256):
            return Known(known.place, version.document_id, version.sha256, known)
        if len(known.text) > _LONG:
            self.flush()
        return taken(self._worker, known, version)


class _Task(NamedTuple):
    """A piece, and the address its document is known by, where that is known."""

    raw: Raw
    identity: str | None


_HERE: list[Worker] = []
"""What a process of ours takes articles apart with."""


def _prepare(means: Means, edits: Sequence[Named]) -> None:
    """Make a process ready; an interruption is for the one that it works for."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _HERE[:] = [Worker(means, edits)]
    gc.freeze()  # what is loaded by now stays: it need not be looked through again and again


def _take(tasks: Sequence[_Task]) -> list[Taken | Skipped]:
    """Take pieces apart, in a process of its own."""
    (worker,) = _HERE
    done: list[Taken | Skipped] = []
    for raw, identity in tasks:
        try:
            found = ingest.article(raw, worker.packs)
        except NotAnArticleError as problem:
            done.append(Skipped(place=raw.place, reason=problem.reason))
            continue
        if identity is not None and identity != found.url:
            found = found.model_copy(update={"url": identity})
        done.append(taken(worker, found, version_of(found)))
    return done


def _weight(task: _Task) -> int:
    return len(task.raw.data)


def _lost(task: _Task) -> Taken | Skipped:
    return Skipped(place=task.raw.place, reason="the process that read it died, twice")


def _skipped(error: InputError) -> Skipped:
    reason = str(error).removeprefix(f"{error.place}: ")
    return Skipped(place=error.place, reason=reason)
