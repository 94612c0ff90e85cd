"""JSON lines to articles: one object a line, each an article or a problem of its own.

A file may be of any size: it is read line by line, and no more than one line is held.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from pydantic import ValidationError

from claimtrack.ingest.dates import stated
from claimtrack.ingest.language import detect
from claimtrack.ingest.layout import given, layout_of
from claimtrack.ingest.plain import words, written
from claimtrack.ingest.problems import LARGEST, TOO_LARGE, NotAnArticleError, Skipped, checked
from claimtrack.ingest.text import mend
from claimtrack.lang.pack import SHIPPED, Packs
from claimtrack.model.document import Article, Layout, StatedTime
from claimtrack.model.interchange import ArticleInput
from claimtrack.model.span import Span, Spans
from claimtrack.model.vocabulary import PartRole

LONGEST_LINE = 4 * LARGEST
"""Bytes. A text of the largest size fits even if every letter of it is escaped."""

_STATED_PARTS = (PartRole.TITLE, PartRole.BODY, PartRole.BOILERPLATE)
_CODE = re.compile(r"([a-z]{2,3})(?:[-_].*)?", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)


def articles(
    chunks: Iterable[bytes], place: str, packs: Packs = SHIPPED
) -> Iterator[Article | Skipped]:
    """Yield the article or the problem of each line; blank lines are none.

    Args:
        chunks: The bytes of the file, cut anywhere.
        place: Where they come from; the line is added to it.
        packs: The language packs that hold.

    Raises:
        NotAnArticleError: After the last line, when not one of them was an article.
    """
    problems: list[str] = []
    found = False
    for number, line in lines(chunks):
        here = f"{place}:{number}"
        try:
            yield article(line, here, packs)
            found = True
        except NotAnArticleError as problem:
            problems = problems or [f"line {number}: {problem.reason}"]
            yield Skipped(place=here, reason=problem.reason)
    if not found:
        raise NotAnArticleError(f"no line of it is an article ({problems[0]})")


def lines(chunks: Iterable[bytes]) -> Iterator[tuple[int, bytes | None]]:
    """Yield the lines that are not blank with their numbers; None for one that is too long."""
    for number, line in _lines(chunks):
        if line is None or line.strip():
            yield number, line


def _lines(chunks: Iterable[bytes]) -> Iterator[tuple[int, bytes | None]]:
    """Yield the lines with their numbers; None for one that is longer than LONGEST_LINE."""
    number, size = 1, 0
    pieces: list[bytes] = []
    for chunk in chunks:
        *ends, rest = chunk.split(b"\n")
        for end in ends:
            size += len(end)
            yield number, b"".join((*pieces, end)) if size <= LONGEST_LINE else None
            number, size, pieces = number + 1, 0, []
        size += len(rest)
        if size <= LONGEST_LINE:
            pieces.append(rest)
        else:
            pieces.clear()
    if size:
        yield number, b"".join(pieces) if size <= LONGEST_LINE else None


def article(
    line: bytes | None,
    place: str,
    packs: Packs = SHIPPED,
    names: Mapping[str, str] = MappingProxyType({}),
) -> Article:
    """Return the article of a line.

    Args:
        line: Its bytes; None for one that was too long to be held.
        place: What to call it.
        packs: The language packs that hold.
        names: What its fields are called, names of ours to names of theirs.

    Raises:
        NotAnArticleError: It is none.
    """
    if line is None:
        raise NotAnArticleError(TOO_LARGE)
    fields, replaced = _mended(_renamed(_parsed(line), names))
    known = _validated(fields)
    text = checked(known.text)
    extra = dict(known.model_extra or {})
    layout = _layout(known, text, packs)
    url = _address(known.url)
    if known.url and url is None:
        extra["url"] = known.url
    stated_title = known.title if isinstance(known.title, str) else words(text, layout.title)
    return Article(
        text=text,
        place=place,
        layout=layout,
        lang=_language(known.lang) or detect(written(text, layout), packs),
        id=known.id,
        url=url,
        title=stated_title or words(text, layout.title),
        outlet=known.outlet or words(text, layout.outlet[:1]),
        byline=known.byline or None,
        published=_published(known, extra, packs),
        replaced=replaced,
        extra=extra,
    )


def identity(
    line: bytes, names: Mapping[str, str] = MappingProxyType({})
) -> tuple[str | None, str] | None:
    """Return the address and the text of a line's article, cheaply; None where it may be none."""
    try:
        fields = _mended(_renamed(_parsed(line), names))[0]
    except NotAnArticleError:
        return None
    url, text = fields.get("url"), fields.get("text")
    if not isinstance(text, str) or not isinstance(url, str | None):
        return None
    return _address(url), text


def _renamed(fields: dict[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    """Return the fields by our names; a number may stand where a text is asked for."""
    if not names:
        return fields
    missing = [theirs for theirs in names.values() if theirs not in fields]
    if missing and names.get("text") in missing:
        raise NotAnArticleError(f"the field {names['text']} is missing")
    ours = {mine: fields[theirs] for mine, theirs in names.items() if theirs in fields}
    rest = {name: value for name, value in fields.items() if name not in names.values()}
    if isinstance(ours.get("id"), int):
        ours["id"] = str(ours["id"])
    return rest | ours


def _parsed(line: bytes) -> dict[str, Any]:
    try:
        fields = json.loads(line.decode("utf-8-sig"), parse_constant=_refused)
    except UnicodeDecodeError:
        raise NotAnArticleError("not UTF-8, which JSON lines must be") from None
    except (ValueError, RecursionError) as error:
        raise NotAnArticleError(f"not JSON, one object a line: {error}") from None
    if not isinstance(fields, dict):
        raise NotAnArticleError("not a JSON object with the fields id and text")
    return fields


def _refused(constant: str) -> None:
    raise ValueError(f"{constant} is no JSON")


def _mended(fields: dict[str, Any]) -> tuple[dict[str, Any], int]:
    """Return the fields without NULs and lone surrogates, and how many the text had."""
    text = fields.get("text")
    replaced = mend(text)[1] if isinstance(text, str) else 0
    try:
        return {str(_whole(name)): _whole(value) for name, value in fields.items()}, replaced
    except RecursionError:
        raise NotAnArticleError("nested too deeply") from None


def _whole(value: Any) -> Any:
    if isinstance(value, str):
        return mend(value)[0]
    if isinstance(value, list):
        return [_whole(one) for one in value]
    if isinstance(value, dict):
        return {mend(name)[0]: _whole(one) for name, one in value.items()}
    return value


def _validated(fields: dict[str, Any]) -> ArticleInput:
    for name in ("id", "text"):
        if name not in fields:
            raise NotAnArticleError(f"the field {name} is missing")
    try:
        return ArticleInput.model_validate(fields)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False)[0]
        raise NotAnArticleError(f"the field {first['loc'][0]} is wrong: {first['msg']}") from None


def _layout(known: ArticleInput, text: str, packs: Packs) -> Layout:
    stated_parts = {}
    for role in _STATED_PARTS:
        value = getattr(known, role.value)
        if value and not isinstance(value, str):
            stated_parts[role] = _spans(value, text, role.value)
    if stated_parts:
        return given(text, stated_parts)
    title = known.title if isinstance(known.title, str) else None
    return layout_of(text, title=title or None, outlet=known.outlet, packs=packs)


def _spans(value: tuple[Any, ...], text: str, field: str) -> Spans:
    """Return a field's spans; a single pair is one span.

    Raises:
        NotAnArticleError: One of them is empty or not within the text.
    """
    pairs = (value,) if value and isinstance(value[0], int) else value
    spans = tuple(Span(start, end) for start, end in pairs)
    for start, end in spans:
        if not start < end <= len(text):
            raise NotAnArticleError(
                f"the field {field} is wrong: [{start}, {end}] is no stretch of a text of"
                f" {len(text)} characters"
            )
    return spans


def _language(code: str | None) -> str | None:
    """Return the language of a code such as "ar" or "ar-SY"; None where none is stated."""
    if not code:
        return None
    match = _CODE.fullmatch(code)
    if not match:
        raise NotAnArticleError(
            f"the field lang is wrong: {code[:40]!r} is no language code like 'ar'"
        )
    return match[1].lower()


def _address(url: str | None) -> str | None:
    """Return an address of the web; anything else is kept among the extra fields."""
    found = _ADDRESS.fullmatch((url or "").strip())
    return found[0] if found else None


def _published(known: ArticleInput, extra: dict[str, Any], packs: Packs) -> StatedTime:
    other = extra.get("published")
    if known.published_at is None and isinstance(other, str):
        del extra["published"]
        return stated(other, packs)
    return stated(known.published_at or "", packs)
