"""Which body a phrase is about, and what is known of it."""

from __future__ import annotations

from typing import NamedTuple

from claimtrack.model.vocabulary import SourceKind, SourceType
from claimtrack.sources.lexicon import STATES, Piece, Role
from claimtrack.sources.patterns import Pattern, heads, patterns
from claimtrack.sources.phrase import AWAY, Pieces, Whose, whose
from claimtrack.sources.registry import OF_BODY, OF_OFFICE, Registry


class About(NamedTuple):
    """What a phrase is about.

    Attributes:
        key: The key of a known source; empty when none is told.
        type: Its type, or what the noun alone tells; None when nothing does.
        tags: What a noun that needs an antecedent can stand for.
        keys: The sources that a weak name can mean.
    """

    key: str = ""
    type: SourceType | None = None
    tags: frozenset[str] = frozenset()
    keys: tuple[str, ...] = ()


class Knowledge:
    """What the registry and the patterns tell about the pieces of a phrase."""

    def __init__(self, registry: Registry) -> None:
        """Look things up in a registry."""
        self.registry = registry

    def type_of(self, key: str) -> SourceType:
        """Return the type of the source a key stands for."""
        if row := self.registry.rows.get(key):
            return row.type
        parts = self.registry.parts(key.partition(OF_OFFICE)[0])
        return parts[0].type if parts else SourceType.OTHER

    def kind_of(self, key: str) -> SourceKind:
        """Return the kind of the source a row's key stands for."""
        row = self.registry.rows.get(key)
        return row.kind if row else SourceKind.BODY

    def has_state_agencies(self, state: str) -> bool:
        """Tell whether most of a state's news agencies that the registry holds are its own."""
        row = self.registry.rows.get(state)
        types = self.registry.agencies.get(row.country or "", ()) if row else ()
        return 2 * types.count(SourceType.STATE_MEDIA) > len(types)

    def is_of(self, key: str, state: str) -> bool:
        """Tell whether a source may belong to a state: it does, or to none without being an igo."""
        country = self.registry.rows[state].country
        row = self.registry.rows.get(key)
        if row is None:  # a body that was composed of its pattern and its state
            parts = self.registry.parts(key)
            return parts is not None and parts[1].country == country
        between_states = row.type is SourceType.IGO
        anywhere = row.country is None and not between_states
        return anywhere or row.country == country

    def body(self, pattern: Pattern, segment: Pieces) -> tuple[str, Whose]:
        """Return the key of a state's body as a phrase tells it, and whose it is.

        The key is empty when the state, or the place of an embassy, is not told.
        """
        found = whose(segment, hosted=pattern.hosted)
        if pattern.hosted:
            for piece in segment:
                seat = patterns().get(f"{piece.value}-{pattern.key}")
                if piece.role is Role.SOURCE and seat:
                    pattern = seat  # an ambassador at the United Nations
        if not found.owner or (pattern.hosted and not found.host):
            return "", found
        seat_of = f"{OF_BODY}{found.host}" if pattern.hosted else ""
        return f"{found.owner}{OF_BODY}{pattern.key}{seat_of}", found

    def about(self, segment: Pieces, but: Piece | None = None) -> About:
        """Return what the pieces of a phrase, but one, are about."""
        for at, piece in enumerate(segment):
            if piece is but:
                continue
            named = segment[at + 1] if at + 1 < len(segment) else None
            if piece.role is Role.HEAD and named and named.role is Role.SOURCE and not named.link:
                continue  # "the group Such-and-such"
            if piece.role is Role.SOURCE:
                return About(piece.value, self.type_of(piece.value))
            if piece.role in (Role.BODY, Role.POST):
                pattern = patterns()[piece.value]
                key, _ = self.body(pattern, segment)
                weak = piece.values(Role.WEAK)
                return About(key, pattern.type, frozenset({pattern.key}), weak)
            if piece.role is Role.HEAD:
                known = heads()[piece.value]
                return About("", known.type, known.stands_for, piece.values(Role.WEAK))
            if piece.role is Role.WEAK:
                keys = piece.values(Role.WEAK)
                return About("", self.type_of(keys[0]), keys=keys)
        states = [piece for piece in segment if piece.role in STATES and piece.link not in AWAY]
        return About(states[0].value, self.type_of(states[0].value)) if states else About()
