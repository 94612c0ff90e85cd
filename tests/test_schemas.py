"""schemas/ holds what the models say, and real lines and exports are what the schemas say."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from claimtrack.errors import OutputError
from claimtrack.export.schemas import schemas, write
from claimtrack.model.document import Article
from claimtrack.model.interchange import line
from tests.match.stories import CHAIN

SHIPPED = Path(__file__).parents[1] / "schemas"


def validator(name: str) -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(json.loads(schemas()[f"{name}.schema.json"]))


def chain_line() -> dict[str, Any]:
    version = CHAIN.version
    article = Article(
        id="c1",
        text=version.text,
        place="by hand",
        layout=version.layout,
        lang=version.lang,
        outlet=version.outlet,
        extra={"desk": "economy"},
    )
    found: dict[str, Any] = json.loads(json.dumps(line(article, CHAIN.extraction)))
    return found


def test_the_files_are_those_that_the_models_give() -> None:
    """When this fails: claimtrack schemas schemas/."""
    held = {path.name: path.read_text("utf-8") for path in SHIPPED.glob("*.json")}
    assert held == schemas()


@pytest.mark.parametrize("name", sorted(schemas()))
def test_every_schema_is_one(name: str) -> None:
    schema = json.loads(schemas()[name])
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["$id"].endswith(f"/{name}")
    assert schema["description"]


def test_a_line_of_ours_is_a_line_out_and_a_line_in() -> None:
    for name in ("article-out", "article-in"):
        assert list(validator(name).iter_errors(chain_line())) == []


@pytest.mark.parametrize(
    "came",
    [
        {"id": "1", "text": "قال"},
        {"id": "1", "text": "قال", "title": [0, 3], "body": [[0, 3]], "surprise": {"a": None}},
        {"id": "1", "text": "قال", "title": "عنوان", "attributions": [{"id": "old"}]},
    ],
    ids=str,
)
def test_a_line_in_needs_an_id_and_a_text_and_may_carry_anything(came: dict[str, Any]) -> None:
    assert validator("article-in").is_valid(came)


@pytest.mark.parametrize(
    "change",
    [{"id": None}, {"text": 3}, {"body": [[0]]}, {"body": [[-1, 2]]}, {"title": True}],
    ids=str,
)
def test_a_line_in_with_a_wrong_field_is_refused(change: dict[str, Any]) -> None:
    assert not validator("article-in").is_valid({"id": "1", "text": "قال"} | change)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("stance", "angry"),
        ("content", []),
        ("source", [[1, 2, 3]]),
        ("confidence", 1.5),
        ("kind", None),
    ],
)
def test_a_line_out_with_a_wrong_attribution_is_refused(field: str, value: object) -> None:
    wrong = chain_line()
    wrong["attributions"][0][field] = value
    assert not validator("article-out").is_valid(wrong)


def test_schemas_are_written_where_they_are_wanted(tmp_path: Path) -> None:
    written = write(tmp_path / "new" / "schemas")
    assert {path.name: path.read_text("utf-8") for path in written} == schemas()


def test_a_place_that_cannot_hold_schemas_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="cannot be written"):
        write(tmp_path / "file" / "schemas")
