"""Rows of what is no article: headlines run together, headlines between bars, menus.

Pasting a page joins the headlines of its news ticker into one line without spaces. No word list
can tell it; its signs are a long line that never ends like a sentence, and joints: places where
one headline's last word runs into the next one's first.
"""

from __future__ import annotations

import re
from functools import cache

from claimtrack.ingest.lines import LONGEST_TITLE, full_stop, lettered, sentence_end
from claimtrack.lang import pack

_SHORTEST = 100
_CLOSED = r"(?<=\w[»”!؟?])(?=\w)"
_STOPS = re.compile(r"(?<![.\s])[.!?؟](?=\s)")
_HEADLINE_MARKS = re.compile(r": |\.\.\.? ?|…| [–—-] ")
_BARS = re.compile(r"[|•●▪■◆★►▶»›>]|\*{2,}|/{2,}")


def ticker(line: str) -> bool:
    """Tell whether a line is many headlines run together."""
    if len(line) < _SHORTEST or full_stop(line):
        return False
    stops = len(_STOPS.findall(line))
    joints = len(_joints().findall(line))
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


@cache
def _joints() -> re.Pattern[str]:
    """Return the joints of all packs, and a word right after a closing mark."""
    listed = [
        joint
        for code in pack.available()
        for joint in pack.read_yaml(code, "joints.yaml").get("joints", [])
    ]
    return re.compile("|".join([_CLOSED, *listed]))


def _parts(line: str) -> list[str]:
    return [part for part in _BARS.split(line) if lettered(part)]
