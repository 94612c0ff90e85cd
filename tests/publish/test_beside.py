"""Other plugins beside ours; scripts/datasette-beside installs them and runs this."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Any

import pytest

from tests.publish.conftest import Get, Loop, asked_of
from tests.publish.test_publishing import SECRETS, desk, folder, public  # noqa: F401 (fixtures)

pytestmark = pytest.mark.skipif(
    find_spec("datasette_mcp") is None or find_spec("datasette_search_all") is None,
    reason="datasette-mcp and datasette-search-all are not installed: scripts/datasette-beside",
)

HEADERS = {
    "accept": "application/json, text/event-stream",
    "content-type": "application/json",
    "mcp-protocol-version": "2025-06-18",
}


def called(loop: Loop, site: Any, name: str, **arguments: object) -> dict[str, Any]:
    """Return what a tool of the MCP server answers."""
    asked = {
        "jsonrpc": "2.0",
        "id": 1,
        "method": "tools/call",
        "params": {"name": name, "arguments": arguments},
    }
    answer = loop.run(site.client.post("/-/mcp", json=asked, headers=HEADERS))
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()["result"]
    return found


def test_search_all_searches_what_may_be_shown(public: Get) -> None:  # noqa: F811
    page = public("/-/search", params={"q": "مسيره"})
    assert page.status_code == 200
    assert "attributions" in page.text
    rows = public("/claims/attributions.json", params={"_search": "مسيره", "_shape": "array"})
    assert len(rows.json()) == 2
    assert public("/").status_code == 200


def test_an_mcp_client_reads_the_tables_and_runs_no_sql(folder: Any, loop: Loop) -> None:  # noqa: F811
    from claimtrack.publish import build  # noqa: PLC0415

    site = build(folder, public=True)
    for of in asked_of(loop):
        of(site)
        listed = called(loop, site, "list_databases")
        assert "claims" not in str(listed) or not listed.get("isError")
        refused = called(loop, site, "execute_sql", database="claims", sql="select 1")
        assert refused["isError"] is True
        assert not any(secret in str(listed) for secret in SECRETS)
