"""Work is the same wherever it is done: here, or in other processes."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from claimtrack.match.spread import in_line
from claimtrack.pipeline import pool, spreading

ITEMS = [f"item {number}" for number in range(7)]


def lengths(some: Sequence[str]) -> list[int]:
    return [len(each) for each in some]


def test_what_is_spread_over_processes_comes_back_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spreading, "SIZE", 2)
    monkeypatch.setattr(pool, "SIZE", 2)
    assert list(spreading.over(2)(lengths, ITEMS)) == list(in_line(lengths, ITEMS))


def test_too_little_work_makes_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(spreading, "Pool")
    assert list(spreading.over(2)(lengths, iter(ITEMS))) == lengths(ITEMS)


def test_one_worker_is_our_own_process() -> None:
    assert spreading.over(1) is in_line
