"""What the language packs know about mentions of sources."""

from __future__ import annotations

import pytest

from claimtrack.errors import PackError
from claimtrack.lang.pack import available
from claimtrack.model.vocabulary import SourceType
from claimtrack.sources.facts import Facts, check_facts, facts
from claimtrack.sources.patterns import constants, fill, heads, offices, patterns


@pytest.mark.parametrize("code", available())
def test_every_pack_knows_links_people_and_organisations(code: str) -> None:
    known = facts(code)
    assert {"in", "of", "to", "and", "via"} <= known.links.keys()
    assert {SourceType.ANONYMOUS, SourceType.WITNESS, SourceType.EXPERT} <= known.unnamed.keys()
    assert SourceType.NEWS_OUTLET in known.collective
    posts = {"speaker"}  # whose words are the names of a post that every state has
    assert known.offices.keys() == offices().keys() - posts
    assert known.heads.keys() == heads().keys()


@pytest.mark.parametrize("code", available())
def test_every_pattern_can_be_recognised_in_every_language(code: str) -> None:
    for pattern in patterns().values():
        templates = pattern.templates.get(code, ())
        assert any(constants(template) for template in templates), pattern.key


def test_a_language_without_a_pack_knows_nothing() -> None:
    assert facts("tlh") == Facts()


@pytest.mark.parametrize(
    ("loaded", "words"),
    [
        ({"colours": ["red"]}, "colours"),
        ({"unnamed": {"ghost": ["a ghost"]}}, "unnamed.ghost"),
        ({"fillers": "several"}, "fillers"),
        ({"fillers": [1]}, "fillers.0"),
        ({"offices": {"jester": ["jester"]}}, "offices.jester"),
        ({"heads": {"circus": ["circus"]}}, "heads.circus"),
    ],
)
def test_wrong_facts_are_refused_by_file_and_key(loaded: dict[str, object], words: str) -> None:
    with pytest.raises(PackError) as caught:
        check_facts(loaded, "sources.yaml")
    assert words in str(caught.value)
    assert caught.value.file == "sources.yaml"


def test_a_template_without_its_words_is_not_filled() -> None:
    assert fill("Embassy of {of}, {host}", {"of": "Zedia"}, frozenset()) is None
    assert fill("Embassy of {of}", {"of": "Zedia"}, frozenset()) == "Embassy of Zedia"


def test_an_article_is_joined_to_each_word_of_an_adjective() -> None:
    slots = {"m": "كوري شمالي"}
    assert fill("الجيش ال{m}", slots, frozenset({"m"})) == "الجيش الكوري الشمالي"
