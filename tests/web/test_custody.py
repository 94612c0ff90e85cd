"""What was fetched is evidence: kept byte for byte, sealed, and told when it was touched."""

from __future__ import annotations

import gzip
import io
import json
import re
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner
from warcio.archiveiterator import ArchiveIterator

from claimtrack.cli.app import app
from claimtrack.ingest import warc
from claimtrack.ingest.fetch import WebFetcher
from claimtrack.pipeline import AddReport, Desk, Intake, add
from claimtrack.store import Store, archive
from claimtrack.store.verify import verify
from tests.web.conftest import NOW, QUICK
from tests.web.server import TEXT, Server, chunked, endless, moved, page, reply

Adding = Callable[..., AddReport]


def rows(desk: Desk, query: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(desk.database)) as connection:
        return connection.execute(query).fetchall()


def problems(desk: Desk) -> tuple[str, ...]:
    with Store.open(desk.database, readonly=True) as store:
        return verify(store.connection)


def run(*arguments: object) -> Any:
    given = [str(one) for one in arguments]
    return CliRunner().invoke(app, given, env={"CLAIMTRACK_USER": "noura"})


def test_a_page_becomes_an_article_with_its_capture(
    server: Server, desk: Desk, adding: Adding
) -> None:
    packed = gzip.compress(page())
    server.answers |= {"/a": moved("/1"), "/1": chunked(packed, Content_Encoding="gzip")}
    report = adding(server.url("/a"))
    assert (report.added, report.captures, report.skipped) == (1, 1, ())
    assert report.attributions > 0
    ((body,),) = rows(desk, "SELECT body FROM capture_body")
    assert body == packed
    ((url, final, status, operator, hops),) = rows(
        desk, "SELECT url, final_url, status, operator, hops FROM capture"
    )
    assert (url, final, status, operator) == (server.url("/a"), server.url("/1"), 200, "noura")
    assert [hop["status"] for hop in json.loads(hops)] == [302]
    assert rows(desk, "SELECT c.document = v.document_id FROM captures c, document_version v") == [
        (1,)
    ]
    assert problems(desk) == ()


def test_the_warc_file_holds_every_answer_for_replay(
    server: Server, desk: Desk, adding: Adding
) -> None:
    packed = gzip.compress(page())
    server.answers |= {"/a": moved("/1"), "/1": chunked(packed, Content_Encoding="gzip")}
    adding(server.url("/a"))
    with archive.path_of(desk.database).open("rb") as stream:
        found = [
            (
                record.rec_type,
                record.rec_headers.get_header("WARC-Target-URI"),
                record.http_headers.get_statuscode(),
                record.http_headers.get_header("Content-Encoding"),
                record.content_stream().read(),
            )
            for record in ArchiveIterator(stream, check_digests="raise")
        ]
    assert found == [
        ("response", server.url("/a"), "302", None, b""),
        ("response", server.url("/1"), "200", "gzip", page()),
    ]


def test_a_warc_file_of_ours_can_be_added_elsewhere(
    server: Server, desk: Desk, adding: Adding, tmp_path: Path
) -> None:
    server.answers["/1"] = chunked(gzip.compress(page()), Content_Encoding="gzip")
    adding(server.url("/1"))
    other = run("add", archive.path_of(desk.database), "--db", tmp_path / "other.db", "--json")
    assert json.loads(other.stdout)["added"] == 1
    with closing(sqlite3.connect(tmp_path / "other.db")) as connection:
        copied = connection.execute(
            "SELECT v.id, v.text, c.sha256, c.at, c.url FROM document_version v, capture c"
        ).fetchall()
    ours = "SELECT v.id, v.text, c.sha256, c.at, c.url FROM document_version v, capture c"
    assert copied == rows(desk, ours)


def test_many_captures_of_one_address_are_normal(server: Server, desk: Desk) -> None:
    server.answers["/1"] = reply(page())
    hours = iter(range(24))
    with WebFetcher(QUICK, lambda: NOW.replace(hour=next(hours))) as web:
        reports = [add([server.url("/1")], desk, intake=Intake(web=web)) for _ in range(3)]
    assert [(one.added, one.unchanged, one.captures) for one in reports] == [
        (1, 0, 1),
        (0, 1, 1),
        (0, 1, 1),
    ]
    assert rows(desk, "SELECT count(*), count(DISTINCT version) FROM captures") == [(3, 1)]
    assert rows(desk, "SELECT count(*) FROM capture_body") == [(1,)]
    assert problems(desk) == ()


@pytest.mark.parametrize(
    ("damage", "problem"),
    [
        ("UPDATE capture_body SET body = zeroblob(size)", "is not what was fetched"),
        ("UPDATE capture SET status = 201", "is not the id of its content"),
        ("UPDATE capture SET headers = '[]'", "is not the id of its content"),
        ("DELETE FROM capture_version; DELETE FROM capture", "is not what was recorded"),
    ],
)
def test_what_was_touched_is_named(
    damage: str, problem: str, server: Server, desk: Desk, adding: Adding
) -> None:
    server.answers["/1"] = reply(page())
    adding(server.url("/1"))
    with closing(sqlite3.connect(desk.database)) as connection:
        guards = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'capture%'"
        for (name,) in connection.execute(guards).fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        connection.executescript(damage)
    found = problems(desk)
    assert any(problem in one for one in found), found


def test_captures_are_never_changed_nor_deleted(server: Server, desk: Desk, adding: Adding) -> None:
    server.answers["/1"] = reply(page())
    adding(server.url("/1"))
    with closing(sqlite3.connect(desk.database)) as connection:
        for statement in (
            "UPDATE capture SET status = 404",
            "DELETE FROM capture",
            "UPDATE capture_body SET body = x''",
            "DELETE FROM capture_body",
        ):
            with pytest.raises(sqlite3.IntegrityError, match="captures are evidence"):
                connection.execute(statement)


def test_a_byte_of_the_warc_file_that_changed_is_named(
    server: Server, desk: Desk, adding: Adding
) -> None:
    server.answers["/1"] = reply(page())
    adding(server.url("/1"))
    path = archive.path_of(desk.database)
    whole = path.read_bytes()
    assert run("check", "--db", desk.database).exit_code == 0
    path.write_bytes(whole[:100] + bytes([whole[100] ^ 1]) + whole[101:])
    done = run("check", "--db", desk.database)
    assert done.exit_code == 1
    assert re.search(r"warc\.gz: the record of capture-\w+ is damaged", done.stdout)
    path.write_bytes(whole[:-9])
    assert "ends before the record of capture-" in run("check", "--db", desk.database).stdout


def test_a_log_that_was_cut_off_does_not_lead_to_the_head_kept_elsewhere(
    server: Server, desk: Desk, adding: Adding
) -> None:
    server.answers |= {"/1": reply(page()), "/2": reply(page("Rain", TEXT + " It rained."))}
    adding(server.url("/1"))
    backup = shutil.copy(desk.database, desk.database.with_name("before.db"))
    adding(server.url("/2"))
    done = run("check", "--head", "--db", desk.database)
    head = re.search(r"^head ([0-9a-f]+)$", done.stdout, re.MULTILINE)
    assert head
    assert run("check", "--expect-head", head[1], "--db", desk.database).exit_code == 0
    cut = run("check", "--expect-head", head[1], "--db", backup)
    assert cut.exit_code == 1
    assert f"no entry has the seal {head[1]}: entries were cut off" in cut.stdout
    old = re.search(r"^head (\w+)$", run("check", "--head", "--db", backup).stdout, re.MULTILINE)
    assert old  # an older head is still on the way
    assert run("check", "--expect-head", old[1], "--db", desk.database).exit_code == 0


def test_what_a_killed_process_left_in_the_warc_file_goes(
    server: Server, desk: Desk, adding: Adding
) -> None:
    server.answers |= {"/1": reply(page()), "/2": reply(page("Rain", TEXT + " It rained."))}
    adding(server.url("/1"))
    path = archive.path_of(desk.database)
    whole = path.read_bytes()
    path.write_bytes(whole + whole[: len(whole) // 2])  # the next record, half written
    adding(server.url("/2"))
    assert path.read_bytes().startswith(whole)
    assert run("check", "--db", desk.database).exit_code == 0
    with path.open("rb") as stream:
        assert [number for number, _ in warc.responses(stream, "t", 10**6)] == [1, 2]


def test_a_whole_record_that_no_row_tells_of_stays(
    server: Server, desk: Desk, adding: Adding
) -> None:
    server.answers |= {"/1": reply(page()), "/2": reply(page("Rain", TEXT + " It rained."))}
    adding(server.url("/1"))
    path = archive.path_of(desk.database)
    twice = path.read_bytes() * 2
    path.write_bytes(twice)
    adding(server.url("/2"))
    assert path.read_bytes().startswith(twice)
    assert run("check", "--db", desk.database).exit_code == 0


def test_a_file_of_others_in_its_place_is_left_alone(
    server: Server, desk: Desk, adding: Adding
) -> None:
    server.answers["/1"] = reply(page())
    archive.path_of(desk.database).write_bytes(b"somebody's notes")
    done = run("add", server.url("/1"), "--db", desk.database, "--allow-private", "127.0.0.2/32",
               "--delay", "0")  # fmt: skip
    assert done.exit_code == 1
    assert "is no file of this database. Move it away." in done.stderr
    assert archive.path_of(desk.database).read_bytes() == b"somebody's notes"
    assert rows(desk, "SELECT count(*) FROM capture") == [(0,)]


def test_hostile_answers_leave_nothing_and_keep_no_others_from_it(
    server: Server, desk: Desk, adding: Adding
) -> None:
    bomb = gzip.compress(bytes(100 << 20), 1)
    server.answers |= {
        "/1": reply(page()),
        "/endless": endless,
        "/bomb": reply(bomb, Content_Encoding="gzip"),
        "/deep": reply(b"<html><body>" + b"<div>" * 2_000_000),
        "/picture": reply(b"\x89PNG\r\n" + bytes(99), kind="text/html"),
        "/2": reply(page("Rain", TEXT + " It rained."), kind="image/png"),
        "/gone": reply(b"", "410 Gone"),
    }
    paths = ("/1", "/endless", "/bomb", "/deep", "/picture", "/2", "/gone")
    report = adding(*(server.url(path) for path in paths))
    assert report.added == 2
    told = {one.place.removeprefix(server.url("")): one.reason for one in report.skipped}
    assert told == {
        "/endless": "is larger than 20 MB; nothing of it was kept.",
        "/bomb": "unpacks to more than 20 MB; nothing of it was kept.",
        "/deep": "nested too deeply for an article; save the text itself",
        "/picture": "not text: its bytes are those of an image; give text, a page, a document or "
        "JSON lines",
        "/gone": "the server says that it is gone (410)",
    }
    assert problems(desk) == ()


CHARSETS = [
    ("windows-1256", "text/html", ""),
    ("windows-1256", "text/html; charset=utf-8", ""),
    ("windows-1256", "text/html; charset=iso-8859-1", ""),
    ("windows-1256", "text/html; charset=windows-1256", ""),
    ("windows-1256", "text/html; charset=windows-1251", '<meta charset="windows-1256">'),
    ("utf-8", "text/html; charset=windows-1256", '<meta charset="windows-1256">'),
    ("utf-8", "text/html; charset=nonsense", ""),
]


@pytest.mark.parametrize(("encoding", "kind", "meta"), CHARSETS)
def test_a_page_is_read_in_its_own_letters_whatever_its_server_says(
    encoding: str, kind: str, meta: str, server: Server, desk: Desk, adding: Adding
) -> None:
    said = "قالت وزارة المالية القمرية إن الضريبة على القمح ستنخفض في آذار المقبل."
    more = "وأضافت الوزارة في بيان أن القرار يشمل جميع المخابز في البلاد."
    sent = (
        f"<html><head>{meta}<title>القمح</title></head><body><article><h1>القمح</h1><p>{said}</p>"
        f"<p>{more}</p></article></body></html>"
    )
    server.answers["/1"] = reply(sent.encode(encoding), kind=kind)
    assert adding(server.url("/1")).skipped == ()
    ((text,),) = rows(desk, "SELECT text FROM document_version")
    assert said in text


def test_a_page_is_submitted_to_an_archive_only_when_asked(server: Server, desk: Desk) -> None:
    server.answers |= {
        "/1": reply(page()),
        f"/save/{server.url('/1')}": moved("/kept/1"),
        "/kept/1": reply(b"kept"),
    }
    flags = ("--db", desk.database, "--allow-private", "127.0.0.2/32", "--delay", "0")
    assert run("add", server.url("/1"), *flags).exit_code == 0
    assert server.paths() == ["/1"]
    assert run("add", server.url("/1"), "--archive", server.url("/save/"), *flags).exit_code == 0
    archived = rows(desk, "SELECT url FROM document_url WHERE kind = 'archive'")
    assert archived == [(server.url("/kept/1"),)]


def test_records_are_read_back_as_they_were_captured(server: Server, web: Any) -> None:
    server.answers |= {"/a": moved("/1"), "/1": reply(page(), X_Odd="a, b")}
    capture = web.fetch(server.url("/a"))
    ((_, found),) = warc.responses(io.BytesIO(warc.records(capture)), "t", 10**6)
    assert not isinstance(found, str)
    assert found.response == capture.response
