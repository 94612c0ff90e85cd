"""Rules with evidence join reports into claims; nothing else does, and no order matters."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimtrack.lang.pack import available, read_yaml
from claimtrack.match.link import Links, link, link_version
from claimtrack.model.attribution import Extraction
from claimtrack.model.ids import digest
from claimtrack.model.span import Span
from claimtrack.model.vocabulary import Assertion, Stance, Verdict
from claimtrack.store import Store, linking, read, writer
from claimtrack.store.content import claim_id
from claimtrack.text.fold import fold
from tests.match.stories import (
    AGENCY,
    AT,
    CHAIN,
    MINISTRY,
    RUN,
    SOURCES,
    TAX,
    Story,
    Told,
    at,
    said_by,
    story,
)

PLAIN = story(
    f"قالت وزارة المالية القمرية إن {TAX}.",
    Told(TAX, "وزارة المالية القمرية", "قالت", said_by(MINISTRY)),
    outlet="Naba",
)
QUOTED = story(
    f"«{TAX}»، بحسب وزارة المالية.",
    Told(f"«{TAX}»"),
    outlet="Sada",
)
OTHER = story(
    f"قالت وزارة المالية القمرية إن {TAX} ثم ترتفع.",
    Told(f"{TAX} ثم ترتفع", "وزارة المالية القمرية", "قالت", said_by(MINISTRY)),
)
SHORT = [
    story(f"قال {who}: الضريبة ستنخفض.", Told("الضريبة ستنخفض", who, "قال"))
    for who in ("زيد", "علي")
]
ENGLISH, RUSSIAN = (
    story(f"{cue} {words}.", Told(words, cue=cue), lang=lang)
    for cue, words, lang in [
        ("It said", "C A T X M", "en"),
        ("Оно сообщило:", "C A T X M", "ru"),  # letters alone do not make it the same
    ]
)


def together(store: Store) -> set[frozenset[str]]:
    """Return which attributions are one claim, for claims of several."""
    claims: dict[str, set[str]] = {}
    for one in read.all_attributions(store.connection):
        claims.setdefault(one.claim_id, set()).add(one.id)
    return {frozenset(members) for members in claims.values() if len(members) > 1}


def added(store: Store, *stories: Story) -> list[Links]:
    return [link(store, one.add(store), at=AT, user="tester") for one in stories]


def judgements(store: Store) -> list[tuple[str, str, str, str]]:
    rows = store.connection.execute(
        "SELECT j.verdict, r.tool, r.version, j.evidence FROM judgement j"
        " JOIN run r ON r.id = j.run_id ORDER BY j.number"
    )
    return [tuple(row) for row in rows]


def own_claims(story_: Story, store: Store) -> list[str]:
    found = read.version_attributions(store.connection, story_.version.id)
    return [claim_id(one.id) for one in found]


def test_relays_are_told_from_rows_as_from_the_database(store: Store) -> None:
    version_id = CHAIN.add(store)
    rows = writer.ready(CHAIN.version, writer.Found(CHAIN.extraction, SOURCES, RUN))
    told = linking.handings_of(rows)
    assert told == linking.handings(store.connection, version_id)
    assert len(told) == 1


def test_the_same_words_in_two_articles_are_one_claim(store: Store) -> None:
    assert added(store, PLAIN, QUOTED) == [Links(0, 0), Links(1, 0)]
    assert len(together(store)) == 1
    assert judgements(store) == [("positive", "same-words", "1", f"same words: “{TAX}”")]


def test_a_relay_that_adds_nothing_is_the_claim_it_relays(store: Store) -> None:
    assert added(store, CHAIN) == [Links(1, 0)]
    assert len(together(store)) == 1
    evidence = "relay: the same words after “وزارة المالية القمرية”, “قولها”, “إن”"
    assert judgements(store) == [("positive", "relay", "1", evidence)]


def test_link_version_counts_what_is_new(store: Store) -> None:
    PLAIN.add(store)
    QUOTED.add(store)
    counted = [
        link_version(store, QUOTED.version.id, at=AT, user="tester"),
        link_version(store, QUOTED.version.id, at=AT, user="tester"),
    ]
    assert counted == [1, 0]


@pytest.mark.parametrize(
    "stories",
    [(PLAIN, OTHER), SHORT, (ENGLISH, RUSSIAN)],
    ids=["other words", "too few words", "other language"],
)
def test_what_is_merely_alike_stays_apart(store: Store, stories: tuple[Story, Story]) -> None:
    assert added(store, *stories) == [Links(0, 0), Links(0, 0)]
    assert together(store) == set()


def test_a_long_wording_is_shortened_in_the_evidence(store: Store) -> None:
    words = "كلمة " * 30
    two = [story(f"{who}: {words}.", Told(words.strip()), outlet=who) for who in "ab"]
    added(store, *two)
    assert judgements(store)[0][3] == f"same words: “{words[:80]}…”"


def test_linking_again_changes_nothing(store: Store) -> None:
    stories = (CHAIN, PLAIN, QUOTED, OTHER)
    added(store, *stories)
    before = list(store.connection.iterdump())
    again = [link(store, one.version.id, at=AT, user="tester") for one in stories]
    assert again == [Links(0, 0)] * 4
    assert list(store.connection.iterdump()) == before


def test_a_live_negative_judgement_is_not_crossed(store: Store) -> None:
    PLAIN.add(store)
    QUOTED.add(store)
    (plain,), (quoted,) = own_claims(PLAIN, store), own_claims(QUOTED, store)
    store.judge(plain, quoted, Verdict.NEGATIVE, evidence="other tax", run=None, user="amal", at=AT)
    assert link(store, QUOTED.version.id, at=AT, user="tester") == Links(made=0, blocked=1)
    assert together(store) == set()
    assert judgements(store) == []


def test_a_negative_judgement_on_other_members_blocks_a_join_of_their_clusters(
    store: Store,
) -> None:
    added(store, CHAIN)
    PLAIN.add(store)
    relayer, _ = own_claims(CHAIN, store)
    (plain,) = own_claims(PLAIN, store)
    store.judge(relayer, plain, Verdict.NEGATIVE, evidence="checked", run=None, user="amal", at=AT)
    assert link(store, PLAIN.version.id, at=AT, user="tester") == Links(made=0, blocked=1)
    assert len(together(store)) == 1


def test_what_was_undone_is_not_done_again(store: Store) -> None:
    added(store, PLAIN, QUOTED)
    store.connection.execute("UPDATE judgement SET retired_at = '2025-03-05T00:00:00Z'")
    assert link(store, QUOTED.version.id, at=AT, user="tester") == Links(0, 0)


def test_the_judgement_names_a_run_and_no_person(store: Store) -> None:
    added(store, CHAIN, PLAIN)
    rows = store.connection.execute("SELECT judged_by, run_id IS NULL FROM judgement")
    assert {tuple(row) for row in rows} == {(None, 0)}


def test_the_relay_rules_run_names_the_words_it_passes_over(store: Store) -> None:
    added(store, CHAIN)
    ((configuration,),) = store.connection.execute(
        "SELECT configuration FROM run WHERE tool = 'relay'"
    )
    between = {lang: read_yaml(lang, "match.yaml")["between"] for lang in available()}
    folded = {lang: sorted({fold(word) for word in words}) for lang, words in between.items()}
    assert configuration == f'{{"between":"{digest(folded)}"}}'


ALL = (CHAIN, PLAIN, QUOTED, OTHER, *SHORT)


@settings(max_examples=12, deadline=None)
@given(order=st.permutations(range(len(ALL))))
def test_the_order_of_adding_changes_nothing_about_which_claims_are_together(
    tmp_path_factory: pytest.TempPathFactory, order: list[int]
) -> None:
    path: Path = tmp_path_factory.mktemp("order") / "claims.db"
    with Store.open(path, create=True) as store:
        added(store, *(ALL[place] for place in order))
        found = together(store)
        relayer, relayed = read.version_attributions(store.connection, CHAIN.version.id)
        (plain,) = read.version_attributions(store.connection, PLAIN.version.id)
        (quoted,) = read.version_attributions(store.connection, QUOTED.version.id)
    assert found == {frozenset({relayer.id, relayed.id, plain.id, quoted.id})}


# (text with the outer content in [ ], inner source, inner cue, inner content, language)
WHOLE = [
    ("Naba said [the ministry said that the tax will fall]", "the ministry", "said", "en"),
    ("Naba cites [the ministry: “the tax will fall”]", "the ministry", ":", "en"),
    ("According to Naba, [the tax will fall, said the ministry]", "the ministry", "said", "en"),
    ("Naba: [the tax will fall]", "", "", "en"),
    ("ТАК сообщило [со ссылкой на ведомство, что the tax will fall]", "ведомство", "ссылкой", "ru"),
    ("نقلت نبأ عن [الوزارة قَولَها إِنَّ the tax will fall]", "الوزارة", "قَولَها", "ar"),
    ("وذكرت نبأ أنه [قد قالت الوزارة بأن the tax will fall]", "الوزارة", "قالت", "ar"),
]
MORE = [
    (
        "Naba said [the ministry said on Monday that the tax will fall]",
        "the ministry",
        "said",
        "en",
    ),
    ("Naba said [the ministry never said that the tax will fall]", "the ministry", "said", "en"),
    ("Naba said [the ministry said that the tax will fall and rise]", "the ministry", "said", "en"),
    ("Naba said [it]; the ministry said that the tax will fall", "the ministry", "said", "en"),
    ("نقلت نبأ عن [الوزارة لم تقل إن the tax will fall]", "الوزارة", "تقل", "ar"),
    ("Naba dit [the ministry said que the tax will fall]", "the ministry", "said", "fr"),
]


def relay_story(row: tuple[str, str, str, str], **facts: object) -> Story:
    """Return an article whose first report is the relayed one, its second the relayer."""
    marked, source, cue, lang = row
    text = marked.replace("[", "").replace("]", "")
    outer = Span(marked.index("["), marked.index("]") - 1)
    inner = {
        "source": at(text, source),
        "cue": at(text, cue),
        "content": at(text, "the tax will fall"),
    }
    bare = story(text, lang=lang)
    attributions = (
        said_by(key="1", via="2", **inner, **facts),
        said_by(AGENCY, key="2", content=(outer,)),
    )
    return Story(bare.version, Extraction(attributions=attributions))


@pytest.mark.parametrize("row", WHOLE, ids=lambda row: row[0])
def test_a_relayers_content_may_hold_who_said_it_and_that_it_was_said(
    store: Store, row: tuple[str, str, str, str]
) -> None:
    assert added(store, relay_story(row)) == [Links(1, 0)]


@pytest.mark.parametrize("row", MORE, ids=lambda row: row[0])
def test_a_relayer_that_says_more_or_else_is_another_claim(
    store: Store, row: tuple[str, str, str, str]
) -> None:
    assert added(store, relay_story(row)) == [Links(0, 0)]


@pytest.mark.parametrize(
    "facts",
    [
        {"assertion": Assertion.DENY},
        {"assertion": Assertion.QUESTION},
        {"stance": Stance.DISPUTING},
    ],
    ids=str,
)
def test_to_report_a_denial_is_not_to_report_what_is_denied(
    store: Store, facts: dict[str, object]
) -> None:
    assert added(store, relay_story(WHOLE[0], **facts)) == [Links(0, 0)]


def test_a_relay_of_the_very_same_stretch_is_one_claim_whatever_is_done_in_it(
    store: Store,
) -> None:
    same = relay_story(WHOLE[3], assertion=Assertion.DENY)
    assert added(store, same) == [Links(1, 0)]
    assert judgements(store)[0][3] == "relay: both report the same stretch of the text"


def test_two_reports_of_one_article_in_the_same_words_are_one_claim(store: Store) -> None:
    once = story(f"{TAX}\n\nقالت الوزارة إن {TAX}.", Told(TAX, "الوزارة", "قالت"))
    headline = said_by(key="0", content=(Span(0, len(TAX)),))
    both = Extraction(attributions=(headline, *once.extraction.attributions))
    assert added(store, Story(once.version, both)) == [Links(1, 0)]


def test_many_reports_in_the_same_words_need_one_judgement_each(store: Store) -> None:
    stories = [story(f"{who} — {TAX}.", Told(TAX), outlet=who) for who in map(str, range(12))]
    assert sum(links.made for links in added(store, *stories)) == 11
    assert len(together(store)) == 1
    assert len(set(itertools.chain.from_iterable(together(store)))) == 12
