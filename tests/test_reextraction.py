"""From held texts to rows again: by the pipeline, whatever is found, in whatever order."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimtrack.errors import AmbiguousIdError, DatabaseError, UnknownIdError
from claimtrack.match.link import link
from claimtrack.model.attribution import Attribution, Extraction
from claimtrack.model.document import DocumentVersion
from claimtrack.model.run import Run
from claimtrack.pipeline import Desk, Means, ReextractReport, add, reextract
from claimtrack.store import Store, read
from claimtrack.store.dump import canonical
from claimtrack.store.verify import verify
from claimtrack.store.versions import document_ids
from tests.store.build import AGENCY, MINISTRY, SOURCES, STATE, said, version_of

TEXT = (
    "قمرية تخفض الضريبة\n\n"
    "قالت وزارة المالية القمرية إن الضريبة ستنخفض في آذار المقبل. ونقلت وكالة صدى عن وزير "
    "الزراعة القمري قوله إن المحصول جيد هذا العام.\n"
)
SHIPPED = Means()
CAST = Path(__file__).parents[1] / "data" / "cast.csv"
START = datetime(2025, 3, 11, 7, tzinfo=UTC)


def ticking() -> Callable[[], datetime]:
    """Return a clock that is an hour later each time it is asked."""
    hours = iter(range(10_000))
    return lambda: START + timedelta(hours=next(hours))


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "claims.db", "noura", ticking())


def stream(*lines: dict[str, object]) -> io.BytesIO:
    return io.BytesIO("\n".join(map(json.dumps, lines)).encode())


def line(key: str = "a", text: str = TEXT, **fields: object) -> dict[str, object]:
    return {"id": key, "lang": "ar", "text": text, "url": f"https://naba.example/{key}", **fields}


def filled(desk: Desk, *lines: dict[str, object], means: Means = SHIPPED) -> Desk:
    add(["-"], desk, means, stdin=stream(*lines))
    return desk


def whole(desk: Desk) -> list[str]:
    with Store.open(desk.database, readonly=True) as store:
        assert verify(store.connection) == ()
        return list(store.connection.iterdump())


def dump(desk: Desk) -> list[str]:
    with Store.open(desk.database, readonly=True) as store:
        assert verify(store.connection) == ()
        return list(canonical(store.connection))


def ids(desk: Desk) -> tuple[str, ...]:
    with Store.open(desk.database, readonly=True) as store:
        return document_ids(store.connection)


DATED = line("d", title="قمرية", outlet="نبأ", byline="لينا", published_at="2025-03-11T09:00+03:00")


def test_the_same_means_change_nothing(desk: Desk) -> None:
    plain = {"id": "c", "lang": "ar", "text": TEXT + "بلا عنوان."}
    filled(desk, line("a"), line("b"), plain, DATED)
    before = whole(desk)
    assert reextract(None, desk) == ReextractReport(documents=4, kept=12)
    assert whole(desk) == before


def test_another_registry_leaves_the_database_that_it_would_have_made(
    desk: Desk, tmp_path: Path
) -> None:
    means = Means(registries=(CAST,))
    lines = (line("a"), line("b"), line("c", TEXT + "وهذا كل شيء."))
    filled(desk, *lines)
    report = reextract(None, desk, means)
    assert report.documents == 3
    assert report.added == report.retired > 0
    other = filled(Desk(tmp_path / "other.db", "amal", ticking()), *lines, means=means)
    assert dump(desk) == dump(other)
    first = reextract(None, desk)
    assert (first.kept, first.added, first.retired) == (report.kept, report.added, report.retired)
    assert dump(desk) == dump(filled(Desk(tmp_path / "third.db", "amal", ticking()), *lines))


def test_only_the_documents_that_are_named_are_read_again(desk: Desk) -> None:
    filled(desk, line("a"), line("b"))
    first, second = ids(desk)
    report = reextract(
        [first.removeprefix("document-")[:12], first], desk, Means(registries=(CAST,))
    )
    assert report.documents == 1
    with Store.open(desk.database, readonly=True) as store:
        rows = store.connection.execute(
            "SELECT document_id, count(DISTINCT run_id) FROM live_attribution"
            " JOIN run ON run.id = run_id GROUP BY document_id"
        )
        assert dict(rows.fetchall()) == {first: 1, second: 1}
        assert store.connection.execute(
            "SELECT count(DISTINCT run_id) FROM live_attribution"
        ).fetchone() == (2,)


def test_every_version_of_a_document_is_read_again(desk: Desk, tmp_path: Path) -> None:
    lines = (line("a"), line("b"), line("a", TEXT + "وهذا كل شيء."))
    filled(desk, *lines)
    means = Means(registries=(CAST,))
    report = reextract(None, desk, means)
    assert (report.documents, report.kept + report.added) == (2, 9)
    other = filled(Desk(tmp_path / "other.db", "amal", ticking()), *lines, means=means)
    assert dump(desk) == dump(other)


def test_reports_that_a_new_reading_finds_stand_in_the_next_version_too(
    desk: Desk, tmp_path: Path
) -> None:
    lines = (line("a"), line("a", TEXT + "وهذا كل شيء."))
    means = Means(registries=(CAST,))
    reextract(None, filled(desk, *lines), means)
    other = filled(Desk(tmp_path / "other.db", "amal", ticking()), *lines, means=means)
    assert where_reports_stand(desk) == where_reports_stand(other) != []


def where_reports_stand(desk: Desk) -> list[tuple[object, ...]]:
    with Store.open(desk.database, readonly=True) as store:
        return store.connection.execute(
            "SELECT n.attribution_id, n.version_id, n.role, n.ord, n.state, n.start FROM anchor n"
            " JOIN live_attribution a ON a.id = n.attribution_id ORDER BY 1, 2, 3, 4"
        ).fetchall()


def test_an_id_that_means_nothing_or_several_is_told_before_anything_is_read(desk: Desk) -> None:
    filled(desk, line("a"))
    before = whole(desk)
    good = ids(desk)[0]
    for wrong in ("123456", "claim-123456", "x"):
        with pytest.raises(UnknownIdError, match=r"^No document has the id"):
            reextract([good, wrong], desk, Means(registries=(CAST,)))
    assert whole(desk) == before
    with Store.open(desk.database) as store:
        for end in "01":
            twin = version_of(f"نص {end}.")
            row = f"document-{'abcdef'}{end * 26}"
            store.connection.execute(
                "INSERT INTO document VALUES (?, 'text', ?, '', NULL)", (row, end)
            )
            store.connection.execute(
                "INSERT INTO document_version SELECT number + 1 + ?, ?, ?, 1, sha256, lang, title,"
                " outlet, byline, published_stated, published_utc, published_precision,"
                " published_zone, replaced, recorded_at, retired_at, text"
                " FROM document_version WHERE number = 1",
                (int(end), twin.id, row),
            )
    with pytest.raises(AmbiguousIdError, match="could be any of"):
        reextract(["abcdef"], desk)


def test_without_a_database_none_is_made(desk: Desk) -> None:
    with pytest.raises(DatabaseError, match="does not exist"):
        reextract(None, desk)
    assert not desk.database.exists()


def test_an_empty_database_has_nothing_to_read_again(desk: Desk) -> None:
    Store.open(desk.database, create=True).close()
    assert reextract(None, desk) == ReextractReport()


def test_a_text_in_a_language_without_a_pack_stays_as_it_is(desk: Desk) -> None:
    filled(desk, line("a"), line("b", "Le ministre a dit que la taxe baisserait.", lang="fr"))
    with Store.open(desk.database) as store:
        text = version_of("Le pain est bon, a dit Lena.", lang="fr")
        found = Extraction(attributions=(said(text.text, "1", "a dit", "Le pain est bon"),))
        run = Run(tool="by-hand", version="1")
        store.add(text, found, (), run=run, at=desk.clock(), user="noura")
    before = whole(desk)
    report = reextract(None, desk)
    assert report == ReextractReport(documents=1, kept=3, without_pack={"fr": 2})
    assert whole(desk) == before


def test_progress_is_told_of_every_document_in_the_order_of_recording(desk: Desk) -> None:
    filled(desk, line("b"), {"id": "x", "lang": "ar", "text": TEXT}, line("a"))
    told: list[tuple[str, int, int]] = []
    reextract(None, desk, progress=lambda *step: told.append(step))
    assert [(count, total) for _, count, total in told] == [(1, 3), (2, 3), (3, 3)]
    assert told[0][0] == "https://naba.example/b"
    assert told[1][0].startswith("version-")


def test_what_was_read_before_a_stop_is_kept(desk: Desk, tmp_path: Path) -> None:
    filled(desk, line("a"), line("b", TEXT.replace("آذار", "نيسان")))

    def stop(_name: str, _count: int, _total: int) -> None:
        raise KeyboardInterrupt

    means = Means(registries=(CAST,))
    with pytest.raises(KeyboardInterrupt):
        reextract(None, desk, means, progress=stop)
    with Store.open(desk.database, readonly=True) as store:
        assert verify(store.connection) == ()
        read_again = store.connection.execute(
            "SELECT count(*) FROM event_log WHERE action = 'reextract'"
        )
        assert read_again.fetchone() == (1,)
    reextract(None, desk, means)
    lines = (line("a"), line("b", TEXT.replace("آذار", "نيسان")))
    other = filled(Desk(tmp_path / "other.db", "amal", ticking()), *lines, means=means)
    assert dump(desk) == dump(other)


# --- whatever is found, in whatever order

STORY = (
    "نقلت النورس قول الوزارة إن ميناء الصدفة أُغلق أمام السفن كلها. "
    "ميناء الصدفة أُغلق أمام السفن كلها، بحسب الوكالة. وأكد الخبير هبوط الأسعار."
)
TELLER = said(
    STORY,
    "1",
    "نقلت",
    "قول الوزارة إن ميناء الصدفة أُغلق أمام السفن كلها",
    source="النورس",
    source_id=AGENCY.id,
)
TOLD = said(
    STORY,
    "2",
    "قول",
    "ميناء الصدفة أُغلق أمام السفن كلها",
    source="الوزارة",
    source_id=MINISTRY.id,
    via="1",
)
POOL = (
    TELLER,
    TOLD,
    said(STORY, "3", "بحسب", "ميناء الصدفة أُغلق أمام السفن كلها", source_id=AGENCY.id),
    said(STORY, "4", "وأكد", "هبوط الأسعار", responds_to="2"),
    TOLD.model_copy(update={"key": "5", "confidence": 1.0, "via": "1"}),
    TELLER.model_copy(update={"key": "6", "confidence": 1.0}),
)
TEXTS = tuple(
    version_of(f"{STORY}\n{number}", url=f"https://nawras.invalid/{number}") for number in range(3)
)


def extraction(chosen: Sequence[int], linked: bool) -> Extraction:
    """Return some of the pool, renumbered; links to what is left out are left out."""
    keys = {POOL[place].key: str(number) for number, place in enumerate(chosen, 1)}
    found = [
        POOL[place].model_copy(
            update={
                "key": keys[POOL[place].key],
                "via": keys.get(POOL[place].via or "") if linked else None,
                "responds_to": keys.get(POOL[place].responds_to or ""),
            }
        )
        for place in chosen
    ]
    return Extraction(attributions=tuple(found), narrator=found[0].cue if found else ())


def named(found: Sequence[Attribution]) -> list[object]:
    wanted = {each.source_id for each in found}
    if MINISTRY.id in wanted:
        wanted.add(STATE.id)
    return [each for each in SOURCES if each.id in wanted]


readings = st.tuples(
    st.integers(0, len(TEXTS) - 1),
    st.lists(st.integers(0, len(POOL) - 1), unique=True),
    st.booleans(),
    st.integers(1, 2),
)


@settings(max_examples=60)
@given(
    first=st.tuples(*[st.lists(st.integers(0, len(POOL) - 1), unique=True)] * len(TEXTS)),
    then=st.lists(readings, max_size=8),
)
def test_only_what_was_found_last_counts_whatever_was_found_before(
    tmp_path_factory: pytest.TempPathFactory,
    first: tuple[list[int], ...],
    then: list[tuple[int, list[int], bool, int]],
) -> None:
    clock = ticking()
    folder = tmp_path_factory.mktemp("readings")
    last: dict[int, tuple[Extraction, Run]] = {}

    def take(store: Store, text: DocumentVersion, found: Extraction, run: Run, how: str) -> None:
        at = clock()
        take_in = getattr(store, how)
        take_in(text, found, named(found.attributions), run=run, at=at, user="tester")
        link(store, text.id, at=at, user="tester")

    with Store.open(folder / "read-again.db", create=True) as store:
        steps = [(place, chosen, True, 0) for place, chosen in enumerate(first)]
        for place, chosen, linked, version in [*steps, *then]:
            found, run = extraction(chosen, linked), Run(tool="rules", version=str(version))
            how = "reextract" if place in last else "add"
            take(store, TEXTS[place], found, run, how)
            last[place] = found, run
            assert verify(store.connection) == ()
        again = list(canonical(store.connection))
    with Store.open(folder / "fresh.db", create=True) as store:
        for place, (found, run) in last.items():
            take(store, TEXTS[place], found, run, "add")
        assert again == list(canonical(store.connection))
        assert read.counts(store.connection).documents == len(TEXTS)
