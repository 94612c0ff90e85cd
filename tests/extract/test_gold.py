"""How much of the gold is found: floors on texts that the rules were not written for one by one.

The sample articles' gold is our own; the other files lie outside the repository. Figures move
with every rule: a floor is what must not be lost, README says what was last measured.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from claimtrack.evaluation.lines import by_id, read_lines
from claimtrack.evaluation.score import score
from claimtrack.pipeline import Means, extract_lines
from tests.kit import EVAL, ROOT, needs_kit

OWN = ROOT / "tests" / "data"


def f1(path: Path, measure: str) -> float:
    """Return an F1 of what the rules find in a gold file's texts."""
    means = Means(registries=(ROOT / "data" / "cast.csv",))
    lines = by_id((path.name, line) for line in extract_lines([str(path)], means))
    return score(read_lines(path), lines, resamples=0).measures[measure]["f1"].value


@pytest.mark.parametrize(
    ("name", "measure", "floor"),
    [
        ("own-gold", "content.partial", 0.85),
        ("own-gold", "attribution", 0.82),
        ("examples-ar", "attribution", 0.90),
        ("examples-en", "attribution", 0.85),
        ("examples-ru", "attribution", 0.85),
    ],
)
def test_so_much_of_the_sample_articles_is_found_at_least(
    name: str, measure: str, floor: float
) -> None:
    assert f1(OWN / f"{name}.jsonl", measure) >= floor


@needs_kit
@pytest.mark.parametrize(
    ("name", "measure", "floor"),
    [
        ("thiqa-ar", "attribution", 1.0),
        ("thiqa-ar", "kind", 1.0),
        ("thiqa-ar", "channel", 1.0),
        ("thiqa-ar", "stance", 1.0),
        ("ar-dev", "content.partial", 0.80),
        ("ar-dev", "attribution", 0.72),
        ("ar-dev", "relay", 0.55),
        ("ar-dev", "kind", 0.80),
        ("ar-dev", "channel", 0.65),
        ("ar-dev", "stance", 0.60),
        ("ar-dev", "assertion", 0.65),
        ("ru-dev", "content.partial", 0.60),
    ],
)
def test_gold_of_real_articles_is_found(name: str, measure: str, floor: float) -> None:
    assert f1(EVAL / "gold" / f"{name}.jsonl", measure) >= floor


@needs_kit
def test_nothing_is_found_in_the_ticker_or_the_footer_of_a_pasted_page() -> None:
    page = EVAL.parent / "articles" / "thiqa-convoy-ar.txt"
    (line,) = extract_lines([str(page)], Means())
    assert line["boilerplate"]
    assert len(line["attributions"]) == 7
    for one in line["attributions"]:
        for start, end in one["source"] + one["cue"] + one["content"]:
            assert not any(first < end and start < last for first, last in line["boilerplate"])
