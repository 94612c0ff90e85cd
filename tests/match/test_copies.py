"""Whether one text is worded after another, which relays and origins rest on."""

from __future__ import annotations

import pytest

from claimtrack.match.copies import RUN, copied

TOLD = "The ferry to Qasroun, which was closed for a week, sails again tomorrow"


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (TOLD.upper(), True),
        ("It said: the FERRY to Qasroun which was closed; more is not known", True),
        ("It said: the ferry to Qasroun which was shut; more is not known", False),
        ("Tomorrow the ferry sails again", False),
        ("", False),
    ],
    ids=["in capitals", "a run of words", "a run a word too short", "few words", "no words"],
)
def test_a_text_is_copied_where_it_shares_a_run_of_words(other: str, expected: bool) -> None:
    assert copied(TOLD, other) is copied(other, TOLD) is expected


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        ("the ferry to qasroun sails again today", True),
        ("the ferry to dravnik sails again", False),
    ],
    ids=["a word more", "another word"],
)
def test_a_text_too_short_for_a_run_is_copied_where_most_shingles_are(
    other: str, expected: bool
) -> None:
    short = "The ferry to Qasroun sails again"
    assert len(short.split()) < RUN
    assert copied(short, other) is expected
