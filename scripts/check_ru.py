"""Compare packs/ru/forms.csv with a dictionary: print the forms it does not know.

Its licence keeps the dictionary's forms out of the pack; to look our own up in it is no copy. Not a
part of the tests: words younger than the dictionary are not in it.

Run: pip install pymorphy3, then python scripts/check_ru.py
"""

from __future__ import annotations

import csv
from pathlib import Path

FORMS = Path(__file__).parents[1] / "src/claimtrack/lang/packs/ru/forms.csv"


def main() -> None:
    """Print lemma, tag and form of each that the dictionary has not, or under another lemma."""
    import pymorphy3  # noqa: PLC0415 (no dependency of ours)

    analyzer = pymorphy3.MorphAnalyzer()
    with FORMS.open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            for form in row["forms"].split():
                lemmas = {read.normal_form.replace("ё", "е") for read in analyzer.parse(form)}
                known = analyzer.word_is_known(form)
                if not known or row["lemma"].replace("ё", "е") not in lemmas:
                    print(row["lemma"], row["tag"], form)


if __name__ == "__main__":
    main()
