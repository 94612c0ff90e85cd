"""Files, directories and standard input, good and bad."""

from __future__ import annotations

import io
import os
import sys
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from claimtrack.errors import InputError
from claimtrack.ingest import Skipped, read
from claimtrack.ingest.problems import LARGEST
from claimtrack.model.document import Article

GOOD = "حريق في مرفأ بدرون\n\nاندلع حريق في المرفأ فجر الثلاثاء، بحسب الدفاع المدني القمري.\n"
PAGE = (
    "<html><body><article><h1>Fire</h1><p>The fire in the port is out.</p></article></body></html>"
)
LINES = '{"id": "1", "text": "One."}\n{"id": "2"}\n{"id": "3", "text": "Three."}\n'


def told(*inputs: Path | str, stdin: bytes | None = None) -> list[tuple[str, str]]:
    """Return each article's place and first words, or each problem's place and reason."""
    stream = None if stdin is None else io.BytesIO(stdin)
    return [
        (item.place, item.reason if isinstance(item, Skipped) else item.text[:8])
        for item in read([str(one) for one in inputs], stdin=stream)
    ]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "in"
    for name, content in {
        "b.txt": GOOD,
        "a.dat": PAGE,
        "c/lines": LINES,
        "c/.hidden": GOOD,
        ".git/x": GOOD,
        "d/e/f.txt": GOOD,
        "d/empty.txt": "\n",
    }.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, "utf-8")
    (root / "c" / "photo.txt").write_bytes(b"\x89PNG\r\n" + bytes(range(256)))
    return root


def test_files_are_read_for_what_they_hold(folder: Path) -> None:
    text, page, lines = folder / "b.txt", folder / "a.dat", folder / "c" / "lines"
    assert told(text, page, lines) == [
        (str(text), GOOD[:8]),
        (str(page), "Fire\n\nTh"),
        (f"{lines}:1", "One."),
        (f"{lines}:2", "the field text is missing"),
        (f"{lines}:3", "Three."),
    ]


def test_a_directory_is_read_in_the_order_of_its_names(folder: Path) -> None:
    assert [(place.removeprefix(f"{folder}/"), what) for place, what in told(folder)] == [
        ("a.dat", "Fire\n\nTh"),
        ("b.txt", GOOD[:8]),
        ("c/lines:1", "One."),
        ("c/lines:2", "the field text is missing"),
        ("c/lines:3", "Three."),
        (
            "c/photo.txt",
            (
                "not text: its bytes are those of an image; give text, a page, a document or JSON"
                " lines"
            ),
        ),
        ("d/e/f.txt", GOOD[:8]),
        ("d/empty.txt", "empty: there is no text in it"),
    ]


def test_links_and_pipes_in_a_directory_are_named(folder: Path) -> None:
    (folder / "loop").symlink_to(folder, target_is_directory=True)
    (folder / "nowhere").symlink_to(folder / "gone")
    (folder / "other.txt").symlink_to(folder / "b.txt")
    os.mkfifo(folder / "pipe")
    found = dict(told(folder))
    why = "no regular file, but a link or a device"
    assert [found[f"{folder}/{name}"] for name in ("loop", "pipe")] == [why, why]
    assert found[f"{folder}/nowhere"] == "cannot be read: No such file or directory"
    assert found[f"{folder}/other.txt"] == GOOD[:8]


def test_plain_text_is_an_article_with_its_parts(folder: Path) -> None:
    (found,) = read([str(folder / "b.txt")])
    assert isinstance(found, Article)
    assert (found.text, found.lang, found.title) == (GOOD, "ar", "حريق في مرفأ بدرون")
    assert (found.id, found.url, found.outlet, found.byline) == (None, None, None, None)
    assert found.published.stated == ""


def test_the_first_outlet_named_is_the_outlet(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_text("Fire put out\n\nThe Badrun Herald\nReuters\n\nThe fire is out, they say.")
    (found,) = read([str(path)])
    assert isinstance(found, Article)
    assert found.outlet == "The Badrun Herald"


def test_nuls_and_surrogates_are_counted(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"A text with a NUL \0 and a surrogate \xed\xa0\x80 in it.")
    (found,) = read([str(path)])
    assert isinstance(found, Article)
    assert (found.replaced, found.text.count("\ufffd")) == (2, 2)


@pytest.mark.parametrize("data", [GOOD.encode(), PAGE.encode(), LINES.encode()])
def test_standard_input_is_read_like_a_file(data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = told("-", stdin=data)
    assert expected[0][0].startswith("standard input")
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(data)))
    assert told("-") == expected


def test_a_pipe_given_by_name_is_read_once(tmp_path: Path) -> None:
    ours, theirs = os.pipe()
    os.write(theirs, LINES.encode())
    os.close(theirs)
    assert [what for _, what in told(f"/dev/fd/{ours}")][::2] == ["One.", "Three."]
    os.close(ours)


def test_nothing_given_is_nothing_read() -> None:
    assert told() == []


BAD_FILES = {
    "empty": (b"", "empty: there is no text in it."),
    "blank": (b" \n\t\n", "empty: there is no text in it."),
    "binary": (bytes(range(256)) * 9, "not text: its bytes are those of something else"),
    "program": (b"\x7fELF", "not text: its bytes are those of a program"),
    "large": (b"a" * (LARGEST + 1), "larger than 10 MB"),
    "array": (b'[{"id": "1", "text": "a"}]', "a JSON array; give one object a line"),
}


@pytest.mark.parametrize(
    "name", [*BAD_FILES, "gone", "folder", "images", "", "nul\0", "https://a.example/1"]
)
def test_every_input_is_checked_before_any_is_read(name: str, tmp_path: Path) -> None:
    data, problem = BAD_FILES.get(name, (b"", ""))
    path = tmp_path / name if name in {*BAD_FILES, "gone", "folder", "images"} else name
    if name in BAD_FILES:
        Path(path).write_bytes(data)
    elif name in {"folder", "images"}:
        Path(path).mkdir()
    if name == "images":
        Path(path, "photo.txt").write_bytes(b"\x89PNG")
        Path(path, "gone").symlink_to("nowhere")
    with pytest.raises(InputError) as caught:
        read(["-", str(path)], stdin=io.BytesIO(GOOD.encode()))
    message = str(caught.value)
    assert "\n" not in message
    assert message.endswith(".")
    assert problem in message
    assert str(path) in message or repr(path) in message


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ("https://badrunherald.example/1", "only claimtrack add and watch fetch pages"),
        ("HTTP://badrunherald.example/1", "only claimtrack add and watch fetch pages"),
        ("/no/such/file", "no such file or directory; check the path"),
        ("", "an empty path; leave it out"),
        ("nul\0", "no path can be called that"),
        ("x" * 5000, "cannot be read: File name too long"),
    ],
)
def test_an_input_that_is_no_file_says_what_to_do(given: str, problem: str) -> None:
    with pytest.raises(InputError, match=problem):
        read([given])


def test_standard_input_can_be_given_once() -> None:
    with pytest.raises(InputError, match="standard input: given twice"):
        read(["-", "-"], stdin=io.BytesIO())


def test_a_large_file_is_refused_without_being_read(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    with path.open("wb") as stream:
        stream.write(b"text " * 10_000)
        stream.truncate(50 << 20)
    before = peak()
    with pytest.raises(InputError, match="larger than 10 MB: no article is that long"):
        read([str(path)])
    assert peak() - before < 1 << 20


def peak() -> int:
    if not tracemalloc.is_tracing():
        tracemalloc.start()
    return tracemalloc.get_traced_memory()[1]


@pytest.fixture(autouse=True)
def untraced() -> Iterator[None]:
    yield
    tracemalloc.stop()


@pytest.mark.parametrize("content", ["\n\u200f\n", "ab\0" + "x" * 15000 + "\x01" * 5000])
def test_a_file_that_turns_out_to_be_none_is_named(content: str, tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_text(content, "utf-8")
    found = read([str(path)])
    with pytest.raises(InputError, match=r"empty|not text"):
        next(found)


def test_a_text_that_grows_too_large_in_utf_8_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes("قال الوزير ".encode("windows-1256") * (LARGEST // 11 - 1))
    with pytest.raises(InputError, match="larger than 10 MB"):
        list(read([str(path)]))


def test_standard_input_that_never_ends_is_refused() -> None:
    with pytest.raises(InputError, match="standard input: larger than 10 MB"):
        list(read(["-"], stdin=io.BytesIO(b"text " * (4 << 20))))


def test_a_directory_where_nothing_turns_out_to_be_an_article_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"id": "1"}\n')
    found = read([str(tmp_path)])
    assert type(next(found)) is Skipped
    with pytest.raises(InputError, match="no readable article in this directory"):
        next(found)


def test_a_file_that_vanishes_or_is_forbidden_is_named(folder: Path) -> None:
    one = read([str(folder / "b.txt")])
    several = read([str(folder)])
    assert next(several).place.endswith("a.dat")
    (folder / "b.txt").unlink()
    with pytest.raises(InputError, match="cannot be read: No such file"):
        next(one)
    skipped = next(several)
    assert isinstance(skipped, Skipped)
    assert skipped.place == str(folder / "b.txt")
    assert skipped.reason == "cannot be read: No such file or directory"


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="needs Linux's /proc")
def test_a_file_that_breaks_off_is_named(folder: Path) -> None:
    (folder / "mem").symlink_to("/proc/self/mem")
    assert dict(told(folder))[str(folder / "mem")] == "cannot be read: Input/output error"
    with pytest.raises(InputError, match="mem: cannot be read: Input/output error"):
        read([str(folder / "mem")])


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_what_may_not_be_read_is_named(folder: Path) -> None:  # pragma: no cover
    (folder / "b.txt").chmod(0)
    (folder / "d").chmod(0)
    found = dict(told(folder))
    assert "Permission denied" in found[str(folder / "b.txt")]
    assert "Permission denied" in found[str(folder / "d")]
    with pytest.raises(InputError, match="Permission denied"):
        read([str(folder / "b.txt")])


def test_many_lines_take_no_more_memory_than_one() -> None:
    class Endless(io.RawIOBase):
        """Twenty megabytes of JSON lines that are never there at once."""

        left = 20 << 20
        line = b'{"id": "1", "text": "' + b"The mayor spoke of rain. " * 400 + b'"}\n'

        def read(self, size: int = -1) -> bytes:
            given = (self.line * (max(size, 1) // len(self.line) + 1))[: min(size, self.left)]
            self.left -= len(given)
            return given[: len(given) // len(self.line) * len(self.line)] or given

    before = peak()
    count = sum(isinstance(item, Article) for item in read(["-"], stdin=Endless()))
    assert count > 1000
    assert peak() - before < 10 << 20


HOSTILE = {
    "one line": b"a" * (1 << 20),
    "spaces": b" " * (5 << 20) + b"x",
    "short lines": b"a\n" * (4 << 20),
    "buttons": b"Share\n" * 40_000,
    "lists": b"Related\n\n" * 40_000 + b"Headline\n",
    "dates": b"4 May 2026\n" * 40_000,
    "commas": b"a, b, c, d, e, f\n" * 40_000,
    "bars": b"|" * (5 << 20),
    "dashes": b"- " * (4 << 20),
    "quotes": "«".encode() * (4 << 20),
    "marks": "\u064b".encode() * (4 << 20),
    "joints": "المنطقةوزارة".encode() * 100_000,
    "deep JSON": b'{"id": "1", "text": "a", "n": ' + b"[" * (4 << 20),
    "nested tags": b"<html>" + b"<div>" * 2_000_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_input_comes_to_an_end(name: str) -> None:
    try:
        list(read(["-"], stdin=io.BytesIO(HOSTILE[name])))
    except InputError:
        assert name in {"deep JSON", "nested tags"}
