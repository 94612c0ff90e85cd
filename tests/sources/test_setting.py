"""What an article as a whole tells: the state that it is about, the outlet's own, who is beside."""

from __future__ import annotations

from pathlib import Path

import pytest

from claimtrack.model.attribution import Attribution, Extraction
from claimtrack.model.document import Article, Layout, StatedTime
from claimtrack.model.source import Resolution
from claimtrack.model.span import Span
from claimtrack.model.vocabulary import Channel, ResolvedHow
from claimtrack.sources import Registry, Resolver

_CAST = Path(__file__).parents[2] / "data" / "cast.csv"


@pytest.fixture(scope="module")
def with_cast() -> Resolver:
    return Resolver(Registry.load(_CAST))


def _told(
    resolver: Resolver,
    text: str,
    *mentions: str,
    lang: str = "en",
    outlet: str | None = None,
    day: str = "",
    title: int = 0,
) -> list[Resolution]:
    """Return how each mention, the first of its words in the text, is resolved.

    The first `title` code points are the title.
    """
    spans = [(text.index(words), text.index(words) + len(words)) for words in mentions]
    end = (Span(len(text) - 1, len(text)),)
    attributions = tuple(
        Attribution(key=str(number), source=(Span(*span),), content=end)
        for number, span in enumerate(spans)
    )
    article = Article(
        text=text,
        place="test",
        layout=Layout(title=(Span(0, title),), body=(Span(title, len(text)),))
        if title
        else Layout(),
        lang=lang,
        outlet=outlet,
        published=StatedTime(stated=day, utc=f"{day}T00:00:00Z") if day else StatedTime(),
    )
    found = resolver.resolve(article, Extraction(attributions=attributions), "article")
    return [found.resolutions[each.key] for each in attributions]


def _key(found: Resolution) -> str | None:
    return found.source.key if found.source else None


# --- a word of a body's name


@pytest.mark.parametrize(
    ("text", "noun", "key"),
    [
        ("The Libyan National Army left. The army came back.", "The army", "lna"),
        ("UNSMIL left. The mission came back.", "The mission", "unsmil"),
        ("UNSMIL left. The parade came back.", "The parade", "unnamed|article|the parade"),
    ],
    ids=["a word of its name", "a word of its full name", "a word of none"],
)
def test_a_noun_means_the_body_named_last_that_has_it_in_its_name(
    with_cast: Resolver, text: str, noun: str, key: str
) -> None:
    first = text.partition(" left")[0]
    assert [_key(each) for each in _told(with_cast, text, first, noun)][1] == key


# --- a bare ministry

_BARE = "وقالت وزارة الدفاع إن المستودع قديم."


def test_a_bare_ministry_is_that_of_the_outlet_s_state_where_the_article_names_none(
    with_cast: Resolver,
) -> None:
    (found,) = _told(with_cast, _BARE, "وزارة الدفاع", lang="ar", outlet="وانق")
    assert (_key(found), found.how) == ("qa-mod", ResolvedHow.SETTING)


def test_what_the_setting_tells_is_less_sure_than_what_an_earlier_mention_does(
    with_cast: Resolver,
) -> None:
    (told,) = _told(with_cast, _BARE, "وزارة الدفاع", lang="ar", outlet="وانق")
    text = "قالت وزارة الدفاع القمرية نعم. وأضافت الوزارة لا."
    _, again = _told(with_cast, text, "وزارة الدفاع القمرية", "الوزارة", lang="ar")
    assert _key(told) == _key(again)
    assert 0 < told.confidence < again.confidence


@pytest.mark.parametrize(
    ("text", "outlet"),
    [
        (_BARE, None),
        (_BARE, "صحيفة لا يعرفها أحد"),
        (f"وصل وفد من درافونيا إلى تيلفاريا. {_BARE}", "وانق"),
        (f"وصل وفد من درافونيا إلى قمرية. {_BARE}", "وانق"),
    ],
)
def test_a_bare_ministry_stays_open_where_another_state_may_be_meant(
    with_cast: Resolver, text: str, outlet: str | None
) -> None:
    (found,) = _told(with_cast, text, "وزارة الدفاع", lang="ar", outlet=outlet)
    assert (_key(found), found.confidence) == (None, 0)


_OFTEN = {
    "en": "Dravonia denied it. Dravonia's fleet was near. Dravonian boats came.",
    "ru": "Дравония это отрицает. Флот Дравонии был рядом. В Дравонии ждут.",
}


@pytest.mark.parametrize(
    ("lang", "opening", "police", "key"),
    [
        ("en", "A ferry stopped.", "Police", "dravonia:police"),
        ("en", "A ferry stopped off Dravonia and Telvaria.", "Police", "dravonia:police"),
        ("en", "A ferry stopped off Telvaria.", "Police", None),
        ("ru", "Паром остановили.", "Полиция", "dravonia:police"),
        ("ru", "Паром остановили у берегов Тельварии.", "Полиция", None),
    ],
)
def test_the_police_are_of_no_state_where_the_article_opens_with_another_than_it_names_most(
    with_cast: Resolver, lang: str, opening: str, police: str, key: str | None
) -> None:
    text = f"{opening} {_OFTEN[lang]} {police} spoke."
    (found,) = _told(with_cast, text, police, lang=lang)
    assert _key(found) == key


def test_a_title_of_another_state_leaves_the_police_open_too(with_cast: Resolver) -> None:
    title = "Ferry stops off Telvaria"
    text = f"{title}\n\nIt was at dawn. {_OFTEN['en']} Police spoke."
    (found,) = _told(with_cast, text, "Police", title=len(title))
    assert found.how is ResolvedHow.UNRESOLVED


# --- where the article is from


@pytest.mark.parametrize(
    ("lang", "text", "body", "mention", "key"),
    [
        ("en", "LISARNA - The navy spoke of Dravonia.", 10, "The navy", "telvaria:navy"),
        ("en", "LISARNA / KARVENSK - The navy spoke.", 21, "The navy", None),
        ("en", "Orlitsa - The navy spoke of Dravonia.", 10, "The navy", None),
        ("ru", "ЛИСАРНА. Погранслужба ждёт Дравонию.", 9, "Погранслужба", "telvaria:border-guard"),
    ],
)
def test_a_body_of_no_state_is_of_the_one_that_the_dateline_names(
    with_cast: Resolver, lang: str, text: str, body: int, mention: str, key: str | None
) -> None:
    at = text.index(mention)
    source = (Span(at, at + len(mention)),)
    content = (Span(len(text) - 1, len(text)),)
    article = Article(
        text=text, place="test", layout=Layout(body=(Span(body, len(text)),)), lang=lang
    )
    told = Extraction(attributions=(Attribution(key="0", source=source, content=content),))
    assert _key(with_cast.resolve(article, told, "article").resolutions["0"]) == key


@pytest.mark.parametrize(
    ("lang", "title", "mention", "parents"),
    [
        (
            "en",
            "Telvaria finds a ferry",
            "health ministry spokesman Odal Berin",
            {"telvaria:health"},
        ),
        ("ar", "تيلفاريا: لا وباء", "المتحدث باسم وزارة الصحة وديع الشيال", {"telvaria:health"}),
        ("en", "A ferry sinks off Telvaria", "health ministry spokesman Odal Berin", set()),
    ],
)
def test_a_person_of_a_ministry_of_no_state_speaks_for_that_of_the_place(
    with_cast: Resolver, lang: str, title: str, mention: str, parents: set[str]
) -> None:
    text = f"{title}\n\n{mention} ."
    (found,) = _told(with_cast, text, mention, lang=lang, title=len(title))
    assert found.source
    assert {relation.parent for relation in found.source.relations} == parents


@pytest.mark.parametrize(
    ("title", "key"),
    [
        ("Telvaria finds a ferry", "telvaria:navy"),
        ("In Telvaria a ferry sinks", "telvaria:navy"),
        ("A ferry sinks off Telvaria", None),
        ("Telvaria warns Dravonia", None),
    ],
)
def test_a_body_of_no_state_is_of_the_one_that_the_title_begins_with_and_names_alone(
    with_cast: Resolver, title: str, key: str | None
) -> None:
    text = f"{title}\n\nThe navy spoke."
    (found,) = _told(with_cast, text, "The navy", title=len(title))
    assert _key(found) == key


def test_the_navy_is_of_the_state_whose_army_spoke_right_before(with_cast: Resolver) -> None:
    text = "The Qamari army left. The navy came."
    _, found = _told(with_cast, text, "The Qamari army", "The navy")
    assert _key(found) == "qamaria:navy"


# --- a name that papers of several states share


def test_a_shared_name_is_that_of_the_state_that_alone_is_named(resolver: Resolver) -> None:
    text = "هدأت الجبهات في سوريا. وكتبت صحيفة الوطن أن المعبر مفتوح."
    (found,) = _told(resolver, text, "صحيفة الوطن", lang="ar")
    assert (_key(found), found.how) == ("al-watan-sy", ResolvedHow.SETTING)


def test_a_shared_name_stays_ambiguous_where_both_states_are_named(resolver: Resolver) -> None:
    text = "التقى وفدا سوريا والسعودية. وكتبت صحيفة الوطن أن المعبر مفتوح."
    (found,) = _told(resolver, text, "صحيفة الوطن", lang="ar")
    assert found.how is ResolvedHow.AMBIGUOUS
    assert {"al-watan-sy", "al-watan-sa"} <= set(found.candidates)


# --- an embassy and its people


def test_an_embassy_in_a_headline_stands_where_the_article_says(resolver: Resolver) -> None:
    text = "Embassy of Russia answers\n\nOn Monday the Russian embassy in Ankara answered."
    (found,) = _told(resolver, text, "Embassy of Russia")
    assert _key(found) == "ru:embassy:tr"


def test_a_body_without_its_state_is_of_the_state_whose_ministry_spoke_right_before(
    with_cast: Resolver,
) -> None:
    text = "قالت وزارة الخارجية القمرية نعم. وأضاف الدفاع المدني لا. وقالت الأرصاد ربما."
    told = _told(with_cast, text, "وزارة الخارجية القمرية", "الدفاع المدني", "الأرصاد", lang="ar")
    assert [_key(each) for each in told] == ["qa-mfa", "qa-civil-defence", "qamaria:meteorology"]


def test_diplomats_are_the_embassy_that_was_named_before(resolver: Resolver) -> None:
    text = "Посольство России в Анкаре ответило. Дипломаты назвали это ошибкой."
    told = _told(resolver, text, "Посольство России в Анкаре", "Дипломаты", lang="ru")
    assert [_key(each) for each in told] == ["ru:embassy:tr"] * 2


def test_diplomats_of_no_embassy_are_nobody_in_particular(resolver: Resolver) -> None:
    (found,) = _told(resolver, "Дипломаты назвали это ошибкой.", "Дипломаты", lang="ru")
    assert found.how is ResolvedHow.UNNAMED


# --- persons


def test_a_title_that_was_cut_from_its_name_is_who_is_named_beside_it(with_cast: Resolver) -> None:
    text = "ووصف السفير ميريل دوفانيك الاتهام بأنه باطل."
    (found,) = _told(with_cast, text, "السفير", lang="ar")
    assert (_key(found), found.how) == ("dr-ambassador-dovanek", ResolvedHow.PERSON)


def test_a_title_is_nobody_whom_the_next_sentence_names(with_cast: Resolver) -> None:
    text = "وتحدث السفير. ميريل دوفانيك وصل أمس."
    (found,) = _told(with_cast, text, "السفير", lang="ar")
    assert _key(found) is None


def test_who_is_described_is_nobody_whom_the_next_sentence_introduces(resolver: Resolver) -> None:
    text = "An official spoke. A woman named Jane Example came. Jane Example said no."
    first, second = _told(resolver, text, "An official", "Jane Example")
    assert first.how is ResolvedHow.UNNAMED
    assert _key(first) != _key(second)


def test_a_woman_who_is_named_next_is_the_person_of_that_name(resolver: Resolver) -> None:
    text = "قالت امرأة تدعى ليلى المثال نعم. وأضافت ليلى المثال لا."
    told = _told(resolver, text, "امرأة", "ليلى المثال", lang="ar")
    assert told[0].source is not None
    assert _key(told[0]) == _key(told[1])
    assert told[0].source.name == "ليلى المثال"


@pytest.mark.parametrize(
    ("mention", "name"),
    [
        ("الفنان خالد المثال", "خالد المثال"),
        ("النحات خالد المثال", "خالد المثال"),
        ("رجل الأعمال خالد المثال", "خالد المثال"),
        ("صديقه خالد المثال", "خالد المثال"),
        ("شاب يدعى خالد المثال", "خالد المثال"),
        ("أم خالد", "أم خالد"),
    ],
)
def test_a_name_behind_a_noun_is_a_person(resolver: Resolver, mention: str, name: str) -> None:
    found = resolver.mention(mention, "ar", scope="article")
    assert found.source is not None
    assert (found.source.kind, found.source.name) == ("person", name)


@pytest.mark.parametrize("mention", ["الموقعون", "العلاقات", "قائده", "عنه"])
def test_a_plural_or_a_pronoun_is_nobody_s_name(resolver: Resolver, mention: str) -> None:
    found = resolver.mention(mention, "ar", scope="article")
    assert found.source is None or found.source.kind in ("unnamed", "collective")


def test_somebody_from_a_state_does_not_belong_to_it(resolver: Resolver) -> None:
    source = resolver.mention("المخرج السوري خالد المثال", "ar", scope="article").source
    assert source is not None
    assert (source.country, source.type, source.relations) == ("SY", "other", ())


_MINISTERS = """key,kind,type,country,posts,en,ar
dr-minister-lestanov,person,government,XD,dravonia:interior-minister 2015..,Lestanov,فاكتور ليستانوف
"""


@pytest.fixture(scope="module")
def with_minister(tmp_path_factory: pytest.TempPathFactory) -> Resolver:
    table = tmp_path_factory.mktemp("registry") / "ministers.csv"
    table.write_text(_MINISTERS, "utf-8")
    return Resolver(Registry.load(_CAST, table))


@pytest.mark.parametrize(
    ("mention", "key"),
    [
        ("وزير الداخلية الدرافوني فاكتر لستنوف", "dr-minister-lestanov"),  # written another way
        ("وزير الدفاع الدرافوني فاكتر لستنوف", None),  # another office
        ("فاكتر لستنوف", None),  # no office
        ("وزير الداخلية الدرافوني فاكتر سالم", None),  # another name
    ],
)
def test_a_name_written_another_way_is_known_by_its_office_alone(
    with_minister: Resolver, mention: str, key: str | None
) -> None:
    source = with_minister.mention(mention, "ar", scope="article").source
    assert source is not None
    assert (source.key if "|" not in source.key else None) == key


# --- who speaks for which body of a state


@pytest.mark.parametrize(
    ("lang", "mention", "key"),
    [
        ("ar", "متحدث عسكري عراقي", "iq:armed-forces/spokesperson"),
        ("ar", "المتحدث الرئاسي التركي", "tr:presidency/spokesperson"),
        ("en", "an Iraqi military spokesman", "iq:armed-forces/spokesperson"),
        ("en", "a Turkish presidential spokesman", "tr:presidency/spokesperson"),
    ],
)
def test_the_adjective_of_a_spokesperson_tells_the_state_s_body(
    resolver: Resolver, lang: str, mention: str, key: str
) -> None:
    assert _key(resolver.mention(mention, lang, scope="article")) == key


def test_a_statement_s_adjective_is_not_its_issuer_s(resolver: Resolver) -> None:
    text = "قالت وزارة النفط العراقية نعم. وجاء في بيان الوزارة الأخير أن لا."
    told = _told(resolver, text, "وزارة النفط العراقية", "بيان الوزارة الأخير", lang="ar")
    assert [_key(each) for each in told] == ["iq:oil"] * 2


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        ("قالت ميليشيات الحوثي نعم. واعترفت الميليشيات.", "ميليشيات الحوثي", "الميليشيات"),
        ("قتل عناصر من ميليشيات الحوثي. واعترفت الميليشيات.", "", "الميليشيات"),
    ],
)
def test_a_plural_for_fighters_is_the_group_that_was_named(
    resolver: Resolver, text: str, first: str, second: str
) -> None:
    told = _told(resolver, text, *filter(None, (first, second)), lang="ar")
    assert {_key(each) for each in told} == {"houthis"}


def test_the_statement_is_that_of_who_said_something_in_one(resolver: Resolver) -> None:
    text = "قالت وزارة النفط العراقية في بيان نعم. وقالت تاس نعم. وأضاف البيان لا."
    end = (Span(len(text) - 1, len(text)),)
    channels = (Channel.STATEMENT, Channel.NONE_STATED, Channel.NONE_STATED)
    mentions = ("وزارة النفط العراقية", "تاس", "البيان")
    attributions = tuple(
        Attribution(
            key=words,
            source=(Span(text.index(words), text.index(words) + len(words)),),
            content=end,
            channel=channel,
        )
        for words, channel in zip(mentions, channels, strict=True)
    )
    article = Article(text=text, place="test", layout=Layout(), lang="ar")
    found = resolver.resolve(article, Extraction(attributions=attributions), "article")
    assert _key(found.resolutions["البيان"]) == "iq:oil"


# --- offices that are no longer held, and those held for a while


@pytest.mark.parametrize(
    ("lang", "text", "mention"),
    [
        ("en", "Emmanuel Macron came. A former French president spoke.", "former French president"),
        ("ar", "وصل دونالد ترامب. وقال الرئيس الأمريكي السابق نعم.", "الرئيس الأمريكي السابق"),
        ("ar", "وقال المتحدث السابق باسم الحكومة التركية.", "المتحدث السابق باسم الحكومة التركية"),
        ("ru", "Бывший министр обороны Турции сказал.", "Бывший министр обороны Турции"),
    ],
)  # fmt: skip
def test_a_former_office_is_neither_the_office_nor_whoever_holds_it(
    resolver: Resolver, lang: str, text: str, mention: str
) -> None:
    (found,) = _told(resolver, text, mention, lang=lang)
    assert found.source is not None
    assert (found.source.kind, found.source.type) == ("unnamed", "anonymous")


def test_a_former_president_is_the_one_of_them_whom_the_article_names(resolver: Resolver) -> None:
    text = "Barack Obama came with Joe Biden's book. The former US president spoke."
    article = text.replace("Joe Biden's book", "a book")
    (one,) = _told(resolver, article, "The former US president")
    (two,) = _told(resolver, text, "The former US president")
    assert _key(one) == "barack-obama"
    assert two.source is not None
    assert two.source.kind == "unnamed"


@pytest.mark.parametrize(
    ("lang", "mention"),
    [
        ("ar", "وزير الخارجية التركي السابق خالد المثال"),
        ("en", "former Turkish foreign minister Jane Example"),
    ],
)
def test_a_former_minister_speaks_for_no_ministry(
    resolver: Resolver, lang: str, mention: str
) -> None:
    source = resolver.mention(mention, lang, scope="article").source
    assert source is not None
    assert (source.kind, source.country, source.relations) == ("person", "TR", ())


@pytest.mark.parametrize(
    ("lang", "mention", "key"),
    [
        ("ar", "القائم بأعمال وزير الخارجية السوري", "sy:foreign-minister"),
        ("en", "the acting Turkish defence minister", "tr:defence-minister"),
    ],
)
def test_whoever_acts_in_an_office_speaks_for_it(
    resolver: Resolver, lang: str, mention: str, key: str
) -> None:
    assert _key(resolver.mention(mention, lang, scope="article")) == key


def test_the_speaker_of_a_parliament_is_the_head_of_its_row(resolver: Resolver) -> None:
    text = "وصل علي لاريجاني. وقال رئيس البرلمان الإيراني نعم."
    days = ("2018-05-01", "2022-05-01")
    told = (_told(resolver, text, "رئيس البرلمان الإيراني", lang="ar", day=day) for day in days)
    assert [_key(found) for (found,) in told] == ["ali-larijani", "ir-parliament/head"]
