"""An attribution: one act of reporting in one text."""

from __future__ import annotations

from pydantic import Field

from claimtrack.model.span import Spans
from claimtrack.model.value import Value
from claimtrack.model.vocabulary import (
    Assertion,
    Channel,
    Kind,
    Modality,
    SourceType,
    Stance,
)


class Attribution(Value):
    """Who (source) said (cue) what (content), as one text reports it.

    Spans are code points of the text it was found in. `key`, `via` and `responds_to` name
    attributions of the same article only.

    Attributes:
        source: The mention in the sentence; empty when the sentence has none.
        cue: The words that report; may be discontinuous ("directed … accusations").
        content: What is attributed; at least one span.
        antecedent: The earlier mention that an empty or anaphoric source stands for.
        source_name: The resolved source's name in English, else its own.
        source_id: The registered source's id; None when unresolved.
        via: Key of the attribution that relays this one; None when the outlet itself reports it.
        responds_to: Key of the attribution that this one answers.
        confidence: Rule-based, in round steps from 0 to 1; not a probability.
        cue_unknown: No lexicon knew the cue (a colon, a bare quotation).
        pattern: Which rule found it, for error tables.
    """

    key: str
    source: Spans = ()
    cue: Spans = ()
    content: Spans = Field(min_length=1)
    antecedent: Spans = ()
    kind: Kind = Kind.INDIRECT
    channel: Channel = Channel.NONE_STATED
    stance: Stance = Stance.NEUTRAL
    assertion: Assertion = Assertion.ASSERT
    modality: Modality = Modality.ASSERTED
    source_type: SourceType = SourceType.OTHER
    source_name: str | None = None
    source_id: str | None = None
    via: str | None = None
    responds_to: str | None = None
    confidence: float = Field(default=0.5, ge=0, le=1)
    cue_unknown: bool = False
    pattern: str = ""


class Extraction(Value):
    """Everything found in one text: attributions in reading order, and the outlet's own voice."""

    attributions: tuple[Attribution, ...] = ()
    narrator: Spans = ()
