"""Times as pages state them: ISO 8601, mail and feed dates, dates with month names.

Nothing is guessed. A date that cannot be read, or could be read in two ways (03/04/2026), is
unknown, and the words are kept. The instant in UTC is the first one the words can mean:

- a year, month or day is the first midnight of it in UTC, and has no zone;
- a time of day without a zone says no instant, so it counts as its day;
- a time of day with a zone is that instant, to the minute or second stated;
- a Hijri date alone is the day that the Umm al-Qura calendar makes of it, which may be a day off,
  since elsewhere months begin when the moon is seen. Beside a date of ours it says nothing new.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta, timezone
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from claimtrack.lang.lists import check_words, read_files, wrong
from claimtrack.lang.pack import SHIPPED, Packs, available, read_yaml
from claimtrack.model.document import StatedTime
from claimtrack.model.vocabulary import Precision
from claimtrack.text.fold import fold

_LONGEST = 120
_LONGEST_NAME = 4  # words: "по московскому времени"
_TOKEN = re.compile(
    r"""
      (?P<clock>\b\d{1,2}:\d\d(?::\d\d(?:[.,]\d+)?)?)
        (?:\s*(?P<offset>[+-]\d\d:?\d\d|[+-]\d\d)(?![\d:-]))?
    | (?P<numeric>\b\d{4}([-/.])\d{1,2}\4\d{1,2}\b | \b\d{1,2}([-/.])\d{1,2}\5\d{4}\b)
    | (?P<month>\b\d{4}-\d\d\b)
    | (?P<number>\d+)
    | (?P<word>[^\W\d_]+)
    """,
    re.VERBOSE,
)
_FILE = "dates.yaml"
_MONTH = re.compile(r"1[0-2]|[1-9]")
_VALUED = {
    "months": _MONTH,
    "hijri_months": _MONTH,
    "zones": re.compile(r"Z|[+-]\d\d:\d\d"),
}
_LISTS = ("beside", "morning", "evening", "hijri")
_HIJRI_YEARS = range(1343, 1501)  # those of the Umm al-Qura tables
_ISO_T = re.compile(r"(?<=\d)t(?=\d\d:)")


class Name(NamedTuple):
    """What a word of a date says: a month, a half of the day, a zone, or nothing ("beside")."""

    kind: str
    value: str


Names = Mapping[str, tuple[Name, ...]]
"""What each word or phrase can say."""


class _Parts:
    """What a text says of a time; two answers to one question make it unreadable."""

    def __init__(self) -> None:
        self.year: int | None = None
        self.month: int | None = None
        self.day: int | None = None
        self.clock: tuple[int, int, int] | None = None
        self.seconds = False
        self.zone: str | None = None
        self.readable = True

    def bare(self) -> bool:
        """Tell whether nothing was said that a date beside it would have to agree with."""
        return self.readable and (self.year, self.month, self.day) == (None, None, None)

    def put(self, field: str, value: object) -> None:
        """Note an answer; saying the same thing twice is no harm."""
        if getattr(self, field) not in (None, value):
            self.readable = False
        setattr(self, field, value)


def stated(text: str, packs: Packs = SHIPPED) -> StatedTime:
    """Return the time a text states; unknown, with the words kept, when it cannot be read.

    >>> stated("٤ أيار/مايو ٢٠٢٦").iso()
    '2026-05-04'
    >>> stated("2026-05-04T14:30+03:00").iso()
    '2026-05-04T14:30+03:00'
    """
    words = text.strip()
    unknown = StatedTime(stated=words)
    if not words or len(words) > _LONGEST:
        return unknown
    folded = _ISO_T.sub(" ", fold(words))
    hijri = _hijri(packs).search(folded)
    if hijri:
        folded = f"{folded[: hijri.start()]} {folded[hijri.end() :]}"
    parts = _read(folded, names(packs))
    try:
        if parts.readable and parts.year is not None:
            return _time(words, parts, parts.year)
        return _lunar(words, hijri, packs) if hijri and parts.bare() else unknown
    except (ValueError, OverflowError):
        return unknown


def _lunar(words: str, found: re.Match[str], packs: Packs) -> StatedTime:
    """Return the day of a Hijri date; ValueError where there is none."""
    from hijridate import Hijri  # noqa: PLC0415 (few dates need it)

    if found["month"]:
        known = names(packs)[" ".join(re.findall(r"[^\W\d_]+", found["month"]))]
        month = next(int(name.value) for name in known if name.kind == "hijri_month")
        year, day = int(found["year"]), int(found["day"])
    else:
        first, month, last = (int(each) for each in re.findall(r"\d+", found["numeric"]))
        year, day = (first, last) if first > 31 else (last, first)
    if year not in _HIJRI_YEARS:
        raise ValueError("beyond the tables")
    solar = Hijri(year, month, day).to_gregorian()
    at = datetime(solar.year, solar.month, solar.day, tzinfo=UTC)
    return StatedTime(stated=words, utc=at, precision=Precision.ABOUT_DAY)


@cache
def _hijri(packs: Packs) -> re.Pattern[str]:
    """Return what a Hijri date looks like: a month of its own, or numbers with a mark behind."""
    held: dict[str, list[str]] = {"hijri_month": [], "hijri": []}
    for phrase, meant in names(packs).items():
        for name in meant:
            if name.kind in held:
                held[name.kind].append(r"[\s_-]+".join(map(re.escape, phrase.split())))
    months, marks = (
        "|".join(sorted(some, key=len, reverse=True)) or r"(?!)" for some in held.values()
    )
    mark = rf"(?:\s*(?:{marks})(?!\w)\.?)"
    word = r"(?:[^\W\d_]+\s+)?"
    return re.compile(
        rf"(?<!\d)(?P<day>\d{{1,2}})\s+{word}(?P<month>{months})[\s,]+{word}"
        rf"(?P<year>1[345]\d\d)(?!\d){mark}?"
        rf"|(?<!\d)(?P<numeric>1[345]\d\d[-/.]\d{{1,2}}[-/.]\d{{1,2}}"
        rf"|\d{{1,2}}[-/.]\d{{1,2}}[-/.]1[345]\d\d){mark}"
    )


def _time(words: str, parts: _Parts, year: int) -> StatedTime:
    day = datetime(year, parts.month or 1, parts.day or 1, tzinfo=UTC)
    if parts.day is None:
        precision = Precision.MONTH if parts.month else Precision.YEAR
        if parts.clock:
            raise ValueError("a time of no day")
        return StatedTime(stated=words, utc=day, precision=precision)
    if parts.clock is None:
        return StatedTime(stated=words, utc=day, precision=Precision.DAY)
    hour, minute, second = parts.clock
    local = day.replace(hour=hour, minute=minute, second=second)
    if parts.zone is None:
        return StatedTime(stated=words, utc=day, precision=Precision.DAY)
    instant = local.replace(tzinfo=_offset(parts.zone)).astimezone(UTC)
    precision = Precision.SECOND if parts.seconds else Precision.MINUTE
    return StatedTime(stated=words, utc=instant, precision=precision, zone=parts.zone)


def _offset(zone: str) -> timezone:
    if zone == "Z":
        return UTC
    size = timedelta(hours=int(zone[1:3]), minutes=int(zone[4:6]))
    return timezone(-size if zone[0] == "-" else size)


def _read(folded: str, known: Names) -> _Parts:
    parts = _Parts()
    tokens = list(_TOKEN.finditer(folded))
    at = 0
    while at < len(tokens):
        token = tokens[at]
        if token["word"]:
            after_clock = at > 0 and tokens[at - 1]["clock"] is not None
            at += _word(tokens[at : at + _LONGEST_NAME], parts, known, after_clock=after_clock)
            continue
        at += 1
        if token["clock"]:
            _clock(token, parts)
        elif token["numeric"]:
            _numeric(token["numeric"], parts)
        elif token["month"]:
            parts.put("year", int(token["month"][:4]))
            parts.put("month", int(token["month"][5:]))
        else:
            _number(token["number"], parts)
    return parts


def _clock(token: re.Match[str], parts: _Parts) -> None:
    hour, minute, *rest = re.split("[:.,]", token["clock"])
    parts.put("clock", (int(hour), int(minute), int(rest[0]) if rest else 0))
    parts.seconds = bool(rest)
    if token["offset"]:
        digits = token["offset"][1:].replace(":", "").ljust(4, "0")
        parts.put("zone", f"{token['offset'][0]}{digits[:2]}:{digits[2:]}")


def _numeric(text: str, parts: _Parts) -> None:
    mark = re.findall(r"\D", text)[0]
    first, second, third = (int(number) for number in text.split(mark))
    if first > 31:
        year, month, day = first, second, third
    else:
        year, month, day = third, second, first
        if month > 12 and mark == "/":
            month, day = day, month  # 05/25/2026 is American
        elif mark != "." and day <= 12 and day != month:
            parts.readable = False  # the third of April, or the fourth of March
    parts.put("year", year)
    parts.put("month", month)
    parts.put("day", day)


def _number(text: str, parts: _Parts) -> None:
    if len(text) == 8:
        parts.put("year", int(text[:4]))
        parts.put("month", int(text[4:6]))
        parts.put("day", int(text[6:]))
    elif len(text) == 4:
        parts.put("year", int(text))
    elif len(text) <= 2:
        parts.put("day", int(text))
    else:
        parts.readable = False


def _word(tokens: list[re.Match[str]], parts: _Parts, known: Names, *, after_clock: bool) -> int:
    """Take the longest name the tokens begin with; return how many tokens it has."""
    words = []
    for token in tokens:
        if not token["word"]:
            break
        words.append(token["word"])
    for size in range(len(words), 0, -1):
        meant = known.get(" ".join(words[:size]), ())
        if meant:
            _name(meant, parts, after_clock=after_clock)
            return size
    parts.readable = False
    return 1


def _name(meant: tuple[Name, ...], parts: _Parts, *, after_clock: bool) -> None:
    """Note what a name says; halves of the day speak only directly after a time of day."""
    known = {name.kind: name.value for name in meant}
    if "month" in known:
        parts.put("month", int(known["month"]))
    elif "zone" in known:
        parts.put("zone", known["zone"])
    elif after_clock and parts.clock and ("evening" in known or "morning" in known):
        hour, minute, second = parts.clock
        if hour > 12:
            return
        parts.clock = (hour % 12 + (12 if "evening" in known else 0), minute, second)
    elif "beside" not in known:
        parts.readable = False


@cache
def names(packs: Packs = SHIPPED) -> Names:
    """Return what each word or phrase of the packs' dates can say.

    Raises:
        PackError: A pack's dates.yaml has an unknown key or a value of the wrong form.
    """
    found: dict[str, tuple[Name, ...]] = {}
    for code in available(packs):
        for path, held in read_files(code, _FILE, (*_VALUED, *_LISTS), packs):
            _check(path, held)
        for phrase, name in _listed(read_yaml(code, _FILE, packs)):
            key = " ".join(re.findall(r"[^\W\d_]+", fold(phrase)))
            found[key] = (*found.get(key, ()), name)
    return found


def _check(path: Path, held: Mapping[str, Any]) -> None:
    for key in (key for key in _LISTS if key in held):
        check_words(path, key, held[key])
    for key, form in ((key, form) for key, form in _VALUED.items() if key in held):
        if not isinstance(held[key], dict):
            raise wrong(path, key, f"{key} must be a mapping of lists")
        for value, phrases in held[key].items():
            if not form.fullmatch(str(value)):
                raise wrong(path, key, f"{key} has no {value!r}")
            check_words(path, key, phrases, f"{key}.{value}")


def _listed(data: Mapping[str, Any]) -> Iterator[tuple[str, Name]]:
    for kind in _VALUED:
        for value, phrases in data.get(kind, {}).items():
            yield from ((phrase, Name(kind[:-1], str(value))) for phrase in phrases)
    for kind in _LISTS:
        yield from ((phrase, Name(kind, "")) for phrase in data.get(kind, []))
