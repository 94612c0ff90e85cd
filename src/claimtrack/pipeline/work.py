"""Articles taken apart: by an engine and a resolver, one article at a time.

Texts that are held go through the same stages again when a newer engine, pack or registry is there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from pydantic import Field

from claimtrack import ingest, match
from claimtrack.errors import InputError, UnknownEngineError
from claimtrack.extract.lexicon import lexicon
from claimtrack.ingest import Skipped
from claimtrack.lang.pack import SHIPPED, Packs, available
from claimtrack.match.reprints import own
from claimtrack.match.shingles import sketch
from claimtrack.model.attribution import Extraction
from claimtrack.model.document import Article, DocumentVersion
from claimtrack.model.interchange import line
from claimtrack.model.source import Source
from claimtrack.model.value import Value
from claimtrack.ports import Attributor
from claimtrack.sources import Registry, Resolver
from claimtrack.sources.edited import Named, edited
from claimtrack.sources.facts import facts
from claimtrack.store import Store, read, source_edits
from claimtrack.store.source_edits import EditAction
from claimtrack.store.versions import document_ids, versions

ENGINES = "claimtrack.engines"
"""The entry points that engines are found under."""

Step = Callable[[str, int, int], None]
"""Told after each document: what it is called, how many there have been, and how many there are."""


@dataclass(frozen=True, slots=True)
class Means:
    """What articles are taken apart with.

    Attributes:
        engine: The engine's entry-point name.
        registries: Files of sources beside those that ship.
        packs: Folders that extend the language packs.
        fields: What fields of JSON lines and columns of tables are called, ours to theirs.
        workers: Processes that articles are taken apart in; 1 for none beside our own.
    """

    engine: str = "rules"
    registries: tuple[Path, ...] = ()
    packs: tuple[Path, ...] = ()
    fields: tuple[tuple[str, str], ...] = ()
    workers: int = 1


@dataclass(frozen=True, slots=True)
class Desk:
    """Where articles go, and who puts them there.

    Attributes:
        database: The file; made when there is none.
        user: Who is at work.
        clock: Tells the time, in UTC.
    """

    database: Path
    user: str
    clock: Callable[[], datetime]


class ReextractReport(Value):
    """What `reextract` did.

    Attributes:
        documents: Documents that were read again.
        kept: Attributions found again.
        added: Attributions new to their texts, or back in them.
        retired: Attributions found no more.
        queued: Attributions found no more that were not retired, since somebody judged them.
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
    waiting: tuple[str, ...] = ()
    links: int = 0
    blocked: int = 0
    without_pack: dict[str, int] = Field(default_factory=dict)


class Found(NamedTuple):
    """An article taken apart.

    Attributes:
        sources: The sources mentioned, and those that they belong to.
        known_language: A language pack answers to the article's language.
        sketch: By which copies of it are known; see `claimtrack.match.shingles`.
    """

    article: Article
    extraction: Extraction
    sources: tuple[Source, ...]
    known_language: bool
    sketch: tuple[int, ...] = ()


def language_packs(folders: Sequence[Path]) -> Packs:
    """Return the language packs with folders that extend them, all read and checked.

    Raises:
        PackError: A folder or file is not as it must be; the message names file and line.
    """
    packs = Packs.load(*folders)
    for code in packs.extended():
        lexicon(code, packs)
        facts(code, packs)
        match.lexicon(code, packs)
    if folders:
        ingest.check(packs)
    return packs


def engine(name: str, packs: Packs = SHIPPED) -> Attributor:
    """Make the engine installed under a name; it is given the language packs that hold.

    Raises:
        UnknownEngineError: There is none.
    """
    found = entry_points(group=ENGINES, name=name)
    if not found:
        raise UnknownEngineError(name, entry_points(group=ENGINES).names)
    made: Attributor = next(iter(found)).load()(packs)
    return made


def registry(means: Means, edits: Sequence[Named] = ()) -> Registry:
    """Return the registry that sources are resolved against: its tables, and a desk's edits.

    Raises:
        PackError: A registry or pack is wrong.
    """
    return edited(Registry.load(*means.registries, packs=language_packs(means.packs)), edits)


def resolver(means: Means, edits: Sequence[Named] = ()) -> tuple[Registry, Resolver]:
    """Return the registry and the resolver that articles' sources are resolved with.

    Raises:
        PackError: A registry or pack is wrong.
    """
    known = registry(means, edits)
    return known, Resolver(known, language_packs(means.packs))


def edits_in(database: Path) -> tuple[Named, ...]:
    """Return what the desk of a database added and named; nothing where there is none yet."""
    if not database.exists():
        return ()
    with Store.open(database, readonly=True) as store:
        return edits_of(store)


def edits_of(store: Store) -> tuple[Named, ...]:
    """Return what the desk of an open database added and named, oldest first."""
    shaping = (EditAction.ADD, EditAction.ALIAS)
    known = source_edits.live(store.connection)
    return tuple(Named(each.source, each.name) for each in known if each.action in shaping)


def take_apart(
    inputs: Sequence[str], means: Means, *, stdin: BinaryIO | None = None
) -> Iterator[Found | Skipped]:
    """Yield every article of the inputs taken apart, and what could not be read, in order.

    Args:
        inputs: Paths of files and directories; "-" is `stdin`.
        means: The engine, registries and packs.
        stdin: What "-" stands for.

    Raises:
        UnknownEngineError: No engine has the name.
        PackError: A registry or pack is wrong.
    """
    worker = Worker(means)
    for item in _read(inputs, stdin, worker.packs, dict(means.fields)):
        if isinstance(item, Skipped):
            yield item
        else:
            yield worker.take_apart(item, version_of(item).document_id)


def extract_lines(
    inputs: Sequence[str], means: Means, *, stdin: BinaryIO | None = None
) -> Iterator[dict[str, Any] | Skipped]:
    """Yield every article as a line of the interchange form, and what could not be read.

    Ids of JSON lines are kept; any other article is called after its file. Raises what
    `take_apart` raises.
    """
    used: set[str] = set()
    for item in take_apart(inputs, means, stdin=stdin):
        if isinstance(item, Skipped):
            yield item
            continue
        name = item.article.id or _name(item.article.place, used)
        used.add(name)
        yield line(item.article.model_copy(update={"id": name}), item.extraction)


def reextract(
    documents: Sequence[str] | None,
    desk: Desk,
    means: Means = Means(),
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


def _read(
    inputs: Sequence[str], stdin: BinaryIO | None, packs: Packs, fields: Mapping[str, str]
) -> Iterator[Article | Skipped]:
    """Read all inputs; one that cannot be read does not keep the others from it."""
    for given in inputs:
        told = False
        try:
            for item in ingest.read([given], stdin=stdin, packs=packs, fields=fields):
                told = told or isinstance(item, Skipped)
                yield item
        except InputError as error:
            if not told:  # else each line or file of it has been named
                reason = str(error).removeprefix(f"{error.place}: ")
                yield Skipped(place=error.place, reason=reason)


class Worker:
    """Takes articles apart: an engine, and a resolver for the sources it finds.

    Attributes:
        packs: The language packs that hold.
        run: The engine's, with the registry that its sources were resolved against.
    """

    def __init__(self, means: Means, edits: Sequence[Named] = ()) -> None:
        """Load the engine, the registry, with what a desk added and named, and the packs.

        Raises:
            UnknownEngineError: No engine has the name.
            PackError: A registry or pack is wrong.
        """
        self.packs = language_packs(means.packs)
        self._engine = engine(means.engine, self.packs)
        known, self._resolver = resolver(means, edits)
        made = self._engine.run
        configuration = made.configuration | {"registry": known.digest}
        self.run = made.model_copy(update={"configuration": configuration})

    def take_apart(self, article: Article, scope: str) -> Found:
        """Return what is in an article, sources that no registry holds known within the scope."""
        extraction = self._engine.attribute(article)
        resolved = self._resolver.resolve(article, extraction, scope)
        known = article.lang in available(self.packs)
        return Found(article, resolved.extraction, resolved.sources, known, sketch(own(article)))


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
            found = self._worker.take_apart(version.article(version.id), document_id)
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
        links = match.link(self._store, version.id, at=at, user=user, packs=packs)
        self._waiting += done.queued
        self._counts.update(
            kept=done.kept,
            added=done.added,
            retired=done.retired,
            queued=len(done.queued),
            links=links.made,
            blocked=links.blocked,
        )


def version_of(article: Article) -> DocumentVersion:
    """Return the document version that an article is."""
    return DocumentVersion.of(article, sha256(article.text.encode("utf-8")).hexdigest())


def _name(place: str, used: set[str]) -> str:
    """Return the name of a file without its ending, or its whole place where that is taken."""
    name = Path(place).stem
    return name if name and name not in used else place
