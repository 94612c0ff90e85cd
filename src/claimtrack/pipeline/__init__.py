"""The stages in a row: read, attribute, resolve, store, link. Lazy: one article at a time."""

from claimtrack.pipeline.adding import AddReport, Intake, Progress, SkippedItem, add
from claimtrack.pipeline.work import (
    Desk,
    Found,
    Means,
    ReextractReport,
    Step,
    engine,
    extract_lines,
    language_packs,
    reextract,
    take_apart,
)

__all__ = [
    "AddReport",
    "Desk",
    "Found",
    "Intake",
    "Means",
    "Progress",
    "ReextractReport",
    "SkippedItem",
    "Step",
    "add",
    "engine",
    "extract_lines",
    "language_packs",
    "reextract",
    "take_apart",
]
