"""Attributions to claims: which reports are of the same proposition."""
