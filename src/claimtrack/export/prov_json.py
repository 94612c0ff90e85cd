"""PROV-JSON: who said what, taken from whom, with a bundle for what each person decided.

The keys are those of the submission's schema; it has none for quotations, which are derivations
of their type. Every name is a QName with a prefix for its kind and an opaque local part.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import count
from typing import Any, BinaryIO

from claimtrack.export.checks import against
from claimtrack.export.elements import encoded
from claimtrack.export.form import Done, Form, Options
from claimtrack.export.iris import iri
from claimtrack.export.prov import Facts, Ref, Relation, Text, Thing, bundles, facts
from claimtrack.export.rdf import PREFIXES
from claimtrack.store import Connection

_ENDS = {
    "wasGeneratedBy": ("prov:entity", "prov:activity"),
    "used": ("prov:activity", "prov:entity"),
    "wasDerivedFrom": ("prov:generatedEntity", "prov:usedEntity"),
    "wasAttributedTo": ("prov:entity", "prov:agent"),
    "wasAssociatedWith": ("prov:activity", "prov:agent"),
    "actedOnBehalfOf": ("prov:delegate", "prov:responsible"),
    "specializationOf": ("prov:specificEntity", "prov:generalEntity"),
    "alternateOf": ("prov:alternate1", "prov:alternate2"),
}
_TYPED = frozenset({"wasDerivedFrom", "actedOnBehalfOf"})
_KINDS = (
    *("source", "mention", "user", "run", "document", "version", "page", "address", "unheld"),
    *("claim", "attribution", "capture", "review", "grade", "judgement", "bundle", "reviewing"),
)
_TIMES = {"prov:startedAtTime": "prov:startTime", "prov:endedAtTime": "prov:endTime"}
"""How PROV-JSON calls an activity's times."""


def write(connection: Connection, out: BinaryIO, options: Options) -> Done:
    """Write the document, a record a line, without holding more than one in memory."""
    plain = {kind: iri(f"{kind}-", options.base) for kind in _KINDS}
    if options.base.endswith("/"):
        plain = {kind: f"{options.base}{kind}/" for kind in _KINDS}
    prefixes = json.dumps(PREFIXES | plain)
    out.write(f'{{"prefix":{prefixes}'.encode())
    written = _document(out, facts(connection), options.base)
    number = 0
    for number, (bundle, decided) in enumerate(bundles(connection), 1):
        out.write(b"," if number > 1 else b',\n"bundle":{')
        out.write(f'\n"{_qname(bundle, options.base)}":{{"prefix":{prefixes}'.encode())
        written += _document(out, decided, options.base)
        out.write(b"}")
    out.write(b"}}\n" if number else b"}\n")
    return Done(written)


def check(data: bytes) -> Iterable[str]:
    """Yield where the document is not what the profile says."""
    return against(data, "profiles/prov.schema.json")


def _document(out: BinaryIO, some: Facts, base: str) -> int:
    """Write the members of a document or bundle; return how many records they hold."""
    written = 0
    for name, things in (
        ("entity", some.entities),
        ("agent", some.agents),
        ("activity", some.activities),
    ):
        records = ((_qname(one.id, base), _thing(one, name, base)) for one in things())
        written += _member(out, name, records)
    numbers = count(1)
    for relation, every in some.relations.items():
        rows = ((f"_:{relation}{next(numbers)}", _relation(relation, one, base)) for one in every())
        written += _member(out, relation, rows)
    return written


def _member(out: BinaryIO, name: str, records: Iterator[tuple[str, dict[str, Any]]]) -> int:
    number = 0
    for number, (key, record) in enumerate(records, 1):
        out.write(b",\n" if number > 1 else f',\n"{name}":{{\n'.encode())
        out.write(b"%b:%b" % (encoded(key), encoded(record)))
    if number:
        out.write(b"}")
    return number


def _thing(one: Thing, kind: str, base: str) -> dict[str, Any]:
    values: dict[str, list[Any]] = {}
    if one.types:
        values["prov:type"] = [_type(each) for each in one.types]
    times: dict[str, str] = {}
    for name, value in one.attributes:
        if kind == "activity" and name in _TIMES and isinstance(value, Text):
            times[_TIMES[name]] = value.text
        else:
            values.setdefault(name.replace("rdfs:label", "prov:label"), []).append(
                _value(value, base)
            )
    return {
        **times,
        **{name: held[0] if len(held) == 1 else held for name, held in values.items()},
    }


def _value(value: Text | Ref, base: str) -> Any:
    if isinstance(value, Ref):
        return _type(_qname(value.id, base))
    if value.lang:
        return {"$": value.text, "lang": value.lang}
    return {"$": value.text, "type": value.type} if value.type else value.text


def _type(name: str) -> dict[str, str]:
    return {"$": name, "type": "prov:QUALIFIED_NAME"}


def _relation(relation: str, one: Relation, base: str) -> dict[str, Any]:
    start, end = _ENDS[relation]
    record: dict[str, Any] = {start: _qname(one.start, base), end: _qname(one.end, base)}
    if one.type and relation in _TYPED:
        record["prov:type"] = _type(one.type)
    for name, value in one.attributes:
        record[name] = _value(value, base)
    return record


def _qname(row_id: str, base: str) -> str:
    kind, _, digits = row_id.partition("-")
    return f"{kind}:{row_id if base.endswith('/') else digits}"


FORM = Form(
    "Everything that was said and decided, as PROV-JSON, with a bundle for each person.",
    ".json",
    write,
    things="records",
    check=check,
)
