"""Mentions to sources: the registry and the resolver."""

from claimtrack.sources.registry import Registry
from claimtrack.sources.resolved import Resolved
from claimtrack.sources.resolver import Resolver

__all__ = ["Registry", "Resolved", "Resolver"]
