"""Judgements on claims, and the clusters they make.

A cluster is a connected component of live positive judgements, known by the id of its earliest
recorded claim: for good, even when the report it began as is retired. The judgements are the truth;
the table `claim_cluster` is kept in step with them.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Collection, Generator, Iterable
from contextlib import closing
from functools import partial
from typing import NamedTuple

from claimtrack.errors import BlockedJudgementError, DatabaseError, UnknownIdError
from claimtrack.model.run import Run
from claimtrack.model.vocabulary import Verdict
from claimtrack.store import log
from claimtrack.store.components import components, parted
from claimtrack.store.content import instant, judgement_id
from claimtrack.store.rows import Row, held, insert, many, put_run

# Read from the members of the later cluster, which as a rule are few: a new report joins a crowd.
_BETWEEN = """
SELECT j.id FROM claim_cluster m CROSS JOIN live_judgement j
    ON (j.left_id = m.claim_id OR j.right_id = m.claim_id) AND j.verdict = 'negative'
CROSS JOIN claim_cluster o ON o.claim_id = iif(j.left_id = m.claim_id, j.right_id, j.left_id)
WHERE m.cluster_id = ?2 AND o.cluster_id = ?1 ORDER BY j.number LIMIT 1"""

_STARTED = """
SELECT attribution_id, id FROM claim
WHERE attribution_id IN (SELECT value FROM json_each(?)) ORDER BY number"""


class Judgement(NamedTuple):
    """A decision on whether two claims are one.

    Attributes:
        left: A claim.
        right: Another one.
        verdict: What was decided.
        evidence: Why, in words.
        score: How alike they are, where something measured it.
        run: The machine that decided; None for a person.
        relay: The relay it rests on, if any: it ends when that is retired.
    """

    left: str
    right: str
    verdict: Verdict
    evidence: str
    score: float | None
    run: Run | None
    relay: str | None = None


def judge(connection: sqlite3.Connection, judgement: Judgement, by: log.By) -> str:
    """Record a judgement, join the clusters it makes one, and return its id.

    One that is held already, be it live or undone, changes nothing. What a person says of a claim
    whose report is retired is said of the earliest live report of its cluster.

    Args:
        connection: Within a transaction.
        judgement: What was decided.
        by: Who decided it, or ran what decided it, and when.

    Raises:
        UnknownIdError: One of the claims is not held.
        BlockedJudgementError: A live judgement says the opposite.
        DatabaseError: The claims are the same one, a machine says that they differ, or nobody
            decided.
    """
    if not judgement.run:
        left, right = (_shown(connection, each) for each in judgement[:2])
        judgement = judgement._replace(left=left, right=right)
    left, right, verdict, run = *judgement[:3], judgement.run
    if left == right:
        raise DatabaseError(f"{left} cannot be judged against itself. Give two claims.")
    if not run and not by.user:
        raise DatabaseError("A judgement needs a user or a run. Give --user.")
    if run and verdict is Verdict.NEGATIVE:
        raise DatabaseError(f"{run.tool} cannot decide that two claims differ; only people can.")
    clusters = cluster_of(connection, left), cluster_of(connection, right)
    content = _content(judgement, by)
    made = str(content["id"])
    if held(connection, "judgement", content):
        return made
    if clusters[0] != clusters[1]:
        clusters = _by_age(connection, clusters)
    _refuse_contradiction(connection, judgement, clusters)
    if run:
        put_run(connection, run, by.at)
    more: Row = {"relay_id": judgement.relay, "recorded_at": instant(by.at)}
    insert(connection, "judgement", [{**content, **more}])
    if verdict is Verdict.POSITIVE and clusters[0] != clusters[1]:
        _join(connection, clusters)
    log.append(connection, "judge", made, dict(content), by)
    return made


def started_as(connection: sqlite3.Connection, reports: Iterable[str]) -> dict[str, str]:
    """Return the claim that each of some reports began as, by the report: before any was joined."""
    return dict(connection.execute(_STARTED, (many(reports),)).fetchall())


def cluster_of(connection: sqlite3.Connection, claim: str) -> str:
    """Return the id of the cluster a claim belongs to.

    Raises:
        UnknownIdError: The claim is not held.
    """
    found = connection.execute(
        "SELECT cluster_id FROM claim_cluster WHERE claim_id = ?", (claim,)
    ).fetchone()
    if not found:
        raise UnknownIdError(claim, "claim")
    return str(found[0])


def refuse_retired(connection: sqlite3.Connection, claims: Iterable[str]) -> None:
    """Refuse to decide about claims of which nothing is live.

    Raises:
        DatabaseError: One is held, and all its reports are retired.
    """
    for claim in claims:
        live = connection.execute(
            "SELECT EXISTS (SELECT 1 FROM live_claim m WHERE m.cluster_id = c.cluster_id)"
            " FROM claim_cluster c WHERE c.claim_id = ?",
            (claim,),
        ).fetchone()
        if live == (0,):
            raise DatabaseError(
                f"{claim} is retired, and nothing is decided about it. What retired it is told by:"
                " claimtrack log"
            )


def derived(connection: sqlite3.Connection) -> dict[str, str]:
    """Return the cluster of every claim, computed anew from the live judgements alone."""
    order = [row[0] for row in connection.execute("SELECT id FROM claim ORDER BY number")]
    joined = connection.execute(
        "SELECT j.left_id, j.right_id FROM live_judgement j"
        " JOIN claim l ON l.id = j.left_id JOIN claim r ON r.id = j.right_id"
        " WHERE j.verdict = 'positive'"
    )
    return components(order, joined)


def rejoin(
    connection: sqlite3.Connection, ended: Collection[str], resumed: Collection[str], at: str
) -> None:
    """Bring clusters in step with judgements that ended or hold again, because a relay does.

    One that holds again but contradicts what a person has said since is undone.

    Args:
        connection: Within a transaction.
        ended: Ids of judgements that are live no more.
        resumed: Ids of judgements that are live again.
        at: When, as stored.
    """
    _part(connection, ended, resumed)
    pairs = connection.execute(
        "SELECT id, left_id, right_id FROM judgement"
        " WHERE id IN (SELECT value FROM json_each(?)) ORDER BY number",
        (many(resumed),),
    ).fetchall()
    for judgement, *pair in pairs:
        left, right = (cluster_of(connection, claim) for claim in pair)
        if left == right:
            continue
        clusters = _by_age(connection, (left, right))
        if _against(connection, clusters):
            connection.execute("UPDATE judgement SET retired_at = ? WHERE id = ?", (at, judgement))
        else:
            _join(connection, clusters)


def recorded(connection: sqlite3.Connection, judgement_id: str) -> Row:
    """Return the content of a judgement that is held; empty when none is."""
    rows = connection.execute(
        "SELECT id, left_id, right_id, verdict, evidence, score, run_id, judged_by, judged_at"
        " FROM judgement WHERE id = ?",
        (judgement_id,),
    )
    columns = [column[0] for column in rows.description]
    row = rows.fetchone()
    return dict(zip(columns, row, strict=True)) if row else {}


def _shown(connection: sqlite3.Connection, claim: str) -> str:
    """Return a claim, or the earliest live one of its cluster where its own report is retired."""
    if connection.execute("SELECT 1 FROM live_claim WHERE id = ?", (claim,)).fetchone():
        return claim
    found = connection.execute(
        "SELECT m.id FROM claim_cluster c JOIN live_claim m ON m.cluster_id = c.cluster_id"
        " WHERE c.claim_id = ? ORDER BY m.number LIMIT 1",
        (claim,),
    ).fetchone()
    return str(found[0]) if found else claim


def _part(connection: sqlite3.Connection, ended: Collection[str], without: Collection[str]) -> None:
    """Part the clusters that judgements which ended held together, leaving some others out."""
    rows = connection.execute(
        "SELECT DISTINCT c.cluster_id, c.claim_id FROM judgement j"
        " JOIN claim_cluster c ON c.claim_id IN (j.left_id, j.right_id)"
        " WHERE j.id IN (SELECT value FROM json_each(?))",
        (many(ended),),
    )
    ends: defaultdict[str, list[str]] = defaultdict(list)
    for cluster, claim in rows:
        ends[cluster].append(claim)
    for cluster, claims in ends.items():
        parts = parted(claims, partial(_neighbours, connection, without))
        for part in parts:
            if cluster not in part:
                _rename(connection, cluster, "IN", part)
        if any(cluster in part for part in parts):
            _rename(connection, cluster, "NOT IN", set().union(*parts))


def _neighbours(
    connection: sqlite3.Connection, without: Collection[str], claim: str
) -> Generator[str, None, None]:
    """Yield the claims that a live positive judgement joins one with."""
    rows = connection.execute(
        "SELECT id, right_id FROM live_judgement WHERE left_id = ?1 AND verdict = 'positive'"
        " UNION ALL"
        " SELECT id, left_id FROM live_judgement WHERE right_id = ?1 AND verdict = 'positive'",
        (claim,),
    )
    with closing(rows):
        yield from (other for judgement, other in rows if judgement not in without)


def _rename(connection: sqlite3.Connection, cluster: str, which: str, claims: set[str]) -> None:
    """Make those of a cluster's claims that are in a set, or not in it, a cluster of their own."""
    chosen = f"cluster_id = ?1 AND claim_id {which} (SELECT value FROM json_each(?2))"  # noqa: S608
    connection.execute(
        f"""
UPDATE claim_cluster SET cluster_id = (
    SELECT k.id FROM claim_cluster JOIN claim k ON k.id = claim_id
    WHERE {chosen} ORDER BY k.number LIMIT 1)
WHERE {chosen}""",  # noqa: S608 (our own words)
        (cluster, many(claims)),
    )


def _content(judgement: Judgement, by: log.By) -> Row:
    left, right = sorted((judgement.left, judgement.right))
    run = judgement.run
    at = instant(by.at)
    who = ["run", run.id] if run else ["user", by.user, at]
    verdict, evidence, score = judgement.verdict, judgement.evidence, judgement.score
    return {
        "id": judgement_id((left, right), verdict, evidence, score, who),
        "left_id": left,
        "right_id": right,
        "verdict": verdict.value,
        "evidence": evidence,
        "score": score,
        "run_id": run.id if run else None,
        "judged_by": None if run else by.user,
        "judged_at": None if run else at,
    }


def _refuse_contradiction(
    connection: sqlite3.Connection, judgement: Judgement, clusters: tuple[str, str]
) -> None:
    left, right, verdict = judgement[:3]
    if verdict is Verdict.POSITIVE and clusters[0] != clusters[1]:
        against = _against(connection, clusters)
        if against:
            raise BlockedJudgementError(f"{left} and {right} cannot be one claim", against)
    if verdict is Verdict.NEGATIVE and clusters[0] == clusters[1]:
        against = connection.execute(
            "SELECT id FROM live_judgement WHERE verdict = 'positive'"
            " AND (left_id IN (?1, ?2) OR right_id IN (?1, ?2))"
            " ORDER BY left_id IN (?1, ?2) AND right_id IN (?1, ?2) DESC, number DESC LIMIT 1",
            (left, right),
        ).fetchone()
        raise BlockedJudgementError(f"{left} and {right} are one claim", against[0])


def _against(connection: sqlite3.Connection, clusters: tuple[str, str]) -> str | None:
    """Return the judgement that keeps two clusters apart, the earlier one first, or None."""
    found = connection.execute(_BETWEEN, clusters).fetchone()
    return str(found[0]) if found else None


def _join(connection: sqlite3.Connection, clusters: tuple[str, str]) -> None:
    """Make two clusters one, under the id of the earlier one, which is the first."""
    connection.execute("UPDATE claim_cluster SET cluster_id = ? WHERE cluster_id = ?", clusters)


def _by_age(connection: sqlite3.Connection, clusters: tuple[str, str]) -> tuple[str, str]:
    """Return two clusters, the one that was recorded earlier first."""
    rows = connection.execute("SELECT id FROM claim WHERE id IN (?, ?) ORDER BY number", clusters)
    (earlier,), (later,) = rows
    return earlier, later
