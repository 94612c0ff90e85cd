"""Other plugins beside ours; scripts/datasette-beside installs them and runs this."""

from __future__ import annotations

from importlib.util import find_spec

import pytest

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
