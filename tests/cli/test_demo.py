"""The demo tells two stories, and serves them."""

from __future__ import annotations

import json
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from claimtrack.store import Store, read
from claimtrack.store.dump import canonical

from .conftest import Run


def counts(path: Path) -> dict[str, int]:
    with Store.open(path, readonly=True) as store:
        return read.counts(store.connection).model_dump()


def test_the_demo_says_what_was_found(run: Run, elsewhere: Path) -> None:
    result = run("demo", "--no-serve")
    assert result.exit_code == 0, result.stderr
    found = counts(elsewhere / "claimtrack-demo.db")
    assert ", ".join(f"{number} {name}" for name, number in found.items()) in result.stdout
    assert found["documents"] >= 10
    assert found["claims"] < found["attributions"]
    assert re.search(r"^Most reported: claim-[0-9a-f]{32}$", result.stdout, re.MULTILINE)
    assert len(re.findall(r"^  - .+ · .+ · .+$", result.stdout, re.MULTILINE)) >= 2
    assert "\nQuoted most: " in result.stdout


def test_the_demo_in_json_is_what_was_added_and_nothing_is_served(run: Run) -> None:
    first, second = (json.loads(run("demo", "--json").stdout) for _ in range(2))
    found = counts(Path("claimtrack-demo.db"))
    assert first["added"] == second["unchanged"] == found["documents"]
    assert 0 < first["attributions"] <= found["attributions"]  # then outlets' own
    assert second["attributions"] == second["added"] == 0


def test_the_demo_leaves_your_database_alone(
    run: Run, elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (elsewhere / "claimtrack.toml").write_text('db = "mine.db"')
    monkeypatch.setenv("CLAIMTRACK_DB", "mine.db")
    assert run("demo", "--no-serve").exit_code == 0
    assert run("demo", "--no-serve", "--db", "asked.db").exit_code == 0
    assert run("--db", "before.db", "demo", "--no-serve").exit_code == 0
    made = {path.name for path in elsewhere.glob("*.db")}
    assert made == {"claimtrack-demo.db", "asked.db", "before.db"}


def test_a_second_demo_changes_nothing(run: Run) -> None:
    def dump() -> list[str]:
        with Store.open("again.db", readonly=True) as store:
            return list(canonical(store.connection))

    first = run("demo", "--no-serve", "--db", "again.db")
    assert re.search(r"\d+ claims compared, .* [1-9]\d* pairs joined", first.stdout)
    before = dump()
    result = run("demo", "--no-serve", "--db", "again.db")
    assert re.search(r": 0 articles added, 0 new versions, \d\d unchanged; ", result.stdout)
    assert dump() == before


def served(*arguments: str, cwd: Path) -> tuple[str, bytes, int]:
    """Serve until the home page was read, then press Ctrl-C."""
    command = [sys.executable, "-m", "claimtrack", *arguments, "--port", "0"]
    with subprocess.Popen(
        command, cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        assert process.stderr
        shown = ""
        while " is at http://" not in shown:
            line = process.stdout.readline()
            assert line, process.stderr.read()
            shown += line
        address = shown.split(" is at ")[1].split()[0]
        try:
            with urllib.request.urlopen(address) as answer:
                page = answer.read()
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(30)
        assert process.stderr.read() == ""
    return shown, page, process.returncode


def test_serve_shows_a_database_until_it_is_stopped(samples: Path, elsewhere: Path) -> None:
    shown, page, code = served("serve", "--db", str(samples), cwd=elsewhere)
    assert shown == f"{samples} is at {shown.split(' is at ')[1]}"
    assert "(Ctrl-C stops)" in shown
    assert b"<html" in page
    assert code in (0, 130)


def test_the_demo_serves_what_it_added(elsewhere: Path) -> None:
    shown, page, code = served("demo", cwd=elsewhere)
    assert "Most reported: claim-" in shown
    assert b"<html" in page
    assert code in (0, 130)


def test_a_port_in_use_is_one_line(samples: Path, run: Run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        result = run("serve", "--db", samples, "--port", port)
    assert result.exit_code == 1
    assert result.stderr.startswith(f"claimtrack: Port {port} of 127.0.0.1 is in use.")
    assert len(result.stderr.splitlines()) == 1


def test_nobody_decides_on_the_site_where_the_desk_names_nobody(samples: Path, run: Run) -> None:
    result = run("serve", "--db", samples, "--review")
    assert result.exit_code == 1
    assert result.stderr.startswith("claimtrack: Nobody may decide on the site.")
    assert len(result.stderr.splitlines()) == 1
