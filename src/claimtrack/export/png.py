"""PNG: the picture of `svg` in dots, letters set in the font that ships, without a browser.

Chromium draws it with the system's fonts where that is asked for.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable
from math import ceil
from typing import BinaryIO

from claimtrack.export import fonts
from claimtrack.export.browser import pictured
from claimtrack.export.checks import library
from claimtrack.export.drawing import draw, size
from claimtrack.export.form import Done, Form, Options
from claimtrack.export.svg import done, look, picture_of
from claimtrack.store import Connection

ZOOM = 2.0
"""Dots to a pixel of the picture, where there are not too many."""

_PAGE = "<!doctype html><meta charset=utf-8><style>body{{margin:0}}svg{{display:block}}</style>{}"
_SIGNATURE = b"\x89PNG\r\n\x1a\n"
MOST = 40_000_000
"""Dots of a picture: four bytes each in memory."""


def write(connection: Connection, out: BinaryIO, options: Options) -> Done:
    """Write the picture, two dots to a pixel, fewer where it is very large.

    Raises:
        ClaimtrackError: It is not one claim that was asked for, there are no words in the
            language, or what draws it is not installed.
    """
    made = picture_of(connection, options)
    shown = look(connection, made, options)
    width, height = size(made)
    zoom = min(ZOOM, (MOST / (width * height)) ** 0.5)
    if options.browser:
        page = _PAGE.format(draw(made, shown)).encode()
        out.write(pictured(page, ceil(width), ceil(height), zoom))
    else:
        out.write(drawn(str(draw(made, shown._replace(fonts=fonts.FAMILY))), zoom))
    return done(made)


def check(data: bytes) -> Iterable[str]:
    """Yield where it is no PNG, is damaged, cut short, or larger than was asked for."""
    if not data.startswith(_SIGNATURE):
        yield "it is no PNG"
        return
    kinds: list[bytes] = []
    at = len(_SIGNATURE)
    while at < len(data):
        size, kind = struct.unpack(">I4s", data[at : at + 8].ljust(8, b"\0"))
        body = data[at + 8 : at + 8 + size]
        at += 12 + size
        if data[at - 4 : at] != struct.pack(">I", zlib.crc32(kind + body)):
            yield f"its part {kind!r} is damaged"
            return
        if kind == b"IHDR":
            width, height = struct.unpack(">II", body[:8])
            if not 0 < width * height <= MOST * 1.01:
                yield f"it has {width} by {height} dots"
        kinds.append(kind)
    if kinds[:1] != [b"IHDR"] or kinds[-1:] != [b"IEND"] or b"IDAT" not in kinds:
        yield "it is cut short"


def drawn(svg: str, zoom: float) -> bytes:
    """Return an SVG as PNG on white.

    Raises:
        ClaimtrackError: What draws it is not installed.
    """
    # letters of other scripts come from the system's fonts, where it has any
    found = library("resvg_py").svg_to_bytes(
        svg_string=svg, zoom=zoom, background="#ffffff", font_files=[str(fonts.FILE)]
    )
    return bytes(found)


FORM = Form(
    "Who has a claim from whom, as a picture of dots: --claim ID.",
    ".png",
    write,
    things="nodes",
    check=check,
    around=True,
)
