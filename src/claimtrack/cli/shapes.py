"""Shapes of JSON in words, from the models' JSON Schemas."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

_FIELD = re.compile(r"^ {4}(\w+): (.*(?:\n {8}.*)*)", re.MULTILINE)
"""A field in the Attributes section of a docstring, its continuation lines with it."""

_VOCABULARY = "vocabulary.md"
"""The page that explains the closed sets of values."""


class Shapes:
    """The shapes of some models and of everything in them, each once."""

    def __init__(self, models: Iterable[type[BaseModel]]) -> None:
        """Collect them."""
        wanted = [(model, "serialization") for model in dict.fromkeys(models)]
        _, schema = models_json_schema(wanted, ref_template="{model}")  # type: ignore[arg-type]
        self._known: dict[str, Any] = schema["$defs"]

    @staticmethod
    def link(name: str) -> str:
        """Return a Markdown link to a shape."""
        return f"[{name}](#{name.lower()})"

    def markdown(self) -> str:
        """Return every shape with its fields."""
        return "\n".join(
            self._shape(name, schema)
            for name, schema in sorted(self._known.items())
            if "properties" in schema
        )

    def _shape(self, name: str, schema: dict[str, Any]) -> str:
        about, _, attributes = schema.get("description", "").partition("\nAttributes:\n")
        said = {field: " ".join(text.split()) for field, text in _FIELD.findall(attributes)}
        lines = [f"### {name}\n", f"{' '.join(about.split())}\n"]
        for field, each in schema["properties"].items():
            more = f": {said[field]}" if field in said else ""
            lines.append(f"- `{field}` ({self._type(each)}){more}")
        return "\n".join([*lines, ""])

    def _type(self, schema: dict[str, Any]) -> str:
        match schema:
            case {"$ref": name}:
                closed = "enum" in self._known[name]
                return f"[{name}]({_VOCABULARY}#{name.lower()})" if closed else self.link(name)
            case {"anyOf": choices}:
                return " or ".join(self._type(choice) for choice in choices)
            case {"type": "array", "prefixItems": items}:
                return f"[{', '.join(self._names(items))}]"
            case {"type": "array", "items": items}:
                return f"list of {self._type(items)}"
            case {"type": "object", "additionalProperties": dict(values)}:
                return f"object of {self._type(values)}"
        return str(schema.get("format", schema.get("type", "anything")))

    def _names(self, items: list[dict[str, Any]]) -> Iterator[str]:
        """Yield what the places of a fixed list are called, or their types."""
        for item in items:
            yield str(item.get("title", "")).lower() or self._type(item)
