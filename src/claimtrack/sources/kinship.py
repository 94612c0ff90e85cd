"""What a source can be called by a common noun: "the ministry", "the agency", "the embassy"."""

from __future__ import annotations

from claimtrack.model.source import Source
from claimtrack.model.vocabulary import SourceKind
from claimtrack.sources.patterns import Pattern, patterns
from claimtrack.sources.registry import OF_BODY, OF_OFFICE, Registry, is_a
from claimtrack.text.remembered import MOST

_BROAD = "="
"""Stands in the tags of kinds and types, which many sources share."""


def narrow(tags: frozenset[str]) -> frozenset[str]:
    """Return the tags that few sources share: groups and patterns."""
    return frozenset(tag for tag in tags if _BROAD not in tag)


def of_kind(kind: SourceKind) -> str:
    """Return the tag of all sources of a kind."""
    return f"kind{_BROAD}{kind}"


class Kinship:
    """Tells the common nouns of sources, as tags: kinds, types, groups and patterns.

    A group's or pattern's tag is its key.
    """

    def __init__(self, registry: Registry) -> None:
        """Look things up in a registry."""
        self._registry = registry
        self._known: dict[str, frozenset[str]] = {}

    def tags(self, source: Source) -> frozenset[str]:
        """Return what a source can be called by."""
        if source.key not in self._known:
            if len(self._known) >= MOST:  # people of each article are others
                self._known.clear()
            found = {of_kind(source.kind), *self._of_pattern(source.key)}
            if source.kind is not SourceKind.PERSON:
                found.add(f"type{_BROAD}{source.type}")
            if source.key in self._registry.rows:
                found |= self._of_row(source.key)
            self._known[source.key] = frozenset(found)
        return self._known[source.key]

    def _of_pattern(self, key: str) -> set[str]:
        """Return the tags of a composed key, or of an office in a body."""
        if OF_OFFICE in key:
            return {key.rpartition(OF_OFFICE)[2]}
        parts = self._registry.parts(key)
        return _tags(parts[0], parts[1].key) if parts else set()

    def _of_row(self, key: str) -> set[str]:
        """Return the tags of a row that is a state's body under a name of its own."""
        row = self._registry.rows[key]
        found: set[str] = set()
        if row.pattern in patterns():
            found |= {row.pattern, patterns()[row.pattern].group}
        for post in row.posts:
            found |= self._of_pattern(post.key)
        if row.posts:
            return found
        for state, polity in self._registry.polities.items():
            if polity.country != row.country or state == key:
                continue
            alike = (pattern for pattern in patterns().values() if is_a(row, pattern))
            for pattern in alike:
                composed = f"{state}{OF_BODY}{pattern.key}"
                if not pattern.hosted and self._registry.canonical(composed) == key:
                    found |= _tags(pattern, state)
        for composed in self._registry.equals(key):
            found |= self._of_pattern(composed)
        return found


def _tags(pattern: Pattern, owner: str) -> set[str]:
    return {pattern.key, pattern.group, f"{owner}{OF_BODY}{pattern.key}"}
