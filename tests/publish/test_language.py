"""The interface's languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel import Locale

import claimtrack.publish
from claimtrack.analysis.versions import Change
from claimtrack.model import vocabulary
from claimtrack.publish.language import catalogues, choose, direction
from claimtrack.review.corrections import Action
from claimtrack.review.queues import Queue

PACKAGE = Path(claimtrack.publish.__file__).parent
CATEGORIES = ("zero", "one", "two", "few", "many", "other")
WARNED = (
    *("high", "low", "untraceable", "circle_attribution", "circle_document", "circle_outlet"),
    *("lost_source", "more_certain", "numbers", "impossible", "future"),
)
COUNTED = (
    *("label.origins", "label.untraced", "label.articles"),
    *("reports", "sources", "unnamed", "unnamed_sources", "documents", "versions", "results"),
    *(
        "rests",
        "seen",
        "pairs",
        "could_precede",
        "edited",
        "left_out",
        "not_shown",
        "and_more",
        *(f"warning.{each}" for each in WARNED),
    ),
)
VOCABULARIES = {
    "kind": vocabulary.Kind,
    "channel": vocabulary.Channel,
    "stance": vocabulary.Stance,
    "assertion": vocabulary.Assertion,
    "source_type": vocabulary.SourceType,
    "source_kind": vocabulary.SourceKind,
    "name_kind": vocabulary.NameKind,
    "relation": vocabulary.SourceRelationKind,
    "verdict": vocabulary.Verdict,
    "origin_kind": vocabulary.OriginKind,
    "relation_back": vocabulary.SourceRelationKind,
    "change": Change,
    "loop_level": vocabulary.LoopLevel,
    "time_evidence": vocabulary.TimeEvidence,
    "modality": vocabulary.Modality,
    "sign": vocabulary.Sign,
    "correction": Action,
    "queue": Queue,
    "queue_note": Queue,
}

CHOICES = [
    (None, None, "", "en"),
    ("ar", None, "en", "ar"),
    ("xx", "ar", "en", "ar"),
    (None, "<script>", "ar", "ar"),
    (None, None, "ar-SY,en;q=0.8", "ar"),
    (None, None, "en;q=0.3, ar;q=0.9", "ar"),
    (None, None, "fr, de;q=0.5", "en"),
    (None, None, "ar;q=0, en;q=0.1", "en"),
    (None, None, "ar;q=much", "en"),
    (None, None, "fr, AR", "ar"),
]


@pytest.mark.parametrize(("asked", "remembered", "accepted", "expected"), CHOICES)
def test_the_address_decides_then_the_cookie_then_the_browser(
    asked: str | None, remembered: str | None, accepted: str, expected: str
) -> None:
    assert choose(asked, remembered, accepted).code == expected


@pytest.mark.parametrize("code", catalogues())
def test_every_catalogue_says_everything(code: str) -> None:
    catalogue = catalogues()[code]
    plural = {f"{key}.{form}" for key in COUNTED for form in CATEGORIES}
    english = set(catalogues()["en"].messages) - plural
    assert set(catalogue.messages) - plural == english
    forms = {*Locale.parse(code).plural_form.tags, "other"}
    assert set(catalogue.messages) & plural == {
        f"{key}.{form}" for key in COUNTED for form in forms
    }


@pytest.mark.parametrize("name", VOCABULARIES)
def test_every_value_of_a_vocabulary_has_a_name(name: str) -> None:
    for catalogue in catalogues().values():
        named = {key.partition(".")[2] for key in catalogue.messages if key.startswith(f"{name}.")}
        assert named == {value.value for value in VOCABULARIES[name]}


def test_every_message_a_page_asks_for_is_there() -> None:
    asked = set()
    for template in (PACKAGE / "templates").glob("ct_*.html"):
        asked |= set(re.findall(r"""\bt\(["']([a-z_.]+)["']""", template.read_text("utf-8")))
    assert len(asked) > 50
    assert asked <= set(catalogues()["en"].messages) | {
        *("field.", "counts.", "hit.", "claim.", "claim_relation.", "facet.", "formats."),
        *("graph.", "report.", "desk.role_", "queue.", "queue_note."),
    }


COUNTS = [
    ("ar", 0, "لا إسنادات"),
    ("ar", 1, "إسناد واحد"),
    ("ar", 2, "إسنادان"),
    ("ar", 3, "3 إسنادات"),
    ("ar", 11, "11 إسنادًا"),
    ("ar", 100, "100 إسناد"),
    ("en", 1, "1 report"),
    ("en", 1200, "1,200 reports"),
]


@pytest.mark.parametrize(("code", "number", "expected"), COUNTS)
def test_numbers_take_their_form(code: str, number: int, expected: str) -> None:
    assert catalogues()[code].count("reports", number) == expected


def test_what_nobody_has_a_name_for_is_shown_as_it_is() -> None:
    arabic = catalogues()["ar"]
    assert arabic.language("ar") == "العربية"
    assert arabic.language('"><script>') == '"><script>'
    assert arabic.country("XQ") == "XQ"
    assert arabic.term("stance", "new") == "new"


@pytest.mark.parametrize(
    ("code", "expected"),
    [("ar", "rtl"), ("he", "rtl"), ("ru", "ltr"), ("en-GB", "ltr"), ("", "auto"), ("<x>", "auto")],
)
def test_a_text_runs_as_its_language_does(code: str, expected: str) -> None:
    assert direction(code) == expected
