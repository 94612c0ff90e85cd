"""Relays across articles: who took a report over from whose article, and by what that is known.

Evidence differs in strength, and is named: the text says so (and the source's own article is held),
the page links there, the whole article is a copy of another, it quotes the same words, or its
wording is that of an earlier article. A report whose source is an outlet that we hold nothing of
leads out to that source.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice
from typing import NamedTuple
from urllib.parse import urlsplit

from claimtrack.match.candidates import Step
from claimtrack.match.copies import copied
from claimtrack.match.names import SHIPPED_MEANS, Means
from claimtrack.match.publishers import Publishers
from claimtrack.model.run import Run
from claimtrack.model.vocabulary import Assertion, Kind, Precision, RelayKind, RelayStrength
from claimtrack.store import Connection, linking, log, reprints
from claimtrack.store.attributions import spoken
from claimtrack.store.linking import OWN_VOICE, Handed, Item, Outer
from claimtrack.text.fold import fold

RUN = Run(tool="across-articles", version="1")

_ADDRESS = re.compile(r"https?://[^\s<>\"'()]+")
_WORD = re.compile(r"\w+")
_AT_ONCE = 256
"""Claims whose reports are looked at together: some have thousands."""
_HALF = 0.5
"""Words in common of reports that stand in one place of an article and its copy, 0 to 1."""


def handed_on_across(
    connection: Connection,
    by: log.By,
    new: Sequence[int],
    means: Means = SHIPPED_MEANS,
    publishers: Publishers | None = None,
    step: Step | None = None,
) -> tuple[int, int]:
    """Find and keep relays between articles; return how many, and how many lead out.

    Args:
        connection: Within a transaction; claims are joined already.
        by: On whose behalf, and when.
        new: The numbers of the claims that were linked now; only what is together with one of them
            is looked at, some claims at a time: no relay leads from one to another.
        means: The tables of sources that hold.
        publishers: Who published what, where that was read already.
        step: Told how many of the claims are done, of how many.
    """
    known = _Known.of(connection, publishers or Publishers(connection, means))
    relays = outer = done = 0
    for clusters in _clusters(connection, new):
        found = _Across(known, linking.items_together(connection, clusters))
        relays += linking.put_relays(connection, found.relays(), RUN, by)
        outer += linking.put_outer_relays(connection, found.outer, RUN, by)
        done = min(done + _AT_ONCE, len(new))
        if step:
            step(done, len(new))
    return relays, outer


def _clusters(connection: Connection, claims: Sequence[int]) -> Iterator[list[str]]:
    """Yield the clusters that claims are in, each once, some together."""
    done = bytearray(linking.claims_end(connection))
    for start in range(0, len(claims), _AT_ONCE):
        some = linking.clusters_of(connection, claims[start : start + _AT_ONCE])
        yield [cluster for number, cluster in some if not done[number]]
        for number, _ in some:
            done[number] = True


class _Known(NamedTuple):
    """What is known of all articles, whichever reports are looked at.

    Attributes:
        copies: What each version is a copy of, or the original of, with the similarity.
        addresses: The document that stands at each address.
        unnamed: The sources that nobody is named for.
    """

    connection: Connection
    publishers: Publishers
    copies: Mapping[str, Mapping[str, float]]
    addresses: Mapping[str, str]
    unnamed: frozenset[str]

    @classmethod
    def of(cls, connection: Connection, publishers: Publishers) -> _Known:
        """Read it."""
        addresses = {_plain(url): document for document, _, _, url in publishers.documents if url}
        unnamed = linking.unnamed(connection)
        return cls(connection, publishers, reprints.copies(connection), addresses, unnamed)


class _Across:
    """Finds relays among the reports of some claims.

    Attributes:
        outer: Those that lead out; complete when `relays` is through.
    """

    def __init__(self, known: _Known, items: Sequence[Item]) -> None:
        self._connection = known.connection
        self._items = items
        self._of_cluster: defaultdict[str, list[Item]] = defaultdict(list)
        self._documents: defaultdict[str, set[str]] = defaultdict(set)
        for item in items:
            self._of_cluster[item.cluster_id].append(item)
            self._documents[item.cluster_id].add(item.document_id)
        # most claims have one report, which nothing is handed on to
        self._shared = [one for one in items if len(self._documents[one.cluster_id]) > 1]
        children = [one.attribution_id for one in self._shared]
        self._within = linking.told_within(self._connection, children)
        self._known, self._publishers = known, known.publishers
        self._sources = self._publishers.sources
        self._unnamed = known.unnamed
        self.outer: list[Outer] = []

    def relays(self) -> Iterator[Handed]:
        seen: set[tuple[str, str]] = set()
        for found in (
            self._stated(),
            self._linked(),
            self._reprinted(),
            self._worded(),
            self._told(),
            self._heard(),
        ):
            for one in found:
                if (one.child, one.parent) not in seen:
                    seen.add((one.child, one.parent))
                    yield one

    def _stated(self) -> Iterator[Handed]:
        """Reports that name an outlet: its own article, where that is held and says so."""
        homes = self._publishers.homes
        for item in self._items:
            source = self._sources.get(item.source_id or "")
            if not source or item.pattern == OWN_VOICE:
                continue
            documents = homes.get(item.source_id or "", set())
            having = (documents & self._documents[item.cluster_id]) - {item.document_id}
            if having:
                others = self._of_cluster[item.cluster_id]
                theirs = [other for other in others if other.document_id in having]
                parent = min(theirs, key=lambda other: (other.said_by != "", other.number))
                # whom the outlet has it from, the article knows through the outlet alone
                told = self._within.get(item.attribution_id, set())
                through = (
                    other.attribution_id
                    for other in others
                    if other.attribution_id in told and other.source_id not in homes
                )
                for child in (item.attribution_id, *through):
                    yield Handed(
                        child,
                        parent.attribution_id,
                        RelayKind.RELAYS,
                        RelayStrength.STATED,
                        f"names {source.name}, whose article of {_day(parent)} has it",
                    )
            elif item.document_id not in documents:
                held = "is held and does not have it" if documents else "is not held"
                why = f"names {source.name}, whose article {held}"
                self.outer.append(Outer(item.attribution_id, item.source_id, None, why))

    def _linked(self) -> Iterator[Handed]:
        """Reports of pages that hold the address of another page that reports the same."""
        address = self._known.addresses
        linked = {
            version: {
                address[_plain(url)] for url in _ADDRESS.findall(text) if _plain(url) in address
            }
            for version, text in linking.texts_with(
                self._connection, "http", (one.version_id for one in self._shared)
            )
        }
        for item in self._shared:
            pages = linked.get(item.version_id, set()) - {item.document_id}
            for other in self._of_cluster[item.cluster_id] if pages else ():
                if other.document_id in pages:
                    yield Handed(
                        item.attribution_id,
                        other.attribution_id,
                        RelayKind.RELAYS,
                        RelayStrength.LINK,
                        "the page links to the other",
                    )

    def _reprinted(self) -> Iterator[Handed]:
        """Reports of an article that is a copy of an earlier one: what stands in their place there.

        Where dates do not tell which was first, it is the one that was recorded first.
        """
        copies = self._known.copies
        for members in self._of_cluster.values():
            ordered = sorted((one for one in members if one.version_id in copies), key=_in_time)
            for at, item in enumerate(ordered):
                alike = copies[item.version_id]
                some = [one for one in ordered[:at] if one.version_id in alike]
                if not some or item.attribution_id in self._within:
                    continue
                first = some[0].version_id
                parent = _counterpart(item, [one for one in some if one.version_id == first])
                if parent:
                    unsure = "" if _surely_later(item, parent) else "; which was first is not known"
                    yield Handed(
                        item.attribution_id,
                        parent.attribution_id,
                        RelayKind.REPRINTS,
                        RelayStrength.REPRINT,
                        f"its article is a copy of one of {_day(parent)},"
                        f" alike {alike[parent.version_id]:.2f}{unsure}",
                    )

    def _worded(self) -> Iterator[Handed]:
        """Reports in the words of an earlier article."""
        for members in self._of_cluster.values():
            if len({one.document_id for one in members}) < 2:
                continue
            ordered = sorted(members, key=_in_time)
            for at, item in enumerate(ordered):
                if item.attribution_id in self._within:
                    continue  # it tells of a report of its own article
                earlier = next((one for one in islice(ordered, at) if _after(item, one)), None)
                if not earlier:
                    yield from self._credited(item, members)
                else:
                    direct = item.kind == Kind.DIRECT
                    yield Handed(
                        item.attribution_id,
                        earlier.attribution_id,
                        RelayKind.QUOTES if direct else RelayKind.REPRINTS,
                        RelayStrength.QUOTATION if direct else RelayStrength.SIMILARITY,
                        f"in the words of an article of {_day(earlier)}",
                    )

    def _credited(self, item: Item, others: Sequence[Item]) -> Iterator[Handed]:
        """Yield, for an outlet's own words, a report in the same words that says who said so.

        Both are of one day, or of an unknown one: who credits nobody took it from who does.
        """
        if item.pattern != OWN_VOICE:
            return
        for one in others:
            apart = one.document_id != item.document_id and one.pattern != OWN_VOICE
            ordered = _surely_later(item, one) or _surely_later(one, item)
            if apart and not ordered and _worded_alike(item, one):
                yield Handed(
                    item.attribution_id,
                    one.attribution_id,
                    RelayKind.REPRINTS,
                    RelayStrength.SIMILARITY,
                    f"in the words of an article of {_day(one)}, which says whose they are;"
                    " which was first is not known",
                )
                return

    def _told(self) -> Iterator[Handed]:
        """Reports of nobody by name who told an outlet: its own article, which has it too."""
        nameless = [one for one in self._shared if self._is_nameless(one)]
        texts = spoken(self._connection, (one.attribution_id for one in nameless))
        for item in nameless:
            words = texts[item.attribution_id].text
            for other in self._of_cluster[item.cluster_id]:
                theirs = self._publishers.published.get(other.document_id, frozenset())
                own = self._publishers.published.get(item.document_id, frozenset())
                if other.document_id == item.document_id or not self._is_nameless(other):
                    continue
                if source := self._publishers.named_in(words, item.lang, theirs - own):
                    yield Handed(
                        item.attribution_id,
                        other.attribution_id,
                        RelayKind.RELAYS,
                        RelayStrength.STATED,
                        f"told {self._sources[source].name}, whose article of {_day(other)} has it",
                    )
                    break

    def _is_nameless(self, item: Item) -> bool:
        """Tell whether a report is of somebody who is not named, nor the outlet itself."""
        return bool(item.said_by) and (item.source_id is None or item.source_id in self._unnamed)

    def _heard(self) -> Iterator[Handed]:
        """Reports of unnamed sources in an article that draws on another, which has them too.

        "Residents told the agency": for all that is known they are those of the agency's article.
        """
        homes, unnamed = self._publishers.homes, self._unnamed
        heard = [one for one in self._shared if one.source_id in unnamed]
        cited = linking.cited(self._connection, (one.document_id for one in heard))
        for item in heard:
            drawn = cited.get(item.document_id, ())
            for other in self._of_cluster[item.cluster_id] if drawn else ():
                source = next((one for one in drawn if other.document_id in homes[one]), None)
                apart = other.document_id != item.document_id
                if source and apart and other.source_id in unnamed:
                    yield Handed(
                        item.attribution_id,
                        other.attribution_id,
                        RelayKind.RELAYS,
                        RelayStrength.SIMILARITY,
                        f"its article draws on {self._sources[source].name}, whose article of"
                        f" {_day(other)} has it from unnamed sources too",
                    )
                    break


def _in_time(item: Item) -> tuple[str, int]:
    return item.published or "~", item.number


def _counterpart(item: Item, others: Sequence[Item]) -> Item | None:
    """Return which report of an article a copy's report repeats: the one most alike in words."""
    wanted = _words(item)
    rated = [(_common(wanted, _words(one)), -one.number, one) for one in others]
    share, _, best = max(rated)
    return best if share >= _HALF else None


def _words(item: Item) -> frozenset[str]:
    return frozenset(_WORD.findall(fold(f"{item.said_by} {item.text}")))


def _common(one: frozenset[str], other: frozenset[str]) -> float:
    return 2 * len(one & other) / (len(one) + len(other) or 1)


def _after(item: Item, other: Item) -> bool:
    """Tell whether a report is worded after another of an earlier article."""
    if item.document_id == other.document_id or not _surely_later(item, other):
        return False
    return _worded_alike(item, other)


def _worded_alike(item: Item, other: Item) -> bool:
    """Tell whether two reports have the same words, and neither denies what the other says."""
    denied = (item.assertion, other.assertion).count(Assertion.DENY.value)
    return item.lang == other.lang and denied != 1 and copied(item.text, other.text)


def _surely_later(item: Item, other: Item) -> bool:
    if not item.published or not other.published:
        return False
    exact = {Precision.MINUTE.value, Precision.SECOND.value}
    if item.precision in exact and other.precision in exact:
        return _time(item) > _time(other)
    return _time(item).date() > _time(other).date()


def _time(item: Item) -> datetime:
    return datetime.fromisoformat(item.published or "")


def _day(item: Item) -> str:
    return (item.published or "an unknown day")[:10]


def _plain(url: str) -> str:
    """Return an address without what does not tell pages apart."""
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    return f"{host}{parts.path.rstrip('/.,;:)')}"
