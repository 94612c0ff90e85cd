"""A page that changes is the same document: what changed silently is told."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import count
from typing import Any

import pytest

from claimtrack.analysis.versions import Change, History, history
from claimtrack.ingest.fetch import WebFetcher
from claimtrack.pipeline import AddReport, Desk
from claimtrack.store import Store, read
from claimtrack.store.verify import verify
from tests.web.conftest import NOW, QUICK
from tests.web.server import Server, moved, page, reply
from tests.web.test_custody import rows, run

Adding = Callable[..., AddReport]
FIRST = (
    "The Ministry of Finance of Qamaria said that the tax on wheat would fall by 12 per cent in "
    "March. Bakers had asked for that."
)


@pytest.fixture
def web() -> Iterator[WebFetcher]:
    """Return a fetcher to whom each answer comes a minute after the one before."""
    minutes = count()
    with WebFetcher(QUICK, lambda: NOW + timedelta(minutes=next(minutes))) as fetcher:
        yield fetcher


def told(desk: Desk) -> History:
    with Store.open(desk.database, readonly=True) as store:
        (document,) = read.documents(store.connection)
        assert verify(store.connection) == ()
        return history(store, document.id)


def served(server: Server, adding: Adding, *pages: bytes, path: str = "/1") -> list[AddReport]:
    """Add what a page has become, one state after the other."""
    reports = []
    for sent in pages:
        server.answers[path] = sent
        reports.append(adding(server.url(path)))
    return reports


def test_a_changed_page_is_a_new_version(server: Server, desk: Desk, adding: Adding) -> None:
    other = FIRST.replace("Bakers had", "The bakers of the town had")
    first, second = served(server, adding, reply(page(text=FIRST)), reply(page(text=other)))
    assert (first.added, second.new_versions, second.reprints) == (1, 1, 0)
    (diff,) = told(desk).diffs
    assert (diff.before, diff.after, diff.headline, diff.numbers) == (1, 2, None, ())
    assert [edit.new for edit in diff.edits] == ["The", "of the town"]


EDITS: dict[str, tuple[str, str, set[Change], bool]] = {
    "white space": (FIRST, FIRST.replace(" ", "  "), set(), True),
    "a typing error": (FIRST.replace("asked", "aksed"), FIRST, set(), True),
    "the source is taken away": (
        FIRST,
        FIRST.replace("The Ministry of Finance of Qamaria said that the", "The"),
        {Change.SOURCING_REMOVED},
        False,
    ),
    "a source is put in": (
        FIRST.replace("The Ministry of Finance of Qamaria said that the", "The"),
        FIRST,
        {Change.SOURCING_ADDED},
        False,
    ),
    "the number": (FIRST, FIRST.replace("12", "15"), {Change.WORDING}, False),
    "the cue": (FIRST, FIRST.replace("said", "claimed"), {Change.SOFTENED}, False),
    "the source": (
        FIRST,
        FIRST.replace("Ministry of Finance", "Ministry of Health"),
        {Change.SOURCE},
        False,
    ),
    "all of it": (
        FIRST,
        "Rain fell all night on the plain, and nobody spoke of anything else in the towns.",
        {Change.REMOVED},
        False,
    ),
}


@pytest.mark.parametrize("name", EDITS)
def test_silent_edits_are_listed_and_boring_ones_are_not(
    name: str, server: Server, desk: Desk, adding: Adding
) -> None:
    old, new, changes, boring = EDITS[name]
    served(server, adding, reply(page(text=old)), reply(page(text=new)))
    diffs = told(desk).diffs
    if name == "white space" and not diffs:
        return  # the page's text is the same: no version was made at all
    (diff,) = diffs
    found = {report.change for report in diff.reports if "Ministry of" in report.old + report.new}
    assert (found, diff.boring) == (changes, boring)
    assert bool(diff.numbers) == (name in {"the number", "all of it"})


def test_a_headline_that_changed_is_told(server: Server, desk: Desk, adding: Adding) -> None:
    served(
        server,
        adding,
        reply(page("Qamaria cuts its tax on wheat")),
        reply(page("Qamaria slashes its tax on wheat")),
    )
    (diff,) = told(desk).diffs
    assert diff.headline == ("Qamaria cuts its tax on wheat", "Qamaria slashes its tax on wheat")
    assert not diff.boring


def test_a_page_that_was_gone_and_is_back(server: Server, desk: Desk, adding: Adding) -> None:
    gone = reply(b"gone", "410 Gone")
    reports = served(server, adding, reply(page()), gone, gone, reply(page()))
    assert [(one.added, one.gone, one.unchanged) for one in reports] == [
        (1, 0, 0),
        (0, 1, 0),
        (0, 1, 0),
        (0, 0, 1),
    ]
    assert [one.state for one in told(desk).availability] == ["gone", "restored"]
    assert rows(desk, "SELECT state FROM document_states") == [("restored",)]


@pytest.mark.parametrize(
    ("asked", "final"),
    [
        ("/1?utm_source=feed&utm_medium=rss", "/1?utm_source=feed&utm_medium=rss"),
        ("/1/amp", "/1/amp"),
        ("/1/", "/1/"),
        ("/short", "/1"),
    ],
)
def test_variants_of_an_address_lead_to_one_document(
    asked: str, final: str, server: Server, desk: Desk, adding: Adding
) -> None:
    server.answers |= {"/1": reply(page()), final: reply(page(text=FIRST))}
    if asked != final:
        server.answers |= {asked: moved(final), "/1": reply(page(text=FIRST))}
        server.answers["/other"] = reply(page())
        adding(server.url(asked))
    adding(server.url("/1"))
    adding(server.url(asked))
    assert rows(desk, "SELECT count(*) FROM document") == [(1,)]


def test_a_canonical_address_is_believed_on_its_own_site_only(
    server: Server, desk: Desk, adding: Adding
) -> None:
    own = f'<link rel="canonical" href="{server.url("/wheat")}">'
    server.answers |= {
        "/p?id=1": reply(page(head=own)),
        "/p?id=2": reply(page("Two", FIRST, '<link rel="canonical" href="https://a.example/2">')),
        "/p?id=3": reply(page("Three", FIRST, f'<link rel="canonical" href="{server.url("/")}">')),
    }
    for at in (1, 2, 3):
        adding(server.url(f"/p?id={at}"))
    found = rows(desk, "SELECT identity FROM document ORDER BY recorded_at, identity")
    assert sorted(found) == sorted(
        [(server.url("/wheat"),), (server.url("/p?id=2"),), (server.url("/p?id=3"),)]
    )


def test_reports_of_the_version_before_are_anchored_in_the_new_one(
    server: Server, desk: Desk, adding: Adding
) -> None:
    served(
        server,
        adding,
        reply(page(text=FIRST)),
        reply(page(text="A new lead, of two lines. " + FIRST.replace("12", "15"))),
    )
    states = dict(rows(desk, "SELECT role, state FROM anchor WHERE role <> 'antecedent'"))
    assert states["source"] == "anchored"
    content = rows(
        desk,
        "SELECT a.state FROM anchor a JOIN attribution_span s ON s.attribution_id = "
        "a.attribution_id AND s.role = a.role AND s.ord = a.ord WHERE s.exact LIKE '%12%'",
    )
    assert content == [("orphaned",)]
    before = rows(desk, "SELECT exact FROM attribution_span WHERE exact LIKE '%12 per cent%'")
    assert len(before) == 1  # what was selected stays as it was


def test_the_command_shows_silent_edits(server: Server, desk: Desk, adding: Adding) -> None:
    served(server, adding, reply(page(text=FIRST)), reply(page(text=FIRST.replace("12", "15"))))
    ((document,),) = rows(desk, "SELECT id FROM document")
    shown = run("diff", document[:18], "--db", desk.database)
    assert shown.exit_code == 0
    assert "version 1 → 2" in shown.stdout
    assert "number    12 → 15" in shown.stdout
    printed: dict[str, Any] = json.loads(
        run("diff", document, "--db", desk.database, "--json").stdout
    )
    assert printed["diffs"][0]["numbers"][0]["new"] == "15"


def test_a_copy_on_another_site_stays_a_document_of_its_own(
    server: Server, desk: Desk, adding: Adding
) -> None:
    long = " ".join(f"{FIRST} Town number {at} was told so by letter." for at in range(5))
    server.answers |= {
        "/1": reply(page(text=long)),
        "/2": reply(page("Tax on wheat to fall", long.replace("Bakers", "All bakers"))),
    }
    assert adding(server.url("/1")).reprints == 0
    assert adding(server.url("/2")).reprints == 1
    assert rows(desk, "SELECT count(*) FROM document") == [(2,)]
    assert rows(desk, "SELECT similarity > 0.5 FROM reprint") == [(1,)]
