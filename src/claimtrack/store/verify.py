"""Checking a database against itself: every id, digest, span and seal is made anew.

Nothing that is stored is trusted: not the texts, which may not even be UTF-8 any more, nor the
schema, whose guards may have been taken away. Each problem is one line that names its row.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from hashlib import sha256
from itertools import chain
from typing import Any

from pydantic import ValidationError

from claimtrack.model.attribution import Attribution
from claimtrack.model.ids import content_id, digest
from claimtrack.model.span import Span, Spans
from claimtrack.model.vocabulary import RelayKind, Role, Verdict
from claimtrack.store import (
    captures,
    clusters,
    corrections,
    grades,
    log,
    notes,
    publication,
    redactions,
    reprints,
    retractions,
    source_edits,
)
from claimtrack.store.content import (
    attribution_id,
    claim_id,
    derived_version,
    judgement_id,
    narration_id,
    relay_id,
    wording_digest,
    words_of,
)
from claimtrack.store.versions import COLUMNS, version_of
from claimtrack.store.whole import snapshot

Problems = Iterator[str]

_NOT_ITS_ID = "is not the id of its content"
_UNPRINTABLE = re.compile(r"[^\x20-\x7e\u00a0-\ud7ff\ue000-\U0010ffff]|[\u2028\u2029]")


Step = Callable[[str, int], None]
"""Is told what is looked at, and how many texts have been."""


def verify(connection: sqlite3.Connection, step: Step = lambda _, __: None) -> tuple[str, ...]:
    """Return what is wrong with a database, a line each; nothing when it is sound.

    Args:
        connection: A connection.
        step: Is told of the progress.
    """
    with snapshot(connection), _undecoded(connection):
        step("the file", 0)
        damage = tuple(_damage(connection))
        if damage:
            return damage
        checks = (*_BEFORE, lambda held: _versions(held, step), *_BEHIND)
        found = chain.from_iterable(each(connection) for each in checks)
        overwritten = redactions.rows(connection)
        kept = (each for each in found if not _is_redacted(each, overwritten))
        return tuple(map(_one_line, chain(kept, redactions.problems(connection))))


def _is_redacted(problem: str, overwritten: frozenset[tuple[str, str]]) -> bool:
    """Tell whether a problem is that a row is not what it was before it was redacted."""
    if not overwritten:
        return False
    kind, _, rest = problem.partition(" ")
    if kind == "event_log":
        subject = rest.removesuffix(" is not what was recorded").rpartition(" ")[2]
        return problem.endswith(" is not what was recorded") and any(
            key == subject for _, key in overwritten
        )
    named = rest.partition(":")[0].removesuffix(f" {_NOT_ITS_ID}")
    return (kind, named) in overwritten


@contextmanager
def _undecoded(connection: sqlite3.Connection) -> Iterator[None]:
    """Read texts as they are for a while, also where they are not UTF-8."""
    before = connection.text_factory
    connection.text_factory = lambda raw: raw.decode("utf-8", "surrogateescape")
    try:
        yield
    finally:
        connection.text_factory = before


def _one_line(problem: str) -> str:
    return _UNPRINTABLE.sub(lambda match: repr(match[0])[1:-1], problem)


def _damage(connection: sqlite3.Connection) -> Problems:
    try:
        rows = connection.execute("PRAGMA integrity_check").fetchall()
    except sqlite3.DatabaseError as error:
        rows = [(str(error),)]
    for (line,) in rows:
        if line != "ok":
            yield _one_line(f"database file: {line}")


def _schema(connection: sqlite3.Connection) -> Problems:
    """Compare tables, views, indexes and triggers with those that the migrations make."""
    from claimtrack.store.migrations import apply  # noqa: PLC0415 (slow to load)

    query = "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL"
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as fresh:
        apply(fresh)
        wanted = {row[:2]: row[2] for row in fresh.execute(query)}
    held = {row[:2]: row[2] for row in connection.execute(query)}
    for (kind, name), sql in sorted(wanted.items()):
        if (kind, name) not in held:
            yield f"schema: {kind} {name} is missing"
        elif held[kind, name] != sql:
            yield f"schema: {kind} {name} was changed"


def _links(connection: sqlite3.Connection) -> Problems:
    for table, rowid, parent, _ in connection.execute("PRAGMA foreign_key_check"):
        row = "" if rowid is None else f" row {rowid}"
        yield f"{table}{row}: points to a {parent} that is not held"


def _runs(connection: sqlite3.Connection) -> Problems:
    rows = connection.execute("SELECT id, tool, version, configuration FROM run ORDER BY id")
    for row_id, tool, version, configuration in rows:
        try:
            made = content_id("run", tool, version, json.loads(configuration))
        except ValueError:
            made = ""
        if made != row_id:
            yield f"run {row_id} {_NOT_ITS_ID}"


def _sources(connection: sqlite3.Connection) -> Problems:
    for row_id, key in connection.execute("SELECT id, key FROM source ORDER BY id"):
        if content_id("source", key) != row_id:
            yield f"source {row_id} {_NOT_ITS_ID}"


def _source_edits(connection: sqlite3.Connection) -> Problems:
    """Check edits of sources, and that the clusters are those that the live merges make."""
    for (row_id,) in connection.execute("SELECT id FROM source_edit ORDER BY number").fetchall():
        if content_id("edit", dict(source_edits.recorded(connection, row_id))) != row_id:
            yield f"source_edit {row_id} {_NOT_ITS_ID}"
    held = dict(connection.execute("SELECT source_id, cluster_id FROM source_cluster").fetchall())
    wanted = source_edits.derived(connection)
    for source_id in sorted(held.keys() | wanted.keys()):
        if held.get(source_id) != wanted.get(source_id):
            yield f"source_cluster {source_id} is not what the merges make"


def _documents(connection: sqlite3.Connection) -> Problems:
    rows = connection.execute(
        "SELECT id, known_by, identity, EXISTS ("
        " SELECT 1 FROM document_version v WHERE v.document_id = d.id)"
        " FROM document d ORDER BY id"
    )
    for row_id, known_by, identity, has_version in rows:
        if content_id("document", known_by, identity) != row_id:
            yield f"document {row_id} {_NOT_ITS_ID}"
        if not has_version:
            yield f"document {row_id}: has no version"


def _versions(connection: sqlite3.Connection, step: Step) -> Problems:
    """Check texts one at a time, each with everything that lies in it."""
    numbers = connection.execute("SELECT number FROM document_version ORDER BY number").fetchall()
    for place, (number,) in enumerate(numbers, 1):
        row = connection.execute(
            f"SELECT {COLUMNS} FROM document_version v LEFT JOIN document d"  # noqa: S608
            " ON d.id = v.document_id WHERE v.number = ?",
            (number,),
        ).fetchone()
        version_id, text = row[0], row[2]
        step(version_id, place)
        yield from _version(connection, row)
        yield from _narrations(connection, version_id, text)
        yield from _attributions(connection, version_id, row[4], text)


def _version(connection: sqlite3.Connection, row: tuple[Any, ...]) -> Problems:
    version_id, _, text, recorded = row[:4]
    name = f"document_version {version_id}"
    if sha256(text.encode("utf-8", "surrogateescape")).hexdigest() != recorded:
        yield f"{name}: its text does not have the SHA-256 that was recorded"
        return
    parts = connection.execute(
        'SELECT role, start, "end" FROM document_part WHERE version_id = ?', (version_id,)
    ).fetchall()
    for role, _, end in parts:
        if end > len(text):
            yield f"document_part {version_id} {role}: ends behind the text"
    try:
        version = version_of(row, parts)
    except ValueError:
        yield f"{name}: holds a value that is none of its kind"
        return
    if derived_version(version, recorded) != version:
        yield f"{name} {_NOT_ITS_ID}"


def _narrations(connection: sqlite3.Connection, version_id: str, text: str) -> Problems:
    rows = connection.execute(
        'SELECT id, start, "end" FROM narration WHERE version_id = ? ORDER BY id', (version_id,)
    )
    for row_id, start, end in rows:
        if narration_id(version_id, Span(start, end)) != row_id:
            yield f"narration {row_id} {_NOT_ITS_ID}"
        if end > len(text):
            yield f"narration {row_id}: ends behind the text"


def _attributions(
    connection: sqlite3.Connection, version_id: str, lang: str, text: str
) -> Problems:
    rows = connection.execute(
        "SELECT a.id, a.kind, a.channel, a.stance, a.assertion, a.modality, a.source_type,"
        " a.source_name, a.source_id, a.confidence, a.cue_unknown, a.pattern, k.id"
        " FROM attribution a LEFT JOIN claim k ON k.attribution_id = a.id"
        " WHERE a.version_id = ? ORDER BY a.number",
        (version_id,),
    ).fetchall()
    for row_id, *values, claim in rows:
        spans: dict[str, Spans] = {role.value: () for role in Role}
        for role, place, start, end in connection.execute(
            'SELECT role, ord, start, "end" FROM attribution_span'
            " WHERE attribution_id = ? ORDER BY role, ord",
            (row_id,),
        ):
            spans[role] = (*spans.get(role, ()), Span(start, end))
            if end > len(text):
                yield f"attribution_span {row_id} {role} {place}: ends behind the text"
        if not _is_attribution(version_id, row_id, values, spans):
            yield f"attribution {row_id} {_NOT_ITS_ID}"
        yield from _claim(connection, row_id, claim, (lang, words_of(text, spans["content"])))


def _is_attribution(
    version_id: str, row_id: str, values: list[Any], spans: dict[str, Spans]
) -> bool:
    columns = (
        "kind channel stance assertion modality source_type source_name source_id confidence"
        " cue_unknown pattern"
    )
    fields = dict(zip(columns.split(), values, strict=True))
    try:
        made = Attribution.model_validate({"key": "", **fields, **spans})
    except ValidationError:
        return False
    return attribution_id(version_id, made) == row_id


def _claim(
    connection: sqlite3.Connection, owner: str, claim: str | None, wording: tuple[str, str]
) -> Problems:
    if claim is None:
        yield f"attribution {owner}: has no claim"
        return
    if claim_id(owner) != claim:
        yield f"claim {claim} {_NOT_ITS_ID}"
    held = connection.execute(
        "SELECT lang, text, wording FROM claim_text WHERE claim_id = ?", (claim,)
    ).fetchall()
    if held != [(*wording, wording_digest(*wording))]:
        yield f"claim_text {claim}: is not the content of its attribution"


def _relays(connection: sqlite3.Connection) -> Problems:
    for row_id, child, parent, kind in connection.execute(
        "SELECT id, child_id, parent_id, kind FROM relay ORDER BY id"
    ):
        known = kind in set(RelayKind)
        if not known or relay_id(child, parent, RelayKind(kind)) != row_id:
            yield f"relay {row_id} {_NOT_ITS_ID}"


def _copies(connection: sqlite3.Connection) -> Problems:
    """Check that each sketch can be found by its least hashes, and nothing else is."""
    rows = connection.execute("SELECT version_number, hashes FROM sketch ORDER BY version_number")
    for number, hashes in rows:
        found = connection.execute(
            "SELECT count(*) FROM json_each(?) h JOIN shingle s"
            " ON s.hash = h.value AND s.version_number = ?",
            (json.dumps(reprints.unpacked(hashes)), number),
        ).fetchone()[0]
        if not found:
            yield f"sketch {number}: cannot be found by its hashes"
    yield from _each(
        connection,
        {
            "shingle {}: is of no sketch": """
SELECT DISTINCT version_number FROM shingle
WHERE version_number NOT IN (SELECT version_number FROM sketch)""",
        },
    )


def _judgements(connection: sqlite3.Connection) -> Problems:
    for row_id, left, right, verdict, evidence, score, run, user, at in connection.execute(
        "SELECT id, left_id, right_id, verdict, evidence, score, run_id, judged_by, judged_at"
        " FROM judgement ORDER BY number"
    ):
        by = ["run", run] if run else ["user", user, at]
        if judgement_id((left, right), Verdict(verdict), evidence, score, by) != row_id:
            yield f"judgement {row_id} {_NOT_ITS_ID}"


def _reviews(connection: sqlite3.Connection) -> Problems:
    for (row_id,) in connection.execute("SELECT id FROM review ORDER BY number").fetchall():
        held = grades.recorded_review(connection, row_id)
        fields = {name: held[name] for name in grades.Review._fields}
        try:
            fields["links"] = tuple(json.loads(str(held["links"])))
            made = grades.Review(**fields).id(  # type: ignore[arg-type]
                str(held["reviewed_by"]), str(held["reviewed_at"])
            )
        except (TypeError, ValueError):
            made = ""
        if made != row_id:
            yield f"review {row_id} {_NOT_ITS_ID}"


def _notes(connection: sqlite3.Connection) -> Problems:
    for row_id, *content in connection.execute(
        "SELECT id, item, text, noted_by, noted_at FROM review_note ORDER BY number"
    ):
        if notes.id_of(*content) != row_id:
            yield f"review_note {row_id} {_NOT_ITS_ID}"


def _corrections(connection: sqlite3.Connection) -> Problems:
    """Check corrections, and that what they retired is retired."""
    for (row_id,) in connection.execute("SELECT id FROM correction ORDER BY number").fetchall():
        if corrections.made_again(connection, row_id) != row_id:
            yield f"correction {row_id} {_NOT_ITS_ID}"
    yield from _each(
        connection,
        {
            "attribution {}: is live, though a person retired it": """
SELECT a.id FROM live_correction c JOIN attribution a ON a.id = c.row_id
WHERE c.change = 'retired' AND a.retired_at IS NULL""",
        },
    )


def _publications(connection: sqlite3.Connection) -> Problems:
    for (row_id,) in connection.execute("SELECT id FROM publication ORDER BY number").fetchall():
        if publication.made_again(connection, row_id) != row_id:
            yield f"publication {row_id} {_NOT_ITS_ID}"


def _clusters(connection: sqlite3.Connection) -> Problems:
    held = dict(connection.execute("SELECT claim_id, cluster_id FROM claim_cluster").fetchall())
    for claim, cluster in clusters.derived(connection).items():
        if claim not in held:
            yield f"claim_cluster {claim}: is missing"
        elif held[claim] != cluster:
            yield f"claim_cluster {claim}: the judgements make it {cluster}, not {held[claim]}"


def _spread(connection: sqlite3.Connection) -> Problems:
    """Check that the reports of claims that have several are counted right."""
    counted = """
SELECT cluster_id, count(*) AS reports FROM claim_cluster GROUP BY cluster_id HAVING reports > 1"""
    kept = "SELECT cluster_id, reports FROM claim_spread"
    for one, other in ((counted, kept), (kept, counted)):
        query = f"SELECT cluster_id FROM ({one} EXCEPT {other})"  # noqa: S608 (our own words)
        for (cluster,) in connection.execute(query):
            yield f"claim_spread {cluster}: is not how many reports the claim has"
            return


def _index(connection: sqlite3.Connection) -> Problems:
    """Check that everything can be found, and nothing that is not there."""
    return _each(
        connection,
        {
            "attribution {}: is not in the search index": """
SELECT id FROM attribution WHERE number NOT IN (SELECT rowid FROM attribution_fts)""",
            "attribution_fts {}: is the index of nothing": """
SELECT rowid FROM attribution_fts WHERE rowid NOT IN (SELECT number FROM attribution)""",
            "document_version {}: is not in the search index": """
SELECT id FROM document_version WHERE number NOT IN (SELECT rowid FROM document_fts)""",
            "document_fts {}: is the index of nothing": """
SELECT rowid FROM document_fts WHERE rowid NOT IN (SELECT number FROM document_version)""",
        },
    )


def _log(connection: sqlite3.Connection) -> Problems:
    """Check the chain, and that what it says was done is there."""
    yield from log.problems(connection)
    own = log.own_desk(connection)
    for event in log.events(connection):
        if event.desk != own and event.action in ("add", "reextract"):
            continue  # what another desk read of a text that is read here is held in part
        held = _logged(connection, event)
        if event.desk != own and not held:
            continue  # left out when it was merged
        if held is not None and digest(held) != event.digest:
            yield f"event_log {event.desk} {event.seq}: {event.subject} is not what was recorded"
    yield from _each(
        connection,
        {
            "document_version {}: the log does not know of it": """
SELECT id FROM document_version
WHERE id NOT IN (SELECT subject FROM event_log WHERE action = 'add')""",
            "capture {}: the log does not know of it": """
SELECT id FROM capture WHERE id NOT IN (SELECT subject FROM event_log WHERE action = 'capture')""",
            "judgement {}: the log does not know of it": """
SELECT id FROM judgement
WHERE id NOT IN (SELECT subject FROM event_log WHERE action = 'judge')""",
            "review {}: the log does not know of it": """
SELECT id FROM review WHERE id NOT IN (SELECT subject FROM event_log WHERE action = 'assess')""",
            "grade {}: the log does not know of it": """
SELECT id FROM grade WHERE id NOT IN (SELECT subject FROM event_log WHERE action = 'grade')""",
            "review_note {}: the log does not know of it": """
SELECT id FROM review_note WHERE id NOT IN (SELECT subject FROM event_log WHERE action = 'note')""",
            "redaction {}: the log does not know of it": """
SELECT id FROM redaction WHERE id NOT IN (SELECT subject FROM event_log WHERE action = 'redact')""",
            "retraction {}: the log does not know of it": """
SELECT id FROM retraction
WHERE id NOT IN (SELECT subject FROM event_log WHERE action = 'retract')""",
            "publication {}: the log does not know of it": """
SELECT id FROM publication
WHERE id NOT IN (SELECT subject FROM event_log WHERE action = 'publication')""",
            "correction {}: the log does not know of it": """
SELECT id FROM correction
WHERE id NOT IN (SELECT subject FROM event_log WHERE action LIKE 'correct %')""",
            "source_edit {}: the log does not know of it": """
SELECT id FROM source_edit
WHERE id NOT IN (SELECT subject FROM event_log WHERE action LIKE 'sources %')""",
        },
    )


def _undone(connection: sqlite3.Connection) -> Problems:
    """Check that what people decided is undone where the log says so, and nowhere else."""
    own = log.own_desk(connection)
    here, anywhere = set[str](), set[str]()
    for event in log.events(connection):
        if event.action != "undo":
            continue
        anywhere.add(event.subject)
        if event.desk == own:
            here.add(event.subject)
        name = "edit" if event.subject.startswith("edit-") else "id"
        (why,) = connection.execute(
            "SELECT (SELECT why FROM log_reason WHERE desk_id = ? AND seq = ?)",
            (event.desk, event.seq),
        ).fetchone()
        told = ({name: event.subject, "why": why or ""}, {name: event.subject})  # as of old
        if event.digest not in map(digest, told):
            yield f"log_reason {event.desk} {event.seq}: is not what was recorded"
    for table in _UNDOABLE:
        for row_id, retired in connection.execute(
            f"SELECT id, retired_at FROM {table}"  # noqa: S608 (our own names)
        ).fetchall():
            if retired and row_id not in anywhere:
                yield f"{table} {row_id}: is undone, and the log says nothing of that"
            elif not retired and row_id in here:
                yield f"{table} {row_id}: is live, and the log says it was undone"


def _logged(connection: sqlite3.Connection, event: log.Event) -> object:
    """Return what an entry's digest was made from, as it is now; None where nothing says."""
    if event.action in _RECORDED:
        return _RECORDED[event.action](connection, event.subject)
    if event.action == "add":
        return log.addition(connection, event.subject, event.at)
    if event.action == "reextract":
        return log.reextraction(connection, event.subject, event.at)
    recorded = _RECORDED.get(event.action.partition(" ")[0])
    return recorded(connection, event.subject) if recorded else None


def _each(connection: sqlite3.Connection, queries: Mapping[str, str]) -> Problems:
    """Yield a problem for every row that a query finds, its first column in the braces."""
    for problem, query in queries.items():
        yield from (problem.format(row[0]) for row in connection.execute(query).fetchall())


_RECORDED: Mapping[str, Callable[[sqlite3.Connection, str], object]] = {
    "capture": lambda connection, subject: captures.recorded(connection, subject) or {},
    "publication": publication.recorded,
    "judge": clusters.recorded,
    "assess": grades.recorded_review,
    "grade": grades.recorded_grade,
    "note": notes.recorded,
    "redact": redactions.recorded,
    "retract": retractions.recorded,
    "correct": corrections.recorded,
    "sources": source_edits.recorded,
}
"""What a row that an entry names was made from, by the first word of the action."""

_UNDOABLE = ("review", "grade", "review_note", "publication", "correction", "retraction")
"""Tables of what people decided, which only undoing retires."""

_Checks = tuple[Callable[[sqlite3.Connection], Problems], ...]
_BEFORE: _Checks = (_schema, _links, _runs, _sources, _source_edits, _documents)
_BEHIND: _Checks = (
    *(_relays, captures.problems, _copies, _judgements, _reviews, _notes, _corrections),
    *(_publications, _clusters, _spread, _index, _log, _undone),
)
"""What is checked before the texts, and behind them."""
