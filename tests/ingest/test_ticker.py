"""Headlines run together, and rows of links."""

from __future__ import annotations

import pytest

from claimtrack.ingest.ticker import menu, ticker

ARABIC = (
    "المزيان تلتقي وفد البعثةافتتاح معرض الكتاب في بدرون بمشاركة واسعةوزارة الدفاع تنفي سقوط "
    "الطائرة المسيّرة في البحيرة الكبرىرايات السهل تعلن وقف إطلاق النار"
)
QUOTED = "حريق «كبيراًفي المخازن»نهاية الحصاد!سفير درافونيا يغادر عام 2026الهمرش ينفي "
ONE_JOINT = "من قمريةوإليها " + "كلمة بعد كلمة وليس في السطر أي شيء آخر يشبه العنوان " * 15
ENGLISH = "Observers leave BadrunWheat prices fall in the plainFlood warning liftedNew bridge open "
RUSSIAN = "Колонна прибыла в БадрунПосол покинул странуЦены на зерно упалиНовый мост открыт с утра "
NAMES = "The iPhone and eBay shops of McDonald and MacArthur in Badrun were closed for a third day "
SENTENCES = (
    "The ministry said so. The army did not. The mayor of Tel Sidroun spoke of rain and wind "
)
BARS = ["Observers leave the town of Badrun", "Wheat prices fall again"]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (ARABIC, True),
        (ARABIC + "؟", True),
        (ARABIC + ".", False),
        (ARABIC[:60], False),
        (QUOTED * 2, True),
        (ONE_JOINT, False),
        (ENGLISH * 2, True),
        (RUSSIAN * 2, True),
        (NAMES, False),
        (" | ".join(BARS * 3), True),
        (" | ".join(BARS) + " after the rain" * 5, False),
        ("Badrun: fire out.. Karvensk: bread dearer.. Lisarna: vote on Sunday " * 4, True),
        ("Badrun: fire out.. Karvensk: bread dearer.. Lisarna: vote on Sunday! " * 4, False),
        (SENTENCES * 3, False),
        ("word " * 200, False),
    ],
)
def test_a_ticker_is_told_by_its_joints_and_marks(line: str, expected: bool) -> None:
    assert ticker(line.strip()) is expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("الرئيسية » أخبار » محليات", True),
        ("Home > World > Qamaria", True),
        ("Главная | Новости | Политика", True),
        ("Fire put out | The Badrun Herald", False),
        ("Observers leave the town | Wheat prices fall again | Fire", False),
    ],
)
def test_a_menu_is_short_names_between_bars(line: str, expected: bool) -> None:
    assert menu(line) is expected
