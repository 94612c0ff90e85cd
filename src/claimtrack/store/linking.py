"""What the rules that join claims ask of the judgements there are."""

from __future__ import annotations

import sqlite3


def is_judged_by(connection: sqlite3.Connection, pair: tuple[str, str], tool: str) -> bool:
    """Tell whether a tool, in any version, has judged two claims, even if that was undone since."""
    found = connection.execute(
        "SELECT 1 FROM judgement j JOIN run r ON r.id = j.run_id"
        " WHERE j.left_id = ? AND j.right_id = ? AND r.tool = ?",
        (*sorted(pair), tool),
    )
    return found.fetchone() is not None
