"""`claimtrack compare`: two texts, or a file of pairs."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from .conftest import Run

OPEN, CLOSED = "The bridge is open.", "الجسر مغلق."


def test_two_texts_are_compared_and_it_says_why(run: Run) -> None:
    result = run("compare", OPEN, CLOSED)
    assert result.exit_code == 0
    assert result.stdout.splitlines()[0].startswith("contradicts (")
    assert "“open” against “مغلق”" in result.stdout


def test_as_json_it_gives_relation_score_and_evidence(run_json: Callable[..., Any]) -> None:
    found = run_json("compare", OPEN, CLOSED)
    assert (found["relation"], found["evidence"][0]["sign"]) == ("contradicts", "opposite")
    assert 0 < found["score"] <= 1


def test_lines_keep_their_fields_and_gain_what_was_found(run: Run, tmp_path: Path) -> None:
    line = {"a": OPEN, "b": OPEN, "lang_a": "en", "lang_b": "en", "note": "ours"}
    (tmp_path / "pairs.jsonl").write_text(json.dumps(line) + "\n\n", "utf-8")
    result = run("compare", "pairs.jsonl")
    found = json.loads(result.stdout)
    assert found.pop("shared")
    told = {"relation": "same", "score": 1.0, "evidence": [], "one_deed": True}
    assert found == {**line, **told}


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        (b"{", "not JSON"),
        (b"[]", "not an object"),
        (b'{"a": "x"}', "no text 'b'"),
        (b'{"a": "x", "b": ""}', "no text 'b'"),
        (b'{"a": "x", "b": "y", "lang_a": 3}', "lang_a is no language code"),
        (b"\xff\xfe\x00", "not UTF-8"),
        (json.dumps({"a": "x" * 6000, "b": "y"}).encode(), "is longer than 5000"),
    ],
)
def test_a_bad_line_is_named_and_counted_and_the_others_are_compared(
    run: Run, line: bytes, problem: str
) -> None:
    good = json.dumps({"a": OPEN, "b": OPEN}).encode()
    result = run("compare", "-", stdin=good + b"\n" + line + b"\n")
    assert result.exit_code == 1
    assert json.loads(result.stdout)["relation"] == "same"
    assert problem in result.stderr
    assert "1 lines left out." in result.stderr


@pytest.mark.parametrize(
    "arguments", [["nowhere.jsonl"], ["one", "two", "three"], ["one", " "], ["one", "x" * 6000]]
)
def test_what_cannot_be_compared_is_said_in_one_line(run: Run, arguments: list[str]) -> None:
    result = run("compare", *arguments)
    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 1
