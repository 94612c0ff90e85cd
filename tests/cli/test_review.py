"""The desk in the terminal: keys pressed by Textual's own pilot, on a real database."""

from __future__ import annotations

import asyncio
import importlib.util
from collections.abc import Awaitable, Callable, Iterator
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from claimtrack.model.vocabulary import Channel
from claimtrack.pipeline import Means
from claimtrack.review.queues import Queue
from claimtrack.review.sitting import Sitting
from claimtrack.sourcing import Desk as SourceDesk
from claimtrack.store import Store, read
from tests.review.desk import NOW, fill
from tests.store.build import AGENCY

from .conftest import Run

pytest.importorskip("textual", reason="needs claimtrack[review]")

from textual.widgets import Input, OptionList

from claimtrack.cli.desk.app import Desk, Scale
from claimtrack.cli.desk.asking import Ask, Help, Pick
from claimtrack.cli.desk.laying import Order
from claimtrack.cli.desk.marking_screen import MarkScreen
from claimtrack.cli.reviewing import known_sources

Press = Callable[..., Awaitable[None]]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "desk.db", create=True) as opened:
        fill(opened)
        yield opened


def at_the_desk(store: Store, play: Callable[[Desk, Press], Awaitable[None]]) -> None:
    """Sit down at the desk of a database and play."""
    ticks = count()
    clock = lambda: NOW + timedelta(seconds=next(ticks))  # noqa: E731
    sources = known_sources(SourceDesk(store.path, "noura", clock, Means("rules")))
    desk = Desk(
        Sitting(store, "noura", clock),
        Scale("truth", ("true", "false")),
        sources,
        Order.HERE,
        store.path,
    )

    async def sit() -> None:
        async with desk.run_test(size=(100, 30)) as pilot:
            await pilot.pause()

            async def press(*keys: str) -> None:
                await pilot.press(*keys)
                await pilot.pause()

            await play(desk, press)

    asyncio.run(sit())


def shown(desk: Desk, part: str) -> str:
    """Return the words of a part of the screen."""
    return str(desk.screen_stack[0].query_one(f"#{part}").render())  # type: ignore[attr-defined]


def reports(store: Store) -> list[str]:
    """Return the contents of the live attributions, in the order of recording."""
    rows = store.connection.execute("SELECT id FROM live_attribution ORDER BY number")
    return [read.attribution(store.connection, row[0]).words("content") for row in rows.fetchall()]


def test_attributions_are_accepted_rejected_and_it_is_taken_back(store: Store) -> None:
    async def play(desk: Desk, press: Press) -> None:
        await press("a")
        assert "accepted" in shown(desk, "said")
        await press("r")
        assert isinstance(desk.screen, Ask)
        await press("1")
        assert "rejected" in shown(desk, "said")
        assert desk.sitting.decided[Queue.ATTRIBUTIONS] == 2
        await press("u", "u", "u")
        assert "Nothing is left to undo" in shown(desk, "said")

    at_the_desk(store, play)
    rows = store.connection.execute("SELECT action, reason, retired_at IS NULL FROM correction")
    assert rows.fetchall() == [("accept", "", 0), ("reject", "no report", 0)]


def test_a_boundary_is_moved_and_saved(store: Store) -> None:
    async def play(desk: Desk, press: Press) -> None:
        await press("e")
        assert isinstance(desk.screen, MarkScreen)
        await press("comma", "comma", "full_stop", "enter")
        assert not isinstance(desk.screen, MarkScreen)
        assert "corrected" in shown(desk, "said")

    at_the_desk(store, play)
    assert reports(store)[-1] == "ميناء الصدفة أُغلق أمام كل السفن صباح"


def test_what_was_missed_is_marked_with_keys_as_the_text_runs(store: Store) -> None:
    async def play(desk: Desk, press: Press) -> None:
        await press("m", "2", "space", "2")
        await press("left", "left", "left", "space", "left", "left", "left", "3", "enter")
        assert "added" in shown(desk, "said")

    at_the_desk(store, play)
    added = store.connection.execute(
        "SELECT a.id FROM attribution a JOIN run u ON u.id = a.run_id WHERE u.tool = 'person'"
    ).fetchone()[0]
    view = read.attribution(store.connection, added)
    assert (view.words("cue"), view.words("content")) == ("أعلنت", "أن ميناء الصدفة أُغلق")


def test_keys_of_an_arabic_layout_work_as_those_in_their_place(store: Store) -> None:
    async def play(desk: Desk, press: Press) -> None:
        await press("ش")
        assert "accepted" in shown(desk, "said")
        await press("ؤ", "٢")
        assert "corrected" in shown(desk, "said")

    at_the_desk(store, play)
    rows = store.connection.execute("SELECT channel FROM live_attribution ORDER BY number")
    assert [row[0] for row in rows][-1] == list(Channel)[1]


def test_pairs_are_judged_with_what_differs_marked(store: Store) -> None:
    async def play(desk: Desk, press: Press) -> None:
        await press("tab")
        assert desk.query_one("#other").display
        await press("a")
        assert desk.sitting.undoable == 0, "what makes no sense here does nothing"
        await press("n")
        assert "judged different" in shown(desk, "said")

    at_the_desk(store, play)
    rows = store.connection.execute("SELECT verdict, judged_by FROM judgement")
    assert rows.fetchall() == [("negative", "noura")]


def test_a_source_is_found_by_a_part_of_its_name(store: Store) -> None:
    async def play(desk: Desk, press: Press) -> None:
        await press("tab", "tab", "f")
        desk.screen.query_one(Input).value = "Nawras"
        await press("enter")
        options = desk.screen.query_one(OptionList)
        while options.highlighted is None:  # the registry is read in a thread
            await asyncio.sleep(0.02)
        await press("enter")
        assert "is Nawras Agency" in shown(desk, "said")

    at_the_desk(store, play)
    sources = store.connection.execute("SELECT DISTINCT source_id FROM live_attribution")
    assert sources.fetchall() == [(AGENCY.id,)]


def test_a_verdict_is_given_with_reasons(store: Store) -> None:
    async def play(desk: Desk, press: Press) -> None:
        await press("shift+tab", "2", *"old", "enter", "enter")
        assert "rated false" in shown(desk, "said")

    at_the_desk(store, play)
    rows = store.connection.execute("SELECT scale, rating, text FROM live_review")
    assert rows.fetchall() == [("truth", "false", "old")]


def test_the_second_reviewer_reads_who_has_the_item(store: Store) -> None:
    other = Sitting(store, "sami", lambda: NOW)
    other.open(Queue.ATTRIBUTIONS)

    async def play(desk: Desk, press: Press) -> None:
        assert "is before sami since 2031-06-01T12:00" in shown(desk, "said")
        await press("a")
        assert "is before sami" in shown(desk, "said")
        await press("s", "a")
        assert "accepted" in shown(desk, "said")

    at_the_desk(store, play)


def test_all_keys_are_shown_and_lists_are_left_again(store: Store) -> None:
    async def play(desk: Desk, press: Press) -> None:
        await press("question_mark")
        assert isinstance(desk.screen, Help)
        await press("escape", "c")
        assert isinstance(desk.screen, Pick)
        await press("escape")
        assert desk.sitting.undoable == 0
        await press("e", "question_mark")
        assert isinstance(desk.screen, Help)

    at_the_desk(store, play)


def test_the_desk_needs_a_terminal_and_says_so(store: Store, run: Run) -> None:
    done = run("review", "--db", str(store.path), "--user", "noura")
    assert done.exit_code == 1
    assert "The desk needs a terminal." in done.stderr


def test_without_textual_one_line_says_what_to_install(
    store: Store, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    find = importlib.util.find_spec

    def lacking(name: str, *more: Any) -> object:
        return None if name == "textual" else find(name, *more)

    monkeypatch.setattr("claimtrack.cli.reviewing.find_spec", lacking)
    done = run("review", "--db", str(store.path), "--user", "noura")
    assert done.exit_code == 1
    assert "pip install 'claimtrack[review]'" in done.stderr
