"""A claim as its page tells it: so much of all that is known as one page shows, and counts of it.

What a claim with thousands of reports rests on is found out once; what of it a page shows is small.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from claimtrack.analysis.chain import Chain
from claimtrack.analysis.claim_file import ClaimFile, Moment, Related, Warned
from claimtrack.analysis.origins import Origins
from claimtrack.analysis.timing import FirstAppearance
from claimtrack.model.value import Value
from claimtrack.model.vocabulary import ClaimRelationKind
from claimtrack.store.decisions import Graded, Judged, Reviewed
from claimtrack.store.relations import Suggestion
from claimtrack.store.views import ClaimRef, SourceRef

CHAINS = 40
"""Outlets at the outer ends of chains."""

ENDS = 20
"""Origins, and as many ends that are untraced."""

MOMENTS = 40
"""Documents in the timeline."""

WORDINGS = 12
"""Wordings in each language."""

_OPPOSED = (
    ClaimRelationKind.NEGATES,
    ClaimRelationKind.NUMBER_CONFLICT,
    ClaimRelationKind.ATTRIBUTE_CONFLICT,
)

JUDGED = 60
"""Judgements that made the reports one claim."""


class ClaimPage(Value):
    """What a page shows of a claim, its reports apart.

    Attributes:
        ref: What it is called, and how much it is reported.
        changed: When what is held of it last changed, in UTC, ISO 8601.
        documents: How many documents report it.
        reviewed: How many of its reports a person looked at.
        texts: Language and wording, each once: the one it is called by, then WORDINGS a language.
        more_texts: How many others there are.
        origins: What it rests on, with ENDS of the origins, of an origin's names, of other ends.
        more_names: How many names more each of these origins has.
        more_ends: How many origins and other ends there are beside them.
        first: The earliest known report.
        warnings: What a reader should know first, the gravest first.
        sources: The sources that origins, ends and warnings name, by id.
        chains: Who had it from whom, of CHAINS outlets.
        more_chains: How many others there are.
        related: The claims that it stands in a relation to.
        suggestions: Claims that a program takes to be perhaps the same.
        timeline: MOMENTS documents in the order of their dates.
        reviews: Verdicts of people, the latest first.
        grades: Grades of its credibility by people, the latest first.
        judgements: JUDGED reasons why its reports are one claim, what people decided first.
        judged: How many of these there are.
    """

    ref: ClaimRef
    changed: str
    documents: int
    reviewed: int
    texts: tuple[tuple[str, str], ...]
    more_texts: int
    origins: Origins
    more_names: tuple[int, ...]
    more_ends: int
    first: FirstAppearance
    warnings: tuple[Warned, ...]
    sources: dict[str, SourceRef]
    chains: tuple[Chain, ...]
    more_chains: int
    related: tuple[Related, ...]
    suggestions: tuple[Suggestion, ...]
    timeline: tuple[Moment, ...]
    reviews: tuple[Reviewed, ...]
    grades: tuple[Graded, ...]
    judgements: tuple[Judged, ...]
    judged: int


def claim_page(file: ClaimFile) -> ClaimPage:
    """Return what a page shows of all that is known of a claim."""
    whole = file.findings.origins
    origins = _first_ends(whole)
    chains = tuple(_of_outlets(file))
    texts = tuple(_wordings(file.claim.texts))
    return ClaimPage(
        ref=file.ref,
        changed=file.changed,
        documents=file.documents,
        reviewed=len(file.people),
        texts=texts,
        more_texts=len(file.claim.texts) - len(texts),
        origins=origins,
        more_names=tuple(max(0, len(one.names) - ENDS) for one in whole.groups[:ENDS]),
        more_ends=sum(max(0, len(some) - ENDS) for some in (whole.groups, whole.ends)),
        first=file.findings.first,
        warnings=file.warnings,
        sources={id_: file.sources[id_] for id_ in _named(origins, file) if id_ in file.sources},
        chains=chains,
        more_chains=file.chains.count - len(chains),
        related=tuple(_plainly_related(file.related)),
        suggestions=file.suggestions,
        timeline=file.timeline[:MOMENTS],
        reviews=file.reviews,
        grades=file.grades,
        judgements=file.judgements[:JUDGED],
        judged=len(file.judgements),
    )


def _plainly_related(some: Sequence[Related]) -> Iterator[Related]:
    """Yield the relations, none of which says "no contradiction" of a claim that another opposes.

    Claims are told in several reports: two of them may mean something else, two others not.
    """
    opposed = {one.claim.id for one in some if one.kind in _OPPOSED}
    for one in some:
        if one.kind is not ClaimRelationKind.SCOPE_DIFFERENCE or one.claim.id not in opposed:
            yield one


def _first_ends(found: Origins) -> Origins:
    groups = tuple(
        one.model_copy(update={"ends": one.ends[:1], "names": one.names[:ENDS]})
        for one in found.groups[:ENDS]
    )
    return found.model_copy(update={"groups": groups, "ends": found.ends[:ENDS]})


def _named(origins: Origins, file: ClaimFile) -> Iterator[str]:
    ends = (*(end for group in origins.groups for end in group.ends), *origins.ends)
    yield from (end.source_id for end in ends if end.source_id)
    yield from (each for one in file.warnings for each in one.sources.values())


def _of_outlets(file: ClaimFile) -> Iterator[Chain]:
    """Yield the chains that begin with one of the first CHAINS documents."""
    begun: set[str] = set()
    for one in file.chains.chains:
        outlet = one.steps[0].document.id
        if outlet in begun or len(begun) < CHAINS:
            begun.add(outlet)
            yield one


def _wordings(texts: tuple[tuple[str, str], ...]) -> Iterator[tuple[str, str]]:
    yield texts[0]
    told: dict[str, int] = {}
    for lang, wording in texts[1:]:
        told[lang] = told.get(lang, 0) + 1
        if told[lang] <= WORDINGS:
            yield lang, wording
