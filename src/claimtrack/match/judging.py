"""What comes of pairs that were decided on: judgements, suggestions and relations, in the database.

Narration of which something comes becomes a report first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

import numpy as np

from claimtrack.errors import BlockedJudgementError
from claimtrack.match import voices
from claimtrack.match.answers import Related
from claimtrack.match.candidates import Step
from claimtrack.match.contents import Gists, batched
from claimtrack.match.entries import Entries, Places
from claimtrack.match.found import Found, Pair
from claimtrack.match.groups import Groups
from claimtrack.match.names import Means
from claimtrack.model.run import Run
from claimtrack.model.vocabulary import ClaimRelationKind, Verdict
from claimtrack.store import Store, linking, log
from claimtrack.store.linking import Between
from claimtrack.store.voices import narrations, put_voices

_AT_ONCE = 2_048
_TOLD = 100
"""Pairs that are joined, or not, before somebody is told again how far it is."""
_AGREED = frozenset({ClaimRelationKind.NEGATES, ClaimRelationKind.ATTRIBUTE_CONFLICT})
_PARTING = frozenset({*_AGREED, ClaimRelationKind.NUMBER_CONFLICT})

Named = tuple[Pair, str, str]
"""A pair with the ids of its claims."""


class Judging:
    """Puts down what was found.

    Attributes:
        claims: The number of the claim at each place; 0 for narration that is no report.
    """

    def __init__(self, store: Store, entries: Entries, run: Run, by: log.By) -> None:
        """Take the database, and on whose behalf it is done by what."""
        self._store, self._entries, self._run, self._by = store, entries, run, by
        self._connection = store.connection
        self.claims = np.where(entries.narrated, 0, entries.rows)

    def voice(self, found: Found, gists: Gists, means: Means) -> int:
        """Make reports of narration that something came of, or that counts; return how many."""
        entries = self._entries
        wanted = gists.counts[entries.contents]
        wanted[found.ends()] = True
        made = 0
        for some in batched(np.flatnonzero(wanted & entries.narrated).tolist(), _AT_ONCE):
            rows = dict(zip(entries.rows[list(some)].tolist(), some, strict=True))
            told = list(narrations(self._connection, rows))
            credited = voices.credited(self._connection, told, means)
            ids = put_voices(self._connection, credited, voices.RUN, self._by)
            numbers = linking.claim_numbers(self._connection, ids.values())
            for one in told:
                self.claims[rows[one.row]] = numbers[ids[one.id]]
            made += len(ids)
        return made

    def join(self, found: Found, step: Step) -> tuple[int, int, list[Pair]]:
        """Judge pairs to be one claim, the most alike first, none across a contradiction.

        What one article tells as two claims stays two, though another article tells both at once.

        Return how many were judged, how many somebody has forbidden, and those that were left.
        """
        groups, alike = self._groups(found), self._alike_within(found)
        joined = blocked = 0
        unjoined: list[Pair] = []
        count = found.joins
        for done, (one, left, right) in enumerate(self._named(found.same()), start=1):
            if done % _TOLD == 0 or done == count:
                step(done, count)
            numbers = self._numbers(one)
            if groups.together(*numbers):
                continue
            if groups.parted(*numbers):
                unjoined.append(one)
                continue
            if any(self._differ(pair, alike) for pair in groups.beside(*numbers)):
                groups.part(*numbers)  # groups only grow: it is so for good
                unjoined.append(one)
                continue
            if linking.is_judged_by(self._connection, (left, right), self._run.tool):
                continue
            try:
                self._store.judge(
                    left,
                    right,
                    Verdict.POSITIVE,
                    evidence=found.why(one),
                    run=self._run,
                    user=self._by.user,
                    at=self._by.at,
                    score=one.score,
                )
            except BlockedJudgementError:
                blocked += 1
            else:
                joined += 1
                groups.join(*numbers)
        return joined, blocked, unjoined

    def _groups(self, found: Found) -> Groups:
        groups = Groups(self._told_in(), linking.clustered(self._connection))
        for pair in linking.parted(self._connection):
            groups.part(*pair)
        for one in found.related():
            if one.relation in _PARTING:
                groups.part(*self._numbers(one))
        return groups

    def _told_in(self) -> np.ndarray:
        """Return the version of each claim; 0 for denials, which go with what they deny."""
        versions = np.zeros(linking.claims_end(self._connection), dtype=np.int32)
        some = (self.claims > 0) & ~self._entries.denies
        versions[self.claims[some]] = self._entries.versions[some]
        return versions

    def _alike_within(self, found: Found) -> set[tuple[int, int]]:
        """Return the numbers of claims of one article that are or may be one, in both orders."""
        numbers = [self._numbers(one) for one in found.alike_within(self._entries.versions)]
        return {pair for one, other in numbers for pair in ((one, other), (other, one))}

    def _differ(self, pair: tuple[int, int], alike: set[tuple[int, int]]) -> bool:
        """Tell whether two claims of one article are two: they may be one by an earlier run."""
        return pair not in alike and not linking.is_suggested(self._connection, pair)

    def _numbers(self, one: Pair) -> tuple[int, int]:
        return int(self.claims[one.left]), int(self.claims[one.right])

    def _named(self, pairs: Iterable[Pair]) -> Iterator[Named]:
        """Yield pairs with the ids of their claims; those with none at a place are left out."""
        for some in batched(pairs, _AT_ONCE):
            numbers = [self._numbers(one) for one in some]
            ids = linking.claim_ids(self._connection, {each for pair in numbers for each in pair})
            for one, (left, right) in zip(some, numbers, strict=True):
                if left and right:
                    yield one, ids[left], ids[right]

    def suggest(self, found: Found, unjoined: Iterable[Pair]) -> int:
        """Suggest pairs that may be one claim; return how many are new."""
        pairs = (
            _between(one, found)
            for some in (found.suggested(), unjoined)
            for one in self._named(some)
        )
        return linking.put_suggestions(self._connection, pairs, self._run, self._by)

    def relate(self, found: Found, replied: Iterable[Found]) -> int:
        """Relate claims by what was found; return how many relations are new."""
        replies = map(self._replies, replied)
        related = chain(self._related(found), self._answers(), chain.from_iterable(replies))
        return linking.put_relations(self._connection, related, self._run, self._by)

    def _related(self, found: Found) -> Iterator[Related]:
        denies = self._entries.denies
        for named in self._named(found.related()):
            one = named[0]
            # what one denies, the other says is not so, or of another: they are of one mind
            agreed = one.relation in _AGREED and denies[one.left] != denies[one.right]
            if one.relation and not agreed:
                yield one.relation, _between(named, found)

    def _replies(self, found: Found) -> Iterator[Related]:
        for named in self._named(found.related()):
            if kind := named[0].relation:
                yield kind, _between(named, found)

    def _answers(self) -> Iterator[Related]:
        """Yield what the texts themselves say answers what."""
        for left, right, cue in linking.answers(self._connection):
            yield ClaimRelationKind.RESPONDS_TO, Between(left, right, 1.0, f"the text says: {cue}")

    def linked(self) -> list[int]:
        """Return the numbers of the claims that are linked now."""
        entries = self._entries
        found: list[int] = self.claims[
            (self.claims > 0) & (entries.new | entries.narrated)
        ].tolist()
        return found

    def mark(self, gists: Gists, at: str) -> None:
        """Note what was linked now."""
        entries, claims = self._entries, self.claims
        marked = (claims > 0) & entries.new
        linking.mark_linked(self._connection, self._marks(gists, marked, claims), at)
        told = np.flatnonzero((claims > 0) & entries.narrated & ~entries.new)
        known = zip(claims[told].tolist(), entries.rows[told].tolist(), strict=True)
        linking.mark_told(self._connection, known, at)
        unsaid = (claims == 0) & entries.new
        linking.mark_narrations(self._connection, self._marks(gists, unsaid, entries.rows), at)

    def _marks(
        self, gists: Gists, chosen: np.ndarray, rows: Places
    ) -> Iterator[tuple[int, str, str]]:
        """Yield row, digest and keys of some places."""
        for at in np.flatnonzero(chosen).tolist():
            content = int(self._entries.contents[at])
            yield int(rows[at]), self._entries.digest(content), gists.keys(content)


def _between(named: Named, found: Found) -> Between:
    one, left, right = named
    return Between(left, right, one.score, found.why(one))
