"""Small screens that ask for one thing: a choice, a line of words, a source."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from textwrap import wrap
from typing import ClassVar, NamedTuple

from rich.text import Text
from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from claimtrack.cli.desk.laying import Order, told

CSS = """
Pick, Ask, Find, Help { align: center middle; background: $background; }
Pick Vertical, Ask Vertical, Find Vertical, Help VerticalScroll {
    width: 76; max-width: 100%; height: auto; max-height: 100%; padding: 0 1;
    border: round $accent;
}
Pick OptionList, Find OptionList { height: 12; border: none; }
"""
"""How these screens look. They cover what is below them: to paint both would take twice as long."""

_WIDEST = 76
_SIDES = 6
"""Cells of a row that are frame, padding or scroll bar."""

_AROUND = 12
"""Cells of a row that are no words: frame, padding, digit, scroll bar."""


def _in_rows(words: str, width: int, order: Order) -> str:
    """Return words in rows that fit into a list on a screen so wide, further ones set in."""
    return "\n  ".join(told(words, min(_WIDEST, width) - _AROUND, order))


class Choice(NamedTuple):
    """Something that can be chosen: what is returned, and what is shown."""

    value: str
    shown: str


class Pick(ModalScreen[str | None]):
    """Choose one of several, by its digit or with the arrows."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", "leave")]

    def __init__(self, title: str, choices: Sequence[Choice], order: Order, at: int = 0) -> None:
        """Take what is asked, the choices, and the place of the one to begin at."""
        super().__init__()
        self._title, self._choices, self._order, self._at = title, choices, order, at

    def compose(self) -> ComposeResult:
        """Make the list."""
        width = self.app.size.width
        rows = [
            f"{place if place < 10 else ' '} {_in_rows(each.shown, width, self._order)}"
            for place, each in enumerate(self._choices, 1)
        ]
        with Vertical():
            yield Static(Text(self._title, style="bold"))
            options = OptionList(*(Option(Text(row, no_wrap=True)) for row in rows))
            options.styles.height = min(20, max(1, sum(1 + row.count("\n") for row in rows)))
            yield options
            yield Static(Text("a digit, or ↑ ↓ and Enter; Esc leaves", style="dim"))

    def on_mount(self) -> None:
        """Begin at what holds."""
        self.query_one(OptionList).highlighted = self._at if self._choices else None

    def key(self, character: str) -> bool:
        """Choose by a digit; return whether it is one of a choice."""
        place = int(character) - 1 if character in "123456789" else -1
        if 0 <= place < len(self._choices):
            self.dismiss(self._choices[place].value)
            return True
        return False

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Choose what the arrows lead to."""
        self.dismiss(self._choices[event.option_index].value)


class Ask(ModalScreen[str | None]):
    """Ask for a line of words; some are proposed, each by a digit."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", "leave")]

    def __init__(
        self, title: str, order: Order, *, proposed: Sequence[str] = (), needed: bool = False
    ) -> None:
        """Take what is asked, what is proposed, and whether it must be answered."""
        super().__init__()
        self._title, self._order, self._proposed, self._needed = title, order, proposed, needed

    def compose(self) -> ComposeResult:
        """Make the line, and below it the same in the order it is read."""
        with Vertical():
            text = Text(self._title, style="bold")
            for place, words in enumerate(self._proposed, 1):
                text.append(f"\n{place} {words}", style="not bold dim")
            yield Static(text)
            yield Input()
            yield Static("", id="read")
            how = "a digit, or your own words and Enter" if self._proposed else "Enter goes on"
            yield Static(Text(f"{how}; Esc leaves", style="dim"))

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show what is written as it is read; take what a digit proposes."""
        value = event.value
        if len(value) == 1 and value in "123456789" and int(value) <= len(self._proposed):
            self.dismiss(self._proposed[int(value) - 1])
            return
        shown = "" if value.isascii() else _in_rows(value, self.app.size.width, self._order)
        self.query_one("#read", Static).update(Text(shown))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Return what was written."""
        if self._needed and not event.value.strip():
            self.query_one("#read", Static).update(Text("Some words are needed.", style="red"))
            return
        self.dismiss(event.value.strip())


class Find(ModalScreen[Choice | None]):
    """Find a source by a part of a name."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "leave"),
        Binding("down", "app.focus_next", "to the list", show=False),
    ]

    def __init__(self, text: str, order: Order, look: Callable[[str], Sequence[Choice]]) -> None:
        """Take what to begin with, and what finds sources; it is called in a thread."""
        super().__init__()
        self._begun, self._order, self._look = text, order, look
        self._found: Sequence[Choice] = ()
        self._asked = "", False

    def compose(self) -> ComposeResult:
        """Make the line and the list below it."""
        with Vertical():
            yield Static(Text("Which source? Part of a name, Enter; then choose.", style="bold"))
            yield Input(self._begun)
            yield OptionList()

    def on_mount(self) -> None:
        """Look for what it begins with."""
        if self._begun:
            self._search(self._begun, choose=False)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Look for what was written."""
        self._search(event.value, choose=True)

    @work
    async def _search(self, text: str, *, choose: bool) -> None:
        self._asked = text, choose
        found = await asyncio.to_thread(self._look, text)
        if self._asked == (text, choose) and self.is_attached:  # else it is not asked any more
            self._list(found, choose)

    def _list(self, found: Sequence[Choice], choose: bool) -> None:
        self._found = found
        options = self.query_one(OptionList)
        options.clear_options()
        width = self.app.size.width
        rows = [_in_rows(each.shown, width, self._order) for each in found]
        options.add_options([Option(Text(row, no_wrap=True)) for row in rows])
        if choose:  # the last one makes a new source, and is not chosen by a second Enter
            options.focus()
            options.highlighted = 0 if len(found) > 1 else None

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Return the source."""
        self.dismiss(self._found[event.option_index])


class Help(ModalScreen[None]):
    """All keys."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,question_mark,q,enter", "dismiss(None)", "leave")
    ]

    def __init__(self, keys: Sequence[tuple[str, str]]) -> None:
        """Take the keys and what each does; a heading has no key."""
        super().__init__()
        self._keys = keys

    def compose(self) -> ComposeResult:
        """Make the lines, keys in a column of their own."""
        width = min(_WIDEST, self.app.size.width) - _SIDES
        first = max(len(key) for key, _ in self._keys) + 2
        text = Text("↑ ↓ scroll, Esc leaves\n", style="dim")
        for key, does in self._keys:
            if not key:
                text.append(f"\n{' ' * first}{does}\n", style="not dim bold")
                continue
            text.append(f"{key:<{first}}", style="not dim bold yellow")
            rows = f"\n{' ' * first}".join(wrap(does, width - first))
            text.append(f"{rows}\n", style="not dim")
        with VerticalScroll():
            yield Static(text)
