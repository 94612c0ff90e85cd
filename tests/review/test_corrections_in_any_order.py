"""Whatever people decide, in whatever order: the database stays sound, and each step leads back."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claimtrack.errors import ClaimtrackError
from claimtrack.model.span import Span
from claimtrack.model.vocabulary import Stance, Verdict
from claimtrack.review import corrections
from claimtrack.review.corrections import Draft
from claimtrack.store import Store, read
from claimtrack.store.dump import canonical
from claimtrack.store.verify import verify
from tests.review.linked import add_linked
from tests.store.build import AT, report, story

VERSIONS = (story(), report(1)[0])


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database of a story and two reports in the same words, linked."""
    path = tmp_path_factory.mktemp("begun") / "claims.db"
    with Store.open(path, create=True) as store:
        add_linked(store)
    return path


class Sitting:
    """Decides one thing after another, a minute each; what is refused is passed over."""

    def __init__(self, store: Store) -> None:
        self.store, self.minute = store, 0
        self.done: list[str] = []

    def step(self, action: str, one: int, other: int) -> None:
        self.minute += 1
        version = VERSIONS[one % len(VERSIONS)]
        ids = [each.id for each in read.version_attributions(self.store.connection, version.id)]
        by = {"by": ("anna", "boris")[other % 2], "at": AT + timedelta(minutes=self.minute)}
        begin = other * 7 % (len(version.text) - 9)
        draft = Draft(content=(Span(begin, begin + 5 + one % 4),))
        try:
            made = self._decide(action, (version.id, ids), (one, other), draft, by)
        except ClaimtrackError:
            return
        if made and made not in self.done:
            self.done.append(made)

    def _decide(
        self,
        action: str,
        text: tuple[str, list[str]],
        chosen: tuple[int, int],
        draft: Draft,
        by: dict[str, Any],
    ) -> str | None:
        (version, ids), store = text, self.store
        if action == "undo":
            self.undo(chosen[0])
            return None
        if action == "add":
            return corrections.add_missed(store, version, draft, **by)
        if action == "complete":
            return corrections.complete(store, version, **by)
        if not ids:
            return None
        first, second = (ids[each % len(ids)] for each in chosen)
        same = corrections.draft_of(store.connection, first)
        others: dict[str, Callable[[], str]] = {
            "accept": lambda: corrections.accept(store, first, **by),
            "reject": lambda: corrections.reject(store, first, reason="none", **by),
            "move": lambda: corrections.correct(
                store, first, same.changed(content=draft.content), **by
            ),
            "stance": lambda: corrections.correct(
                store, first, same.changed(stance=list(Stance)[chosen[1] % 4]), **by
            ),
            "via": lambda: corrections.correct(store, first, same.changed(via=second), **by),
            "split": lambda: corrections.split(
                store, first, [same, same.changed(content=draft.content)], **by
            ),
            "join": lambda: corrections.join(store, [first, second], **by),
            "judge": lambda: self._differ(first, second, by),
        }
        return others[action]()

    def _differ(self, one: str, other: str, by: dict[str, Any]) -> str:
        left, right = (
            read.attribution(self.store.connection, each).claim_id for each in (one, other)
        )
        return self.store.judge(
            left,
            right,
            Verdict.NEGATIVE,
            evidence="another",
            run=None,
            user=by["by"],
            at=by["at"],
        )

    def undo(self, which: int) -> None:
        if self.done:
            row_id = self.done[which % len(self.done)]
            self.minute += 1
            self.store.undo(row_id, user="omar", at=AT + timedelta(minutes=self.minute))
            self.done.remove(row_id)

    def undo_all(self) -> None:
        """Undo what can be, the latest first, until nothing is left."""
        while self.done:
            for which in reversed(range(len(self.done))):
                try:
                    self.undo(which)
                    break
                except ClaimtrackError:
                    continue
            else:
                raise AssertionError(f"nothing of {self.done} can be undone")


ACTIONS = (
    *("accept", "reject", "add", "complete", "move", "stance", "via", "split", "join"),
    *("judge", "undo"),
)
STEPS = st.lists(
    st.tuples(st.sampled_from(ACTIONS), st.integers(0, 20), st.integers(0, 20)), max_size=12
)


@given(steps=STEPS)
@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_undoing_everything_gives_the_first_state(
    begun: Path, tmp_path: Path, steps: list[tuple[str, int, int]]
) -> None:
    path = tmp_path / "claims.db"
    shutil.copy(begun, path)
    with Store.open(path) as store:
        first = list(canonical(store.connection))
        sitting = Sitting(store)
        for step in steps:
            sitting.step(*step)
        assert verify(store.connection) == ()
        sitting.undo_all()
        assert verify(store.connection) == ()
        assert list(canonical(store.connection)) == first
