"""`claimtrack correct`: decisions about reports, said on the command line or in a file."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from claimtrack.store import Store
from claimtrack.store.dump import canonical
from claimtrack.store.verify import verify
from tests.store.build import STORY, add_story

from .conftest import Run

RunJson = Callable[..., Any]


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A database of one story with three reports."""
    path = tmp_path / "claims.db"
    with Store.open(path, create=True) as store:
        add_story(store)
    return path


@pytest.fixture
def shown(desk: Path, run_json: RunJson) -> dict[str, Any]:
    """Return the story as `show` tells it."""
    with Store.open(desk, readonly=True) as store:
        (document,) = store.connection.execute("SELECT id FROM document").fetchone()
    found: dict[str, Any] = run_json("show", document)["document"]
    return found


def reports(run_json: RunJson, shown: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = run_json("show", shown["ref"]["id"])["document"]["attributions"]
    return found


def words(report: dict[str, Any], role: str = "content") -> str:
    return " … ".join(quote[2] for quote in report["quotes"].get(role, ()))


def dump(path: Path) -> list[str]:
    with Store.open(path, readonly=True) as store:
        assert verify(store.connection) == ()
        return list(canonical(store.connection))


def test_words_of_the_text_say_where_a_missed_report_stands(
    run: Run, run_json: RunJson, shown: dict[str, Any]
) -> None:
    done = run(
        *("correct", "add", shown["ref"]["id"][:16]),
        *("--source", "وكالة النورس", "--content", "أكبر موانئ قمرية", "--channel", "report"),
        *("--who", "Nawras Agency", "--why", "read on"),
    )
    assert done.exit_code == 0, done.stderr
    assert "Undo it with: claimtrack undo correction-" in done.stdout
    last = reports(run_json, shown)[-1]
    assert (words(last), last["channel"], last["run"]) == (
        "أكبر موانئ قمرية",
        "report",
        "person noura",
    )
    assert last["source"]["name"] == "Nawras Agency"


def test_a_change_says_only_what_changes(
    run_json: RunJson, shown: dict[str, Any], run: Run
) -> None:
    _, second, _ = shown["attributions"]
    (made,) = run_json("correct", "change", second["id"], "--content", "ميناء الصدفة أُغلق")
    (new,) = made["attributions"]
    changed = next(one for one in reports(run_json, shown) if one["id"] == new)
    assert words(changed) == "ميناء الصدفة أُغلق"
    for name in ("source", "channel", "stance", "assertion", "via_id", "claim_id"):
        assert changed[name] == second[name]
    assert run("undo", made["correction"]).exit_code == 0
    assert reports(run_json, shown) == shown["attributions"]


def test_a_report_is_split_joined_accepted_and_its_document_complete(
    run: Run, run_json: RunJson, shown: dict[str, Any], desk: Path
) -> None:
    first, second, third = (one["id"] for one in shown["attributions"])
    parts = ("--content", "أُغلق", "--content", "أمام السفن")
    (made,) = run_json("correct", "split", second, *parts)
    run_json("correct", "join", *made["attributions"], "--why", "one after all")
    run_json("correct", "accept", first, third)
    run_json("correct", "complete", shown["ref"]["id"])
    assert [words(one) for one in reports(run_json, shown)][1] == "أُغلق … أمام السفن"
    state = run_json("correct", "show", first)
    assert state["decided"]["action"] == "accept"
    assert verify_clean(desk)
    assert run("log").stdout.count("correct ") == 5


def verify_clean(path: Path) -> bool:
    return bool(dump(path))


def test_the_second_of_two_reviewers_is_told(
    run: Run, run_json: RunJson, shown: dict[str, Any], desk: Path
) -> None:
    first = shown["attributions"][0]["id"]
    seen = run_json("correct", "show", first)["token"]
    assert run("correct", "accept", first, "--seen", seen, "--user", "anna").exit_code == 0
    before = dump(desk)
    late = run("correct", "reject", first, "--why", "no", "--seen", seen, "--user", "boris")
    assert (late.exit_code, late.stdout) == (1, "")
    assert "is not as you saw it: anna accepted it at" in late.stderr
    assert dump(desk) == before


BAD: dict[str, tuple[list[str], str]] = {
    "a boundary outside the text": (
        ["change", "{second}", "--content", "3:9000"],
        "content 3:9000 is not within the text of version-",
    ),
    "words that stand nowhere": (
        ["change", "{second}", "--content", "the moon"],
        "'the moon' stands nowhere in the text",
    ),
    "words that stand in several places": (
        ["add", "{document}", "--content", "ميناء الصدفة"],
        "stands in 3 places",
    ),
    "a rejection without a reason": (["reject", "{first}"], "is not rejected without a reason"),
    "a change that changes nothing": (["change", "{first}"], "is just so already"),
    "a missed report without content": (["add", "{document}"], "Say which words: content"),
    "a part that is alone": (["split", "{first}", "--content", "ميناء"], "into two or more"),
    "one report joined with nothing": (["join", "{first}"], "Give two or more"),
    "an unknown report": (["accept", "attribution-ffffff"], "has the id 'attribution-ffffff'"),
    "an unknown source": (["change", "{first}", "--who", "Nobody"], "has the id 'Nobody'"),
    "itself as relayer": (["change", "{first}", "--via", "{first}"], "cannot be the via"),
    "a retired report": (["accept", "{gone}"], "is retired: noura rejected it at"),
    "a file that is not there": (["--from", "no.jsonl"], "no.jsonl: cannot be read"),
}


@pytest.mark.parametrize("case", BAD)
def test_what_cannot_be_done_is_one_line_and_changes_nothing(
    run: Run, shown: dict[str, Any], desk: Path, case: str
) -> None:
    arguments, told = BAD[case]
    first, second, third = (one["id"] for one in shown["attributions"])
    assert run("correct", "reject", third, "--why", "none").exit_code == 0
    places = {"first": first, "second": second, "gone": third, "document": shown["ref"]["id"]}
    before = dump(desk)
    done = run("correct", *(one.format(**places) for one in arguments))
    assert (done.exit_code, done.stdout) == (1, "")
    assert told in done.stderr
    assert done.stderr.count("\n") == 1
    assert dump(desk) == before


def test_a_report_that_is_retired_is_not_said_never_to_have_been(
    run: Run, shown: dict[str, Any]
) -> None:
    gone = shown["attributions"][0]["id"]
    assert run("correct", "reject", gone, "--why", "none").exit_code == 0
    told = run("show", gone)
    assert (told.exit_code, told.stdout) == (1, "")
    assert f"{gone} is retired: noura rejected it" in told.stderr


# --- files


def test_decisions_of_a_file_are_all_taken_in_or_none(
    run: Run, run_json: RunJson, shown: dict[str, Any], desk: Path, tmp_path: Path
) -> None:
    first, second, _ = (one["id"] for one in shown["attributions"])
    good = [
        {"action": "accept", "attribution": first, "by": "anna"},
        {"action": "change", "attribution": second, "draft": {"content": ["ميناء الصدفة أُغلق"]}},
        {
            "action": "add",
            "document": shown["ref"]["id"],
            "draft": {"content": [[len(STORY) - 5, len(STORY)]]},
            "at": "2031-05-05T10:00:00Z",
        },
    ]
    wrong = {"action": "accept", "attribution": second}
    path = tmp_path / "decisions.jsonl"
    before = dump(desk)
    path.write_text("\n".join(map(json.dumps, [*good, wrong])), "utf-8")
    refused = run("correct", "--from", path)
    assert refused.exit_code == 1
    assert "decisions.jsonl:4: " in refused.stderr
    assert "is retired: noura changed it" in refused.stderr
    assert dump(desk) == before
    path.write_text("\n".join(map(json.dumps, good)), "utf-8")
    assert len(run_json("correct", "--from", path)["made"]) == 3
    assert run_json("correct", "show", first)["decided"]["by"] == "anna"


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("{", "is not JSON in UTF-8"),
        ("[1]", "This is no decision: give a JSON object."),
        ('{"action": "praise"}', "action: Input should be 'accept'"),
        ('{"action": "accept"}', "It says nothing of 'attribution'"),
        ('{"action": "add", "draft": {}}', "It says nothing of 'document'"),
        ('{"action": "accept", "attribution": "x", "who": 1}', "who: Extra inputs"),
        ('{"action": "change", "draft": {"content": []}}', "draft.content: give one at least"),
        ('{"action": "accept", "at": "yesterday"}', "at: Input should be a valid datetime"),
    ],
)
def test_a_line_that_is_no_decision_is_named(
    run: Run, desk: Path, tmp_path: Path, line: str, told: str
) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_text(line, "utf-8")
    before = dump(desk)
    done = run("correct", "--from", path)
    assert done.exit_code == 1
    assert "bad.jsonl:1: " in done.stderr
    assert told in done.stderr
    assert dump(desk) == before


# --- teaching


def test_the_extractor_is_measured_against_what_people_decided(
    run: Run, run_json: RunJson, shown: dict[str, Any]
) -> None:
    nothing = run("evaluate", "--from-reviews")
    assert nothing.exit_code == 1
    assert "no sentence, of which people decided about every report" in nothing.stderr
    assert run("correct", "complete", shown["ref"]["id"]).exit_code == 0
    figures = run_json("evaluate", "--from-reviews", "--bootstrap", 0)
    assert figures["reviewed"] == {
        "complete": 1,
        "partly": 0,
        "sentences": 0,
        "attributions": 3,
    }
    assert "1 text read to the end" in run("evaluate", "--from-reviews", "--bootstrap", 0).stdout


def test_what_people_decided_is_gold_for_train_and_evaluate(
    run: Run, run_json: RunJson, shown: dict[str, Any]
) -> None:
    run("correct", "complete", shown["ref"]["id"])
    assert run("export", "gold", "-o", "gold.jsonl", "--check").exit_code == 0
    from_file = run_json("evaluate", "gold.jsonl", "--bootstrap", 0)
    from_desk = run_json("evaluate", "--from-reviews", "--bootstrap", 0)
    from_desk.pop("reviewed")
    assert from_file == from_desk


def test_gold_is_a_file_or_what_people_decided(run: Run, desk: Path) -> None:
    for arguments in ([], ["gold.jsonl", "--from-reviews"]):
        assert run("evaluate", *arguments).exit_code == 1
