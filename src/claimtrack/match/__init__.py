"""Attributions to claims: which reports are of the same proposition."""

from claimtrack.match.link import Links, link, link_version
from claimtrack.match.rules import between

__all__ = ["Links", "between", "link", "link_version"]
