"""Mistakes as a page: figures, breakdowns, and each mistake in the words around it, coloured.

One file that needs nothing else: no script, no font, no picture from elsewhere. Every text of
others is escaped, made harmless and set in its own direction.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from markupsafe import Markup, escape

from claimtrack.evaluation.choices import By
from claimtrack.evaluation.groups import group_rows, groups
from claimtrack.evaluation.judged import ROLES, Judged
from claimtrack.evaluation.mistakes import (
    Cause,
    Fault,
    Mistake,
    around,
    grouped,
    mistakes,
    roles_of,
)
from claimtrack.evaluation.score import Compared, Scores
from claimtrack.evaluation.table import rows as figure_rows
from claimtrack.ingest.language import detect
from claimtrack.model.span import Span
from claimtrack.publish.highlight import Layer, segments
from claimtrack.publish.language import direction
from claimtrack.text.shown import harmless

_LINES = re.compile(r"[\r\n][\s]*")
_STYLE = Path(__file__).with_name("page.css")

_CAUSES = {
    Cause.CUE: "Its cue is a word that the other side does not take for one.",
    Cause.BOUNDARY: "The cue is right; where the content begins or ends is not.",
    Cause.SOURCE: "The content is right, the source is not.",
    Cause.RELAY: "Who relays whom is not as in gold.",
}

_SIDES = {"gold": "gold", "pred": "found"}

_PAGE = Markup("""<!doctype html>
<html lang="en" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
<style>
{style}</style>
</head>
<body>
<header>
<h1>{title}</h1>
<p>{sizes}</p>
</header>
<main>
<section aria-labelledby="figures">
<h2 id="figures">Figures, in per cent</h2>
{figures}
{breakdowns}
</section>
<section aria-labelledby="mistakes">
<h2 id="mistakes">What went wrong</h2>
{overview}
<p class="legend">Marked: <mark class="source">the source</mark>, <mark class="cue">the cue</mark>,
<mark class="content">the content</mark>. <b class="side">gold</b> is what should be found,
<b class="side">found</b> what was.</p>
</section>
{causes}
</main>
</body>
</html>
""")

_CAUSE = Markup("""<section aria-labelledby="{id}" class="cause">
<h2 id="{id}">{name} <span class="count">{count}</span></h2>
<p>{meaning}</p>
{items}
</section>
""")

_ITEM = Markup("""<article>
<p class="what"><b class="fault {fault}">{fault}</b>
<bdi>{article}</bdi> <code>{place}</code>{rule}</p>
{excerpts}
</article>
""")

_EXCERPT = Markup("""<div class="excerpt">
<b class="side">{side}</b>
<blockquote lang="{lang}" dir="{dir}">{text}</blockquote>
{relayer}</div>
""")

_DETAILS = Markup("""<details>
<summary>By {by}</summary>
{table}
</details>
""")


def page(articles: Sequence[Compared], scores: Scores, title: str) -> str:
    """Return the page of all mistakes in articles; the title says what was compared."""
    found = mistakes(articles)
    sizes, *figures = figure_rows(scores)
    return str(
        _PAGE.format(
            title=harmless(title),
            style=Markup(_STYLE.read_text("utf-8")),  # noqa: S704 (our own file)
            sizes=sizes[0],
            figures=_table(figures),
            breakdowns=_joined(
                _DETAILS.format(by=by, table=_table(group_rows(groups(articles, by), by)))
                for by in By
            ),
            overview=_overview(found),
            causes=_joined(_cause(cause, some) for cause, some in grouped(found).items()),
        )
    )


def _overview(found: Sequence[Mistake]) -> Markup:
    """Return how many mistakes there are by cause and fault, each cause a link to its own."""
    if not found:
        return Markup("<p>Nothing: every attribution is as in gold.</p>")
    sizes = Counter((one.cause, one.fault) for one in found)
    table: list[list[str]] = [["cause", *Fault]]
    for cause in grouped(found):
        link = Markup('<a href="#{}">{}</a>').format(_id(cause), cause)
        table.append([link, *(str(sizes[cause, fault] or "–") for fault in Fault)])
    return _table(table)


def _cause(cause: Cause, found: Sequence[Mistake]) -> Markup:
    return _CAUSE.format(
        id=_id(cause),
        name=cause.capitalize(),
        count=len(found),
        meaning=_CAUSES[cause],
        items=_joined(map(_item, found)),
    )


def _id(cause: Cause) -> str:
    return cause.replace(" ", "-")


def _item(one: Mistake) -> Markup:
    article = one.compared.line.article
    rule = Markup(' · rule <code dir="auto">{}</code>').format(harmless(one.pattern))
    lang = str(article.get("lang") or detect(harmless(one.compared.text)))
    stretch = around(one.compared.text, [attribution for _, attribution in one.sides])
    excerpts = (
        _EXCERPT.format(
            side=_SIDES[side],
            lang=lang,
            dir=direction(lang),
            text=_marked(one.compared.text, stretch, attribution),
            relayer=_relayer(one, attribution) if one.cause is Cause.RELAY else "",
        )
        for side, attribution in one.sides
    )
    return _ITEM.format(
        fault=one.fault,
        article=harmless(one.article),
        place=harmless(one.place),
        rule=rule if one.pattern else "",
        excerpts=_joined(excerpts),
    )


def _relayer(one: Mistake, attribution: Judged) -> Markup:
    relayer = one.relayer(attribution)
    if relayer is None:
        return Markup('<p class="via">relayed by nobody</p>\n')
    said = roles_of(relayer, one.compared.text)
    named = Markup('<mark class="source">{}</mark> <mark class="cue">{}</mark>').format(
        _shown(said["source"]), _shown(said["cue"])
    )
    return Markup('<p class="via">relayed by <bdi>{}</bdi></p>\n').format(named)


def _marked(text: str, stretch: Span, one: Judged) -> Markup:
    """Return a stretch of a text with an attribution's spans marked as they were given."""
    layers = [
        Layer(Span(start, end), role, 1)
        for role in ROLES
        for start, end in one.given.get(role) or ()
    ]
    pieces = [
        Markup('<mark class="{}">{}</mark>').format(" ".join(part.roles), _shown(part.text))
        if part.roles
        else _shown(part.text)
        for part in segments(stretch.of(text), stretch.start, layers)
    ]
    before, after = "…" if stretch.start else "", "…" if stretch.end < len(text) else ""
    return _joined([escape(before), *pieces, escape(after)])


def _shown(text: str) -> Markup:
    return escape(harmless(_LINES.sub("\n", text)))


def _table(lines: Sequence[Sequence[str]]) -> Markup:
    """Return rows as a table: the first is its head, the first cell of each names the row."""
    head, *body = lines
    cells = Markup("<th scope=col>{}</th>")
    row = Markup("<tr><th scope=row><bdi>{}</bdi></th>{}</tr>\n")
    return Markup("<table>\n<thead><tr>{}</tr></thead>\n<tbody>\n{}</tbody>\n</table>").format(
        _joined(map(cells.format, head)),
        _joined(
            row.format(_named(name), _joined(map(Markup("<td>{}</td>").format, rest)))
            for name, *rest in body
        ),
    )


def _named(name: str) -> str:
    return name if isinstance(name, Markup) else harmless(name)


def _joined(pieces: Iterable[Markup]) -> Markup:
    return Markup("").join(pieces)
