"""What the graph can tell: small frozen results."""
