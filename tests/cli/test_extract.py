"""Extraction without a database: JSON lines out, the input's fields, ids and offsets kept."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from claimtrack.model.interchange import ArticleLine

from .articles import ARABIC, ENGLISH, HTML, many, write
from .conftest import Run, claimtrack


def lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def test_a_line_goes_out_for_each_line_that_comes_in(run: Run, elsewhere: Path) -> None:
    write(elsewhere / "in.jsonl", many(3))
    result = run("extract", "in.jsonl")
    assert result.exit_code == 0
    out = lines(result.stdout)
    assert [line["id"] for line in out] == ["wheat-0", "wheat-1", "wheat-2"]
    for line in out:
        found = ArticleLine.model_validate(line)
        assert found.attributions
        for one in found.attributions:
            assert all(found.text[start:end].strip() for start, end in one.content)


def test_unknown_fields_are_kept_and_old_attributions_replaced(run: Run) -> None:
    line = {
        "id": "x",
        "text": ENGLISH,
        "desk": {"reader": "Lena", "marks": [1, None]},
        "attributions": [{"id": "old", "content": [[0, 3]]}],
        "narrator": [[0, 3]],
    }
    (out,) = lines(run("extract", "-", stdin=json.dumps(line)).stdout)
    assert out["desk"] == line["desk"]
    assert out["text"] == ENGLISH
    assert "old" not in [one["id"] for one in out["attributions"]]
    (found,) = out["attributions"]
    assert [ENGLISH[start:end] for start, end in found["source"]] == [
        "The Ministry of Finance of Qamaria"
    ]


def test_files_are_called_after_their_names(run: Run, elsewhere: Path) -> None:
    write(elsewhere / "a" / "wheat.txt", ARABIC)
    write(elsewhere / "b" / "wheat.txt", ENGLISH)
    write(elsewhere / "tax.html", HTML)
    out = lines(run("extract", "a", "b", "tax.html").stdout)
    assert [line["id"] for line in out] == ["wheat", "b/wheat.txt", "tax"]


def test_a_file_appears_whole_or_not_at_all(run: Run, elsewhere: Path) -> None:
    write(elsewhere / "in.jsonl", many(2))
    write(elsewhere / "empty.txt", " ")
    out = write(elsewhere / "out.jsonl", "before")
    assert run("extract", "empty.txt", "-o", out).exit_code == 1
    assert out.read_text() == "before"
    result = run("extract", "in.jsonl", "empty.txt", "-o", out)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("claimtrack: empty.txt: empty")
    assert len(lines(out.read_text("utf-8"))) == 2
    assert {path.name for path in elsewhere.iterdir()} == {"in.jsonl", "empty.txt", "out.jsonl"}


@pytest.mark.parametrize("given", ["a.txt", "./a.txt", "link.txt", "hard.txt", "."])
@pytest.mark.parametrize("out", ["a.txt", "link.txt"])
def test_an_article_is_not_replaced_by_what_is_found_in_it(
    given: str, out: str, run: Run, elsewhere: Path
) -> None:
    article = write(elsewhere / "a.txt", ARABIC)
    (elsewhere / "link.txt").symlink_to(article)
    (elsewhere / "hard.txt").hardlink_to(article)
    result = run("extract", "-", "nowhere.txt", given, "-o", out, stdin=ENGLISH)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == f"claimtrack: {out}: is one of the inputs. Name another file.\n"
    assert article.read_text("utf-8") == ARABIC


def test_a_named_pipe_is_written_and_stays(elsewhere: Path) -> None:
    write(elsewhere / "in.jsonl", many(1))
    os.mkfifo(elsewhere / "pipe")
    reader = os.open(elsewhere / "pipe", os.O_RDONLY | os.O_NONBLOCK)
    try:
        done = claimtrack("extract", "in.jsonl", "-o", "pipe", cwd=elsewhere)
        assert (done.returncode, done.stderr) == (0, "")
        assert [line["id"] for line in lines(os.read(reader, 100_000).decode())] == ["wheat-0"]
    finally:
        os.close(reader)
    assert (elsewhere / "pipe").is_fifo()
