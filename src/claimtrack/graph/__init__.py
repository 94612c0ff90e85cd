"""The store as networkx graphs."""

from claimtrack.graph.provenance import provenance

__all__ = ["provenance"]
