"""What a document's page tells beside its text: versions, captures, copies; and what changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from claimtrack.model.attribution import Extraction
from claimtrack.model.capture import Capture, Response
from claimtrack.publish import build
from claimtrack.publish.pages import documents
from claimtrack.store import Store, captures, log, reprints
from claimtrack.store.grades import Grade
from tests.publish import sample
from tests.publish.conftest import Get, Loop, asked_of, document_id, source_id

ENGLISH = document_id(sample.english()[0])
RUSSIAN = document_id(sample.russian()[0])
ATTACK = document_id(sample.hostile()[0])
LATER = datetime(2024, 5, 10, 8, tzinfo=UTC)
OLD = "and injured twelve people, the Ministry of Defence of Qamaria said on Tuesday"
NEW = "and injured fourteen people on Tuesday <script>window.hacked=30</script>"
URL = "https://badrun-herald.example/depot"


@pytest.fixture(scope="module")
def edited(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The English article was fetched, changed without a word, went, and came back."""
    path = tmp_path_factory.mktemp("edited") / "edited.db"
    sample.make(path)
    article, found = sample.english()
    text = article.text.replace(OLD, NEW)
    later = article.model_copy(
        update={"text": text, "layout": article.layout.model_copy(update={"body": ()})}
    )
    moved = len(text) - len(article.text)
    kept = tuple(
        each.model_copy(
            update={
                name: tuple(
                    span._replace(start=span.start + moved, end=span.end + moved)
                    for span in getattr(each, name)
                )
                for name in ("source", "cue", "content")
            }
        )
        for each in found.attributions[1:]
    )
    with Store.open(path) as store:
        by: dict[str, Any] = {"run": sample.RUN, "at": LATER, "user": "tester"}
        made = sample.version(later)
        store.add(made, Extraction(attributions=kept), (sample.MONITOR, sample.MAYOR), **by)
        with store.transaction():
            for hour, status in enumerate((200, 404, 200)):
                answer = Response(
                    url=URL, at=LATER.replace(hour=hour), status=status, body=b"x" * 1234
                )
                captures.put(
                    store.connection,
                    Capture(response=answer, tool="claimtrack 0.1"),
                    log.By("dalia<b>", LATER),
                    document_id=ENGLISH,
                )
            russian = sample.version(sample.russian()[0])
            copies = [(made.id, 0.91)]
            reprints.put(store.connection, russian.id, ((1, 2), 2), copies, (sample.RUN, LATER))
    return path


@pytest.fixture(scope="module")
def ask(edited: Path, loop: Loop) -> Iterator[Get]:
    for of in asked_of(loop):
        yield of(build(edited))


def test_captures_tell_when_what_and_by_whom(ask: Get) -> None:
    page = ask(f"/document/{ENGLISH}?lang=en").text
    custody = page[page.index('<h2 id="custody">') : page.index("</table>")]
    assert custody.count("<tr>") == 4
    assert '<td class="warning"><bdi>404</bdi></td>' in custody
    assert "2024-05-10 02:00 UTC" in custody
    assert "1,234" in custody
    assert "dalia&lt;b&gt;" in custody
    assert "claimtrack check" in custody


def test_a_document_that_nobody_fetched_says_so(ask: Get) -> None:
    page = ask(f"/document/{ATTACK}?lang=en").text
    assert "It was added from a file or by hand" in page
    assert "Much the same text" not in page


def test_copies_name_each_other_and_which_was_first(ask: Get) -> None:
    copy = ask(f"/document/{RUSSIAN}?lang=en").text
    first = ask(f"/document/{ENGLISH}?lang=en").text
    copies = copy[copy.index('<h2 id="copies">') :]
    assert f'href="/document/{ENGLISH}"' in copies
    assert "this one is a copy of it" in copies
    assert "91%" in copies
    assert "it is a copy of this one" in first[first.index('<h2 id="copies">') :]


def test_versions_lead_to_what_changed(ask: Get) -> None:
    page = ask(f"/document/{ENGLISH}?lang=en").text
    assert (
        f'2 versions <span aria-hidden="true">·</span> <a href="/document/{ENGLISH}/versions">'
        in page
    )
    changes = ask(f"/document/{ENGLISH}/versions?lang=en").text
    assert "It no longer names its source" in changes or "A report went" in changes
    assert "<del>twelve</del> <ins>fourteen</ins>" in changes
    assert "The page was gone" in changes
    assert "The page was there again" in changes
    assert "<script>window" not in changes


def test_changes_are_there_as_json_too(ask: Get) -> None:
    told = ask(f"/document/{ENGLISH}/versions.json").json()
    assert told["versions"] == 2
    assert [one["state"] for one in told["availability"]] == ["gone", "restored"]
    held = ask(f"/document/{ENGLISH}.json").json()["held"]
    assert [version["seq"] for version in held["versions"]] == [2, 1]
    assert len(held["captures"]) == 3


def test_changes_have_pages_the_latest_first(
    tmp_path: Path, asking: Callable[[Any], Get], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(documents, "DIFFS", 2)
    article, _ = sample.english()
    with Store.open(tmp_path / "many.db", create=True) as store:
        for number in range(4):
            text = f"{article.text}\nRead {number} times.\n"
            made = sample.version(article.model_copy(update={"text": text}))
            by: dict[str, Any] = {"run": sample.RUN, "at": LATER, "user": "tester"}
            store.add(made, Extraction(), (), **by)
    get = asking(build(tmp_path / "many.db"))
    pages = [get(f"/document/{ENGLISH}/versions.json?page={page}").json() for page in (1, 2)]
    assert [[diff["after"] for diff in page["diffs"]] for page in pages] == [[3, 4], [2]]


def test_a_document_with_one_version_has_nothing_that_changed(ask: Get) -> None:
    page = ask(f"/document/{RUSSIAN}/versions?lang=en").text
    assert "There is only one version." in page
    short = ask(f"/document/{RUSSIAN[:17]}/versions.json")
    assert short.headers["location"] == f"/document/{RUSSIAN}/versions.json"
    assert ask("/document/document-000000/versions").status_code == 404


def test_a_source_names_those_who_pass_it_on(ask: Get) -> None:
    page = ask(f"/source/{source_id('qa-mod')}?lang=en").text
    outlets = page[page.index("Outlets that report it") : page.index("Through whom")]
    assert f"/search?source={source_id('qa-mod')}&amp;outlet=" in outlets
    tellers = page[page.index("Through whom") :]
    assert source_id("telvar-press") in tellers
    teller = ask(f"/source/{source_id('telvar-press')}?lang=en").text
    assert source_id("qa-mod") in teller[teller.index("Whose words it told") :]


def test_a_source_names_what_is_part_of_it(ask: Get) -> None:
    page = ask(f"/source/{source_id('qa-government')}?lang=en").text
    assert f'includes <a href="/source/{source_id("qa-mod")}">' in page


def test_whom_a_source_disputes_is_told_from_both_ends(ask: Get, edited: Path) -> None:
    with Store.open(edited) as store:
        claims = sample.claims_of(store)
        run = store.connection.execute("SELECT id FROM run LIMIT 1").fetchone()[0]
        store.connection.execute(
            "INSERT INTO claim_relation (id, left_id, right_id, kind, score, evidence, run_id,"
            " recorded_at) VALUES ('relation-1', ?, ?, 'negates', 0.5, '', ?, '2024')",
            (claims["ar", 1], claims["ar", 3], run),
        )
    embassy = ask(f"/source/{source_id('dr-embassy-qa')}?lang=en").text
    ministry = ask(f"/source/{source_id('qa-mod')}?lang=en").text
    assert source_id("qa-mod") in embassy[embassy.index("Whom it disputes") :]
    assert source_id("dr-embassy-qa") in ministry[ministry.index("Who disputes it") :]


def test_grades_of_a_source_name_who_gave_them(ask: Get, edited: Path) -> None:
    with Store.open(edited) as store:
        given = Grade(
            source_id("qa-mod"), "C", "often late", topic="the border", since="2024-01-01"
        )
        store.grade(given, origins=0, user="sami", at=LATER)
    page = ask(f"/source/{source_id('qa-mod')}?lang=en").text
    assert "Reliability <bdi>C</bdi>: fairly reliable" in page
    grades = page[page.index("<h2>Reliability</h2>") :]
    assert "often late" in grades
    assert "2024-01-01 – …" in grades
    assert "sami" in grades
