"""The site on a port: a real process, a real socket."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path

import httpx
import pytest

from claimtrack.errors import ClaimtrackError, DatabaseError
from claimtrack.publish import serve, server

SCRIPT = """
import sys
from claimtrack.publish import serve
serve(sys.argv[1], port=0, on_ready=lambda address: print(address, flush=True))
"""


def test_ctrl_c_ends_it_quietly(database: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", SCRIPT, str(database)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        answers = [httpx.get(f"{address}{path}", timeout=30) for path in ("", "no-such-page")]
        process.send_signal(signal.SIGINT)
        rest, errors = process.communicate(timeout=30)
    finally:
        process.kill()
        process.communicate()
    assert address.startswith("http://127.0.0.1:")
    assert [answer.status_code for answer in answers] == [200, 404]
    assert (process.returncode, rest, errors) == (0, "", "")


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

    serving = threading.Thread(
        target=serve, args=(database,), kwargs={"port": 0, "on_ready": ready}
    )
    serving.start()
    serving.join(30)
    assert not serving.is_alive()
    assert answers[0].startswith("http://127.0.0.1:")


def test_a_port_in_use_is_one_clear_error(database: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(ClaimtrackError, match=rf"Port {port} .* in use.* --port {port + 1}"):
            serve(database, port=port)


def test_a_host_that_is_not_this_machine_is_one_clear_error(database: Path) -> None:
    with pytest.raises(ClaimtrackError, match=r"Cannot listen on 192\.0\.2\.1 .*--host or --port"):
        serve(database, host="192.0.2.1")
    with pytest.raises(ClaimtrackError, match=r"Cannot listen on no\.such\.host\.invalid"):
        serve(database, host="no.such.host.invalid")


def test_a_port_that_cannot_be_is_one_clear_error(database: Path) -> None:
    with pytest.raises(ClaimtrackError, match="70000"):
        serve(database, port=70000)


def test_a_missing_database_is_named_before_a_port_is_taken(tmp_path: Path) -> None:
    with pytest.raises(DatabaseError, match="does not exist"):
        serve(tmp_path / "none.db", port=0)
