"""The store as networkx graphs."""
