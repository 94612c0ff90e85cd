"""Language packs: cue lexicons, patterns and examples as data."""
