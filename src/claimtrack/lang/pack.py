"""Language packs: a language is a folder of data; this module finds and reads its files.

Packs ship with claimtrack. Folders of a user's own, laid out the same way, extend them or add
languages. Which of them hold is a value, `Packs`, that is handed to whatever reads a pack.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

from claimtrack.errors import PackError, UnknownLanguageError
from claimtrack.kept import kept

PACKS = Path(__file__).parent / "packs"
THOUGHTS = Path(__file__).parent / "variants" / "thoughts"
"""A folder that extends the packs: attributed thoughts, intentions and attitudes are looked for,
too, by the rules of the corpora PARC and PolNeAR."""

FILES = (
    "attributes.csv",
    "boilerplate.yaml",
    "channels.csv",
    "concepts.yaml",
    "dates.yaml",
    "examples.csv",
    "forms.csv",
    "grammar.yaml",
    "edits.yaml",
    "joints.yaml",
    "light.csv",
    "match.yaml",
    "nouns.csv",
    "other_forms.csv",
    "other_verbs.csv",
    "pack.yaml",
    "particles.csv",
    "script.yaml",
    "sources.yaml",
    "stems.yaml",
    "verbs.csv",
)
"""What a pack may hold; docs/languages.md says what each is for."""

_SHIPPED_ONLY = "stems.yaml"  # every database is indexed by the same stems, whoever opens it
_DATA = (".csv", ".yaml", ".yml")
_CODE = re.compile(r"[a-z]{2,3}")
_WHOLE = frozenset({"feminine", "slots"})
"""Keys whose lists are pairs: another one takes their place and is not added to them."""


@dataclass(frozen=True, slots=True)
class Packs:
    """The packs that hold.

    Attributes:
        extra: Folders that extend the shipped packs, the later over the earlier.
    """

    extra: tuple[Path, ...] = ()

    @classmethod
    def load(cls, *folders: Path) -> Packs:
        """Return the shipped packs with folders that extend them; their files are read later.

        Raises:
            PackError: A folder is not there, or is not laid out as `<folder>/<code>/<file>`.
        """
        for folder in folders:
            _check_folder(folder)
        packs = cls(tuple(folder.resolve() for folder in folders))
        known = available(packs)
        for path in (path for folder in folders for path in _languages(folder)):
            if path.name not in known:
                problem = (
                    f"a new language needs a pack.yaml. There are packs for {', '.join(known)}."
                )
                raise PackError(str(path), 0, problem)
        return packs

    def extended(self) -> tuple[str, ...]:
        """Return the codes of the languages that the folders extend or add, sorted."""
        return tuple(sorted({path.name for folder in self.extra for path in _languages(folder)}))


SHIPPED = Packs()


@cache
def available(packs: Packs = SHIPPED) -> tuple[str, ...]:
    """Return the codes of the languages there are packs for, sorted."""
    found = (path for folder in (PACKS, *packs.extra) for path in folder.glob("*/pack.yaml"))
    return tuple(sorted({path.parent.name for path in found}))


def pack_file(code: str, name: str) -> Path:
    """Return the path of a file of a shipped pack, whether or not the pack has it.

    Raises:
        UnknownLanguageError: There is no pack for the code.
    """
    if code not in available():
        raise UnknownLanguageError(code, available())
    return PACKS / code / name


def pack_files(code: str, name: str, packs: Packs = SHIPPED) -> tuple[Path, ...]:
    """Return the files of a name that a language has: the shipped one, then those that extend it.

    Raises:
        UnknownLanguageError: There is no pack for the code.
    """
    if code not in available(packs):
        raise UnknownLanguageError(code, available(packs))
    found = (folder / code / name for folder in (PACKS, *packs.extra))
    return tuple(path for path in found if path.is_file())


@cache
def read_yaml(code: str, name: str, packs: Packs = SHIPPED) -> dict[str, Any]:
    """Return a YAML file of a pack as a dict; empty when the pack has no such file.

    Lists of files that extend it are added to its own, single values take the place of its own.

    Raises:
        UnknownLanguageError: There is no pack for the code.
        PackError: A file is not a YAML mapping, or a value is of another form than before.
    """
    found: dict[str, Any] = {}
    for path in pack_files(code, name, packs):
        added = load_yaml(path)
        found |= {key: _united(path, key, found.get(key), value) for key, value in added.items()}
    return found


@cache
def script(code: str, packs: Packs = SHIPPED) -> str:
    """Return the letters a language is written in, as Unicode names them; Latin, if none says.

    >>> script("ar"), script("de")
    ('ARABIC', 'LATIN')
    """
    known = read_yaml(code, "pack.yaml", packs) if code in available(packs) else {}
    return str(known.get("script", "LATIN"))


@cache
def load_yaml(path: Path) -> dict[str, Any]:
    """Return one YAML file as a dict.

    Raises:
        PackError: It is not a YAML mapping.
    """
    try:
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError:
        raise PackError(str(path), 0, "not UTF-8. Save the file as UTF-8.") from None
    if PACKS not in path.parents:
        return _parsed(path, text)  # it may hold anything
    made_of = blake2b(text.encode("utf-8"), digest_size=8).hexdigest()
    return kept(f"{path.parent.name}-{path.stem}", made_of, lambda: _parsed(path, text))


def _parsed(path: Path, text: str) -> dict[str, Any]:
    import yaml  # noqa: PLC0415 (slow to load, and mostly what came of it is kept)

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        loaded = yaml.load(text, Loader=loader)  # noqa: S506 (a safe loader, in C where there is one)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = f"not YAML: {getattr(error, 'problem', None) or str(error).splitlines()[0]}"
        raise PackError(str(path), mark.line + 1 if mark else 0, problem) from None
    if not isinstance(loaded, dict):
        raise PackError(str(path), 0, "must be a mapping")
    return loaded


def line_of(path: Path, key: object) -> int:
    """Return the line of a YAML file that begins with a key; 0 where none does, or no file is."""
    if not path.is_file():
        return 0
    lines = path.read_text("utf-8-sig").splitlines()
    starts = (f"{key}:", f'"{key}":', f"'{key}':")
    return next((at for at, line in enumerate(lines, 1) if line.startswith(starts)), 0)


def hint(unknown: object, known: Collection[str]) -> str:
    """Return the known name that an unknown one is close to, as a question, else all of them.

    >>> hint("verb.csv", ["verbs.csv", "nouns.csv"]), hint("x", ["that", "quote"])
    ('Is it verbs.csv?', 'There are: quote, that.')
    """
    near = difflib.get_close_matches(str(unknown), known, n=1)
    return f"Is it {near[0]}?" if near else f"There are: {', '.join(sorted(known))}."


def _united(path: Path, key: str, known: Any, added: Any) -> Any:
    """Return a value with what a later file says of its key."""
    if known is None or (key in _WHOLE and not isinstance(known, dict)):
        return added
    if isinstance(known, dict) and isinstance(added, dict):
        if key in _WHOLE:
            return known | added
        parts = {part: _united(path, key, known.get(part), value) for part, value in added.items()}
        return known | parts
    if isinstance(known, list) and isinstance(added, list):
        return [*known, *(one for one in added if one not in known)]
    if _form(known) != _form(added):
        raise PackError(str(path), line_of(path, key), f"{key} must be {_form(known)}, as it ships")
    return added


def _form(value: object) -> str:
    if isinstance(value, dict):
        return "a mapping"
    return "a list" if isinstance(value, list) else "a single value"


@cache
def pack_digest(code: str, packs: Packs = SHIPPED) -> str:
    """Return the BLAKE2b-64 of a language's files, in hex: what its output depends on."""
    hasher = blake2b(digest_size=8)
    for folder in (PACKS, *packs.extra):
        for path in sorted((folder / code).glob("*")):
            if path.is_file():
                hasher.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return hasher.hexdigest()


def _languages(folder: Path) -> Iterator[Path]:
    """Yield the folders in a folder, hidden ones left out."""
    for path in sorted(folder.iterdir()):
        if path.is_dir() and not path.name.startswith((".", "__")):
            yield path


def _check_folder(folder: Path) -> None:
    if not folder.is_dir():
        problem = "no such folder. Correct packs in claimtrack.toml, or CLAIMTRACK_PACKS."
        raise PackError(str(folder), 0, problem)
    astray = next((path for path in sorted(folder.iterdir()) if _is_data(path)), None)
    if astray:
        problem = f"belongs in a folder named by its language, such as {folder.name}/ar/"
        raise PackError(str(astray), 0, problem)
    found = list(_languages(folder))
    if not found:
        raise PackError(str(folder), 0, f"holds no language, such as {folder.name}/ar/verbs.csv")
    for path in found:
        _check_language(path)


def _check_language(folder: Path) -> None:
    if not _CODE.fullmatch(folder.name):
        problem = "no language code such as ar; name the folder by its language"
        raise PackError(str(folder), 0, problem)
    for path in sorted(filter(_is_data, folder.iterdir())):
        if path.name == _SHIPPED_ONLY:
            problem = "search needs the same stems in every database; they cannot be extended"
            raise PackError(str(path), 0, problem)
        if path.name not in FILES:
            raise PackError(str(path), 0, f"no file of a pack. {hint(path.name, FILES)}")


def _is_data(path: Path) -> bool:
    return path.is_file() and path.suffix in _DATA and not path.name.startswith(".")
