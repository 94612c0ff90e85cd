"""Evaluation at the command line: with predictions, or of the engine itself."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from .articles import write
from .conftest import Run

TEXT = "قالت وزارة المالية القمرية إن الضريبة على القمح ستنخفض في آذار المقبل."


def span(words: str) -> list[list[int]]:
    return [[TEXT.index(words), TEXT.index(words) + len(words)]]


RIGHT = {
    "source": span("وزارة المالية القمرية"),
    "cue": span("قالت"),
    "content": span("الضريبة على القمح ستنخفض في آذار المقبل"),
}


def files(elsewhere: Path, *pred: dict[str, Any]) -> tuple[Path, Path]:
    line = {"id": "a", "lang": "ar", "outlet": "نبأ", "text": TEXT}
    gold = write(elsewhere / "gold.jsonl", json.dumps(line | {"attributions": [RIGHT]}))
    guess = write(elsewhere / "pred.jsonl", json.dumps({"id": "a", "attributions": pred}))
    return gold, guess


def test_the_table_shows_the_figures(run: Run, elsewhere: Path) -> None:
    result = run("evaluate", *files(elsewhere, RIGHT))
    assert result.exit_code == 0
    rows = {line.split()[0]: line.split()[1:] for line in result.stdout.splitlines()[2:]}
    assert rows["attribution"][::2] == ["100.0", "100.0", "100.0"]


def test_without_predictions_the_engine_is_judged(
    run_json: Callable[..., Any], elsewhere: Path
) -> None:
    gold, _ = files(elsewhere)
    found = run_json("evaluate", gold, "--bootstrap", "0")
    assert found["attribution"]["f1"] == 1
    assert found["sizes"] == {"articles": 1, "missing_in_pred": 0, "gold": 1, "pred": 1}


def test_what_gold_says_of_a_page_is_not_told_to_the_engine(
    run_json: Callable[..., Any], elsewhere: Path
) -> None:
    gold, _ = files(elsewhere)
    line = json.loads(gold.read_text("utf-8")) | {"boilerplate": [[0, len(TEXT)]], "body": []}
    gold.write_text(json.dumps(line))
    assert run_json("evaluate", gold)["sizes"]["pred"] == 1


def test_errors_and_groups_are_shown_on_request(run: Run, elsewhere: Path) -> None:
    wrong = RIGHT | {"source": span("القمح")}
    result = run("evaluate", *files(elsewhere, wrong), "--errors", "--by", "outlet")
    assert "\nsource: 1 (1 wrong)\n" in result.stdout
    assert "pred: [القمح] {قالت}" in result.stdout
    assert "\nنبأ" in result.stdout


def test_what_was_missed_or_made_up_is_shown_from_one_side(run: Run, elsewhere: Path) -> None:
    made_up = {"source": [], "cue": span("آذار"), "content": span("المقبل"), "pattern": "verb"}
    shown = run("evaluate", *files(elsewhere, made_up), "--errors").stdout
    assert "\ncue unknown: 2 (1 missed, 1 spurious)\n" in shown
    missed, spurious = shown.split("\n  spurious  ")
    assert "gold: [وزارة المالية القمرية] {قالت}" in missed
    assert "pred:" not in missed
    assert "pred: [] {آذار} ⟦المقبل⟧" in spurious
    assert "(verb)" in spurious
    assert "gold:" not in spurious


def test_who_relays_is_shown_where_that_is_wrong(run: Run, elsewhere: Path) -> None:
    inner = {"id": 2, "cue": span("إن"), "content": span("الضريبة على القمح")}
    gold, pred = files(elsewhere, RIGHT | {"id": 1}, inner)
    article = json.loads(gold.read_text("utf-8"))
    article["attributions"] = [RIGHT | {"id": 1}, inner | {"via": 1}]
    gold.write_text(json.dumps(article))
    shown = run("evaluate", gold, pred, "--errors").stdout
    wanted = "gold: [] {إن} ⟦الضريبة على القمح⟧ via [وزارة المالية القمرية] {قالت}\n"
    assert wanted in shown
    assert "pred: [] {إن} ⟦الضريبة على القمح⟧\n" in shown


def test_mistakes_are_written_as_a_page(run: Run, elsewhere: Path) -> None:
    result = run("evaluate", *files(elsewhere), "--html", "page.html")
    assert result.exit_code == 0
    assert "errors" not in result.stdout
    page = (elsewhere / "page.html").read_text("utf-8")
    assert "<title>pred.jsonl against gold.jsonl</title>" in page
    assert '<mark class="cue">قالت</mark>' in page
    assert run("evaluate", "gold.jsonl", "--html", "own.html").exit_code == 0
    assert "<title>claimtrack against gold.jsonl</title>" in (elsewhere / "own.html").read_text()


def test_a_page_does_not_take_the_place_of_what_is_compared(run: Run, elsewhere: Path) -> None:
    gold, pred = files(elsewhere)
    before = gold.read_bytes()
    result = run("evaluate", gold, pred, "--html", gold)
    assert result.exit_code == 1
    assert result.stderr == f"claimtrack: {gold}: is one of the inputs. Name another file.\n"
    assert gold.read_bytes() == before


def test_no_page_is_left_behind_by_files_that_cannot_be_compared(run: Run, elsewhere: Path) -> None:
    gold, pred = files(elsewhere, {"content": [[0, 999]]})
    assert run("evaluate", gold, pred, "--html", "page.html").exit_code == 1
    assert sorted(path.name for path in elsewhere.iterdir()) == ["gold.jsonl", "pred.jsonl"]


def test_a_page_that_cannot_be_written_is_told_before_anything_is_extracted(
    run: Run, elsewhere: Path
) -> None:
    gold, _ = files(elsewhere)
    result = run("evaluate", gold, "--html", "nowhere/page.html")
    assert result.exit_code == 1
    assert result.stderr.startswith("claimtrack: nowhere/page.html: cannot be written")


def test_errors_and_groups_are_members_of_the_json(
    run_json: Callable[..., Any], elsewhere: Path
) -> None:
    found = run_json("evaluate", *files(elsewhere), "--errors", "--by", "cue")
    assert [(one["fault"], one["cause"]) for one in found["errors"]] == [("missed", "cue unknown")]
    assert [(one["name"], one["gold"], one["pred"]) for one in found["groups"]] == [("قالت", 1, 0)]
    assert "errors" not in run_json("evaluate", *files(elsewhere))


def test_a_text_that_no_engine_can_read_is_named_and_counted_as_missed(
    run: Run, elsewhere: Path
) -> None:
    gold, _ = files(elsewhere)
    empty = {"id": "b", "text": " ", "attributions": []}
    gold.write_text(f"{gold.read_text('utf-8')}\n{json.dumps(empty)}")
    result = run("evaluate", gold, "--json")
    assert json.loads(result.stdout)["sizes"]["missing_in_pred"] == 1
    assert result.stderr.startswith(f"claimtrack: {gold}:2: empty")


def test_what_cannot_be_compared_is_one_line(run: Run, elsewhere: Path) -> None:
    gold, pred = files(elsewhere, {"content": [[0, 999]]})
    result = run("evaluate", gold, pred)
    assert result.exit_code == 1
    assert result.stderr.startswith(f"claimtrack: {pred}:1: article 'a', attribution 0, content")
    assert len(result.stderr.splitlines()) == 1


def test_gold_without_an_article_is_told_in_one_line(run: Run, elsewhere: Path) -> None:
    result = run("evaluate", write(elsewhere / "gold.jsonl", ""))
    assert result.exit_code == 1
    assert result.stderr == "claimtrack: There is no article in gold.\n"


def test_an_id_that_no_engine_can_be_given_is_still_the_articles(
    run_json: Callable[..., Any], elsewhere: Path
) -> None:
    line = {"id": "a\0b", "lang": "ar", "text": TEXT, "attributions": [RIGHT]}
    found = run_json("evaluate", write(elsewhere / "gold.jsonl", json.dumps(line)))
    assert found["attribution"]["f1"] == 1


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("", "There is no article"),
        ({"attributions": []}, "There is no attribution"),
        ({"lang": "xx"}, "There is no language pack for 'xx'"),
        ({"text": ""}, "gold.jsonl:1: article 'a' has no text."),
        ({"lang": 7}, "gold.jsonl:1: the field lang is wrong"),
    ],
)
def test_what_cannot_be_trained_on_is_told_in_one_line(
    run: Run, elsewhere: Path, line: str | dict[str, Any], problem: str
) -> None:
    whole = {"id": "a", "lang": "ar", "text": TEXT, "attributions": [RIGHT]}
    made = json.dumps(whole | line) if isinstance(line, dict) else line
    gold = write(elsewhere / "gold.jsonl", made)
    result = run("train", gold, "-o", elsewhere / "model.json")
    assert result.exit_code == 1
    assert problem in result.stderr
    assert result.stderr.count("\n") == 1
    assert not (elsewhere / "model.json").exists()


def test_a_model_is_trained_and_used(
    run: Run, run_json: Callable[..., Any], elsewhere: Path
) -> None:
    line = {"lang": "ar", "text": TEXT, "attributions": [RIGHT]}
    rows = [json.dumps(line | {"id": f"{at}", "outlet": f"{at % 2}"}) for at in range(6)]
    gold = write(elsewhere / "gold.jsonl", "\n".join(rows))
    result = run("train", gold, "-o", elsewhere / "model.json", "--folds", 2)
    assert result.exit_code == 0, result.stderr
    assert result.stdout.splitlines()[0].startswith("attribution")
    found = run_json("evaluate", gold, "--model", elsewhere / "model.json", "--bootstrap", 0)
    assert found["attribution"]["f1"] == 1
