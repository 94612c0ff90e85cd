"""Sentences to attributions: cues, spans, sources in the text, attributes, relays."""
