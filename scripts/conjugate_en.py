"""Write packs/en/forms.csv: every form of the verbs of packs/en/verbs.csv.

Run: python scripts/conjugate_en.py
"""

from __future__ import annotations

import csv
from pathlib import Path

PACK = Path(__file__).parents[1] / "src/claimtrack/lang/packs/en"


def third(base: str) -> str:
    """Return the third person singular of the present.

    >>> [third(verb) for verb in ("say", "deny", "stress")]
    ['says', 'denies', 'stresses']
    """
    if base.endswith(("s", "sh", "ch", "x")):
        return base + "es"
    if base.endswith("y") and base[-2] not in "aeiou":
        return base[:-1] + "ies"
    return base + "s"


def main() -> None:
    """Write the file."""
    with (PACK / "verbs.csv").open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    with (PACK / "forms.csv").open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(("lemma", "tag", "forms"))
        for row in rows:
            base = row["base"]
            writer.writerow((base, "past", row["past"]))
            writer.writerow((base, "present", f"{base} {third(base)}"))
            writer.writerow((base, "participle", row["participle"]))


if __name__ == "__main__":
    main()
