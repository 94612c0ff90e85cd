"""Write the English forms.csv and other_forms.csv: every form of the verbs beside them.

A cell left empty is regular: "ask" makes "asked", "asking". A verb of two meanings has two rows,
told apart in brackets: "call", "call (name)". Of verbs that report nothing, `plain` are forms that
no noun is written like, `rest` those that may be a noun too.

Run: python scripts/conjugate_en.py
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

PACK = Path(__file__).parents[1] / "src/claimtrack/lang/packs/en"
VARIANTS = ("../../variants/thoughts/en",)
"""Folders beside the pack whose verbs are written the same way."""


def third(base: str) -> str:
    """Return the third person singular of the present.

    >>> [third(verb) for verb in ("say", "deny", "stress", "go")]
    ['says', 'denies', 'stresses', 'goes']
    """
    if base.endswith(("s", "sh", "ch", "x", "z", "go", "do")):
        return base + "es"
    if base.endswith("y") and base[-2] not in "aeiou":
        return base[:-1] + "ies"
    return base + "s"


def regular_past(base: str) -> str:
    """Return the past of a regular verb.

    >>> [regular_past(verb) for verb in ("ask", "note", "deny")]
    ['asked', 'noted', 'denied']
    """
    if base.endswith("e"):
        return base + "d"
    if base.endswith("y") and base[-2] not in "aeiou":
        return base[:-1] + "ied"
    return base + "ed"


def regular_participle(base: str) -> str:
    """Return the present participle of a regular verb.

    >>> [regular_participle(verb) for verb in ("ask", "note", "lie", "agree")]
    ['asking', 'noting', 'lying', 'agreeing']
    """
    if base.endswith("ie"):
        return base[:-2] + "ying"
    if base.endswith("e") and not base.endswith(("ee", "oe", "ye")):
        return base[:-1] + "ing"
    return base + "ing"


def forms(row: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Yield tags and forms of a row; the past participle goes with the past."""
    base = row["base"].split()[0]
    past = row["past"] or regular_past(base)
    done = row["done"] or past
    yield "past", " ".join(dict.fromkeys((*past.split(), *done.split())))
    yield "present", f"{base} {third(base)}"
    yield "participle", row["participle"] or regular_participle(base)


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def _write(path: Path, head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(head)
        writer.writerows(rows)


def main() -> None:
    """Write the files."""
    for folder in (PACK, *(PACK / name for name in VARIANTS)):
        verbs = folder / "verbs.csv"
        if verbs.is_file():
            made = [(row["base"], *each) for row in _rows(verbs) for each in forms(row)]
            _write(folder / "forms.csv", ("lemma", "tag", "forms"), made)
        others = folder / "other_verbs.csv"
        if others.is_file():
            found = [(row, dict(forms(row))) for row in _rows(others)]
            kept = [
                (row["base"], each["past"], each["present"])
                if row["noun"]
                else (row["base"], f"{each['past']} {each['present']}", "")
                for row, each in found
            ]
            _write(folder / "other_forms.csv", ("lemma", "plain", "rest"), kept)


if __name__ == "__main__":
    main()
