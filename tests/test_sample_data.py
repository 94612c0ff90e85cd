"""The sample data is what data/README.md says: invented, clean, and annotated as written."""

from __future__ import annotations

import csv
import importlib.util
import json
import re
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import urlsplit

import pytest

from claimtrack.model.vocabulary import (
    Assertion,
    Channel,
    Kind,
    SourceKind,
    SourceRelationKind,
    SourceType,
    Stance,
)
from tests.kit import EVAL, ROOT, needs_kit

DATA = ROOT / "data"
GOLD = ROOT / "tests" / "data"
REGISTRY = ROOT / "src" / "claimtrack" / "sources"
LANGUAGES = ("en", "ar", "ru")
ARTICLES = sorted(path for path in (DATA / "articles").iterdir() if path.is_file())
FILES = [DATA / "cast.csv", DATA / "README.md", *ARTICLES, *sorted(GOLD.glob("*.*"))]
COMPILED = sorted(path.stem for path in GOLD.glob("*.yaml"))


def by_name(path: Path) -> str:
    return path.name


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle, strict=True))


def names(row: dict[str, str], *columns: str) -> list[str]:
    return [name for column in columns for name in (row.get(column) or "").split("|") if name]


CAST = {row["key"]: row for row in rows(DATA / "cast.csv")}


@cache
def builder() -> ModuleType:
    spec = importlib.util.spec_from_file_location("build_gold", ROOT / "scripts" / "build_gold.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def gold(stem: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (GOLD / f"{stem}.jsonl").read_text("utf-8").splitlines()]


# --- the cast ---------------------------------------------------------------------------------


def test_every_row_of_the_cast_is_marked_invented_and_well_formed() -> None:
    assert len(CAST) == len(rows(DATA / "cast.csv"))
    for row in CAST.values():
        assert row["note"] == "invented"
        assert row["kind"] in set(SourceKind)
        assert row["type"] in set(SourceType)
        assert row["country"] in {"", "XQ", "XD", "XT"}  # ISO 3166 leaves XA to XZ to users
        assert not row["domain"] or row["domain"].endswith(".example")
        assert not row["wikidata"]
        assert bool(row["demonyms"]) == (row["kind"] == "state")
        assert all(row[language] for language in LANGUAGES)


def test_relations_of_the_cast_lead_to_other_rows_of_it() -> None:
    for row in CAST.values():
        assert bool(row["parent"]) == bool(row["relation"])
        if row["parent"]:
            assert row["parent"] in CAST
            assert row["parent"] != row["key"]
            assert row["relation"] in set(SourceRelationKind)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_members_of_the_cast_share_a_name(language: str) -> None:
    owners: dict[str, str] = {}
    for key, row in CAST.items():
        for name in names(row, language):
            assert name == name.strip()
            folded = name.casefold().strip("«»")
            assert owners.setdefault(folded, key) == key, name


# --- the articles -----------------------------------------------------------------------------


def outlets() -> Iterator[tuple[str, str | None, str]]:
    """Yield where an article is, its address and its outlet."""
    for path in ARTICLES:
        text = path.read_text("utf-8")
        if path.suffix == ".jsonl":
            for line in map(json.loads, text.splitlines()):
                yield line["id"], line["url"], line["outlet"]
        elif path.suffix == ".html":
            (site,) = re.findall(r'property="og:site_name" content="([^"]+)"', text)
            (url,) = re.findall(r'rel="canonical" href="([^"]+)"', text)
            yield path.name, url, site
        else:
            line = next(line for line in text.split("\n\n") if len(line) < 30)
            yield path.name, None, line.strip("«»")


def test_there_are_fourteen_articles_in_three_languages_and_four_forms() -> None:
    assert len(list(outlets())) == 14
    assert {path.suffix for path in ARTICLES} == {".txt", ".html", ".jsonl"}
    assert {article["lang"] for article in gold("own-gold")} == set(LANGUAGES)


@pytest.mark.parametrize(("place", "url", "outlet"), list(outlets()))
def test_the_outlet_of_an_article_is_in_the_cast(place: str, url: str | None, outlet: str) -> None:
    found = [row for row in CAST.values() if outlet in names(row, *LANGUAGES)]
    assert [row["kind"] in {"outlet", "agency"} for row in found] == [True]
    if url:
        assert urlsplit(url).hostname == found[0]["domain"]


@pytest.mark.parametrize("path", FILES, ids=by_name)
def test_a_file_is_nfc_with_plain_line_ends_and_nothing_invisible(path: Path) -> None:
    text = path.read_bytes().decode("utf-8")
    assert text == unicodedata.normalize("NFC", text)
    assert text.endswith("\n")
    invisible = {char for char in text if unicodedata.category(char) in {"Cc", "Cf", "Co", "Cs"}}
    assert invisible == {"\n"}


# Names of real outlets that are also everyday words; each was looked at where it occurs.
EVERYDAY = {"السفير", "قناة", "ليلة", "الليلة"}  # a paper; words that begin as Qena and Lille do


def real_names() -> Iterator[str]:
    """Yield regular expressions of the names in the registry of real sources."""
    prefix = r"(?<!\w)(?:[وفبلك]|[وف]?[بل]?ال)?"
    for path in sorted(REGISTRY.glob("*.csv")):
        for row in rows(path):
            if "country" not in row:  # a table of patterns, not of names
                break
            for name in names(row, "en", "capital_en", "adj_en"):
                yield rf"(?<!\w){re.escape(name)}(?!\w)"
            for name in names(row, "ar", "capital_ar", "adj_ar"):
                yield rf"{prefix}{re.escape(name)}[ةيون]{{0,2}}(?!\w)"
            for name in names(row, "ru", "capital_ru", "adj_ru"):
                stem = name[:-1] if len(name) > 4 else name
                yield rf"(?<!\w){re.escape(stem)}\w{{0,3}}(?!\w)"


def invented_texts() -> Iterator[str]:
    cast = {name for row in CAST.values() for name in names(row, *LANGUAGES, "demonyms")}
    longest_first = sorted(cast, key=len, reverse=True)
    for path in ARTICLES:
        if path.name.startswith("depot-"):
            text = path.read_text("utf-8")
            for name in longest_first:
                text = text.replace(name, "_")
            yield text


def test_the_invented_story_names_nobody_real() -> None:
    texts = list(invented_texts())
    found = {
        match[0]
        for pattern in real_names()
        for text in texts
        for match in re.finditer(pattern, text)
    }
    assert found - EVERYDAY == set()


def test_the_search_for_real_names_sees_through_clitics_and_cases() -> None:
    patterns = list(real_names())
    for text in ("Moscow said", "وقالت روسيا", "للجيش والروسية", "посольство России", "в Москве"):
        assert any(re.search(pattern, text) for pattern in patterns), text


def contents(article: str) -> set[str]:
    (found,) = (line for line in gold("own-gold") if line["id"] == article)
    return {
        " ".join(found["text"][start:end] for start, end in one["content"])
        for one in found["attributions"]
    }


@pytest.mark.parametrize(
    ("reprint", "wire", "shared"),
    [("depot-marafi-ar", "depot-wanq-ar", 7), ("depot-observer-en", "depot-telvar-en", 6)],
)
def test_a_reprint_has_the_words_of_its_wire(reprint: str, wire: str, shared: int) -> None:
    assert len(contents(reprint) & contents(wire)) == shared


def test_the_two_tolls_are_both_told() -> None:
    told = set().union(*(contents(line["id"]) for line in gold("own-gold")))
    for four, nine in [
        ("أربعة قتلى", "عدد القتلى لا يقل عن تسعة بينهم مدنيون"),
        ("four soldiers had died and eleven had been wounded", "Nine dead in Qamaria depot blast"),
    ]:
        assert {four, nine} <= told


# --- the gold ---------------------------------------------------------------------------------


def test_every_gold_file_is_named_to_the_script_that_builds_it() -> None:
    assert tuple(COMPILED) == tuple(sorted(builder().NAMES))


@pytest.mark.parametrize("stem", COMPILED)
def test_gold_is_what_its_yaml_compiles_to(stem: str) -> None:
    assert (GOLD / f"{stem}.jsonl").read_text("utf-8") == builder().compiled(stem)


@pytest.mark.parametrize(
    ("stem", "articles", "fewest"),
    [
        ("own-gold", 13, 120),
        ("examples-ar", 48, 44),
        ("examples-en", 18, 16),
        ("examples-ru", 18, 16),
    ],
)
def test_gold_is_as_large_as_promised(stem: str, articles: int, fewest: int) -> None:
    lines = gold(stem)
    assert len(lines) == articles
    assert sum(len(line["attributions"]) for line in lines) >= fewest


@pytest.mark.parametrize("stem", COMPILED)
def test_links_of_gold_lead_to_attributions_of_the_same_article(stem: str) -> None:
    for line in gold(stem):
        keys = {one["id"] for one in line["attributions"]}
        for one in line["attributions"]:
            assert one["cue"]
            assert one["content"]
            for link in ("via", "responds_to"):
                assert one.get(link) in keys - {one["id"]} | {None}


def test_attributes_of_gold_are_of_the_vocabulary() -> None:
    for line in gold("own-gold"):
        for one in line["attributions"]:
            assert one["kind"] in set(Kind)
            assert one["channel"] in set(Channel)
            assert one["stance"] in set(Stance)
            assert one["assertion"] in set(Assertion)
            assert one["source_type"] in set(SourceType)


def test_a_direct_quotation_of_gold_is_wholly_in_quotation_marks() -> None:
    for line in gold("own-gold"):
        for one in line["attributions"]:
            words = [line["text"][start:end] for start, end in one["content"]]
            quoted = all(part[0] in '«"' and part[-1] in '»"' for part in words)
            assert quoted == (one["kind"] == "direct"), (line["id"], one["id"])
            inside = any(char in "".join(words) for char in '«"')
            assert inside or one["kind"] == "indirect", (line["id"], one["id"])


def test_an_invented_source_of_gold_is_called_and_typed_as_in_the_cast() -> None:
    types = {names(row, "en")[0]: row["type"] for row in CAST.values()}
    unnamed = {"anonymous", "witness", "other"}
    for line in gold("own-gold"):
        for one in line["attributions"]:
            if line["id"].startswith("depot-") and one["source_type"] not in unnamed:
                assert types[one["source_name"]] == one["source_type"], one["source_name"]


def test_gold_leaves_boilerplate_and_the_outlets_own_voice_alone() -> None:
    for line in gold("own-gold"):
        elsewhere = [*line["boilerplate"], *line["narrator"]]
        for one in line["attributions"]:
            for start, end in [*one["source"], *one["cue"], *one["content"]]:
                assert all(end <= left or right <= start for left, right in elsewhere)
        for start, end in line["narrator"]:
            assert line["body"][0] <= start < end <= line["body"][1]


@needs_kit
@pytest.mark.parametrize("stem", COMPILED)
def test_gold_passes_the_judge_against_itself(stem: str) -> None:
    path = GOLD / f"{stem}.jsonl"
    command = [
        sys.executable,
        str(EVAL / "score.py"),
        str(path),
        str(path),
        "--json",
        "--bootstrap",
        "0",
    ]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    figures = json.loads(run.stdout)
    assert figures["content.exact"]["f1"] == figures["attribution"]["f1"] == 1
    assert figures["cue_accuracy"]["acc"] == 1


# --- how gold is compiled ---------------------------------------------------------------------


TEXT = "وقال الناطق إن المطر نزل. وأضاف الناطق أنه توقف. He said it. It united us."


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        ("قال", "قال"),
        ("الناطق@2", "الناطق"),
        ("المطر [...] نزل", "المطر نزل"),
        ("وأضاف [...] الناطق", "وأضاف الناطق"),
        ("it", "it"),  # not the one inside "united"
    ],
)
def test_words_of_the_yaml_are_found(wanted: str, words: str) -> None:
    start, end = builder().find(TEXT, wanted, (0, len(TEXT)))
    assert TEXT[start:end] == words


@pytest.mark.parametrize(
    ("wanted", "message"),
    [
        ("الناطق", "occurs 2 times: say which"),
        ("الناطق@3", "occurs 2 times in"),
        ("الثلج", "occurs 0 times in"),
        ("نزل [...] المطر", "occurs 0 times in"),
        ("unit", "occurs 0 times in"),
    ],
)
def test_words_that_are_missing_or_ambiguous_are_an_error(wanted: str, message: str) -> None:
    with pytest.raises(builder().GoldError, match=message):
        builder().find(TEXT, wanted, (0, len(TEXT)))
