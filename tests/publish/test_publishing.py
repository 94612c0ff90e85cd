"""What is published holds what may be shown, and nothing else."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.errors import DatabaseError, NothingToShowError, OutputError
from claimtrack.model.capture import Capture, Response
from claimtrack.model.span import Span
from claimtrack.model.vocabulary import PublicationState, Verdict
from claimtrack.publish import app, build
from claimtrack.publish.folder import MARK, publish
from claimtrack.review import corrections
from claimtrack.store import Store, publication, read, showing, standing
from claimtrack.store.excerpts import Told, excerpt
from claimtrack.store.publication import Decision
from claimtrack.store.showing import (
    _AFTER,
    _TABLES,
    AT_THE_DESK,
    MADE_ANEW,
    Asked,
    Shown,
)
from claimtrack.text.fold import fold
from tests.publish import sample
from tests.publish.conftest import Get, Loop, asked_of, document_id, source_id

AT = datetime(2024, 5, 10, tzinfo=UTC)
ASKED = Asked(AT)
QUOTED = document_id(sample.arabic()[0])
SHOWN = document_id(sample.english()[0])
PRIVATE = document_id(sample.russian()[0])
ATTACK = document_id(sample.hostile()[0])
SECRETS = (
    *("because a friend asked", "a letter from the editor", "ruslan", "noura-of-the-desk"),
    "archivist",
)
BODY = "<p>the bytes that the server of the herald sent</p>"
OTHER_BODY = "<p>байты, которые прислал сервер курьера</p>"


def make(path: Path) -> None:
    """Make a desk's database: one document quoted, one in full, two private, each captured."""
    sample.make(path)
    with Store.open(path) as store:
        for state, document in (("quotes", QUOTED), ("full", SHOWN)):
            decision = Decision(PublicationState(state), SECRETS[0], SECRETS[1])
            store.show(decision, [document], user="noura-of-the-desk", at=sample.AT)
        for article, body in (
            (sample.english()[0], BODY),
            (sample.arabic()[0], OTHER_BODY),
            (sample.russian()[0], OTHER_BODY + " "),
        ):
            capture(store, article, body)


def capture(store: Store, article: Any, body: str) -> None:
    made = sample.version(article)
    url = article.url or "https://karvensk-courier.example/answer"
    headers = (("Content-Type", "text/html"), ("SET-COOKIE", "session=ruslan"))
    answer = Response(
        url=url, at=sample.AT, status=200, reason="OK", body=body.encode(), headers=headers
    )
    led = (("location", "/depot"), ("set-cookie", "ruslan=1"), ("X-Client", "noura-of-the-desk"))
    hop = Response(url=url, at=sample.AT, status=301, headers=led)
    held = (made.document_id, sha256(article.text.encode()).hexdigest())
    operator = "archivist" if article.lang == "en" else "ruslan"
    store.tie(
        Capture(response=answer, hops=(hop,), tool="hand/1"), held, at=sample.AT, user=operator
    )


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("desk") / "desk.db"
    make(path)
    return path


@pytest.fixture(scope="module")
def folder(desk: Path) -> Path:
    made = desk.parent / "site"
    publish(desk, made, ASKED)
    return made


@pytest.fixture(scope="module")
def copy(folder: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(folder / "claims.db")) as connection:
        yield connection


@pytest.fixture(scope="module")
def public(folder: Path, loop: Loop) -> Iterator[Get]:
    for of in asked_of(loop):
        yield of(build(folder, public=True))


def long_words(text: str) -> set[str]:
    """Return the words of a text that are long enough to be met nowhere by chance, and folded."""
    found = set(re.findall(r"\w{6,}", text))
    return found | {fold(word) for word in found}


def everything(folder: Path) -> bytes:
    return b"\n".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def test_no_byte_of_a_private_document_is_in_the_folder(folder: Path) -> None:
    data = everything(folder)
    named = " ".join(
        name.text for source in (sample.MINISTRY, sample.EMBASSY) for name in source.names
    )
    shown = long_words(f"{sample.ENGLISH} {sample.ARABIC} {named}")
    words = long_words(f"{sample.RUSSIAN} Karvensk Courier window hacked onerror") - shown
    assert len(words) > 8
    assert [word for word in sorted(words) if word.encode() in data] == []
    for known in (PRIVATE, ATTACK, sample.HOSTILE.id, *(text.encode() for text in SECRETS)):
        assert (known.encode() if isinstance(known, str) else known) not in data


def test_of_a_quoted_document_only_its_title_and_its_sentences_are_there(folder: Path) -> None:
    data = everything(folder)
    for sentence in (
        "وزارة الدفاع القمرية إن طائرة مسيّرة أصابت مستودع وقود قرب سدرون",
        "اتهامات متبادلة بعد حريق مستودع الوقود في سدرون",
        "https://sada-badrun.example/2024/05/07/depot",
    ):
        assert sentence.encode() in data
    for hidden in ("ويقع المستودع على بعد", "أربعة كيلومترات", "مهرجان القوارب", "زر العودة"):
        assert hidden.encode() not in data
        assert fold(hidden).encode() not in data
    assert OTHER_BODY.encode() not in data
    assert sha256(sample.ARABIC.encode()).hexdigest().encode() not in data


def test_a_document_in_full_brings_its_text_and_its_captures(copy: sqlite3.Connection) -> None:
    texts = dict(copy.execute("SELECT document_id, text FROM document_version"))
    assert texts[SHOWN] == sample.ENGLISH
    assert [row[0] for row in copy.execute("SELECT body FROM capture_body")] == [BODY.encode()]


def test_of_a_capture_neither_cookies_nor_who_fetched_it_are_shown(
    copy: sqlite3.Connection,
) -> None:
    (row,) = copy.execute("SELECT operator, headers, hops FROM capture")
    assert row[0] == ""
    assert json.loads(row[1]) == [["Content-Type", "text/html"]]
    (hop,) = json.loads(row[2])
    assert (hop["status"], hop["headers"]) == (301, [["location", "/depot"]])


def test_every_span_of_the_copy_is_what_its_text_says(copy: sqlite3.Connection) -> None:
    rows = copy.execute(
        'SELECT substr(v.text, s.start + 1, s."end" - s.start), s.exact, s.prefix, s.suffix, v.text'
        " FROM attribution_span s JOIN attribution a ON a.id = s.attribution_id"
        " JOIN document_version v ON v.id = a.version_id"
    ).fetchall()
    assert len(rows) > 15
    for words, exact, prefix, suffix, text in rows:
        assert words == exact
        assert prefix + exact + suffix in text


def test_claims_without_a_report_that_is_shown_are_gone(
    copy: sqlite3.Connection, ids: dict[tuple[str, int], str], public: Get
) -> None:
    """The embassy's denial stands in the quoted and in a private document: it stays, once."""
    denial = ids["ar", 3]
    reports = dict(copy.execute("SELECT claim, reports FROM claims").fetchall())
    assert reports[denial] == 1
    assert len(reports) == 3
    assert public(f"/claim/{ids['ru', 1]}").status_code == 404
    assert "Ни один" not in public(f"/claim/{denial}").text


def test_what_takes_long_to_find_out_is_found_out_when_it_is_published(
    desk: Path,
    tmp_path: Path,
    public: Get,
    asking: Callable[[Any], Get],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with closing(sqlite3.connect(desk.parent / "site" / "claims.db")) as connection:
        claims = [row[0] for row in connection.execute("SELECT claim FROM claims")]
    asked = ["/", "/analysis", *(f"/claim/{claim}" for claim in claims)]
    before = {path: public(f"{path}?lang=en").text for path in asked}
    monkeypatch.setattr(read, "IN_SENTENCES", 0)  # every claim is a large one
    publish(desk, tmp_path / "site", ASKED)
    for name in ("home.alerts", "analyses.overview", "claims.claim_file"):
        monkeypatch.setattr(f"claimtrack.publish.pages.{name}", None)  # nobody asks again
    get = asking(build(tmp_path / "site", public=True))
    assert {path: get(f"{path}?lang=en").text for path in asked} == before


@pytest.mark.parametrize(
    "before",
    ["DROP TABLE kept", "UPDATE kept SET answer = '{}'"],
    ids=["kept nothing", "kept it otherwise"],
)
def test_a_copy_of_an_earlier_program_is_read_too(
    folder: Path, tmp_path: Path, public: Get, asking: Callable[[Any], Get], before: str
) -> None:
    earlier = tmp_path / app.COPY
    earlier.write_bytes((folder / app.COPY).read_bytes())
    with closing(sqlite3.connect(earlier)) as connection, connection:
        connection.execute(before)
    get = asking(build(earlier, public=True))
    for path in ("/", "/analysis", "/warnings.atom"):
        assert get(path).text == public(path).text


def test_the_claim_keeps_its_address_when_its_first_report_is_private(
    tmp_path: Path, ids: dict[tuple[str, int], str], asking: Callable[[Any], Get]
) -> None:
    path = tmp_path / "desk.db"
    sample.make(path)
    decision = Decision(PublicationState.FULL, "why", "ours")
    with Store.open(path) as store:
        store.show(decision, [PRIVATE], user="noura", at=AT)
    publish(path, tmp_path / "site", ASKED)
    get = asking(build(tmp_path / "site", public=True))
    page = get(f"/claim/{ids['ar', 3]}")
    assert page.status_code == 200
    assert "Ни один наш аппарат не пересекал границу" in page.text
    assert "لم تعبر" not in page.text


def test_nothing_stays_in_free_pages_or_beside_the_file(
    folder: Path, copy: sqlite3.Connection
) -> None:
    assert copy.execute("PRAGMA freelist_count").fetchone() == (0,)
    assert copy.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert sorted(path.name for path in folder.iterdir()) == [
        "Dockerfile",
        "README.md",
        "claims.db",
        MARK,
        "inspect-data.json",
        "metadata.yml",
        "requirements.txt",
        "settings.json",
    ]


def test_every_table_is_either_shown_or_said_to_stay(desk: Path) -> None:
    with Store.open(desk, readonly=True) as store:
        rows = store.connection.execute("PRAGMA table_list").fetchall()
    kinds = {row[1]: row[2] for row in rows if not row[1].startswith(("sqlite_", "_sqlite"))}
    tables = {name for name, kind in kinds.items() if kind in ("table", "virtual")}
    assert {*_TABLES, *_AFTER, *AT_THE_DESK, *MADE_ANEW} == tables


def test_no_table_is_copied_by_looking_up_every_pair(
    desk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of an index of two columns, each `IN` many values, SQLite looks up all by all."""
    copy, pairs = showing._copy, []

    def explained(connection: Any, table: str, part: Any, asked: Asked) -> None:
        kept = part.kept.replace("{reviewed_only}", "0")
        query = f"EXPLAIN QUERY PLAN SELECT 1 FROM desk.{part.of or table} t WHERE {kept}"
        steps = [row[3] for row in connection.execute(query)]
        pairs.extend((table, step) for step in steps if re.match(r"SEARCH t .*=\?.*=\?", step))
        copy(connection, table, part, asked)

    monkeypatch.setattr(showing, "_copy", explained)
    showing.show(desk, tmp_path / "copy.db", ASKED)
    assert pairs == []


def test_what_stays_at_the_desk_is_empty_in_the_copy(copy: sqlite3.Connection) -> None:
    for table in AT_THE_DESK:
        assert copy.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,), table


@pytest.mark.parametrize(
    "path",
    [
        *("/", "/search?q=سدرون", "/search.atom?q=Sidrun", "/warnings.atom", "/claim", "/document"),
        *("/source", "/analysis", f"/document/{QUOTED}", f"/document/{SHOWN}", "/home.json"),
        *(f"/source/{source_id('qa-mod')}", f"/source/{source_id('dr-embassy-qa')}.json"),
        *(f"/document/{QUOTED}/graph", f"/document/{QUOTED}.json", "/claims/attributions"),
        *("/claims/documents", "/claims/claims?_facet=language", "/claims/sources", "/claims"),
        *("/claims/document_version", "/claims/relays", "/search?q=%D0%9D%D0%B8&kind=document"),
    ],
)
def test_no_page_of_the_public_site_tells_of_what_is_private(public: Get, path: str) -> None:
    page = public(path)
    assert page.status_code == 200
    for hidden in ("Karvensk", "Посольство", "hacked", "أربعة كيلومترات", *SECRETS, PRIVATE[9:]):
        assert hidden not in page.text
    kept = page.headers.get("cache-control")
    assert kept == "public, max-age=300" or path.startswith("/claims")


@pytest.mark.parametrize(
    "path", [f"/document/{PRIVATE}", f"/document/{PRIVATE}/graph", f"/source/{sample.HOSTILE.id}"]
)
def test_what_is_private_is_as_if_it_were_not_held(public: Get, path: str) -> None:
    assert public(path).status_code == 404


@pytest.mark.parametrize("path", ["/review", "/review/log", "/review/attributions"])
def test_nothing_is_decided_on_the_public_site(public: Get, path: str) -> None:
    assert public(path).status_code == 404


def test_the_page_of_a_quoted_document_says_so_and_leads_to_the_whole(public: Get) -> None:
    page = public(f"/document/{QUOTED}", headers={"accept-language": "en"}).text
    assert "Only the sentences with reports are shown" in page
    assert 'href="https://sada-badrun.example/2024/05/07/depot"' in page
    whole = public(f"/document/{SHOWN}", headers={"accept-language": "en"}).text
    assert "Only the sentences with reports are shown" not in whole


def test_folded_search_finds_what_is_left_and_nothing_else(public: Get) -> None:
    def found(words: str) -> int:
        return int(public("/search.json", params={"q": words}).json()["results"]["total"])

    assert found("مسيره") > 0
    assert found("كيلومترات") == 0
    assert found("аппарат") == 0
    table = public("/claims/attributions.json", params={"_search": "مسيره", "_shape": "array"})
    assert len(table.json()) == 2


@pytest.mark.parametrize(
    "path", ["/claims?sql=select+1", "/claims.db", "/claims.json?sql=select+1", "/-/databases.json"]
)
def test_the_public_site_runs_no_sql_and_gives_away_no_file(public: Get, path: str) -> None:
    assert public(path, follow_redirects=True).status_code in (403, 404)


def test_a_copy_is_served_immutable_and_kept_by_browsers(folder: Path, public: Get) -> None:
    site = build(folder, public=True)
    assert site.get_database("claims").is_mutable is False
    site.get_database("claims").close()
    for path in ("/", "/search.atom?q=Sidrun", "/claim.json", "/claim/000000"):
        assert public(path).headers["cache-control"] == "public, max-age=300", path
    kept = public("/?lang=ar").headers["cache-control"]  # it sets the reader's cookie
    assert "public" not in kept


def test_a_desks_database_is_not_served_in_public(desk: Path) -> None:
    with pytest.raises(DatabaseError, match="claimtrack publish FOLDER"):
        build(desk, public=True)


def test_a_folder_without_a_copy_is_not_served(tmp_path: Path) -> None:
    with pytest.raises(DatabaseError, match="holds no claims"):
        build(tmp_path, public=True)


def test_a_copy_is_neither_written_nor_published_again(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(DatabaseError, match="published copy"):
        Store.open(folder / "claims.db")
    with pytest.raises(DatabaseError, match="published copy"):
        publish(folder / "claims.db", tmp_path / "again", ASKED)


def test_a_folder_of_somebody_elses_is_left_alone(desk: Path, tmp_path: Path) -> None:
    (tmp_path / "theirs").mkdir()
    (tmp_path / "theirs" / "thesis.txt").write_text("mine")
    with pytest.raises(OutputError, match="holds something else"):
        publish(desk, tmp_path / "theirs", ASKED)
    assert [path.name for path in tmp_path.rglob("*")] == ["theirs", "thesis.txt"]


def test_a_copy_that_fails_leaves_the_one_before(tmp_path: Path) -> None:
    path = tmp_path / "desk.db"
    make(path)
    publish(path, tmp_path / "site", ASKED)
    before = everything(tmp_path / "site")
    with Store.open(path) as store:
        decision = Decision(PublicationState.PRIVATE, "asked to", "")
        store.show(decision, [QUOTED, SHOWN], user="noura", at=AT)
    with pytest.raises(NothingToShowError, match="all are private"):
        publish(path, tmp_path / "site", ASKED)
    assert everything(tmp_path / "site") == before
    assert [each.name for each in tmp_path.iterdir() if each.name.startswith(".")] == []


def test_it_tells_what_was_left_out_and_why(desk: Path, tmp_path: Path) -> None:
    shown: Shown = publish(desk, tmp_path / "site", ASKED)
    assert shown.held["documents in full"] == 1
    assert shown.held["documents quoted"] == 1
    assert shown.held["reports"] == 6
    assert shown.left_out["private documents"] == 2
    assert shown.left_out["captures"] == 2
    assert {(one.id, one.why) for one in shown.documents} == {
        (PRIVATE, "private"),
        (ATTACK, "private"),
    }
    again = publish(desk, tmp_path / "site", ASKED)
    assert again == shown


def test_reviewed_only_leaves_out_what_only_a_machine_found(tmp_path: Path) -> None:
    path = tmp_path / "desk.db"
    make(path)
    with Store.open(path) as store:
        (first, second) = store.connection.execute(
            "SELECT id FROM judgement ORDER BY number LIMIT 2"
        ).fetchall()
        for (judgement,) in (first, second):
            store.undo(judgement, user="noura", at=AT)
        unseen = store.connection.execute(
            "SELECT a.id FROM live_attribution a JOIN document_version v ON v.id = a.version_id"
            " WHERE v.lang = 'ar' AND a.key IN ('1', '2') ORDER BY a.key"
        ).fetchall()
        corrections.accept(store, unseen[0][0], reason="read it", by="noura", at=AT)
        corrections.reject(store, unseen[1][0], reason="no report", by="noura", at=AT)
        with store.transaction():
            store.connection.execute(
                "INSERT INTO reprint SELECT a.id, b.id, 0.9, (SELECT id FROM run), '2026-01-01'"
                " FROM document_version a JOIN document_version b ON a.id <> b.id"
            )
    shown = publish(path, tmp_path / "site", Asked(AT, reviewed_only=True))
    with closing(sqlite3.connect(tmp_path / "site" / "claims.db")) as copy:
        kept = copy.execute(
            "SELECT v.lang, a.key FROM attribution a JOIN document_version v"
            " ON v.id = a.version_id ORDER BY 1, 2"
        ).fetchall()
        assert kept == [("ar", "1"), ("ar", "3"), ("en", "2"), ("en", "3")]
        looked = copy.execute("SELECT action, corrected_by, reason FROM correction").fetchall()
        assert looked == [("accept", "noura", "")]
        for guessed in ("narration", "reprint"):
            assert copy.execute(f"SELECT count(*) FROM {guessed}").fetchone() == (0,)
    assert shown.held["reports"] == 4


def test_the_folder_says_how_it_is_served(folder: Path) -> None:
    readme = (folder / "README.md").read_text("utf-8")
    assert "claimtrack serve --public ." in readme
    assert "--setting default_allow_sql 0" in readme
    assert "datasette serve -i claims.db" in readme
    tables = json.loads((folder / "inspect-data.json").read_text())["claims"]["tables"]
    assert tables["attributions"] == {"count": 6}
    assert "claimtrack==" in (folder / "requirements.txt").read_text()
    assert '"--public"' in (folder / "Dockerfile").read_text()


def test_a_decision_can_be_undone_and_the_one_before_counts(tmp_path: Path) -> None:
    path = tmp_path / "desk.db"
    sample.make(path)
    state = PublicationState
    with Store.open(path) as store:

        def now() -> str:
            return str(
                store.connection.execute(
                    "SELECT state FROM document_publication WHERE document = ?", (SHOWN,)
                ).fetchone()[0]
            )

        assert now() == "private"
        store.show(Decision(state.QUOTES, "why", "right to quote"), [SHOWN], user="n", at=AT)
        last = store.show(Decision(state.FULL, "why", "CC BY"), [SHOWN], user="n", at=AT)
        assert now() == "full"
        assert store.undo(last, user="n", at=AT)
        assert now() == "quotes"
        actions = [
            row[0]
            for row in store.connection.execute(
                "SELECT action FROM event_log ORDER BY seq DESC LIMIT 3"
            )
        ]
        assert actions == ["undo", "publication", "publication"]


@pytest.mark.parametrize(
    ("decision", "user", "said"),
    [
        (Decision(PublicationState.FULL, "why", ""), "noura", "--rights"),
        (Decision(PublicationState.QUOTES, " ", "ours"), "noura", "--why"),
        (Decision(PublicationState.FULL, "why", "ours"), "", "--user"),
    ],
)
def test_a_decision_needs_a_person_a_reason_and_a_right(
    tmp_path: Path, decision: Decision, user: str, said: str
) -> None:
    path = tmp_path / "desk.db"
    sample.make(path)
    with Store.open(path) as store, pytest.raises(DatabaseError, match=said):
        store.show(decision, [SHOWN], user=user, at=AT)


def test_judgements_keep_their_people_in_the_copy(
    public: Get, ids: dict[tuple[str, int], str]
) -> None:
    page = public(f"/claim/{ids['en', 2]}.json").json()
    assert {one["verdict"] for one in page["judgements"]} == {Verdict.POSITIVE.value}
    assert {one["by"] for one in page["judgements"]} == {"tester"}


@given(st.text(alphabet="ab. \nش", min_size=1, max_size=60), st.data())
def test_spans_of_attributions_are_all_in_their_excerpt(text: str, data: st.DataObject) -> None:
    def span() -> Span:
        start = data.draw(st.integers(0, len(text) - 1))
        return Span(start, data.draw(st.integers(start + 1, len(text))))

    told = [
        Told((span(),), (span(),), (span(), span())) for _ in range(data.draw(st.integers(1, 3)))
    ]
    titles = [span()] if data.draw(st.booleans()) else []
    made = excerpt(text, told, titles)
    for one in (*titles, *(each for some in told for role in some for each in role)):
        moved = made.moved(one)
        assert moved is not None
        assert moved.of(made.text) == one.of(text)
    assert sum(len(piece.was.of(text)) for piece in made.pieces) <= len(text)


def test_the_largest_tables_of_a_copy_begin_without_facets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app, "MOST_FACETED", 10)
    counts = {"claims": {"count": 11}, "documents": {"count": 10}, "unheard_of": {"count": 99}}
    tables = app.described({"claims": {"tables": counts}})["databases"]["claims"]["tables"]
    assert "facets" not in tables["claims"]
    assert tables["documents"]["facets"] == ["language", "outlet"]
    assert app.described()["databases"]["claims"]["tables"]["claims"]["facets"] == ["language"]


def test_what_a_copy_counted_beforehand_is_what_the_desk_counts(
    tmp_path: Path, asking: Callable[[Any], Get]
) -> None:
    path = tmp_path / "desk.db"
    sample.make(path)
    with Store.open(path) as store:
        every = publication.every(store.connection)
        store.show(Decision(PublicationState.FULL, "why", "ours"), every, user="noura", at=AT)
        sources = [row[0] for row in store.connection.execute("SELECT id FROM source")]
    publish(path, tmp_path / "site", ASKED)
    desk, copy = asking(build(path)), asking(build(tmp_path / "site", public=True))
    told = 0
    for source in sources:
        page = f"/source/{source}.json"
        if copy(page).status_code == 404:  # nothing that is shown names it
            continue
        ours, theirs = desk(page).json(), copy(page).json()
        for counted in ("outlets", "channels", "tellers", "told", "disputes", "disputed"):
            assert theirs[counted] == ours[counted], (source, counted)
        told += len(ours["told"])
    assert told
    with Store.open(path) as one, Store.open(tmp_path / "site" / app.COPY, readonly=True) as other:
        desks, copies = (
            [standing.disputed_claims(store.connection, [source], 9) for source in sources]
            for store in (one, other)
        )
    assert any(desks)
    assert copies == desks
    for page in ("/document.json", "/claim.json", "/search.json?q=Sidrun"):
        assert copy(page).json() == desk(page).json(), page
