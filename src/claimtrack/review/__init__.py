"""The review desk: what waits for people, and what they decide."""
