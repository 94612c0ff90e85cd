"""Groups of claims as they are joined: which of them stand in one article."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from claimtrack.match.groups import Groups

CLAIMS = 8
VERSIONS = st.lists(st.integers(0, 3), min_size=CLAIMS, max_size=CLAIMS)
PAIRS = st.lists(st.tuples(st.integers(0, CLAIMS - 1), st.integers(0, CLAIMS - 1)), max_size=12)


@settings(max_examples=50, deadline=None)
@given(VERSIONS, PAIRS)
def test_joining_two_groups_would_join_every_pair_of_one_article(
    versions: list[int], pairs: list[tuple[int, int]]
) -> None:
    groups = Groups(np.array(versions, dtype=np.int32), ())
    members = {claim: {claim} for claim in range(CLAIMS)}
    for left, right in pairs:
        if groups.together(left, right):
            continue
        wanted = {
            frozenset((one, other))
            for one in members[left]
            for other in members[right]
            if versions[one] == versions[other] != 0
        }
        assert {frozenset(pair) for pair in groups.beside(left, right)} == wanted
        groups.join(left, right)
        both = members[left] | members[right]
        members |= dict.fromkeys(both, both)


def test_groups_that_contradict_each_other_do_so_when_they_have_grown() -> None:
    groups = Groups(np.zeros(4, dtype=np.int32), [(1, 0)])
    groups.part(1, 2)
    groups.join(2, 3)
    assert groups.parted(0, 3)
    assert not groups.together(0, 3)
