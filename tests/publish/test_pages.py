"""Every page of ours, asked in process."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from markupsafe import escape

from claimtrack.analysis.trace import trace
from claimtrack.model.attribution import Extraction
from claimtrack.model.document import Article, Layout
from claimtrack.model.ids import content_id
from claimtrack.model.vocabulary import SourceKind, Verdict
from claimtrack.publish import build
from claimtrack.publish.desk import COOKIE, POLICY
from claimtrack.store import Store
from tests.publish import sample
from tests.publish.conftest import Get, document_id, source_id

ARABIC = document_id(sample.arabic()[0])
ATTACK = document_id(sample.hostile()[0])
MINISTRY = source_id("qa-mod")

PAGES = [
    "/",
    "/claim",
    "/document",
    "/source",
    f"/document/{ARABIC}",
    f"/document/{ATTACK}",
    f"/source/{MINISTRY}",
    "/search",
    "/search?q=سدرون",
    "/search?q=nothing-like-this",
]


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize(("lang", "direction"), [("ar", "rtl"), ("en", "ltr")])
def test_a_page_speaks_the_language_it_is_asked_in(
    get: Get, path: str, lang: str, direction: str
) -> None:
    answer = get(path, headers={"accept-language": lang})
    assert answer.status_code == 200
    assert f'<html lang="{lang}" dir="{direction}">' in answer.text
    assert answer.headers["content-language"] == lang
    assert answer.headers["content-security-policy"] == POLICY
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "accept-language" in answer.headers["vary"].lower()


def test_the_language_asked_for_is_remembered(get: Get) -> None:
    asked = get("/claim?lang=ar&page=1", headers={"accept-language": "en"})
    assert asked.cookies[COOKIE] == "ar"
    again = get("/", cookies={COOKIE: "ar"}, headers={"accept-language": "en"})
    assert '<html lang="ar"' in again.text
    assert COOKIE not in again.cookies
    assert 'href="/claim?page=1&amp;lang=en"' in asked.text


def test_a_language_we_do_not_have_is_not_remembered(get: Get) -> None:
    answer = get('/?lang="><script>')
    assert not answer.cookies
    assert '<html lang="en"' in answer.text


def test_the_first_page_counts_what_there_is(get: Get) -> None:
    page = get("/").text
    assert '<dd><a href="/document">4</a></dd>' in page
    assert '<dd><a href="/claim">4</a></dd>' in page
    assert "<dd>8</dd>" in page


def test_an_empty_database_says_what_to_do(tmp_path: Path, asking: Callable[[Any], Get]) -> None:
    Store.open(tmp_path / "new.db", create=True).close()
    page = asking(build(tmp_path / "new.db"))("/")
    assert page.status_code == 200
    assert "claimtrack add" in page.text


def test_a_claim_is_shown_in_every_sentence_it_was_reported_in(
    get: Get, ids: dict[tuple[str, int], str]
) -> None:
    page = get(f"/claim/{ids['ar', 1]}", headers={"accept-language": "en"}).text
    assert page.count('<article class="report"') == 3
    assert '<mark class="source" data-claims="1">وكالة تيلفار برس</mark>' in page
    assert '<mark class="cue" data-claims="1">نقلا عن</mark>' in page
    assert '<p class="sentence" lang="ar" dir="rtl">' in page
    assert '<p class="sentence" lang="en" dir="ltr">' in page
    assert "3 reports" in page
    assert page.count("found by machine, judged by <bdi") == 3
    assert '<time dir="ltr" datetime="2024-05-07">2024-05-07</time>' in page
    assert f'href="/document/{ARABIC}#attribution-' in page


def _section(page: str, name: str) -> str:
    """Return the section of a page that has a name."""
    start = page.index(f'<section id="{name}">')
    return page[start : page.index("</section>", start)]


def test_the_chain_leads_from_each_outlet_to_whom_it_had_it_from(
    get: Get, ids: dict[tuple[str, int], str]
) -> None:
    page = get(f"/claim/{ids['ar', 1]}", headers={"accept-language": "en"}).text
    chain = _section(page, "chain")
    places = [
        chain.index(name)
        for name in ("صدى بدرون", source_id("telvar-press"), MINISTRY, "The Badrun Herald")
    ]
    assert places == sorted(places)
    assert chain.count("<li>") == 5
    assert chain.count(MINISTRY) == 2
    assert "in another claim" not in chain


def test_a_relay_from_another_claim_is_part_of_the_chain_and_leads_there(
    tmp_path: Path, asking: Callable[[Any], Get]
) -> None:
    with Store.open(tmp_path / "one.db", create=True) as store:
        article, extraction = sample.english()
        known = (sample.MINISTRY, sample.GOVERNMENT, sample.MONITOR, sample.MAYOR)
        made = sample.version(article)
        store.add(made, extraction, known, run=sample.RUN, at=sample.AT, user="tester")
        claims = {key: claim for (_, key), claim in sample.claims_of(store).items()}
    get = asking(build(tmp_path / "one.db"))
    page = get(f"/claim/{claims[3]}", headers={"accept-language": "en"}).text
    chain = _section(page, "chain")
    assert chain.index(source_id("sidrun-monitor")) < chain.index(source_id("qa-mayor-hamrash"))
    assert f'<a href="/claim/{claims[2]}">in another claim</a>' in chain
    assert f'href="/claim/{claims[3]}"' not in chain


def test_reports_in_a_circle_are_one_line_that_says_so(
    tmp_path: Path, asking: Callable[[Any], Get]
) -> None:
    sample.make(tmp_path / "circle.db")
    with Store.open(tmp_path / "circle.db") as store:
        store.connection.execute(
            "INSERT INTO relay (id, child_id, parent_id, kind, evidence, run_id, recorded_at)"
            " SELECT 'back-' || rowid, parent_id, child_id, kind, evidence, run_id, recorded_at"
            " FROM relay"
        )
        claim = sample.claims_of(store)["ar", 1]
    page = asking(build(tmp_path / "circle.db"))(f"/claim/{claim}?lang=en").text
    chain = _section(page, "chain")
    assert chain.count("in a circle") == 1


def test_a_claim_is_called_by_the_same_words_everywhere(
    get: Get, ids: dict[tuple[str, int], str], database: Path
) -> None:
    page = get(f"/claim/{ids['en', 2]}", headers={"accept-language": "en"}).text
    assert '<h1 lang="en" dir="ltr">nobody was killed</h1>' in page
    others = page[page.index("In other words") : page.index('<section id="chain">')]
    assert "had told it that nobody was killed</dd>" in others
    for path in ("/", "/claim"):
        assert 'lang="en" dir="ltr">nobody was killed</a>' in get(path).text
    with Store.open(database, readonly=True) as store:
        assert trace(store.connection, ids["en", 2]).text == "nobody was killed"


@pytest.mark.parametrize(
    ("source", "told"),
    [((), "Named earlier: <bdi"), (("Sidrun Monitor",), "Sidrun Monitor</bdi> stands for: <bdi")],
)
def test_whom_a_report_means_is_said(
    tmp_path: Path, asking: Callable[[Any], Get], source: tuple[str, ...], told: str
) -> None:
    article, found = sample.english()
    _, monitor, _ = found.attributions
    spans = {
        "source": sample.at(sample.ENGLISH, *source),
        "antecedent": sample.at(sample.ENGLISH, "the Ministry of Defence of Qamaria"),
    }
    said = Extraction(attributions=(monitor.model_copy(update=spans),))
    with Store.open(tmp_path / "one.db", create=True) as store:
        made, by = sample.version(article), {"run": sample.RUN, "at": sample.AT, "user": "tester"}
        store.add(made, said, (sample.MONITOR,), **by)
        (claim,) = sample.claims_of(store).values()
    assert told in asking(build(tmp_path / "one.db"))(f"/claim/{claim}?lang=en").text


def test_wordings_in_other_languages_stand_below(get: Get, ids: dict[tuple[str, int], str]) -> None:
    page = get(f"/claim/{ids['ar', 3]}", headers={"accept-language": "en"}).text
    assert '<dd lang="ru" dir="ltr">' in page


UNNAMED = [
    ("en", ("mayor",), "1 report · 1 unnamed source<"),
    ("en", ("monitor", "mayor"), "2 reports · 2 sources (1 of them unnamed)<"),
    ("ar", ("monitor", "mayor"), "إسنادان · مصدران (واحد غير مسمّى)<"),
    ("en", (), "1 report<"),
]


@pytest.mark.parametrize(("lang", "known", "counted"), UNNAMED)
def test_sources_without_a_name_are_counted_apart(
    tmp_path: Path, asking: Callable[[Any], Get], lang: str, known: tuple[str, ...], counted: str
) -> None:
    official = sample.MAYOR.model_copy(update={"key": "an-official", "kind": SourceKind.UNNAMED})
    article, found = sample.english()
    _, monitor, mayor = found.attributions
    alone = mayor.model_copy(update={"via": None})
    said = {
        (): (alone.model_copy(update={"source_id": None}),),
        ("mayor",): (alone.model_copy(update={"source_id": official.id}),),
    }.get(known, (monitor, mayor.model_copy(update={"source_id": official.id})))
    made = sample.version(article)
    with Store.open(tmp_path / "unnamed.db", create=True) as store:
        sources = (sample.MONITOR, official)
        by = {"run": sample.RUN, "at": sample.AT, "user": "tester"}
        store.add(made, Extraction(attributions=said), sources, **by)
        claims = sorted(sample.claims_of(store).items())
        if len(claims) == 2:
            (_, left), (_, right) = claims
            store.judge(left, right, Verdict.POSITIVE, evidence="", **{**by, "run": None})
    get = asking(build(tmp_path / "unnamed.db"))
    for path in ("/claim", f"/claim/{claims[0][1]}"):
        page = get(f"{path}?lang={lang}").text.replace('<span aria-hidden="true">·</span>', "·")
        assert counted in page.replace(" · 1 document<", "<").replace(" · وثيقة واحدة<", "<")


def test_the_id_of_a_joined_claim_leads_to_the_claim(
    get: Get, ids: dict[tuple[str, int], str]
) -> None:
    answer = get(f"/claim/{ids['en', 1]}")
    assert (answer.status_code, answer.headers["location"]) == (302, f"/claim/{ids['ar', 1]}")


@pytest.mark.parametrize("form", ["{0}", "{1}", "{2}"])
@pytest.mark.parametrize(("kind", "full"), [("document", ARABIC), ("source", MINISTRY)])
def test_six_digits_of_an_id_are_enough(get: Get, kind: str, full: str, form: str) -> None:
    digits = full.partition("-")[2]
    short = form.format(f"{kind}-{digits[:6]}", digits[:6], digits)
    answer = get(f"/{kind}/{short}")
    assert (answer.status_code, answer.headers["location"]) == (302, f"/{kind}/{full}")


def test_the_id_of_an_attribution_leads_to_its_words(get: Get, database: Path) -> None:
    with Store.open(database, readonly=True) as store:
        (found,) = store.connection.execute("SELECT min(id) FROM attribution").fetchone()
    answer = get(f"/attribution/{found[:18]}")
    assert answer.status_code == 302
    place = answer.headers["location"]
    assert place.endswith(f"#{found}")
    assert f'id="{found}"' in get(place).text


UNKNOWN = [
    "/claim/000000",
    "/claim/xyz",
    "/document/claim-000000",
    "/source/%D9%82%D8%A7%D9%84",
    "/attribution/ffffff",
    "/claim/<script>alert(1)</script>".replace("/script", "%2Fscript"),
]


@pytest.mark.parametrize("path", UNKNOWN)
def test_an_unknown_id_is_a_kind_page(get: Get, path: str) -> None:
    answer = get(path, headers={"accept-language": "en"})
    assert answer.status_code == 404
    assert "Search for its words" in answer.text
    assert "<script>alert" not in answer.text
    assert answer.headers["content-security-policy"] == POLICY


def _twins() -> tuple[str, str, str]:
    """Return two addresses whose documents' ids begin with the same six digits, and those."""
    seen: dict[str, str] = {}
    for number in count():
        url = f"https://telvar-press.example/{number}"
        digits = content_id("document", "url", url).partition("-")[2][:6]
        if digits in seen:
            return seen[digits], url, digits
        seen[digits] = url
    raise AssertionError


def test_an_ambiguous_id_lists_what_it_could_be(
    tmp_path: Path, asking: Callable[[Any], Get]
) -> None:
    first, second, digits = _twins()
    with Store.open(tmp_path / "twins.db", create=True) as store:
        for url in (first, second):
            article = Article(text=url, place="", layout=Layout(), lang="en", url=url)
            store.add(
                sample.version(article),
                Extraction(),
                (),
                run=sample.RUN,
                at=sample.AT,
                user="tester",
            )
    answer = asking(build(tmp_path / "twins.db"))(f"/document/{digits}")
    assert answer.status_code == 300
    for url in (first, second):
        id_ = content_id("document", "url", url)
        assert f'href="/document/{id_}"' in answer.text


def test_a_document_shows_its_text_with_every_claim_in_it(get: Get) -> None:
    page = get(f"/document/{ARABIC}", headers={"accept-language": "en"}).text
    paper = page[
        page.index('<article class="paper" lang="ar" dir="rtl">') : page.index("</article>")
    ]
    assert '<mark class="content shared" data-claims="1 2" id="attribution-' in paper
    assert paper.count('class="content" data-claims="3"') == 2
    assert paper.count('data-claims="3" id="attribution-') == 1
    assert '<span class="narrator">ويقع المستودع' in paper
    assert paper.count('<details class="boilerplate">') == 2
    assert 'data-n="1"' in paper
    for number in (1, 2, 3):
        assert f'id="note-{number}"' in page
    assert 'rel="noopener nofollow ugc"' in page
    assert 'relayed by <a href="#note-1">' in page
    assert 'answers <a href="#note-2">' in page


def test_every_highlight_of_a_document_has_its_note_and_back(get: Get, database: Path) -> None:
    page = get(f"/document/{ARABIC}").text
    with Store.open(database, readonly=True) as store:
        rows = store.connection.execute(
            "SELECT id FROM live_attribution WHERE document_id = ?", (ARABIC,)
        ).fetchall()
    assert len(rows) == 3
    for (found,) in rows:
        assert page.count(f'id="{found}"') == 1
        assert f'href="#{found}"' in page


def test_a_source_shows_its_names_its_relations_and_what_it_said(get: Get) -> None:
    page = get(f"/source/{MINISTRY}", headers={"accept-language": "en"}).text
    assert '<bdi lang="ar" dir="rtl">وزارة الدفاع القمرية</bdi>' in page
    assert '<bdi lang="ru" dir="ltr">Министерство обороны Камарии</bdi>' in page
    assert f'part of <a href="/source/{source_id("qa-government")}">' in page
    assert page.count('<article class="report"') == 2
    assert "2 reports" in page


def test_a_source_is_called_by_its_name_in_the_readers_language(
    get: Get, ids: dict[tuple[str, int], str]
) -> None:
    page = get(f"/claim/{ids['ar', 1]}", headers={"accept-language": "ar"}).text
    assert (
        f'href="/source/{MINISTRY}"><bdi lang="ar" dir="rtl">وزارة الدفاع القمرية</bdi></a>' in page
    )
    english = get(f"/source/{MINISTRY}", headers={"accept-language": "en"}).text
    assert '<h1><bdi lang="en" dir="ltr">Ministry of Defence of Qamaria</bdi></h1>' in english


def test_a_source_that_said_nothing_says_so(get: Get) -> None:
    page = get(f"/source/{source_id('qa-government')}", headers={"accept-language": "en"})
    assert page.status_code == 200
    assert "Nothing is attributed to it yet." in page.text


def test_search_finds_with_and_without_diacritics(get: Get) -> None:
    plain, pointed = get("/search?q=مسيرة"), get("/search?q=مُسَيَّرة")
    rows = [
        answer.text[answer.text.index('<ol class="rows hits">') : answer.text.index("</ol>")]
        for answer in (plain, pointed)
    ]
    assert rows[0] == rows[1]
    assert '<mark class="hit">مسيّرة</mark>' in rows[0]


@pytest.mark.parametrize("kind", ["claim", "attribution", "document"])
def test_search_looks_where_it_is_told(get: Get, kind: str) -> None:
    page = get(f"/search?q=Sidrun&kind={kind}").text
    assert set(_kinds(page)) == {kind}
    assert f'name="kind" value="{kind}" checked' in page


def test_exact_search_does_not_fold(get: Get) -> None:
    assert _kinds(get("/search?q=مسيرة").text)
    assert not _kinds(get("/search?q=مسيرة&exact=1").text)
    assert _kinds(get("/search?q=مسيّرة&exact=1").text)


def _kinds(page: str) -> list[str]:
    return [part[: part.index('"')] for part in page.split('<li data-kind="')[1:]]


HOSTILE = [
    sample.HOSTILE_QUERY,
    '"',
    "NEAR(",
    "col:x",
    "a AND",
    "*",
    "\x00",
    "\ud83d".encode("utf-16", "surrogatepass").decode("utf-16", "replace"),
    "ق" * 5000,
    "' OR 1=1 --",
]


@pytest.mark.parametrize("query", HOSTILE)
def test_any_query_is_answered(get: Get, query: str) -> None:
    answer = get("/search", params={"q": query})
    assert answer.status_code == 200
    assert "<script>window" not in answer.text
    if "<" in query:
        assert f'value="{escape(query)}"' in answer.text


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/search?q=Sidrun&page=900", "/search?q=Sidrun&page=1"),
        (f"/source/{MINISTRY}?page=3", f"/source/{MINISTRY}?page=1"),
    ],
)
def test_a_page_past_the_end_leads_to_the_last(get: Get, path: str, expected: str) -> None:
    answer = get(path)
    assert (answer.status_code, answer.headers["location"]) == (302, expected)


def test_a_long_list_has_pages(tmp_path: Path, asking: Callable[[Any], Get]) -> None:
    with Store.open(tmp_path / "long.db", create=True) as store, store.transaction():
        for number in range(51):
            text = f"Report {number}"
            article = Article(text=text, place="", layout=Layout(), lang="en", title=text)
            made = sample.version(article)
            store.add(made, Extraction(), (), run=sample.RUN, at=sample.AT, user="tester")
    get = asking(build(tmp_path / "long.db"))
    first, second = get("/document").text, get("/document?page=2").text
    assert 'rel="next" href="/document?page=2"' in first
    assert 'rel="prev" href="/document?page=1"' in second
    assert second.count("Report ") == 1


def test_crawlers_are_kept_out_of_searches(get: Get) -> None:
    assert get("/robots.txt").text == "User-agent: *\nDisallow: /*?\nDisallow: /-/\n"


def test_nothing_hostile_becomes_markup(get: Get, database: Path) -> None:
    attacks = [f"/document/{ATTACK}", f"/source/{sample.HOSTILE.id}", "/document", "/source", "/"]
    for path in attacks:
        page = get(path).text
        for forbidden in ("<script>window", "<img src=x", "<b onmouseover", 'href="javascript:'):
            assert forbidden not in page, path
        assert "\u202e" not in page, path
