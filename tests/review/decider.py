"""A process of its own that decides about claims: `python -m tests.review.decider PATH NUMBER`."""

from __future__ import annotations

import sys
from datetime import timedelta
from pathlib import Path

from claimtrack.errors import BlockedJudgementError
from claimtrack.model.vocabulary import Verdict
from claimtrack.review import corrections
from claimtrack.store import Store
from claimtrack.store.grades import Grade, Review
from tests.store.build import AT, MINISTRY


def main() -> None:
    """Judge, assess, grade and accept, one transaction each; print the id of each."""
    path, worker = Path(sys.argv[1]), int(sys.argv[2])

    def tell(made: str) -> None:
        sys.stdout.write(f"{made}\n")

    user = f"reviewer {worker}"
    with Store.open(path) as store:
        claims = [row[0] for row in store.connection.execute("SELECT id FROM claim ORDER BY id")]
        reports = [
            row[0] for row in store.connection.execute("SELECT id FROM attribution ORDER BY id")
        ]
        for turn in range(len(claims)):
            at = AT + timedelta(days=1, seconds=turn)
            one, other = claims[turn], claims[turn - 1]
            tell(store.assess(Review(one, "truth", "true", user), user=user, at=at))
            tell(store.grade(Grade(MINISTRY.id, "B", user), origins=0, user=user, at=at))
            tell(corrections.accept(store, reports[turn], by=user, at=at))
            verdict = Verdict.POSITIVE if (turn + worker) % 2 else Verdict.NEGATIVE
            try:
                made = store.judge(one, other, verdict, evidence=user, run=None, user=user, at=at)
            except BlockedJudgementError:  # a colleague was quicker, and says the opposite
                continue
            tell(made)


if __name__ == "__main__":
    main()
