"""Bodies of places within a state: a city's police, a governorate's authorities, courts."""

from __future__ import annotations

import pytest

from claimtrack.lang.pack import available
from claimtrack.model.vocabulary import SourceType
from claimtrack.sources import Registry, Resolver
from claimtrack.sources.patterns import local_patterns


@pytest.mark.parametrize(
    ("lang", "mention", "key"),
    [
        ("ar", "شرطة دبي", "ae-dubai:city-police"),
        ("ar", "شرطة مدينة بوسطن", "us-boston:city-police"),
        ("ar", "قيادة شرطة محافظة البصرة", "iq-basra:city-police"),
        ("ar", "السلطات في الشارقة", "ae-sharjah:governorate"),
        ("ar", "شرطة إسطنبول", "tr-istanbul:city-police"),  # two spellings, one place
        ("ar", "رئيس بلدية إسطنبول", "tr-istanbul:municipality/head"),
        ("ar", "رئيسة بلدية باريس", "fr-paris:municipality/head"),
        ("ar", "السلطات المحلية بمدينة نابلس", "ps-nablus:governorate"),
        ("ar", "مجلس محافظة البصرة", "iq-basra:provincial-council"),
        ("ar", "محكمة الصلح الإسرائيلية في حيفا", "il-haifa:magistrates-court"),
        ("ar", "المتحدث باسم شرطة لندن", "gb-met-police/spokesperson"),
        ("ar", "قاضي محكمة جنايات أسيوط", "eg-asyut:criminal-court/judge"),
        ("en", "Paris police", "fr-paris:city-police"),
        ("en", "the Basra governorate", "iq-basra:governorate"),
        ("en", "prosecutor's office of Lyon", "fr-lyon:city-prosecution"),
        ("ru", "мэрия Москвы", "ru-moscow:municipality"),
        ("ru", "власти города Идлиба", "sy-idlib:governorate"),
    ],
)
def test_a_noun_and_the_place_beside_it_are_the_place_s_body(
    resolver: Resolver, lang: str, mention: str, key: str
) -> None:
    source = resolver.mention(mention, lang, scope="article").source
    assert source is not None
    assert source.key == key


@pytest.mark.parametrize(
    ("lang", "mention"),
    [
        ("ar", "شرطة طرابلس"),  # two states have a city of the name
        ("ar", "محكمة في موسكو"),  # one of its many courts
        ("ar", "الشرطة العراقية"),  # the state's
        ("ar", "السلطات في دمشق"),  # as likely the state's
        ("en", "authorities in Tehran"),
        ("ar", "مصدر في شرطة البصرة"),  # a source there has no name
    ],
)
def test_a_place_that_does_not_say_whose_the_body_is_makes_none(
    resolver: Resolver, registry: Registry, lang: str, mention: str
) -> None:
    source = resolver.mention(mention, lang, scope="article").source
    parts = registry.parts(source.key.partition("/")[0]) if source else None
    assert parts is None or parts[0] not in local_patterns().values()


def test_a_place_s_body_belongs_to_that_of_the_state(registry: Registry) -> None:
    police = registry.get("iq-basra:city-police")
    assert police is not None
    assert (police.name, police.country, police.type) == (
        "Basra Police",
        "IQ",
        SourceType.GOVERNMENT,
    )
    assert [relation.parent for relation in police.relations] == ["iq:interior"]
    assert registry.state_of(police.key) == "iq"


def test_a_place_alone_is_no_source(registry: Registry) -> None:
    assert registry.places
    assert not registry.places.keys() & registry.rows.keys()
    assert all(registry.get(key) is None for key in registry.places)


def test_every_place_and_every_local_body_has_names_in_all_languages(registry: Registry) -> None:
    bodies = [f"{place}:city-police" for place in registry.places]
    bodies += [f"iq-basra:{pattern}" for pattern in local_patterns()]
    for key in bodies:
        source = registry.get(key)
        assert source is not None, key
        assert {name.lang for name in source.names} == set(available()), key


def test_the_country_of_every_place_is_a_state_s(registry: Registry) -> None:
    assert {row.country for row in registry.places.values()} <= registry.states.keys()


@pytest.mark.parametrize("text", ["Basra Police", "شرطة البصرة", "полиция Басры"])
def test_search_finds_a_place_s_body(registry: Registry, text: str) -> None:
    assert "iq-basra:city-police" in [source.key for source in registry.search(text)]
