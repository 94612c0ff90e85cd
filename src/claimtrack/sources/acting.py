"""Names that an article tells to be an organisation's by what it does: "X said its ships were"."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from claimtrack.model.vocabulary import ResolvedHow, SourceType
from claimtrack.sources.kinship import narrow
from claimtrack.sources.reading import NOTHING, Reading, Shape

Told = tuple[Reading, str]
"""A mention, and what its source says."""


def bodies(
    told: Iterable[Told], acts: Callable[[str], bool], named: Callable[[Reading], bool]
) -> Mapping[tuple[str, ...], Reading]:
    """Return the reading of a name that is an organisation's, by its words; else nothing.

    Only whoever speaks first can be one, and only where nobody else was named: "it" may be they.
    What "the company" in the same article can mean is of that type, where there is just one.

    Args:
        told: The mentions of an article in reading order, each with what it says.
        acts: Tells whether somebody who says this is no person: "its ships were safe".
        named: Tells whether the article names another one before the first mention.
    """
    known = list(told)
    first = known[0][0] if known else NOTHING
    same = (said for reading, said in known if reading.tokens == first.tokens)
    if not _is_bare(first) or not any(map(acts, same)) or named(first):
        return {}
    nouns = _nouns(reading for reading, _ in known)
    noun = nouns[0] if len(nouns) == 1 else Reading(Shape.ANAPHOR)
    body = Reading(Shape.NEW, noun.type, ResolvedHow.NEW, noun.kind, name=first.name)
    return {first.tokens: body}


def _is_bare(reading: Reading) -> bool:
    """Tell whether a mention is a name that nothing is said of."""
    described = reading.parent or reading.post or reading.office or reading.noun
    vague = reading.type is SourceType.OTHER and not described
    return reading.shape is Shape.PERSON and vague and len(reading.tokens) <= 2


def _nouns(readings: Iterable[Reading]) -> Sequence[Reading]:
    """Return the nouns of organisations that point back, one of each type: "the company"."""
    back = (reading for reading in readings if reading.shape is Shape.ANAPHOR and reading.tags)
    broad = (reading for reading in back if not narrow(reading.tags))
    return tuple({reading.type: reading for reading in broad if _is_typed(reading)}.values())


def _is_typed(reading: Reading) -> bool:
    return any(f"={reading.type}" in tag for tag in reading.tags)
