"""Bytes to text: the right characters, each in its place."""

from __future__ import annotations

from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.ingest.text import clean, mend, readable

SENTENCES = {
    "ar": "قالت وزارة الصحة القمرية إن القافلة وصلت إلى تل سدرون، ونفى رئيس البلدية ذلك؛ هل وصلت؟",
    "ru": "Минобороны Камарии опровергло сообщения об обстреле приграничной полосы.",
    "en": "The ministry said “the convoy has arrived” — the mayor’s naïve denial came at noon…",
}


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1256", "iso-8859-6"])
@pytest.mark.parametrize("times", [1, 50])
def test_arabic_is_read_in_any_of_its_code_pages(encoding: str, times: int) -> None:
    text = "\r\n".join([SENTENCES["ar"]] * times)
    assert clean(text.encode(encoding))[:2] == (text, 0)


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1251", "koi8-r"])
@pytest.mark.parametrize("times", [1, 50])
def test_russian_is_read_in_any_of_its_code_pages(encoding: str, times: int) -> None:
    text = "\n".join([SENTENCES["ru"]] * times)
    assert clean(text.encode(encoding))[:2] == (text, 0)


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1252"])
def test_english_is_read_in_any_of_its_code_pages(encoding: str) -> None:
    assert clean(SENTENCES["en"].encode(encoding))[:2] == (SENTENCES["en"], 0)


@given(st.text(st.characters(exclude_characters="\x00", codec="utf-8"), max_size=200))
def test_utf_8_comes_back_as_it_was(text: str) -> None:
    assert clean(BOM_UTF8 + text.encode())[:2] == (text, 0)


@given(st.text(st.characters(exclude_characters="\x00", codec="utf-8"), max_size=200))
def test_utf_16_with_its_mark_comes_back_as_it_was(text: str) -> None:
    assert clean(BOM_UTF16_LE + text.encode("utf-16-le"))[:2] == (text, 0)
    assert clean(BOM_UTF16_BE + text.encode("utf-16-be"))[:2] == (text, 0)


@given(st.text(st.one_of(st.characters(), st.sampled_from("\x00\ud800\udfff\ufffd")), max_size=50))
def test_surrogates_and_nuls_are_replaced_one_for_one_and_counted(text: str) -> None:
    bad = sum(letter == "\0" or "\ud800" <= letter <= "\udfff" for letter in text)
    expected = "".join(
        "\ufffd" if letter == "\0" or "\ud800" <= letter <= "\udfff" else letter for letter in text
    )
    assert mend(text) == (expected, bad)
    assert clean(BOM_UTF8 + text.encode("utf-8", "surrogatepass"))[:2] == (expected, bad)


def test_a_lone_surrogate_and_an_odd_byte_of_utf_16_are_replaced() -> None:
    data = BOM_UTF16_LE + "a\ud800b\ufffd".encode("utf-16-le", "surrogatepass") + b"x"
    assert clean(data)[:2] == ("a\ufffdb\ufffd\ufffd", 2)
    assert clean(BOM_UTF16_LE + b"a\0\x00\xd8").text == "a\ufffd"


def test_a_broken_byte_does_not_turn_utf_8_into_a_code_page() -> None:
    whole = SENTENCES["ar"].encode()
    text, replaced, encoding = clean(whole[:20] + b"\xff" + whole[20:-1])
    assert (text.count("\ufffd"), replaced, encoding) == (2, 2, "utf-8")


@pytest.mark.parametrize(
    ("data", "declared", "expected"),
    [
        ("قال".encode("windows-1256"), "Windows-1256", "قال"),
        ("قال".encode(), "windows-1251", "قال"),
        ("сад".encode("koi8-r"), " 'KOI8-R' ", "сад"),
        (b"caf\xe9 \x93x\x94", "ISO-8859-1", "café “x”"),
        ("电台".encode("gb18030"), "gb2312", "电台"),
    ],
)
def test_what_is_declared_counts_unless_the_bytes_are_utf_8(
    data: bytes, declared: str, expected: str
) -> None:
    assert clean(data, declared).text == expected


@pytest.mark.parametrize(
    ("lang", "encoding", "declared"),
    [
        ("ru", "windows-1251", "koi8-r"),
        ("ru", "koi8-r", "windows-1251"),
        ("ru", "windows-1251", "windows-1256"),
        ("ru", "windows-1251", "windows-1252"),
        ("ru", "windows-1251", "iso-8859-1"),
        ("ar", "windows-1256", "windows-1251"),
        ("ar", "windows-1256", "iso-8859-6"),
        ("ar", "iso-8859-6", "windows-1256"),
    ],
)
def test_letters_that_make_no_words_are_not_those_that_a_page_declares(
    lang: str, encoding: str, declared: str
) -> None:
    data = f"<p>The page</p> {SENTENCES[lang]}".encode(encoding)
    assert clean(data, declared).text == data.decode(encoding)


@pytest.mark.parametrize("declared", ["windows-1251", "koi8-r"])
def test_a_page_in_capitals_is_what_it_declares(declared: str) -> None:
    shouted = SENTENCES["ru"].upper()
    assert clean(shouted.encode(declared), declared).text == shouted


@pytest.mark.parametrize("declared", ["utf-8", "unicode_escape", "zip", "no such", "", None])
def test_a_declaration_that_cannot_be_right_is_passed_over(declared: str | None) -> None:
    data = SENTENCES["ru"].encode("windows-1251")
    assert clean(data, declared).text == SENTENCES["ru"]


def test_a_byte_that_stands_for_nothing_is_replaced() -> None:
    text, replaced, _ = clean(b"caf\xe9 \x81 \x81", "windows-1252")
    assert (text, replaced) == ("café \ufffd \ufffd", 2)


@given(st.binary(max_size=300))
def test_any_bytes_become_text_that_can_be_stored(data: bytes) -> None:
    text, replaced, _ = clean(data)
    assert text.encode().decode() == text
    assert "\0" not in text
    assert 0 <= replaced <= text.count("\ufffd")


@pytest.mark.parametrize(
    ("text", "expected"),
    [("text\twith\nlines\r\n", True), ("a" * 90 + "\x01" * 10, True), ("\x01\ufffdab", False)],
)
def test_a_text_of_many_control_characters_is_none(text: str, expected: bool) -> None:
    assert readable(text) is expected
