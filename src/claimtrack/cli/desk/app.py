"""The desk: one queue at a time, an item before the reviewer, a key for each decision."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, ClassVar, NamedTuple

import yaml
from rich.text import Text
from textual import events, work
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.timer import Timer
from textual.widgets import Input, OptionList, Static

from claimtrack.cli.desk import resting
from claimtrack.cli.desk.asking import CSS as ASKING_CSS
from claimtrack.cli.desk.asking import Ask, Choice, Find, Help, Pick
from claimtrack.cli.desk.laying import TERMINAL_DOES_IT, TERMINAL_LEAVES_IT, Order
from claimtrack.cli.desk.marking_screen import (
    FIELD_BINDINGS,
    FIELDS,
    MARKING_KEYS,
    MarkScreen,
    label,
    pick_field,
    pick_via,
)
from claimtrack.cli.desk.painting import facts, is_rtl, place_of, stretches
from claimtrack.cli.desk.text_view import Keys, TextView
from claimtrack.errors import ClaimtrackError, DatabaseError
from claimtrack.model.span import Span
from claimtrack.model.vocabulary import Verdict
from claimtrack.review import corrections, queues
from claimtrack.review.differing import differing
from claimtrack.review.marking import Marking
from claimtrack.review.queues import MOST_COUNTED, Queue
from claimtrack.review.sitting import Shown, Sitting
from claimtrack.store import Store

DARK, LIGHT = "textual-dark", "textual-light"
"""The themes; `TEXTUAL_THEME` names the one to begin with."""

REASONS = (
    "no report",
    "the outlet's own words",
    "wrong source",
    "wrong content",
    "a double of another one",
)
"""Why an attribution may be rejected; others can be written."""

NAMES = {
    Queue.ATTRIBUTIONS: "attributions",
    Queue.PAIRS: "pairs",
    Queue.SOURCES: "sources",
    Queue.VERDICTS: "verdicts",
}
_REPORTS = frozenset({Queue.ATTRIBUTIONS, Queue.SOURCES})
_ACTIONS: dict[str, frozenset[Queue]] = {
    **dict.fromkeys(("accept", "join"), frozenset({Queue.ATTRIBUTIONS})),
    **dict.fromkeys(("reject", "mark", "missed", "field", "via", "find"), _REPORTS),
    "judge": frozenset({Queue.PAIRS}),
    "choose": frozenset({Queue.SOURCES, Queue.VERDICTS}),
}
"""The queues in which an action makes sense; others make sense in all."""
_OURS = frozenset({*_ACTIONS, "skip", "undo", "note", "queue", "scroll", "help", "dark", "quit"})
"""What is done on the first screen alone."""

KEYS = (
    ("", "Everywhere"),
    ("Tab, Shift+Tab", "the next queue, the one before"),
    ("s", "skip: it comes again when the queue begins anew"),
    ("u", "undo the last decision, and the one before it, …; of earlier sittings, too"),
    ("w", "write a note beside it"),
    ("↑ ↓ PgUp PgDn", "scroll the text"),
    ("d", "dark or light"),
    ("?", "these keys"),
    ("Esc", "leave a list, a question, these keys"),
    ("q", "stop; next time the desk goes on here"),
    ("", "Attributions"),
    ("a", "accept"),
    ("r", "reject, with a reason"),
    ("e", "correct: mark source, cue, content anew, move boundaries, split"),
    ("m", "add one that was missed in this text"),
    ("j", "join with another one of this text"),
    ("f", "another source: find it by its name"),
    ("c t k o", "channel, stance, kind, what the source does in saying it"),
    ("v", "who relays it"),
    ("", "Pairs of claims"),
    ("y n i", "the same claim, different ones, impossible to tell"),
    ("", "Sources"),
    ("1 … 9", "it is this one; f finds others, or makes a new one"),
    ("", "Claims without a verdict"),
    ("1 … 9", "the verdict; the reasons and a link are asked for"),
    ("", "While marking (e, m)"),
    *MARKING_KEYS,
)
"""All keys, under headings."""


_LINES: dict[Queue, tuple[tuple[str, str], ...]] = {
    Queue.ATTRIBUTIONS: (
        *(("a", "accept"), ("r", "reject"), ("e", "correct"), ("m", "missed one"), ("j", "join")),
        ("f", "source"),
    ),
    Queue.PAIRS: (("y", "same"), ("n", "different"), ("i", "unsure")),
    Queue.SOURCES: (("1-9", "it is this one"), ("f", "find"), ("e", "correct"), ("r", "reject")),
    Queue.VERDICTS: (("1-9", "verdict"),),
}
_ALWAYS = (
    *(("s", "skip"), ("u", "undo"), ("w", "note"), ("Tab", "queue"), ("?", "all keys")),
    ("q", "stop"),
)
"""What the line of keys shows."""


class Scale(NamedTuple):
    """A scale of verdicts: its name and its labels, in order."""

    name: str
    labels: tuple[str, ...]


class Sources(NamedTuple):
    """What knows sources beside those that are held.

    Attributes:
        look: Finds sources by a part of a name; it may take a while.
        hold: Holds one that was found, by its key, in the database, within a transaction; returns
            what it recorded.
    """

    look: Callable[[str], Sequence[Choice]]
    hold: Callable[[Store, str], Sequence[str]]


class Desk(App[None]):
    """The application; `sitting` does what the keys say."""

    TITLE = "claimtrack review"
    ENABLE_COMMAND_PALETTE = False
    CSS = (
        ASKING_CSS
        + """
    #queues { height: 1; background: $accent-darken-2; color: $text; }
    #text, #other { padding: 0 1; }
    #other { border-top: dashed $accent; display: none; }
    #other.-shown { display: block; }
    #facts { height: 40%; max-height: 16; padding: 0 1; border-top: solid $accent; }
    #said { height: 2; padding: 0 1; }
    #fields { height: 8; padding: 0 1; border-top: solid $accent; }
    .later { display: none; }
    """
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "accept", "accept"),
        Binding("r", "reject", "reject"),
        Binding("e", "mark", "correct"),
        Binding("m", "missed", "missed one"),
        Binding("j", "join", "join"),
        Binding("f", "find", "source"),
        *FIELD_BINDINGS,
        Binding("y", "judge('positive')", "same"),
        Binding("n", "judge('negative')", "different"),
        Binding("i", "judge('unsure')", "unsure"),
        *(Binding(str(place), f"choose({place})", "choose") for place in range(1, 10)),
        Binding("s", "skip", "skip"),
        Binding("u", "undo", "undo"),
        Binding("w", "note", "note"),
        Binding("tab", "queue(1)", "next queue", priority=True),
        Binding("shift+tab", "queue(-1)", "queue before", priority=True),
        Binding("up", "scroll(-1)", "up"),
        Binding("down", "scroll(1)", "down"),
        Binding("pageup", "scroll(-10)", "up"),
        Binding("pagedown", "scroll(10)", "down"),
        Binding("question_mark", "help", "all keys", key_display="?"),
        Binding("d", "dark", "dark or light"),
        Binding("q", "quit", "stop"),
    ]

    def __init__(
        self, sitting: Sitting, scale: Scale, sources: Sources, order: Order, path: Path
    ) -> None:
        """Take who is at work on what.

        Args:
            sitting: What the keys work on; its queue is opened first.
            scale: On which verdicts are given.
            sources: What knows sources beside those that are held.
            order: Who orders lines that run from right to left.
            path: The database, to count what is left.
        """
        super().__init__()
        self.sitting = sitting
        self._scale, self._sources, self._order, self._path = scale, sources, order, path
        self._left: dict[Queue, int] = {}
        self._rest: Timer | None = None
        self._counts_are_old = False

    def compose(self) -> ComposeResult:
        """Make queues, text, facts, message and keys."""
        yield Static(id="queues")
        yield TextView(self._order, id="text")
        yield TextView(self._order, id="other")
        yield Static(id="facts")
        yield Static(id="said")
        yield Keys()
        # their styles are read now, and not when a key first needs one
        yield Input(disabled=True, classes="later")
        yield OptionList(disabled=True, classes="later")

    def on_mount(self) -> None:
        """Ask the terminal to leave the order of lines to us, and open the queue."""
        if self._order is Order.HERE and self._driver:
            self._driver.write(TERMINAL_LEAVES_IT)
        self.sitting.store.put_off_checkpoints()
        self.sitting.open(self.sitting.queue)
        self._paint()
        self._count()
        resting.begin()
        self._put_off()

    def on_unmount(self) -> None:
        """Let go of the item; give the terminal its order back."""
        resting.end()
        self.sitting.close()
        if self._order is Order.HERE and self._driver:
            self._driver.write(TERMINAL_DOES_IT)

    async def on_event(self, event: events.Event) -> None:
        """Take a key of another layout for the Latin one there, but where words are written."""
        if isinstance(event, events.Key):
            self._put_off()
        if isinstance(event, events.Key) and not isinstance(self.focused, Input):
            latin = _latin().get(event.character or "")
            event = events.Key(_key_name(latin), latin) if latin else event
        await super().on_event(event)

    def _put_off(self) -> None:
        """Collect garbage later, unless there is too much of it."""
        if self._rest:
            self._rest.stop()
        if resting.is_due():
            resting.young()
        self._rest = self.set_timer(resting.READING, self._read)

    def _read(self) -> None:
        """Do what no key should wait for: somebody reads."""
        resting.young()
        self._count(anew=self._counts_are_old)
        self._counts_are_old = False
        self._rest = self.set_timer(resting.AWAY, resting.everything)

    async def on_key(self, event: events.Key) -> None:
        """Choose by digits in a list."""
        if isinstance(self.screen, Pick) and event.character:
            self.screen.key(event.character)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Tell whether an action makes sense in the queue, and with what is before the reviewer."""
        if len(self.screen_stack) > 1 and action in _OURS:
            return action == "help" and isinstance(self.screen, MarkScreen)
        wanted = _ACTIONS.get(action)
        return wanted is None or (self.sitting.queue in wanted and self.sitting.shown is not None)

    def action_accept(self) -> None:
        """Accept the attribution."""
        with self._telling():
            self.sitting.accept()

    @work
    async def action_reject(self) -> None:
        """Reject the attribution; ask why."""
        ask = Ask("Why is it rejected?", self._order, proposed=REASONS, needed=True)
        reason = await self.push_screen_wait(ask)
        if reason is not None:
            with self._telling():
                self.sitting.reject(reason)

    @work
    async def action_mark(self) -> None:
        """Correct the attribution: mark it anew."""
        shown = self._shown
        draft = corrections.draft_of(self.sitting.store.connection, shown.report.id)
        outcome = await self.push_screen_wait(self._marking(shown, draft))
        if outcome is None:
            return
        with self._telling():
            if len(outcome.drafts) > 1:
                self.sitting.split(outcome.drafts)
            else:
                self.sitting.correct(outcome.drafts[0])

    @work
    async def action_missed(self) -> None:
        """Add an attribution that was missed."""
        outcome = await self.push_screen_wait(self._marking(self._shown, None))
        if outcome is None:
            return
        with self._telling():
            for draft in outcome.drafts:
                self.sitting.add(draft)

    @work
    async def action_join(self) -> None:
        """Join the attribution with another one."""
        others = {each.report.id: each for each in self.sitting.others()}
        choices = [
            Choice(id_, f"{one.report.key} · {label(one.report)}") for id_, one in others.items()
        ]
        chosen = await self.push_screen_wait(Pick("Join it with which one?", choices, self._order))
        if chosen:
            with self._telling():
                self.sitting.join(chosen, seen=others[chosen].token)

    @work
    async def action_find(self) -> None:
        """Give the attribution another source."""
        shown = self._shown
        begun = shown.report.words("source") or shown.report.words("antecedent")
        found = await self.push_screen_wait(Find(begun, self._order, self._look))
        if found is None:
            return
        with self._telling():
            self._resolve(found)

    @work
    async def action_field(self, name: str) -> None:
        """Give a field of the attribution another value."""
        shown = self._shown
        draft = corrections.draft_of(self.sitting.store.connection, shown.report.id)
        value = str(getattr(draft, name))
        chosen = await self.push_screen_wait(pick_field(name, value, self._order))
        if chosen is not None:
            with self._telling():
                self.sitting.correct(draft.changed(**{name: FIELDS[name](chosen)}))

    @work
    async def action_via(self) -> None:
        """Say who relays the attribution."""
        shown = self._shown
        draft = corrections.draft_of(self.sitting.store.connection, shown.report.id)
        others = [each for each in shown.others if each.id != shown.report.id]
        chosen = await self.push_screen_wait(pick_via(others, self._order))
        if chosen is not None:
            with self._telling():
                self.sitting.correct(draft.changed(via=chosen or None))

    def action_judge(self, verdict: str) -> None:
        """Say whether the two claims are one."""
        with self._telling():
            self.sitting.judge(Verdict(verdict))

    @work
    async def action_choose(self, place: int) -> None:
        """Choose a candidate, or a verdict."""
        shown = self._shown
        if shown.spread:
            if place > len(self._scale.labels):
                return
            label_ = self._scale.labels[place - 1]
            text = await self.push_screen_wait(Ask(f"{label_}: why?", self._order))
            if text is None:
                return
            url = await self.push_screen_wait(Ask("Links to the evidence, if any", self._order))
            if url is None:
                return
            with self._telling():
                self.sitting.rate(self._scale.name, label_, text, _links(url))
        elif place <= len(shown.candidates):
            source = shown.candidates[place - 1].source
            with self._telling():
                self.sitting.resolve(source.id, source.name)

    def action_skip(self) -> None:
        """Take the next item."""
        with self._telling():
            self.sitting.skip()

    def action_undo(self) -> None:
        """Take the last decision back."""
        with self._telling():
            done = self.sitting.undo()
            self._said = f"taken back: {done.words}" if done else "Nothing is left to undo."

    @work
    async def action_note(self) -> None:
        """Write a note."""
        text = await self.push_screen_wait(Ask("Note", self._order, needed=True))
        if text:
            with self._telling():
                self.sitting.note(text)

    def action_queue(self, by: int) -> None:
        """Go to another queue."""
        every = list(Queue)
        with self._telling():
            self.sitting.open(every[(every.index(self.sitting.queue) + by) % len(every)])
        self._counts_are_old = True

    def action_scroll(self, by: int) -> None:
        """Scroll the text."""
        self.query_one("#text", TextView).scroll(by)

    def action_dark(self) -> None:
        """Change between dark and light."""
        self.theme = LIGHT if self.current_theme.dark else DARK

    def action_help(self) -> None:
        """Show all keys."""
        self.push_screen(Help(KEYS))

    @property
    def _shown(self) -> Shown:
        shown = self.sitting.shown
        if shown is None:  # check_action lets nothing through then
            raise DatabaseError("Nothing waits in this queue. Take another one.")
        return shown

    _said = ""

    @contextmanager
    def _telling(self) -> Any:
        """Do something, then show what is before the reviewer; an error is told in one line."""
        self._said, undoable = "", self.sitting.undoable
        style = ""
        try:
            yield
        except ClaimtrackError as error:
            self._said, style = " ".join(str(error).split()), "bold red"
        else:
            if self.sitting.undoable > undoable:
                self._said = f"{self.sitting.last_words} (u takes it back)"
        self._paint(style)

    def _marking(self, shown: Shown, draft: corrections.Draft | None) -> MarkScreen:
        at = place_of(shown.report).start
        others = [each for each in shown.others if draft is None or each.id != shown.report.id]
        marking = Marking(shown.version.text, draft, at=at)
        return MarkScreen(marking, shown.report.document, others, self._order)

    def _resolve(self, found: Choice) -> None:
        key, _, source_id = found.value.rpartition(" ")
        hold = (lambda store: self._sources.hold(store, key)) if key else None
        self.sitting.resolve(source_id, found.shown, hold)

    def _look(self, text: str) -> Sequence[Choice]:
        return self._sources.look(text)

    @work(exclusive=True, group="count")
    async def _count(self, *, anew: bool = True) -> None:
        """Bring what was decided into the file, and count what is left, beside the work."""
        decided = dict(self.sitting.decided)
        await asyncio.to_thread(_checkpoint, self._path)
        if anew:
            self._counted(await asyncio.to_thread(_left, self._path), decided)

    def _counted(self, left: dict[Queue, int], decided: dict[Queue, int]) -> None:
        self._left = {queue: left[queue] + decided[queue] for queue in Queue}
        self._paint_queues()

    def _paint(self, style: str = "") -> None:
        shown = self.sitting.shown
        self._paint_queues()
        other = self.query_one("#other", TextView)
        other.set_class(bool(shown and shown.pair), "-shown")
        view, told = self.query_one("#text", TextView), self.query_one("#facts", Static)
        if shown is None:
            nothing = "Nothing waits in this queue. Tab leads to the next one."
            view.show(nothing, rtl=False, stretches=(), at=Span(0, 0))
            told.update("", layout=False)
        else:
            self._paint_item(shown, view, other)
            told.update(
                facts(shown, self._order, self._scale.labels, self.size.width - 2), layout=False
            )
        said = self._said or (shown.refused if shown else "") or ""
        refused = bool(shown and shown.refused and not self._said)
        self.query_one("#said", Static).update(
            Text(said, style="bold red" if refused else style), layout=False
        )
        self.query_one(Keys).show((*_LINES[self.sitting.queue], *_ALWAYS))

    def _paint_item(self, shown: Shown, view: TextView, other: TextView) -> None:
        report, pair = shown.report, shown.pair
        laid = list(stretches(report, shown.others))
        if pair:
            removed, added = differing(pair.left, pair.right, pair.changes)
            laid += [("differs", span) for span in removed]
            text = self.sitting.text_of(pair.right.document.version_id)
            beside = [*stretches(pair.right), *(("differs", span) for span in added)]
            rtl = is_rtl(pair.right.document)
            other.show(text, rtl=rtl, stretches=beside, at=place_of(pair.right))
        rtl = is_rtl(report.document)
        view.show(shown.version.text, rtl=rtl, stretches=laid, at=place_of(report))

    def _paint_queues(self) -> None:
        text = Text(no_wrap=True)
        for queue, name in NAMES.items():
            done = self.sitting.decided[queue]
            here = queue is self.sitting.queue
            label_ = name
            if queue in self._left:
                number = max(0, self._left[queue] - done)
                more = "+" if self._left[queue] >= MOST_COUNTED else ""
                left = f"{number:,}{more}"
                label_ = f"{name} {done} done, {left} left" if here else f"{name} {left}"
            text.append(f" {label_} ", style="reverse bold" if here else "")
        text.append(f" {self.sitting.user}", style="italic")
        self.query_one("#queues", Static).update(text, layout=False)


def _checkpoint(path: Path) -> None:
    with Store.open(path) as store:
        store.checkpoint()


def _left(path: Path) -> dict[Queue, int]:
    with Store.open(path, readonly=True) as store:
        return {queue: queues.left(store.connection, queue) for queue in Queue}


def _links(words: str) -> tuple[str, ...]:
    """Return the addresses that were written.

    Raises:
        DatabaseError: One is no address of the web.
    """
    links = tuple(words.split())
    for each in links:
        if not each.startswith(("http://", "https://")):
            raise DatabaseError(f"{each!r} is no address of the web. Begin it with https://")
    return links


@cache
def _latin() -> dict[str, str]:
    """Return the key of the Latin layout in the place of each of other layouts."""
    text = Path(__file__).with_name("keyboards.yaml").read_text("utf-8")
    layouts: dict[str, dict[str, str]] = yaml.safe_load(text)
    return {char: latin for layout in layouts.values() for char, latin in layout.items()}


_KEY_NAMES = {
    "[": "left_square_bracket",
    "]": "right_square_bracket",
    ",": "comma",
    ".": "full_stop",
    "?": "question_mark",
    "/": "slash",
    ";": "semicolon",
    "'": "apostrophe",
}


def _key_name(character: str) -> str:
    return _KEY_NAMES.get(character, character)
