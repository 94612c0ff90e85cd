"""Attributions to claims: which reports are of the same proposition."""

from claimtrack.match.link import Links, link, link_version

__all__ = ["Links", "link", "link_version"]
