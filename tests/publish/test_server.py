"""The site on a port: a real process, a real socket."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path
from typing import IO

import httpx
import pytest

from claimtrack.errors import ClaimtrackError, ConfigError, DatabaseError
from claimtrack.model.vocabulary import PublicationState
from claimtrack.publish import Where, serve, server, workers
from claimtrack.store import Store, publication
from claimtrack.store.publication import Decision
from claimtrack.store.showing import Asked, show

SCRIPT = """
import sys
from claimtrack.publish import Where, serve
serve(sys.argv[1], Where(port=0), lambda address: print(address, flush=True))
"""


@contextmanager
def begun(script: str, *arguments: Path) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "-c", script, *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def line(of: IO[str] | None) -> str:
    assert of is not None
    return of.readline().strip()


def test_ctrl_c_ends_it_quietly(database: Path) -> None:
    with begun(SCRIPT, database) as process:
        address = line(process.stdout)
        answers = [httpx.get(f"{address}{path}", timeout=30) for path in ("", "no-such-page")]
        process.send_signal(signal.SIGINT)
        rest, errors = process.communicate(timeout=30)
    assert address.startswith("http://127.0.0.1:")
    assert [answer.status_code for answer in answers] == [200, 404]
    assert (process.returncode, rest, errors) == (0, "", "")


SEVERAL = """
import sys
from multiprocessing import active_children
from claimtrack.publish import Where, serve
def ready(address):
    print(address, *(child.pid for child in active_children()), flush=True)
serve(sys.argv[1], Where(port=0), ready, public=True, workers=2)
"""


def is_there(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.skipif(not workers.can_fork(), reason="this system forks no processes")
def test_of_several_processes_one_that_dies_is_replaced_and_ctrl_c_ends_all(
    database: Path, tmp_path: Path
) -> None:
    desk, copy = tmp_path / "desk.db", tmp_path / "copy.db"
    shutil.copy(database, desk)
    with Store.open(desk) as store:
        every = publication.every(store.connection)
        now = datetime(2026, 1, 1, tzinfo=UTC)
        store.show(Decision(PublicationState.FULL, "ours", "ours"), every, user="desk", at=now)
    show(desk, copy, Asked(now))
    with begun(SEVERAL, copy) as process:
        address, *answering = line(process.stdout).split()
        first, other = map(int, answering)
        before = httpx.get(address, timeout=30).status_code
        os.kill(first, signal.SIGKILL)
        told = line(process.stderr)
        answers = [httpx.get(address, timeout=30).status_code for _ in range(4)]
        process.send_signal(signal.SIGINT)
        rest, errors = process.communicate(timeout=30)
    assert (before, answers) == (200, [200] * 4)
    assert told == DIED
    assert (process.returncode, rest, errors) == (0, "", "")
    assert [is_there(each) for each in (first, other)] == [False, False]


KEPT = """
import os, signal, sys
from multiprocessing import active_children
from pathlib import Path
from claimtrack.publish import workers
workers.PAUSES = (0, 0.01)
def begin(answers):
    for death in Path(sys.argv[1]).iterdir():
        death.unlink()
        os._exit(3)
    answers()
    os.write(1, b"answers\\n")  # at once: others write there too
    signal.pause()
def ready():
    os.write(1, b"%d %d\\n" % tuple(child.pid for child in active_children()))
workers.serve_with(2, begin, ready)
"""
DIED = "A process of the site was ended by SIGKILL; another takes its place."


@contextmanager
def begun_two(deaths: Path, number: int) -> Iterator[tuple[subprocess.Popen[str], int, int]]:
    """Begin two processes that answer; so many that are to replace them die before they do."""
    with begun(KEPT, deaths) as process:
        told = {line(process.stdout) for _ in range(3)}
        (pids,) = told - {"answers"}
        one, other = map(int, pids.split())
        for each in range(number):
            (deaths / str(each)).touch()
        yield process, one, other


@pytest.mark.skipif(not workers.can_fork(), reason="this system forks no processes")
def test_where_a_replacement_dies_before_it_answers_there_is_another(tmp_path: Path) -> None:
    with begun_two(tmp_path, 1) as (process, one, _):
        os.kill(one, signal.SIGKILL)
        answers = line(process.stdout)
        process.send_signal(signal.SIGTERM)
        rest, errors = process.communicate(timeout=30)
    assert answers == "answers"
    assert (process.returncode, rest, errors) == (-signal.SIGTERM, "", f"{DIED}\n")


@pytest.mark.skipif(not workers.can_fork(), reason="this system forks no processes")
def test_where_all_of_them_die_the_others_go_on_and_the_last_ends_the_site(tmp_path: Path) -> None:
    with begun_two(tmp_path, 4) as (process, one, other):
        os.kill(one, signal.SIGKILL)
        first = [line(process.stderr) for _ in range(2)]
        assert is_there(other)
        os.kill(other, signal.SIGKILL)
        rest, errors = process.communicate(timeout=30)
    assert first == [DIED, "None could take its place: 1 of the site's are left."]
    died, none, *_, last = errors.splitlines()
    assert (died, none) == (DIED, "None could take its place: 0 of the site's are left.")
    assert last.endswith("No process of the site answers any more. Serve it again.")
    assert (process.returncode, rest) == (1, "")


TOLD_AMID_A_FORK = """
import os, signal, threading, time
from claimtrack.publish import workers
threading.Thread(target=time.sleep, args=(9,), daemon=True).start()  # which takes the signal
os.register_at_fork(before=lambda: os.kill(os.getpid(), signal.SIGTERM))
workers.serve_with(2, lambda answers: (answers(), time.sleep(9)), lambda: print("answers"))
"""


@pytest.mark.skipif(not workers.can_fork(), reason="this system forks no processes")
def test_a_signal_amid_a_fork_ends_all() -> None:
    """Python would drop what a signal raises there, and the site would go on."""
    with begun(TOLD_AMID_A_FORK) as process:
        said = process.communicate(timeout=30)
    assert (process.returncode, *said) == (-signal.SIGTERM, "", "")


def test_where_nothing_forks_one_process_answers(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "get_all_start_methods", lambda: ["spawn"])
    assert server._number(0, public=True) == 1
    with pytest.raises(ConfigError, match=r"one process answers\. Leave --workers out"):
        serve(database, Where(port=0), public=True, workers=2)


def test_what_a_desk_writes_to_is_answered_by_one_process(database: Path) -> None:
    with pytest.raises(ConfigError, match=r"--workers with --public"):
        serve(database, Where(port=0), workers=2)


@pytest.mark.skipif(not workers.can_fork(), reason="this system forks no processes")
@pytest.mark.filterwarnings("ignore:.*multi-threaded:DeprecationWarning")  # it dies at once
def test_a_process_that_dies_before_it_answers_is_one_clear_error() -> None:
    def die(_: object) -> None:
        os._exit(3)

    with pytest.raises(ClaimtrackError, match=r"ended with code 3 .* --workers 1"):
        workers.serve_with(2, die, None)


@pytest.mark.skipif(not workers.can_fork(), reason="this system forks no processes")
@pytest.mark.filterwarnings("ignore:.*multi-threaded:DeprecationWarning")
def test_so_is_one_that_died_while_another_was_waited_for() -> None:
    turn = get_context("fork").Lock()

    def first_alone(answers: Callable[[], None]) -> None:
        if not turn.acquire(block=False):
            os._exit(3)
        time.sleep(0.5)
        answers()
        signal.pause()

    with pytest.raises(ClaimtrackError, match=r"ended with code 3 .* --workers 1"):
        workers.serve_with(2, first_alone, lambda: pytest.fail("one of them answers"))


def test_an_answer_waits_for_nobody_to_confirm_its_beginning() -> None:
    """What is accepted sends at once: asyncio sees to it with sockets of its own making alone."""
    with server._listen("127.0.0.1", 0) as listener:
        with socket.create_connection(listener.getsockname()):
            accepted, _ = listener.accept()
        with accepted:
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_it_says_when_it_answers(database: Path) -> None:
    answers = []

    def ready(address: str) -> None:
        answers.append(address)
        raise KeyboardInterrupt

    serving = threading.Thread(target=serve, args=(database, Where(port=0), ready))
    serving.start()
    serving.join(30)
    assert not serving.is_alive()
    assert answers[0].startswith("http://127.0.0.1:")


def test_a_port_in_use_is_one_clear_error(database: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(ClaimtrackError, match=rf"Port {port} .* in use.* --port {port + 1}"):
            serve(database, Where(port=port))


def test_a_host_that_is_not_this_machine_is_one_clear_error(database: Path) -> None:
    with pytest.raises(ClaimtrackError, match=r"Cannot listen on 192\.0\.2\.1 .*--host or --port"):
        serve(database, Where("192.0.2.1"))
    with pytest.raises(ClaimtrackError, match=r"Cannot listen on no\.such\.host\.invalid"):
        serve(database, Where("no.such.host.invalid"))


def test_a_port_that_cannot_be_is_one_clear_error(database: Path) -> None:
    with pytest.raises(ClaimtrackError, match="70000"):
        serve(database, Where(port=70000))


def test_a_missing_database_is_named_before_a_port_is_taken(tmp_path: Path) -> None:
    with pytest.raises(DatabaseError, match="does not exist"):
        serve(tmp_path / "none.db", Where(port=0))
