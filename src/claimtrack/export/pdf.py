"""Blocks of text as a PDF: words in either direction, joined, and in order for who reads it.

What sets it orders each line by the Unicode Bidirectional Algorithm and shapes its letters. The
font that ships has a glyph for each letter, so that programs find the text as it was written.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from claimtrack.export import fonts
from claimtrack.export.checks import library
from claimtrack.export.iris import language
from claimtrack.export.page import Block, Piece, runs
from claimtrack.text.shown import harmless, isolate, one_line

_TEMPLATE = Path(__file__).parent / "dossier.typ"
_LANGUAGE = re.compile("[a-z]{2,3}")  # all that the template takes
_ENDLESS = re.compile(r"\S{64}(?=\S)")
"""More characters without a space than a digest has are broken, as lines break at spaces."""


def pdf(blocks: Iterable[Block], title: str, lang: str, direction: str) -> bytes:
    """Return blocks as a PDF of A4 pages; the same blocks, the same bytes.

    Args:
        blocks: What stands in it.
        title: Its title.
        lang: The language of its own words.
        direction: Of that language, "ltr" or "rtl".

    Raises:
        ClaimtrackError: What sets it is not installed.
    """
    data = {
        "title": title,
        "lang": lang,
        "direction": direction,
        "font": fonts.FAMILY,
        "blocks": [_block(block, direction) for block in blocks],
    }
    typst = library("typst", "pdf")
    found = typst.compile(
        _TEMPLATE.read_bytes(),
        font_paths=[str(fonts.FOLDER)],
        sys_inputs={"data": json.dumps(data)},
    )
    return bytes(found)


def _block(block: Block, direction: str) -> dict[str, Any]:
    """Return a block as the template takes it."""
    return {
        "kind": block.kind.name.lower(),
        "direction": runs(block) or direction,
        "pieces": [_piece(piece) for piece in block.pieces if piece.text],
    }


def _piece(piece: Piece) -> dict[str, str | None]:
    text = _ENDLESS.sub("\\g<0>\u200b", one_line(harmless(piece.text)))
    main = (language(piece.lang or "und") or "").partition("-")[0]
    return {
        "text": isolate(text),
        "lang": main if _LANGUAGE.fullmatch(main) else None,
        "url": piece.url,
    }
