"""What a claim's page tells beside its reports: what it rests on, and what people decided."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from claimtrack.analysis import claim_page
from claimtrack.analysis.claim_file import claim_file
from claimtrack.model.attribution import Extraction
from claimtrack.model.vocabulary import ClaimRelationKind, Stance, Verdict
from claimtrack.publish import build
from claimtrack.publish.pages import claims as claim_pages
from claimtrack.review import corrections
from claimtrack.store import Store, read
from claimtrack.store.grades import Grade, Review
from tests.publish import sample
from tests.publish.conftest import Get, Loop, asked_of, source_id

LATER = datetime(2024, 6, 1, 9, tzinfo=UTC)
ATTACK = '"><script>window.hacked=20</script>\u202e'


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with relations and suggestions of a machine, verdicts and grades of people."""
    path = tmp_path_factory.mktemp("desk") / "desk.db"
    sample.make(path)
    with Store.open(path) as store:
        claims = sample.claims_of(store)
        run = store.connection.execute("SELECT id FROM run LIMIT 1").fetchone()[0]
        told, denied, nobody = claims["ar", 1], claims["ar", 3], claims["en", 2]
        for number, (left, right, kind) in enumerate(
            [
                (told, denied, ClaimRelationKind.NEGATES),
                (denied, told, ClaimRelationKind.RESPONDS_TO),
                (told, nobody, ClaimRelationKind.NUMBER_CONFLICT),
            ]
        ):
            store.connection.execute(
                "INSERT INTO claim_relation (id, left_id, right_id, kind, score, evidence, run_id,"
                " recorded_at) VALUES (?, ?, ?, ?, 0.5, ?, ?, '2024-05-09T12:00:00Z')",
                (f"relation-{number}", left, right, kind.value, f"because {ATTACK}", run),
            )
        store.connection.execute(
            "INSERT INTO suggestion (id, left_id, right_id, score, evidence, run_id, recorded_at)"
            " VALUES ('suggestion-1', ?, ?, 0.6, 'alike 0.60', ?, '2024-05-09T12:00:00Z')",
            (*sorted((denied, nobody)), run),
        )
        by = {"user": "sami", "at": LATER}
        store.assess(Review(told, "truth", f"half true {ATTACK}", "Twelve, not eleven."), **by)
        store.assess(
            Review(told, "desk", "false", "", "https://desk.example/1"),
            user="dalia",
            at=LATER.replace(day=2),
        )
        store.grade(Grade(told, "3", "one ministry"), origins=1, **by)
        store.judge(told, nobody, Verdict.NEGATIVE, evidence="other matters", run=None, **by)
    return path


@pytest.fixture(scope="module")
def ask(desk: Path, loop: Loop) -> Iterator[Get]:
    for of in asked_of(loop):
        yield of(build(desk))


@pytest.fixture(scope="module")
def shown(ask: Get, ids: dict[tuple[str, int], str]) -> str:
    return ask(f"/claim/{ids['ar', 1]}?lang=en").text


def section(page: str, name: str) -> str:
    """Return the section of a page that has a name, without its tags."""
    start = page.index(f'<section id="{name}">')
    inside = page[start : page.index("</section>", start)]
    return " ".join(re.sub(r"<[^>]+>", " ", inside).split())


def test_what_a_claim_rests_on_is_three_numbers_that_say_what_they_mean(shown: str) -> None:
    told = section(shown, "rests")
    assert "independent origin 1 Whom the reports lead back to" in told
    assert "untraced ends 0 Chains that end with nobody named" in told
    assert "articles 2 They say so or pass it on" in told
    assert "Ministry of Defence of Qamaria" in told


@pytest.mark.parametrize(
    ("limit", "where", "told"),
    [
        (("ENDS", 0), "rests", "There is 1 more that is not shown here."),
        (("CHAINS", 0), "chain", "There are 2 more that are not shown here."),
        (("MOMENTS", 0), "timeline", "There are 2 more that are not shown here."),
        (("JUDGED", 1), "decisions", "There are 2 more that are not shown here."),
    ],
)
def test_a_page_says_how_much_it_leaves_out(
    ask: Get,
    ids: dict[tuple[str, int], str],
    monkeypatch: pytest.MonkeyPatch,
    limit: tuple[str, int],
    where: str,
    told: str,
) -> None:
    address, more = f"/claim/{ids['ar', 1]}?lang=en", " more that "
    assert more not in ask(address).text
    monkeypatch.setattr(claim_page, *limit)
    page = ask(address).text
    assert told in section(page, where)
    assert page.count(more) == 1


def test_names_of_an_origin_that_a_page_leaves_out_are_counted(
    desk: Path,
    ask: Get,
    ids: dict[tuple[str, int], str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with Store.open(desk, readonly=True) as store:
        file = claim_file(store.connection, ids["ar", 1])
    whole = file.findings.origins
    origin = whole.groups[0].model_copy(update={"names": tuple(f"Dalia {n}" for n in range(25))})
    findings = file.findings.model_copy(
        update={"origins": whole.model_copy(update={"groups": (origin,)})}
    )
    many = file.model_copy(update={"findings": findings})
    monkeypatch.setattr(claim_pages, "claim_file", lambda *_: many)
    told = section(ask(f"/claim/{ids['ar', 1]}?lang=en").text, "rests")
    assert "Dalia 18, Dalia 19 and 5 more" in told.replace(" ,", ",")
    assert "Dalia 20" not in told


def test_what_opposes_a_claim_is_not_also_no_contradiction(
    desk: Path, ids: dict[tuple[str, int], str]
) -> None:
    with Store.open(desk, readonly=True) as store:
        file = claim_file(store.connection, ids["ar", 1])
    number = next(one for one in file.related if one.kind is ClaimRelationKind.NUMBER_CONFLICT)
    other = number.model_copy(update={"kind": ClaimRelationKind.SCOPE_DIFFERENCE})
    elsewhere = other.model_copy(update={"claim": file.ref})
    told = claim_page.claim_page(file.model_copy(update={"related": (number, other, elsewhere)}))
    assert told.related == (number, elsewhere)


def test_of_many_wordings_each_language_has_some(
    desk: Path, ids: dict[tuple[str, int], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(claim_page, "WORDINGS", 1)
    with Store.open(desk, readonly=True) as store:
        file = claim_file(store.connection, ids["ar", 1])
    texts = (("ar", "one"), ("ar", "two"), ("en", "three"), ("en", "four"))
    told = claim_page.claim_page(
        file.model_copy(update={"claim": file.claim.model_copy(update={"texts": texts})})
    )
    assert (told.texts, told.more_texts) == ((texts[0], texts[1], texts[2]), 1)


def test_warnings_stand_above_the_reports_and_say_on_what_they_rest(shown: str) -> None:
    told = section(shown, "rests")
    assert "2 articles and a single origin Ministry of Defence of Qamaria" in told
    assert "Disputed: somebody denies it" in told
    assert "This rests on 3 reports that a machine found. People looked at 3 of them." in told
    assert shown.index('<ul class="warnings">') < shown.index('<section id="reports">')


def test_warnings_name_sources_in_the_language_of_the_page(
    ask: Get, ids: dict[tuple[str, int], str]
) -> None:
    page = ask(f"/claim/{ids['ar', 1]}?lang=ar").text
    warned = page[page.index('<ul class="warnings">') :]
    warned = warned[: warned.index("</ul>")]
    assert "وزارة الدفاع القمرية" in warned
    assert "Ministry of Defence" not in warned
    home = ask("/?lang=ar").text
    alerts = home[home.index('<ul class="warned">') : home.index('href="/claim">')]
    assert "Ministry of Defence" not in alerts


def test_relations_lead_to_the_other_claims_each_with_its_reason(
    shown: str, ids: dict[tuple[str, int], str]
) -> None:
    told = section(shown, "related")
    assert "Denied, or denies" in told
    assert "Another number" in told
    assert "Answered by" in told
    start = shown.index('<section id="related">')
    inside = shown[start : shown.index("</section>", start)]
    assert inside.count(f'href="/claim/{ids["ar", 3]}"') == 2
    assert f'href="/claim/{ids["en", 2]}"' in inside
    assert "<script>window" not in shown
    assert "\u202e" not in shown


def test_a_relation_is_told_from_either_end(ask: Get, ids: dict[tuple[str, int], str]) -> None:
    told = section(ask(f"/claim/{ids['ar', 3]}?lang=en").text, "related")
    assert "Answers" in told
    assert "Answered by" not in told
    assert "Perhaps the same claim: nobody has decided nobody was killed" in told


def test_the_timeline_runs_by_date_and_says_what_came_first(shown: str) -> None:
    told = section(shown, "timeline")
    assert told.index("2024-05-07") < told.index("2024-05-08")
    assert "First known 2024-05-07 , صدى بدرون (by the date of the page)" in told


def test_what_people_decided_names_them_and_the_day(shown: str) -> None:
    told = section(shown, "decisions")
    assert told.index("false") < told.index("half true")
    assert "dalia , 2024-06-02" in told
    assert 'href="https://desk.example/1" rel="noopener' in shown
    assert "3 possibly true: one ministry sami , 2024-06-01" in told
    assert "Why its reports are one claim (3 pairs)" in told
    assert "not the same claim" in told
    head = shown[: shown.index('<nav class="contents"')]
    assert "Verdict:" in head
    assert "Credibility <bdi>3</bdi>: possibly true" in head


def test_a_citation_holds_the_words_the_counts_and_the_stable_link(
    shown: str, ids: dict[tuple[str, int], str]
) -> None:
    told = section(shown, "take")
    assert "3 reports , 2 documents" in told.replace(" ,", ",").replace(",", " ,")
    assert f"http://localhost/claim/{ids['ar', 1]}" in told
    assert re.search(
        r'as of <time dir="ltr" datetime="2\d{3}-[^"]+Z">\u20682\d{3}-\d\d-\d\d\u2069</time>', shown
    )
    assert '<span data-today="read on" hidden></span>' in shown
    assert f'href="/claims/attributions.csv?claim={ids["ar", 1]}' in shown


def test_what_a_claim_offers_to_save_is_there(ask: Get, shown: str) -> None:
    start = shown.index('<section id="take">')
    offered = re.findall(r'class="button" href="([^"]+)"', shown[start:])
    kinds = set()
    for address in offered:
        answer = ask(address.replace("&amp;", "&"))
        assert answer.status_code == 200, address
        kind = answer.headers["content-type"].partition(";")[0]
        kinds.add(kind)
        if kind in ("application/pdf", "image/png"):
            continue
        assert "Sidrun" in answer.text or "سدرون" in answer.text, address
    assert kinds >= {
        *("application/json", "image/svg+xml", "text/plain", "text/markdown"),
        *("application/pdf", "image/png", "application/stix+json"),
    }


def test_the_json_of_a_claim_tells_what_its_page_does(
    ask: Get, ids: dict[tuple[str, int], str]
) -> None:
    answer = ask(f"/claim/{ids['ar', 1]}.json")
    assert answer.headers["content-type"].startswith("application/json")
    assert "access-control-allow-origin" not in answer.headers
    told = answer.json()
    assert told["findings"]["origins"]["origins"] == 1
    assert told["reviews"][0]["rating"] == "false"
    assert len(told["claim"]["attributions"]) == 3


def test_json_of_what_is_not_there_says_so(ask: Get, ids: dict[tuple[str, int], str]) -> None:
    missing = ask("/claim/000000.json")
    assert (missing.status_code, missing.json()["wanted"]) == (404, "000000")
    moved = ask(f"/claim/{ids['en', 1]}.json")
    assert moved.headers["location"] == f"/claim/{ids['ar', 1]}.json"


@pytest.fixture
def one(tmp_path: Path) -> Iterator[Store]:
    """A database with one article, in which one report was found."""
    article, found = sample.russian()
    with Store.open(tmp_path / "one.db", create=True) as store:
        by = {"run": sample.RUN, "at": sample.AT, "user": "tester"}
        made = Extraction(attributions=found.attributions)
        store.add(sample.version(article), made, (sample.EMBASSY,), **by)
        yield store


def test_a_claim_nobody_judged_says_machine_unreviewed(
    one: Store, tmp_path: Path, asking: Callable[[Any], Get]
) -> None:
    (claim,) = sample.claims_of(one).values()
    page = asking(build(tmp_path / "one.db"))(f"/claim/{claim}?lang=en").text
    assert '<span class="badge" title="Found by a program' in page
    assert "machine, unreviewed" in page
    assert "No person has looked at any of them." in section(page, "rests")
    assert "No report of it is dated." in section(page, "timeline")
    assert "Nobody has given a verdict on it." in section(page, "decisions")


def test_pages_say_who_accepted_or_corrected_a_report(
    one: Store, tmp_path: Path, asking: Callable[[Any], Get]
) -> None:
    made = sample.version(sample.russian()[0])
    (claim,) = sample.claims_of(one).values()
    (report,) = read.version_attributions(one.connection, made.id)
    corrections.accept(one, report.id, by="anna", at=sample.AT)
    page = asking(build(tmp_path / "one.db"))
    for address in (f"/claim/{claim}", f"/document/{made.document_id}"):
        shown = page(f"{address}?lang=en").text
        assert "found by machine, accepted by" in shown
        assert ">anna<" in shown
        assert "machine, unreviewed" not in shown
    changed = corrections.draft_of(one.connection, report.id).changed(stance=Stance.DISPUTING)
    corrections.correct(one, report.id, changed, by="boris", at=sample.AT)
    shown = page(f"/document/{made.document_id}?lang=en").text
    assert "put in or corrected by" in shown
    assert ">boris<" in shown


def test_many_reports_have_pages(
    ask: Get, ids: dict[tuple[str, int], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(claim_pages, "REPORTS", 2)
    first = ask(f"/claim/{ids['ar', 1]}").text
    second = ask(f"/claim/{ids['ar', 1]}?page=2").text
    assert (first.count('<article class="report"'), second.count('<article class="report"')) == (
        2,
        1,
    )
    assert f'href="/claim/{ids["ar", 1]}?page=2#reports"' in first


def test_sources_of_origins_are_called_in_the_readers_language(
    ask: Get, ids: dict[tuple[str, int], str]
) -> None:
    page = ask(f"/claim/{ids['ar', 1]}?lang=ar").text
    assert source_id("qa-mod") in page[page.index('id="rests"') : page.index('id="chain"')]
    assert "وزارة الدفاع القمرية" in section(page, "rests")
    assert "مقالان ومنشأ واحد" in section(page, "rests")


def test_a_verdict_is_embedded_as_a_claim_review(
    ask: Get, shown: str, ids: dict[tuple[str, int], str]
) -> None:
    found = [json.loads(each) for each in re.findall(r'ld\+json">(.*?)</script>', shown)]
    assert {(one["reviewRating"]["alternateName"], one["url"]) for one in found} == {
        ("false", "https://desk.example/1"),
        (f"half true {ATTACK}", f"http://localhost/claim/{ids['ar', 1]}"),
    }
    claim = found[0]["itemReviewed"]
    assert claim["author"]["name"] == "Ministry of Defence of Qamaria"
    assert claim["appearance"][0]["url"] == "https://sada-badrun.example/2024/05/07/depot"
    assert "ld+json" not in ask(f"/claim/{ids['ar', 3]}").text


@pytest.mark.parametrize(
    ("name", "begins", "suffix"),
    [
        ("dossier", "# ", ".md"),
        ("dossier-pdf", "%PDF-", ".pdf"),
        ("png", "\ufffdPNG", ".png"),
        ("stix", "{", ".stix.json"),
        ("claimreview", "[", ".jsonld"),
        ("webannotation", "{", ".jsonld"),
        ("graphml", "<?xml", ".graphml"),
        ("canvas", "{", ".canvas"),
        ("turtle", "@prefix", ".ttl"),
        ("nanopub", "@prefix", ".trig"),
    ],
)
def test_a_claim_is_saved_in_formats_that_others_read(
    name: str, begins: str, suffix: str, ask: Get, shown: str, ids: dict[tuple[str, int], str]
) -> None:
    claim = ids["ar", 1]
    assert f'href="/claim/{claim}/export/{name}?lang=en"' in shown
    answer = ask(f"/claim/{claim}/export/{name}")
    assert answer.status_code == 200
    assert answer.text.startswith(begins)
    assert answer.headers["content-disposition"] == f'attachment; filename="{claim}{suffix}"'


def test_a_claim_that_is_not_there_is_not_exported(ask: Get) -> None:
    assert ask("/claim/claim-00/export/turtle").status_code == 404
