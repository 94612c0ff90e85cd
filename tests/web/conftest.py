"""A hostile server, and a fetcher that is quick to lose patience."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from claimtrack.ingest.fetch import Manners, WebFetcher
from claimtrack.ingest.guard import network
from claimtrack.pipeline import AddReport, Desk, Intake, add
from tests.web.server import HOST, Server, serving

QUICK = Manners(
    "claimtrack/test",
    delay=0.0,
    tries=2,
    patience=0.01,
    wait=2.0,
    longest=2.0,
    redirects=4,
    allowed=(network(f"{HOST}/32"),),
)
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as running:
        yield running


@pytest.fixture
def web() -> Iterator[WebFetcher]:
    with WebFetcher(QUICK, lambda: NOW) as fetcher:
        yield fetcher


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "claims.db", "noura", lambda: NOW)


@pytest.fixture
def adding(desk: Desk, web: WebFetcher) -> Callable[..., AddReport]:
    """Return a function that adds inputs, addresses among them."""

    def call(*inputs: object) -> AddReport:
        return add([str(one) for one in inputs], desk, intake=Intake(web=web))

    return call
