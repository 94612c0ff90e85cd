"""Pages printed by Chromium, for a desk that wants its own fonts; nothing else needs a browser."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from claimtrack.errors import ClaimtrackError

_PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "chrome")
_LONGEST = 120  # seconds
_ALONE = (
    *("--headless", "--disable-gpu", "--no-pdf-header-footer", "--disable-extensions"),
    *("--disable-background-networking", "--disable-sync", "--no-first-run"),
)


def printed(html: bytes) -> bytes:
    """Return a page that needs nothing else as a PDF.

    Raises:
        ClaimtrackError: Chromium is not installed, or could not print it.
    """
    program = next(filter(None, map(shutil.which, _PROGRAMS)), None)
    if program is None:
        raise ClaimtrackError(
            "There is no Chromium to print with. Install it, or leave --browser out: "
            "pip install 'claimtrack[pdf]' prints without one."
        )
    with TemporaryDirectory() as folder:
        page, out = Path(folder) / "page.html", Path(folder) / "page.pdf"
        page.write_bytes(html)
        # its sandbox refuses to work for root; the page runs no scripts and loads nothing
        rights = ("--no-sandbox",) if os.geteuid() == 0 else ()
        profile = f"--user-data-dir={folder}/profile"
        try:
            subprocess.run(
                [program, *_ALONE, *rights, profile, f"--print-to-pdf={out}", page.as_uri()],
                capture_output=True,
                check=True,
                timeout=_LONGEST,
            )
            return out.read_bytes()
        except (subprocess.SubprocessError, OSError) as error:
            raise ClaimtrackError(
                f"{program} could not print the page. Leave --browser out."
            ) from error
