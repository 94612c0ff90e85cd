"""Write the forms of packs/ru's verbs.csv and other_verbs.csv: forms.csv and other_forms.csv.

A cell left empty is regular, by the ending of the infinitive: -овать, -нуть, -ать and -ять, -ить. A
verb's gender and number forms follow from its past masculine. "-" stands for a form that there is
not.

Run: python scripts/conjugate_ru.py
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

PACK = Path(__file__).parents[1] / "src/claimtrack/lang/packs/ru"

_HUSHING = "жчшщ"
_ENDINGS = (
    # of the infinitive; past, singular, plural; gerund of the imperfective, of the perfective
    ("овать", ("овал", "ует", "уют", "уя", "овав")),
    ("нуть", ("нул", "нет", "нут", "", "нув")),
    ("ать", ("ал", "ает", "ают", "ая", "ав")),
    ("ять", ("ял", "яет", "яют", "яя", "яв")),
    ("ить", ("ил", "ит", "ят", "я", "ив")),
)


def completed(row: dict[str, str]) -> dict[str, str]:
    """Return a row with its empty cells filled in.

    >>> made = completed(dict.fromkeys(("past", "singular", "plural", "gerund"), "") | {
    ...     "infinitive": "поинтересоваться", "aspect": "perfective"})
    >>> made["past"], made["singular"], made["gerund"]
    ('поинтересовался', 'поинтересуется', 'поинтересовавшись')
    """
    infinitive = row["infinitive"]
    reflexive = infinitive.endswith("ся")
    base = infinitive[:-2] if reflexive else infinitive
    found = next(((end, made) for end, made in _ENDINGS if base.endswith(end)), None)
    if found is None:
        return dict(row)
    ending, (past, singular, plural, going, done) = found
    stem = base[: -len(ending)]
    if ending == "ить" and stem[-1] in _HUSHING:
        plural, going = "ат", "а"
    perfective = row["aspect"] == "perfective"
    gerund = done if perfective else going
    made = {"past": stem + past, "singular": stem + singular, "plural": stem + plural}
    made["gerund"] = stem + gerund if gerund else ""
    if reflexive:
        made = {name: form + "ся" for name, form in made.items() if form}
        made["gerund"] = stem + (done + "шись" if perfective else going + "сь")
    return {**row, **{name: row[name] or form for name, form in made.items()}}


def past(masculine: str) -> Iterator[tuple[str, str]]:
    """Yield the four forms of the past, from the masculine or from all four.

    >>> [form for _, form in past("признался")]
    ['признался', 'призналась', 'призналось', 'признались']
    """
    if " " in masculine:
        tags = ("past.ms", "past.fs", "past.ns", "past.mp")
        yield from zip(tags, masculine.split(), strict=True)
        return
    reflexive = masculine.endswith("ся")
    stem = masculine[:-2] if reflexive else masculine
    endings = (("ms", ""), ("fs", "а"), ("ns", "о"), ("mp", "и"))
    for tag, ending in endings:
        tail = "сь" if ending else "ся"
        base = stem if stem.endswith("л") or not ending else stem + "л"
        yield f"past.{tag}", base + ending + (tail if reflexive else "")


def _rows(name: str) -> list[dict[str, str]]:
    with (PACK / name).open(encoding="utf-8", newline="") as handle:
        return [completed(row) for row in csv.DictReader(handle)]


def main() -> None:
    """Write the files."""
    rows = _rows("verbs.csv")
    with (PACK / "other_forms.csv").open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(("lemma", "plain", "rest"))
        for row in _rows("other_verbs.csv"):
            plain = [*(form for _, form in past(row["past"])), row["singular"], row["plural"]]
            writer.writerow((row["infinitive"], " ".join(plain), ""))
    with (PACK / "forms.csv").open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(("lemma", "tag", "forms"))
        for row in rows:
            lemma = row["infinitive"]
            writer.writerows((lemma, tag, form) for tag, form in past(row["past"]) if form != "-")
            shown = [form for form in (row["singular"], row["plural"]) if form != "-"]
            if shown:
                writer.writerow((lemma, "present", " ".join(shown)))
            if row["gerund"] not in ("", "-"):
                writer.writerow((lemma, "participle", row["gerund"]))


if __name__ == "__main__":
    main()
