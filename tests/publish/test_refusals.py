"""Why something was not recorded is told in the reader's language, whatever a form meets with."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from importlib import import_module
from inspect import getsource

import pytest

from claimtrack.publish.deciding.refusals import worded
from claimtrack.publish.language import catalogues

REFUSING = (
    *("review.corrections", "review.verdicts", "store.corrections", "store.corrected"),
    *("store.grades", "store.notes", "publish.deciding.attributions"),
    *("publish.deciding.drafts", "publish.deciding.pages", "publish.deciding.words"),
)
"""What records a decision of the site's forms, and what reads those."""

TOLD_OTHERWISE = {
    "UnknownIdError": "No {} has the id {}. {}",
    "RatingError": "{} is no label of the scale {}. Give one of: {}.",
}
"""Errors that make their message of what they are given."""

BY_THEMSELVES = {"RetiredError", "DecidedMeanwhileError", "HeldError"}
"""Those that a page tells in its own way."""

OF_A_USER = "--user"
"""Nobody decides on the site without a name."""


def raised(name: str) -> Iterator[str]:
    """Yield the messages that a module raises, § in the place of what is filled in."""
    for node in ast.walk(ast.parse(getsource(import_module(f"claimtrack.{name}")))):
        call = node.exc if isinstance(node, ast.Raise) else None
        if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Name):
            continue
        error = call.func.id
        if error in BY_THEMSELVES:
            continue
        if error in TOLD_OTHERWISE:
            yield TOLD_OTHERWISE[error].replace("{}", "§")
            continue
        yield ": ".join(words(each) for each in call.args)


def words(node: ast.expr) -> str:
    if isinstance(node, ast.JoinedStr):
        return "".join(words(each) for each in node.values)
    return str(node.value) if isinstance(node, ast.Constant) else "§"


MESSAGES = sorted(
    {
        each
        for name in REFUSING
        for each in raised(name)
        if OF_A_USER not in each and each.strip("§: ")
    }
)


@pytest.mark.parametrize("message", MESSAGES)
def test_whatever_is_refused_is_told_in_arabic(message: str) -> None:
    told = worded(catalogues()["ar"], message)
    assert "lang=" not in told, f"give {message!r} a name in refusals.yaml, and words in messages/"


def test_there_is_much_that_can_be_refused() -> None:
    assert len(MESSAGES) > 40


def test_the_words_are_filled_in_each_in_its_own_direction() -> None:
    told = worded(
        catalogues()["ar"], "'<b>' is no grade of a claim's credibility. Give one of 1, 2."
    )
    assert "<bdi>&lt;b&gt;</bdi>" in told
    assert "<bdi>1, 2</bdi>" in told
    said = worded(catalogues()["en"], "content 3:3 holds no word. Give one that does.")
    assert said == "What is marked holds no word (<bdi>Claim</bdi>). Mark one that does."


def test_what_nobody_foresaw_is_told_as_the_commands_tell_it() -> None:
    told = worded(catalogues()["ar"], "<The disk> is full.")
    assert told == '<bdi lang="en" dir="ltr">&lt;The disk&gt; is full.</bdi>'


def test_pages_of_what_was_sent_are_read_through_once() -> None:
    told = worded(catalogues()["ar"], ": " * 75_000)
    assert told.startswith('<bdi lang="en"')
