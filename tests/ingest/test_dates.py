"""Times as stated, and the instants they mean."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.ingest.dates import stated
from claimtrack.lang import pack
from claimtrack.model.vocabulary import Precision


@pytest.mark.parametrize(
    ("text", "iso", "precision"),
    [
        ("2026-05-04T14:30:05+03:00", "2026-05-04T14:30:05+03:00", "second"),
        ("2026-05-04T14:30:05.123Z", "2026-05-04T14:30:05+00:00", "second"),
        ("2026-05-04T14:30+0300", "2026-05-04T14:30+03:00", "minute"),
        ("2026-05-04T14:30-05", "2026-05-04T14:30-05:00", "minute"),
        ("2026-05-04 14:30 UTC", "2026-05-04T14:30+00:00", "minute"),
        ("2026-05-04T14:30", "2026-05-04", "day"),
        ("2026-05-04", "2026-05-04", "day"),
        ("2026/05/04", "2026-05-04", "day"),
        ("20260504", "2026-05-04", "day"),
        ("2026-05", "2026-05", "month"),
        ("2026", "2026", "year"),
        ("Mon, 04 May 2026 14:30:05 GMT", "2026-05-04T14:30:05+00:00", "second"),
        ("Mon, 4 May 2026 14:30:05 -0500", "2026-05-04T14:30:05-05:00", "second"),
        ("May 4th, 2026 at 2:30 PM EST", "2026-05-04T14:30-05:00", "minute"),
        ("12:05 am GMT, 4 May 2026", "2026-05-04T00:05+00:00", "minute"),
        ("Published: 4 May 2026", "2026-05-04", "day"),
        ("Last updated 14:30 - 4 May 2026", "2026-05-04", "day"),
        ("14:30pm GMT 4 May 2026", "2026-05-04T14:30+00:00", "minute"),
        ("May 2026", "2026-05", "month"),
        ("٤ أيار/مايو ٢٠٢٦", "2026-05-04", "day"),
        ("الاثنين 4 أيار 2026 - 14:30", "2026-05-04", "day"),
        ("نشر في: ١٢ كانون الثاني ٢٠٢٦", "2026-01-12", "day"),
        ("12 كانون الأول 2026م", "2026-12-12", "day"),
        ("3 تشرين الثاني 2026 الساعة 2:30 م بتوقيت غرينتش", "2026-11-03T14:30+00:00", "minute"),
        ("١٤ جويلية ٢٠٢٦", "2026-07-14", "day"),
        ("2 غشت 2026", "2026-08-02", "day"),
        ("۴ مايو ۲۰۲۶", "2026-05-04", "day"),
        ("4 мая 2026 г., 14:30", "2026-05-04", "day"),
        ("4 мая 2026, 14:30 мск", "2026-05-04T14:30+03:00", "minute"),
        ("Опубликовано 04.05.2026", "2026-05-04", "day"),
        ("14:30 04.05.2026 по московскому времени", "2026-05-04T14:30+03:00", "minute"),
        ("25/05/2026", "2026-05-25", "day"),
        ("05/25/2026", "2026-05-25", "day"),
        ("05/05/2026", "2026-05-05", "day"),
        ("25-05-2026", "2026-05-25", "day"),
        ("١٥ رمضان ١٤٤٧ هـ", "2026-03-04", "about_day"),
        ("الأربعاء 15 رمضان 1447", "2026-03-04", "about_day"),
        ("1447/9/15 هـ", "2026-03-04", "about_day"),
        ("15-9-1447هـ", "2026-03-04", "about_day"),
        ("15 Ramadan 1447 AH", "2026-03-04", "about_day"),
        ("15 رمضان 1447هـ الموافق 5 آذار 2026", "2026-03-05", "day"),
    ],
)  # fmt: skip
def test_a_time_is_known_as_exactly_as_it_was_stated(text: str, iso: str, precision: str) -> None:
    time = stated(f" {text} ")
    assert (time.iso(), time.precision.value, time.stated) == (iso, precision, text)


@pytest.mark.parametrize(
    "text",
    [
        "03/04/2026",
        "03-04-2026",
        "2026-02-30",
        "2026-13-01",
        "0000-01-01",
        "2026-05-04T25:00Z",
        "2026-05-04T14:30+99:00",
        "0001-01-01T00:00+14:00",
        "4 May 2026, updated 5 May 2026",
        "4 May or June 2026",
        "May 2026 at 14:30",
        "12:30",
        "last Tuesday",
        "4 May",
        "رمضان ١٤٤٧",
        "٣١ رمضان ١٤٤٧",
        "١٤ رمضان ١٤٤٧، ٣ مايو",
        "12345",
        "soon 2026",
        "pm 4 May 2026",
        "2026 " * 50,
        "",
    ],
)
def test_what_cannot_be_read_is_unknown_and_kept(text: str) -> None:
    time = stated(text)
    assert (time.utc, time.precision, time.zone) == (None, Precision.UNKNOWN, None)
    assert time.stated == text.strip()


def test_a_day_begins_at_midnight_in_utc_and_has_no_zone() -> None:
    for text in ("2026-05-04", "4 мая 2026 г., 14:30"):
        time = stated(text)
        assert (time.utc, time.zone) == (datetime(2026, 5, 4, tzinfo=UTC), None)


@given(
    st.integers(-2_000_000_000, 30_000_000_000),
    st.integers(-14 * 4, 14 * 4),
    st.sampled_from(["seconds", "minutes"]),
)
def test_an_iso_stamp_is_the_instant_it_says(second: int, quarters: int, exactly: str) -> None:
    zone = timezone(timedelta(minutes=quarters * 15))
    stamp = datetime.fromtimestamp(second, zone).isoformat(timespec=exactly)
    assert stated(stamp).utc == datetime.fromisoformat(stamp)
    assert stated(stamp).iso() == stamp


@given(st.text(max_size=130))
def test_any_text_is_a_time_or_none(text: str) -> None:
    assert stated(text).stated == text.strip()


@pytest.mark.parametrize("code", pack.available())
def test_every_month_of_a_pack_is_read(code: str) -> None:
    months = pack.read_yaml(code, "dates.yaml")["months"]
    assert sorted(months) == list(range(1, 13))
    for number, names in months.items():
        for name in names:
            assert stated(f"4 {name} 2026").iso() == f"2026-{number:02}-04", name
