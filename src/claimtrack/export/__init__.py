"""One module a format, one registry."""

from claimtrack.export.form import Done, Form, Options
from claimtrack.export.formats import describe, export, formats, save, usable

__all__ = ["Done", "Form", "Options", "describe", "export", "formats", "save", "usable"]
