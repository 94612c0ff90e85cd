"""What people without a name are, told by the noun: trade, kin, rank, office, membership."""

from __future__ import annotations

import pytest

from claimtrack.resources import shipped
from claimtrack.sources import Registry, Resolver

_ARABIC = {
    "government": "سموه|معاليه|صاحب السمو|السلطان|"
    "قائد الشرطة|مدير الأمن|المركز الوطني للأرصاد|الحماية المدنية",
    "official_person": "والي|حاكم ولاية|مختار القرية|"
    "عضو مجلس النواب|رئيس اللجنة النيابية|وكيل النيابة",
    "military": "قائد القوات البحرية|قائد الجيش|رئيس الأركان",
    "expert": "أستاذ في جامعة|أستاذة القانون|فريق من الباحثين|كبير الاقتصاديين|خبراء الأرصاد",
    "witness": "إحدى الناجيات|عائلات المفقودين|ركاب|سائح|أرملة|"
    "معلمة|بائع خضار|صاحب متجر|مصلون|شاب عشريني",
    "anonymous": "متعاملون|تجار ذهب|مستثمرون|أحد المشاركين|"
    "عدد من المشاركين|ممرضة|قائد ميداني|قيادي في الحركة",
    "ngo": "نقيب المحامين|نقيب الصحفيين|رابطة القضاة",
    "social_media_user": "مستخدمو فيسبوك|ناشطون على تويتر|مغردون",
    "other": "لاعب الوسط|المدير الفني",
}


@pytest.mark.parametrize(
    ("sort", "mention"),
    [(sort, mention) for sort, mentions in _ARABIC.items() for mention in mentions.split("|")],
)
def test_a_noun_tells_what_somebody_without_a_name_is(
    resolver: Resolver, sort: str, mention: str
) -> None:
    found = resolver.mention(mention, "ar", scope="article")
    assert found.type == sort


@pytest.mark.parametrize(
    ("mention", "sort"),
    [
        ("اللواء سامي الهمرش، محافظ السفوح", "official_person"),
        ("الدكتور سامي الهمرش، وزير الصحة", "government"),
        ("الدكتورة سما طرقان، أستاذة القانون", "expert"),
        ("الدكتور سامي الهمرش، رئيس نقابة الأطباء", "ngo"),
        ("المهندس سامي الهمرش، المدير التنفيذي لشركة السهل", "company"),
        ("اللواء سامي الهمرش", "military"),
    ],
)
def test_an_office_behind_a_name_says_more_than_the_title_before_it(
    resolver: Resolver, mention: str, sort: str
) -> None:
    assert resolver.mention(mention, "ar", scope="article").type == sort


def test_a_child_among_fighters_is_no_armed_group() -> None:
    with_cast = Resolver(Registry.load(shipped("data") / "cast.csv"))
    found = with_cast.mention("الطفل المجند في صفوف رايات السهل سامي", "ar", scope="article")
    assert found.type == "witness"
