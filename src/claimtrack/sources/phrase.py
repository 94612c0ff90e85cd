"""A mention as a phrase: which noun says what it is, whose it is, who is named in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from claimtrack.sources.lexicon import STATES, Meaning, Piece, Role
from claimtrack.sources.mention import Gap
from claimtrack.sources.patterns import patterns

AWAY = frozenset({"in", "to", "via"})
NOUNS = frozenset(
    {
        *(Role.POST, Role.BODY, Role.OFFICE, Role.COLLECTIVE, Role.UNNAMED, Role.EVIDENCE),
        *(Role.STATEMENT, Role.REPORTER, Role.TITLE, Role.HEAD),
    }
)
BODIES = frozenset({Role.SOURCE, Role.BODY, Role.HEAD, Role.WEAK})
_UNDER = "deputy"
_LONGEST_NAME = 6

WORD = (Meaning(Role.WORD, ""),)
"""What a phrase means that is only words."""

Pieces = tuple[Piece, ...]


class Whose(NamedTuple):
    """The state a body belongs to, and the one it stands in; keys, empty when not told."""

    owner: str
    host: str


def segments(pieces: Sequence[Piece]) -> list[Pieces]:
    """Return the pieces between breaks; each segment ends where a remark begins.

    Fillers are left out ("this" too), and marked on the pieces beside them. What links or parts a
    filler from what is before links or parts what follows it.
    """
    found: list[list[Piece]] = [[]]
    remark, filler = False, Piece((), ())
    for piece in pieces:
        if piece.gap is Gap.BREAK and found[-1]:
            found.append([])
            remark, filler = False, Piece((), ())
        here = found[-1]
        if piece.role is Role.ASIDE and piece.gap is Gap.HYPHEN:
            del here[-1:]  # "London-based" says nothing about who is meant
            continue
        remark = remark or (piece.role is Role.ASIDE and (bool(here) or len(found) > 1))
        if remark or piece.role is Role.ASIDE:
            continue
        if piece.role not in (Role.FILLER, Role.PRONOUN):
            link, gap = piece.link or filler.link, max(piece.gap, filler.gap)
            definite = piece.definite or filler.definite
            here.append(piece._replace(link=link, gap=gap, definite=definite, led=filler.led))
            filler = Piece((), ())
            continue
        telling = piece.role is Role.FILLER
        filler = piece._replace(led=telling or filler.led, link=filler.link or piece.link)
        if here and telling:
            here[-1] = here[-1]._replace(trailed=True)
    return [tuple(segment) for segment in found if segment]


def zone(segment: Pieces) -> Pieces:
    """Return the pieces of a segment up to its first preposition: the noun and its adjectives."""
    for place, piece in enumerate(segment):
        if place and piece.link:
            return segment[:place]
    return segment


def head(segment: Pieces, *, last: bool) -> Piece:
    """Return the piece that says what the phrase is.

    Args:
        segment: At least one piece.
        last: Whether the language puts that noun last.
    """
    for piece in segment[1:]:
        if piece.link == "via" and piece.role in NOUNS:
            return piece  # "Russia, through its embassy"
    near = zone(segment)
    nouns = [piece for piece in near if piece.role in NOUNS]
    if nouns:
        under = nouns[-2:-1] if last and nouns[-1].role is Role.POST else []
        if any(noun.role is Role.OFFICE and noun.value == _UNDER for noun in under):
            return under[0]  # "the deputy health minister"
        return nouns[-1] if last else nouns[0]
    ranked = (Role.SOURCE, Role.WEAK, Role.STATE, Role.CAPITAL, Role.DEMONYM, Role.OFFICIAL)
    for role in ranked:
        for piece in near:
            if piece.role is role:
                return piece
    return near[0]


def whose(segment: Pieces, *, hosted: bool = False) -> Whose:
    """Return which state a body belongs to and, where it can, which it stands in."""
    states = [piece for piece in segment if piece.role in STATES]
    away = [piece for piece in states if piece.link in AWAY]
    near = [piece for piece in states if piece not in away]
    if hosted:
        seats = away or [piece for piece in near[1:] if piece.role is Role.CAPITAL]
        owners = [piece for piece in near if piece not in seats]
        return Whose(_first(owners), _first(seats))
    return Whose(_first(near) or _first(away), "")


def _first(pieces: Iterable[Piece]) -> str:
    return next((piece.value for piece in pieces), "")


def runs(pieces: Pieces) -> list[Pieces]:
    """Return the stretches of words without a meaning, those after a preposition left out."""
    found: list[list[Piece]] = []
    current: list[Piece] = []
    for piece in pieces:
        if piece.role is not Role.WORD:
            current = []
        elif current and not piece.link and piece.gap < Gap.QUOTE:
            current.append(piece)
        else:
            current = [piece]
            if not piece.link:
                found.append(current)
    return [tuple(run) for run in found if len(run) <= _LONGEST_NAME]


def of_several(segment: Pieces) -> bool:
    """Tell whether a phrase names several states: "state media of Syria and Russia"."""
    return len({piece.value for piece in segment if piece.role in STATES}) > 1


def as_word(segment: Pieces, piece: Piece) -> Pieces:
    """Return a phrase in which a name is only words, since it goes on otherwise."""
    return tuple(p._replace(meanings=WORD) if p is piece else p for p in segment)


def seated(parts: Sequence[Pieces]) -> Sequence[Pieces]:
    """Return phrases with what a comma parts joined: "Embassy of Russia, Washington"."""
    if len(parts) < 2:
        return parts
    first, apart, *rest = parts
    issued = apart[0].link == "of" and first[0].role is Role.STATEMENT
    if issued or apart[0].link == "via":
        return [(*first, apart[0]._replace(gap=Gap.NONE), *apart[1:]), *rest]
    hosted = any(p.role in (Role.BODY, Role.POST) and patterns()[p.value].hosted for p in first)
    if not hosted or len(apart) != 1 or apart[0].role not in STATES:
        return parts
    return [(*first, apart[0]._replace(link="in", gap=Gap.NONE)), *rest]
