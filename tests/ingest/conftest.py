"""The browser whose PDFs are read is the one that the site's pages are tested in."""

from tests.publish.conftest import browser_type_launch_args  # noqa: F401 (a fixture here too)
