"""Names of others are reconciled with sources, as OpenRefine asks for it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from claimtrack.publish import build
from tests.publish import sample
from tests.publish.conftest import Get, Loop, asked_of, source_id

MINISTRY = source_id("qa-mod")


def reconciled(get: Get, **query: Any) -> list[dict[str, Any]]:
    answer = get("/reconcile", params={"queries": json.dumps({"q0": query}), "lang": "en"})
    assert answer.headers["content-type"] == "application/json; charset=utf-8"
    found: list[dict[str, Any]] = answer.json()["q0"]["result"]
    return found


def test_the_service_says_what_it_is(get: Get) -> None:
    told = get("/reconcile?lang=en").json()
    assert told["versions"] == ["0.1", "0.2"]
    assert told["view"] == {"url": "http://localhost/source/{{id}}"}
    assert {"id": "embassy", "name": "embassy"} in told["defaultTypes"]


NAMES = [
    "Ministry of Defence of Qamaria",
    "ministry of defence  of qamaria",
    "وزارة الدفاع القمرية",
    "وِزارة الدفاع القمريه",
    "Министерство обороны Камарии",
]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_in_any_language_and_spelling_is_a_match(get: Get, name: str) -> None:
    first = reconciled(get, query=name)[0]
    assert (first["id"], first["score"], first["match"]) == (MINISTRY, 100.0, True)
    assert first["name"] == "Ministry of Defence of Qamaria"
    assert first["type"] == [{"id": "military", "name": "military"}]


def test_a_name_that_is_only_alike_is_no_match(get: Get) -> None:
    found = reconciled(get, query="Defence Ministry of Qamaria")
    assert found[0]["id"] == MINISTRY
    assert 50 < found[0]["score"] < 100
    assert not any(each["match"] for each in found)
    assert reconciled(get, query="nobody at all") == []


def test_only_the_types_and_as_many_as_are_asked_for(get: Get) -> None:
    assert [each["id"] for each in reconciled(get, query="Qamaria", type="military")] == [MINISTRY]
    assert len(reconciled(get, query="Qamaria of", limit=1)) == 1


def test_queries_may_be_posted(get: Get, database: Any, loop: Loop) -> None:
    queries = json.dumps({"a": {"query": "Sidrun Monitor"}, "b": {"query": "Telvar Press"}})
    for of in asked_of(loop):
        site = build(database)
        of(site)
        answer = loop.run(site.client.post("/reconcile", data={"queries": queries})).json()
    assert [answer[key]["result"][0]["id"] for key in "ab"] == [
        source_id("sidrun-monitor"),
        source_id("telvar-press"),
    ]


BAD = [
    "",
    "{",
    "[]",
    "7",
    '{"q": 3}',
    '{"q": {"query": null, "limit": "x", "type": {}}}',
    "[" * 9999,
]


@pytest.mark.parametrize("queries", BAD)
def test_what_is_no_query_is_answered_all_the_same(get: Get, queries: str) -> None:
    answer = get("/reconcile", params={"queries": queries})
    assert answer.status_code == 200
    assert "result" not in answer.text or answer.json()["q"]["result"] == []


def test_a_hostile_name_is_data(get: Get) -> None:
    found = reconciled(get, query=sample.HOSTILE.name)
    assert found[0]["id"] == sample.HOSTILE.id
