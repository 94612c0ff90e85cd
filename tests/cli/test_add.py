"""Articles go in: what was done is said, and doing it again changes nothing."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from claimtrack.cli import adding
from claimtrack.pipeline import AddReport
from claimtrack.store import Store, read
from claimtrack.store.dump import canonical

from .articles import ARABIC, ENGLISH, HTML, many, write
from .conftest import Run, claimtrack


def documents(path: Path) -> int:
    with Store.open(path, readonly=True) as store:
        return read.counts(store.connection).documents


def dump(path: Path) -> list[str]:
    with Store.open(path, readonly=True) as store:
        return list(canonical(store.connection))


def test_text_html_and_json_lines_are_told_apart_by_their_content(
    run: Run, elsewhere: Path
) -> None:
    write(elsewhere / "news" / "one.txt", ARABIC)
    write(elsewhere / "news" / "two.dat", HTML)
    write(elsewhere / "news" / "deep" / "three", many(3))
    result = run("add", "news")
    assert result.exit_code == 0, result.stderr
    assert result.stdout.startswith("claims.db: 5 articles added, 0 new versions, 0 unchanged; ")
    assert documents(elsewhere / "claims.db") == 5


def test_adding_twice_changes_nothing(
    run: Run, run_json: Callable[..., Any], elsewhere: Path
) -> None:
    write(elsewhere / "a.txt", ARABIC)
    write(elsewhere / "b.jsonl", many(5))
    run("add", "a.txt", "b.jsonl")
    before = dump(elsewhere / "claims.db")
    report = run_json("add", "b.jsonl", "a.txt")
    assert (report["added"], report["unchanged"], report["attributions"]) == (0, 6, 0)
    assert dump(elsewhere / "claims.db") == before


def test_standard_input_is_an_input(run: Run, elsewhere: Path) -> None:
    result = run("add", "-", stdin=ENGLISH)
    assert result.exit_code == 0
    assert documents(elsewhere / "claims.db") == 1


def test_another_text_at_the_same_address_is_a_new_version(
    run: Run, run_json: Callable[..., Any], elsewhere: Path
) -> None:
    line = {"id": "1", "url": "https://naba.example/1", "text": ENGLISH}
    write(elsewhere / "a.jsonl", json.dumps(line))
    run("add", "a.jsonl")
    write(elsewhere / "a.jsonl", json.dumps(line | {"text": ENGLISH.replace("March", "April")}))
    report = run_json("add", "a.jsonl")
    assert (report["added"], report["new_versions"]) == (0, 1)
    assert documents(elsewhere / "claims.db") == 1


def test_what_cannot_be_read_is_named_and_the_rest_is_kept(run: Run, elsewhere: Path) -> None:
    write(elsewhere / "a.jsonl", f"{many(2)}\nnot json\n{many(3)}")
    write(elsewhere / "empty.txt", "\n")
    write(elsewhere / "b.txt", ARABIC)
    result = run("add", "a.jsonl", "empty.txt", "b.txt")
    assert result.exit_code == 1
    first, second = result.stderr.splitlines()
    assert first.startswith("claimtrack: a.jsonl:3: not JSON")
    assert second.startswith("claimtrack: empty.txt: empty")
    assert result.stdout.startswith(
        "claims.db: 4 articles added, 0 new versions, 2 unchanged, 2 skipped; "
    )


def test_the_report_as_json_is_the_documented_shape(run: Run, elsewhere: Path) -> None:
    write(elsewhere / "a.jsonl", f"{many(1)}\n{{}}")
    result = run("add", "a.jsonl", "--json")
    report = AddReport.model_validate_json(result.stdout)
    assert (report.added, [one.place for one in report.skipped]) == (1, ["a.jsonl:2"])
    assert result.exit_code == 1


def test_a_language_without_a_pack_is_counted_and_named(run: Run, elsewhere: Path) -> None:
    line = {"id": "1", "lang": "fr", "text": "Le ministre a dit que la taxe baisserait."}
    write(elsewhere / "a.jsonl", json.dumps(line))
    result = run("add", "a.jsonl")
    assert result.exit_code == 0
    assert "1 article in 'fr' without attributions: no language pack" in result.stdout


def test_characters_that_no_text_may_hold_are_counted(run: Run, elsewhere: Path) -> None:
    line = {"id": "1", "text": "Lena said that it\u0000 rained \ud800 all day in Badrun."}
    write(elsewhere / "a.jsonl", json.dumps(line))
    assert "2 unusable characters replaced" in run("add", "a.jsonl").stdout


def test_claims_that_somebody_keeps_apart_are_counted(
    capsys: pytest.CaptureFixture[str], elsewhere: Path
) -> None:
    adding.show(AddReport(added=1, blocked=2), elsewhere / "claims.db")
    assert "\n2 pairs of claims left apart, as somebody judged\n" in capsys.readouterr().out


@pytest.mark.parametrize("place", ["before", "after", "environment", "file"])
def test_the_database_may_be_named_in_four_places(
    place: str, run: Run, elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(elsewhere / "a.txt", ARABIC)
    before = ["--db", "my.db"] if place == "before" else []
    after = ["--db", "my.db"] if place == "after" else []
    if place == "environment":
        monkeypatch.setenv("CLAIMTRACK_DB", "my.db")
    if place == "file":
        write(elsewhere / "claimtrack.toml", 'db = "my.db"')
    assert run(*before, "add", "a.txt", *after).exit_code == 0
    assert documents(elsewhere / "my.db") == 1


@pytest.mark.parametrize("arguments", [["--user", "omar", "add"], ["add", "--user", "omar"]])
def test_the_log_names_who_added(arguments: list[str], run: Run, elsewhere: Path) -> None:
    write(elsewhere / "a.txt", ARABIC)
    assert run(*arguments, "a.txt").exit_code == 0
    with Store.open(elsewhere / "claims.db", readonly=True) as store:
        users = {row[0] for row in store.connection.execute("SELECT user FROM event_log")}
    assert users == {"omar"}


def test_further_registries_come_from_options_and_settings(run: Run, elsewhere: Path) -> None:
    cast = Path(__file__).parents[2] / "data" / "cast.csv"
    text = "قالت وزارة الدفاع القمرية إن المستودع احترق قبل الفجر بساعة واحدة."
    names = []
    for number, extra in enumerate(([], ["--registry", cast], None)):
        if extra is None:
            write(elsewhere / "claimtrack.toml", f'registries = ["{cast}"]')
        database = f"{number}.db"
        assert run("add", "-", *(extra or []), "--db", database, stdin=text).exit_code == 0
        with Store.open(elsewhere / database, readonly=True) as store:
            rows = read.sources(store.connection, limit=10)
            names.append([row.ref.country for row in rows if row.attributions])
    assert names[0] != names[1] == names[2]
    assert names[1] == ["XQ"]


def test_a_process_adds_and_says_so(elsewhere: Path) -> None:
    write(elsewhere / "a.txt", ARABIC)
    done = claimtrack("add", "a.txt", cwd=elsewhere)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("claims.db: 1 article added")
