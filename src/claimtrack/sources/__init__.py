"""Mentions to sources: the registry and the resolver."""
