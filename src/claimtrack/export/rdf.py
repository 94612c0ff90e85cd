"""RDF terms in Turtle and TriG, written as they come: a graph of any size needs no memory."""

from __future__ import annotations

import re
from collections.abc import Iterable

from claimtrack.export.iris import NAMESPACE, iri
from claimtrack.export.prov import Attribute, Ref, Text, Thing

PREFIXES = {
    "ct": NAMESPACE,
    "prov": "http://www.w3.org/ns/prov#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_ESCAPED = re.compile(r'[\\"\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]')


def head(**more: str) -> str:
    """Return the prefixes, ours and others."""
    lines = (f"@prefix {name}: <{full}> ." for name, full in (PREFIXES | more).items())
    return "\n".join(lines) + "\n"


def name(row_id: str, base: str) -> str:
    """Return the term for a thing."""
    return f"<{iri(row_id, base)}>"


def literal(value: Text) -> str:
    """Return the term for words; what Turtle cannot hold is escaped, what nothing can replaced."""
    text = _ESCAPED.sub(_escaped, value.text)
    if value.lang:
        return f'"{text}"@{value.lang}'
    return f'"{text}"^^{value.type}' if value.type else f'"{text}"'


def thing(kind: str, one: Thing, base: str) -> str:
    """Return a thing with its types and attributes, as one Turtle statement."""
    kinds = ", ".join((kind, *one.types))
    return f"{name(one.id, base)} a {kinds}{facts_of(one.attributes, base)} .\n"


def facts_of(attributes: Iterable[Attribute], base: str) -> str:
    """Return attributes as they follow what was said of a thing before."""
    terms = (
        (attribute, name(value.id, base) if isinstance(value, Ref) else literal(value))
        for attribute, value in attributes
    )
    return "".join(f" ;\n  {attribute} {term}" for attribute, term in terms)


def _escaped(found: re.Match[str]) -> str:
    char = found[0]
    if char == "\x00" or "\ud800" <= char <= "\udfff":
        return "\ufffd"
    return _ESCAPES.get(char) or f"\\u{ord(char):04X}"
