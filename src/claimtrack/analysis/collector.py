"""Python's search for unreachable circles of objects, held off while many are made that stay."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def held_off() -> Iterator[None]:
    """Make no search within the block: of thousands of new values it looks at all, in vain.

    It is on again afterwards if it was before, whatever happens; what was made counts as old by
    then, so that the next search, for what is young, passes it by.
    """
    on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if on:
            gc.freeze()
            gc.unfreeze()
            gc.enable()
