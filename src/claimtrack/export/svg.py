"""SVG: who has a claim from whom, the picture that the site draws, as a file of its own."""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO
from xml.etree import ElementTree as ET

from claimtrack.analysis.picture import NodeKind, Picture, picture
from claimtrack.analysis.web import load
from claimtrack.errors import ClaimtrackError
from claimtrack.export.drawing import Look, draw
from claimtrack.export.form import Done, Form, Options
from claimtrack.export.iris import iri, web
from claimtrack.export.words import words_in
from claimtrack.store import Connection
from claimtrack.store.claims import claim_refs
from claimtrack.store.refs import source_refs

_SVG = "{http://www.w3.org/2000/svg}"
_ELEMENTS = frozenset({"svg", "defs", "marker", "path", "a", "g", "title", "rect", "text"})


def write(connection: Connection, out: BinaryIO, options: Options) -> Done:
    """Write the picture; below an address, its nodes lead to their pages.

    Raises:
        ClaimtrackError: It is not one claim that was asked for, or there are no words in the
            language.
    """
    made = picture_of(connection, options)
    text = draw(made, look(connection, made, options))
    out.write(f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode())
    return done(made)


def check(data: bytes) -> Iterable[str]:
    """Yield where it is no XML, or more than a picture: what runs, loads, or leads off the web."""
    try:
        tree = ET.fromstring(data)  # noqa: S314 (our own file)
    except ET.ParseError as error:
        yield f"it is no XML ({error})"
        return
    if tree.tag != f"{_SVG}svg":
        yield "it is no svg"
    for element in tree.iter():
        name = element.tag.removeprefix(_SVG)
        if name not in _ELEMENTS:
            yield f"{name} is no part of a picture"
        for key, value in element.attrib.items():
            if key.startswith("on") or (key == "href" and web(value) != value):
                yield f"{name} has {key}={value!r}"


def picture_of(connection: Connection, options: Options) -> Picture:
    """Return the picture that was asked for.

    Raises:
        ClaimtrackError: It is not one claim that was asked for.
    """
    if len(options.claims) != 1:
        raise ClaimtrackError("A picture is of one claim. Give --claim ID, once.")
    (ref,) = claim_refs(connection, [options.claims])
    return picture(load(connection, ref.id), (ref.id, ref.text, ref.lang))


def look(connection: Connection, made: Picture, options: Options) -> Look:
    """Return how it is drawn for readers of a language.

    Raises:
        ClaimtrackError: There are no words in the language.
    """
    words = words_in(options.lang)
    refs = source_refs(connection, [node.page for node in made.nodes if node.page])
    return Look(
        title=words["picture"],
        direction=words["direction"],
        kinds={kind: words[f"node_{kind}"] for kind in NodeKind},
        nobody=words["no_source"],
        names={known: ref.name_in(options.lang) for known, ref in refs.items()},
        address=lambda each: iri(each, options.base) if options.base.endswith("/") else None,
    )


def done(made: Picture) -> Done:
    """Return how many nodes there are, and how many articles had no room."""
    told = f"{made.left_out} articles, since the picture would be too full"
    return Done(len(made.nodes), (told,) if made.left_out else ())


FORM = Form(
    "Who has a claim from whom, as a picture that scales: --claim ID.",
    ".svg",
    write,
    things="nodes",
    check=check,
    around=True,
)
