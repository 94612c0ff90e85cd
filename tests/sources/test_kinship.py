"""What sources can be called by is remembered, but not without end."""

from __future__ import annotations

import tracemalloc

import pytest

from claimtrack.model.source import Source
from claimtrack.model.vocabulary import SourceKind, SourceType
from claimtrack.sources import kinship
from claimtrack.sources.kinship import Kinship
from claimtrack.sources.registry import Registry


def test_what_is_remembered_does_not_grow_with_the_people_who_were_met(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(kinship, "MOST", 500)
    known, most = Kinship(Registry([])), []
    tracemalloc.start()
    for first in range(0, 6_000, 2_000):
        tracemalloc.reset_peak()
        for number in range(first, first + 2_000):
            known.tags(person(f"person|document-{number}"))
        most.append(tracemalloc.get_traced_memory()[1])
    tracemalloc.stop()
    assert most[-1] < 1.5 * most[0]


def person(key: str) -> Source:
    return Source(key=key, name="Vela Ferrant", kind=SourceKind.PERSON, type=SourceType.COMPANY)
