"""What went wrong, in context: missed, spurious and wrong attributions, grouped by cause."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from claimtrack.evaluation.counts import right_relays
from claimtrack.evaluation.judged import ROLES, Characters, Judged
from claimtrack.evaluation.pairing import ENOUGH, Pair, pairs, same_source
from claimtrack.evaluation.score import Compared
from claimtrack.model.span import Span

MARKS = {"source": "[]", "cue": "{}", "content": "⟦⟧"}
"""How the roles are bracketed in the context line."""

_AROUND = 60


class Fault(StrEnum):
    """What is wrong with an attribution."""

    MISSED = "missed"
    SPURIOUS = "spurious"
    WRONG = "wrong"


class Cause(StrEnum):
    """What probably made it go wrong, the first that applies.

    RELAY: it is relayed by another attribution, or `via` differs. CUE: its cue is a word that
    the other side does not take for a cue. BOUNDARY: the cue is right, the content is not.
    SOURCE: the content is right, the source is not.
    """

    CUE = "cue unknown"
    BOUNDARY = "boundary"
    SOURCE = "source"
    RELAY = "relay"


@dataclass(frozen=True, slots=True)
class Mistake:
    """One thing to look at.

    Attributes:
        fault: What is wrong.
        cause: What probably made it go wrong.
        compared: The article.
        wanted: The attribution in gold; None where it has no such.
        guess: The attribution predicted; None where nothing was.
    """

    fault: Fault
    cause: Cause
    compared: Compared
    wanted: Judged | None
    guess: Judged | None

    @property
    def place(self) -> str:
        """The gold file and line."""
        return self.compared.line.place

    @property
    def article(self) -> str:
        """The article's id."""
        return str(self.compared.line.article["id"])

    @property
    def pattern(self) -> str:
        """The rule that predicted it; empty where the prediction does not say so."""
        return str(self.guess.given.get("pattern") or "") if self.guess else ""

    @property
    def sides(self) -> tuple[tuple[str, Judged], ...]:
        """The attributions there are: that of gold, that of the prediction, or both."""
        both = (("gold", self.wanted), ("pred", self.guess))
        return tuple((side, one) for side, one in both if one)

    def relayer(self, one: Judged) -> Judged | None:
        """Return the attribution that relays one of its sides, if any does."""
        others = self.compared.gold if one is self.wanted else self.compared.pred
        via = one.values["via"]
        return next((other for other in others if via is not None and other.key == via), None)

    @property
    def context(self) -> str:
        """The words around, with the roles of gold (else of the prediction) bracketed."""
        return bracketed(self.compared.text, self.sides[0][1])

    def as_json(self) -> dict[str, Any]:
        """Return the mistake as JSON values: the words of each role on both sides."""
        said = {side: roles_of(one, self.compared.text) for side, one in self.sides}
        return {
            "fault": self.fault,
            "cause": self.cause,
            "place": self.place,
            "article": self.article,
            "gold": said.get("gold"),
            "pred": said.get("pred"),
            "pattern": self.pattern,
            "context": self.context,
        }


def mistakes(articles: Sequence[Compared]) -> list[Mistake]:
    """Return what went wrong, the commonest cause first, then by fault, in file order."""
    found = [mistake for article in articles for mistake in _in_article(article)]
    sizes = Counter(one.cause for one in found)
    causes, faults = list(Cause), list(Fault)
    return sorted(
        found,
        key=lambda one: (-sizes[one.cause], causes.index(one.cause), faults.index(one.fault)),
    )


def grouped(found: Iterable[Mistake]) -> dict[Cause, list[Mistake]]:
    """Group mistakes by cause, keeping their order."""
    groups: dict[Cause, list[Mistake]] = {}
    for one in found:
        groups.setdefault(one.cause, []).append(one)
    return groups


def tally(found: Iterable[Mistake]) -> str:
    """Return how many of each fault there are: "3 missed, 1 wrong"."""
    sizes = Counter(one.fault for one in found)
    return ", ".join(f"{sizes[fault]} {fault}" for fault in Fault if sizes[fault])


def _in_article(article: Compared) -> Iterator[Mistake]:
    good = [pair for pair in pairs(article.gold, article.pred) if pair.alike >= ENOUGH]
    gold = _without(article.gold, [pair.gold for pair in good])
    pred = _without(article.pred, [pair.pred for pair in good])
    astray = list(_by_cue(gold, pred))
    for wanted in _without(gold, [pair.gold for pair in astray]):
        yield Mistake(Fault.MISSED, _stray_cause(wanted, article.pred), article, wanted, None)
    for guess in _without(pred, [pair.pred for pair in astray]):
        yield Mistake(Fault.SPURIOUS, _stray_cause(guess, article.gold), article, None, guess)
    relays = {id(one) for one in right_relays(article.gold, good)}
    for pair in (*good, *astray):
        for cause in _wrong_causes(pair, relay_right=pair in astray or id(pair.gold) in relays):
            yield Mistake(Fault.WRONG, cause, article, pair.gold, pair.pred)


def _without(some: Sequence[Judged], others: Sequence[Judged]) -> list[Judged]:
    left_out = {id(one) for one in others}
    return [one for one in some if id(one) not in left_out]


def _by_cue(gold: Sequence[Judged], pred: Sequence[Judged]) -> Iterator[Pair]:
    """Pair attributions that share no content to speak of but their cue, one to one."""
    left = list(pred)
    for wanted in gold:
        guess = next((one for one in left if one.cue & wanted.cue), None)
        if guess:
            left.remove(guess)
            either = wanted.content | guess.content
            alike = len(wanted.content & guess.content) / len(either) if either else 1.0
            yield Pair(wanted, guess, alike)


def _stray_cause(one: Judged, others: Sequence[Judged]) -> Cause:
    """Return why an attribution has no partner on the other side."""
    if not any(one.cue & other.cue for other in others):
        return Cause.CUE
    if one.values["via"] is not None:
        return Cause.RELAY
    return Cause.BOUNDARY


def _wrong_causes(pair: Pair, *, relay_right: bool) -> Iterator[Cause]:
    if pair.alike < 1:
        yield Cause.BOUNDARY
    if not same_source(pair.gold, pair.pred):
        yield Cause.SOURCE
    relayed = pair.gold.values["via"] is not None, pair.pred.values["via"] is not None
    if relayed[0] != relayed[1] or (relayed[0] and not relay_right):
        yield Cause.RELAY


def roles_of(one: Judged, text: str) -> dict[str, str]:
    """Return the words of each role as the spans were given, gaps as an ellipsis."""
    return {
        role: " … ".join(text[start:end] for start, end in one.given.get(role) or [])
        for role in ROLES
    }


def around(text: str, some: Iterable[Judged]) -> Span:
    """Return the stretch of a text that holds attributions and some whole words around them."""
    everything = frozenset[int]().union(*(getattr(one, role) for one in some for role in ROLES))
    first, last = min(everything, default=0), max(everything, default=0) + 1
    before, after = text[max(0, first - _AROUND) : first], text[last : last + _AROUND]
    if first > _AROUND:
        before = before.split(maxsplit=1)[-1] if before.strip() else before
    if last + _AROUND < len(text):
        after = after.rsplit(maxsplit=1)[0] if after.strip() else after
    return Span(first - len(before), last + len(after))


def bracketed(text: str, one: Judged) -> str:
    """Return the words around an attribution on one line, its roles in the brackets of MARKS."""
    roles: dict[str, Characters] = {role: getattr(one, role) for role in ROLES}
    start, end = around(text, [one])
    pieces = ["…" if start else ""]
    for at in range(start, end):
        for role, positions in roles.items():
            if at in positions and at - 1 not in positions:
                pieces.append(MARKS[role][0])
        pieces.append(text[at])
        for role, positions in roles.items():
            if at in positions and at + 1 not in positions:
                pieces.append(MARKS[role][1])
    pieces.append("…" if end < len(text) else "")
    return " ".join("".join(pieces).split())
