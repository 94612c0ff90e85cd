"""A source: the agent a statement is attributed to, its names and relations."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from claimtrack.model.ids import content_id
from claimtrack.model.value import Value
from claimtrack.model.vocabulary import (
    NameKind,
    ResolvedHow,
    SourceKind,
    SourceRelationKind,
    SourceType,
)

BETWEEN = "|"
"""Stands between the parts of the key of a source that a text alone knows; no registry's has it."""


class SourceName(Value):
    """One way to call a source, in one language."""

    text: str
    lang: str
    kind: NameKind = NameKind.ALIAS


class SourceRelation(Value):
    """How a source stands to another, while it lasts; open ends are None."""

    kind: SourceRelationKind
    parent: str
    since: date | None = None
    until: date | None = None


class Source(Value):
    """An agent that says things.

    Attributes:
        key: What it is known by where it comes from: a registry key ("ru-embassy-us"), or the
            mention and its scope for a source that no registry holds.
        name: What to call it in English, else in its own words.
        country: ISO 3166-1 alpha-2, or None.
        invented: It belongs to the made-up cast of the sample articles.
        reason: Why an unnamed source is not named, in its article's words; None when not stated.
    """

    key: str
    name: str
    kind: SourceKind
    type: SourceType
    country: str | None = None
    domain: str | None = None
    wikidata: str | None = None
    names: tuple[SourceName, ...] = ()
    relations: tuple[SourceRelation, ...] = ()
    invented: bool = False
    reason: str | None = None

    @property
    def id(self) -> str:
        """The id, which follows from the key: names and relations may be edited."""
        return _id(self.key)

    def name_in(self, lang: str) -> str:
        """Return the best name in a language, else the English one."""
        ranked = sorted(
            (name for name in self.names if name.lang == lang),
            key=lambda name: list(NameKind).index(name.kind),
        )
        return ranked[0].text if ranked else self.name


class Resolution(Value):
    """What a mention was resolved to, how, and how surely.

    `source` is None when nothing was decided; then `candidates` shows what it could be.
    """

    source: Source | None
    how: ResolvedHow
    confidence: float
    type: SourceType
    candidates: tuple[str, ...] = ()


@lru_cache(maxsize=4096)  # an article asks for its sources' many times
def _id(key: str) -> str:
    return content_id("source", key)
