"""What changed between the versions of one document, for `claimtrack diff DOC`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimtrack.cli.output import counted, echo, note, words

if TYPE_CHECKING:
    from claimtrack.analysis.versions import Edit, History, VersionDiff


def show_history(history: History, *, everything: bool = False) -> None:
    """Print the silent edits of a document; boring ones are counted unless everything is asked."""
    for state in history.availability:
        echo(f"{state.state} {state.at}  {state.capture}")
    boring = 0
    for diff in history.diffs:
        if diff.boring and not everything:
            boring += 1
            continue
        _show(diff, everything=everything)
    if boring:
        echo(f"{counted(boring, 'boring edit')} folded away; --all shows them")
    if not history.diffs:
        note("there is one version: nothing to compare")


def _show(diff: VersionDiff, *, everything: bool) -> None:
    echo(f"version {diff.before} → {diff.after}  {counted(diff.words, 'word')} changed")
    if diff.headline:
        echo(f"  headline  {words(diff.headline[0])}\n         →  {words(diff.headline[1])}")
    for report in diff.reports:
        echo(f"  {report.change.value.replace('_', ' ')}")
        for mark, id_, said in (("-", report.before, report.old), ("+", report.after, report.new)):
            if said:
                echo(f"    {mark} {words(said)}  {id_}")
    for edit in diff.numbers:
        echo(f"  number    {_edit(edit)}")
    if everything or not (diff.headline or diff.reports or diff.numbers):
        for edit in diff.edits:
            if edit not in diff.numbers:
                echo(f"  words     {_edit(edit)}")


def _edit(edit: Edit) -> str:
    old, new = (words(side) or "(nothing)" for side in (edit.old, edit.new))
    return f"{old} → {new}   … {words(edit.around)} …"
