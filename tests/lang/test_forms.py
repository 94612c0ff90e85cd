"""The inflected forms in the packs are what the paradigm tables make of the lemmas."""

from __future__ import annotations

import csv
import importlib.util
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

SCRIPTS = Path(__file__).parents[2] / "scripts"


def _script(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, SCRIPTS / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", ["conjugate_ar", "conjugate_en", "conjugate_ru"])
def test_forms_are_what_the_script_writes(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = _script(name)
    shipped = script.PACK
    for lemmas in shipped.glob("*verbs.csv"):
        (tmp_path / lemmas.name).write_bytes(lemmas.read_bytes())
    monkeypatch.setattr(script, "PACK", tmp_path)
    script.main()
    written = {path.name for path in tmp_path.glob("*forms.csv")}
    assert written == {path.name for path in shipped.glob("*forms.csv")}
    for forms in written:
        assert (tmp_path / forms).read_text("utf-8") == (shipped / forms).read_text("utf-8")


def _forms(lemma: str, tag: str) -> Iterator[str]:
    path = SCRIPTS.parent / "src/claimtrack/lang/packs/ar/forms.csv"
    with path.open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            if (row["lemma"], row["tag"]) == (lemma, tag):
                yield from row["forms"].split()


@pytest.mark.parametrize(
    ("lemma", "tag", "form"),
    [
        ("قال", "past.fs", "قالت"),
        ("قال", "past.fp", "قلن"),
        ("قال", "present.ms", "يقل"),
        ("أفاد", "past.fp", "أفدن"),
        ("نفى", "past.mp", "نفوا"),
        ("نفى", "past.ms+", "نفا"),
        ("نفى", "present.mp", "ينفون"),
        ("دعا", "past.fs", "دعت"),
        ("دعا", "present.fs", "تدعو"),
        ("قيل", "present.ms", "يقل"),
        ("نوه", "present.fp", "ينوهن"),
        ("أيد", "present.fp", "يؤيدن"),
        ("رد", "past.fp", "رددن"),
        ("رأى", "present.ms+", "يرا"),
        ("وصف", "present.ms", "يصف"),
        ("أكد", "participle.mp", "مؤكدين"),
        ("دعا", "participle.ms", "داعيا"),
        ("دعا", "masdar+", "دعوت"),
        ("ادعى", "masdar+", "ادعاؤ"),
    ],
)
def test_arabic_verbs_of_every_shape_are_inflected(lemma: str, tag: str, form: str) -> None:
    assert form in list(_forms(lemma, tag))


@pytest.mark.parametrize(
    ("lemma", "form"), [("لوح", "يلح"), ("بين", "يبن"), ("أيد", "يؤد"), ("تخوف", "يتخف")]
)
def test_a_consonant_in_the_middle_of_a_verb_is_never_dropped(lemma: str, form: str) -> None:
    assert form not in list(_forms(lemma, "present.ms"))
