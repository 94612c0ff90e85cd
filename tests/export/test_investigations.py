"""Workbooks and FollowTheMoney entities, for those who investigate."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from xlsxwriter.worksheet import Worksheet

from claimtrack.export import describe, export, xlsx
from claimtrack.store import Store, read
from tests.export.world import DENIAL, FORMULA, NASTY, reports
from tests.match.stories import MINISTRY, TAX, Told, story

Entity = dict[str, Any]


def written(store: Store, name: str) -> bytes:
    out = io.BytesIO()
    export(name, store.connection, out)
    return out.getvalue()


def sheets(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    book = openpyxl.load_workbook(io.BytesIO(written(store, "xlsx")))
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}


def test_a_workbook_has_the_tables_of_csv(world: Store) -> None:
    found = sheets(world)
    assert list(found) == ["attributions", "claims", "documents", "sources", "relays"]
    table = list(csv.reader(io.StringIO(written(world, "csv").decode("utf-8-sig"), newline="")))
    assert list(found["attributions"][0]) == table[0]
    assert len(found["attributions"]) == len(table)
    contents = {row[table[0].index("content")] for row in found["attributions"]}
    assert TAX in contents


def test_words_are_never_formulas_or_links(world: Store) -> None:
    book = openpyxl.load_workbook(io.BytesIO(written(world, "xlsx")))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert FORMULA in {cell.value for cell in cells}
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert not [cell for cell in cells if cell.hyperlink]
    assert not [cell for cell in cells if str(cell.value).startswith("'=")]


def test_hostile_words_come_back_but_for_what_xml_cannot_hold(world: Store) -> None:
    (found,) = (str(row[15]) for row in sheets(world)["attributions"] if "alert(1)" in str(row[15]))
    assert [
        part for part in ("<script>", "& ", "كل شيء بخير", "\u202eإن") if part not in found
    ] == []
    assert "alert(1)" in NASTY


def test_words_that_look_like_a_workbooks_markup_are_words(tmp_path: Path) -> None:
    words = "<r><t>Said</t></r><f>1+1</f><r></r>"
    told = story(f"قال الوزير: {words}", Told(words, "الوزير", "قال"), outlet=words)
    with Store.open(tmp_path / "own.db", create=True) as store:
        told.add(store)
        data = written(store, "xlsx")
    book = openpyxl.load_workbook(io.BytesIO(data))
    found = [cell.value for cell in book["attributions"][2] if "Said" in str(cell.value)]
    assert {str(value).strip() for value in found} >= {words}
    check = describe("xlsx").check
    assert check
    assert list(check(data)) == []


def test_plain_words_are_written_as_the_library_itself_writes_them(
    world: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def parts() -> dict[str, bytes]:
        with zipfile.ZipFile(io.BytesIO(written(world, "xlsx"))) as book:
            return {name: book.read(name) for name in book.namelist()}

    ours = parts()
    monkeypatch.setattr(xlsx, "_sheet", lambda: Worksheet)
    assert parts() == ours


def test_a_long_cell_is_cut_and_told(world: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "LONGEST", 1000)
    out = io.BytesIO()
    done = export("xlsx", world.connection, out)
    assert done.left_out == ("the end of 2 cells, of which Excel takes 1,000 characters",)
    assert xlsx.fitting("𐎠" * 500) == "𐎠" * 500
    assert xlsx.fitting("𐎠" * 501) == "𐎠" * 499 + "…"


def test_rows_that_a_sheet_does_not_take_are_told(
    world: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(xlsx, "MOST_ROWS", 31)
    done = export("xlsx", world.connection, io.BytesIO())
    assert done.left_out == ("2 rows, of which Excel takes 31 a sheet",)


def test_an_empty_workbook_opens(empty: Store) -> None:
    assert {len(rows) for rows in sheets(empty).values()} == {1}
    with zipfile.ZipFile(io.BytesIO(written(empty, "xlsx"))) as book:
        assert book.testzip() is None


def entities(store: Store) -> list[Entity]:
    return [json.loads(line) for line in written(store, "ftm").splitlines()]


def test_sources_have_their_schema_and_all_their_names(world: Store) -> None:
    found = {one["id"]: one for one in entities(world)}
    ministry = found[MINISTRY.id]
    assert ministry["schema"] == "PublicBody"
    assert "وزارة المالية القمرية" in ministry["properties"]["name"]


def test_the_role_says_who_disputes_a_claim(world: Store) -> None:
    _, denied = reports(world, DENIAL)
    claim = read.attribution(world.connection, denied).claim_id
    (link,) = (one["properties"] for one in entities(world) if one["id"] == f"{denied}-link")
    assert link == {
        "subject": [MINISTRY.id],
        "object": [claim],
        "role": ["disputes"],
        "date": ["2025-03-03"],
    }


BROKEN: list[tuple[Callable[[list[Entity]], object], str]] = [
    (lambda found: found[0].update(schema="Claim"), "'Claim' is none of the schemata"),
    (lambda found: found[0]["properties"].pop("name"), "needs name"),
    (lambda found: found[0]["properties"].update(country="xx"), "country is no list of texts"),
    (lambda found: found[0]["properties"].update(country=[1]), "country is no list of texts"),
    (lambda found: first(found, "UnknownLink").pop("object"), "a UnknownLink needs object"),
    (lambda found: first(found, "UnknownLink").pop("subject"), "a UnknownLink needs subject"),
    (lambda found: first(found, "Documentation").pop("document"), "needs document"),
    (lambda found: first(found, "Documentation").pop("entity"), "needs entity"),
    (lambda found: first(found, "Note").update(author=["x"]), "a Note has no author"),
    (lambda found: first(found, "Event").pop("name"), "a Event needs name"),
    (lambda found: first(found, "Note").update(entity=["claim-0"]), "claim-0 is no entity"),
]


def first(found: list[Entity], schema: str) -> Entity:
    properties: Entity = next(one["properties"] for one in found if one["schema"] == schema)
    return properties


@pytest.mark.parametrize(("damage", "message"), BROKEN)
def test_each_rule_of_ftm_finds_a_sample_that_breaks_it(
    damage: Callable[[list[Entity]], object], message: str, world: Store
) -> None:
    check = describe("ftm").check
    assert check
    found = entities(world)
    assert not list(check(lines(found)))
    damage(found)
    assert [one for one in check(lines(found)) if message in one]


def lines(found: list[Entity]) -> bytes:
    return "\n".join(json.dumps(one) for one in found).encode()
