"""The command line reference, written from the app and the models; docs/cli.md holds it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import typer
from pydantic import BaseModel
from typer.main import get_command

from claimtrack.analysis.article_diff import ArticleDiff
from claimtrack.analysis.findings import FullTrace
from claimtrack.analysis.impact import Impact
from claimtrack.analysis.overview import Overview
from claimtrack.analysis.versions import History
from claimtrack.cli.app import app
from claimtrack.cli.shapes import Shapes
from claimtrack.evaluation.reviews import Extent
from claimtrack.export.importing import Imported
from claimtrack.match.compare import Comparison
from claimtrack.match.linker import LinkReport
from claimtrack.model.source import Source
from claimtrack.pipeline import AddReport, ExtractReport, ReextractReport, WatchReport
from claimtrack.review.corrections import Standing
from claimtrack.review.decisions import Taken
from claimtrack.review.merging import Merged
from claimtrack.review.undoing import Undoing
from claimtrack.sourcing import ImportReport
from claimtrack.store.decisions import Graded, Reviewed
from claimtrack.store.history import Entry
from claimtrack.store.relations import Suggestion
from claimtrack.store.tidying import Tidied
from claimtrack.store.views import (
    AttributionView,
    ClaimView,
    DocumentView,
    SearchPage,
    SourceRow,
    SourceView,
)

_WIDTH = 96

_FIGURES = (
    "an object with a member for each measure (`p`, `r`, `f1`, each with `_base` and `_ci`; or "
    "`acc`), and `sizes`; with `--errors` also `errors`, with `--by` also `groups`, "
    "with `--from-reviews` also `reviewed`: {}"
)
_FOUND = (
    "an object with `sources` (a list of {}) and, where no name holds the text, `suggestions` "
    "(a list of {})"
)
_EDIT = "an object with `edit`, the id of the edit, and mostly `source`, that of the source"
_ONE_OF = (
    "an object with one member, named by the kind of thing: `claim` ({}), `document` ({}), "
    "`source` ({}) or `attribution` ({}); beside it `reviews` (a list of {}) and `grades` (a list "
    "of {}), where there are any"
)
_PROBLEMS = (
    "an object with `database`, `problems` (a list of sentences), `head` (the seal of the log's "
    "last entry) and `redactions` (a list of objects with `id`, `subject`, `by`, `at` and `why`)"
)
_DECIDED = (
    "an object with `publication` (the decision's id), `state` and `documents` (ids); without a "
    "state a list of objects with `outlet`, `state` and `documents`, a number"
)
_PUBLISHED = (
    "an object with `folder`, `held` and `left_out` (numbers by kind), and `documents_left_out` (a "
    "list of objects with `id`, `title` and `why`)"
)

_CORRECTED = (
    "a list of objects, one for each decision, with `correction` (its id), `action` and "
    "`attributions` (the ids of those that it made)"
)

JSON: dict[str, tuple[str, tuple[type[BaseModel], ...]]] = {
    "demo": ("{}", (AddReport,)),
    "add": ("{}", (AddReport,)),
    "watch": ("an object a round, {}", (WatchReport,)),
    "reextract": ("{}", (ReextractReport,)),
    "extract": ("an object a line for each article; of Parquet {}", (ExtractReport,)),
    "evaluate": (_FIGURES, (Extent,)),
    "compare": ("{}; for a file, its lines with the fields of it added", (Comparison,)),
    "search": ("{}", (SearchPage,)),
    "show": (
        _ONE_OF,
        (ClaimView, DocumentView, SourceView, AttributionView, Reviewed, Graded),
    ),
    "trace": ("{}", (FullTrace,)),
    "diff": ("of two articles {}; of one {}", (ArticleDiff, History)),
    "report": ("{}", (Overview,)),
    "impact": ("{}", (Impact,)),
    "link": ("{}", (LinkReport,)),
    "suggestions": ("a list of {}", (Suggestion,)),
    "correct": ("{}", (Taken,)),
    "correct show": ("{}", (Standing,)),
    **{
        f"correct {name}": (_CORRECTED, ())
        for name in ("accept", "reject", "add", "change", "split", "join", "complete")
    },
    "judge": ("an object with `judgement` (its id), `left`, `right` and `verdict`", ()),
    "assess": ("an object with `review` (its id), `claim`, `scale`, `rating` and `revises`", ()),
    "grade": ("an object with `grade` (its id), `subject`, `value` and `overlaps` (ids)", ()),
    "undo": ("{}", (Undoing,)),
    "log": ("a list of {}", (Entry,)),
    "retract": ("an object with `retraction` (its id), `subject` and `impact` ({})", (Impact,)),
    "redact": ("an object with `redaction` (its id) and `subject`", ()),
    "merge": ("{}", (Merged,)),
    "sources list": ("a list of {}", (SourceRow,)),
    "sources show": ("{}", (SourceView,)),
    "sources search": (_FOUND, (Source, Source)),
    "sources add": ("an object with `id` and `key` of the source", ()),
    "sources alias": (_EDIT, ()),
    "sources merge": ("an object with `edits`, the ids of the edits", ()),
    "sources split": (_EDIT, ()),
    "sources undo": (f"{_EDIT}, and its `action`", ()),
    "sources import": ("{}", (ImportReport,)),
    "import": ("{}", (Imported,)),
    "train": ("the training record, as the model holds it", ()),
    "publication": (_DECIDED, ()),
    "publish": (_PUBLISHED, ()),
    "check": (_PROBLEMS, ()),
    "optimize": ("{}", (Tidied,)),
}
"""What `--json` prints, by command: a sentence, and the shapes it names."""


def markdown() -> str:
    """Return the reference: every command with its help, and every shape of JSON."""
    found = commands()
    parts = [f"## claimtrack {name}\n\n{_command(name, each)}" for name, each in found.items()]
    shapes = Shapes(model for _, models in JSON.values() for model in models)
    return "\n".join([*parts, "## Shapes of JSON\n", shapes.markdown()])


def commands() -> dict[str, Any]:
    """Return every command by its full name, such as "sources list", in the order of the help."""
    return dict(_below(get_command(app), ()))


def help_text(name: str, command: Any) -> str:
    """Return what `claimtrack NAME --help` prints."""
    context = typer.Context(command, info_name=f"claimtrack {name}", terminal_width=_WIDTH)
    text: str = command.get_help(context)
    return "\n".join(line.rstrip() for line in text.splitlines())


def _below(command: Any, path: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    context = typer.Context(command)
    for name in command.list_commands(context):
        each = command.get_command(context, name)
        if hasattr(each, "commands"):
            if each.invoke_without_command:
                yield " ".join((*path, name)), each
            yield from _below(each, (*path, name))
        else:
            yield " ".join((*path, name)), each


def _command(name: str, command: Any) -> str:
    shown = f"```text\n{help_text(name, command)}\n```\n"
    if name not in JSON:
        return shown
    sentence, models = JSON[name]
    links = [Shapes.link(model.__name__) for model in models]
    return f"{shown}\n`--json` prints {sentence.format(*links)}.\n"
