"""Annotations of others as gold: article lines with attributions, for `claimtrack evaluate`.

Tools mark stretches of a text and join them. Each is read into the same: marks labelled "source",
"cue" or "content", joins between them, and what was said of them. What hangs together and has a
content is an attribution; whatever else there is is left out and counted.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Any, NamedTuple

from claimtrack.ingest.language import detect
from claimtrack.ingest.problems import LARGEST
from claimtrack.model.span import Span
from claimtrack.model.vocabulary import Assertion, Channel, Kind, Modality, SourceType, Stance

ROLES = ("source", "cue", "content")
"""What a mark can be, whatever the case it is written in."""

_VALUES: dict[str, type[StrEnum]] = {
    "kind": Kind,
    "channel": Channel,
    "stance": Stance,
    "assertion": Assertion,
    "source_type": SourceType,
    "modality": Modality,
}
_OF_VALUE: dict[str, str] = {
    str(value): name for name, values in _VALUES.items() for value in values
}

Why = Counter[str]
"""What was left out, and how often."""


class Mark(NamedTuple):
    """Stretches of a text that somebody marked.

    Attributes:
        key: What tells it from the others of its text.
        label: What it was called.
        spans: Code points of the text, half-open; nobody has looked whether they are within it.
        words: What stands there, as the tool says; None where it does not.
    """

    key: str
    label: str
    spans: tuple[Span, ...]
    words: str | None = None


class Marked(NamedTuple):
    """A text with its marks.

    Attributes:
        id: What the text is called.
        text: The text.
        marks: What was marked.
        joins: Pairs of keys of marks that belong together.
        values: Keys of marks, and words that were said of them: "direct", "deny".
        facts: What else is known of the article, as a line has it.
    """

    id: str
    text: str
    marks: tuple[Mark, ...]
    joins: tuple[tuple[str, str], ...] = ()
    values: tuple[tuple[str, str], ...] = ()
    facts: tuple[tuple[str, str], ...] = ()


def lines(texts: Iterable[Marked], why: Why) -> Iterator[tuple[bytes, int]]:
    """Yield an article line for each text, and its attributions' number; count what is left out.

    Args:
        texts: Texts with their marks.
        why: Grows.
    """
    taken: Counter[str] = Counter()
    for one in texts:
        if len(one.text) > LARGEST or not one.text.strip():
            why["text that is empty or longer than any article"] += 1
            continue
        taken[one.id] += 1
        if taken[one.id] > 1:
            why["text whose id another has"] += 1
            continue
        line = _line(one, why)
        told = json.dumps(line, ensure_ascii=False, separators=(",", ":"))
        yield f"{told}\n".encode("utf-8", "replace"), len(line["attributions"])


def _line(one: Marked, why: Why) -> dict[str, Any]:
    facts = dict(one.facts)
    return {
        "id": one.id,
        "lang": facts.pop("lang", None) or detect(one.text),
        "text": one.text,
        **facts,
        "attributions": list(_attributions(one, why)),
    }


def _attributions(one: Marked, why: Why) -> Iterator[dict[str, Any]]:
    marks = {mark.key: mark for mark in _sound(one, why)}
    values = _values(one, marks, why)
    together = _together(one, marks, why)
    found = []
    for keys in together:
        roles: dict[str, list[Span]] = {role: [] for role in ROLES}
        said: dict[str, str] = {}
        for key in keys:
            roles[marks[key].label.lower()] += marks[key].spans
            said |= values.get(key, {})
        if roles["content"]:
            found.append((roles, said))
        else:
            why["mark that belongs to no content"] += len(keys)
    found.sort(key=lambda pair: min(pair[0]["content"]))
    for number, (roles, said) in enumerate(found, 1):
        spans = {role: [list(span) for span in sorted(set(some))] for role, some in roles.items()}
        yield {"id": str(number), **spans, **said}


def _sound(one: Marked, why: Why) -> Iterator[Mark]:
    for mark in one.marks:
        if mark.label.lower() not in ROLES:
            why[f"mark labelled {mark.label[:40]!r}, which is no {', '.join(ROLES)}"] += 1
        elif not mark.spans or not all(0 <= a < b <= len(one.text) for a, b in mark.spans):
            why["mark that does not lie within its text"] += 1
        elif mark.words is not None and _flat(mark.words) != _flat(
            " ".join(span.of(one.text) for span in mark.spans)
        ):
            why["mark whose words are others in its text"] += 1
        else:
            yield mark


def _flat(words: str) -> str:
    return "".join(words.split())


def _values(one: Marked, marks: dict[str, Mark], why: Why) -> dict[str, dict[str, str]]:
    found: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for key, value in one.values:
        name = _OF_VALUE.get(value.lower())
        if name and key in marks:
            found[key][name] = value.lower()
        else:
            why[f"word {value[:40]!r}, which is none of ours or of no mark"] += 1
    return found


def _together(one: Marked, marks: dict[str, Mark], why: Why) -> list[list[str]]:
    """Return the keys of marks that hang together, in the order of the marks."""
    group = {key: [key] for key in marks}
    for left, right in one.joins:
        if left not in group or right not in group:
            why["join of a mark that is not there"] += 1
        elif group[left] is not group[right]:
            group[left] += group[right]
            for key in group[right]:
                group[key] = group[left]
    return list({id(some): some for some in group.values()}.values())
