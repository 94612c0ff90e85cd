"""The dossier as a PDF, for a stream; `dossier` writes it to a path that ends in .pdf too."""

from __future__ import annotations

from typing import BinaryIO

from claimtrack.export.dossier import blocks
from claimtrack.export.dossier_check import problems
from claimtrack.export.form import Done, Form, Options
from claimtrack.export.pdf import pdf
from claimtrack.export.words import words_in
from claimtrack.store import Connection


def write(connection: Connection, out: BinaryIO, options: Options) -> Done:
    """Write dossiers of the claims that were asked for.

    Raises:
        ClaimtrackError: No claim was asked for, there are no words in the language, or what sets
            a PDF is not installed.
    """
    made, words = blocks(connection, options), words_in(options.lang)
    out.write(pdf(made, words["dossier"], options.lang, words["direction"]))
    return Done(len(options.claims))


FORM = Form(
    "All that is known of a claim, as a PDF to print and cite: --claim ID.",
    ".pdf",
    write,
    things="claims",
    compare=problems,
    around=True,
)
"""The same as `dossier -o claim.pdf`."""
