"""What is installed: where the files that ship with claimtrack are, and whether it is compiled."""

from __future__ import annotations

from importlib.machinery import EXTENSION_SUFFIXES
from pathlib import Path

from claimtrack.errors import ClaimtrackError

_HERE = Path(__file__).parent


def shipped(name: str) -> Path:
    """Return the path of `metadata.yml`, `data` or `schemas`, or of something below them.

    Raises:
        ClaimtrackError: It is in neither place; the installation is broken.
    """
    for root in (_HERE / "_shipped", _HERE.parents[1]):
        path = root / name
        if path.exists():
            return path
    raise ClaimtrackError(f"{name} is missing from this installation. Reinstall claimtrack.")


def is_compiled() -> bool:
    """Tell whether the modules that find attributions are compiled ones (see hatch_build.py)."""
    return any((_HERE / "extract" / f"engine{suffix}").exists() for suffix in EXTENSION_SUFFIXES)
