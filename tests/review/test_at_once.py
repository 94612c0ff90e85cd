"""Eight people at once: nothing is lost, and nobody hears that the database is locked."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from claimtrack.store import Store
from claimtrack.store.verify import verify
from tests.store.build import add, report

ROOT = Path(__file__).parents[2]


def test_eight_who_decide_at_once_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "claims.db"
    with Store.open(path, create=True) as store:
        for number in range(5):
            add(store, *report(number))
    command = [sys.executable, "-m", "tests.review.decider", str(path)]
    deciders = [
        subprocess.Popen(
            [*command, str(worker)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for worker in range(8)
    ]
    told = [each.communicate(timeout=300) for each in deciders]
    assert [err for _, err in told] == [""] * 8
    said = [line for out, _ in told for line in out.splitlines()]
    assert len(said) == len(set(said)) >= 8 * 5 * 3
    with Store.open(path) as store:
        held = {
            row[0]
            for table in ("review", "grade", "correction", "judgement")
            for row in store.connection.execute(f"SELECT id FROM {table}")
        }
        assert held == set(said)
        assert verify(store.connection) == ()
