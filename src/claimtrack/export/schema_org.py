"""Sources and articles in schema.org's words."""

from __future__ import annotations

from typing import Any

from claimtrack.export.iris import iri, language, web
from claimtrack.model.ids import content_id
from claimtrack.model.source import Source
from claimtrack.model.vocabulary import OF_THE_STATE, SourceKind, SourceType
from claimtrack.store import Connection, held
from claimtrack.store.reports import Report
from claimtrack.store.sources import load_sources
from claimtrack.text.fold import fold

CONTEXT = "https://schema.org"

Record = dict[str, Any]

_AGENTS = {
    SourceKind.PERSON: "Person",
    SourceKind.UNNAMED: "Person",
    SourceKind.STATE: "GovernmentOrganization",
    SourceKind.EMBASSY: "GovernmentOrganization",
    SourceKind.OUTLET: "NewsMediaOrganization",
    SourceKind.AGENCY: "NewsMediaOrganization",
}
_WIKIDATA = "https://www.wikidata.org/entity/"


def claimant(connection: Connection, report: Report, base: str) -> Record | None:
    """Return who makes a report's claim; None where nobody is known to."""
    if report.source_id:
        return _source(connection, report.source_id, base)
    if report.own_voice and report.outlet:
        return {"@type": "NewsMediaOrganization", "name": report.outlet}
    if report.source_words:
        # What sort of agent words mean, nobody has said.
        kind = "Person" if report.source_type is SourceType.WITNESS else "Organization"
        return {"@type": kind, "name": report.source_words}
    return None


def names_of(connection: Connection, report: Report) -> frozenset[str]:
    """Return all names of who makes a report's claim, folded."""
    names = {report.source_name, report.source_words}
    if report.own_voice:
        names.add(report.outlet)
    if report.source_id:
        found = load_sources(connection, [report.source_id]).get(report.source_id)
        names |= {name.text for name in found.names} if found else set()
    return frozenset(fold(name).strip() for name in names if name)


def work(connection: Connection, report: Report, base: str) -> Record | None:
    """Return the article that has a report; None where it has no address of the web."""
    url = web(report.url)
    if not url:
        return None
    version = held.version(connection, report.version_id)
    publisher = {"@type": "NewsMediaOrganization", "name": report.outlet}
    return known(
        {
            "@type": "NewsArticle",
            "@id": iri(report.document_id, base),
            "url": url,
            "headline": report.title or None,
            "version": version.seq,
            "datePublished": report.published.iso() or None,
            "inLanguage": language(report.lang),
            "publisher": publisher if report.outlet else None,
            "archivedAt": web(version.archived),
        }
    )


def known(facts: Record) -> Record:
    """Return the facts that are known."""
    return {name: value for name, value in facts.items() if value is not None}


def _source(connection: Connection, source_id: str, base: str) -> Record:
    found = load_sources(connection, [source_id])[source_id]
    public = found.type in OF_THE_STATE and found.kind is not SourceKind.PERSON
    others = dict.fromkeys(name.text for name in found.names if name.text != found.name)
    return known(
        {
            "@type": _AGENTS.get(
                found.kind, "GovernmentOrganization" if public else "Organization"
            ),
            "@id": iri(found.id, base),
            "name": found.name,
            "alternateName": list(others) or None,
            "sameAs": f"{_WIKIDATA}{found.wikidata}" if found.wikidata else None,
            **_belongs(connection, found, base),
        }
    )


def _belongs(connection: Connection, source: Source, base: str) -> Record:
    """Return what a source is of: what a person is a member of, the parent of anything else."""
    parents = [content_id("source", one.parent) for one in source.relations]
    known_ones = load_sources(connection, parents)
    name = "memberOf" if source.kind is SourceKind.PERSON else "parentOrganization"
    found = [
        {"@type": "Organization", "@id": iri(each, base), "name": known_ones[each].name}
        for each in dict.fromkeys(parents)
        if each in known_ones
    ]
    return {name: found} if found else {}
