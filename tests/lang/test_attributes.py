"""The sentences by which a pack's attributes are measured, and what is at least found of them."""

from __future__ import annotations

import runpy

import pytest

from tests.kit import ROOT

SCRIPT = runpy.run_path(str(ROOT / "scripts" / "attributes.py"))
FLOORS = {"kind": 0.80, "channel": 0.65, "stance": 0.60, "assertion": 0.65, "relay": 0.55}


@pytest.mark.parametrize("code", ["en", "ru"])
def test_attributes_and_relays_are_found_as_well_as_they_must_be(code: str) -> None:
    figures = SCRIPT["measured"](code).as_json()
    assert {name for name, floor in FLOORS.items() if figures[name]["f1"] < floor} == set()
