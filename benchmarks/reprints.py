"""How well copies are found: python benchmarks/reprints.py [--articles N] [--edits SHARE].

Of every five articles one is a copy of another with a share of its words replaced, dropped or put
in. Recall is the share of copies that were linked to their originals (or to a copy of the same),
precision the share of links that are such.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from claimtrack.match.reprints import link_copies
from claimtrack.match.shingles import sketch
from claimtrack.model.attribution import Extraction
from claimtrack.model.document import Article, DocumentVersion, Layout
from claimtrack.model.run import Run
from claimtrack.store import Store

RUN = Run(tool="benchmark", version="1")
AT = datetime(2026, 1, 1, tzinfo=UTC)
STEMS = [f"{a}{b}{c}" for a in "بتجدرسصعفقكلمن" for b in "اويهحطم" for c in "رنلمبدةسعق"]


def text(seed: int) -> list[str]:
    """Return an article's words: a language has few common words, and shared phrases."""
    chance = random.Random(seed)
    phrases = [" ".join(random.Random(-at).choices(STEMS, k=8)) for at in range(40)]
    words: list[str] = []
    while len(words) < 220:
        if chance.random() < 0.04:  # what all outlets write: "the minister said in a statement"
            words += chance.choice(phrases).split()
        words.append(STEMS[min(int(chance.paretovariate(0.6)), len(STEMS)) - 1])
        words.append(chance.choice(STEMS))
    return words


def edited(words: list[str], share: float, seed: int) -> list[str]:
    """Return the words with a share of them replaced, dropped, or followed by new ones."""
    chance = random.Random(seed)
    found: list[str] = []
    for word in words:
        if chance.random() >= share:
            found.append(word)
            continue
        kind = chance.randrange(3)
        found += [] if kind == 0 else [chance.choice(STEMS)] if kind == 1 else [word, "جديد"]
    return found


def main() -> None:
    """Measure, and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--edits", type=float, default=0.2)
    given = parser.parse_args()
    originals: dict[int, int] = {}
    groups: dict[str, int] = {}
    with (
        tempfile.TemporaryDirectory() as folder,
        Store.open(Path(folder, "a"), create=True) as store,
    ):
        spent = 0.0
        with store.transaction():
            for number in range(given.articles):
                first = number - 1 - number // 5 % 4 if number % 5 == 4 else number
                originals[number] = first
                words = text(first)
                words = edited(words, given.edits, number) if first != number else words
                joined = " ".join(words)
                version = DocumentVersion.of(
                    Article(
                        text=joined,
                        place="",
                        layout=Layout(),
                        lang="ar",
                        url=f"https://naba.example/{number}",
                    ),
                    sha256(joined.encode()).hexdigest(),
                )
                groups[version.id] = first
                store.add(version, Extraction(), (), run=RUN, at=AT, user="benchmark")
                begun = time.perf_counter()
                link_copies(store, version.id, sketch(joined), at=AT)
                spent += time.perf_counter() - begun
        links = store.connection.execute(
            "SELECT document_version, of_document_version FROM reprint"
        ).fetchall()
    right = [pair for pair in links if groups[pair[0]] == groups[pair[1]]]
    copies = sum(1 for number, first in originals.items() if first != number)
    print(f"{given.articles} articles, {copies} copies with {given.edits:.0%} of the words edited")
    print(f"recall     {len({pair[0] for pair in right}) / copies:.3f}")
    print(f"precision  {len(right) / max(1, len(links)):.3f}   {len(links)} links")
    print(f"a second   {given.articles / spent:.0f} articles sketched, looked up and indexed")


if __name__ == "__main__":
    main()
