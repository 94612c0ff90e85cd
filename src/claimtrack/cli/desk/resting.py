"""Garbage is collected while a reviewer reads, never between a key and what it shows."""

from __future__ import annotations

import gc

READING, AWAY = 0.5, 20.0
"""Seconds without a key after which somebody reads, or does something else."""

MOST = 15_000
"""Objects that are made before they are looked through all the same; some ten milliseconds."""


def begin() -> None:
    """Take what is loaded by now for good, and leave collecting to `young` and `everything`."""
    gc.collect()
    gc.freeze()
    gc.disable()


def young() -> None:
    """Collect what became garbage since the last time: a matter of milliseconds."""
    gc.collect(1)


def everything() -> None:
    """Collect all garbage: ten times as long."""
    gc.collect()


def is_due() -> bool:
    """Tell whether so much was made that it cannot wait any longer."""
    return gc.get_count()[0] > MOST


def end() -> None:
    """Let Python collect as it does."""
    gc.enable()
    gc.unfreeze()
