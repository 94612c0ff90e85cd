"""A pack's examples are its tests: each row is found to the letter."""

from __future__ import annotations

import csv

import pytest

from claimtrack.lang.pack import available, pack_file
from tests.extract.reading import read, said, words


def _rows() -> list[tuple[str, dict[str, str]]]:
    found = []
    for code in available():
        with pack_file(code, "examples.csv").open(encoding="utf-8", newline="") as handle:
            found += [(code, row) for row in csv.DictReader(handle)]
    return found


def _wanted(attributes: str) -> dict[str, str]:
    """Read "stance=distancing via=two words": a value goes on until the next name."""
    wanted: dict[str, str] = {}
    last = ""
    for word in attributes.split():
        name, equals, value = word.partition("=")
        if equals:
            wanted[name] = value
        else:
            wanted[last] += f" {word}"
        last = name if equals else last
    return wanted


@pytest.mark.parametrize(
    ("code", "row"), _rows(), ids=lambda value: value if isinstance(value, str) else value["text"]
)
def test_an_example_of_a_pack_is_read_as_it_says(code: str, row: dict[str, str]) -> None:
    text = row["text"]
    found = read(text, code).attributions
    matching = [
        one for one in found if said(text, one) == (row["source"], row["cue"], row["content"])
    ]
    assert len(matching) == 1, [said(text, one) for one in found]
    by_key = {one.key: words(text, one.cue) for one in found}
    for name, value in _wanted(row["attributes"]).items():
        got = getattr(matching[0], name)
        if name in ("via", "responds_to"):
            got = by_key.get(got, "")
        elif name == "antecedent":
            got = words(text, got)
        assert got == value, name


@pytest.mark.parametrize("code", available())
def test_a_pack_has_examples(code: str) -> None:
    assert sum(found == code for found, _ in _rows()) >= 10
