"""The evaluation kit: gold of others' texts, which stays outside the repository.

It lies in the folder that CLAIMTRACK_SHARED names, else in `shared` beside the checkout. Tests
that need it are skipped, and say so, where it is in neither place.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SHARED = Path(os.environ.get("CLAIMTRACK_SHARED") or ROOT.parent / "shared")
EVAL = SHARED / "eval"

needs_kit = pytest.mark.skipif(
    not (EVAL / "score.py").exists(),
    reason=f"no evaluation kit at {EVAL}; CLAIMTRACK_SHARED may name another folder",
)
