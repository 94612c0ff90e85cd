"""A static copy: the pages as files that need no server, with a search in the page.

The site is asked for its pages in each language, from the first one on to all that it leads to;
their links are made to lead from file to file. What only a server can answer is not linked.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections import deque
from collections.abc import Iterator
from html import escape, unescape
from pathlib import Path, PurePosixPath
from posixpath import relpath
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple
from urllib.parse import parse_qs, unquote, urlencode, urlsplit

from claimtrack.publish import ours
from claimtrack.publish.app import COPY, build
from claimtrack.publish.desk import POLICY
from claimtrack.publish.folder import replaced
from claimtrack.publish.language import catalogues
from claimtrack.store import Store, listed
from claimtrack.store.refs import source_refs
from claimtrack.store.showing import Asked, Shown, show
from claimtrack.text.fold import fold

STATIC = Path(__file__).parent / "static"
FILES = ("claimtrack.css", "claimtrack.js", "still.js", "icon.svg")
INDEX = "search-index.js"

FIRST = "ar"
"""The language whose first page the folder opens with."""

_LINK = re.compile(r'(?P<name>href|src|action)="(?P<address>/[^"]*)"')
_PAGE = re.compile(
    r"/(?:(?P<list>claim|document|source)"
    r"|(?P<kind>claim|document|source)/(?P<id>[a-z]+-[0-9a-f]{32})(?P<part>/graph|/versions)?)"
)
_REPORT = re.compile(r"/attribution/(?P<id>attribution-[0-9a-f]{32})")
_STATIC = "/-/static-plugins/claimtrack/"
_HEAD = '<meta charset="utf-8">'

# What a policy in a page cannot say is said by no server either.
_POLICY = "; ".join(one for one in POLICY.split("; ") if not one.startswith("frame-ancestors"))


class _Place(NamedTuple):
    """A page to be written: its address on the site, and the file it becomes."""

    address: str
    file: str


class _Still:
    """The writing of one copy."""

    def __init__(self, site: Any, folder: Path, places: dict[str, str]) -> None:
        """Take the site, the folder, and the documents of reports by their ids."""
        self._site, self._folder, self._documents = site, folder, places
        self._waiting: deque[_Place] = deque()
        self._known: set[str] = set()

    async def write(self) -> int:
        """Write every page that the first ones lead to; return how many there are."""
        for code in catalogues():
            self._meet("/", code)
            self._meet("/search", code)
        while self._waiting:
            await self._write(self._waiting.popleft())
        return len(self._known)

    async def _write(self, place: _Place) -> None:
        answer = await self._site.client.get(place.address)
        path = self._folder / place.file
        path.parent.mkdir(parents=True, exist_ok=True)
        language = PurePosixPath(place.file).parts[0]
        if answer.status_code in (301, 302):
            there = self._meet(answer.headers["location"], language)
            path.write_text(_leading(relpath(there or "", _parent(place.file))), "utf-8")
            return
        page = _LINK.sub(lambda link: self._relative(link, place.file, language), answer.text)
        guarded = f'{_HEAD}\n<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        path.write_text(page.replace(_HEAD, guarded, 1), "utf-8")

    def _relative(self, link: re.Match[str], file: str, language: str) -> str:
        """Return a link as it stands in a file; without its address where that has no file."""
        address = unescape(link["address"])
        there = self._meet(address, language)
        if there is None:
            return f'data-{link["name"]}=""'
        parts = urlsplit(address)
        asked = parse_qs(parts.query)
        words = " ".join((*asked.get("q", ()), *asked.get("outlet", ())))
        search = f"?{urlencode({'q': words})}" if words else ""
        fragment = f"#{parts.fragment}" if parts.fragment else ""
        reached = f"{relpath(there, _parent(file))}{search}{fragment}"
        return f'{link["name"]}="{escape(reached)}"'

    def _meet(self, address: str, language: str) -> str | None:
        """Return the file that an address leads to, and see that it will be written."""
        parts = urlsplit(address)
        path, asked = unquote(parts.path), parse_qs(parts.query)
        if path.startswith(_STATIC):
            return f"static/{path.removeprefix(_STATIC)}"
        code = asked.get("lang", [language])[0]
        number = asked.get("page", ["1"])[0]
        report = _REPORT.fullmatch(path)
        if report and report["id"] in self._documents:
            path = f"/document/{self._documents[report['id']]}"
        file = _file(path, number)
        if file is None or code not in catalogues():
            return None
        there = f"{code}/{file}"
        if there not in self._known:
            self._known.add(there)
            page = f"&page={number}" if number != "1" else ""
            self._waiting.append(_Place(f"{path}?lang={code}{page}", there))
        return there


def publish(desk: Path, folder: Path, asked: Asked) -> Shown:
    """Write a static copy of what may be shown; one that was there before is replaced.

    Args:
        desk: The desk's database.
        folder: The folder.
        asked: How the copy is made.

    Raises:
        NothingToShowError: No document may be shown.
        OutputError: The folder holds something that is not ours, or cannot be written.
        DatabaseError: The database cannot be read.
    """
    Store.open(desk).close()  # brings an older schema up to date, and says what is wrong
    with replaced(folder) as made, TemporaryDirectory(prefix="claimtrack-") as aside:
        copy = Path(aside, COPY)
        shown = show(desk, copy, asked)
        (made / "static").mkdir()
        for name in FILES:
            (made / "static" / name).write_bytes((STATIC / name).read_bytes())
        with Store.open(copy, readonly=True) as store:
            places = listed.places(store.connection)
            (made / "static" / INDEX).write_text(_index(store.connection), "utf-8")
        asyncio.run(_pages(copy, made, places))
        (made / "index.html").write_text(_leading(f"{FIRST}/index.html"), "utf-8")
        return shown


async def _pages(copy: Path, made: Path, places: dict[str, str]) -> None:
    site = build(copy, public=True)
    ours.STILL.add(site)
    try:
        await _Still(site, made, places).write()
    finally:
        for mounted in site.databases.values():
            mounted.close()
        site.executor.shutdown()


def _file(path: str, number: str) -> str | None:
    """Return the file of a page of the site, beside those of its language."""
    if path in ("/", "/search", "/analysis"):
        return f"{path[1:] or 'index'}.html"
    found = _PAGE.fullmatch(path)
    if found is None or not number.isdecimal():
        return None
    page = f"-page-{number}" if number != "1" else ""
    if found["list"]:
        return f"{found['list']}/index{page}.html"
    part = (found["part"] or "").replace("/", "-")
    return f"{found['kind']}/{found['id']}{part}{page}.html"


def _parent(file: str) -> str:
    return str(PurePosixPath(file).parent)


def _leading(there: str) -> str:
    """Return a page that leads to another."""
    to = escape(there)
    return (
        f'<!DOCTYPE html>\n<html lang="{FIRST}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="refresh" content="0; url={to}">\n<title>claimtrack</title>\n</head>\n'
        f'<body><p><a href="{to}">claimtrack</a></p></body>\n</html>\n'
    )


def _index(connection: Any) -> str:
    """Return what the search in the page reads: a script, since a file may not read another."""
    rows = [[_kind(one.id), *one] for one in listed.everything(connection)]
    refs = source_refs(connection, {row[3] for row in rows})
    names = {each: {"": ref.name, **dict(ref.names)} for each, ref in refs.items()}
    data = json.dumps({"fold": dict(_foldings()), "names": names, "rows": rows}, ensure_ascii=True)
    return f"window.claimtrackIndex = {data};\n"


def _kind(id_: str) -> str:
    return id_.partition("-")[0]


def _foldings() -> Iterator[tuple[str, str]]:
    """Yield each character of our scripts that is searched for as another, and that one."""
    for code in (*range(0x41, 0x700), *range(0x2000, 0x2070), *range(0xFB50, 0xFF00)):
        folded = fold(chr(code))
        if folded != chr(code):
            yield chr(code), folded
