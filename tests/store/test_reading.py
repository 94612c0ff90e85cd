from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimtrack.errors import AmbiguousIdError, UnknownIdError
from claimtrack.model.attribution import Attribution, Extraction
from claimtrack.model.source import Source
from claimtrack.model.span import Span
from claimtrack.model.vocabulary import Direction, SourceKind, SourceType, Verdict
from claimtrack.store import Store, context, read
from claimtrack.store.refs import direction_of
from claimtrack.store.views import Counts
from tests.store.build import (
    AGENCY,
    AT,
    MINISTRY,
    SOURCES,
    add,
    add_story,
    report,
    said,
    story,
    version_of,
)


def _claims(store: Store) -> list[str]:
    return [row[0] for row in store.connection.execute("SELECT id FROM claim ORDER BY number")]


def _join(store: Store, left: str, right: str) -> None:
    store.judge(left, right, Verdict.POSITIVE, evidence="", run=None, user="anna", at=AT)


def test_an_empty_database_counts_nothing(store: Store) -> None:
    nothing = Counts(documents=0, attributions=0, claims=0, sources=0)
    assert read.counts(store.connection) == nothing
    assert read.latest_claims(store.connection) == ()
    assert read.sources(store.connection) == ()
    assert list(read.all_attributions(store.connection)) == []


def test_joined_claims_count_once(store: Store) -> None:
    add_story(store)
    add(store, *report(1))
    claims = _claims(store)
    _join(store, claims[0], claims[3])
    assert read.counts(store.connection) == Counts(documents=2, attributions=4, claims=3, sources=3)


def test_an_attribution_is_shown_in_its_sentence(store: Store) -> None:
    add_story(store)
    views = {each.key: each for each in read.all_attributions(store.connection)}
    relay = "نقلت وكالة النورس عن وزارة الخارجية القمرية قولها إن ميناء الصدفة أُغلق أمام السفن."
    assert views["1"].context.text == relay
    assert views["2"].context.text == relay
    assert views["3"].context.text == ("وزعمت الوكالة أن «العاصفة بلغت الساحل»، على حد تعبيرها.")
    assert views["3"].words("source") == "الوكالة"
    assert views["3"].words("antecedent") == "وكالة النورس"
    assert read.attribution(store.connection, views["3"].id) == views["3"]


def test_a_very_long_sentence_is_cut_about_its_cue(store: Store) -> None:
    text = "كلمتان " * 400 + "قالت الوزارة إن " + "المطر نزل " * 300
    content = "المطر نزل " * 300
    found = said(text, "1", "قالت", content.strip())
    add(store, version_of(text), Extraction(attributions=(found,)))
    (view,) = read.all_attributions(store.connection)
    start, end = view.context.start, view.context.end
    assert view.context.text == text[start:end]
    assert text.index("قالت") - start <= context.REACH
    assert end - text.index("قالت") <= context.REACH + len("قالت")
    assert end > text.index("قالت") + context.REACH - 20
    assert text[start - 1].isspace()
    assert text[end].isspace()


@given(st.text("aب .\n!", min_size=1, max_size=3000), st.data())
@settings(deadline=None)
def test_a_context_holds_the_words_within_reach(text: str, data: st.DataObject) -> None:
    places = sorted(data.draw(st.tuples(*[st.integers(0, len(text))] * 2)))
    if places[0] == places[1]:
        places = [0, len(text)]
    shown = Span(*places)
    anchor = Span(shown.start, min(shown.end, shown.start + 3))
    found = context.context(text, anchor, shown)
    assert text[found.start : found.end] == found.text
    assert found.start <= shown.start
    assert found.end >= min(shown.end, anchor.end)
    assert found.end - found.start <= 2 * context.REACH + 3


def test_a_claim_has_every_report_and_each_wording_once(store: Store) -> None:
    for number in range(3):
        add(store, *report(number))
    add(store, *report(9, content="المطر هطل أمس"))
    claims = _claims(store)
    for other in claims[1:]:
        _join(store, claims[0], other)
    view = read.claim(store.connection, claims[2])
    assert view.id == claims[0]
    assert view.texts == (("ar", "المطر نزل على الجبل"), ("ar", "المطر هطل أمس"))
    assert [each.document.url for each in view.attributions] == [
        f"https://nawras.invalid/report/{number}" for number in (0, 1, 2, 9)
    ]


def test_a_claim_is_called_by_its_first_report_that_relays_none(store: Store) -> None:
    add_story(store)
    relayer, relayed, other = _claims(store)
    _join(store, relayer, relayed)
    _join(store, relayed, other)
    worded = ("ar", "ميناء الصدفة أُغلق أمام السفن")
    assert read.claim(store.connection, relayer).texts == (
        worded,
        ("ar", "قولها إن ميناء الصدفة أُغلق أمام السفن"),
        ("ar", "«العاصفة بلغت الساحل»"),
    )
    (ref,) = read.latest_claims(store.connection)
    assert (ref.lang, ref.text) == worded
    assert read.most_reported_claims(store.connection) == (ref,)
    (row,) = store.connection.execute("SELECT language, text FROM claims")
    assert tuple(row) == worded


def test_a_relay_of_another_claim_does_not_silence_a_report(store: Store) -> None:
    add_story(store)
    add(store, *report(1))
    relayer, _, _, later = _claims(store)
    _join(store, relayer, later)
    assert read.claim(store.connection, later).texts[0][1].startswith("قولها")


def test_where_each_report_relays_another_the_first_recorded_words_a_claim(store: Store) -> None:
    add_story(store)
    relayer, relayed, _ = _claims(store)
    _join(store, relayer, relayed)
    store.connection.execute(
        "INSERT INTO relay (id, child_id, parent_id, kind, evidence, run_id, recorded_at)"
        " SELECT 'relay-back', parent_id, child_id, kind, evidence, run_id, recorded_at FROM relay"
    )
    assert read.claim(store.connection, relayer).texts[0][1].startswith("قولها")


def test_a_relay_that_is_retired_silences_no_report(store: Store) -> None:
    add_story(store)
    relayer, relayed, _ = _claims(store)
    _join(store, relayer, relayed)
    store.connection.execute("UPDATE relay SET retired_at = 'now'")
    assert read.claim(store.connection, relayer).texts[0][1].startswith("قولها")


def test_sources_without_a_name_are_counted_apart(store: Store) -> None:
    unnamed = Source(
        key="an-official", name="an official", kind=SourceKind.UNNAMED, type=SourceType.ANONYMOUS
    )
    crowd = Source(
        key="residents", name="residents", kind=SourceKind.COLLECTIVE, type=SourceType.WITNESS
    )
    for number, each in enumerate((AGENCY, unnamed, crowd, unnamed, None)):
        version, found = report(number)
        (one,) = found.attributions
        by = one.model_copy(update={"source_id": each.id if each else None})
        add(store, version, Extraction(attributions=(by,)), (*SOURCES, unnamed, crowd))
    for other in _claims(store)[1:]:
        _join(store, _claims(store)[0], other)
    (ref,) = read.latest_claims(store.connection)
    assert (ref.reports, ref.sources, ref.unnamed) == (5, 3, 2)


def test_a_claim_has_the_relays_of_its_reports(store: Store) -> None:
    add_story(store)
    claims = _claims(store)
    relays = [len(read.claim(store.connection, claim).relays) for claim in claims]
    assert relays == [1, 1, 0]
    document = read.document(store.connection, story().document_id)
    assert document.relays == read.claim(store.connection, claims[0]).relays


def test_a_source_has_a_page_of_what_it_said_in_the_order_recorded(store: Store) -> None:
    for number in range(5):
        add(store, *report(number))
    pages = [read.source(store.connection, MINISTRY.id, 2, offset) for offset in (0, 2, 4, 6)]
    assert [page.total for page in pages] == [5, 5, 5, 5]
    urls = [each.document.url for page in pages for each in page.attributions]
    assert urls == [f"https://nawras.invalid/report/{number}" for number in range(5)]
    assert pages[0].ref.name == "Foreign Ministry of Qamaria"
    assert pages[0].source == MINISTRY


def test_sources_come_with_those_that_said_most_first(store: Store) -> None:
    add_story(store)
    for number in range(3):
        add(store, *report(number))
    rows = read.sources(store.connection)
    assert [(row.ref.id, row.kind, row.attributions, row.documents) for row in rows] == [
        (MINISTRY.id, "body", 4, 4),
        (AGENCY.id, "agency", 2, 1),
        (SOURCES[2].id, "state", 0, 0),
    ]
    assert read.sources(store.connection, limit=1, offset=1) == rows[1:2]


def test_claims_come_latest_first_or_most_reported_first(store: Store) -> None:
    for number in range(4):
        add(store, *report(number, content=f"المطر نزل {number}"))
    claims = _claims(store)
    _join(store, claims[1], claims[3])
    latest = read.latest_claims(store.connection, 10)
    assert [ref.id for ref in latest] == [claims[2], claims[1], claims[0]]
    most = read.most_reported_claims(store.connection, 2)
    assert [(ref.id, ref.text, ref.lang, ref.reports, ref.sources) for ref in most] == [
        (claims[1], "المطر نزل 1", "ar", 2, 1),
        (claims[0], "المطر نزل 0", "ar", 1, 1),
    ]
    assert read.latest_claims(store.connection, 1, 2) == latest[2:]
    assert read.most_reported_claims(store.connection, 1, 1) == most[1:]


def test_a_claim_whose_first_report_is_retired_is_named_by_the_next(store: Store) -> None:
    add(store, *report(1, content="المطر نزل أولا"))
    add(store, *report(2, content="المطر نزل ثانيا"))
    claims = _claims(store)
    _join(store, claims[0], claims[1])
    store.connection.execute("UPDATE attribution SET retired_at = 'now' WHERE number = 1")
    (ref,) = read.latest_claims(store.connection)
    assert (ref.id, ref.text, ref.reports) == (claims[0], "المطر نزل ثانيا", 1)
    assert len(read.claim(store.connection, claims[0]).attributions) == 1


def test_everything_comes_in_the_order_of_ids(store: Store) -> None:
    for number in range(read._BATCH + 5):
        person = Source(key=f"p{number}", name="P", kind=SourceKind.PERSON, type=SourceType.EXPERT)
        add(store, *report(number), sources=(*SOURCES, person))
    cases: list[tuple[Callable[..., object], str]] = [
        (read.all_attributions, "live_attribution"),
        (read.all_documents, "live_document"),
        (read.all_sources, "live_source"),
    ]
    for function, view in cases:
        ids = [row[0] for row in store.connection.execute(f"SELECT id FROM {view} ORDER BY id")]
        assert len(ids) > read._BATCH
        assert [each.id for each in function(store.connection)] == ids


def test_the_latest_documents_come_first(store: Store) -> None:
    add_story(store)
    add(store, *report(1))
    later = version_of("تصحيح.", url=story().url)
    add(store, later)
    refs = read.documents(store.connection, 10)
    assert [ref.version_id for ref in refs] == [later.id, report(1)[0].id]
    assert read.documents(store.connection, 1, 1) == refs[1:]


@pytest.mark.parametrize(
    ("fields", "title"),
    [
        ({"title": "عنوان"}, "عنوان"),
        ({}, "السطر الأول"),
        ({"title": " \n عنوان \t طويل "}, "عنوان طويل"),
        ({"title": "ط" * 300}, "ط" * 200 + "…"),
    ],
)
def test_a_document_is_named_by_its_title_or_its_beginning(
    store: Store, fields: dict[str, str], title: str
) -> None:
    add(store, version_of("السطر الأول", **fields))
    assert read.documents(store.connection)[0].title == title


def test_a_document_is_named_by_the_title_in_its_text(store: Store) -> None:
    add(store, story(title=None))
    assert read.documents(store.connection)[0].title == "إغلاق ميناء الصدفة"


@pytest.mark.parametrize(
    ("lang", "text", "direction"),
    [
        ("ar", "abc", Direction.RTL),
        ("ru", "", Direction.LTR),
        ("en", "عنوان", Direction.LTR),
        ("he", "", Direction.RTL),
        ("und", "123 عنوان", Direction.RTL),
        ("und", "123", Direction.LTR),
        ("no such", "title عنوان", Direction.LTR),
    ],
)
def test_the_direction_is_the_languages_or_the_first_letters(
    lang: str, text: str, direction: Direction
) -> None:
    assert direction_of(lang, text) is direction


def test_an_id_is_known_by_its_beginning(store: Store) -> None:
    add_story(store)
    wanted = {
        "document": story().document_id,
        "source": MINISTRY.id,
        "claim": _claims(store)[0],
        "attribution": next(read.all_attributions(store.connection)).id,
    }
    for kind, full in wanted.items():
        digits = full.split("-")[1]
        for typed in (full, f"{kind}-{digits[:10]}", digits[:12], digits.upper(), f" {full} "):
            assert read.resolve_id(store.connection, typed) == (kind, full)
        assert read.resolve_id(store.connection, full, kinds=(kind,)) == (kind, full)


@pytest.mark.parametrize(
    "typed", ["", "claim-", "abc12", "claim-ffffff", "run-123456", "نص", "x" * 99, "%", "claim-_%"]
)
def test_an_id_that_nothing_has_is_named(store: Store, typed: str) -> None:
    add_story(store)
    with pytest.raises(UnknownIdError, match="No claim, document, source or attribution has"):
        read.resolve_id(store.connection, typed)


def test_an_id_of_another_kind_is_not_found(store: Store) -> None:
    add_story(store)
    with pytest.raises(UnknownIdError, match="No claim has the id"):
        read.resolve_id(store.connection, MINISTRY.id, kinds=("claim",))
    with pytest.raises(UnknownIdError, match="No claim or source has the id"):
        read.resolve_id(store.connection, "ffffff", kinds=("claim", "source"))


def test_a_beginning_of_several_ids_is_ambiguous_until_they_are_joined(store: Store) -> None:
    add(store, *report(1))
    add(store, *report(2))
    claims = _claims(store)
    twin = claims[0][:-1] + ("0" if claims[0][-1] != "0" else "1")
    store.connection.execute("PRAGMA foreign_keys=OFF")
    for table, column in (
        ("claim", "id"),
        ("claim_text", "claim_id"),
        ("claim_cluster", "claim_id"),
        ("claim_cluster", "cluster_id"),
    ):
        store.connection.execute(
            f"UPDATE {table} SET {column} = ? WHERE {column} = ?", (twin, claims[1])
        )
    with pytest.raises(AmbiguousIdError) as caught:
        read.resolve_id(store.connection, claims[0][:20])
    assert caught.value.found == sorted((claims[0], twin))
    _join(store, claims[0], twin)
    assert read.resolve_id(store.connection, claims[0][:20]) == ("claim", claims[0])


@pytest.mark.parametrize(
    ("function", "kind"),
    [
        (read.claim, "claim"),
        (read.document, "document"),
        (read.source, "source"),
        (read.attribution, "attribution"),
    ],
)
def test_what_is_not_held_is_named(
    store: Store, function: Callable[..., object], kind: str
) -> None:
    with pytest.raises(UnknownIdError, match=f"No {kind} has the id 'nothing'"):
        function(store.connection, "nothing")


def test_reports_in_the_same_words_lead_to_the_earliest(store: Store) -> None:
    words = "المطر نزل على الجبل أمس"
    for number in range(3):
        add(store, *report(number, content=words))
    add(store, *report(3, content="المطر نزل أمس"))
    add(store, *report(4, content="المطر نزل أمس"))  # too few words to tell by
    text = f"وقالت النورس: «{words}.»"
    add(store, version_of(text), Extraction(attributions=(said(text, "1", "قالت", f"«{words}.»"),)))
    english = version_of(f"she said {words}", lang="en")
    add(store, english, Extraction(attributions=(said(english.text, "1", "said", words),)))
    ids = {each.document.url or each.document.lang: each.id for each in
           read.all_attributions(store.connection)}  # fmt: skip
    first = ids["https://nawras.invalid/report/0"]
    found = {
        version: read.same_wording(store.connection, version)
        for version in (ref.version_id for ref in read.all_documents(store.connection))
    }
    pairs = {(each.attribution_id, each.earlier_id) for group in found.values() for each in group}
    assert pairs == {
        (ids["https://nawras.invalid/report/1"], first),
        (ids["https://nawras.invalid/report/2"], first),
        (ids["ar"], first),
    }


def test_a_report_without_a_cue_is_shown_from_its_first_word(store: Store) -> None:
    bare = Attribution(key="1", content=(Span(0, 5),))
    add(store, version_of("المطر نزل. ثم توقف."), Extraction(attributions=(bare,)))
    (view,) = read.all_attributions(store.connection)
    assert view.context.text == "المطر نزل."


def test_a_page_takes_as_many_queries_however_long_it_is(store: Store) -> None:
    def queries(function: Callable[[], object]) -> int:
        asked: list[str] = []
        store.connection.set_trace_callback(asked.append)
        function()
        store.connection.set_trace_callback(None)
        return len([each for each in asked if not each.startswith("--")])

    for number in range(3):
        add(store, *report(number))
    asked = [
        lambda: read.source(store.connection, MINISTRY.id),
        lambda: read.latest_claims(store.connection),
        lambda: read.sources(store.connection),
        lambda: list(read.all_attributions(store.connection)),
    ]
    few = [queries(each) for each in asked]
    for number in range(3, 40):
        add(store, *report(number))
    assert [queries(each) for each in asked] == few
