"""Write packs/ru/forms.csv: the forms of the verbs of packs/ru/verbs.csv.

A verb's gender and number forms follow from its past masculine; the other columns are given.

Run: python scripts/conjugate_ru.py
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

PACK = Path(__file__).parents[1] / "src/claimtrack/lang/packs/ru"


def past(masculine: str) -> Iterator[tuple[str, str]]:
    """Yield the four forms of the past.

    >>> [form for _, form in past("признался")]
    ['признался', 'призналась', 'призналось', 'признались']
    """
    reflexive = masculine.endswith("ся")
    stem = masculine[:-2] if reflexive else masculine
    endings = (("ms", ""), ("fs", "а"), ("ns", "о"), ("mp", "и"))
    for tag, ending in endings:
        tail = "сь" if ending else "ся"
        base = stem if stem.endswith("л") or not ending else stem + "л"
        yield f"past.{tag}", base + ending + (tail if reflexive else "")


def main() -> None:
    """Write the file."""
    with (PACK / "verbs.csv").open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    with (PACK / "forms.csv").open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(("lemma", "tag", "forms"))
        for row in rows:
            lemma = row["infinitive"]
            writer.writerows((lemma, tag, form) for tag, form in past(row["past"]))
            writer.writerow((lemma, "present", f"{row['singular']} {row['plural']}"))
            if row["gerund"]:
                writer.writerow((lemma, "participle", row["gerund"]))


if __name__ == "__main__":
    main()
