"""Write README's table of figures: how much of each gold file the rules find.

Our own gold lies in tests/data; gold of real articles, whose texts may not be handed on, lies
outside the repository (CLAIMTRACK_SHARED, else ../shared) and is measured where it is present.
Elsewhere its rows stay as they are.

Run: python scripts/figures.py
"""

from __future__ import annotations

import os
from pathlib import Path

from claimtrack.evaluation.lines import by_id, read_lines
from claimtrack.evaluation.score import Scores, score
from claimtrack.lang.pack import THOUGHTS
from claimtrack.pipeline import Means, extract_lines

ROOT = Path(__file__).parents[1]
BEGIN, END = "<!-- figures: begin", "<!-- figures: end -->"
SHARED = Path(os.environ.get("CLAIMTRACK_SHARED") or ROOT.parent / "shared") / "eval" / "gold"
FILES = {
    "own-gold": "the sample articles, ar, en, ru",
    "examples-ar": "short sentences, ar",
    "examples-en": "short sentences, en",
    "examples-ru": "short sentences, ru",
    "thiqa-ar": "a pasted page, ar",
    "ar-dev": "20 news articles, ar",
    "ar-train": "108 news articles of four outlets, ar",
    "en-dev": "84 political articles (PolNeAR), with `--thoughts`, en",
    "ru-dev": "104 sentences (adaq), ru",
}
MEASURES = {
    "attribution": "who and what",
    "content.partial": "what",
    "relay": "relays",
    "kind": "kind",
    "channel": "channel",
    "stance": "stance",
    "assertion": "assertion",
    "source_type": "type",
}


def measured(path: Path) -> Scores:
    """Return the scores of what the rules find in a gold file's texts."""
    packs = (THOUGHTS,) if "--thoughts" in FILES.get(path.stem, "") else ()
    means = Means(registries=(ROOT / "data" / "cast.csv",), packs=packs)
    found = by_id((path.name, line) for line in extract_lines([str(path)], means))
    return score(read_lines(path), found, resamples=0)


def cell(scores: Scores, measure: str) -> str:
    """Return a figure in per cent, or a dash where the gold has nothing to judge."""
    figures = scores.measures[measure]
    figure = figures.get("f1") or figures["acc"]
    bases = [one.base for one in figures.values() if one.base is not None]
    return f"{100 * figure.value:.1f}" if any(bases) else "–"


def table(written: str) -> str:
    """Return the table, in Markdown; what cannot be measured here stays as it was written."""
    head = ["gold", "attributions", *MEASURES.values()]
    lines = [f"| {' | '.join(head)} |", f"| --- |{' ---: |' * (len(head) - 1)}"]
    for name, note in FILES.items():
        path = next(
            (
                p
                for p in (ROOT / f"tests/data/{name}.jsonl", SHARED / f"{name}.jsonl")
                if p.exists()
            ),
            None,
        )
        if path is None:
            lines += [row for row in written.splitlines() if row.startswith(f"| {name}: ")]
            continue
        scores = measured(path)
        cells = [cell(scores, measure) for measure in MEASURES]
        lines.append(f"| {name}: {note} | {scores.sizes.gold} | {' | '.join(cells)} |")
    return "\n".join(lines)


def main() -> None:
    """Write the table between the marks in README."""
    readme = ROOT / "README.md"
    text = readme.read_text("utf-8")
    start = text.index("-->", text.index(BEGIN)) + len("-->")
    end = text.index(END)
    readme.write_text(f"{text[:start]}\n\n{table(text[start:end])}\n\n{text[end:]}", "utf-8")


if __name__ == "__main__":
    main()
