"""Whatever a desk decides and undoes: the log replays, all can be undone, `check` stays clean.

A few dozen steps each time; with CLAIMTRACK_STEPS=10000 that many.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from claimtrack.errors import ClaimtrackError
from claimtrack.model.vocabulary import PublicationState, Stance, Verdict
from claimtrack.review import corrections
from claimtrack.store import Store, log, notes, source_edits
from claimtrack.store.dump import canonical
from claimtrack.store.grades import Grade, Review
from claimtrack.store.publication import Decision
from claimtrack.store.undo import KINDS
from claimtrack.store.verify import verify
from tests.store.build import AGENCY, AT, MINISTRY, STATE, add, add_story, report

STEPS = int(os.environ.get("CLAIMTRACK_STEPS", "48"))
PER_RUN = min(STEPS, 100) if STEPS > 48 else 16
REPORTS = 4

Done = Callable[[Store], str]
"""Does a step in a database and returns the id of what it recorded."""


@cache
def base() -> Path:
    """Return a database in which nobody has decided anything yet; made once."""
    path = Path(mkdtemp(prefix="claimtrack-"), "base.db")
    with Store.open(path, create=True) as store:
        add_story(store)
        for number in range(REPORTS):
            add(store, *report(number))
        store.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return path


@contextmanager
def fresh() -> Iterator[Store]:
    with TemporaryDirectory(prefix="claimtrack-") as folder:
        path = Path(folder, "claims.db")
        shutil.copy(base(), path)
        with Store.open(path) as store:
            yield store


def state(store: Store) -> list[str]:
    return list(canonical(store.connection))


def ids(store: Store, table: str) -> list[str]:
    return [row[0] for row in store.connection.execute(f"SELECT id FROM {table} ORDER BY number")]


REPORT = st.integers(0, REPORTS + 2)
USER = st.sampled_from(["anna", "omar"])


class Desk(RuleBasedStateMachine):
    """A desk at work: steps that are refused change nothing and are gone."""

    def __init__(self) -> None:
        super().__init__()
        self._opened = fresh()
        self.store = self._opened.__enter__()
        self.began = state(self.store)
        self.first = len(list(log.events(self.store.connection)))
        self.claims = ids(self.store, "claim")
        self.reports = ids(self.store, "attribution")
        self.documents = [
            row[0] for row in self.store.connection.execute("SELECT id FROM document ORDER BY id")
        ]
        self.minutes = 0
        self.made: dict[str, Done] = {}
        self.held: list[str] = []  # what can still be undone

    def step(self, do: Callable[[Store, datetime], str]) -> None:
        self.minutes += 1
        at = AT + timedelta(days=1, minutes=self.minutes)
        before = log.head(self.store.connection)
        try:
            done = do(self.store, at)
        except ClaimtrackError:
            assert log.head(self.store.connection) == before
        else:
            if done not in self.made:
                self.made[done] = lambda store: do(store, at)
                self.held.append(done)

    @rule(left=REPORT, right=REPORT, verdict=st.sampled_from(Verdict), user=USER)
    def judge(self, left: int, right: int, verdict: Verdict, user: str) -> None:
        pair = (self.claims[left], self.claims[right])
        self.step(
            lambda store, at: store.judge(
                *pair, verdict, evidence="read", run=None, user=user, at=at
            )
        )

    @rule(claim=REPORT, rating=st.sampled_from(["true", "false"]), user=USER)
    def assess(self, claim: int, rating: str, user: str) -> None:
        given = Review(self.claims[claim], "truth", rating, "read")
        self.step(lambda store, at: store.assess(given, user=user, at=at))

    @precondition(lambda self: any(each.startswith("review-") for each in self.made))
    @rule(which=st.integers(0), user=USER)
    def revise(self, which: int, user: str) -> None:
        some = [each for each in self.made if each.startswith("review-")]
        old = some[which % len(some)]
        claim = self.store.connection.execute("SELECT claim_id FROM review WHERE id = ?", (old,))
        given = Review(claim.fetchone()[0], "truth", "half true", "read again", revises=old)
        self.step(lambda store, at: store.assess(given, user=user, at=at))

    @rule(letter=st.sampled_from("ABF"), claim=st.none() | REPORT, user=USER)
    def grade(self, letter: str, claim: int | None, user: str) -> None:
        given = Grade(MINISTRY.id, letter, "known", "ports")
        if claim is not None:
            given = Grade(self.claims[claim], "3", "heard")
        self.step(lambda store, at: store.grade(given, origins=1, user=user, at=at))

    @rule(which=REPORT, user=USER)
    def accept(self, which: int, user: str) -> None:
        one = self.reports[which]
        self.step(lambda store, at: corrections.accept(store, one, by=user, at=at))

    @rule(which=REPORT, user=USER)
    def reject(self, which: int, user: str) -> None:
        one = self.reports[which]
        self.step(lambda store, at: corrections.reject(store, one, reason="no", by=user, at=at))

    @rule(which=st.integers(0), stance=st.sampled_from(Stance), user=USER)
    def correct(self, which: int, stance: Stance, user: str) -> None:
        now = ids(self.store, "attribution")
        one = now[which % len(now)]
        draft = corrections.draft_of(self.store.connection, one).changed(stance=stance)
        self.step(lambda store, at: corrections.correct(store, one, draft, by=user, at=at))

    @rule(kept=st.sampled_from([AGENCY, STATE]), one=st.booleans(), user=USER)
    def merge_or_split_sources(self, kept: object, one: bool, user: str) -> None:
        ends = (kept.id, MINISTRY.id)  # type: ignore[attr-defined]

        def edit(store: Store, at: datetime) -> str:
            with store.transaction():
                act = source_edits.merge if one else source_edits.split
                return act(store.connection, *ends, "", log.By(user, at))

        self.step(edit)

    @rule(which=st.integers(0), shown=st.booleans(), user=USER)
    def publish(self, which: int, shown: bool, user: str) -> None:
        document = self.documents[which % len(self.documents)]
        how = PublicationState.QUOTES if shown else PublicationState.PRIVATE
        said = Decision(how, "why", "right to quote")
        self.step(lambda store, at: store.show(said, [document], user=user, at=at))

    @rule(which=st.integers(0), whole=st.booleans(), user=USER)
    def retract(self, which: int, whole: bool, user: str) -> None:
        some = self.documents if whole else self.reports
        one = some[which % len(some)]
        self.step(lambda store, at: store.retract(one, "withdrawn", user=user, at=at))

    @rule(claim=REPORT, user=USER)
    def note(self, claim: int, user: str) -> None:
        item = self.claims[claim]

        def write(store: Store, at: datetime) -> str:
            with store.transaction():
                return notes.write(store.connection, item, "look again", log.By(user, at))

        self.step(write)

    @precondition(lambda self: self.held)
    @rule(which=st.integers(0), user=USER)
    def undo(self, which: int, user: str) -> None:
        one = self.held[which % len(self.held)]

        def undo(store: Store, at: datetime) -> str:
            store.undo(one, user=user, at=at)
            self.held.remove(one)
            return one

        self.step(undo)

    @invariant()
    def check_is_clean(self) -> None:
        if STEPS <= 48 or self.minutes % 20 == 0:
            assert verify(self.store.connection) == ()

    def teardown(self) -> None:
        try:
            self._replay()
            self._undo_all()
        finally:
            self._opened.__exit__(None, None, None)

    def _replay(self) -> None:
        """Do what the log says again, in its order: the same ids, state and seals."""
        with fresh() as other:
            for event in list(log.events(self.store.connection))[self.first :]:
                if event.action == "undo":
                    at = datetime.fromisoformat(event.at)
                    assert other.undo(event.subject, user=event.user, at=at)
                elif event.subject not in {
                    one.subject for one in log.events(other.connection)
                }:  # a correction brings a judgement, with an entry of its own
                    self._again(other, event.subject)
            assert state(other) == state(self.store)
            assert log.head(other.connection) == log.head(self.store.connection)

    def _again(self, other: Store, subject: str) -> None:
        if subject in self.made:
            assert self.made[subject](other) == subject
            return
        owner = self.store.connection.execute(
            "SELECT c.id FROM correction c JOIN correction_row r ON r.correction_number = c.number"
            " WHERE r.row_id = ? ORDER BY c.number",
            (subject,),
        ).fetchone()
        assert self.made[owner[0]](other) == owner[0]

    def _undo_all(self) -> None:
        """Undo everything that holds, the latest first: the state is the one it began with."""
        self.minutes += 1
        at = AT + timedelta(days=9)
        for event in reversed(list(log.events(self.store.connection))[self.first :]):
            if event.action != "undo" and event.subject.partition("-")[0] in KINDS:
                self.store.undo(event.subject, user="noura", at=at)
        assert state(self.store) == self.began
        assert verify(self.store.connection) == ()


TestDesk = Desk.TestCase
TestDesk.settings = settings(
    max_examples=max(1, STEPS * 6 // (PER_RUN * 5)),  # some are stopped early
    stateful_step_count=PER_RUN,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.generate, Phase.shrink] if STEPS <= 48 else [Phase.generate],
)
