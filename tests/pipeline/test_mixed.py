"""Articles that quote another language: each passage is read, and kept, in its own."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.ingest.passages import in_own_script, language_of, passages
from claimtrack.model.document import Article, Layout
from claimtrack.model.span import Span
from claimtrack.pipeline.work import RULES, Found, Worker, version_of
from claimtrack.store import Store

ARABIC = "قالت وزارة الري القمرية إن السد امتلأ."
TWEETED = 'وكتبت السفارة القمرية في تغريدة: "We reject these claims about the dam in full".'
ENGLISH = "The ministry of water said on Monday that the dam was safe."
RUSSIAN = "Министерство сообщило, что плотина готова к работе."


@pytest.fixture(scope="module")
def worker() -> Worker:
    return Worker(RULES)


def article(*lines: str, lang: str = "ar") -> Article:
    text = "\n\n".join(lines)
    return Article(text=text, lang=lang, place="mixed", layout=Layout(body=(Span(0, len(text)),)))


def taken_apart(worker: Worker, one: Article) -> Found:
    return worker.take_apart(one, version_of(one))


def told(found: Found) -> list[tuple[str, str, str]]:
    def words(spans: tuple[Span, ...]) -> str:
        return " ".join(span.of(found.article.text) for span in spans)

    return [
        (words(each.source), words(each.cue), words(each.content))
        for each in found.extraction.attributions
    ]


@given(
    parts=st.lists(
        st.sampled_from([ARABIC, TWEETED, ENGLISH, RUSSIAN, "2026 — 15:30"]) | st.text()
    ),
    lang=st.sampled_from(["ar", "en", "ru", "fr"]),
)
def test_no_part_of_a_text_in_one_script_is_in_another_language(
    parts: list[str], lang: str
) -> None:
    text = "\n".join(parts)
    if in_own_script(text, lang):
        assert {language_of(part, lang) for part in parts} <= {lang}
        assert passages(text, (Span(0, len(text)),), lang) == {}


def test_one_letter_of_another_script_is_enough_to_look_further() -> None:
    assert in_own_script(f"{ARABIC} 2026!", "ar")
    assert not in_own_script(f"{ARABIC} i", "ar")
    assert in_own_script(ENGLISH, "und")  # no pack could read it otherwise


@pytest.mark.parametrize(
    ("words", "lang", "expected"),
    [
        (ENGLISH, "ar", "en"),
        (RUSSIAN, "ar", "ru"),
        (ARABIC, "en", "ar"),
        (ARABIC, "ar", "ar"),
        ("CNN و BBC", "ar", "ar"),  # names are no passage
        ("شبكة Lunar Broadcasting Corporation", "ar", "ar"),  # neither script prevails
        ("2026 — 2027, 15:30", "ar", "ar"),
        ("", "ru", "ru"),
        ("Le ministère a déclaré que le barrage était sûr.", "en", "en"),  # the same letters
    ],
)
def test_words_in_another_script_are_in_another_language(
    words: str, lang: str, expected: str
) -> None:
    assert language_of(words, lang) == expected


def test_each_line_is_read_by_the_pack_of_its_language(worker: Worker) -> None:
    found = taken_apart(worker, article(ARABIC, ENGLISH, RUSSIAN))
    assert told(found) == [
        ("وزارة الري القمرية", "قالت", "السد امتلأ"),
        ("The ministry of water", "said", "the dam was safe"),
        ("Министерство", "сообщило", "плотина готова к работе"),
    ]
    assert [each.key for each in found.extraction.attributions] == ["1", "2", "3"]
    assert found.extraction.narrator == ()


def test_what_a_report_quotes_of_another_language_stays_its_content(worker: Worker) -> None:
    (_, (source, cue, content)) = told(taken_apart(worker, article(ARABIC, TWEETED)))
    assert (source, cue) == ("السفارة القمرية", "كتبت")
    assert content == '"We reject these claims about the dam in full"'


def test_a_line_of_a_language_without_a_pack_is_the_outlets_own_voice(worker: Worker) -> None:
    greek = "Το υπουργείο ανακοίνωσε ότι το φράγμα είναι ασφαλές."
    found = taken_apart(worker, article(ARABIC, greek))
    assert [each[1] for each in told(found)] == ["قالت"]
    assert [span.of(found.article.text) for span in found.extraction.narrator] == [greek]


def test_a_claim_is_kept_in_the_language_of_its_words(worker: Worker, tmp_path: Path) -> None:
    _, version, extraction, sources, *_ = taken_apart(worker, article(ARABIC, TWEETED, RUSSIAN))
    at = datetime(2026, 11, 26, tzinfo=UTC)
    with Store.open(tmp_path / "mixed.db", create=True) as store:
        store.add(version, extraction, sources, run=worker.run, user="lamia", at=at)
        kept = store.connection.execute(
            "SELECT lang, text FROM claim_text ORDER BY lang"
        ).fetchall()
    assert [lang for lang, _ in kept] == ["ar", "en", "ru"]


@given(st.lists(st.sampled_from([ARABIC, TWEETED, ENGLISH, RUSSIAN, "", "· 12 ·"]), max_size=6))
def test_passages_are_lines_of_the_body_and_never_meet(lines: list[str]) -> None:
    one = article(*lines)
    found = passages(one.text, one.layout.body, "ar")
    assert "ar" not in found
    spans = sorted(span for each in found.values() for span in each)
    assert all(before.end <= after.start for before, after in itertools.pairwise(spans))
    assert all("\n" not in span.of(one.text) for span in spans)
