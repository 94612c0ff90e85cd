"""Language packs: a language is a folder of data; this module finds and reads its files."""

from __future__ import annotations

from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

import yaml

from claimtrack.errors import PackError, UnknownLanguageError

PACKS = Path(__file__).parent / "packs"


@cache
def available() -> tuple[str, ...]:
    """Return the codes of the installed packs, sorted."""
    return tuple(sorted(path.parent.name for path in PACKS.glob("*/pack.yaml")))


def pack_file(code: str, name: str) -> Path:
    """Return the path of a file of a pack, whether or not the pack has it.

    Raises:
        UnknownLanguageError: There is no pack for the code.
    """
    if code not in available():
        raise UnknownLanguageError(code, available())
    return PACKS / code / name


@cache
def read_yaml(code: str, name: str) -> dict[str, Any]:
    """Return a YAML file of a pack as a dict; empty when the pack has no such file.

    Raises:
        UnknownLanguageError: There is no pack for the code.
        PackError: The file is not a YAML mapping.
    """
    path = pack_file(code, name)
    if not path.exists():
        return {}
    try:
        loaded = yaml.load(path.read_text("utf-8"), Loader=_LOADER)  # noqa: S506 (a safe loader, in C where there is one)
    except yaml.YAMLError as error:
        raise PackError(str(path), 0, f"not YAML: {str(error).splitlines()[0]}") from None
    if not isinstance(loaded, dict):
        raise PackError(str(path), 0, "must be a mapping")
    return loaded


_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@cache
def pack_digest(code: str) -> str:
    """Return the BLAKE2b-64 of a pack's files, in hex: what its output depends on."""
    hasher = blake2b(digest_size=8)
    for path in sorted(pack_file(code, ".").iterdir()):
        if path.is_file():
            hasher.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return hasher.hexdigest()
