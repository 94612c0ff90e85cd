"""Run commands over the sample articles: where README's examples come from (see scripts/generate).

They run one after another in one directory, on the database that the first one, `claimtrack
demo`, makes there.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from functools import cache
from tempfile import TemporaryDirectory

DATABASE = "claimtrack-demo.db"
_ENVIRONMENT = {"CLAIMTRACK_DB": DATABASE, "CLAIMTRACK_USER": "noura", "COLUMNS": "96"}


def shown(command: str, *, stdin: str = "", lines: int | None = None, pretty: bool = False) -> str:
    """Return a block of Markdown with a command and what it prints.

    Args:
        command: A command of ours.
        stdin: What is piped into it.
        lines: How many lines are shown, if not all.
        pretty: What it prints is JSON, to be shown over several lines.
    """
    printed = _run(command, stdin).strip()
    if pretty:
        printed = _json(json.loads(printed))
    if lines and lines < len(printed.splitlines()):
        printed = "\n".join([*printed.splitlines()[:lines], "…"])
    piped = f"echo '{stdin}' | " if stdin else ""
    return f"```console\n$ {piped}{command}\n{printed}\n```\n\n"


def claim(words: str) -> str:
    """Return the id of the first claim that a search finds, as short as an id may be typed."""
    found = json.loads(_run(f"claimtrack search {shlex.quote(words)} --kind claim --json"))
    kind, _, digits = found["hits"][0]["claim_id"].partition("-")
    return f"{kind}-{digits[:6]}"


@cache
def _room() -> TemporaryDirectory[str]:
    """Return the directory; it is removed when the interpreter ends."""
    return TemporaryDirectory()


def _json(value: object) -> str:
    """Return JSON over several lines, with spans and other short lists on one."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    return re.sub(r"\[[^\[\]{}]{0,40}?\]|\[\s*\[\s*\d+,\s*\d+\s*\]\s*\]", _joined, text)


def _joined(found: re.Match[str]) -> str:
    return re.sub(r"\s+", "", found[0]).replace(",", ", ")


def _run(command: str, stdin: str = "") -> str:
    name, *arguments = shlex.split(command)
    if name != "claimtrack":
        raise ValueError(f"not a command of ours: {command}")
    done = subprocess.run(
        [sys.executable, "-m", "claimtrack", *arguments],
        capture_output=True,
        check=True,
        cwd=_room().name,
        encoding="utf-8",
        env=os.environ | _ENVIRONMENT,
        input=f"{stdin}\n" if stdin else "",
    )
    return done.stdout
