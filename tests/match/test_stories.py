"""Stories of the invented cast, as a reader counts them and as `add`, `link` and `trace` do.

The counts in tests/data/stories were made before the program read the stories. What it does not
find is named here, and why.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.kit import ROOT

STORIES = ROOT / "tests" / "data" / "stories"
TOLD = json.loads((STORIES / "expected.json").read_text("utf-8"))["stories"]
NOT_YET = {
    "airbase-c2": "“every one of them” is not known to be the missiles",
    "estate-c3": "a sentence after a reported one is taken for its second half",
    "dam-c8": "two short articles of one matter that have hardly a word in common",
    "ferry-c8": "a sentence that tells who was aboard and that it capsized is of both claims",
    "ban-c7": "an outlet's own sentence in words that nobody else has is joined to nothing",
    "seizure-c3": "a Russian sentence with two claims is read as one of them",
    "seizure-c7": "who speaks in a participle (“saying that …”) has no words to be known by",
}


@pytest.fixture
def judging(monkeypatch: pytest.MonkeyPatch) -> Iterator[object]:
    monkeypatch.syspath_prepend(str(ROOT / "benchmarks"))
    import stories  # noqa: PLC0415 (no part of the package)

    yield stories
    sys.modules.pop("stories")


@pytest.mark.parametrize("name", TOLD)
def test_a_story_is_counted_as_a_reader_counts_it(
    judging: object, name: str, tmp_path: Path
) -> None:
    found = judging.story(  # type: ignore[attr-defined]
        tmp_path / "story.db", STORIES / f"{name}.jsonl", TOLD[name]
    )
    wrong = {one.claim: one for one in found.verdicts if not one.right}
    assert set(wrong) == {one for one in NOT_YET if one.startswith(name)}, wrong
