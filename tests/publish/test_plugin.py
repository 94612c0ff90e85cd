"""The plugin among Datasette's own pages, and in a Datasette that is none of ours."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from datasette.app import Datasette
from datasette.filters import FilterArguments

from claimtrack.errors import DatabaseError, NotOurDatabaseError
from claimtrack.publish import build
from claimtrack.publish.boxes import bounded
from claimtrack.publish.desk import POLICY
from claimtrack.resources import shipped
from claimtrack.store import Store
from tests.publish import sample
from tests.publish.conftest import Get, Loop

METADATA = yaml.safe_load(shipped("metadata.yml").read_text("utf-8"))["databases"]["claims"]


def test_the_database_is_mounted_as_claims_whatever_its_file_is_called(get: Get) -> None:
    assert '"name": "claims"' in get("/-/databases.json").text
    assert get("/claims").status_code == 200


CLOSED = [
    "/claims?sql=select+1",
    "/claims.json?sql=select+1",
    "/claims.db",
    "/_memory?sql=select+1",
]


@pytest.mark.parametrize("path", CLOSED)
def test_nobody_runs_sql_or_takes_the_file(get: Get, path: str) -> None:
    assert get(path, follow_redirects=True).status_code in (403, 404)


def test_the_settings_are_those_of_a_public_site(get: Get) -> None:
    settings = get("/-/settings.json").json()
    assert settings["suggest_facets"] is False
    assert settings["allow_download"] is False
    assert settings["default_allow_sql"] is False
    assert (settings["facet_time_limit_ms"], settings["sql_time_limit_ms"]) == (300, 3000)
    assert settings["default_page_size"] == 50
    assert 0 < settings["max_csv_mb"] <= 100


def test_every_table_view_and_column_is_described(database: Path, loop: Loop) -> None:
    site = build(database)
    mounted = site.get_database("claims")

    async def shape() -> dict[str, list[str]]:
        hidden = set(await mounted.hidden_table_names())
        names = [*await mounted.table_names(), *await mounted.view_names()]
        return {
            name: await mounted.table_columns(name)
            for name in names
            if name not in hidden - set(METADATA["tables"])
        }

    found = loop.run(shape())
    mounted.close()
    described = {name: list(table["columns"]) for name, table in METADATA["tables"].items()}
    assert {name: sorted(columns) for name, columns in described.items()} == {
        name: sorted(columns) for name, columns in found.items()
    }
    for name, table in METADATA["tables"].items():
        columns = set(found[name])
        used = {*table.get("facets", ()), table.get("sort"), table.get("sort_desc")}
        used |= {table.get("label_column"), table.get("fts_pk")}
        assert used - {None} <= columns, name
        assert table["title"], name
        assert table["description"], name


@pytest.mark.parametrize("name", METADATA["tables"])
def test_every_table_page_answers(get: Get, name: str) -> None:
    answer = get(f"/claims/{name}")
    assert answer.status_code == 200
    assert METADATA["tables"][name]["title"].split("'")[0] in answer.text


PARAMETERS = {"reports_with_words": "words=مُسيرة", "what_a_source_said": "name=ministry"}


@pytest.mark.parametrize("name", METADATA["queries"])
def test_every_canned_query_finds_something(get: Get, name: str) -> None:
    query = PARAMETERS.get(name, "")
    rows = get(f"/claims/{name}.json?_shape=array&{query}").json()
    if name == "unnamed_sources":
        assert rows == []  # the sample names all its sources
    else:
        assert rows
    assert get(f"/claims/{name}?{query}").status_code == 200


def test_the_relays_query_names_relayer_and_relayed(get: Get) -> None:
    rows = get("/claims/relays_between_sources.json?_shape=array").json()
    assert ("Telvar Press", "Ministry of Defence of Qamaria") in {
        (row["reporter"], row["said_by"]) for row in rows
    }


SEARCHES = [
    ("مسيرة", 2),
    ("مُسَيَّرة", 2),
    ("اثنى عشر", 2),
    ("МИНИСТЕРСТВО", 0),
    ("Ни один", 1),
    ('"', 0),
    ("NEAR(", 1),
    ("x" * 5000, 0),
]


@pytest.mark.parametrize(("words", "found"), SEARCHES)
def test_datasettes_own_search_folds_too(get: Get, words: str, found: int) -> None:
    answer = get("/claims/attributions.json", params={"_search": words, "_shape": "array"})
    assert answer.status_code == 200
    assert len(answer.json()) == found


def test_in_a_large_database_the_box_of_a_table_finds_the_last_results_and_says_so(
    get: Get, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = {"_search": "مسيرة", "_sort_desc": "number"}
    before = get("/claims/attributions.json", params={**asked, "_shape": "array"}).json()
    monkeypatch.setattr("claimtrack.store.search.LARGE", 0)
    monkeypatch.setattr("claimtrack.publish.boxes.MOST_OF_LARGE", 1)
    answer = get("/claims/attributions.json", params={**asked, "_shape": "array"})
    assert len(before) == 2
    assert answer.json() == before[:1]
    assert "the 1 recorded last" in get("/claims/attributions", params=asked).text


@pytest.mark.parametrize("how", ["as they are", "by a function", "none"])
def test_conditions_of_other_plugins_stay_what_they_are(loop: Loop, how: str) -> None:
    theirs = None if how == "none" else FilterArguments(["number in (select rowid from other)"])
    made: Any = (lambda: theirs) if how == "by a function" else theirs
    assert loop.run(bounded(None, "claims", made)()) is theirs


def test_cells_keep_their_direction_and_lead_to_our_pages(get: Get) -> None:
    page = get("/claims/attributions").text
    assert '<bdi dir="auto">صدى بدرون</bdi>' in page
    assert '<a href="/claim/claim-' in page
    assert '<a href="/document/document-' in page
    assert "static-plugins/claimtrack/tables.css" in page
    assert '<li><a href="/">claimtrack</a></li>' in page
    assert "<script>window.hacked" not in page


def test_datasettes_own_pages_load_nothing_from_elsewhere(get: Get) -> None:
    policy = get("/claims").headers["content-security-policy"]
    assert policy.startswith("default-src 'self';")
    assert policy != POLICY


def test_static_files_are_served_with_their_types(get: Get) -> None:
    for name, type_ in (("claimtrack.css", "text/css"), ("claimtrack.js", "javascript")):
        answer = get(f"/-/static-plugins/claimtrack/{name}")
        assert answer.status_code == 200
        assert type_ in answer.headers["content-type"]


def test_a_database_that_is_closed_to_readers_closes_our_pages(
    database: Path, asking: Callable[[Any], Get]
) -> None:
    name = database.stem
    closed = {"databases": {name: {"allow": {"id": "root"}}}}
    get = asking(Datasette([str(database)], metadata=closed))
    assert get("/").status_code == 403
    assert get("/claim").status_code == 403
    site_closed = asking(Datasette([str(database)], metadata={"allow": {"id": "root"}}))
    assert site_closed("/").status_code == 403


def test_the_plugin_finds_our_database_among_others(
    database: Path, tmp_path: Path, asking: Callable[[Any], Get]
) -> None:
    other = tmp_path / "search.db"
    _foreign(other)
    get = asking(Datasette([str(other), str(database)]))
    assert 'class="counts"' in get("/").text


def _foreign(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE claim (id TEXT, text TEXT)")
        connection.execute("INSERT INTO claim VALUES (?, ?)", (f"claim-{'0' * 32}", "قال"))
    connection.close()


def test_a_datasette_without_our_database_is_left_as_it_is(
    tmp_path: Path, asking: Callable[[Any], Get]
) -> None:
    _foreign(tmp_path / "search.db")
    get = asking(Datasette([str(tmp_path / "search.db")], memory=True))
    index = get("/")
    assert "claimtrack" not in index.text
    assert "content-security-policy" not in index.headers
    table = get("/search/claim")  # an address that would be ours
    assert table.status_code == 200
    assert "<bdi" not in table.text
    assert "tables.css" not in table.text
    assert get("/robots.txt").status_code == 404
    asked = {"sql": "select escape_fts('أ') as x", "_shape": "array"}
    folded = get("/search.json", params=asked, follow_redirects=True)
    assert folded.json() == [{"x": '"أ"'}]


def test_a_missing_file_and_a_foreign_one_are_named_by_the_store(tmp_path: Path) -> None:
    with pytest.raises(DatabaseError, match=r"none\.db does not exist"):
        build(tmp_path / "none.db")
    _foreign(tmp_path / "foreign.db")
    with pytest.raises(NotOurDatabaseError):
        build(tmp_path / "foreign.db")


def test_a_live_database_is_never_kept_by_browsers(get: Get) -> None:
    for path in ("/", "/search.atom?q=Sidrun", "/claim.json"):
        assert "cache-control" not in get(path).headers, path


def test_new_articles_appear_while_the_site_runs(
    tmp_path: Path, asking: Callable[[Any], Get]
) -> None:
    path = tmp_path / "grows.db"
    Store.open(path, create=True).close()
    get = asking(build(path))
    assert "claimtrack add" in get("/").text
    with Store.open(path) as store:
        article, extraction = sample.russian()
        store.add(
            sample.version(article),
            extraction,
            (sample.EMBASSY,),
            run=sample.RUN,
            at=sample.AT,
            user="tester",
        )
    assert "Посольство ответило на обвинения" in get("/").text
