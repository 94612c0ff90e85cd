"""What a rule finds, before it is told apart from what other rules found."""

from __future__ import annotations

from dataclasses import dataclass, field

from claimtrack.extract.lexicon import Cue
from claimtrack.extract.reading import Sentence
from claimtrack.model.span import Span
from claimtrack.model.vocabulary import Assertion, Channel, Kind, Stance

Range = tuple[int, int]
"""A half-open range of a page's tokens."""

MUTE = "mute"
"""Pattern of a verb without content: no attribution, but its subject may be an antecedent."""


ANAPHOR = "anaphor"
"""How a content is opened that stands before its cue, in what another draft reports."""


@dataclass(eq=False)
class Draft:
    """An attribution in the making; ranges are of the page's tokens.

    Attributes:
        at: The token of its main cue.
        cue: The cue's spans in code points (a proclitic is no part of it).
        pattern: The rule that found it.
        source: The mention's range; None when the sentence has none.
        content: The content's ranges, in order.
        gap: The range between cue or source and content, where channels are named.
        agreement: The cue's gender and number, for finding the source it leaves out.
        via: The draft that relays this one.
        relayed: Whether it stands beside the draft that relays it ("A said, citing B, that P").
        responds_to: An earlier draft of the same sentence that this one answers.
        how: What opens its content (see `claimtrack.extract.openings.Opening`).
        source_skip: Code points of a bound preposition before the source.
        content_skip: Code points of a proclitic before the content.
        relative: Whether its source is what a relative pronoun before the cue refers to.
        host: An earlier draft of the same sentence whose source this one shares.
        clause: Where the cue's own clause begins, its subject included; -1 when not looked for.
        implied: Whether the cue leaves its source out: `source` is a mention that stands before.
        referent: What a relative pronoun that is the source refers to.
    """

    at: int
    cue: list[Span]
    pattern: str
    meaning: Cue | None = None
    source: Range | None = None
    content: list[Range] = field(default_factory=list)
    gap: Range | None = None
    agreement: str = ""
    via: Draft | None = None
    relayed: bool = False
    host: Draft | None = None
    responds_to: Draft | None = None
    stance: Stance | None = None
    assertion: Assertion | None = None
    channel: Channel = Channel.NONE_STATED
    kind: Kind = Kind.INDIRECT
    antecedent: Span | None = None
    how: str = ""
    source_skip: int = 0
    relative: bool = False
    content_skip: int = 0
    clause: int = -1
    implied: bool = False
    referent: Range | None = None

    def report(self, other: Draft) -> None:
        """Take what another draft reports for one's own, from the same code point on."""
        self.content, self.content_skip = list(other.content), other.content_skip


def cue_span(sentence: Sentence, first: int, last: int, skip: int = 0) -> Span:
    """Return the span of cue tokens first to last (inclusive), without a proclitic."""
    span = sentence.page.span(first, last + 1)
    return Span(span.start + skip, span.end)
