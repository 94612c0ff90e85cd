"""Verdicts and reports in the words of schema.org and W3C, for those who check facts."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import rdflib

from claimtrack.export import Options, describe, export
from claimtrack.export.iris import iri
from claimtrack.model.vocabulary import RelayKind, RelayStrength, Verdict
from claimtrack.store import Store, flat, linking, read, whole
from claimtrack.store.content import claim_id
from claimtrack.store.grades import Review
from claimtrack.store.linking import Handed
from tests.export.world import (
    BY,
    CHAIN,
    HOSTILE,
    NASTY,
    OWN,
    REVIEWER,
    RUN,
    RUSSIAN,
    build,
    reports,
)
from tests.match.stories import AGENCY, AT, QAMARIA, TAX

Found = dict[str, Any]


def written(store: Store, name: str, base: str = "urn:claimtrack:") -> Any:
    out = io.BytesIO()
    export(name, store.connection, out, options=Options(base=base), check=True)
    return json.loads(out.getvalue())


def by_url(store: Store) -> dict[str, Found]:
    return {
        one["url"].removeprefix("https://desk.example/reviews/"): one
        for one in written(store, "claimreview")
    }


def claim_of(store: Store, report: str) -> str:
    return read.attribution(store.connection, report).claim_id


def test_a_verdict_says_what_was_claimed_by_whom_where_and_what_the_desk_found(
    world: Store,
) -> None:
    review = by_url(world)["tax"]
    relayed = reports(world, CHAIN)[1]
    claim = review["itemReviewed"]
    assert review["reviewRating"]["alternateName"] == "false"
    assert review["author"]["name"] == REVIEWER
    assert claim["author"]["name"] == "Ministry of Finance of Qamaria"
    assert claim["author"]["@type"] == "GovernmentOrganization"
    assert claim["text"] == review["claimReviewed"]
    # what it is known as, and what the ministry's own report began as before the two were joined
    assert claim["sameAs"] == [iri(claim_of(world, relayed)), iri(claim_id(relayed))]
    assert claim["appearance"][0]["url"] == "https://site-c.example/1"
    assert claim["firstAppearance"] == claim["appearance"][0]


def test_who_only_relays_is_no_claimant(world: Store) -> None:
    # the agency that quotes the ministry, the Russian site that translates it
    names = {one["itemReviewed"]["author"]["name"] for one in by_url(world).values()}
    assert claim_of(world, reports(world, RUSSIAN)[0]) == claim_of(world, reports(world, CHAIN)[0])
    assert "Qamaria News Agency" not in {by_url(world)["tax"]["itemReviewed"]["author"]["name"]}
    assert "Ministry of Finance of Qamaria" in names


def test_a_long_claim_is_cut_between_words_in_the_summary_alone(world: Store) -> None:
    for review in by_url(world).values():
        assert len(review["claimReviewed"]) <= 76
        assert review["claimReviewed"].rstrip("…") in " ".join(
            review["itemReviewed"]["text"].split()
        )


def test_hostile_words_come_back_as_they_are(world: Store) -> None:
    (hostile,) = (one for url, one in by_url(world).items() if "%22" in url)
    assert hostile["reviewRating"]["ratingExplanation"] == NASTY
    assert hostile["itemReviewed"]["text"] == HOSTILE.extraction.attributions[0].content[0].of(
        HOSTILE.version.text
    )


def test_what_can_be_no_review_is_named(world: Store) -> None:
    done = export("claimreview", world.connection, io.BytesIO())
    reviews = list(whole.reviews(world.connection))
    assert done.written + len(done.left_out) == len(reviews)
    whys = {line.partition(", ")[2] for line in done.left_out}
    assert whys == {
        "which has no address of its page (assess --url)",
        "whose claimant is the reviewer",
    }


def test_the_reviewer_may_review_a_claim_of_its_own_pages(world: Store) -> None:
    review = by_url(world)["own-mill"]
    assert (
        review["author"]["name"] == review["itemReviewed"]["author"]["name"] == OWN.version.outlet
    )


def test_the_feed_holds_the_same_reviews(world: Store) -> None:
    feed = written(world, "claimreview-feed")
    assert feed["@type"] == "DataFeed"
    items = [one for each in feed["dataFeedElement"] for one in each["item"]]
    assert items == written(world, "claimreview")


def test_a_verdict_on_a_video_is_a_media_review_if_it_is_of_its_categories(world: Store) -> None:
    (review,) = written(world, "mediareview")
    assert review["mediaAuthenticityCategory"] == "DecontextualizedContent"
    (media,) = review["itemReviewed"]["mediaItemAppearance"]
    assert media["associatedArticle"]["publisher"]["name"] == "Site E"
    (told,) = export("mediareview", world.connection, io.BytesIO()).left_out
    assert "whose rating is none of: DecontextualizedContent, " in told


def test_names_can_be_addresses_of_a_desks_own_pages(world: Store) -> None:
    review = written(world, "claimreview", "https://desk.example/")[0]
    assert review["@id"].startswith("https://desk.example/review/review-")


def annotations(store: Store) -> list[Found]:
    items: list[Found] = written(store, "webannotation")["first"]["items"]
    return items


def test_an_annotation_finds_its_words_in_the_text(world: Store) -> None:
    texts = {
        f"urn:claimtrack:version:{ref.version_id.partition('-')[2]}": read.document(
            world.connection, ref.id
        ).text
        for ref in read.all_documents(world.connection)
    }
    for one in annotations(world):
        quote, position = one["target"]["selector"]
        text = texts[one["target"]["state"]["cached"]]
        start, end = position["start"], position["end"]
        assert text[start:end] == quote["exact"]
        assert text[:start].endswith(quote["prefix"])
        assert text[end:].startswith(quote["suffix"])


def test_each_report_is_annotated_and_a_denial_and_verdicts_assess(world: Store) -> None:
    items = annotations(world)
    verdicts = [one for one in items if ":review:" in one["id"]]
    assert len(verdicts) == len(list(whole.reviews(world.connection)))
    assert len(items) == read.counts(world.connection).attributions + len(verdicts)
    assert [one["motivation"] for one in items].count("assessing") == 1 + len(verdicts)


def test_a_verdict_stands_at_the_words_of_its_claim(world: Store) -> None:
    (video,) = (
        one for one in annotations(world) if "Another harbour." in one["body"][-1].get("value", "")
    )
    assert video["creator"]["name"] == REVIEWER
    assert video["body"][-1]["value"] == "missing context (truth): Another harbour."
    assert video["target"]["selector"][0]["exact"] == "the harbour burns"


def test_a_verdict_on_a_claim_that_is_only_denied_is_left_out_and_named(tmp_path: Path) -> None:
    with Store.open(tmp_path / "some.db", create=True) as store:
        build(store)
        denied = next(one for one in flat.placed(store.connection) if one.disputes)
        alone = read.claim(store.connection, denied.report.claim)
        assert len(alone.attributions) == 1
        review = store.assess(Review(alone.id, "truth", "false", ""), user="amal", at=AT)
        out = io.BytesIO()
        (told,) = export("webannotation", store.connection, out, check=True).left_out
    assert told.startswith(review)
    assert review.partition("-")[2] not in out.getvalue().decode()


def test_a_claim_appears_where_it_was_passed_on_and_says_from_where(world: Store) -> None:
    claim = by_url(world)["tax"]["itemReviewed"]
    ours, theirs = (iri(one.version.document_id) for one in (CHAIN, RUSSIAN))
    assert [work["@id"] for work in claim["appearance"]] == [ours, theirs]
    assert claim["appearance"][1]["translationOfWork"]["@id"] == ours
    assert [work["version"] for work in claim["appearance"]] == [1, 1]


def test_an_article_that_has_a_claim_in_its_own_words_cites_the_one_it_has_it_from(
    tmp_path: Path,
) -> None:
    with Store.open(tmp_path / "some.db", create=True) as store:
        for one in (CHAIN, RUSSIAN):
            one.add(store)
        (_, parent), (child,) = reports(store, CHAIN), reports(store, RUSSIAN)
        relay = Handed(child, parent, RelayKind.RELAYS, RelayStrength.LINK, "links to it")
        linking.put_relays(store.connection, [relay], RUN, BY)
        pair = claim_id(parent), claim_id(child)
        store.judge(*pair, Verdict.POSITIVE, evidence="read", run=None, user="amal", at=AT)
        page = "https://desk.example/1"
        store.assess(Review(pair[0], "truth", "false", "", page), user="amal", at=AT)
        (review,) = written(store, "claimreview")
    first, second = review["itemReviewed"]["appearance"]
    assert "citation" not in first
    assert second["citation"] == second["isBasedOn"]
    assert second["citation"]["@id"] == first["@id"] == iri(CHAIN.version.document_id)


def test_words_given_as_they_were_said_are_a_quotation(world: Store) -> None:
    (review,) = (one for one in written(world, "claimreview") if one["url"].endswith("/saying"))
    (quotation,) = review["itemReviewed"]["firstAppearance"]["hasPart"]
    assert quotation["spokenByCharacter"]["name"] == AGENCY.name
    assert quotation["text"] == f"{TAX} حقا"


def test_grades_of_a_claim_and_of_its_claimant_stand_beside_the_verdict(world: Store) -> None:
    review = by_url(world)["tax"]
    grades = {
        one["reviewRating"]["reviewAspect"]: one["reviewRating"]["alternateName"]
        for one in review["associatedReview"]
    }
    assert grades == {"credibility of the information": "4", "reliability of the source": "B"}
    assert review["sdPublisher"]["name"] == review["author"]["name"]
    assert review["sdDatePublished"] == review["datePublished"]


def test_a_body_names_what_it_belongs_to(world: Store) -> None:
    author = by_url(world)["tax"]["itemReviewed"]["author"]
    (parent,) = author["parentOrganization"]
    assert parent["@id"] == iri(QAMARIA.id)


@pytest.mark.parametrize(
    ("name", "kind", "count"),
    [
        ("claimreview", "https://schema.org/ClaimReview", 8),
        ("claimreview-feed", "https://schema.org/ClaimReview", 8),
        ("mediareview", "https://schema.org/MediaReview", 1),
        ("webannotation", "http://www.w3.org/ns/oa#Annotation", 32 + 10),
    ],
)
def test_rdflib_finds_as_many_in_the_json_ld(
    name: str, kind: str, count: int, world: Store
) -> None:
    # the contexts are on the network; their names without it
    vocabulary = {"@vocab": kind.rpartition("#")[0] + "#" if "#" in kind else "https://schema.org/"}
    short = {"id": "@id", "type": "@type"} if "#" in kind else {}
    graph = rdflib.Dataset(default_union=True)
    data = written(world, name)
    for one in data if isinstance(data, list) else [data]:
        graph.parse(data=json.dumps(replaced(one, vocabulary | short)), format="json-ld")
    assert len(set(graph.subjects(rdflib.RDF.type, rdflib.URIRef(kind)))) == count


def replaced(value: Any, context: Found) -> Any:
    """Return JSON-LD with another context."""
    if isinstance(value, dict):
        return {
            name: context if name == "@context" else replaced(held, context)
            for name, held in value.items()
        }
    return [replaced(one, context) for one in value] if isinstance(value, list) else value


def _set(*path: str | int, to: Any) -> Callable[[Any], object]:
    def change(value: Any) -> None:
        for step in path[:-1]:
            value = value[step]
        value[path[-1]] = to

    return change


def _drop(*path: str | int) -> Callable[[Any], object]:
    def change(value: Any) -> None:
        for step in path[:-1]:
            value = value[step]
        del value[path[-1]]

    return change


REVIEW_FIELDS = ("@context", "@type", "@id", "url", "author", "claimReviewed", "reviewRating")
ITEM = ("first", "items", 0)
BROKEN: list[tuple[str, Callable[[Any], object]]] = [
    *(("claimreview", _drop(0, name)) for name in (*REVIEW_FIELDS, "itemReviewed")),
    *(
        ("claimreview", _drop(0, "itemReviewed", name))
        for name in ("@type", "@id", "text", "author")
    ),
    *(("claimreview", _drop(0, "author", name)) for name in ("@type", "name")),
    *(("claimreview", _drop(0, "reviewRating", name)) for name in ("@type", "alternateName")),
    ("claimreview", _drop(0, "itemReviewed", "appearance", 0, "url")),
    ("claimreview", _set(0, "@context", to={"@vocab": "https://schema.org/"})),
    ("claimreview", _set(0, "@type", to="Review")),
    ("claimreview", _set(0, "@id", to="5320")),
    ("claimreview", _set(0, "url", to="/reviews/tax")),
    ("claimreview", _set(0, "url", to="javascript:alert(1)")),
    ("claimreview", _set(0, "claimReviewed", to=" ")),
    ("claimreview", _set(0, "datePublished", to="4 March 2025")),
    ("claimreview", _set(0, "reviewRating", "ratingValue", to=1)),
    ("claimreview", _set(0, "reviewRating", "ratingValue", to="1")),
    ("claimreview", _set(0, "reviewRating", "alternateName", to="")),
    ("claimreview", _set(0, "itemReviewed", to=[])),
    ("claimreview", _set(0, "itemReviewed", "appearance", to=[])),
    ("claimreview", _set(0, "itemReviewed", "author", to="A ministry")),
    ("claimreview", _set(0, "itemReviewed", "author", "@type", to="Ministry")),
    ("claimreview", _set(0, "itemReviewed", "firstAppearance", "@type", to="Claim")),
    ("claimreview", _set(0, "itemReviewed", "inLanguage", to="arabic language")),
    ("claimreview", _set(0, "itemReviewed", "author", "name", to=REVIEWER)),
    ("claimreview", _set(0, "sdPublisher", to="A desk")),
    ("claimreview", _set(0, "sdDatePublished", to="today")),
    ("claimreview", _set(0, "citation", to=["a page"])),
    ("claimreview", _set(0, "itemReviewed", "appearance", 0, "version", to=1.5)),
    ("claimreview", _drop(0, "itemReviewed", "appearance", 1, "translationOfWork", "@id")),
    ("claimreview", _set(0, "itemReviewed", "appearance", 1, "isBasedOn", to="a page")),
    (
        "claimreview",
        _set(0, "itemReviewed", "appearance", 0, "hasPart", to=[{"@type": "Quotation"}]),
    ),
    ("claimreview", _set(0, "itemReviewed", "author", "parentOrganization", to=[{"name": "x"}])),
    ("claimreview", _set(0, "itemReviewed", "author", "memberOf", to=[])),
    *(
        ("claimreview", _drop(0, "associatedReview", 0, name))
        for name in ("@type", "author", "itemReviewed", "reviewRating")
    ),
    *(
        ("claimreview", _drop(0, "associatedReview", 0, "reviewRating", name))
        for name in ("@type", "reviewAspect", "alternateName")
    ),
    ("claimreview", _set(0, "associatedReview", 0, "reviewRating", "alternateName", to="G")),
    ("claimreview-feed", _drop("dataFeedElement", 0, "item", 0, "url")),
    *(
        ("mediareview", _drop(0, name))
        for name in ("@context", "@type", "@id", "url", "author", "mediaAuthenticityCategory")
    ),
    ("mediareview", _drop(0, "itemReviewed")),
    ("mediareview", _set(0, "mediaAuthenticityCategory", to="Fake")),
    ("mediareview", _set(0, "itemReviewed", "mediaItemAppearance", to=[])),
    ("mediareview", _drop(0, "itemReviewed", "mediaItemAppearance", 0, "description")),
    *(
        ("webannotation", _drop(*ITEM, name))
        for name in ("id", "type", "motivation", "body", "target")
    ),
    *(
        ("webannotation", _drop(*ITEM, "target", name))
        for name in ("type", "source", "selector", "state")
    ),
    ("webannotation", _drop(*ITEM, "target", "state", "sourceDate")),
    ("webannotation", _set(*ITEM, "target", "state", "sourceDate", to="2025-03-04")),
    ("webannotation", _drop(*ITEM, "target", "selector", 0)),
    ("webannotation", _drop(*ITEM, "target", "selector", 1)),
    ("webannotation", _drop(*ITEM, "target", "selector", 0, "exact")),
    ("webannotation", _set(*ITEM, "target", "selector", 0, "exact", to="")),
    ("webannotation", _set(*ITEM, "target", "selector", 1, "start", to=-1)),
    ("webannotation", _set(*ITEM, "target", "selector", 1, "end", to=1.5)),
    ("webannotation", _set(*ITEM, "target", "selector", 1, "end", to=10**6)),
    ("webannotation", _set(*ITEM, "target", "selector", 1, "type", to="RangeSelector")),
    ("webannotation", _set(*ITEM, "motivation", to="highlighting")),
    ("webannotation", _set(*ITEM, "body", to=[])),
    ("webannotation", _drop(*ITEM, "body", 0, "source")),
    ("webannotation", _drop(*ITEM, "body", 1, "value")),
    ("webannotation", _set(*ITEM, "body", 1, "textDirection", to="up")),
    ("webannotation", _set("total", to=1)),
]


@pytest.mark.parametrize("place", range(len(BROKEN)))
def test_each_rule_finds_a_sample_that_breaks_it(place: int, world: Store) -> None:
    name, damage = BROKEN[place]
    data = written(world, name)
    check = describe(name).check
    assert check
    assert not list(check(json.dumps(data).encode()))
    damage(data)
    problems = list(check(json.dumps(data).encode()))
    assert problems
    assert all("\n" not in problem and len(problem) <= 200 for problem in problems)


def test_a_database_without_verdicts_gives_a_valid_empty_file(empty: Store) -> None:
    assert written(empty, "claimreview") == written(empty, "mediareview") == []
    assert written(empty, "claimreview-feed")["dataFeedElement"] == []
    assert export("claimreview", empty.connection, io.BytesIO()).written == 0
