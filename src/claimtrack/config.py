"""Settings: what the command line says, else the environment, else claimtrack.toml, else defaults.

claimtrack.toml is looked for in the working directory and the directories above it; the nearest
one counts. Paths in it are relative to it::

    db = "desk.db"                    # default: claims.db in the working directory
    user = "noura"                    # default: the login name
    registries = ["our-sources.csv"]  # further sources; default: none
    packs = ["our-words"]             # folders that extend the language packs; default: none
    thoughts = true                   # attributed thoughts, too (docs/languages.md); default: false
    model = "desk-model.json"         # a model that `claimtrack train` wrote; default: none
    contact = "desk@naba.example"     # whom servers may write to that we fetch from; default: none
    reviewers = ["noura", "sami"]     # who may decide on the site (docs/review.md); default: nobody

    [plugins.datasette-auth-passwords]  # what Datasette's plugins are told; default: nothing
    noura_password_hash = "pbkdf2_sha256$…"

    [scales.desk]                     # a scale of verdicts: each label with where it stands from
    "صحيح" = 5                        # 1 (false) to 5 (true), or "none" where it says nothing of
    "غير صحيح" = 1                    # that; without scales, verdicts are in any words
    "بلا دليل" = "none"

In the environment they are CLAIMTRACK_DB, CLAIMTRACK_USER and CLAIMTRACK_PACKS, which may name
several folders as PATH does.
"""

from __future__ import annotations

import difflib
import getpass
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from claimtrack.errors import ConfigError

FILE = "claimtrack.toml"
DEFAULT_DB = Path("claims.db")

_CLOSE = 0.7
"""How alike two keys must be, from 0 to 1, for one to be taken as the other misspelt."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What holds for one run.

    Attributes:
        db: The database.
        user: Who is at work; None when nothing says so.
        registries: Files of sources beside those that ship.
        packs: Folders that extend the language packs.
        thoughts: Whether attributed thoughts and intentions are looked for, too.
        model: A trained model that finds the attributions of its language.
        contact: Whom the people of a server that is fetched from may write to.
        reviewers: Who may decide on the site, by the ids of those who sign in there.
        plugins: What the plugins of Datasette are told, by their names.
        scales: The desk's scales of verdicts by name: of each label where it stands from 1 (false)
            to 5 (true), None where it says nothing of that. Empty: verdicts are in any words.
    """

    db: Path = DEFAULT_DB
    user: str | None = None
    registries: tuple[Path, ...] = ()
    packs: tuple[Path, ...] = ()
    thoughts: bool = False
    model: Path | None = None
    contact: str | None = None
    reviewers: tuple[str, ...] = ()
    plugins: Mapping[str, Any] = field(default_factory=dict)
    scales: Mapping[str, Mapping[str, float | None]] = field(default_factory=dict)

    def writer(self) -> str:
        """Return who is at work, for what is recorded.

        Raises:
            ConfigError: Nobody is.
        """
        if not self.user:
            raise ConfigError("Who are you? Give --user NAME, or set CLAIMTRACK_USER.")
        return self.user


def load(
    directory: Path,
    environ: Mapping[str, str],
    *,
    db: Path | None = None,
    user: str | None = None,
) -> Settings:
    """Return the settings that hold in a directory; `db` and `user` are the command line's.

    Raises:
        ConfigError: claimtrack.toml cannot be read, or says something we do not know.
    """
    path = find(directory)
    stated = _read(path) if path else {}
    env_db = environ.get("CLAIMTRACK_DB")
    env_packs = environ.get("CLAIMTRACK_PACKS", "").split(os.pathsep)
    return Settings(
        db=db or (Path(env_db) if env_db else None) or stated.get("db") or DEFAULT_DB,
        user=user or environ.get("CLAIMTRACK_USER") or stated.get("user") or _login(),
        registries=stated.get("registries", ()),
        packs=tuple(map(Path, filter(None, env_packs))) or stated.get("packs", ()),
        thoughts=stated.get("thoughts", False),
        model=stated.get("model"),
        contact=stated.get("contact"),
        reviewers=stated.get("reviewers", ()),
        plugins=stated.get("plugins", {}),
        scales=stated.get("scales", {}),
    )


def find(directory: Path) -> Path | None:
    """Return the claimtrack.toml of a directory or of the nearest one above it, or None."""
    here = directory.resolve()
    candidates = (place / FILE for place in (here, *here.parents))
    return next((path for path in candidates if path.is_file()), None)


def _read(path: Path) -> dict[str, Any]:
    import tomllib  # noqa: PLC0415 (most commands find no file)

    try:
        stated = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read ({error.strerror}).") from None
    except UnicodeDecodeError:
        raise ConfigError(f"{path}: not UTF-8. Save the file as UTF-8.") from None
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path}: not TOML: {error}.") from None
    return {key: _value(path, key, value) for key, value in stated.items()}


def _value(path: Path, key: str, value: object) -> object:
    if key not in _READERS:
        near = difflib.get_close_matches(key, _READERS, n=1, cutoff=_CLOSE)
        hint = f"Did you mean {near[0]!r}?" if near else f"There are: {', '.join(_READERS)}."
        raise ConfigError(f"{path}: unknown key {key!r}. {hint}")
    reader, expected = _READERS[key]
    try:
        return reader(path.parent, value)
    except TypeError:
        raise ConfigError(f"{path}: {key!r} must be {expected}.") from None


def _text(_: Path, value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise TypeError
    return value


def _file(base: Path, value: object) -> Path:
    return base / Path(_text(base, value)).expanduser()


def _files(base: Path, value: object) -> tuple[Path, ...]:
    if not isinstance(value, list):
        raise TypeError
    return tuple(_file(base, name) for name in value)


def _names(base: Path, value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise TypeError
    return tuple(_text(base, name) for name in value)


def _tables(_: Path, value: object) -> Mapping[str, Any]:
    if not isinstance(value, dict) or not all(isinstance(each, dict) for each in value.values()):
        raise TypeError
    return value


def _flag(_: Path, value: object) -> bool:
    if not isinstance(value, bool):
        raise TypeError
    return value


def _scales(_: Path, value: object) -> dict[str, dict[str, float | None]]:
    if not isinstance(value, dict) or not all(map(str.strip, value)):
        raise TypeError
    return {name: _scale(labels) for name, labels in value.items()}


def _scale(labels: object) -> dict[str, float | None]:
    if not isinstance(labels, dict) or not labels or not all(map(str.strip, labels)):
        raise TypeError
    for value in labels.values():
        number = isinstance(value, int | float) and not isinstance(value, bool)
        if value != "none" and not (number and _WORST <= value <= _BEST):
            raise TypeError
    return {label: None if value == "none" else value for label, value in labels.items()}


_WORST, _BEST = 1, 5

_READERS: dict[str, tuple[Callable[[Path, object], object], str]] = {
    "contact": (_text, "an address in quotes"),
    "db": (_file, "a file name in quotes"),
    "model": (_file, "a file name in quotes"),
    "packs": (_files, "a list of folder names in quotes"),
    "plugins": (_tables, "tables, one for each plugin"),
    "registries": (_files, "a list of file names in quotes"),
    "reviewers": (_names, "a list of names in quotes"),
    "scales": (_scales, 'tables of labels, each a number from 1 (false) to 5 (true) or "none"'),
    "thoughts": (_flag, "true or false"),
    "user": (_text, "a name in quotes"),
}


def _login() -> str | None:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a user id without a name, as in some containers
        return None
