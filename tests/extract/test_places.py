"""Names of places beside each other, and behind a post: they begin an object, or end a subject."""

from __future__ import annotations

from pathlib import Path

import pytest

from claimtrack.extract import RulesEngine
from claimtrack.lang.pack import Packs
from claimtrack.model.document import Article, Layout
from claimtrack.model.span import Span
from tests.extract.reading import said


@pytest.fixture
def engine(tmp_path: Path) -> RulesEngine:
    """Return an engine to which two invented places are known."""
    grammar = tmp_path / "ar" / "grammar.yaml"
    grammar.parent.mkdir()
    grammar.write_text("places: [قمرية, ليسارنا]\n", "utf-8")
    return RulesEngine(Packs.load(tmp_path))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "نفى مدير صحة ليسارنا نادر سعيد تسجيل أي إصابة.",
            ("مدير صحة ليسارنا نادر سعيد", "نفى", "تسجيل أي إصابة"),
        ),
        (
            "نفى مدير صحة ليسارنا، الطبيب نادر سعيد، تسجيل أي إصابة.",
            ("مدير صحة ليسارنا، الطبيب نادر سعيد", "نفى", "تسجيل أي إصابة"),
        ),
        (
            "اتهم زعيم الحركة ليسارنا بإغلاق المعبر.",
            ("زعيم الحركة", "اتهم", "ليسارنا بإغلاق المعبر"),
        ),
        (
            "دعت كل من قمرية وليسارنا الأطراف إلى الحوار.",
            ("كل من قمرية وليسارنا", "دعت", "الأطراف إلى الحوار"),
        ),
    ],
    ids=["a post of a place", "and who holds it behind a comma", "the accused", "two places"],
)
def test_a_place_belongs_to_the_subject_or_begins_the_object(
    engine: RulesEngine, text: str, told: tuple[str, str, str]
) -> None:
    layout = Layout(body=(Span(0, len(text)),))
    article = Article(text=text, place="test", layout=layout, lang="ar")
    assert [said(text, one) for one in engine.attribute(article).attributions] == [told]
