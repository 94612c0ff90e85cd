"""Print what `add`, `link` and `trace` make of real stories, beside what a careful reader finds.

Run: python benchmarks/stories.py

The stories lie outside the repository (CLAIMTRACK_SHARED, else ../shared, eval/stories): texts of
others. A claim is right when its reports, found by their words, are one claim and its (origins,
untraced, reports) is what is expected, or the alternative that a reader could come to.
"""

from __future__ import annotations

import json
import os
import re
import tempfile
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from claimtrack import pipeline
from claimtrack.analysis.origins import Origins, origins
from claimtrack.analysis.web import load
from claimtrack.match.linker import link_all
from claimtrack.store import Connection, Store, reports
from claimtrack.store.relations import every
from claimtrack.store.reports import Report
from claimtrack.text.fold import fold

ROOT = Path(__file__).parents[1]
SHARED = Path(os.environ.get("CLAIMTRACK_SHARED") or ROOT.parent / "shared") / "eval" / "stories"
AT = datetime(2026, 1, 1, tzinfo=UTC)
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
    missing, held = [], Counter()
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


def story(name: str, told: dict[str, Any]) -> list[Verdict]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "story.db"
        file = SHARED.parent / told["file"]
        pipeline.add([str(file)], pipeline.Desk(path, "bench", lambda: AT))
        with Store.open(path) as store:
            link_all(store, at=datetime(2026, 1, 2, tzinfo=UTC), user="bench")
            urls = dict(
                store.connection.execute("SELECT url, document_id FROM document_url").fetchall()
            )
            pages = {
                line["id"]: urls[line["url"]]
                for line in map(json.loads, file.read_text("utf-8").splitlines())
            }
            found = [judge(store.connection, claim, pages) for claim in told["claims"]]
            print(f"\n{name}: {told['title']}")
            for one in found:
                mark = "right" if one.right else "WRONG"
                print(f"  {mark} {one.claim} expected {one.expected} found {one.found} {one.why}")
            kinds = Counter(str(one.kind) for one in every(store.connection))
            wanted = Counter(one["type"] for one in told["contradictions"])
            print(f"  relations found {dict(kinds)}, expected {dict(wanted)}")
            relayed = store.connection.execute(
                "SELECT (SELECT count(*) FROM live_relay), (SELECT count(*) FROM live_outer_relay)"
            ).fetchone()
            print(
                f"  relays found {relayed[0]}, {relayed[1]} to sources not held;"
                f" expected {len(told['relays'])}"
            )
    return found


def main() -> None:
    if not (SHARED / "expected.json").exists():
        print(f"{SHARED} is not here; nothing was measured.")
        return
    expected = json.loads((SHARED / "expected.json").read_text("utf-8"))["stories"]
    verdicts = [each for name, told in expected.items() for each in story(name, told)]
    right = sum(each.right for each in verdicts)
    print(f"\n{right} of {len(verdicts)} claims right = {right / len(verdicts):.2f}")


if __name__ == "__main__":
    main()
