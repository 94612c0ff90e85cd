"""Who was taken for the source: right and wrong, by class."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from claimtrack.errors import ScoreError
from claimtrack.evaluation.names import NameClass, Wanted, name_rows, read_names, score_names
from claimtrack.evaluation.score import compare
from claimtrack.evaluation.told import NOBODY, Sources, Told
from claimtrack.sources import Registry, Resolver

from .building import LENA, OMAR, lines

KNOWN = {
    "source-ministry": Told(("Lunar Ministry", "وزارة القمر"), registered=True, unnamed=False),
    "source-lena": Told(("Lena",), registered=False, unnamed=False),
    "source-omar": Told(("Omar",), registered=False, unnamed=False),
    "source-somebody": Told(("a source",), registered=False, unnamed=True),
    "source-president": Told(("Lena",), registered=True, unnamed=False),
}


def lookup(source_id: str | None, name: str | None, lang: str) -> Told:
    return KNOWN.get(source_id or "", NOBODY)


def right(gold: list[tuple[str, str]], pred: list[tuple[str | None, str]], wanted: Wanted) -> int:
    """Return how many of two attributions are right; each is (source, type)."""
    said = (LENA, OMAR)
    wanted_lines = lines(
        *(one | {"source_name": name, "source_type": sort} for one, (name, sort) in
          zip(said, gold, strict=False))
    )  # fmt: skip
    guesses = lines(
        *(one | {"source_id": source, "source_type": sort} for one, (source, sort) in
          zip(said, pred, strict=False))
    )  # fmt: skip
    names = {name: wanted._replace(canonical=wanted.canonical or name) for name, _ in gold}
    if wanted.group is NameClass.UNNAMED:
        names = {name: wanted for name, _ in gold}
    scores = score_names(compare(wanted_lines, guesses), names, lookup)
    (tally,) = [each for each in scores.tallies if each.matched]
    assert (tally.group, tally.matched) == (wanted.group, len(gold))
    return tally.right


BODY = Wanted("lunar  ministry", NameClass.BODY)
UNNAMED = Wanted("", NameClass.UNNAMED)
PERSON = Wanted("", NameClass.PERSON)


@pytest.mark.parametrize(
    ("source", "found"), [("source-ministry", 1), ("source-lena", 0), (None, 0)]
)
def test_a_body_is_right_when_one_of_its_names_is_the_canonical_one(
    source: str | None, found: int
) -> None:
    assert right([("the ministry", "government")], [(source, "other")], BODY) == found


@pytest.mark.parametrize(
    ("source", "sort", "found"),
    [("source-somebody", "witness", 1), ("source-somebody", "other", 0), (None, "witness", 1),
     ("source-lena", "witness", 0)],
)  # fmt: skip
def test_an_unnamed_source_names_nobody_and_is_of_the_type(
    source: str | None, sort: str, found: int
) -> None:
    assert right([("a witness", "witness")], [(source, sort)], UNNAMED) == found


@pytest.mark.parametrize(
    ("gold", "pred", "found"),
    [
        (("Lena", "Omar"), ("source-lena", "source-omar"), 2),
        (("Lena", "Omar"), ("source-lena", "source-lena"), 0),
        (("Lena", "Lena"), ("source-lena", "source-lena"), 2),
        (("Lena", "Lena"), ("source-lena", "source-omar"), 1),
        (("Lena", "Omar"), ("source-president", "source-omar"), 1),
        (("Lena", "Omar"), (None, "source-somebody"), 0),
    ],
)
def test_a_person_is_one_source_of_its_own(
    gold: tuple[str, str], pred: tuple[str | None, str | None], found: int
) -> None:
    wanted = [(name, "witness") for name in gold]
    assert right(wanted, [(source, "witness") for source in pred], PERSON) == found


def test_a_gold_name_that_the_table_lacks_is_told_and_not_judged() -> None:
    gold = lines(LENA | {"source_name": "Nora"})
    scores = score_names(compare(gold, lines(LENA)), {}, lookup)
    assert scores.unlisted == ("Nora",)
    assert name_rows(scores)[1:] == [[each.value, "0", "0", "–"] for each in NameClass]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("gold_name,canonical\nA,B\n", ":1: no column 'class'"),
        ("gold_name,canonical,class\nA,B,planet\n", ":2: unknown class 'planet'"),
        ("gold_name,canonical,class\nA,B,body\nA,C,body\n", ":3: 'A' stands above"),
        ("gold_name,canonical,class\nA,B\n", ":2: the row has too many or few cells"),
        ("gold_name,canonical,class\nA,B,body,C\n", ":2: the row has too many or few cells"),
        ('gold_name,canonical,class\n"A,B,body\n', ":2: not CSV"),
    ],
)
def test_a_wrong_table_is_told_by_file_and_line(tmp_path: Path, text: str, problem: str) -> None:
    path = tmp_path / "names.csv"
    path.write_text(text)
    with pytest.raises(ScoreError, match=problem):
        read_names(path)


@pytest.fixture(scope="module")
def sources() -> Sources:
    registry = Registry.load()
    return Sources(registry, Resolver(registry), ())


def identity(registry: Registry, key: str) -> tuple[str, str]:
    source = registry.get(key)
    assert source is not None
    return source.id, source.name


@pytest.mark.parametrize("key", ["us-defence", "ke:foreign", "us-defence/spokesperson"])
def test_sources_of_the_registry_are_told_by_their_ids_alone(sources: Sources, key: str) -> None:
    found: Any = sources.told(*identity(Registry.load(), key), "ar")
    assert found.registered
    assert len(found.names) > 1


def test_who_has_no_id_of_ours_is_told_by_the_name(sources: Sources) -> None:
    told = sources.told("other-1", "مصدر أمني", "ar")
    assert (told.names, told.registered, told.unnamed) == (("مصدر أمني",), False, True)
    assert sources.told(None, None, "ar") == NOBODY
