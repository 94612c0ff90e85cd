"""Two articles side by side; what falls with a document; the whole database at a glance."""

from __future__ import annotations

import pytest

from claimtrack.analysis.article_diff import ArticleDiff, diff, headline
from claimtrack.analysis.findings import full_trace
from claimtrack.analysis.impact import impact
from claimtrack.analysis.overview import overview
from claimtrack.errors import UnknownIdError
from claimtrack.match.linker import link_all
from claimtrack.model.vocabulary import Severity, Verdict
from claimtrack.store import Store, read
from claimtrack.store.grades import Grade
from tests.match.test_linker import (
    ARABIC,
    DENIAL,
    ENGLISH,
    HERALD,
    KILLED,
    LATER,
    MEANS,
    OTHER_TOLL,
    RUSSIAN,
    TAX,
    add,
    article,
    clusters,
)


def linked(store: Store, *articles: object) -> list[str]:
    documents = add(store, *articles)  # type: ignore[arg-type]
    link_all(store, at=LATER, user="tester", means=MEANS)
    return documents


def mirrored(found: ArticleDiff) -> ArticleDiff:
    return found.model_copy(
        update={
            "left": found.right,
            "right": found.left,
            "only_left": found.only_right,
            "only_right": found.only_left,
            "headlines": found.headlines[::-1],
            "shared": tuple(
                one.model_copy(update={"left": one.right, "right": one.left})
                for one in found.shared
            ),
        }
    )


def test_an_article_differs_in_nothing_from_itself(store: Store) -> None:
    (document, _) = linked(store, ENGLISH, TAX)
    found = diff(store.connection, document, document)
    assert found.empty
    assert [one.differs for one in found.shared] == [()]


def test_swapping_the_articles_mirrors_the_difference(store: Store) -> None:
    left, right = linked(store, ENGLISH, ARABIC)
    there = diff(store.connection, left, right)
    assert diff(store.connection, right, left) == mirrored(there)
    assert [one.claim_id for one in there.shared]


def test_a_shared_claim_says_in_what_its_reports_differ(store: Store) -> None:
    left, right = linked(store, ENGLISH, RUSSIAN)
    (shared,) = diff(store.connection, left, right).shared
    assert shared.differs == ("sources", "numbers")
    assert (shared.left.sources, shared.right.sources) == (("Sidrun Monitor",), ("",))
    assert shared.origins == (1, 1, 2)


def test_a_paraphrase_is_matched_by_its_claim_and_never_by_its_words(store: Store) -> None:
    left, right = add(store, ENGLISH, ARABIC)
    apart = diff(store.connection, left, right)
    assert (len(apart.only_left), len(apart.only_right), apart.shared) == (1, 1, ())


def test_a_title_that_the_body_does_not_bear_out_is_named(store: Store) -> None:
    text = "A convoy of 30 trucks reached Badrun, carrying fuel and food."
    (document,) = linked(store, article(text, title="Weapons convoy reaches Badrun"))
    found = headline(store.connection, document)
    assert (found.missing, found.words) == (("weapon",), ("weapons",))


def test_it_is_a_table_in_markdown_whatever_the_words_are(store: Store) -> None:
    left, right = linked(store, ENGLISH, article(f"It said {KILLED} | <b>x.", f"{KILLED} | <b>x"))
    text = diff(store.connection, left, right).as_markdown()
    assert "| claim | first | second | differs in |" in text
    assert "<b>" not in text


def test_an_unknown_document_is_said(store: Store) -> None:
    (document,) = linked(store, ENGLISH)
    with pytest.raises(UnknownIdError):
        diff(store.connection, document, "document-" + "0" * 32)
    with pytest.raises(UnknownIdError):
        impact(store.connection, "document-" + "0" * 32)


WIRE = article(
    f"{KILLED.capitalize()}.", outlet="The Badrun Herald", url="https://badrunherald.example/1"
)
CITING = article(f"The Badrun Herald said {KILLED}.", KILLED, source=HERALD, day=4)


def test_what_rests_on_a_document_alone_is_named(store: Store) -> None:
    first, _, _ = linked(store, ENGLISH, TAX, article(f"Heard: {KILLED}.", outlet="Naba", day=6))
    found = impact(store.connection, first)
    (fall,) = found.claims
    assert (fall.before, fall.after, fall.loses) == ((1, 0, 2), (0, 1, 1), ("last_origin",))


def test_a_claim_that_only_the_document_reports_would_be_gone(store: Store) -> None:
    _, tax = linked(store, ENGLISH, TAX)
    (fall,) = impact(store.connection, tax).claims
    assert fall.loses == ("gone",)


def test_two_origins_become_one_and_a_grade_loses_its_ground(store: Store) -> None:
    second = article(f"The Badrun Herald said {KILLED}, it said.", KILLED, source=HERALD)
    first, _ = linked(store, ARABIC, second)
    claim = read.latest_claims(store.connection)[0].id
    store.grade(Grade(claim, "1", ""), origins=2, user="anna", at=LATER)
    (fall,) = impact(store.connection, first).claims
    assert (fall.before, fall.loses) == ((2, 0, 2), ("to_one_origin", "credibility"))


def test_nothing_is_changed_by_asking(store: Store) -> None:
    first, _ = linked(store, ENGLISH, ARABIC)
    before = clusters(store)
    impact(store.connection, first)
    assert clusters(store) == before


def test_a_trace_tells_all_that_was_found(store: Store) -> None:
    linked(store, WIRE, CITING, OTHER_TOLL)
    claim = next(one.id for one in read.most_reported_claims(store.connection) if one.reports > 1)
    found = full_trace(store.connection, claim)
    assert found.findings.origins.severity is Severity.UNTRACEABLE
    (relay,) = found.findings.lags
    assert (relay.least, relay.most) == (0, 2 * 86_400)
    text = found.as_tree()
    assert "no traceable origin" in text
    assert "number conflict" in text
    assert "## Findings" in found.as_markdown()


def test_the_report_ranks_single_sources_by_spread(store: Store) -> None:
    linked(store, ENGLISH, article(f"Heard: {KILLED}.", outlet="Naba", day=6), TAX, DENIAL)
    found = overview(store.connection)
    (single,) = found.single
    assert (single.triple, single.severity) == ((1, 0, 2), Severity.LOW)
    (loss,) = found.losses
    assert (loss.outlet, loss.lost, loss.hops) == ("Naba", 1, 1)
    (time,) = found.times
    assert (time.relays, time.least, time.most) == (1, 2 * 86_400, 4 * 86_400)
    assert found.as_markdown().startswith("# ")


def test_the_report_is_the_same_however_many_reports_are_read_at_a_time(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    linked(store, WIRE, CITING, OTHER_TOLL, DENIAL, TAX)
    whole = overview(store.connection)
    assert whole.claims > 1
    steps: list[tuple[str, int, int | None]] = []
    monkeypatch.setattr("claimtrack.analysis.overview.AT_ONCE", 1)
    assert overview(store.connection, step=lambda *step: steps.append(step)) == whole
    assert len(steps) == whole.claims
    assert steps[-1] == ("reports", 5, 5)


def test_an_empty_database_has_an_empty_report(store: Store) -> None:
    found = overview(store.connection)
    assert (found.claims, found.single, found.losses) == (0, (), ())
    assert found.as_markdown().count("None.") == 5


def test_a_judgement_makes_two_claims_one_in_every_analysis(store: Store) -> None:
    left, right = add(store, ENGLISH, OTHER_TOLL)
    one, other = (ref.id for ref in read.latest_claims(store.connection))
    store.judge(one, other, Verdict.POSITIVE, evidence="x", run=None, user="a", at=LATER)
    (shared,) = diff(store.connection, left, right).shared
    assert "numbers" in shared.differs
