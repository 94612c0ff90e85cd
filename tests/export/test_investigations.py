"""Workbooks and FollowTheMoney entities, for those who investigate."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from xlsxwriter.worksheet import Worksheet

from claimtrack.export import describe, export, ftm, xlsx
from claimtrack.model.source import Source, SourceRelation
from claimtrack.model.vocabulary import SourceKind, SourceRelationKind, SourceType
from claimtrack.store import Store, read
from tests.export.world import DENIAL, FORMULA, NASTY, REVIEWER, RUSSIAN, reports
from tests.match.stories import MINISTRY, QAMARIA, TAX, Told, story

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


def test_an_account_has_its_owner() -> None:
    account = Source(
        key="qamaria-post",
        name="@qamaria",
        kind=SourceKind.ACCOUNT,
        type=SourceType.GOVERNMENT,
        relations=(SourceRelation(kind=SourceRelationKind.ACCOUNT_OF, parent=QAMARIA.key),),
    )
    schemata = {account.id: "UserAccount", QAMARIA.id: "PublicBody"}
    made = ftm._source(account, schemata)
    assert made.properties == {"username": ["@qamaria"], "owner": [QAMARIA.id]}
    assert "owner" not in ftm._source(account, {account.id: "UserAccount"}).properties


def test_a_claim_has_who_takes_part_the_articles_and_the_first_day(world: Store) -> None:
    said, denied = reports(world, DENIAL)
    found = {one["id"]: one["properties"] for one in entities(world)}
    claim = found[read.attribution(world.connection, denied).claim_id]
    assert claim["involved"] == [MINISTRY.id]
    assert claim["proof"] == [DENIAL.version.document_id]
    assert claim["date"] == ["2025-03-03"]
    assert found[f"{said}-documentation"]["sourceUrl"] == ["https://site-d.example/denial"]


def test_who_speaks_for_a_body_represents_it(world: Store) -> None:
    (one,) = (each for each in entities(world) if each["schema"] == "Representation")
    assert one["properties"]["agent"] == [MINISTRY.id]
    assert one["properties"]["client"] == [QAMARIA.id]


def test_an_article_has_its_words_its_site_and_its_language_in_three_letters(world: Store) -> None:
    (one,) = (each for each in entities(world) if each["id"] == RUSSIAN.version.document_id)
    facts = one["properties"]
    assert facts["bodyText"] == [RUSSIAN.version.text]
    assert facts["publisherUrl"] == ["https://site-ru.example/"]
    assert facts["language"] == ["rus"]


def test_it_says_who_or_what_asserts_a_thing(world: Store) -> None:
    found = entities(world)
    verdicts = {tuple(one["origin"]) for one in found if one["id"].startswith("review-")}
    assert (REVIEWER,) in verdicts
    reported = {tuple(one["origin"]) for one in found if one["schema"] == "Documentation"}
    assert reported == {(one.run,) for one in read.all_attributions(world.connection)}
    assert {tuple(one["datasets"]) for one in found} == {("claimtrack",)}


SCRIPT = """
import json, sys
from followthemoney import model
from followthemoney.types import registry
for line in sys.stdin:
    data = json.loads(line)
    schema = model.get(data["schema"])
    entity = model.make_entity(schema)
    entity.id = data["id"]
    for name, values in data["properties"].items():
        prop = schema.get(name)
        assert prop is not None, f"{schema.name} has no {name}"
        entity.add(name, values)
        kept = len(entity.get(name))
        assert kept == len(set(values)), f"{schema.name}.{name}: {values}, of which {kept} stay"
    missing = [name for name in schema.required if not entity.has(name)]
    assert not missing, f"{schema.name} lacks {missing}"
    print(entity.id, schema.name, entity.caption[:20].encode())
"""


@pytest.mark.skipif(
    "CLAIMTRACK_FTM_PYTHON" not in os.environ,
    reason="CLAIMTRACK_FTM_PYTHON names no Python that has followthemoney, which needs ICU",
)
def test_followthemoney_itself_takes_every_value(world: Store) -> None:
    done = subprocess.run(
        [os.environ["CLAIMTRACK_FTM_PYTHON"], "-c", SCRIPT],
        input=written(world, "ftm"),
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()[-500:]
    assert len(done.stdout.splitlines()) == len(entities(world))


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
    (lambda found: first(found, "Event").update(proof=["document-0"]), "document-0 is no entity"),
    (lambda found: first(found, "Event").update(involved=["source-0"]), "source-0 is no entity"),
    (lambda found: first(found, "Representation").pop("agent"), "needs agent"),
    (lambda found: first(found, "Representation").pop("client"), "needs client"),
    (lambda found: first(found, "Representation").update(client=["x"]), "x is no entity"),
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
