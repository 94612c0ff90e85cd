"""Settings for all tests, and the one browser."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser, BrowserType, Playwright, expect, sync_playwright

PATIENCE = 30_000
"""Milliseconds a browser test waits for what it expects."""

# A busy machine is no reason for a test to fail.
settings.register_profile(
    "claimtrack",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize=bool(os.environ.get("CI")),  # one commit gives one answer
)
settings.load_profile("claimtrack")
expect.set_options(timeout=PATIENCE)

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def pytest_configure(config: pytest.Config) -> None:
    """Keep slow tables beside pytest's own, for commands that tests run; let those heed Ctrl-C."""
    cache = getattr(config, "cache", None)  # none with -p no:cacheprovider
    os.environ.setdefault("CLAIMTRACK_CACHE", str(cache.mkdir("claimtrack")) if cache else "")
    # Programs in the background ignore Ctrl-C, and so would those that tests start and interrupt.
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Refuse tests that start a browser unawares: pytest-playwright takes "page" for one."""
    for item in items:
        asked = "browser_name" in getattr(getattr(item, "callspec", None), "params", ())
        if asked and not item.get_closest_marker("browser"):
            raise pytest.UsageError(f"{item.nodeid} is given a browser and has no browser mark.")


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """Debian's Chromium; without it the browser tests are skipped, unless they are required."""
    if not CHROMIUM.exists():
        missing = f"{CHROMIUM} is not installed (apt-get install chromium fonts-noto-core)"
        if os.environ.get("CLAIMTRACK_REQUIRE_BROWSER") == "1":
            pytest.fail(missing)
        pytest.skip(missing)
    return {"executable_path": str(CHROMIUM), "args": list(FLAGS)}


# Playwright's own fixtures live as long as the session and keep its event loop running; these end
# with their module, so that other modules may start it anew and run loops of their own.
@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="module")
def browser_type(playwright: Playwright) -> BrowserType:
    return playwright.chromium


@pytest.fixture(scope="module")
def browser(
    browser_type_launch_args: dict[str, Any], browser_type: BrowserType
) -> Iterator[Browser]:
    started = browser_type.launch(**browser_type_launch_args)
    yield started
    started.close()
