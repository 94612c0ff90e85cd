"""Verdicts and grades as a desk gives them: on its own scales, and by the rules of grading."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from claimtrack.analysis.origins import origins
from claimtrack.analysis.web import load
from claimtrack.errors import RatingError
from claimtrack.store import Store
from claimtrack.store.grades import Grade, Review

Scales = Mapping[str, Mapping[str, float | None]]
"""Scales by name: of each label where it stands from 1 (false) to 5 (true), None for nowhere."""

ANY_WORDS = "truth"
"""What the scale of a desk is called that has none of its own: any words are a label of it."""


def first_scale(scales: Scales) -> str:
    """Return the scale that is meant where none is named."""
    return next(iter(scales), ANY_WORDS)


def rated(scales: Scales, scale: str, label: str) -> float | None:
    """Return where a label of a scale stands from 1 (false) to 5 (true), None for nowhere.

    A desk without scales gives verdicts in any words, which stand nowhere.

    Raises:
        RatingError: The desk has scales, and none of this name; or the scale has no such label.
    """
    if not scales:
        return None
    if scale not in scales:
        raise RatingError(scale, scales)
    if label not in scales[scale]:
        raise RatingError(scale, scales, label)
    return scales[scale][label]


def assess(store: Store, scales: Scales, review: Review, *, at: datetime, user: str) -> str:
    """Record a verdict, with its label's value on the desk's scale; return its id.

    Args:
        store: Where to.
        scales: The desk's scales, as `Settings.scales` has them.
        review: The verdict; its `value` is found here.
        at: When, with a zone.
        user: Who gives it.

    Raises:
        RatingError: The desk has scales, and the label is of none or another.
        DatabaseError: See `claimtrack.store.Store.assess`.
    """
    value = rated(scales, review.scale, review.rating)
    return store.assess(review._replace(value=value), at=at, user=user)


def grade(store: Store, given: Grade, *, at: datetime, user: str) -> str:
    """Record a grade of a claim or a source, a claim's origins counted here; return its id.

    Raises:
        GradeError: The grade is none of its scale, or 1 on fewer than two independent origins
            without a reason.
        DatabaseError: See `claimtrack.store.Store.grade`.
    """
    count = 0
    if given.subject.startswith("claim-"):
        count = origins(load(store.connection, given.subject)).origins
    return store.grade(given, origins=count, user=user, at=at)
