"""Make the font that pictures and PDFs are set in, of three that Debian's fonts-noto-core has.

Run: .venv/bin/python scripts/build_font.py [FOLDER]

FOLDER has the Noto fonts (/usr/share/fonts/truetype/noto unless said). One file for Arabic, Latin
and Cyrillic: what draws SVG takes one font for a line. Noto Naskh Arabic writes lam and alef as two
letters that touch, so that each letter of a PDF is one character, and programs that read it find
them in order; ligatures of more are left out for the same reason. The parts are under the SIL Open
Font License 1.1, which has no reserved names for them; so is what is made here.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from fontTools import merge, subset

OUT = Path(__file__).parents[1] / "src" / "claimtrack" / "export" / "font" / "claimtrack.ttf"
NAME = "claimtrack"

Ranges = tuple[tuple[int, int], ...]

PARTS: tuple[tuple[str, Ranges, tuple[str, ...]], ...] = (
    (
        "NotoSans-Regular.ttf",
        (
            (0x20, 0x7E),
            (0xA0, 0x17F),
            (0x218, 0x21B),
            (0x2BB, 0x2BF),
            (0x300, 0x338),
            (0x400, 0x45F),
            (0x472, 0x475),
            (0x490, 0x4FF),
            (0x1E00, 0x1EFF),
            (0x200B, 0x2027),
            (0x202A, 0x203A),
            (0x2044, 0x2044),
            (0x2060, 0x206F),
            (0x20A0, 0x20BF),
            (0x2116, 0x2122),
            (0x2212, 0x2212),
            (0xFFFD, 0xFFFD),
        ),
        ("ccmp", "mark", "mkmk", "kern", "locl"),
    ),
    (
        "NotoNaskhArabic-Regular.ttf",
        ((0x600, 0x6FF), (0x750, 0x77F), (0x8A0, 0x8B4), (0xFD3E, 0xFD3F), (0xFDFC, 0xFDFD)),
        ("ccmp", "isol", "init", "medi", "fina", "rlig", "mark", "mkmk", "kern", "locl", "calt"),
    ),
    ("NotoSansMath-Regular.ttf", ((0x2190, 0x2193),), ()),
)
"""Files, the code points that are taken from each, and what its letters may do."""


def main() -> None:
    """Write the font."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "/usr/share/fonts/truetype/noto")
    with tempfile.TemporaryDirectory() as scratch:
        parts = []
        for name, ranges, features in PARTS:
            options = subset.Options()
            options.layout_features = list(features)
            options.hinting = False
            options.name_IDs = ["*"]
            options.notdef_outline = True
            font = subset.load_font(str(folder / name), options)
            taken = subset.Subsetter(options)
            taken.populate(
                unicodes=[each for first, last in ranges for each in range(first, last + 1)]
            )
            taken.subset(font)
            parts.append(f"{scratch}/{name}")
            font.save(parts[-1])
        made = merge.Merger().merge(parts)
    for record in made["name"].names:
        if record.nameID in (1, 3, 4, 6):
            record.string = NAME
    made["head"].created = made["head"].modified = 0  # the same parts, the same bytes
    made.recalcTimestamp = False
    OUT.parent.mkdir(exist_ok=True)
    made.save(OUT)
    print(f"{OUT}: {OUT.stat().st_size:,} bytes, {len(made.getBestCmap()):,} characters")


if __name__ == "__main__":
    main()
