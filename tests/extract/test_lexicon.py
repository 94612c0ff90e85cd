"""A pack's files are checked at the door: a bad row is an error naming file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from claimtrack.errors import PackError, UnknownLanguageError
from claimtrack.extract import lexicon as module
from claimtrack.lang import pack

GOOD = {
    "pack.yaml": "code: xx\n",
    "grammar.yaml": "subject: before\nthat: [ke]\nprepositions: [de]\n",
    "verbs.csv": "base,assertion,stance,channel,takes\ndiri,assert,neutral,,that\n",
    "forms.csv": "lemma,tag,forms\ndiri,past.ms,diris\n",
    "particles.csv": "form,stance,opens\nlau,neutral,source\n",
    "nouns.csv": "form,assertion,stance,opens\naserto,assert,neutral,that\n",
    "channels.csv": "phrase,channel\ndeklaro,statement\n",
}


@pytest.fixture
def packs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder of packs that holds one good pack, in the place of the shipped ones."""
    folder = tmp_path / "packs" / "xx"
    folder.mkdir(parents=True)
    for name, text in GOOD.items():
        (folder / name).write_text(text, "utf-8")
    monkeypatch.setattr(pack, "PACKS", tmp_path / "packs")
    for cached in (pack.available, pack.read_yaml, pack.pack_digest, module.lexicon):
        cached.cache_clear()
    yield folder
    monkeypatch.undo()
    for cached in (pack.available, pack.read_yaml, pack.pack_digest, module.lexicon):
        cached.cache_clear()


def test_a_good_pack_is_read(packs: Path) -> None:
    found = module.lexicon("xx")
    assert found.forms["diris"][0].cue.lemma == "diri"
    assert found.that == {"ke"}


def test_a_pack_needs_no_more_than_its_name(packs: Path) -> None:
    for name in GOOD:
        if name != "pack.yaml":
            (packs / name).unlink()
    assert module.lexicon("xx").forms == {}


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("grammar.yaml", "that: [ke", "not YAML"),
        ("grammar.yaml", "- ke\n", "must be a mapping"),
        ("grammar.yaml", "negations: [no]\n", "negations must be a list of words"),
        ("grammar.yaml", "negatoins: [ne]\n", "unknown list 'negatoins'"),
        ("verbs.csv", GOOD["verbs.csv"] + "x,shout,neutral,,that\n", "verbs.csv:3"),
        ("verbs.csv", GOOD["verbs.csv"] + "x,assert\n", "verbs.csv:3"),
        ("forms.csv", GOOD["forms.csv"] + "paroli,past.ms,parolis\n", "forms.csv:3"),
        ("particles.csv", "form,stance,opens\nlau,neutral,door\n", "particles.csv:2"),
        ("nouns.csv", "form,assertion,stance,opens\nx,assert,sideways,that\n", "nouns.csv:2"),
        ("channels.csv", "phrase,channel\nx,smoke\n", "channels.csv:2"),
    ],
)
def test_a_bad_row_is_an_error_naming_file_and_line(
    packs: Path, name: str, text: str, said: str
) -> None:
    (packs / name).write_text(text, "utf-8")
    with pytest.raises(PackError) as caught:
        module.lexicon("xx")
    assert said in str(caught.value)
    assert name in str(caught.value)


def test_an_unknown_language_is_an_error_naming_the_packs_there_are(packs: Path) -> None:
    with pytest.raises(UnknownLanguageError, match="Installed: xx"):
        module.lexicon("yy")


def test_a_digest_follows_every_file_of_a_pack(packs: Path) -> None:
    before = pack.pack_digest("xx")
    pack.pack_digest.cache_clear()
    (packs / "channels.csv").write_text("phrase,channel\nradio,broadcast\n", "utf-8")
    assert pack.pack_digest("xx") != before
