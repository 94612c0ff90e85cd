"""Write packs/ar/forms.csv: every form of the verbs of packs/ar/verbs.csv.

The verbs of packs/ar/other_verbs.csv report nothing; other_forms.csv has their finite forms, those
that no noun is written like apart from the rest, so that the end of a noun phrase is seen.

Arabic's unvocalised paradigms follow from a verb's third-person past and present and its shape
(sound, hollow, doubled, defective); the tables below are our own. Attached pronouns and the
proclitics و ف س are taken off when a text is read, so what is written here are bare forms, plus
those that occur only before a pronoun (tag ending in "+").

Run: python scripts/conjugate_ar.py
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

PACK = Path(__file__).parents[1] / "src/claimtrack/lang/packs/ar"

Form = tuple[str, str]  # tag, form
VOWELS = "اوىي"
PREDICATE = "*"
"""Ends a participle that is said of its subject, too: "the deputy is convinced that"."""


def past(verb: str, *, doubled: bool) -> Iterator[Form]:
    """Yield the third persons of the past: قال قالت قالا قالتا قالوا قلن."""
    if verb[-1] in "ىا" and len(verb) > 2:
        yield from _past_defective(verb)
        return
    yield from (("past.ms", verb), ("past.fs", verb + "ت"))
    yield from (("past.md", verb + "ا"), ("past.fd", verb + "تا"))
    yield from (("past.mp", verb + "وا"), ("past.mp+", verb + "و"))
    yield "past.mp", verb + "و"  # as it is often typed
    if doubled:
        yield "past.fp", verb + verb[-1] + "ن"
    elif verb[-2] == "ا":
        yield "past.fp", verb[:-2] + verb[-1] + "ن"
    else:
        yield "past.fp", verb + "ن"


def _past_defective(verb: str) -> Iterator[Form]:
    stem = verb[:-1]
    long = stem + ("ي" if verb[-1] == "ى" else "و")
    yield from (("past.ms", verb), ("past.ms+", stem + "ا"), ("past.fs", stem + "ت"))
    yield from (("past.md", long + "ا"), ("past.fd", stem + "تا"))
    yield from (("past.mp", stem + "وا"), ("past.mp+", stem + "و"), ("past.fp", long + "ن"))


def present(verb: str, *, doubled: bool, hollow: bool) -> Iterator[Form]:
    """Yield the third persons of the present: يقول تقول يقولان يقولون يقولوا يقل يقلن."""
    body = verb[1:]
    defective = verb[-1] in "يىو"
    stem = body[:-1] if defective else body
    dual = {"ى": "يان", "ي": "يان", "و": "وان"}.get(body[-1], "") if defective else "ان"
    for tag, prefix in (("ms", "ي"), ("fs", "ت")):
        yield f"present.{tag}", prefix + body
        if defective:
            yield f"present.{tag}", prefix + stem
            if verb[-1] == "ى":
                yield f"present.{tag}+", prefix + stem + "ا"
        elif hollow:
            yield f"present.{tag}", prefix + body[:-2] + body[-1]
        yield f"present.{tag[0]}d", prefix + stem + dual
    yield from (("present.mp", "ي" + stem + "ون"), ("present.mp", "ي" + stem + "وا"))
    yield "present.mp+", "ي" + stem + "و"
    short = body[:-2] + body[-1] if hollow else body
    yield "present.fp", "ي" + short + (body[-1] if doubled else "") + "ن"


def participle(word: str) -> Iterator[Form]:
    """Yield the accusatives that carry a clause on (قائلا قائلة قائلين), and bare forms."""
    yield from (("participle.ms", word + "ا"), ("participle.ms", word + "اً"))
    yield from (("participle.fs", word + "ة"), ("participle.md", word + "ين"))
    yield from (("participle.mp", word + "ين"), ("participle.fp", word + "ات"))


def defective_participle(word: str) -> Iterator[Form]:
    """Yield the same for a participle that drops its last letter (داع: داعيا داعية داعين)."""
    yield from (("participle.ms", word + "يا"), ("participle.fs", word + "ية"))
    yield from (("participle.mp", word + "ين"), ("participle.fp", word + "يات"))


def masdar(word: str) -> Iterator[Form]:
    """Yield a verbal noun bare, and as it stands before a pronoun."""
    yield "masdar", word
    if word.endswith("ة"):
        yield "masdar+", word[:-1] + "ت"
    elif word.endswith("ى"):
        yield "masdar+", word[:-1] + "ا"
    elif word.endswith("اء"):
        yield from (("masdar+", word[:-1] + "ئ"), ("masdar+", word[:-1] + "ؤ"))


def forms(row: dict[str, str]) -> Iterator[Form]:
    """Yield every form of a verb."""
    verb, now = row["past"].replace("ّ", ""), row["imperfect"].replace("ّ", "")
    doubled = len(verb) == 2 or (len(now) == 3 and verb[0] != "و" and verb[-1] == now[-1])
    yield from past(verb, doubled=doubled)
    consonant = verb[-2] in "وي" and verb[-2] == now[-2]  # لوح يلوح: nothing of it is dropped
    hollow = now[-2] in VOWELS and now[-1] not in "يىو" and len(now) > 3 and not consonant
    yield from present(now, doubled=doubled, hollow=hollow)
    said = row["participle"].removesuffix(PREDICATE)
    if said != row["participle"]:
        yield from (("participle.ms", said), ("participle.mp", said + "ون"))
    if said:
        weak = verb[-1] in "ىا" and len(verb) > 2
        yield from (defective_participle if weak else participle)(said)
    for noun in filter(None, row["masdar"].split("|")):
        yield from masdar(noun)


def is_plain(verb: str, tag: str, form: str) -> bool:
    """Tell whether a finite form looks like no noun: يستهدف استهدفت are plain, تقدم قتل are not.

    The past of an augmented verb in است, ان, ا‍ت or أ differs from its verbal noun in writing; of
    others it does not. A present that begins with ت may be a verbal noun of the fifth form.
    """
    if tag.startswith("present"):
        return len(form) > 2 and (form[0] == "ي" or (len(form) > 4 and form[2] != "ا"))
    if len(form) < 4 or tag in ("past.md", "past.fp"):
        return False
    return tag != "past.ms" or verb[0] in "اأ"


def other_forms(row: dict[str, str]) -> tuple[list[str], list[str]]:
    """Return the finite forms of a verb that reports nothing: plain ones, and the rest."""
    plain: dict[str, None] = {}
    rest: dict[str, None] = {}
    for tag, form in forms({**row, "participle": "", "masdar": ""}):
        if tag.endswith("+"):
            continue
        chosen = plain if is_plain(row["past"], tag, form) else rest
        chosen.setdefault(form)
    return list(plain), [form for form in rest if form not in plain and len(form) > 2]


def main() -> None:
    """Write the files."""
    with (PACK / "verbs.csv").open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    with (PACK / "forms.csv").open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(("lemma", "tag", "forms"))
        for row in rows:
            by_tag: dict[str, list[str]] = {}
            for tag, form in forms(row):
                if form not in by_tag.setdefault(tag, []):
                    by_tag[tag].append(form)
            writer.writerows((row["past"], tag, " ".join(found)) for tag, found in by_tag.items())
    with (PACK / "other_verbs.csv").open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    with (PACK / "other_forms.csv").open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(("lemma", "plain", "rest"))
        for row in rows:
            plain, rest = other_forms(row)
            writer.writerow((row["past"], " ".join(plain), " ".join(rest)))


if __name__ == "__main__":
    main()
