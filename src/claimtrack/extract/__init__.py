"""Sentences to attributions: cues, spans, sources in the text, attributes, relays."""

from claimtrack.extract.engine import RulesEngine

__all__ = ["RulesEngine"]
