"""Buttons, notices and teasers, by the phrases of the packs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.ingest.phrases import LineKind, phrases, spelled
from claimtrack.lang import pack


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("زر الذهاب إلى الأعلى", LineKind.BUTTON),
        ("▲ زِرّ الذهاب الى الاعلى", LineKind.BUTTON),
        ("...المزيد", LineKind.BUTTON),
        ("١٢ مشاركة", LineKind.BUTTON),
        ("5 min read", LineKind.BUTTON),
        ("1.2K Shares", LineKind.BUTTON),
        ("Facebook Twitter WhatsApp", LineKind.BUTTON),
        ("* * *", LineKind.BUTTON),
        ("Наверх ↑", LineKind.BUTTON),
        ("اقرأ أيضا: وصول القافلة", LineKind.NOTICE),
        ("إقرأ أيضاً في صدى بدرون: وصول القافلة", LineKind.NOTICE),
        ("للمزيد: وصول القافلة", LineKind.TEASER),
        ("Watch: the convoy arrives", LineKind.TEASER),
        ("Читайте также: колонна прибыла", LineKind.TEASER),
        ("© Badrun Herald", LineKind.NOTICE),
        ("The Badrun Herald © 2026", LineKind.NOTICE),
        ("The Badrun Herald. All rights reserved.", LineKind.NOTICE),
        ("اقرأ أيضا", LineKind.LIST),
        ("Related stories:", LineKind.LIST),
        ("Читайте также:", LineKind.LIST),
        ("التعليقات (12)", LineKind.COMMENTS),
        ("Leave a comment", LineKind.COMMENTS),
        ("شاهد الجمهور العرض في بدرون.", LineKind.TEXT),
        ("للمزيد من الطحين اصطف الناس.", LineKind.TEXT),
        ("Shares fell in Badrun.", LineKind.TEXT),
        ("The clichÃ© was © heard.", LineKind.TEXT),
        ("Главный редактор газеты сообщил об этом.", LineKind.TEXT),
        ("Share " * 60, LineKind.TEXT),
    ],
)
def test_a_line_is_known_by_its_words(line: str, expected: LineKind) -> None:
    assert phrases().kind(line) is expected


@pytest.mark.parametrize("code", pack.available())
def test_every_listed_phrase_does_what_its_list_says(code: str) -> None:
    known = phrases()
    data = pack.read_yaml(code, "boilerplate.yaml")
    text = [
        (key, phrase)
        for key in ("buttons", "starts", "lists", "comments", "inside")
        for phrase in data[key]
        if known.kind(phrase.replace("©", "© 2026")) is LineKind.TEXT
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
    assert phrases().kind(line) in LineKind
