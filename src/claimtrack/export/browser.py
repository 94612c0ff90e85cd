"""Pages printed by Chromium, for a desk that wants its own fonts; nothing else needs a browser."""

from __future__ import annotations

import os
import shutil
import struct
import subprocess
import zlib
from pathlib import Path
from tempfile import TemporaryDirectory

from claimtrack.errors import ClaimtrackError

_PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "chrome")
_LONGEST = 120  # seconds
_BAR = 200  # pixels of a window that its frame may take from a page's height
_CHANNELS = {0: 1, 2: 3, 4: 2, 6: 4}
_ALONE = (
    *("--headless", "--disable-gpu", "--no-pdf-header-footer", "--disable-extensions"),
    *("--disable-background-networking", "--disable-sync", "--no-first-run"),
)


def printed(html: bytes) -> bytes:
    """Return a page that needs nothing else as a PDF.

    Raises:
        ClaimtrackError: Chromium is not installed, or could not print it.
    """
    return _made(html, "--print-to-pdf={}.pdf", instead="pip install 'claimtrack[pdf]' prints")


def pictured(html: bytes, width: int, height: int, zoom: float) -> bytes:
    """Return a page that needs nothing else as a PNG, `zoom` dots to each of its pixels.

    Raises:
        ClaimtrackError: Chromium is not installed, or could not draw it.
    """
    shape = (f"--window-size={width},{height + _BAR}", f"--force-device-scale-factor={zoom:.3f}")
    wanted = ("--hide-scrollbars", *shape, "--screenshot={}.png")
    made = _made(html, *wanted, instead="pip install 'claimtrack[export]' draws")
    return _cut(made, round(height * zoom))


def _cut(png: bytes, rows: int) -> bytes:
    """Return a PNG's first rows: each is written by what stands above it alone."""
    parts, at = list[tuple[bytes, bytes]](), 8
    while at < len(png):
        size, kind = struct.unpack(">I4s", png[at : at + 8])
        parts.append((kind, png[at + 8 : at + 8 + size]))
        at += 12 + size
    head = parts[0][1]
    width, height, depth, colour = struct.unpack(">IIBB", head[:10])
    dots = zlib.decompress(b"".join(body for kind, body in parts if kind == b"IDAT"))
    row = 1 + (width * depth * _CHANNELS[colour] + 7) // 8
    rows = min(rows, height)
    kept = (
        (b"IHDR", struct.pack(">II", width, rows) + head[8:]),
        (b"IDAT", zlib.compress(dots[: row * rows])),
        (b"IEND", b""),
    )
    chunks = (
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in kept
    )
    return png[:8] + b"".join(chunks)


def _made(html: bytes, *wanted: str, instead: str) -> bytes:
    program = next(filter(None, map(shutil.which, _PROGRAMS)), None)
    if program is None:
        raise ClaimtrackError(
            "There is no Chromium to print with. Install it, or leave --browser out: "
            f"{instead} without one."
        )
    with TemporaryDirectory() as folder:
        page = Path(folder) / "page.html"
        page.write_bytes(html)
        # its sandbox refuses to work for root; the page runs no scripts and loads nothing
        rights = ("--no-sandbox",) if os.geteuid() == 0 else ()
        profile = f"--user-data-dir={folder}/profile"
        options = [one.format(f"{folder}/made") for one in wanted]
        try:
            subprocess.run(
                [program, *_ALONE, *rights, profile, *options, page.as_uri()],
                capture_output=True,
                check=True,
                timeout=_LONGEST,
            )
            (made,) = Path(folder).glob("made.*")
            return made.read_bytes()
        except (subprocess.SubprocessError, OSError, ValueError) as error:
            raise ClaimtrackError(
                f"{program} could not print the page. Leave --browser out."
            ) from error
