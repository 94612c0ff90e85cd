"""A user's own cue words: an extra pack folder, named in claimtrack.toml."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from .articles import write
from .conftest import Run

HEAD = "lemma,assertion,stance,channel,takes,forms"
ROW = "زقزق,assert,distancing,,that quote,past.ms=زقزق past.fs=زقزقت"
TEXT = "زقزقت وزارة المالية القمرية أن الضريبة على القمح ستنخفض في آذار المقبل."
LINE = json.dumps({"id": "a", "lang": "ar", "text": TEXT}, ensure_ascii=False)


@pytest.fixture
def ours(elsewhere: Path) -> Path:
    """Return the verbs of an extra pack that claimtrack.toml names."""
    write(elsewhere / "claimtrack.toml", 'packs = ["my-pack"]')
    write(elsewhere / "a.jsonl", LINE)
    return write(elsewhere / "my-pack" / "ar" / "verbs.csv", f"{HEAD}\n{ROW}\n")


def found(run: Run) -> list[dict[str, Any]]:
    result = run("extract", "a.jsonl")
    assert result.exit_code == 0, result.stderr
    return list(json.loads(result.stdout)["attributions"])


def words(spans: list[list[int]]) -> str:
    return " … ".join(TEXT[start:end] for start, end in spans)


def test_a_verb_of_ours_is_a_cue(run: Run, ours: Path) -> None:
    (one,) = found(run)
    assert [words(one[role]) for role in ("source", "cue", "content")] == [
        "وزارة المالية القمرية",
        "زقزقت",
        "الضريبة على القمح ستنخفض في آذار المقبل",
    ]
    assert one["stance"] == "distancing"


def test_without_the_folder_it_is_none(run: Run, ours: Path, elsewhere: Path) -> None:
    (elsewhere / "claimtrack.toml").unlink()
    assert found(run) == []


def test_the_environment_may_name_the_folder_too(
    run: Run, ours: Path, elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (elsewhere / "claimtrack.toml").write_text('packs = ["nowhere"]')
    monkeypatch.setenv("CLAIMTRACK_PACKS", f"my-pack{os.pathsep}")
    assert len(found(run)) == 1


def test_a_language_of_ours_is_extracted_from(run: Run, ours: Path, elsewhere: Path) -> None:
    mine = elsewhere / "my-pack" / "eo"
    write(mine / "pack.yaml", "code: eo\nname: Esperanto\n")
    write(mine / "grammar.yaml", "subject: before\nthat: [ke]\ndeterminers: [la]\n")
    write(mine / "verbs.csv", f"{HEAD}\ndiri,assert,neutral,,that,diris\n")
    text = "La ministerio diris ke la digo estas preta."
    line = json.dumps({"id": "b", "lang": "eo", "text": text})
    result = run("extract", "-", stdin=line)
    (one,) = json.loads(result.stdout)["attributions"]
    assert [text[start:end] for start, end in one["content"]] == ["la digo estas preta"]
    assert [text[start:end] for start, end in one["source"]] == ["La ministerio"]


BAD = [
    ("my-pack/ar/verbs.csv", f"{HEAD}\n{ROW}\nهمس,whisper,neutral,,that,همس\n", "verbs.csv:3: ass"),
    ("my-pack/ru/nouns.csv", "form,assertion,stance,opens\nслух,assert\n", "nouns.csv:2: the row"),
    ("my-pack/en/boilerplate.yaml", "butons: [ok]\n", "boilerplate.yaml:1: unknown key 'butons'"),
    ("my-pack/verbs.csv", HEAD, "my-pack/verbs.csv: belongs in a folder named by its language"),
    ("claimtrack.toml", 'packs = ["not-here"]', "not-here: no such folder"),
]


@pytest.mark.parametrize("bad", BAD, ids=[name for name, *_ in BAD])
@pytest.mark.parametrize("command", ["add", "extract", "evaluate"])
def test_a_bad_row_is_one_line_before_anything_is_written(
    run: Run, ours: Path, elsewhere: Path, command: str, bad: tuple[str, str, str]
) -> None:
    name, text, problem = bad
    write(elsewhere / name, text)
    write(elsewhere / "a.jsonl", LINE.replace("{", '{"attributions": [], ', 1))
    result = run(command, "a.jsonl")
    assert result.exit_code == 1
    assert result.stdout == ""
    assert problem in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert not list(elsewhere.glob("*.db*"))


def test_a_run_names_the_words_it_was_made_with(run: Run, ours: Path, elsewhere: Path) -> None:
    configurations: list[dict[str, str]] = []
    for number, row in enumerate([ROW, ROW.replace("distancing", "neutral")]):
        # A process reads a pack once, so the changed one lies in another folder.
        write(elsewhere / f"pack-{number}" / "ar" / "verbs.csv", f"{HEAD}\n{row}\n")
        write(elsewhere / "claimtrack.toml", f'packs = ["pack-{number}"]')
        assert run("add", "a.jsonl", "--db", f"{number}.db").exit_code == 0
        with sqlite3.connect(elsewhere / f"{number}.db") as connection:
            (text,) = connection.execute(
                "SELECT configuration FROM run WHERE tool = 'rules'"
            ).fetchone()
        connection.close()
        configurations.append(json.loads(text))
    first, second = configurations
    assert {key for key in first if first[key] != second[key]} == {"pack:ar"}


def test_the_figures_of_evaluate_are_those_of_our_words(
    run_json: Callable[..., Any], ours: Path, elsewhere: Path
) -> None:
    cue = [TEXT.index("زقزقت"), len("زقزقت")]
    start = TEXT.index("الضريبة")
    gold = {"cue": [cue], "content": [[start, len(TEXT) - 1]]}
    write(elsewhere / "gold.jsonl", json.dumps(json.loads(LINE) | {"attributions": [gold]}))
    assert run_json("evaluate", "gold.jsonl", "--bootstrap", "0")["content.exact"]["f1"] == 1


def test_sources_may_have_names_in_a_language_of_ours(
    run: Run, ours: Path, elsewhere: Path
) -> None:
    mine = elsewhere / "my-pack" / "eo"
    write(mine / "pack.yaml", "code: eo\n")
    write(mine / "grammar.yaml", "subject: before\nthat: [ke]\n")
    write(mine / "verbs.csv", f"{HEAD}\ndiri,assert,neutral,,that,diris\n")
    write(elsewhere / "ours.csv", "key,kind,type,eo\nbirdo,outlet,news_outlet,Verda Birdo\n")
    line = json.dumps({"id": "b", "lang": "eo", "text": "Verda Birdo diris ke la digo pretas."})
    result = run("extract", "-", "--registry", "ours.csv", stdin=line)
    assert result.exit_code == 0, result.stderr
    (one,) = json.loads(result.stdout)["attributions"]
    assert (one["source_name"], one["source_type"]) == ("Verda Birdo", "news_outlet")


def test_held_texts_are_read_again_with_words_of_ours(
    run: Run, run_json: Callable[..., Any], ours: Path, elsewhere: Path
) -> None:
    (elsewhere / "claimtrack.toml").unlink()
    assert run("add", "a.jsonl").exit_code == 0
    write(elsewhere / "claimtrack.toml", 'packs = ["my-pack"]')
    report = run_json("reextract", "--all")
    assert (report["added"], report["retired"]) == (1, 0)
