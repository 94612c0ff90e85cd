"""How alike two texts are by their words: bottom-k sketches of hashed word 3-shingles.

The least hashes of a set are a random sample of it (Broder, "On the resemblance and containment of
documents", 1997), so that a short sketch of each text tells the share of shingles that two texts
have in common: their Jaccard similarity. A text that was copied with every fifth word changed is
still 0.34 alike; texts that only tell of the same event hardly are.
"""

from __future__ import annotations

import re
import struct
from bisect import bisect_right
from hashlib import blake2b

from claimtrack.model.document import Article
from claimtrack.text.fold import fold

WORDS = 3
"""Words in a shingle."""

SIZE = 128
"""Hashes in a sketch at most; the estimate's standard error is 0.04."""

_BEGUN = blake2b(digest_size=8)
_WORD = re.compile(r"[^\W_]+")


def own(article: Article) -> str:
    """Return the text that an article is compared by: its title and body."""
    spans = (*article.layout.title, *article.layout.body)
    return "\n".join(span.of(article.text) for span in spans) or article.text


def sketch(text: str) -> tuple[int, ...]:
    """Return the least hashes of a text's shingles, ascending; none for fewer than three words.

    Words are compared in their search spelling; marks and line ends do not count. Hashes are the
    same on any machine, and from 0 to 2**63 - 1.

    >>> sketch("Two words."), len(sketch("The dam is safe, the dam is safe."))
    ((), 4)
    """
    words = [word.encode() for word in _WORD.findall(fold(text))]
    shingles = {b" ".join(some) for some in zip(*(words[at:] for at in range(WORDS)), strict=False)}
    least = sorted([_hashed(shingle) for shingle in shingles])[:SIZE]
    numbers = struct.unpack(f">{len(least)}Q", b"".join(least))
    return tuple([each >> 1 for each in numbers])


def _hashed(shingle: bytes) -> bytes:
    made = _BEGUN.copy()  # which takes half as long as to make one
    made.update(shingle)
    return made.digest()


def similarity(left: tuple[int, ...], right: tuple[int, ...], least: float = 0.0) -> float:
    """Return the estimated share of shingles that two sketched texts have in common, 0 to 1.

    It is exact for texts of which all shingles are in their sketches; 0 where a sketch is empty,
    and where they surely share less than `least`, which is sooner told.

    >>> similarity(sketch("The dam is safe today."), sketch("the dam is SAFE, today"))
    1.0
    """
    common = frozenset(left).intersection(right)
    size = min(SIZE, len(left) + len(right) - len(common))
    if not size or len(common) < least * size:
        return 0.0
    shared = sorted(common)

    def place(count: int) -> int:
        """Return the place in the union of a shared hash, which has its own among the shared."""
        each = shared[count - 1]
        return bisect_right(left, each) + bisect_right(right, each) - count

    return bisect_right(range(1, len(shared) + 1), SIZE, key=place) / size
