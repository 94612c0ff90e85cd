"""Sources by their names, for reconciling lists of others with them."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from claimtrack.model.vocabulary import NameKind, SourceType
from claimtrack.store.refs import source_refs
from claimtrack.store.views import SourceRef
from claimtrack.text.fold import fold

_NAMES = """
SELECT coalesce(m.cluster_id, s.id), n.text, n.kind FROM live_source_name n
JOIN live_source s ON s.id = n.source_id LEFT JOIN source_cluster m ON m.source_id = s.id
UNION SELECT coalesce(m.cluster_id, s.id), s.name, 'official' FROM live_source s
LEFT JOIN source_cluster m ON m.source_id = s.id
ORDER BY 1, 2"""

_ALIKE = 90.0
"""The highest score of a name that is not the same."""
_WEAK = 60.0
"""The score of the same name where that needs its context ("the ministry")."""


class Names(NamedTuple):
    """The names of all sources.

    Attributes:
        whole: By each folded name, the sources that have it, and whether it is weak.
        words: By each word of a name, the folded names that have it.
    """

    whole: dict[str, dict[str, bool]]
    words: dict[str, set[str]]


class Candidate(NamedTuple):
    """A source that a name may mean.

    Attributes:
        score: 100 where it is a name of it, less the fewer words they share.
        match: It is the only source of that name, and the name needs no context.
    """

    source: SourceRef
    score: float
    match: bool


def names(connection: sqlite3.Connection) -> Names:
    """Return the names of all live sources, folded."""
    whole: defaultdict[str, dict[str, bool]] = defaultdict(dict)
    words: defaultdict[str, set[str]] = defaultdict(set)
    for source_id, text, kind in connection.execute(_NAMES):
        name = " ".join(fold(text).split())
        weak = kind == NameKind.WEAK
        whole[name][source_id] = whole[name].get(source_id, True) and weak
        for word in name.split():
            words[word].add(name)
    return Names(dict(whole), dict(words))


def candidates(
    connection: sqlite3.Connection,
    known: Names,
    name: str,
    types: Iterable[SourceType] = (),
    limit: int = 5,
) -> tuple[Candidate, ...]:
    """Return the sources that a name may mean, the likeliest first.

    Args:
        connection: A connection.
        known: What `names` returned.
        name: As somebody wrote it.
        types: Only sources of these; of all when empty.
        limit: How many at most.
    """
    wanted = " ".join(fold(name).split())
    same = known.whole.get(wanted, {})
    scores = {source: _WEAK if weak else 100.0 for source, weak in same.items()}
    asked = set(wanted.split())
    for other in set().union(*(known.words.get(word, set()) for word in asked)):
        parts = set(other.split())
        score = round(_ALIKE * len(asked & parts) / len(asked | parts), 1)
        for source, weak in known.whole[other].items():
            less = min(score, _WEAK) if weak else score
            scores[source] = max(scores.get(source, 0.0), less)
    best = sorted(scores, key=lambda source: (-scores[source], source))[: 4 * limit]
    refs, kept = source_refs(connection, best), frozenset(types)
    sure = [source for source, weak in same.items() if not weak]
    found = [
        Candidate(refs[source], scores[source], sure == [source])
        for source in best
        if source in refs and (not kept or refs[source].type in kept)
    ]
    return tuple(found[:limit])
