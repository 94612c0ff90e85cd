"""Why something was not recorded, in the reader's language.

The program says it in one English line, as the commands print it. `refusals.yaml` names those that
a form can meet with, the way gettext knows messages by their English; the catalogues have each for
readers of the site, who have no options to give. One that is not among them is told as it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

import yaml
from markupsafe import Markup

from claimtrack.publish.language import Catalogue
from claimtrack.publish.shown import shown

_BLANK = re.compile(r"\{(\w+)\}")
_END = r"\Z"
_TERMS = {
    "role": "desk.role_{}",
    "field": "desk.field_{}",
}
"""What is filled in that has a name of its own in the catalogues."""


class _Known(NamedTuple):
    name: str
    pattern: re.Pattern[str]


def worded(t: Catalogue, message: str) -> Markup:
    """Return why something was not recorded, for a page.

    Args:
        t: The reader's language.
        message: The error's message, as the commands print it.
    """
    for known in _known():
        if match := known.pattern.fullmatch(message):
            return _filled(t, t(f"refusal.{known.name}"), match.groupdict())
    return Markup('<bdi lang="en" dir="ltr">{}</bdi>').format(shown(message))


@cache
def _known() -> tuple[_Known, ...]:
    path = Path(__file__).with_name("refusals.yaml")
    messages: dict[str, str] = yaml.safe_load(path.read_text("utf-8"))
    return tuple(
        _Known(name, re.compile(_pattern(message), re.DOTALL)) for name, message in messages.items()
    )


def _pattern(message: str) -> str:
    first, *parts = _BLANK.split(message)
    blanks = tuple(zip(parts[::2], parts[1::2], strict=True))
    # a blank ends where what follows it first stands, for good: what was sent can be long
    return re.escape(first) + "".join(
        rf"(?>(?P<{name}>.*?){re.escape(behind)}{'' if place < len(blanks) else _END})"
        for place, (name, behind) in enumerate(blanks, 1)
    )


def _filled(t: Catalogue, wording: str, values: Mapping[str, str]) -> Markup:
    parts = _BLANK.split(wording)
    return Markup("").join(
        _value(t, part, values[part]) if place % 2 else part for place, part in enumerate(parts)
    )


def _value(t: Catalogue, name: str, value: str) -> Markup:
    key = _TERMS.get(name, "{}").format(value)
    named = t.messages.get(key) if name in _TERMS else None
    bare = value[1:-1] if len(value) > 1 and value[0] == value[-1] in "'\"" else value
    return Markup("<bdi>{}</bdi>").format(shown(named or bare))
