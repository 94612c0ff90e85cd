"""What cannot be done is said in one line, with exit code 1, and nothing is half done."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from claimtrack.store import Store
from claimtrack.store.connection import APPLICATION_ID
from claimtrack.store.dump import canonical

from .articles import ARABIC, write
from .conftest import Run, claimtrack

Arguments = list[object]


def missing_file(_: Path) -> Arguments:
    return ["add", "nowhere.txt"]


def missing_directory(_: Path) -> Arguments:
    return ["add", "nowhere/"]


def directory_without_readable_files(here: Path) -> Arguments:
    (here / "pictures").mkdir()
    (here / "pictures" / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    return ["add", "pictures"]


def empty_directory(here: Path) -> Arguments:
    (here / "nothing").mkdir()
    return ["add", "nothing"]


def bytes_that_are_no_text(here: Path) -> Arguments:
    (here / "noise.txt").write_bytes(bytes(range(256)) * 40)
    return ["add", "noise.txt"]


def empty_article(here: Path) -> Arguments:
    write(here / "empty.txt", " \n\n ")
    return ["add", "empty.txt"]


def article_of_50_mb(here: Path) -> Arguments:
    write(here / "huge.txt", "قالت الوزارة إن الضريبة ستنخفض. " * 1_000_000)
    return ["add", "huge.txt"]


def huge_json_line(here: Path) -> Arguments:
    text = "قالت الوزارة إن الضريبة ستنخفض. " * 1_000_000
    write(here / "huge.jsonl", json.dumps({"id": "x", "text": text}, ensure_ascii=False))
    return ["add", "huge.jsonl"]


def address(_: Path) -> Arguments:
    return ["add", "http://127.0.0.1:9/1"]


def unknown_engine(here: Path) -> Arguments:
    return ["add", write(here / "a.txt", ARABIC), "--engine", "magic"]


def missing_registry(here: Path) -> Arguments:
    return ["add", write(here / "a.txt", ARABIC), "--registry", "nowhere.csv"]


def registry_that_is_none(here: Path) -> Arguments:
    write(here / "bad.csv", "name,age\nx,3\n")
    return ["add", write(here / "a.txt", ARABIC), "--registry", "bad.csv"]


def settings_with_an_unknown_key(here: Path) -> Arguments:
    write(here / "claimtrack.toml", 'dbb = "x.db"')
    return ["add", write(here / "a.txt", ARABIC)]


def workbook(here: Path) -> str:
    """Make one whose sheet is a thousand times as large as its file."""
    with ZipFile(here / "sheet.xlsx", "w", ZIP_DEFLATED) as book:
        book.writestr("xl/workbook.xml", "<workbook/>")
        book.writestr("xl/worksheets/sheet1.xml", b"<row>" * 10**7)
    return "sheet.xlsx"


def workbook_of_articles(here: Path) -> Arguments:
    return ["add", workbook(here)]


def workbook_to_import(here: Path) -> Arguments:
    return ["import", workbook(here)]


def export_that_contradicts_itself(here: Path) -> Arguments:
    run = {"id": "run-0", "recorded_at": "2025-03-04T09:30:00Z", "tool": "x", "version": "1"}
    export = {"format": "claimtrack", "version": 1, "runs": [run | {"configuration": {}}]}
    write(here / "broken.json", json.dumps(export))
    return ["import", "broken.json"]


def source_nobody_knows(_: Path) -> Arguments:
    return ["sources", "alias", "Nobody at all", "Somebody"]


INPUT: list[tuple[Callable[[Path], Arguments], str]] = [
    (missing_file, "nowhere.txt: no such file"),
    (missing_directory, "nowhere/: no such file or directory"),
    (directory_without_readable_files, "pictures: no readable article"),
    (empty_directory, "nothing: no readable article"),
    (bytes_that_are_no_text, "noise.txt: "),
    (empty_article, "empty.txt: empty"),
    (article_of_50_mb, "huge.txt: larger than"),
    (huge_json_line, "larger than"),
    (address, "http://127.0.0.1:9/1: 127.0.0.1 is an address of this machine"),
    (unknown_engine, "No engine called 'magic'. Installed: rules"),
    (missing_registry, "nowhere.csv"),
    (registry_that_is_none, "bad.csv"),
    (workbook_of_articles, "sheet.xlsx: an archive, workbook or office document that is no Word"),
    (workbook_to_import, "sheet.xlsx: is a workbook, an office document or an archive"),
    (export_that_contradicts_itself, "broken.json: is no sound export: run-0 is not the id"),
    (source_nobody_knows, "No source has the id 'Nobody at all'"),
    (settings_with_an_unknown_key, "unknown key 'dbb'. Did you mean 'db'?"),
]


def is_one_line(text: str, message: str) -> bool:
    (line,) = text.splitlines()
    return line.startswith("claimtrack: ") and message in line


@pytest.mark.parametrize(("prepare", "message"), INPUT, ids=[one.__name__ for one, _ in INPUT])
def test_bad_input_is_one_line_and_leaves_a_database_as_it_is(
    prepare: Callable[[Path], Arguments], message: str, run: Run, elsewhere: Path
) -> None:
    assert run("add", write(elsewhere / "first.txt", "قالت ليلى إن المطر نزل.")).exit_code == 0
    before = dump(elsewhere / "claims.db")
    result = run(*prepare(elsewhere))
    assert result.exit_code == 1, result.output
    assert is_one_line(result.stderr, message), result.stderr
    assert result.stdout == ""
    assert dump(elsewhere / "claims.db") == before


@pytest.mark.parametrize(("prepare", "message"), INPUT, ids=[one.__name__ for one, _ in INPUT])
def test_bad_input_makes_no_database(
    prepare: Callable[[Path], Arguments], message: str, run: Run, elsewhere: Path
) -> None:
    result = run(*prepare(elsewhere))
    assert (result.exit_code, is_one_line(result.stderr, message)) == (1, True), result.output
    assert not list(elsewhere.glob("*.db*"))


def dump(path: Path) -> list[str]:
    with Store.open(path, readonly=True) as store:
        return list(canonical(store.connection))


def text_file(path: Path) -> None:
    path.write_text("not a database at all, " * 20)


def foreign_sqlite(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE recipe (name TEXT)")
    connection.close()


def newer_schema(path: Path) -> None:
    with Store.open(path, create=True) as store:
        store.connection.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at)"
            " VALUES ('claimtrack', 'm999_from_the_future', '2030-01-01')"
        )


def truncated(path: Path) -> None:
    Store.open(path, create=True).close()
    path.write_bytes(path.read_bytes()[:6000])


def claims_to_be_ours(path: Path) -> None:
    header = bytearray(b"SQLite format 3\0" + bytes(84))
    header[68:72] = APPLICATION_ID.to_bytes(4, "big")
    path.write_bytes(bytes(header) + b"nonsense" * 500)


DATABASES: list[tuple[Callable[[Path], None], str]] = [
    (text_file, "is not a claimtrack database"),
    (foreign_sqlite, "is not a claimtrack database"),
    (newer_schema, "was written by a newer claimtrack"),
    (truncated, "is damaged"),
    (claims_to_be_ours, "is damaged"),
]
COMMANDS: list[Arguments] = [
    ["add", "a.txt"],
    ["search", "x"],
    ["show", "abcdef"],
    ["trace", "abcdef"],
    ["sources", "list"],
    ["sources", "show", "abcdef"],
    ["export", "json"],
    ["export", "graphml", "-o", "out.graphml"],
    ["check"],
    ["serve"],
]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda one: " ".join(map(str, one)))
@pytest.mark.parametrize(("make", "message"), DATABASES, ids=[one.__name__ for one, _ in DATABASES])
def test_a_database_that_cannot_be_used_is_named_and_left_alone(
    make: Callable[[Path], None], message: str, command: Arguments, run: Run, elsewhere: Path
) -> None:
    write(elsewhere / "a.txt", ARABIC)
    database = elsewhere / "other.db"
    make(database)
    before = database.read_bytes()
    result = run(*command, "--db", "other.db")
    assert result.exit_code == 1, result.output
    assert is_one_line(result.stderr, message), result.stderr
    assert database.read_bytes() == before
    assert not (elsewhere / "out.graphml").exists()


@pytest.mark.parametrize("command", COMMANDS[1:], ids=lambda one: " ".join(map(str, one)))
def test_a_missing_database_is_named_and_not_made(
    command: Arguments, run: Run, elsewhere: Path
) -> None:
    result = run(*command)
    assert (result.exit_code, is_one_line(result.stderr, "claims.db")) == (1, True), result.output
    assert not list(elsewhere.glob("*.db*"))


@pytest.mark.parametrize(
    "place", ["/proc/claims.db", "a.txt/claims.db", "nowhere/claims.db", "."], ids=str
)
def test_a_place_where_no_database_can_be_is_named(place: str, run: Run, elsewhere: Path) -> None:
    write(elsewhere / "a.txt", ARABIC)
    result = run("add", "a.txt", "--db", place)
    assert (result.exit_code, is_one_line(result.stderr, place)) == (1, True), result.output


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere"
)
def test_a_directory_that_may_not_be_written_is_named(run: Run, elsewhere: Path) -> None:
    write(elsewhere / "a.txt", ARABIC)
    (elsewhere / "locked").mkdir(mode=0o555)
    result = run("add", "a.txt", "--db", "locked/claims.db")
    assert (result.exit_code, is_one_line(result.stderr, "locked/claims.db")) == (1, True)


def test_an_old_sqlite_is_named(run: Run, elsewhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(elsewhere / "a.txt", ARABIC)
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 36, 0))
    result = run("add", "a.txt")
    assert (result.exit_code, is_one_line(result.stderr, "3.36.0")) == (1, True), result.output
    assert not list(elsewhere.glob("*.db*"))


def test_reading_does_not_wait_for_a_writer(run: Run, elsewhere: Path) -> None:
    write(elsewhere / "a.txt", ARABIC)
    assert run("add", "a.txt").exit_code == 0
    with closing(sqlite3.connect("claims.db", isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        assert run("search", "القمح").exit_code == 0


UNKNOWN = [
    (["show", "abcdef"], "No claim, document, source or attribution has the id 'abcdef'"),
    (["show", "abc"], "'abc'. Give its first 6 digits at least."),
    (["show", "claim-2370"], "'claim-2370'. Give its first 6 digits at least."),
    (["trace", "claim-2370"], "No claim or attribution has the id 'claim-2370'. Give its first 6"),
    (["sources", "show", "Nobody"], "for a name either. List them with: claimtrack sources list"),
    (["show", "قمح"], "'قمح'"),
    (["trace", "document-abcdef"], "It is the id of another kind of thing, a document."),
    (["impact", "claim-abcdef"], "'claim-abcdef'. It is the id of another kind of thing, a claim."),
    (["diff", "source-abcdef", "document-abcdef"], "of another kind of thing, a source."),
    (["trace", "claim-abcdef", "--as-of", "2020-01-01"], "recorded by 2020-01-01, that"),
    (["report", "--as-of", "soon"], "--as-of: 'soon' is no date."),
    (["sources", "show", "claim-abcdef"], "'claim-abcdef'"),
    (["export", "pdf"], "No export format called 'pdf'. There are: canvas, claimreview, "),
    (["export", "dossier"], "A dossier is of a claim. Give --claim ID."),
    (["export", "dossier", "--lang", "ar"], "It is of claims. Give --claim alone."),
    (["export", "dossier", "--claim", "claim-abcdef0"], "No claim has the id"),
    (["export", "xlsx", "--simple"], "Only a graph has edges to join."),
    (["export", "png", "--check"], "A picture is of one claim. Give --claim ID, once."),
    (["export", "json", "--simple"], "Only a graph has edges to join. Leave --simple out."),
    (["export", "gexf", "--claim", "claim-abcdef0"], "No claim has the id 'claim-abcdef0'"),
    (["export", "gexf", "--document", "claim-abcdef0"], "No document has the id"),
    (["export", "gexf", "--source", "Nobody"], "No source has the id 'Nobody'"),
    (["export", "gexf", "--query", "xyzzy"], "No report answers to all of that."),
    (["export", "gexf", "--query", ""], "No report answers to all of that."),
    (["export", "gexf", "--lang", "xx"], "No report answers to all of that."),
    (["export", "csv", "--since", "soon"], "--since: 'soon' is no date."),
    (["undo", "--by", "noura", "--since", "soon"], "--since: 'soon' is no date."),
    (["log", "--since", ""], "--since: '' is no date."),
    (["grade", "claim-abcdef0", "2", "--until", "soon"], "--until: 'soon' is no date."),
    (["export", "gexf", "--since", "2999-01-01"], "No report answers to all of that."),
    (["export", "json", "--claim", "claim-abcdef0", "-o", "x.json"], "No claim has the id"),
    (["export", "json", "-o", "/proc/x.json"], "/proc/x.json: cannot be written"),
    (["export", "json", "-o", "."], ".: "),
]


@pytest.mark.parametrize(("command", "message"), UNKNOWN, ids=[" ".join(one) for one, _ in UNKNOWN])
def test_what_does_not_exist_is_named(
    command: list[str], message: str, run: Run, samples: Path
) -> None:
    result = run(*command, "--db", samples)
    assert result.exit_code == 1, result.output
    assert is_one_line(result.stderr, message), result.stderr


VALUES = [
    (["add", "a.txt", "--workers", "0"], "'--workers': Input should be greater than or equal to 1"),
    (["add", "a.txt", "--field", "text"], "--field: 'text' is not like text=content. Ours are: "),
    (["link", "--workers", "many"], "'--workers': Input should be a valid integer"),
    (["search", "x", "--limit", "0"], "'--limit': Input should be greater than or equal to 1"),
    (
        ["search", "x", "--kind", "verdict"],
        "'verdict' is not one of 'claim', 'attribution', 'document'.",
    ),
    (["serve", "--port", "70000"], "'--port': Input should be less than or equal to 65535"),
    (["evaluate", "gold", "--by", "mood"], "'mood' is not one of 'outlet', 'kind', 'cue'."),
    (["extract", "a.txt", "--format", "parquet"], "-o: Parquet goes into a folder; name one."),
    (["reextract"], "Give the ids of documents, or --all."),
    (["sources", "export", "--format", "pdf"], "Give one of: "),
]


@pytest.mark.parametrize(("command", "message"), VALUES, ids=[" ".join(one) for one, _ in VALUES])
def test_a_value_that_cannot_be_is_named(command: list[str], message: str, run: Run) -> None:
    result = run(*command)
    assert (result.exit_code, result.stdout) == (1, "")
    assert is_one_line(result.stderr, message), result.stderr


MISTAKES: list[tuple[list[str], int]] = [
    (["add", "nowhere.txt"], 1),
    (["extract", "nowhere.txt"], 1),
    (["evaluate", "nowhere.jsonl"], 1),
    (["search", "x"], 1),
    (["show", "abcdef"], 1),
    (["export", "pdf"], 1),
    (["check"], 1),
    (["serve"], 1),
    (["demo", "--db", "/proc/x.db", "--no-serve"], 1),
    (["serve", "--port", "70000"], 1),
    (["nonsense"], 2),
    (["add"], 2),
]


@pytest.mark.parametrize(
    ("arguments", "code"), MISTAKES, ids=[" ".join(one) for one, _ in MISTAKES]
)
def test_a_mistake_shows_no_traceback(arguments: list[str], code: int, elsewhere: Path) -> None:
    done = claimtrack(*arguments, cwd=elsewhere)
    assert done.returncode == code
    assert "Traceback" not in done.stderr
    assert len(done.stderr.splitlines()) == (1 if code == 1 else 4)
