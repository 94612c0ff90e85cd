"""A corpus of any size, by grammar, from the invented cast: python benchmarks/corpus.py N [FILE].

Events happen (so many people, what befell them, where), and sources of data/cast.csv speak of them;
outlets report what the sources say, each in its own words, in Arabic, English or Russian, relay
each other ("Sada reported that the ministry said …"), contradict each other now and then, and
reprint each other's articles with a few words changed. Each article follows from its number alone,
so that a corpus is the same wherever it is made, and in whatever order.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import NamedTuple, TextIO

CAST = Path(__file__).parents[1] / "data" / "cast.csv"
LANGS, WEIGHTS = ("ar", "en", "ru"), (6, 3, 1)
REPRINTED, RELAYED, DENIED, DISPUTED = 0.12, 0.3, 0.08, 0.1
"""Shares of articles that copy another, of statements told by another outlet, of denials, and of
statements with another number than the event has."""

PLACES = {
    "ar": ("بدرون", "تل سدرون", "كارفنسك", "ليسارنا", "مرفأ بدرون", "ريف سدرون"),
    "en": ("Badrun", "Tell Sidrun", "Karvensk", "Lisarna", "the port of Badrun", "rural Sidrun"),
    "ru": ("Бадруне", "Телль-Сидруне", "Карвенске", "Лисарне", "порту Бадруна", "селе Сидрун"),
}
DEEDS = {
    "ar": (
        *(
            "{n} مدنيا قتلوا في قصف على سوق في {place}",
            "{n} عاملا أصيبوا في انفجار مستودع في {place}",
        ),
        *("{n} عائلة نزحت بسبب الفيضان في {place}", "{n} متظاهرا اعتقلوا في {place}"),
        *("{n} شاحنة عبرت الجسر في {place}", "{n} طنا من القمح وصلت إلى المخازن في {place}"),
        *("{n} منزلا تضررت في الحريق في {place}", "{n} طبيبا بدأوا إضرابا في {place}"),
    ),
    "en": (
        "{n} civilians were killed in the shelling of a market in {place}",
        "{n} workers were wounded by an explosion at a depot in {place}",
        "{n} families were displaced by the flood in {place}",
        "{n} protesters were arrested in {place}",
        "{n} trucks crossed the bridge in {place}",
        "{n} tonnes of wheat arrived at the stores in {place}",
        "{n} houses were damaged by the fire in {place}",
        "{n} doctors began a strike in {place}",
    ),
    "ru": (
        *("при обстреле рынка в {place} погибли {n} мирных жителей",),
        *("при взрыве на складе в {place} ранены {n} рабочих",),
        *("из-за наводнения в {place} дома покинули {n} семей",),
        *("в {place} задержаны {n} протестующих", "мост в {place} пересекли {n} грузовиков"),
        *("на склады в {place} прибыли {n} тонн пшеницы",),
        *("при пожаре в {place} повреждены {n} домов", "в {place} забастовку начали {n} врачей"),
    ),
}
SAID = {
    "ar": ("{said} {who} إن {what}.", "{added} {who} في بيان أن {what}.", "وبحسب {who}، {what}."),
    "en": (
        *("{who} said that {what}.", "{who} said in a statement that {what}."),
        "According to {who}, {what}.",
    ),
    "ru": (
        *("{who} сообщает, что {what}.", "Как заявляет {who}, {what}."),
        "По данным {who}, {what}.",
    ),
}
RELAYS = {
    "ar": "ونقلت {outlet} عن {who} أن {what}.",
    "en": "{outlet} reported that {who} said that {what}.",
    "ru": "{outlet} сообщает, что {who} заявляет, что {what}.",
}
DENIES = {
    "ar": "{denied} {who} أن يكون {what}.",
    "en": "{who} denied that {what}.",
    "ru": "{who} опровергает, что {what}.",
}
VERBS = {  # of a man or a body, of a woman or what is feminine in grammar
    "said": ("قال", "قالت"),
    "added": ("أكد", "أكدت"),
    "denied": ("نفى", "نفت"),
}
SYLLABLES = {
    "ar": ("بتجدرسصعفقكلمن", "اويهحطم", "رنلمبدةسعق"),
    "en": ("bdfgklmnprst", "aeiou", "dklmnrst"),
    "ru": ("бвгдклмнпрст", "аеиоу", "вклмнрст"),
}
DAYS = 900


class Cast(NamedTuple):
    """Who speaks, and who reports: the names of each by language."""

    sources: list[dict[str, str]]
    outlets: list[dict[str, str]]


@cache
def cast() -> Cast:
    with CAST.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    named = [
        {"kind": row["kind"], **{lang: row[lang].split("|")[0] for lang in LANGS}} for row in rows
    ]
    kinds = {"body", "person", "embassy"}
    sources = [one for one in named if one["kind"] in kinds and all(one[lang] for lang in LANGS)]
    outlets = [one for one in named if one["kind"] in {"outlet", "agency"}]
    return Cast(sources, outlets)


class Event(NamedTuple):
    """What happened: the same for all who tell of it."""

    deed: int
    place: int
    number: int
    day: int
    speakers: tuple[int, ...]


def event(number: int) -> Event:
    chance = random.Random(f"event {number}")
    deed, place = chance.randrange(len(DEEDS["en"])), chance.randrange(len(PLACES["en"]))
    speakers = tuple(chance.sample(range(len(cast().sources)), 3))
    return Event(deed, place, chance.randrange(3, 2_000), chance.randrange(DAYS), speakers)


class Told(NamedTuple):
    """An article's words, and what is said about it."""

    lang: str
    title: str
    sentences: list[str]
    day: int
    outlet: int


def told(number: int) -> Told:
    """Return an article: what was said of some events, with sentences of the outlet's own."""
    chance = random.Random(f"article {number}")
    lang = chance.choices(LANGS, WEIGHTS)[0]
    outlet = chance.randrange(len(cast().outlets))
    # an event is told by about four articles, the first one of a few by very many
    main = _some_event(chance, number)
    sentences = [_told(chance, lang)]
    for at in (main, main, _some_event(chance, number), main):
        sentences += [_statement(chance, lang, event(at)), _told(chance, lang)]
    title = _title(lang, event(main))
    return Told(lang, title, sentences, event(main).day + chance.randrange(3), outlet)


def _some_event(chance: random.Random, number: int) -> int:
    recent = number // 4
    return max(0, recent - int(chance.paretovariate(0.7)) + 1)


def _statement(chance: random.Random, lang: str, of: Event) -> str:
    people = cast()
    who = people.sources[of.speakers[chance.randrange(len(of.speakers))]]
    count = of.number + (chance.randrange(1, 9) if chance.random() < DISPUTED else 0)
    what = DEEDS[lang][of.deed].format(n=count, place=PLACES[lang][of.place])
    told_by = people.outlets[chance.randrange(len(people.outlets))][lang]
    if chance.random() < RELAYED:
        return RELAYS[lang].format(outlet=told_by, who=who[lang], what=what)
    shape = DENIES[lang] if chance.random() < DENIED else chance.choice(SAID[lang])
    of_a_woman = who["ar"].split()[0].endswith("ة")
    verbs = {name: both[of_a_woman] for name, both in VERBS.items()}
    return shape.format(who=who[lang], what=what, **verbs)


def _told(chance: random.Random, lang: str) -> str:
    """Return a sentence of the outlet's own, of made-up words: nothing is told twice."""
    words = " ".join(_word(chance, lang) for _ in range(chance.randrange(6, 14)))
    return f"{words[:1].upper()}{words[1:]} {chance.choice(PLACES[lang])}."


def _word(chance: random.Random, lang: str) -> str:
    some = SYLLABLES[lang]
    return "".join(chance.choice(letters) for letters in (*some, *some[1:]))


def _title(lang: str, of: Event) -> str:
    what = DEEDS[lang][of.deed].format(n=of.number, place=PLACES[lang][of.place])
    return what[:1].upper() + what[1:]


def article(number: int) -> dict[str, str]:
    """Return the article of a number: one of its own, or another's with some words changed."""
    chance = random.Random(f"copy {number}")
    of = number
    if number and chance.random() < REPRINTED:
        of = chance.randrange(max(0, number - 5_000), number)
    found = told(of)
    sentences, outlet, day = found.sentences, found.outlet, found.day
    if of != number:
        outlet = chance.randrange(len(cast().outlets))
        day += chance.randrange(3)
        at = chance.randrange(0, len(sentences), 2)  # one of the outlet's own
        sentences = [*sentences[:at], _told(chance, found.lang), *sentences[at + 1 :]]
    name = cast().outlets[outlet]
    body = "\n\n".join(" ".join(sentences[at : at + 3]) for at in range(0, len(sentences), 3))
    return {
        "id": str(number),
        "url": f"https://outlet-{outlet}.example/{number}",
        "lang": found.lang,
        "outlet": name[found.lang],
        "title": found.title,
        "published_at": (datetime(2024, 1, 1, tzinfo=UTC) + timedelta(days=day)).date().isoformat(),
        "text": f"{found.title}\n\n{body}\n",
    }


def lines(count: int) -> Iterator[str]:
    for number in range(count):
        yield json.dumps(article(number), ensure_ascii=False) + "\n"


def write(count: int, out: TextIO) -> None:
    out.writelines(lines(count))


def main() -> None:
    asked = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    asked.add_argument("articles", type=int)
    asked.add_argument("file", nargs="?", type=Path)
    given = asked.parse_args()
    if given.file:
        with given.file.open("w", encoding="utf-8") as out:
            write(given.articles, out)
    else:
        write(given.articles, sys.stdout)


if __name__ == "__main__":
    main()
