"""The command line: parse, call one function, print."""

import gc
import os

_OFTEN = 50_000


def _looked(phase: str, _found: dict[str, int]) -> None:
    """Once garbage has been looked for, do it often: the start is over."""
    if phase == "stop":
        gc.callbacks.remove(_looked)
        gc.set_threshold(_OFTEN)


# Starting makes many objects and no garbage: the first look for it comes late.
gc.set_threshold(10 * _OFTEN)
gc.callbacks.append(_looked)

# pydantic looks for plugins in all packages that are installed; we use none.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")

from claimtrack.cli.app import main  # noqa: E402 (what it loads, loads pydantic)

__all__ = ["main"]
