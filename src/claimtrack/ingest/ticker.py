"""Rows of what is no article: headlines run together, headlines between bars, menus.

Pasting a page joins the headlines of its news ticker into one line without spaces. No word list
can tell it; its signs are a long line that never ends like a sentence, and joints: places where
one headline's last word runs into the next one's first.
"""

from __future__ import annotations

import re

from claimtrack.ingest.lines import LONGEST_TITLE, full_stop, lettered, sentence_end

_SHORTEST = 100
_ARABIC = "\u0621-\u063a\u0641-\u064a"
_JOINTS = re.compile(
    "|".join(
        (
            f"ة(?=[{_ARABIC}])",  # ta marbuta ends its word
            "ى(?=[\u0622-\u063a\u0641-\u064a])",  # so does alef maqsura, but for شىء
            "[\u064c\u064d](?=[\u0621-\u063a\u0641-\u064a])",  # and tanween
            "\u064b(?=[\u0621-\u0626\u0628-\u063a\u0641-\u0648\u064a])",
            f"(?<=[{_ARABIC}]{{2}}ا)(?=ال[{_ARABIC}]{{2}})",  # the article after an alef
            f"(?<=[{_ARABIC}]{{4}})(?=[«“])",
            r"(?<=\w[»”!؟?])(?=\w)",
            rf"(?<=\d)(?=[{_ARABIC}]{{2}}|[A-ZА-ЯЁ][a-zа-яё])",
            "(?<=[a-zа-яё]{2})(?=[A-ZА-ЯЁ][a-zа-яё ])",  # a capital inside a word
        )
    )
)
_STOPS = re.compile(r"(?<![.\s])[.!?؟](?=\s)")
_HEADLINE_MARKS = re.compile(r": |\.\.\.? ?|…| [–—-] ")
_BARS = re.compile(r"[|•●▪■◆★►▶»›>]|\*{2,}|/{2,}")


def ticker(line: str) -> bool:
    """Tell whether a line is many headlines run together."""
    if len(line) < _SHORTEST or full_stop(line):
        return False
    stops = len(_STOPS.findall(line))
    joints = len(_JOINTS.findall(line))
    if joints >= 3 and joints * 250 >= len(line) and stops <= joints:
        return True
    if stops or sentence_end(line):
        return False
    marks = joints + len(_HEADLINE_MARKS.findall(line))
    return (len(line) > LONGEST_TITLE and marks >= 4) or len(_parts(line)) >= 4


def menu(line: str) -> bool:
    """Tell whether a line is a row of links or a path of sections: short names between bars.

    >>> menu("الرئيسية | سياسة | اقتصاد"), menu("Badrun: the dam | Sidrun Today")
    (True, False)
    """
    parts = _parts(line)
    return len(parts) >= 3 and all(len(part.split()) <= 3 for part in parts)


def _parts(line: str) -> list[str]:
    return [part for part in _BARS.split(line) if lettered(part)]
