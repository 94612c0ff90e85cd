"""claimtrack takes news articles apart into claims linked to who made them.

The names below are the public interface. Each is loaded when it is first used, so that importing
claimtrack costs nothing; `__init__.pyi` tells type checkers what they are.
"""

from importlib import import_module

__version__ = "0.1.0"

__all__ = [
    "AddReport",
    "Article",
    "Attribution",
    "Attributor",
    "ClaimtrackError",
    "Desk",
    "Extraction",
    "Means",
    "ReextractReport",
    "Registry",
    "Resolver",
    "RulesEngine",
    "Settings",
    "Source",
    "Span",
    "Store",
    "__version__",
    "add",
    "engine",
    "extract_lines",
    "provenance",
    "reextract",
    "score",
    "take_apart",
    "trace",
]

_PLACES = {
    "AddReport": "pipeline",
    "Article": "model.document",
    "Attribution": "model.attribution",
    "Attributor": "ports",
    "ClaimtrackError": "errors",
    "Desk": "pipeline",
    "Extraction": "model.attribution",
    "Means": "pipeline",
    "ReextractReport": "pipeline",
    "Registry": "sources",
    "Resolver": "sources",
    "RulesEngine": "extract",
    "Settings": "config",
    "Source": "model.source",
    "Span": "model.span",
    "Store": "store",
    "add": "pipeline",
    "engine": "pipeline",
    "extract_lines": "pipeline",
    "provenance": "graph",
    "reextract": "pipeline",
    "score": "evaluation.score",
    "take_apart": "pipeline",
    "trace": "analysis.trace",
}


def __getattr__(name: str) -> object:
    """Load a public name."""
    if name not in _PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_PLACES[name]}"), name)


def __dir__() -> list[str]:
    """Return the public names."""
    return __all__
