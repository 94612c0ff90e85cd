"""`claimtrack compare`: whether two texts make the same claim, without a database."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, BinaryIO

import typer

from claimtrack.cli.options import AsJson, Output, Registries, settings
from claimtrack.cli.output import complain, echo, print_json, progress, spared, words, write_lines

if TYPE_CHECKING:
    from claimtrack.match.names import Means

Language = Annotated[
    str | None,
    typer.Option(metavar="CODE", help="Its language; else told from it.", show_default=False),
]


def register(app: typer.Typer) -> None:
    """Add the command to the app."""
    example = 'Example: claimtrack compare "The bridge is open." "The bridge is closed."'
    app.command(epilog=example)(compare)


def compare(
    context: typer.Context,
    texts: Annotated[
        list[str],
        typer.Argument(
            metavar="A B | IN",
            help="Two texts; or a file of JSON lines with a and b, - for standard input.",
        ),
    ],
    lang_a: Language = None,
    lang_b: Language = None,
    out: Output = None,
    registry: Registries = None,
    as_json: AsJson = False,
) -> None:
    """Tell whether two claims are the same, contradict each other, are related or unrelated.

    Says why: which number, which negation, which name. Languages may differ. A file gives one JSON
    object a line, with the fields of its own, and relation, score, evidence and what
    both speak of (shared) added.
    """
    from claimtrack.match.names import Means
    from claimtrack.pipeline import language_packs

    known = settings(context)
    registries = (*known.registries, *(registry or ()))
    means = Means(language_packs(known.packs), registries)
    if len(texts) == 1:
        _compare_lines(texts[0], out, means)
    elif len(texts) == 2:
        _compare_two(texts, (lang_a, lang_b), means, as_json=as_json)
    else:
        complain(f"{len(texts)} texts given. Give two texts, or one file of JSON lines.")
        raise typer.Exit(1)


def _compare_two(
    texts: list[str], langs: tuple[str | None, str | None], means: Means, *, as_json: bool
) -> None:
    from claimtrack.match.compare import compare as compare_texts
    from claimtrack.match.pairs import LONGEST, said

    for text in texts:
        if not text.strip() or len(text) > LONGEST:
            complain(f"a text is empty or longer than {LONGEST} characters. Give two claims.")
            raise typer.Exit(1)
    left, right = (said(text, lang, means) for text, lang in zip(texts, langs, strict=True))
    found = compare_texts(left, right, means=means)
    if as_json:
        print_json(found.model_dump(mode="json"))
        return
    echo(f"{found.relation} ({found.score:.2f})")
    for one in found.evidence:
        echo(f"  {one.weight}: {words(one.words())}")
    if found.shared:
        echo(f"  both speak of {words(', '.join(found.shared))}")


def _compare_lines(place: str, out: Path | None, means: Means) -> None:
    from claimtrack.errors import InputError

    if out:
        spared([place], out)
    bad: list[str] = []
    try:
        opened = nullcontext(sys.stdin.buffer) if place == "-" else Path(place).open("rb")  # noqa: SIM115
    except OSError as error:
        problem = f"{error.strerror or error}. Give two texts, or a file of JSON lines."
        raise InputError(place, problem) from None
    with opened as stream:
        write_lines(_compared(stream, place, bad, means), out)
    for reason in bad:
        complain(reason)
    if bad:
        complain(f"{len(bad)} lines left out.")
        raise typer.Exit(1)


def _compared(
    stream: BinaryIO, place: str, bad: list[str], means: Means
) -> Iterator[dict[str, Any]]:
    from claimtrack.match.pairs import BadPair, Pair, compare_all, pairs

    def good() -> Iterator[Pair]:
        for item in pairs(stream, means):
            if isinstance(item, BadPair):
                bad.append(f"{place}, line {item.line}: {item.problem}.")
            else:
                yield item

    with progress("Comparing") as step:
        for number, (pair, found) in enumerate(compare_all(good(), means), 1):
            step(place, number)
            yield {**pair.fields, **found.model_dump(mode="json")}
