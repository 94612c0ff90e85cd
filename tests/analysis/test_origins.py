"""Independent origins: reprints are no confirmations, and circles have no origin."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimtrack.analysis.origins import kind_of, origins, severity
from claimtrack.analysis.web import Web
from claimtrack.model.vocabulary import (
    Assertion,
    Channel,
    OriginKind,
    Severity,
    SourceKind,
    SourceType,
    Stance,
)
from claimtrack.store.reports import Report

from .webs import made, named, nobody, report

SENTENCE = "the dam above the old town of Tel Sidrun burst at dawn on Sunday, flooding two streets"
WITNESS = {"source_kind": SourceKind.UNNAMED, "source_type": SourceType.WITNESS, "group": None}

UNNAMED = {**WITNESS, "source_type": SourceType.OTHER}


def triple(web: Web) -> tuple[int, int, int]:
    return origins(web).triple


def test_ten_reprints_of_a_wire_are_one_origin_of_eleven_reports() -> None:
    reprints = [f"m{at}" for at in range(10)]
    web = made(named("wire", *reprints), [(each, "wire") for each in reprints])
    assert triple(web) == (1, 0, 11)


def test_a_ministry_and_its_spokesman_are_one_origin() -> None:
    web = made([report("ministry", group="mod"), report("spokesman", 1, group="mod")])
    assert triple(web) == (1, 0, 2)


def test_two_witnesses_with_a_video_each_are_two() -> None:
    shot = {**WITNESS, "channel": Channel.VIDEO_OR_IMAGE}
    assert triple(made([report("v1", **shot), report("v2", 1, **shot)])) == (2, 0, 2)


def test_a_copy_without_a_credit_adds_no_origin_and_is_not_untraced() -> None:
    copy = nobody("copy", 1, text=f"It is said that {SENTENCE}.")
    assert triple(made([report("wire", text=SENTENCE), copy])) == (1, 0, 2)


def test_what_nobody_is_named_for_is_untraced() -> None:
    assert triple(made([nobody("site"), report("wire", 1)])) == (1, 1, 2)


def test_two_untraced_reports_in_the_same_words_count_once() -> None:
    some = [nobody(name, at, text=SENTENCE) for at, name in enumerate("ab")]
    assert triple(made(some)) == (0, 1, 2)


@pytest.mark.parametrize(
    ("source", "origins_found"), [({"source_id": None, "group": None}, 1), ({}, 2)]
)
def test_a_way_told_twice_has_one_end_unless_two_are_named(
    source: dict[str, object], origins_found: int
) -> None:
    agency = report("agency", 1, document_id="paper")
    ministry = report("ministry", 2, document_id="paper")  # as the paper tells it
    statement = report("the statement", 3, **source)  # as the agency's own article does
    web = made([agency, ministry, statement], [("agency", "ministry"), ("agency", statement.id)])
    assert triple(web) == (origins_found, 0, 2)


@pytest.mark.parametrize(
    ("names", "edges", "expected"),
    [
        ("ABC", [("A", "B"), ("B", "C"), ("C", "A")], (0, 1, 3)),
        ("ABO", [("A", "B"), ("B", "A"), ("B", "O")], (1, 0, 3)),
        ("AB", [], (2, 0, 2)),
    ],
)
def test_circles_have_no_origin_unless_something_leads_out(
    names: str, edges: list[tuple[str, str]], expected: tuple[int, int, int]
) -> None:
    assert triple(made(named(*names), edges)) == expected


def test_what_a_collective_says_is_untraced() -> None:
    media = report("Dravonian media", 1, source_kind=SourceKind.COLLECTIVE)
    assert triple(made([report("site"), media], [("site", "Dravonian media")])) == (0, 1, 2)


@pytest.mark.parametrize(
    ("second", "origins_found"), [({"group": "minister"}, 1), ({"group": "envoy"}, 2)]
)
def test_what_a_minister_leans_on_is_one_origin_with_the_minister_alone(
    second: dict[str, str], origins_found: int
) -> None:
    minister = report("minister", 1, group="minister")
    papers = report("intelligence", 2, document_id="doc-minister", **UNNAMED)
    web = made([minister, papers, report("alone", 3, **second)], [("minister", "intelligence")])
    assert triple(web) == (origins_found, 0, 2)


@pytest.mark.parametrize(("second", "origins_found"), [("agency", 1), ("rival", 2)])
def test_sources_whom_one_agency_is_quoted_on_twice_are_one_origin(
    second: str, origins_found: int
) -> None:
    here = {"document_id": "doc-site"}
    told = [
        report("wire", 1, group="agency", **here),
        report("sources", 2, **here, **UNNAMED),
        report("minister", 3, **here),
        report("again", 4, group=second),
        report("officials", 5, document_id="doc-again", **UNNAMED),
    ]
    edges = [("wire", "sources"), ("sources", "minister"), ("again", "officials")]
    assert triple(made(told, edges)) == (origins_found, 0, 2)


@pytest.mark.parametrize(("second", "origins_found"), [("Орес Вальдин", 1), ("Ансо Белин", 2)])
def test_who_has_one_name_in_two_scripts_is_one_origin(second: str, origins_found: int) -> None:
    web = made([report("Ores Valdin", 1), report(second, 2, lang="ru")])
    assert triple(web) == (origins_found, 0, 2)


@pytest.mark.parametrize(("words", "untraced"), [("unconfirmed reports", 1), ("the deputy", 0)])
def test_what_only_reports_say_is_untraced(words: str, untraced: int) -> None:
    said = report("said", source_kind=None, source_id=None, group=None, source_words=words)
    assert triple(made([said])) == (1 - untraced, untraced, 1)


def test_an_agencys_unnamed_witnesses_told_by_another_outlet_are_the_same() -> None:
    agency = report("residents", 0, **WITNESS)
    retold = [
        report("agency", 1, document_id="doc-site"),
        report("locals", 2, document_id="doc-site", **WITNESS),
    ]
    assert triple(made([agency, *retold], [("agency", "locals")])) == (1, 0, 2)


def test_unnamed_witnesses_of_two_outlets_that_are_known_are_not_the_same() -> None:
    agency = report("residents", 0, outlet_id="agency", **WITNESS)
    retold = [
        report("paper", 1, document_id="doc-site", source_id="paper"),
        report("locals", 2, document_id="doc-site", **WITNESS),
    ]
    assert triple(made([agency, *retold], [("paper", "locals")])) == (2, 0, 2)


@pytest.mark.parametrize(("words", "origins_found"), [("выжившие", 1), ("жители", 2)])
def test_the_survivors_of_an_event_are_one_group_and_its_residents_are_not(
    words: str, origins_found: int
) -> None:
    told = {**WITNESS, "lang": "en", "source_words": "Survivors of the wreck"}
    again = {**WITNESS, "lang": "ru", "source_words": words}
    web = made([report("one", 0, **told), report("other", 1, **again)])
    assert triple(web) == (origins_found, 0, 2)


@pytest.mark.parametrize(("country", "origins_found"), [("XQ", 1), ("XD", 2), (None, 2)])
def test_a_state_that_speaks_is_one_origin_with_a_body_of_it(
    country: str | None, origins_found: int
) -> None:
    state = report("Badrun", 0, source_kind=SourceKind.STATE, country="XQ")
    of_it = {"country": country, "source_type": SourceType.MILITARY}
    ministry = report("the Defence Ministry", 1, **of_it)
    assert triple(made([state, ministry])) == (origins_found, 0, 2)


def test_a_party_does_not_speak_for_its_state() -> None:
    state = report("Badrun", 0, source_kind=SourceKind.STATE, country="XQ")
    party = report("the party", 1, country="XQ", source_type=SourceType.POLITICAL_PARTY)
    assert triple(made([state, party])) == (2, 0, 2)


def test_an_unknown_channel_is_known_by_its_letters_in_another_language() -> None:
    channel = {"source_kind": SourceKind.OUTLET}
    english = report("state broadcaster WANQ", 0, **channel)
    russian = report("государственное телевидение WANQ", 1, lang="ru", **channel)
    assert triple(made([english, russian])) == (1, 0, 2)
    papers = report("the newspaper", 0, **channel), report("газета", 1, lang="ru", **channel)
    assert triple(made(list(papers))) == (2, 0, 2)


def test_a_source_that_nobody_knows_is_not_whoever_else_says_so() -> None:
    army = report("army", 0, source_id=None, group=None, source_words="The army")
    mayor = report("mayor", 1, source_words="The mayor of Badrun")
    assert triple(made([army, mayor])) == (2, 0, 2)


@pytest.mark.parametrize("facts", [{"assertion": Assertion.DENY}, {"stance": Stance.DISPUTING}])
def test_who_denies_it_is_no_origin_of_it(facts: dict[str, object]) -> None:
    assert triple(made([report("wire"), report("embassy", 1, **facts)])) == (1, 0, 1)


@pytest.mark.parametrize(
    ("attributions", "documents", "expected"),
    [
        (4, 2, Severity.LOW),
        (5, 2, Severity.HIGH),
        (4, 3, Severity.HIGH),
        (1, 1, Severity.LOW),
    ],
)
def test_a_single_origin_is_a_high_warning_from_five_reports_or_three_documents(
    attributions: int, documents: int, expected: Severity
) -> None:
    assert severity(1, attributions, documents) is expected


def test_the_warning_goes_with_a_second_origin_and_comes_back_without_it() -> None:
    alone = origins(made(named("wire", "a"), [("a", "wire")]))
    both = origins(made(named("wire", "a", "other"), [("a", "wire")]))
    assert (alone.severity, both.severity) == (Severity.LOW, Severity.NONE)
    assert (alone.warning(), both.warning()) == ("2 articles, 1 origin: wire", "")


def test_no_origin_at_all_is_said() -> None:
    found = origins(made([nobody("site")]))
    assert found.severity is Severity.UNTRACEABLE
    assert found.warning() == "1 article, no traceable origin"


def test_a_claim_that_is_only_denied_has_nothing() -> None:
    found = origins(made([report("embassy", assertion=Assertion.DENY)]))
    assert (found.triple, found.severity) == ((0, 0, 0), Severity.NONE)


@pytest.mark.parametrize(
    ("told", "kind"),
    [
        (report("وسائل إعلام", source_kind=SourceKind.COLLECTIVE), OriginKind.COLLECTIVE),
        (report("مصدر أمني", source_kind=SourceKind.UNNAMED), OriginKind.UNNAMED_SOURCE),
        (nobody("it is reported that"), OriginKind.UNSOURCED_RELAY),
        (report("a leak", channel=Channel.LEAK), OriginKind.DOCUMENT),
        (report("us", outlet_id="source-us"), OriginKind.SELF_REFERENCE),
        (report("ministry"), OriginKind.NAMED_SOURCE),
        (report("he", source_id=None, source_kind=None), OriginKind.UNKNOWN),
        (
            report("eye", **WITNESS, channel=Channel.VIDEO_OR_IMAGE),
            OriginKind.FIRST_HAND,
        ),
    ],
    ids=lambda value: str(value) if isinstance(value, OriginKind) else "",
)
def test_every_end_has_a_kind(told: Report, kind: OriginKind) -> None:
    assert kind_of(told) is kind


def test_traceability_is_the_share_of_reports_that_lead_to_an_origin() -> None:
    web = made([*named("wire", "a"), nobody("b", 2), nobody("c", 3)], [("a", "wire")])
    assert origins(web).traceability == 0.5


NAMES = [f"n{at}" for at in range(7)]
EDGES = st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)), max_size=14)


@given(EDGES, st.permutations(NAMES))
@settings(max_examples=60)
def test_renaming_the_reports_changes_nothing(
    edges: list[tuple[str, str]], names: list[str]
) -> None:
    other = dict(zip(NAMES, names, strict=True))
    before = made(named(*NAMES), edges)
    after = made(named(*names), [(other[a], other[b]) for a, b in edges])
    assert triple(before) == triple(after)


@given(EDGES, st.sampled_from(NAMES), st.booleans())
@settings(max_examples=60)
def test_a_reprint_never_adds_an_origin(
    edges: list[tuple[str, str]], of: str, credited: bool
) -> None:
    some = [report(name, at, text=f"{SENTENCE} ({name})") for at, name in enumerate(NAMES)]
    before = origins(made(some, edges))
    text = next(one.text for one in some if one.id == of)
    reprint = nobody("reprint", 9, text=text)
    after = origins(made([*some, reprint], [*edges, *([("reprint", of)] if credited else [])]))
    assert after.origins <= before.origins
    assert after.reports == before.reports + 1
