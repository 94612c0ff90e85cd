"""The command line: parse, call one function, print."""

import gc
import os

# Starting makes many objects and no garbage.
gc.set_threshold(50_000)

# pydantic looks for plugins in all packages that are installed; we use none.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")

from claimtrack.cli.app import main  # noqa: E402 (what it loads, loads pydantic)

__all__ = ["main"]
