"""Gold and predictions as they stand in JSON Lines files, each article with its place."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from claimtrack.errors import ScoreError


class Line(NamedTuple):
    """One article of a file: where it stands ("gold.jsonl:3") and what it says."""

    place: str
    article: Mapping[str, Any]


Lines = dict[str, Line]
"""The articles of a file by id, in file order."""

_PASSED_ON = ("lang", "url", "outlet", "published_at")
"""What an engine may know of a gold article, beside its text: never where its parts are."""


def read_lines(path: Path) -> Lines:
    """Read a JSON Lines file of articles, each with at least `id` and `attributions`.

    Raises:
        ScoreError: The file cannot be read, or a line is not an article or repeats an id.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ScoreError(f"{path}: cannot be read ({error.strerror}).") from None
    rows = data.removeprefix(b"\xef\xbb\xbf").split(b"\n")
    numbered = ((number, row) for number, row in enumerate(rows, 1) if row.strip())
    return by_id((f"{path}:{number}", _parsed(f"{path}:{number}", row)) for number, row in numbered)


def by_id(articles: Iterable[tuple[str, object]]) -> Lines:
    """Key placed articles by id.

    Raises:
        ScoreError: One is not an article, or repeats another's id.
    """
    found: Lines = {}
    for place, article in articles:
        line = Line(place, _checked(place, article))
        key = str(line.article["id"])
        if key in found:
            raise ScoreError(f"{place}: article id {key!r} stands at {found[key].place} already.")
        found[key] = line
    return found


def texts(gold: Lines) -> bytes:
    """Return gold's articles as an engine may see them: JSON Lines, in order, nothing found yet.

    Raises:
        ScoreError: There are none.
    """
    if not gold:
        raise ScoreError("There is no article in gold.")
    seen = (
        {"id": key, "text": each.article.get("text")}
        | {name: each.article[name] for name in _PASSED_ON if each.article.get(name)}
        for key, each in gold.items()
    )
    return b"\n".join(json.dumps(article).encode() for article in seen)


def line_number(place: str) -> int:
    """Return the line of `texts` that a place names: of "standard input:3" the third."""
    return int(place.rpartition(":")[2])


def _parsed(place: str, row: bytes) -> object:
    try:
        return json.loads(row.decode("utf-8"))
    except UnicodeDecodeError:
        raise ScoreError(f"{place}: not UTF-8. Save the file as UTF-8.") from None
    except (ValueError, RecursionError) as error:
        raise ScoreError(f"{place}: not JSON ({error}). Give one article a line.") from None


def _checked(place: str, article: object) -> Mapping[str, Any]:
    if not isinstance(article, dict):
        raise ScoreError(f"{place}: not a JSON object. Give one article a line.")
    if not isinstance(article.get("id"), str | int):
        raise ScoreError(f"{place}: the article has no id.")
    attributions = article.get("attributions")
    if not isinstance(attributions, list) or not all(isinstance(one, dict) for one in attributions):
        raise ScoreError(f"{place}: `attributions` must be a list of objects.")
    return article
