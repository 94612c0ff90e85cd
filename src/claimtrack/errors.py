"""Every error a user can cause.

::

    ClaimtrackError
    ├── InputError            a file, text or line that cannot be read as an article
    │   └── FetchError        an address that cannot be fetched
    ├── DatabaseError         a database that cannot be opened, read or written
    │   ├── NotOurDatabaseError
    │   ├── NewerSchemaError
    │   └── IntegrityError    stored content that contradicts its id, span or log
    ├── BlockedJudgementError a judgement that a live one contradicts
    ├── CorrectionError       a correction that its text or report does not bear
    ├── DecidedMeanwhileError a decision on what somebody else has decided since it was shown
    ├── GradeError            a grade that is none, or that its claim does not bear
    ├── RatingError           a verdict that is no label of the desk's scale
    ├── DependedOnError       what others rest on cannot be undone
    ├── UnknownIdError        no row answers to an id
    ├── AmbiguousIdError      several rows answer to a prefix
    ├── UnknownLanguageError  no language pack answers to a code
    ├── PackError             a row of a language pack or registry is wrong
    ├── ConfigError           claimtrack.toml or the environment is wrong
    ├── UnknownEngineError    no engine is installed under a name
    ├── UnknownFormatError    no exporter is registered under a name
    ├── NothingChosenError    nothing answers to what an export is asked for
    ├── NothingToShowError    no document may be shown in public
    ├── InvalidExportError    what was written is not what its format asks for
    ├── OutputError           a file that cannot be written
    ├── ClusterError          a cluster that does not answer, or has other versions
    ├── WorkersError          no process that is to share the work lives
    └── ScoreError            gold and prediction cannot be compared

A message is one line: what is wrong, where, and what to do.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping


class ClaimtrackError(Exception):
    """Root of every error claimtrack raises on purpose; its message is for the user."""


class InputError(ClaimtrackError):
    """Something given to us cannot be read as an article.

    Attributes:
        place: The file, line or address it came from.
    """

    def __init__(self, place: str, problem: str) -> None:
        """Name the place and what is wrong with it."""
        self.place = place
        super().__init__(f"{place}: {problem}")


class FetchError(InputError):
    """An address cannot be fetched, may not be, or answers with something that is no page.

    Attributes:
        passing: Another try, later, may do better.
    """

    def __init__(self, place: str, problem: str, *, passing: bool = False) -> None:
        """Name the address and what is wrong with it."""
        self.passing = passing
        super().__init__(place, problem)


class DatabaseError(ClaimtrackError):
    """A database that cannot be opened, read or written."""


class NotOurDatabaseError(DatabaseError):
    """The file is not a claimtrack database."""

    def __init__(self, path: str) -> None:
        """Name the file."""
        self.path = path
        super().__init__(
            f"{path} is not a claimtrack database. Give another --db; it was left as it is."
        )


class NewerSchemaError(DatabaseError):
    """The database was written by a newer claimtrack."""

    def __init__(self, path: str, unknown: Iterable[str]) -> None:
        """Name the file and the migrations that we do not know."""
        self.path, self.unknown = path, sorted(unknown)
        super().__init__(
            f"{path} was written by a newer claimtrack (schema step {self.unknown[-1]}). "
            "Upgrade claimtrack to open it."
        )


class IntegrityError(DatabaseError):
    """Stored content contradicts its id, its text or its log."""


class BlockedJudgementError(ClaimtrackError):
    """A judgement contradicts a live one; nothing was changed.

    Attributes:
        judgement: The id of the one that stands in the way.
    """

    def __init__(self, problem: str, judgement: str) -> None:
        """Say what cannot be and name the judgement that forbids it."""
        self.judgement = judgement
        super().__init__(f"{problem}: {judgement} says the opposite. Undo it first.")


class HeldError(ClaimtrackError):
    """Another reviewer has an item before them, or somebody decided it; nothing was changed.

    Attributes:
        item: Its id.
        user: Who has it before them; None where it was decided meanwhile.
        since: Since when, in UTC, ISO 8601.
    """

    def __init__(self, item: str, user: str | None, since: str | None) -> None:
        """Say who has it, and what to do."""
        self.item, self.user, self.since = item, user, since
        super().__init__(
            f"{item} is before {user} since {since}. Take the next one."
            if user
            else f"{item} waits no more: somebody decided it meanwhile. Take the next one."
        )


class CorrectionError(ClaimtrackError):
    """A report cannot be corrected so, or not any more; nothing was changed."""


class RetiredError(CorrectionError):
    """A report is retired, and nothing is decided about it; nothing was changed.

    Attributes:
        why: Who retired it, when and why, in words.
    """

    def __init__(self, attribution_id: str, why: str) -> None:
        """Name it, and say who retired it."""
        self.why = why
        super().__init__(f"{attribution_id} is retired: {why}. Nothing was done.")


class DecidedMeanwhileError(ClaimtrackError):
    """Somebody decided on a thing since it was shown.

    Attributes:
        what: What was decided.
        by: Who decided; "" where a decision was undone.
        at: When, in UTC, ISO 8601.
    """

    def __init__(self, what: str, by: str, at: str) -> None:
        """Name what was decided, who decided and when."""
        self.what, self.by, self.at = what, by, at
        told = f"{by} decided {what!r} at {at}" if by else "A decision was undone"
        super().__init__(f"{told}, after this was shown. Nothing was recorded: look at it again.")


class GradeError(ClaimtrackError):
    """A grade is none of its scale, or a claim does not bear it; nothing was changed."""


class RatingError(ClaimtrackError):
    """A verdict is no label of a scale of the desk's; nothing was changed."""

    def __init__(
        self, scale: str, scales: Mapping[str, Iterable[str]], label: str | None = None
    ) -> None:
        """Name the scale, and what there is: its labels, or the scales."""
        if label is None:
            there = ", ".join(scales)
            super().__init__(f"The desk has no scale {scale!r}. Its scales are: {there}.")
        else:
            there = ", ".join(scales[scale])
            super().__init__(f"{label!r} is no label of the scale {scale!r}. Give one of: {there}.")


class DependedOnError(ClaimtrackError):
    """Something later rests on what was to be undone; nothing was changed.

    Attributes:
        on: The id of what cannot be undone.
        by: The id of what rests on it.
        undoable: That one can be undone first.
    """

    def __init__(
        self, on: str, by: str, why: str = "rests on it", *, undoable: bool = True
    ) -> None:
        """Name both."""
        self.on, self.by, self.undoable = on, by, undoable
        super().__init__(
            f"{on} cannot be undone: {by} {why}{'. Undo that one first.' if undoable else '.'}"
        )


class UnknownIdError(ClaimtrackError):
    """No row answers to an id."""

    def __init__(
        self, wanted: str, kinds: str, hint: str = "Find one with: claimtrack search TEXT"
    ) -> None:
        """Name the id as it was given, what was looked for, and what to do."""
        self.wanted, self.kinds = wanted, kinds
        super().__init__(f"No {kinds} has the id {wanted!r}. {hint}")


class AmbiguousIdError(ClaimtrackError):
    """Several rows answer to a prefix."""

    def __init__(self, wanted: str, found: Iterable[str]) -> None:
        """Name the prefix and what it could mean."""
        self.wanted, self.found = wanted, sorted(found)
        super().__init__(
            f"{wanted!r} could be any of: {', '.join(self.found)}. Give the id of one."
        )


class UnknownLanguageError(ClaimtrackError):
    """No language pack answers to a code."""

    def __init__(self, code: str, known: Iterable[str]) -> None:
        """Name the code and the packs there are."""
        self.code, self.known = code, sorted(known)
        super().__init__(f"No language pack for {code!r}. Installed: {', '.join(self.known)}.")


class PackError(ClaimtrackError):
    """A row of a language pack or a registry is wrong.

    Attributes:
        file: The file the row stands in.
        line: Its line, from 1; 0 where the whole file is meant.
    """

    def __init__(self, file: str, line: int, problem: str) -> None:
        """Name the file, the line and what is wrong with it."""
        self.file, self.line = file, line
        super().__init__(f"{file}:{line}: {problem}" if line else f"{file}: {problem}")


class ConfigError(ClaimtrackError):
    """claimtrack.toml or the environment says something we do not understand."""


class UnknownEngineError(ClaimtrackError):
    """No engine is installed under a name."""

    def __init__(self, name: str, known: Iterable[str]) -> None:
        """Name the engine and those there are."""
        self.name, self.known = name, sorted(known)
        super().__init__(f"No engine called {name!r}. Installed: {', '.join(self.known)}.")


class UnknownFormatError(ClaimtrackError):
    """No exporter is registered under a name."""

    def __init__(self, name: str, known: Iterable[str]) -> None:
        """Name the format and those there are."""
        self.name, self.known = name, sorted(known)
        super().__init__(f"No export format called {name!r}. There are: {', '.join(self.known)}.")


class NothingChosenError(ClaimtrackError):
    """Nothing answers to what an export is asked for."""

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__("No report answers to all of that. Ask for less, or for something else.")


class NothingToShowError(ClaimtrackError):
    """No document may be shown in public."""

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__(
            "No document may be shown: all are private. Say what may be with: claimtrack"
            " publication quotes DOCUMENT --why TEXT --rights TEXT"
        )


class InvalidExportError(ClaimtrackError):
    """What was written is not what its format asks for; no file was left.

    Attributes:
        problems: What is wrong, each in one line.
    """

    def __init__(self, name: str, problems: Iterable[str]) -> None:
        """Name the format and the first of what is wrong."""
        self.problems = tuple(problems)
        more = f" (and {len(self.problems) - 1} more)" if len(self.problems) > 1 else ""
        super().__init__(f"{name}: {self.problems[0]}{more}. Nothing was written.")


class OutputError(ClaimtrackError):
    """A file cannot be written; what was there before is as it was.

    Attributes:
        place: The file or folder that was to be written.
    """

    def __init__(self, place: str, problem: str) -> None:
        """Name the place and what is wrong with it."""
        self.place = place
        super().__init__(f"{place}: {problem}")


class ClusterError(ClaimtrackError):
    """A cluster does not answer, or its workers cannot do what they are asked for."""


class WorkersError(ClaimtrackError):
    """No process that is to share the work lives; what was done before is kept."""

    def __init__(self, why: str) -> None:
        """Say why, and what to do."""
        super().__init__(f"No process of --workers lives: {why}. Do without: --workers 1.")


class ModelError(ClaimtrackError):
    """A trained model cannot be read, made or used."""


class ScoreError(ClaimtrackError):
    """Gold and prediction cannot be compared."""
