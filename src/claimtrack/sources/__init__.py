"""Mentions to sources: the registry and the resolver."""

from claimtrack.sources.registry import Registry
from claimtrack.sources.resolver import Resolved, Resolver

__all__ = ["Registry", "Resolved", "Resolver"]
