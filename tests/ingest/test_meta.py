"""Lines that say who and when, and datelines."""

from __future__ import annotations

import pytest

from claimtrack.ingest.meta import Known, begins_byline, dateline, lone_name, meta


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("وكالة تيلفار برس", [("outlet", "وكالة تيلفار برس")]),
        ("موقع سدرون اليوم", [("outlet", "موقع سدرون اليوم")]),
        ("The Badrun Herald", [("outlet", "The Badrun Herald")]),
        ("Агентство «Тельвар-пресс»", [("outlet", "Агентство «Тельвар-пресс»")]),
        ("Reuters", [("outlet", "Reuters")]),
        ("رويترز", [("outlet", "رويترز")]),
        ("وكالات", [("byline", "وكالات")]),
        ("بقلم نجوى السرداب", [("byline", "بقلم نجوى السرداب")]),
        ("كتب: نجوى السرداب", [("byline", "كتب: نجوى السرداب")]),
        ("كتب الوزير على حسابه", []),
        ("By Ansel Quorby", [("byline", "By Ansel Quorby")]),
        ("Автор: Игнат Селивер", [("byline", "Автор: Игнат Селивер")]),
        ("May 4, 2026", [("byline", "May 4, 2026")]),
        ("4 мая 2026 г.", [("byline", "4 мая 2026 г.")]),
        ("آخر تحديث: ٤ أيار ٢٠٢٦ - ١٤:٣٠", [("byline", "آخر تحديث: ٤ أيار ٢٠٢٦ - ١٤:٣٠")]),
        (
            "وكالة تيلفار برس - 4 أيار 2026",
            [("outlet", "وكالة تيلفار برس"), ("byline", "4 أيار 2026")],
        ),
        (
            "By Ansel Quorby | The Badrun Herald | May 4, 2026",
            [
                ("byline", "By Ansel Quorby"),
                ("outlet", "The Badrun Herald"),
                ("byline", "May 4, 2026"),
            ],
        ),
        ("2026", []),
        ("The flood of 2026", []),
        ("the news agency", []),
        ("Agency: it rains", []),
        ("وكالة تيلفار برس تنفي ما نسب إليها أمس", []),
        ("The Badrun Herald.", []),
        ("Grain, oats, rye, wheat, barley, millet, May 4, 2026", []),
        ("By " + "word " * 40, []),
        (" | ", []),
    ],
)
def test_a_line_says_who_or_when(line: str, expected: list[tuple[str, str]]) -> None:
    got = [(piece.role.value, line[piece.start : piece.end]) for piece in meta(line)]
    assert got == expected


def test_another_agency_is_a_credit_where_the_outlet_is_known() -> None:
    assert [piece.role.value for piece in meta("Reuters", Known("The Badrun Herald"))] == ["byline"]
    assert [piece.role.value for piece in meta("صدى بدرون", Known("صدى بدرون"))] == ["outlet"]


@pytest.mark.parametrize(
    ("paragraph", "expected"),
    [
        ("بدرون (رويترز) - قال الوزير", "بدرون (رويترز) - "),
        ("بدرون – وكالات – قال الوزير", "بدرون – وكالات – "),
        ("سدرون- وكالات: قال الوزير", "سدرون- وكالات: "),
        ("وكالة تيلفار برس – قال الوزير", "وكالة تيلفار برس – "),
        ("صدى بدرون – قال الوزير", "صدى بدرون – "),
        ("KARVENSK (Reuters) - The minister", "KARVENSK (Reuters) - "),
        ("KARVENSK, May 4 (Reuters) — The minister", "KARVENSK, May 4 (Reuters) — "),
        ("BADRUN -- The minister", "BADRUN -- "),
        ("ORLITSA, Telvaria (Telvar Press) — The minister", "ORLITSA, Telvaria (Telvar Press) — "),
        ("Lisarna, TASS – The minister", "Lisarna, TASS – "),
        ("КАРВЕНСК, 5 мая. /ТАСС/. Министр", "КАРВЕНСК, 5 мая. /ТАСС/. "),
        ("КАРВЕНСК, 5 мая – РИА Новости. Министр", "КАРВЕНСК, 5 мая – РИА Новости. "),
        ("КАРВЕНСК, 5 мая – Министр", "КАРВЕНСК, 5 мая – "),
        ("بدرون في 4 مايو/أ ش أ/ قال الوزير", "بدرون في 4 مايو/أ ش أ/ "),
        ("بدرون 4 أيار (بترا) - قال الوزير", "بدرون 4 أيار (بترا) - "),
        ("تل سدرون في 4 أيار/ وام / قال الوزير", "تل سدرون في 4 أيار/ وام / "),
        ("بدرون-سانا قال الوزير", "بدرون-سانا "),
        ("BADRUN, May 10 (Harvest Wire) — The minister", "BADRUN, May 10 (Harvest Wire) — "),
        ("LISARNA 4 May - Reuters: The minister", "LISARNA 4 May - Reuters: "),
        ("قال 4 وزراء - بينهم اثنان - إن", ""),
        ("في 4 مايو - قال الوزير", ""),
        ("A well-known minister said", ""),
        ("رويترز: قال الوزير", ""),
        ("قال الوزير - وهو في بدرون - إن", ""),
        ("قالت رويترز – الوكالة – إن", ""),
        ("UNESCO — the body for culture — said", ""),
        ("The ministry - again - said", ""),
        ("Five thousand and eleven people - said", ""),
        ("- Reuters", ""),
        ("Министр – тоже", ""),
        ("The minister said", ""),
    ],
)
def test_a_dateline_names_a_place_and_an_agency(paragraph: str, expected: str) -> None:
    assert paragraph[: dateline(paragraph, Known("صدى بدرون"))] == expected


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("The Horizon", True),
        ("Horizon", True),
        ("Деловой горизонт", True),
        ("الأفق", True),
        ("Horizon of the South", True),
        ("The Horizon of the South", False),
        ("BADRUN", False),
        ("4 May", False),
        ("The road is open again", False),
        ("ما نعرفه حتى الآن", False),
        ("Horizon: live", False),
        ("The Horizon.", False),
    ],
)
def test_a_name_alone_is_short_and_written_as_names_are(line: str, named: bool) -> None:
    assert lone_name(line) is named


@pytest.mark.parametrize(
    ("line", "begun"),
    [("By Jane Roe", True), ("Автор: Игнат Селивер", True), ("4 May 2026", False), ("Oats", False)],
)
def test_an_author_is_told_by_the_first_words(line: str, begun: bool) -> None:
    assert begins_byline(line) is begun
