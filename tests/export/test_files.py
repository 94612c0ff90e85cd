"""What is written appears whole or not at all."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from claimtrack.errors import OutputError
from claimtrack.export.files import whole_file, whole_folder


class InterruptedWriteError(Exception):
    """Something went wrong while writing."""


def test_a_file_appears_when_the_block_ends(tmp_path: Path) -> None:
    target = tmp_path / "out.json"
    with whole_file(target) as stream:
        stream.write(b"half")
        stream.flush()
        assert not target.exists()
        stream.write(b" and half")
    assert target.read_bytes() == b"half and half"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize("before", [None, b"older"])
def test_a_failure_leaves_what_was_there(tmp_path: Path, before: bytes | None) -> None:
    target = tmp_path / "out.json"
    if before:
        target.write_bytes(before)

    def fail() -> None:
        with whole_file(target) as stream:
            stream.write(b"half")
            raise InterruptedWriteError

    with pytest.raises(InterruptedWriteError):
        fail()
    assert [path.read_bytes() for path in tmp_path.iterdir()] == ([before] if before else [])


def test_a_failure_leaves_no_folder(tmp_path: Path) -> None:
    def fail() -> None:
        with whole_folder(tmp_path / "out") as folder:
            (folder / "one.csv").write_text("1")
            raise InterruptedWriteError

    with pytest.raises(InterruptedWriteError):
        fail()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("place", "reason"),
    [
        ("no/such/folder/out", "No such file or directory"),
        ("file/out", "Not a directory"),
        (".", "Is a directory"),
    ],
)
def test_a_place_that_cannot_be_written_is_told_in_one_line(
    tmp_path: Path, place: str, reason: str
) -> None:
    (tmp_path / "file").write_text("a file")
    with pytest.raises(OutputError) as caught, whole_file(tmp_path / place):
        pass
    assert (
        str(caught.value) == f"{tmp_path / place}: cannot be written ({reason}). Name another file."
    )


def test_a_folder_that_cannot_be_made_is_told_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("a file")
    with pytest.raises(OutputError, match="cannot be written"), whole_folder(tmp_path / "file/out"):
        pass


def test_a_link_is_followed_not_replaced(tmp_path: Path) -> None:
    real, link = tmp_path / "real.json", tmp_path / "link.json"
    real.write_bytes(b"older")
    link.symlink_to(real)
    with whole_file(link) as stream:
        stream.write(b"newer")
    assert link.is_symlink()
    assert real.read_bytes() == b"newer"


def test_a_pipe_is_written_to_as_it_is(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    got: list[bytes] = []
    reader = threading.Thread(target=lambda: got.append(pipe.read_bytes()))
    reader.start()
    with whole_file(pipe) as stream:
        stream.write(b"through")
    reader.join(10)
    assert got == [b"through"]
    assert pipe.is_fifo()


def test_files_can_be_read_by_whom_the_system_lets(tmp_path: Path) -> None:
    (tmp_path / "plain").write_bytes(b"")
    with whole_file(tmp_path / "ours"):
        pass
    modes = {(tmp_path / name).stat().st_mode for name in ("plain", "ours")}
    assert len(modes) == 1
