"""STIX 2.1, for those who exchange what they know of influence operations: what it can truly say.

STIX has no claim and no article. A claim is a Report on itself, that refers to its reports; each
of those is a Note with the words, whose external reference is the article. Who denies a claim has
an Opinion of it. A verdict stays a Note: the five steps of Opinion are not the desk's words.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, BinaryIO
from uuid import NAMESPACE_URL, uuid5

from claimtrack.export.checks import library, told
from claimtrack.export.elements import encoded
from claimtrack.export.form import Done, Form, Options
from claimtrack.export.iris import NAMESPACE, language, web
from claimtrack.model.vocabulary import SourceKind
from claimtrack.store import Connection, flat, links, read, whole
from claimtrack.store.flat import Placed
from claimtrack.store.views import DocumentRef

_SPACE = uuid5(NAMESPACE_URL, NAMESPACE)
_CLASSES = {
    SourceKind.PERSON: "individual",
    SourceKind.BODY: "organization",
    SourceKind.STATE: "organization",
    SourceKind.OUTLET: "organization",
    SourceKind.AGENCY: "organization",
    SourceKind.EMBASSY: "organization",
}

Thing = dict[str, Any]


def write(connection: Connection, out: BinaryIO, _options: Options) -> Done:
    """Write a bundle, an object a line; the same database, the same ids."""
    count, ids = 0, uuid5(_SPACE, "bundle")
    out.write(f'{{"type":"bundle","id":"bundle--{ids}"'.encode())
    for count, thing in enumerate(_things(connection), 1):
        # an empty list is no list in STIX
        out.write(b',"objects":[\n' if count == 1 else b",\n")
        out.write(encoded(thing))
    out.write(b"]}\n" if count else b"}\n")
    return Done(count)


def check(data: bytes) -> Iterable[str]:
    """Yield what STIX's own library does not take, and references that lead nowhere.

    Raises:
        ClaimtrackError: That library is not installed.
    """
    stix2 = library("stix2")
    things = json.loads(data).get("objects", [])
    known = {one.get("id") for one in things}
    for number, one in enumerate(things, 1):
        try:
            stix2.parse(one, version="2.1")
        except (stix2.exceptions.STIXError, ValueError, TypeError, KeyError) as error:
            yield told(f"object {number}: {error}")
        ends = [*one.get("object_refs", ()), one.get("source_ref"), one.get("target_ref")]
        for end in ends:
            if end and end not in known:
                yield f"object {number}: {end} is no object of the bundle"


def _things(connection: Connection) -> Iterator[Thing]:
    for source in whole.sources(connection):
        yield _identity(source)
    recorded = links.recorded(connection)
    reports: defaultdict[str, list[str]] = defaultdict(list)
    for one in flat.placed(connection):
        note = _note(one, recorded[one.report.id])
        reports[one.report.claim].append(one.report.id)
        yield note
        if one.disputes:
            yield _opinion(one, note)
    for claim in links.all_claims(connection):
        own = reports[claim.id]
        at = min(recorded[each] for each in own)
        named = {"name": claim.text, "published": _instant(at), **_lang(claim.lang)}
        refs = [_id("note", each) for each in own]
        yield _thing("report", claim.id, at, **named, object_refs=refs)
    for relay in whole.relays(connection):
        ends = {
            "source_ref": _id("note", relay["child_id"]),
            "target_ref": _id("note", relay["parent_id"]),
        }
        how = {"relationship_type": "derived-from", "description": _described(relay)}
        yield _thing("relationship", relay["id"], relay["recorded_at"], **how, **ends)
    for review in whole.reviews(connection):
        yield _verdict(review, read.claim(connection, review["claim_id"]).id)


def _described(relay: whole.Record) -> str:
    return f"{relay['kind']}: {relay['evidence']}"


def _identity(source: whole.Record) -> Thing:
    kind = _CLASSES.get(SourceKind(source["kind"]), "unknown")
    names = [name["text"] for name in source["names"] if name["text"] != source["name"]]
    known = {"name": source["name"], "identity_class": kind}
    # STIX has no other names for an identity
    more = {"description": " | ".join(names)} if names else {}
    return _thing("identity", source["id"], source["recorded_at"], **known, **more)


def _note(one: Placed, at: str) -> Thing:
    report = one.report
    kinds = {
        "quotation": report.kind,
        "channel": report.channel,
        "stance": report.stance,
        "assertion": report.assertion,
        "modality": report.modality,
    }
    said_by = [_id("identity", one.source.id)] if one.source else []
    author = report.words.get("source") or (one.source.name if one.source else "")
    return _thing(
        "note",
        report.id,
        at,
        content=report.words["content"],
        **({"authors": [author]} if author else {}),
        object_refs=[_id("report", report.claim), *said_by],
        confidence=round(100 * report.confidence),
        labels=[f"{name}: {kind}" for name, kind in kinds.items()],
        external_references=[_article(one.document)],
        **_lang(one.document.lang),
    )


def _opinion(one: Placed, note: Thing) -> Thing:
    kept = ("authors", "lang", "external_references", "confidence")
    return _thing(
        "opinion",
        one.report.id,
        note["created"],
        opinion="disagree",
        explanation=note["content"],
        object_refs=[_id("report", one.report.claim)],
        **{name: note[name] for name in kept if name in note},
    )


def _article(document: DocumentRef) -> Thing:
    """Return where a report stands, as STIX points to what is not STIX."""
    url = web(document.url)
    words = (document.title, document.published.stated or document.published.iso())
    return {
        "source_name": document.outlet or document.title or document.id,
        "description": " | ".join(filter(None, words)) or document.id,
        **({"url": url} if url else {}),
        "external_id": document.id,
    }


def _verdict(review: whole.Record, claim_id: str) -> Thing:
    url = web(review["url"])
    said = f"{review['rating']} ({review['scale']})"
    links_to = [{"source_name": review["reviewed_by"], "url": url}] if url else []
    return _thing(
        "note",
        review["id"],
        review["reviewed_at"],
        abstract=said,
        content=f"{said}: {review['text']}" if review["text"] else said,
        authors=[review["reviewed_by"]],
        object_refs=[_id("report", claim_id)],
        labels=["verdict"],
        **({"external_references": links_to} if links_to else {}),
    )


def _thing(kind: str, row_id: str, at: str, **facts: Any) -> Thing:
    at = _instant(at)
    head = {"type": kind, "spec_version": "2.1", "id": _id(kind, row_id)}
    return {**head, "created": at, "modified": at, **facts}


@lru_cache
def _instant(at: str) -> str:
    """Return an instant as STIX writes it: to the millisecond."""
    when = datetime.fromisoformat(at).astimezone(UTC).isoformat(timespec="milliseconds")
    return when.replace("+00:00", "Z")


def _id(kind: str, row_id: str) -> str:
    return f"{kind}--{uuid5(_SPACE, row_id)}"


def _lang(code: str) -> Thing:
    known = language(code)
    return {"lang": known} if known else {}


FORM = Form(
    "Claims, reports, denials and verdicts in STIX 2.1, as far as it can say them.",
    ".stix.json",
    write,
    things="objects",
    check=check,
)
