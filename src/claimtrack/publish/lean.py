"""What others would load beside, where it happens to be installed, and no page needs."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without(name: str) -> Iterator[None]:
    """Let nothing within the block import a package, unless it was imported before."""
    held = name in sys.modules
    if not held:
        sys.modules[name] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        if not held:
            del sys.modules[name]
