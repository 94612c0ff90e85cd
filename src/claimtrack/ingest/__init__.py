"""Bytes to articles: text, HTML, JSON lines; what belongs to the article and what does not."""

from claimtrack.ingest.problems import Skipped
from claimtrack.ingest.reading import check, read

__all__ = ["Skipped", "check", "read"]
