"""Widgets: a text with stretches coloured, its lines ordered for a terminal; a line of keys."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import groupby
from typing import Any

from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual.geometry import Size
from textual.strip import Strip
from textual.widget import Widget

from claimtrack.cli.desk.laying import Order, cells, isolates, wrapped
from claimtrack.model.span import Span

STYLES = {
    "beside": Style(dim=True, underline=True),
    "content": Style(color="cyan"),
    "differs": Style(color="bright_white", bgcolor="dark_red", bold=True),
    "antecedent": Style(color="green", italic=True),
    "source": Style(color="green", bold=True),
    "cue": Style(color="yellow", bold=True),
    "selected": Style(bgcolor="blue"),
    "cursor": Style(reverse=True, bold=True),
}
"""How stretches look, in the order they are laid over each other."""

Stretches = Sequence[tuple[str, Span]]


class TextView(Widget):
    """A text; what is wanted of it is scrolled into view."""

    DEFAULT_CSS = "TextView { height: 1fr; }"

    def __init__(self, order: Order, **named: Any) -> None:
        """Begin empty; `order` says who orders lines."""
        super().__init__(**named)
        self._order = order
        self._text, self._rtl = "", False
        self._stretches: list[tuple[int, int, str]] = []
        self._lines: list[Span] = []
        self._wrapped_at = 0
        self._wanted: Span | None = None
        self.top = 0

    def show(
        self, text: str, *, rtl: bool, stretches: Iterable[tuple[str, Span]], at: Span
    ) -> None:
        """Show a text.

        Args:
            text: It.
            rtl: It runs from right to left.
            stretches: What is coloured: styles of STYLES with spans.
            at: What is to be seen of it.
        """
        if text != self._text:
            self._text, self._wrapped_at, self.top = text, 0, 0
        self._rtl = rtl
        laid = list(stretches)
        self._stretches = [
            (span.start, span.end, name) for name in STYLES for role, span in laid if role == name
        ]
        self._wanted = at
        self.refresh()

    def scroll(self, by: int) -> None:
        """Show lines further down, or up where negative."""
        self._wrap()
        self._wanted = None
        self.top = max(0, min(self.top + by, len(self._lines) - 1))
        self.refresh()

    def beside(self, offset: int, by: int) -> int:
        """Return the code point that is so many lines below another one, or above."""
        self._wrap()
        line = self._line(offset)
        there = max(0, min(line + by, len(self._lines) - 1))
        if there == line:
            return offset
        target = self._lines[there]
        return min(
            target.start + offset - self._lines[line].start, max(target.end - 1, target.start)
        )

    def render_line(self, y: int) -> Strip:
        """Return a line of the widget."""
        self._wrap()
        self._reveal()
        width = self.size.width
        if not 0 <= self.top + y < len(self._lines):
            return Strip.blank(width, self.rich_style)
        line = self._lines[self.top + y]
        row = cells(self._text, line, rtl=self._rtl, order=self._order)
        inside = [each for each in self._stretches if each[0] < line.end and line.start < each[1]]
        used = sum(each.width for each in row)
        before, behind = isolates(rtl=self._rtl, order=self._order)
        base = self.rich_style
        blank = " " * (width - used) if self._rtl and used < width else ""
        segments = [Segment(blank + before, base)]
        for names, letters in groupby(row, key=lambda cell: _laid(inside, cell.at)):
            segments.append(Segment("".join(cell.shown for cell in letters), _style(base, names)))
        segments.append(Segment(behind, base))
        return Strip(segments).adjust_cell_length(width, base)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """Return how many lines the text has at a width."""
        return len(wrapped(self._text, width))

    def _wrap(self) -> None:
        if self._wrapped_at != self.size.width:
            self._lines = wrapped(self._text, self.size.width)
            self._wrapped_at = self.size.width

    def _line(self, offset: int) -> int:
        found = 0
        for place, line in enumerate(self._lines):
            if line.start > offset:
                break
            found = place
        return found

    def _reveal(self) -> None:
        if self._wanted is None:
            return
        first, last = self._line(self._wanted.start), self._line(max(0, self._wanted.end - 1))
        height = max(1, self.size.height)
        if first < self.top or last >= self.top + height:
            room = max(0, height - (last - first + 1))
            self.top = max(0, first - room // 2)
        self._wanted = None


def _laid(inside: Sequence[tuple[int, int, str]], at: int) -> tuple[str, ...]:
    """Return the styles that lie over each other at a code point."""
    return tuple(name for start, end, name in inside if start <= at < end) if inside else ()


@lru_cache(maxsize=500)
def _style(base: Style, names: tuple[str, ...]) -> Style:
    return Style.combine([base, *(STYLES[name] for name in names)])


class Keys(Widget):
    """What the keys do; Textual's own footer makes a widget of each at every change."""

    DEFAULT_CSS = "Keys { height: 2; background: $panel; }"

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__()
        self._shown: Sequence[tuple[str, str]] = ()

    def show(self, keys: Sequence[tuple[str, str]]) -> None:
        """Show keys with what each does."""
        if keys != self._shown:
            self._shown = keys
            self.refresh()

    def render(self) -> Text:
        """Return two lines; a key stays with what it does."""
        text = Text(no_wrap=True, overflow="ellipsis")
        used = 0
        for key, does in self._shown:
            size = len(f" {key} {does} ")
            if used and used + size > self.size.width:
                text.append("\n")
                used = 0
            text.append(f" {key}", style="bold yellow")
            text.append(f" {does} ")
            used += size
        return text
