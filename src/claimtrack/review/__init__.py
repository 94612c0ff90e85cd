"""The review desk: what people decide, and how it is kept."""
