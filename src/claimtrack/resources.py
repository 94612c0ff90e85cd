"""Where the files that ship with claimtrack are: in the wheel, or a checkout's top level."""

from __future__ import annotations

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
