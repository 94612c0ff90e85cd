"""The screen on which an attribution is marked in its text, word by word."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from rich.text import Text
from textual import events, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widgets import Static

from claimtrack.cli.desk.asking import Choice, Pick
from claimtrack.cli.desk.laying import Order
from claimtrack.cli.desk.painting import fields, is_rtl, marked
from claimtrack.cli.desk.text_view import Keys, TextView
from claimtrack.errors import CorrectionError
from claimtrack.model.span import Span
from claimtrack.model.vocabulary import Assertion, Channel, Kind, Role, Stance
from claimtrack.review.corrections import Draft
from claimtrack.review.marking import Edge, Marking
from claimtrack.store.views import AttributionView, DocumentRef

FIELDS = {"channel": Channel, "stance": Stance, "kind": Kind, "assertion": Assertion}
"""Fields that are one of a closed set."""

MARKING_KEYS = (
    ("← →", "word by word, as the text runs"),
    ("↑ ↓", "to the line above or below"),
    ("space", "begin a selection, or let go of it"),
    ("1 2 3 4", "mark the selection as source, cue, content, antecedent; without one, go there"),
    ("+", "mark the selection as one more stretch of the same"),
    ("-", "the text has nothing of this"),
    ("[ ]", "begin a word earlier, later"),
    (", .", "end a word earlier, later"),
    ("c t k o", "channel, stance, kind, what the source does in saying it"),
    ("v", "who relays it"),
    ("z", "take the last change back"),
    ("x", "split in two where the cursor stands"),
    ("Enter", "save"),
    ("Esc", "leave without saving"),
)
"""The keys of this screen."""

_LINE = (
    *(("← →", "word"), ("space", "select"), ("1-4", "source cue content antecedent")),
    *(("[ ]", "begin"), (", .", "end"), ("x", "split"), ("z", "back"), ("Enter", "save")),
    *(("Esc", "leave"), ("?", "all keys")),
)


FIELD_BINDINGS: tuple[BindingType, ...] = (
    Binding("c", "field('channel')", "channel"),
    Binding("t", "field('stance')", "stance"),
    Binding("k", "field('kind')", "kind"),
    Binding("o", "field('assertion')", "assertion"),
    Binding("v", "via", "relay"),
)
"""The keys of an attribution's fields, on the first screen and while marking."""


class Outcome(NamedTuple):
    """What came of marking: the attribution, or two where it was split."""

    drafts: tuple[Draft, ...]


class MarkScreen(Screen[Outcome | None]):
    """Mark an attribution; returns what it became, None where it was left."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "turn('left')", "word"),
        Binding("right", "turn('right')", "word"),
        Binding("up", "line(-1)", "line"),
        Binding("down", "line(1)", "line"),
        Binding("space", "select", "select"),
        *(Binding(str(place), f"role({place})", role.value) for place, role in enumerate(Role, 1)),
        Binding("plus", "more", "one more", key_display="+"),
        Binding("minus", "clear", "none", key_display="-"),
        Binding("left_square_bracket", "edge('start', -1)", "begins earlier", key_display="["),
        Binding("right_square_bracket", "edge('start', 1)", "later", key_display="]"),
        Binding("comma", "edge('end', -1)", "ends earlier", key_display=","),
        Binding("full_stop", "edge('end', 1)", "later", key_display="."),
        *FIELD_BINDINGS,
        Binding("z", "back", "take back"),
        Binding("x", "split", "split"),
        Binding("enter", "save", "save"),
        Binding("escape", "dismiss(None)", "leave"),
    ]

    def __init__(
        self,
        marking: Marking,
        document: DocumentRef,
        others: Sequence[AttributionView],
        order: Order,
    ) -> None:
        """Take what is marked, its document, the other attributions of it, and who orders lines."""
        super().__init__()
        self.marking = marking
        self._document, self._others, self._order = document, others, order

    def compose(self) -> ComposeResult:
        """Make text, fields, message and keys."""
        yield TextView(self._order, id="text")
        yield Static(id="fields")
        yield Static(id="said")
        yield Keys()

    def on_mount(self) -> None:
        """Show it."""
        self.query_one(Keys).show(_LINE)
        self._paint()

    def action_turn(self, key: str) -> None:
        """Move the cursor a word to the left or right, as the text runs."""
        forward = key == ("left" if is_rtl(self._document) else "right")
        self.marking.step(1 if forward else -1)
        self._paint()

    def action_line(self, by: int) -> None:
        """Move the cursor to another line."""
        marking = self.marking
        if marking.words:
            view = self.query_one(TextView)
            marking.at = marking.word_at(view.beside(marking.words[marking.at].start, by))
        self._paint()

    def action_select(self) -> None:
        """Begin a selection, or let go of it."""
        self.marking.select()
        self._paint()

    def action_role(self, place: int) -> None:
        """Mark the selection as a role, or go to it."""
        role = list(Role)[place - 1]
        if self.marking.anchor is None:
            self.marking.look(role)
        else:
            self.marking.mark(role)
        self._paint()

    def action_more(self) -> None:
        """Mark the selection beside what is marked."""
        self.marking.mark(self.marking.role, more=True)
        self._paint()

    def action_clear(self) -> None:
        """Say that the text has nothing of the role."""
        self.marking.clear(self.marking.role)
        self._paint()

    def action_edge(self, edge: str, by: int) -> None:
        """Move a boundary by a word."""
        self.marking.move(Edge(edge), by)
        self._paint()

    @work
    async def action_field(self, name: str) -> None:
        """Choose a field's value."""
        chosen = await self.app.push_screen_wait(
            pick_field(name, str(self.marking.field(name)), self._order)
        )
        if chosen is not None:
            self.marking.set(**{name: FIELDS[name](chosen)})
            self._paint()

    @work
    async def action_via(self) -> None:
        """Choose who relays it."""
        chosen = await self.app.push_screen_wait(pick_via(self._others, self._order))
        if chosen is not None:
            self.marking.set(via=chosen or None)
            self._paint()

    def action_back(self) -> None:
        """Take the last change back."""
        self._paint("" if self.marking.back() else "Nothing is left to take back.")

    def action_split(self) -> None:
        """Return two attributions, parted at the cursor."""
        try:
            self.dismiss(Outcome(self.marking.parts()))
        except CorrectionError as error:
            self._paint(str(error))

    def action_save(self) -> None:
        """Return the attribution."""
        try:
            self.dismiss(Outcome((self.marking.draft(),)))
        except CorrectionError as error:
            self._paint(str(error))

    def on_resize(self, _: events.Resize) -> None:
        """Lay the lines anew."""
        self._paint()

    def _paint(self, said: str = "") -> None:
        marking = self.marking
        at = marking.words[marking.at] if marking.words else Span(0, 0)
        self.query_one(TextView).show(
            marking.text,
            rtl=is_rtl(self._document),
            stretches=marked(marking, self._others),
            at=at,
        )
        self.query_one("#fields", Static).update(
            fields(marking, self._order, self._others, self.size.width - 2), layout=False
        )
        self.query_one("#said", Static).update(Text(said, style="red"), layout=False)


def pick_field(name: str, value: str, order: Order) -> Pick:
    """Return a screen that asks for a field's value."""
    values = [each.value for each in FIELDS[name]]
    choices = [Choice(each, each.replace("_", " ")) for each in values]
    at = values.index(value) if value in values else 0
    return Pick(f"Which {name}?", choices, order, at)


def pick_via(others: Sequence[AttributionView], order: Order) -> Pick:
    """Return a screen that asks which attribution of the text relays another one."""
    choices = [Choice("", "nobody: the outlet itself reports it")]
    choices += [Choice(each.id, f"{each.key} · {label(each)}") for each in others]
    return Pick("Who relays it?", choices, order)


def label(report: AttributionView) -> str:
    """Return an attribution in a line."""
    who = report.words("source") or (report.source.name if report.source else "")
    return " · ".join(filter(None, (who, report.words("cue"), report.words("content")[:60])))
