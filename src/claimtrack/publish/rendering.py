"""Pages from our templates, and nothing left of what they told once they are made."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader
from jinja2.runtime import Context

_OPENED = "_contexts"
"""The variable that holds the contexts of a page."""


class _Context(Context):
    """The variables of a template, which the page it is for knows of."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parent.get(_OPENED, []).append(self)

    def empty(self) -> None:
        self.vars.clear()
        self.parent.clear()


@cache
def compiled() -> Environment:
    """Return our templates: Datasette's own waits for each expression, in twice the time.

    A template reads what the page has found, and waits for nothing.
    """
    loader = PackageLoader("claimtrack.publish")
    found = Environment(loader=loader, autoescape=True, auto_reload=False)
    found.context_class = _Context
    for name in found.list_templates(filter_func=lambda name: name.startswith("ct_")):
        found.get_template(name)
    return found


def rendered(template: str, variables: Mapping[str, object]) -> str:
    """Return a page.

    Jinja's contexts and the macros in them hold each other. What a page has found, megabytes of a
    large claim, would lie about with them until all of memory is searched for such circles.
    """
    opened: list[_Context] = []
    try:
        return compiled().get_template(template).render(variables, **{_OPENED: opened})
    finally:
        for context in opened:
            context.empty()
