"""What the desk says of an item, in lines, and which stretches of its text are coloured."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.text import Text

from claimtrack.cli.desk.laying import Order, told
from claimtrack.cli.desk.text_view import STYLES
from claimtrack.cli.views import uncommon
from claimtrack.model.span import Span, hull
from claimtrack.model.vocabulary import Direction, Role
from claimtrack.review.marking import Marking
from claimtrack.review.queues import Because
from claimtrack.review.sitting import Shown
from claimtrack.store.views import AttributionView, DocumentRef

_ROLES = ("antecedent", "source", "cue", "content")
_LABEL, _NARROWEST = 14, 20
"""Cells of a label, and how many its words have at least."""

_WHY = {
    Because.NAMED_SO: "has this name",
    Because.MENTIONED_SO: "elsewhere in these words",
    Because.HERE: "in this article",
}


def stretches(
    report: AttributionView, others: Sequence[AttributionView] = ()
) -> Iterator[tuple[str, Span]]:
    """Yield what is coloured of a text: an attribution, and faintly the others of its text."""
    for other in others:
        if other.id != report.id:
            yield from (("beside", Span(*quote[:2])) for quote in other.quotes["content"])
    for role in _ROLES:
        yield from ((role, Span(*quote[:2])) for quote in report.quotes.get(role, ()))


def marked(marking: Marking, others: Sequence[AttributionView]) -> Iterator[tuple[str, Span]]:
    """Yield what is coloured while an attribution is marked: its spans, selection and cursor."""
    for other in others:
        yield from (("beside", Span(*quote[:2])) for quote in other.quotes["content"])
    for role in Role:
        yield from ((role.value, span) for span in marking.spans(role))
    if marking.selection and marking.anchor is not None:
        yield "selected", marking.selection
    if marking.words:
        yield "cursor", marking.words[marking.at]


def place_of(report: AttributionView) -> Span:
    """Return the stretch of the text that an attribution takes."""
    return hull(quote for quotes in report.quotes.values() for quote in quotes)


def is_rtl(document: DocumentRef) -> bool:
    """Tell whether a document runs from right to left."""
    return document.direction is Direction.RTL


def facts(shown: Shown, order: Order, scale: Sequence[str], width: int) -> Text:
    """Return what is known of an item, in lines so many cells wide."""
    lines = _Lines(order, width)
    report = shown.report
    lines.document(report.document)
    if shown.pair:
        lines.add("the one", _said(report), "source")
        lines.document(shown.pair.right.document)
        lines.add("the other", _said(shown.pair.right), "source")
        lines.add("alike", f"{shown.pair.score:.2f}  {shown.pair.evidence}", "")
    elif shown.spread:
        lines.add("claim", report.words("content"), "content")
        lines.add("verdict", " · ".join(f"{n} {each}" for n, each in enumerate(scale[:9], 1)), "")
        lines.add("reports", str(shown.spread.reports), "")
        for each in shown.spread.first[:5]:
            date = each.document.published.iso()[:10]
            lines.add("", " · ".join(filter(None, (date, each.document.outlet, _said(each)))), "")
    else:
        likely = [f"{each.source.name} · {_WHY[each.because]}" for each in shown.candidates]
        _report(lines, report, shown.others, likely)
    for note in shown.notes:
        lines.add("note", f"{note.text} · {note.by}", "antecedent")
    return lines.text


def fields(marking: Marking, order: Order, others: Sequence[AttributionView], width: int) -> Text:
    """Return how an attribution is marked so far, in lines so many cells wide."""
    lines = _Lines(order, width)
    for place, role in enumerate(Role, 1):
        words = " … ".join(span.of(marking.text) for span in marking.spans(role))
        focus = "▸" if role is marking.role else " "
        lines.add(f"{focus}{place} {role.value}", words or "—", role.value)
    keys = {each.id: each.key for each in others}
    via = marking.field("via")
    said = ("kind", "channel", "stance", "assertion")
    lines.add("", " · ".join(str(marking.field(name)).replace("_", " ") for name in said), "")
    lines.add(
        "is", str(marking.field("source_name") or marking.field("source_id") or "nobody known"), ""
    )
    if via:
        lines.add("via", keys.get(via, via), "")
    return lines.text


class _Lines:
    """Lines of a label and words, in the order a terminal is to get them."""

    def __init__(self, order: Order, width: int) -> None:
        self._order, self._width = order, max(_NARROWEST, width - _LABEL)
        self.text = Text(no_wrap=True, overflow="ellipsis")

    def add(self, label: str, words: str, style: str) -> None:
        for row in told(words[:400], self._width, self._order):
            self.text.append(f"{label:<{_LABEL}}", style="dim")
            self.text.append(f"{row}\n", style=STYLES.get(style, ""))
            label = ""

    def document(self, document: DocumentRef) -> None:
        date = document.published.iso()[:10]
        about = filter(None, (document.outlet, date, document.title))
        self.add("article", " · ".join(about), "")

    def numbered(self, choices: Sequence[str]) -> None:
        for place, each in enumerate(choices[:9], 1):
            self.text.append(f"{place:>{_LABEL - 1}} ", style="bold yellow")
            rows = told(each, self._width, self._order)
            self.text.append(f"\n{' ' * _LABEL}".join(rows) + "\n")


def _report(
    lines: _Lines,
    report: AttributionView,
    others: Sequence[AttributionView],
    likely: Sequence[str],
) -> None:
    known = report.source.name if report.source else "nobody known"
    words = report.words("source") or report.words("antecedent")
    lines.add("source", f"{words or '—'} = {known}", "source")
    lines.numbered(likely)  # what the digits mean is to be seen on a low screen, too
    lines.add("cue", report.words("cue") or "—", "cue")
    lines.add("content", report.words("content"), "content")
    relayer = next((each for each in others if each.id == report.via_id), None)
    if relayer:
        lines.add("via", f"{relayer.key} · {_said(relayer)}", "source")
    how = uncommon(report) or ["nothing uncommon"]
    lines.add("how", " · ".join(how).replace("_", " "), "")
    lines.add("found by", f"{report.run}, sure to {report.confidence:g}", "")


def _said(report: AttributionView) -> str:
    return report.words("source") or (report.source.name if report.source else "nobody named")
