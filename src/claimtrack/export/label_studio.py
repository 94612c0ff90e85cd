"""Label Studio's JSON export: tasks, with regions that were labelled in a text and relations."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from claimtrack.export.foreign import Record, tasks_in
from claimtrack.export.marked import Mark, Marked, Why
from claimtrack.model.span import Span


def texts(value: Any, why: Why) -> Iterator[Marked]:
    """Yield the text of each task with the marks of its first annotation that was not cancelled.

    Args:
        value: What the JSON of the export is.
        why: What is left out is counted in it.
    """
    for number, task in enumerate(tasks_in(value), 1):
        done = [
            one
            for one in task["annotations"]
            if isinstance(one, dict) and not one.get("was_cancelled")
        ]
        if not done:
            why["task that nobody annotated"] += 1
            continue
        if len(done) > 1:
            why["annotation of a task beside its first"] += len(done) - 1
        yield _marked(str(task.get("id", number)), task["data"], done[0].get("result"), why)


def _marked(name: str, data: Record, result: Any, why: Why) -> Marked:
    regions = [one for one in result if isinstance(one, dict)] if isinstance(result, list) else []
    field = _field(data)
    text = data[field] if field else ""
    marks: list[Mark] = []
    joins: list[tuple[str, str]] = []
    values: list[tuple[str, str]] = []
    for one in regions:
        kind, key, held = one.get("type"), str(one.get("id", "")), one.get("value")
        held = held if isinstance(held, dict) else {}
        if kind == "labels":
            marks += _region(key, held, text, why)
        elif kind == "relation":
            joins.append((str(one.get("from_id")), str(one.get("to_id"))))
        elif kind == "choices" and isinstance(held.get("choices"), list):
            values += [(key, str(each)) for each in held["choices"]]
        else:
            why[f"result of the type {str(kind)[:40]!r}"] += 1
    return Marked(
        str(data.get("id") or name),
        text,
        tuple(marks),
        tuple(joins),
        tuple(values),
        tuple((each, data[each]) for each in _FACTS if isinstance(data.get(each), str)),
    )


_FACTS = ("lang", "url", "outlet", "byline", "published_at")


def _field(data: Record) -> str | None:
    """Return which field of a task is its text: "text", else the longest."""
    texts_of = {name: text for name, text in data.items() if isinstance(text, str)}
    if "text" in texts_of:
        return "text"
    return max(texts_of, key=lambda name: len(texts_of[name]), default=None)


def _region(key: str, held: Record, text: str, why: Why) -> Iterator[Mark]:
    labels = held.get("labels")
    ends = held.get("start"), held.get("end")
    if not isinstance(labels, list) or len(labels) != 1:
        why["region that has not one label"] += 1
    elif not all(isinstance(each, int) and not isinstance(each, bool) for each in ends):
        why["region of something else than a plain text"] += 1
    else:
        words = held.get("text") if isinstance(held.get("text"), str) else None
        span = Span(*ends)  # type: ignore[arg-type] # both are int
        yield Mark(key, str(labels[0]), (_counted(text, span, words),), words)


def _counted(text: str, span: Span, words: str | None) -> Span:
    """Return a span in code points: browsers count letters beyond U+FFFF twice."""
    if words is None or span.of(text) == words or not 0 <= span.start <= span.end:
        return span
    units = text.encode("utf-16-le", "surrogatepass")
    start, end = (len(units[: 2 * at].decode("utf-16-le", "replace")) for at in span)
    return Span(start, end) if text[start:end] == words else span
