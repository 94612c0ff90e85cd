"""Quantities and dates of a text: values or ranges, what they count, and how they are qualified.

Digits of every script, thousands and decimal marks, number words, "dozens"; numbers that are part
of a name (F-15, MiG 23) or of a date are no quantities (features F9).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from claimtrack.match.lexicon import Lexicon, Token, known
from claimtrack.model.vocabulary import Qualifier

_AFTER, _BEFORE, _NEAR = 4, 12, 4
"""How many tokens after and before a number what it counts may stand, and on to what befell it."""
_MONEY = {"$": "dollar", "€": "euro", "₽": "rouble"}
"""Signs in front of a number, and the concept that it then counts."""
_YEAR, _YEARS = 4, range(1900, 2101)
"""Digits of a year, and those that are taken for one."""
_LARGE = 1000
_WITHIN = 3
"""How many tokens after "two of" the number of the whole may begin."""
_CLOSE_LARGE, _CLOSE_ABOUT, _CLOSE = 0.04, 0.08, 0.005
"""How far apart two values may be and be the same, of the larger: rounded ones and those above a
bound, about, exact ones."""


class Quantity(NamedTuple):
    """A number with what it counts.

    Attributes:
        low: The value, or the lower end of a range.
        high: The value, or the upper end.
        qualifier: How it is qualified.
        measure: The concept that it counts ("kill", "vehicle"); empty when none is known.
        words: As the text has it, folded.
        vague: It is no number but "dozens", "thousands".
        place: The token it begins at.
    """

    low: float
    high: float
    qualifier: Qualifier
    measure: str
    words: str
    vague: bool = False
    place: int = 0

    @property
    def range(self) -> bool:
        """Whether it has two ends."""
        return self.low != self.high

    @property
    def value(self) -> float | None:
        """The number, where it is one: no range, and no "dozens"."""
        return None if self.vague or self.range else self.low

    def agrees(self, other: Quantity) -> bool:
        """Tell whether two numbers can be of the same count, rounded at most."""
        if self.low <= other.high and other.low <= self.high:
            return True
        near = min(abs(self.low - other.high), abs(other.low - self.high))
        largest = max(self.high, other.high)
        if Qualifier.ABOUT in (self.qualifier, other.qualifier):
            return near <= largest * _CLOSE_ABOUT
        rounded = largest >= _LARGE or self._below(other)
        return near <= largest * (_CLOSE_LARGE if rounded else _CLOSE)

    def _below(self, other: Quantity) -> bool:
        """Tell whether the lower number is only a bound of the other: "more than 100" of 103."""
        lower = min(self, other, key=lambda one: one.high)
        return lower.qualifier in (Qualifier.AT_LEAST, Qualifier.MORE_THAN)


class Numbers(NamedTuple):
    """The quantities and dates of a text, and the tokens they take."""

    quantities: tuple[Quantity, ...]
    dates: frozenset[tuple[int, int]]
    years: frozenset[int]
    weekdays: frozenset[int]
    times: frozenset[int]
    taken: frozenset[int]


class _Number(NamedTuple):
    low: float
    high: float
    length: int
    vague: bool = False
    dual: bool = False


def numbers(
    tokens: Sequence[Token], concepts: Sequence[frozenset[str]], lexicon: Lexicon
) -> Numbers:
    """Return the quantities and dates of a text.

    Args:
        tokens: The text's tokens.
        concepts: The concepts of each.
        lexicon: The language's words.
    """
    reader = _Reader(tokens, concepts, lexicon)
    return reader.read()


@lru_cache(maxsize=20_000)
def plain(word: str) -> float | None:
    """Return the value of digits with marks, or None.

    >>> plain("1,200"), plain("1.200"), plain("4.85"), plain("1٬200٫5"), plain("0.125")
    (1200.0, 1200.0, 4.85, 1200.5, 0.125)
    """
    digits = word.replace("٬", "").replace("'", "").replace("’", "").replace("٫", "#")
    if not digits or not digits[0].isdigit():
        return None
    if "#" in digits:
        digits = re.sub(r"[.,]", "", digits).replace("#", ".")
    elif "," in digits and "." in digits:
        last = max(digits.rindex(","), digits.rindex("."))
        digits = re.sub(r"[.,]", "", digits[:last]) + "." + digits[last + 1 :]
    elif re.fullmatch(r"[1-9]\d{0,2}([.,]\d{3})+", digits):
        digits = re.sub(r"[.,]", "", digits)
    else:
        digits = digits.replace(",", ".")
    try:
        return float(digits)
    except ValueError:
        return None


def _adds(current: float, value: float) -> bool:
    """Tell whether a value goes on with a number: 40 after 100 or, where tens come last, 5."""
    return (value < current and current >= 20) or (current < 10 and 20 <= value < 100)


class _Reader:
    """Reads one text."""

    def __init__(
        self, tokens: Sequence[Token], concepts: Sequence[frozenset[str]], lexicon: Lexicon
    ) -> None:
        self._tokens, self._concepts, self._lexicon = tokens, concepts, lexicon
        self._taken: set[int] = set()
        self._numbers: dict[int, _Number] = {}

    def read(self) -> Numbers:
        dates, years = self._dates()
        weekdays = self._weekdays()
        times = self._times()
        found = []
        place = 0
        while place < len(self._tokens):
            number = None if place in self._taken else self._number(place)
            if number and not self._is_name(place) and number.high >= 1:
                self._numbers[place] = number
                found.append(place)
            place += number.length if number else 1
        for place in found:
            self._taken |= set(range(place, place + self._numbers[place].length))
        quantities = self._shares(self._ranges([self._quantity(place) for place in found]))
        return Numbers(
            tuple(quantities),
            frozenset(dates),
            frozenset(years),
            frozenset(weekdays),
            frozenset(times),
            frozenset(self._taken),
        )

    def _dates(self) -> tuple[set[tuple[int, int]], set[int]]:
        """Return (month, day) pairs, day 0 where only the month is said, and years."""
        dates: set[tuple[int, int]] = set()
        years: set[int] = set()
        for place, token in enumerate(self._tokens):
            year = int(plain(token.text) or 0) if len(token.text) == _YEAR else 0
            if year in _YEARS and not self._counts(place):
                years.add(year)
                self._taken.add(place)
        for place in range(len(self._tokens)):
            months = [] if place in self._taken else self._lexicon.months.at(self._tokens, place)
            small = self._tokens[place].cased and not self._lexicon.facts.months_small
            if not months or (small and not self._dated(place, months[0][0])):
                continue
            month = months[0]
            until = place + month.length
            day = self._day(place - 1) or self._day(until)
            if day:
                self._taken.add(place - 1 if self._day(place - 1) else until)
            dates.add((month.value, day))
            self._taken |= set(range(place, until))
        return dates, years

    def _dated(self, place: int, length: int) -> bool:
        """Tell whether a month's name is one: some are words besides ("may", "march")."""
        beside = (self._day(place - 1), self._day(place + length))
        year = place + length in self._taken or place - 1 in self._taken
        return any(beside) or year or self._tokens[place].capital

    def _day(self, place: int) -> int:
        if not 0 <= place < len(self._tokens) or not self._tokens[place].text[0].isdigit():
            return 0
        text = re.sub(r"(st|nd|rd|th)$", "", self._tokens[place].text)
        return int(text) if text.isdigit() and 1 <= int(text) <= 31 else 0

    def _counts(self, place: int) -> bool:
        """Tell whether what stands after a number is counted."""
        if place + 1 >= len(self._tokens) or self._tokens[place + 1].stopped:
            return False
        about = self._concepts[place + 1]
        facts = known()
        return bool(about & (facts.tolls | facts.people | facts.things) - {"year"})

    def _weekdays(self) -> set[int]:
        found = set()
        for place in range(len(self._tokens)):
            for day in self._lexicon.weekdays.at(self._tokens, place):
                found.add(day.value)
                self._taken.add(place)
        return found

    def _times(self) -> set[int]:
        """Return times of the day, in minutes after midnight: 18:00."""
        found = set()
        for place in range(1, len(self._tokens)):
            hour, minute = self._tokens[place - 1].text, self._tokens[place]
            if minute.gap != ":" or not re.fullmatch(r"[0-5]\d", minute.text):
                continue
            if re.fullmatch(r"[01]?\d|2[0-3]", hour):
                found.add(60 * int(hour) + int(minute.text))
                self._taken |= {place - 1, place}
        return found

    def _number(self, place: int) -> _Number | None:
        """Return the number that begins at a token: digits, words, with what multiplies them."""
        total, current, length = 0.0, 0.0, 0
        begun = False
        if vague := self._vague(place):
            return vague
        if self._lexicon.duals.at(self._tokens, place):
            return _Number(2, 2, 1, dual=True)
        while place + length < len(self._tokens) and place + length not in self._taken:
            step = self._step(place + length, begun)
            if not step:
                break
            value, taken, scale = step
            if scale and scale >= _LARGE:
                total, current = total + (current or 1) * scale, 0.0
            elif scale:
                current = (current or 1) * scale
            elif current and not _adds(current, value):
                break
            else:
                current += value
            begun = True
            length += taken
        if not begun:
            return None
        return _Number(total + current, total + current, length)

    def _step(self, place: int, begun: bool) -> tuple[float, int, float] | None:
        """Return a part of a number: its value, the tokens it takes, and what it multiplies by."""
        token = self._tokens[place]
        if plain(token.text) is not None:
            return None if begun else (*self._digits(place), 0.0)
        if token.stopped and begun:
            return None
        joint = 1 if begun and token.text in self._lexicon.joints else 0
        if place + joint >= len(self._tokens):
            return None
        scales = self._lexicon.scales.at(self._tokens, place + joint)
        if scales and (begun or not joint) and (begun or self._alone(place)):
            return 0.0, joint + scales[0].length, scales[0].value
        words = self._lexicon.numbers.at(self._tokens, place + joint)
        if words:
            return words[0].value, joint + words[0].length, 0.0
        return None

    def _digits(self, place: int) -> tuple[float, int]:
        """Return the value of digits and how many tokens they take: "1 200" takes two."""
        text, length = self._tokens[place].text, 1
        while place + length < len(self._tokens) and re.fullmatch(r"[1-9]\d{0,2}(\d{3})*", text):
            group = self._tokens[place + length]
            if not re.fullmatch(r"\d{3}", group.text) or group.gap != " ":
                break
            text, length = text + group.text, length + 1
        return plain(text) or 0.0, length

    def _alone(self, place: int) -> bool:
        """Tell whether a word like "thousand" is a number by itself."""
        return self._tokens[place].text == self._tokens[place].forms[-1]

    def _vague(self, place: int) -> _Number | None:
        found = self._lexicon.vague.at(self._tokens, place)
        if not found:
            return None
        low, high = found[0].value
        return _Number(low, high, found[0].length, vague=True)

    def _is_name(self, place: int) -> bool:
        """Tell whether a number belongs to a name: F-15, MiG 23."""
        if plain(self._tokens[place].text) is None or not place:
            return False
        gap, before = self._tokens[place].gap, self._tokens[place - 1]
        hyphen = gap.strip() in ("-", "\u2011", "") and not gap.endswith(" ")
        named = not self._lexicon.models.isdisjoint(before.forms)
        made = self._tokens[place - 2].forms if place > 1 else ()  # "of the type Delta 27"
        common = self._concepts[place - 1] or before.text in self._lexicon.skip
        named = named or not (common or self._lexicon.makes.isdisjoint(made))
        return (hyphen and bool(gap) and plain(before.text) is None) or (
            named and not self._tokens[place].stopped
        )

    def _quantity(self, place: int) -> Quantity:
        number = self._numbers[place]
        words = " ".join(token.text for token in self._tokens[place : place + number.length])
        measure = self._measure(place, 0 if number.dual else number.length)
        measure, times = known().units.get(measure, (measure, 1.0))
        return Quantity(
            low=number.low * times,
            high=number.high * times,
            qualifier=self._qualifier(place, number.length),
            measure=measure,
            words=words,
            vague=number.vague,
            place=place,
        )

    def _qualifier(self, place: int, length: int) -> Qualifier:
        for start in range(max(0, place - _NEAR), place):
            found = self._lexicon.qualifiers.at(self._tokens, start)
            if found and start + found[0].length in (place, place - 1):
                self._taken |= set(range(start, start + found[0].length))
                return Qualifier(found[0].value)
        after = place + length
        for start in (after, after + 1):
            if start < len(self._tokens) and not self._tokens[start].stopped:
                found = self._lexicon.qualifiers.at(self._tokens, start)
                if found and found[0].length > 1 and found[0].value == Qualifier.AT_LEAST:
                    return Qualifier.AT_LEAST
        return Qualifier.EXACT

    def _measure(self, place: int, length: int) -> str:
        """Return what a number counts: a thing, or what befell the people it counts."""
        facts = known()
        if money := _MONEY.get(self._tokens[place].gap.strip()[-1:]):
            return money
        following = place + length
        if following < len(self._tokens) and (
            self._lexicon.percent.at(self._tokens, following)
            or re.match(r"\s?[%٪]", self._tokens[following].gap)
        ):
            return "percent"
        people = False
        for after in range(place + length, min(place + length + _AFTER, len(self._tokens))):
            token = self._tokens[after]
            over = token.stopped or after in self._numbers or self._joined(after)
            if over and after > place:  # a dual is a number and what it counts
                break
            about = self._concepts[after]
            if tolls := about & facts.tolls:
                return min(tolls)
            if (
                (things := about & facts.things)
                and not people
                and after < place + length + _NEAR - 1
            ):
                return min(things)
            people = people or bool(about & facts.people)
        if following < len(self._tokens) and self._lexicon.of_them.at(self._tokens, following):
            return "person" if people else ""
        before = self._before(place)
        if people and before not in facts.tolls:  # "a ship with 240 passengers" is one ship
            return "person"
        return before or self._around(place, length)

    def _joined(self, place: int) -> bool:
        token = self._tokens[place]
        return token.text in self._lexicon.joints or (
            len(token.forms) > 1 and token.text[:1] in self._lexicon.joints
        )

    def _before(self, place: int) -> str:
        facts = known()
        fallback = ""
        for before in range(place - 1, max(-1, place - 1 - _BEFORE), -1):
            about = self._concepts[before]
            if tolls := about & facts.tolls:
                return min(tolls)
            if before in self._numbers:
                break
            if (things := about & facts.things - {"year", "day", "strike"}) and not fallback:
                fallback = min(things)
        return fallback

    def _around(self, place: int, length: int) -> str:
        facts = known()
        for after in range(place + length, min(place + length + _BEFORE, len(self._tokens))):
            if after in self._numbers:
                break
            if tolls := self._concepts[after] & facts.tolls:
                return min(tolls)
        return ""

    def _ranges(self, found: Sequence[Quantity]) -> list[Quantity]:
        """Join two numbers that are the ends of one range."""
        made: list[Quantity] = []
        for one in found:
            last = made[-1] if made else None
            if last and not last.range and self._is_range(last, one):
                words = f"{last.words}-{one.words}"
                made[-1] = one._replace(low=last.low, high=one.high, words=words, place=last.place)
            else:
                made.append(one)
        return made

    def _shares(self, found: Sequence[Quantity]) -> list[Quantity]:
        """Leave out the whole of "two of the five hostages": two of them are counted."""
        made: list[Quantity] = []
        for one in found:
            last = made[-1] if made else None
            if last and last.high < one.low and self._is_share(last, one):
                made[-1] = last._replace(measure=one.measure or last.measure)
            else:
                made.append(one)
        return made

    def _is_share(self, part: Quantity, whole: Quantity) -> bool:
        until = part.place + self._numbers[part.place].length
        opened = self._lexicon.shares.at(self._tokens, until) if until < whole.place else []
        return bool(opened) and whole.place - until - opened[0].length < _WITHIN

    def _is_range(self, low: Quantity, high: Quantity) -> bool:
        if low.low >= high.high or high.vague or low.vague:
            return False
        until = low.place + self._numbers[low.place].length
        token = self._tokens[high.place]
        if until == high.place and token.gap.strip() in ("-", "–", "—", "−"):
            return True
        opened = low.place and any(
            form in self._lexicon.range_from for form in self._tokens[low.place - 1].forms
        )
        if not opened:
            return False
        between = self._tokens[until : high.place]
        joined = any(form in self._lexicon.range_to for one in between for form in one.forms)
        prefixed = token.text[:1] in self._lexicon.range_to and token.text[0] != token.forms[-1][0]
        return len(between) <= 1 and (joined or (not between and prefixed))
