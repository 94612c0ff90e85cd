"""A registry with a desk's edits: they hold against whatever a newer one brings."""

from __future__ import annotations

from pathlib import Path

import pytest

from claimtrack.model.source import Source, SourceName
from claimtrack.model.vocabulary import NameKind, SourceKind, SourceType
from claimtrack.sources import Registry, Resolver
from claimtrack.sources.edited import Named, can_be_named, edited, holder
from claimtrack.sources.suggest import suggestions

HEAD = "key,kind,type,country,en\n"
OWN = Source(
    key="own-lunar-observer",
    name="Lunar Observer",
    kind=SourceKind.BODY,
    type=SourceType.NGO,
    names=(SourceName(text="Lunar Observer", lang="en", kind=NameKind.OFFICIAL),),
)


def key_of(registry: Registry, mention: str, lang: str = "en") -> str | None:
    source = Resolver(registry).mention(mention, lang, scope="s").source
    return source.key if source else None


def named(registry: Registry, key: str, text: str, kind: NameKind = NameKind.ALIAS) -> Named:
    source = registry.get(key)
    assert source is not None
    return Named(source, SourceName(text=text, lang="en", kind=kind))


def test_without_edits_it_is_the_same_registry(registry: Registry) -> None:
    assert edited(registry, ()) is registry


def test_an_added_source_is_resolved_to(registry: Registry) -> None:
    assert key_of(edited(registry, [Named(OWN)]), "the Lunar Observer") == OWN.key
    assert key_of(registry, "the Lunar Observer") != OWN.key


@pytest.mark.parametrize("key", ["reuters", "ke:foreign", "ru:embassy:us"])
def test_a_row_and_a_composed_body_can_be_given_a_name(registry: Registry, key: str) -> None:
    found = edited(registry, [named(registry, key, "Moonlight House")])
    assert key_of(found, "Moonlight House") == key
    source, before = found.get(key), registry.get(key)
    assert source is not None
    assert before is not None
    assert set(before.names) < set(source.names)
    assert source.relations == before.relations


def test_a_weak_name_needs_an_earlier_mention(registry: Registry) -> None:
    found = edited(registry, [named(registry, "reuters", "the Moonlight", NameKind.WEAK)])
    assert key_of(found, "the Moonlight") is None


def test_a_newer_registry_that_has_the_name_elsewhere_does_not_undo_an_edit(
    registry: Registry, tmp_path: Path
) -> None:
    edits = [Named(OWN), named(registry, "reuters", "Moonlight House")]
    newer = tmp_path / "newer.csv"
    rows = "mh,body,ngo,XA,Moonlight House|MH House\nlo,body,ngo,XA,Lunar Observer|LO Body\n"
    newer.write_text(HEAD + rows)
    found = edited(Registry.load(newer), edits)
    assert key_of(found, "Moonlight House") == "reuters"
    assert key_of(found, "MH House") == "mh"
    assert key_of(found, "Lunar Observer") == OWN.key
    assert key_of(found, "LO Body") == "lo"


def test_a_newer_row_whose_only_name_the_desk_has_gives_way(
    registry: Registry, tmp_path: Path
) -> None:
    newer = tmp_path / "newer.csv"
    newer.write_text(f"{HEAD}lo,body,ngo,XA,Lunar Observer\n")
    found = edited(Registry.load(newer), [Named(OWN)])
    assert "lo" not in found.rows


def test_edits_change_what_resolving_depends_on(registry: Registry) -> None:
    assert edited(registry, [Named(OWN)]).digest != registry.digest


def test_who_has_a_name_is_told(registry: Registry) -> None:
    assert holder(registry, "REUTERS") == "reuters"
    assert holder(registry, "Reuters", but="reuters") is None
    assert holder(registry, "Nobody of That Name") is None


def test_what_belongs_to_one_article_can_bear_no_name() -> None:
    assert can_be_named(OWN)
    assert not can_be_named(OWN.model_copy(update={"kind": SourceKind.UNNAMED}))


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Pompeio", "mike-pompeo"),
        ("دميتري بيسكف", "dmitry-peskov"),
        ("Захорова", "maria-zakharova"),
    ],
)
def test_a_name_spelt_almost_so_is_suggested_and_never_resolved(
    registry: Registry, text: str, key: str
) -> None:
    assert [each.source.key for each in suggestions(registry, text, 1)] == [key]
    assert key_of(registry, text) != key


@pytest.mark.parametrize("text", ["", "AP", "Nobody at All of That Name"])
def test_short_and_strange_names_are_like_nothing(registry: Registry, text: str) -> None:
    assert suggestions(registry, text, 5) == ()
