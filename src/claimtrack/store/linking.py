"""What linking claims reads and writes: contents, vectors, suggestions, relations, outer relays."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple, cast

from claimtrack.model.ids import content_id
from claimtrack.model.run import Run
from claimtrack.model.vocabulary import (
    OF_THE_STATE,
    Assertion,
    ClaimRelationKind,
    Precision,
    RelayKind,
    RelayStrength,
    Stance,
)
from claimtrack.store import log
from claimtrack.store.content import instant, relay_id
from claimtrack.store.findings import ATTRIBUTION
from claimtrack.store.rows import Row, insert, many, put_all, put_run
from claimtrack.store.texts import Texts, places
from claimtrack.store.writer import Ready

OWN_VOICE = "own_voice"
"""The pattern of a report that an outlet makes on its own account."""

_SIDECAR = ".vectors"
"""Of the folder of vectors, after the database's name."""

_UNDATED = (None, Precision.UNKNOWN)

_SAID_BY = places("'source'", "ord")

_LIVE_CLAIMS = """
FROM claim k JOIN attribution a ON a.id = k.attribution_id
JOIN claim_text t ON t.claim_id = k.id
JOIN document_version v ON v.id = a.version_id
JOIN document d ON d.id = v.document_id
{}
WHERE a.retired_at IS NULL AND k.retired_at IS NULL AND v.retired_at IS NULL
    AND d.retired_at IS NULL{}
ORDER BY k.number"""

_ITEMS = f"""
SELECT k.id, k.number, a.id, c.cluster_id, t.text, t.lang, v.id, v.document_id,
    v.published_utc, v.published_precision, a.assertion, a.pattern, a.source_id,
    a.kind, {_SAID_BY}{_LIVE_CLAIMS.format("JOIN claim_cluster c ON c.claim_id = k.id", "{}")}"""
_THESE = " AND k.number IN (SELECT value FROM json_each(?))"
_TOGETHER = " AND c.cluster_id IN (SELECT value FROM json_each(?))"

_UNLINKED = f"""
SELECT k.number, v.number, t.text, t.lang, a.assertion, v.id, {_SAID_BY}
{_LIVE_CLAIMS.format("LEFT JOIN linked n ON n.claim_id = k.id", " AND n.claim_id IS NULL")}"""

_LINKED = """
SELECT k.number, v.number, n.digest, n.numbers, a.assertion
FROM linked n JOIN claim k ON k.id = n.claim_id JOIN attribution a ON a.id = k.attribution_id
JOIN document_version v ON v.id = a.version_id JOIN document d ON d.id = v.document_id
WHERE a.retired_at IS NULL AND k.retired_at IS NULL AND v.retired_at IS NULL
    AND d.retired_at IS NULL
ORDER BY k.number"""

_SAID = f"""
SELECT k.number, a.id, t.lang, a.assertion, a.pattern, a.source_id, a.version_id, {_SAID_BY}
FROM claim k JOIN attribution a ON a.id = k.attribution_id JOIN claim_text t ON t.claim_id = k.id
WHERE k.number IN (SELECT value FROM json_each(?)) ORDER BY k.number"""  # noqa: S608

_PUBLISHED = """
SELECT number, document_id, lang, published_utc, published_precision FROM document_version
WHERE number IN (SELECT value FROM json_each(?))"""

_CLUSTERS = """
SELECT DISTINCT f.number, f.id FROM claim k JOIN claim_cluster c ON c.claim_id = k.id
JOIN claim f ON f.id = c.cluster_id
WHERE k.number IN (SELECT value FROM json_each(?)) ORDER BY f.number"""

# Most texts begin with their title, which is not told twice.
_HEADS = """
SELECT number, iif(substr(text, 1, length(trim(heading))) = trim(heading), '',
    trim(heading) || '. ') || substr(text, 1, ?) FROM live_version
WHERE number IN (SELECT value FROM json_each(?))"""

# Relays of a text whose ends are both of it and live.
_HANDED = """
SELECT r.child_id, r.parent_id, r.kind FROM attribution a JOIN live_relay r ON r.child_id = a.id
JOIN attribution parent ON parent.id = r.parent_id
WHERE a.version_id = ?1 AND parent.version_id = ?1 ORDER BY r.id"""

_TOLD = """
SELECT a.id, t.lang, a.assertion, a.stance, s.role, s.start, s.exact
FROM attribution a JOIN claim k ON k.attribution_id = a.id JOIN claim_text t ON t.claim_id = k.id
JOIN attribution_span s ON s.attribution_id = a.id
WHERE a.id IN (SELECT value FROM json_each(?)) ORDER BY s.attribution_id, s.role, s.ord"""

_OUTLETS = """
SELECT v.document_id, v.id, v.outlet,
    (SELECT url FROM document_url u WHERE u.document_id = v.document_id LIMIT 1)
FROM live_version v"""


class Item(NamedTuple):
    """A claim as it stood at first: one report's content, with what linking needs of the report.

    Attributes:
        claim_id: The claim; `number` is its place in the order of recording.
        said_by: The words that name who says it; empty where there are none.
    """

    claim_id: str
    number: int
    attribution_id: str
    cluster_id: str
    text: str
    lang: str
    version_id: str
    document_id: str
    published: str | None
    precision: str
    assertion: str
    pattern: str
    source_id: str | None
    kind: str
    said_by: str


class Said(NamedTuple):
    """A claim's report as far as it takes to tell who says it; `number` and `said_by` as `Item`."""

    number: int
    attribution_id: str
    lang: str
    assertion: Assertion
    pattern: str
    source_id: str | None
    said_by: str


class Published(NamedTuple):
    """A version as it was published.

    Attributes:
        number: The version's.
        time: When that was, and how exactly it is known.
    """

    number: int
    document_id: str
    lang: str
    time: tuple[datetime | None, Precision]


class Told(NamedTuple):
    """A report as far as it takes to tell whether another one hands it on.

    Attributes:
        quotes: The stretches of each role, in order: where each begins, and its words.
    """

    lang: str
    assertion: Assertion
    stance: Stance
    quotes: Mapping[str, Sequence[tuple[int, str]]]

    def words(self, role: str) -> str:
        """Return the words of a role, with an ellipsis for what is left out between them."""
        return " … ".join(exact for _, exact in self.quotes.get(role, ()))


class Handing(NamedTuple):
    """A relay within one text: who reports what whom is said to have said."""

    child_id: str
    parent_id: str
    kind: RelayKind
    relayer: Told
    relayed: Told


class Between(NamedTuple):
    """Something found between two claims: why, how alike they are, and by which run."""

    left: str
    right: str
    score: float
    evidence: str


def sidecar_of(database: Path) -> Path:
    """Return the folder in which linking keeps a copy of the vectors, where there are many.

    >>> sidecar_of(Path("desk.db")).name
    'desk.db.vectors'
    """
    return database.with_name(database.name + _SIDECAR)


def is_judged_by(connection: sqlite3.Connection, pair: tuple[str, str], tool: str) -> bool:
    """Tell whether a tool, in any version, has judged two claims, even if that was undone since."""
    found = connection.execute(
        "SELECT 1 FROM judgement j JOIN run r ON r.id = j.run_id"
        " WHERE j.left_id = ? AND j.right_id = ? AND r.tool = ?",
        (*sorted(pair), tool),
    )
    return found.fetchone() is not None


def is_suggested(connection: sqlite3.Connection, pair: tuple[int, int]) -> bool:
    """Tell whether two claims, by their numbers, are suggested to be one."""
    found = connection.execute(
        "SELECT 1 FROM claim l JOIN claim r ON r.number = ?2 JOIN suggestion s"
        " ON s.left_id = min(l.id, r.id) AND s.right_id = max(l.id, r.id)"
        " WHERE l.number = ?1 AND s.retired_at IS NULL",
        pair,
    )
    return found.fetchone() is not None


def handings_of(new: Ready) -> list[Handing]:
    """Return the relays within a text that is not stored yet, as `handings` does of one that is."""
    if not new.relays:
        return []
    text = new.version.text
    told: dict[str, Told] = {}
    reports = {str(claim): str(report) for claim, report in new.attributions.claims}
    langs = {reports[str(claim)]: str(lang) for claim, lang, *_ in new.attributions.texts}
    found = new.attributions
    for row, spans in zip(found.attributions, found.spans, strict=True):
        each = dict(zip(ATTRIBUTION[1:], row, strict=False))
        row_id = str(each["id"])
        how = Assertion(str(each["assertion"])), Stance(str(each["stance"]))
        quotes: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
        for role, _, start, end in cast("Sequence[tuple[str, int, int, int]]", spans):
            quotes[role].append((start, text[start:end]))
        told[row_id] = Told(langs[row_id], *how, quotes)
    return [
        Handing(child, parent, RelayKind(str(row["kind"])), told[child], told[parent])
        for row in sorted(new.relays, key=itemgetter("id"))
        for child, parent in [(str(row["child_id"]), str(row["parent_id"]))]
    ]


def handings(connection: sqlite3.Connection, version_id: str) -> list[Handing]:
    """Return the live relays within a text, by relay id."""
    relays = connection.execute(_HANDED, (version_id,)).fetchall()
    if not relays:  # as in most texts
        return []
    told: dict[str, Told] = {}
    quotes: defaultdict[str, defaultdict[str, list[tuple[int, str]]]]
    quotes = defaultdict(lambda: defaultdict(list))
    ends = many(end for relay in relays for end in relay[:2])
    for each, lang, assertion, stance, role, start, exact in connection.execute(_TOLD, (ends,)):
        if each not in told:
            told[each] = Told(lang, Assertion(assertion), Stance(stance), quotes[each])
        quotes[each][role].append((start, exact))
    return [
        Handing(child, parent, RelayKind(kind), told[child], told[parent])
        for child, parent, kind in relays
    ]


class Linked(NamedTuple):
    """A claim that was linked before, as far as it takes to find what is like it.

    Attributes:
        number: The claim's.
        version: The number of the version that it is in.
        digest: Of its content.
        numbers: The numbers in it, as JSON.
    """

    number: int
    version: int
    digest: str
    numbers: str
    assertion: str


class Unlinked(NamedTuple):
    """A claim that was not linked yet, as `Linked`, with what its content is made of."""

    number: int
    version: int
    text: str
    lang: str
    assertion: str
    said_by: str


def unlinked(connection: sqlite3.Connection) -> Iterator[Unlinked]:
    """Yield every live claim that was not linked yet, in the order of recording."""
    texts = Texts(connection)
    for *columns, version, by in connection.execute(_UNLINKED):
        yield Unlinked._make((*columns, texts.words(version, by, " ")))


def linked(connection: sqlite3.Connection) -> Iterator[Linked]:
    """Yield every live claim that was linked before, in the order of recording."""
    yield from map(Linked._make, connection.execute(_LINKED))


def items(connection: sqlite3.Connection, numbers: Iterable[int]) -> Iterator[Item]:
    """Yield some live claims with their reports, by the claims' numbers, in their order."""
    yield from _items(connection, _THESE, _numbers(numbers))


def said(connection: sqlite3.Connection, numbers: Iterable[int]) -> Iterator[Said]:
    """Yield who says some claims, by the claims' numbers, in their order."""
    texts = Texts(connection)
    rows = connection.execute(_SAID, (_numbers(numbers),))
    for number, report, lang, assertion, pattern, source, version, by in rows:
        words = texts.words(version, by, " ")
        yield Said(number, report, lang, Assertion(assertion), pattern, source, words)


def published(connection: sqlite3.Connection, numbers: Iterable[int]) -> Iterator[Published]:
    """Yield how some versions were published, by their numbers."""
    rows = connection.execute(_PUBLISHED, (_numbers(numbers),))
    for number, document, lang, time, precision in rows:
        at = (datetime.fromisoformat(time), Precision(precision)) if time else _UNDATED
        yield Published(number, document, lang, at)


def clusters_of(connection: sqlite3.Connection, numbers: Iterable[int]) -> list[tuple[int, str]]:
    """Return the clusters that some claims are in: the number of the first claim, and the id."""
    rows = connection.execute(_CLUSTERS, (_numbers(numbers),))
    return [tuple(row) for row in rows]


def items_together(connection: sqlite3.Connection, clusters: Iterable[str]) -> list[Item]:
    """Return the items of all live claims of some clusters, in the order of recording."""
    return list(_items(connection, _TOGETHER, many(clusters)))


def claim_ids(connection: sqlite3.Connection, numbers: Iterable[int]) -> dict[int, str]:
    """Return the ids of some claims, by their numbers."""
    rows = connection.execute(
        "SELECT number, id FROM claim WHERE number IN (SELECT value FROM json_each(?))",
        (_numbers(numbers),),
    )
    return dict(rows.fetchall())


def claim_numbers(connection: sqlite3.Connection, ids: Iterable[str]) -> dict[str, int]:
    """Return the numbers of some claims, by their ids."""
    rows = connection.execute(
        "SELECT id, number FROM claim WHERE id IN (SELECT value FROM json_each(?))", (many(ids),)
    )
    return dict(rows.fetchall())


def heads(
    connection: sqlite3.Connection, numbers: Iterable[int], length: int
) -> Iterator[tuple[int, str]]:
    """Yield numbers, titles and beginnings of some versions: what the whole article is about.

    A title that the text begins with is told once.

    Args:
        connection: A database.
        numbers: The versions'.
        length: Code points of the beginning.
    """
    yield from connection.execute(_HEADS, (length, _numbers(numbers)))


def vectors(connection: sqlite3.Connection, digests: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """Yield the vectors that are held of some contents, each with its digest."""
    yield from connection.execute(
        "SELECT digest, vector FROM content_vector"
        " WHERE digest IN (SELECT value FROM json_each(?))",
        (many(digests),),
    )


def put_vectors(connection: sqlite3.Connection, model: str, made: Mapping[str, bytes]) -> None:
    """Keep the vectors of contents that have none."""
    connection.executemany(
        "INSERT OR IGNORE INTO content_vector (digest, model, vector) VALUES (?, ?, ?)",
        [(digest, model, vector) for digest, vector in made.items()],
    )


def mark_linked(
    connection: sqlite3.Connection, contents: Iterable[tuple[int, str, str]], at: str
) -> None:
    """Note that claims were compared with all before them: number, digest and keys of each."""
    connection.executemany(
        "INSERT OR REPLACE INTO linked (claim_id, digest, numbers, recorded_at)"
        " SELECT id, ?2, ?3, ?4 FROM claim WHERE number = ?1",
        ((*content, at) for content in contents),
    )


def mark_told(connection: sqlite3.Connection, told: Iterable[tuple[int, int]], at: str) -> None:
    """Note of claims, by number, that they are narration linked before, by its row."""
    connection.executemany(
        "INSERT OR REPLACE INTO linked (claim_id, digest, numbers, recorded_at)"
        " SELECT k.id, l.digest, l.numbers, ?3 FROM claim k, narration n"
        " JOIN narration_linked l ON l.narration_id = n.id WHERE k.number = ?1 AND n.rowid = ?2",
        ((*each, at) for each in told),
    )


def mark_narrations(
    connection: sqlite3.Connection, contents: Iterable[tuple[int, str, str]], at: str
) -> None:
    """Note that narration was compared with all before it: row, digest and keys of each."""
    connection.executemany(
        "INSERT OR IGNORE INTO narration_linked (narration_id, digest, numbers, recorded_at)"
        " SELECT id, ?2, ?3, ?4 FROM narration WHERE rowid = ?1",
        ((*content, at) for content in contents),
    )


def put_suggestions(
    connection: sqlite3.Connection, found: Iterable[Between], run: Run, by: log.By
) -> int:
    """Keep pairs that may be one claim; return how many are new."""
    put_run(connection, run, by.at)

    def rows() -> Iterator[tuple[Row, Row]]:
        for one in found:
            left, right = sorted((one.left, one.right))
            row_id = content_id("suggestion", left, right, run.id)
            yield {"id": row_id, "left_id": left, "right_id": right}, _found(one, run, by)

    return _count(put_all(connection, "suggestion", rows()))


def put_relations(
    connection: sqlite3.Connection,
    found: Iterable[tuple[ClaimRelationKind, Between]],
    run: Run,
    by: log.By,
) -> int:
    """Keep relations between claims; return how many are new. Only some kinds have a direction."""
    put_run(connection, run, by.at)

    def rows() -> Iterator[tuple[Row, Row]]:
        for kind, one in found:
            left, right = one.left, one.right
            if kind not in _DIRECTED:
                left, right = sorted((left, right))
            content: Row = {
                "id": content_id("relation", left, right, kind.value, run.id),
                "left_id": left,
                "right_id": right,
                "kind": kind.value,
            }
            yield content, _found(one, run, by)

    return _count(put_all(connection, "claim_relation", rows()))


_DIRECTED = (ClaimRelationKind.RESPONDS_TO, ClaimRelationKind.DENIES_AUTHORSHIP)


class Handed(NamedTuple):
    """A relay across articles.

    Attributes:
        child: The report that was taken from another.
        parent: The other, an attribution that is held.
        kind: How it was taken over.
        strength: What the evidence is.
        evidence: The evidence in words.
    """

    child: str
    parent: str
    kind: RelayKind
    strength: RelayStrength
    evidence: str


def put_relays(
    connection: sqlite3.Connection, found: Iterable[Handed], run: Run, by: log.By
) -> int:
    """Keep relays across articles; return how many are new. One held already stays as it is."""
    put_run(connection, run, by.at)
    strengths: dict[str, str] = {}

    def rows() -> Iterator[tuple[Row, Row]]:
        for one in found:
            row_id = relay_id(one.child, one.parent, one.kind)
            strengths.setdefault(row_id, one.strength.value)
            content: Row = {
                "id": row_id,
                "child_id": one.child,
                "parent_id": one.parent,
                "kind": one.kind.value,
            }
            yield content, _made(one.evidence, run, by)

    new = list(put_all(connection, "relay", rows()))
    insert(
        connection,
        "relay_strength",
        [{"relay_id": each, "strength": strengths[each]} for each in new],
    )
    return len(new)


class Outer(NamedTuple):
    """A relay whose parent is not held: the source or the address that a report was taken from."""

    child: str
    source_id: str | None
    url: str | None
    evidence: str


def put_outer_relays(
    connection: sqlite3.Connection, found: Iterable[Outer], run: Run, by: log.By
) -> int:
    """Keep relays that lead out of what is held; return how many are new."""
    put_run(connection, run, by.at)

    def rows() -> Iterator[tuple[Row, Row]]:
        for one in found:
            content: Row = {
                "id": content_id("relay", "outer", one.child, one.source_id, one.url),
                "child_id": one.child,
                "source_id": one.source_id,
                "url": one.url,
            }
            yield content, _made(one.evidence, run, by)

    return _count(put_all(connection, "outer_relay", rows()))


def outlets(connection: sqlite3.Connection) -> list[tuple[str, str, str | None, str | None]]:
    """Return document, version, outlet and address of everything that is held."""
    return [tuple(row) for row in connection.execute(_OUTLETS)]


class Media(NamedTuple):
    """A source, as far as it may be an article's publisher."""

    name: str
    domain: str | None
    names: tuple[str, ...]


def media(connection: sqlite3.Connection) -> dict[str, Media]:
    """Return the outlets and agencies that are held, by id."""
    names: dict[str, list[str]] = {}
    for source_id, text in connection.execute("SELECT source_id, text FROM source_name"):
        names.setdefault(source_id, []).append(text)
    rows = connection.execute(
        "SELECT id, name, domain FROM live_source WHERE kind IN ('outlet', 'agency')"
    )
    return {
        source_id: Media(name, domain, (name, *names.get(source_id, ())))
        for source_id, name, domain in rows
    }


def countries(connection: sqlite3.Connection) -> dict[str, str]:
    """Return the country of each source that has one."""
    return dict(connection.execute("SELECT id, country FROM live_source WHERE country IS NOT NULL"))


def state_bodies(connection: sqlite3.Connection) -> dict[str, str]:
    """Return the country of each source that speaks for its state: no party, outlet or company."""
    return dict(
        connection.execute(
            """
            SELECT id, country FROM live_source
            WHERE country IS NOT NULL AND type IN (SELECT value FROM json_each(?))
            """,
            (json.dumps(sorted(OF_THE_STATE)),),
        )
    )


def states(connection: sqlite3.Connection) -> dict[str, str]:
    """Return the country of each source that is a state."""
    return dict(
        connection.execute(
            "SELECT id, country FROM live_source WHERE kind = 'state' AND country IS NOT NULL"
        )
    )


def unnamed(connection: sqlite3.Connection) -> frozenset[str]:
    """Return the sources that nobody is named for: "residents", "an official"."""
    rows = connection.execute("SELECT id FROM live_source WHERE kind = 'unnamed'")
    return frozenset(row[0] for row in rows)


def cited(connection: sqlite3.Connection, documents: Iterable[str]) -> dict[str, set[str]]:
    """Return the outlets and agencies that each of some documents has something from."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for document, source in connection.execute(
        "SELECT DISTINCT a.document_id, a.source_id FROM live_attribution a"
        " JOIN live_source s ON s.id = a.source_id WHERE s.kind IN ('outlet', 'agency')"
        " AND a.document_id IN (SELECT value FROM json_each(?))",
        (many(documents),),
    ):
        found[document].add(source)
    return found


def told_within(connection: sqlite3.Connection, children: Iterable[str]) -> dict[str, set[str]]:
    """Return, for those of some reports that tell of others of their own text, the others' ids."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for child, parent in connection.execute(
        "SELECT r.child_id, r.parent_id FROM live_relay r"
        " JOIN attribution c ON c.id = r.child_id JOIN attribution p ON p.id = r.parent_id"
        " WHERE c.version_id = p.version_id AND r.child_id IN (SELECT value FROM json_each(?))",
        (many(children),),
    ):
        found[child].add(parent)
    return found


def relayers(connection: sqlite3.Connection) -> dict[str, set[str]]:
    """Return the sources through whom reports of their own text are told, by report."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for parent, source in connection.execute(
        "SELECT r.parent_id, c.source_id FROM live_relay r"
        " JOIN attribution c ON c.id = r.child_id JOIN attribution p ON p.id = r.parent_id"
        " WHERE c.version_id = p.version_id AND c.source_id IS NOT NULL"
    ):
        found[parent].add(source)
    return found


def texts_with(
    connection: sqlite3.Connection, words: str, ids: Iterable[str]
) -> Iterator[tuple[str, str]]:
    """Yield the ids and texts of those of some live versions that hold some words."""
    rows = connection.execute(
        "SELECT id, text FROM live_version WHERE instr(text, ?) > 0"
        " AND id IN (SELECT value FROM json_each(?))",
        (words, many(ids)),
    )
    yield from (tuple(row) for row in rows)


def answers(connection: sqlite3.Connection) -> list[tuple[str, str, str]]:
    """Return claims whose reports answer others in the same text: answering, answered, the cue."""
    rows = connection.execute(
        "SELECT a.claim_id, b.claim_id, coalesce((SELECT group_concat(exact, ' ')"
        " FROM attribution_span WHERE attribution_id = a.id AND role = 'cue'), '')"
        " FROM live_attribution a JOIN live_attribution b ON b.id = a.responds_to_id"
    )
    return [tuple(row) for row in rows]


def clustered(connection: sqlite3.Connection) -> Iterator[tuple[int, int]]:
    """Yield the numbers of claims that are one with an earlier one, and of the cluster's first."""
    yield from connection.execute(
        "SELECT k.number, f.number FROM claim_cluster c JOIN claim k ON k.id = c.claim_id"
        " JOIN claim f ON f.id = c.cluster_id WHERE c.cluster_id <> c.claim_id"
    )


def parted(connection: sqlite3.Connection) -> Iterator[tuple[int, int]]:
    """Yield the numbers of claims that contradict each other, a pair at a time."""
    yield from connection.execute(
        "SELECT l.number, r.number FROM live_claim_relation p JOIN claim l ON l.id = p.left_id"
        " JOIN claim r ON r.id = p.right_id"
        " WHERE p.kind IN ('negates', 'number_conflict', 'attribute_conflict')"
    )


def claims_end(connection: sqlite3.Connection) -> int:
    """Return the number after the last claim's."""
    return int(connection.execute("SELECT coalesce(max(number), 0) + 1 FROM claim").fetchone()[0])


def _items(connection: sqlite3.Connection, which: str, values: str) -> Iterator[Item]:
    texts = Texts(connection)
    for *columns, by in connection.execute(_ITEMS.format(which), (values,)):
        version = columns[Item._fields.index("version_id")]
        yield Item._make((*columns, texts.words(version, by, " ")))


def _count(new: Iterable[str]) -> int:
    return sum(1 for _ in new)


def _numbers(values: Iterable[int]) -> str:
    return json.dumps(list(values))


def _found(one: Between, run: Run, by: log.By) -> Row:
    return {"score": one.score, **_made(one.evidence, run, by)}


def _made(evidence: str, run: Run, by: log.By) -> Row:
    return {"evidence": evidence, "run_id": run.id, "recorded_at": instant(by.at)}
