"""What the readers of word lists make of a user's own files: more words, or an error."""

from __future__ import annotations

from pathlib import Path

import pytest

from claimtrack import ingest
from claimtrack.errors import PackError
from claimtrack.ingest.dates import stated
from claimtrack.ingest.language import detect
from claimtrack.ingest.layout import layout_of
from claimtrack.ingest.phrases import LineKind, phrases
from claimtrack.lang.pack import Packs
from claimtrack.match.rules import between
from claimtrack.model.vocabulary import SourceType
from claimtrack.sources.facts import facts

from .test_pack import write

BAD = [
    ("boilerplate.yaml", "buttons: [a]\nbutons: [b]", ":2: unknown key 'butons'. Is it buttons?"),
    ("boilerplate.yaml", "buttons: [no]", ":1: buttons must be a list of words; quote yes, no"),
    ("boilerplate.yaml", "buttons: ['']", ":1: buttons must be a list of words"),
    ("dates.yaml", "months: [may]", ":1: months must be a mapping of lists"),
    ("dates.yaml", "months: {13: [xo]}", ":1: months has no 13"),
    ("dates.yaml", "zones: {utc: [xo]}", ":1: zones has no 'utc'"),
    ("dates.yaml", "months: {5: xo}", ":1: months.5 must be a list of words"),
    ("dates.yaml", "beside: xo", ":1: beside must be a list of words"),
    ("script.yaml", "letters: 'z-a'\nforeign: x", ":1: letters is no range of characters"),
    ("script.yaml", "foreign: x", ": letters is missing"),
    ("joints.yaml", "joint: [a]", ":1: unknown key 'joint'. Is it joints?"),
    ("joints.yaml", "joints: ['(a']", ":1: '(a' is no regular expression"),
    ("match.yaml", "betwen: [xo]", ":1: unknown key 'betwen'. Is it between?"),
    ("sources.yaml", "unnamed: {nobody: [xo]}", ":1: unnamed.nobody"),
    ("sources.yaml", "article: x\nheadz: {}", ":2: unknown key 'headz'. Is it heads?"),
    ("sources.yaml", "offices: {janitor: [xo]}", ":1: offices.janitor: not in offices.csv"),
]


def read_all(ours: Packs) -> None:
    ingest.check(ours)
    between("xx", ours)
    facts("xx", ours)


@pytest.mark.parametrize(("name", "text", "problem"), BAD)
def test_a_wrong_value_is_an_error_naming_file_and_line(
    tmp_path: Path, name: str, text: str, problem: str
) -> None:
    ours = Packs.load(write(tmp_path, xx__pack_yaml="code: xx"))
    (tmp_path / "xx" / name).write_text(text, "utf-8")
    with pytest.raises(PackError) as caught:
        read_all(ours)
    assert f"{name}{problem}" in str(caught.value)


def test_a_button_of_ours_is_no_text(tmp_path: Path) -> None:
    ours = Packs.load(write(tmp_path, en__boilerplate_yaml="buttons: [ask the gnome]"))
    assert phrases(ours).kind("Ask the Gnome") is LineKind.BUTTON
    assert phrases().kind("Ask the Gnome") is LineKind.TEXT
    page = "The dam at Badrun is ready.\n\nEngineers said the gates were tested.\n\nAsk the gnome\n"
    assert [span.of(page) for span in layout_of(page, packs=ours).boilerplate] == ["Ask the gnome"]
    assert layout_of(page).boilerplate == ()


def test_a_month_of_ours_is_read(tmp_path: Path) -> None:
    ours = Packs.load(write(tmp_path, en__dates_yaml="months: {5: [florette]}"))
    assert stated("4 Florette 2026", ours).iso() == "2026-05-04"
    assert stated("4 Florette 2026").utc is None


def test_a_language_of_ours_is_told_by_its_letters(tmp_path: Path) -> None:
    files = {"xx__pack_yaml": "code: xx", "xx__script_yaml": "letters: 'ა-ჰ'\nforeign: 'ა'"}
    ours = Packs.load(write(tmp_path, **files))
    assert detect("ბბბ გგგ დდდ", ours) == "xx"


def test_words_between_reports_are_added_to_those_that_ship(tmp_path: Path) -> None:
    ours = Packs.load(write(tmp_path, ar__match_yaml="between: [لقد]"))
    assert between("ar", ours) == between("ar") | {"لقد"}
    assert between("xx", ours) == frozenset()


def test_words_for_sources_are_added_to_those_that_ship(tmp_path: Path) -> None:
    ours = Packs.load(write(tmp_path, en__sources_yaml="unnamed: {witness: [lamplighter]}"))
    shipped = facts("en").unnamed[SourceType.WITNESS]
    assert facts("en", ours).unnamed[SourceType.WITNESS] == (*shipped, "lamplighter")
    assert facts("en", ours).titles == facts("en").titles
