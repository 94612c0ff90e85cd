from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimtrack.errors import PackError, UnknownLanguageError
from claimtrack.lang.pack import available
from claimtrack.text import stem
from claimtrack.text.fold import fold
from claimtrack.text.stem import MARK, rules, stems

# Each row: words that a reader takes for forms of one word.
FAMILIES = (
    "البنتاغون بنتاغون والبنتاغون للبنتاغون بالبنتاغون",
    "السفارة سفارة سفارتها سفارات بسفارتها والسفارات للسفارة",
    "وزارة الوزارة ووزارة وزارات بالوزارة",
    "وزير الوزير ووزير للوزير",
    "قال وقال فقال قالت قالوا",
    "أعلن أعلنت وأعلنت أعلنوا",
    "أمريكا الأمريكية أمريكي الأمريكيين وأمريكا",
    "روسيا الروسية الروس روسي لروسيا",
    "دمشق بدمشق ودمشق",
    "واشنطن بواشنطن وواشنطن لواشنطن",
    "الكويت كويتي الكويتية",
    "اتهام اتهامات اتهامها والاتهامات",
    "لبنان اللبنانية بلبنان",
    "посольство посольства посольстве посольством",
    "заявил заявила заявили заявить",
    "россия россии россию россией",
    "обстрел обстрела обстрелы обстрелов",
    "ракета ракеты ракетой ракетами",
    "embassy embassies",
    "attack attacks attacked attacking",
    "missile missiles",
    "deny denies denied denying",
    "accuse accused accuses",
    "crash crashes crashed",
)

# Each row: words that must not be taken for one.
STRANGERS = (
    "وزير زير",
    "وكالة كالة",
    "بيان يان",
    "بلاد لاد",
    "فريق ريق",
    "سفير فير",
    "فرنسا رنسا",
    "дом том",
    "plane plan",
    "совет сова",
)


@pytest.mark.parametrize("family", FAMILIES)
def test_the_forms_of_a_word_share_a_stem(family: str) -> None:
    found = [set(stems(fold(word))) for word in family.split()]
    assert set.intersection(*found), found


@pytest.mark.parametrize("strangers", STRANGERS)
def test_other_words_share_none(strangers: str) -> None:
    one, other = (set(stems(fold(word))) for word in strangers.split())
    assert not one & other


@pytest.mark.parametrize("word", ["123", "a1", "русский1", "ab-c", "", "漢字"])
def test_what_is_no_word_of_a_pack_has_no_stem(word: str) -> None:
    assert stems(word) == ()


@pytest.mark.parametrize("word", ["من", "ال", "не", "is", "a"])
def test_short_words_are_left_whole(word: str) -> None:
    assert stems(fold(word)) == (MARK + fold(word),)


@given(st.text("ابتثوفلكسيهن", min_size=1, max_size=12))
@settings(deadline=None)
def test_stems_are_marked_and_stand_in_the_word(word: str) -> None:
    found = stems(word)
    assert found == tuple(sorted(set(found)))
    assert all(each.startswith(MARK) and each.removeprefix(MARK) in word for each in found)
    assert all(len(each) >= len(MARK) + min(3, len(word)) for each in found)


@pytest.mark.parametrize("code", ["ar", "en", "ru"])
def test_what_is_cut_is_written_as_folded_text(code: str) -> None:
    held = rules(code)
    assert held
    endings = [ending for group in held.suffixes for ending in group]
    for each in (*held.prefixes, *held.proclitics, *endings, *held.whole):
        assert each == fold(each)
        assert each
    for group in (held.prefixes, held.whole):
        assert len(group) == len(set(group))


def test_every_pack_of_ours_says_what_it_cuts() -> None:
    assert all(rules(code) for code in ("ar", "en", "ru"))
    assert set(available()) >= {"ar", "en", "ru"}


def test_an_unknown_pack_is_named() -> None:
    with pytest.raises(UnknownLanguageError, match="'xx'"):
        rules("xx")


@pytest.fixture
def pack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of packs with one pack in it."""
    monkeypatch.setattr("claimtrack.lang.pack.PACKS", tmp_path)
    (tmp_path / "qm").mkdir()
    (tmp_path / "qm" / "pack.yaml").write_text("code: qm\n")
    caches = (stem.available, stem.read_yaml, stem._stemmers, stem.stems)
    for each in caches:
        each.cache_clear()
    yield tmp_path / "qm"
    for each in caches:
        each.cache_clear()


def test_a_pack_without_stems_cuts_nothing(pack: Path) -> None:
    assert rules("qm") is None
    assert stems("attacks") == ()


def test_a_new_language_is_a_file(pack: Path) -> None:
    (pack / "stems.yaml").write_text(
        "letters: a-z\nleave: 2\nrounds: 1\nsuffixes: [[us, o], [m]]\n"
    )
    assert stems("servus") == ("xsserv", "xsservus")
    assert stems("1") == ()


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("letters: a-z\nleave: 0\nrounds: 1\n", "leave: Input should be greater than 0"),
        ("letters: a-z\nleave: 1\nrounds: 1\nsufixes: []\n", "sufixes: Extra inputs"),
        ("letters: a-z\nleave: 1\nrounds: 1\nsuffixes: [a]\n", "suffixes.0: Input should be"),
        ("leave: 1\nrounds: 1\n", "letters: Field required"),
        ("letters: 'z-a'\nleave: 1\nrounds: 1\n", "letters: .*not the inside of"),
    ],
)
def test_a_wrong_file_is_named_with_its_fault(pack: Path, text: str, problem: str) -> None:
    (pack / "stems.yaml").write_text(text)
    with pytest.raises(PackError, match=problem) as caught:
        stems("attacks")
    assert caught.value.file.endswith("stems.yaml")
