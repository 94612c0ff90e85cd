"""Transcripts with times, as SubRip (SRT) and WebVTT have them, to text."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import NamedTuple

_TIME = r"(?:(\d+):)?(\d{1,2}):(\d\d)[.,](\d{3})"
_CUE = re.compile(rf"^[ \t]*{_TIME}[ \t]*-->[ \t]*{_TIME}[^\n]*$", re.MULTILINE)
_VOICE = re.compile(r"<v(?:\.[\w.]+)?[ \t]+([^>\n]{1,80})>")
_TAG = re.compile(r"</?[a-zA-Z][^>\n]*>|<\d[\d:.]*>|\{\\[^}\n]*\}")
_BLANK = re.compile(r"\n[ \t]*\n")
_PAUSE = 3.0
"""Seconds of silence after the end of a sentence that begin a new paragraph."""

_DASHES = ("- ", "– ", "— ", ">>")  # somebody else begins to speak
_ENDS = (".", "!", "?", "…", "\u061f", "\u06d4", '"', "»", "”")


class _Cue(NamedTuple):
    start: float
    end: float
    lines: tuple[str, ...]
    voice: str


def is_subtitles(head: str) -> bool:
    r"""Tell whether a text begins as a transcript with times does.

    >>> is_subtitles("WEBVTT\n\n"), is_subtitles("1\n00:00:01,000 --> 00:00:02,500\nHello")
    (True, True)
    """
    if re.match(r"WEBVTT(?:[ \t\n]|$)", head):
        return True
    found = _CUE.search(head[:2000])
    return found is not None and re.fullmatch(r"\s*(?:\d+\s*)?", head[: found.start()]) is not None


def text(content: str) -> str:
    """Return the words of a transcript: cues joined, a paragraph for each voice and long pause.

    A voice that WebVTT names stands before its words, with a colon. Captions that roll, each
    repeating the line before, are told once.
    """
    paragraphs: list[str] = []
    before: tuple[str, ...] = ()
    until, voice = 0.0, ""
    for cue in _cues(content.replace("\r\n", "\n").replace("\r", "\n")):
        lines = [line for line in cue.lines if line not in before]
        before = cue.lines
        if not lines:
            until = cue.end
            continue
        words = " ".join(lines)
        ended = bool(paragraphs) and paragraphs[-1].endswith(_ENDS)
        fresh = not paragraphs or (ended and cue.start - until >= _PAUSE)
        if cue.voice and cue.voice != voice:
            paragraphs.append(f"{cue.voice}: {words}")
        elif fresh or words.startswith(_DASHES):
            paragraphs.append(words)
        else:
            paragraphs[-1] += f" {words}"
        until, voice = cue.end, cue.voice
    return "\n\n".join(paragraphs)


def _cues(content: str) -> Iterator[_Cue]:
    marks = list(_CUE.finditer(content))
    for at, mark in enumerate(marks):
        end = marks[at + 1].start() if at + 1 < len(marks) else len(content)
        block = _BLANK.split(content[mark.end() : end].lstrip("\n"), maxsplit=1)[0]
        lines = tuple(filter(None, (_words(line) for line in block.split("\n"))))
        if at + 1 < len(marks) and lines and lines[-1].isdecimal() and "\n\n" not in block:
            lines = lines[:-1]  # the number of the next cue, without a blank line before it
        voice = _VOICE.search(block)
        start, stop = _seconds(mark.groups()[:4]), _seconds(mark.groups()[4:])
        yield _Cue(start, stop, lines, html.unescape(voice[1].strip()) if voice else "")


def _words(line: str) -> str:
    return " ".join(html.unescape(_TAG.sub("", line)).split())


def _seconds(parts: tuple[str | None, ...]) -> float:
    hours, minutes, seconds, thousandths = (int(part or 0) for part in parts)
    return hours * 3600 + minutes * 60 + seconds + thousandths / 1000
