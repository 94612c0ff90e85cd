"""Sources for others: as a registry table, and as FollowTheMoney entities."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence

from claimtrack.lang.pack import available
from claimtrack.model.ids import content_id, digest
from claimtrack.model.source import Source
from claimtrack.model.vocabulary import NameKind, SourceKind, SourceRelationKind
from claimtrack.sources.edited import row_of
from claimtrack.sources.table import LISTED


def as_csv(sources: Sequence[Source]) -> str:
    """Return sources as a registry table, which can be imported again."""
    languages = available()
    columns = ["key", "kind", "type", "country", "domain", "wikidata", "parent", "relation"]
    columns += ["since", "until", *languages, *(f"weak_{code}" for code in languages)]
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, columns, lineterminator="\n")
    writer.writeheader()
    for source in sources:
        row = row_of(source)
        cells = {code: LISTED.join(names) for code, names in row.names.items()}
        cells |= {f"weak_{code}": LISTED.join(names) for code, names in row.weak.items()}
        cells |= {
            "parent": LISTED.join(each.parent for each in row.relations),
            "relation": LISTED.join(each.kind for each in row.relations),
            "since": LISTED.join(str(each.since or "") for each in row.relations),
            "until": LISTED.join(str(each.until or "") for each in row.relations),
        }
        plain = {name: getattr(row, name) or "" for name in columns[:6]}
        writer.writerow({name: cells.get(name, plain.get(name, "")) for name in columns})
    return out.getvalue()


_SCHEMA = {
    SourceKind.PERSON: "Person",
    SourceKind.STATE: "PublicBody",
    SourceKind.EMBASSY: "PublicBody",
}


def as_entities(sources: Sequence[Source]) -> str:
    """Return sources and their relations as FollowTheMoney entities, a JSON object a line."""
    return "".join(
        json.dumps(entity, ensure_ascii=False) + "\n"
        for source in sources
        for entity in _entities_of(source)
    )


_LINK_SCHEMA = {
    SourceRelationKind.OWNED_BY: ("Ownership", "asset", "owner"),
    SourceRelationKind.MEMBER_OF: ("Membership", "member", "organization"),
    SourceRelationKind.SPEAKS_FOR: ("Representation", "agent", "client"),
    SourceRelationKind.ACCOUNT_OF: ("Representation", "agent", "client"),
}


def _entities_of(source: Source) -> Iterator[dict[str, object]]:
    """Yield an entity, and one for each of its relations."""
    strong = dict.fromkeys(name.text for name in source.names if name.kind is not NameKind.WEAK)
    weak = dict.fromkeys(name.text for name in source.names if name.kind is NameKind.WEAK)
    properties = {
        "name": [source.name],
        "alias": [name for name in strong if name != source.name],
        "weakAlias": list(weak),
        "country": [source.country.lower()] if source.country else [],
        "website": [f"https://{source.domain}"] if source.domain else [],
        "wikidataId": [source.wikidata] if source.wikidata else [],
    }
    schema = _SCHEMA.get(source.kind, "Organization")
    yield _entity(source.id, schema, properties)
    for relation in source.relations:
        link, child, parent = _LINK_SCHEMA[relation.kind]
        ends = {child: [source.id], parent: [content_id("source", relation.parent)]}
        since, until = (str(day) if day else "" for day in (relation.since, relation.until))
        times = {"startDate": [since] if since else [], "endDate": [until] if until else []}
        made = digest([source.id, link, relation.parent, since])
        yield _entity(made, link, {**ends, **times})


def _entity(made: str, schema: str, properties: dict[str, list[str]]) -> dict[str, object]:
    told = {name: values for name, values in properties.items() if values}
    return {"id": made, "schema": schema, "properties": told}
