"""A trained model as data: a JSON file with its weights and with how it was trained."""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from claimtrack.errors import ModelError
from claimtrack.tagger.chain import Chain

FORM = "claimtrack-tagger"
VERSION = 1
LARGEST = 200_000_000
"""Bytes of the largest model that is read."""


@dataclass(frozen=True, slots=True)
class Model:
    """A model.

    Attributes:
        lang: The language it was trained on.
        votes: Whether it hears the rules: what they say is among its features.
        cues: Which words are cues.
        roles: Which words around a cue are its source and content.
        record: How it was trained, as `train` says.
        digest: The content's SHA-256, in hexadecimal digits.
    """

    lang: str
    votes: bool
    cues: Chain
    roles: Chain
    record: dict[str, Any]
    digest: str = ""

    def to_bytes(self) -> bytes:
        """Return the model as it stands in a file."""
        return json.dumps(self.as_json(), ensure_ascii=False).encode("utf-8") + b"\n"

    def as_json(self) -> dict[str, Any]:
        """Return the model as JSON has it."""
        return {
            "form": FORM,
            "version": VERSION,
            "lang": self.lang,
            "votes": self.votes,
            "record": self.record,
            "cues": self.cues.as_json(),
            "roles": self.roles.as_json(),
        }


def load(path: Path) -> Model:
    """Read a model.

    Raises:
        ModelError: The file cannot be read or is no model; the message names it.
    """
    try:
        if path.stat().st_size > LARGEST:
            raise ModelError(f"{path}: larger than any model ({LARGEST // 10**6} MB).")
        data = path.read_bytes()
    except OSError as error:
        raise ModelError(f"{path}: cannot be read ({error.strerror}).") from None
    try:
        held = json.loads(data)
    except (ValueError, RecursionError):
        held = None
    if not isinstance(held, dict) or held.get("form") != FORM:
        raise ModelError(f"{path}: no model. `claimtrack train` writes them.")
    if held.get("version") != VERSION:
        raise ModelError(f"{path}: made by another version. Train it again: `claimtrack train`.")
    if not isinstance(held.get("lang"), str):
        raise ModelError(f"{path}: its language is missing. Train it again: `claimtrack train`.")
    try:
        cues, roles = Chain.from_json(held.get("cues")), Chain.from_json(held.get("roles"))
    except ModelError as error:
        raise ModelError(f"{path}: {error}. Train it again: `claimtrack train`.") from None
    record = held.get("record")
    return Model(
        lang=held["lang"],
        votes=held.get("votes") is True,
        cues=cues,
        roles=roles,
        record=record if isinstance(record, dict) else {},
        digest=sha256(data).hexdigest(),
    )
