"""Fetching pages and feeds from the web, politely and within bounds.

A robots.txt is obeyed, a host is left in peace between two requests, what fails for the moment is
tried again. Redirects are followed one by one, each checked as the first address was. What came is
kept byte for byte, for the record.
"""

from __future__ import annotations

import ssl
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from types import TracebackType
from typing import Self
from urllib.parse import urljoin, urlsplit

import httpx
from protego import Protego

from claimtrack.errors import FetchError
from claimtrack.ingest import encoding
from claimtrack.ingest.address import is_address
from claimtrack.ingest.bodies import held
from claimtrack.ingest.guard import Network, RefusedError
from claimtrack.ingest.transport import Backend, DeadlineError, Transport
from claimtrack.model.capture import GONE, Capture, Headers, Response

LARGEST = 20 * 1024 * 1024
"""Bytes that a body may have, as sent and unpacked."""

_ROBOTS_LARGEST = 512 * 1024
_MOVED = frozenset({301, 302, 303, 307, 308})
_PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})
_LONGEST_DELAY = 60.0
_CHUNK = 1 << 16
_ALMOST = 0.05  # seconds by which a wait may end before its time


@dataclass(frozen=True, slots=True)
class Manners:
    """How much a fetch may take, and what it may ask of a server.

    Attributes:
        agent: What we call ourselves.
        delay: Seconds between two requests to one host; robots.txt may ask for more.
        tries: How often an address is asked for that fails for the moment.
        patience: Seconds before the second try; twice as many before each further one.
        wait: Seconds that one answer may keep us waiting without a byte.
        longest: Seconds that an answer with its redirects may take in all.
        redirects: Redirects that are followed.
        allowed: Private ranges that may be fetched from.
    """

    agent: str
    delay: float = 1.0
    tries: int = 3
    patience: float = 2.0
    wait: float = 20.0
    longest: float = 90.0
    redirects: int = 8
    allowed: tuple[Network, ...] = ()


@dataclass(slots=True)
class _Host:
    """What is known of a host."""

    rules: Protego | None = None
    forbidden: str = ""
    asked: float = field(default=float("-inf"))


class WebFetcher:
    """Fetches from the web; as a context manager it closes its connections."""

    def __init__(self, manners: Manners, clock: Callable[[], datetime]) -> None:
        """Take over the manners; `clock` tells the time, in UTC, for the record."""
        self._manners, self._clock = manners, clock
        self._backend = Backend(manners.allowed)
        self._client = httpx.Client(
            transport=Transport(self._backend),
            headers={
                "User-Agent": manners.agent,
                "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
                "Accept-Encoding": encoding.CODINGS,
            },
            timeout=manners.wait,
            trust_env=False,
        )
        self._hosts: dict[str, _Host] = {}

    def __enter__(self) -> Self:
        """Return the fetcher itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close all connections."""
        self._client.close()

    def fetch(self, url: str, conditions: Headers = ()) -> Capture:
        """Return what the server answers: the page, that it is as it was (304), or gone.

        Args:
            url: An address of http or https.
            conditions: If-None-Match and If-Modified-Since, to be told only of changes.

        Raises:
            FetchError: There is no such answer, it is larger or slower than it may be, robots.txt
                forbids it, or it lies where pages may not lead.
        """
        pause = self._manners.patience
        for left in reversed(range(self._manners.tries)):
            try:
                return self._once(url, conditions)
            except _PassingError as error:
                if not left:
                    raise FetchError(url, error.problem, passing=True) from None
                time.sleep(min(max(pause, error.after), _LONGEST_DELAY))
                pause *= 2
        raise FetchError(url, "was not asked for: the number of tries must be 1 or more.")

    def _once(self, url: str, conditions: Headers) -> Capture:
        """Try once: ask, and follow where the answer leads."""
        if not is_address(url):
            raise FetchError(url, "is no address of the web; give http:// or https://.")
        self._backend.deadline = time.monotonic() + self._manners.longest
        hops: list[Response] = []
        asked = url
        while True:
            answer = self._ask(url, asked, conditions)
            place = answer.header("location")
            if answer.status not in _MOVED or place is None:
                break
            hops.append(answer)
            asked = self._led(url, asked, place, hops)
        self._judge(url, answer)
        return Capture(response=answer, hops=tuple(hops), tool=self._manners.agent)

    def _led(self, url: str, asked: str, place: str, hops: list[Response]) -> str:
        """Return where a redirect leads.

        Raises:
            FetchError: Nowhere, or round and round.
        """
        named = place.encode("latin-1").decode("utf-8", "replace")
        try:
            following = urljoin(asked, named)
        except ValueError:
            following = named
        if not is_address(following):
            raise FetchError(url, f"redirects to {following[:200]!r}, which is no web address.")
        if len(hops) > self._manners.redirects:
            raise FetchError(
                url, f"redirects more than {self._manners.redirects} times, last to {asked[:200]}."
            )
        if any(following == hop.url for hop in hops):
            raise FetchError(url, f"redirects in a circle, back to {following[:200]}.")
        return following

    def _judge(self, url: str, answer: Response) -> None:
        """Refuse what says nothing of the page.

        Raises:
            FetchError: The server refuses, or the answer cannot be unpacked.
            _PassingError: The server fails, for the moment.
        """
        status = answer.status
        said = f"the server answers {status} {answer.reason}".strip() + "."
        if status in _PASSING:
            raise _PassingError(said, _seconds(answer.header("retry-after")))
        if status == 304 or status in GONE:
            return
        if status != 200:
            raise FetchError(url, said)
        held(url, answer, LARGEST)

    def _ask(self, url: str, asked: str, conditions: Headers, *, robots: bool = True) -> Response:
        """Ask for one address, when robots.txt and good manners allow it.

        Raises:
            FetchError: It cannot be asked for, or the answer breaks a bound.
            _PassingError: There is no answer, for the moment.
        """
        parts = urlsplit(asked)
        host = self._hosts.setdefault(f"{parts.scheme}://{parts.netloc}".lower(), _Host())
        if robots:
            self._ask_leave(url, asked, host)
        self._keep_distance(host)
        try:
            return self._answer(url, asked, conditions)
        except RefusedError as error:
            led = f"redirects to {asked[:200]}; " if robots and asked != url else ""
            raise FetchError(url, f"{led}{error}.") from None
        except DeadlineError:
            raise self._too_long(url) from None
        except (httpx.InvalidURL, UnicodeError) as error:
            raise FetchError(url, f"is no address that can be asked for ({error}).") from None
        except (httpx.TransportError, OSError) as error:
            if time.monotonic() + _ALMOST >= self._backend.deadline:
                raise self._too_long(url) from None
            raise _problem(url, error) from None
        finally:
            host.asked = time.monotonic()

    def _too_long(self, url: str) -> FetchError:
        longest = f"{self._manners.longest:g} s"
        return FetchError(url, f"took longer than {longest}; nothing was kept.", passing=True)

    def _answer(self, url: str, asked: str, conditions: Headers) -> Response:
        with self._client.stream("GET", asked, headers=dict(conditions)) as stream:
            pieces, size = [], 0
            for piece in stream.iter_raw(_CHUNK):
                size += len(piece)
                if size > LARGEST:
                    raise FetchError(
                        url, f"is larger than {LARGEST >> 20} MB; nothing of it was kept."
                    )
                pieces.append(piece)
            reason = stream.extensions.get("reason_phrase", b"")
            return Response(
                url=asked,
                at=self._clock(),
                status=stream.status_code,
                reason=reason.decode("latin-1"),
                headers=tuple(
                    (name.decode("latin-1"), value.decode("latin-1"))
                    for name, value in stream.headers.raw
                ),
                body=b"".join(pieces),
            )

    def _keep_distance(self, host: _Host) -> None:
        asked_for = host.rules.crawl_delay(self._manners.agent) if host.rules else None
        delay = max(self._manners.delay, min(asked_for or 0.0, _LONGEST_DELAY))
        pause = host.asked + delay - time.monotonic()
        if pause > 0:
            time.sleep(pause)
            self._backend.deadline += pause  # our own waiting is not the server's

    def _ask_leave(self, url: str, asked: str, host: _Host) -> None:
        """Raise FetchError where robots.txt forbids an address (RFC 9309)."""
        if host.rules is None:
            host.rules = self._robots(url, urljoin(asked, "/robots.txt"))
        if not host.rules.can_fetch(asked, self._manners.agent):
            raise FetchError(url, f"the site's robots.txt forbids {asked[:200]}.")

    def _robots(self, url: str, place: str) -> Protego:
        """Return a site's rules; what is not there or cannot be read forbids nothing."""
        asked = place
        for _ in range(5):
            answer = self._ask(url, asked, (), robots=False)
            led = answer.header("location")
            if answer.status not in _MOVED or not led:
                break
            asked = self._led(url, asked, led, [])
        if answer.status >= 500 or answer.status == 429:
            raise _PassingError(f"its robots.txt answers {answer.status}.", 0.0)
        if answer.status != 200:
            return Protego.parse("")
        with suppress(encoding.TooMuchError, ValueError):
            coding = answer.header("content-encoding")
            body = encoding.decoded(answer.body, coding, _ROBOTS_LARGEST)
            return Protego.parse(body.decode("utf-8", "replace"))
        return Protego.parse("")


class _PassingError(Exception):
    """What may be better in a while, and when to try again at the earliest, in seconds."""

    def __init__(self, problem: str, after: float = 0.0) -> None:
        self.problem, self.after = problem, after
        super().__init__(problem)


def _problem(url: str, error: Exception) -> Exception:
    """Return what a failed connection means for us."""
    if isinstance(error, httpx.TimeoutException | TimeoutError):
        return _PassingError("the server does not answer in time.")
    if isinstance(error, httpx.UnsupportedProtocol):
        return FetchError(url, "only http and https are fetched.")
    cause = _root(error)
    if isinstance(cause, ssl.SSLCertVerificationError):
        return FetchError(url, f"its certificate is not valid ({cause.verify_message}).")
    if isinstance(cause, OSError) and cause.strerror:
        return _PassingError(f"cannot be reached ({cause.strerror}).")
    return _PassingError(f"the connection failed ({' '.join(str(error).split()) or 'no reason'}).")


def _root(error: BaseException) -> BaseException:
    while error.__cause__ or error.__context__:
        error = error.__cause__ or error.__context__ or error
    return error


def _seconds(retry_after: str | None) -> float:
    text = (retry_after or "").strip()
    return float(text) if text.isdecimal() and len(text) < 6 else 0.0
