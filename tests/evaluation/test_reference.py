"""The figures are those of the published scorer, to the last digit, on a real gold file."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from claimtrack.evaluation.lines import read_lines
from claimtrack.evaluation.score import score
from tests.kit import EVAL, needs_kit

pytestmark = needs_kit


def perturbed(article: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    """Return the article with attributions dropped, moved, doubled, unlinked and reordered."""
    length = len(article["text"])

    def moved(spans: list[list[int]]) -> list[list[int]]:
        shift = chance.choice([0, 0, -9, -3, 4, 15])
        found = [[max(0, start + shift), end] for start, end in spans]
        return [span for span in found if span[0] < span[1] <= length]

    kept = [one for one in article["attributions"] if chance.random() > 0.15]
    for one in list(kept):
        for role in ("source", "cue", "content"):
            if chance.random() < 0.4:
                one[role] = moved(one[role])
        if chance.random() < 0.1:
            kept.append({**one, "id": f"{one['id']}-again"})
        if chance.random() < 0.2:
            one |= {"via": None, "stance": "distancing", "source_type": "other"}
        if chance.random() < 0.1:
            one["source"], one["kind"] = [], None
    chance.shuffle(kept)
    return article | {"attributions": kept}


@pytest.mark.parametrize("name", ["ar-dev", "ru-dev", "en-dev"])
def test_figures_equal_the_published_scorers(name: str, tmp_path: Path) -> None:
    gold = EVAL / "gold" / f"{name}.jsonl"
    chance = random.Random(7)
    articles = [json.loads(line) for line in gold.read_text("utf-8").splitlines()]
    pred = tmp_path / "pred.jsonl"
    guesses = [perturbed(article, chance) for article in articles[1:]]
    pred.write_text("\n".join(map(json.dumps, guesses)), "utf-8")
    command = [sys.executable, EVAL / "score.py", gold, pred, "--json", "--bootstrap", "50"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    scores = score(read_lines(gold), read_lines(pred), resamples=50)
    assert 0.2 < scores.measures["content.partial"]["f1"].value < 1
    assert json.dumps(scores.as_json(), indent=1) == done.stdout.strip()
