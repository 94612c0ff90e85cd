"""Passages of a text that are in another language than the rest: a tweet, a document, a quotation.

Only what is written in another script is seen: Russian in Arabic, not French in English. There
the letters tell at a glance, and words of a few letters (names, acronyms) are no passage.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cache, lru_cache

from claimtrack.ingest.language import UNKNOWN, detect
from claimtrack.lang.pack import SHIPPED, Packs, available, script
from claimtrack.model.span import Span, Spans

_LEAST = 20
"""Letters that a passage has at least."""

_MOST = 2 / 3
"""The part of its letters that is in the other script at least."""

_LOOKED_AT = 400
"""Characters of a text that its script is told by, evenly spread."""

_LINE = re.compile(r"[^\n]+")


def language_of(words: str, lang: str, packs: Packs = SHIPPED) -> str:
    """Return the language of some words of a text: the text's, unless they are in another script.

    Args:
        words: The words.
        lang: The ISO 639 code of the text's language.
        packs: The language packs that hold.

    >>> language_of("We reject these claims in full", "ar"), language_of("CNN", "ar")
    ('en', 'ar')
    """
    if in_own_script(words, lang, packs):
        return lang  # as nearly all are, which is sooner told than counted
    step = max(1, len(words) // _LOOKED_AT)
    sample = words[::step]
    count = Counter(map(_script, sample))
    del count[""]
    if not count:
        return lang
    (most, letters), total = count.most_common(1)[0], count.total()
    if most == script(lang, packs) or total * step < _LEAST or letters < _MOST * total:
        return lang
    found = detect(words, packs)
    return lang if found == UNKNOWN else found


def in_own_script(text: str, lang: str, packs: Packs = SHIPPED) -> bool:
    """Tell whether a text has no letter of another script than its language's.

    Then `language_of` says the same of all its parts, none of which need be asked. Of a language
    without a pack no script is known, and nothing else is ever said.
    """
    if lang not in available(packs):
        return True
    return _scripts(text) <= {"", script(lang, packs)}


def passages(text: str, body: Spans, lang: str, packs: Packs = SHIPPED) -> dict[str, Spans]:
    """Return the lines of a text's body that are in other languages, by language.

    Args:
        text: The text.
        body: Its body.
        lang: The ISO 639 code of its language.
        packs: The language packs that hold.
    """
    if in_own_script(text, lang, packs):
        return {}
    found: dict[str, list[Span]] = {}
    for start, end in body:
        for line in _LINE.finditer(text, start, end):
            code = language_of(line[0], lang, packs)
            if code != lang:
                found.setdefault(code, []).append(Span(*line.span()))
    return {code: tuple(spans) for code, spans in found.items()}


@lru_cache(maxsize=8)  # of a text it is asked where it is read, and where rows are made of it
def _scripts(text: str) -> frozenset[str]:
    return frozenset(map(_script, set(text)))


@cache
def _script(letter: str) -> str:
    return unicodedata.name(letter, "").split(" ")[0] if letter.isalpha() else ""
