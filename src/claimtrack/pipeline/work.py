"""Articles taken apart: by an engine and a resolver, one article at a time, no database needed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO, NamedTuple

from claimtrack import ingest
from claimtrack.errors import InputError, UnknownEngineError
from claimtrack.extract import RulesEngine
from claimtrack.extract.lexicon import lexicon
from claimtrack.ingest import Skipped
from claimtrack.ingest.passages import passages
from claimtrack.lang.pack import SHIPPED, Packs, available
from claimtrack.match.shingles import own, sketch
from claimtrack.model.attribution import Extraction
from claimtrack.model.document import Article, DocumentVersion, Layout
from claimtrack.model.source import Source
from claimtrack.model.span import Spans
from claimtrack.pipeline.united import united
from claimtrack.ports import Attributor
from claimtrack.sources import Registry, Resolved, Resolver
from claimtrack.sources.edited import Named, edited
from claimtrack.sources.facts import facts

ENGINES = "claimtrack.engines"
"""The entry points that engines are found under."""

OURS = "rules"
"""The engine that ships: found without looking through all packages that are installed."""


@dataclass(frozen=True, slots=True)
class Means:
    """What articles are taken apart with.

    Attributes:
        engine: The engine's entry-point name.
        registries: Files of sources beside those that ship.
        packs: Folders that extend the language packs.
        fields: What fields of JSON lines and columns of tables are called, ours to theirs.
        model: A trained model that finds the attributions of its language, or None.
        workers: Processes that articles are taken apart in; 1 for none beside our own.
    """

    engine: str = OURS
    registries: tuple[Path, ...] = ()
    packs: tuple[Path, ...] = ()
    fields: tuple[tuple[str, str], ...] = ()
    workers: int = 1
    model: Path | None = None


RULES = Means()
"""The rules, the sources and packs that ship, no further processes."""


class Found(NamedTuple):
    """An article taken apart.

    Attributes:
        version: The document version that the article is.
        sources: The sources mentioned, and those that they belong to.
        known_language: A language pack answers to the article's language.
        sketch: By which copies of it are known; see `claimtrack.match.shingles`.
    """

    article: Article
    version: DocumentVersion
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
    if folders:
        _check(packs)
    return packs


def _check(packs: Packs) -> None:
    from claimtrack.match.lexicon import lexicon as matching  # noqa: PLC0415 (slow, and seldom)

    for code in packs.extended():
        lexicon(code, packs)
        facts(code, packs)
        matching(code, packs)
    ingest.check(packs)


def engine(name: str, packs: Packs = SHIPPED, model: Path | None = None) -> Attributor:
    """Make the engine installed under a name; it is given the language packs that hold.

    A trained model takes the place of the rules in its language.

    Raises:
        UnknownEngineError: There is none.
        ModelError: The file is no model.
    """
    if name == OURS and model:
        from claimtrack.tagger.engine import TaggerEngine  # noqa: PLC0415 (seldom)

        return TaggerEngine(model, packs)
    if name == OURS:
        return RulesEngine(packs)
    from importlib.metadata import entry_points  # noqa: PLC0415 (slow to load)

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
    for item in read_all(inputs, stdin, worker.packs, dict(means.fields)):
        if isinstance(item, Skipped):
            yield item
        else:
            yield worker.take_apart(item, version_of(item))


def read_all(
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
        self._engine = engine(means.engine, self.packs, means.model)
        known, self._resolver = resolver(means, edits)
        made = self._engine.run
        configuration = made.configuration | {"registry": known.digest}
        self.run = made.model_copy(update={"configuration": configuration})

    def take_apart(self, article: Article, version: DocumentVersion) -> Found:
        """Return what is in an article, which is a document version.

        Sources that no registry holds are known within the document. Passages in another language
        than the rest are read by that language's pack, too.
        """
        read = self._resolved(article, version.document_id)
        sources = {each.id: each for each in read.sources}
        others = []
        for lang, spans in self._passages(article).items():
            layout = Layout(body=spans)
            passage = article.model_copy(update={"lang": lang, "layout": layout})
            told = self._resolved(passage, version.document_id)
            sources |= {each.id: each for each in told.sources}
            others.append((spans, told.extraction))
        return Found(
            article,
            version,
            united(read.extraction, others),
            tuple(sources.values()),
            article.lang in available(self.packs),
            sketch(own(article)),
        )

    def _passages(self, article: Article) -> dict[str, Spans]:
        """Return the stretches of an article that another language's pack can read."""
        found = passages(article.text, article.layout.body, article.lang, self.packs)
        return {lang: spans for lang, spans in found.items() if lang in available(self.packs)}

    def _resolved(self, article: Article, scope: str) -> Resolved:
        return self._resolver.resolve(article, self._engine.attribute(article), scope)


def version_of(article: Article) -> DocumentVersion:
    """Return the document version that an article is."""
    return DocumentVersion.of(article, sha256(article.text.encode("utf-8")).hexdigest())
