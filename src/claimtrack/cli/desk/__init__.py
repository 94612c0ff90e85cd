"""The review desk in the terminal, with Textual; what a key does is in `claimtrack.review`."""
