"""What an input is, by its content."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.ingest.problems import NotAnArticleError
from claimtrack.ingest.recognise import HEAD, Form, form_of


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (b'{"id": "1", "text": "a"}', Form.JSONL),
        (b'\xef\xbb\xbf\n {"id": 1}', Form.JSONL),
        (b"{\n", Form.JSONL),
        (b"{sic} he said", Form.TEXT),
        (b"[sic] he said", Form.TEXT),
        (b"<!DOCTYPE html><html>", Form.HTML),
        (b"\n<html lang=ar>", Form.HTML),
        (b"<!-- saved from (2) --> <!-- x --><HTML>", Form.HTML),
        (b'<?xml version="1.0"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0">', Form.HTML),
        (b"<article><p>Text</p></article>", Form.HTML),
        (b"<b>Text</b>", Form.TEXT),
        (b"<!-- never closed <html>", Form.TEXT),
        ("قال الوزير".encode(), Form.TEXT),
        ("قال الوزير".encode("windows-1256"), Form.TEXT),
        ("قال الوزير".encode("utf-16"), Form.TEXT),
        ("<html>".encode("utf-16"), Form.HTML),
        (b"a text with one NUL \0 in it", Form.TEXT),
        (("ا" * HEAD).encode()[1:] [: HEAD - 1] + b"\xd8", Form.TEXT),
        (b"x" + "ا".encode() * HEAD, Form.TEXT),
        (b"%PDF-1.7\n", Form.PDF),
        (b"PK\x03\x04", Form.DOCX),
        (b"\x1f\x8b\x08", Form.GZIP),
        (b"WARC/1.0\r\n", Form.WARC),
        (b'<?xml version="1.0"?><rss version="2.0">', Form.FEED),
        (b'<feed xmlns="http://www.w3.org/2005/Atom">', Form.FEED),
        (b'{\n "name": "Badrun",\n "type": "channel",\n "messages": [', Form.TELEGRAM),
        (b'{"name": "Badrun", "id": "1", "text": "The messages: [none]"}', Form.JSONL),
        (b"WEBVTT\n\n00:01.000 --> 00:02.000\nHello", Form.SUBTITLES),
        (b"\xef\xbb\xbf1\r\n00:00:01,000 --> 00:00:02,000\r\nHello", Form.SUBTITLES),
        (b"At 10:00 --> nothing happened", Form.TEXT),
        (b"id,url,text\n1,,Hello", Form.CSV),
        (b"text\nHello, world", Form.TEXT),
        (b"The text, as it is\nHello, world", Form.TEXT),
        (b"---\ntitle: A dam\n---\nIt is safe.", Form.MARKDOWN),
        (b"# A dam\n\nIt is safe.", Form.MARKDOWN),
        (b"#dam #water\n\nIt is safe.", Form.TEXT),
        (b"---\n\nIt is safe.", Form.TEXT),
    ],
)  # fmt: skip
def test_an_input_is_recognised_by_its_first_bytes(head: bytes, expected: Form) -> None:
    assert form_of(head[:HEAD]) is expected


@pytest.mark.parametrize(
    ("head", "problem"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf \r\n", "empty"),
        (b"{\\rtf1", "RTF"),
        (b"SQLite format 3\0", "SQLite"),
        (bytes(range(256)), "not text"),
        (b"\0" * 100, "not text"),
        (b"\xe9" * 100 + b"\x01" * 5, "not text"),
        (b"\xff\xfe" + b"\1\0" * 50, "not text"),
        ('{"id": "1"}'.encode("utf-16"), "UTF-16"),
        (b'[{"id": "1"}]', "JSON array"),
        (b'<?xml version="1.0"?><svg>', "XML"),
        (b"<urlset>", "XML"),
    ],
)
def test_what_is_no_text_is_named(head: bytes, problem: str) -> None:
    with pytest.raises(NotAnArticleError, match=problem):
        form_of(head)


@given(st.binary(max_size=500))
def test_any_bytes_are_recognised_or_refused(head: bytes) -> None:
    with contextlib.suppress(NotAnArticleError):
        assert form_of(head) in Form
