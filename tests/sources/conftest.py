"""The packaged registry, and one resolver for all tests: it holds nothing of an article."""

from __future__ import annotations

import pytest

from claimtrack.sources import Registry, Resolver


@pytest.fixture(scope="session")
def registry() -> Registry:
    return Registry.load()


@pytest.fixture(scope="session")
def resolver(registry: Registry) -> Resolver:
    return Resolver(registry)
