"""Feeds are followed: only what is new is fetched, and one that fails keeps no other from it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from claimtrack.errors import InputError
from claimtrack.ingest.fetch import WebFetcher
from claimtrack.pipeline import Desk, Intake, Means, WatchReport, feeds_of, watch
from tests.web.server import TEXT, Server, dripping, page, reply
from tests.web.test_custody import problems, rows, run

Watching = Callable[..., WatchReport]


def feed(server: Server, *paths: str, date: str = "Wed, 04 Mar 2026 09:00:00 GMT") -> bytes:
    items = "".join(
        f"<item><title>Title {path}</title><link>{server.url(path)}</link><guid>{path}</guid>"
        f"<pubDate>{date}</pubDate><description>A teaser.</description></item>"
        for path in paths
    )
    xml = f'<rss version="2.0"><channel><title>Naba</title>{items}</channel></rss>'
    return reply(xml.encode(), kind="application/rss+xml", ETag=f'"{len(paths)}{date}"')


@pytest.fixture
def watching(desk: Desk, web: WebFetcher) -> Watching:
    def call(*feeds: str) -> WatchReport:
        return watch(feeds, desk, Means(), Intake(web=web))

    return call


@pytest.fixture
def pages(server: Server) -> None:
    server.answers |= {
        f"/{at}": reply(page(f"Tax number {at}", f"{TEXT} It was decree {at}.")) for at in range(9)
    }


@pytest.mark.usefixtures("pages")
def test_only_what_is_new_is_fetched(server: Server, desk: Desk, watching: Watching) -> None:
    server.answers["/rss"] = feed(server, "/1", "/2")
    first = watching(server.url("/rss"))
    assert (first.feeds, first.entries, first.report.added, first.failed) == (1, 2, 2, ())
    server.answers["/rss"] = feed(server, "/3", "/1", "/2")
    second = watching(server.url("/rss"))
    assert (second.entries, second.report.added) == (1, 1)
    assert server.paths() == ["/rss", "/1", "/2", "/rss", "/3"]
    assert problems(desk) == ()


@pytest.mark.usefixtures("pages")
def test_a_feed_that_says_it_did_not_change_is_not_read(server: Server, watching: Watching) -> None:
    server.answers["/rss"] = [feed(server, "/1"), reply(status="304 Not Modified")]
    watching(server.url("/rss"))
    again = watching(server.url("/rss"))
    assert (again.unchanged, again.entries) == (1, 0)
    assert "if-none-match:" in server.asked[-1].lower()


@pytest.mark.usefixtures("pages")
def test_a_feed_that_fails_keeps_no_other_from_it(server: Server, watching: Watching) -> None:
    server.answers |= {
        "/busy": reply(b"", "503 Busy"),
        "/page": reply(page()),
        "/broken": reply(b"<rss><channel><item>", kind="text/xml"),
        "/rss": feed(server, "/1"),
    }
    paths = ("/busy", "/page", "/gone", "/broken", "/rss")
    report = watching(*map(server.url, paths))
    told = {one.feed.removeprefix(server.url("")): one.reason for one in report.failed}
    assert told["/busy"] == "the server answers 503 Busy."
    assert told["/page"].startswith("is no feed")
    assert told["/gone"] == "is gone (404)."
    assert told["/broken"].startswith("is a feed that cannot be read")
    assert (report.feeds, report.report.added) == (5, 1)


@pytest.mark.usefixtures("pages")
def test_a_page_that_fails_for_the_moment_is_tried_in_the_next_round(
    server: Server, watching: Watching
) -> None:
    server.answers |= {"/rss": feed(server, "/busy", "/1"), "/busy": reply(b"", "503 Busy")}
    first = watching(server.url("/rss"))
    assert (first.retried, first.report.added) == (1, 1)
    server.answers["/busy"] = reply(page())
    second = watching(server.url("/rss"))
    assert "if-none-match:" not in server.asked[-2].lower()  # or the feed would have nothing new
    assert (second.entries, second.retried, second.report.added) == (1, 0, 1)
    third = watching(server.url("/rss"))
    assert (third.entries, "if-none-match:" in server.asked[-1].lower()) == (0, True)


def test_a_page_without_an_article_is_not_fetched_again(server: Server, watching: Watching) -> None:
    server.answers |= {"/rss": feed(server, "/film"), "/film": reply(b"\x89PNG\r\n" + bytes(99))}
    assert len(watching(server.url("/rss")).report.skipped) == 1
    server.answers["/rss"] = feed(server, "/film", date="Thu, 05 Mar 2026 09:00:00 GMT")
    assert watching(server.url("/rss")).entries == 0


@pytest.mark.usefixtures("pages")
@pytest.mark.parametrize("date", ["yesterday", "32 Foo 2026 99:99", "", "0000-00-00", "\u200f"])
def test_a_bad_date_is_unknown_and_no_reason_to_fail(
    date: str, server: Server, desk: Desk, watching: Watching
) -> None:
    server.answers["/rss"] = feed(server, "/1", date=date)
    assert watching(server.url("/rss")).report.added == 1
    assert rows(desk, "SELECT published_precision FROM document_version") == [("unknown",)]


@pytest.mark.usefixtures("pages")
def test_an_entry_that_was_changed_is_fetched_again(server: Server, watching: Watching) -> None:
    atom = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>Naba</title><entry><title>T</title>'
        '<id>urn:1</id><link href="/1"/><updated>2026-03-0{day}T09:00:00Z</updated></entry></feed>'
    )
    for day, outcome in ((4, (1, 0)), (5, (0, 1))):
        server.answers["/atom"] = reply(atom.replace("{day}", str(day)).encode(), kind="text/xml")
        server.answers["/1"] = reply(page(text=f"{TEXT} It was decree {day}."))
        report = watching(server.url("/atom")).report
        assert (report.added, report.new_versions) == outcome


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("feeds = [", "not TOML"),
        ("feed = []", "unknown key 'feed'"),
        ("feeds = [1]", "must say feeds"),
        ('feeds = ["ftp://a.example"]', "no address of the web"),
    ],
)
def test_a_file_of_feeds_that_is_wrong_is_named(content: str, problem: str, tmp_path: Path) -> None:
    (tmp_path / "feeds.toml").write_text(content)
    with pytest.raises(InputError, match=problem):
        feeds_of([str(tmp_path / "feeds.toml")])


@pytest.mark.usefixtures("pages")
def test_a_round_from_the_command_line_ends_with_a_summary(
    server: Server, desk: Desk, tmp_path: Path
) -> None:
    server.answers["/rss"] = feed(server, "/1", "/2", "/nowhere")
    listed = tmp_path / "feeds.toml"
    listed.write_text(f"feeds = {json.dumps([server.url('/rss'), server.url('/none')])}")
    done = run("watch", listed, "--once", "--db", desk.database, "--delay", "0",
               "--allow-private", "127.0.0.2/32")  # fmt: skip
    assert done.exit_code == 1
    assert done.stdout == (
        f"{desk.database}: 2 feeds, 1 failed; 3 new: 2 articles added, 0 new versions, "
        "0 unchanged, 1 skipped\n"
    )
    assert f"{server.url('/none')}: is gone (404)." in done.stderr


def process(server: Server, database: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "claimtrack", "watch", server.url("/rss"), "--once"]
    command += ["--db", str(database), "--delay", "0", "--allow-private", "127.0.0.2/32"]
    environ = os.environ | {"CLAIMTRACK_USER": "noura"}
    return subprocess.Popen(command, env=environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


@pytest.mark.usefixtures("pages")
def test_two_may_watch_at_once(server: Server, desk: Desk) -> None:
    paths = [f"/{at}" for at in range(1, 9)]
    server.answers["/rss"] = feed(server, *paths)
    both = [process(server, desk.database) for _ in range(2)]
    assert [one.communicate(timeout=120)[1] for one in both] == [b"", b""]
    assert [one.returncode for one in both] == [0, 0]
    assert rows(desk, "SELECT count(*) FROM document_version") == [(8,)]
    assert problems(desk) == ()
    assert run("check", "--db", desk.database).exit_code == 0


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs kill -9")
@pytest.mark.usefixtures("pages")
def test_killed_while_fetching_it_goes_on_in_the_next_round(server: Server, desk: Desk) -> None:
    server.answers |= {"/rss": feed(server, "/1", "/2", "/slow", "/3"), "/slow": dripping}
    with process(server, desk.database) as killed:
        while "/slow" not in server.paths() and killed.poll() is None:
            time.sleep(0.01)
        killed.send_signal(signal.SIGKILL)
        killed.communicate()
    assert rows(desk, "SELECT count(*) FROM document_version") == [(2,)]
    assert run("check", "--db", desk.database).exit_code == 0

    server.answers["/slow"] = reply(page("Slow", f"{TEXT} It took its time."))
    server.answers["/rss"] = feed(server, "/1", "/2", "/slow", "/3", date="Thu, 05 Mar 2026")
    with process(server, desk.database) as again:
        out, err = again.communicate(timeout=120)
    assert (again.returncode, err) == (0, b"")
    assert b"2 new: 2 articles added" in out
    assert rows(desk, "SELECT count(*) FROM document_version") == [(4,)]
    assert run("check", "--db", desk.database).exit_code == 0
