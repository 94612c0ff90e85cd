"""Mentions in their article: what an earlier word decides, and what nothing does."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from claimtrack.model.attribution import Attribution, Extraction
from claimtrack.model.document import Article, Layout
from claimtrack.model.ids import content_id
from claimtrack.model.source import Source
from claimtrack.model.span import Span, Spans
from claimtrack.model.vocabulary import Channel, ResolvedHow, SourceKind, SourceType
from claimtrack.resources import shipped
from claimtrack.sources import Registry, Resolved, Resolver

Told = tuple[str, str]
"""The words of a source and of its antecedent; either may be empty."""


def _find(text: str, words: str, after: int) -> Spans:
    if not words:
        return ()
    at = text.find(words, after)
    at = at if at >= 0 else text.index(words)
    return (Span(at, at + len(words)),)


def _resolve(
    resolver: Resolver,
    text: str,
    told: Sequence[Told],
    *,
    lang: str = "en",
    scope: str = "article",
    outlet: str | None = None,
) -> Resolved:
    """Resolve an article in which each source's words are the first after the one before."""
    attributions = []
    at = 0
    for number, (source, antecedent) in enumerate(told, start=1):
        span = _find(text, source, at)
        at = span[0].end if span else at
        attributions.append(
            Attribution(
                key=str(number),
                source=span,
                content=(Span(len(text) - 1, len(text)),),
                antecedent=_find(text, antecedent, 0),
            )
        )
    article = Article(text=text, place="test", layout=Layout(), lang=lang, outlet=outlet)
    return resolver.resolve(article, Extraction(attributions=tuple(attributions)), scope)


def _names(found: Resolved) -> list[str | None]:
    return [attribution.source_name for attribution in found.extraction.attributions]


def _types(found: Resolved) -> list[SourceType]:
    return [attribution.source_type for attribution in found.extraction.attributions]


def _sources(found: Resolved) -> list[Source | None]:
    known = {source.id: source for source in found.sources}
    return [known.get(each.source_id or "") for each in found.extraction.attributions]


def test_an_attribution_gets_its_source_s_id_name_and_type(resolver: Resolver) -> None:
    found = _resolve(resolver, "The Pentagon is a building.", [("The Pentagon", "")])
    (attribution,) = found.extraction.attributions
    assert attribution.source_id == content_id("source", "us-defence")
    assert attribution.source_name == "United States Department of Defense"
    assert attribution.source_type is SourceType.MILITARY


def test_a_source_comes_with_its_parents_each_once(resolver: Resolver) -> None:
    text = "The Russian foreign ministry is old. RT is not. The Russian foreign ministry stays."
    ministry = ("Russian foreign ministry", "")
    found = _resolve(resolver, text, [ministry, ("RT", ""), ministry])
    assert [source.key for source in found.sources] == ["ru:foreign", "rt", "ru:government", "ru"]


def test_an_empty_source_is_that_of_its_antecedent(resolver: Resolver) -> None:
    text = "وقالت وزارة الدفاع التركية شيئا، مؤكدة شيئا آخر."
    told = [("وزارة الدفاع التركية", ""), ("", "وزارة الدفاع التركية")]
    assert _names(_resolve(resolver, text, told, lang="ar")) == ["Turkish Ministry of Defence"] * 2


def test_an_attribution_with_neither_is_unresolved(resolver: Resolver) -> None:
    found = _resolve(resolver, "It is said that it rained.", [("", "")])
    (attribution,) = found.extraction.attributions
    assert (attribution.source_id, attribution.source_name) == (None, None)
    assert attribution.source_type is SourceType.OTHER
    assert found.sources == ()


def test_what_stays_unresolved_keeps_the_type_its_words_tell(resolver: Resolver) -> None:
    found = _resolve(resolver, "The defence ministry said so.", [("The defence ministry", "")])
    assert _names(found) == [None]
    assert _types(found) == [SourceType.MILITARY]


@pytest.mark.parametrize(
    ("lang", "text", "first", "second"),
    [
        ("en", "The Iraqi MFA spoke. The ministry added.", "The Iraqi MFA", "The ministry"),
        ("en", "TASS has a house. The agency has two.", "TASS", "The agency"),
        ("en", "Sky News wrote. The broadcaster added.", "Sky News", "The broadcaster"),
        ("ar", "قالت وزارة النفط العراقية. وأضافت الوزارة.", "وزارة النفط العراقية", "الوزارة"),
        ("ar", "ذكرت وكالة تاس. وتابعت الوكالة.", "وكالة تاس", "الوكالة"),
        ("ar", "أحصى المرصد السوري المعارض. وأكد المرصد.", "المرصد السوري المعارض", "المرصد"),
        ("ar", "أعلن الجيش التركي. وشدد الجيش.", "الجيش التركي", "الجيش"),
        ("ar", "قال التحالف الدولي. وأضاف التحالف.", "التحالف الدولي", "التحالف"),
        ("ru", "МИД Сирии заявил. В министерстве добавили.", "МИД Сирии", "министерстве"),
        ("ru", "Агентство Рейтер сообщило. Агентство добавило.", "Агентство Рейтер", "Агентство"),
    ],
)  # fmt: skip
def test_a_bare_noun_means_who_was_named_last_and_fits(
    resolver: Resolver, lang: str, text: str, first: str, second: str
) -> None:
    names = _names(_resolve(resolver, text, [(first, ""), (second, "")], lang=lang))
    assert names[0] is not None
    assert names == [names[0]] * 2


@pytest.mark.parametrize(
    ("text", "first", "second", "third"),
    [
        (
            "قالت نقابة عمال الصدفة. وأعلن حزب الضفاف. وأضافت النقابة.",
            "نقابة عمال الصدفة",
            "حزب الضفاف",
            "النقابة",
        ),
        (
            "جاء في بيان للجيش القمري. وقالت وزارة الصحة المصرية. وأضاف البيان.",
            "بيان للجيش القمري",
            "وزارة الصحة المصرية",
            "البيان",
        ),
    ],
)
def test_a_noun_said_again_means_who_went_by_it(
    with_cast: Resolver, text: str, first: str, second: str, third: str
) -> None:
    told = [(first, ""), (second, ""), (third, "")]
    names = _names(_resolve(with_cast, text, told, lang="ar"))
    assert names[0] == names[2] != names[1]


def test_of_two_ministries_the_one_named_last_is_meant(resolver: Resolver) -> None:
    text = "Iraq's oil ministry spoke. Turkey's energy ministry spoke. The ministry added."
    told = [("Iraq's oil ministry", ""), ("Turkey's energy ministry", ""), ("The ministry", "")]
    names = _names(_resolve(resolver, text, told))
    assert names[2] == "Turkish Ministry of Energy"


def test_an_agency_is_not_what_the_ministry_means(resolver: Resolver) -> None:
    text = "Iraq's oil ministry is here. TASS is there. The ministry is open."
    told = [("Iraq's oil ministry", ""), ("TASS", ""), ("The ministry", "")]
    assert _names(_resolve(resolver, text, told))[2] == "Iraqi Ministry of Oil"


def test_a_headline_s_bare_ministry_is_the_only_one_the_article_names(resolver: Resolver) -> None:
    text = "Defence ministry speaks\n\nThe Turkish defence ministry spoke."
    told = [("Defence ministry", ""), ("Turkish defence ministry", "")]
    assert _names(_resolve(resolver, text, told)) == ["Turkish Ministry of Defence"] * 2


def test_a_headline_s_bare_ministry_stays_open_when_the_article_names_two(
    resolver: Resolver,
) -> None:
    text = "Defence ministry speaks\n\nThe Turkish defence ministry, the Iraqi defence ministry."
    told = [
        ("Defence ministry", ""),
        ("Turkish defence ministry", ""),
        ("Iraqi defence ministry", ""),
    ]
    assert _names(_resolve(resolver, text, told))[0] is None


def test_an_antecedent_decides_what_a_bare_noun_means(resolver: Resolver) -> None:
    text = "Iraq's oil ministry spoke. Turkey's energy ministry spoke. The ministry added."
    told = [("Turkey's energy ministry", ""), ("The ministry", "Iraq's oil ministry")]
    found = _resolve(resolver, text, told)
    assert _names(found)[1] == "Iraqi Ministry of Oil"


def test_a_mention_that_says_who_it_is_needs_no_antecedent(resolver: Resolver) -> None:
    text = "TASS is there. The Pentagon is here."
    found = _resolve(resolver, text, [("The Pentagon", "TASS")])
    assert _names(found) == ["United States Department of Defense"]


def test_a_spokesman_of_the_ministry_is_that_ministry_s(resolver: Resolver) -> None:
    text = "وقالت وزارة الداخلية المصرية. وأضاف المتحدث باسم الوزارة."
    told = [("وزارة الداخلية المصرية", ""), ("المتحدث باسم الوزارة", "")]
    names = _names(_resolve(resolver, text, told, lang="ar"))
    assert names[1] == "Spokesperson of the Egyptian Ministry of Interior"


def test_a_spokesman_of_an_unknown_ministry_is_a_source_of_the_article(resolver: Resolver) -> None:
    (source,) = _sources(
        _resolve(resolver, "أضاف متحدث باسم وزارة الداخلية.", [("متحدث باسم وزارة الداخلية", "")],
                 lang="ar")
    )  # fmt: skip
    assert source is not None
    assert (source.kind, source.type) == (SourceKind.UNNAMED, SourceType.GOVERNMENT)
    assert "article" in source.key


# --- persons


def test_a_surname_is_the_person_named_in_full(resolver: Resolver) -> None:
    text = "Turkish Foreign Minister Jane Example spoke. Example added. Mrs. Example left."
    told = [("Turkish Foreign Minister Jane Example", ""), ("Example", ""), ("Mrs. Example", "")]
    found = _resolve(resolver, text, told)
    sources = _sources(found)
    assert sources[0] is not None
    assert [source and source.key for source in sources] == [sources[0].key] * 3
    assert sources[0].relations[0].parent == "tr:foreign"


def test_a_surname_in_the_headline_is_the_person_named_later(resolver: Resolver) -> None:
    text = "المثال يصل\n\nوصل الرئيس التركي خالد المثال."
    told = [("المثال", ""), ("الرئيس التركي خالد المثال", "")]
    found = _resolve(resolver, text, told, lang="ar")
    assert _names(found) == ["خالد المثال"] * 2
    assert _types(found) == [SourceType.GOVERNMENT] * 2


def test_a_russian_surname_is_known_in_any_case(resolver: Resolver) -> None:
    text = "Глава МИД Турции Иван Примеров приехал. У Примерова дом. С Примеровым приехали."
    told = [("Глава МИД Турции Иван Примеров", ""), ("Примерова", ""), ("Примеровым", "")]
    assert _names(_resolve(resolver, text, told, lang="ru")) == ["Иван Примеров"] * 3


def test_a_surname_of_two_persons_stays_open(resolver: Resolver) -> None:
    text = "Sen. Jane Example spoke. Gov. John Example spoke. Example added."
    told = [("Sen. Jane Example", ""), ("Gov. John Example", ""), ("Example", "")]
    assert _names(_resolve(resolver, text, told)) == ["Jane Example", "John Example", None]


def test_a_person_is_known_from_where_the_article_introduces_them(resolver: Resolver) -> None:
    text = "المثال يتحدث\n\nوصل الرئيس التركي خالد المثال إلى الساحل، وعاد المثال."
    found = _resolve(resolver, text, [("المثال", "")], lang="ar")
    (source,) = _sources(found)
    assert source is not None
    assert source.name == "خالد المثال"
    assert source.relations[0].parent == "tr:presidency"


def test_a_name_that_nothing_introduces_stays_a_name(resolver: Resolver) -> None:
    text = "Nobody knows Example. " * 6
    (source,) = _sources(_resolve(resolver, text, [("Example", "")]))
    assert source is not None
    assert (source.name, source.relations) == ("Example", ())


def test_a_bare_post_tells_the_type_of_the_person_it_points_back_to(resolver: Resolver) -> None:
    found = resolver.mention("رئيس الوزراء", "ar", scope="article", antecedent="خالد المثال")
    assert found.source is not None
    assert (found.source.name, found.type) == ("خالد المثال", SourceType.GOVERNMENT)


def test_a_bare_post_is_its_holder_when_the_article_names_one(resolver: Resolver) -> None:
    text = "French President Jane Example spoke. The French president added."
    told = [("French President Jane Example", ""), ("The French president", "")]
    assert _names(_resolve(resolver, text, told)) == ["Jane Example"] * 2


def test_a_bare_post_without_a_holder_is_the_office(resolver: Resolver) -> None:
    found = _resolve(resolver, "The French president spoke.", [("The French president", "")])
    assert _names(found) == ["President of France"]


def test_a_demonym_that_is_somebody_s_surname_is_that_person(resolver: Resolver) -> None:
    text = "قال خالد المصري نعم. وأضاف المصري لا."
    told = [("خالد المصري", ""), ("المصري", "")]
    assert _names(_resolve(resolver, text, told, lang="ar")) == ["خالد المصري"] * 2


def test_a_name_that_is_an_agency_s_too_is_the_person_the_article_names(resolver: Resolver) -> None:
    text = "قال فارس المثال نعم. وأضاف فارس لا."
    told = [("فارس المثال", ""), ("فارس", "")]
    assert _names(_resolve(resolver, text, told, lang="ar")) == ["فارس المثال"] * 2
    assert _names(_resolve(resolver, "ذكرت فارس.", [("فارس", "")], lang="ar")) == [
        "Fars News Agency"
    ]


def test_the_same_minister_is_one_source_in_two_articles(resolver: Resolver) -> None:
    told = [("Turkish Foreign Minister Jane Example", "")]
    text = "Turkish Foreign Minister Jane Example spoke."
    one, two = (_resolve(resolver, text, told, scope=scope) for scope in ("one", "two"))
    assert one.sources[0].id == two.sources[0].id


def test_namesakes_of_two_articles_are_two_sources(resolver: Resolver) -> None:
    told = [("Jane Example", "")]
    one, two = (
        _resolve(resolver, "Jane Example spoke.", told, scope=scope) for scope in ("one", "two")
    )
    assert one.sources[0].id != two.sources[0].id


def test_ministers_of_two_states_with_one_name_are_two_sources(resolver: Resolver) -> None:
    text = "Turkish Foreign Minister Jane Example spoke."
    other = text.replace("Turkish", "French")
    one = _resolve(resolver, text, [("Turkish Foreign Minister Jane Example", "")])
    two = _resolve(resolver, other, [("French Foreign Minister Jane Example", "")])
    assert one.sources[0].id != two.sources[0].id


def test_a_minister_s_deputy_belongs_to_the_ministry_and_does_not_speak_for_it(
    resolver: Resolver,
) -> None:
    found = resolver.mention("نائب وزير الخارجية الروسي خالد المثال", "ar", scope="article")
    assert found.source is not None
    (relation,) = found.source.relations
    assert (relation.kind, relation.parent) == ("member_of", "ru:foreign")


# --- sources without a name


def test_unnamed_sources_of_two_articles_are_never_one(resolver: Resolver) -> None:
    one, two = (resolver.mention("مصدر أمني", "ar", scope=scope).source for scope in ("one", "two"))
    assert one is not None
    assert two is not None
    assert one.id != two.id


def test_an_unnamed_source_is_one_within_its_article(resolver: Resolver) -> None:
    text = "قال مصدر أمني عراقي شيئا. وأضاف المصدر شيئا. وتابع المصدر الأمني."
    told = [("مصدر أمني عراقي", ""), ("المصدر", ""), ("المصدر الأمني", "")]
    found = _resolve(resolver, text, told, lang="ar")
    assert _names(found) == ["مصدر أمني عراقي"] * 3
    assert [source and source.country for source in _sources(found)] == ["IQ"] * 3


def test_another_noun_is_another_unnamed_source(resolver: Resolver) -> None:
    text = "A security official spoke. The diplomat added. The official left."
    told = [("A security official", ""), ("The diplomat", ""), ("The official", "")]
    names = _names(_resolve(resolver, text, told))
    assert names == ["A security official", "The diplomat", "A security official"]


def test_a_bare_russian_source_is_the_one_named_before(resolver: Resolver) -> None:
    text = "Источник в МИД Турции сообщил. Источник добавил."
    told = [("Источник в МИД Турции", ""), ("Источник", "")]
    assert _names(_resolve(resolver, text, told, lang="ru")) == ["Источник в МИД Турции"] * 2


# --- the outlet itself


def test_our_reporter_is_the_article_s_outlet(with_cast: Resolver) -> None:
    told = [("our correspondent", "")]
    text = "It rained, our correspondent said."
    found = _resolve(with_cast, text, told, outlet="Badrun Herald")
    assert _names(found) == ["The Badrun Herald"]


def test_an_outlet_that_no_registry_holds_is_one_source_everywhere(resolver: Resolver) -> None:
    one, two = (
        _resolve(resolver, "وقال مراسلنا نعم.", [("مراسلنا", "")], lang="ar", scope=scope,
                 outlet="صدى الوادي")
        for scope in ("one", "two")
    )  # fmt: skip
    assert _names(one) == ["صدى الوادي"]
    assert one.sources[0].id == two.sources[0].id
    assert _types(one) == [SourceType.NEWS_OUTLET]


def test_our_reporter_of_an_unknown_outlet_stays_unresolved(resolver: Resolver) -> None:
    found = _resolve(resolver, "It rained, our correspondent said.", [("our correspondent", "")])
    assert _names(found) == [None]
    assert _types(found) == [SourceType.NEWS_OUTLET]


# --- single mentions


@pytest.mark.parametrize(
    ("text", "lang", "how"),
    [
        ("Pentagon", "en", ResolvedHow.ALIAS),
        ("Kremlin", "en", ResolvedHow.EXACT),
        ("Turkish foreign ministry", "en", ResolvedHow.COMPOSED),
        ("French President Jane Example", "en", ResolvedHow.PERSON),
        ("Jane Example", "en", ResolvedHow.NEW),
        ("a source", "en", ResolvedHow.UNNAMED),
        ("the coalition", "en", ResolvedHow.AMBIGUOUS),
        ("he", "en", ResolvedHow.UNRESOLVED),
        ("", "en", ResolvedHow.UNRESOLVED),
        ("...", "en", ResolvedHow.UNRESOLVED),
    ],
)
def test_a_resolution_says_how_it_was_made(
    resolver: Resolver, text: str, lang: str, how: ResolvedHow
) -> None:
    found = resolver.mention(text, lang, scope="article")
    assert found.how is how
    assert (found.confidence > 0) == (found.source is not None)


def test_an_ambiguous_mention_shows_its_candidates(resolver: Resolver) -> None:
    found = resolver.mention("صحيفة الوطن", "ar", scope="article")
    assert set(found.candidates) == {"al-watan-sy", "al-watan-sa", "al-watan-eg"}


def test_a_mention_is_resolved_through_its_antecedent(resolver: Resolver) -> None:
    found = resolver.mention("الوزارة", "ar", scope="a", antecedent="وزارة الصحة المصرية")
    assert found.how is ResolvedHow.ANTECEDENT
    assert found.source is not None
    assert found.source.key == "eg:health"
    assert resolver.mention("", "ar", scope="a", antecedent="وزارة الصحة المصرية") == found


def test_an_antecedent_that_is_itself_open_decides_nothing(resolver: Resolver) -> None:
    found = resolver.mention("هو", "ar", scope="a", antecedent="الوزارة")
    assert found.source is None
    assert resolver.mention("", "ar", scope="a", antecedent="هو").source is None


def test_a_text_in_a_language_without_a_pack_is_still_looked_up(resolver: Resolver) -> None:
    found = resolver.mention("Reuters", "fr", scope="article")
    assert found.source is not None
    assert found.source.key == "reuters"


def test_what_was_read_is_forgotten_in_time(
    resolver: Resolver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("claimtrack.sources.resolver._REMEMBERED", 2)
    for name in ("Pentagon", "Kremlin", "White House", "TASS"):
        assert resolver.mention(name, "en", scope="article").source is not None


# --- extra tables


@pytest.fixture(scope="module")
def with_cast() -> Resolver:
    return Resolver(Registry.load(shipped("data") / "cast.csv"))


@pytest.mark.parametrize(
    ("lang", "mention", "key"),
    [
        ("ar", "وزارة الدفاع القمرية", "qa-mod"),
        ("ar", "وزارة دفاع قمرية", "qa-mod"),
        ("en", "Qamaria's defence ministry", "qa-mod"),
        ("ru", "Министерством обороны Камарии", "qa-mod"),
        ("ru", "камарийский МИД", "qa-mfa"),
        ("ar", "سفارة درافونيا لدى قمرية", "dr-embassy-qa"),
        ("en", "Dravonia's embassy in Qamaria", "dr-embassy-qa"),
        ("ru", "посольство Дравонии в Бадруне", "dr-embassy-qa"),
        ("en", "the Qamari interior ministry", "qamaria:interior"),
        ("ar", "المتحدث باسم الخارجية الدرافونية", "dr-mfa/spokesperson"),
        ("en", "Qatar's foreign ministry", "qa:foreign"),
        ("en", "Dravonian Foreign Ministry spokesman Ilvan Kestrov", "dr-spokesman-kestrov"),
        ("ar", "المتحدث باسم وزارة الدفاع القمرية العقيد سراج البهلان", "qa-spokesman-bahlan"),
    ],
)
def test_bodies_of_invented_states_resolve_to_the_rows_that_stand_for_them(
    with_cast: Resolver, lang: str, mention: str, key: str
) -> None:
    found = with_cast.mention(mention, lang, scope="article")
    assert found.source is not None
    assert found.source.key == key


def test_a_registered_person_is_known_by_surname_once_named(with_cast: Resolver) -> None:
    text = "قالت وزيرة الخارجية القمرية روضة المزيان نعم. وأضافت المزيان لا."
    told = [("وزيرة الخارجية القمرية روضة المزيان", ""), ("المزيان", "")]
    found = _resolve(with_cast, text, told, lang="ar")
    assert _names(found) == ["Rawda al-Mizyan"] * 2


def test_a_registered_embassy_is_meant_by_its_owner_alone(with_cast: Resolver) -> None:
    text = "Dravonia's embassy in Badrun spoke. The Dravonian mission, or the embassy, added."
    told = [("Dravonia's embassy in Badrun", ""), ("the embassy", "")]
    assert _names(_resolve(with_cast, text, told)) == ["Embassy of Dravonia, Badrun"] * 2


def test_the_group_is_whatever_group_was_named_before(with_cast: Resolver) -> None:
    text = "The Banners of the Plain denied it. The group said more."
    told = [("The Banners of the Plain", ""), ("The group", "")]
    assert _names(_resolve(with_cast, text, told)) == ["Banners of the Plain"] * 2


def test_another_person_in_a_registered_person_s_post_is_somebody_new(with_cast: Resolver) -> None:
    found = with_cast.mention("وزيرة الخارجية القمرية سلمى المثال", "ar", scope="article")
    assert found.source is not None
    assert found.source.name == "سلمى المثال"
    assert found.source.relations[0].parent == "qa-mfa"


# --- always


def test_resolving_twice_gives_the_same(resolver: Resolver, registry: Registry) -> None:
    text = (
        "TASS is here. The agency is there. A source agreed. Sen. Jane Example left. Example sang."
    )
    told = [
        ("TASS", ""), ("The agency", ""), ("A source", ""), ("Sen. Jane Example", ""),
        ("Example", ""),
    ]  # fmt: skip
    first = _resolve(resolver, text, told)
    article = Article(text=text, place="test", layout=Layout(), lang="en")
    assert resolver.resolve(article, first.extraction, "article") == first
    assert Resolver(registry).resolve(article, first.extraction, "article") == first


# --- what is nobody's name, or somebody else's


@pytest.mark.parametrize(
    ("mention", "type_"),
    [
        ("أصدقاء الصحفي سراج البهلان", SourceType.WITNESS),
        ("مشروع قرار قمري", SourceType.GOVERNMENT),
        ("مشروع قرار في مجلس الأمن", SourceType.GOVERNMENT),
        ("قمريون", SourceType.ANONYMOUS),
        ("حلفاء قمرية", SourceType.GOVERNMENT),
        ("وسائل الإعلام الرسمية في قمرية ودرافونيا", SourceType.STATE_MEDIA),
    ],
)
def test_a_description_names_nobody(with_cast: Resolver, mention: str, type_: SourceType) -> None:
    found = with_cast.mention(mention, "ar", scope="article")
    assert found.source is not None
    assert found.source.kind in (SourceKind.UNNAMED, SourceKind.COLLECTIVE)
    assert found.type is type_


@pytest.mark.parametrize(
    ("mention", "name"),
    [
        ("مدير مكتبه الإعلامي وديع سرحان", "وديع سرحان"),
        ("متحدث باسم الجماعة، العميد وديع سرحان", "وديع سرحان"),
        ("متحدث باسم المقاومة الوطنية القزوينية", "متحدث باسم المقاومة الوطنية القزوينية"),
        ("المتحدث باسم هيئة مرافئ الصدفة", "المتحدث باسم هيئة مرافئ الصدفة"),
        ("المتحدث الإعلامي لشرطة منطقة الضفاف", "المتحدث الإعلامي لشرطة منطقة الضفاف"),
    ],
)
def test_the_words_of_a_body_or_a_title_are_no_part_of_a_name(
    with_cast: Resolver, mention: str, name: str
) -> None:
    found = with_cast.mention(mention, "ar", scope="article")
    assert found.source is not None
    assert found.source.name == name
    assert (found.source.kind is SourceKind.PERSON) == (name == "وديع سرحان")


@pytest.mark.parametrize(
    ("mention", "key"),
    [
        ("الحكومة القمرية نضال قصرون", "qa-government"),
        ("الأرقام التي نشرها مرصد سدرون", "sidrun-monitor"),
        ("حصيلة أعلنتها وزارة الصحة القمرية", "qa-health"),
    ],
)
def test_who_issued_or_leads_something_is_told_apart(
    with_cast: Resolver, mention: str, key: str
) -> None:
    found = with_cast.mention(mention, "ar", scope="article")
    assert found.source is not None
    assert found.source.key == key


# --- what the article names beside its attributions


@pytest.mark.parametrize(
    ("text", "told", "name"),
    [
        (
            "نشر الخبر أولا في صحيفة صدى بدرون. ونقلت الصحيفة أن المخزن فارغ.",
            [("الصحيفة", "")],
            "Sada Badrun",
        ),
        (
            "كانت قمرية وتيلفاريا أغلقتا الحدود. وتقول الدولتان إن المعبر آمن.",
            [("الدولتان", "")],
            "Qamaria and Telvaria",
        ),
        (
            "قالت وزارة الخارجية القمرية ذلك. وفي كارفنسك، أعلنت وزارة الخارجية عكسه.",
            [("وزارة الخارجية القمرية", ""), ("وزارة الخارجية", "")],
            "Ministry of Foreign Affairs of Dravonia",
        ),
        (
            "قال مرصد سدرون إن الجسر سليم، بحسب مصادر. وذكر المصدر نفسه أن المعبر آمن.",
            [("مرصد سدرون", ""), ("المصدر نفسه", "")],
            "Sidrun Monitor",
        ),
    ],
    ids=["an outlet of that kind", "two states", "the place of the sentence", "whoever spoke"],
)
def test_a_noun_that_points_back_means_what_the_article_named_before(
    with_cast: Resolver, text: str, told: Sequence[Told], name: str
) -> None:
    assert _names(_resolve(with_cast, text, told, lang="ar"))[-1] == name


@pytest.mark.parametrize(
    ("lang", "text", "told"),
    [
        ("en", "Qamaria and Telvaria had closed the border. The two countries deny it.",
         "The two countries"),
        ("ru", "Камария и Тельвария закрыли границу. Обе страны отрицают это.", "Обе страны"),
    ],
)  # fmt: skip
def test_two_states_that_stand_together_are_both_meant(
    with_cast: Resolver, lang: str, text: str, told: str
) -> None:
    names = _names(_resolve(with_cast, text, [(told, "")], lang=lang))
    assert names == ["Qamaria and Telvaria"]


def test_a_minister_abroad_is_still_the_one_named_before(with_cast: Resolver) -> None:
    text = "قالت وزيرة الخارجية القمرية ذلك. وفي كارفنسك، أضافت وزيرة الخارجية أن المعبر آمن."
    told = [("وزيرة الخارجية القمرية", ""), ("وزيرة الخارجية", "")]
    names = _names(_resolve(with_cast, text, told, lang="ar"))
    assert names == ["Rawda al-Mizyan"] * 2


def test_two_states_that_nothing_joins_are_not_guessed(with_cast: Resolver) -> None:
    text = "زار الوفد قمرية. ثم عاد من تيلفاريا. وتقول الدولتان إن المعبر آمن."
    assert _names(_resolve(with_cast, text, [("الدولتان", "")], lang="ar")) == [None]


def test_the_ministry_that_a_state_s_media_relay_is_that_state_s(with_cast: Resolver) -> None:
    text = "نقلت وكالة درافينفورم عن وزارة الدفاع أن القصف توقف."
    outer, inner = (_find(text, words, 0) for words in ("وكالة درافينفورم", "وزارة الدفاع"))
    end = (Span(len(text) - 1, len(text)),)
    said = (
        Attribution(key="1", source=outer, content=end),
        Attribution(key="2", source=inner, content=end, via="1"),
    )
    article = Article(text=text, place="test", layout=Layout(), lang="ar")
    found = with_cast.resolve(article, Extraction(attributions=said), "article")
    assert _names(found)[1] == "Ministry of Defence of Dravonia"


def test_whom_another_relays_is_not_the_source_itself(with_cast: Resolver) -> None:
    text = "ذكر مرصد سدرون، نقلا عن خبراء، أن الجسر سليم. وأضاف المصدر ذاته أن المعبر آمن."
    end = (Span(len(text) - 1, len(text)),)
    said = tuple(
        Attribution(key=key, source=_find(text, words, 0), content=end, via=via)
        for key, words, via in (("1", "مرصد سدرون", None), ("2", "خبراء", "1"),
                                ("3", "المصدر ذاته", None))
    )  # fmt: skip
    article = Article(text=text, place="test", layout=Layout(), lang="ar")
    found = with_cast.resolve(article, Extraction(attributions=said), "article")
    assert _names(found)[2] == "Sidrun Monitor"


def test_a_capital_that_two_states_have_is_that_of_the_state_an_article_is_about(
    resolver: Resolver,
) -> None:
    text = "في الأردن مطر. ويمتد في الأردن سهل. وشمال الأردن جبل. وتقول عمان ذلك."
    assert _names(_resolve(resolver, text, [("عمان", "")], lang="ar")) == ["Jordan"]
    assert _names(_resolve(resolver, "وتقول عمان ذلك.", [("عمان", "")], lang="ar")) == [None]


def test_whom_a_headline_leaves_unnamed_is_the_one_the_article_names(resolver: Resolver) -> None:
    text = "صحفي يروي ما رأى. وقال الصحفي وديع سرحان إن الجسر سليم."
    told = [("صحفي", ""), ("الصحفي وديع سرحان", "")]
    assert _names(_resolve(resolver, text, told, lang="ar")) == ["وديع سرحان", "وديع سرحان"]


@pytest.mark.parametrize(
    "text",
    [
        "صحفي محلي يروي ما رأى. ونفى صحفي آخر ذلك. وقال الصحفي وديع سرحان إن الجسر سليم.",
        "صحفي محلي يروي ما رأى. وقال الصحفي وديع سرحان ذلك. ونفاه الصحفي سامي همرش.",
        "قال الصحفي وديع سرحان إن الجسر سليم. وقال صحفي محلي إنه مغلق.",
    ],
    ids=["two are described", "two are named", "named before"],
)
def test_a_journalist_who_could_be_another_stays_unnamed(resolver: Resolver, text: str) -> None:
    told = [(words, "") for words in ("صحفي محلي", "صحفي آخر", "الصحفي وديع سرحان",
                                      "الصحفي سامي همرش") if words in text]  # fmt: skip
    told.sort(key=lambda each: text.index(each[0]))
    found = _sources(_resolve(resolver, text, told, lang="ar"))
    kinds = [source.kind for source in found if source and "صحفي محلي" in source.name]
    assert kinds == [SourceKind.UNNAMED]


def test_an_article_joined_to_a_preposition_is_read_whole(resolver: Resolver) -> None:
    text = "وفقا للشريعة يجوز ذلك."
    (found,) = _sources(_resolve(resolver, text, [("لشريعة", "")], lang="ar"))
    assert found is not None
    assert (found.name, found.kind) == ("الشريعة", SourceKind.UNNAMED)


@pytest.mark.parametrize(
    ("mention", "name"),
    [
        ("والدة الفتى سما طرقان (39 عاما)", "سما طرقان"),
        ("سامي آذري همرش", "سامي آذري همرش"),
        ("آذري همرش", "آذري همرش"),
    ],
    ids=["behind a relation", "with a state's adjective within", "with one before"],
)
def test_a_name_is_whole(resolver: Resolver, mention: str, name: str) -> None:
    found = resolver.mention(mention, "ar", scope="article")
    assert found.source is not None
    assert (found.source.kind, found.source.name) == (SourceKind.PERSON, name)


@pytest.mark.parametrize(
    ("text", "told", "wanted"),
    [
        (
            "قال وزير الدفاع الروسي سيرغي شويغو إن اللقاء انتهى. وقالت وزارته إن القوات عادت.",
            "وزارته",
            "ru:defence",
        ),
        ("قال أحمد، وقالت وزارته إن العمل بدأ.", "وزارته", None),  # of nobody who is known
    ],
)
def test_his_ministry_is_that_of_whom_the_article_names_before(
    resolver: Resolver, text: str, told: str, wanted: str | None
) -> None:
    (source, *_) = (*_resolve(resolver, text, [(told, "")], lang="ar").sources, None)
    assert (source.key if source else None) == wanted


_QAMARI_FIRST = "Qamaria's defence ministry spoke. Qamaria is big. "


@pytest.mark.parametrize(
    ("lang", "text", "told", "wanted"),
    [
        (
            "en",
            _QAMARI_FIRST + "Karvensk rejected that. Its Defence Ministry insisted.",
            "Its Defence Ministry",
            "dr-mod",
        ),
        (
            "en",
            _QAMARI_FIRST + "Dravonia rejected that, and its foreign ministry insisted.",
            "its foreign ministry",
            "dr-mfa",
        ),
        (
            "en",
            _QAMARI_FIRST + "The meeting in Karvensk ended. Its Defence Ministry insisted.",
            "Its Defence Ministry",
            "qa-mod",  # a place is no subject
        ),
        (
            "ar",
            "أعلنت وزارة الدفاع القمرية ذلك. ونفت كارفنسك ذلك، وقالت وزارة دفاعها إنها صامدة.",
            "وزارة دفاعها",
            "dr-mod",
        ),
        (
            "ar",
            "اتهمت قمرية درافونيا بالقصف. ونفت درافونيا الأمر، وقال وزير خارجيتها إنه كذب.",
            "وزير خارجيتها",
            "dravonia:foreign-minister",
        ),
        (
            "ar",
            "قالت كارفنسك إن قمرية قصفت البلدة. وأكدت وزارة خارجيتها ذلك.",
            "وزارة خارجيتها",
            "dr-mfa",  # not the state of what was said
        ),
        (
            "ru",
            "МИД Камарии выступил. Карвенск отверг это. Его МИД возразил.",
            "Его МИД",
            "dr-mfa",
        ),
        (
            "ru",
            "Минобороны Камарии выступило. Дравония отвергла это, её Минобороны возразило.",
            "её Минобороны",
            "dr-mod",
        ),
    ],
)
def test_its_ministry_is_that_of_the_state_that_is_the_subject_before(
    with_cast: Resolver, lang: str, text: str, told: str, wanted: str
) -> None:
    spoken = {"en": "Qamaria's defence ministry", "ar": "وزارة الدفاع القمرية"}.get(lang, "")
    before = [(spoken, "")] if spoken and spoken in text else []
    found = _sources(_resolve(with_cast, text, [*before, (told, "")], lang=lang))[-1]
    assert found is not None
    assert found.key == wanted


@pytest.mark.parametrize(
    ("lang", "text", "who", "told"),
    [
        (
            "ru",
            (
                "Минобороны Камарии обвинило Дравонию, ссылаясь на данные разведки."
                " Дравония молчит. Дравония ждёт."
            ),
            "Минобороны Камарии",
            "данные разведки",
        ),
        (
            "ar",
            (
                "اتهمت وزارة الدفاع القمرية درافونيا، مستندة إلى تقارير الاستخبارات."
                " درافونيا صامتة. درافونيا تنتظر."
            ),
            "وزارة الدفاع القمرية",
            "تقارير الاستخبارات",
        ),
    ],
)
def test_the_intelligence_that_an_official_cites_is_that_of_the_official_s_state(
    with_cast: Resolver, lang: str, text: str, who: str, told: str
) -> None:
    content = (Span(len(text) - 1, len(text)),)
    article = Article(text=text, place="test", layout=Layout(), lang=lang)
    found = Extraction(
        attributions=(
            Attribution(key="1", source=_find(text, who, 0), content=content),
            Attribution(key="2", source=_find(text, told, 0), content=content, via="1"),
        )
    )
    cited = _sources(with_cast.resolve(article, found, "article"))[-1]
    assert cited is not None
    assert cited.key == "qamaria:intelligence"


def test_a_noun_for_a_body_means_that_of_its_head_who_was_named(resolver: Resolver) -> None:
    text = "قال مدير المرصد السوري رامي عبد الرحمن إن القصف توقف. وأفاد المرصد بأن الطريق فتح."
    named = "مدير المرصد السوري رامي عبد الرحمن"
    told = [("رامي عبد الرحمن", ""), ("المرصد", named)]
    found = _resolve(resolver, text, told, lang="ar")
    assert _names(found) == ["Rami Abdel Rahman", "Syrian Observatory for Human Rights"]


def test_a_person_s_statement_is_that_person_s(resolver: Resolver) -> None:
    text = "قال الباحث سامر بدراني إن البئر جفت. وجاء في بيان بدراني أن الماء قليل."
    found = _resolve(resolver, text, [("الباحث سامر بدراني", ""), ("بيان بدراني", "")], lang="ar")
    assert _names(found) == ["سامر بدراني", "سامر بدراني"]


def test_he_and_his_colleagues_are_told_by_him(resolver: Resolver) -> None:
    text = "قال الباحث سامر بدراني إنه وزملاءه وصلوا، مشيرا إلى أن البئر جفت."
    found = _resolve(resolver, text, [("الباحث سامر بدراني", ""), ("", "وزملاءه")], lang="ar")
    assert _names(found) == ["سامر بدراني", "سامر بدراني"]


def test_whoever_stands_for_a_post_is_the_person_named_beside_it(with_cast: Resolver) -> None:
    text = "The Sidrun Monitor met. Its director, Sama Tarqan, said it rained. She added it did."
    found = _resolve(with_cast, text, [("Its director", ""), ("She", "Its director")], lang="en")
    assert _names(found) == ["Sama Tarqan", "Sama Tarqan"]


def test_who_is_named_in_full_is_the_source_whatever_name_a_remark_holds(
    resolver: Resolver,
) -> None:
    mention = "الباحث سامر بدراني، صديق الرئيس ميشال عون"
    source = resolver.mention(mention, "ar", scope="article").source
    assert source is not None
    assert source.name == "سامر بدراني"


@pytest.mark.parametrize(
    ("before", "wanted"),
    [
        ("التقى وفدا فتح وحماس في المدينة.", "Fatah and Hamas"),
        ("وصل وفد فتح إلى المدينة.", None),  # one alone
    ],
)
def test_the_two_movements_are_the_two_that_one_sentence_names(
    resolver: Resolver, before: str, wanted: str | None
) -> None:
    text = f"{before} وقالت الحركتان إن اللقاء انتهى."
    assert _names(_resolve(resolver, text, [("الحركتان", "")], lang="ar")) == [wanted]


@pytest.mark.parametrize(
    ("lang", "text", "told", "name"),
    [
        (
            "ar",
            "التقى وزير الخارجية الهولندي يان باكر نظيره. وأكد الوزير أن الحوار مستمر.",
            "الوزير",
            "يان باكر",
        ),
        (
            "ar",
            "وزير الخارجية الروسي سيرغي لافروف. الوزير.",
            "الوزير",
            "Sergei Lavrov",
        ),
        (
            "en",
            "Dutch Foreign Minister Jan Bakker-Smit met a guest. The minister said it was time.",
            "The minister",
            "Jan Bakker-Smit",
        ),
        (
            "ru",
            "На границу приехал министр обороны России. Министр осмотрел мост.",
            "Министр",
            "Minister of Defence of Russia",
        ),
        ("en", "The bridge was closed. The minister said it was old.", "The minister", None),
    ],
)
def test_the_minister_is_the_one_whom_the_article_names_before(
    resolver: Resolver, lang: str, text: str, told: str, name: str | None
) -> None:
    found = _resolve(resolver, text, [(told, "")], lang=lang)
    (source,) = found.sources[:1]
    assert (source.name if source.kind is not SourceKind.UNNAMED else None) == name


def test_somebody_who_posted_something_is_a_user_of_social_media_from_there_on(
    resolver: Resolver,
) -> None:
    text = "وعلى تويتر كتب أحدهم أن الجسر انهار. وأضاف أن الطريق أغلق. وقال شخص إن النهر فاض."
    spans = [_find(text, words, 0) for words in ("أحدهم", "شخص")]
    content = (Span(len(text) - 1, len(text)),)
    posted, goes_on, other = (
        Attribution(key="1", source=spans[0], content=content, channel=Channel.TWEET_OR_POST),
        Attribution(key="2", antecedent=spans[0], content=content),
        Attribution(key="3", source=spans[1], content=content),
    )
    article = Article(text=text, place="test", layout=Layout(), lang="ar")
    found = resolver.resolve(article, Extraction(attributions=(posted, goes_on, other)), "article")
    types = [attribution.source_type for attribution in found.extraction.attributions]
    user = SourceType.SOCIAL_MEDIA_USER
    assert types == [user, user, SourceType.ANONYMOUS]
