"""Linking everything: candidates by blocking and vectors, decisions by rules with evidence.

What was linked before is not compared with each other again: an article added later costs what it
brings. The order makes a difference to nothing but which of several likenesses is named.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from datetime import datetime
from functools import cached_property, partial
from typing import NamedTuple

import numpy as np

from claimtrack.match.answers import Answers, Told
from claimtrack.match.authorship import Undone, Unsaid
from claimtrack.match.comparing import Comparing, Matters
from claimtrack.match.contents import Gists, Maker, Step, Wanted, keep_vectors
from claimtrack.match.embed import NAME
from claimtrack.match.entries import Entries, Places
from claimtrack.match.found import Found
from claimtrack.match.handed import handed_on_across
from claimtrack.match.judging import Judging
from claimtrack.match.names import SHIPPED_MEANS, Means
from claimtrack.match.pairing import Candidates
from claimtrack.match.publishers import Publishers
from claimtrack.match.replies import replies
from claimtrack.match.rivals import Countered, OfOneMatter
from claimtrack.match.speakers import Speakers
from claimtrack.match.spread import Spread, in_line
from claimtrack.match.vectors import Rows, gathered
from claimtrack.model.run import Run
from claimtrack.model.value import Value
from claimtrack.store import Store, linking, log
from claimtrack.store.belonging import Belonging
from claimtrack.store.content import instant
from claimtrack.store.voices import retire_stale

VERSION = "1"
_AT_ONCE = 2_048
"""Reports that are in memory at a time, where each is looked at once."""

_SEARCHING = 2
"""Threads that search for what is alike, where other processes may be used as well."""


class LinkReport(Value):
    """What `link` did.

    Attributes:
        compared: Claims that were compared with all others.
        voices: Sentences in an outlet's own voice that became reports.
        joined: Judgements made: pairs that are one claim, with evidence.
        blocked: Pairs that would have been joined, had nobody judged that they differ.
        suggested: Pairs that may be one claim, for a person to judge.
        relations: Relations between claims found.
        relays: Relays across articles found.
        outer: Reports taken from sources that are not held.
    """

    compared: int = 0
    voices: int = 0
    joined: int = 0
    blocked: int = 0
    suggested: int = 0
    relations: int = 0
    relays: int = 0
    outer: int = 0


def link_all(
    store: Store,
    *,
    at: datetime,
    user: str,
    means: Means = SHIPPED_MEANS,
    step: Step | None = None,
    spread: Spread = in_line,
) -> LinkReport:
    """Compare every claim that was not linked yet with all others, and keep what comes of it.

    All of it is done or nothing.

    Args:
        store: The database.
        at: When, with a zone.
        user: On whose behalf.
        means: The language packs and tables of sources that hold.
        step: Told how far it is.
        spread: Does what is done to many texts, in other processes perhaps.
    """
    with store.transaction(), ExitStack() as files:
        linker = _Linker(store, means, log.By(user, at), step or (lambda *_: None), spread)
        return linker.link(files)


class _Looked(NamedTuple):
    """What was read, the vectors of contents, what comes of pairs and of replies."""

    gists: Gists
    vectors: Rows
    found: Found
    replied: list[Found]


class _Linker:
    def __init__(self, store: Store, means: Means, by: log.By, step: Step, spread: Spread) -> None:
        self._spread = spread
        self._store, self._means, self._by, self._step = store, means, by, step
        self._connection = store.connection
        self._maker = Maker(self._connection, means, spread, step)

    def link(self, files: ExitStack) -> LinkReport:
        at = instant(self._by.at)
        retire_stale(self._connection, at)
        entries = Entries(self._connection, files)
        if not entries.new.any():
            return LinkReport()
        gists, vectors, found, replied = self._found(entries, files)
        run = Run(tool="compared", version=VERSION, configuration={"model": NAME})
        judging = Judging(self._store, entries, run, self._by)
        voiced = judging.voice(found, gists, self._means)
        joined, blocked, unjoined = judging.join(found, partial(self._step, "Joining"))
        if voiced:  # an agency that a page credits may be new
            self.__dict__.pop("_publishers", None)
        relays, outer = handed_on_across(
            self._connection,
            self._by,
            judging.linked(),
            self._means,
            self._publishers,
            partial(self._step, "Finding relays"),
        )
        suggested = judging.suggest(found, unjoined)
        relations = judging.relate(found, replied)
        # last: a page that is looked for is looked for in all of a long write-ahead log
        keep_vectors(self._connection, entries.digests, entries.contents, vectors, entries.fresh)
        judging.mark(gists, at)
        return LinkReport(
            compared=int((entries.new & ~entries.narrated).sum()),
            voices=voiced,
            joined=joined,
            blocked=blocked,
            suggested=suggested,
            relations=relations,
            relays=relays,
            outer=outer,
        )

    @cached_property
    def _publishers(self) -> Publishers:
        return Publishers(self._connection, self._means)

    def _found(self, entries: Entries, files: ExitStack) -> _Looked:
        """Look at all that is new; nothing but the vectors of articles is put down yet."""
        vectors = self._vectors(entries)
        gists = self._maker.gists(entries, files)
        pairs = Candidates(entries, files)
        threads = 1 if self._spread is in_line else _SEARCHING
        pairs.find(self._connection, vectors, gists, self._step, threads)
        looked_at = pairs.near | entries.new
        versions = entries.versions[looked_at]
        matters = Matters(self._connection, versions, self._maker, self._store.path)
        speakers = Speakers(self._connection, self._publishers)
        comparing = Comparing(entries, vectors, gists, matters, speakers)
        found = Found(files)
        comparing.compare(pairs, found, self._means, self._spread, self._step)
        found.leave_rivals(entries.versions)
        claims = np.flatnonzero(looked_at & ~entries.narrated)
        replied = self._replies(entries, gists, matters, claims, files)
        matters.keep()
        return _Looked(gists, vectors, found, replied)

    def _vectors(self, entries: Entries) -> Rows:
        """Return the vector of each place; those that are not held are made."""

        def texts(contents: Sequence[int]) -> list[str]:
            return [text for text, _ in entries.texts(contents)]

        def held(contents: Places) -> Iterator[tuple[int, bytes]]:
            return self._maker.vectors(Wanted(contents, entries.digest, texts), "Embedding")

        return gathered(entries.digests, entries.contents, held, self._store.path)

    def _replies(
        self, entries: Entries, gists: Gists, matters: Matters, claims: Places, files: ExitStack
    ) -> list[Found]:
        """Return what sources say of what they are accused of elsewhere, new on either side."""

        def load(places: Places) -> dict[int, Told]:
            return {
                at: Told(
                    one.item,
                    gists.reading(int(entries.contents[at]), one.text, one.lang),
                    int(entries.versions[at]),
                    bool(entries.new[at]),
                )
                for at, one in entries.read(places).items()
                if one.item
            }

        group = Belonging(self._connection).group
        country = linking.countries(self._connection).get
        rules = (
            Answers(group, matters.alike),
            Undone(group, matters.alike),
            Unsaid(group, matters.alike),
            Countered(group, matters.alike, country),
            OfOneMatter(group, matters.alike, country),
        )
        blocks = (load(claims[at : at + _AT_ONCE]) for at in range(0, len(claims), _AT_ONCE))
        return replies(blocks, load, rules, files)
