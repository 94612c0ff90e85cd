"""What went wrong, in context: missed, spurious and wrong attributions, grouped by cause."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from claimtrack.evaluation.counts import right_relays
from claimtrack.evaluation.judged import ROLES, Characters, Judged
from claimtrack.evaluation.pairing import ENOUGH, Pair, pairs, same_source
from claimtrack.evaluation.score import Compared

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
        place: The gold file and line.
        article: The article's id.
        gold: The words of each role in gold; None where it has no such attribution.
        pred: The words predicted; None where nothing was.
        pattern: The rule that predicted it, where the prediction says so.
        context: The words around, with the roles of gold (else of the prediction) bracketed.
    """

    fault: Fault
    cause: Cause
    place: str
    article: str
    gold: dict[str, str] | None
    pred: dict[str, str] | None
    pattern: str
    context: str

    def as_json(self) -> dict[str, Any]:
        """Return the mistake as JSON values."""
        return asdict(self)


def mistakes(articles: Sequence[Compared]) -> list[Mistake]:
    """Return what went wrong, by fault and cause, the commonest cause first, in file order."""
    found = [mistake for article in articles for mistake in _in_article(article)]
    sizes = {key: len(group) for key, group in grouped(found).items()}
    order = list(Fault)
    return sorted(
        found,
        key=lambda one: (order.index(one.fault), -sizes[one.fault, one.cause], one.cause),
    )


def grouped(found: Sequence[Mistake]) -> dict[tuple[Fault, Cause], list[Mistake]]:
    """Group mistakes by fault and cause, keeping their order."""
    groups: dict[tuple[Fault, Cause], list[Mistake]] = {}
    for one in found:
        groups.setdefault((one.fault, one.cause), []).append(one)
    return groups


def _in_article(article: Compared) -> Iterator[Mistake]:
    good = [pair for pair in pairs(article.gold, article.pred) if pair.alike >= ENOUGH]
    answered = {id(pair.gold) for pair in good}
    used = {id(pair.pred) for pair in good}
    for wanted in article.gold:
        if id(wanted) not in answered:
            cause = _stray_cause(wanted, article.pred)
            yield _mistake(article, Fault.MISSED, cause, wanted, None)
    for guess in article.pred:
        if id(guess) not in used:
            cause = _stray_cause(guess, article.gold)
            yield _mistake(article, Fault.SPURIOUS, cause, None, guess)
    relays = {id(one) for one in right_relays(article.gold, good)}
    for pair in good:
        for cause in _wrong_causes(pair, relay_right=id(pair.gold) in relays):
            yield _mistake(article, Fault.WRONG, cause, pair.gold, pair.pred)


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


def _mistake(
    article: Compared, fault: Fault, cause: Cause, gold: Judged | None, pred: Judged | None
) -> Mistake:
    shown = next(one for one in (gold, pred) if one)
    return Mistake(
        fault=fault,
        cause=cause,
        place=article.line.place,
        article=str(article.line.article["id"]),
        gold=words(gold, article.text) if gold else None,
        pred=words(pred, article.text) if pred else None,
        pattern=str(pred.given.get("pattern") or "") if pred else "",
        context=bracketed(article.text, shown),
    )


def words(one: Judged, text: str) -> dict[str, str]:
    """Return the words of each role as the spans were given, gaps as an ellipsis."""
    return {
        role: " … ".join(text[start:end] for start, end in one.given.get(role) or [])
        for role in ROLES
    }


def bracketed(text: str, one: Judged) -> str:
    """Return the words around an attribution on one line, its roles in the brackets of MARKS."""
    roles: dict[str, Characters] = {role: getattr(one, role) for role in ROLES}
    everything = frozenset[int]().union(*roles.values())
    start, end = max(0, min(everything) - _AROUND), min(len(text), max(everything) + 1 + _AROUND)
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
