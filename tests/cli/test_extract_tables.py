"""`claimtrack extract --format parquet`: tables of a corpus, read again by DuckDB."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
import pytest

from claimtrack.store import Store

from .articles import many, write
from .conftest import Run

ARTICLES = 6


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    lines = many(ARTICLES).splitlines()
    return write(
        tmp_path_factory.mktemp("corpus") / "news.jsonl", "\n".join([*lines, '{"id": "x"}'])
    )


@pytest.fixture
def extracted(corpus: Path, run: Run) -> Path:
    done = run("extract", corpus, "--format", "parquet", "-o", "found", "--partition-size", 2)
    assert done.exit_code == 1  # one line is no article
    assert "the field text is missing" in done.stderr
    assert f"found: {ARTICLES} articles" in done.stderr
    return Path("found").absolute()


def test_the_tables_have_the_rows_and_ids_of_a_database(
    extracted: Path, corpus: Path, run: Run
) -> None:
    run("add", corpus, "--db", "a.db")
    with Store.open("a.db", readonly=True) as store:
        held = store.connection.execute(
            'SELECT a.id, a.source_id, s.exact, s.start, s."end", a.run_id FROM attribution a'
            " JOIN attribution_span s ON s.attribution_id = a.id AND s.role = 'content'"
            " ORDER BY a.id, s.ord"
        ).fetchall()
    found = duckdb.sql(
        "SELECT attribution, source_id, array_slice(text, span.start + 1, span.end), span.start,"
        f" span.end, made_by FROM (FROM '{extracted}/attributions/*.parquet'"
        f" SELECT *, unnest(content_spans) AS span) JOIN '{extracted}/articles/*.parquet'"
        " USING (version) ORDER BY attribution, span.start"
    ).fetchall()
    assert held
    assert found == held


def test_a_folder_is_gone_on_with_and_holds_nothing_else(
    extracted: Path, corpus: Path, run: Run
) -> None:
    made = {path: path.stat().st_mtime_ns for path in extracted.rglob("*.parquet")}
    missing = sorted(path for path in made if path.parent.name == "articles")[0]
    missing.unlink()
    left = write(Path(f"{missing}.0123"), "what a worker left that died")
    again = run("extract", corpus, "--format", "parquet", "-o", "found", "--partition-size", 2)
    partitions = len(list((extracted / "articles").iterdir()))
    assert again.exit_code == 1
    assert f"in {partitions} partitions ({partitions - 1} made before)" in again.stderr
    assert "the field text is missing" in again.stderr
    assert not left.exists()
    assert {path for path in made if path.stat().st_mtime_ns == made[path]} == {
        path for path in made if path.name != missing.name
    }

    whole = missing.read_bytes()
    missing.write_bytes(whole[:-20])
    mended = run("extract", corpus, "--format", "parquet", "-o", "found", "--partition-size", 2)
    assert f"({partitions - 1} made before)" in mended.stderr
    assert missing.read_bytes() == whole

    other = run("extract", corpus, "--format", "parquet", "-o", "found", "--partition-size", 1)
    assert other.exit_code == 1
    assert "holds what is not of this run" in other.stderr


def test_what_tables_came_to_is_told_as_json(corpus: Path, run: Run) -> None:
    done = run("extract", corpus, "--format", "parquet", "-o", "found", "--json")
    told = json.loads(done.stdout)
    assert (told["articles"], told["partitions"], told["made_before"]) == (ARTICLES, 1, 0)
    assert [one["reason"] for one in told["skipped"]] == ["the field text is missing"]
    assert len(done.stderr.splitlines()) == 1


def test_parquet_needs_a_folder(corpus: Path, run: Run) -> None:
    write(Path("a-file"), "here")
    done = run("extract", corpus, "--format", "parquet", "-o", "a-file")
    assert (done.exit_code, done.stderr) == (
        1,
        "claimtrack: a-file: is no folder. Name one with -o.\n",
    )
    done = run("extract", corpus, "--format", "parquet", "-o", "a-file/found")
    assert done.stderr == (
        "claimtrack: a-file/found: cannot be made (Not a directory). Name another with -o.\n"
    )


def test_two_processes_write_what_one_does(run: Run) -> None:
    write(Path("news.jsonl"), many(40))
    one = run("extract", "news.jsonl")
    two = run("extract", "news.jsonl", "--workers", 2)
    assert one.exit_code == two.exit_code == 0
    assert two.stdout == one.stdout
    assert one.stdout.count("\n") == 40
