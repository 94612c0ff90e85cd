"""Folders of a user's own extend the shipped packs, file by file, and are checked before."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from claimtrack.errors import PackError, UnknownLanguageError
from claimtrack.lang.pack import (
    FILES,
    PACKS,
    SHIPPED,
    Packs,
    available,
    pack_digest,
    pack_file,
    pack_files,
    read_yaml,
)


def write(folder: Path, **files: str) -> Path:
    """Write files `ar/match.yaml` (here `ar__match_yaml`) into a folder and return it."""
    for name, text in files.items():
        path = folder / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


def test_every_file_that_ships_is_a_file_of_a_pack() -> None:
    shipped = {path.name for path in PACKS.glob("*/*") if path.is_file()}
    assert shipped <= set(FILES)


@pytest.mark.parametrize(
    ("names", "problem"),
    [
        ([], "holds no language, such as ours/ar/verbs.csv"),
        (["README.md"], "holds no language"),
        (["verbs.csv"], "ours/verbs.csv: belongs in a folder named by its language"),
        (["ar/verb.csv"], "ours/ar/verb.csv: no file of a pack. Is it verbs.csv?"),
        (["ar/grammar.yml"], "ours/ar/grammar.yml: no file of a pack. Is it grammar.yaml?"),
        (["ar/stems.yaml"], "ours/ar/stems.yaml: search needs the same stems"),
        (["arabic/verbs.csv"], "ours/arabic: no language code such as ar"),
        (["ae/verbs.csv"], "ours/ae: a new language needs a pack.yaml. There are packs for ar, en"),
    ],
)
def test_a_folder_that_is_laid_out_otherwise_is_refused(
    tmp_path: Path, names: list[str], problem: str
) -> None:
    ours = tmp_path / "ours"
    ours.mkdir()
    for name in names:
        (ours / name).parent.mkdir(exist_ok=True)
        (ours / name).write_text("")
    with pytest.raises(PackError) as caught:
        Packs.load(ours)
    assert problem in str(caught.value)
    assert len(str(caught.value).splitlines()) == 1


def test_a_folder_that_is_not_there_is_named_with_where_it_comes_from(tmp_path: Path) -> None:
    with pytest.raises(PackError, match=r"nowhere: no such folder.*CLAIMTRACK_PACKS"):
        Packs.load(tmp_path / "nowhere")


def test_notes_licences_and_hidden_files_may_lie_beside_the_data(tmp_path: Path) -> None:
    ours = write(tmp_path, ar__match_yaml="between: [لقد]", ar__NOTES_md="x", LICENSE="y")
    (ours / ".git").mkdir()
    (ours / "ar" / ".verbs.csv").write_text("")
    assert Packs.load(ours).extended() == ("ar",)


def test_a_language_is_there_where_its_pack_is(tmp_path: Path) -> None:
    ours = Packs.load(write(tmp_path, xx__pack_yaml="code: xx"))
    assert available(ours) == tuple(sorted([*available(), "xx"]))
    assert read_yaml("xx", "pack.yaml", ours) == {"code": "xx"}
    assert read_yaml("xx", "match.yaml", ours) == {}
    with pytest.raises(UnknownLanguageError, match="Installed: ar, en, ru"):
        read_yaml("xx", "pack.yaml")
    with pytest.raises(UnknownLanguageError, match="'xx'"):
        pack_file("xx", "pack.yaml")


def test_lists_are_added_to_and_single_values_replaced_at_any_depth(tmp_path: Path) -> None:
    first = write(
        tmp_path / "first",
        xx__pack_yaml="name: X",
        xx__sources_yaml="article: a\nlinks: {of: [de], to: [al]}\nslots: {f: [i, ie]}\nown: [ni]",
    )
    second = write(
        tmp_path / "second",
        xx__sources_yaml="article: la\nlinks: {of: [da, de], in: [en]}\nslots: {f: [o, oe]}",
    )
    assert read_yaml("xx", "sources.yaml", Packs.load(first, second)) == {
        "article": "la",
        "links": {"of": ["de", "da"], "to": ["al"], "in": ["en"]},
        "slots": {"f": ["o", "oe"]},
        "own": ["ni"],
    }


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("code: ar\ndirection: [rtl]", ":2: direction must be a single value, as it ships"),
        ("direction: {a: rtl}", ":1: direction must be a single value, as it ships"),
    ],
)
def test_a_value_of_another_form_than_the_shipped_one_is_an_error(
    tmp_path: Path, text: str, problem: str
) -> None:
    ours = Packs.load(write(tmp_path, ar__pack_yaml=text))
    with pytest.raises(PackError) as caught:
        read_yaml("ar", "pack.yaml", ours)
    assert str(caught.value).endswith(f"ar/pack.yaml{problem}")


@pytest.mark.parametrize("text", ["between: لقد", "between: {a: b}"])
def test_a_list_is_not_replaced_by_what_is_none(tmp_path: Path, text: str) -> None:
    ours = Packs.load(write(tmp_path, ar__match_yaml=text))
    with pytest.raises(PackError, match="between must be a list, as it ships"):
        read_yaml("ar", "match.yaml", ours)


def test_the_shipped_file_comes_first(tmp_path: Path) -> None:
    ours = Packs.load(write(tmp_path, ar__match_yaml="between: [لقد]"))
    assert pack_files("ar", "match.yaml", ours) == (
        PACKS / "ar" / "match.yaml",
        tmp_path / "ar" / "match.yaml",
    )
    assert pack_files("en", "match.yaml", ours) == pack_files("en", "match.yaml")


def test_a_digest_follows_every_file_wherever_the_folder_is(tmp_path: Path) -> None:
    ours = write(tmp_path / "ours", ar__match_yaml="between: [لقد]")
    same = Path(shutil.copytree(ours, tmp_path / "same"))
    other = write(tmp_path / "other", ar__match_yaml="between: [قط]")
    digest = pack_digest("ar", Packs.load(ours))
    assert digest == pack_digest("ar", Packs.load(same))
    assert len({digest, pack_digest("ar", Packs.load(other)), pack_digest("ar")}) == 3
    assert pack_digest("en", Packs.load(ours)) == pack_digest("en", SHIPPED)
