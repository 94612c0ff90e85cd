"""W3C Web Annotations, Hypothesis' among them: quotes in pages that are held here.

A tag says what a quote is ("source", "cue", "content"; content if none does), and any other tag
joins those that have it to one attribution. A quote is looked for in the text that is held: where
its position says, if the words stand there, else where they stand alone, else where their
surroundings do.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import islice, pairwise
from typing import Any

from claimtrack.errors import ClaimtrackError
from claimtrack.export.foreign import Record, annotations_in
from claimtrack.export.marked import ROLES, Mark, Marked, Why
from claimtrack.ingest.address import key
from claimtrack.model.span import Span
from claimtrack.store import Connection, read
from claimtrack.store.addresses import owner

_MOST_FOUND = 1000
"""Places of a quote in a text that are looked at."""

_OURS = re.compile(r"document[:/](?:document-)?([0-9a-f]{6,64})$")

_REPORT = re.compile("attribution[:/]")
_VERDICT = re.compile("[:/]review[:/]")


def texts(connection: Connection, value: Any, why: Why) -> Iterator[Marked]:
    """Yield each text that is held and annotated, with its marks.

    Args:
        connection: Where the texts are.
        value: What the JSON of the annotations is.
        why: What is left out is counted in it.
    """
    by_document: defaultdict[str, list[Record]] = defaultdict(list)
    known = {key(one.url): one.id for one in read.all_documents(connection) if one.url}
    for one in annotations_in(value):
        if _VERDICT.search(str(one.get("id", ""))):
            why["verdict, which marks no report"] += 1
            continue
        found = _document(connection, one, known)
        if found:
            by_document[found].append(one)
        else:
            why["annotation of a page that is not held"] += 1
    for document_id, some in by_document.items():
        yield _marked(connection, document_id, some, why)


def _document(connection: Connection, one: Record, known: dict[str, str]) -> str | None:
    """Return the id of the document that an annotation is on, if it is held."""
    sources = [one.get("uri"), *(each.get("source") for each in _dicts(one.get("target")))]
    for source in sources:
        if not isinstance(source, str):
            continue
        ours = _OURS.search(source)
        try:
            if ours:
                return read.resolve_id(connection, f"document-{ours[1]}", ("document",))[1]
            name = key(source)
        except (ClaimtrackError, ValueError):
            continue
        found = owner(connection, [name])
        if found or name in known:
            return found[0] if found else known[name]
    return None


def _marked(connection: Connection, document_id: str, some: list[Record], why: Why) -> Marked:
    document = read.document(connection, document_id)
    marks: list[Mark] = []
    values: list[tuple[str, str]] = []
    together: defaultdict[str, list[str]] = defaultdict(list)
    for number, one in enumerate(some, 1):
        spans = tuple(_spans(document.text, one, why))
        if not spans:
            continue
        tags = _tags(one)
        role = next((tag for tag in tags if tag.lower() in ROLES), "content")
        name = str(number)
        marks.append(Mark(name, role, spans))
        # the stretches of one content have one name of ours, and a number each
        about = {str(one.get("id", name)).partition("#")[0]}
        for join in about | {tag for tag in tags if tag.lower() not in ROLES}:
            together[join].append(name)
        values += [(name, each) for each in _classes(one)]
    joins = [pair for keys in together.values() for pair in pairwise(keys)]
    facts = {"lang": document.ref.lang, "url": document.ref.url, "outlet": document.ref.outlet}
    known = tuple((name, fact) for name, fact in facts.items() if fact)
    return Marked(document_id, document.text, tuple(marks), tuple(joins), tuple(values), known)


def _spans(text: str, one: Record, why: Why) -> Iterator[Span]:
    for target in _dicts(one.get("target")):
        selectors = _dicts(target.get("selector"))
        quote = next((each for each in selectors if each.get("type") == "TextQuoteSelector"), {})
        place = next((each for each in selectors if each.get("type") == "TextPositionSelector"), {})
        exact = quote.get("exact")
        if not isinstance(exact, str) or not exact:
            why["annotation without a quote"] += 1
            continue
        start = place.get("start")
        if isinstance(start, int) and start >= 0 and text.startswith(exact, start):
            yield Span(start, start + len(exact))
            continue
        found = _found(text, exact, *(str(quote.get(side) or "") for side in ("prefix", "suffix")))
        if len(found) == 1:
            yield found[0]
        else:
            many = "stands several times" if found else "does not stand"
            why[f"annotation whose quote {many} in the text that is held"] += 1


def _found(text: str, exact: str, prefix: str, suffix: str) -> list[Span]:
    """Return where a quote stands: of several places, those with its surroundings."""
    places = (Span(*each.span()) for each in re.finditer(re.escape(exact), text))
    found = list(islice(places, _MOST_FOUND))
    if len(found) < 2:
        return found
    return [
        span
        for span in found
        if text[: span.start].endswith(prefix) and text.startswith(suffix, span.end)
    ]


def _tags(one: Record) -> list[str]:
    """Return the tags of an annotation: Hypothesis', or bodies that tag."""
    own = one.get("tags")
    tags = [each for each in own if isinstance(each, str)] if isinstance(own, list) else []
    # in an export of ours such a body names the source
    return tags if _REPORT.search(str(one.get("id"))) else tags + _values(one, "tagging")


def _classes(one: Record) -> list[str]:
    return [word for value in _values(one, "classifying") for word in value.split()]


def _values(one: Record, purpose: str) -> list[str]:
    bodies = _dicts(one.get("body"))
    found = [body.get("value") for body in bodies if body.get("purpose") == purpose]
    return [value for value in found if isinstance(value, str)]


def _dicts(value: Any) -> list[Record]:
    some = value if isinstance(value, list) else [value]
    return [each for each in some if isinstance(each, dict)]
