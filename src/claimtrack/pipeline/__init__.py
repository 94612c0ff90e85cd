"""The stages in a row: read, attribute, resolve, store, link. Lazy: one article at a time.

Each name is loaded when it is first used: taking articles apart needs no database, and begins
without waiting for one.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from claimtrack.pipeline.adding import Intake, Progress, add
    from claimtrack.pipeline.again import ReextractReport, Step, reextract
    from claimtrack.pipeline.cluster import Cluster, open_cluster
    from claimtrack.pipeline.corpus import Crew, add_corpus, lost
    from claimtrack.pipeline.desk import Desk, edits_in, edits_of
    from claimtrack.pipeline.extracting import ExtractReport, extract_corpus, lost_tables
    from claimtrack.pipeline.lines import extract_lines
    from claimtrack.pipeline.spreading import one_by_one
    from claimtrack.pipeline.tally import AddReport, SkippedItem
    from claimtrack.pipeline.watching import FeedProblem, WatchReport, feeds_of, watch
    from claimtrack.pipeline.work import (
        Found,
        Means,
        engine,
        language_packs,
        registry,
        resolver,
        take_apart,
    )

__all__ = [
    "AddReport",
    "Cluster",
    "Crew",
    "Desk",
    "ExtractReport",
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
    "add_corpus",
    "edits_in",
    "edits_of",
    "engine",
    "extract_corpus",
    "extract_lines",
    "feeds_of",
    "language_packs",
    "lost",
    "lost_tables",
    "one_by_one",
    "open_cluster",
    "reextract",
    "registry",
    "resolver",
    "take_apart",
    "watch",
]

_PLACES = {
    "adding": ("Intake", "Progress", "add"),
    "again": ("ReextractReport", "Step", "reextract"),
    "cluster": ("Cluster", "open_cluster"),
    "corpus": ("Crew", "add_corpus", "lost"),
    "desk": ("Desk", "edits_in", "edits_of"),
    "extracting": ("ExtractReport", "extract_corpus", "lost_tables"),
    "lines": ("extract_lines",),
    "spreading": ("one_by_one",),
    "tally": ("AddReport", "SkippedItem"),
    "watching": ("FeedProblem", "WatchReport", "feeds_of", "watch"),
    "work": (
        *("Found", "Means", "engine", "language_packs"),
        *("registry", "resolver", "take_apart"),
    ),
}


def __getattr__(name: str) -> object:
    """Load a name of the package."""
    for module, names in _PLACES.items():
        if name in names:
            return getattr(import_module(f"{__name__}.{module}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
