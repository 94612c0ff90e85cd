"""Files that ship with claimtrack are found; a broken installation is told."""

from __future__ import annotations

import pytest

from claimtrack.errors import ClaimtrackError
from claimtrack.resources import shipped


@pytest.mark.parametrize("name", ["metadata.yml", "data", "data/cast.csv", "schemas"])
def test_what_ships_is_found(name: str) -> None:
    assert shipped(name).exists()


def test_what_is_missing_is_named_with_what_to_do() -> None:
    with pytest.raises(ClaimtrackError, match=r"^data/none\.csv is missing .* Reinstall"):
        shipped("data/none.csv")
