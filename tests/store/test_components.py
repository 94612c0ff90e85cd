"""What comes apart is told from what is still joined, without a walk through everything."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Generator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claimtrack.model.attribution import Attribution
from claimtrack.model.run import Run
from claimtrack.model.vocabulary import RelayKind, Verdict
from claimtrack.store import Store, clusters
from claimtrack.store.components import Neighbours, components, parted
from claimtrack.store.content import attribution_id, claim_id, relay_id
from claimtrack.store.verify import verify
from tests.store.build import AT, RUN, add, report

NODES = "abcdefgh"
Edge = tuple[str, str]
edges = st.lists(st.tuples(st.sampled_from(NODES), st.sampled_from(NODES)), max_size=14)


def around(joined: list[Edge], asked: list[str]) -> Neighbours:
    """Return what looks up the neighbours of a node, and notes which edges it was asked for."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for left, right in joined:
        found[left].append(right)
        found[right].append(left)

    def neighbours(node: str) -> Generator[str, None, None]:
        for other in found[node]:
            asked.append(node + other)
            yield other

    return neighbours


@given(joined=edges, gone=st.lists(st.tuples(*[st.sampled_from(NODES)] * 2), max_size=4))
def test_what_comes_apart_is_all_components_but_one(joined: list[Edge], gone: list[Edge]) -> None:
    before = components(NODES, joined + gone)
    after = components(NODES, joined)
    clusters_: defaultdict[str, set[str]] = defaultdict(set)
    for end in {end for edge in gone for end in edge}:
        clusters_[before[end]].add(end)
    for ends in clusters_.values():
        made = parted(sorted(ends), around(joined, []))
        expected = [{node for node in NODES if after[node] == after[end]} for end in sorted(ends)]
        assert all(part in expected for part in made)
        assert len(made) == len({frozenset(part) for part in expected}) - 1
        assert len({frozenset(part) for part in made}) == len(made)


def test_a_leaf_is_told_from_a_crowd_by_a_few_edges() -> None:
    asked: list[str] = []
    crowd = [("hub", f"member {number}") for number in range(1000)]
    assert parted(["leaf", "hub"], around(crowd, asked)) == [{"leaf"}]
    assert len(asked) < 5


def test_what_is_still_joined_is_told_by_a_few_edges() -> None:
    asked: list[str] = []
    pairs = [(f"teller {number}", f"told {number}") for number in range(1000)]
    crowds = [(f"{who} 0", f"{who} {n}") for who in ("teller", "told") for n in range(1000)]
    assert parted(["teller 7", "told 7"], around([*crowds, *pairs[:7], *pairs[8:]], asked)) == []
    assert len(asked) < 30


@given(
    drawn=st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=10, unique=True),
    plain=st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=4),
    turns=st.lists(st.sets(st.integers(0, 9)), max_size=5),
)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_clusters_follow_the_relays_that_judgements_rest_on(
    store: Store,
    drawn: list[tuple[int, int]],
    plain: list[tuple[int, int]],
    turns: list[set[int]],
) -> None:
    if not store.connection.execute("SELECT 1 FROM claim").fetchone():
        for number in range(7):
            add(store, *report(number))
    ids = [attribution_id(each[0].id, _found(each)) for each in map(report, range(7))]

    def run() -> None:
        with store.transaction():
            made = [_relay(store, ids[a], ids[b]) for a, b in drawn if a != b]
            for a, b in plain:
                if a != b:
                    _judge(store, ids[a], ids[b], None)
            for live in [set(range(10)), *turns]:
                _turn(store, {made[place] for place in live if place < len(made)})
                held = store.connection.execute("SELECT claim_id, cluster_id FROM claim_cluster")
                assert dict(held.fetchall()) == clusters.derived(store.connection)
            assert verify(store.connection) == ()
            raise _UndoError

    with pytest.raises(_UndoError):
        run()


class _UndoError(Exception):
    """Ends a transaction without a trace."""


def _found(made: tuple[object, object]) -> Attribution:
    return made[1].attributions[0]  # type: ignore[attr-defined, no-any-return]


def _relay(store: Store, child: str, parent: str) -> str:
    row_id = relay_id(child, parent, RelayKind.RELAYS)
    store.connection.execute(
        "INSERT INTO relay VALUES (?, ?, ?, 'relays', '', ?, '', NULL)",
        (row_id, child, parent, RUN.id),
    )
    _judge(store, child, parent, row_id)
    return row_id


def _judge(store: Store, one: str, other: str, relay: str | None) -> None:
    run = Run(tool="relay" if relay else "same-words", version="1")
    pair = claim_id(one), claim_id(other)
    store.judge(*pair, Verdict.POSITIVE, evidence=relay or "", run=run, user="", at=AT, relay=relay)


def _turn(store: Store, live: set[str]) -> None:
    """Make these the relays that are live, and have the clusters follow."""
    resting = "SELECT id FROM live_judgement WHERE relay_id IS NOT NULL"
    before = {row[0] for row in store.connection.execute(resting)}
    store.connection.execute("UPDATE relay SET retired_at = 'now'")
    for each in live:
        store.connection.execute("UPDATE relay SET retired_at = NULL WHERE id = ?", (each,))
    after = {row[0] for row in store.connection.execute(resting)}
    clusters.rejoin(store.connection, before - after, after - before, "now")
