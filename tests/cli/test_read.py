"""Searching, showing and tracing the sample articles."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from claimtrack.analysis.findings import FullTrace
from claimtrack.model.vocabulary import NameKind
from claimtrack.store import Store, read
from claimtrack.store.views import (
    AttributionView,
    ClaimView,
    DocumentView,
    SearchPage,
    SourceRow,
    SourceView,
)

from .articles import ARABIC, ENGLISH, write
from .conftest import Run

Ids = dict[str, str]
Sealed = Callable[[], AbstractContextManager[None]]


@pytest.fixture(scope="session")
def ids(samples: Path) -> Ids:
    """Return the id of one thing of each kind; of the claim that is reported most."""
    with Store.open(samples, readonly=True) as store:
        claim = read.claim(store.connection, read.most_reported_claims(store.connection, 1)[0].id)
        source = read.sources(store.connection, limit=1)[0]
    first = claim.attributions[0]
    return {
        "claim": claim.id,
        "attribution": first.id,
        "document": first.document.id,
        "source": source.ref.id,
    }


SHAPES: dict[str, type[BaseModel]] = {
    "claim": ClaimView,
    "attribution": AttributionView,
    "document": DocumentView,
    "source": SourceView,
}


@pytest.mark.parametrize("kind", SHAPES)
@pytest.mark.parametrize("short", [False, True])
def test_a_thing_is_shown_by_its_id_or_its_beginning(
    kind: str, short: bool, ids: Ids, samples: Path, run: Run, run_json: Callable[..., Any]
) -> None:
    wanted = ids[kind].partition("-")[2][:8] if short else ids[kind]
    found = run_json("show", wanted, "--db", samples)
    assert list(found) == [kind]
    view = SHAPES[kind].model_validate(found[kind])
    assert ids[kind] in str(view.model_dump())
    assert ids[kind] in run("show", wanted, "--db", samples).stdout


def test_a_claim_shows_every_report_in_its_sentence(ids: Ids, samples: Path, run: Run) -> None:
    with Store.open(samples, readonly=True) as store:
        claim = read.claim(store.connection, ids["claim"])
    shown = run("show", ids["claim"], "--db", samples).stdout
    assert shown.startswith(f"{claim.id} · {len(claim.attributions)} reports\n")
    for one in claim.attributions:
        assert one.id in shown
        assert one.context.text in shown
        assert one.document.title in shown


def test_a_document_shows_its_text_and_who_says_what(ids: Ids, samples: Path, run: Run) -> None:
    with Store.open(samples, readonly=True) as store:
        document = read.document(store.connection, ids["document"])
    shown = run("show", ids["document"], "--db", samples).stdout
    assert document.text in shown
    for one in document.attributions:
        assert f"\n{one.key}. " in shown
        assert one.id in shown


def test_a_document_in_several_versions_says_so(run: Run, elsewhere: Path) -> None:
    for text in (ENGLISH, ENGLISH.replace("March", "April")):
        line = {"id": "1", "url": "https://naba.example/1", "text": text}
        assert run("add", "-", stdin=json.dumps(line)).exit_code == 0
    with Store.open(elsewhere / "claims.db", readonly=True) as store:
        (ref,) = read.all_documents(store.connection)
    shown = run("show", ref.id).stdout
    assert "\n2 versions; this is the latest\n" in shown
    assert "April" in shown
    assert "March" not in shown


def test_an_attribution_shows_what_relays_it(run: Run, elsewhere: Path) -> None:
    assert run("add", "-", stdin=ARABIC).exit_code == 0
    with Store.open(elsewhere / "claims.db", readonly=True) as store:
        relayed = [one for one in read.all_attributions(store.connection) if one.via_id]
    assert relayed
    for one in relayed:
        shown = run("show", one.id).stdout
        assert f"\nRelayed by: {one.via_id}\n" in shown
        assert f"\nClaim: {one.claim_id}\n" in shown


def test_a_source_shows_its_names_and_what_it_said(
    ids: Ids, samples: Path, run: Run, run_json: Callable[..., Any]
) -> None:
    with Store.open(samples, readonly=True) as store:
        view = read.source(store.connection, ids["source"], limit=2)
    command = ["sources", "show", ids["source"], "--limit", 2, "--db", samples]
    assert SourceView.model_validate(run_json(*command)) == view
    shown = run(*command).stdout
    for name in view.source.names:
        assert f"  {name.lang}  {name.text}  ({name.kind})" in shown
    assert f"{view.total} attributions" in shown
    assert len(re.findall(r"^ +attribution-", shown, re.MULTILINE)) == 2


def test_sources_are_listed_with_the_most_quoted_first(
    samples: Path, run: Run, run_json: Callable[..., Any]
) -> None:
    rows = [SourceRow.model_validate(row) for row in run_json("sources", "list", "--db", samples)]
    counts = [row.attributions for row in rows]
    assert counts == sorted(counts, reverse=True)
    assert counts[0] > 1
    head, *lines = run("sources", "list", "--limit", 3, "--db", samples).stdout.splitlines()
    assert head.split("\t") == ["attributions", "documents", "kind", "type", "id", "name"]
    assert [line.split("\t")[4] for line in lines] == [row.ref.id for row in rows[:3]]


@pytest.mark.parametrize(("plain", "other"), [("مستودع", "مُسْتَوْدَع"), ("قمرية", "قمريه")])
def test_vowel_signs_and_forms_of_letters_make_no_difference(
    plain: str, other: str, samples: Path, run_json: Callable[..., Any]
) -> None:
    found, same = (
        SearchPage.model_validate(run_json("search", query, "--db", samples, "--limit", 100))
        for query in (plain, other)
    )
    assert [hit.id for hit in found.hits] == [hit.id for hit in same.hits]
    assert found.hits
    exact = run_json("search", other, "--exact", "--db", samples)
    assert exact["total"] < found.total


def test_only_what_is_asked_for_is_found(samples: Path, run_json: Callable[..., Any]) -> None:
    found = run_json("search", "depot", "--kind", "document", "--db", samples)
    assert {hit["kind"] for hit in found["hits"]} == {"document"}
    both = run_json("search", "depot", "--kind", "document", "--kind", "claim", "--db", samples)
    assert {hit["kind"] for hit in both["hits"]} == {"document", "claim"}


def test_what_is_found_is_listed_and_what_is_left_out_is_counted(samples: Path, run: Run) -> None:
    result = run("search", "depot", "--limit", 2, "--db", samples)
    assert len(re.findall(r"^\w+-[0-9a-f]{32} · ", result.stdout, re.MULTILINE)) == 2
    assert re.fullmatch(r"claimtrack: 2 of \d+ shown\. Give --limit for more\.\n", result.stderr)


def test_finding_nothing_is_said_and_no_error(samples: Path, run: Run) -> None:
    result = run("search", "zeppelin", "--db", samples)
    assert (result.exit_code, result.stdout) == (0, "")
    assert "nothing found for 'zeppelin'" in result.stderr


@pytest.mark.parametrize("query", ['"a', "NEAR(", "a\x00b", "col:x", "a*", "a -b", "x" * 5000])
def test_no_query_breaks_the_search(query: str, samples: Path, run: Run) -> None:
    result = run("search", query, "--db", samples)
    assert result.exit_code == 0, result.output


@pytest.mark.parametrize("query", ["", " ", '"', "*", "-", "«»"])
@pytest.mark.parametrize("more", [[], ["--exact"], ["--json"]])
def test_a_search_without_words_asks_for_some(
    query: str, more: list[str], samples: Path, run: Run
) -> None:
    result = run("search", *more, "--db", samples, "--", query)
    assert (result.exit_code, result.stdout) == (1, "")
    assert re.fullmatch(
        r"claimtrack: there is no word in .*\. Give words to find\.\n", result.stderr
    )


def test_a_trace_counts_hops_and_draws_a_tree(
    ids: Ids, samples: Path, run: Run, run_json: Callable[..., Any]
) -> None:
    found = FullTrace.model_validate(run_json("trace", ids["claim"], "--db", samples))
    assert found.claim_id == ids["claim"]
    assert found.longest >= 1
    shown = run("trace", ids["claim"], "--db", samples).stdout
    assert "hop" in shown
    assert "└─ " in shown
    assert not set(shown) & set("\u2066\u2067\u2068\u2069")


def test_a_trace_begins_at_a_report_too(ids: Ids, samples: Path, run: Run) -> None:
    for wanted in (ids["attribution"], ids["attribution"][: len("attribution-") + 8]):
        shown = run("trace", wanted, "--db", samples).stdout
        assert shown == run("trace", ids["claim"], "--db", samples).stdout


def test_a_trace_is_markdown_when_asked(ids: Ids, samples: Path, run: Run) -> None:
    shown = run("trace", ids["claim"], "--markdown", "--db", samples).stdout
    assert shown.startswith("# ")
    assert "\n## Chain 1: " in shown
    assert "\n1. **" in shown


def test_a_source_is_known_by_each_of_its_names(ids: Ids, samples: Path, run: Run) -> None:
    with Store.open(samples, readonly=True) as store:
        source = read.source(store.connection, ids["source"]).source
    shown = run("sources", "show", ids["source"], "--db", samples).stdout
    assert {name.lang for name in source.names} == {"ar", "en", "ru"}
    for name in source.names:
        result = run("sources", "show", name.text, "--db", samples)
        if name.kind is NameKind.WEAK:  # others may have it too
            assert ids["source"] in result.output
        else:
            assert result.stdout == shown


def test_a_name_of_two_sources_asks_which(run: Run, elsewhere: Path) -> None:
    for number, text in enumerate(("Lina Example left.", "Lina Example came back.")):
        write(elsewhere / f"{number}.txt", f'"It rained," said Lina Example. {text}')
    assert run("add", "0.txt", "1.txt").exit_code == 0
    result = run("sources", "show", "Lina Example")
    assert result.exit_code == 1
    assert re.fullmatch(
        r"claimtrack: 'Lina Example' could be any of: source-\w+, source-\w+\. Give .*\n",
        result.stderr,
    )


@pytest.mark.parametrize("form", ["csv", "graphml", "json"])
def test_an_export_is_the_same_in_a_pipe_and_in_a_file(
    form: str, samples: Path, run: Run, elsewhere: Path
) -> None:
    out = elsewhere / f"out.{form}"
    assert run("export", form, "-o", out, "--db", samples).exit_code == 0
    assert out.read_bytes() == run("export", form, "--db", samples).stdout_bytes
    assert out.stat().st_size > 1000


def test_an_export_makes_the_same_database_elsewhere(
    samples: Path, run: Run, run_json: Callable[..., Any], elsewhere: Path
) -> None:
    run("export", "json", "-o", "all.json", "--db", samples)
    done = run_json("import", "all.json", "--db", "new.db")
    assert done["left_out"] == {}
    assert done["put"]["version"] == 14
    assert run_json("check", "--db", "new.db")["problems"] == []
    again = run("import", "all.json", "--db", "new.db")
    assert (again.exit_code, again.stderr) == (0, "")
    assert run("import", "none.json", "--db", "new.db").stderr.startswith("claimtrack: none.json: ")


def test_annotations_become_gold_and_reviews_verdicts(
    samples: Path, run: Run, run_json: Callable[..., Any], elsewhere: Path
) -> None:
    run("export", "webannotation", "-o", "notes.jsonld", "--db", samples)
    refused = run("import", "notes.jsonld", "--db", samples)
    assert (refused.exit_code, refused.stderr) == (
        1,
        "claimtrack: notes.jsonld: holds annotations. Say where gold goes: --gold FILE.\n",
    )
    done = run_json("import", "notes.jsonld", "--gold", "gold.jsonl", "--db", samples)
    assert done["left_out"] == {}
    assert done["put"]["article"] == len(Path("gold.jsonl").read_text("utf-8").splitlines()) > 5
    assert run("evaluate", "gold.jsonl", "gold.jsonl").exit_code == 0
    Path("feed.json").write_text('{"@type": "DataFeed", "dataFeedElement": []}')
    assert run_json("import", "feed.json", "--db", "new.db") == {"put": {}, "left_out": {}}
    odd = run("import", "feed.json", "--gold", "gold.jsonl", "--db", "new.db")
    assert odd.exit_code != 0
    assert "holds no annotations" in odd.stderr


def test_an_export_of_nothing_says_so_and_is_valid(samples: Path, run: Run) -> None:
    result = run("export", "claimreview", "--check", "--db", samples)
    assert (result.exit_code, result.stdout) == (0, "[]\n")
    assert result.stderr == (
        "claimtrack: There are no verdicts: the claimreview file is valid, and empty.\n"
    )


def test_nothing_that_reads_changes_the_database(ids: Ids, samples: Path, run: Run) -> None:
    before = samples.read_bytes()
    for command in (
        ["search", "depot"],
        ["show", ids["claim"]],
        ["trace", ids["claim"]],
        ["sources", "list"],
        ["export", "json"],
        ["check"],
    ):
        assert run(*command, "--db", samples).exit_code == 0
    assert samples.read_bytes() == before


def test_the_sample_database_is_as_it_was_written(
    samples: Path, run: Run, run_json: Callable[..., Any]
) -> None:
    found = run_json("check", "--db", samples)
    assert (found["database"], found["problems"]) == (str(samples), [])
    assert run("check", "--head", "--db", samples).stdout == (
        f"{samples}: everything is as it was written\nhead {found['head']}\n"
    )


def test_a_database_in_a_read_only_place_is_checked(
    run: Run, forbidden: Path, sealed: Sealed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(forbidden)
    assert run("add", "-", stdin=ARABIC).exit_code == 0
    before = (forbidden / "claims.db").read_bytes()
    with sealed():
        result = run("check")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == "claims.db: everything is as it was written\n"
    assert [path.name for path in forbidden.iterdir()] == ["claims.db"]
    assert (forbidden / "claims.db").read_bytes() == before


def test_what_was_changed_behind_our_back_is_named(run: Run, elsewhere: Path) -> None:
    assert run("add", "-", stdin="قالت وزارة المالية إن الضريبة ستنخفض.").exit_code == 0
    with Store.open(elsewhere / "claims.db") as store:
        names = store.connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        for (name,) in names.fetchall():
            store.connection.execute(f'DROP TRIGGER "{name}"')
        store.connection.execute("UPDATE document_version SET text = replace(text, 'ت', 'ث')")
    result = run("check")
    assert result.exit_code == 1
    assert "document_version" in result.stdout or "version-" in result.stdout
    found = json.loads(run("check", "--json").stdout)
    assert found["problems"] == result.stdout.splitlines()


def test_schemas_are_written_where_asked(run: Run, elsewhere: Path) -> None:
    result = run("schemas", "out")
    assert result.exit_code == 0
    for name in result.stdout.splitlines():
        assert json.loads((elsewhere / name).read_text("utf-8"))["$schema"]
    shipped = Path(__file__).parents[2] / "schemas"
    for path in (elsewhere / "out").iterdir():
        assert path.read_bytes() == (shipped / path.name).read_bytes()


def test_a_database_is_made_small_and_says_what_it_was(
    samples: Path, tmp_path: Path, run: Run, run_json: Callable[..., Any]
) -> None:
    path = Path(shutil.copy(samples, tmp_path / "desk.db"))
    done = run_json("optimize", "--db", path)
    assert done["after"] == path.stat().st_size <= done["before"]
    assert done["log_kept"] is False
    assert "2 pieces merged" in run("optimize", "--db", path).stdout
    assert run("optimize", "--db", tmp_path / "none.db").exit_code == 1
