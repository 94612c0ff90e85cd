"""One JSON object a line: the form in which articles go into and out of `claimtrack extract`.

Spans are `[start, end)` in Unicode code points of the line's own `text`. Fields that we do not
know are kept; `attributions` and `narrator` are replaced. The JSON Schemas of both directions are
written from these models (`claimtrack.export.schemas`).
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from claimtrack.model.attribution import Attribution, Extraction
from claimtrack.model.document import Article
from claimtrack.model.span import Spans
from claimtrack.model.vocabulary import Assertion, Channel, Kind, SourceType, Stance

Offset = Annotated[int, Field(ge=0, strict=True)]
Pair = tuple[Offset, Offset]
"""A stretch as JSON has it: start and end, in code points, half-open."""


class _Line(BaseModel):
    """A value that keeps the fields it does not know."""

    model_config = ConfigDict(frozen=True, extra="allow", defer_build=True)  # seldom needed


class ArticleInput(_Line):
    """An article line that comes in: an id and a text, and whatever else is known."""

    id: str = Field(min_length=1, description="What the line is called; unique in its file.")
    text: str = Field(description="The text; all offsets count its code points.")
    lang: str | None = Field(None, description="ISO 639-1 code; detected when absent.")
    url: str | None = Field(None, description="Its address.")
    outlet: str | None = Field(None, description="Who published it.")
    byline: str | None = Field(None, description="Who wrote it, as stated.")
    published_at: str | None = Field(None, description="When it was published, as stated.")
    title: str | Pair | tuple[Pair, ...] | None = Field(
        None, description="The title's spans in the text, or its words where it is not in it."
    )
    body: Pair | tuple[Pair, ...] | None = Field(None, description="The body's spans.")
    boilerplate: Pair | tuple[Pair, ...] | None = Field(
        None, description="What stands in the text but does not belong to the article."
    )


class AttributionLine(_Line):
    """One attribution of a line: who (source) said (cue) what (content)."""

    id: str = Field(min_length=1, description="Its key in this article.")
    source: tuple[Pair, ...] = Field(description="The mention; empty when the sentence has none.")
    cue: tuple[Pair, ...] = Field(description="The words that report.")
    content: tuple[Pair, ...] = Field(min_length=1, description="What is attributed.")
    antecedent: tuple[Pair, ...] = Field(
        (), description="The earlier mention that an empty or anaphoric source stands for."
    )
    source_id: str | None = Field(None, description="The registered source; null if unresolved.")
    source_name: str | None = Field(None, description="Its name in English, else its own.")
    source_type: SourceType
    kind: Kind
    channel: Channel
    stance: Stance
    assertion: Assertion
    via: str | None = Field(None, description="The attribution that relays this one.")
    confidence: float = Field(ge=0, le=1, description="By rule, in round steps; no probability.")
    responds_to: str | None = Field(None, description="The attribution that this one answers.")
    source_text_ref: str | None = Field(None, description="The antecedent's words.")


class ArticleLine(_Line):
    """An article line that goes out: what came in, and everything found in it."""

    id: str = Field(min_length=1, description="What the line is called; unique in its file.")
    lang: str = Field(description="ISO 639-1 code.")
    text: str = Field(description="The text; all offsets count its code points.")
    url: str | None = Field(None, description="Its address.")
    outlet: str | None = Field(None, description="Who published it.")
    byline: str | None = Field(None, description="Who wrote it, as stated.")
    published_at: str | None = Field(None, description="When it was published, as stated.")
    title: str | tuple[Pair, ...] | None = Field(
        None, description="The title's spans in the text, or its words where it is not in it."
    )
    body: tuple[Pair, ...] = Field((), description="The body's spans.")
    boilerplate: tuple[Pair, ...] = Field(
        (), description="What stands in the text but does not belong to the article."
    )
    attributions: tuple[AttributionLine, ...] = Field(description="In reading order.")
    narrator: tuple[Pair, ...] = Field(description="What the outlet asserts in its own voice.")


_SHOWN_WHEN_KNOWN = frozenset(
    {
        "url",
        "outlet",
        "byline",
        "published_at",
        "title",
        "body",
        "boilerplate",
        "responds_to",
        "source_text_ref",
    }
)
"""Fields that a line leaves out when they say nothing."""


def line(article: Article, extraction: Extraction) -> dict[str, Any]:
    """Return an article and what was found in it as one line's JSON object.

    Fields come in the order of `ArticleLine`, the line's own further fields after them. An
    article without an id of its own is called after the place it came from.
    """
    found = ArticleLine(
        id=article.id or article.place,
        lang=article.lang,
        text=article.text,
        url=article.url,
        outlet=article.outlet,
        byline=article.byline,
        published_at=article.published.stated,
        title=_pairs(article.layout.title) or article.title,
        body=_pairs(article.layout.body),
        boilerplate=_pairs(article.layout.boilerplate),
        attributions=tuple(_attribution(one, article.text) for one in extraction.attributions),
        narrator=_pairs(extraction.narrator),
    )
    known = _shown(found.model_dump(mode="json"))
    known["attributions"] = [_shown(one) for one in known["attributions"]]
    return known | {name: value for name, value in article.extra.items() if name not in known}


def _attribution(found: Attribution, text: str) -> AttributionLine:
    return AttributionLine(
        id=found.key,
        source=_pairs(found.source),
        cue=_pairs(found.cue),
        content=_pairs(found.content),
        antecedent=_pairs(found.antecedent),
        source_id=found.source_id,
        source_name=found.source_name,
        source_type=found.source_type,
        kind=found.kind,
        channel=found.channel,
        stance=found.stance,
        assertion=found.assertion,
        via=found.via,
        confidence=found.confidence,
        responds_to=found.responds_to,
        source_text_ref=" … ".join(span.of(text) for span in found.antecedent),
    )


def _pairs(spans: Spans) -> tuple[Pair, ...]:
    return tuple((span.start, span.end) for span in spans)


def _shown(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value or name not in _SHOWN_WHEN_KNOWN}
