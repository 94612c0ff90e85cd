"""Names of what is composed: templates filled with a state's words, in every language."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping

from claimtrack.lang.pack import script
from claimtrack.model.source import Source, SourceName
from claimtrack.model.vocabulary import NameKind, SourceKind, SourceType
from claimtrack.sources.facts import facts
from claimtrack.sources.patterns import Office, Pattern, fill
from claimtrack.sources.table import Row

_HANDLE = "@"
_PUBLIC = (SourceType.GOVERNMENT, SourceType.MILITARY, SourceType.IGO)
_BRACKETS = re.compile(r"\[(.*?)\]")
_WAYS = {True: (r"\1", ""), False: ("", r"\1")}

Names = Mapping[str, tuple[str, ...]]
"""Names by language, the official one first."""


def adjectives(row: Row, code: str) -> tuple[str, ...]:
    """Return a row's adjectives in a language, the one for names first.

    Demonyms stand in one cell for all languages; their letters tell which is whose.
    """
    letters = script(code)
    return (
        *row.forms.get(("adj", code), ()),
        *(word for word in row.demonyms if unicodedata.name(word[0], "").startswith(letters)),
    )


def slots(row: Row, code: str) -> dict[str, str]:
    """Return what fills the slots of templates in a language, for the state of a row."""
    name = row.names.get(code)
    if not name:
        return {}
    forms = {form: cell[0] for (form, lang), cell in row.forms.items() if lang == code}
    found = {"name": name[0], "of": name[0], "capital": name[0], **forms}
    adjective = next(iter(adjectives(row, code)), None)
    for slot, (old, new) in facts(code).slots.items() if adjective else ():
        found[slot] = " ".join(word.removesuffix(old) + new for word in (adjective or "").split())
    return found


def body_names(pattern: Pattern, owner: Row, host: Row | None) -> Names:
    """Return the names of a state's body; empty when no template can be filled."""
    found: dict[str, tuple[str, ...]] = {}
    for code in pattern.templates:
        words = slots(owner, code)
        if host:
            words |= {f"host_{slot}": word for slot, word in slots(host, code).items()}
        if unique := _filled(pattern, code, words):
            found[code] = unique
    return found


def named_bodies(known: Iterable[Pattern], owner: Row) -> Iterator[tuple[str, str]]:
    """Yield the names of a state's or a place's bodies, each with the body's key."""
    words: dict[str, dict[str, str]] = {}
    for pattern in known:
        for code in pattern.templates:
            if code not in words:
                words[code] = slots(owner, code)
            for name in _filled(pattern, code, words[code]):
                yield f"{owner.key}:{pattern.key}", name


def _filled(pattern: Pattern, code: str, words: Mapping[str, str]) -> tuple[str, ...]:
    """Return the templates of a pattern in a language, filled with words; each once."""
    inflected = frozenset(facts(code).slots)
    templates = (template for template in pattern.templates[code] if "{" in template)
    names = (fill(template, words, inflected) for template in templates)
    return tuple(dict.fromkeys(name for name in names if name))


def office_names(office: Office, parent: Source) -> Names:
    """Return the names of an office in a body.

    What stands in brackets in a template (an article) is for public bodies.
    """
    public = parent.type in _PUBLIC and parent.kind is not SourceKind.PERSON
    found: dict[str, tuple[str, ...]] = {}
    for code, templates in office.templates.items():
        if any(name.lang == code for name in parent.names):
            aliases = (name.text for name in parent.names if _aliases(name, code))
            bodies = [parent.name_in(code), *aliases]
            filled = (template.replace("{name}", body) for body in bodies for template in templates)
            ways = (_BRACKETS.sub(way, name) for name in filled for way in _WAYS[public])
            found[code] = tuple(dict.fromkeys(ways))
    return found


def joined(first: Names, further: Names) -> Names:
    """Return names and further ones of the same, each once."""
    codes = dict.fromkeys((*first, *further))
    return {
        code: tuple(dict.fromkeys((*first.get(code, ()), *further.get(code, ())))) for code in codes
    }


def _aliases(name: SourceName, code: str) -> bool:
    return name.lang == code and name.kind is NameKind.ALIAS


def first_name(names: Names) -> str:
    """Return the name to show: the English one where there is one."""
    return next(names[code][0] for code in ("en", *names) if code in names)


def source_names(names: Names, weak: Names) -> tuple[SourceName, ...]:
    """Return names as values: official, aliases and handles, then weak ones."""
    strong = [
        SourceName(text=text, lang=code, kind=_kind(text, place))
        for code, cell in names.items()
        for place, text in enumerate(cell)
    ]
    faint = [
        SourceName(text=text, lang=code, kind=NameKind.WEAK)
        for code, cell in weak.items()
        for text in cell
    ]
    return (*strong, *faint)


def _kind(text: str, place: int) -> NameKind:
    if text.startswith(_HANDLE):
        return NameKind.HANDLE
    return NameKind.ALIAS if place else NameKind.OFFICIAL
