"""W3C Web Annotation: each stretch of content where it stands, and what it claims."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from claimtrack.export.checks import invalid
from claimtrack.export.elements import json_lists
from claimtrack.export.form import Done, Form, Options
from claimtrack.export.iris import iri, language, named, web
from claimtrack.export.schema_org import Record, known
from claimtrack.model.run import person
from claimtrack.model.span import Quote
from claimtrack.store import Connection, flat, held, whole
from claimtrack.store.clusters import cluster_of
from claimtrack.store.flat import Placed

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_SCHEMA = "profiles/webannotation.schema.json"


def write(connection: Connection, out: BinaryIO, options: Options) -> Done:
    """Write a collection of one page, an annotation for each stretch of content or verdict."""
    name = named("annotations", base=options.base)
    head = f'{{"@context":"{CONTEXT}","id":"{name}","type":"AnnotationCollection","first":'
    head += f'{{"id":"{name}#1","type":"AnnotationPage","startIndex":0,'
    left_out: list[str] = []
    items = _annotations(connection, options.base, left_out)
    done = json_lists(out, head, [("items", items)], "")
    out.write(f'}},"total":{done.written}}}\n'.encode())
    return done._replace(left_out=tuple(left_out))


def check(data: bytes) -> Iterable[str]:
    """Yield where annotations are not what the profile says, or point at nothing."""
    collection = json.loads(data)
    items = collection["first"]["items"]
    if collection.get("total") != len(items):
        yield f"total is not {len(items)}, the number of annotations"
    for number, item in enumerate(items):
        found = list(invalid(item, _SCHEMA, f"[{number}]"))
        yield from found
        if not found:
            yield from _lengths(item, number)


def _lengths(item: Record, number: int) -> Iterator[str]:
    """Yield a problem where a position is not as long as its words."""
    selectors = {one["type"]: one for one in item["target"]["selector"]}
    exact, position = selectors["TextQuoteSelector"]["exact"], selectors["TextPositionSelector"]
    if position["end"] - position["start"] != len(exact):
        yield f"[{number}]: its position is not as long as its words"


def _annotations(connection: Connection, base: str, left_out: list[str]) -> Iterator[Record]:
    verdicts = defaultdict[str, list[Record]](list)
    for review in whole.reviews(connection):
        verdicts[cluster_of(connection, review["claim_id"])].append(review)
    for version_id, some in flat.by_text(connection):
        version = held.version(connection, version_id)
        quotes = flat.contents(connection, version_id)
        source = web(version.url) or iri(version.document_id, base)
        cached = web(version.archived) or iri(version_id, base)
        state = {"type": "TimeState", "sourceDate": version.seen_at, "cached": cached}
        for one in some:
            bodies = _bodies(one, base)
            targets = [
                {
                    "type": "SpecificResource",
                    "source": source,
                    "selector": _selectors(quote),
                    "state": state,
                }
                for quote in quotes[one.report.id]
            ]
            for number, target in enumerate(targets, 1):
                yield {
                    "id": f"{iri(one.report.id, base)}#{number}",
                    "type": "Annotation",
                    "motivation": "assessing" if one.disputes else "identifying",
                    "created": version.recorded_at,
                    **_maker(one.report.run),
                    "body": bodies,
                    "target": target,
                }
            if not one.disputes:  # a verdict stands once, at the first report that says the claim
                for review in verdicts.pop(one.report.claim, ()):
                    yield _verdict(review, one.report.claim, targets[0], base)
    left_out += (
        f"{review['id']}, whose claim no report here makes"
        for some in verdicts.values()
        for review in some
    )


def _verdict(review: Record, claim: str, target: Record, base: str) -> Record:
    """Return what the desk says of a claim, where the claim stands."""
    said = f"{review['rating']} ({review['scale']})"
    return {
        "id": iri(review["id"], base),
        "type": "Annotation",
        "motivation": "assessing",
        "created": review["reviewed_at"],
        "creator": {"type": "Person", "name": review["reviewed_by"]},
        "body": [
            {"type": "SpecificResource", "source": iri(claim, base), "purpose": "identifying"},
            {
                "type": "TextualBody",
                "value": f"{said}: {review['text']}" if review["text"] else said,
                "purpose": "assessing",
                "format": "text/plain",
            },
        ],
        "target": target,
    }


def _maker(run: str) -> Record:
    """Return what found a report, or who put it in or corrected it."""
    if who := person(run):
        return {"creator": {"type": "Person", "name": who}}
    return {"generator": {"type": "Software", "name": run}}


def _bodies(one: Placed, base: str) -> list[Record]:
    report = one.report
    name = one.source.name if one.source else report.words.get("source")
    how = (report.kind, report.channel, report.stance)
    facts = (*how, report.assertion, report.modality, report.source_type)
    bodies: list[Record] = [
        {
            "type": "SpecificResource",
            "source": iri(report.claim, base),
            "purpose": "identifying",
        },
        known(
            {
                "type": "TextualBody",
                "value": report.words["content"],
                "purpose": "describing",
                "format": "text/plain",
                "language": language(one.document.lang),
                "textDirection": one.document.direction.value,
            }
        ),
        {"type": "TextualBody", "value": " ".join(facts), "purpose": "classifying"},
    ]
    if one.source:
        bodies.append(
            {
                "type": "SpecificResource",
                "source": iri(one.source.id, base),
                "purpose": "linking",
            }
        )
    if name:
        bodies.append({"type": "TextualBody", "value": name, "purpose": "tagging"})
    return bodies


def _selectors(quote: Quote) -> list[Record]:
    words = {"exact": quote.exact, "prefix": quote.prefix, "suffix": quote.suffix}
    return [
        {"type": "TextQuoteSelector", **words},
        {"type": "TextPositionSelector", "start": quote.start, "end": quote.end},
    ]


FORM = Form(
    "Each report where it stands, as W3C Web Annotations: quote, position, and when it was seen.",
    ".jsonld",
    write,
    check=check,
)
