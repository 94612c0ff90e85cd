"""Independent origins: where the reports of a claim end, and how many of these ends are one.

A claim's reports are followed to the ends of their chains. Ends that name nobody, and circles, are
untraced. The others are one where their sources are, or belong to one body or owner, or where the
words are; a report in the words of one that is traced is a copy of it, credited or not. Which is
known only as (origins, untraced, reports): features F3, F4 and F6, with what decision 13 adds.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

import networkx as nx

from claimtrack.analysis.web import Web
from claimtrack.match.copies import runs
from claimtrack.match.lexicon import lexicon
from claimtrack.match.namesakes import is_group, names_somebody, one_speaker
from claimtrack.model.value import Value
from claimtrack.model.vocabulary import (
    OF_THE_STATE,
    Channel,
    OriginKind,
    Severity,
    SourceKind,
    SourceType,
)
from claimtrack.store.reports import Report
from claimtrack.text.fold import fold

MANY_REPORTS, MANY_DOCUMENTS = 5, 3
"""From how many on a single origin is a high warning."""

_UNTRACED = frozenset({OriginKind.COLLECTIVE, OriginKind.UNSOURCED_RELAY})
_SEEN = frozenset({Channel.VIDEO_OR_IMAGE, Channel.BROADCAST})
_PAPERS = frozenset({Channel.DOCUMENT, Channel.LEAK})
_MEDIA = frozenset({SourceKind.OUTLET, SourceKind.AGENCY})
_NAMELESS = frozenset({SourceType.ANONYMOUS, SourceType.WITNESS})
_MOST_NAMES = 40
"""Ends whose names are compared with each other; a claim of more has no small number of origins."""


class End(Value):
    """Where chains of reports end.

    Attributes:
        kind: What it is.
        reports: The ids of the reports that end there, a circle's all.
        name: What to call it; empty when nobody is named.
        source_id: The source, if it is resolved.
        counted: Whether it counts as an origin: not for what is untraced or a copy.
        circle: It is a circle of reports.
    """

    kind: OriginKind
    reports: tuple[str, ...]
    name: str
    source_id: str | None
    counted: bool
    circle: bool = False


class Origin(Value):
    """One independent origin: ends that are one.

    Attributes:
        names: What its sources are called, each once.
        ends: The ends that are it.
    """

    names: tuple[str, ...]
    ends: tuple[End, ...]


class Origins(Value):
    """What a claim rests on.

    Attributes:
        origins: How many independent origins it has.
        untraced: How many ends are untraced.
        reports: How many documents say so, or pass it on.
        attributions: How many acts of reporting these hold.
        groups: The origins.
        ends: The untraced ends and the copies.
        severity: The warning that this gives.
        traceability: The share of chains that end in an origin, 0 to 1; 1 without any report.
    """

    origins: int
    untraced: int
    reports: int
    attributions: int
    groups: tuple[Origin, ...]
    ends: tuple[End, ...]
    severity: Severity
    traceability: float

    @property
    def triple(self) -> tuple[int, int, int]:
        """Origins, untraced, reports."""
        return self.origins, self.untraced, self.reports

    def warning(self) -> str:
        """Return the warning in words; empty when there is none."""
        if self.severity is Severity.NONE:
            return ""
        articles = "1 article" if self.reports == 1 else f"{self.reports} articles"
        if self.severity is Severity.UNTRACEABLE:
            return f"{articles}, no traceable origin"
        names = ", ".join(self.groups[0].names) or "not named"
        return f"{articles}, 1 origin: {names}"


def origins(web: Web) -> Origins:
    """Return what a claim rests on, from its web of reports."""
    told = web.asserting
    ends = _ends(told)
    joined = _joined(told, ends)
    groups = _groups(ends, joined)
    untraced = {joined[at] for at, end in enumerate(ends) if not end.counted}
    traced = {joined[at] for at, end in enumerate(ends) if end.counted}
    documents = {one.document_id for one in told.own}
    return Origins(
        origins=len(groups),
        untraced=len(untraced - traced),
        reports=len(documents),
        attributions=len(told.own),
        groups=groups,
        ends=tuple(end for end in ends if not end.counted),
        severity=severity(len(groups), len(told.own), len(documents)),
        traceability=_traceability(told, ends),
    )


def severity(origins: int, attributions: int, documents: int) -> Severity:
    """Return the warning that a number of origins behind some reports gives."""
    if not documents and not attributions:
        return Severity.NONE
    if origins == 0:
        return Severity.UNTRACEABLE
    if origins > 1:
        return Severity.NONE
    many = attributions >= MANY_REPORTS or documents >= MANY_DOCUMENTS
    return Severity.HIGH if many else Severity.LOW


def kind_of(report: Report) -> OriginKind:
    """Return what a report is as the end of a chain."""
    if report.own_voice and not report.source_id:
        return OriginKind.UNSOURCED_RELAY
    if report.source_kind is SourceKind.COLLECTIVE:
        return OriginKind.COLLECTIVE
    if report.channel in _PAPERS:
        return OriginKind.DOCUMENT
    if fold(report.source_words) in lexicon(report.lang).faceless:
        return OriginKind.UNSOURCED_RELAY
    if report.source_kind in (None, SourceKind.UNNAMED):
        return _unnamed(report)
    own = report.outlet_id and report.source_id == report.outlet_id
    return OriginKind.SELF_REFERENCE if own else OriginKind.NAMED_SOURCE


def _unnamed(report: Report) -> OriginKind:
    unnamed = report.source_type in (SourceType.ANONYMOUS, SourceType.WITNESS)
    if report.source_type is SourceType.WITNESS and report.channel in _SEEN:
        return OriginKind.FIRST_HAND
    if report.source_kind is SourceKind.UNNAMED or unnamed:
        return OriginKind.UNNAMED_SOURCE
    return OriginKind.UNKNOWN if report.source_words else OriginKind.UNSOURCED_RELAY


def _ends(web: Web) -> list[End]:
    """Return where chains end: reports, and circles of reports, that nothing leads out of."""
    graph = web.graph
    found = []
    for knot in nx.strongly_connected_components(graph):
        if all(parent in knot for each in knot for parent in graph.successors(each)):
            members = (web.by_id[each] for each in knot)
            found.append(_end(sorted(members, key=lambda one: one.number)))
    return sorted(found, key=lambda end: end.reports)


def _end(members: Sequence[Report]) -> End:
    first = members[0]
    circle = len(members) > 1
    kind = OriginKind.UNSOURCED_RELAY if circle else kind_of(first)
    return End(
        kind=kind,
        reports=tuple(one.id for one in members),
        name=first.name,
        source_id=first.source_id,
        counted=not circle and kind not in _UNTRACED,
        circle=circle,
    )


def _joined(web: Web, ends: Sequence[End]) -> list[int]:
    """Return for each end the first one that it is one with."""
    parent = list(range(len(ends)))

    def root(at: int) -> int:
        while parent[at] != at:
            parent[at] = parent[parent[at]]
            at = parent[at]
        return at

    leads = _leads(web, ends)
    ways = (
        _by_source(web, ends),
        _by_name(web, ends),
        _by_state(web, ends),
        _by_words(web, leads),
        _by_hearsay(web, ends),
        _by_teller(web, ends, leads),
    )
    for keys in (*ways, _by_path(web, ends, leads)):
        for some in keys.values():
            for other in some[1:]:
                one, two = sorted((root(some[0]), root(other)))
                parent[two] = one
    return [root(at) for at in range(len(ends))]


def _by_source(web: Web, ends: Sequence[End]) -> Mapping[object, list[int]]:
    """Group ends whose sources are one, or belong to one body or owner."""
    found: defaultdict[object, list[int]] = defaultdict(list)
    for at, end in enumerate(ends):
        report = web.by_id[end.reports[0]]
        if end.counted and report.group and report.source_kind is not SourceKind.UNNAMED:
            found[report.group].append(at)
        elif end.counted and report.source_words and not report.source_id:
            found[report.document_id, report.source_words].append(at)
        elif end.kind is OriginKind.COLLECTIVE and report.source_id:
            found[report.source_id].append(at)
    return found


def _by_name(web: Web, ends: Sequence[End]) -> Mapping[object, list[int]]:
    """Group ends whose sources are one by name or office, where no table knows them."""
    some = [
        (at, report)
        for at, end in enumerate(ends)
        if end.counted and _may_be_named(report := web.by_id[end.reports[0]])
    ]
    if len(some) > _MOST_NAMES:
        return {}
    return {
        (one, other): [one, other]
        for (one, left), (other, right) in combinations(some, 2)
        if (not left.group or left.group != right.group)
        and one_speaker(
            (left.source_words, left.lang),
            (right.source_words, right.lang),
            likenesses=web.likenesses,
        )
    }


def _by_state(web: Web, ends: Sequence[End]) -> Mapping[object, list[int]]:
    """Group a state that speaks with a body of it that says the same: "Moscow", its ministry.

    Of several bodies it is the first: two ministries are two.
    """
    reports = [web.by_id[end.reports[0]] for end in ends]
    bodies: dict[str | None, int] = {}
    for at, report in enumerate(reports):
        of_it = report.source_kind is SourceKind.BODY and report.source_type in OF_THE_STATE
        if ends[at].counted and of_it:
            bodies.setdefault(report.country, at)
    found: defaultdict[object, list[int]] = defaultdict(list)
    for at, report in enumerate(reports):
        state = ends[at].counted and report.source_kind is SourceKind.STATE
        if state and report.country and report.country in bodies:
            found[report.country] = [*(found[report.country] or [bodies[report.country]]), at]
    return found


def _may_be_named(report: Report) -> bool:
    paper = report.channel in _PAPERS
    unnamed = report.source_kind in (None, SourceKind.UNNAMED) and not paper
    nobody = unnamed and report.source_type in _NAMELESS
    nobody = nobody and not is_group(report.source_words, report.lang)
    kind_alone = report.source_kind in _MEDIA and not names_somebody(
        report.source_words, report.lang
    )  # "the newspaper"
    return bool(report.source_words) and not kind_alone and not nobody


def _by_words(web: Web, leads: Mapping[str, list[int]]) -> Mapping[object, list[int]]:
    """Group ends that have words in common with each other, or with what leads to another end."""
    found: defaultdict[object, list[int]] = defaultdict(list)
    for one in web.reports:
        for run in runs(one.text):
            found[run] += leads.get(one.id, ())
    return {run: list(dict.fromkeys(some)) for run, some in found.items() if len(set(some)) > 1}


def _leads(web: Web, ends: Sequence[End]) -> Mapping[str, list[int]]:
    """Return the ends that each report leads to, if that is one: more would join what is not."""
    found: dict[str, set[int]] = {one: {at} for at, end in enumerate(ends) for one in end.reports}
    waiting = list(found)
    children: defaultdict[str, list[str]] = defaultdict(list)
    for edge in web.edges:
        children[edge.parent].append(edge.child)
    while waiting:
        here = waiting.pop()
        for child in children[here]:
            before = len(found.setdefault(child, set()))
            found[child] |= found[here]
            if len(found[child]) > before:
                waiting.append(child)
    return {one: sorted(some) for one, some in found.items() if len(some) == 1}


def _by_hearsay(web: Web, ends: Sequence[End]) -> Mapping[object, list[int]]:
    """Group unnamed sources of one type where one of them is known through another outlet.

    An agency's unnamed witnesses, as another outlet tells of them, are nobody else than those in
    the agency's own article, for all that is known; those of two known outlets are.
    """
    told = {edge.parent for edge in web.edges}
    tellers: defaultdict[str, set[str]] = defaultdict(set)
    for child, parent, _ in web.hops:
        if child.source_id:
            tellers[parent.id].add(child.source_id)
    unnamed = [
        (at, web.by_id[end.reports[0]])
        for at, end in enumerate(ends)
        if end.kind is OriginKind.UNNAMED_SOURCE
    ]
    if len(unnamed) > _MOST_NAMES:
        return {}
    found: dict[object, list[int]] = {}
    for (at, one), (place, other) in combinations(unnamed, 2):
        if one.source_type is other.source_type and not told.isdisjoint((one.id, other.id)):
            ours, theirs = (tellers[each.id] or _published(each) for each in (one, other))
            if not ours or not theirs or not ours.isdisjoint(theirs):
                found[at, place] = [at, place]
    return found


def _published(report: Report) -> set[str]:
    return {report.outlet_id} if report.outlet_id else set()


def _by_teller(
    web: Web, ends: Sequence[End], leads: Mapping[str, list[int]]
) -> Mapping[object, list[int]]:
    """Group the unnamed that one source leans on, as several articles tell it, and that source.

    "The minister, from intelligence" in one article and "the minister" in another are one origin.
    So are "sources" whom an agency is quoted on in two, though one of them says whom they heard.
    """
    found: defaultdict[object, list[int]] = defaultdict(list)
    for child, parent, _ in web.hops:
        if child.group and child.source_kind is not SourceKind.UNNAMED:
            leant = leads.get(parent.id, ())
            passed = parent.source_kind is SourceKind.UNNAMED
            found[child.group] += [at for at in leant if passed or _is_nameless(web, ends[at])]
    for at, end in enumerate(ends):
        group = web.by_id[end.reports[0]].group
        if end.counted and group in found:
            found[group].append(at)
    return found


def _is_nameless(web: Web, end: End) -> bool:
    """Tell whether an end counts as an origin though nobody is named as it."""
    report = web.by_id[end.reports[0]]
    named = report.group and report.source_kind is not SourceKind.UNNAMED
    return end.counted and not named


def _by_path(
    web: Web, ends: Sequence[End], leads: Mapping[str, list[int]]
) -> Mapping[object, list[int]]:
    """Group the ends of one way told twice: as an article tells it, and as its source does.

    "The agency, citing the ministry" leads to the ministry; the agency's own article, which is
    held, to "the statement". Two who are named, and are not one, stay two.
    """
    told: defaultdict[str, list[int]] = defaultdict(list)
    held: defaultdict[str, list[int]] = defaultdict(list)
    for child, parent, _ in web.hops:
        here = child.document_id == parent.document_id
        (told if here else held)[child.id] += leads.get(parent.id, ())
    found: dict[object, list[int]] = {}
    for way in told.keys() & held.keys():
        some = list(dict.fromkeys((*told[way], *held[way])))
        named = [at for at in some if web.by_id[ends[at].reports[0]].group]
        if len(named) < len(some):
            found[way] = some
    return found


def _groups(ends: Sequence[End], joined: Sequence[int]) -> tuple[Origin, ...]:
    found: defaultdict[int, list[End]] = defaultdict(list)
    for at, end in enumerate(ends):
        if end.counted:
            found[joined[at]].append(end)
    return tuple(
        Origin(
            names=tuple(dict.fromkeys(end.name for end in some if end.name)),
            ends=tuple(some),
        )
        for some in found.values()
    )


def _traceability(web: Web, ends: Iterable[End]) -> float:
    """Return the share of the claim's reports that lead to an end that counts."""
    if not web.own:
        return 1.0
    traced = {one for end in ends if end.counted for one in end.reports}
    graph = web.graph
    reached = set(traced)
    waiting = list(traced)
    while waiting:
        for child in graph.predecessors(waiting.pop()):
            if child not in reached:
                reached.add(child)
                waiting.append(child)
    return round(sum(one.id in reached for one in web.own) / len(web.own), 4)
