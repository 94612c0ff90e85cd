"""A claim, document, source or attribution as lines of text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from claimtrack.cli.output import counted, echo, to_terminal, words
from claimtrack.model.attribution import Attribution
from claimtrack.model.span import Span
from claimtrack.model.vocabulary import Assertion, Channel, Kind, PartRole, Stance
from claimtrack.store.decisions import Graded, Reviewed
from claimtrack.store.views import (
    AttributionView,
    ClaimView,
    DocumentRef,
    DocumentView,
    Hit,
    SourceView,
)

_MARKED = ("source", "cue", "content")
_COMMON = (Kind.INDIRECT, Channel.NONE_STATED, Stance.NEUTRAL, Assertion.ASSERT)


def show_hit(hit: Hit) -> None:
    """Print a search result: its id, who said it and where, then its words on their own lines."""
    source = [words(hit.source.name)] if hit.source else []
    echo(" · ".join([hit.id, *source, document_line(hit.document)]))
    _show_text(hit.text, [("hit", span) for span in hit.marks])


def show_claim(view: ClaimView) -> None:
    """Print a claim: its wordings, and every report of it in its sentence."""
    echo(f"{view.id} · {counted(len(view.attributions), 'report')}")
    for lang, text in view.texts:
        echo(f"  {lang}  {words(text)}")
    for number, one in enumerate(view.attributions, 1):
        echo()
        _show_report(one, f"{number}. ", with_document=True)
    if view.relays:
        echo(f"\nWho had it from whom: claimtrack trace {view.id}")


def show_decisions(reviews: Iterable[Reviewed], grades: Iterable[Graded]) -> None:
    """Print what people decided: verdicts and grades, the latest first."""
    for one in reviews:
        echo(
            f"\nverdict: {words(one.rating)} ({words(one.scale)}) · {words(one.by)} · {one.at[:10]}"
        )
        echo(f"  {one.id}" + (f", takes the place of {one.revises}" if one.revises else ""))
        for line in filter(None, (one.text, one.url, *one.links)):
            echo(f"  {words(line)}")
    for grade in grades:
        period = (
            f" {grade.since or '…'} – {grade.until or '…'}" if grade.since or grade.until else ""
        )
        about = f" ({words(grade.topic)})" if grade.topic else ""
        echo(f"\ngrade: {grade.grade}{about}{period} · {words(grade.by)} · {grade.at[:10]}")
        echo(f"  {grade.id}" + (f": {words(grade.reason)}" if grade.reason else ""))


def show_document(view: DocumentView) -> None:
    """Print a document: what is known of it, its text, and who says what in it."""
    echo(f"{view.ref.id}  {words(view.ref.title)}")
    echo(" · ".join([*_about(view.ref, title=False), view.ref.lang, f"sha256 {view.sha256}"]))
    if view.versions > 1:
        echo(f"{view.versions} versions; this is the latest")
    echo()
    stretches = [
        ("boilerplate", Span(part.start, part.end))
        for part in view.parts
        if part.role is PartRole.BOILERPLATE
    ]
    stretches += [stretch for one in view.attributions for stretch in _stretches(one)]
    _show_text(view.text, stretches)
    for one in view.attributions:
        echo()
        _show_report(one, f"{one.key}. ", with_document=False)


def show_source(view: SourceView) -> None:
    """Print a source: its names and relations, and what it said."""
    source = view.source
    echo(f"{view.ref.id}  {words(source.name)}")
    invented = "invented" if source.invented else ""
    facts = (source.kind, source.type, source.country, source.domain, source.wikidata, invented)
    echo(" · ".join(str(fact) for fact in facts if fact))
    if source.reason:
        echo(f"  not named: {words(source.reason)}")
    for name in source.names:
        echo(f"  {name.lang}  {words(name.text)}  ({name.kind})")
    for relation in source.relations:
        echo(f"  {relation.kind} {relation.parent}")
    echo(counted(view.total, "attribution"))
    for number, one in enumerate(view.attributions, 1):
        echo()
        _show_report(one, f"{number}. ", with_document=True)


def show_attribution(view: AttributionView) -> None:
    """Print an attribution in its sentence, and the claim it belongs to."""
    _show_report(view, "", with_document=True)
    echo(f"Claim: {view.claim_id}")
    for label, other in (("Relayed by", view.via_id), ("Responds to", view.responds_to_id)):
        if other:
            echo(f"{label}: {other}")
    echo(f"Found by: {view.run}, confidence {view.confidence:g}")
    if view.reviewed:
        one = view.reviewed
        echo(f"Reviewed: {one.how} by {words(one.by)}, {one.at[:10]}")
    else:
        echo("Reviewed: by nobody")


def document_line(ref: DocumentRef) -> str:
    """Return a document in a line: title, outlet, date, address."""
    return " · ".join(_about(ref, title=True))


def uncommon(one: Attribution | AttributionView) -> list[str]:
    """Return the values of an attribution that are not the usual ones."""
    values = (one.kind, one.channel, one.stance, one.assertion)
    return [value.value for value in values if value not in _COMMON]


def _about(ref: DocumentRef, *, title: bool) -> Iterator[str]:
    said = (ref.title if title else "", ref.outlet, ref.published.iso() or ref.published.stated)
    yield from (words(one) for one in (*said, ref.url) if one)


def _show_report(one: AttributionView, label: str, *, with_document: bool) -> None:
    said = words(one.words("source") or one.words("antecedent"))
    name = words(one.source.name) if one.source else ""
    who = f"{said} ({name})" if said and name and said != name else said or name or "(unnamed)"
    cue = words(one.words("cue"))
    echo(f"{label}{' · '.join(part for part in (who, cue, *uncommon(one)) if part)}")
    echo(f"    {one.id}")
    if with_document:
        echo(f"    {document_line(one.document)}")
        start, end = one.context.start, one.context.end
        stretches = [
            (role, Span(max(span.start, start) - start, min(span.end, end) - start))
            for role, span in _stretches(one)
            if span.overlaps(Span(start, end))
        ]
        _show_text(one.context.text, stretches)
    else:
        echo(f"    {words(one.words('content'))}")


def _stretches(one: AttributionView) -> Iterator[tuple[str, Span]]:
    for role in _MARKED:
        for quote in one.quotes.get(role, ()):
            yield role, Span(quote.start, quote.end)


def _show_text(text: str, stretches: Iterable[tuple[str, Span]]) -> None:
    """Print a text as it stands, its stretches marked on a terminal."""
    if not to_terminal():
        echo(text)
        return
    from rich.console import Console

    from claimtrack.cli.marks import marked

    Console().print(marked(text, stretches))
