"""What holds for any mention whatever."""

from __future__ import annotations

import unicodedata

from hypothesis import example, given, settings
from hypothesis import strategies as st

from claimtrack.model.vocabulary import ResolvedHow
from claimtrack.sources import Registry, Resolver
from claimtrack.sources.facts import facts
from claimtrack.sources.lexicon import NAMING, STATES, Meaning, Role
from claimtrack.sources.mention import clean, quick_words, spelled, words
from claimtrack.sources.reader import Reader
from claimtrack.sources.reading import Shape
from claimtrack.sources.registry import spelling
from claimtrack.sources.table import listed
from claimtrack.text.fold import fold

_REGISTRY = Registry.load()
_RESOLVER = Resolver(_REGISTRY)
_ANOTHER = Resolver(_REGISTRY)
_LANGUAGES = st.sampled_from(["ar", "en", "ru"])
_VOCABULARY = (
    "وزارة الدفاع الروسية روسيا المتحدث باسم في بواشنطن و وكالة «سانا» مصدر ، ( ) بيان القوات "
    "The Russian ministry of defence spokesman John Example , in Washington and a source WHO "
    "Минобороны РФ глава посольство в США источник Примеров МИД «Интерфакс» агентство @x #y_z "
    "شهود عيان مصادر إعلام رسمية the official said to via through its embassy - led based"
)
_WORDS = st.sampled_from(_VOCABULARY.split())
_NAMES = st.sampled_from(
    sorted(
        {n.text for s in _REGISTRY.sources() for n in s.names if n.kind in ("official", "alias")}
    )
)
_KNOWN = [facts(lang) for lang in ("ar", "en", "ru")]
_TABLES = [table for known in _KNOWN for table in (known.unnamed, known.offices, known.heads)]
_PHRASES = sorted({phrase for table in _TABLES for some in table.values() for phrase in some})
_JOINTS = st.sampled_from([" ", " ", " ", "، و", " «", "» ", " (", ", ", " ب", " via ", " в "])
_ANY = st.one_of(
    st.text(max_size=60),
    st.lists(st.tuples(st.sampled_from(_PHRASES) | _WORDS | _NAMES, _JOINTS), max_size=6).map(
        lambda pairs: "".join(map("".join, pairs))
    ),
    st.lists(_WORDS, max_size=9).map(" ".join),
    st.text("\"«»“ ('-،", max_size=9),
)
_READERS = {lang: Reader(lang, facts(lang), _REGISTRY) for lang in ("ar", "en", "ru")}
OF_SOME_PLACE = Meaning(Role.SOURCE, "")
_MARKS = "\u064b\u064e\u064f\u0650\u0651\u0652\u0640\u200f"


@settings(deadline=None)
@example(text="this news organization بhigh (through news agency", lang="en", antecedent=None)
@example(text="palestinian emirates state media office juba channel 10", lang="en", antecedent=None)
@given(text=_ANY, lang=_LANGUAGES, antecedent=st.one_of(st.none(), _ANY))
def test_any_text_is_resolved_or_honestly_not(text: str, lang: str, antecedent: str | None) -> None:
    found = _RESOLVER.mention(text, lang, scope="s", antecedent=antecedent)
    open_ = (ResolvedHow.UNRESOLVED, ResolvedHow.AMBIGUOUS)
    assert (found.source is None) == (found.how in open_)
    assert (len(found.candidates) > 1) == (found.how is ResolvedHow.AMBIGUOUS)
    if found.source:
        assert found.source.name.strip()
        assert all(name.text for name in found.source.names)


@settings(deadline=None)
@given(text=_ANY, lang=_LANGUAGES)
def test_a_mention_is_resolved_alike_every_time(text: str, lang: str) -> None:
    first = _RESOLVER.mention(text, lang, scope="s")
    assert _RESOLVER.mention(text, lang, scope="s") == first
    assert _ANOTHER.mention(text, lang, scope="s") == first


@settings(deadline=None)
@given(name=_NAMES, lang=_LANGUAGES)
def test_every_strong_name_of_the_registry_leads_to_its_source(name: str, lang: str) -> None:
    expected = _REGISTRY.by_name[spelling(name)].key
    names = _REGISTRY.rows[expected].names
    if any(name in names.get(code, ()) for code in (lang, "en")):
        source = _RESOLVER.mention(name, lang, scope="s").source
        assert source is not None
        assert source.key == expected


@settings(deadline=None)
@given(name=_NAMES, data=st.data())
def test_marks_hamza_seats_and_normal_forms_make_no_difference(
    name: str, data: st.DataObject
) -> None:
    lang = "ar" if unicodedata.name(name[0], "").startswith("ARABIC") else "en"
    at = data.draw(st.integers(1, len(name)))
    marked = name[:at] + data.draw(st.sampled_from(_MARKS)) + name[at:]
    plain = _RESOLVER.mention(name, lang, scope="s")
    for variant in (marked, fold(name) if lang == "ar" else name, f"«{name}»", f" {name} "):
        found = _RESOLVER.mention(variant, lang, scope="s")
        if plain.source and plain.source.key in _REGISTRY.rows:
            assert found.source == plain.source
        else:
            assert found.type == plain.type


@given(text=st.text(max_size=80))
def test_cleaning_is_done_once_and_for_all(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert "\n" not in once


@given(text=st.one_of(st.text(max_size=80), st.just("a½b c")))
def test_words_of_a_folded_text_are_those_of_the_text(text: str) -> None:
    quick = quick_words(text, fold(text))
    assert [word.folded for word in quick] == [word.folded for word in words(text)]


@given(text=st.text(max_size=80))
def test_words_are_pieces_of_the_mention(text: str) -> None:
    at = 0
    for word in words(text):
        assert word.text in text
        at = text.index(word.text, at)
        assert word.folded


@given(cell=st.lists(st.text("abc |  ", max_size=5), max_size=5).map("|".join))
def test_a_cell_s_names_are_trimmed_and_never_empty(cell: str) -> None:
    names = listed(cell)
    assert listed("|".join(names)) == names
    assert all(name and name == name.strip() for name in names)


@settings(deadline=None)
@given(text=_ANY, lang=_LANGUAGES)
def test_a_text_that_names_somebody_has_words_that_begin_a_name(text: str, lang: str) -> None:
    reader = _READERS[lang]
    pieces = reader.pieces(words(text))
    naming = {piece.meanings[0] for piece in pieces if piece.role in NAMING}
    begun = set(reader.begun(spelled(text)))
    whose = any(piece.role is Role.SOURCE or piece.role in STATES for piece in pieces)
    assert not whose or naming <= begun or OF_SOME_PLACE in begun


@settings(deadline=None)
@example(text="the ministry of defence", lang="en")
@example(text="Russian ministry of defence", lang="en")
@given(text=_ANY, lang=_LANGUAGES)
def test_nobody_is_known_by_words_of_which_none_begin_a_source_or_a_state(
    text: str, lang: str
) -> None:
    reader = _READERS[lang]
    known = reader.read(" ".join(word.text for word in words(text))).shape is Shape.KNOWN
    assert not known or reader.begun(spelled(text)) or reader.may_name_states(text)
