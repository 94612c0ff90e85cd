"""Texts are read again: what is found stays, what vanished is retired, what was judged waits."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from claimtrack.errors import IntegrityError, UnknownIdError
from claimtrack.export import export
from claimtrack.match.link import link
from claimtrack.model.attribution import Attribution, Extraction
from claimtrack.model.document import DocumentVersion
from claimtrack.model.run import Run
from claimtrack.model.source import Source, SourceName, SourceRelation
from claimtrack.model.vocabulary import (
    NameKind,
    SourceKind,
    SourceRelationKind,
    SourceType,
    Stance,
    Verdict,
)
from claimtrack.store import Store, log, migrations, read, reindex, source_edits
from claimtrack.store.connection import APPLICATION_ID
from claimtrack.store.content import attribution_id, claim_id
from claimtrack.store.dump import canonical
from claimtrack.store.index import COLUMNS, REPORTS, TEXTS
from claimtrack.store.reextract import Reextracted
from claimtrack.store.rows import insert_values
from claimtrack.store.texts import Texts
from claimtrack.store.verify import verify
from claimtrack.store.versions import versions
from tests.store.build import (
    AGENCY,
    AT,
    MINISTRY,
    RUN,
    SOURCES,
    STATE,
    STORY,
    USER,
    add,
    add_story,
    at,
    report,
    said,
    story,
    story_found,
    version_of,
)

NEWER = Run(tool="rules", version="2.0", configuration={"pack": "def"})
FIRST, SECOND, THIRD = story_found().attributions
WORDS = "المطر نزل على الجبل أمس مساء"


class Clock:
    """Is a minute later each time it is asked."""

    def __init__(self) -> None:
        self.minutes = 0

    def __call__(self) -> datetime:
        self.minutes += 1
        return AT + timedelta(minutes=self.minutes)


@pytest.fixture
def clock() -> Clock:
    return Clock()


def again(
    store: Store,
    clock: Clock,
    found: Sequence[Attribution],
    *,
    version: DocumentVersion | None = None,
    run: Run = NEWER,
    narrator: Any = None,
    sources: Sequence[Source] | None = None,
) -> Reextracted:
    """Read a text (the story) again, find so much in it, and link it as the pipeline does."""
    read_, when = version or story(), clock()
    if narrator is None:
        narrator = () if version else story_found().narrator
    if sources is None:
        sources = named_in(found)
    done = store.reextract(
        read_,
        Extraction(attributions=tuple(found), narrator=narrator),
        sources,
        run=run,
        at=when,
        user=USER,
    )
    link(store, read_.id, at=when, user=USER)
    assert verify(store.connection) == ()
    return done


def named_in(found: Sequence[Attribution]) -> list[Source]:
    """Return the sources that attributions name, and their parents, as a resolver does."""
    named = {each.source_id for each in found}
    if MINISTRY.id in named:
        named.add(STATE.id)
    return [each for each in SOURCES if each.id in named]


def dump(store: Store) -> list[str]:
    return list(canonical(store.connection))


def whole(store: Store) -> list[str]:
    return list(store.connection.iterdump())


def contents(store: Store) -> list[tuple[str, str]]:
    """Return key and content of everything live, in reading order."""
    (document,) = read.all_documents(store.connection)
    found = read.document(store.connection, document.id).attributions
    return [(each.key, each.words("content")) for each in found]


def id_of(each: Attribution, version: DocumentVersion | None = None) -> str:
    return attribution_id((version or story()).id, each)


def claim_of(each: Attribution, version: DocumentVersion | None = None) -> str:
    return claim_id(id_of(each, version))


def judge(store: Store, left: str, right: str, verdict: Verdict = Verdict.POSITIVE) -> str:
    return store.judge(left, right, verdict, evidence="read", run=None, user="anna", at=AT)


def queue(store: Store) -> list[str]:
    rows = store.connection.execute("SELECT attribution FROM review_queue ORDER BY number")
    return [row[0] for row in rows]


def fresh(path: Path, found: Sequence[Attribution], run: Run = NEWER) -> list[str]:
    """Return the dump of a new database in which the story was read once."""
    with Store.open(path, create=True) as store:
        extraction = Extraction(attributions=tuple(found), narrator=story_found().narrator)
        add(store, story(), extraction, named_in(found), run=run)
        link(store, story().id, at=AT, user=USER)
        return dump(store)


# --- what becomes of rows


def test_the_same_findings_of_the_same_run_change_nothing(store: Store, clock: Clock) -> None:
    add_story(store)
    link(store, story().id, at=AT, user=USER)
    before = whole(store)
    done = again(store, clock, story_found().attributions, run=RUN, sources=SOURCES)
    assert done == Reextracted(kept=3, added=0, retired=0, queued=())
    assert whole(store) == before


def test_the_same_findings_of_a_newer_run_keep_the_rows_and_name_that_run(
    store: Store, clock: Clock, tmp_path: Path
) -> None:
    add_story(store)
    rows = "SELECT id, number, recorded_at FROM attribution UNION ALL SELECT id, 0, recorded_at"
    rows += " FROM relay UNION ALL SELECT id, 0, recorded_at FROM narration ORDER BY 1"
    before = store.connection.execute(rows).fetchall()
    assert again(store, clock, story_found().attributions) == Reextracted(3, 0, 0, ())
    assert store.connection.execute(rows).fetchall() == before
    runs = store.connection.execute(
        "SELECT run_id FROM attribution UNION SELECT run_id FROM relay"
        " UNION SELECT run_id FROM narration"
    )
    assert runs.fetchall() == [(NEWER.id,)]
    assert dump(store) == fresh(tmp_path / "fresh.db", story_found().attributions)


def test_what_vanished_is_retired_and_what_is_new_is_added(
    store: Store, clock: Clock, tmp_path: Path
) -> None:
    add_story(store)
    newer = [
        FIRST.model_copy(update={"confidence": 0.9}),
        SECOND,
        said(STORY, "3", "وميناء", "أكبر موانئ قمرية"),
    ]
    assert again(store, clock, newer) == Reextracted(kept=1, added=2, retired=2, queued=())
    assert contents(store) == [
        ("1", "قولها إن ميناء الصدفة أُغلق أمام السفن"),
        ("2", "ميناء الصدفة أُغلق أمام السفن"),
        ("3", "أكبر موانئ قمرية"),
    ]
    assert dump(store) == fresh(tmp_path / "fresh.db", newer)
    retired = "SELECT id FROM attribution WHERE retired_at IS NOT NULL"
    assert {row[0] for row in store.connection.execute(retired)} == {id_of(FIRST), id_of(THIRD)}


def test_reading_again_twice_changes_nothing_the_second_time(store: Store, clock: Clock) -> None:
    add_story(store)
    surer = FIRST.model_copy(update={"confidence": 0.9})
    newer = [surer, THIRD.model_copy(update={"responds_to": "1"})]
    again(store, clock, newer)
    before = whole(store)
    assert again(store, clock, newer) == Reextracted(2, 0, 0, ())
    assert whole(store) == before


def test_what_is_retired_vanishes_from_every_view_and_from_search(
    store: Store, clock: Clock
) -> None:
    add_story(store)
    store.connection.row_factory = None
    again(store, clock, [FIRST.model_copy(update={"content": at(STORY, "ميناء الصدفة أُغلق")})])
    connection = store.connection
    views = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'view'")
    names = [row[0] for row in views.fetchall() if row[0] != "attribution_span"]  # the record
    gone = (id_of(SECOND), id_of(THIRD), claim_of(SECOND), claim_of(THIRD))
    told = {name: str(connection.execute(f"SELECT * FROM {name}").fetchall()) for name in names}
    assert [name for name, rows in told.items() for each in gone if each in rows] == []
    assert "زعمت" not in told["attributions"]
    assert [hit.kind for hit in read.search(connection, "العاصفة").hits] == ["document"]
    assert read.search(connection, "العاصفة", kinds=("claim", "attribution")).total == 0
    for function, each in ((read.attribution, id_of(THIRD)), (read.claim, claim_of(THIRD))):
        with pytest.raises(UnknownIdError):
            function(connection, each)
    for each in gone:
        with pytest.raises(UnknownIdError):
            read.resolve_id(connection, each)
    assert read.counts(connection).attributions == 1
    assert [each.key for each in read.all_sources(connection)] == ["nawras"]
    out = BytesIO()
    export("json", connection, out)
    assert not any(each in out.getvalue().decode() for each in gone)


def test_what_comes_back_is_the_same_row_again(store: Store, clock: Clock) -> None:
    add_story(store)
    link(store, story().id, at=AT, user=USER)
    before = dump(store)
    assert again(store, clock, [FIRST], narrator=()) == Reextracted(1, 0, 2, ())
    done = again(store, clock, story_found().attributions, run=RUN, sources=SOURCES)
    assert done == Reextracted(kept=1, added=2, retired=0, queued=())
    assert dump(store) == before
    count = store.connection.execute("SELECT count(*) FROM attribution").fetchone()
    assert count == (3,)


def test_what_a_person_retired_is_not_brought_back(store: Store, clock: Clock) -> None:
    add_story(store)
    store.connection.execute(
        "UPDATE attribution SET retired_at = '2031-05-05T00:00:00Z' WHERE key = '3'"
    )
    done = again(store, clock, story_found().attributions)
    assert done == Reextracted(kept=2, added=0, retired=0, queued=())
    assert [key for key, _ in contents(store)] == ["1", "2"]


def test_keys_order_and_links_are_those_of_the_new_reading(
    store: Store, clock: Clock, tmp_path: Path
) -> None:
    add_story(store)
    newer = [
        said(STORY, "1", "إغلاق", "ميناء الصدفة"),
        SECOND.model_copy(update={"key": "2", "via": None}),
        THIRD.model_copy(update={"key": "3", "via": "2", "responds_to": "1"}),
    ]
    again(store, clock, newer)
    (document,) = read.all_documents(store.connection)
    view = read.document(store.connection, document.id)
    found = {each.key: each for each in view.attributions}
    assert list(found) == ["1", "2", "3"]
    assert found["3"].responds_to_id == found["1"].id
    assert (found["3"].via_id, found["2"].via_id) == (found["2"].id, None)
    assert dump(store) == fresh(tmp_path / "fresh.db", newer)


def test_an_answer_to_what_is_retired_is_an_answer_to_nothing_we_know(
    store: Store, clock: Clock
) -> None:
    add_story(store)
    judge(store, claim_of(THIRD), claim_of(FIRST), Verdict.UNSURE)
    done = again(store, clock, [FIRST])
    assert (done.retired, done.queued) == (1, (id_of(THIRD),))
    assert read.attribution(store.connection, id_of(THIRD)).responds_to_id is None
    again(store, clock, [FIRST, SECOND])
    assert read.attribution(store.connection, id_of(THIRD)).responds_to_id == id_of(SECOND)


def test_the_outlets_own_voice_follows_too(store: Store, clock: Clock) -> None:
    def narrated() -> list[str]:
        rows = store.connection.execute("SELECT exact FROM live_narration ORDER BY start")
        return [row[0] for row in rows]

    add_story(store)
    before = narrated()
    again(store, clock, story_found().attributions, narrator=at(STORY, "إغلاق ميناء الصدفة"))
    assert narrated() == ["إغلاق ميناء الصدفة"]
    again(store, clock, story_found().attributions, narrator=())
    assert narrated() == []
    again(store, clock, story_found().attributions)
    assert narrated() == before


# --- what a person judged


@pytest.mark.parametrize("verdict", list(Verdict))
def test_what_a_person_judged_is_not_retired_but_waits(
    store: Store, clock: Clock, verdict: Verdict
) -> None:
    add_story(store)
    judge(store, claim_of(THIRD), claim_of(SECOND), verdict)
    done = again(store, clock, [], narrator=())
    assert done == Reextracted(kept=0, added=0, retired=1, queued=(id_of(SECOND), id_of(THIRD)))
    assert [words for _, words in contents(store)] == [
        "ميناء الصدفة أُغلق أمام السفن",
        "«العاصفة بلغت الساحل»",
    ]
    assert queue(store) == list(done.queued)
    row = store.connection.execute(
        "SELECT claim, document, content, since, missed_by FROM review_queue LIMIT 1"
    ).fetchone()
    assert row == (
        read.attribution(store.connection, id_of(SECOND)).claim_id,
        story().document_id,
        "ميناء الصدفة أُغلق أمام السفن",
        "2031-05-04T09:31:00Z",
        "rules 2.0",
    )
    before = whole(store)
    assert again(store, clock, [], narrator=()) == Reextracted(0, 0, 0, done.queued)
    assert whole(store) == before


def test_who_waits_and_is_found_again_waits_no_more(store: Store, clock: Clock) -> None:
    add_story(store)
    judge(store, claim_of(THIRD), claim_of(SECOND))
    again(store, clock, [FIRST])
    assert len(queue(store)) == 2
    assert again(store, clock, [FIRST, THIRD.model_copy(update={"responds_to": None})]).kept == 2
    assert queue(store) == [id_of(SECOND)]
    again(store, clock, [FIRST])
    assert queue(store) == [id_of(SECOND), id_of(THIRD)]


def test_who_waits_is_retired_once_the_judgement_is_undone(store: Store, clock: Clock) -> None:
    add_story(store)
    judge(store, claim_of(THIRD), claim_of(FIRST), Verdict.NEGATIVE)
    assert again(store, clock, [FIRST]).queued == (id_of(THIRD),)
    store.connection.execute("UPDATE judgement SET retired_at = '2031-05-05T00:00:00Z'")
    assert again(store, clock, [FIRST]) == Reextracted(1, 0, 1, ())
    assert queue(store) == []


def test_what_a_rule_judged_does_not_wait(store: Store, clock: Clock) -> None:
    add_story(store)
    rule = Run(tool="same-words", version="1")
    store.judge(
        claim_of(THIRD), claim_of(FIRST), Verdict.POSITIVE, evidence="", run=rule, user="", at=AT
    )
    assert again(store, clock, [FIRST]) == Reextracted(1, 0, 2, ())


def test_the_relays_of_a_report_that_waits_wait_with_it(store: Store, clock: Clock) -> None:
    add_story(store)
    judge(store, claim_of(SECOND), claim_of(THIRD), Verdict.NEGATIVE)
    again(store, clock, [FIRST])
    assert read.attribution(store.connection, id_of(SECOND)).via_id == id_of(FIRST)
    again(store, clock, [FIRST, SECOND.model_copy(update={"via": None})])
    assert read.attribution(store.connection, id_of(SECOND)).via_id is None


def test_who_waits_keeps_its_place_and_shares_its_number_with_nobody(
    store: Store, clock: Clock
) -> None:
    add_story(store)
    judge(store, claim_of(FIRST), claim_of(THIRD), Verdict.NEGATIVE)
    newer = [
        said(STORY, "1", "إغلاق", "ميناء الصدفة"),
        SECOND.model_copy(update={"via": None}),
        said(STORY, "3", "وميناء", "أكبر موانئ قمرية"),
    ]
    done = again(store, clock, newer)
    assert [key for key, _ in contents(store)] == ["1", "4", "2", "5", "3"]
    assert contents(store)[1][1].startswith("قولها إن")
    assert again(store, clock, newer)._replace(added=0) == done._replace(kept=3, added=0, retired=0)
    assert [key for key, _ in contents(store)] == ["1", "4", "2", "5", "3"]


def test_what_a_person_says_of_a_retired_report_is_said_of_a_live_one(
    store: Store, clock: Clock
) -> None:
    first, second = report(1, WORDS), report(2, WORDS)
    for each in (first, second, report(3)):
        add(store, *each)
        link(store, each[0].id, at=AT, user=USER)
    root, member = (claim_of(each[1].attributions[0], each[0]) for each in (first, second))
    other = claim_of(report(3)[1].attributions[0], report(3)[0])
    again(store, clock, [], version=first[0])
    judge(store, other, root, Verdict.NEGATIVE)
    held = store.connection.execute(
        "SELECT left_id, right_id FROM judgement WHERE verdict = 'negative'"
    )
    assert held.fetchall() == [tuple(sorted((other, member)))]
    assert again(store, clock, [], version=second[0]).retired == 0


# --- claims


def test_reports_in_the_same_words_stay_together_when_the_first_is_retired(
    store: Store, clock: Clock
) -> None:
    made = [report(number, WORDS) for number in range(4)]
    for version, found in made[:3]:
        add(store, version, found)
        link(store, version.id, at=AT, user=USER)
    claims = [claim_of(found.attributions[0], version) for version, found in made]
    again(store, clock, [], version=made[0][0])
    add(store, *made[3])
    link(store, made[3][0].id, at=AT, user=USER)
    view = read.claim(store.connection, claims[0])
    assert view.id == claims[0]
    assert {each.id for each in view.attributions} == {
        id_of(found.attributions[0], version) for version, found in made[1:]
    }
    for claim in claims:
        assert read.resolve_id(store.connection, claim) == ("claim", claims[0])
    (row,) = store.connection.execute("SELECT claim, reports, documents FROM claims")
    assert row == (claims[0], 3, 3)
    assert verify(store.connection) == ()


def test_a_claim_keeps_its_id_when_its_only_report_is_found_otherwise(
    store: Store, clock: Clock
) -> None:
    version, found = report(1, WORDS)
    add(store, version, found)
    claim = claim_of(found.attributions[0], version)
    surer = found.attributions[0].model_copy(update={"confidence": 1.0})
    again(store, clock, [surer], version=version, narrator=())
    assert read.claim(store.connection, claim).attributions[0].id == id_of(surer, version)
    assert read.attribution(store.connection, id_of(surer, version)).claim_id == claim


TOLD = "نقلت النورس قول الوزارة إن ميناء الصدفة أُغلق أمام السفن كلها."
TELLER = said(
    TOLD, "1", "نقلت", "قول الوزارة إن ميناء الصدفة أُغلق أمام السفن كلها", source="النورس"
)
SAID = said(TOLD, "2", "قول", "ميناء الصدفة أُغلق أمام السفن كلها", source="الوزارة", via="1")
RELAY = version_of(TOLD, url="https://nawras.invalid/relay")


def joined(store: Store) -> bool:
    return (
        read.claim(store.connection, claim_of(TELLER, RELAY)).id
        == read.claim(store.connection, claim_of(SAID, RELAY)).id
    )


def _add_relay(store: Store) -> None:
    add(store, RELAY, Extraction(attributions=(TELLER, SAID)))
    assert link(store, RELAY.id, at=AT, user=USER).made == 1


def test_a_relay_that_is_no_more_holds_no_claims_together_until_it_is_back(
    store: Store, clock: Clock
) -> None:
    _add_relay(store)
    before = dump(store)
    alone = SAID.model_copy(update={"via": None})
    again(store, clock, [TELLER, alone], version=RELAY, run=RUN, narrator=(), sources=SOURCES)
    assert not joined(store)
    again(store, clock, [TELLER, SAID], version=RELAY, run=RUN, narrator=(), sources=SOURCES)
    assert joined(store)
    assert dump(store) == before


def test_what_a_vanished_relay_joined_comes_apart_in_other_articles_too(
    store: Store, clock: Clock
) -> None:
    _add_relay(store)
    plain = [report(1, SAID.content[0].of(TOLD)), report(2, TELLER.content[0].of(TOLD))]
    for version, found in plain:
        add(store, version, found)
        assert link(store, version.id, at=AT, user=USER).made == 1
    said_, told = (claim_of(found.attributions[0], version) for version, found in plain)
    assert read.resolve_id(store.connection, said_) == read.resolve_id(store.connection, told)
    again(store, clock, [SAID.model_copy(update={"via": None})], version=RELAY, narrator=())
    assert read.resolve_id(store.connection, said_)[1] == claim_of(SAID, RELAY)
    assert read.resolve_id(store.connection, told)[1] == claim_of(TELLER, RELAY)


def test_a_relay_that_is_back_does_not_overrule_what_was_judged_meanwhile(
    store: Store, clock: Clock
) -> None:
    _add_relay(store)
    version, found = report(1, SAID.content[0].of(TOLD))
    add(store, version, found)
    link(store, version.id, at=AT, user=USER)
    other = claim_of(found.attributions[0], version)
    again(store, clock, [TELLER, SAID.model_copy(update={"via": None})], version=RELAY)
    judge(store, claim_of(TELLER, RELAY), other, Verdict.NEGATIVE)
    again(store, clock, [TELLER, SAID], version=RELAY)
    assert not joined(store)
    assert read.attribution(store.connection, id_of(SAID, RELAY)).via_id == id_of(TELLER, RELAY)
    before = whole(store)
    again(store, clock, [TELLER, SAID], version=RELAY)
    assert whole(store) == before


def test_what_is_joined_in_another_way_too_stays_together(store: Store, clock: Clock) -> None:
    _add_relay(store)
    judge(store, claim_of(TELLER, RELAY), claim_of(SAID, RELAY))
    again(store, clock, [TELLER, SAID.model_copy(update={"via": None})], version=RELAY)
    assert joined(store)
    again(store, clock, [TELLER, SAID], version=RELAY)
    assert joined(store)


def test_an_export_names_no_report_that_it_does_not_hold(store: Store, clock: Clock) -> None:
    made = [report(number, WORDS) for number in range(3)]
    for version, found in made:
        add(store, version, found)
        link(store, version.id, at=AT, user=USER)
    again(store, clock, [], version=made[0][0])
    out = BytesIO()
    export("json", store.connection, out)
    exported = json.loads(out.getvalue())
    claims = {each["id"] for each in exported["claims"]}
    assert len(claims) == 2
    assert len({each["cluster_id"] for each in exported["claims"]}) == 1
    for side in ("left_id", "right_id"):
        assert {each[side] for each in exported["judgements"]} <= claims


# --- sources


def _source(key: str, parent: str | None = None) -> Source:
    relation = SourceRelationKind.MEMBER_OF
    return Source(
        key=key,
        name=key,
        kind=SourceKind.BODY,
        type=SourceType.COMPANY,
        relations=(SourceRelation(kind=relation, parent=parent),) if parent else (),
    )


CHAIN = (_source("port", "harbours"), _source("harbours", "trade"), _source("trade"))


def keys(store: Store) -> list[str]:
    return sorted(each.key for each in read.all_sources(store.connection))


def test_sources_that_nothing_names_any_more_are_retired_until_they_are_named_again(
    store: Store, clock: Clock
) -> None:
    version, found = report(1)
    port = found.attributions[0].model_copy(update={"source_id": CHAIN[0].id})
    add(store, version, Extraction(attributions=(port,)), CHAIN)
    assert keys(store) == ["harbours", "port", "trade"]
    ministry = found.attributions[0]
    again(store, clock, [ministry], version=version, sources=SOURCES[1:])
    assert keys(store) == ["qm", "qm-mfa"]
    add(store, report(2)[0], Extraction(attributions=(
        report(2)[1].attributions[0].model_copy(update={"source_id": CHAIN[1].id}),
    )), CHAIN[1:])  # fmt: skip
    assert keys(store) == ["harbours", "qm", "qm-mfa", "trade"]
    again(store, clock, [port], version=version, sources=CHAIN)
    assert keys(store) == ["harbours", "port", "trade"]


def test_a_source_that_is_named_elsewhere_stays(store: Store, clock: Clock) -> None:
    for number in (1, 2):
        add(store, *report(number))
    again(store, clock, [], version=report(1)[0])
    assert keys(store) == ["nawras", "qm", "qm-mfa"]


EDITS: dict[str, Callable[[sqlite3.Connection, log.By], object]] = {
    "added": lambda held, by: source_edits.add(held, [CHAIN[2]], by),
    "named otherwise": lambda held, by: source_edits.alias(
        held, CHAIN[2], SourceName(text="Commerce", lang="en", kind=NameKind.ALIAS), by
    ),
    "merged with another": lambda held, by: source_edits.merge(
        held, AGENCY.id, CHAIN[2].id, "same", by
    ),
    "told from another": lambda held, by: source_edits.split(
        held, CHAIN[2].id, AGENCY.id, "differ", by
    ),
}


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_a_source_that_a_person_decided_about_stays_until_that_is_undone(
    edit: Callable[[sqlite3.Connection, log.By], object], store: Store, clock: Clock
) -> None:
    version, found = report(1)
    trade = found.attributions[0].model_copy(update={"source_id": CHAIN[2].id})
    add(store, version, Extraction(attributions=(trade,)), (*CHAIN[2:], AGENCY))
    with store.transaction():
        edit(store.connection, log.By(USER, clock()))
    again(store, clock, [], version=version)
    assert "trade" in keys(store)
    with store.transaction():
        source_edits.undo(store.connection, None, log.By(USER, clock()))
    again(store, clock, [trade], version=version, sources=CHAIN[2:])
    again(store, clock, [], version=version)
    assert "trade" not in keys(store)


def test_a_source_that_a_person_retired_is_not_brought_back(store: Store, clock: Clock) -> None:
    add(store, *report(1))
    store.connection.execute(
        "UPDATE source SET retired_at = '2031-05-05T00:00:00Z' WHERE key = 'qm-mfa'"
    )
    again(store, clock, report(1)[1].attributions, version=report(1)[0], sources=SOURCES)
    add(store, *report(2))
    assert keys(store) == ["nawras", "qm"]


# --- wholly or not at all


def test_a_reading_that_cannot_be_taken_leaves_everything_as_it_was(
    store: Store, clock: Clock
) -> None:
    add_story(store)
    before = whole(store)
    unknown = FIRST.model_copy(update={"source_id": "source-unknown"})
    outside = said(STORY, "2", "زعمت", "«العاصفة").model_copy(
        update={"content": ((10, len(STORY) + 1),)}
    )
    for wrong, problem in (
        ([unknown], "is not held"),
        ([FIRST, FIRST], "have the same key"),
        ([SECOND], "via '1' is no other"),
    ):
        with pytest.raises(IntegrityError, match=problem):
            again(store, clock, wrong)
    with pytest.raises(IntegrityError, match="not within a text"):
        again(store, clock, [Attribution.model_validate(outside.model_dump())])
    with pytest.raises(IntegrityError, match="narrator"):
        again(store, clock, [FIRST], narrator=(*at(STORY, "وميناء"), (0, 9999)))
    assert whole(store) == before


def test_a_text_that_is_not_held_or_not_itself_is_refused(store: Store, clock: Clock) -> None:
    add_story(store)
    with pytest.raises(IntegrityError, match=r"is not held\. Add it first"):
        again(store, clock, [], version=version_of("نص آخر."))
    with pytest.raises(IntegrityError, match="is not the id of its content"):
        again(store, clock, [], version=story().model_copy(update={"title": "آخر"}))


def test_two_readings_at_one_instant_are_refused(store: Store, clock: Clock) -> None:
    add_story(store)
    before = whole(store)
    for newer in ([FIRST], [said(STORY, "1", "وميناء", "أكبر موانئ قمرية")]):
        clock.minutes = -1  # the very instant of the adding
        with pytest.raises(IntegrityError, match="at this very instant"):
            again(store, clock, newer)
    assert whole(store) == before
    clock.minutes = 0
    again(store, clock, [FIRST])
    clock.minutes = 0
    with pytest.raises(IntegrityError, match="at this very instant"):
        again(store, clock, [FIRST, SECOND])


# --- the record


def test_the_log_tells_of_a_reading_that_changed_something(store: Store, clock: Clock) -> None:
    add_story(store)
    again(store, clock, [FIRST])
    again(store, clock, [FIRST])
    events = [(each.action, each.subject, each.at) for each in log.events(store.connection)]
    assert events == [
        ("add", story().id, "2031-05-04T09:30:00Z"),
        ("reextract", story().id, "2031-05-04T09:31:00Z"),
    ]
    changes = store.connection.execute(
        "SELECT change, row_id, run_id FROM reextraction ORDER BY number"
    ).fetchall()
    assert [row[0] for row in changes] == ["retired"] * 5
    assert {row[1] for row in changes} >= {id_of(SECOND), id_of(THIRD), MINISTRY.id}
    assert {row[2] for row in changes} == {NEWER.id}


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE reextraction SET change = 'returned' WHERE number = 1",
        "DELETE FROM reextraction WHERE number = 2",
        "UPDATE reextraction SET row_id = 'attribution-x' WHERE number = 1",
        "DELETE FROM attribution WHERE pattern = 'new'",
    ],
)
def test_a_record_that_was_changed_is_named(store: Store, clock: Clock, change: str) -> None:
    add_story(store)
    again(store, clock, [FIRST, said(STORY, "2", "وميناء", "أكبر موانئ قمرية", pattern="new")])
    store.connection.execute("PRAGMA foreign_keys=OFF")
    store.connection.execute(change)
    found = verify(store.connection)
    assert any(f"{story().id} is not what was recorded" in line for line in found), found


def test_a_text_comes_back_as_the_version_that_was_added(store: Store) -> None:
    added = [story(), version_of("نص آخر.", url=story().url), version_of("نص بلا عنوان.")]
    for each in added:
        add(store, each)
    assert versions(store.connection, story().document_id) == tuple(added[:2])
    assert versions(store.connection, added[2].document_id) == (added[2],)
    assert versions(store.connection, "document-unknown") == ()
    store.connection.execute("UPDATE document_version SET published_precision = 'soon'")
    with pytest.raises(IntegrityError, match=r"none of its kind\. See: claimtrack check"):
        versions(store.connection, story().document_id)


# --- older databases


def _make_older(path: Path) -> None:
    """Write a database anew as the first step of the schema has it."""
    older = path.with_name("older.db")
    with closing(sqlite3.connect(older, isolation_level=None)) as made:
        made.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        migrations.migrations.apply(Database(made), stop_before="m002_reading_again")
        made.execute("ATTACH ? AS now", (str(path),))
        tables = made.execute(
            "SELECT name FROM main.sqlite_schema WHERE type = 'table' AND name NOT LIKE '%sqlite%'"
            " AND name NOT LIKE '%_fts%'"
        )
        for (table,) in tables.fetchall():
            columns = [row[1] for row in made.execute(f"PRAGMA main.table_info({table})")]
            named = ", ".join(f'"{column}"' for column in columns)
            held = "live_narration" if table == "narration" else table
            made.execute(f"INSERT INTO main.{table} ({named}) SELECT {named} FROM now.{held}")
        for search, table in {REPORTS: "attribution", TEXTS: "document_version"}.items():
            numbers = made.execute(f"SELECT number FROM main.{table}").fetchall()
            rows = [reindex.row_of(Texts(made), search, number) for (number,) in numbers]
            insert_values(made, f"main.{search}", COLUMNS[search], rows)
    older.replace(path)


def test_a_database_of_before_learns_which_judgements_rest_on_relays(
    path: Path, clock: Clock
) -> None:
    with Store.open(path, create=True) as store:
        _add_relay(store)
        made = [report(number, WORDS) for number in (1, 2)]
        for version, found in made:
            add(store, version, found)
            link(store, version.id, at=AT, user=USER)
        judge(store, claim_of(SAID, RELAY), claim_of(made[0][1].attributions[0], made[0][0]))
    _make_older(path)
    with Store.open(path) as store:
        assert verify(store.connection) == ()
        resting = store.connection.execute(
            "SELECT evidence LIKE 'relay%', relay_id IN (SELECT id FROM relay) FROM judgement"
            " WHERE relay_id IS NOT NULL"
        )
        assert resting.fetchall() == [(1, 1)]
        again(store, clock, [TELLER, SAID.model_copy(update={"via": None})], version=RELAY)
        assert not joined(store)


def test_stance_and_source_are_part_of_what_a_row_says(store: Store, clock: Clock) -> None:
    add_story(store)
    changed = THIRD.model_copy(update={"stance": Stance.NEUTRAL, "source_id": AGENCY.id})
    assert again(store, clock, [FIRST, SECOND, changed]) == Reextracted(2, 1, 1, ())
