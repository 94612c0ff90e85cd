"""Feeds: what is new in them is fetched and added, and nothing twice."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable
from pathlib import Path

from claimtrack.errors import FetchError, InputError
from claimtrack.ingest import address
from claimtrack.model.value import Value
from claimtrack.pipeline.adding import Adding, Intake
from claimtrack.pipeline.desk import Desk
from claimtrack.pipeline.tally import AddReport
from claimtrack.pipeline.work import Means
from claimtrack.store import Store, entries

Told = Callable[[str, int], None]
"""Told after each entry: its address, and how many there have been."""


class FeedProblem(Value):
    """A feed that could not be read; it is tried again in the next round."""

    feed: str
    reason: str


class WatchReport(Value):
    """What one round did.

    Attributes:
        feeds: Feeds that were asked.
        unchanged: Those that had nothing new, as their servers say.
        failed: Those that could not be read.
        entries: New entries.
        retried: New entries that failed for the moment, and are tried again in the next round.
        report: What came of the entries' pages.
    """

    feeds: int
    unchanged: int
    failed: tuple[FeedProblem, ...]
    entries: int
    retried: int
    report: AddReport


def feeds_of(inputs: Iterable[str]) -> tuple[str, ...]:
    """Return the addresses of feeds that are given, or stand in TOML files, each once.

    A file says `feeds = ["https://naba.example/rss", …]`.

    Raises:
        InputError: A file cannot be read, or says something else; or something is no address.
    """
    found: list[str] = []
    for given in inputs:
        found += [given] if address.has_scheme(given) else _listed(given)
    for url in found:
        if not address.is_address(url):
            raise InputError(url, "no address of the web; give http:// or https://.")
    return tuple(dict.fromkeys(found))


def watch(
    feeds: Iterable[str], desk: Desk, means: Means, intake: Intake, told: Told | None = None
) -> WatchReport:
    """Add what is new in feeds; one round.

    What was dealt with is not fetched again until its feed says that it changed. A feed that fails
    keeps no other from it. Two that watch at once may both fetch a page; it is added once.

    Args:
        feeds: Their addresses.
        desk: Where articles go.
        means: What they are taken apart with.
        intake: What fetches.
        told: Told after each entry.

    Raises:
        UnknownEngineError: No engine has the name.
        PackError: A registry or pack is wrong.
        DatabaseError: The database cannot be opened or written; earlier articles are kept.
        OutputError: The WARC file beside it cannot be written; earlier captures are kept.
    """
    asked = unchanged = new = retried = 0
    failed: list[FeedProblem] = []
    with Adding(desk, means, intake) as adding:
        for url in feeds:
            asked += 1
            try:
                feed = adding.feed(url)
            except FetchError as error:
                failed.append(FeedProblem(feed=url, reason=str(error).removeprefix(f"{url}: ")))
                continue
            if feed is None:
                unchanged += 1
                continue
            store = adding.store()
            done = entries.known(store.connection, url, (entry.name for entry in feed.entries))
            for entry in feed.entries:
                if entry.name in done or not entry.url:
                    continue
                new += 1
                outcome = adding.fetch(entry.url)
                retried += outcome == entries.FAILED
                _note(store, url, (entry.name, entry.url), outcome, desk)
                if told:
                    told(entry.url, new)
        return WatchReport(
            feeds=asked,
            unchanged=unchanged,
            failed=tuple(failed),
            entries=new,
            retried=retried,
            report=adding.tally.report(),
        )


def _note(store: Store, feed: str, entry: tuple[str, str], outcome: str, desk: Desk) -> None:
    at = desk.clock()
    with store.transaction():
        entries.put(store.connection, feed, entry, outcome, at)


def _listed(path: str) -> list[str]:
    try:
        held = tomllib.loads(Path(path).read_text("utf-8"))
    except OSError as error:
        raise InputError(path, f"cannot be read ({error.strerror}).") from None
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, ValueError) as error:
        raise InputError(path, f"not TOML: {error}.") from None
    feeds = held.get("feeds")
    unknown = sorted(set(held) - {"feeds"})
    if unknown:
        raise InputError(path, f"unknown key {unknown[0]!r}. There is: feeds.")
    if not isinstance(feeds, list) or not all(isinstance(url, str) for url in feeds):
        raise InputError(path, 'must say feeds = ["https://…", …].')
    return feeds
