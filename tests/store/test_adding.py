from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claimtrack.errors import IntegrityError
from claimtrack.model.attribution import Attribution, Extraction
from claimtrack.model.document import DocumentVersion, Layout, StatedTime
from claimtrack.model.run import Run
from claimtrack.model.source import Source
from claimtrack.model.span import Span
from claimtrack.model.vocabulary import Kind, Precision, RelayKind, SourceKind, SourceType
from claimtrack.store import Added, Store, read
from claimtrack.store.verify import verify
from tests.store.build import (
    AGENCY,
    MINISTRY,
    RUN,
    STORY,
    add,
    add_story,
    at,
    report,
    said,
    story,
    story_found,
    version_of,
)


def _rows(store: Store) -> dict[str, list[tuple[object, ...]]]:
    tables = [
        row[1]
        for row in store.connection.execute("PRAGMA table_list")
        if row[2] in ("table", "virtual") and not row[1].startswith("sqlite_")
    ]
    return {
        table: store.connection.execute(f'SELECT * FROM "{table}"').fetchall() for table in tables
    }


def test_an_article_comes_back_as_it_went_in(store: Store) -> None:
    assert add_story(store) is Added.ADDED
    view = read.document(store.connection, story().document_id)
    assert (view.text, view.sha256) == (STORY, sha256(STORY.encode()).hexdigest())
    assert [(part.role.value, part.start, part.end) for part in view.parts] == [
        ("title", 0, 18),
        ("body", 19, len(STORY)),
    ]
    assert view.narrator == at(STORY, "وميناء الصدفة أكبر موانئ قمرية.")
    found = {each.key: each for each in story_found().attributions}
    for each in view.attributions:
        given = found[each.key]
        for role in ("source", "cue", "content", "antecedent"):
            assert tuple(Span(q.start, q.end) for q in each.quotes.get(role, ())) == getattr(
                given, role
            )
        assert (each.kind, each.channel, each.stance, each.assertion, each.modality) == (
            given.kind,
            given.channel,
            given.stance,
            given.assertion,
            given.modality,
        )
        assert (each.source_type, each.confidence) == (given.source_type, given.confidence)
        assert each.source
        assert each.source.id == given.source_id
    assert verify(store.connection) == ()


def test_adding_twice_changes_nothing(store: Store) -> None:
    add_story(store)
    before = _rows(store)
    assert add_story(store) is Added.UNCHANGED
    assert add(store, story(), story_found(), at=datetime(2040, 1, 1, tzinfo=UTC)) is (
        Added.UNCHANGED
    )
    assert add(store, story(title="another title")) is Added.UNCHANGED
    assert _rows(store) == before


def test_a_text_that_is_held_is_known_by_its_digest(store: Store) -> None:
    version = story()
    assert not store.holds(version.document_id, version.sha256)
    add_story(store)
    assert store.holds(version.document_id, version.sha256)
    assert not store.holds(version.document_id, "0" * 64)
    assert not store.holds(story(url=None).document_id, version.sha256)


def test_a_new_text_of_a_known_address_is_a_new_version(store: Store) -> None:
    add_story(store)
    later = version_of("صُحّح الخبر.", url=story().url)
    assert add(store, later) is Added.NEW_VERSION
    view = read.document(store.connection, story().document_id)
    assert (view.text, view.versions, view.attributions) == ("صُحّح الخبر.", 2, ())
    assert add_story(store) is Added.UNCHANGED
    assert verify(store.connection) == ()


def test_the_same_text_under_no_address_is_another_document(store: Store) -> None:
    assert add(store, story(url=None), story_found()) is Added.ADDED
    assert add_story(store) is Added.ADDED
    assert read.counts(store.connection).documents == 2
    assert verify(store.connection) == ()


def test_a_relay_within_an_article_runs_from_the_relayer_to_the_relayed(store: Store) -> None:
    add_story(store)
    ids = {each.key: each for each in read.all_attributions(store.connection)}
    relays = list(read.all_relays(store.connection))
    assert [(relay.child_id, relay.parent_id, relay.kind) for relay in relays] == [
        (ids["1"].id, ids["2"].id, RelayKind.RELAYS)
    ]
    assert (ids["1"].via_id, ids["2"].via_id, ids["3"].via_id) == (None, ids["1"].id, None)
    assert ids["3"].responds_to_id == ids["2"].id


def test_a_relayed_quotation_is_a_quotation_and_far_apart_words_are_its_evidence(
    store: Store,
) -> None:
    gap = "كلام طويل " * 30
    text = f"نقلت النورس أن المطر نزل. {gap}وقالت الوزارة: «المطر نزل أمس»."
    found = Extraction(
        attributions=(
            said(text, "a", "نقلت", "المطر نزل", source="النورس"),
            said(text, "b", "قالت", "«المطر نزل أمس»", source="الوزارة", via="a", kind=Kind.DIRECT),
            Attribution(key="c", content=at(text, "أمس"), via="d"),
            Attribution(key="d", content=at(text, "نزل")),
        )
    )
    add(store, version_of(text), found)
    relays = sorted(read.all_relays(store.connection), key=lambda relay: relay.evidence)
    assert [(relay.kind, relay.evidence) for relay in relays] == [
        (RelayKind.RELAYS, ""),
        (RelayKind.QUOTES, "نقلت … النورس … قالت … الوزارة"),
    ]


def test_two_ways_to_one_report_are_two_relays_of_one_attribution(store: Store) -> None:
    text = "نقلت النورس ونشر الفنار أن الوزارة قالت إن المطر نزل."
    told = said(text, "3", "قالت", "المطر نزل", source="الوزارة")
    found = Extraction(
        attributions=(
            said(text, "1", "نقلت", "الوزارة قالت إن المطر نزل", source="النورس"),
            said(text, "2", "نشر", "الوزارة قالت إن المطر نزل", source="الفنار"),
            told.model_copy(update={"via": "1"}),
            told.model_copy(update={"key": "4", "via": "2"}),
        )
    )
    add(store, version_of(text), found)
    views = list(read.all_attributions(store.connection))
    assert sorted(each.key for each in views) == ["1", "2", "3"]
    assert len(list(read.all_relays(store.connection))) == 2
    assert next(each.via_id for each in views if each.key == "3") == next(
        each.id for each in views if each.key == "1"
    )
    assert verify(store.connection) == ()


def _changed(version: DocumentVersion, **fields: object) -> DocumentVersion:
    return version.model_copy(update=fields)


_OTHER = report(7)[0]
_ZONED = StatedTime(
    stated="today",
    utc=datetime(2031, 5, 4, 12, tzinfo=timezone(timedelta(hours=3))),
    precision=Precision.MINUTE,
)


@pytest.mark.parametrize(
    ("version", "problem"),
    [
        (_changed(story(), id=_OTHER.id), "is not the id of its content"),
        (_changed(story(), document_id=_OTHER.document_id), "is not the id of its content"),
        (_changed(story(), title="else"), "is not the id of its content"),
        (_changed(story(), text=STORY + "!"), "not the one given"),
        (_changed(story(), sha256="0" * 64), "not the one given"),
        (version_of("a\0b"), "NUL"),
        (story(published=_ZONED), "not in UTC"),
        (version_of("نص", layout=Layout(body=(Span(0, 3),))), "not within a text of 2"),
        (version_of("نص", layout=Layout(body=(Span(1, 1),))), "not within a text"),
        (
            version_of("نص آخر", layout=Layout(body=(Span(3, 6), Span(0, 2)))),
            "not in text order",
        ),
    ],
)
def test_a_version_that_contradicts_itself_is_refused(
    store: Store, version: DocumentVersion, problem: str
) -> None:
    before = _rows(store)
    with pytest.raises(IntegrityError, match=problem):
        add(store, version)
    assert _rows(store) == before


_FIRST, _SECOND = (
    said(STORY, "1", "نقلت", "ميناء الصدفة"),
    said(STORY, "2", "قولها", "أمام السفن"),
)


@pytest.mark.parametrize(
    ("attributions", "problem"),
    [
        ([_FIRST.model_copy(update={"content": (Span(5, 10_000),)})], "not within a text"),
        ([_FIRST.model_copy(update={"cue": (Span(9, 5),)})], "not within a text"),
        ([_FIRST, _SECOND.model_copy(update={"key": "1"})], "the same key"),
        ([_FIRST.model_copy(update={"via": "9"})], "its via '9' is no other attribution"),
        ([_FIRST.model_copy(update={"via": "1"})], "its via '1' is no other attribution"),
        ([_FIRST.model_copy(update={"responds_to": "x"})], "its responds_to 'x' is no other"),
        ([_FIRST.model_copy(update={"source_id": "source-0"})], "source source-0 is not held"),
    ],
)
def test_an_attribution_that_leads_nowhere_is_refused_with_its_article(
    store: Store, attributions: list[Attribution], problem: str
) -> None:
    before = _rows(store)
    with pytest.raises(IntegrityError, match=problem):
        add(store, story(), Extraction(attributions=tuple(attributions)))
    assert _rows(store) == before


def test_a_narrator_span_outside_the_text_is_refused(store: Store) -> None:
    with pytest.raises(IntegrityError, match="narrator: span 0:9999"):
        add(store, story(), Extraction(narrator=(Span(0, 9999),)))
    assert read.counts(store.connection).documents == 0


def test_a_held_id_with_other_content_is_an_error_and_never_an_update(store: Store) -> None:
    add_story(store)
    store.connection.execute("UPDATE document_version SET text = text || '!'")
    with pytest.raises(IntegrityError, match=f"{story().id} is held with other content"):
        add_story(store)
    store.connection.execute("UPDATE run SET version = '2'")
    with pytest.raises(IntegrityError, match=f"run {RUN.id} is held with other content"):
        add(store, *report(1))
    assert read.counts(store.connection).documents == 1


@pytest.mark.parametrize("field", ["title", "outlet"])
def test_a_lone_surrogate_is_named(store: Store, field: str) -> None:
    with pytest.raises(IntegrityError, match=r"holds '\\ud800', which is no character"):
        add(store, version_of("نص", **{field: "a\ud800"}))


def test_a_time_without_a_zone_is_refused(store: Store) -> None:
    with pytest.raises(ValueError, match="without a zone"):
        add(store, story(), at=datetime(2031, 1, 1))  # noqa: DTZ001


def test_times_are_kept_in_utc(store: Store) -> None:
    noon = datetime(2031, 1, 1, 12, tzinfo=timezone(timedelta(hours=3)))
    add(store, story(), at=noon)
    recorded = store.connection.execute("SELECT recorded_at FROM document").fetchone()[0]
    assert recorded == "2031-01-01T09:00:00Z"


def test_a_stated_time_comes_back_as_stated(store: Store) -> None:
    stated = StatedTime(
        stated="٤ أيار ٢٠٣١",
        utc=datetime(2031, 5, 4, tzinfo=UTC),
        precision=Precision.DAY,
        zone="+03:00",
    )
    add(store, story(published=stated))
    assert read.documents(store.connection)[0].published == stated
    assert verify(store.connection) == ()


def test_replaced_characters_are_counted(store: Store) -> None:
    add(store, story(), replaced=3)
    held = store.connection.execute("SELECT replaced FROM document_version").fetchone()
    assert held == (3,)


def test_what_made_the_rows_is_known(store: Store) -> None:
    other = Run(tool="rules", version="2.0")
    add_story(store)
    add(store, *report(1), run=other)
    assert {each.run for each in read.all_attributions(store.connection)} == {
        "rules 1.0",
        "rules 2.0",
    }


def test_a_source_that_is_held_stays_as_it_is(store: Store) -> None:
    add_story(store)
    renamed = MINISTRY.model_copy(update={"name": "Renamed", "names": ()})
    add(store, *report(1), sources=(renamed,))
    loaded = read.source(store.connection, MINISTRY.id)
    assert (loaded.source, loaded.total) == (MINISTRY, 2)


def test_a_source_whose_parent_is_missing_is_refused(store: Store) -> None:
    with pytest.raises(IntegrityError, match="qm-mfa: its parent 'qm' is neither held nor given"):
        add(store, *report(1), sources=(MINISTRY, AGENCY))
    assert read.counts(store.connection).sources == 0


def test_a_parent_may_have_been_held_before(store: Store) -> None:
    add_story(store)
    child = Source(
        key="qm-spokesman",
        name="Spokesman",
        kind=SourceKind.PERSON,
        type=SourceType.GOVERNMENT,
        relations=MINISTRY.relations,
    )
    add(store, *report(1), sources=(child,))
    assert read.source(store.connection, child.id).source == child


def test_an_attribution_may_be_of_nobody(store: Store) -> None:
    text = "يُعتقد أن المطر نزل."
    add(store, version_of(text), Extraction(attributions=(said(text, "1", "يُعتقد", "المطر نزل"),)))
    (view,) = read.all_attributions(store.connection)
    assert (view.source, view.words("source"), view.words("content")) == (None, "", "المطر نزل")


def test_the_same_report_in_two_articles_is_two_attributions(store: Store) -> None:
    add(store, *report(1))
    add(store, *report(2))
    assert read.counts(store.connection).claims == 2


texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1)


@given(text=texts, cuts=st.tuples(st.integers(0, 500), st.integers(0, 500)), tail=texts)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_any_text_comes_back_with_its_spans(
    store: Store, text: str, cuts: tuple[int, int], tail: str
) -> None:
    whole = f"{text}\r\n\u202e𝔘\U0001f3f4 {tail}"
    start, end = sorted(cut % (len(whole) + 1) for cut in cuts)
    span = Span(start, end) if start < end else Span(0, len(whole))
    version = version_of(whole, url=f"https://nawras.invalid/{span.start}/{span.end}")
    found = Extraction(attributions=(Attribution(key="1", content=(span,)),), narrator=(span,))
    with store.transaction():
        add(store, version, found)
        view = read.document(store.connection, version.document_id)
    assert view.text == whole or view.versions > 1
    latest = read.version_attributions(store.connection, version.id)
    assert [each.quotes["content"][0].exact for each in latest] == [whole[span.start : span.end]]
    assert latest[0].context.text == whole[latest[0].context.start : latest[0].context.end]


@pytest.mark.parametrize(
    "text", ["\u202eabc", "a\r\nb", "e\u0301", "\ufdfa", "👩\u200d👩\u200d👧", " ", "\ufeff"]
)
def test_unusual_texts_are_stored_soundly(store: Store, text: str) -> None:
    add(store, version_of(text), Extraction(narrator=(Span(0, len(text)),)))
    assert [each.id for each in read.all_documents(store.connection)] == [
        version_of(text).document_id
    ]
    assert verify(store.connection) == ()
