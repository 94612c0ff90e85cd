"""Write the mean vector of words, which claimtrack.match.aligned takes off each of them.

The words are those of the packs' lists of concepts, each language counted alike.

Run: python scripts/word_centre.py
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from claimtrack.lang.pack import available, read_yaml
from claimtrack.match import aligned
from claimtrack.match.embed import embed
from claimtrack.match.lexicon import CONCEPTS, STAR

FILE = Path(aligned.__file__).with_name(aligned.CENTRE)


def main() -> None:
    means = []
    for lang in available():
        concepts = read_yaml(lang, CONCEPTS).values()
        words = sorted({word.rstrip(STAR) for held in concepts for word in held if " " not in word})
        means.append(embed(words).mean(axis=0))
    np.save(FILE, np.mean(means, axis=0).astype(np.float16))


if __name__ == "__main__":
    main()
