"""Attributions to claims: which reports are of the same proposition."""

from claimtrack.match.lexicon import lexicon
from claimtrack.match.link import Links, link, link_version
from claimtrack.match.rules import between

__all__ = ["Links", "between", "lexicon", "link", "link_version"]
