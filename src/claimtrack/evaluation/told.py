"""What a prediction says its source is: found out from the ids and names that it gives."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from claimtrack.model.source import Source
from claimtrack.model.vocabulary import ResolvedHow, SourceKind
from claimtrack.sources import Registry, Resolver
from claimtrack.sources.made import is_made

_NOBODY = (SourceKind.UNNAMED, SourceKind.COLLECTIVE)
_ENGLISH = "en"


class Told(NamedTuple):
    """What a prediction says its source is.

    Attributes:
        names: Every name of the source.
        registered: The registry holds it, or composes it.
        unnamed: Nobody in particular is named.
    """

    names: tuple[str, ...]
    registered: bool
    unnamed: bool


NOBODY = Told((), registered=False, unnamed=True)
"""Of a prediction without a source."""


class Sources:
    """Tells what sources are by their ids, and by names where nothing has the id."""

    def __init__(self, registry: Registry, resolver: Resolver, known: Iterable[Source]) -> None:
        """Take the registry that sources were resolved against, and those already at hand."""
        self._resolver = resolver
        self._known = {source.id: _told(source) for source in (*registry.sources(), *known)}

    def told(self, source_id: str | None, name: str | None, lang: str) -> Told:
        """Return what a source is.

        Args:
            source_id: Its id, if the prediction gives one.
            name: Its name, likewise.
            lang: The language of the article.
        """
        if source_id in self._known:
            return self._known[source_id]
        if not name:
            return NOBODY
        for code in (_ENGLISH, lang):
            found = self._resolver.mention(name, code, scope="")
            if found.source and found.source.id == source_id:
                return _told(found.source)
        unnamed = found.how is ResolvedHow.UNNAMED  # of the article's language
        return Told((name,), registered=False, unnamed=unnamed)


def _told(source: Source) -> Told:
    unnamed = source.kind in _NOBODY and is_made(source) and not source.relations
    names = (source.name, *(name.text for name in source.names))
    return Told(names, registered=not is_made(source), unnamed=unnamed)
