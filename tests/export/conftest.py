"""A store with a small story in it: a relay chain, the same words elsewhere, an answer, rain."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from claimtrack.match.anchors import State
from claimtrack.match.link import link
from claimtrack.model.capture import Capture, Response
from claimtrack.model.run import Run
from claimtrack.model.span import Span
from claimtrack.model.vocabulary import (
    ClaimRelationKind,
    PublicationState,
    RelayKind,
    RelayStrength,
    Verdict,
)
from claimtrack.review import corrections
from claimtrack.store import Store, anchors, captures, linking, log, read, reprints, source_edits
from claimtrack.store.content import claim_id
from claimtrack.store.grades import Grade, Review
from claimtrack.store.linking import Between, Handed, Outer
from claimtrack.store.publication import Decision
from tests.export.world import build
from tests.match.stories import AT, CHAIN, MINISTRY, ON_THE_THIRD, TAX, Told, said_by, story

FORMULA = "=cmd|' /C calc'!A0"
NASTY = "\u202eإن \x1b[31m<script>alert(1)</script>\r\n& \x07 كل شيء بخير\ufffe"
HOSTILE = story(
    f"{FORMULA} قال: {NASTY}.",
    Told(NASTY, FORMULA, "قال"),
    outlet="+Outlet",
    url='https://site-e.example/?a=1&b="2"',
)
ANSWER = story(
    f"«{TAX}» بحسب الوزارة. فردت وزارة المالية القمرية بأن الأرقام صحيحة كلها هذا العام.",
    Told(f"«{TAX}»"),
    Told(
        "الأرقام صحيحة كلها هذا العام",
        "وزارة المالية القمرية",
        "ردت",
        said_by(MINISTRY, responds_to="1"),
    ),
    outlet=None,
    narrator=("بحسب الوزارة",),
)
STORIES = (CHAIN, ANSWER, HOSTILE)
BODY = bytes(range(256))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "claims.db", create=True) as opened:
        for one in STORIES:
            link(opened, one.add(opened), at=AT, user="tester")
        first, second = (
            claim_id(read.version_attributions(opened.connection, one.version.id)[0].id)
            for one in (CHAIN, HOSTILE)
        )
        opened.judge(
            first, second, Verdict.NEGATIVE, evidence="other story", run=None, user="amal", at=AT
        )
        ids = [source.id for source in read.all_sources(opened.connection)]
        with opened.transaction():
            source_edits.split(opened.connection, *ids[:2], "two bodies", log.By("amal", AT))
        opened.assess(Review(first, "truth", "true", "Read the law."), user="amal", at=AT)
        opened.grade(Grade(MINISTRY.id, "B", "Mostly right."), origins=0, user="amal", at=AT)
        shown = Decision(PublicationState.QUOTES, "It is cited.", "The right to quote.")
        opened.show(shown, [CHAIN.version.document_id], user="amal", at=AT)
        answer = read.version_attributions(opened.connection, ANSWER.version.id)[0].id
        corrections.accept(opened, answer, by="amal", at=AT)
        _relate(opened, first, second)
        _fetch(opened)
        yield opened


def _relate(store: Store, first: str, second: str) -> None:
    """Put in what linking finds between articles, without a model."""
    by, run = log.By("tester", AT), Run(tool="by-hand", version="2")
    ends = [
        read.version_attributions(store.connection, one.version.id)[0].id
        for one in (CHAIN, HOSTILE)
    ]
    relation = (ClaimRelationKind.NEGATES, Between(first, second, 0.5, "not"))
    linking.put_relations(store.connection, [relation], run, by)
    handed = Handed(*ends, RelayKind.REPRINTS, RelayStrength.SIMILARITY, "the same words")
    linking.put_relays(store.connection, [handed], run, by)
    outer = Outer(ends[1], MINISTRY.id, None, "names it")
    linking.put_outer_relays(store.connection, [outer], run, by)


def _fetch(store: Store) -> None:
    """Put in what fetching and adding leave beside an article, two captures with one body."""
    run, version, other = Run(tool="by-hand", version="2"), CHAIN.version, HOSTILE.version
    moved = Response(
        url="https://m.site-c.example/1",
        at=AT,
        status=302,
        reason="Found",
        headers=(("Location", "/1"), ("X-Odd", "\xe9")),
    )
    for at in (AT, AT.replace(microsecond=120_000)):
        answer = Response(url="https://site-c.example/1", at=at, status=200, reason="OK", body=BODY)
        capture = Capture(response=answer, hops=(moved,), tool="tests/1")
        with store.transaction():
            held = {"document_id": version.document_id, "warc": (0, 99)} if at == AT else {}
            captures.put(store.connection, capture, log.By("amal", at), **held)
        store.tie(capture, (version.document_id, version.sha256), at=at, user="amal")
    store.know(version.document_id, [("final", answer.url)], ["site-c.example/1"])
    store.note_update(version.id, ON_THE_THIRD)
    report = read.version_attributions(store.connection, version.id)[0].id
    rows = [
        anchors.Row(report, "content", 0, State.FUZZY, Span(1, 5), 0.95),
        anchors.Row(report, "cue", 0, State.ORPHANED, None, 0.0),
    ]
    with store.transaction():
        anchors.put(store.connection, other.id, rows, run, AT)
        by = (run, AT)
        reprints.put(store.connection, other.id, ((1, 2**62), 1), [(version.id, 0.75)], by)


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "empty.db", create=True) as opened:
        yield opened


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Thirty claims for every format; read it, change nothing."""
    path = tmp_path_factory.mktemp("world") / "world.db"
    with Store.open(path, create=True) as opened:
        build(opened)
    with Store.open(path, readonly=True) as opened:
        yield opened
