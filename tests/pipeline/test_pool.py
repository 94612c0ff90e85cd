"""Work in processes: in order, read as it is needed, whatever becomes of a process."""

from __future__ import annotations

import os
import signal
import struct
import sys
import time
from collections.abc import Iterator, Sequence
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from claimtrack.errors import WorkersError
from claimtrack.pipeline import pool as pool_module
from claimtrack.pipeline.pool import AHEAD, FAR, LIGHT, SIZE, Pool

_SAID: list[str] = []


def prepare(word: str) -> None:
    _SAID[:] = [word]


def work(items: Sequence[int | str]) -> list[str]:
    """Do something to each item; one that names a file kills the process till the file is there."""
    return [f"{_SAID[0]} {_done(item)}" for item in items]


def _done(item: int | str) -> int | str:
    if not isinstance(item, str):
        return item
    if not item or not Path(item).exists():
        if item:
            Path(item).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return "once"


def work_when_told(items: Sequence[int | str]) -> list[str]:
    """Wait for the file that is the first item of all."""
    until = time.monotonic() + 60
    while isinstance(items[0], str) and not Path(items[0]).exists() and time.monotonic() < until:
        time.sleep(0.01)
    return list(map(str, items))


def pool(workers: int = 2) -> Pool[int | str, str]:
    return Pool(workers, work, (prepare, ("did",)), lambda item: f"lost {item}")


def test_results_come_in_the_order_of_the_items() -> None:
    with pool() as running:
        assert list(running.map(range(100))) == [f"did {number}" for number in range(100)]


def test_a_result_that_is_long_in_coming_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool_module, "PATIENCE", 0.0)  # the first waits for its process to begin
    late: list[str] = []
    with pool() as running:
        assert next(running.map(range(1), lambda: late.append("late"))) == "did 0"
    assert late == ["late"]


@pytest.mark.parametrize(
    ("weight", "ahead"),
    [
        pytest.param(LIGHT, AHEAD * SIZE, id="heavy ones no further than they are needed"),
        pytest.param(1, FAR * SIZE, id="light ones further, so that there is work meanwhile"),
        pytest.param(LIGHT // (10 * SIZE) + 1, 10 * SIZE, id="as many as are light together"),
    ],
)
def test_items_are_read_ahead(weight: int, ahead: int, tmp_path: Path) -> None:
    read, seen = tmp_path / "read", 0

    def items() -> Iterator[int | str]:
        nonlocal seen
        for seen in range(1, 10_000):
            if seen == ahead:
                read.touch()
            yield str(read) if seen == 1 else seen

    with Pool(1, work_when_told, (prepare, ("did",)), str, weigh=lambda _: weight) as running:
        next(running.map(items()))
    assert seen == ahead


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs kill -9")
def test_a_process_that_dies_is_replaced_and_its_work_done_again(tmp_path: Path) -> None:
    items: list[int | str] = [*range(40), str(tmp_path / "died"), *range(40, 80)]
    with pool() as running:
        found = list(running.map(items))
    assert found == [
        *(f"did {n}" for n in range(40)),
        "did once",
        *(f"did {n}" for n in range(40, 80)),
    ]


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs kill -9")
def die_amid_the_answer(items: Sequence[int | str]) -> list[str]:
    """Begin an answer of 1,000 bytes and send none of them, but for the second time."""
    path = Path(str(items[0]))
    if not path.exists():
        path.touch()
        answers = sys._getframe(1).f_locals["result_queue"]
        answers._writer._send(struct.pack("!i", 1000))
        os._exit(1)
    return ["answered"]


def test_a_process_that_dies_amid_its_answer_is_replaced(tmp_path: Path) -> None:
    marks = [tmp_path / name for name in ("first", "second", "third")]
    with Pool(2, die_amid_the_answer, (prepare, ("",)), lambda _: "lost", size=1) as running:
        assert list(running.map(marks)) == ["answered"] * 3


def test_an_item_that_no_process_survives_is_lost_and_no_other() -> None:
    with pool() as running:
        found = list(running.map([1, 2, "", 3, *range(40)]))
    assert found == ["did 1", "did 2", "lost ", "did 3", *(f"did {n}" for n in range(40))]


def test_where_no_process_lives_no_item_is_lost_and_no_more_are_made() -> None:
    with Pool(2, work, (os._exit, (3,)), lambda item: pytest.fail(f"{item} is lost")) as running:
        with pytest.raises(WorkersError, match=r"dies before .* --workers 1\."):
            next(running.map(range(1000)))
        assert running._pool is None


def test_nothing_to_do_makes_no_process() -> None:
    with pool() as running:
        assert list(running.map([])) == []
        assert running._pool is None


_TOLD: list[Connection] = []


def keep(told: Connection) -> None:
    _TOLD[:] = [told]


def tell(items: Sequence[int]) -> list[int]:
    _TOLD[0].send("at work")
    return list(items)


def work_on(told: Connection) -> None:
    """Have a process at work, and never end."""
    with Pool(1, tell, (keep, (told,)), int) as running:
        next(running.map(range(1)))
        time.sleep(600)


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs kill -9")
def test_processes_end_with_the_one_that_they_work_for_even_where_it_is_killed() -> None:
    spawn = get_context("spawn")
    heard, told = spawn.Pipe(duplex=False)
    master = spawn.Process(target=work_on, args=(told,))
    master.start()
    told.close()
    assert heard.recv() == "at work"
    master.kill()
    assert heard.poll(60)
    with pytest.raises(EOFError):  # nobody is left who could tell anything
        heard.recv()
