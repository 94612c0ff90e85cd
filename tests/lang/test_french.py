"""A language made of data alone: data/packs/fr, which no code knows of."""

from __future__ import annotations

import csv

import pytest

from claimtrack.extract import RulesEngine
from claimtrack.lang.pack import Packs
from claimtrack.model.document import Article, Layout
from claimtrack.model.span import Span
from tests.extract.reading import said, words
from tests.kit import ROOT

PACKS = ROOT / "data" / "packs"
ENGINE = RulesEngine(Packs.load(PACKS))


def rows() -> list[dict[str, str]]:
    with (PACKS / "fr" / "examples.csv").open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["text"])
def test_a_language_needs_no_code(row: dict[str, str]) -> None:
    text = row["text"]
    layout = Layout(body=(Span(0, len(text)),))
    article = Article(text=text, place="test", layout=layout, lang="fr")
    found = ENGINE.attribute(article).attributions
    wanted = (row["source"], row["cue"], row["content"])
    assert wanted in [said(text, one) for one in found]
    one = next(each for each in found if said(text, each) == wanted)
    for stated in row["attributes"].split():
        name, value = stated.split("=")
        got = getattr(one, name)
        assert (words(text, got) if name == "antecedent" else got) == value


def test_a_pack_holds_nothing_but_data() -> None:
    assert {path.suffix for path in (PACKS / "fr").iterdir()} == {".csv", ".yaml"}
