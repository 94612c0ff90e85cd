"""What every page of ours needs: the reader's language, a way to read the store, an answer."""

from __future__ import annotations

from asyncio import Semaphore
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import cached_property
from typing import Any, Concatenate, NamedTuple, ParamSpec, TypeVar
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit
from weakref import WeakKeyDictionary

from datasette import Forbidden, Response
from pydantic import TypeAdapter, ValidationError

from claimtrack.errors import AmbiguousIdError, UnknownIdError
from claimtrack.publish import ours
from claimtrack.publish.language import catalogues, choose, direction
from claimtrack.publish.links import OUTWARD, Links, outward
from claimtrack.publish.pieces import Pieces
from claimtrack.publish.rendering import rendered
from claimtrack.publish.shown import plain, shown
from claimtrack.publish.versions import has_sign_in, may_review, may_see
from claimtrack.store import counted
from claimtrack.store.state import state

COOKIE = "claimtrack_lang"
"""Where the interface language is remembered."""

YEAR = 365 * 24 * 3600

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""The Content-Security-Policy of our own pages: nothing inline, nothing from elsewhere."""

KEEP = "public, max-age=300"
"""How long browsers may keep a page of a finished copy, in seconds."""

OWN = "private, no-store"
"""What is shown to somebody who signed in is kept nowhere."""

HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Vary": "Accept-Language, Cookie",
}

_ANYTHING = TypeAdapter[Any](Any)


class _Held(NamedTuple):
    """What was found.

    Attributes:
        state: The state of the database that it is of.
        answer: It.
        written: Its characters in the copy that it was read from; 0 where it was made.
    """

    state: object
    answer: Any
    written: int = 0


_KEPT: WeakKeyDictionary[Any, dict[str, _Held]] = WeakKeyDictionary()
"""What is dear to make, by site and name."""

MOST_KEPT = 16
"""What is kept of one site, the last asked for; the rest is made again."""

MOST_WRITTEN = 1_000_000
"""Characters of what is kept of a copy, from which it can be read again in some 20 ms a million;
in memory it takes seven bytes for each of them."""

AT_ONCE = 2
"""Pages of one process that are made at a time: more would be made no sooner, and what each has
found lies in memory until it is made."""

_TURNS: WeakKeyDictionary[Any, Semaphore] = WeakKeyDictionary()

P = ParamSpec("P")
T = TypeVar("T")
Shape = TypeAdapter[T] | None


class Desk:
    """One request for one of our pages.

    Attributes:
        t: The catalogue of the interface language.
        links: The addresses of our pages.
        database: The name our database is mounted under.
        reviewer: Who is asking, if it is one of those who may decide; else "".
        known: The full id that the address means, once it was found; "" before.
    """

    def __init__(self, datasette: Any, request: Any, database: str, reviewer: str = "") -> None:
        """Choose the language from the address, the cookie and the browser, in this order."""
        self.datasette, self.request, self.database = datasette, request, database
        self.reviewer, self.known = reviewer, ""
        self.links = Links(datasette.urls)
        self.t = choose(
            request.args.get("lang"),
            request.cookies.get(COOKIE),
            request.headers.get("accept-language", ""),
        )

    @cached_property
    def say(self) -> Pieces:
        """The pieces that pages are made of, in the interface language."""
        return Pieces(self.t, self.links)

    @property
    def wanted(self) -> str:
        """The id the address asks for, as it was typed, or as it was found since."""
        return self.known or unquote(self.request.url_vars["id"])

    @property
    def form(self) -> str:
        """What the address ends in: ".json" where it asks for the page as JSON, else nothing."""
        return self.request.url_vars.get("form") or ""

    def argument(self, name: str) -> str:
        """Return a parameter of the address without the space around it; empty when absent."""
        return str(self.request.args.get(name) or "").strip()

    @property
    def published(self) -> bool:
        """Whether this is a finished copy, which holds what may be shown."""
        return ours.published(self.datasette)

    @property
    def still(self) -> bool:
        """Whether the page becomes a file."""
        return self.datasette in ours.STILL

    async def read(
        self, function: Callable[Concatenate[Any, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Return what a function of the store answers, given a connection and the arguments."""
        database = self.datasette.get_database(self.database)
        answer: T = await database.execute_fn(lambda conn: function(conn, *args, **kwargs))
        return answer

    async def kept(self, name: str, function: Callable[[Any], T], shape: Shape[T] = None) -> T:
        """Return what a function of the store answers, kept until the database changes.

        Args:
            name: What it is kept under.
            function: It takes nothing but a connection.
            shape: What it answers, where a finished copy may have that from when it was written.
        """
        return await keep(self.datasette, self.database, name, function, shape)

    async def page(
        self, template: str, data: object = None, *, status: int = 200, **context: object
    ) -> Any:
        """Return a page made from one of our templates, or as JSON where that is asked for.

        Args:
            template: The template.
            data: What the page tells, as JSON has it; the template gets a dict's items.
            status: The HTTP status.
            context: What else the template needs.
        """
        if self.form:
            return self._json(data, status)
        if isinstance(data, dict):
            context = {**data, **context}
        shared = {
            "t": self.t,
            "link": self.links,
            "say": self.say,
            "database": self.database,
            "here": self.here,
            "languages": self._languages(),
            "shown": shown,
            "plain": plain,
            "outward": outward,
            "rel": OUTWARD,
            "dir_of": direction,
            "q": "",
            "published": self.published,
            "still": self.still,
            "reviewing": self.datasette in ours.REVIEWED,
            "reviewer": self.reviewer,
            "csrftoken": self.request.scope.get("csrftoken", str),
        }
        body = rendered(template, shared | context)
        response = Response.html(body, status=status, headers=self._headers())
        response.headers["Content-Language"] = self.t.code
        if self.request.args.get("lang") == self.t.code:
            response.headers.pop("Cache-Control", None)
            response.set_cookie(COOKIE, self.t.code, max_age=YEAR, httponly=True)
        return response

    def file(self, body: str | bytes, what: str, *, status: int = 200, name: str = "") -> Any:
        """Return what is no page.

        Args:
            body: Its text, or its bytes.
            what: Its media type.
            status: The HTTP status.
            name: What it is saved as, one of our ids with an ending; shown where there is none.
        """
        headers = self._headers()
        if name:
            headers["Content-Disposition"] = f'attachment; filename="{name}"'
        return Response(body, status=status, content_type=f"{what}; charset=utf-8", headers=headers)

    def _json(self, data: object, status: int) -> Any:
        body = _ANYTHING.dump_json(data, indent=2).decode()
        return self.file(body, "application/json", status=status)

    def _headers(self) -> dict[str, str]:
        if self.reviewer:
            return {**HEADERS, "Cache-Control": OWN}
        return {**HEADERS, "Cache-Control": KEEP} if self.published else dict(HEADERS)

    def absolute(self, path: str) -> str:
        """Return a page's address with the host that it was asked from."""
        return str(self.datasette.absolute_url(self.request, path))

    def redirect(self, address: str) -> Any:
        """Send the reader to another of our pages; temporarily, since clusters can be undone."""
        return Response.redirect(address, status=302)

    def here(self, **changes: object) -> str:
        """Return the address of this page with some parameters changed."""
        pairs = parse_qsl(self.request.query_string)
        kept = [pair for pair in pairs if pair[0] not in {"lang", *changes}]
        wanted = urlencode([*kept, *((key, value) for key, value in changes.items() if value)])
        return f"{self.request.path}?{wanted}" if wanted else str(self.request.path)

    def _languages(self) -> list[tuple[str, str, str]]:
        """Return code, name and address of this page in every interface language."""
        return [
            (code, catalogue("name"), self.here(lang=code))
            for code, catalogue in catalogues().items()
        ]


async def keep(
    datasette: Any,
    database: str,
    name: str,
    function: Callable[[Any], T],
    shape: Shape[T] = None,
) -> T:
    """Return what a function of a connection answers, kept until the database changes."""
    kept = _KEPT.setdefault(datasette, {})

    def look(connection: Any) -> _Held:
        now = state(connection)
        held = kept.get(name)
        if held and held.state == now:
            return held
        if shape and (written := counted.kept(connection, name)):
            # another version of the program may have kept it
            with suppress(ValidationError):
                return _Held(now, shape.validate_json(written), len(written))
        return _Held(now, function(connection))

    found = await datasette.get_database(database).execute_fn(look)
    kept.pop(name, None)
    kept[name] = found  # the last one asked for stands last
    while len(kept) > MOST_KEPT or sum(one.written for one in kept.values()) > MOST_WRITTEN:
        kept.pop(next(iter(kept)))
    answer: T = found.answer
    return answer


View = Callable[[Desk], Awaitable[Any]]


def page(view: View, database: str) -> Callable[[Any, Any], Awaitable[Any]]:
    """Return a view as Datasette calls it: permission checked, ids nobody has made a page."""

    async def answer(datasette: Any, request: Any) -> Any:
        if not await may_see(datasette, request.actor, database):
            raise Forbidden("view-database")
        desk = Desk(datasette, request, database, await _reviewer(datasette, request))
        async with _TURNS.setdefault(datasette, Semaphore(AT_ONCE)):
            return await told(desk, view)

    return answer


async def told(desk: Desk, view: View) -> Any:
    """Return what a view answers, or a page that says that it knows no such id, or several."""
    try:
        return await view(desk)
    except UnknownIdError as error:
        missing: dict[str, object] = {"wanted": error.wanted, "found": ()}
        return await desk.page("ct_missing.html", missing, status=404)
    except AmbiguousIdError as error:
        several = {"wanted": error.wanted, "found": tuple(error.found)}
        return await desk.page("ct_missing.html", several, status=300)


def for_reviewers(view: View, database: str) -> Callable[[Any, Any], Awaitable[Any]]:
    """Return a view, as Datasette calls it, that only those see who may decide."""

    async def only(desk: Desk) -> Any:
        if not desk.reviewer:
            actor = desk.request.actor or {}
            return await desk.page(
                "ct_sign_in.html",
                status=403,
                name=str(actor.get("id") or ""),
                sign_in=has_sign_in(),
            )
        if desk.request.method == "POST" and not _from_here(desk.request):
            raise Forbidden("The form was sent from another site.")
        return await view(desk)

    return page(only, database)


async def _reviewer(datasette: Any, request: Any) -> str:
    if datasette in ours.REVIEWED and await may_review(datasette, request.actor):
        return str(request.actor["id"])
    return ""


def _from_here(request: Any) -> bool:
    """Tell whether a form was sent from one of our pages, as the browser says.

    Datasette sees to that by a token, or by these headers, but only where there is a cookie, and
    somebody may be signed in without one.
    """
    site = request.headers.get("sec-fetch-site", "none")
    origin = request.headers.get("origin", "")
    host = request.headers.get("host", "")
    return site in ("same-origin", "none") and (not origin or urlsplit(origin).netloc == host)
