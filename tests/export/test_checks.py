"""Each rule of `--check` finds a file that breaks it, and nothing in one that is whole."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import nanopub
import pyarrow as pa
import pyarrow.parquet
import pytest
import rdflib
import stix2validator

from claimtrack.errors import InvalidExportError
from claimtrack.export import csv_tables, describe, export, save
from claimtrack.export.checks import counts
from claimtrack.export.sheets import xlsx_problems
from claimtrack.export.tables import TABLES
from claimtrack.store import Store, read
from tests.export.world import FORMULA
from tests.match.stories import TAX

Files = dict[str, bytes]
SEVERAL = ("csv", "neo4j", "parquet")
ONE = ("dot", "mermaid", "stix", "xlsx")


@pytest.fixture(scope="module")
def whole(world: Store, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Return each format's file: of those that are several, a .zip of all."""
    folder, made = tmp_path_factory.mktemp("whole"), {}
    for name in SEVERAL:
        save(name, world.connection, folder / f"{name}.zip")
        made[name] = (folder / f"{name}.zip").read_bytes()
    for name in ONE:
        out = io.BytesIO()
        export(name, world.connection, out)
        made[name] = out.getvalue()
    return made


def problems(name: str, data: bytes) -> list[str]:
    check = describe(name).check
    assert check
    return list(check(data))


@pytest.mark.parametrize("name", [*SEVERAL, *ONE])
def test_a_whole_file_has_nothing_wrong(name: str, whole: dict[str, bytes]) -> None:
    assert problems(name, whole[name]) == []


def inside(old: bytes, new: bytes, member: str = "") -> Callable[[bytes], bytes]:
    """Return what replaces bytes once in every file of a .zip, or in those of a name."""

    def damaged(data: bytes) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(out, "w") as after:
            for name in before.namelist():
                text = before.read(name)
                after.writestr(name, text.replace(old, new, 1) if member in name else text)
        return out.getvalue()

    return damaged


def last_twice(pattern: bytes, member: str) -> Callable[[bytes], bytes]:
    """Return what says again the last of what a pattern finds in a file of a .zip."""

    def damaged(data: bytes) -> bytes:
        with zipfile.ZipFile(io.BytesIO(data)) as before:
            (name,) = (each for each in before.namelist() if each.endswith(member))
            last: bytes = re.findall(pattern, before.read(name))[-1]
        return inside(last, last * 2, member)(data)

    return damaged


def once(old: bytes, new: bytes) -> Callable[[bytes], bytes]:
    return lambda data: data.replace(old, new, 1)


def twice(pattern: bytes) -> Callable[[bytes], bytes]:
    """Return what says again the first line that a pattern finds."""

    def damaged(data: bytes) -> bytes:
        found = re.search(b"(?m)^.*" + pattern + b".*\n", data)
        assert found
        return data.replace(found[0], found[0] * 2, 1)

    return damaged


def changed(change: Callable[[list[dict[str, Any]]], object]) -> Callable[[bytes], bytes]:
    def damaged(data: bytes) -> bytes:
        bundle = json.loads(data)
        change(bundle["objects"])
        return json.dumps(bundle).encode()

    return damaged


def first(things: list[dict[str, Any]], kind: str) -> dict[str, Any]:
    return next(one for one in things if one["type"] == kind)


BROKEN: list[tuple[str, Callable[[bytes], bytes], str]] = [
    ("csv", inside(b"\xef\xbb\xbf", b""), "has no byte-order mark"),
    ("csv", inside(b"\xef\xbb\xbf", b"\xef\xbb\xbf\xff"), "is not in UTF-8"),
    ("csv", inside(b"\xbfattribution,", b"\xbfreport,"), "has the columns of no table"),
    ("csv", inside(b",ar,", b",ar,,", "claims"), "cells, not"),
    ("csv", inside(b"'=cmd", b"=cmd"), "which a spreadsheet runs"),
    ("xlsx", inside(b"<is>", b"<f>1+1</f><is>", "sheet1.xml"), "has a formula"),
    ("xlsx", inside(b">attribution<", b">report<", "sheet1.xml"), "the columns of no table"),
    ("xlsx", last_twice(rb"<row .*?</row>", "sheet2.xml"), "two rows are of"),
    ("neo4j", last_twice(rb"\n(claim-[^\n]*\n)", "nodes.csv"), "two nodes have the id"),
    ("neo4j", inside(b"id:ID", b"id", "nodes"), "does not begin with id:ID"),
    ("neo4j", inside(b":TYPE", b"type", "relationships"), "does not begin with :START_ID"),
    ("neo4j", inside(b",Claim,", "،ادعاء،".encode(), "nodes"), "cells, not"),
    ("neo4j", inside(b",Claim,", ",ادعاء,".encode(), "nodes"), "is no name of Neo4j's"),
    ("neo4j", inside(b",STATES,", b",1 x,", "relationships"), "is no name of Neo4j's"),
    ("neo4j", inside(b"\nclaim-", b"\nklaim-", "nodes"), "which is no node"),
    ("dot", once(b"digraph", b"graph"), "begin or end as a digraph"),
    ("dot", lambda data: data[:-2], "begin or end as a digraph"),
    ("dot", once(b'", shape', b", shape"), "is no statement"),
    ("dot", once(b'-> "claim-', b'-> "klaim-'), "which is no node"),
    ("dot", twice(b"shape=ellipse"), "two nodes have the id"),
    ("mermaid", once(b"flowchart", b"chart"), "does not begin as a flowchart"),
    ("mermaid", once(b'"]', b'<b>"]'), "is no node or edge"),
    ("mermaid", once(b'"| n', b'"| n9'), "which is no node"),
    ("mermaid", twice(rb'\["'), "two nodes have the id"),
    ("stix", changed(lambda some: first(some, "note").pop("content")), "content"),
    ("stix", changed(lambda some: first(some, "report").pop("object_refs")), "object_refs"),
    ("stix", changed(lambda some: first(some, "opinion").update(opinion="no")), "opinion"),
    ("stix", changed(lambda some: first(some, "note").update(more=1)), "more"),
    (
        "stix",
        changed(lambda some: some.remove(first(some, "report"))),
        "is no object of the bundle",
    ),
    (
        "stix",
        changed(lambda some: first(some, "relationship").update(source_ref="x")),
        "source_ref",
    ),
]


@pytest.mark.parametrize(("name", "damage", "message"), BROKEN)
def test_each_rule_finds_a_file_that_breaks_it(
    name: str, damage: Callable[[bytes], bytes], message: str, whole: dict[str, bytes]
) -> None:
    broken = damage(whole[name])
    assert broken != whole[name]
    found = problems(name, broken)
    assert [one for one in found if message in one], found
    assert all("\n" not in one for one in found)


def test_a_span_that_is_none_and_an_id_twice_are_found() -> None:
    columns = TABLES["attributions"]._fields
    row = ["x"] * len(columns)
    row[columns.index("start")], row[columns.index("end")] = "5", "5"
    out = io.BytesIO()
    csv_tables._write(out, columns, [csv_tables._line(row)] * 2)
    assert problems("csv", out.getvalue()) == [
        "the.csv, row 2: 5 to 5 is no span",
        "the.csv, row 3: 5 to 5 is no span",
        "the.csv: two rows are of x",
    ]


def test_a_workbook_with_a_link_or_another_sheet_is_found(whole: dict[str, bytes]) -> None:
    link = b'<Relationship Type="http://x/hyperlink" Target="https://x.example"/></Relationships>'
    linked = inside(b"</Relationships>", link, ".rels")(whole["xlsx"])
    assert [one for one in problems("xlsx", linked) if "has a link" in one]
    out = io.BytesIO(whole["xlsx"])
    with zipfile.ZipFile(out, "a") as book:
        book.writestr("xl/worksheets/sheet6.xml", book.read("xl/worksheets/sheet1.xml"))
    assert problems("xlsx", out.getvalue()) == ["there are 6 sheets, not 5"]


def test_a_table_in_parquet_that_is_cut_short_is_found(world: Store) -> None:
    out = io.BytesIO()
    export("parquet", world.connection, out)
    assert "cannot be read" in problems("parquet", out.getvalue()[:-9])[0]


def test_a_table_in_parquet_of_other_columns_or_with_an_id_twice_is_found(world: Store) -> None:
    out = io.BytesIO()
    export("parquet", world.connection, out)
    table = pyarrow.parquet.read_table(out)
    for broken, message in (
        (table.rename_columns(["x", *table.column_names[1:]]), "has the columns of no table"),
        (pa.concat_tables([table, table.slice(0, 1)]), "two rows are of"),
    ):
        made = io.BytesIO()
        pyarrow.parquet.write_table(broken, made)
        (found,) = problems("parquet", made.getvalue())
        assert message in found


@pytest.mark.parametrize("name", SEVERAL)
@pytest.mark.parametrize("target", ["out", "out.zip"])
def test_several_files_are_checked_before_any_is_written(
    name: str, target: str, world: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(name, world.connection, tmp_path / target, check=True)
    assert (tmp_path / target).exists()
    save(name, world.connection, tmp_path / f"again-{target}")
    kept = [tmp_path / target, tmp_path / f"again-{target}"]
    if target == "out":
        one, two = ({file.name: file.read_bytes() for file in each.iterdir()} for each in kept)
        assert one == two
    else:
        assert kept[0].read_bytes() == kept[1].read_bytes()
    monkeypatch.setattr(
        f"claimtrack.export.{'csv_tables' if name == 'csv' else name}.FORM",
        describe(name)._replace(check=lambda _: ["broken"]),
    )
    with pytest.raises(InvalidExportError, match="broken"):
        save(name, world.connection, tmp_path / f"not-{target}", check=True)
    assert not (tmp_path / f"not-{target}").exists()


def test_duckdb_reads_every_table_with_its_types(world: Store, tmp_path: Path) -> None:
    save("parquet", world.connection, tmp_path / "tables")
    counted = read.counts(world.connection)
    found = {
        name: duckdb.execute(f"SELECT count(*) FROM '{tmp_path}/tables/{name}.parquet'").fetchone()
        for name in TABLES
    }
    assert found["attributions"] == (counted.attributions,)
    assert found["claims"] == (counted.claims,)
    assert found["documents"] == (counted.documents,)
    assert found["sources"] == (counted.sources,)
    table = f"'{tmp_path}/tables/attributions.parquet'"
    query = f'SELECT content, confidence + 0, "end" - start FROM {table} WHERE content = ?'
    (row,) = duckdb.execute(query, [TAX]).fetchall()
    assert (type(row[1]), row[2]) == (float, len(TAX))
    # types keep a cell from being run: nothing is put before it
    (said,) = duckdb.execute(
        f"SELECT source_words FROM {table} WHERE source_words LIKE '=%'"
    ).fetchall()
    assert said == (FORMULA,)


def test_an_empty_database_gives_a_table_without_rows(empty: Store) -> None:
    out = io.BytesIO()
    assert export("parquet", empty.connection, out).written == 0
    assert pyarrow.parquet.read_table(out).num_rows == 0


def test_the_official_validator_finds_no_error_in_stix(
    whole: dict[str, bytes], empty: Store
) -> None:
    out = io.BytesIO()
    export("stix", empty.connection, out)
    for data in (whole["stix"], out.getvalue()):
        options = stix2validator.ValidationOptions(version="2.1")
        found = stix2validator.validate_string(data.decode(), options)
        assert found.is_valid, [str(error) for error in found.errors]


def test_the_official_library_takes_nanopublications(world: Store) -> None:
    out = io.BytesIO()
    export("nanopub", world.connection, out)
    every = rdflib.Dataset()
    every.parse(data=out.getvalue(), format="trig")
    terms = rdflib.Namespace("http://www.nanopub.org/nschema#")
    heads = [
        graph for *_, graph in every.quads((None, rdflib.RDF.type, terms.Nanopublication, None))
    ]
    assert len(heads) == read.counts(world.connection).attributions
    for head in heads[:3]:  # it is slow
        alone = rdflib.ConjunctiveGraph()
        parts = [
            part
            for name in (terms.hasAssertion, terms.hasProvenance, terms.hasPublicationInfo)
            for part in every.graph(head).objects(None, name)
        ]
        for name in (head, *parts):
            for fact in every.graph(name):
                alone.get_context(name).add(fact)
        found = nanopub.Nanopub(rdf=alone, conf=nanopub.NanopubConf())
        assert found.is_valid
        assert len(found.assertion) > 5


def test_stix_says_who_disagrees_and_what_was_taken_from_what(
    world: Store, whole: dict[str, bytes]
) -> None:
    things = json.loads(whole["stix"])["objects"]
    by_id = {one["id"]: one for one in things}
    (opinion,) = (one for one in things if one["type"] == "opinion")
    assert (opinion["opinion"], opinion["explanation"]) == ("disagree", "الضريبة باقية")
    assert opinion["authors"] == ["وزارة المالية القمرية"]
    pairs = {
        (by_id[one["source_ref"]]["content"], by_id[one["target_ref"]]["content"])
        for one in things
        if one["type"] == "relationship"
    }
    assert ("налог снизят вдвое", TAX) in pairs
    assert len(pairs) == len(list(read.all_relays(world.connection)))


def test_another_number_of_things_than_was_written_is_told() -> None:
    assert list(counts([("nodes", 3, 2), ("edges", 1, 1)])) == ["2 nodes can be read again, not 3"]


def test_a_workbook_with_a_damaged_sheet_is_told() -> None:
    page = "xl/worksheets/sheet1.xml"
    book = io.BytesIO()
    with zipfile.ZipFile(book, "w") as made:
        made.writestr(page, "<worksheet/>")
    damaged = book.getvalue().replace(b"<worksheet/>", b"<worksheat/>")
    assert list(xlsx_problems(damaged)) == [f"{page} is damaged"]
