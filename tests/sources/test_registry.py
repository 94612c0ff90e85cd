"""The registry as data: what it holds, what it composes, what it refuses."""

from __future__ import annotations

from pathlib import Path

import pytest
from babel import Locale

from claimtrack.errors import PackError
from claimtrack.model.vocabulary import NameKind, SourceKind, SourceRelationKind, SourceType
from claimtrack.resources import shipped
from claimtrack.sources import Registry
from claimtrack.sources.naming import body_names
from claimtrack.sources.patterns import patterns
from claimtrack.sources.registry import spelling

_HEADER = (
    "key,kind,type,country,domain,wikidata,parent,relation,en,ar,ru,weak_en,weak_ar,weak_ru,note"
)
_STATE_OWNERS = ("government", "military", "state_media")


def _table(folder: Path, *rows: str, header: str = _HEADER) -> Path:
    path = folder / "extra.csv"
    path.write_text("\n".join((header, *rows)) + "\n", "utf-8")
    return path


def test_the_packaged_registry_covers_the_field(registry: Registry) -> None:
    kinds = [source.kind for source in registry.sources()]
    assert kinds.count(SourceKind.STATE) >= 60
    assert len(kinds) - kinds.count(SourceKind.STATE) >= 150


def test_every_source_of_the_packaged_registry_has_a_name_in_english_and_arabic(
    registry: Registry,
) -> None:
    for source in registry.sources():
        assert {"en", "ar"} <= {name.lang for name in source.names}, source.key


def test_sources_are_listed_once_each_in_the_order_of_the_tables(registry: Registry) -> None:
    keys = [source.key for source in registry.sources()]
    assert keys == list(registry.rows)
    assert len({source.id for source in registry.sources()}) == len(keys)


@pytest.mark.parametrize("lang", ["en", "ar", "ru"])
def test_a_state_bears_its_name_of_the_unicode_cldr(registry: Registry, lang: str) -> None:
    territories = Locale.parse(lang).territories
    for row in registry.rows.values():
        if row.kind is SourceKind.STATE:
            known = {spelling(name) for name in (*row.names[lang], *row.weak.get(lang, ()))}
            assert spelling(territories[row.country]) in known, row.key


def test_state_media_is_what_a_state_owns(registry: Registry) -> None:
    owned = {
        source.key
        for source in registry.sources()
        if source.kind in (SourceKind.OUTLET, SourceKind.AGENCY)
        for relation in source.relations
        if relation.kind is SourceRelationKind.OWNED_BY
        and registry.get(relation.parent).type in _STATE_OWNERS  # type: ignore[union-attr]
    }
    labelled = {s.key for s in registry.sources() if s.type is SourceType.STATE_MEDIA}
    assert owned == labelled
    assert {"sana", "ria", "rt", "zvezda"} <= owned
    assert not {"bbc", "france-24", "al-jazeera", "interfax"} & owned


def test_every_relation_leads_to_a_source(registry: Registry) -> None:
    for source in registry.sources():
        for relation in source.relations:
            parent = registry.get(relation.parent)
            assert parent is not None, source.key
            assert parent.key == relation.parent


def test_no_body_of_a_state_has_the_names_of_two_rows(registry: Registry) -> None:
    for polity in registry.polities.values():
        for pattern in patterns().values():
            names = body_names(pattern, polity, polity if pattern.hosted else None)
            rows = {
                row.key
                for cell in names.values()
                for name in cell
                if (row := registry.by_name.get(spelling(name)))
                and (row.kind, row.type) == (pattern.kind, pattern.type)
            }
            assert len(rows) <= 1, (polity.key, pattern.key)


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("ru:defence", "Russian Ministry of Defence"),
        ("us:defence", "United States Department of Defense"),
        ("ru:embassy:us", "Embassy of Russia, Washington"),
        ("us:embassy:kr", "Embassy of the United States, Seoul"),
        ("kw:interior", "Kuwaiti Ministry of Interior"),
        ("us:government", "Government of the United States"),
        ("fr:interior-minister", "Minister of the Interior of France"),
        ("il:armed-forces", "Israel Defense Forces"),
        ("us-defence/spokesperson", "Spokesperson of the United States Department of Defense"),
        ("ahrar-al-sham/spokesperson", "Spokesperson of Ahrar al-Sham"),
        ("ru:un-mission", "Permanent Mission of Russia to the United Nations"),
    ],
)
def test_a_body_is_called_as_a_careful_registry_would(
    registry: Registry, key: str, name: str
) -> None:
    source = registry.get(key)
    assert source is not None
    assert source.name == name


@pytest.mark.parametrize(
    ("key", "lang", "name"),
    [
        ("ru:defence", "ar", "وزارة الدفاع الروسية"),
        ("kp:armed-forces", "ar", "الجيش الكوري الشمالي"),
        ("ru:embassy:us", "ar", "السفارة الروسية في واشنطن"),
        ("ru:embassy:us", "ru", "Посольство России в США"),
        ("us:embassy:fr", "ru", "Посольство США во Франции"),
        ("tr:foreign", "ru", "МИД Турции"),
        ("ru:embassy:us", "en", "Russian embassy in Washington"),
    ],
)
def test_a_body_has_its_usual_names_in_each_language(
    registry: Registry, key: str, lang: str, name: str
) -> None:
    source = registry.get(key)
    assert source is not None
    assert name in {each.text for each in source.names if each.lang == lang}


@pytest.mark.parametrize(
    ("key", "relation", "parent"),
    [
        ("ru:government", "speaks_for", "ru"),
        ("ru:defence", "member_of", "ru:government"),
        ("us:embassy:ru", "speaks_for", "us-foreign"),
        ("us:ambassador:ru", "speaks_for", "us:embassy:ru"),
        ("us-defence/spokesperson", "speaks_for", "us-defence"),
        ("sana", "owned_by", "sy"),
    ],
)
def test_a_source_stands_in_relation_to_what_it_belongs_to(
    registry: Registry, key: str, relation: str, parent: str
) -> None:
    source = registry.get(key)
    assert source is not None
    assert [(each.kind.value, each.parent) for each in source.relations] == [(relation, parent)]


def test_a_body_that_no_template_speaks_of_has_no_relation(registry: Registry) -> None:
    source = registry.get("tr:red-crescent")
    assert source is not None
    assert source.relations == ()


@pytest.mark.parametrize(
    "key",
    ["", "nobody", "ru:nothing", "nobody:defence", "ru:embassy:nobody", "nobody/spokesperson",
     "ru/nothing", "ru:defence:", "ru:defence:us", "un:defence", "ru:embassy"],
)  # fmt: skip
def test_a_key_of_nothing_gives_nothing(registry: Registry, key: str) -> None:
    assert registry.get(key) is None


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("pentagon", "us-defence"),
        ("البنتاغون", "us-defence"),
        ("пентагон", "us-defence"),
        ("سانا", "sana"),
        ("وزارة الدفاع الروسية", "ru:defence"),
        ("russian ministry of def", "ru:defence"),
        ("СИРИЯ", "sy"),
        ("مجلس حقوق الانسان", "unhrc"),
    ],
)
def test_search_finds_a_source_by_any_of_its_names(
    registry: Registry, text: str, first: str
) -> None:
    assert registry.search(text)[0].key == first


@pytest.mark.parametrize("text", ["Assad regime", "نظام الأسد", "режим Асада"])
def test_a_label_that_takes_sides_is_no_name(registry: Registry, text: str) -> None:
    assert spelling(text) not in registry.by_name


@pytest.mark.parametrize("text", ["", "  ", "…", "no such source anywhere"])
def test_search_for_nothing_finds_nothing(registry: Registry, text: str) -> None:
    assert registry.search(text) == ()


def test_search_lists_each_source_once(registry: Registry) -> None:
    keys = [source.key for source in registry.search("department of defense")]
    assert len(keys) == len(set(keys))
    assert "us-defence" in keys


def test_the_invented_cast_is_merged_and_marked() -> None:
    registry = Registry.load(shipped("data") / "cast.csv")
    invented = [source for source in registry.sources() if source.invented]
    assert len(invented) >= 10
    assert registry.get("us-defence").invented is False  # type: ignore[union-attr]


def test_a_state_of_an_extra_table_has_bodies_like_any_other(tmp_path: Path) -> None:
    header = f"{_HEADER},demonyms"
    row = (
        "zedia,state,government,XZ,,,,,Zedia,زيديا,Зедия,,,,invented,"
        "زيدي|Zedian|зедийский"
    )  # fmt: skip
    registry = Registry.load(_table(tmp_path, row, header=header))
    source = registry.get("zedia:defence")
    assert source is not None
    assert source.invented
    assert source.country == "XZ"
    names = {name.text for name in source.names}
    assert {"Zedian Ministry of Defence", "وزارة الدفاع الزيدية"} <= names


def test_a_state_without_a_name_in_a_language_has_no_bodies_in_it(tmp_path: Path) -> None:
    row = "zedia,state,government,XZ,,,,,Zedia,,,,,,invented,Zedian"
    registry = Registry.load(_table(tmp_path, row, header=f"{_HEADER},demonyms"))
    for key in ("zedia:defence", "zedia:defence/spokesperson"):
        source = registry.get(key)
        assert source is not None
        assert {name.lang for name in source.names} == {"en"}


def test_an_office_in_a_body_without_a_name_in_english_is_named_after_both(tmp_path: Path) -> None:
    registry = Registry.load(_table(tmp_path, "zed,body,ngo,,,,,,,,Зед,,,,"))
    source = registry.get("zed/spokesperson")
    assert source is not None
    assert source.name == "spokesperson, Зед"
    assert source.names == ()


def test_a_name_that_begins_with_an_at_sign_is_a_handle(tmp_path: Path) -> None:
    row = "zed-account,account,military,,,,us-defence,account_of,@zed,حساب زيد,,,,,"
    source = Registry.load(_table(tmp_path, row)).get("zed-account")
    assert source is not None
    kinds = {name.text: name.kind for name in source.names}
    assert kinds == {"@zed": NameKind.HANDLE, "حساب زيد": NameKind.OFFICIAL}
    assert source.relations[0].kind is SourceRelationKind.ACCOUNT_OF


def test_a_source_may_stand_in_several_relations(tmp_path: Path) -> None:
    row = "zed,body,ngo,,,,un|icrc,member_of|speaks_for,Zed,,,,,,"
    source = Registry.load(_table(tmp_path, row)).get("zed")
    assert source is not None
    assert [relation.parent for relation in source.relations] == ["un", "icrc"]


_BAD_ROWS = {
    "unknown kind": (["zed,thing,ngo,,,,,,Zed,,,,,,"], "unknown kind 'thing'"),
    "unknown type": (["zed,body,thing,,,,,,Zed,,,,,,"], "unknown type 'thing'"),
    "unknown relation": (["zed,body,ngo,,,,un,likes,Zed,,,,,,"], "unknown relation 'likes'"),
    "parent without relation": (["zed,body,ngo,,,,un,,Zed,,,,,,"], "1 parent(s), 0 relation(s)"),
    "missing parent": (["zed,body,ngo,,,,nobody,member_of,Zed,,,,,,"], "the key 'nobody'"),
    "its own parent": (["zed,body,ngo,,,,zed,member_of,Zed,,,,,,"], "its own parent"),
    "key with capitals": (["Zed,body,ngo,,,,,,Zed,,,,,,"], "key 'Zed'"),
    "key with a colon": (["ru:zed,body,ngo,,,,,,Zed,,,,,,"], "key 'ru:zed'"),
    "country in small letters": (["zed,body,ngo,ru,,,,,Zed,,,,,,"], "country 'ru'"),
    "no name": (["zed,body,ngo,,,,,,,,,,,,"], "has no name"),
    "name without letters": (["zed,body,ngo,,,,,,—,,,,,,"], "no letter or digit"),
    "key twice": (["sana,body,ngo,,,,,,Zed,,,,,,"], "key 'sana' is taken"),
    "alias of another source": (["zed,body,ngo,,,,,,Zed|Pentagon,,,,,,"], "of 'us-defence' too"),
    "alias in another spelling": (["zed,body,ngo,,,,,,Zed,الأمم المتّحدة,,,,,"], "of 'un' too"),
    "weak name of a strong one": (["zed,body,ngo,,,,,,Zed,,,Pentagon,,,"], "strong name of"),
    "too few cells": (["zed,body,ngo"], "more or fewer cells"),
    "too many cells": (["zed,body,ngo,,,,,,Zed,,,,,,,,,"], "more or fewer cells"),
    "ownership in a circle": (
        [
            "one,body,company,,,,two,owned_by,One of Zed,,,,,,",
            "two,body,company,,,,one,owned_by,Two of Zed,,,,,,",
        ],
        "ownership turns in a circle: one -> two -> one",
    ),
    "state media that no state owns": (
        ["zed,outlet,state_media,,,,,,Zed,,,,,,"],
        "no state owns it",
    ),
    "a state's outlet under another label": (
        ["zed,outlet,news_outlet,,,,ru,owned_by,Zed,,,,,,"],
        "its type is state_media",
    ),
    "an open quotation mark": (['zed,body,ngo,,,,,,"Zed,,,,,,'], "not CSV"),
}


@pytest.mark.parametrize("name", sorted(_BAD_ROWS))
def test_a_bad_row_is_an_error_that_names_file_line_and_remedy(tmp_path: Path, name: str) -> None:
    rows, words = _BAD_ROWS[name]
    path = _table(tmp_path, "fine,body,ngo,,,,,,Fine Example Body,,,,,,", *rows)
    with pytest.raises(PackError) as caught:
        Registry.load(path)
    assert words in str(caught.value)
    assert caught.value.file == str(path)
    assert caught.value.line >= 3
    assert "\n" not in str(caught.value)


def test_an_owner_above_a_circle_does_not_hide_it(tmp_path: Path) -> None:
    path = _table(
        tmp_path,
        "low,body,company,,,,one,owned_by,Low of Zed,,,,,,",
        "one,body,company,,,,two,owned_by,One of Zed,,,,,,",
        "two,body,company,,,,one,owned_by,Two of Zed,,,,,,",
    )
    with pytest.raises(PackError, match="one -> two -> one"):
        Registry.load(path)


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ("key,kind,en", "no column 'type'"),
        ("key,kind,type,en,colour", "unknown column 'colour'"),
        ("", "no column 'key'"),
    ],
)
def test_a_table_with_wrong_columns_is_refused(tmp_path: Path, header: str, words: str) -> None:
    with pytest.raises(PackError, match=words):
        Registry.load(_table(tmp_path, header=header))


def test_a_table_that_is_missing_or_no_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PackError, match="cannot be read"):
        Registry.load(tmp_path / "none.csv")
    path = tmp_path / "latin.csv"
    path.write_bytes(b"key,kind,type,en\nz\xe9d,body,ngo,Zed\n")
    with pytest.raises(PackError, match="not UTF-8"):
        Registry.load(path)


def test_names_that_two_sources_may_share_are_weak(tmp_path: Path) -> None:
    path = _table(
        tmp_path,
        "one,body,ngo,,,,,,One of Zed,,,the league,,,",
        "two,body,ngo,,,,,,Two of Zed,,,the league,,,",
    )
    assert Registry.load(path).get("two") is not None
