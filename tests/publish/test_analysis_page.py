"""The analyses of the whole database, each leading to the claims it rests on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from claimtrack.model.vocabulary import ClaimRelationKind
from claimtrack.publish import build
from claimtrack.publish.pages import analyses
from claimtrack.store import Store, read
from tests.publish import sample
from tests.publish.conftest import Get, Loop, asked_of, source_id


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One denies another, two articles run in a circle, one drops its source."""
    path = tmp_path_factory.mktemp("told") / "told.db"
    sample.make(path)
    with Store.open(path) as store:
        claims = sample.claims_of(store)
        run = store.connection.execute("SELECT id FROM run LIMIT 1").fetchone()[0]
        reports = dict(store.connection.execute("SELECT id, attribution_id FROM claim").fetchall())
        arabic, english = reports[claims["ar", 2]], reports[claims["en", 1]]
        store.connection.execute(
            "INSERT INTO claim_relation (id, left_id, right_id, kind, score, evidence, run_id,"
            " recorded_at) VALUES ('relation-1', ?, ?, ?, 0.5, '', ?, '2024')",
            (claims["ar", 1], claims["ar", 3], ClaimRelationKind.NEGATES.value, run),
        )
        for number, pair in enumerate(((english, arabic), (arabic, english))):
            store.connection.execute(
                "INSERT INTO relay (id, child_id, parent_id, kind, evidence, run_id, recorded_at)"
                " VALUES (?, ?, ?, 'relays', '', ?, '2024')",
                (f"relay-{number}", *pair, run),
            )
    return path


@pytest.fixture(scope="module")
def ask(told: Path, loop: Loop) -> Iterator[Get]:
    for of in asked_of(loop):
        yield of(build(told))


def section(page: str, name: str) -> str:
    start = page.index(f'<section id="{name}">')
    return page[start : page.index("</section>", start)]


def test_the_matrix_says_who_disputes_whom(ask: Get, ids: dict[tuple[str, int], str]) -> None:
    disputes = section(ask("/analysis?lang=en").text, "disputes")
    embassy, ministry = source_id("dr-embassy-qa"), source_id("qa-mod")
    row = disputes[disputes.index('<th scope="row">') :]
    assert embassy in row[: row.index("</th>")]
    assert ministry in disputes[: disputes.index("<tbody>")]
    assert '<td class="full"><a href="/claim/' in disputes
    assert f'href="/claim/{ids["ar", 1]}"' in disputes


def test_circles_are_told_with_whom_they_hold(ask: Get, ids: dict[tuple[str, int], str]) -> None:
    circles = section(ask("/analysis?lang=en").text, "circles")
    assert "Articles" in circles
    assert "The Badrun Herald" in circles
    assert "صدى بدرون" in circles
    assert "It has no origin outside." in circles
    assert f'href="/claim/{ids["ar", 1]}/graph"' in circles


def test_claims_that_rest_on_one_origin_or_none_lead_to_their_pages(
    ask: Get, ids: dict[tuple[str, int], str]
) -> None:
    single = section(ask("/analysis?lang=en").text, "single")
    assert "2 articles and no origin that can be traced" in single
    assert f'href="/claim/{ids["ar", 1]}"' in single


def test_time_to_relay_is_a_table_with_a_bar(ask: Get) -> None:
    times = section(ask("/analysis?lang=en").text, "times")
    assert '<bdi dir="ltr">0.0 – 48.0</bdi>' in times
    assert '<rect class="span"' in times
    assert "1 report is dated before the one it was taken from" not in times


def test_it_says_that_it_rests_on_what_nobody_checked(ask: Get) -> None:
    page = ask("/analysis?lang=en").text
    assert "This rests on 8 reports that a machine found." in page
    assert ask("/analysis.json").json()["overview"]["claims"] == 4


def test_a_large_database_is_looked_at_in_part_and_says_so(
    database: Path, loop: Loop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(analyses, "LOOKED_AT", 2)
    for of in asked_of(loop):
        page = of(build(database))("/analysis?lang=en").text
        assert "the most reported and the latest disputed claims: <bdi>2 / 4</bdi>" in page


def test_a_claim_too_large_to_be_looked_at_keeps_no_other_from_it(
    database: Path, loop: Loop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(analyses, "LOOKED_AT", 2)
    with Store.open(database, readonly=True) as store:
        first, second = read.most_reported_claims(store.connection, 2)
        monkeypatch.setattr(analyses, "REPORTS", second.reports)
        assert first.reports > second.reports
        assert analyses.analysed(store.connection).looked_at == 1
