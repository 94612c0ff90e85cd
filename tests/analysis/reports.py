"""Reports made by hand, for what no article can say: circles, long chains, hostile names."""

from __future__ import annotations

from datetime import UTC, datetime

from claimtrack.analysis.chain import Pair
from claimtrack.model.document import StatedTime
from claimtrack.model.ids import content_id
from claimtrack.model.span import Span, quote
from claimtrack.model.vocabulary import (
    Assertion,
    Channel,
    Direction,
    Kind,
    Modality,
    Precision,
    SourceType,
    Stance,
)
from claimtrack.store.views import AttributionView, Context, DocumentRef, SourceRef

MARCH = StatedTime(
    stated="3 March 2025", utc=datetime(2025, 3, 3, tzinfo=UTC), precision=Precision.DAY
)


def document(
    outlet: str | None = "Site C", title: str = "Tax to fall", url: str | None = None
) -> DocumentRef:
    return DocumentRef(
        id=content_id("document", title, outlet),
        version_id=content_id("version", title, outlet),
        title=title,
        outlet=outlet,
        lang="en",
        direction=Direction.LTR,
        url=url,
        published=MARCH,
    )


def report(
    name: str,
    *,
    cue: str = "said",
    channel: Channel = Channel.NONE_STATED,
    resolved: bool = True,
    at: DocumentRef | None = None,
) -> AttributionView:
    """Return a report whose source is called `name`, in a sentence of its own."""
    text = f"{name} {cue} the tax will fall in March"
    start = text.index("the tax")
    spans = {
        "source": Span(0, len(name)),
        "cue": Span(len(name) + 1, len(name) + 1 + len(cue)),
        "content": Span(start, len(text)),
    }
    known = SourceRef(id=content_id("source", name), name=name, type=SourceType.OTHER, country=None)
    return AttributionView(
        id=content_id("attribution", name),
        claim_id=content_id("claim", "tax"),
        key=name,
        document=at or document(),
        source=known if resolved else None,
        quotes={
            role: (quote(text, span),) for role, span in spans.items() if span.end > span.start
        },
        context=Context(start=0, end=len(text), text=text),
        kind=Kind.INDIRECT,
        channel=channel,
        stance=Stance.NEUTRAL,
        assertion=Assertion.ASSERT,
        modality=Modality.ASSERTED,
        source_type=SourceType.OTHER,
        confidence=0.5,
        via_id=None,
        responds_to_id=None,
        run="rules 1",
    )


def relay(child: AttributionView, parent: AttributionView) -> Pair:
    return child.id, parent.id
