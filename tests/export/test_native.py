"""Our own JSON holds every row, and is what its schema says."""

from __future__ import annotations

import io
import json
from base64 import b64decode
from typing import Any

import jsonschema
import pytest

from claimtrack.export import export
from claimtrack.export.schemas import schemas
from claimtrack.store import Store
from claimtrack.store.dump import canonical

Rows = list[dict[str, Any]]

# What belongs to search, or is made of other columns.
DERIVED = {"retired_at", "wording"}


def exported(store: Store) -> dict[str, Any]:
    out = io.BytesIO()
    export("json", store.connection, out)
    found: dict[str, Any] = json.loads(out.getvalue())
    return found


def flat(record: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Return the columns of a record: what is not inside it."""
    return {k: v for k, v in record.items() if not isinstance(v, list | dict)} | more


def position(record: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Return the columns of a stretch, whose words are those of its text."""
    words = ("exact", "prefix", "suffix")
    return {k: v for k, v in flat(record, **more).items() if k not in words}


def numbered(records: Rows, **more: Any) -> Rows:
    return [flat(record, ord=place, **more) for place, record in enumerate(records)]


def tables(found: dict[str, Any]) -> dict[str, Rows]:
    """Return the tables that an export was made of."""
    rows: dict[str, Rows] = {name: [] for name in ("document_url", "document_version")}
    rows |= {name: [] for name in ("document_part", "narration", "attribution")}
    rows["attribution_position"] = []
    rows |= {"source_name": [], "source_relation": [], "claim_text": []}
    rows |= {"url_key": [], "version_update": []}
    rows["run"] = [
        flat(run, configuration=json.dumps(run["configuration"], separators=(",", ":")))
        for run in found["runs"]
    ]
    rows["source"] = [flat(source, invented=int(source["invented"])) for source in found["sources"]]
    for source in found["sources"]:
        rows["source_name"] += numbered(source["names"], source_id=source["id"])
        rows["source_relation"] += numbered(source["relations"], source_id=source["id"])
    rows["source_edit"] = found["source_edits"]
    rows["document"] = [flat(document) for document in found["documents"]]
    for document in found["documents"]:
        held = {"document_id": document["id"]}
        rows["document_url"] += [flat(url, **held) for url in document["urls"]]
        rows["url_key"] += [{"key": key, **held} for key in document["url_keys"]]
        for version in document["versions"]:
            _version(rows, version, held)
    rows["relay"] = [{k: v for k, v in one.items() if k != "strength"} for one in found["relays"]]
    rows["relay_strength"] = [
        {"relay_id": one["id"], "strength": one["strength"]}
        for one in found["relays"]
        if one["strength"]
    ]
    rows["outer_relay"], rows["claim_relation"] = found["outer_relays"], found["claim_relations"]
    rows["review"] = [one | {"links": json.dumps(one["links"])} for one in found["reviews"]]
    rows["grade"] = found["grades"]
    rows["publication"] = [flat(one) for one in found["publications"]]
    rows["publication_document"] = [
        {"document_id": document, "publication_number": one["number"]}
        for one in found["publications"]
        for document in one["documents"]
    ]
    rows["correction"] = [flat(one) for one in found["corrections"]]
    rows["correction_row"] = [
        {"correction_number": one["number"], **row}
        for one in found["corrections"]
        for row in one["rows"]
    ]
    rows["claim"] = [flat(claim) for claim in found["claims"]]
    rows["claim_cluster"] = [
        {"claim_id": claim["id"], "cluster_id": claim.pop("cluster_id")} for claim in rows["claim"]
    ]
    for claim in found["claims"]:
        rows["claim_text"] += [flat(text, claim_id=claim["id"]) for text in claim["texts"]]
    rows["judgement"] = found["judgements"]
    rows |= _fetched(found)
    rows["anchor"], rows["reprint"] = found["anchors"], found["reprints"]
    return rows


def _fetched(found: dict[str, Any]) -> dict[str, Rows]:
    captures = found["captures"]
    return {
        "capture": [
            flat(
                one,
                **{
                    name: json.dumps(
                        one[name], separators=(",", ":"), sort_keys=True, ensure_ascii=False
                    )
                    for name in ("headers", "hops")
                },
            )
            for one in captures
        ],
        "capture_version": [
            {"capture_id": one["id"], "version_id": version}
            for one in captures
            for version in one["versions"]
        ],
        "capture_body": [one | {"body": b64decode(one["body"])} for one in found["bodies"]],
    }


def _version(rows: dict[str, Rows], version: dict[str, Any], held: dict[str, str]) -> None:
    updated = version.pop("updated")
    published = {f"published_{name}": value for name, value in version["published"].items()}
    rows["document_version"].append(flat(version, **held, **published))
    within = {"version_id": version["id"]}
    if updated:
        rows["version_update"].append(updated | within)
    rows["document_part"] += [flat(part, **within) for part in version["parts"]]
    rows["narration"] += [position(one, **within) for one in version["narrations"]]
    for one in (*version["attributions"], *version["retired"]):
        rows["attribution"].append(flat(one, **within, cue_unknown=int(one["cue_unknown"])))
        for role, spans in one["spans"].items():
            places = [position(span, attribution_number=one["number"], role=role) for span in spans]
            rows["attribution_position"] += numbered(places)


TABLES = (
    *("run", "source", "source_name", "source_relation", "source_edit", "document"),
    "document_url",
    *("document_version", "document_part", "narration", "attribution", "attribution_position"),
    *("relay", "claim", "claim_cluster", "claim_text", "judgement"),
    *("relay_strength", "outer_relay", "claim_relation", "review", "grade"),
    *("capture", "capture_body", "capture_version", "url_key", "version_update"),
    *("anchor", "reprint", "publication", "publication_document"),
    *("correction", "correction_row"),
)
# What was done and when; which sources are one follows from the edits, and vectors, sketches and
# suggestions from the texts.
NO_CONTENT = {
    *("desk", "event_log", "log_head", "log_reason", "feed_entry", "reextraction"),
    *("retraction", "retraction_row", "redaction", "redaction_row", "source_cluster"),
    *("content_vector", "linked", "narration_linked", "sketch", "shingle", "suggestion"),
    *("claim_spread", "review_place", "review_note", "partition_done"),
    *("reading", "reading_answer", "brought"),
}


def test_no_content_table_is_forgotten(store: Store) -> None:
    names = store.connection.execute(
        "SELECT name FROM pragma_table_list WHERE type = 'table' AND strict"
    )
    assert {row[0] for row in names} - NO_CONTENT == set(TABLES)


@pytest.mark.parametrize("table", TABLES)
def test_every_row_of_a_table_can_be_made_again_from_the_export(store: Store, table: str) -> None:
    cursor = store.connection.execute(f"SELECT * FROM {table}")
    columns = [column[0] for column in cursor.description]
    held = [dict(zip(columns, row, strict=True)) for row in cursor]
    expected = [{k: v for k, v in row.items() if k not in DERIVED} for row in held]
    made = tables(exported(store))[table]
    assert expected
    assert sorted(map(_key, made)) == sorted(map(_key, expected))


def test_the_canonical_dump_tells_of_the_evidence_too(store: Store) -> None:
    told = {json.loads(line)["table"] for line in canonical(store.connection)}
    assert {"capture", "capture_body", "capture_version"} <= told
    assert {"version_update", "anchor", "reprint"} <= told


def _key(row: dict[str, Any]) -> str:
    return json.dumps(row, sort_keys=True, ensure_ascii=False, default=bytes.hex)


def test_it_is_what_its_schema_says(store: Store) -> None:
    schema = json.loads(schemas()["export.schema.json"])
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    assert list(validator.iter_errors(exported(store))) == []


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("version",), 2),
        (("documents", 0, "versions", 0, "attributions", 0, "stance"), "angry"),
        (("claims", 0, "id"), None),
        (("sources", 0, "surprise"), 1),
    ],
    ids=str,
)
def test_the_schema_refuses_what_is_no_export_of_ours(
    store: Store, path: tuple[str | int, ...], value: object
) -> None:
    found = exported(store)
    place: Any = found
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    validator = jsonschema.Draft202012Validator(json.loads(schemas()["export.schema.json"]))
    assert not validator.is_valid(found)


def test_texts_are_kept_to_the_letter_and_spans_find_their_words(store: Store) -> None:
    versions = [one for document in exported(store)["documents"] for one in document["versions"]]
    assert any("\x1b" in version["text"] for version in versions)
    for version in versions:
        for one in version["attributions"]:
            for spans in one["spans"].values():
                for span in spans:
                    assert version["text"][span["start"] : span["end"]] == span["exact"]


def test_retired_rows_are_left_out(store: Store) -> None:
    store.connection.execute("UPDATE document SET retired_at = '2025-03-05T00:00:00Z'")
    store.connection.execute("UPDATE judgement SET retired_at = '2025-03-05T00:00:00Z'")
    found = exported(store)
    assert [found[name] for name in ("documents", "relays", "claims", "judgements")] == [[]] * 4


def test_an_empty_database_is_an_export_too(empty: Store) -> None:
    found = exported(empty)
    validator = jsonschema.Draft202012Validator(json.loads(schemas()["export.schema.json"]))
    assert validator.is_valid(found)
    assert found["documents"] == []


def test_a_record_is_a_line(store: Store) -> None:
    out = io.BytesIO()
    export("json", store.connection, out)
    lines = out.getvalue().decode().split("\n")
    assert sum(line.startswith('{"id":"document-') for line in lines) == 3
