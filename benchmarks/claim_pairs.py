"""Print what `match.compare` makes of pairs of claims: a confusion table, precision and recall.

Run: python benchmarks/claim_pairs.py [FILE.jsonl ...]

Without files: our own pairs (tests/match/pairs.csv, subjects.csv) and, where it is present,
claim_pairs.jsonl of the evaluation kit (CLAIMTRACK_SHARED, else ../shared), with random pairs of
its texts beside it, which are taken as unrelated. Give -v to see every pair that is wrong about
"same".
"""

from __future__ import annotations

import csv
import json
import os
import random
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from claimtrack.match.compare import Comparison, Text
from claimtrack.match.names import Means
from claimtrack.match.pairs import Pair, compare_all
from claimtrack.model.vocabulary import Relation

ROOT = Path(__file__).parents[1]
OWN = ROOT / "tests" / "match" / "pairs.csv"
SUBJECTS = ROOT / "tests" / "match" / "subjects.csv"
SHARED = Path(os.environ.get("CLAIMTRACK_SHARED") or ROOT.parent / "shared") / "eval"
RANDOM, SEED, APART = 600, 1, 3


class Told(NamedTuple):
    """A pair, what it is held to be, and what was found."""

    pair: Pair
    label: str
    found: Comparison

    @property
    def across(self) -> bool:
        return self.pair.left.lang != self.pair.right.lang


def judged(pairs: Sequence[tuple[Pair, str]], means: Means) -> list[Told]:
    """Compare pairs that are labelled."""
    found = compare_all((pair for pair, _ in pairs), means)
    return [Told(pair, label, made) for (pair, label), (_, made) in zip(pairs, found, strict=True)]


def own(path: Path = OWN) -> list[tuple[Pair, str]]:
    with path.open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    return [(_pair(row), row["label"]) for row in rows]


def of_file(path: Path) -> list[tuple[Pair, str]]:
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    return [(_pair(row), row["label"]) for row in rows]


def _pair(row: dict[str, str]) -> Pair:
    return Pair(Text(row["a"], row["lang_a"]), Text(row["b"], row["lang_b"]), {})


def strangers(pairs: Sequence[tuple[Pair, str]]) -> list[tuple[Pair, str]]:
    """Return random pairs of texts that stand far from each other, and are not the same words."""
    draw = random.Random(SEED)
    texts = [(at, side) for at, (pair, _) in enumerate(pairs) for side in pair[:2]]
    made: list[tuple[Pair, str]] = []
    while len(made) < RANDOM:
        (at, left), (place, right) = draw.choice(texts), draw.choice(texts)
        if abs(at - place) > APART and left.text != right.text:
            made.append((Pair(left, right, {}), Relation.UNRELATED))
    return made


def show(name: str, told: Sequence[Told], *, wrong: bool) -> None:
    """Print the tables of some pairs."""
    for across in (False, True):
        some = [one for one in told if one.across is across]
        if some:
            print(f"\n{name}, {'across languages' if across else 'within a language'}")
            table(some)
    for one in told:
        missed = one.label != one.found.relation
        if wrong and missed and Relation.SAME in (one.label, one.found.relation):
            print(f"  {one.label} taken for {one.found.relation} ({one.found.score})")
            print(f"    {one.pair.left.text}\n    {one.pair.right.text}")
            print(f"    {'; '.join(each.words() for each in one.found.evidence)}")


def table(told: Sequence[Told]) -> None:
    counts = Counter((one.label, str(one.found.relation)) for one in told)
    print(f"{'':14}" + "".join(f"{relation:>13}" for relation in Relation))
    for label in Relation:
        cells = "".join(f"{counts[label, relation]:>13}" for relation in Relation)
        print(f"{label:14}{cells}")
    right = counts["same", "same"]
    called = sum(n for (_, found), n in counts.items() if found == "same")
    held = sum(n for (label, _), n in counts.items() if label == "same")
    print(
        f"same: precision {right}/{called}{_share(right, called)},"
        f" recall {right}/{held}{_share(right, held)};"
        f" contradicts called same: {counts['contradicts', 'same']}"
    )


def _share(part: int, whole: int) -> str:
    return f" = {part / whole:.2f}" if whole else ""


def main() -> None:
    files = [Path(each) for each in sys.argv[1:] if each != "-v"]
    wrong = "-v" in sys.argv
    invented = Means(registries=(ROOT / "data" / "cast.csv",))
    if not files:
        show("our own pairs", judged(own(), invented), wrong=wrong)
        show("pairs of many subjects", judged(own(SUBJECTS), invented), wrong=wrong)
        files = [SHARED / "claim_pairs.jsonl"]
    for path in files:
        if not path.exists():
            print(f"{path} is not here; skipped.")
            continue
        pairs = of_file(path)
        show(path.name, judged(pairs, Means()), wrong=wrong)
        show(f"random pairs of {path.name}", judged(strangers(pairs), Means()), wrong=wrong)


if __name__ == "__main__":
    main()
