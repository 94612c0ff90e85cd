"""Each form that articles come in, told by its content, with its text in reading order."""

from __future__ import annotations

import csv
import gzip
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from fpdf import FPDF
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.errors import InputError
from claimtrack.ingest import Skipped, pdf, read, subtitles
from claimtrack.model.document import Article

SAID = "قالت وزارة المالية القمرية إن الضريبة على القمح ستنخفض في آذار المقبل بنسبة 12 بالمئة."
TITLE = "قمرية تخفض الضريبة على القمح"
ENGLISH = "The Ministry of Finance of Qamaria said that the tax on wheat would fall in March."

Put = Callable[[bytes | str], str]


@pytest.fixture
def put(tmp_path: Path) -> Put:
    """Return a function that writes a file whose name says nothing, and returns its path."""

    def call(content: bytes | str) -> str:
        path = tmp_path / f"file{len(list(tmp_path.iterdir()))}"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return str(path)

    return call


def articles(*paths: str, **fields: str) -> list[Article]:
    found = list(read(paths, fields=fields))
    assert [item for item in found if isinstance(item, Skipped)] == []
    return [item for item in found if isinstance(item, Article)]


def test_markdown_gives_its_words_without_marks(put: Put) -> None:
    (found,) = articles(
        put(
            "---\ntitle: Wheat tax to fall\nauthor: Najwa al-Sirdab\ndate: 2026-03-04\n"
            "url: https://naba.example/1\n---\n\n# Wheat tax to fall\n\n"
            "**The Ministry** of [Finance](https://x.example/) of Qamaria\nsaid that the *tax* on "
            "`wheat` would fall in March.\n\n"
            "> “It *will* fall,” she said.\n\n- one\n- two\n\n<script>alert(1)</script>\n"
        )
    )
    assert found.text.split("\n\n")[:3] == [
        "Wheat tax to fall",
        ENGLISH,
        "“It will fall,” she said.",
    ]
    assert "alert" not in found.text
    assert (found.title, found.byline, found.url) == (
        "Wheat tax to fall",
        "Najwa al-Sirdab",
        "https://naba.example/1",
    )
    assert found.published.iso() == "2026-03-04"


def shaped_pdf(*paragraphs: str) -> bytes:
    """Return a PDF with joined Arabic letters, as word processors write them."""
    font = next(Path("/usr/share/fonts").rglob("NotoNaskhArabic-Regular.ttf"), None)
    font = font or next(Path("/usr/share/fonts").rglob("DejaVuSans.ttf"), None)
    if font is None:
        pytest.skip("no font with Arabic letters on this machine")
    made = FPDF()
    made.add_page()
    made.add_font("font", fname=font)
    made.set_font("font", size=12)
    made.set_text_shaping(True)
    for paragraph in paragraphs:
        made.multi_cell(0, 7, paragraph, align="R", new_x="LMARGIN", new_y="NEXT")
        made.ln(8)
    return bytes(made.output())


def test_a_pdf_gives_arabic_in_the_order_it_is_read(put: Put) -> None:
    (found,) = articles(put(shaped_pdf(TITLE, SAID)))
    assert " ".join(found.text.split()) == f"{TITLE} {SAID}"
    assert found.lang == "ar"


@pytest.mark.browser
def test_a_pdf_of_a_browser_gives_arabic_in_the_order_it_is_read(put: Put, browser: Any) -> None:
    quoted = "وأضافت «أن القرار (رقم 2026/17) يشمل WANQ أيضا» في البلاد."
    page = browser.new_page()
    page.set_content(f"<div dir=rtl lang=ar><h1>{TITLE}</h1><p>{SAID}</p><p>{quoted}</p></div>")
    (found,) = articles(put(page.pdf()))
    page.close()
    assert found.text.split("\n\n") == [TITLE, SAID, quoted]


@pytest.mark.parametrize(
    ("shown", "read_as"),
    [
        (list("abc 12"), "abc 12"),
        (["ح", "م", "ق"], "قمح"),
        ([".", "2", "1", " ", "ح", "م", "ق"], "قمح 21."),
        (["2", "0", "2", "6", "/", "1", "7", " ", "ح"], "ح 2026/17"),
        ([")", "ح", "("], ")ح("),
        ([*"WANQ", " ", "ح", "م", "ق", "ل", "ا"], "القمح WANQ"),
        (["ﻻ", " ", "ح"], "ح ﻻ"),
        ([*"Said ", "ح", "م", "ق", *" so"], "Said قمح so"),
        ([], ""),
    ],
)
def test_a_line_is_read_from_the_side_its_script_begins_on(shown: list[str], read_as: str) -> None:
    assert pdf.logical(shown) == read_as


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"%PDF-1.4", "a PDF "),
        (b"%PDF-1.7\n" + b"garbage " * 99, "a PDF "),
        (b"PK\x03\x04garbage", "no Word document"),
    ],
)
def test_a_document_that_cannot_be_read_is_one_line(data: bytes, problem: str, put: Put) -> None:
    with pytest.raises(InputError, match=problem):
        list(read([put(data)]))


def word(*paragraphs: str, **said: str) -> bytes:
    made = docx.Document()
    for name, value in said.items():
        setattr(made.core_properties, name, value)
    for paragraph in paragraphs:
        made.add_paragraph(paragraph)
    table = made.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "wheat", "12"
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def test_a_word_document_gives_its_paragraphs_and_tables(put: Put) -> None:
    (found,) = articles(put(word(TITLE, SAID, title=TITLE, author="نجوى السرداب")))
    assert found.text == f"{TITLE}\n\n{SAID}\n\nwheat | 12"
    assert (found.title, found.byline, found.lang) == (TITLE, "نجوى السرداب", "ar")


def test_a_word_document_that_unpacks_to_too_much_is_refused(put: Put) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", bytes(200 << 20))
    with pytest.raises(InputError, match="unpacks to too much"):
        list(read([put(out.getvalue())]))


SRT = """1
00:00:01,000 --> 00:00:03,000
قالت الوزارة إن الضريبة

2
00:00:03,100 --> 00:00:05,000
<i>ستنخفض</i> في آذار.

3
00:00:12,000 --> 00:00:14,000
- متى بالضبط؟
"""
VTT = """WEBVTT - interview

NOTE nothing

1
00:01.000 --> 00:03.000 align:start
<v Siraj al-Bahlan>The road &amp; the bridge

00:03.000 --> 00:04.000
<v Siraj al-Bahlan>are open.

00:04.000 --> 00:05.000
<v Reporter>Since <00:04.500>when?
"""
ROLLING = """WEBVTT

00:01.000 --> 00:02.000
the road is open

00:02.000 --> 00:03.000
the road is open
since this morning

00:03.000 --> 00:04.000
since this morning
he said
"""


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (SRT, "قالت الوزارة إن الضريبة ستنخفض في آذار.\n\n- متى بالضبط؟"),
        (SRT.replace("\n", "\r\n"), "قالت الوزارة إن الضريبة ستنخفض في آذار.\n\n- متى بالضبط؟"),
        (
            VTT,
            "Siraj al-Bahlan: The road & the bridge are open.\n\nReporter: Since when?",
        ),
        (ROLLING, "the road is open since this morning he said"),
    ],
)
def test_a_transcript_gives_what_was_said(content: str, text: str, put: Put) -> None:
    assert [one.text for one in articles(put(content))] == [text]


@given(st.text())
def test_any_text_can_be_read_as_a_transcript(content: str) -> None:
    assert isinstance(subtitles.text("WEBVTT\n\n" + content), str)


def channel(*messages: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": "مرافئ بدرون",
        "type": "public_channel",
        "id": 1234567890,
        "messages": list(messages),
    }


MESSAGE = {
    "id": 7,
    "type": "message",
    "date": "2026-03-04T12:00:00",
    "date_unixtime": "1772614800",
    "from": "مرافئ بدرون",
    "from_id": "channel1234567890",
    "text": ["قالت ", {"type": "bold", "text": "وزارة المالية القمرية"}, " إن الضريبة ستنخفض."],
}


def test_each_message_of_a_telegram_export_is_an_article(put: Put) -> None:
    service = {"id": 6, "type": "service", "action": "pin_message", "text": ""}
    photo = {"id": 8, "type": "message", "photo": "x.jpg", "text": ""}
    later = MESSAGE | {"id": 9, "text": "ونفت الوزارة ذلك.", "forwarded_from": "WANQ"}
    content = json.dumps(channel(service, MESSAGE, photo, later), ensure_ascii=False, indent=1)
    path = put(content)
    first, second = articles(path)
    assert first.text == "قالت وزارة المالية القمرية إن الضريبة ستنخفض."
    assert (first.outlet, first.url) == ("مرافئ بدرون", "https://t.me/c/1234567890/7")
    assert first.published.iso() == "2026-03-04T09:00:00+00:00"
    assert first.place == f"{path} message 7"
    assert second.extra["forwarded_from"] == "WANQ"


def test_all_chats_of_a_telegram_account_are_read(put: Put) -> None:
    other = channel(MESSAGE | {"text": "Rain, they say."}) | {"name": "Other", "id": 5}
    account = {"about": "…", "chats": {"about": "…", "list": [channel(MESSAGE), other]}}
    assert [one.outlet for one in articles(put(json.dumps(account)))] == ["مرافئ بدرون", "Other"]


def test_a_telegram_export_that_is_cut_off_keeps_what_came_before(put: Put) -> None:
    whole = json.dumps(channel(MESSAGE, MESSAGE | {"id": 8}), ensure_ascii=False)
    found = list(read([put(whole)]))
    assert len(found) == 2
    path = put(whole[:-40])
    items = read([path])
    assert isinstance(next(items), Article)
    with pytest.raises(InputError, match="cut off or broken from here on"):
        list(items)


def rows(*lines: list[str], delimiter: str = ",") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(lines)
    return out.getvalue()


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_each_row_of_a_table_is_an_article(delimiter: str, put: Put) -> None:
    table = rows(
        ["url", "text", "published_at"],
        ["https://naba.example/1", f"{ENGLISH}\n\nHe said, “so”; then left.", "2026-03-04"],
        ["", "Rain, they say.", ""],
        delimiter=delimiter,
    )
    path = put("\ufeff" + table)
    first, second = articles(path)
    assert first.text == f"{ENGLISH}\n\nHe said, “so”; then left."
    assert (first.url, first.published.iso()) == ("https://naba.example/1", "2026-03-04")
    assert (second.text, second.url) == ("Rain, they say.", None)


def test_columns_and_fields_are_called_what_somebody_says(put: Put) -> None:
    table = put(rows(["nr", "body", "link"], ["1", ENGLISH, "https://naba.example/1"]))
    lines = put(json.dumps({"nr": 5, "body": ENGLISH, "link": "https://naba.example/1", "more": 1}))
    for found in articles(table, lines, text="body", url="link", id="nr"):
        assert (found.text, found.url) == (ENGLISH, "https://naba.example/1")
    with pytest.raises(InputError, match="the field content is missing"):
        list(read([lines], fields={"text": "content"}))


FEED = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>Sidrun Today</title><item><title>Wheat tax to fall</title>
<link>https://sidruntoday.example/1</link><guid>a1</guid>
<pubDate>Wed, 04 Mar 2026 09:00:00 GMT</pubDate>
<content:encoded><![CDATA[<p>{text}</p><p>{text}</p><p>{other}</p><p>{text}</p><p>{other}</p>]]>
</content:encoded></item>
<item><title>Rain</title><link>https://sidruntoday.example/2</link>
<description>It rains.</description></item></channel></rss>"""


def test_a_feed_gives_the_entries_that_hold_their_text(put: Put) -> None:
    other = "Bakers in every town of the country would profit from the decision, it added."
    path = put(FEED.format(text=ENGLISH, other=other))
    first, second = read([path])
    assert isinstance(first, Article)
    assert first.text.startswith("Wheat tax to fall\n\nThe Ministry")
    assert (first.url, first.outlet) == ("https://sidruntoday.example/1", "Sidrun Today")
    assert first.published.iso() == "2026-03-04T09:00:00+00:00"
    assert second == Skipped(
        place=f"{path} entry 2",
        reason="only a teaser; add its page: https://sidruntoday.example/2",
    )


@pytest.mark.parametrize("form", ["text", "lines", "csv"])
def test_what_is_compressed_is_read_as_what_it_holds(form: str, put: Put) -> None:
    content = {
        "text": ENGLISH,
        "lines": json.dumps({"id": "1", "text": ENGLISH}),
        "csv": rows(["id", "text"], ["1", ENGLISH]),
    }[form]
    packed = gzip.compress(content.encode())
    assert [one.text for one in articles(put(packed))] == [ENGLISH]
    with pytest.raises(InputError, match="compressed, but damaged or cut off"):
        list(read([put(packed[:-12])]))


def record(url: str, body: bytes, *, kind: str = "text/html", status: str = "200 OK") -> bytes:
    """Return a WARC record of a page, written by hand: others' files are not made by our writer."""
    http = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n\r\n".encode() + body
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\n"
        "WARC-Date: 2026-03-04T09:00:00Z\r\nWARC-Record-ID: <urn:uuid:1>\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


def html(title: str) -> bytes:
    return (
        f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1><p>{ENGLISH}</p>"
        "<p>The ministry added that bakers in every town would profit from it.</p></article></html>"
    ).encode()


@pytest.mark.parametrize("packed", [False, True])
def test_the_pages_of_a_warc_file_are_articles_with_their_captures(packed: bool, put: Put) -> None:
    records = [
        record("https://naba.example/1", html("One")),
        record("https://naba.example/x.png", b"\x89PNG", kind="image/png"),
        record("https://naba.example/old", b"", status="301 Moved"),
        record("https://naba.example/2", html("Two")),
    ]
    path = put(b"".join(map(gzip.compress, records) if packed else records))
    first, second = articles(path)
    assert [first.title, second.title] == ["One", "Two"]
    assert (first.url, second.place) == ("https://naba.example/1", f"{path} record 4")
    assert first.capture is not None
    assert first.capture.response.body == html("One")
    assert first.capture.response.at.isoformat() == "2026-03-04T09:00:00+00:00"


@pytest.mark.parametrize("packed", [False, True])
def test_a_warc_file_that_is_cut_off_keeps_what_came_before(packed: bool, put: Put) -> None:
    pack = gzip.compress if packed else bytes
    data = pack(record("https://naba.example/1", html("One")))
    data += pack(record("https://naba.example/2", html("Two")))[:-150]
    items = read([put(data)])
    first = next(items)
    assert isinstance(first, Article)
    assert first.title == "One"
    with pytest.raises(InputError, match="damaged or cut off after record"):
        list(items)
