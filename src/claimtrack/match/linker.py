"""Linking everything: candidates by blocking and vectors, decisions by rules with evidence.

What was linked before is not compared with each other again: an article added later costs what it
brings. The order makes a difference to nothing but which of several likenesses is named.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cached_property, partial
from itertools import chain, islice
from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from claimtrack.errors import BlockedJudgementError
from claimtrack.match import voices
from claimtrack.match.answers import Told, answers
from claimtrack.match.authorship import disowned
from claimtrack.match.candidates import near, shared_keys, sharing
from claimtrack.match.compare import Comparison
from claimtrack.match.copies import copied
from claimtrack.match.decide import Decision, Setting, decide
from claimtrack.match.embed import NAME
from claimtrack.match.handed import handed_on_across
from claimtrack.match.names import SHIPPED_MEANS, Means
from claimtrack.match.publishers import Publishers
from claimtrack.match.reading import Reading, read
from claimtrack.match.rivals import rivals
from claimtrack.match.speakers import Saying, Speakers
from claimtrack.match.spread import (
    Gist,
    Pairs,
    Spread,
    Texts,
    compare_pairs,
    embed_texts,
    in_line,
    read_texts,
)
from claimtrack.match.vectors import Rows, gathered
from claimtrack.model.ids import digest
from claimtrack.model.run import Run
from claimtrack.model.value import Value
from claimtrack.model.vocabulary import (
    Assertion,
    ClaimRelationKind,
    Precision,
    Verdict,
)
from claimtrack.store import Connection, Store, linking, log
from claimtrack.store.belonging import Belonging
from claimtrack.store.content import instant
from claimtrack.store.linking import Between, Item, Linked
from claimtrack.store.voices import Narration, narrations, put_voices, retire_stale
from claimtrack.text.fold import fold

T = TypeVar("T")

Pairing = NDArray[np.int64]
"""Pairs of places, the smaller one first: two columns."""

VERSION = "1"
_HEAD = 240
"""Code points of an article's beginning that say what it is about."""
_BATCH, _TEXTS, _PAIRS = 512, 64, 64
"""Pairs between two steps told; texts, and pairs, that are worked on at once."""

Step = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done, and how much there is."""


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


class _Entry(NamedTuple):
    """A claim, or a sentence of narration that may become one.

    Of a claim that was linked before, report and text are known once something is near it.
    """

    item: Item | None
    narration: Narration | None
    text: str
    lang: str
    version_id: str
    digest: str
    known: Linked | None = None

    @property
    def new(self) -> bool:
        return self.known is None


class _Found(NamedTuple):
    """A pair that something was decided on."""

    left: int
    right: int
    made: Comparison
    decision: Decision


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
    with store.transaction():
        return _Linker(store, means, log.By(user, at), step or (lambda *_: None), spread).link()


class _Linker:
    def __init__(self, store: Store, means: Means, by: log.By, step: Step, spread: Spread) -> None:
        self._spread = spread
        self._store, self._means, self._by, self._step = store, means, by, step
        self._connection = store.connection
        self._near: set[int] = set()
        self._gists: dict[str, Gist] = {}
        self._run = Run(tool="compared", version=VERSION, configuration={"model": NAME})

    def link(self) -> LinkReport:
        retire_stale(self._connection, instant(self._by.at))
        entries = list(self._entries())
        if not any(each.new for each in entries):
            return LinkReport()
        vectors = self._vectors(entries)
        self._read_all({each.digest: each for each in entries if each.new})
        found = _unrivalled(entries, list(self._compare(entries, vectors)))
        claims, voiced = self._voiced(entries, found)
        joined, blocked, unjoined = self._join(found, claims)
        report = LinkReport(
            compared=sum(1 for each in entries if each.item and each.new),
            voices=voiced,
            joined=joined,
            blocked=blocked,
            suggested=self._suggest(found, unjoined, claims),
            relations=self._relate(entries, found, claims),
        )
        if voiced:  # an agency that a page credits may be new
            self.__dict__.pop("_publishers", None)
        marks = self._mark(entries, claims)
        relays, outer = handed_on_across(
            self._connection, self._by, marks, self._means, self._publishers
        )
        return report.model_copy(update={"relays": relays, "outer": outer})

    @cached_property
    def _publishers(self) -> Publishers:
        return Publishers(self._connection, self._means)

    def _entries(self) -> Iterator[_Entry]:
        """Yield what was linked before, then what was not, and the sentences of narration."""
        for one in linking.linked(self._connection):
            yield _Entry(None, None, "", "", one.version_id, one.digest, one)
        for item in linking.new_items(self._connection):
            yield self._of_item(item)
        seen = linking.linked_narrations(self._connection)
        for told in narrations(self._connection):
            if told.text:
                content = seen.get(told.id)
                known = Linked("", told.version_id, *content) if content else None
                yield self._of_narration(told, known)

    def _mark(self, entries: Sequence[_Entry], claims: Mapping[int, str]) -> Collection[str]:
        """Note what was linked now, and return the claims among it."""
        at_last = instant(self._by.at)
        voiced = {at for at in claims if entries[at].narration}
        some = [(at, each) for at, each in enumerate(entries) if each.new or at in voiced]
        content = {at: (each.digest, json.dumps(self._keys(each))) for at, each in some}
        marks = {claims[at]: content[at] for at, _ in some if at in claims}
        linking.mark_linked(self._connection, marks, at_last)
        told = {
            each.narration.id: content[at]
            for at, each in some
            if each.narration and each.new and at not in claims
        }
        linking.mark_narrations(self._connection, told, at_last)
        return marks

    def _of_item(self, item: Item, known: Linked | None = None) -> _Entry:
        text = item.text
        if item.assertion in _OF_ITS_SOURCE and item.said_by:
            text = f"{item.said_by} {text}"  # who denies is who is said to have done it
        digested = known.digest if known else _digest(text, item.lang)
        return _Entry(item, None, text, item.lang, item.version_id, digested, known)

    def _of_narration(self, one: Narration, known: Linked | None) -> _Entry:
        digested = known.digest if known else _digest(one.text, one.lang)
        return _Entry(None, one, one.text, one.lang, one.version_id, digested, known)

    def _vectors(self, entries: Sequence[_Entry]) -> Rows:
        """Return the vector of each entry; those that are not held are made and kept."""
        texts: dict[str, str] = {}
        for each in entries:
            texts.setdefault(each.digest, each.text)

        def held(wanted: Sequence[str]) -> Iterator[tuple[str, bytes]]:
            return self._held({each: texts[each] for each in wanted}, "Embedding")

        return gathered([each.digest for each in entries], held, self._store.path)

    def _held(self, wanted: Mapping[str, str], doing: str) -> Iterator[tuple[str, bytes]]:
        """Yield the vectors of texts with their digests; those that are not held are made."""
        missing = dict.fromkeys(wanted)
        for held in linking.vectors(self._connection, wanted):
            del missing[held[0]]
            yield held
        batches = list(_batched(missing, _TEXTS))
        texts = ([wanted[each] for each in some] for some in batches)
        done = 0
        for some, made in zip(batches, self._spread(embed_texts, texts), strict=True):
            packed = dict(zip(some, made, strict=True))
            linking.put_vectors(self._connection, NAME, packed)
            yield from packed.items()
            done += len(some)
            self._step(doing, done, len(missing))

    def _compare(self, entries: list[_Entry], vectors: Rows) -> Iterator[_Found]:
        wanted = self._wanted(entries, vectors)
        self._near = set(np.unique(wanted).tolist())
        self._fill(entries, self._near)
        alike = self._matters(entries[at].version_id for at in self._near)
        speakers = Speakers(self._connection, self._publishers)
        for left, right, made in self._compared(entries, vectors, wanted):
            one, other = entries[left], entries[right]
            setting = _setting(one, other, alike(one.version_id, other.version_id))
            if speakers.one(self._saying(one), self._saying(other)):
                setting = setting._replace(one_source=True)
            decision = decide(made, setting)
            if decision.same or decision.suggested or decision.relation:
                yield _Found(left, right, made, decision)

    def _fill(self, entries: list[_Entry], places: Iterable[int]) -> None:
        """Read the reports of claims that were linked before, where something new is near."""
        some = {each.claim_id: at for at in places if (each := entries[at].known) and each.claim_id}
        for claim, item in linking.items(self._connection, some).items():
            at = some[claim]
            entries[at] = self._of_item(item, entries[at].known)

    def _wanted(self, entries: Sequence[_Entry], vectors: Rows) -> Pairing:
        """Return the pairs of places that are worth comparing, in order: two columns."""
        new = [at for at, each in enumerate(entries) if each.new]
        pairs = chain(
            near(vectors, new, lambda done, of: self._step("Searching", done, of)),
            sharing([self._keys(each) for each in entries], new),
        )
        count = len(entries)
        codes = np.unique(np.fromiter((one * count + two for one, two in pairs), dtype=np.int64))
        some = np.stack(np.divmod(codes, count), axis=1) if count else codes.reshape(0, 2)
        worth = [_worth(entries, left, right) for left, right in some.tolist()]
        kept: Pairing = some[np.array(worth, dtype=bool)]
        return kept

    def _saying(self, entry: _Entry) -> Saying:
        told = entry.item or entry.narration
        document = told.document_id if told else ""
        return Saying(entry.item, document, partial(self._countries, entry))

    def _countries(self, entry: _Entry) -> Iterable[str]:
        return self._read(entry).countries.values()

    def _compared(
        self, entries: Sequence[_Entry], vectors: Rows, wanted: Pairing
    ) -> Iterator[tuple[int, int, Comparison]]:
        """Yield pairs of one matter, compared; contents that recur are compared once."""
        numbers: dict[str, int] = {}
        contents = np.array([numbers.setdefault(each.digest, len(numbers)) for each in entries])
        keys = contents[wanted[:, 0]] * len(numbers) + contents[wanted[:, 1]]
        _, first, key, left_over = np.unique(
            keys, return_index=True, return_inverse=True, return_counts=True
        )

        def batches() -> Iterator[Pairs]:
            for some in _batched(np.sort(first).tolist(), _PAIRS):
                pairs = [wanted[number].tolist() for number in some]
                yield Pairs(
                    self._means,
                    tuple(
                        (
                            *(entries[left].text, entries[left].lang),
                            *(entries[right].text, entries[right].lang),
                            _cosine(vectors[left], vectors[right]),
                        )
                        for left, right in pairs
                    ),
                )

        compared = self._spread(compare_pairs, batches())
        results = chain.from_iterable(compared)
        known: dict[int, Comparison | None] = {}
        for number, content in enumerate(key.tolist()):
            if number % _BATCH == 0:
                self._step("Comparing", number, len(wanted))
            made = next(results) if first[content] == number else known[content]
            left_over[content] -= 1
            if left_over[content]:
                known[content] = made
            else:
                known.pop(content, None)
            if made is not None:
                left, right = wanted[number].tolist()
                yield left, right, made

    def _alike(self, versions: Sequence[str]) -> Callable[[str, str], float]:
        """Return what tells how alike two articles are, made when it is first asked."""
        made: list[Callable[[str, str], float]] = []

        def alike(one: str, other: str) -> float:
            if not made:
                made.append(self._matters(versions))
            return made[0](one, other)

        return alike

    def _matters(self, versions: Iterable[str]) -> Callable[[str, str], float]:
        """Return what tells how alike two articles are, by title and beginning."""
        ids = list(dict.fromkeys(versions))
        heads = linking.heads(self._connection, ids, _HEAD)
        digests = {each: _digest(heads.get(each, ""), "") for each in ids}
        texts = {digests[each]: heads.get(each, "") for each in ids}
        whole = {
            each: np.frombuffer(vector, dtype=np.float16)
            for each, vector in self._held(texts, "Reading titles")
        }
        made = {each: whole[digests[each]] for each in ids}

        def alike(one: str, other: str) -> float:
            if one == other:
                return 1.0
            return _cosine(made[one], made[other])

        return alike

    def _voiced(
        self, entries: Sequence[_Entry], found: Iterable[_Found]
    ) -> tuple[dict[int, str], int]:
        """Make reports of narration that something came of; return all claims by their place."""
        claims = {at: each.item.claim_id for at, each in enumerate(entries) if each.item}
        wanted = {
            at
            for one in found
            if one.decision.same or one.decision.relation
            for at in (one.left, one.right)
        }
        wanted |= {at for at, each in enumerate(entries) if self._counts(each)}
        told = [entries[at].narration for at in sorted(wanted) if entries[at].narration]
        credited = voices.credited(self._connection, told, self._means)
        made = put_voices(self._connection, credited, voices.RUN, self._by)
        for at in sorted(wanted):
            narration = entries[at].narration
            if narration:
                claims[at] = made[narration.id]
        return claims, len(made)

    def _read_all(self, wanted: Mapping[str, _Entry]) -> None:
        """Read what will be asked for again and again, each content once."""
        batches = list(_batched(wanted, _TEXTS))
        texts = (
            Texts(self._means, tuple((wanted[each].text, wanted[each].lang) for each in some))
            for some in batches
        )
        done = 0
        for some, made in zip(batches, self._spread(read_texts, texts), strict=True):
            self._gists |= zip(some, made, strict=True)
            done += len(some)
            self._step("Reading", done, len(wanted))

    def _read(self, entry: _Entry) -> Reading:
        """Return what was read of a content; without its words, perhaps."""
        known = self._gists.get(entry.digest)
        return known.outline if known else read(entry.text, entry.lang, self._means)

    def _keys(self, entry: _Entry) -> list[str]:
        if entry.known:
            return [str(each) for each in json.loads(entry.known.numbers)]
        known = self._gists.get(entry.digest)
        return known.keys if known else shared_keys(self._read(entry))

    def _counts(self, entry: _Entry) -> bool:
        """Tell whether a sentence of narration gives a number of something: worth checking."""
        known = self._gists.get(entry.digest) if entry.narration else None
        return known is not None and known.counts

    def _join(
        self, found: Sequence[_Found], claims: dict[int, str]
    ) -> tuple[int, int, list[_Found]]:
        """Judge pairs to be one claim, the most alike first, none across a contradiction."""
        ends = {at for one in found for at in (one.left, one.right)}
        groups = _Groups(self._connection, [claims[at] for at in sorted(ends) if at in claims])
        for one in found:
            if one.decision.relation in _PARTING:
                groups.part(claims[one.left], claims[one.right])
        joined = blocked = 0
        unjoined = []
        same = [one for one in found if one.decision.same]
        for one in sorted(same, key=lambda one: (-one.made.score, one.left, one.right)):
            left, right = claims[one.left], claims[one.right]
            if groups.together(left, right):
                continue
            if groups.parted(left, right):
                unjoined.append(one)
                continue
            if linking.is_judged_by(self._connection, (left, right), self._run.tool):
                continue
            try:
                self._store.judge(
                    left,
                    right,
                    Verdict.POSITIVE,
                    evidence=one.decision.why,
                    run=self._run,
                    user=self._by.user,
                    at=self._by.at,
                    score=one.made.score,
                )
            except BlockedJudgementError:
                blocked += 1
            else:
                joined += 1
                groups.join(left, right)
        return joined, blocked, unjoined

    def _suggest(
        self, found: Sequence[_Found], unjoined: Sequence[_Found], claims: dict[int, str]
    ) -> int:
        some = [one for one in found if one.decision.suggested] + list(unjoined)
        pairs = [
            _between(one, claims) for one in some if one.left in claims and one.right in claims
        ]
        return linking.put_suggestions(self._connection, pairs, self._run, self._by)

    def _relate(
        self, entries: Sequence[_Entry], found: Sequence[_Found], claims: dict[int, str]
    ) -> int:
        related = []
        for one in found:
            kind = one.decision.relation
            # what one denies, the other says is not so, or of another: they are of one mind
            agreed = kind in _AGREED and _denies_one(entries, one)
            if kind and not agreed:
                related.append((kind, _between(one, claims)))
        related += self._answers()
        related += self._replies(entries)
        return linking.put_relations(self._connection, related, self._run, self._by)

    def _replies(self, entries: Sequence[_Entry]) -> Iterator[tuple[ClaimRelationKind, Between]]:
        """Yield what sources say of what they are accused of elsewhere, new on either side."""
        some = (each for at, each in enumerate(entries) if each.new or at in self._near)
        told = [Told(each.item, self._read(each), each.new) for each in some if each.item]
        group = Belonging(self._connection).group
        alike = self._alike([each.item.version_id for each in told])
        country = linking.countries(self._connection).get
        yield from answers(told, group, alike)
        yield from disowned(told, group, alike)
        yield from rivals(told, group, alike, country)

    def _answers(self) -> Iterator[tuple[ClaimRelationKind, Between]]:
        """Yield what the texts themselves say answers what."""
        for left, right, cue in linking.answers(self._connection):
            yield ClaimRelationKind.RESPONDS_TO, Between(left, right, 1.0, f"the text says: {cue}")


_OF_ITS_SOURCE = frozenset({Assertion.DENY.value, Assertion.PROMISE.value})
_AGREED = frozenset({ClaimRelationKind.NEGATES, ClaimRelationKind.ATTRIBUTE_CONFLICT})
_PARTING = frozenset(
    {
        ClaimRelationKind.NUMBER_CONFLICT,
        ClaimRelationKind.NEGATES,
        ClaimRelationKind.ATTRIBUTE_CONFLICT,
    }
)


class _Groups:
    """Claims as they are joined, and which groups contradict each other."""

    def __init__(self, connection: Connection, claims: Iterable[str]) -> None:
        self._of: dict[str, str] = linking.clusters_around(connection, claims)
        self._members: dict[str, set[str]] = {}
        for claim, group in self._of.items():
            self._members.setdefault(group, set()).add(claim)
        self._against: dict[str, set[str]] = {}
        for left, right in linking.parted(connection, self._of):
            self.part(left, right)

    def together(self, left: str, right: str) -> bool:
        return self._of[left] == self._of[right]

    def part(self, left: str, right: str) -> None:
        one, other = self._of.get(left, left), self._of.get(right, right)
        if one != other:
            self._against.setdefault(one, set()).add(other)
            self._against.setdefault(other, set()).add(one)

    def parted(self, left: str, right: str) -> bool:
        return self._of[right] in self._against.get(self._of[left], set())

    def join(self, left: str, right: str) -> None:
        one, other = self._of[left], self._of[right]
        for claim in self._members.pop(other, set()):
            self._of[claim] = one
            self._members.setdefault(one, set()).add(claim)
        for against in self._against.pop(other, set()):
            self._against[against].discard(other)
            self._against[against].add(one)
            self._against.setdefault(one, set()).add(against)


def _batched(items: Iterable[T], size: int) -> Iterator[tuple[T, ...]]:
    """Yield items so many at a time, in their order."""
    source = iter(items)
    while some := tuple(islice(source, size)):
        yield some


def _worth(entries: Sequence[_Entry], left: int, right: int) -> bool:
    """Tell whether a pair is worth comparing: not two sentences of one page's own voice."""
    one, other = entries[left], entries[right]
    return one.version_id != other.version_id or not (one.narration or other.narration)


def _cosine(one: np.ndarray, other: np.ndarray) -> float:
    """Return how alike two unit vectors are, 0 to 1; they are kept in half the precision."""
    return max(0.0, float(one.astype(np.float32) @ other.astype(np.float32)))


def _unrivalled(entries: Sequence[_Entry], found: Sequence[_Found]) -> list[_Found]:
    """Return what was found, with suggestions in place of joins that have a rival.

    What one source says of one thing is most alike in two articles, whatever else it says there.
    """
    best: dict[tuple[int, str], float] = {}
    ends = [(one, each) for one in found for each in ((one.left, one.right), (one.right, one.left))]
    for one, (here, there) in ends:
        if one.decision.same or one.decision.suggested:
            key = here, entries[there].version_id
            best[key] = max(best.get(key, 0.0), one.made.score)

    def kept(one: _Found) -> bool:
        keys = ((one.left, one.right), (one.right, one.left))
        return all(best[here, entries[at].version_id] <= one.made.score for here, at in keys)

    return [
        one
        if not one.decision.unrivalled or kept(one)
        else one._replace(decision=one.decision._replace(same=False, suggested=True))
        for one in found
    ]


def _denies_one(entries: Sequence[_Entry], found: _Found) -> bool:
    """Tell whether exactly one of two reports is a denial."""
    denials = [_assertion(entries[at].item) for at in (found.left, found.right)]
    return denials.count(Assertion.DENY) == 1


def _setting(one: _Entry, other: _Entry, matter: float) -> Setting:
    return Setting(
        matter=matter,
        copied=copied(one.text, other.text),
        left=_published(one),
        right=_published(other),
        assertions=(_assertion(one.item), _assertion(other.item)),
        across=one.lang != other.lang,
    )


def _published(entry: _Entry) -> tuple[datetime | None, Precision]:
    told = entry.item or entry.narration
    if not told or not told.published:
        return None, Precision.UNKNOWN
    return datetime.fromisoformat(told.published), Precision(told.precision)


def _assertion(item: Item | None) -> Assertion:
    return Assertion(item.assertion) if item else Assertion.ASSERT


def _between(one: _Found, claims: dict[int, str]) -> Between:
    return Between(claims[one.left], claims[one.right], one.made.score, one.decision.why)


def _digest(text: str, lang: str) -> str:
    return digest([lang, " ".join(fold(text).split())])
