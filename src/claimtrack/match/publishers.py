"""Which of the sources that are outlets or agencies published what is held."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property
from urllib.parse import urlsplit

from claimtrack.match.lexicon import lexicon
from claimtrack.match.mastheads import Mastheads
from claimtrack.match.names import Means, registry
from claimtrack.model.ids import content_id
from claimtrack.sources.registry import MEDIA, spelling
from claimtrack.store import Connection, linking, mastheads
from claimtrack.store.linking import Media

_NAME = 6
"""Words of the longest name that a word joined to something may begin."""


class Publishers:
    """The outlets and agencies of a database, and their documents, as it is when this is made."""

    def __init__(self, connection: Connection, means: Means) -> None:
        """Read both; publishers whom no text names yet are those that the registry knows."""
        self.means = means
        self.documents = linking.outlets(connection)
        self.sources = linking.media(connection)
        known = registry(means).by_name
        for outlet in {outlet for _, _, outlet, _ in self.documents if outlet}:
            row = known.get(spelling(outlet))
            if row and row.kind in MEDIA:
                names = tuple(name for cell in row.names.values() for name in cell)
                media = Media(names[0], row.domain, names)
                self.sources.setdefault(content_id("source", row.key), media)
        self._add_called(connection)

    def _add_called(self, connection: Connection) -> None:
        """Add the names of outlets to those whom a text means by them: transliterated, declined."""
        held = Mastheads(mastheads.of_articles(connection), self.means)
        for one in mastheads.called(connection):
            if outlet := held.meant(one):
                plain = Media(one.name, None, (one.name,))
                known = self.sources.get(one.id, plain)
                self.sources[one.id] = known._replace(names=(*known.names, outlet))

    @cached_property
    def homes(self) -> dict[str, set[str]]:
        """The documents that each outlet published, by the source's id."""
        written: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
        for document, _, outlet, url in self.documents:
            written[f" {spelling(outlet or '')} ", host(url)].add(document)
        homes: dict[str, set[str]] = {}
        for source_id, source in self.sources.items():
            homes[source_id] = set()
            for (outlet, domain), some in written.items():
                theirs = source.domain and f".{domain}".endswith(f".{source.domain}")
                if theirs or any(name in outlet for name in self.names[source_id]):
                    homes[source_id] |= some
        return homes

    @cached_property
    def names(self) -> dict[str, tuple[str, ...]]:
        """How each outlet is called, spelt for comparison, with spaces around it."""
        return {
            source_id: tuple(f" {spelling(name)} " for name in source.names if len(name) > 1)
            for source_id, source in self.sources.items()
        }

    @cached_property
    def published(self) -> dict[str, frozenset[str]]:
        """The outlets that each document is of, by the document's id."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for source_id, documents in self.homes.items():
            for document in documents:
                found[document].add(source_id)
        return {document: frozenset(some) for document, some in found.items()}

    def named_in(self, text: str, lang: str, among: Iterable[str]) -> str | None:
        """Return the first of some outlets, by id, that a text names, however it is joined."""
        words = self._spelt(text, lang)
        return next(
            (one for one in sorted(among) if any(name in words for name in self.names[one])), None
        )

    def _spelt(self, text: str, lang: str) -> str:
        """Return a text spelt for comparison, each word also without what is joined to its front.

        What is cut stands after the text, with what follows it.
        """
        tokens = lexicon(lang, self.means.packs).tokens(spelling(text))
        plain = [token.text for token in tokens]
        cut = (
            " ".join((form, *plain[at + 1 : at + _NAME]))
            for at, token in enumerate(tokens)
            for form in token.forms[1:]
        )
        return f" {' '.join(plain)} | {' | '.join(cut)} "


def host(url: str | None) -> str:
    """Return the host of an address; empty for none."""
    return (urlsplit(url).hostname or "") if url else ""
