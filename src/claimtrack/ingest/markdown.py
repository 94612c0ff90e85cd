"""Markdown to text: the words without the marks, and what its head says (front matter)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, NamedTuple

_FRONT = re.compile(r"---[ \t]*\r?\n(.*?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|$)", re.DOTALL)
_KEY = re.compile(r"^[\w-]+[ \t]*:", re.MULTILINE)
_HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]+\S", re.MULTILINE)
_LINK = re.compile(r"\[[^\]\n]+\]\((?:https?://|/|\.)[^)\s]*\)")
_UNDERLINED = re.compile(r"^[^\n]{3,200}\r?\n(?:={3,}|-{3,})[ \t]*\r?\n", re.MULTILINE)
_LONGEST_FRONT = 10_000


class Page(NamedTuple):
    """A text without its marks, and the fields of its head, lower-case names to plain values."""

    text: str
    said: dict[str, str]


def is_markdown(head: str) -> bool:
    """Tell whether a text begins as Markdown does.

    >>> is_markdown("# The dam"), is_markdown("#dam #water"), is_markdown("See [it](https://a.b/)")
    (True, False, True)
    """
    front = _FRONT.match(head)
    if front and _KEY.search(front[1]):
        return True
    marks = (_HEADING, _LINK, _UNDERLINED)
    return any(mark.search(head) for mark in marks)


def page(text: str) -> Page:
    """Return the words of a Markdown text, blank lines between its blocks."""
    from markdown_it import MarkdownIt  # noqa: PLC0415 (few inputs need it)

    front = _FRONT.match(text)
    said = _said(front[1]) if front else {}
    rest = text[front.end() :] if front and said else text
    tokens = MarkdownIt("commonmark").enable("table").parse(rest)
    blocks = [_words(token) for token in tokens if token.type in ("inline", "fence", "code_block")]
    return Page("\n\n".join(filter(None, blocks)), said)


def _words(token: Any) -> str:
    if token.children is None:
        return str(token.content).strip()
    return "".join(_inline(token.children)).strip()


def _inline(children: Iterable[Any]) -> Iterable[str]:
    for child in children:
        if child.type in ("text", "code_inline"):
            yield child.content
        elif child.type in ("softbreak", "hardbreak"):
            yield " " if child.type == "softbreak" else "\n"


def _said(front: str) -> dict[str, str]:
    """Return the plain values of a head; {} where it is no mapping."""
    if len(front) > _LONGEST_FRONT:
        return {}
    import yaml  # noqa: PLC0415 (slow to load, and most texts have no head)

    try:
        read = yaml.load(front, Loader=yaml.BaseLoader)  # noqa: S506 (it makes texts only)
    except (yaml.YAMLError, RecursionError):
        return {}
    if not isinstance(read, dict):
        return {}
    return {str(key).lower(): value for key, value in read.items() if isinstance(value, str)}
