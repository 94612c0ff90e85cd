"""PNG: the picture of `svg` in dots, letters set in the font that ships, without a browser."""

from __future__ import annotations

from typing import BinaryIO

from claimtrack.export import fonts
from claimtrack.export.checks import library
from claimtrack.export.drawing import draw, size
from claimtrack.export.form import Done, Form, Options
from claimtrack.export.svg import done, look, picture_of
from claimtrack.store import Connection

ZOOM = 2.0
"""Dots to a pixel of the picture, where there are not too many."""

MOST = 40_000_000
"""Dots of a picture: four bytes each in memory."""


def write(connection: Connection, out: BinaryIO, options: Options) -> Done:
    """Write the picture, two dots to a pixel, fewer where it is very large.

    Raises:
        ClaimtrackError: It is not one claim that was asked for, there are no words in the
            language, or what draws it is not installed.
    """
    made = picture_of(connection, options)
    text = draw(made, look(connection, made, options)._replace(fonts=fonts.FAMILY))
    width, height = size(made)
    out.write(drawn(str(text), min(ZOOM, (MOST / (width * height)) ** 0.5)))
    return done(made)


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
    around=True,
)
