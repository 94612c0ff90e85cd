"""Whether a phrase means the known person it names, or what that person has.

"President Smith" is the person, "the wife of President Smith" somebody else, whom nobody names.
"""

from __future__ import annotations

from claimtrack.model.vocabulary import SourceKind, SourceType
from claimtrack.sources.about import Knowledge
from claimtrack.sources.facts import Facts
from claimtrack.sources.lexicon import Lexicon, Piece, Role
from claimtrack.sources.mention import Gap
from claimtrack.sources.patterns import patterns
from claimtrack.sources.phrase import NOUNS, Pieces, head
from claimtrack.sources.registry import OF_OFFICE

_THEIRS = frozenset({Role.OFFICE, Role.HEAD, Role.BODY, Role.UNNAMED})
_KINDRED = frozenset({Role.UNNAMED})
_KIN = frozenset({SourceType.WITNESS, SourceType.GOVERNMENT})
"""Types of titles that, without an article, say whose somebody is: "the wife of"."""
_TITLED = frozenset({Role.TITLE, Role.REPORTER})


class Belonging:
    """Tells who is meant where a phrase of one language names a person of the registry."""

    def __init__(self, known_words: Facts, lexicon: Lexicon, known: Knowledge) -> None:
        """Work with a language's facts and lexicon."""
        self._facts = known_words
        self._lexicon = lexicon
        self._known = known

    def is_person(self, piece: Piece) -> bool:
        """Tell whether a piece is the name of a person of the registry."""
        named = piece.role is Role.SOURCE
        return named and self._known.kind_of(piece.value) is SourceKind.PERSON

    def is_linked(self, part: Pieces, at: int) -> bool:
        """Tell whether a preposition stands before a name or its post: "for President Smith".

        Not where the post is another one's: "the spokesman for the president, Smith".
        """
        start = self._start(part, at)
        if start == at or part[at].link:
            return bool(part[at].link)
        return bool(part[start].link) and (
            self._holds(part, start, at) or not self._posts(part, start, at)
        )

    def goes_on(self, part: Pieces, at: int) -> bool:
        """Tell whether a known name is only a piece of a longer name."""
        before = part[at - 1] if at else None
        after = part[at + 1] if at + 1 < len(part) else None
        if after and after.gap < Gap.QUOTE and not after.link and after.role is Role.WORD:
            return not self._lexicon.bears_article(after.words[0])
        if not before or part[at].gap >= Gap.QUOTE or before.role is not Role.WORD:
            return False
        bears = self._lexicon.bears_article(before.words[-1])
        return before.words[-1].capital and not bears and not before.link

    def contradicts(self, part: Pieces, piece: Piece) -> bool:
        """Tell whether a phrase describes somebody of another state than a known person's."""
        rows = self._known.registry.rows
        at, country = part.index(piece), rows[piece.value].country
        told = head(part, last=self._facts.head_last)
        states = [p.value for p in part[max(at - 1, 0) : at] if p.role is Role.DEMONYM]
        if told.role is Role.POST:
            key, found = self._known.body(patterns()[told.value], part)
            states = [found.owner] if key else states
        countries = {rows[state].country for state in states}
        return bool(countries) and country is not None and country not in countries

    def is_theirs(self, part: Pieces, at: int) -> bool:
        """Tell whether a phrase is about what a known person has: "Smith's lawyer"."""
        before = part[at - 1] if at else None
        after = part[at + 1] if at + 1 < len(part) else None
        if at == 1 and before and before.role is Role.SOURCE and part[at].gap < Gap.QUOTE:
            body = self._known.kind_of(before.value) is SourceKind.BODY and self._facts.article
            posts = self._posts_of(part[at])  # "the administration of President Smith"
            return bool(body) and not any(post.startswith(before.value) for post in posts)
        if self._facts.head_last:
            near = after is not None and after.gap < Gap.QUOTE and not after.link
            return near and after is not None and after.role in NOUNS
        if not before or part[at].gap >= Gap.QUOTE:
            return False
        first, *between = part[:at]
        if first.role is Role.BODY:
            return all(map(self._is_rank, between))  # "the office of President Smith"
        if at > 1 and self._describes(before):
            return self._has_described(part, at)
        return bool(self._facts.article) and self._may_have(before, _THEIRS)

    def _has_described(self, part: Pieces, at: int) -> bool:
        """Tell whether a phrase names what a described person has: "the wife of President Smith".

        An adviser or an office is of whoever holds the post that is told: "the adviser of
        President Smith", but "the deputy president John Smith".
        """
        start = self._start(part, at)
        before = part[start - 1] if start else None
        if before is None or before.definite:
            return False
        if self._facts.article:
            if self._may_have(before, _KINDRED):
                return True
            if before.role is Role.HEAD and (start == 1 or self._is_rank(part[start])):
                return True  # "the campaign of President Smith"
        offices = {post.rpartition(OF_OFFICE)[2] for post in self._posts_of(part[at])}
        if offices & {*before.values(Role.OFFICE)}:
            return False
        return self._holds(part, start, at) and self._may_have(before, _THEIRS)

    def _is_rank(self, piece: Piece) -> bool:
        """Tell whether a piece describes who governs: "the president", or of which state."""
        governs = piece.values(Role.POST) or SourceType.GOVERNMENT in piece.values(Role.TITLE)
        return piece.role is Role.DEMONYM or bool(governs)

    def _may_have(self, piece: Piece, roles: frozenset[Role]) -> bool:
        """Tell whether a noun says what whoever follows has: "a friend of", "the office of"."""
        noun = piece.words[-1]
        whole = self._lexicon.bears_article(noun)
        if piece.role is Role.TITLE:
            return piece.value in _KIN and not (whole or self._lexicon.is_owned(noun))
        return piece.role in roles and not whole

    def _start(self, part: Pieces, at: int) -> int:
        """Return where the description begins that stands right before a name."""
        start = at
        while start and not part[start].link and self._describes(part[start - 1]):
            start -= 1
        return start

    def _describes(self, piece: Piece) -> bool:
        """Tell whether a piece says who the person is whose name follows: "the president"."""
        if piece.role is Role.DEMONYM or piece.values(Role.POST):
            return True
        if not self._facts.article:
            return piece.role in _TITLED
        return piece.definite and any(meaning.role in _TITLED for meaning in piece.meanings)

    def _posts(self, part: Pieces, start: int, at: int) -> frozenset[str]:
        """Return the posts that a description tells, as patterns' keys."""
        return frozenset(value for piece in part[start:at] for value in piece.values(Role.POST))

    def _holds(self, part: Pieces, start: int, at: int) -> bool:
        """Tell whether a named person holds or held the post of the description before."""
        told = self._posts(part, start, at)
        held = map(self._known.registry.parts, self._posts_of(part[at]))
        return any(parts and parts[0].key in told for parts in held)

    def _posts_of(self, person: Piece) -> list[str]:
        return [post.key for post in self._known.registry.rows[person.value].posts]
