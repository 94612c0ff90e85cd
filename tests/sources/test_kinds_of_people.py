"""What people without a name are, told by the noun: trade, kin, rank, office, membership."""

from __future__ import annotations

import pytest

from claimtrack.model.document import Article, Layout
from claimtrack.resources import shipped
from claimtrack.sources import Registry, Resolver
from tests.extract.reading import read

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


@pytest.mark.parametrize(
    ("lang", "mention", "sort"),
    [
        ("ar", "الموقعون على المعاهدة", "government"),
        ("ar", "بعض الموقعين على البروتوكول", "government"),
        ("ar", "الموقعون على العريضة", "other"),
        ("en", "several signatories of the treaty", "government"),
        ("en", "signatories of the petition", "other"),
        ("en", "signatories of the deal", "other"),
        ("ru", "подписанты конвенции", "government"),
        ("ru", "подписанты письма", "other"),
    ],
)
def test_only_states_agree_to_a_treaty(
    resolver: Resolver, lang: str, mention: str, sort: str
) -> None:
    assert resolver.mention(mention, lang, scope="article").type == sort


@pytest.mark.parametrize(
    ("mention", "sort"),
    [
        ("مواقع تابعة لرايات السهل", "armed_group"),
        ("حسابات مجهولة تابعة لرايات السهل", "armed_group"),
        ("مواقع محلية", "news_outlet"),
        ("وسائل إعلام قمرية", "news_outlet"),
    ],
)
def test_media_of_an_armed_group_are_its_voice(mention: str, sort: str) -> None:
    with_cast = Resolver(Registry.load(shipped("data") / "cast.csv"))
    found = with_cast.mention(mention, "ar", scope="article")
    assert (found.type, found.how) == (sort, "unnamed")


@pytest.mark.parametrize(
    ("lang", "text", "sorts"),
    [
        ("ar", "قال شهود إن الجسر سقط. وقال آخرون إن النهر فاض.", "witness witness"),
        (
            "ar",
            "كتب أحدهم على تويتر أن الجسر سقط. واشتكى آخرون من الزحام.",
            "social_media_user social_media_user",
        ),
        ("ar", "وقال آخرون إن الجسر سقط.", "anonymous"),
        ("en", "Two witnesses said the bridge fell. Others said it was hit.", "witness witness"),
        ("ar", "قال العقيد سراج البهلان: «بياناتنا تفيد بأن الجسر سليم».", "military military"),
        (
            "en",
            '"Our data shows the bridge stood," Colonel Siraj Bahlan said.',
            "military military",
        ),
        ("ar", "البيانات تفيد بأن الجسر سليم.", "other"),
        # who only holds a view is no witness, there and where the article goes on
        ("ar", "استغرب سكان القرية إغلاق الجسر. وأكدوا أنهم لم يبلغوا.", "anonymous anonymous"),
        ("ar", "قال سكان القرية إن الجسر سقط ليلا.", "witness"),
    ],
)
def test_the_article_tells_what_somebody_without_a_name_is(
    resolver: Resolver, lang: str, text: str, sorts: str
) -> None:
    article = Article(text=text, place="test", layout=Layout(), lang=lang)
    found = resolver.resolve(article, read(text, lang), "article").extraction.attributions
    assert [attribution.source_type for attribution in found] == sorts.split()


def test_the_head_of_a_parliament_is_its_speaker(resolver: Resolver) -> None:
    found = resolver.mention("رئيس مجلس النواب الأمريكي", "ar", scope="article")
    assert found.source is not None
    assert found.source.name == "Speaker of the United States House of Representatives"
    assert found.type == "official_person"


def test_a_post_of_no_state_is_of_the_government_that_speaks_right_before() -> None:
    with_cast = Resolver(Registry.load(shipped("data") / "cast.csv"))
    text = (
        "اختلفت درافونيا وتيلفاريا على الجسر. وقالت الحكومة القمرية إن الجسر مغلق. "
        "من جهته، أكد رئيس البرلمان أن الجسر سيفتح."
    )
    article = Article(text=text, place="test", layout=Layout(), lang="ar")
    found = with_cast.resolve(article, read(text, "ar"), "article").extraction.attributions
    assert found[-1].source_name == "Speaker of the Parliament of Qamaria"


@pytest.mark.parametrize(
    "ways",
    [
        "Qamari Irrigation Ministry|Ministry of Irrigation of Qamaria|Qamari Ministry of Water",
        "Qamari Ministry of Transport|Ministry of Transportation of Qamaria",
        "Qamari Ministry of Trade|Ministry of Commerce of Qamaria|Qamari Commerce Ministry",
    ],
)
def test_a_ministry_is_one_in_whatever_order_its_words_stand(ways: str) -> None:
    with_cast = Resolver(Registry.load(shipped("data") / "cast.csv"))
    found = [with_cast.mention(way, "en", scope="article").source for way in ways.split("|")]
    assert len({source.key if source else None for source in found}) == 1
    assert found[0] is not None


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", 'Two sailors said there was a leak. "It began at night," one of them said.'),
        ("ru", "Двое очевидцев рассказали о взрыве. Один из них сообщил, что дом пуст."),
    ],
)
def test_one_of_them_is_of_the_sort_of_the_people_cited_before(
    resolver: Resolver, lang: str, text: str
) -> None:
    article = Article(text=text, place="test", layout=Layout(), lang=lang)
    found = resolver.resolve(article, read(text, lang), "article").extraction.attributions
    assert [each.source_type for each in found] == ["witness", "witness"]


def test_a_body_named_between_commas_bears_that_name(resolver: Resolver) -> None:
    source = resolver.mention("Its parent company, Nordwind Shipping", "en", scope="article").source
    assert source is not None
    assert source.name == "Nordwind Shipping"
