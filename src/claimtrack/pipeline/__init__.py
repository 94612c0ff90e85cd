"""The stages in a row: read, attribute, resolve, store, link. Lazy: one article at a time."""

from claimtrack.pipeline.adding import AddReport, Intake, Progress, SkippedItem, add
from claimtrack.pipeline.watching import FeedProblem, WatchReport, feeds_of, watch
from claimtrack.pipeline.work import (
    Desk,
    Found,
    Means,
    ReextractReport,
    Step,
    edits_in,
    edits_of,
    engine,
    extract_lines,
    language_packs,
    reextract,
    registry,
    resolver,
    take_apart,
)

__all__ = [
    "AddReport",
    "Desk",
    "FeedProblem",
    "Found",
    "Intake",
    "Means",
    "Progress",
    "ReextractReport",
    "SkippedItem",
    "Step",
    "WatchReport",
    "add",
    "edits_in",
    "edits_of",
    "engine",
    "extract_lines",
    "feeds_of",
    "language_packs",
    "reextract",
    "registry",
    "resolver",
    "take_apart",
    "watch",
]
