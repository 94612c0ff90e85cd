"""Webs of reports made by hand: names, who had it from whom, and no more than a test needs."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from claimtrack.analysis.web import Web, web
from claimtrack.model.document import StatedTime
from claimtrack.model.vocabulary import (
    Assertion,
    Channel,
    Modality,
    Precision,
    RelayKind,
    RelayStrength,
    SourceKind,
    SourceType,
    Stance,
)
from claimtrack.store.reports import Edge, Report

WORDS = "the dam is {}"


def day(text: str, precision: Precision = Precision.DAY) -> StatedTime:
    at = datetime.fromisoformat(text)
    return StatedTime(
        stated=text, utc=(at.replace(tzinfo=at.tzinfo or UTC)).astimezone(UTC), precision=precision
    )


def report(name: str, number: int = 0, **facts: Any) -> Report:
    """Return a report by a named source, in an article of its own, in words of its own."""
    known: dict[str, Any] = {
        "id": name,
        "number": number,
        "claim_id": "claim",
        "document_id": f"doc-{name}",
        "version_id": f"version-{name}",
        "title": name,
        "outlet": f"outlet-{name}",
        "outlet_id": None,
        "url": None,
        "lang": "en",
        "published": StatedTime(),
        "recorded_at": "2031-05-04T09:30:00Z",
        "source_id": f"source-{name}",
        "source_name": name,
        "source_kind": SourceKind.BODY,
        "source_type": SourceType.OTHER,
        "group": f"source-{name}",
        "channel": Channel.NONE_STATED,
        "stance": Stance.NEUTRAL,
        "assertion": Assertion.ASSERT,
        "modality": Modality.ASSERTED,
        "own_voice": False,
        "text": WORDS.format(name),
        "cue": "said",
        "source_words": name,
    }
    return Report(**{**known, **facts})


def nobody(name: str, number: int = 0, **facts: Any) -> Report:
    """Return what an outlet says on its own account."""
    own: dict[str, Any] = {
        "source_id": None,
        "source_name": None,
        "source_kind": None,
        "group": None,
        "own_voice": True,
        "cue": "",
        "source_words": "",
    }
    return report(name, number, **{**own, **facts})


def edge(child: str, parent: str, kind: RelayKind = RelayKind.RELAYS) -> Edge:
    return Edge(
        child=child,
        parent=parent,
        kind=kind,
        strength=RelayStrength.STATED,
        evidence="by hand",
    )


def made(some: Iterable[Report], edges: Iterable[tuple[str, str]] = ()) -> Web:
    """Return the web of a claim that all the reports make."""
    kept = tuple(some)
    return web(kept, [edge(*each) for each in edges], [one.id for one in kept])


def named(*names: str) -> list[Report]:
    return [report(name, number) for number, name in enumerate(names)]
