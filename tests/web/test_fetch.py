"""Fetching: what is kept, what is refused, and how politely it is asked for."""

from __future__ import annotations

import gzip
import time
import zlib
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from claimtrack.errors import ConfigError, FetchError
from claimtrack.ingest import bodies, guard
from claimtrack.ingest.fetch import WebFetcher
from tests.web.conftest import NOW, QUICK
from tests.web.server import (
    Server,
    chunked,
    cut_off,
    dripping,
    dripping_headers,
    endless,
    moved,
    page,
    reply,
    serving,
)


def test_an_answer_is_kept_as_it_was_sent(server: Server, web: WebFetcher) -> None:
    packed = gzip.compress(page())
    server.answers["/1"] = chunked(packed, Content_Encoding="gzip", X_Odd="caf\u00e9")
    found = web.fetch(server.url("/1"))
    assert found.response.body == packed
    assert found.response.header("content-encoding") == "gzip"
    assert found.response.header("x-odd") == "caf\u00c3\u00a9"  # its bytes, one for one
    assert (found.response.status, found.response.at, found.tool) == (200, NOW, "claimtrack/test")
    assert bodies.held("", found.response, 10**6) == page()


def test_we_say_who_we_are_and_what_we_can_read(server: Server, web: WebFetcher) -> None:
    server.answers["/1"] = reply(page())
    web.fetch(server.url("/1"))
    request = server.asked[-1].lower()
    assert "user-agent: claimtrack/test\r\n" in request
    assert "accept-encoding: gzip, deflate\r\n" in request
    assert request.startswith("get /1 http/1.1")


def test_redirects_are_followed_and_kept(server: Server, web: WebFetcher) -> None:
    server.answers |= {"/a": moved("/b"), "/b": moved(server.url("/c")), "/c": reply(page())}
    found = web.fetch(server.url("/a"))
    assert (found.url, found.final_url) == (server.url("/a"), server.url("/c"))
    assert [(hop.url, hop.status) for hop in found.hops] == [
        (server.url("/a"), 302),
        (server.url("/b"), 302),
    ]


HOSTILE: dict[str, tuple[bytes | Callable[..., None], str]] = {
    "endless body": (endless, "is larger than 20 MB"),
    "slow drip": (dripping, "took longer than 2 s"),
    "slow headers": (dripping_headers, "took longer than 2 s"),
    "cut off": (cut_off, "the connection failed"),
    "no HTTP": (b"SSH-2.0-OpenSSH\r\n\r\n", "the connection failed"),
    "redirect to itself": (moved("/it"), "redirects in a circle, back to "),
    "redirect to a file": (moved("file:///etc/passwd"), "'file:///etc/passwd', which is no web"),
    "redirect to nonsense": (moved("http://[bad/"), "'http://[bad/', which is no web address."),
    "redirect to loopback": (moved("http://127.0.0.1:1/"), "127.0.0.1 is an address of this"),
    "redirect to a name of it": (moved("http://localhost:1/"), "localhost (127.0.0.1) is an"),
    "redirect to IPv6": (moved("http://[::1]:1/"), "::1 is an address of this machine"),
    "redirect to a mapped one": (moved("http://[::ffff:127.0.0.1]:1/"), "is an address of this"),
    "redirect to a number": (moved("http://2130706433:1/"), "(127.0.0.1) is an address of this"),
    "redirect to the cloud": (moved("http://169.254.169.254/latest/"), "is an address of this"),
    "redirect to a neighbour": (moved("http://10.0.0.1/"), "10.0.0.1 is an address of this"),
    "forbidden": (reply(b"no", "403 Forbidden"), "the server answers 403 Forbidden."),
    "unknown encoding": (reply(b"x", Content_Encoding="br"), "encoded as 'br'"),
    "false gzip": (reply(b"x" * 99, Content_Encoding="gzip"), "compressed body is damaged"),
    "half a gzip": (
        reply(gzip.compress(page() * 99)[:200], Content_Encoding="gzip"),
        "its compressed body is cut off",
    ),
    "gzip bomb": (
        reply(gzip.compress(bytes(200 << 20), 1), Content_Encoding="gzip"),
        "unpacks to more than 20 MB",
    ),
    "gzip bomb in a gzip": (
        reply(gzip.compress(gzip.compress(bytes(200 << 20), 1)), Content_Encoding="gzip, gzip"),
        "unpacks to more than 20 MB",
    ),
    "deflate bomb": (
        reply(zlib.compress(bytes(200 << 20), 1), Content_Encoding="deflate"),
        "unpacks to more than 20 MB",
    ),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_answer_is_one_line_of_error(case: str, server: Server, web: WebFetcher) -> None:
    answer, problem = HOSTILE[case]
    server.answers["/it"] = answer
    begun = time.monotonic()
    with pytest.raises(FetchError) as caught:
        web.fetch(server.url("/it"))
    message = str(caught.value)
    assert problem in message
    assert message.startswith(f"{server.url('/it')}: ")
    assert len(message.splitlines()) == 1
    assert time.monotonic() - begun < 30  # far from what the server would take


def test_redirects_come_to_an_end(server: Server, web: WebFetcher) -> None:
    server.answers |= {f"/{at}": moved(f"/{at + 1}") for at in range(9)}
    with pytest.raises(FetchError, match="redirects more than 4 times"):
        web.fetch(server.url("/0"))
    assert server.paths() == ["/0", "/1", "/2", "/3", "/4"]


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "0.0.0.0", "[::1]", "10.1.2.3", "192.168.0.1", "172.16.0.1",
     "169.254.169.254", "[fe80::1]", "[fc00::1]", "[::ffff:10.0.0.1]", "[64:ff9b::7f00:1]",
     "100.64.0.1", "224.0.0.1", "0x7f000001", "127.1"],
)  # fmt: skip
def test_what_only_this_machine_can_reach_is_not_fetched(host: str, web: WebFetcher) -> None:
    with pytest.raises(FetchError, match="is an address of this machine or its network"):
        web.fetch(f"http://{host}:9/")


def test_only_the_range_that_was_opened_is(server: Server) -> None:
    with (
        serving("127.0.0.3") as other,
        WebFetcher(QUICK, lambda: NOW) as web,
        WebFetcher(replace(QUICK, allowed=()), lambda: NOW) as closed,
    ):
        other.answers["/"] = server.answers["/"] = reply(page())
        assert web.fetch(server.url()).response.status == 200
        with pytest.raises(FetchError, match=r"127\.0\.0\.3 is an address"):
            web.fetch(other.url(host="127.0.0.3"))
        with pytest.raises(FetchError, match=r"127\.0\.0\.2 is an address"):
            closed.fetch(server.url())
    assert other.asked == []


def test_the_connection_is_made_to_the_address_that_was_checked(
    server: Server, web: WebFetcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that answers otherwise when it is asked again leads nowhere else."""
    asked: list[str] = []
    answers = iter(["127.0.0.2", "127.0.0.2", "127.0.0.1", "127.0.0.1"])
    real = guard.socket.getaddrinfo

    def rebinding(host: str, port: int, *rest: int, **named: int) -> Any:
        if host != "naba.example":
            return real(host, port, *rest, **named)
        asked.append(host)
        return [(2, 1, 6, "", (next(answers), port))]

    monkeypatch.setattr(guard.socket, "getaddrinfo", rebinding)
    server.answers["/1"] = reply(page())
    found = web.fetch(f"http://naba.example:{server.port}/1")
    assert found.response.status == 200
    assert f"host: naba.example:{server.port}" in server.asked[-1].lower()
    assert asked == ["naba.example", "naba.example"]  # robots.txt, and the page: no third lookup
    with pytest.raises(FetchError, match=r"naba\.example \(127\.0\.0\.1\) is an address"):
        web.fetch(f"http://naba.example:{server.port}/2")


def test_a_range_that_is_none_is_named() -> None:
    with pytest.raises(ConfigError, match=r"'10\.1\.2\.3/8' is no range of addresses"):
        guard.network("10.1.2.3/8")


@pytest.mark.parametrize(
    ("robots", "allowed"),
    [
        (reply(b"User-agent: *\nDisallow: /private", kind="text/plain"), True),
        (reply(b"User-agent: *\nDisallow: /", kind="text/plain"), False),
        (reply(b"User-agent: claimtrack\nDisallow: /\n\nUser-agent: *\nAllow: /"), False),
        (reply(b"User-agent: other\nDisallow: /"), True),
        (reply(b"gone", "410 Gone"), True),
        (reply(b"\xff\xfe\x00 not a robots.txt"), True),
        (reply(gzip.compress(b"User-agent: *\nDisallow: /"), Content_Encoding="gzip"), False),
    ],
)
def test_robots_txt_is_obeyed(
    robots: bytes, allowed: bool, server: Server, web: WebFetcher
) -> None:
    server.answers |= {"/robots.txt": robots, "/1": reply(page())}
    if allowed:
        assert web.fetch(server.url("/1")).response.status == 200
    else:
        with pytest.raises(FetchError, match=r"robots\.txt forbids"):
            web.fetch(server.url("/1"))
    assert ("/1" in server.paths()) == allowed


def test_robots_txt_that_fails_forbids_for_the_moment(server: Server, web: WebFetcher) -> None:
    server.answers |= {"/robots.txt": reply(b"", "503 Busy"), "/1": reply(page())}
    with pytest.raises(FetchError, match=r"robots\.txt answers 503") as caught:
        web.fetch(server.url("/1"))
    assert caught.value.passing
    assert server.paths() == []


def test_a_redirect_asks_the_other_hosts_robots_txt(server: Server) -> None:
    both = replace(QUICK, allowed=(*QUICK.allowed, guard.network("127.0.0.3/32")))
    with serving("127.0.0.3") as other, WebFetcher(both, lambda: NOW) as web:
        other.answers |= {"/robots.txt": reply(b"User-agent: *\nDisallow: /"), "/2": reply(page())}
        server.answers["/1"] = moved(other.url("/2", "127.0.0.3"))
        with pytest.raises(FetchError, match=r"robots\.txt forbids http://127\.0\.0\.3"):
            web.fetch(server.url("/1"))
    assert other.paths() == []


def test_what_fails_for_the_moment_is_tried_again(server: Server, web: WebFetcher) -> None:
    server.answers["/1"] = [reply(b"", "503 Busy"), reply(page())]
    assert web.fetch(server.url("/1")).response.status == 200
    server.answers["/2"] = reply(b"", "503 Busy")
    with pytest.raises(FetchError, match="the server answers 503 Busy") as caught:
        web.fetch(server.url("/2"))
    assert caught.value.passing
    assert server.paths() == ["/1", "/1", "/2", "/2"]


def test_a_host_is_left_in_peace_between_two_requests(server: Server) -> None:
    server.answers |= {"/1": reply(page()), "/2": reply(page())}
    with WebFetcher(replace(QUICK, delay=0.3), lambda: NOW) as web:
        begun = time.monotonic()
        web.fetch(server.url("/1"))
        web.fetch(server.url("/2"))
    assert time.monotonic() - begun >= 0.6  # robots.txt, pause, page, pause, page


def test_an_answer_says_how_to_ask_for_changes_only(server: Server, web: WebFetcher) -> None:
    server.answers["/1"] = [reply(page(), ETag='"7"'), reply(status="304 Not Modified")]
    asked = bodies.conditions(web.fetch(server.url("/1")).response)
    assert web.fetch(server.url("/1"), asked).response.status == 304
    assert 'if-none-match: "7"' in server.asked[-1].lower()


@pytest.mark.parametrize("status", ["404 Not Found", "410 Gone"])
def test_a_page_that_is_gone_is_an_answer(status: str, server: Server, web: WebFetcher) -> None:
    server.answers["/1"] = reply(b"gone", status)
    assert web.fetch(server.url("/1")).gone
