"""On a terminal words are marked, harmless and isolated; in a pipe they are as they came."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from .articles import ARABIC, many, write
from .conftest import claimtrack

pty = pytest.importorskip("pty", reason="needs a pseudo-terminal")

ISOLATES = set("\u2066\u2067\u2068\u2069")
BOLD_YELLOW = "\x1b[1;33m"
ESCAPES = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]")


def on_terminal(*arguments: str, cwd: Path) -> str:
    """Run the command line on a terminal of 100 columns and return all that was shown."""
    ours, theirs = pty.openpty()
    environ = os.environ | {"TERM": "xterm-256color", "COLUMNS": "100", "CLAIMTRACK_USER": "noura"}
    environ.pop("NO_COLOR", None)
    with subprocess.Popen(
        [sys.executable, "-m", "claimtrack", *arguments],
        cwd=cwd,
        env=environ,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
    ):
        os.close(theirs)
        shown = b""
        while True:
            try:
                piece = os.read(ours, 65536)
            except OSError:  # the other end was closed
                break
            if not piece:
                break
            shown += piece
    os.close(ours)
    return shown.decode().replace("\r\n", "\n")


def test_an_article_is_shown_with_its_attributions_marked(elsewhere: Path) -> None:
    write(elsewhere / "a.txt", ARABIC)
    shown = on_terminal("extract", "a.txt", cwd=elsewhere)
    assert f"{BOLD_YELLOW}قالت" in shown
    plain = ESCAPES.sub("", shown)
    assert re.search(r"^\d+ attributions$", plain, re.MULTILINE)
    assert re.search(r"^id +source +cue +content +how +via$", plain, re.MULTILINE)
    assert "\u2068قالت\u2069" in plain


def test_an_article_without_attributions_says_so(elsewhere: Path) -> None:
    write(elsewhere / "a.txt", "نزل المطر على قمرية طوال الليل.")
    assert "0 attributions" in on_terminal("extract", "a.txt", cwd=elsewhere)


def test_what_cannot_be_shown_is_named_below_the_rest(elsewhere: Path) -> None:
    write(elsewhere / "a.txt", ARABIC)
    write(elsewhere / "b.txt", " ")
    shown = ESCAPES.sub("", on_terminal("extract", "a.txt", "b.txt", cwd=elsewhere))
    assert "\u2068قالت\u2069" in shown
    assert shown.splitlines()[-1].startswith("claimtrack: b.txt: empty")


def test_an_article_is_json_where_that_is_asked_for(elsewhere: Path) -> None:
    write(elsewhere / "a.txt", ARABIC)
    shown = on_terminal("extract", "a.txt", "--json", cwd=elsewhere)
    (line,) = re.findall(r"^.*?({.*})$", shown, re.MULTILINE)  # behind what shows progress
    assert json.loads(line)["text"] == ARABIC


def test_a_hostile_article_cannot_steer_the_terminal(elsewhere: Path) -> None:
    text = "قالت وزارة المالية القمرية إن \x1b[31mالضريبة\x1b]0;title\x07 \u202eستنخفض في آذار."
    write(elsewhere / "a.txt", text)
    shown = on_terminal("extract", "a.txt", cwd=elsewhere)
    assert "\x1b[31m" not in shown
    assert "\x1b]0;" not in shown
    assert "\u202e" not in shown
    assert "�[31mالضريبة�]0;title�" in ESCAPES.sub("", shown)
    assert on_terminal("add", "a.txt", cwd=elsewhere)
    for command in (["search", "الضريبة"], ["sources", "list"]):
        assert "\x1b]0;" not in on_terminal(*command, cwd=elsewhere)


@pytest.mark.parametrize(
    "command", [["search", "مستودع"], ["sources", "list"], ["report"]], ids=" ".join
)
def test_words_are_isolated_on_a_terminal_only(
    command: list[str], samples: Path, elsewhere: Path
) -> None:
    shown = on_terminal(*command, "--db", str(samples), cwd=elsewhere)
    assert shown.count("\u2068") == shown.count("\u2069") > 0
    assert "\ufffd" not in shown
    piped = claimtrack(*command, "--db", samples, cwd=elsewhere).stdout
    assert piped
    assert not set(piped) & ISOLATES


def test_search_marks_what_was_found(samples: Path, elsewhere: Path) -> None:
    shown = on_terminal("search", "مستودع", "--db", str(samples), cwd=elsewhere)
    assert re.search("\x1b\\[1m[^\x1b]*مستودع", shown)


def test_columns_line_up_on_a_terminal(samples: Path, elsewhere: Path) -> None:
    shown = on_terminal("sources", "list", "--db", str(samples), cwd=elsewhere)
    lines = shown.splitlines()
    at = lines[0].index("source-") if "source-" in lines[0] else lines[1].index("source-")
    assert all(line[at:].startswith("source-") for line in lines[1:])
    assert lines[0][at:].startswith("id")


def test_progress_is_shown_on_a_terminal_and_nowhere_else(elsewhere: Path) -> None:
    write(elsewhere / "many.jsonl", many(40))
    shown = on_terminal("add", "many.jsonl", "--db", "a.db", cwd=elsewhere)
    assert "Adding" in shown
    assert "a.db: 40 articles added" in shown
    done = claimtrack("add", "many.jsonl", "--db", "b.db", cwd=elsewhere)
    assert done.stderr == ""
    assert done.stdout.startswith("b.db: 40 articles added")


def test_an_error_is_red_on_a_terminal(elsewhere: Path) -> None:
    shown = on_terminal("show", "abcdef", cwd=elsewhere)
    assert shown.startswith("\x1b[31mclaimtrack: ")
    assert "\x1b" not in claimtrack("show", "abcdef", cwd=elsewhere).stderr


def test_an_odd_name_of_a_file_does_not_break_the_line(elsewhere: Path) -> None:
    name = b"odd\xff\x1b[31m\n.txt"
    (elsewhere / os.fsdecode(name)).write_text(" ")
    done = subprocess.run(
        [sys.executable, "-m", "claimtrack", "add", name],
        cwd=elsewhere,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert b"\x1b" not in done.stderr
