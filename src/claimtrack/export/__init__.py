"""One module a format, one registry."""

from claimtrack.export.formats import Format, describe, export, formats, save

__all__ = ["Format", "describe", "export", "formats", "save"]
