"""The JSON Schemas of what goes in and out, written from the models themselves."""

from __future__ import annotations

import json
from pathlib import Path

from pydantic import BaseModel
from pydantic.json_schema import JsonSchemaMode

from claimtrack.export.files import explained, whole_file
from claimtrack.export.record import Export
from claimtrack.model.interchange import ArticleInput, ArticleLine
from claimtrack.review.decisions import Decision

_BASE = "https://claimtrack.invalid/schemas"
_MODELS: dict[str, tuple[type[BaseModel], JsonSchemaMode]] = {
    "article-in": (ArticleInput, "validation"),
    "article-out": (ArticleLine, "validation"),  # fields that say nothing are left out
    "decision": (Decision, "validation"),
    "export": (Export, "serialization"),
}


def schemas() -> dict[str, str]:
    """Return the text of every schema by its file's name."""
    return {f"{name}.schema.json": _schema(name) for name in _MODELS}


def write(directory: Path) -> tuple[Path, ...]:
    """Write every schema into a directory, which is made if need be; return the files.

    Raises:
        OutputError: One of them cannot be written.
    """
    with explained(directory):
        directory.mkdir(parents=True, exist_ok=True)
    written = []
    for name, text in schemas().items():
        with whole_file(directory / name) as stream:
            stream.write(text.encode())
        written.append(directory / name)
    return tuple(written)


def _schema(name: str) -> str:
    model, mode = _MODELS[name]
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"{_BASE}/{name}.schema.json",
        **model.model_json_schema(mode=mode),
    }
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
