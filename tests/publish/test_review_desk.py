"""The review desk on the site: who sees it, what it records, and that nobody else can."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path
from typing import Any

import httpx
import pytest

from claimtrack.errors import ConfigError, DatabaseError
from claimtrack.pipeline import Means
from claimtrack.publish import Reviewing, build, ours
from claimtrack.sourcing import Desk as SourceDesk
from claimtrack.sourcing import offers
from claimtrack.store import Store, read
from claimtrack.store.history import entries
from tests.publish import sample
from tests.publish.conftest import Get, Loop, asked_of, source_id
from tests.publish.reviewed import make

LATER = datetime(2024, 6, 1, tzinfo=UTC)
EMBASSY = source_id("dr-embassy-qa")
CAST = Path(__file__).parents[2] / "data" / "cast.csv"


class Asked:
    """A browser of one reviewer: it keeps cookies, and sends the token of the form."""

    def __init__(self, get: Callable[..., Any], site: Any, name: str | None) -> None:
        self.ask, self.cookies = get, {}
        if name:
            self.cookies["ds_actor"] = site.sign({"a": {"id": name}}, "actor")

    def get(self, path: str) -> httpx.Response:
        page: httpx.Response = self.ask("get", path, cookies=self.cookies)
        self.cookies.update(page.cookies)
        return page

    def post(self, path: str, *, page: str = "", headers: Any = None, **fields: str) -> Any:
        """Send the first form of a page, filled in, to a path."""
        found = self.get(page or path).text
        hidden = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', found))
        kept = {name: hidden[name] for name in hidden if re.match("csrftoken|seen", name)}
        data = kept | fields
        return self.ask("post", path, cookies=self.cookies, data=data, headers=headers)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    path = tmp_path_factory.mktemp("reviewed") / "made.db"
    return path, make(path)


@pytest.fixture
def path(made: tuple[Path, str], tmp_path: Path) -> Path:
    return Path(shutil.copy(made[0], tmp_path / "desk.db"))


@pytest.fixture
def pair(made: tuple[Path, str]) -> str:
    """The address of the pair that waits."""
    return f"/review/pair/{made[1]}"


@pytest.fixture
def pages(pair: str) -> list[str]:
    return ["/review", "/review/log", pair, f"/review/source/{EMBASSY}"]


@pytest.fixture
def site(path: Path, loop: Loop) -> Iterator[Any]:
    ticks = iter(range(10_000))
    review = Reviewing(
        ["noura", "سامي"],
        lambda: LATER + timedelta(seconds=next(ticks)),
        scales={"desk": {"صحيح": 5, "غير صحيح": 1}},
        offers=offers(SourceDesk(path, "", lambda: LATER, Means(registries=(CAST,))), 9),
    )
    made = build(path, review=review)
    yield made
    for mounted in made.databases.values():
        mounted.close()
    made.executor.shutdown()
    review.close()


@pytest.fixture
def of(site: Any, loop: Loop) -> Of:
    def ask(how: str, path: str, **rest: Any) -> Any:
        return loop.run(getattr(site.client, how)(path, **rest))

    return lambda name: Asked(ask, site, name)


def _claims(path: Path) -> dict[tuple[str, int], str]:
    with Store.open(path, readonly=True) as store:
        return sample.claims_of(store)


def _last(path: Path) -> tuple[str, str, str]:
    with Store.open(path, readonly=True) as store:
        event = next(entries(store.connection, limit=1))
    return event.action, event.user, event.subject


Of = Callable[[str | None], Asked]


def test_only_those_who_are_named_see_it(of: Of, pages: list[str]) -> None:
    for page in pages:
        assert of("noura").get(page).status_code == 200
        assert of("سامي").get(page).status_code == 200
        for name in (None, "mallory"):
            answer = of(name).get(page)
            assert answer.status_code == 403
            assert 'method="post"' not in answer.text


def test_a_page_leads_those_who_may_to_where_it_is_decided(of: Of, path: Path) -> None:
    report = _reports(path, sample.arabic())[0]
    document, claim, source = report.document.id, report.claim_id, report.source.id
    ways = {
        f"/document/{document}": (f"attribution/{report.id}", f"document/{document}"),
        f"/claim/{claim}": (f"attribution/{report.id}", f"claim/{claim}"),
        f"/source/{source}": (f"source/{source}",),
    }
    for page, leads in ways.items():
        shown, others = (of(name).get(page).text for name in ("noura", None))
        for way in leads:
            assert f'href="/review/{way}"' in shown, page
            assert f"/review/{way}" not in others, page


def test_what_a_reviewer_sees_is_kept_nowhere(of: Of) -> None:
    for page in ("/review", "/"):
        assert "no-store" in of("noura").get(page).headers["cache-control"]


def test_its_pages_keep_the_strict_policy(of: Of, pages: list[str]) -> None:
    for page in pages:
        answer = of("noura").get(page)
        assert "script-src 'self'; style-src 'self'" in answer.headers["content-security-policy"]


def test_there_is_none_where_it_was_not_asked_for(get: Get, pages: list[str]) -> None:
    for page in pages:
        assert get(page).status_code == 404
    for page in ("/", "/claim", "/document", "/source"):
        assert 'method="post"' not in get(page).text
        assert "/review" not in get(page).text


def test_a_pair_is_judged_by_whoever_signed_in(of: Of, path: Path, pair: str) -> None:
    reviewer = of("noura")
    page = reviewer.get(pair)
    assert '<strong class="differs">' in page.text
    answer = reviewer.post(pair, verdict="negative", reason="two towns")
    assert answer.status_code == 303
    action, user, subject = _last(path)
    assert (action, user) == ("judge", "noura")
    assert answer.headers["location"].endswith(f"{pair}?done={subject}")
    told = reviewer.get(answer.headers["location"])
    assert subject[:20] in told.text


def test_the_second_of_two_reviewers_is_refused_and_told(of: Of, path: Path, pair: str) -> None:
    first, second = of("noura"), of("سامي")
    stale = second.get(pair).text
    assert first.post(pair, verdict="negative").status_code == 303
    before = _last(path)
    fields = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', stale))
    refused = second.ask(
        "post", pair, cookies=second.cookies, data=fields | {"verdict": "positive"}
    )
    assert refused.status_code == 409
    assert "noura" in refused.text
    assert "it was decided by" in refused.text
    assert _last(path) == before


def test_a_decision_is_undone(of: Of, path: Path, pair: str) -> None:
    reviewer = of("noura")
    reviewer.post(pair, verdict="negative")
    made = _last(path)[2]
    answer = reviewer.post("/review/undo", page="/review/log", id=made)
    assert answer.status_code == 303
    assert _last(path) == ("undo", "noura", made)
    assert pair in reviewer.get("/review/pairs").text


def test_a_verdict_and_a_grade_are_recorded(of: Of, path: Path) -> None:
    reviewer, claim = of("سامي"), _claims(path)["ar", 3]
    address = f"/review/claim/{claim}"
    fields = {
        "label": "0.1",
        "text": "صورة قديمة",
        "links": "https://a.example/1\nhttps://a.example/2",
    }
    answer = reviewer.post(address, do="assess", **fields)
    assert answer.status_code == 303
    assert _last(path)[:2] == ("assess", "سامي")
    assert "غير صحيح" in reviewer.get(f"/claim/{claim}?lang=ar").text
    assert reviewer.post(address, do="grade", grade="4").status_code == 303
    assert _last(path)[:2] == ("grade", "سامي")


REFUSED = [
    ({"do": "grade", "grade": "1"}, "asks for two"),
    ({"do": "grade", "grade": "9"}, "is no grade"),
    ({"do": "assess", "rating": "so-so"}, "desk"),
    ({"do": "assess", "label": "7.7"}, "desk"),
    ({"do": "assess", "label": "0.0", "url": "javascript:x"}, "no address of the web"),
    ({"do": "assess", "label": "0.0", "links": "javascript:x"}, "no address of the web"),
]


@pytest.mark.parametrize(("fields", "why"), REFUSED)
def test_what_cannot_be_is_told_and_not_recorded(
    of: Of, path: Path, fields: dict[str, str], why: str
) -> None:
    before = _last(path)
    answer = of("noura").post(f"/review/claim/{_claims(path)['ar', 3]}", **fields)
    assert answer.status_code == 400
    assert why in answer.text
    assert _last(path) == before


def test_a_source_is_graded_and_joined_with_another(of: Of, path: Path) -> None:
    reviewer, address = of("noura"), f"/review/source/{EMBASSY}"
    graded = reviewer.post(address, do="grade", grade="C", topic="the border", since="2024-01-01")
    assert graded.status_code == 303
    assert _last(path)[:2] == ("grade", "noura")
    assert reviewer.post(address, do="grade", grade="C", since="yesterday").status_code == 400
    merged = reviewer.post(address, do="merge", other=source_id("telvar-press"), reason="one")
    assert merged.status_code == 303
    assert _last(path)[:2] == ("sources merge", "noura")


def test_a_form_of_another_site_records_nothing(of: Of, path: Path, pair: str) -> None:
    reviewer, before = of("noura"), _last(path)
    page = reviewer.get(pair)
    seen = {"verdict": "negative", "seen": ""}
    assert page.status_code == 200
    for headers in ({"sec-fetch-site": "cross-site"}, {"origin": "https://evil.example"}):
        assert reviewer.post(pair, headers=headers, **seen).status_code == 403
    assert _last(path) == before


def test_a_form_without_its_token_records_nothing(of: Of, path: Path, pair: str) -> None:
    reviewer, before = of("noura"), _last(path)
    reviewer.get(pair)
    data = {"verdict": "negative", "seen": "", "csrftoken": "made up"}
    headers = {"sec-fetch-site": "same-site"}  # 1.0 asks the browser, and no token
    answer = reviewer.ask("post", pair, cookies=reviewer.cookies, data=data, headers=headers)
    assert answer.status_code == 403
    assert _last(path) == before


def test_more_than_a_form_is_refused_before_it_is_read(of: Of, pair: str) -> None:
    answer = of("noura").post(pair, verdict="negative", reason="x" * 300_000)
    assert answer.status_code == 413


def test_a_reviewed_site_tells_nothing_of_its_own_settings(
    of: Of,
) -> None:
    for page in ("/-/metadata.json", "/-/config.json", "/-/permissions", "/-/plugins"):
        assert of("noura").get(page).status_code == 404


def test_nobody_decides_where_nobody_is_named() -> None:
    with pytest.raises(ConfigError, match="Nobody may decide"):
        Reviewing([], lambda: LATER)


def test_what_is_published_is_never_decided_on(path: Path) -> None:
    review = Reviewing(["noura"], lambda: LATER)
    with pytest.raises(DatabaseError, match=r"desk's"):
        build(path, public=True, review=review)


def test_somebody_signs_in_with_a_password(path: Path, loop: Loop, pair: str) -> None:
    utils = pytest.importorskip("datasette_auth_passwords.utils")
    told = {"noura_password_hash": utils.hash_password("a word", iterations=1000)}
    review = Reviewing(["noura"], lambda: LATER, {"datasette-auth-passwords": told})
    for of in asked_of(loop):
        site = build(path, review=review)
        get = of(site)
        assert "/-/login" in get(pair).text
        page = get("/-/login")
        cookies = dict(page.cookies)
        token = re.search(r'name="csrftoken" value="([^"]*)"', page.text)
        entered = {"username": "noura", "csrftoken": token[1] if token else ""}
        for word, status in (("another", 200), ("a word", 302)):
            answer = loop.run(
                site.client.post("/-/login", data={**entered, "password": word}, cookies=cookies)
            )
            assert answer.status_code == status
        assert answer.headers["location"] == "/review"
        cookies["ds_actor"] = answer.cookies["ds_actor"]
        assert get(pair, cookies=cookies).status_code == 200
    review.close()


def _reports(path: Path, article: Any) -> list[Any]:
    """Return the live reports of an article, in reading order."""
    version = sample.version(article[0])
    with Store.open(path, readonly=True) as store:
        return list(read.document(store.connection, version.document_id).attributions)


def _address(report: Any) -> str:
    return f"/review/attribution/{report.id}"


def test_a_report_is_accepted_and_its_article_says_by_whom(of: Of, path: Path) -> None:
    report, reviewer = _reports(path, sample.russian())[0], of("سامي")
    assert reviewer.post(_address(report), do="accept").status_code == 303
    assert _last(path)[:2] == ("correct accept", "سامي")
    assert "سامي" in reviewer.get(f"/document/{report.document.id}").text


def test_a_report_is_rejected_with_a_reason_and_that_is_undone(of: Of, path: Path) -> None:
    report, reviewer = _reports(path, sample.russian())[0], of("noura")
    assert reviewer.post(_address(report), do="reject").status_code == 400
    assert reviewer.post(_address(report), do="reject", reason="a caption").status_code == 303
    assert _reports(path, sample.russian()) == []
    gone = reviewer.get(_address(report))
    assert (gone.status_code, "a caption" in gone.text) == (200, True)
    assert reviewer.post("/review/undo", page="/review/log", id=_last(path)[2]).status_code == 303
    assert [one.id for one in _reports(path, sample.russian())] == [report.id]


def _filled(reviewer: Asked, address: str) -> dict[str, str]:
    """Return what the form of a correction holds before anybody changes it."""
    page = reviewer.get(address).text
    form = page[page.index('data-draft="a.') :]
    areas = re.findall(r'<textarea[^>]* name="([^"]+)"[^>]*>([^<]*)</textarea>', form)
    hidden = re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', form)
    chosen = [
        (name, value)
        for name, options in re.findall(r'<select[^>]* name="([^"]+)">(.*?)</select>', form, re.S)
        for value in re.findall(r'<option value="([^"]*)" selected', options)
    ]
    return {name: unescape(value) for name, value in (*areas, *hidden, *chosen)}


def test_a_report_is_corrected_by_typing_its_words(of: Of, path: Path) -> None:
    report, reviewer = _reports(path, sample.english())[0], of("noura")
    entered = _filled(reviewer, _address(report))
    assert entered["a.content"] == report.words("content")
    entered |= {
        "a.content": "struck a fuel depot \u2026 injured twelve people",
        "a.stance": "disputing",
    }
    assert reviewer.post(_address(report), do="correct", **entered).status_code == 303
    mended = _reports(path, sample.english())[0]
    assert [quote.exact for quote in mended.quotes["content"]] == [
        "struck a fuel depot",
        "injured twelve people",
    ]
    assert mended.stance == "disputing"
    assert mended.source == report.source
    assert mended.run == "person noura"


def test_a_report_is_corrected_by_marking_words(of: Of, path: Path) -> None:
    report, reviewer = _reports(path, sample.arabic())[1], of("سامي")
    text = sample.ARABIC
    wider = text.index("قالت وكالة"), text.index("نقلا عن")
    entered = _filled(reviewer, _address(report))
    entered |= {"a.at.cue": f"{wider[0]}-{wider[1]}", "a.by.cue": "marks"}
    assert reviewer.post(_address(report), do="correct", **entered).status_code == 303
    mended = next(one for one in _reports(path, sample.arabic()) if one.run == "person سامي")
    assert [(quote.start, quote.end) for quote in mended.quotes["cue"]] == [wider]


UNFIT = [
    ({"a.content": "words that stand nowhere"}, "does not stand in the article"),
    ({"a.content": ""}, "Nothing is marked as what was said"),
    ({"a.at.content": "5-900000", "a.by.content": "marks"}, "lies outside the article"),
    ({"a.at.content": "9-5", "a.by.content": "marks"}, "lies outside the article"),
    ({"a.at.content": "x", "a.by.content": "marks"}, "marks nothing"),
    ({"a.stance": "furious"}, "cannot be chosen (<bdi>stance</bdi>)"),
    ({"a.via": "attribution-" + "0" * 32}, "attribution-000000"),
    ({}, "just so already"),
]


@pytest.mark.parametrize(("change", "why"), UNFIT)
def test_a_correction_that_cannot_be_is_told_with_all_that_was_entered(
    of: Of, path: Path, change: dict[str, str], why: str
) -> None:
    report, reviewer, before = _reports(path, sample.english())[0], of("noura"), _last(path)
    entered = {**_filled(reviewer, _address(report)), **change, "reason": "a trial"}
    answer = reviewer.post(_address(report), do="correct", **entered)
    assert answer.status_code == 400
    assert why in answer.text
    assert "a trial" in answer.text
    assert _last(path) == before


def test_a_report_is_split_in_two(of: Of, path: Path) -> None:
    report, reviewer = _reports(path, sample.english())[0], of("noura")
    address = f"{_address(report)}/split"
    entered = _filled(reviewer, address)
    entered |= {
        "a.content": "A drone struck a fuel depot near Sidrun",
        "b.content": "injured twelve people",
    }
    assert reviewer.post(address, do="split", **entered).status_code == 303
    contents = [one.words("content") for one in _reports(path, sample.english())]
    assert contents[:2] == [entered["a.content"], entered["b.content"]]


def test_reports_of_one_article_are_joined(of: Of, path: Path) -> None:
    first, second, *_ = _reports(path, sample.arabic())
    reviewer = of("noura")
    page = reviewer.get(_address(first)).text
    tokens = dict(re.findall(r'name="(seen.attribution-[0-9a-f]+)" value="([^"]*)"', page))
    answer = reviewer.post(_address(first), do="join", **tokens, **{"with": second.id})
    assert answer.status_code == 303
    joined, *_ = _reports(path, sample.arabic())
    assert joined.run == "person noura"
    assert joined.words("source") == f"{first.words('source')} … {second.words('source')}"


def test_a_mention_is_told_who_it_is(of: Of, path: Path) -> None:
    report, reviewer = _reports(path, sample.russian())[0], of("noura")
    assert reviewer.post(_address(report), do="resolve").status_code == 400
    found = reviewer.post(_address(report), do="find", find="Telvar Press")
    assert (found.status_code, source_id("telvar-press") in found.text) == (200, True)
    answer = reviewer.post(_address(report), do="resolve", who=source_id("telvar-press"))
    assert answer.status_code == 303
    mended = _reports(path, sample.russian())[0]
    assert mended.source
    assert mended.source.id == source_id("telvar-press")


def test_a_report_that_was_missed_is_added(of: Of, path: Path) -> None:
    article, reviewer = sample.english(), of("noura")
    address = f"/review/document/{sample.version(article[0]).document_id}"
    entered = _filled(reviewer, address)
    assert entered["a.content"] == ""
    entered |= {"a.content": "hits fuel depot", "a.name": "nobody in particular"}
    assert reviewer.post(address, do="add", **entered).status_code == 303
    assert "hits fuel depot" in [one.words("content") for one in _reports(path, article)]


def test_a_queue_is_worked_through(of: Of, path: Path) -> None:
    reviewer, seen = of("noura"), []
    page = reviewer.post("/review/next", page="/review", queue="attributions")
    while (address := page.headers["location"]).startswith("/review/attribution/"):
        assert address not in seen
        seen.append(address)
        page = reviewer.post(address, do="accept", queue="attributions")
        assert page.status_code == 303
        assert len(seen) < 20
    assert len(seen) == 8
    assert "Nothing waits here" in reviewer.get("/review/attributions").text


def test_what_one_reviewer_has_before_them_is_refused_to_others(of: Of, path: Path) -> None:
    first, second = of("noura"), of("سامي")
    taken = first.post("/review/next", page="/review", queue="attributions").headers["location"]
    refused = second.post(taken, do="accept")
    assert refused.status_code == 409
    assert "Somebody else has it before them" in refused.text
    assert "noura" in refused.text
    other = second.post("/review/next", page="/review", queue="attributions").headers["location"]
    assert other.startswith("/review/attribution/")
    assert other != taken


def test_that_a_report_is_retired_is_told_in_the_language_of_the_page(of: Of, path: Path) -> None:
    report = _reports(path, sample.russian())[0]
    with Store.open(path) as store:
        store.retract(report.id, "withdrawn", user="anna", at=LATER)
    seen = {f"seen.{report.id}": "machine"}
    told = of("noura").post(f"{_address(report)}?lang=ar", page="/review", do="accept", **seen)
    assert told.status_code == 400
    assert "لم يعد هذا الإسناد قائما" in told.text


def test_a_report_that_was_decided_since_it_was_shown_is_refused(of: Of, path: Path) -> None:
    report, first, second = _reports(path, sample.russian())[0], of("noura"), of("سامي")
    stale = dict(
        re.findall(
            r'type="hidden" name="([^"]+)" value="([^"]*)"', second.get(_address(report)).text
        )
    )
    first.post(_address(report), do="reject", reason="a caption")
    before = _last(path)
    answer = second.ask(
        "post", _address(report), cookies=second.cookies, data={**stale, "do": "accept"}
    )
    assert answer.status_code == 409
    assert "noura" in answer.text
    assert _last(path) == before


def test_a_note_is_written_beside_a_thing_and_decides_nothing(
    of: Of, path: Path, pair: str
) -> None:
    reviewer = of("noura")
    report = _reports(path, sample.arabic())[0]
    pages = (pair, f"/review/claim/{report.claim_id}", f"/review/attribution/{report.id}")
    for page in pages:
        answer = reviewer.post(page, do="note", note="اسأل <الميناء>", queue="attributions")
        assert answer.status_code == 303
        action, user, made = _last(path)
        assert (action, user) == ("note", "noura")
        assert answer.headers["location"].endswith(f"{page}?queue=attributions&done={made}")
        told = of("سامي").get(answer.headers["location"]).text
        assert "اسأل &lt;الميناء&gt;" in told
    assert of(None).get(f"/claim/{report.claim_id}").text.count("الميناء&gt;") == 0
    assert reviewer.post("/review/undo", page="/review/log", id=made).status_code == 303
    assert "اسأل" not in reviewer.get(pages[-1]).text
    refused = reviewer.post(pages[-1] + "?lang=ar", do="note", note="  ")
    assert refused.status_code == 400
    assert "تحتاج الملاحظة إلى كلمات" in refused.text


def test_a_note_beside_a_joined_claim_stands_on_the_page_of_what_it_is_known_as(
    of: Of, path: Path, pair: str
) -> None:
    reviewer = of("noura")
    reviewer.post(pair, verdict="positive")
    claims = _claims(path)
    both = claims["ar", 1], claims["ar", 3]
    for number, claim in enumerate(both):
        answer = reviewer.post(f"/review/claim/{claim}", do="note", note=f"note {number}")
        assert answer.status_code == 303
    told = reviewer.get(f"/review/claim/{both[0]}").text
    assert "note 0" in told
    assert "note 1" in told


def test_nothing_is_noted_beside_a_pair_that_is_not_there(of: Of, path: Path, pair: str) -> None:
    before = _last(path)
    nowhere = "/review/pair/suggestion-" + "0" * 32
    answer = of("noura").post(nowhere, page=pair, do="note", note="nothing")
    assert answer.status_code == 404
    assert _last(path) == before


@pytest.mark.parametrize(("name", "key"), [("مرصد القمر", "+مرصد القمر"), ("تيلفاريا", "telvaria")])
def test_a_source_that_is_not_held_is_chosen_and_held(
    of: Of, path: Path, site: Any, name: str, key: str
) -> None:
    known = ours.REVIEWED[site].offers
    assert known is not None
    reviewer, report = of("noura"), _reports(path, sample.arabic())[0]
    page = f"/review/attribution/{report.id}"
    found = reviewer.post(page, do="find", find=name)
    (offer,) = (one for one in known.look(name) if one.key == key)
    assert f'value="{offer.key} {offer.id}"' in found.text
    answer = reviewer.post(page, do="resolve", who=f"{offer.key} {offer.id}")
    assert answer.status_code == 303
    with Store.open(path, readonly=True) as store:
        (made,) = (
            one
            for one in read.version_attributions(store.connection, report.document.version_id)
            if one.source and one.source.id == offer.id
        )
    assert made.words("content") == report.words("content")
    page = f"/review/attribution/{made.id}"
    taken = reviewer.post(page + "?lang=ar", do="resolve", who=f"+ {offer.id}")
    assert taken.status_code == 400
    assert "ليس للمصدر الجديد اسم" in taken.text


@pytest.mark.parametrize(
    ("label", "told"),
    [
        ("9.9", "<bdi>9.9</bdi> is no label of the scale <bdi>desk</bdi>"),
        ("", "No label is chosen. Choose one of: <bdi>صحيح, غير صحيح</bdi>"),
    ],
)
def test_a_label_that_the_scale_has_not_is_named(of: Of, path: Path, label: str, told: str) -> None:
    reviewer, before = of("noura"), _last(path)
    page = f"/review/claim/{_claims(path)['ar', 3]}"
    refused = reviewer.post(page, do="assess", label=label, text="x")
    assert refused.status_code == 400
    assert told in refused.text
    assert _last(path) == before


def test_on_an_arabic_page_a_refusal_is_arabic(of: Of, path: Path) -> None:
    claim = _claims(path)["ar", 3]
    page = f"/review/claim/{claim}?lang=ar"
    refused = of("noura").post(page, do="grade", grade="1")
    assert refused.status_code == 400
    (alert,) = re.findall(r'role="alert">(.*?)</div>', refused.text, re.DOTALL)
    assert "الدرجة 1 (مؤكد) تتطلب اثنين" in alert
    assert not re.search("[A-Za-z]{4}", re.sub("<[^>]*>", "", alert))
