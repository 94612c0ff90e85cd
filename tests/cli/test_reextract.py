"""Held texts are read again with other words: rows follow, and what was judged waits."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from claimtrack.cli import reextracting
from claimtrack.model.vocabulary import Verdict
from claimtrack.pipeline import ReextractReport
from claimtrack.store import Store, read
from claimtrack.store.dump import canonical
from claimtrack.store.views import AttributionView

from .articles import ARABIC, many, write
from .conftest import Run, claimtrack
from .test_terminal import on_terminal

RunJson = Callable[..., Any]

HEAD = "lemma,assertion,stance,channel,takes,forms"
DOUBTED = "أضاف,claim,distancing,,that quote,past.ms=أضاف past.fs=أضافت"
PACK = f"{HEAD}\n{DOUBTED.replace('claim', 'assert')}\n"
"""Words by which "he added" keeps away from what was added: its row in the text becomes another."""


@pytest.fixture
def articles(run: Run, elsewhere: Path) -> Path:
    """Return a database of two articles, read with the words that ship."""
    write(elsewhere / "a.txt", ARABIC)
    write(elsewhere / "b.txt", f"{ARABIC}\nوهذا كل شيء.")
    assert run("add", "a.txt", "b.txt").exit_code == 0
    return elsewhere / "claims.db"


@pytest.fixture
def other_words(elsewhere: Path) -> None:
    """Have claimtrack.toml name words of our own from now on."""
    write(elsewhere / "our-words" / "ar" / "verbs.csv", PACK)
    write(elsewhere / "claimtrack.toml", 'packs = ["our-words"]')


def dump(path: Path) -> list[str]:
    with Store.open(path, readonly=True) as store:
        return list(canonical(store.connection))


def attributions(path: Path, cue: str) -> list[AttributionView]:
    with Store.open(path, readonly=True) as store:
        found = read.all_attributions(store.connection)
        return [each for each in found if cue in each.words("cue")]


def sound(run: Run, path: Path) -> bool:
    return run("check", "--db", path).exit_code == 0


def test_other_words_change_the_rows_that_they_are_in(
    run: Run, articles: Path, other_words: None, elsewhere: Path
) -> None:
    before = {each.stance.value for each in attributions(articles, "أضافت")}
    result = run("reextract", "--all")
    assert result.exit_code == 0, result.stderr
    assert result.stdout == (
        "claims.db: 2 documents read again, 6 attributions kept, 2 added, 2 retired, 0 queued\n"
    )
    after = {each.stance.value for each in attributions(articles, "أضافت")}
    assert (before, after) == ({"neutral"}, {"distancing"})
    assert run("add", "a.txt", "b.txt", "--db", "fresh.db").exit_code == 0
    assert dump(articles) == dump(elsewhere / "fresh.db")
    assert sound(run, articles)


def test_the_same_words_again_change_nothing(
    run: Run, run_json: RunJson, articles: Path, other_words: None
) -> None:
    run("reextract", "--all")
    before = dump(articles)
    report = run_json("reextract", "--all")
    assert (report["kept"], report["added"], report["retired"], report["links"]) == (8, 0, 0, 0)
    assert dump(articles) == before


def test_the_words_that_ship_again_bring_everything_back(
    run: Run, articles: Path, elsewhere: Path
) -> None:
    before = dump(articles)
    write(elsewhere / "our-words" / "ar" / "verbs.csv", PACK)
    write(elsewhere / "claimtrack.toml", 'packs = ["our-words"]')
    run("reextract", "--all")
    assert dump(articles) != before
    (elsewhere / "claimtrack.toml").unlink()
    run("reextract", "--all")
    assert dump(articles) == before
    assert sound(run, articles)


def test_what_is_retired_is_found_no_more(
    run: Run, run_json: RunJson, articles: Path, elsewhere: Path
) -> None:
    old = attributions(articles, "أضافت")[0]
    write(elsewhere / "our-words" / "ar" / "grammar.yaml", "never: [أضافت, وأضافت]\n")
    write(elsewhere / "claimtrack.toml", 'packs = ["our-words"]')
    report = run_json("reextract", "--all")
    assert (report["added"], report["retired"]) == (0, 2)
    hits = run_json("search", "جميع المخابز", "--kind", "attribution", "--kind", "claim")
    assert hits["total"] == 0
    for lost, told in ((old.id, "is retired"), (old.claim_id, "has the id")):
        result = run("show", lost)
        assert result.exit_code == 1
        assert told in result.stderr
    assert old.id not in run("export", "json").stdout


def test_only_the_named_documents_are_read_again(
    run_json: RunJson, articles: Path, other_words: None
) -> None:
    with Store.open(articles, readonly=True) as store:
        first, second = (each.id for each in read.all_documents(store.connection))
    report = run_json("reextract", first[: len("document-") + 8], first)
    assert (report["documents"], report["added"]) == (1, 1)
    stances = {each.document.id: each.stance.value for each in attributions(articles, "أضافت")}
    assert stances == {first: "distancing", second: "neutral"}


def test_what_somebody_judged_waits_for_review(run: Run, articles: Path, other_words: None) -> None:
    judged, other = attributions(articles, "أضافت")
    with Store.open(articles) as store:
        claims = store.connection.execute(
            "SELECT id FROM claim WHERE attribution_id = ?"
            " OR (attribution_id <> ? AND number = (SELECT min(number) FROM claim))",
            (judged.id, other.id),
        ).fetchall()
        store.judge(
            *(claim for (claim,) in claims),
            Verdict.UNSURE,
            evidence="read twice",
            run=None,
            user="anna",
            at=datetime(2031, 5, 4, tzinfo=UTC),
        )
    result = run("reextract", "--all")
    first, *rest = result.stdout.splitlines()
    assert "6 attributions kept, 2 added, 1 retired, 1 queued" in first
    assert rest == [
        f"{judged.id} is found no more, but somebody judged or accepted it: it waits for review"
    ]
    assert len(attributions(articles, "أضافت")) == 3
    assert run("show", judged.id).exit_code == 0
    assert sound(run, articles)


def test_the_report_as_json_is_the_documented_shape(run: Run, articles: Path) -> None:
    result = run("reextract", "--all", "--json")
    assert ReextractReport.model_validate_json(result.stdout).kept == 8


def test_a_language_without_a_pack_is_told(run: Run, articles: Path) -> None:
    line = {"id": "1", "lang": "fr", "text": "Le ministre a dit que la taxe baisserait."}
    assert run("add", "-", stdin=json.dumps(line)).exit_code == 0
    assert (
        "1 document in 'fr' left as they are: no language pack" in run("reextract", "--all").stdout
    )


def test_pairs_that_people_keep_apart_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    reextracting.show(ReextractReport(documents=1, kept=2, blocked=1), Path("claims.db"))
    assert capsys.readouterr().out.splitlines() == [
        "claims.db: 1 document read again, 2 attributions kept, 0 added, 0 retired, 0 queued",
        "1 pair of claims left apart, as somebody judged",
    ]


def test_progress_tells_how_many_there_are(articles: Path, elsewhere: Path) -> None:
    shown = on_terminal("reextract", "--all", cwd=elsewhere)
    assert "Reading again" in shown
    assert "claims.db: 2 documents read again" in shown


@pytest.mark.parametrize("arguments", [[], ["abcdef", "--all"]], ids=["nothing", "both"])
def test_either_documents_or_all_are_named(run: Run, articles: Path, arguments: list[str]) -> None:
    result = run("reextract", *arguments)
    assert result.exit_code == 1
    assert "Give the ids of documents, or --all." in result.stderr


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["abcdef0"], "No document has the id 'abcdef0'"),
        (["--all", "--engine", "magic"], "No engine called 'magic'"),
        (["--all", "--registry", "nowhere.csv"], "nowhere.csv"),
        (["--all", "--db", "nowhere.db"], "nowhere.db does not exist"),
        (["--all", "--db", "a.txt"], "a.txt is not a claimtrack database"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_is_wrong_is_one_line_and_nothing_is_changed(
    run: Run, articles: Path, arguments: list[str], problem: str
) -> None:
    before = dump(articles)
    result = run("reextract", *arguments)
    assert (result.exit_code, result.stdout) == (1, "")
    assert problem in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert dump(articles) == before


def test_a_bad_row_of_our_words_is_told_before_anything_is_read(
    run: Run, articles: Path, other_words: None, elsewhere: Path
) -> None:
    write(elsewhere / "our-words" / "ar" / "verbs.csv", f"{HEAD}\n{DOUBTED}\n")
    before = dump(articles)
    result = run("reextract", "--all")
    assert result.exit_code == 1
    assert "verbs.csv:2: assertion" in result.stderr
    assert dump(articles) == before


# --- killed

ARTICLES = 150


def read_again(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        row = connection.execute("SELECT count(*) FROM event_log WHERE action = 'reextract'")
        found: int = row.fetchone()[0]
    return found


def rows(path: Path) -> dict[str, list[tuple[str, str]]]:
    """Return the attributions of every document, by its address, each with what made it."""
    found: dict[str, list[tuple[str, str]]] = {}
    with Store.open(path, readonly=True) as store:
        for row in store.connection.execute(
            "SELECT identity, a.id, a.run_id FROM live_attribution a"
            " JOIN document d ON d.id = a.document_id ORDER BY a.document_id, a.ord"
        ):
            found.setdefault(row[0], []).append(row[1:])
    return found


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs kill -9")
@pytest.mark.parametrize("after", [1, 40])
def test_killed_while_reading_again_every_document_is_wholly_old_or_wholly_new(
    after: int, run: Run, elsewhere: Path
) -> None:
    write(elsewhere / "many.jsonl", many(ARTICLES))
    assert claimtrack("add", "many.jsonl", "--db", "killed.db", cwd=elsewhere).returncode == 0
    killed, fresh = elsewhere / "killed.db", elsewhere / "fresh.db"
    old = rows(killed)
    write(elsewhere / "our-words" / "ar" / "verbs.csv", PACK)
    write(elsewhere / "claimtrack.toml", 'packs = ["our-words"]')
    assert claimtrack("add", "many.jsonl", "--db", "fresh.db", cwd=elsewhere).returncode == 0
    new = rows(fresh)

    command = [sys.executable, "-m", "claimtrack", "reextract", "--all", "--db", "killed.db"]
    with subprocess.Popen(command, cwd=elsewhere, stdout=subprocess.DEVNULL) as process:
        while read_again(killed) < after and process.poll() is None:
            time.sleep(0.002)
        os.kill(process.pid, signal.SIGKILL)
    assert process.returncode == -signal.SIGKILL, "it was done before it was killed"
    half = rows(killed)
    done = {document for document in half if half[document] == new[document]}
    assert after <= len(done) < ARTICLES
    assert half == {document: (new if document in done else old)[document] for document in old}
    assert sound(run, killed)

    assert run("reextract", "--all", "--db", "killed.db").exit_code == 0
    assert dump(killed) == dump(fresh)
    assert sound(run, killed)
