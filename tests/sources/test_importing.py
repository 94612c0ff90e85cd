"""Sources from elsewhere: what is taken, what is left out, and why."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from claimtrack.errors import InputError
from claimtrack.model.vocabulary import NameKind, SourceKind, SourceRelationKind, SourceType
from claimtrack.sources.importing import (
    Imported,
    is_entities,
    language_of,
    own_key,
    read_entities,
    read_table,
)

LANGUAGES = ("ar", "en", "ru")
HERE = Path("file")


def entity(key: str, schema: str, **properties: list[str]) -> str:
    return json.dumps({"id": key, "schema": schema, "properties": properties})


def entities(*lines: str) -> Imported:
    return read_entities(HERE, "\n".join(lines), LANGUAGES)


def reasons(found: Imported) -> list[tuple[str, str]]:
    return [(each.place, each.reason) for each in found.left_out]


def test_entities_become_sources_with_their_links_and_dates() -> None:
    found = entities(
        entity("p", "Person", name=["Lena Example"], country=["xa"], topics=["role.pep"]),
        entity("b", "PublicBody", name=["Lunar Ministry"], alias=["وزارة القمر"],
               wikidataId=["Q99"], website=["https://www.moon.example/about"]),
        entity("m", "Membership", member=["p"], organization=["b"], startDate=["2020-02"]),
    )  # fmt: skip
    person, body = (each.source for each in found.proposed)
    assert (person.kind, person.type, person.country) == ("person", "government", "XA")
    assert (body.kind, body.type) == (SourceKind.BODY, SourceType.GOVERNMENT)
    assert (body.wikidata, body.domain) == ("Q99", "moon.example")
    assert [(n.text, n.lang) for n in body.names] == [
        ("Lunar Ministry", "en"), ("وزارة القمر", "ar")
    ]  # fmt: skip
    (relation,) = person.relations
    assert (relation.kind, relation.parent) == (SourceRelationKind.MEMBER_OF, body.key)
    assert str(relation.since) == "2020-02-01"
    assert found.left_out == ()


def test_a_weak_alias_stays_weak() -> None:
    found = entities(entity("b", "Organization", name=["Lunar Union"], weakAlias=["the Union"]))
    kinds = {name.text: name.kind for name in found.proposed[0].source.names}
    assert kinds == {"Lunar Union": NameKind.OFFICIAL, "the Union": NameKind.WEAK}


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (entity("v", "Vessel", name=["Nora"]), "schema 'Vessel' is no source"),
        (entity("o", "Organization"), "has no name"),
        (entity("o", "Organization", name=["…"]), "has no name"),
        (entity("o", "Organization", name=["A"], country=["Moon"]), "not a code of two letters"),
        (entity("o", "Organization", name=["A"], wikidataId=["42"]), "not like Q42"),
        (entity("m", "Ownership", asset=["x"], owner=["y"]), "'x', which was not taken"),
        ('{"id": "x", "schema": ["Person"]}', "is no source"),
        ('{"id": "x", "schema": "Person", "properties": 5}', "has no name"),
    ],
)
def test_what_cannot_be_taken_is_left_out_with_its_reason(line: str, reason: str) -> None:
    found = entities(line)
    assert found.proposed == ()
    ((place, told),) = reasons(found)
    assert place == "file:1"
    assert reason in told


def test_links_that_end_before_they_begin_are_left_out() -> None:
    found = entities(
        entity("a", "Company", name=["Alpha"]),
        entity("b", "Company", name=["Beta"]),
        entity("o", "Ownership", asset=["a"], owner=["b"], startDate=["2021"], endDate=["2020"]),
    )
    assert len(found.proposed) == 2
    assert "ends before it begins" in reasons(found)[0][1]


def test_a_line_that_is_no_object_is_an_error_with_its_place() -> None:
    with pytest.raises(InputError, match="file:2: not a JSON object"):
        entities(entity("a", "Company", name=["Alpha"]), "[1, 2]")


def test_a_row_without_a_name_goes_on_with_the_record_above_it() -> None:
    table = "Name,Aliases,Type,Country,Reconciled ID\nLunar Post,LP,news_outlet,XA,Q7\n,Луна,,,\n"
    (one,) = read_table(HERE, table, LANGUAGES).proposed
    assert [name.text for name in one.source.names] == ["Lunar Post", "LP", "Луна"]
    assert (one.source.type, one.source.wikidata) == (SourceType.NEWS_OUTLET, "Q7")


@pytest.mark.parametrize(
    ("table", "reason"),
    [
        ("name,type\nA,journal\n", "unknown type 'journal'"),
        ("name,kind\nA,planet\n", "unknown kind 'planet'"),
        ("name\nA B\nA B\n", "stands at file:2 already"),
    ],
)
def test_a_record_that_cannot_be_is_left_out(table: str, reason: str) -> None:
    assert reason in reasons(read_table(HERE, table, LANGUAGES))[0][1]


@pytest.mark.parametrize(
    ("table", "problem"),
    [("work\nA\n", "no column of names"), ('name\n"A\n', "not CSV"),
     ("", "no column of names")],
)  # fmt: skip
def test_what_is_no_table_of_names_is_an_error(table: str, problem: str) -> None:
    with pytest.raises(InputError, match=problem):
        read_table(HERE, table, LANGUAGES)


def test_a_file_is_told_by_its_content() -> None:
    assert is_entities(b'\n{"schema": "Person"}')
    assert not is_entities(b"name\nA\n")


@pytest.mark.parametrize(
    ("name", "lang"), [("Moon", "en"), ("القمر", "ar"), ("Луна", "ru"), ("月", "en"), ("…", "en")]
)
def test_a_name_is_of_the_language_of_its_letters(name: str, lang: str) -> None:
    assert language_of(name, LANGUAGES) == lang


def test_a_desks_own_key_is_never_one_of_a_packaged_row() -> None:
    assert own_key("Crème Brûlée!") == "own-creme-brulee"
    assert own_key("القمر") == own_key("القمر") != own_key("قمر")
