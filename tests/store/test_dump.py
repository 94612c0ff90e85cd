from __future__ import annotations

import json
import random
from datetime import timedelta
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claimtrack.store import Store
from claimtrack.store.dump import canonical
from tests.store.build import AT, RUN, STORY, add, add_story, report, story, story_found


def _dump(store: Store) -> list[str]:
    return list(canonical(store.connection))


def test_a_dump_holds_every_content_row_once_in_order(store: Store) -> None:
    add_story(store)
    lines = [json.loads(line) for line in _dump(store)]
    tables = [line["table"] for line in lines]
    assert {table: tables.count(table) for table in dict.fromkeys(tables)} == {
        "run": 1,
        "source": 3,
        "source_name": 3,
        "source_relation": 1,
        "document": 1,
        "document_url": 1,
        "document_version": 1,
        "document_part": 2,
        "attribution": 3,
        "attribution_span": 10,
        "narration": 1,
        "relay": 1,
        "claim": 3,
        "claim_text": 3,
        "claim_cluster": 3,
    }
    assert lines[0] == {
        "table": "run",
        "id": RUN.id,
        "tool": "rules",
        "version": "1.0",
        "configuration": '{"pack":"abc"}',
    }
    assert STORY in [line.get("text") for line in lines]
    ids = [line["id"] for line in lines if line["table"] == "attribution"]
    assert ids == sorted(ids)


def test_a_dump_has_no_times_of_ours_no_log_and_nothing_retired(store: Store) -> None:
    add_story(store)
    store.connection.execute("UPDATE attribution SET retired_at = 'now' WHERE key = '3'")
    whole = "\n".join(_dump(store))
    assert "2031-05-04T09:30" not in whole
    assert "recorded_at" not in whole
    assert "العاصفة بلغت الساحل" not in "".join(
        line for line in _dump(store) if '"table":"document_version"' not in line
    )


def test_a_dump_left_half_way_leaves_no_transaction(store: Store) -> None:
    add_story(store)
    lines = canonical(store.connection)
    next(lines)
    lines.close()
    assert not store.connection.in_transaction
    add(store, *report(1))


@given(
    order=st.permutations(range(5)), minutes=st.lists(st.integers(0, 999), min_size=6, max_size=6)
)
@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_the_order_of_adding_makes_no_difference(
    store: Store, tmp_path: Path, order: list[int], minutes: list[int]
) -> None:
    if not _dump(store):
        for number in range(5):
            add(store, *report(number))
        add(store, story(), story_found())
    name = f"{random.Random(str((order, minutes))).getrandbits(64)}.db"
    with Store.open(tmp_path / name, create=True) as other:
        at = [AT + timedelta(minutes=minute) for minute in minutes]
        add(other, story(), story_found(), at=at[5], user="another")
        for number in order:
            add(other, *report(number), at=at[number])
        assert _dump(other) == _dump(store)
