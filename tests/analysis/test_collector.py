"""The search for unreachable objects is held off, and on again afterwards."""

from __future__ import annotations

import gc

import pytest

from claimtrack.analysis.collector import held_off


def fail() -> None:
    with held_off():
        assert not gc.isenabled()
        _ = 1 / 0


@pytest.mark.parametrize("on", [True, False])
def test_it_is_as_it_was_afterwards_whatever_happens(on: bool) -> None:
    was = gc.isenabled()
    try:
        gc.enable() if on else gc.disable()
        with pytest.raises(ZeroDivisionError):
            fail()
        assert gc.isenabled() is on
    finally:
        gc.enable() if was else gc.disable()
