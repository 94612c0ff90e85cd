"""The font that ships: one file for Arabic, Latin and Cyrillic, so that pictures need no other.

It is made by scripts/build_font.py of fonts under the SIL Open Font License, which lies beside it.
"""

from __future__ import annotations

from pathlib import Path

FAMILY = "claimtrack"
"""What the font calls itself."""

FOLDER = Path(__file__).parent / "font"
"""Where it is; the library that sets pages looks for fonts there."""

FILE = FOLDER / "claimtrack.ttf"
