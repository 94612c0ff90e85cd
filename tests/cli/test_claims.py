"""`link`, `suggestions`, `judge`, `undo`, `assess`, `grade`, `log`, `diff`, `report`, `impact`."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from .conftest import Run

RunJson = Callable[..., Any]


@pytest.fixture
def desk(run: Run, tmp_path: Path) -> Path:
    """A database of three small articles about one market, linked."""
    lines = [
        {
            "id": str(at),
            "text": text,
            "lang": "en",
            "title": title,
            "outlet": outlet,
            "published": f"2025-03-0{at}",
            "url": f"https://{at}.example/a",
        }
        for at, (text, title, outlet) in enumerate(
            [
                (
                    (
                        "The Sidrun Monitor said seven civilians were killed in the shelling of a "
                        "market in Badrun."
                    ),
                    "Market shelled in Badrun",
                    "Sada Badrun",
                ),
                (
                    "Residents said that seven civilians died when a market in Badrun was shelled.",
                    "Seven die in Badrun market",
                    "Naba",
                ),
                (
                    (
                        "The ministry said nine civilians were killed in the shelling of a market"
                        " in Badrun."
                    ),
                    "Weapons used against a market in Badrun",
                    "Marafi",
                ),
            ],
            1,
        )
    ]
    (tmp_path / "news.jsonl").write_text("\n".join(map(json.dumps, lines)), "utf-8")
    path = tmp_path / "claims.db"
    assert run("add", "news.jsonl").exit_code == 0
    assert run("link").exit_code == 0
    return path


def ids(run_json: RunJson, kind: str = "claim") -> list[str]:
    found = run_json("search", "civilians", "--kind", kind)["hits"]
    return [hit["id"] for hit in found]


def documents(run_json: RunJson) -> list[str]:
    return [hit["id"] for hit in run_json("search", "market", "--kind", "document")["hits"]]


def test_link_says_what_it_did_and_does_nothing_twice(desk: Path, run_json: RunJson) -> None:
    assert run_json("link") == {
        "compared": 0,
        "voices": 0,
        "joined": 0,
        "blocked": 0,
        "suggested": 0,
        "relations": 0,
        "relays": 0,
        "outer": 0,
    }


def test_a_judgement_joins_and_undo_parts(desk: Path, run: Run, run_json: RunJson) -> None:
    before = sorted(ids(run_json))
    made = run_json("judge", before[0], before[1], "positive", "--reason", "one market")
    assert len(ids(run_json)) == len(before) - 1
    assert "undone" in run("undo", made["judgement"][:20]).stdout
    assert sorted(ids(run_json)) == before
    assert "was undone already" in run("undo", made["judgement"]).stdout
    assert run_json("log", "--limit", "2")[0]["action"] == "undo"


def test_a_negative_judgement_refuses_a_merge_and_is_named(
    desk: Path, run: Run, run_json: RunJson
) -> None:
    left, right, *_ = ids(run_json)
    made = run_json("judge", left, right, "negative")
    refused = run("judge", left, right, "positive")
    assert refused.exit_code == 1
    assert made["judgement"] in refused.stderr


def test_verdicts_and_grades_are_kept_with_their_rules(
    desk: Path, run: Run, run_json: RunJson
) -> None:
    claim = next(
        each
        for each in ids(run_json)
        if run_json("trace", each)["findings"]["origins"]["origins"] < 2
    )
    assert run_json("assess", claim, "false", "--text", "Old video.")["rating"] == "false"
    refused = run("grade", claim, "1")
    assert (refused.exit_code, "asks for two" in refused.stderr) == (1, True)
    assert run_json("grade", claim, "1", "--reason", "Seen myself.")["value"] == "1"
    assert run_json("grade", claim, "6")["value"] == "6"
    source = run_json("sources", "list")[0]["ref"]["id"]
    assert run_json("grade", source, "b", "--topic", "tolls")["value"] == "B"
    assert run("check").exit_code == 0


def test_two_articles_are_compared_as_text_json_and_markdown(
    desk: Path, run: Run, run_json: RunJson
) -> None:
    left, right, third = documents(run_json)
    found = run_json("diff", left, right)
    assert set(found) >= {"shared", "only_left", "only_right", "headlines"}
    assert run("diff", left, right, "--markdown").stdout.startswith("# ")
    shown = "".join(run("diff", left, each).stdout for each in (right, third))
    assert "only in the first" in shown
    assert "in the title and not in the body: weapons" in shown


def test_the_report_and_the_impact_are_printed(desk: Path, run: Run, run_json: RunJson) -> None:
    assert run_json("report")["claims"] >= 2
    assert run("report").stdout.splitlines()[0].endswith(" claims")
    assert run("report", "--markdown").stdout.startswith("# ")
    found = run_json("impact", documents(run_json)[0])
    assert found["claims"]
    shown = run("impact", documents(run_json)[0])
    assert "would be" in shown.stdout


def test_before_anything_was_added_nothing_is_known(
    desk: Path, run: Run, run_json: RunJson
) -> None:
    claim = ids(run_json)[0]
    early = run("trace", claim, "--as-of", "2000-01-01")
    assert (early.exit_code, early.stdout) == (1, "")
    assert run_json("report", "--as-of", "2000-01-01")["claims"] == 0
    assert run_json("trace", claim, "--as-of", "2999-01-01")["claim_id"] == claim


@pytest.mark.parametrize(
    "arguments",
    [
        ["judge", "claim-000000", "claim-111111", "positive"],
        ["judge", "{document}", "{claim}", "positive"],
        ["judge", "{claim}", "{claim}", "positive"],
        ["undo", "claim-123456"],
        ["undo", "judgement-123456"],
        ["assess", "claim-000000", "true"],
        ["assess", "{claim}", "true", "--url", "javascript:alert(1)"],
        ["grade", "{claim}", "9"],
        ["grade", "Nobody", "A"],
        ["grade", "{claim}", "2", "--since", "yesterday"],
        ["diff", "{document}", "{claim}"],
        ["diff", "document-000000", "{document}"],
        ["impact", "{claim}"],
        ["trace", "{document}"],
        ["trace", "{claim}", "--as-of", "soon"],
        ["report", "--as-of", "31.3.2026"],
    ],
    ids=lambda arguments: " ".join(arguments[:3]),
)
def test_what_cannot_be_done_is_said_in_one_line(
    desk: Path, run: Run, run_json: RunJson, arguments: list[str]
) -> None:
    known = {"claim": ids(run_json)[0], "document": documents(run_json)[0]}
    before = desk.read_bytes()
    result = run(*(each.format(**known) for each in arguments))
    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 1
    assert desk.read_bytes() == before


def test_suggestions_are_listed(desk: Path, run: Run, run_json: RunJson) -> None:
    assert isinstance(run_json("suggestions"), list)
    assert run("suggestions").exit_code == 0
