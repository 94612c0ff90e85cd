"""The words of pages and pictures for people, by the language that these are in."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import yaml

from claimtrack.errors import ClaimtrackError

Words = dict[str, str]


@cache
def words() -> dict[str, Words]:
    """Return the words by language, each by its key; `direction` is how the language runs."""
    text = files("claimtrack.export").joinpath("words.yaml").read_text("utf-8")
    found: dict[str, Words] = yaml.safe_load(text)
    return found


def words_in(lang: str) -> Words:
    """Return the words of a language.

    Raises:
        ClaimtrackError: There are none.
    """
    known = words()
    if lang not in known:
        there = ", ".join(sorted(known))
        raise ClaimtrackError(f"There are no pages in {lang!r}. There are: {there}.")
    return known[lang]
