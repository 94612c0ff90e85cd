"""What a user types into a search box: words and "phrases", all of which must occur.

Nothing a user types is SQLite's own query language: every token is quoted by us, so no input can
be an error.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from claimtrack.model.span import Span
from claimtrack.store.words import Word, words
from claimtrack.text.stem import MARK, stems

LONGEST = 2000
"""Code points of a query that are read."""

MOST_TERMS = 32
"""Terms of a query that are looked for."""

# A phrase in quotation marks of any of our languages, or a run of other characters.
_CHUNK = re.compile(r'"([^"]*)"?|«([^»]*)»?|“([^”]*)”?|„([^“”]*)[“”]?|([^\s"«“„]+)')


class Term(NamedTuple):
    """A word, or several that must follow each other.

    Attributes:
        words: At least one.
        prefix: Whether the last word is only a beginning (it was followed by `*`).
        phrase: Whether it was in quotation marks: then no stems are looked for.
    """

    words: tuple[Word, ...]
    prefix: bool
    phrase: bool


class Query(NamedTuple):
    """What is looked for.

    Attributes:
        terms: All must occur; none means that nothing is looked for.
        exact: Only the very forms count: no stems, no prefixes, no folding.
    """

    terms: tuple[Term, ...]
    exact: bool

    def match(self) -> str:
        """Return the expression for FTS5's MATCH; one that matches nothing when there is no term.

        For an exact query it is only a first sieve: `occurs` decides.
        """
        return " AND ".join(map(self._expression, self.terms)) or '""'

    def marks(self, text: str) -> tuple[Span, ...]:
        """Return where the terms occur in a text, in its own code points, in text order."""
        found = list(words(text))
        spans = {span for term in self.terms for span in self._places(term, found)}
        return tuple(sorted(spans))

    def occurs(self, text: str) -> bool:
        """Tell whether every term occurs in a text."""
        found = list(words(text))
        return all(any(True for _ in self._places(term, found)) for term in self.terms)

    def _expression(self, term: Term) -> str:
        phrase = '"' + " ".join(word.folded for word in term.words) + '"'
        if self.exact or term.phrase:
            return phrase
        if term.prefix:
            return f'({phrase} * OR "{MARK}{term.words[0].folded}" *)'
        forms = [phrase, *(f'"{stem}"' for stem in stems(term.words[0].folded))]
        return f"({' OR '.join(forms)})"

    def _places(self, term: Term, found: Sequence[Word]) -> Iterator[Span]:
        for at in range(len(found) - len(term.words) + 1):
            stretch = found[at : at + len(term.words)]
            if all(self._is(term, *pair) for pair in zip(term.words, stretch, strict=True)):
                yield Span(stretch[0].start, stretch[-1].end)

    def _is(self, term: Term, wanted: Word, word: Word) -> bool:
        if self.exact:
            return word.exact == wanted.exact
        if word.folded == wanted.folded:
            return True
        if term.prefix:
            forms = (word.folded, *(stem.removeprefix(MARK) for stem in stems(word.folded)))
            return any(form.startswith(wanted.folded) for form in forms)
        return not term.phrase and not set(stems(word.folded)).isdisjoint(stems(wanted.folded))


def parse(text: str, *, exact: bool = False) -> Query:
    """Read a query; whatever is typed is one.

    >>> parse('القافلة "خط النار"').match()
    '("القافله" OR "xsقافل") AND "خط النار"'
    """
    terms = (term for match in _CHUNK.finditer(text[:LONGEST]) for term in _terms(match))
    return Query(tuple(dict.fromkeys(terms))[:MOST_TERMS], exact)


def _terms(match: re.Match[str]) -> Iterator[Term]:
    chunk = match[match.lastindex or 0]
    found = tuple(word._replace(start=0, end=0) for word in words(chunk))
    if not found:
        return
    if match.lastindex != match.re.groups:
        yield Term(found, prefix=False, phrase=True)
        return
    for word in found[:-1]:
        yield Term((word,), prefix=False, phrase=False)
    yield Term(found[-1:], prefix=chunk.endswith("*"), phrase=False)
