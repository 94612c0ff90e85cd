"""Print what `add`, `link` and `trace` make of real stories, beside what a careful reader finds.

Run: python benchmarks/stories.py

Some stories lie outside the repository (CLAIMTRACK_SHARED, else ../shared, eval/stories): texts of
others. The repository's own are of the invented cast: those the program was mended on
(tests/data/stories), and those that it has hardly been mended on since (tests/data/fresh). A claim
is right when its reports, found by their words, are one claim and its (origins, untraced, reports)
is what is expected, or the alternative that a reader could come to.
"""

from __future__ import annotations

import json
import os
import re
import tempfile
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from claimtrack import pipeline
from claimtrack.analysis.origins import Origins, origins
from claimtrack.analysis.web import load
from claimtrack.match import names
from claimtrack.match.linker import link_all
from claimtrack.store import Connection, Store, reports
from claimtrack.store.relations import every
from claimtrack.store.reports import Report
from claimtrack.text.fold import fold

ROOT = Path(__file__).parents[1]
SHARED = Path(os.environ.get("CLAIMTRACK_SHARED") or ROOT.parent / "shared") / "eval" / "stories"
OWN = ROOT / "tests" / "data" / "stories"
FRESH = ROOT / "tests" / "data" / "fresh"
CAST = (ROOT / "data" / "cast.csv",)
AT, LINKED = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 1, 2, tzinfo=UTC)
ENOUGH = 0.6


class Verdict(NamedTuple):
    """What was made of an expected claim."""

    claim: str
    right: bool
    expected: tuple[int, int, int]
    found: tuple[int, int, int]
    why: str


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", fold(text)))


def overlap(part: str, whole: str) -> float:
    """Return the share of a text's words that another has."""
    wanted, held = words(part), words(whole)
    return (wanted & held).total() / (wanted.total() or 1)


def best(text: str, some: list[Report], polarity: str) -> Report | None:
    """Return the report that has an occurrence's words, if one has most of them."""
    scored = [
        (
            overlap(text, f"{one.source_words} {one.text}"),
            one.says_so == (polarity != "denies"),
            one,
        )
        for one in some
    ]
    scored = [each for each in scored if each[0] >= ENOUGH]
    # of several, the one with the least besides
    return max(
        scored, key=lambda each: (each[1], each[0], -len(each[2].text)), default=(0, 0, None)
    )[2]


def judge(connection: Connection, claim: dict[str, Any], pages: dict[str, str]) -> Verdict:
    expected = tuple(claim["expected"][name] for name in ("origins", "untraced", "reports"))
    allowed = {expected}
    if "alternative" in claim:
        other = claim["alternative"]
        allowed.add(tuple(other[name] for name in ("origins", "untraced", "reports")))
    missing: list[str] = []
    held: Counter[str] = Counter()
    for one in claim["occurrences"]:
        some = list(reports.of_document(connection, pages[one["page"]]))
        report = best(one["text"], some, one["polarity"])
        if report is None:
            missing.append(one["page"])
        else:
            held[report.claim_id] += 1
    if not held:
        return Verdict(claim["id"], False, expected, (0, 0, 0), "no report has its words")
    cluster, count = held.most_common(1)[0]
    found: Origins = origins(load(connection, cluster))
    whole = count == sum(held.values()) and not missing
    why = []
    if missing:
        why.append(f"not found as a report: {', '.join(missing)}")
    if len(held) > 1:
        why.append(f"in {len(held)} claims")
    if found.triple not in allowed:
        why.append(f"triple {found.triple}")
    return Verdict(
        claim["id"],
        found.triple in allowed and (whole or count >= len(claim["occurrences"]) / 2),
        expected,
        found.triple,
        "; ".join(why),
    )


class Told(NamedTuple):
    """What was made of a story.

    Attributes:
        title: What it is about.
        verdicts: On its claims.
        relations: How often each kind of relation was found, and how often it was expected.
        relays: Relays found between pages, and those to sources not held.
        missed: Of the relays expected those that were not found, and how many are expected.
    """

    title: str
    verdicts: list[Verdict]
    relations: tuple[Counter[str], Counter[str]]
    relays: tuple[int, int]
    missed: tuple[list[str], int]


def story(path: Path, file: Path, told: dict[str, Any]) -> Told:
    """Add a story's pages to a new database, link them, and judge its claims."""
    pipeline.add(
        [str(file)], pipeline.Desk(path, "bench", lambda: AT), pipeline.Means(registries=CAST)
    )
    with Store.open(path) as store:
        link_all(store, at=LINKED, user="bench", means=names.Means(registries=CAST))
        urls = dict(store.connection.execute("SELECT url, document_id FROM document_url"))
        lines = map(json.loads, file.read_text("utf-8").splitlines())
        pages = {line["id"]: urls[line["url"]] for line in lines}
        relays = store.connection.execute(
            "SELECT (SELECT count(*) FROM live_relay), (SELECT count(*) FROM live_outer_relay)"
        ).fetchone()
        return Told(
            title=told["title"],
            verdicts=[judge(store.connection, claim, pages) for claim in told["claims"]],
            relations=(
                Counter(str(one.kind) for one in every(store.connection)),
                Counter(one["type"] for one in told["contradictions"]),
            ),
            relays=relays,
            missed=(
                [
                    f"{one['from']} to {one['to']}"
                    for one in told["relays"]
                    if not relayed(store.connection, pages, one)
                ],
                len(told["relays"]),
            ),
        )


def relayed(connection: Connection, pages: dict[str, str], expected: dict[str, str]) -> bool:
    """Tell whether a page has something from another, perhaps over a third, or names a source."""
    document, to = pages[expected["from"]], expected["to"]
    if to in pages:
        pairs = connection.execute(
            "SELECT c.document_id, p.document_id FROM live_relay r"
            " JOIN live_attribution c ON c.id = r.child_id"
            " JOIN live_attribution p ON p.id = r.parent_id"
        ).fetchall()
        ends = {(document, pages[to])}
        if expected.get("kind") == "shares_text":  # which was first is not known
            ends.add((pages[to], document))
        return not ends.isdisjoint(pairs)
    wanted = words(to.removeprefix("ext:").split(" (")[0])
    named = connection.execute(
        "SELECT coalesce(group_concat(n.text, ' '), '') || ' ' || coalesce((SELECT group_concat("
        "s.exact, ' ') FROM attribution_span s WHERE s.attribution_id = a.id AND s.role = 'source'"
        "), '') FROM live_attribution a LEFT JOIN source_name n ON n.source_id = a.source_id"
        " WHERE a.document_id = ?1 OR a.document_id IN (SELECT p.document_id FROM live_relay r"
        " JOIN live_attribution c ON c.id = r.child_id JOIN live_attribution p"
        " ON p.id = r.parent_id WHERE c.document_id = ?1) GROUP BY a.id",
        (document,),
    )
    return any((wanted & words(name)).total() >= wanted.total() / 2 for (name,) in named)


def stories(folder: Path) -> Iterator[Told]:
    """Yield what is made of the stories of a folder, whose `expected.json` names them."""
    expected = json.loads((folder / "expected.json").read_text("utf-8"))["stories"]
    for told in expected.values():
        with tempfile.TemporaryDirectory() as scratch:
            yield story(Path(scratch) / "story.db", folder.parent / told["file"], told)


def show(folder: Path) -> None:
    verdicts = []
    for told in stories(folder):
        print(f"\n{told.title}")
        for one in told.verdicts:
            mark = "right" if one.right else "WRONG"
            print(f"  {mark} {one.claim} expected {one.expected} found {one.found} {one.why}")
        found, wanted = map(dict, told.relations)
        print(f"  relations found {found}, expected {wanted}")
        print(f"  relays found {told.relays[0]}, {told.relays[1]} to sources not held")
        missed, relays = told.missed
        print(f"  of {relays} relays expected, not found {', '.join(missed) or 'none'}")
        verdicts += told.verdicts
    right = sum(each.right for each in verdicts)
    print(f"\n{folder}: {right} of {len(verdicts)} claims right = {right / len(verdicts):.2f}")


def main() -> None:
    for folder in (SHARED, OWN, FRESH):
        if (folder / "expected.json").exists():
            show(folder)
        else:
            print(f"{folder} is not here; nothing was measured there.")


if __name__ == "__main__":
    main()
