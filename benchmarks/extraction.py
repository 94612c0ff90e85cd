"""How fast attributions are found: characters a second on one core, beside a bare scan.

The bare scan finds every inflected cue of the pack in the folded text with an Aho-Corasick
automaton and does nothing else: what any extractor that looks for these words must at least cost.
Both read the same texts in the same process, so that the ratio says more than either figure. Then
a text without a full stop is doubled, twice: the time that a character takes must not grow.

Run: python benchmarks/extraction.py [JSONL ...]     (needs: pip install pyahocorasick)

Without files the sample articles are read. JSON lines need `text`, and `lang` or it is detected.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from importlib import import_module
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


class Speed(NamedTuple):
    """How fast the articles of a language are read: characters, and CPU seconds for them.

    Attributes:
        bare: Of the scan for cues alone.
        peer: Of textacy's direct quotations, where it and its model are installed.
    """

    lang: str
    characters: int
    extraction: float
    bare: float
    peer: float | None = None


def figures(paths: Sequence[str]) -> list[Speed]:
    """Return how fast each language of some files is read."""
    engine = RulesEngine()
    found = []
    for code, held in sorted(articles(paths).items()):
        texts = [article.text for article in held]
        rules = best(lambda some=held: [engine.attribute(article) for article in some])
        speed = Speed(code, sum(map(len, texts)), rules, best(scan(texts, code)))
        found.append(speed._replace(peer=peer(texts, code)))
    return found


def peer(texts: Sequence[str], code: str) -> float | None:
    """Return the CPU seconds of textacy's direct quotations; None where it is not installed."""
    try:
        textacy, extract = import_module("textacy"), import_module("textacy.extract")
        pipeline = textacy.load_spacy_lang(f"{code}_core_web_sm")
    except (ImportError, OSError):
        return None
    return best(lambda: [list(extract.direct_quotations(pipeline(text))) for text in texts])


def main() -> None:
    """Print the table."""
    engine = RulesEngine()
    paths = sys.argv[1:] or [str(ROOT / "data" / "articles")]
    print(f"{'language':10}{'characters':>12}{'extraction/s':>14}{'bare scan/s':>14}{'ratio':>8}")
    for code, size, rules, bare, other in figures(paths):
        beside = f"   textacy {size / other:,.0f}" if other else ""
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
