"""`claimtrack sources` at the command line: edits, undone ones, files in and out."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from .articles import write
from .conftest import Run

RunJson = Callable[..., Any]
ARTICLE = "قال مرصد القمر إن الجسر أغلق أمام الشاحنات مساء الأحد."
HEAD = "key,kind,type,country,parent,relation,since,until,en\n"


def keys(run_json: RunJson, text: str) -> list[str]:
    return [each["key"] for each in run_json("sources", "search", text)["sources"]]


def test_a_source_of_ones_own_is_resolved_to_from_then_on(
    run: Run, run_json: RunJson, elsewhere: Path
) -> None:
    added = run_json("sources", "add", "Lunar Observer", "--type", "ngo")
    run_json("sources", "alias", "Lunar Observer", "مرصد القمر")
    write(elsewhere / "a.txt", ARTICLE)
    assert run("add", "a.txt").exit_code == 0
    (row,) = [each for each in run_json("sources", "list") if each["attributions"]]
    assert row["ref"]["id"] == added["id"]


def test_without_it_the_same_article_makes_a_source_of_its_own(
    run: Run, run_json: RunJson, elsewhere: Path
) -> None:
    write(elsewhere / "a.txt", ARTICLE)
    run("add", "a.txt")
    assert "Lunar Observer" not in {each["ref"]["name"] for each in run_json("sources", "list")}


def test_search_finds_the_registrys_sources_and_suggests_what_is_spelt_almost_so(
    run: Run, run_json: RunJson
) -> None:
    assert keys(run_json, "بومبيو") == ["mike-pompeo"]
    found = run_json("sources", "search", "Pompeio")
    assert found["sources"] == []
    assert [each["key"] for each in found["suggestions"]] == ["mike-pompeo"]
    assert "Spelt almost so" in run("sources", "search", "Pompeio").stderr
    assert "No source has" in run("sources", "search", "zzzzzzzzzz").stderr


def test_merging_splitting_and_undoing(run: Run, run_json: RunJson) -> None:
    first = run_json("sources", "add", "Lunar Observer")["id"]
    second = run_json("sources", "add", "Observatory of the Moon")["id"]
    run_json("sources", "merge", first, second, "--why", "one staff")
    shown = run("sources", "show", second).stdout
    assert "Lunar Observer" in shown
    assert f"merged: {second} Observatory of the Moon" in shown
    judged = run_json("sources", "split", second, first)["edit"]
    refused = run("sources", "merge", first, second)
    assert refused.exit_code == 1
    assert judged in refused.stderr
    assert run_json("sources", "undo")["edit"] == judged
    assert f"merged: {second}" in run("sources", "show", first).stdout
    assert run_json("sources", "split", "Observatory of the Moon", first)["edit"]  # by its own name
    assert f"merged: {second}" not in run("sources", "show", first).stdout
    assert run("check").exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (("merge", "own", "own"), "cannot be merged with itself"),
        (("split", "own", "own"), "cannot be split from itself"),
        (("merge", "own", "Nobody at All"), "No source"),
        (("alias", "own", "Reuters"), "is a name of 'reuters'. Give it as a shared one (--weak)"),
        (("add", "Reuters"), "is a name of 'reuters' already"),
        (("add", "own"), "has the key 'own-own' already"),
        (("add", " — "), "' — ' is no name: it has no letter or digit."),
        (("alias", "own", ""), "'' is no name: it has no letter or digit."),
        (("undo", "edit-000000"), "edit-000000"),
    ],
)
def test_what_cannot_be_is_refused_in_one_line(
    run: Run, run_json: RunJson, arguments: tuple[str, ...], problem: str
) -> None:
    run_json("sources", "add", "own")
    before = run("sources", "export").stdout
    result = run("sources", *arguments)
    assert result.exit_code == 1
    assert problem in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1
    assert run("sources", "export").stdout == before


def test_a_shared_name_may_be_given_as_a_weak_one(run_json: RunJson) -> None:
    run_json("sources", "add", "Lunar Observer")
    assert run_json("sources", "alias", "Lunar Observer", "the Observer", "--weak")["edit"]


def test_what_is_exported_can_be_imported_elsewhere(
    run: Run, run_json: RunJson, elsewhere: Path
) -> None:
    run_json("sources", "add", "Lunar Observer", "--type", "ngo", "--country", "xa")
    run_json("sources", "alias", "Lunar Observer", "مرصد القمر")
    assert run("sources", "export", "-o", "out.csv").exit_code == 0
    report = run_json("--db", "other.db", "sources", "import", "out.csv")
    assert (len(report["added"]), report["left_out"]) == (1, [])
    again = run_json("--db", "other.db", "sources", "import", "out.csv")
    assert (again["added"], again["known"]) == ([], 1)
    (row,) = csv.DictReader((elsewhere / "out.csv").read_text("utf-8").splitlines())
    assert (row["en"], row["ar"], row["country"]) == ("Lunar Observer", "مرصد القمر", "XA")


def test_entities_go_out_and_come_in(run: Run, run_json: RunJson, elsewhere: Path) -> None:
    run_json("sources", "add", "Lunar Observer", "--type", "ngo")
    run("sources", "export", "--format", "ftm", "-o", "out.jsonl")
    lines = [json.loads(each) for each in (elsewhere / "out.jsonl").read_text().splitlines()]
    assert [each["schema"] for each in lines] == ["Organization"]
    report = run_json("--db", "other.db", "sources", "import", "out.jsonl")
    assert len(report["added"]) == 1


def test_an_import_says_what_was_left_out_and_why(run: Run, elsewhere: Path) -> None:
    table = "name,type\nReuters,news_agency\nLunar Post,news_outlet\nLunar Ship,vessel\n"
    write(elsewhere / "names.csv", table)
    result = run("sources", "import", "names.csv")
    assert result.exit_code == 1
    assert "1 source added, 0 known already, 2 left out" in result.stdout
    first, second = result.stderr.strip().splitlines()
    assert "names.csv:4: unknown type 'vessel'" in first
    assert "names.csv:2: 'Reuters' is 'reuters' already" in second


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("own.csv", HEAD + "moon,body,ngo,,,,,,Lunar Union\nship,outlet,news_outlet,,moon,"
         "owned_by,,,Lunar Ship\n"),
        ("refine.csv", "name,type\nLunar Union,ngo\nLunar Ship,news_outlet\n"),
        ("people.jsonl", "\n".join(
            json.dumps({"id": named, "schema": schema, "properties": {"name": [named]}})
            for named, schema in (("Lunar Union", "Organization"), ("Lena Example", "Person")))),
    ],
)  # fmt: skip
def test_an_import_is_undone_as_one_step(
    run: Run, run_json: RunJson, elsewhere: Path, name: str, text: str
) -> None:
    run_json("sources", "add", "Lunar Observer")
    before = run("sources", "export").stdout
    write(elsewhere / name, text)
    report = run_json("sources", "import", name)
    assert len(report["added"]) == 2
    number = report["entry"]
    edit = run_json("sources", "alias", report["added"][0], "The Moon")["edit"]
    refused = run("undo", number)
    assert refused.exit_code == 1
    assert len(refused.stderr.splitlines()) == 1
    assert edit in refused.stderr
    run_json("undo", edit)
    assert len(run_json("undo", number)["undone"]) == 2
    assert run("sources", "export").stdout == before
    assert run_json("undo", number)["already"] == [f"entry {number}"]
    assert [each["action"] for each in run_json("log")][:2] == ["undo", "undo"]
    assert run("check").exit_code == 0
    assert len(run_json("sources", "import", name)["added"]) == 2


@pytest.mark.parametrize(
    ("rows", "problem"),
    [
        ("a,outlet,news_outlet,,b,bought_by,,,A\n", ":2: unknown relation 'bought_by'"),
        ("a,outlet,news_outlet,,,,,,Reuters\n", "'Reuters' is a name of 'reuters' too"),
        ("a,body,ngo,,,,,,One\nb,body,ngo,,,,,,One\n", ":3: b: 'One' is a name of 'a' too"),
        ("a,body,company,,b,owned_by,,,A1\nb,body,company,,a,owned_by,,,B1\n",
         ":2: ownership turns in a circle"),
        ("a,body,company,,reuters,owned_by,2020,2019,A1\n", ":2: 2020 to 2019 ends before"),
        ("a,body,company,,nobody,owned_by,,,A1\n", "no source has the key 'nobody'"),
        ("reuters,agency,news_agency,,,,,,Other\n", ":2: key 'reuters' is taken"),
        ("a,outlet,news_outlet,,ru,owned_by,,,A1\n", "by a state: its type is state_media"),
    ],
)  # fmt: skip
def test_a_wrong_row_is_named_by_file_and_line_before_anything_is_written(
    run: Run, elsewhere: Path, rows: str, problem: str
) -> None:
    write(elsewhere / "own.csv", HEAD + rows)
    run("sources", "add", "Lunar Observer")
    before = run("sources", "export").stdout
    result = run("sources", "import", "own.csv")
    assert result.exit_code == 1
    assert problem in result.stderr
    assert "own.csv" in result.stderr
    assert run("sources", "export").stdout == before


def test_a_file_that_is_nothing_of_the_sort_is_told(run: Run, elsewhere: Path) -> None:
    (elsewhere / "x.csv").write_bytes(b"\xff\xfe\x00")
    assert "not UTF-8" in run("sources", "import", "x.csv").stderr
    assert "cannot be read" in run("sources", "import", "none.csv").stderr
    assert run("sources", "export", "--format", "xml").exit_code == 1
