"""Atom feeds (RFC 4287), written as XML that any text can be put into."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple
from xml.etree import ElementTree as ET

from claimtrack.text.shown import harmless

NAMESPACE = "http://www.w3.org/2005/Atom"

_SPACES = frozenset("\t\n\r")
_BEYOND = 0xFFFE
"""From here on, to the end of its plane, XML 1.0 can hold nothing, not even as a reference."""


class Entry(NamedTuple):
    """One entry.

    Attributes:
        address: Its page, which is its id too.
        title: What it says.
        lang: The language of that.
        author: Who said it; empty when nobody is named.
        summary: More of it, in the language of the feed.
        updated: When it was recorded, in UTC.
    """

    address: str
    title: str
    lang: str
    author: str
    summary: str
    updated: str


class Feed(NamedTuple):
    """A feed: its own address, the page it is of, its title and language, and its entries.

    Attributes:
        begun: When it was updated where it has no entries, in UTC.
    """

    address: str
    page: str
    title: str
    lang: str
    begun: str
    entries: Sequence[Entry]


def write(feed: Feed) -> str:
    """Return a feed as XML.

    >>> write(Feed("/f", "/", "News", "en", "2031-05-04T09:30:00Z", ())).count("<entry")
    0
    """
    ET.register_namespace("", NAMESPACE)
    root = ET.Element(_name("feed"), {"xml:lang": feed.lang})
    _add(root, "title", feed.title)
    _add(root, "id", feed.address)
    _add(root, "updated", max((each.updated for each in feed.entries), default=feed.begun))
    ET.SubElement(root, _name("link"), {"rel": "self", "href": feed.address})
    ET.SubElement(root, _name("link"), {"rel": "alternate", "href": feed.page})
    _author(root, "claimtrack")
    for each in feed.entries:
        _entry(root, each)
    return ET.tostring(root, encoding="unicode", xml_declaration=True)


def _entry(root: ET.Element, entry: Entry) -> None:
    made = ET.SubElement(root, _name("entry"))
    _add(made, "title", entry.title).set("xml:lang", entry.lang)
    _add(made, "id", entry.address)
    _add(made, "updated", entry.updated)
    ET.SubElement(made, _name("link"), {"rel": "alternate", "href": entry.address})
    if entry.author:
        _author(made, entry.author)
    _add(made, "summary", entry.summary)


def _author(parent: ET.Element, name: str) -> None:
    _add(ET.SubElement(parent, _name("author")), "name", name)


def _add(parent: ET.Element, name: str, text: str) -> ET.Element:
    made = ET.SubElement(parent, _name(name))
    made.text = "".join(each if _stands(each) else "\ufffd" for each in harmless(text))
    return made


def _stands(character: str) -> bool:
    """Tell whether XML 1.0 can hold a character."""
    return character in _SPACES or (character >= " " and not _BEYOND <= ord(character) <= 0xFFFF)


def _name(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"
