"""Rows of what is no article: headlines run together, headlines between bars, menus.

Pasting a page joins the headlines of its news ticker into one line without spaces. No word list
can tell it; its signs are a long line that never ends like a sentence, and joints: places where
one headline's last word runs into the next one's first.
"""

from __future__ import annotations

import re
from functools import cache

from claimtrack.ingest.lines import LONGEST_TITLE, full_stop, lettered, sentence_end
from claimtrack.lang.lists import read_lists, wrong
from claimtrack.lang.pack import SHIPPED, Packs, available, pack_files

_SHORTEST = 100
_FILE = "joints.yaml"
_KEY = "joints"
_CLOSED = r"(?<=\w[»”!؟?])(?=\w)"
_STOPS = re.compile(r"(?<![.\s])[.!?؟](?=\s)")
_HEADLINE_MARKS = re.compile(r": |\.\.\.? ?|…| [–—-] ")
_BARS = re.compile(r"[|•●▪■◆★►▶»›>]|\*{2,}|/{2,}")


def ticker(line: str, packs: Packs = SHIPPED) -> bool:
    """Tell whether a line is many headlines run together."""
    if len(line) < _SHORTEST or full_stop(line):
        return False
    stops = len(_STOPS.findall(line))
    count = len(joints(packs).findall(line))
    if count >= 3 and count * 250 >= len(line) and stops <= count:
        return True
    if stops or sentence_end(line):
        return False
    marks = count + len(_HEADLINE_MARKS.findall(line))
    return (len(line) > LONGEST_TITLE and marks >= 4) or len(_parts(line)) >= 4


def menu(line: str) -> bool:
    """Tell whether a line is a row of links or a path of sections: short names between bars.

    >>> menu("الرئيسية | سياسة | اقتصاد"), menu("Badrun: the dam | Sidrun Today")
    (True, False)
    """
    parts = _parts(line)
    return len(parts) >= 3 and all(len(part.split()) <= 3 for part in parts)


@cache
def joints(packs: Packs = SHIPPED) -> re.Pattern[str]:
    """Return the joints of all packs, and a word right after a closing mark.

    Raises:
        PackError: A pack's joints.yaml has another key, or a joint is no regular expression.
    """
    listed = [_CLOSED]
    for code in available(packs):
        for joint in read_lists(code, _FILE, (_KEY,), packs)[_KEY]:
            try:
                re.compile(joint)
            except re.error as error:
                path = pack_files(code, _FILE, packs)[-1]
                problem = f"{joint!r} is no regular expression: {error}"
                raise wrong(path, _KEY, problem) from None
            listed.append(joint)
    return re.compile("|".join(listed))


def _parts(line: str) -> list[str]:
    return [part for part in _BARS.split(line) if lettered(part)]
