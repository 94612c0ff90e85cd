"""Reconciliation of names with sources, as OpenRefine asks for it (W3C's specification 0.2)."""

from __future__ import annotations

import json
from typing import Any

from claimtrack.model.vocabulary import SourceType
from claimtrack.publish.desk import Desk
from claimtrack.store.names import Candidate, Names, candidates, names

MOST_QUERIES = 100
"""Queries that are answered at once."""

MOST_CANDIDATES = 20
_LONGEST = 500  # code points of a name that are read
_VERSIONS = ["0.1", "0.2"]


async def reconcile(desk: Desk) -> Any:
    """Answer a batch of queries, or say what this service is."""
    asked = await _asked(desk)
    if asked is None:
        return desk.file(json.dumps(_manifest(desk)), "application/json")
    known = await desk.kept("names", names)
    answers = await desk.read(_answers, known, asked, desk)
    return desk.file(json.dumps(answers, ensure_ascii=False), "application/json")


async def _asked(desk: Desk) -> dict[str, dict[str, Any]] | None:
    """Return the queries by their keys; None where there are none, or nothing that is one."""
    text = desk.argument("queries")
    if desk.request.method == "POST":
        text = (await desk.request.post_vars()).get("queries", "")
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, dict):
        return None
    queries = list(found.items())[:MOST_QUERIES]
    return {key: query for key, query in queries if isinstance(query, dict)}


def _answers(
    connection: Any, known: Names, asked: dict[str, dict[str, Any]], desk: Desk
) -> dict[str, Any]:
    return {key: _answer(connection, known, query, desk) for key, query in asked.items()}


def _answer(connection: Any, known: Names, query: dict[str, Any], desk: Desk) -> dict[str, Any]:
    limit = query.get("limit")
    many = min(limit, MOST_CANDIDATES) if isinstance(limit, int) and limit > 0 else 5
    wanted = query.get("type") or []
    listed = wanted if isinstance(wanted, list) else [wanted]
    types = [SourceType(each) for each in listed if each in list(SourceType)]
    name = str(query.get("query") or "")[:_LONGEST]
    found = candidates(connection, known, name, types, many)
    return {"result": [_candidate(each, desk) for each in found]}


def _candidate(found: Candidate, desk: Desk) -> dict[str, Any]:
    return {
        "id": found.source.id,
        "name": found.source.name_in(desk.t.code),
        "score": found.score,
        "match": found.match,
        "type": [_type(found.source.type, desk)],
    }


def _manifest(desk: Desk) -> dict[str, Any]:
    pages = desk.absolute(desk.links.page("source"))
    return {
        "versions": _VERSIONS,
        "name": f"claimtrack: {desk.t('list.sources')}",
        "identifierSpace": pages,
        "schemaSpace": pages,
        "defaultTypes": [_type(each, desk) for each in SourceType],
        "view": {"url": f"{pages}/{{{{id}}}}"},
    }


def _type(value: SourceType, desk: Desk) -> dict[str, str]:
    return {"id": value.value, "name": desk.t.term("source_type", value.value)}
