from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

from claimtrack.store import Store

NOBODY = 65534


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "claims.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with Store.open(path, create=True) as opened:
        yield opened


@contextmanager
def _as_nobody() -> Iterator[None]:
    """Drop root's right to ignore file modes, for this process, for a while."""
    if os.geteuid():
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def forbidden() -> Iterator[Path]:
    """A directory that can be made read-only for whoever runs the tests; see `sealed`."""
    made = Path(tempfile.mkdtemp(prefix="claimtrack-"))
    made.chmod(0o755)
    yield made
    made.chmod(0o755)
    shutil.rmtree(made)


@pytest.fixture
def nobody() -> Callable[[], AbstractContextManager[None]]:
    """Be somebody whom file modes bind, within a block."""
    return _as_nobody


@pytest.fixture
def sealed(forbidden: Path) -> Callable[[], AbstractContextManager[None]]:
    """Make the directory and its files read-only, and be somebody whom that binds."""

    @contextmanager
    def seal() -> Iterator[None]:
        for file in forbidden.iterdir():
            file.chmod(0o444)
        forbidden.chmod(0o555)
        with _as_nobody():
            yield

    return seal
