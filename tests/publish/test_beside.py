"""Other plugins beside ours; scripts/datasette-beside installs them and runs this."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn

from claimtrack.publish import build
from tests.publish.conftest import Get
from tests.publish.test_publishing import SECRETS, desk, folder, public  # noqa: F401 (fixtures)

pytestmark = pytest.mark.skipif(
    find_spec("datasette_mcp") is None or find_spec("datasette_search_all") is None,
    reason="datasette-mcp and datasette-search-all are not installed: scripts/datasette-beside",
)


@pytest.mark.parametrize("path", ["/", "/search?q=Sidrun", "/claims/attributions", "/-/search?q=x"])
def test_pages_answer_beside_other_plugins(public: Get, path: str) -> None:  # noqa: F811
    page = public(path)
    assert page.status_code == 200
    assert not any(secret in page.text for secret in SECRETS)


def test_all_tables_are_searched_in_a_copy(public: Get) -> None:  # noqa: F811
    assert 'data-searchable-url="/claims/attributions"' in public("/-/search?q=Sidrun").text


def test_a_program_is_told_what_there_is_and_runs_no_sql(
    folder: Path,  # noqa: F811
) -> None:
    with served(build(folder, public=True)) as site:
        asked = {"protocolVersion": "2025-06-18", "capabilities": {}}
        begun = said(site, "initialize", asked | {"clientInfo": {"name": "tests", "version": "1"}})
        assert begun["serverInfo"]["name"] == "datasette"
        databases = said(site, "tools/call", {"name": "list_databases", "arguments": {}})
        assert "claims" in databases["structuredContent"]["databases"]
        query = {"database": "claims", "sql": "SELECT id FROM attribution"}
        refused = said(site, "tools/call", {"name": "execute_sql", "arguments": query})
        assert refused["isError"]
        assert "permission" in refused["content"][0]["text"]


@contextmanager
def served(site: Any) -> Iterator[httpx.Client]:
    """Give a client of a site that runs: the plugin begins its work with the server."""
    server = uvicorn.Server(uvicorn.Config(site.app(), port=0, log_level="warning", lifespan="on"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        assert thread.is_alive()
    port = server.servers[0].sockets[0].getsockname()[1]
    accepted = {"Accept": "application/json, text/event-stream"}
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", headers=accepted, timeout=60) as client:
        yield client
    server.should_exit = True
    thread.join()


def said(client: httpx.Client, method: str, asked: dict[str, Any]) -> Any:
    message = {"jsonrpc": "2.0", "id": 1, "method": method, "params": asked}
    answer = client.post("/-/mcp", json=message)
    client.headers.update(
        {name: value for name, value in answer.headers.items() if name == "mcp-session-id"}
    )
    return answer.json()["result"]
