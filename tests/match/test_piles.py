"""What is too much for memory comes back from files as it was put there."""

from __future__ import annotations

from contextlib import ExitStack

from hypothesis import given
from hypothesis import strategies as st

from claimtrack.match.piles import Kept


@given(st.lists(st.binary(max_size=40)), st.lists(st.integers(min_value=0), max_size=20))
def test_bytes_are_read_again_while_more_are_put_behind_them(
    some: list[bytes], asked: list[int]
) -> None:
    with ExitStack() as files:
        kept = Kept(files)
        for number, data in enumerate(some):
            assert kept.append(data) == number
            for each in asked:
                assert kept[each % (number + 1)] == some[each % (number + 1)]
        assert [kept[number] for number in range(len(some))] == some
