"""The language of the interface: catalogues of messages, and which one a reader gets.

A catalogue is a YAML file in `messages/`, so a further interface language is a file and no code.
YAML rather than gettext's .po: the forms of a plural are named by their CLDR category ("few"),
which Babel's plural rules give, and nothing is compiled or parsed by a second reader.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from babel import Locale, UnknownLocaleError

MESSAGES = Path(__file__).parent / "messages"

FALLBACK = "en"
"""What a reader gets who accepts none of our languages."""


@dataclass(frozen=True)
class Catalogue:
    """The messages of one interface language; call it with a key to get a message.

    Attributes:
        code: The language.
        messages: Every message by its dotted key; those of a plural end in their CLDR category.
    """

    code: str
    messages: Mapping[str, str]

    def __call__(self, key: str) -> str:
        """Return a message.

        Raises:
            KeyError: The catalogue has no such key.
        """
        return self.messages[key]

    def count(self, key: str, number: int) -> str:
        """Return a message about a number of things, in the form the number asks for.

        Raises:
            KeyError: The catalogue lacks the form.
        """
        category = self.locale.plural_form(number)
        return self.messages[f"{key}.{category}"].replace("{n}", f"{number:,}")

    def term(self, vocabulary: str, value: str) -> str:
        """Return the name of a value of a vocabulary, or the value where it has none."""
        return self.messages.get(f"{vocabulary}.{value}", value)

    def language(self, code: str) -> str:
        """Return what a language is called, or its code where nobody knows.

        >>> catalogues()["en"].language("ar"), catalogues()["en"].language("x-none")
        ('Arabic', 'x-none')
        """
        return str(self.locale.languages.get(code, code))

    def country(self, code: str) -> str:
        """Return what a country is called, or its code where nobody knows."""
        return str(self.locale.territories.get(code, code))

    @property
    def direction(self) -> str:
        """The reading direction of the interface: "rtl" or "ltr"."""
        return direction(self.code)

    @property
    def locale(self) -> Locale:
        """Babel's knowledge of the language."""
        return Locale.parse(self.code)


@cache
def catalogues() -> dict[str, Catalogue]:
    """Return the catalogues by code."""
    return {path.stem: _read(path) for path in sorted(MESSAGES.glob("*.yaml"))}


@cache
def direction(code: str) -> str:
    """Return the reading direction of a language: "rtl", "ltr", or "auto" for an unknown one.

    >>> direction("ar"), direction("ru"), direction("no such")
    ('rtl', 'ltr', 'auto')
    """
    try:
        return str(Locale.parse(code, sep="-").text_direction)
    except (UnknownLocaleError, ValueError):
        return "auto"


def choose(asked: str | None, remembered: str | None, accepted: str) -> Catalogue:
    """Return the catalogue a reader gets.

    Args:
        asked: What the address asks for (`?lang=`), before everything else.
        remembered: What was asked for earlier (the cookie).
        accepted: The Accept-Language header.
    """
    known = catalogues()
    for code in (asked, remembered, *_preferences(accepted)):
        if code in known:
            return known[code]
    return known[FALLBACK]


def _preferences(header: str) -> list[str]:
    """Return the languages of an Accept-Language header, best first, without their regions."""
    ranked: list[tuple[float, str]] = []
    for item in header[:1000].split(","):
        tag, _, weight = item.strip().partition(";q=")
        try:
            quality = float(weight or 1)
        except ValueError:
            quality = 0.0
        ranked.append((-quality, tag.partition("-")[0].lower()))
    return [tag for quality, tag in sorted(ranked, key=lambda pair: pair[0]) if quality < 0]


def _read(path: Path) -> Catalogue:
    messages = yaml.safe_load(path.read_text("utf-8"))
    return Catalogue(path.stem, dict(_flat(messages)))


def _flat(tree: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    for key, value in tree.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", str(value)
