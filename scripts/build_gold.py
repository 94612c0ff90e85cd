"""Write the gold JSON lines of tests/data from their readable YAML.

    python scripts/build_gold.py [--check]

A YAML file holds articles by id, and their attributions by id; it gives every stretch by its
words, so that nobody counts characters. How words are looked up is said in `find`. An article
brings its own `text`, or names an `article` of data/articles. With --check nothing is written
and files that differ are an error.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[1]
ARTICLES = ROOT / "data" / "articles"
GOLD = ROOT / "tests" / "data"
NAMES = ("own-gold", "examples-ar", "examples-en", "examples-ru")

GAP = " [...] "
CLITICS = "وفبلك"  # one-letter Arabic words that are written onto the next one
DEFAULTS = {
    "kind": "indirect",
    "channel": "none_stated",
    "stance": "neutral",
    "assertion": "assert",
    "via": None,
}

Pair = tuple[int, int]


class GoldError(Exception):
    """Words of the YAML that cannot be found, or not once; worded for its author."""


def whole(text: str, start: int, end: int) -> bool:
    """Tell whether a stretch begins and ends with whole words, clitics apart."""
    before, after = text[start - 1 : start], text[end : end + 1]
    joined_before = text[start].isalnum() and before.isalnum() and before not in CLITICS
    return not joined_before and not (text[end - 1].isalnum() and after.isalnum())


def occurrences(text: str, words: str, scope: Pair) -> Iterator[Pair]:
    """Yield where whole words stand in a scope, in order."""
    start = text.find(words, *scope)
    while start >= 0:
        if whole(text, start, start + len(words)):
            yield start, start + len(words)
        start = text.find(words, start + 1, scope[1])


def find(text: str, wanted: str, scope: Pair) -> Pair:
    """Return the stretch of a scope that is meant by some words.

    "first words [...] last words" reaches from the first to the next occurrence of the last;
    "words@2" is the second occurrence.

    Raises:
        GoldError: The words do not occur, or several times and no number says which.
    """
    first, gap, last = wanted.partition(GAP)
    if gap:
        start, end = find(text, first, scope)
        return start, _one(text, last, (end, scope[1]), nearest=True)[1]
    return _one(text, first, scope)


def _one(text: str, words: str, scope: Pair, *, nearest: bool = False) -> Pair:
    numbered = re.fullmatch(r"(.+)@(\d+)", words, re.DOTALL)
    words, number = (numbered[1], int(numbered[2])) if numbered else (words, 0)
    found = list(occurrences(text, words, scope))
    if not found or number > len(found):
        raise GoldError(f"{words!r} occurs {len(found)} times in {text[slice(*scope)]!r}")
    if not number and not nearest and len(found) > 1:
        raise GoldError(f"{words!r} occurs {len(found)} times: say which by @1, @2 …")
    return found[max(number, 1) - 1]


def spans(text: str, wanted: str | list[str] | None, scope: Pair) -> list[Pair]:
    """Return the stretches meant by one, several or no wordings."""
    listed = [wanted] if isinstance(wanted, str) else wanted or []
    return sorted(find(text, words, scope) for words in listed)


def attribution(key: str, entry: dict[str, Any], text: str, scope: Pair) -> dict[str, Any]:
    """Return one attribution with offsets, its attributes where the entry names the source."""
    built: dict[str, Any] = {"id": key}
    for role in ("source", "cue", "content"):
        built[role] = spans(text, entry.get(role), scope)
    if words := entry.get("antecedent"):
        before = list(occurrences(text, words, (0, built["cue"][0][0])))
        if not before:
            raise GoldError(f"{key}: {words!r} does not occur before the cue")
        built |= {"antecedent": [before[-1]], "source_text_ref": words}
    if "name" in entry:
        built |= {"source_name": entry["name"], "source_type": entry["type"]}
        built |= {name: entry.get(name, default) for name, default in DEFAULTS.items()}
    elif "via" in entry:
        built["via"] = entry["via"]
    if "responds_to" in entry:
        built["responds_to"] = entry["responds_to"]
    return built


def origin(key: str, entry: dict[str, Any]) -> dict[str, Any]:
    """Return what an article is apart from its annotation: id, language, outlet, text."""
    if "text" in entry:
        return {"id": key, "lang": entry["lang"], "text": entry["text"]}
    path = ARTICLES / entry["article"]
    content = path.read_text("utf-8")
    if path.suffix != ".jsonl":
        return {"id": key, "lang": entry["lang"], "outlet": entry["outlet"], "text": content}
    for line in map(json.loads, content.splitlines()):
        if line["id"] == key:
            return {name: line[name] for name in ("id", "lang", "outlet", "text")}
    raise GoldError(f"{path.name} has no article {key!r}")


def article(key: str, entry: dict[str, Any]) -> dict[str, Any]:
    """Return one line of gold."""
    built = origin(key, entry)
    text = built["text"]
    everywhere = scope = (0, len(text))
    if "title" in entry:
        for part in ("title", "body"):
            built[part] = find(text, entry[part], everywhere)
        for part in ("boilerplate", "narrator"):
            built[part] = spans(text, entry.get(part), everywhere)
    built["attributions"] = []
    for number, one in entry["attributions"].items():
        if "in" in one:
            scope = find(text, one["in"], everywhere)
        try:
            built["attributions"].append(attribution(number, one, text, scope))
        except GoldError as error:
            raise GoldError(f"{key}, {number}: {error}") from None
    return built


def compiled(name: str) -> str:
    """Return the JSON lines that a YAML file of tests/data stands for.

    Raises:
        GoldError: Words of it cannot be found.
    """
    entries = yaml.safe_load((GOLD / f"{name}.yaml").read_text("utf-8"))
    lines = (json.dumps(article(*item), ensure_ascii=False) for item in entries.items())
    return "".join(f"{line}\n" for line in lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing, fail on a difference")
    check = parser.parse_args().check
    for name in NAMES:
        path = GOLD / f"{name}.jsonl"
        try:
            lines = compiled(name)
        except GoldError as error:
            sys.exit(f"{name}.yaml: {error}")
        if not check:
            path.write_text(lines, "utf-8")
        elif not path.exists() or path.read_text("utf-8") != lines:
            sys.exit(f"{path} is out of date: run python scripts/build_gold.py")


if __name__ == "__main__":
    main()
