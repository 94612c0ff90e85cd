"""All that is compared, as narrow columns; texts and reports are read from the database as needed.

A place is a row of the columns: claims that were linked before, new ones, sentences of narration,
each in the order of recording. Several places may have one content.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from datetime import datetime
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from claimtrack.match.piles import Kept
from claimtrack.model.ids import digest
from claimtrack.model.vocabulary import Assertion, Precision
from claimtrack.store import Connection, linking
from claimtrack.store.linking import Item, Said
from claimtrack.store.voices import narrations, untold
from claimtrack.text.fold import fold

_DIGITS = 32
"""Of a digest."""

Places = NDArray[np.int64]
Digests = NDArray[np.bytes_]

_AT_ONCE = 2_000
"""Reports that are read from the database in one question."""
_OF_ITS_SOURCE = frozenset({Assertion.DENY.value, Assertion.PROMISE.value})


class Entry(NamedTuple):
    """A claim, or a sentence of narration that may become one, in words.

    Attributes:
        item: The claim with its report; None for narration.
        text: What is compared of it.
    """

    item: Item | None
    text: str
    lang: str


class Report(NamedTuple):
    """A claim's report, or a sentence of narration, without the words of what is claimed.

    Attributes:
        document: The document that it is in.
        lang: The language of its words.
        published: When its article was, and how exactly that is known.
        assertion: What its source does in saying it.
        said: Who says it; None for narration.
    """

    document: str
    lang: str
    published: tuple[datetime | None, Precision]
    assertion: Assertion
    said: Said | None


class Entries:
    """The columns, as a database is when they are read.

    Attributes:
        rows: The number of a claim, or the row of a narration.
        versions: The number of its version.
        contents: Which content it has, of `digests`.
        narrated: Whether it is narration.
        new: Whether it was not linked yet.
        denies: Whether it is a denial.
        digests: Of distinct contents, in the order of their first places.
    """

    def __init__(self, connection: Connection, files: ExitStack) -> None:
        """Read what is live; the texts that are asked for will be kept among some files."""
        self._connection = connection
        found = _Columns()
        for one in linking.linked(connection):
            found.add(one.number, one.version, one.digest, known=True, denies=_denies(one))
        for new in linking.unlinked(connection):
            text = _text(new.assertion, new.said_by, new.text)
            content = text_digest(text, new.lang)
            found.add(new.number, new.version, content, known=False, denies=_denies(new))
        claims = len(found.rows)
        for told in untold(connection):
            content = told.digest or text_digest(told.text, told.lang)
            found.add(told.row, told.version, content, known=bool(told.digest))
        self.rows = np.array(found.rows, dtype=np.int64)
        self.versions = np.array(found.versions, dtype=np.int32)
        self.new = np.frombuffer(bytes(found.known), dtype=np.bool_) == 0
        self.denies = np.frombuffer(bytes(found.denying), dtype=np.bool_)
        self.narrated = np.arange(len(self.rows)) >= claims
        self.digests, self.contents = distinct(found.digests)
        self._shown = np.zeros(len(self.digests), dtype=np.int64)
        for some in (np.arange(len(self)), self.fresh):
            self._shown[self.contents[some]] = some  # the last of them stays
        self._kept = Kept(files)
        self._kept_at = np.full(len(self.digests), -1, dtype=np.int64)

    def __len__(self) -> int:
        """Return how many places there are."""
        return len(self.rows)

    @property
    def fresh(self) -> Places:
        """The places of what is new."""
        return np.flatnonzero(self.new)

    def read(self, places: Places) -> dict[int, Entry]:
        """Return what stands at some places, in words."""
        found: dict[int, Entry] = {}
        wanted = np.unique(places)
        for start in range(0, len(wanted), _AT_ONCE):
            some = wanted[start : start + _AT_ONCE]
            told = self.narrated[some]
            found |= self._claims(some[~told])
            found |= self._narrations(some[told])
        return found

    def _claims(self, places: Places) -> Iterator[tuple[int, Entry]]:
        at = dict(zip(self.rows[places].tolist(), places.tolist(), strict=True))
        for item in linking.items(self._connection, at) if at else ():
            text = _text(item.assertion, item.said_by, item.text)
            yield at[item.number], Entry(item, text, item.lang)

    def _narrations(self, places: Places) -> Iterator[tuple[int, Entry]]:
        at = dict(zip(self.rows[places].tolist(), places.tolist(), strict=True))
        for one in narrations(self._connection, at) if at else ():
            yield at[one.row], Entry(None, one.text, one.lang)

    def reports(self, places: Places) -> dict[int, Report]:
        """Return who says where and when what stands at some places: read faster than its words."""
        found: dict[int, Report] = {}
        wanted = np.unique(places)
        for start in range(0, len(wanted), _AT_ONCE):
            found |= self._reports(wanted[start : start + _AT_ONCE])
        return found

    def _reports(self, places: Places) -> Iterator[tuple[int, Report]]:
        narrated, versions = self.narrated[places], self.versions[places]
        articles = {
            one.number: one
            for one in linking.published(self._connection, np.unique(versions).tolist())
        }
        claims = places[~narrated]
        numbers = dict(zip(self.rows[claims].tolist(), claims.tolist(), strict=True))
        said = {numbers[one.number]: one for one in linking.said(self._connection, numbers)}
        for place, version in zip(places.tolist(), versions.tolist(), strict=True):
            who, article = said.get(place), articles[version]
            lang, how = (who.lang, who.assertion) if who else (article.lang, Assertion.ASSERT)
            yield place, Report(article.document_id, lang, article.time, how, who)

    def texts(self, contents: Sequence[int]) -> list[tuple[str, str]]:
        """Return text and language of some contents, as a place that has them has them."""
        wanted = np.asarray(contents, dtype=np.int64)
        self._keep(wanted[self._kept_at[wanted] < 0])
        found = (self._kept[at].decode() for at in self._kept_at[wanted].tolist())
        return [(text, lang) for lang, _, text in (each.partition(" ") for each in found)]

    def _keep(self, contents: Places) -> None:
        """Put texts into a file: a content is asked for again and again, a row is far away."""
        places = self._shown[contents]
        for start in range(0, len(places), _AT_ONCE):
            some = places[start : start + _AT_ONCE]
            for at, one in self.read(some).items():
                line = f"{one.lang} {one.text}".encode()
                self._kept_at[self.contents[at]] = self._kept.append(line)

    def digest(self, content: int) -> str:
        """Return the digest of a content."""
        return str(self.digests[content].decode("ascii"))


class _Columns:
    def __init__(self) -> None:
        self.rows, self.versions = array("q"), array("l")
        self.known, self.denying = bytearray(), bytearray()
        self.digests = bytearray()

    def add(
        self, row: int, version: int, content: str, *, known: bool, denies: bool = False
    ) -> None:
        self.rows.append(row)
        self.versions.append(version)
        self.known.append(known)
        self.denying.append(denies)
        self.digests += content.encode("ascii")


def distinct(digests: bytes | bytearray) -> tuple[Digests, Places]:
    """Return distinct digests in the order of their first places, and for each place which it has.

    Args:
        digests: Those of all places, one after the other.
    """
    some: Digests = np.frombuffer(bytes(digests), dtype=f"S{_DIGITS}")
    known, first, which = np.unique(some, return_index=True, return_inverse=True)
    order = np.argsort(first)
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    return known[order], rank[which]


def text_digest(text: str, lang: str) -> str:
    """Return the digest of a content: of its words as they are searched, and its language."""
    return digest([lang, " ".join(fold(text).split())])


def _text(assertion: str, said_by: str, text: str) -> str:
    """Return what is compared of a claim: who denies is who is said to have done it."""
    return f"{said_by} {text}" if assertion in _OF_ITS_SOURCE and said_by else text


def _denies(one: linking.Linked | linking.Unlinked) -> bool:
    return one.assertion == Assertion.DENY.value
