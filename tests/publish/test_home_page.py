"""The first page: what it warns of, and that it tells what the database holds now."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from claimtrack.analysis.front import alerts
from claimtrack.model.vocabulary import Verdict
from claimtrack.publish import build
from claimtrack.store import Store
from claimtrack.store.state import state
from tests.publish import sample
from tests.publish.conftest import Get

LATER = datetime(2024, 6, 1, 9, tzinfo=UTC)


def test_claims_to_be_careful_with_say_why_and_on_what_that_rests(
    get: Get, ids: dict[tuple[str, int], str]
) -> None:
    page = get("/?lang=en").text
    careful = page[page.index("Claims to be careful with") : page.index("Most reported claims")]
    denied = careful[careful.index(ids["ar", 3]) :]
    assert "Disputed: somebody denies it" in denied
    assert "Embassy of Dravonia, Badrun" in denied
    assert "This rests on 2 reports that a machine found." in denied


def test_those_in_most_articles_come_first(database: Path) -> None:
    with Store.open(database, readonly=True) as store:
        found = alerts(store.connection, 10)
        few = alerts(store.connection, 1)
    assert few == found[:1]
    articles = [alert.triple[2] for alert in found]
    assert articles == sorted(articles, reverse=True)


def test_the_first_page_is_made_anew_when_something_was_decided(
    tmp_path: Path, asking: Callable[[Any], Get]
) -> None:
    path = tmp_path / "desk.db"
    sample.make(path)
    get = asking(build(path))
    counts = [get("/home.json").json()["counts"]["claims"] for _ in range(2)]
    with Store.open(path) as store:
        claims = sample.claims_of(store)
        by = {"run": None, "user": "sami", "at": LATER, "evidence": "one"}
        before = state(store.connection)
        made = store.judge(claims["ar", 1], claims["en", 2], Verdict.POSITIVE, **by)
        assert state(store.connection) != before
    counts.append(get("/home.json").json()["counts"]["claims"])
    with Store.open(path) as store:
        store.undo(made, user="sami", at=LATER)
    counts.append(get("/home.json").json()["counts"]["claims"])
    assert counts == [counts[0], counts[0], counts[0] - 1, counts[0]]
