"""Helpers of the extraction tests: read a text, and say what was found in its own words."""

from __future__ import annotations

from claimtrack.extract import RulesEngine
from claimtrack.model.attribution import Attribution, Extraction
from claimtrack.model.document import Article, Layout
from claimtrack.model.span import Span, Spans

ENGINE = RulesEngine()


def read(text: str, lang: str, title: int = 0) -> Extraction:
    """Return what the rules find; the first `title` code points are the title."""
    body = (Span(title, len(text)),) if len(text) > title else ()
    layout = Layout(title=(Span(0, title),) if title else (), body=body)
    return ENGINE.attribute(Article(text=text, place="test", layout=layout, lang=lang))


def words(text: str, spans: Spans) -> str:
    """Return the words of spans, gaps as an ellipsis."""
    return " … ".join(span.of(text) for span in spans)


def said(text: str, found: Attribution) -> tuple[str, str, str]:
    """Return an attribution's source, cue and content in words."""
    return words(text, found.source), words(text, found.cue), words(text, found.content)
