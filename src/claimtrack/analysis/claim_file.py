"""All that is known of one claim, for a page that shows it: its reports, findings and decisions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from pydantic import Field

from claimtrack.analysis.chain import Chains
from claimtrack.analysis.disputes import Dispute
from claimtrack.analysis.findings import Findings, of_web
from claimtrack.analysis.loops import Loop
from claimtrack.analysis.origins import Origins
from claimtrack.analysis.trace import traced
from claimtrack.analysis.web import load
from claimtrack.match.names import SHIPPED_MEANS, Means
from claimtrack.model.value import Value
from claimtrack.model.vocabulary import Camp, ClaimRelationKind, LoopLevel, NumberChange, Severity
from claimtrack.store import Connection, dated, decisions, read, relations
from claimtrack.store.claims import claim_refs
from claimtrack.store.decisions import Graded, Judged, Reviewed
from claimtrack.store.refs import source_refs
from claimtrack.store.relations import ClaimRelation, Suggestion
from claimtrack.store.views import (
    AttributionView,
    ClaimRef,
    ClaimView,
    DocumentRef,
    Looked,
    SourceRef,
)

_DIRECTED = (ClaimRelationKind.RESPONDS_TO, ClaimRelationKind.DENIES_AUTHORSHIP)


class Warned(Value):
    """A warning about a claim.

    Attributes:
        key: Which one: a severity of its origins, or what happened on the way.
        number: Of how many reports, circles or dates it speaks.
        names: Whom it names: the one origin, the outlets of a circle.
        sources: The source that a name is of, by the name, where it is known.
    """

    key: str
    number: int
    names: tuple[str, ...] = ()
    sources: dict[str, str] = Field(default_factory=dict)


class Related(Value):
    """Another claim that a claim stands in a relation to.

    Attributes:
        back: The relation has a direction, and leads from the other claim to this one.
        claim: The other claim; the same one where its own reports answer each other.
    """

    kind: ClaimRelationKind
    back: bool
    claim: ClaimRef
    score: float
    evidence: str


class Voice(Value):
    """Whom a report is attributed to: the source where it is known, and how the text names it."""

    source: SourceRef | None
    words: str


class Moment(Value):
    """A document in the order of time, with the reports of the claim in it.

    Attributes:
        voices: Whom it has the claim from, each once.
        reports: The ids of these reports.
    """

    document: DocumentRef
    voices: tuple[Voice, ...]
    reports: tuple[str, ...]


class ClaimFile(Value):
    """All that is known of a claim.

    Attributes:
        ref: What it is called, and how much it is reported.
        changed: When what is held of it last changed, in UTC, ISO 8601.
        claim: Its wordings and every report.
        documents: How many documents report it.
        chains: Who had it from whom.
        findings: What the graph tells of it.
        warnings: What a reader should know first, the gravest first.
        related: The claims that it stands in a relation to.
        suggestions: Claims that a program takes to be perhaps the same; nobody decided.
        timeline: The documents in the order of their dates; undated ones last.
        reviews: Verdicts of people, the latest first.
        grades: Grades of its credibility by people, the latest first.
        judgements: Why its reports are one claim, what people decided first.
        people: Who judged which report last, by the report's id.
        sources: The sources that its chains end in and its warnings name, by id.
    """

    ref: ClaimRef
    changed: str
    claim: ClaimView
    documents: int
    chains: Chains
    findings: Findings
    warnings: tuple[Warned, ...]
    related: tuple[Related, ...]
    suggestions: tuple[Suggestion, ...]
    timeline: tuple[Moment, ...]
    reviews: tuple[Reviewed, ...]
    grades: tuple[Graded, ...]
    judgements: tuple[Judged, ...]
    people: dict[str, Looked]
    sources: dict[str, SourceRef]


def claim_file(connection: Connection, claim_id: str, *, means: Means = SHIPPED_MEANS) -> ClaimFile:
    """Return all that is known of a claim; joined claims answer to each of their ids.

    Args:
        connection: A connection.
        claim_id: The claim.
        means: The language packs that hold.

    Raises:
        UnknownIdError: No live claim has the id.
    """
    view = read.claim(connection, claim_id)
    found = of_web(connection, load(connection, view.id), view.id, means=means)
    (ref,) = claim_refs(connection, [(view.id,)])
    timeline = _timeline(view.attributions)
    warned = tuple(warnings(found))
    named = (*_named(found.origins), *(each for one in warned for each in one.sources.values()))
    return ClaimFile(
        ref=ref,
        changed=dated.changed(connection, view.id),
        claim=view,
        documents=len(timeline),
        chains=traced(connection, view),
        findings=found,
        warnings=warned,
        related=related(connection, view.id, found.dispute.relations),
        suggestions=_suggested(connection, view.id),
        timeline=timeline,
        reviews=decisions.reviews(connection, view.id),
        grades=decisions.claim_grades(connection, view.id),
        judgements=decisions.judgements(connection, view.id),
        people=decisions.people(connection, (one.id for one in view.attributions)),
        sources=source_refs(connection, named),
    )


def warnings(found: Findings) -> Iterator[Warned]:
    """Yield what a reader of a claim should know first, the gravest first."""
    yield from rests_on_one(found.origins)
    yield from contested(found.dispute)
    yield from circles(found.loops)
    counts = {
        "lost_source": sum(hop.lost_source for hop in found.hops),
        "more_certain": sum(hop.inflation > 0 for hop in found.hops),
        "numbers": sum(
            any(one.change not in (NumberChange.SAME, NumberChange.DROPPED) for one in hop.numbers)
            for hop in found.hops
        ),
        "impossible": sum(lag.impossible for lag in found.lags),
        "future": len(found.future),
    }
    yield from (Warned(key=key, number=number) for key, number in counts.items() if number)


def rests_on_one(found: Origins) -> Iterator[Warned]:
    """Yield the warning that a claim has one origin, or none that can be traced."""
    if found.severity is not Severity.NONE:
        names = found.groups[0].names if found.groups else ()
        ends = found.groups[0].ends if found.groups else ()
        known = {end.name: end.source_id for end in ends if end.source_id}
        yield Warned(key=found.severity.value, number=found.reports, names=names, sources=known)


def contested(found: Dispute) -> Iterator[Warned]:
    """Yield the warning that a claim is disputed, with those who do."""
    if found.contested:
        sides = [side for side in found.sides if side.camp is Camp.DISPUTES and side.name]
        yield Warned(
            key="contested",
            number=1,
            names=tuple(dict.fromkeys(side.name for side in sides)),
            sources={side.name: side.key for side in sides if side.key.startswith("source-")},
        )


def circles(found: Sequence[Loop]) -> Iterator[Warned]:
    """Yield a warning for each level that shows circles; outlets and articles are named."""
    for level in LoopLevel:
        some = [one for one in found if one.level is level]
        if some:
            members = (one.called(each) for one in some for each in one.members)
            names = tuple(dict.fromkeys(members)) if level is not LoopLevel.ATTRIBUTION else ()
            yield Warned(key=f"circle_{level}", number=len(some), names=names)


def related(
    connection: Connection, claim_id: str, known: Iterable[ClaimRelation]
) -> tuple[Related, ...]:
    """Return the other ends of a claim's relations, by kind, the surest of each first."""
    some = [(one, one.right if one.left == claim_id else one.left) for one in known]
    refs = claim_refs(connection, [(other,) for other in dict.fromkeys(end for _, end in some)])
    by_id = {ref.id: ref for ref in refs}
    order = list(ClaimRelationKind)
    return tuple(
        Related(
            kind=one.kind,
            back=one.kind in _DIRECTED and one.left != claim_id,
            claim=by_id[other],
            score=one.score,
            evidence=one.evidence,
        )
        for one, other in sorted(some, key=lambda pair: order.index(pair[0].kind))
    )


def _suggested(connection: Connection, claim_id: str) -> tuple[Suggestion, ...]:
    """Return the likeliest suggestion of each other claim."""
    best: dict[str, Suggestion] = {}
    for one in relations.suggestions_of(connection, claim_id):
        best.setdefault(one.right.id if one.left.id == claim_id else one.left.id, one)
    return tuple(best.values())


def _named(found: Origins) -> Iterator[str]:
    ends = (*(end for group in found.groups for end in group.ends), *found.ends)
    return (end.source_id for end in ends if end.source_id)


def _timeline(attributions: Iterable[AttributionView]) -> tuple[Moment, ...]:
    by_document: dict[str, list[AttributionView]] = {}
    for one in attributions:
        by_document.setdefault(one.document.id, []).append(one)
    moments = [
        Moment(
            document=some[0].document,
            voices=tuple({_voice(one): None for one in some if one.source or one.words("source")}),
            reports=tuple(one.id for one in some),
        )
        for some in by_document.values()
    ]
    return tuple(sorted(moments, key=_when))


def _voice(one: AttributionView) -> Voice:
    return Voice(source=one.source, words="" if one.source else one.words("source"))


def _when(moment: Moment) -> tuple[bool, str]:
    time = moment.document.published.utc
    return time is None, time.isoformat() if time else ""
