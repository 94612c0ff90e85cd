"""CSV opens in a spreadsheet: Arabic whole, nothing run, one table for each kind of thing."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.errors import OutputError
from claimtrack.export import csv_tables, export, save
from claimtrack.export.bundle import zipped
from claimtrack.export.sheets import FORMULA
from claimtrack.export.tables import AttributionRow
from claimtrack.store import Store, read
from tests.export.conftest import HOSTILE
from tests.match.stories import TAX

NAMES = {f"{name}.csv" for name in ("attributions", "claims", "documents", "sources", "relays")}
Rows = list[dict[str, str]]


def rows(data: bytes) -> Rows:
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def printed(store: Store) -> Rows:
    out = io.BytesIO()
    export("csv", store.connection, out)
    assert not out.closed
    return rows(out.getvalue())


def in_folder(store: Store, path: Path) -> Mapping[str, Rows]:
    save("csv", store.connection, path)
    return {file.name: rows(file.read_bytes()) for file in path.iterdir()}


CELLS = st.none() | st.integers(0) | st.floats(0, 1) | st.text(',"\r\n a=|\u2028أ', max_size=4)


@given(st.lists(st.tuples(CELLS, CELLS, CELLS), max_size=4))
def test_a_table_is_what_the_library_of_csv_itself_would_write(
    table: list[tuple[str | float | None, ...]],
) -> None:
    out, wanted = io.BytesIO(), io.StringIO(newline="")
    columns = ("a", "b", "c")
    assert csv_tables._write(out, columns, map(csv_tables._line, table)) == len(table)
    write = csv.writer(wanted).writerow
    write(columns)
    for row in table:
        write(map(harmless, row))
    assert out.getvalue().decode("utf-8-sig") == wanted.getvalue()


def harmless(cell: str | float | None) -> str | float | None:
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in FORMULA else cell


@pytest.mark.parametrize("name", ["neo4j", "csv", "xlsx"])
def test_what_is_written_can_be_thrown_away(name: str, store: Store) -> None:
    with Path("/dev/null").open("wb") as out:
        assert export(name, store.connection, out).written
    bundle = [("a", lambda stream: stream.write(b"b"))]
    with Path("/dev/null").open("wb") as out:
        assert zipped(bundle, out) == 1


def test_a_row_has_every_fact_of_an_attribution(store: Store) -> None:
    found = {row["attribution"]: row for row in printed(store)}
    views = list(read.all_attributions(store.connection))
    assert found.keys() == {view.id for view in views}
    for view in views:
        row = found[view.id]
        assert row["claim"] == view.claim_id
        assert (row["stance"], row["channel"]) == (view.stance, view.channel)
        assert float(row["confidence"]) == view.confidence
        assert (row["relayed_by"], row["responds_to"]) == (
            view.via_id or "",
            view.responds_to_id or "",
        )


def test_offsets_point_at_the_content(store: Store) -> None:
    texts = {
        ref.version_id: read.document(store.connection, ref.id).text
        for ref in read.all_documents(store.connection)
    }
    contents = [
        (texts[row["version"]][int(row["start"]) : int(row["end"])], row["content"])
        for row in printed(store)
    ]
    assert all(stretch == content for stretch, content in contents)
    assert TAX in dict(contents)


def test_arabic_comes_back_letter_by_letter(store: Store) -> None:
    assert TAX in {row["content"] for row in printed(store)}
    assert {"وزارة المالية القمرية"} <= {row["source_words"] for row in printed(store)}


def test_nothing_can_be_taken_for_a_formula(store: Store, tmp_path: Path) -> None:
    cells = [
        cell
        for table in in_folder(store, tmp_path / "out").values()
        for row in table
        for cell in row.values()
    ]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert {"'=cmd|' /C calc'!A0", "'+Outlet"} <= set(cells)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_each_character_that_starts_a_formula_is_made_harmless(store: Store, start: str) -> None:
    store.connection.execute("UPDATE source SET name = ?", (f"{start}1+1",))
    found = {row["source"] for row in printed(store)} - {""}
    assert found == {f"'{start}1+1"}


def test_line_ends_inside_a_cell_stay_what_they_were(store: Store) -> None:
    (content,) = (row["content"] for row in printed(store) if row["outlet"] == "'+Outlet")
    assert "\r\n" in content
    assert content == HOSTILE.extraction.attributions[0].content[0].of(HOSTILE.version.text)


def test_a_folder_gets_a_table_for_each_kind_of_thing(store: Store, tmp_path: Path) -> None:
    tables = in_folder(store, tmp_path / "out")
    counted = read.counts(store.connection)
    assert tables.keys() == NAMES
    assert {name: len(tables[f"{name}.csv"]) for name in ("claims", "documents", "sources")} == {
        "claims": counted.claims,
        "documents": counted.documents,
        "sources": counted.sources,
    }
    assert len(tables["relays.csv"]) == 2
    names = {row["source"]: row["names"] for row in tables["sources.csv"]}
    assert "وزارة المالية القمرية | Ministry of Finance of Qamaria | المالية القمرية" in set(
        names.values()
    )


def test_a_zip_holds_the_same_tables_and_the_same_bytes_each_time(
    store: Store, tmp_path: Path
) -> None:
    save("csv", store.connection, tmp_path / "one.zip")
    save("csv", store.connection, tmp_path / "two.ZIP")
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.ZIP").read_bytes()
    with zipfile.ZipFile(tmp_path / "one.zip") as bundle:
        tables = {name: rows(bundle.read(name)) for name in bundle.namelist()}
    assert tables == in_folder(store, tmp_path / "out")


def test_a_csv_file_gets_the_attributions(store: Store, tmp_path: Path) -> None:
    save("csv", store.connection, tmp_path / "a.csv")
    assert rows((tmp_path / "a.csv").read_bytes()) == printed(store)


def test_an_empty_database_gives_headers_alone(empty: Store) -> None:
    out = io.BytesIO()
    export("csv", empty.connection, out)
    assert out.getvalue().decode("utf-8-sig") == ",".join(AttributionRow._fields) + "\r\n"


def test_a_folder_that_holds_something_is_left_as_it_is(store: Store, tmp_path: Path) -> None:
    target = tmp_path / "out"
    target.mkdir()
    (target / "mine.txt").write_text("mine")
    with pytest.raises(OutputError, match=r"out: is not empty\. Name a new folder"):
        save("csv", store.connection, target)
    assert [file.name for file in target.iterdir()] == ["mine.txt"]
    assert {path.name for path in tmp_path.iterdir()} <= {
        "out",
        "claims.db",
        "claims.db-wal",
        "claims.db-shm",
    }


def test_an_empty_folder_is_filled(store: Store, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    assert in_folder(store, tmp_path / "out").keys() == NAMES


def test_words_in_several_stretches_stand_in_one_cell(store: Store) -> None:
    before = printed(store)
    row = before[0]
    number, more = store.connection.execute(
        "SELECT a.number, substr(v.text, ? + 2, 1) FROM attribution a"
        " JOIN document_version v ON v.id = a.version_id WHERE a.id = ?",
        (int(row["end"]), row["attribution"]),
    ).fetchone()
    store.connection.execute(
        "INSERT INTO attribution_position VALUES (?, 'content', 1, ?, ?)",
        (number, int(row["end"]) + 1, int(row["end"]) + 2),
    )
    after = printed(store)
    assert after[0]["content"] == f"{row['content']} … {more}"
    assert (after[0]["start"], after[0]["end"]) == (row["start"], str(int(row["end"]) + 2))
    assert after[0]["source_words"] == row["source_words"]
    assert after[1:] == before[1:]
