"""JSON Lines of articles: what is read, and what is refused with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from claimtrack.errors import ScoreError
from claimtrack.evaluation.lines import read_lines

GOOD = b'{"id": "a", "text": "\xd9\x82", "attributions": []}'


def test_articles_come_by_id_with_their_place(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_bytes(b"\xef\xbb\xbf" + GOOD + b"\r\n\n" + b'{"id": 7, "attributions": []}\n')
    got = read_lines(path)
    assert [(key, line.place) for key, line in got.items()] == [
        ("a", f"{path}:1"),
        ("7", f"{path}:3"),
    ]
    assert got["a"].article["text"] == "ق"


BAD = [
    (b"not json", "not JSON"),
    (b"\xff\xfe", "not UTF-8"),
    (b"[" * 99999, "not JSON"),
    (b"[1]", "not a JSON object"),
    (b'{"attributions": []}', "no id"),
    (b'{"id": [], "attributions": []}', "no id"),
    (b'{"id": "b"}', "`attributions`"),
    (b'{"id": "b", "attributions": [3]}', "`attributions`"),
    (GOOD, "article id 'a' stands at"),
]


@pytest.mark.parametrize(("row", "message"), BAD, ids=[f"{row[:20]!r}" for row, _ in BAD])
def test_a_bad_line_is_named_by_file_and_line(row: bytes, message: str, tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_bytes(GOOD + b"\n" + row + b"\n")
    with pytest.raises(ScoreError) as caught:
        read_lines(path)
    assert str(caught.value).startswith(f"{path}:2: ")
    assert message in str(caught.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "none.jsonl"
    with pytest.raises(ScoreError, match=r"none.jsonl: cannot be read"):
        read_lines(path)
