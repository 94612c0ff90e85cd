"""From inputs to lines or rows: every article whole, once, with its text untouched."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimtrack.errors import NotOurDatabaseError, UnknownEngineError
from claimtrack.ingest import Skipped
from claimtrack.pipeline import (
    AddReport,
    Desk,
    Found,
    Means,
    SkippedItem,
    add,
    engine,
    extract_lines,
    take_apart,
)
from claimtrack.store import Store, read

TEXT = (
    "قمرية تخفض الضريبة\n\n"
    "قالت وزارة المالية القمرية إن الضريبة ستنخفض في آذار المقبل. ونقلت وكالة صدى عن وزير "
    "الزراعة القمري قوله إن المحصول جيد هذا العام.\n"
)
START = datetime(2025, 3, 11, 7, tzinfo=UTC)


def line(key: str = "a", text: str = TEXT, **fields: object) -> dict[str, object]:
    return {"id": key, "lang": "ar", "text": text, **fields}


def stream(*lines: dict[str, object]) -> io.BytesIO:
    return io.BytesIO("\n".join(map(json.dumps, lines)).encode())


def ticking() -> Callable[[], datetime]:
    """Return a clock that is an hour later each time it is asked."""
    hours = iter(range(1000))
    return lambda: START + timedelta(hours=next(hours))


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "claims.db", "noura", ticking())


def test_an_engine_is_found_by_its_name() -> None:
    assert engine("rules").run.tool == "rules"
    with pytest.raises(UnknownEngineError, match=r"No engine called 'magic'\. Installed: .*rules"):
        engine("magic")


def test_each_article_is_recorded_at_its_own_time_by_the_user(desk: Desk) -> None:
    add(["-"], desk, stdin=stream(line("a"), line("b", TEXT.replace("آذار", "نيسان"))))
    with Store.open(desk.database, readonly=True) as store:
        rows = store.connection.execute(
            "SELECT at, user FROM event_log WHERE action = 'add' ORDER BY seq"
        ).fetchall()
    assert [(datetime.fromisoformat(at), user) for at, user in rows] == [
        (START, "noura"),
        (START + timedelta(hours=1), "noura"),
    ]


def test_what_was_found_names_its_engine_its_packs_and_its_registry(tmp_path: Path) -> None:
    cast = Path(__file__).parents[1] / "data" / "cast.csv"
    moved = tmp_path / "moved.csv"
    moved.write_bytes(cast.read_bytes())
    made = []
    for number, registries in enumerate([(), (cast,), (moved,)]):
        desk = Desk(tmp_path / f"{number}.db", "noura", ticking())
        add(["-"], desk, Means(registries=registries), stdin=stream(line()))
        with Store.open(desk.database, readonly=True) as store:
            made += store.connection.execute(
                "SELECT tool, configuration FROM run WHERE tool = 'rules'"
            ).fetchall()
    assert [tool for tool, _ in made] == ["rules"] * 3
    first, second, third = (json.loads(configuration) for _, configuration in made)
    assert first.keys() > {"pack:ar", "registry"}
    assert first["registry"] != second["registry"] == third["registry"]


def test_the_report_counts_what_was_done(desk: Desk) -> None:
    first = add(["-"], desk, stdin=stream(line(url="https://naba.example/1")))
    assert first == AddReport(added=1, attributions=3, links=first.links)
    second = add(
        ["-"],
        desk,
        stdin=stream(
            line("a", url="https://naba.example/1"),
            line("b", TEXT + "\nوهذا كل شيء.", url="https://naba.example/1"),
            line("c", "Le pain est bon.", lang="fr"),
            line("d", "نزل المطر\x00 طوال الليل."),
            {"id": "e"},
        ),
    )
    assert (second.added, second.new_versions, second.unchanged) == (2, 1, 1)
    assert second.without_pack == {"fr": 1}
    assert second.replaced == 1
    assert second.skipped == (
        SkippedItem(place="standard input:5", reason=second.skipped[0].reason),
    )


def test_what_another_process_adds_first_is_not_counted_twice(desk: Desk) -> None:
    article = line("a", TEXT.replace("آذار", "آذار\x00"))
    reports = []

    def late() -> datetime:  # asked when the article is taken apart and not yet stored
        reports.append(add(["-"], desk, stdin=stream(article)))
        return START

    mine = add(["-"], Desk(desk.database, "salma", late), stdin=stream(article))
    assert [report.attributions for report in reports] == [3]
    assert mine == AddReport(unchanged=1)


def test_progress_is_told_of_every_input(desk: Desk) -> None:
    told: list[tuple[str, int]] = []
    add(
        ["-", str(desk.database.parent / "nowhere.txt")],
        desk,
        stdin=stream(line("a"), {}, line("b")),
        progress=lambda place, count: told.append((place, count)),
    )
    assert [count for _, count in told] == [1, 2, 3, 4]
    assert told[0][0] == "standard input:1"


def test_without_a_readable_article_no_database_is_made(desk: Desk) -> None:
    report = add(["-"], desk, stdin=stream({}, {"id": "x"}))
    assert [item.place for item in report.skipped] == ["standard input:1", "standard input:2"]
    assert not desk.database.exists()


def test_a_database_that_is_not_ours_is_told_before_anything_is_read(desk: Desk) -> None:
    desk.database.write_text("something else")
    source = stream(line())
    with pytest.raises(NotOurDatabaseError):
        add(["-"], desk, stdin=source)
    assert source.tell() == 0
    assert desk.database.read_text() == "something else"


def test_what_was_added_before_a_stop_is_kept(desk: Desk) -> None:
    ticks = iter([START])

    def clock() -> datetime:
        try:
            return next(ticks)
        except StopIteration:
            raise KeyboardInterrupt from None

    stopped = Desk(desk.database, "noura", clock)
    with pytest.raises(KeyboardInterrupt):
        add(["-"], stopped, stdin=stream(line("a"), line("b", TEXT + "\nوهذا كل شيء.")))
    with Store.open(desk.database, readonly=True) as store:
        counts = read.counts(store.connection)
    assert (counts.documents, counts.attributions) == (1, 3)


class Endless(io.RawIOBase):
    """A stream of lines that never ends."""

    sent = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = json.dumps(line(str(self.sent))).encode() + b"\n"
        buffer[: len(data)] = data
        self.sent += 1
        return len(data)


def test_articles_are_taken_apart_one_at_a_time() -> None:
    items = take_apart(["-"], Means(), stdin=io.BufferedReader(Endless(), 100_000))
    found = [next(items) for _ in range(3)]
    assert [item.article.id for item in found if isinstance(item, Found)] == ["0", "1", "2"]


def test_a_line_keeps_its_id_its_text_and_its_unknown_fields() -> None:
    given_line = line("قمح/1", desk="economy", marks=[1, {"x": None}], narrator=[[0, 4]])
    (out,) = extract_lines(["-"], Means(), stdin=stream(given_line))
    assert not isinstance(out, Skipped)
    assert {name: out[name] for name in ("id", "text", "desk", "marks")} == {
        name: given_line[name] for name in ("id", "text", "desk", "marks")
    }
    assert out["narrator"] != given_line["narrator"]


def test_offsets_count_the_code_points_of_the_text_that_came_in() -> None:
    text = "\ufeff\r\nقَالَت\u200f وزارةُ الماليّة 😀 القمرية إن الضـريبة «ستنخفض»\x00 في آذار.\r\n"
    (out,) = extract_lines(["-"], Means(), stdin=stream(line(text=text)))
    assert not isinstance(out, Skipped)
    assert out["text"] == text.replace("\x00", "\ufffd")
    assert len(out["text"]) == len(text)


@settings(deadline=None, max_examples=60)
@given(
    st.text(max_size=40),
    st.sampled_from(["قالت", "Lena said that", "сообщила Лена, что"]),
    st.text(max_size=40),
    st.sampled_from(["ar", "en", "ru"]),
)
def test_every_span_lies_in_the_text_whatever_it_is(
    before: str, cue: str, after: str, lang: str
) -> None:
    text = f"{before} {cue} {after}"
    (out,) = extract_lines(["-"], Means(), stdin=stream(line(text=text, lang=lang)))
    if isinstance(out, Skipped):
        return
    assert len(out["text"]) == len(text)
    for one in out["attributions"]:
        for role in ("source", "cue", "content", "antecedent"):
            for start, end in one[role]:
                assert 0 <= start < end <= len(text)


def test_lines_that_cannot_be_read_are_told_in_their_place() -> None:
    items = list(extract_lines(["-"], Means(), stdin=stream(line("a"), {}, line("b"))))
    assert [isinstance(item, Skipped) for item in items] == [False, True, False]
