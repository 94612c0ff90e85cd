"""What pages print: addresses, untrusted text, cells, pages of a list."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup, escape

from claimtrack.model.document import StatedTime
from claimtrack.model.vocabulary import Precision
from claimtrack.publish.cells import cell
from claimtrack.publish.evidence import Telling
from claimtrack.publish.language import catalogues
from claimtrack.publish.links import Links, outward
from claimtrack.publish.paging import FARTHEST, Paging
from claimtrack.publish.shown import plain, shown
from claimtrack.text.shown import moment

TEXTS = ("قُتِل أربعة جنود في بدرون", "Nine soldiers died in Badrun")
EVIDENCE = [
    ("number: “اربعه” against “nine”", "العدد: «أربعة» مقابل «Nine»"),
    ("negation: “غير” against nothing", "النفي: «غير» مقابل لا شيء"),
    ("both speak of بدرون = badrun, قتل = died", "كلاهما يذكر بدرون = Badrun، قُتِل = died"),
    ("actor: “state:SY” against “state:RU”", "الفاعل: «سوريا» مقابل «روسيا»"),
    ("alike 0.46; of one source", "درجة التشابه 0.46؛ من مصدر واحد"),
    ("relay: the same words after “عن”, “أن”", "الكلمات نفسها بعد «عن»، «أن»"),
    ("same words: “nine soldiers”", "الكلمات نفسها: «Nine soldiers»"),
    ("read side by side; alike 0.46", "read side by side; alike 0.46"),
    ("number: <b>", "number: &lt;b&gt;"),
    ("number: “<b>” against nothing", "العدد: «&lt;b&gt;» مقابل لا شيء"),
    ("both speak of </bdi> = <i>", "كلاهما يذكر &lt;/bdi&gt; = &lt;i&gt;"),
]
"""What is recorded, and what an Arabic page says; what a person wrote is left alone."""

CLAIM = "claim-" + "0a" * 16
RUN = "run-" + "0a" * 16


class Urls:
    """Datasette's `urls` for a site that is served below /desk/."""

    def path(self, name: str) -> str:
        return f"/desk/{name}"


LINKS = Links(Urls())

ADDRESSES = [
    ("https://example.org/a?b=ج", True),
    ("http://[::1]/", True),
    ("", False),
    (None, False),
    ("javascript:alert(1)", False),
    ("JaVaScRiPt:alert(1)", False),
    (" https://example.org", False),
    ("https://example.org/\u202egpj", False),
    ("https://exa\nmple.org", False),
    ("https:///path", False),
    ("http://[bad", False),
    ("data:text/html,x", False),
    ("//example.org", False),
]


@pytest.mark.parametrize(("url", "linked"), ADDRESSES)
def test_only_web_addresses_are_linked(url: str | None, linked: bool) -> None:
    assert outward(url) == (url if linked else None)


def test_empty_parameters_are_left_out_of_an_address() -> None:
    assert LINKS.page("search", q="خط", kind="", page=None) == "/desk/search?q=%D8%AE%D8%B7"
    assert LINKS.page("search", q="") == "/desk/search"


@given(st.text())
def test_shown_text_is_escaped_and_overrides_nothing(text: str) -> None:
    made = shown(text)
    assert not {"\u202d", "\u202e"} & set(made)
    kept = text.translate({0x202D: None, 0x202E: None})
    markers = str(made).replace('<span class="control" title="U+202D"></span>', "")
    assert markers.replace('<span class="control" title="U+202E"></span>', "") == escape(kept)


TIMES = [
    (Precision.UNKNOWN, None, ""),
    (Precision.MONTH, None, "2024-05"),
    (Precision.DAY, "+03:00", "2024-05-07"),
    (Precision.MINUTE, None, "2024-05-06 21:30 UTC"),
    (Precision.SECOND, "-02:00", "2024-05-06 19:30 -02:00"),
]


@pytest.mark.parametrize(("precision", "zone", "expected"), TIMES)
def test_a_time_is_read_no_more_exactly_than_it_was_stated(
    precision: Precision, zone: str | None, expected: str
) -> None:
    utc = None if precision is Precision.UNKNOWN else datetime(2024, 5, 6, 21, 30, tzinfo=UTC)
    assert moment(StatedTime(stated="x", utc=utc, precision=precision, zone=zone)) == expected


def test_plain_text_is_isolated() -> None:
    assert plain("a\u202eb") == "\u2068a�b\u2069"


CELLS = [
    (None, None),
    (7, None),
    ("", None),
    (b"bytes", None),
    ("قال", '<bdi dir="auto">قال</bdi>'),
    ("<b>", '<bdi dir="auto">&lt;b&gt;</bdi>'),
    (CLAIM, f'<a href="/desk/claim/{CLAIM}" title="{CLAIM}">claim-0a0a0a0a</a>'),
    (RUN, f'<bdi dir="auto">{RUN}</bdi>'),
    (
        "https://example.org/?a&b",
        (
            '<a href="https://example.org/?a&amp;b" rel="noopener nofollow ugc">'
            '<bdi dir="auto">https://example.org/?a&amp;b</bdi></a>'
        ),
    ),
    ("javascript:alert(1)", '<bdi dir="auto">javascript:alert(1)</bdi>'),
    ("long " * 20, None),
    (
        {"value": CLAIM, "label": "<i>"},
        f'<a href="/desk/claim/{CLAIM}" title="{CLAIM}"><bdi dir="auto">&lt;i&gt;</bdi></a>',
    ),
    (
        {"value": CLAIM, "label": CLAIM},
        f'<a href="/desk/claim/{CLAIM}" title="{CLAIM}">claim-0a0a0a0a</a>',
    ),
    ({"value": RUN, "label": "rules"}, None),
    ({"value": 3, "label": "x"}, None),
    ({"value": 3, "label": None}, None),
]


@pytest.mark.parametrize(("value", "expected"), CELLS)
def test_cells_keep_their_direction_and_lead_to_our_pages(
    value: object, expected: str | None
) -> None:
    assert cell(value, LINKS, 80) == (None if expected is None else Markup(expected))


def test_a_cell_is_never_too_long_where_datasette_shortens_none() -> None:
    assert cell("long " * 20, LINKS, 0) is not None


PAGES = [
    ("", 1),
    ("2", 2),
    ("٣", 3),
    ("0", 1),
    ("-2", 1),
    ("x", 1),
    ("9" * 30, 1),
    ("99999999", FARTHEST),
]


@pytest.mark.parametrize(("asked", "number"), PAGES)
def test_a_page_that_cannot_be_is_the_first(asked: str, number: int) -> None:
    assert Paging.of(asked, 50).page == number


@pytest.mark.parametrize(
    ("asked", "total", "number", "pages"),
    [("1", 0, 1, 1), ("9", 100, 2, 2), ("2", 101, 2, 3), ("3", 101, 3, 3)],
)
def test_a_page_past_the_end_is_the_last(asked: str, total: int, number: int, pages: int) -> None:
    page = Paging.of(asked, 50).over(total)
    assert (page.page, page.pages) == (number, pages)
    assert page.offset == (number - 1) * 50


@pytest.mark.parametrize(("recorded", "told"), EVIDENCE)
def test_evidence_is_told_in_the_language_of_the_page_with_words_as_written(
    recorded: str, told: str
) -> None:
    page = Telling(catalogues()["ar"], TEXTS).told(recorded)
    assert re.sub(r"</?bdi[^>]*>", "", page) == told
