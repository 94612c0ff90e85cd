"""Two articles side by side: what both claim and how each reports it, and what only one has (F15).

Claims are the same where they are one claim in the database, never by their words alone.
"""

from __future__ import annotations

from collections.abc import Sequence

from claimtrack.analysis import outline
from claimtrack.analysis.origins import origins
from claimtrack.analysis.web import Web, load
from claimtrack.match.lexicon import known
from claimtrack.match.names import SHIPPED_MEANS, Means
from claimtrack.match.reading import read as read_words
from claimtrack.model.value import Value
from claimtrack.model.vocabulary import Assertion, Modality, Stance
from claimtrack.store import Connection, read, reports
from claimtrack.store.claims import claim_refs
from claimtrack.store.reports import Report
from claimtrack.store.views import DocumentRef, DocumentView


class Told(Value):
    """How one article reports a claim.

    Attributes:
        reports: The ids of its reports of it.
        sources: Who it says says so, in the order of the text; "" where nobody is named.
        hops: Relays from it to where the chain ends, at most.
        stance: Where it stands towards it.
        assertion: What the source does in saying it.
        modality: How certain it makes it.
        numbers: The numbers in its words, as it has them.
        words: Its words.
    """

    reports: tuple[str, ...]
    sources: tuple[str, ...]
    hops: int
    stance: Stance
    assertion: Assertion
    modality: Modality
    numbers: tuple[str, ...]
    words: str


class Shared(Value):
    """A claim that both articles report.

    Attributes:
        differs: In what their reports differ: sources, hops, stance, assertion, modality, numbers.
        origins: The claim's origins, untraced and reports, over the whole database.
    """

    claim_id: str
    text: str
    left: Told
    right: Told
    differs: tuple[str, ...]
    origins: tuple[int, int, int]


class Single(Value):
    """A claim that only one of the articles reports."""

    claim_id: str
    text: str
    told: Told


class Headline(Value):
    """A title against the body under it.

    Attributes:
        missing: What the title speaks of and the body does not: concepts, by their shared names.
        words: The title's words for it, folded.
    """

    title: str
    missing: tuple[str, ...]
    words: tuple[str, ...]


class ArticleDiff(Value):
    """Two articles compared. Swapping them mirrors it; an article differs in nothing from itself.

    Attributes:
        left: The first article.
        right: The second.
        shared: Claims that both report.
        only_left: Claims that only the first reports.
        only_right: Claims that only the second reports.
        headlines: Each title against its body.
    """

    left: DocumentRef
    right: DocumentRef
    shared: tuple[Shared, ...]
    only_left: tuple[Single, ...]
    only_right: tuple[Single, ...]
    headlines: tuple[Headline, Headline]

    @property
    def empty(self) -> bool:
        """Whether the two report the same claims in the same way."""
        differs = any(one.differs for one in self.shared)
        return not (self.only_left or self.only_right or differs)

    def as_markdown(self) -> str:
        """Return it as Markdown."""
        parts = [f"# {_md(self.left.title)} / {_md(self.right.title)}"]
        rows = [
            f"| {_md(one.text)} | {_cell(one.left)} | {_cell(one.right)} |"
            f" {', '.join(one.differs) or 'nothing'} |"
            for one in self.shared
        ]
        head = "| claim | first | second | differs in |\n| --- | --- | --- | --- |"
        parts.append("## In both\n\n" + ("\n".join([head, *rows]) if rows else "Nothing."))
        for name, some in (("first", self.only_left), ("second", self.only_right)):
            listed = [f"- {_md(one.text)} ({_cell(one.told)})" for one in some]
            parts.append(f"## Only in the {name}\n\n" + ("\n".join(listed) or "Nothing."))
        lines = [
            f"- “{_md(one.title)}”: {', '.join(map(_md, one.words))}"
            for one in self.headlines
            if one.missing
        ]
        parts.append("## In a title and not in its body\n\n" + ("\n".join(lines) or "Nothing."))
        return "\n\n".join(parts) + "\n"


def diff(
    connection: Connection, left: str, right: str, *, means: Means = SHIPPED_MEANS
) -> ArticleDiff:
    """Return two documents side by side.

    Args:
        connection: A connection.
        left: A document's id.
        right: Another's.
        means: The language packs that hold.

    Raises:
        UnknownIdError: No live document has an id.
    """
    views = read.document(connection, left), read.document(connection, right)
    found = [_reported(connection, each.ref) for each in views]
    webs = {claim: load(connection, claim) for claim in {**found[0], **found[1]}}
    told = [
        {claim: _told(some, webs[claim], means) for claim, some in each.items()} for each in found
    ]
    both = [claim for claim in told[0] if claim in told[1]]
    texts = {ref.id: ref.text for ref in claim_refs(connection, [(claim,) for claim in webs])}
    return ArticleDiff(
        left=views[0].ref,
        right=views[1].ref,
        shared=tuple(
            _shared((claim, texts[claim]), told[0][claim], told[1][claim], webs[claim])
            for claim in sorted(both)
        ),
        only_left=_only(told[0], told[1], texts),
        only_right=_only(told[1], told[0], texts),
        headlines=(_headline(views[0], means), _headline(views[1], means)),
    )


def headline(connection: Connection, document_id: str, means: Means = SHIPPED_MEANS) -> Headline:
    """Return a document's title against its body."""
    return _headline(read.document(connection, document_id), means)


def _reported(connection: Connection, ref: DocumentRef) -> dict[str, list[Report]]:
    """Return the reports of a document's latest version, by their claims."""
    found: dict[str, list[Report]] = {}
    for one in reports.of_document(connection, ref.id):
        if one.version_id == ref.version_id:
            found.setdefault(one.claim_id, []).append(one)
    return found


def _told(some: Sequence[Report], web: Web, means: Means) -> Told:
    first = some[0]
    quantities = read_words(first.text, first.lang, means).quantities
    return Told(
        reports=tuple(one.id for one in some),
        sources=tuple(dict.fromkeys(one.name for one in some)),
        hops=max((_depth(web, one.id) for one in some), default=0),
        stance=first.stance,
        assertion=first.assertion,
        modality=first.modality,
        numbers=tuple(one.words for one in quantities),
        words=first.text,
    )


def _depth(web: Web, report: str) -> int:
    """Return how many relays lead from a report to the furthest end; circles are walked once."""
    graph = web.graph
    if report not in graph:
        return 0
    depth, edge, seen = 0, {report}, {report}
    while edge := {parent for one in edge for parent in graph[one]} - seen:
        depth += 1
        seen |= edge
    return depth


def _shared(claim: tuple[str, str], left: Told, right: Told, web: Web) -> Shared:
    compared = ("sources", "hops", "stance", "assertion", "modality", "numbers")
    return Shared(
        claim_id=claim[0],
        text=claim[1],
        left=left,
        right=right,
        differs=tuple(name for name in compared if getattr(left, name) != getattr(right, name)),
        origins=origins(web).triple,
    )


def _only(
    told: dict[str, Told], other: dict[str, Told], texts: dict[str, str]
) -> tuple[Single, ...]:
    return tuple(
        Single(claim_id=claim, text=texts[claim], told=told[claim])
        for claim in sorted(told)
        if claim not in other
    )


def _headline(view: DocumentView, means: Means) -> Headline:
    title = view.ref.title
    body = "\n".join(view.text[part.start : part.end] for part in view.parts if part.role == "body")
    if not body or title in body[: len(title) + 1]:
        body = view.text.replace(title, "", 1)
    said, borne = (read_words(text, view.ref.lang, means) for text in (title, body))
    slight = known().slight | known().saying
    missing = sorted(said.concepts - borne.concepts - slight, key=lambda each: said.order[each])
    return Headline(
        title=title,
        missing=tuple(missing),
        words=tuple(dict.fromkeys(said.words[said.order[each]] for each in missing)),
    )


def _md(text: str) -> str:
    return outline.escaped(text)


def _cell(told: Told) -> str:
    names = ", ".join(name or "own voice" for name in told.sources)
    return _md(f"{names}; {told.assertion}, {told.stance}, {told.modality}")
