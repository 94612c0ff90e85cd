"""Take README's pictures of the site: a claim's page in English, its graph in Arabic.

Run: .venv/bin/python scripts/pictures.py

Needs Chromium (scripts/browser). The demo is made in a folder of its own, served, and asked for as
a reader would. Look at what comes of it before it is committed.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import sync_playwright

OUT = Path(__file__).parents[1] / "docs" / "img"
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
WIDTH = 1280

FOUR_DEAD = "أربعة قتلى في انفجار مستودع ذخيرة"

PICTURES = (
    # its name, words of the claim, the page below it, the first row of pixels, and how many
    ("claim-page", FOUR_DEAD, "?lang=en", 0, 940),
    ("graph", FOUR_DEAD, "/graph?lang=ar", 144, 760),
)


def _claimtrack(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "claimtrack", *arguments]


@contextmanager
def _served(database: Path) -> Iterator[str]:
    """Serve a database; yield the site's address."""
    command = _claimtrack("serve", "--db", str(database), "--port", "0")
    with subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8") as site:
        try:
            assert site.stdout is not None  # noqa: S101 (it was asked for)
            yield site.stdout.readline().split(" is at ")[1].split()[0]
        finally:
            site.terminate()


def _claim(database: Path, words: str) -> str:
    """Return the id of the first claim that a search finds."""
    command = _claimtrack("search", words, "--kind", "claim", "--json", "--db", str(database))
    found = subprocess.run(command, capture_output=True, check=True, encoding="utf-8")
    return str(json.loads(found.stdout)["hits"][0]["claim_id"])


def main() -> None:
    """Take the pictures."""
    with TemporaryDirectory() as room, sync_playwright() as playwright:
        database = Path(room, "demo.db")
        subprocess.run(_claimtrack("demo", "--no-serve", "--db", str(database)), check=True)
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        with _served(database) as address:
            page = browser.new_page(viewport={"width": WIDTH, "height": 2400})
            for name, words, where, top, height in PICTURES:
                page.goto(f"{address}claim/{_claim(database, words)}{where}")
                page.wait_for_load_state("networkidle")
                page.screenshot(
                    path=OUT / f"{name}.png",
                    clip={"x": 0, "y": top, "width": WIDTH, "height": height},
                )
        browser.close()


if __name__ == "__main__":
    main()
