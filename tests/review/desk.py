"""A desk's database with something in each queue."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from claimtrack.model.attribution import Extraction
from claimtrack.store import Store
from tests.store.build import AGENCY, AT, RUN, USER, add, said, version_of

NOW = datetime(2031, 6, 1, 12, tzinfo=UTC)
"""When the reviewers are at work."""

TEXTS = (
    "قالت وكالة النورس إن ميناء الصدفة أُغلق أمام السفن صباح اليوم.",
    "أعلنت وكالة النورس أن ميناء الصدفة أُغلق أمام كل السفن صباح اليوم.",
    "ذكر مراقبو المرفأ أن الرافعة سقطت في ميناء الصدفة.",
)
_FOUND = (
    ("قالت", "ميناء الصدفة أُغلق أمام السفن صباح اليوم", "وكالة النورس", AGENCY.id, 0.9),
    ("أعلنت", "ميناء الصدفة أُغلق أمام كل السفن صباح اليوم", "وكالة النورس", AGENCY.id, 0.5),
    ("ذكر", "الرافعة سقطت في ميناء الصدفة", "مراقبو المرفأ", None, 0.7),
)


def fill(store: Store) -> tuple[str, ...]:
    """Add three articles, each with one attribution; return the attributions' ids, as added.

    The second is the least sure, the third has a source that nobody knows, and the claims of the
    first two are suggested to be one.
    """
    for number, (text, (cue, content, source, source_id, sure)) in enumerate(
        zip(TEXTS, _FOUND, strict=True)
    ):
        fields = {"source": source, "source_id": source_id, "confidence": sure}
        one = said(text, "1", cue, content, **fields)
        version = version_of(text, url=f"https://nawras.invalid/{number}", title=f"خبر {number}")
        add(store, version, Extraction(attributions=(one,)))
    ids = [row[0] for row in store.connection.execute("SELECT id FROM attribution ORDER BY number")]
    suggest(store, ids[0], ids[1], 0.8)
    return tuple(ids)


def claims(store: Store, ids: Sequence[str]) -> tuple[str, ...]:
    """Return the claims of attributions."""
    query = "SELECT id FROM claim WHERE attribution_id = ?"
    return tuple(store.connection.execute(query, (each,)).fetchone()[0] for each in ids)


def suggest(store: Store, one: str, other: str, score: float) -> None:
    """Suggest that the claims of two attributions are one."""
    left, right = sorted(claims(store, (one, other)))
    with store.transaction():
        store.connection.execute(
            "INSERT INTO suggestion (id, left_id, right_id, score, evidence, run_id, recorded_at)"
            " VALUES (?, ?, ?, ?, 'alike', ?, ?)",
            (f"suggestion-{left[6:]}", left, right, score, RUN.id, AT.isoformat()),
        )


__all__ = ["NOW", "TEXTS", "USER", "claims", "fill", "suggest"]
