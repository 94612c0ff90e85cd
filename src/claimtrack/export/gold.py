"""Gold made of what people annotated with other tools, as article lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from claimtrack.errors import InputError
from claimtrack.export import brat, label_studio, web_marks
from claimtrack.export.files import whole_file
from claimtrack.export.foreign import Shape
from claimtrack.export.importing import Imported
from claimtrack.export.marked import Marked, Why, lines
from claimtrack.store import Store

ANNOTATED = frozenset({Shape.ANNOTATIONS, Shape.BRAT, Shape.LABEL_STUDIO})
"""What becomes gold."""


def make_gold(kind: Shape, path: Path, value: Any, out: Path, db: Path) -> Imported:
    """Write gold for `claimtrack evaluate`; no database changes.

    Args:
        kind: What the file holds, one of ANNOTATED.
        path: The file or folder.
        value: What its JSON is, where it is JSON.
        out: Where to, a line for each article.
        db: The database that holds the texts of Web Annotations.

    Raises:
        InputError: Nothing of it can be used; nothing was written.
        OutputError: The file cannot be written.
        DatabaseError: The database that holds the texts cannot be read.
    """
    why: Why = Counter()
    written: Counter[str] = Counter()
    with whole_file(out) as stream:
        for line, found in lines(_texts(kind, path, value, db, why), why):
            stream.write(line)
            written["article"] += 1
            written["attribution"] += found
        if not written["article"]:
            told = "; ".join(f"{number} x {what}" for what, number in why.most_common(3))
            raise InputError(str(path), f"has nothing that becomes gold ({told or 'it is empty'}).")
    return Imported(put=dict(written), left_out=dict(why))


def _texts(kind: Shape, path: Path, value: Any, db: Path, why: Why) -> Iterator[Marked]:
    if kind is Shape.BRAT:
        yield from brat.texts(path, why)
    elif kind is Shape.LABEL_STUDIO:
        yield from label_studio.texts(value, why)
    else:
        with Store.open(db, readonly=True) as store:
            yield from web_marks.texts(store.connection, value, why)
