"""An article's attributions with who is meant by their sources."""

from __future__ import annotations

from collections.abc import Mapping

from claimtrack.model.attribution import Extraction
from claimtrack.model.source import Resolution, Source
from claimtrack.model.value import Value


class Resolved(Value):
    """An article's extraction with its sources.

    Attributes:
        extraction: Every attribution with source_id, source_name and source_type as far as known.
        sources: Those that are named, each once, and the parents their relations name.
        resolutions: How the source of each attribution was told, by the attribution's key.
    """

    extraction: Extraction
    sources: tuple[Source, ...]
    resolutions: Mapping[str, Resolution]
