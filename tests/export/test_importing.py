"""What is exported as JSON can be taken back in: the same database, or a merge."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from claimtrack.errors import InputError
from claimtrack.export import export, importing
from claimtrack.export.importing import Imported, import_file
from claimtrack.model.run import Run
from claimtrack.model.vocabulary import PublicationState, Verdict
from claimtrack.store import Store, history, log, read, source_edits
from claimtrack.store.content import claim_id
from claimtrack.store.dump import canonical
from claimtrack.store.publication import Decision, of_document
from claimtrack.store.selection import Wanted
from claimtrack.store.verify import verify
from tests.export.world import CHAIN, HOSTILE, RAIN, RUSSIAN, reports
from tests.match.stories import AGENCY, AT, MINISTRY, SOURCES

LATER = datetime(2025, 5, 1, tzinfo=UTC)


def dump(store: Store) -> list[str]:
    return list(canonical(store.connection))


def written(store: Store, path: Path, wanted: Wanted | None = None) -> Path:
    out = io.BytesIO()
    export("json", store.connection, out, wanted)
    path.write_bytes(out.getvalue())
    return path


def taken(store: Store, path: Path) -> Imported:
    return import_file(store, path, at=LATER, user="noura")


@pytest.fixture(scope="module")
def exported(world: Store, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(world, tmp_path_factory.mktemp("export") / "world.json")


def test_an_empty_database_becomes_the_same_one(world: Store, empty: Store, exported: Path) -> None:
    done = taken(empty, exported)
    assert dump(empty) == dump(world)
    assert verify(empty.connection) == ()
    assert done.left_out == {}
    assert done.put["attribution"] == read.counts(world.connection).attributions


def test_fetched_copied_anchored_and_judged_things_come_back_too(
    store: Store, empty: Store, tmp_path: Path
) -> None:
    taken(empty, written(store, tmp_path / "out.json"))
    assert dump(empty) == dump(store)
    assert verify(empty.connection) == ()


def test_a_file_that_the_first_version_wrote_is_still_taken_in(empty: Store) -> None:
    """The file is never written anew: readers of later versions must take it as it is."""
    done = taken(empty, Path(__file__).parent / "version-1.json")
    assert done.left_out == {}
    counted = read.counts(empty.connection)
    assert (counted.documents, counted.attributions, counted.claims) == (2, 3, 2)
    assert verify(empty.connection) == ()


def test_claims_are_known_by_the_same_ids(world: Store, empty: Store, exported: Path) -> None:
    taken(empty, exported)
    query = "SELECT claim_id, cluster_id FROM claim_cluster ORDER BY claim_id"
    known = [store.connection.execute(query).fetchall() for store in (world, empty)]
    assert known[0] == known[1]


def test_what_is_taken_in_can_be_searched_and_exported_the_same(
    world: Store, empty: Store, exported: Path, tmp_path: Path
) -> None:
    taken(empty, exported)
    for words in ("الجسر", "налог", "harbour"):
        found = [read.search(one.connection, words) for one in (world, empty)]
        assert found[0].total == found[1].total > 0
    for name in ("gexf", "csv", "turtle", "claimreview"):
        out = [io.BytesIO(), io.BytesIO()]
        export(name, world.connection, out[0])
        export(name, empty.connection, out[1])
        if name == "turtle":  # says when each database was told
            continue
        assert out[0].getvalue() == out[1].getvalue()


def test_the_same_file_again_changes_nothing(empty: Store, exported: Path) -> None:
    taken(empty, exported)
    before = dump(empty)
    again = taken(empty, exported)
    assert set(again.put.values()) <= {0}
    assert dump(empty) == before
    assert verify(empty.connection) == ()


def test_two_halves_make_the_whole(world: Store, empty: Store, tmp_path: Path) -> None:
    for lang in ("ar", "en", "ru", "und"):
        taken(empty, written(world, tmp_path / f"{lang}.json", Wanted(lang=lang)))
    assert read.counts(empty.connection).attributions == read.counts(world.connection).attributions
    assert verify(empty.connection) == ()


def test_the_log_says_who_took_it_in(empty: Store, exported: Path) -> None:
    taken(empty, exported)
    last = next(history.entries(empty.connection))
    assert (last.action, last.user, last.at) == ("import", "noura", "2025-05-01T00:00:00Z")


def test_sections_may_come_in_any_order(
    world: Store, empty: Store, exported: Path, tmp_path: Path
) -> None:
    found = json.loads(exported.read_text("utf-8"))
    turned = dict(reversed(found.items()))
    (tmp_path / "turned.json").write_text(json.dumps(turned, indent=1), "utf-8")
    taken(empty, tmp_path / "turned.json")
    assert dump(empty) == dump(world)


def test_what_was_decided_here_counts(empty: Store, exported: Path) -> None:
    (russian,), (_, relayed) = reports_of(empty)
    pair = (claim_id(relayed), claim_id(russian))
    empty.judge(*pair, Verdict.NEGATIVE, evidence="other tax", run=None, user="omar", at=AT)
    done = taken(empty, exported)
    assert done.left_out == {
        "judgement, of which the opposite was decided here": 1,
    }
    first, second = (read.resolve_id(empty.connection, each)[1] for each in pair)
    assert first != second
    assert verify(empty.connection) == ()


def reports_of(store: Store) -> tuple[list[str], list[str]]:
    """Put two stories in and return their reports."""
    for one in (RUSSIAN, CHAIN):
        one.add(store)
    return reports(store, RUSSIAN), reports(store, CHAIN)


def test_a_split_here_outweighs_a_merge_there(empty: Store, tmp_path: Path) -> None:
    with Store.open(tmp_path / "there.db", create=True) as there:
        for store in (there, empty):
            CHAIN.add(store)
        by = log.By("amal", AT)
        with there.transaction():
            source_edits.merge(there.connection, MINISTRY.id, AGENCY.id, "one", by)
        with empty.transaction():
            source_edits.split(empty.connection, MINISTRY.id, AGENCY.id, "two", by)
        done = taken(empty, written(there, tmp_path / "there.json"))
    assert sum(done.left_out.values()) == 1
    assert verify(empty.connection) == ()


def test_what_is_private_here_is_not_shown_since_others_show_it(
    empty: Store, tmp_path: Path
) -> None:
    CHAIN.add(empty)
    document = CHAIN.version.document_id
    private = Decision(PublicationState.PRIVATE, "The source could be found out.")
    empty.show(private, [document], user="omar", at=AT)
    done = taken(empty, shown(tmp_path, PublicationState.FULL))
    assert done.left_out == {"publication of what was decided here": 1}
    assert of_document(empty.connection, document) is PublicationState.PRIVATE


def test_of_several_decisions_there_the_last_counts_here_too(empty: Store, tmp_path: Path) -> None:
    path = shown(tmp_path, PublicationState.FULL, PublicationState.PRIVATE)
    for new in (2, 0):
        done = taken(empty, path)
        assert (done.put["publication"], done.left_out) == (new, {})
        found = of_document(empty.connection, CHAIN.version.document_id)
        assert found is PublicationState.PRIVATE


def shown(folder: Path, *states: PublicationState) -> Path:
    """Export a story of which somebody decided that it may be shown, once or again."""
    with Store.open(folder / "there.db", create=True) as there:
        CHAIN.add(there)
        for state in states:
            decision = Decision(state, "It is ours.", "Our own text.")
            there.show(decision, [CHAIN.version.document_id], user="amal", at=AT)
        return written(there, folder / "there.json")


def test_a_text_that_is_held_keeps_its_own_reading(empty: Store, exported: Path) -> None:
    found = HOSTILE.extraction.model_copy(update={"attributions": ()})
    empty.add(HOSTILE.version, found, SOURCES, run=Run(tool="x", version="1"), at=AT, user="omar")
    done = taken(empty, exported)
    assert done.left_out["attribution of a text that is held with another reading"] == 1
    assert not reports(empty, HOSTILE)
    assert verify(empty.connection) == ()


def changed(found: Any, *path: Any, to: Any) -> None:
    for step in path[:-1]:
        found = found[step]
    found[path[-1]] = to


VERSION = ("documents", 0, "versions", 0)
REPORT = (*VERSION, "attributions", 0)
BROKEN: list[tuple[Callable[[Any], object], str]] = [
    (lambda found: found.update(version=2), "it is of version 2; this claimtrack reads 1"),
    (lambda found: found.pop("version"), "it is of version None"),
    (lambda found: found.update(format="other"), 'it does not say "format": "claimtrack"'),
    (lambda found: found.update(surprise=[{}]), "'surprise' is no part of an export"),
    (lambda found: found.update(claims={}), "claims is no list of records"),
    (lambda found: found.update(claims=[[]]), "claims is no list of records"),
    (lambda found: found.update(claims=[1]), "claims is no list of records"),
    (lambda found: found["sources"][0].pop("key"), "key: Field required"),
    (lambda found: found["sources"][0].update(more=1), "more: Extra inputs"),
    (lambda found: changed(found, *REPORT, "stance", to="angry"), "stance: Input should be"),
    (lambda found: changed(found, *REPORT, "stance", to="disputing"), "is not the id of the"),
    (
        lambda found: changed(found, *REPORT, "spans", "content", 0, "end", to=10**6),
        "is not the id of the attribution's content",
    ),
    (
        lambda found: changed(found, *REPORT, "spans", "content", 0, "exact", to="other words"),
        "other words stand at",
    ),
    (
        lambda found: changed(found, *VERSION, "narrations", to=[narration(found)]),
        "span 0:1000000 is not within a text",
    ),
    (lambda found: changed(found, *VERSION, "text", to="another text"), "has the SHA-256"),
    (lambda found: changed(found, *VERSION, "text", to="a\0b"), "holds a NUL"),
    (lambda found: changed(found, *VERSION, "parts", 0, "end", to=10**6), "is not the id of"),
    (lambda found: changed(found, "documents", 0, "identity", to="x"), "is not the id of"),
    (lambda found: found["runs"].clear(), "which made something, is not in the file"),
    (lambda found: changed(found, *REPORT, "number", to=10**30), "integer overflow"),
    (lambda found: found["bodies"][0].update(body="AAAA"), "is not what its digest says"),
    (lambda found: found["bodies"][0].update(body="%"), "is no sound export"),
    (lambda found: found["bodies"].clear(), "points to a capture_body that is not in the file"),
    (lambda found: found["captures"][0].update(status=500), "is not the id of the capture"),
    (lambda found: found["reviews"][0].update(rating="true"), "is not the id of the review"),
    (lambda found: found["relays"][0].update(kind="quotes"), "is not the id of the relay"),
    (lambda found: found["judgements"][0].update(judged_by="x"), "is not the id of the judg"),
    (lambda found: found["claim_relations"][0].update(kind="responds_to"), "is not the id"),
    (lambda found: found["grades"][0].update(grade="Z"), "is no grade"),
]


def narration(found: Any) -> Any:
    return {
        "id": "narration-0",
        "recorded_at": "2025-03-04T09:30:00Z",
        "start": 0,
        "end": 10**6,
        "exact": "",
        "prefix": "",
        "suffix": "",
        "run_id": found["runs"][0]["id"],
    }


@pytest.mark.parametrize("place", range(len(BROKEN)))
def test_a_broken_file_is_told_in_one_line_and_changes_nothing(
    place: int, empty: Store, exported: Path, tmp_path: Path
) -> None:
    RAIN[0].add(empty)
    before = dump(empty)
    damage, message = BROKEN[place]
    found = json.loads(exported.read_text("utf-8"))
    damage(found)
    path = tmp_path / "broken.json"
    path.write_text(json.dumps(found), "utf-8")
    with pytest.raises(InputError) as caught:
        taken(empty, path)
    assert message in str(caught.value)
    assert str(caught.value).startswith(f"{path}: ")
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 300 + len(str(path))
    assert dump(empty) == before
    assert verify(empty.connection) == ()


@pytest.mark.parametrize(("name", "to"), [("end", 10**6), ("start", 1), ("exact", "other words")])
def test_what_is_broken_in_a_text_that_is_held_is_told_too(
    empty: Store, exported: Path, tmp_path: Path, name: str, to: object
) -> None:
    taken(empty, exported)
    before = dump(empty)
    found = json.loads(exported.read_text("utf-8"))
    changed(found, *REPORT, "spans", "content", 0, name, to=to)
    (tmp_path / "broken.json").write_text(json.dumps(found), "utf-8")
    with pytest.raises(InputError, match=r"is not the id of|other words stand at"):
        taken(empty, tmp_path / "broken.json")
    assert dump(empty) == before


def test_a_source_that_is_nowhere_is_told(empty: Store, exported: Path, tmp_path: Path) -> None:
    found = json.loads(exported.read_text("utf-8"))
    found["sources"].clear()
    (tmp_path / "broken.json").write_text(json.dumps(found), "utf-8")
    with pytest.raises(InputError, match=r"its source source-\w+ is not held"):
        taken(empty, tmp_path / "broken.json")
    assert read.counts(empty.connection).documents == 0


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "is no sound export"),
        (b"[]", "it is no list of records"),
        (b"1", "is no sound export"),
        (b"{", "is no sound export"),
        (b'{"format":"claimtrack","version":1', "is no sound export"),
        (b"\xff\xfe{}", "is no sound export"),
        (b"PK\x03\x04", "is no sound export"),
        (b'{"runs":[{"id":' + b"[" * 100 + b"]" * 100 + b"}]}", "lie more than 32 deep"),
        (b'{"runs":[{"id":"\\ud800"}]}', ""),
        (b"{}", 'it does not say "format"'),
    ],
)
def test_what_is_no_export_is_told_in_one_line(
    data: bytes, message: str, empty: Store, tmp_path: Path
) -> None:
    path = tmp_path / "odd.json"
    path.write_bytes(data)
    with pytest.raises(InputError) as caught:
        taken(empty, path)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("filling", ["a", '\\"', "\\\\"])
def test_a_string_that_is_too_long_is_not_read(
    filling: str, empty: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "LONGEST", 200_000)
    monkeypatch.setattr(importing, "CHUNK", 50_000)
    path = tmp_path / "long.json"
    path.write_text('{"runs":[{"id":"' + filling * 400_000 + '"}]}')
    with pytest.raises(InputError, match="a string is longer than 200,000 bytes"):
        taken(empty, path)


def test_a_file_that_is_not_there_is_told(empty: Store, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"cannot be read \(No such file or directory\)"):
        taken(empty, tmp_path / "none.json")
