"""A dossier: all that is known of a claim on one page, to be read, printed and cited.

The page is made of blocks of pieces, which `page` writes as Markdown or HTML: words of articles
keep their own language and direction, whatever the page's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import BinaryIO

from claimtrack import __version__
from claimtrack.analysis.chain import Step
from claimtrack.analysis.findings import FullTrace, full_trace
from claimtrack.errors import ClaimtrackError
from claimtrack.export.browser import printed
from claimtrack.export.dossier_check import problems
from claimtrack.export.files import whole_file
from claimtrack.export.form import Done, Form, Options
from claimtrack.export.iris import iri, web
from claimtrack.export.page import Block, Kind, Piece, html, markdown
from claimtrack.export.pdf import pdf
from claimtrack.export.words import Words, words_in
from claimtrack.model.vocabulary import ClaimRelationKind, Severity
from claimtrack.store import Connection, dated, held, read, relations, whole
from claimtrack.store.clusters import cluster_of
from claimtrack.store.views import AttributionView, ClaimView


def write(connection: Connection, out: BinaryIO, options: Options) -> Done:
    """Write dossiers of the claims that were asked for, as Markdown.

    Raises:
        ClaimtrackError: No claim was asked for, or there are no words in the language.
    """
    out.write(markdown(blocks(connection, options)).encode())
    return Done(len(options.claims))


def save(connection: Connection, path: Path, options: Options) -> Done:
    """Write dossiers as a PDF or HTML, if the path ends so, else as Markdown.

    Raises:
        ClaimtrackError: As `write`, or what sets or prints a PDF is not installed.
        OutputError: The path cannot be written.
    """
    made = _PAGES.get(path.suffix.lower())
    with whole_file(path) as stream:
        if not made:
            return write(connection, stream, options)
        told, words = blocks(connection, options), words_in(options.lang)
        about = (words["dossier"], options.lang, words["direction"])
        by_browser = options.browser and made is pdf
        stream.write(printed(_html(told, *about)) if by_browser else made(told, *about))
        return Done(len(options.claims))


def _html(told: list[Block], title: str, lang: str, direction: str) -> bytes:
    return html(told, title, lang, direction).encode()


Names = Mapping[str, str]
"""What sources are called in the page's language, by the names that they go by."""

_DIRECTED = frozenset({ClaimRelationKind.RESPONDS_TO, ClaimRelationKind.DENIES_AUTHORSHIP})
_PAGES = {".html": _html, ".htm": _html, ".pdf": pdf}


def blocks(connection: Connection, options: Options) -> list[Block]:
    """Return dossiers of the claims that were asked for, as what stands on the page.

    Raises:
        ClaimtrackError: No claim was asked for, or there are no words in the language.
    """
    if not options.claims:
        raise ClaimtrackError("A dossier is of a claim. Give --claim ID.")
    words = words_in(options.lang)
    return [
        block for claim in options.claims for block in _dossier(connection, claim, words, options)
    ]


def _dossier(
    connection: Connection, claim_id: str, words: Words, options: Options
) -> Iterator[Block]:
    found = full_trace(connection, claim_id)
    yield Block(Kind.TITLE, (Piece(found.text, found.lang),))
    yield _fact(words["claim"], Piece(iri(claim_id, options.base)))
    claim = read.claim(connection, claim_id)
    if len(claim.texts) > 1:
        yield _heading(words["wordings"])
        for lang, text in claim.texts:
            yield Block(Kind.ITEM, (Piece(text, lang),))
    names = _names(claim, found, options.lang)
    yield from _origins(found, words, names)
    yield from _chain(found, words, names)
    yield _heading(words["quotations"])
    for one in claim.attributions:
        yield from _quotation(connection, one, words, names)
    yield from _related(connection, claim_id, words)
    yield from _decided(connection, claim_id, words)
    yield _heading(words["made"])
    yield Block(Kind.LINE, (Piece(words["method"]),))
    for run in dict.fromkeys(one.run for one in claim.attributions):
        yield _fact(words["runs"], Piece(run))
    cited = (Piece(found.text, found.lang), Piece(iri(claim_id, options.base)))
    stood = (Piece(words["as_of"]), Piece(dated.changed(connection, claim_id)[:10]))
    yield _fact(words["cite"], *cited, *stood, Piece(f"claimtrack {__version__}"))


def _names(claim: ClaimView, found: FullTrace, lang: str) -> Names:
    """Return what the sources are called in a language, by the names that they go by."""
    refs = [one.source for one in claim.attributions]
    refs += [step.source for way in found.chains for step in way.steps]
    return {ref.name: ref.name_in(lang) for ref in refs if ref}


def _heading(text: str) -> Block:
    return Block(Kind.HEADING, (Piece(text),))


def _fact(name: str, *pieces: Piece) -> Block:
    return Block(Kind.ITEM, (Piece(f"{name}:"), *pieces))


def _origins(found: FullTrace, words: Words, names: Names) -> Iterator[Block]:
    rests = found.findings.origins
    origins, untraced, reports = rests.triple
    yield _heading(words["origins"])
    counted = words["counted"].format(origins=origins, untraced=untraced, reports=reports)
    yield Block(Kind.LINE, (Piece(counted),))
    if rests.severity is not Severity.NONE:
        lost = rests.severity is Severity.UNTRACEABLE
        yield _fact(words["warning"], Piece(words["untraceable" if lost else "one_origin"]))
    for group in rests.groups:
        called = [Piece(names.get(name, name), "") for name in group.names]
        yield _fact(words["independent"], *_between(called or [Piece(words["nobody"])], "|"))


def _chain(found: FullTrace, words: Words, names: Names) -> Iterator[Block]:
    yield _heading(words["chain"])
    # two reports of an article can have gone the same way
    steps = dict.fromkeys(
        tuple(_step(one, words, names) for one in way.steps) for way in found.chains
    )
    for some in steps:
        yield Block(Kind.ITEM, tuple(_between(some, words["from"])))


def _between(pieces: Iterable[Piece], mark: str) -> list[Piece]:
    return [part for piece in pieces for part in (Piece(mark), piece)][1:]


def _step(step: Step, words: Words, names: Names) -> Piece:
    called = names.get(step.name, step.name)
    return Piece(called or words["nobody"], "" if called else None)


def _quotation(
    connection: Connection, one: AttributionView, words: Words, names: Names
) -> Iterator[Block]:
    version, lang = held.version(connection, one.document.version_id), one.document.lang
    yield Block(Kind.QUOTE, (Piece(one.context.text, lang),))
    name = names[one.source.name] if one.source else one.words("source")
    yield _fact(words["source"], Piece(name or words["nobody"], "" if name else None))
    if one.words("cue"):
        yield _fact(words["words"], Piece(one.words("cue"), lang))
    title = Piece(one.document.title, lang, web(one.document.url))
    yield _fact(words["found_in"], Piece(one.document.outlet or words["unknown"], ""), title)
    stated = one.document.published.stated
    yield _fact(words["date"], Piece(stated or words["unknown"], "" if stated else None))
    if version.captured_at:
        yield _fact(words["fetched"], Piece(version.captured_at))
        yield _fact(words["bytes_digest"], Piece(version.capture_sha256 or ""))
    yield _fact(words["text_digest"], Piece(version.sha256))
    places = ", ".join(f"{quote.start}-{quote.end}" for quote in one.quotes["content"])
    yield _fact(words["place"], Piece(places))
    looked = one.reviewed
    who = (Piece(looked.by, ""), Piece(looked.at[:10])) if looked else (Piece(words["unreviewed"]),)
    yield _fact(words["reviewed"], *who)


def _related(connection: Connection, claim_id: str, words: Words) -> Iterator[Block]:
    yield _heading(words["relations"])
    some = relations.of_claim(connection, claim_id)
    for one in some:
        other = one.right if one.left == claim_id else one.left
        lang, text = read.claim(connection, other).texts[0]
        back = one.kind in _DIRECTED and one.right == claim_id
        yield _fact(
            words[f"{one.kind.value}{'_back' if back else ''}"],
            Piece(text, lang),
            Piece(f"({one.evidence})", ""),
        )
    if not some:
        yield Block(Kind.LINE, (Piece(words["none"]),))


def _decided(connection: Connection, claim_id: str, words: Words) -> Iterator[Block]:
    """Yield verdicts and grades of a claim, whichever of the joined claims they were given to."""
    for title, records, of in (
        ("verdicts", whole.reviews(connection), _verdict),
        ("grades", whole.grades(connection), _grade),
    ):
        own = [
            one
            for one in records
            if one["claim_id"] and cluster_of(connection, one["claim_id"]) == claim_id
        ]
        yield _heading(words[title])
        for one in own:
            yield of(one, words)
        if not own:
            yield Block(Kind.LINE, (Piece(words["none"]),))


def _verdict(one: whole.Record, words: Words) -> Block:
    page = web(one["url"])
    said = (Piece(one["rating"], "", page), Piece(f"({one['scale']})", ""), Piece(one["text"], ""))
    by = (Piece(words["by"]), Piece(one["reviewed_by"], ""), Piece(one["reviewed_at"]))
    return Block(Kind.ITEM, (*said, *by))


def _grade(one: whole.Record, words: Words) -> Block:
    by = (Piece(words["by"]), Piece(one["graded_by"], ""), Piece(one["graded_at"]))
    return Block(Kind.ITEM, (Piece(one["grade"]), Piece(one["reason"], ""), *by))


FORM = Form(
    "All that is known of a claim on a page to read, print and cite: Markdown, or .html, .pdf.",
    ".md",
    write,
    things="claims",
    save=save,
    compare=problems,
    around=True,
)
