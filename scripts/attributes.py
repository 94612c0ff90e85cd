"""Say how well kind, channel, stance, assertion and relays are found: the packs' attributes.csv.

Run: python scripts/attributes.py [CODE…]
"""

from __future__ import annotations

import csv
import sys
from typing import Any

from claimtrack.evaluation.lines import by_id
from claimtrack.evaluation.score import Scores, score
from claimtrack.evaluation.table import table
from claimtrack.extract import RulesEngine
from claimtrack.lang.pack import available, pack_file
from claimtrack.model.document import Article, Layout
from claimtrack.model.interchange import line
from claimtrack.model.span import Span

_ENGINE = RulesEngine()


def spans(text: str, words: str) -> list[list[int]]:
    """Return where words stand in a text, parts between ellipses one by one."""
    found: list[list[int]] = []
    for part in filter(None, words.split(" … ")):
        start = text.index(part, found[-1][1] if found else 0)
        found.append([start, start + len(part)])
    return found


def gold(code: str) -> dict[str, dict[str, Any]]:
    """Return a pack's rows as annotated articles, by their text."""
    articles: dict[str, dict[str, Any]] = {}
    with pack_file(code, "attributes.csv").open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            text = row["text"]
            article = articles.setdefault(text, {"id": text, "text": text, "attributions": []})
            stated = dict(one.split("=") for one in row["attributes"].split())
            kinds = {"kind": "indirect", "channel": "none_stated", "stance": "neutral"}
            values = kinds | {"assertion": "assert", "via": None} | stated
            roles = {role: spans(text, row[role]) for role in ("source", "cue", "content")}
            article["attributions"].append({"id": row["cue"], **roles, **values})
    return articles


def measured(code: str) -> Scores:
    """Return how well a language's rows are found."""
    articles = gold(code)
    found = []
    for text in articles:
        layout = Layout(body=(Span(0, len(text)),))
        article = Article(id=text, text=text, place=text, layout=layout, lang=code)
        found.append((text, line(article, _ENGINE.attribute(article))))
    wanted = by_id((text, article) for text, article in articles.items())
    return score(wanted, by_id(found), resamples=0)


if __name__ == "__main__":
    for given in sys.argv[1:] or available():
        if pack_file(given, "attributes.csv").is_file():
            print(f"{given}:\n{table(measured(given))}")
