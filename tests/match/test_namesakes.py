"""Who is who in two tellings, where no table of sources knows him."""

from __future__ import annotations

import pytest

from claimtrack.match.names import Means
from claimtrack.match.namesakes import names_somebody, one_speaker
from claimtrack.match.reading import read
from tests.kit import ROOT

INVENTED = Means(registries=(ROOT / "data" / "cast.csv",))

ONE = [
    (("state broadcaster WANQ", "en"), ("государственное телевидение WANQ", "ru")),
    (("The coastguard", "en"), ("خفر السواحل القمري", "ar")),
    (("Ансо Белин", "ru"), ("النائب التيلفاري أنسو بيلين", "ar")),
    (("Ores Valdin", "en"), ("Орес Вальдин", "ru")),
    (("مصرف قمرية المركزي", "ar"), ("центрального банка", "ru")),
    (("The town's mayor", "en"), ("وديع الهمرش، رئيس بلدية تل سدرون", "ar")),
    (("The nine-page document", "en"), ("المذكرة", "ar")),
    (("a diplomatic cable seen", "en"), ("برقية دبلوماسية مسرّبة", "ar")),
    (("the electoral commission", "en"), ("избирательная комиссия", "ru")),
    (("Velmora Shipping", "en"), ("компании «Вельмора»", "ru")),
    (("Velmora's director", "en"), ("её директор Ансо Белин", "ru")),
    (("Three sailors", "en"), ("трое моряков", "ru")),
    (("the union", "en"), ("النقابة", "ar")),
    (("the Northern Grain Fund", "en"), ("صندوق الحبوب الشمالي", "ar")),
    (("the National Flood Relief Committee", "en"), ("اللجنة الوطنية لإغاثة الفيضانات", "ar")),
]
TWO = [
    (("the WANQ ministry", "en"), ("WANQ embassy", "en")),
    (("Ансо Белин", "ru"), ("أورس فالدين", "ar")),
    (("the Dravonian central bank", "en"), ("مصرف قمرية المركزي", "ar")),
    (("the mayor", "en"), ("the governor", "en")),
    (("Three sailors", "en"), ("пятеро моряков", "ru")),
    (("the director Ores Valdin", "en"), ("её директор Ансо Белин", "ru")),
    (("the health ministry", "en"), ("وزارة الداخلية", "ar")),
    (("", "en"), ("", "en")),
]


@pytest.mark.parametrize(("left", "right"), ONE)
def test_a_name_or_an_office_is_known_in_another_script(
    left: tuple[str, str], right: tuple[str, str]
) -> None:
    assert one_speaker(left, right, INVENTED)
    assert one_speaker(right, left, INVENTED)


@pytest.mark.parametrize(("left", "right"), TWO)
def test_other_names_offices_and_countries_are_others(
    left: tuple[str, str], right: tuple[str, str]
) -> None:
    assert not one_speaker(left, right, INVENTED)


@pytest.mark.parametrize(
    "text",
    [
        "وصلت الأسلحة إلى المجلس الأسبوع الماضي.",
        "أفادت السلطات بأن الحرب بلغت المناطق.",
        "دمرت الغارة المنازل لأسباب مجهولة.",
        "اجتاحت السيول القاعدة والجزيرة.",
    ],
)
def test_words_of_every_day_name_nobody(text: str) -> None:
    assert read(text, "ar").named == ()


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("the broadcaster WANQ", True),
        ("Ores Valdin", True),
        ("a UAE official", False),
        ("a source", False),
    ],
)
def test_letters_name_somebody_but_not_those_of_a_state(text: str, named: bool) -> None:
    assert names_somebody(text, "en", INVENTED) is named
