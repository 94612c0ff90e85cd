"""All that the graph can tell of one claim, as a value, as text for a terminal and as Markdown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from claimtrack.analysis.collector import held_off
from claimtrack.analysis.disputes import Dispute, dispute
from claimtrack.analysis.drift import Change, Hop, Meanings, hops
from claimtrack.analysis.loops import Loop, loops
from claimtrack.analysis.origins import Origins, origins
from claimtrack.analysis.outline import escaped
from claimtrack.analysis.timing import (
    FirstAppearance,
    Lag,
    first_appearance,
    in_the_future,
    lags,
)
from claimtrack.analysis.trace import Trace, of_reports
from claimtrack.analysis.web import Web, load
from claimtrack.errors import UnknownIdError
from claimtrack.match.names import SHIPPED_MEANS, Means
from claimtrack.model.value import Value
from claimtrack.model.vocabulary import Camp, NumberChange
from claimtrack.store import Connection, read
from claimtrack.store.relations import ClaimRelation
from claimtrack.text.shown import piece

_SHOWN = 12
"""Lines of one kind that text shows; the value holds all."""
_DAY = 86_400

Words = Callable[[str], str]


class Findings(Value):
    """What the graph tells of a claim.

    Attributes:
        origins: Independent origins, untraced ends and reports, with the warning.
        loops: Circles among reports, works and outlets.
        hops: What became of words, numbers, source and certainty at each relay.
        lags: How long each relay between articles took; contradictory dates among them.
        first: The earliest known report.
        dispute: Who asserts and who disputes it, and the claims against it.
        future: Documents whose date lies after the day they were collected.
    """

    origins: Origins
    loops: tuple[Loop, ...]
    hops: tuple[Hop, ...]
    lags: tuple[Lag, ...]
    first: FirstAppearance
    dispute: Dispute
    future: tuple[str, ...]


class FullTrace(Trace):
    """The chains of a claim, with all that they tell."""

    findings: Findings

    def as_tree(self, words: Words = piece) -> str:
        """Return it as text for a terminal; as Trace, with what was found below it."""
        return "\n".join([super().as_tree(words), "", *self._lines(words)])

    def as_markdown(self) -> str:
        """Return it as Markdown; as Trace, with what was found as a list."""
        listed = "\n".join(f"- {line}" for line in self._lines(escaped))
        return f"{super().as_markdown()}\n## Findings\n\n{listed}\n"

    def _lines(self, words: Words) -> Iterator[str]:
        found = self.findings
        yield f"Origins: {_triple(found.origins)}"
        if warning := found.origins.warning():
            yield f"Warning ({found.origins.severity}): {words(warning)}"
        yield f"First known: {_first(found.first, words)}"
        yield from _some(_circle(loop, words) for loop in found.loops)
        yield from _some(dict.fromkeys(_hop_lines(found.hops, words)))
        yield from _some(dict.fromkeys(_lag_lines(found.lags, words)))
        yield from _dispute_lines(found.dispute, words)
        for document in found.future:
            yield f"Date in the future: {document}"


def findings(
    connection: Connection,
    claim_id: str,
    *,
    means: Means = SHIPPED_MEANS,
    meanings: Meanings | None = None,
) -> Findings:
    """Return what the graph tells of a claim, by its (cluster's) id.

    Args:
        connection: A connection.
        claim_id: The claim.
        means: The language packs that hold.
        meanings: Gives texts their vectors, for drift across languages.
    """
    web = load(connection, claim_id)
    return of_web(connection, web, claim_id, means=means, meanings=meanings)


def of_web(
    connection: Connection,
    web: Web,
    claim_id: str,
    *,
    means: Means = SHIPPED_MEANS,
    meanings: Meanings | None = None,
) -> Findings:
    """Return what a claim's web, loaded already, tells."""
    return Findings(
        origins=origins(web),
        loops=loops(web),
        hops=hops(web, means=means, meanings=meanings),
        lags=lags(web),
        first=first_appearance(web),
        dispute=dispute(connection, web, claim_id),
        future=in_the_future(web.own),
    )


def full_trace(
    connection: Connection,
    claim_id: str,
    *,
    means: Means = SHIPPED_MEANS,
    meanings: Meanings | None = None,
) -> FullTrace:
    """Return the chains of a claim with all that they tell.

    Its reports come without the sentences around them.

    Raises:
        UnknownIdError: No live claim has the id.
    """
    with held_off():
        cluster = read.cluster(connection, claim_id)
        web = load(connection, cluster)
        if not web.own:
            raise UnknownIdError(claim_id, "claim")
        chains = of_reports(connection, web, cluster)
        found = of_web(connection, web, cluster, means=means, meanings=meanings)
        return FullTrace(**dict(chains), findings=found)


def _triple(found: Origins) -> str:
    independent = f"{found.origins} independent, {found.untraced} untraced"
    reports = "1 report" if found.reports == 1 else f"{found.reports} reports"
    return f"{independent}, {reports}; {found.traceability:.0%} of them traced"


def _first(first: FirstAppearance, words: Words) -> str:
    before = f"; {first.could_precede} undated could precede" if first.could_precede else ""
    if not first.report:
        return f"no report is dated{before}"
    sure = "" if first.certain or before else "; others of the same time could precede"
    evidence = first.evidence.replace("_", " ")
    return (
        f"{first.date.iso()}, {words(first.outlet or '(no outlet)')}, by {evidence}{before}{sure}"
    )


def _hop_lines(found: tuple[Hop, ...], words: Words) -> Iterator[str]:
    for hop in found:
        told = list(_changes(hop, words))
        if told:
            yield f"{words(hop.outlet or '(no outlet)')}: {'; '.join(told)}"


def _changes(hop: Hop, words: Words) -> Iterator[str]:
    if hop.lost_source:
        yield "the source is lost"
    if hop.inflation > 0:
        yield f"more certain by {hop.inflation}"
    for one in hop.numbers:
        if one.change is not NumberChange.SAME:
            ends = " → ".join(words(each) for each in (one.parent, one.child) if each)
            yield f"number {one.change.replace('_', ' ')}: {ends}"
    if hop.translated and hop.drift:
        yield f"translated, drift {hop.drift:.2f}"
    elif hop.drift:
        yield f"drift {hop.drift:.2f}: {_diff(hop.changes, words)}"


def _diff(changes: tuple[Change, ...], words: Words) -> str:
    marks = {"same": "{}", "removed": "[-{}-]", "added": "{{+{}+}}"}
    return " ".join(marks[one.kind].format(words(one.words)) for one in changes)


def _circle(loop: Loop, words: Words) -> str:
    seed = f", likely begun by {words(loop.called(loop.seed))}" if loop.seed else ""
    names = ", ".join(words(loop.called(one)) for one in loop.members)
    return f"Circle of {loop.level}s: {names}{seed}"


def _lag_lines(found: tuple[Lag, ...], words: Words) -> Iterator[str]:
    for one in found:
        pair = f"{words(one.parent_outlet or '?')} → {words(one.outlet or '?')}"
        if one.impossible:
            yield f"{pair}: published before what it was taken from; a date is wrong"
        elif one.least is not None and one.most is not None:
            ends = dict.fromkeys((_days(max(0.0, one.least)), _days(one.most)))
            yield f"{pair}: {' to '.join(ends)} later"


def _days(seconds: float) -> str:
    return f"{seconds / _DAY:.1f} days" if seconds >= _DAY else f"{seconds / 3600:.1f} hours"


def _dispute_lines(found: Dispute, words: Words) -> Iterator[str]:
    for camp in Camp if found.contested else ():
        names = dict.fromkeys(
            side.name or "(nobody named)" for side in found.sides if side.camp is camp
        )
        if names:
            yield f"{camp.capitalize()}: {', '.join(map(words, names))}"
    if found.unread:
        yield f"Claims against it whose sources were not looked at: {found.unread}"
    yield from _some(_relation(one, words) for one in found.relations)


def _relation(one: ClaimRelation, words: Words) -> str:
    ends = " and ".join(dict.fromkeys((one.left, one.right)))  # a denial may be of the claim
    return f"{one.kind.replace('_', ' ')}: {ends} ({words(one.evidence)})"


def _some(lines: Iterable[str]) -> Iterator[str]:
    left = 0
    for number, line in enumerate(lines):
        if number < _SHOWN:
            yield line
        else:
            left += 1
    if left:
        yield f"and {left} more"
