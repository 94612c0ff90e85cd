"""A run: which tool, in which configuration, made a machine's rows."""

from __future__ import annotations

from functools import lru_cache

from pydantic import Field

from claimtrack.model.ids import content_id
from claimtrack.model.value import Value

PERSON = "person"
"""The tool of the run of what a person made; its version is their name."""


class Run(Value):
    """One configuration of one tool; the same configuration is the same run.

    Attributes:
        tool: "rules", "llm:<model>", "same-words"…
        version: The tool's version.
        configuration: Everything else its output depends on, such as digests of language packs.
    """

    tool: str
    version: str
    configuration: dict[str, str] = Field(default_factory=dict)

    @property
    def id(self) -> str:
        """The id, made from all fields."""
        return _id(self.tool, self.version, tuple(self.configuration.items()))


@lru_cache(maxsize=64)  # each row names its run, and there are few
def _id(tool: str, version: str, configuration: tuple[tuple[str, str], ...]) -> str:
    return content_id("run", tool, version, dict(configuration))


def person(run: str) -> str | None:
    """Return who made something by hand, given its run as tool and version; None for a machine.

    >>> person("person lamia"), person("rules 0.1.0")
    ('lamia', None)
    """
    tool, _, name = run.partition(" ")
    return name if tool == PERSON else None
