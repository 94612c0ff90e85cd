"""A built site over the sample database, asked from a loop of its own."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Coroutine, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from claimtrack.model.ids import content_id
from claimtrack.publish import build
from claimtrack.store import Store
from tests.publish import sample

Get = Callable[..., httpx.Response]


class Loop:
    """An event loop in a thread: Playwright keeps the main thread's to itself."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self.thread.start()

    def run(self, work: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(60)

    def close(self) -> None:
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join()
        self.loop.close()


@pytest.fixture(scope="session")
def loop() -> Iterator[Loop]:
    made = Loop()
    yield made
    made.close()


@pytest.fixture(scope="session")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("publish") / "any name.sqlite"
    sample.make(path)
    return path


@pytest.fixture
def asking(loop: Loop) -> Iterator[Callable[[Any], Get]]:
    """Return how to ask a Datasette for a page; its databases are closed afterwards."""
    yield from asked_of(loop)


@pytest.fixture(scope="session")
def get(database: Path, loop: Loop) -> Iterator[Get]:
    """Return how to ask the site over the sample database, which nobody writes."""
    for of in asked_of(loop):
        yield of(build(database))


def asked_of(loop: Loop) -> Iterator[Callable[[Any], Get]]:
    asked = []

    def of(site: Any) -> Get:
        asked.append(site)
        return lambda path, **how: loop.run(site.client.get(path, **how))

    yield of
    for site in asked:
        for mounted in site.databases.values():
            mounted.close()
        site.executor.shutdown()


@pytest.fixture(scope="session")
def ids(database: Path) -> dict[tuple[str, int], str]:
    """The claim each attribution began as, by language and number."""
    with Store.open(database, readonly=True) as store:
        return sample.claims_of(store)


def document_id(article: Any) -> str:
    """Return the id of an article's document."""
    return sample.version(article).document_id


def source_id(key: str) -> str:
    """Return the id of a source."""
    return content_id("source", key)
