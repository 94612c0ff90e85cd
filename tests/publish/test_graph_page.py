"""A claim's provenance as SVG, and the same as a table."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import pytest

from claimtrack.store import Store
from tests.publish import sample
from tests.publish.conftest import Get, document_id, source_id

SVG = "{http://www.w3.org/2000/svg}"


def _left(page: str, what: str) -> int:
    """Return where the first node of a kind begins."""
    picture = page[page.index("<svg xmlns") :]
    found = re.search(rf'class="node is-{what}">.*?<rect x="(-?\d+)"', picture)
    assert found
    return int(found[1])


@pytest.mark.parametrize(("lang", "claim_first"), [("en", True), ("ar", False)])
def test_the_claim_stands_where_reading_begins(
    get: Get, ids: dict[tuple[str, int], str], lang: str, claim_first: bool
) -> None:
    page = get(f"/claim/{ids['ar', 1]}/graph?lang={lang}").text
    assert (_left(page, "claim") < _left(page, "article")) is claim_first
    assert (_left(page, "article") < _left(page, "origin")) is claim_first


def test_nodes_are_links_and_named_in_the_readers_language(
    get: Get, ids: dict[tuple[str, int], str]
) -> None:
    page = get(f"/claim/{ids['ar', 1]}/graph?lang=ar").text
    picture = page[page.index("<svg xmlns") : page.index("</svg>", page.index("<svg xmlns"))]
    assert f'<a href="/source/{source_id("qa-mod")}" class="node is-origin">' in picture
    assert "وزارة الدفاع القمرية" in picture
    assert picture.count('class="node is-article"') == 2


def test_the_table_tells_every_line_with_its_reports(
    get: Get, ids: dict[tuple[str, int], str]
) -> None:
    page = get(f"/claim/{ids['ar', 1]}/graph?lang=en").text
    lines = get(f"/claim/{ids['ar', 1]}/graph.json").json()["picture"]["lines"]
    table = page[page.index("<tbody>") : page.index("</tbody>")]
    assert (
        table.count("<tr>")
        == len(lines)
        == page.count('class="edge is-')
        - page.count('<path class="edge is-', 0, page.index("<svg xmlns"))
    )
    for report in {each for line in lines for each in line["reports"]}:
        assert f'href="/attribution/{report}"' in table


def test_the_file_is_a_picture_of_its_own_with_links_that_lead_back(
    get: Get, ids: dict[tuple[str, int], str]
) -> None:
    answer = get(f"/claim/{ids['ar', 1]}/graph.svg?lang=ar")
    assert answer.headers["content-type"] == "image/svg+xml; charset=utf-8"
    assert f'filename="{ids["ar", 1]}.svg"' in answer.headers["content-disposition"]
    tree = ET.fromstring(answer.text)
    assert tree.tag == f"{SVG}svg"
    links = [each.get("href") or "" for each in tree.iter(f"{SVG}a")]
    assert links
    assert all(link.startswith("http://localhost/") for link in links)
    for element in tree.iter():
        assert "style" not in element.attrib
        assert element.tag != f"{SVG}script"


def test_a_hostile_name_stays_text_in_a_picture(get: Get, database: object) -> None:
    with Store.open(str(database), readonly=True) as store:
        (claim,) = store.connection.execute(
            "SELECT c.id FROM claim c JOIN attribution a ON a.id = c.attribution_id"
            " WHERE a.source_id = ?",
            (sample.HOSTILE.id,),
        ).fetchone()
    for path in (f"/claim/{claim}/graph", f"/claim/{claim}/graph.svg"):
        text = get(path).text
        assert "<script>window" not in text
        assert "<b onmouseover" not in text
        assert "\u202e" not in text


def test_a_joined_or_unknown_claim_has_its_graph_elsewhere(
    get: Get, ids: dict[tuple[str, int], str]
) -> None:
    moved = get(f"/claim/{ids['en', 1]}/graph")
    assert moved.headers["location"] == f"/claim/{ids['ar', 1]}/graph"
    assert get("/claim/000000/graph").status_code == 404
    assert get("/claim/000000/graph.svg").status_code == 404


def test_a_document_and_a_source_have_their_pictures_too(get: Get) -> None:
    arabic, english = (document_id(one()[0]) for one in (sample.arabic, sample.english))
    page = get(f"/document/{arabic}/graph?lang=en").text
    picture = page[page.index("<svg xmlns") : page.index("</svg>", page.index("<svg xmlns"))]
    assert picture.count('class="node is-article"') == 1
    for key in ("telvar-press", "qa-mod", "dr-embassy-qa"):
        assert f'href="/source/{source_id(key)}"' in picture
    told = get(f"/source/{source_id('qa-mod')}/graph.json").json()["picture"]
    assert {node["key"] for node in told["nodes"]} == {
        arabic,
        english,
        source_id("telvar-press"),
        source_id("qa-mod"),
    }
    assert get(f"/source/{source_id('qa-mod')}/graph.svg").status_code == 200


def test_a_source_that_said_nothing_has_no_picture(get: Get) -> None:
    page = get(f"/source/{source_id('qa-government')}/graph?lang=en").text
    assert "Nothing is attributed to it yet." in page
    assert "<svg xmlns" not in page
