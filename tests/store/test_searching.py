from __future__ import annotations

import sqlite3
from itertools import pairwise

import pytest

from claimtrack.model.attribution import Attribution, Extraction
from claimtrack.model.document import Layout
from claimtrack.model.span import Span
from claimtrack.model.vocabulary import Verdict
from claimtrack.store import Store, read
from claimtrack.store.search import LONGEST_ARGUMENT, register_functions
from tests.store.build import AT, add, add_story, report, said, story, version_of
from tests.store.test_query import HOSTILE

# The fixture of the design: what a reader takes for the same word, in ten rows.
ROWS = (
    "قال الهمرش إن القوات انسحبت",
    "قَالَ الهَمرش",
    "والهمرش ينفي",
    "الــهمرش يؤكد",
    "أعلنت السفارة القمرية",
    "اعلنت السفاره القمريه",
    "مصدر ١٢٣ قتيلا",
    "مصدر 123 قتيلا",
    "Ёлка ещё",
    "елка еще",
)


@pytest.fixture
def rows(store: Store) -> Store:
    for number, row in enumerate(ROWS):
        whole = Attribution(key="1", content=(Span(0, len(row)),))
        version = version_of(row, url=f"https://nawras.invalid/{number}")
        add(store, version, Extraction(attributions=(whole,)))
    return store


@pytest.mark.parametrize("kind", ["claim", "attribution", "document"])
@pytest.mark.parametrize(
    ("query", "exact", "found"),
    [
        ("الهمرش", False, [0, 1, 2, 3]),
        ("همرش", False, [0, 1, 2, 3]),
        ("والهمرش", False, [0, 1, 2, 3]),
        ("السفارة", False, [4, 5]),
        ("سفارة", False, [4, 5]),
        ("أعلنت", False, [4, 5]),
        ("اعلن", False, [4, 5]),
        ("١٢٣", False, [6, 7]),
        ("۱۲۳", False, [6, 7]),
        ("ёлка", False, [8, 9]),
        ("ЕЩЕ", False, [8, 9]),
        ("السفارة قمرية", False, [4, 5]),
        ('"السفارة القمرية"', False, [4, 5]),
        ('"القمرية السفارة"', False, []),
        ('"همرش"', False, []),
        ("السفارة الهمرش", False, []),
        ("الهمرش", True, [0]),
        ("الهَمرش", True, [1]),
        ("السفارة", True, [4]),
        ("السفاره", True, [5]),
        ("١٢٣", True, [6]),
        ("123", True, [7]),
        ("ёлка", True, [8]),
        ("елка", True, [9]),
        ('"السفارة القمرية"', True, [4]),
        ("همرش", True, []),
        ("همر*", True, []),
    ],
)
def test_every_spelling_is_found_or_only_the_very_one(
    rows: Store, kind: str, query: str, exact: bool, found: list[int]
) -> None:
    page = read.search(rows.connection, query, kinds=(kind,), exact=exact)
    urls = sorted(int(str(hit.document.url).rsplit("/", 1)[1]) for hit in page.hits)
    assert urls == found
    assert page.total == len(found)
    assert all(hit.marks for hit in page.hits)
    assert {hit.kind for hit in page.hits} <= {kind}


def test_a_hit_shows_the_sentence_with_the_words_marked(store: Store) -> None:
    add_story(store)
    page = read.search(store.connection, "مِيناء الصدفه")
    shown = [(hit.kind, hit.text, [span.of(hit.text) for span in hit.marks]) for hit in page.hits]
    sentence = "نقلت وكالة النورس عن وزارة الخارجية القمرية قولها إن ميناء الصدفة أُغلق أمام السفن."
    assert shown == [
        ("claim", "ميناء الصدفة أُغلق أمام السفن", ["ميناء", "الصدفة"]),
        ("claim", "قولها إن ميناء الصدفة أُغلق أمام السفن", ["ميناء", "الصدفة"]),
        ("attribution", sentence, ["ميناء", "الصدفة"]),
        ("attribution", sentence, ["ميناء", "الصدفة"]),
        ("document", "إغلاق ميناء الصدفة", ["ميناء", "الصدفة"]),
    ]
    assert page.query == "مِيناء الصدفه"
    assert page.hits[0].source
    assert page.hits[0].claim_id == page.hits[0].id
    assert page.hits[2].claim_id in {hit.id for hit in page.hits[:2]}
    assert page.hits[4].claim_id is None


def test_an_attribution_is_found_by_who_said_it_and_a_claim_is_not(store: Store) -> None:
    add_story(store)
    page = read.search(store.connection, "الخارجية")
    assert [hit.kind for hit in page.hits] == ["attribution", "document"]


def test_the_source_weighs_more_than_a_mention(store: Store) -> None:
    text = "قالت النورس إن المطر نزل. وقالت البلدية إن النورس أخطأت."
    found = Extraction(
        attributions=(
            said(text, "a", "وقالت", "النورس أخطأت", source="البلدية"),
            said(text, "b", "قالت", "المطر نزل", source="النورس"),
        )
    )
    add(store, version_of(text), found)
    page = read.search(store.connection, "النورس", kinds=("attribution",))
    assert page.hits[0].text == "قالت النورس إن المطر نزل."


def test_joined_claims_are_one_hit_shown_by_the_report_that_answers_best(store: Store) -> None:
    add(store, *report(1, content="المطر نزل على الجبل وعلى الساحل"))
    add(store, *report(2, content="المطر هطل"))
    claims = [row[0] for row in store.connection.execute("SELECT id FROM claim ORDER BY number")]
    store.judge(*claims, Verdict.POSITIVE, evidence="", run=None, user="anna", at=AT)
    page = read.search(store.connection, "المطر", kinds=("claim",))
    assert [(hit.id, hit.text) for hit in page.hits] == [(claims[0], "المطر هطل")]
    assert page.total == 1


def test_boilerplate_is_not_searched(store: Store) -> None:
    text = "العاصفة تقترب | الأسعار ترتفع\nالمطر نزل أمس.\nللأعلى"
    layout = Layout(boilerplate=(Span(0, 29), Span(len(text) - 6, len(text))), body=(Span(30, 44),))
    add(store, version_of(text, layout=layout))
    for exact in (False, True):
        totals = [
            read.search(store.connection, word, exact=exact).total
            for word in ("المطر", "العاصفة", "للأعلى")
        ]
        assert totals == [1, 0, 0]


def test_a_title_that_is_not_in_the_text_is_found_and_shown(store: Store) -> None:
    add(store, version_of("المطر نزل.", title="عاصفة على الساحل"))
    (hit,) = read.search(store.connection, "عاصفه").hits
    assert (hit.kind, hit.text, hit.marks) == ("document", "عاصفة على الساحل", (Span(0, 5),))
    assert read.search(store.connection, "عاصفة", exact=True).total == 1


def test_only_the_latest_version_of_a_document_is_found(store: Store) -> None:
    add(store, story())
    add(store, version_of("صُحّح الخبر.", url=story().url))
    assert read.search(store.connection, "الصدفة").total == 0
    assert read.search(store.connection, "صحح").total == 1


def test_retired_rows_are_not_found(store: Store) -> None:
    add_story(store)
    store.connection.execute("UPDATE document SET retired_at = 'now'")
    assert read.search(store.connection, "الصدفة").total == 0


def test_pages_follow_each_other_through_the_kinds(store: Store) -> None:
    for number in range(7):
        add(store, *report(number))
    whole = read.search(store.connection, "المطر", limit=100)
    assert [hit.kind for hit in whole.hits] == ["claim"] * 7 + ["attribution"] * 7 + [
        "document"
    ] * 7
    assert whole.total == 21
    pages = [read.search(store.connection, "المطر", limit=4, offset=n) for n in range(0, 24, 4)]
    assert tuple(hit for page in pages for hit in page.hits) == whole.hits
    assert {page.total for page in pages} == {21}
    assert read.search(store.connection, "المطر", limit=0).hits == ()


def test_kinds_come_in_the_order_they_are_asked_for(store: Store) -> None:
    add_story(store)
    page = read.search(store.connection, "الصدفة", kinds=("document", "claim"))
    assert [hit.kind for hit in page.hits] == ["document", "claim", "claim"]


@pytest.mark.parametrize("query", HOSTILE)
@pytest.mark.parametrize("exact", [False, True])
def test_hostile_queries_find_something_or_nothing(rows: Store, query: str, exact: bool) -> None:
    page = read.search(rows.connection, query, exact=exact)
    assert page.total >= len(page.hits)


def test_a_search_within_a_search_is_possible(store: Store) -> None:
    add_story(store)
    reading = read.all_attributions(store.connection)
    next(reading)
    assert read.search(store.connection, "الصدفة", exact=True).total == 5
    next(reading)
    assert read.search(store.connection, "الصدفة", exact=True).total == 5


def test_a_reader_of_its_own_can_search(rows: Store) -> None:
    with Store.open(rows.path, readonly=True) as reader:
        assert read.search(reader.connection, "الهمرش", exact=True).total == 3


@pytest.fixture
def functions() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    register_functions(connection)
    return connection


@pytest.mark.parametrize(
    ("call", "result"),
    [
        ("claimtrack_fold('قَالَ ١٢٣')", "قال 123"),
        ("claimtrack_fold(NULL)", None),
        ("claimtrack_fold(12)", None),
        ("claimtrack_fold(x'ff')", None),
        ("length(claimtrack_fold(printf('%.*c', 300000, 'a')))", LONGEST_ARGUMENT),
        ("escape_fts('السفارة OR')", '("السفاره" OR "xsسفار") AND ("or" OR "xsor")'),
        ("escape_fts(NULL)", '""'),
        ("escape_fts(x'ff')", '""'),
        ("escape_fts('NEAR(\"')", '("near" OR "xsnear")'),
        ("claimtrack_occurs('قَالَ', 'قَالَ')", 1),
        ("claimtrack_occurs('قَالَ', 'قال')", 0),
        ("claimtrack_occurs(NULL, 'قال')", 0),
        ("claimtrack_occurs('قال', 3)", 0),
    ],
)
def test_our_sql_functions_take_anything(
    functions: sqlite3.Connection, call: str, result: object
) -> None:
    assert functions.execute(f"SELECT {call}").fetchone() == (result,)


def test_datasettes_own_search_folds(rows: Store) -> None:
    register_functions(rows.connection)
    found = rows.connection.execute(
        "SELECT number FROM attributions WHERE number IN"
        " (SELECT rowid FROM attribution_fts WHERE attribution_fts MATCH escape_fts(?))"
        " ORDER BY number",
        ("الهَمرش",),
    ).fetchall()
    assert [number - 1 for (number,) in found] == [0, 1, 2, 3]


def test_better_answers_come_first(store: Store) -> None:
    for number, content in enumerate(["المطر", "المطر نزل أمس", "المطر نزل أمس على الجبل والساحل"]):
        add(store, *report(number, content=content))
    page = read.search(store.connection, "المطر", kinds=("attribution",))
    lengths = [len(hit.text) for hit in page.hits]
    assert all(one < other for one, other in pairwise(lengths))
    assert len(lengths) == 3
