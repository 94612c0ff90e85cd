"""ClaimReview in JSON-LD: verdicts as pages embed them.

A claimant is who makes a report that was taken from no other of the claim; each has a Claim of
its own, as schema.org's repetition rule asks, with an appearance for each article that has it, and
for each that took it from there.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, BinaryIO, NamedTuple

from claimtrack.analysis.web import Web, load
from claimtrack.export.checks import invalid
from claimtrack.export.elements import json_list
from claimtrack.export.form import Done, Form, Options
from claimtrack.export.iris import iri, language, site, web
from claimtrack.export.schema_org import CONTEXT, Record, claimant, known, names_of, work
from claimtrack.model.vocabulary import RelayKind
from claimtrack.store import Connection, held, read, whole
from claimtrack.store.clusters import cluster_of, started_as
from claimtrack.store.grades import FALSE, TRUE
from claimtrack.store.reports import Report
from claimtrack.text.fold import fold
from claimtrack.text.shown import one_line

SCHEMA = "profiles/claimreview.schema.json"
_SUMMARY = 75  # code points: what those who show the field advise


class Verdict(NamedTuple):
    """A review in JSON-LD, with the reports that make its claim."""

    review: Record
    markup: Record
    makers: tuple[Report, ...]


def write(connection: Connection, out: BinaryIO, options: Options) -> Done:
    """Write a list of ClaimReviews."""
    left_out: list[str] = []
    markup = (verdict.markup for verdict in verdicts(connection, options, left_out))
    return json_list(out, markup)._replace(left_out=tuple(left_out))


def verdicts(connection: Connection, options: Options, left_out: list[str]) -> Iterator[Verdict]:
    """Yield the live verdicts as ClaimReviews; what cannot be one is named in `left_out`.

    Args:
        connection: A connection.
        options: What the names of things begin with.
        left_out: Is added to, a line for each verdict.
    """
    grades = defaultdict[str, list[Record]](list)
    for grade in whole.grades(connection):
        of = grade["source_id"] or cluster_of(connection, grade["claim_id"])
        grades[of].append(grade)
    for review in whole.reviews(connection):
        claim = read.claim(connection, cluster_of(connection, review["claim_id"]))
        page = web(review["url"]) or options.page
        if not page:
            left_out.append(f"{review['id']}, which has no address of its page (assess --url)")
            continue
        graph = load(connection, claim.id)
        makers, refused = _makers(connection, graph, review["reviewed_by"])
        claims = _claims(connection, graph.asserting, makers, options.base)
        if not claims:
            why = "whose claimant is the reviewer" if refused else "whose claimant nobody knows"
            left_out.append(f"{review['id']}, {why}")
            continue
        markup = _markup(review, page, claim.texts[0][1], claims, options.base)
        about = dict.fromkeys((claim.id, *(one.source_id for one in makers if one.source_id)))
        graded = [_graded(each, options.base) for of in about for each in grades[of]]
        if graded:
            markup["associatedReview"] = graded
        yield Verdict(review, markup, makers)


def check(data: bytes) -> Iterable[str]:
    """Yield where reviews are not what the profile says, and who reviews what they claim."""
    return problems(json.loads(data))


def problems(reviews: Sequence[Any]) -> Iterator[str]:
    """Yield what is wrong with some ClaimReviews."""
    for number, review in enumerate(reviews):
        place = f"[{number}]"
        found = list(invalid(review, SCHEMA, place))
        yield from found
        if not found:
            yield from _own(review, place)


def _own(review: Record, place: str) -> Iterator[str]:
    """Yield a problem where the claimant is the reviewer, and the claim is not the desk's own."""
    reviewer = fold(review["author"]["name"]).strip()
    items = review["itemReviewed"]
    for claim in items if isinstance(items, list) else [items]:
        if fold(claim["author"]["name"]).strip() != reviewer:
            continue
        publisher = claim.get("firstAppearance", {}).get("publisher", {}).get("name", "")
        if fold(publisher).strip() != reviewer:
            yield f"{place}: the claimant {claim['author']['name']!r} is the reviewer"


def _makers(connection: Connection, graph: Web, reviewer: str) -> tuple[tuple[Report, ...], bool]:
    """Return the reports that make a claim, and whether one was refused as the reviewer's."""
    told = graph.asserting
    own = {one.id for one in told.own}
    passed_on = {edge.child for edge in told.edges if edge.parent in own and edge.child in own}
    # of a circle, each passes it on
    first = [one for one in told.own if one.id not in passed_on] or list(told.own)
    name = fold(reviewer).strip()
    kept = [
        one
        for one in first
        if name not in names_of(connection, one)
        or (one.own_voice and one.outlet and fold(one.outlet).strip() == name)
    ]
    return tuple(kept), len(kept) < len(first)


def _claims(connection: Connection, told: Web, makers: Sequence[Report], base: str) -> list[Record]:
    """Return a Claim for each claimant."""
    by_claimant: dict[str, list[tuple[Record, Report]]] = defaultdict(list)
    for one in makers:
        agent = claimant(connection, one, base)
        if agent:
            by_claimant[str(agent.get("@id") or agent["name"])].append((agent, one))
    works = _Works(connection, told, base)
    began = started_as(connection, (one.id for one in makers))
    found = []
    for number, some in enumerate(by_claimant.values(), 1):
        own = [one for _, one in some]
        same = dict.fromkeys((own[0].claim_id, *(began[one.id] for one in own)))
        found.append(_claim(works, some, [iri(each, base) for each in same], number))
    return found


def _claim(
    works: _Works, some: Sequence[tuple[Record, Report]], same: Sequence[str], number: int
) -> Record:
    """Return the Claim of a claimant.

    Args:
        works: The articles.
        some: What the claimant is called, with each report that makes the claim.
        same: What the claim is known as, and what those reports began as before they were joined.
        number: Which claimant it is.
    """
    agent, first = some[0]
    dated = sorted((one for _, one in some if one.published.utc), key=_published)
    appearances = works.of(agent, [one for _, one in some])
    earliest = appearances.get(dated[0].document_id) if dated else None
    return known(
        {
            "@type": "Claim",
            "@id": f"{same[0]}#{number}",
            "text": first.text,
            "inLanguage": language(first.lang),
            "author": agent,
            "datePublished": dated[0].published.iso() if dated else None,
            "firstAppearance": earliest,
            "appearance": list(appearances.values()) or None,
            "sameAs": same[0] if len(same) == 1 else same,
        }
    )


class _Works:
    """The articles in which a claim appears."""

    def __init__(self, connection: Connection, told: Web, base: str) -> None:
        self._connection, self._told, self._base = connection, told, base
        self._verbatim = held.verbatim(connection, (one.id for one in told.own))

    def of(self, agent: Record, makers: Sequence[Report]) -> dict[str, Record]:
        """Return the articles of what a claimant said, and those that took it from them."""
        found: dict[str, Record] = {}
        for one in makers:
            self._put(found, agent, one, {})
        above = {one.id for one in makers}
        waiting = [hop for hop in self._told.hops if hop[0].id not in above]
        while taken := [hop for hop in waiting if hop[1].id in above]:
            for child, parent, edge in taken:
                link = {"@type": "NewsArticle", "@id": iri(parent.document_id, self._base)}
                names = _TAKEN.get(edge.kind, ("isBasedOn",))
                self._put(found, agent, child, dict.fromkeys(names, link))
            above |= {child.id for child, *_ in taken}
            waiting = [hop for hop in waiting if hop[0].id not in above]
        return found

    def _put(self, found: dict[str, Record], agent: Record, one: Report, link: Record) -> None:
        article = found.get(one.document_id) or work(self._connection, one, self._base)
        if not article or one.id not in self._told.members:
            return
        if one.document_id not in found:
            found[one.document_id] = article | link
        if one.id in self._verbatim:
            quotation = {
                "@type": "Quotation",
                "text": one.text,
                "spokenByCharacter": {name: agent[name] for name in _WHO if name in agent},
                **({"isBasedOn": link["isBasedOn"]} if "isBasedOn" in link else {}),
            }
            found[one.document_id].setdefault("hasPart", []).append(quotation)


_WHO = ("@type", "@id", "name")
_TAKEN = {
    RelayKind.TRANSLATES: ("translationOfWork",),
    RelayKind.RELAYS: ("isBasedOn", "citation"),  # in words of its own
}
"""How an article names the one that it has a claim from."""


def _graded(grade: Record, base: str) -> Record:
    """Return a grade of the claim or of its claimant, which is no verdict."""
    of_claim = bool(grade["claim_id"])
    aspect = "credibility of the information" if of_claim else "reliability of the source"
    return {
        "@type": "Review",
        "@id": iri(grade["id"], base),
        "author": {"@type": "Organization", "name": grade["graded_by"]},
        "datePublished": grade["graded_at"],
        "itemReviewed": {
            "@type": "Claim" if of_claim else "Organization",
            "@id": iri(grade["claim_id"] or grade["source_id"], base),
        },
        "reviewBody": grade["reason"],
        "reviewRating": {
            "@type": "Rating",
            "reviewAspect": f"{aspect}: {grade['topic']}" if grade["topic"] else aspect,
            "alternateName": grade["grade"],
        },
    }


def _published(one: Report) -> tuple[str, int]:
    return str(one.published.utc), one.number


def _markup(review: Record, page: str, text: str, claims: list[Record], base: str) -> Record:
    return {
        "@context": CONTEXT,
        "@type": "ClaimReview",
        "@id": iri(review["id"], base),
        "url": page,
        "claimReviewed": _summary(text),
        "datePublished": review["reviewed_at"],
        "author": {"@type": "Organization", "name": review["reviewed_by"], "url": site(page)},
        "sdPublisher": {"@type": "Organization", "name": review["reviewed_by"]},
        "sdDatePublished": review["reviewed_at"],
        "reviewRating": known(
            {
                "@type": "Rating",
                "name": review["scale"],
                "alternateName": review["rating"],
                "ratingExplanation": review["text"] or None,
                **_number(review["value"]),
            }
        ),
        "itemReviewed": claims[0] if len(claims) == 1 else claims,
        **({"citation": list(review["links"])} if review["links"] else {}),
    }


def _number(value: float | None) -> Record:
    """Return a rating in numbers, with the ends that those are between; nothing without one."""
    if value is None:
        return {}
    shown = int(value) if value == int(value) else value
    return {"ratingValue": shown, "bestRating": TRUE, "worstRating": FALSE}


def _summary(text: str) -> str:
    """Return a claim's words, cut between words where they are many."""
    flat = one_line(text)
    if len(flat) <= _SUMMARY:
        return flat
    return f"{flat[:_SUMMARY].rpartition(' ')[0] or flat[: _SUMMARY - 1]}…"


FORM = Form(
    "Verdicts as schema.org ClaimReviews in JSON-LD, for the pages that explain them.",
    ".jsonld",
    write,
    things="verdicts",
    check=check,
)
