"""Names and links of documents and sources, loaded for many ids at once."""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from functools import cache, lru_cache

from claimtrack.kept import kept
from claimtrack.model.document import StatedTime
from claimtrack.model.vocabulary import Direction, Precision, SourceType
from claimtrack.store.rows import many
from claimtrack.store.source_clusters import clusters_of
from claimtrack.store.views import DocumentRef, SourceRef

_LONGEST_TITLE = 200  # code points
_UNDETERMINED = "und"  # ISO 639's code; Babel takes it for English
_TAG = re.compile(r"[A-Za-z0-9]{1,8}(?:-[A-Za-z0-9]{1,8}){0,3}")

_DOCUMENTS = """
SELECT v.id, v.document_id, v.heading, v.outlet, v.lang,
    (SELECT identity FROM document d WHERE d.id = v.document_id AND d.known_by = 'url'),
    v.published_stated, v.published_utc, v.published_precision, v.published_zone
FROM live_version v WHERE v.id IN (SELECT value FROM json_each(?))"""

_SOURCES = """
SELECT id, name, type, country FROM live_source
WHERE id IN (SELECT value FROM json_each(?))"""

# Of each language the official name, else an alias, else what else there is.
_NAMES = """
SELECT source_id, lang, text FROM live_source_name
WHERE source_id IN (SELECT value FROM json_each(?))
ORDER BY lang, instr('official alias weak handle', kind) DESC, ord DESC"""


def document_refs(
    connection: sqlite3.Connection, version_ids: Iterable[str]
) -> dict[str, DocumentRef]:
    """Return what names document versions, by version id."""
    rows = connection.execute(_DOCUMENTS, (many(version_ids),))
    return {row[0]: _document_ref(row) for row in rows}


def source_refs(connection: sqlite3.Connection, ids: Iterable[str]) -> dict[str, SourceRef]:
    """Return what names live sources, by id; a merged one is named by the one it is known as."""
    known = clusters_of(connection, ids)
    wanted = many(known.values())
    names: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for source_id, lang, text in connection.execute(_NAMES, (wanted,)):
        names[source_id][lang] = text  # the best name comes last
    found = {
        row[0]: SourceRef(
            id=row[0],
            name=row[1],
            type=SourceType(row[2]),
            country=row[3],
            names=tuple(names[row[0]].items()),
        )
        for row in connection.execute(_SOURCES, (wanted,))
    }
    return {each: found[cluster] for each, cluster in known.items() if cluster in found}


@lru_cache(maxsize=4096)
def stated_time(stated: str, utc: str | None, precision: str, zone: str | None) -> StatedTime:
    """Return a time from its columns."""
    return StatedTime.model_validate(
        {"stated": stated, "utc": utc, "precision": Precision(precision), "zone": zone}
    )


def direction_of(lang: str, text: str) -> Direction:
    """Return how a language is written; for one nobody knows, how the text's first letter is.

    >>> direction_of("ar", ""), direction_of("und", "שלום")
    (<Direction.RTL: 'rtl'>, <Direction.RTL: 'rtl'>)
    """
    known = _direction(lang)
    if known:
        return known
    strong = (unicodedata.bidirectional(character) for character in text)
    first = next((kind for kind in strong if kind in ("L", "R", "AL")), "L")
    return Direction.LTR if first == "L" else Direction.RTL


@cache
def _direction(lang: str) -> Direction | None:
    if lang == _UNDETERMINED or not _TAG.fullmatch(lang):
        return None
    known = kept(f"direction-{lang}", "", lambda: _by_locale(lang))
    return Direction(known) if known else None


def _by_locale(lang: str) -> str:
    """Return how a language is written, or nothing: Babel reads all that it knows of one."""
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415 (slow, with its time zones)

    try:
        return Locale.parse(lang, sep="-").text_direction
    except (UnknownLocaleError, ValueError):
        return ""


def _document_ref(row: tuple[str, ...]) -> DocumentRef:
    version_id, document_id, heading, outlet, lang, url, *published = row
    title = " ".join(heading.split())
    if len(title) > _LONGEST_TITLE:
        title = title[:_LONGEST_TITLE].rstrip() + "…"
    return DocumentRef(
        id=document_id,
        version_id=version_id,
        title=title,
        outlet=outlet,
        lang=lang,
        direction=direction_of(lang, title),
        url=url,
        published=stated_time(*published),
    )
