"""Buttons, notices and teasers, by the phrases of the packs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.ingest.phrases import Kind, phrases, spelled
from claimtrack.lang import pack


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("زر الذهاب إلى الأعلى", Kind.BUTTON),
        ("▲ زِرّ الذهاب الى الاعلى", Kind.BUTTON),
        ("...المزيد", Kind.BUTTON),
        ("١٢ مشاركة", Kind.BUTTON),
        ("5 min read", Kind.BUTTON),
        ("1.2K Shares", Kind.BUTTON),
        ("Facebook Twitter WhatsApp", Kind.BUTTON),
        ("* * *", Kind.BUTTON),
        ("Наверх ↑", Kind.BUTTON),
        ("اقرأ أيضا: وصول القافلة", Kind.NOTICE),
        ("إقرأ أيضاً في صدى بدرون: وصول القافلة", Kind.NOTICE),
        ("للمزيد: وصول القافلة", Kind.TEASER),
        ("Watch: the convoy arrives", Kind.TEASER),
        ("Читайте также: колонна прибыла", Kind.TEASER),
        ("© Badrun Herald", Kind.NOTICE),
        ("The Badrun Herald © 2026", Kind.NOTICE),
        ("The Badrun Herald. All rights reserved.", Kind.NOTICE),
        ("اقرأ أيضا", Kind.LIST),
        ("Related stories:", Kind.LIST),
        ("Читайте также:", Kind.LIST),
        ("التعليقات (12)", Kind.COMMENTS),
        ("Leave a comment", Kind.COMMENTS),
        ("شاهد الجمهور العرض في بدرون.", Kind.TEXT),
        ("للمزيد من الطحين اصطف الناس.", Kind.TEXT),
        ("Shares fell in Badrun.", Kind.TEXT),
        ("The clichÃ© was © heard.", Kind.TEXT),
        ("Главный редактор газеты сообщил об этом.", Kind.TEXT),
        ("Share " * 60, Kind.TEXT),
    ],
)
def test_a_line_is_known_by_its_words(line: str, expected: Kind) -> None:
    assert phrases().kind(line) is expected


@pytest.mark.parametrize("code", pack.available())
def test_every_listed_phrase_does_what_its_list_says(code: str) -> None:
    known = phrases()
    data = pack.read_yaml(code, "boilerplate.yaml")
    text = [
        (key, phrase)
        for key in ("buttons", "starts", "lists", "comments", "inside")
        for phrase in data[key]
        if known.kind(phrase.replace("©", "© 2026")) is Kind.TEXT
    ]
    assert text == []
    assert [phrase for phrase in data["bylines"] if not known.byline(phrase)] == []
    for key in ("sections", "agencies", "credits", "words"):
        assert {spelled(phrase) for phrase in data[key]} <= getattr(known, key)


@pytest.mark.parametrize("code", pack.available())
def test_a_pack_has_no_list_that_nobody_reads(code: str) -> None:
    expected = set(pack.read_yaml("ar", "boilerplate.yaml"))
    assert set(pack.read_yaml(code, "boilerplate.yaml")) == expected


@given(st.text())
def test_any_line_is_of_some_kind(line: str) -> None:
    assert phrases().kind(line) in Kind
