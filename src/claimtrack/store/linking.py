"""What the rules that join claims ask of the judgements there are."""

from __future__ import annotations

import sqlite3


def is_judged_by(connection: sqlite3.Connection, pair: tuple[str, str], run_id: str) -> bool:
    """Tell whether a machine's run has judged two claims, even if that was undone since."""
    found = connection.execute(
        "SELECT 1 FROM judgement WHERE left_id = ? AND right_id = ? AND run_id = ?",
        (*sorted(pair), run_id),
    )
    return found.fetchone() is not None
