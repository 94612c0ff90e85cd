"""`assess` on the desk's scales, `log`, `undo --by`, `retract`, `redact` and `merge`."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from claimtrack.store import Store, log

from .conftest import Run

RunJson = Callable[..., Any]
SCALES = """
[scales.desk]
"true" = 5
"false" = 1
"unproven" = "none"
"""


@pytest.fixture
def desk(samples: Path, tmp_path: Path) -> Path:
    """A copy of the sample articles' database, and a desk with a scale."""
    path = tmp_path / "claims.db"
    shutil.copy(samples, path)
    (tmp_path / "claimtrack.toml").write_text(SCALES, "utf-8")
    return path


def claim(run_json: RunJson) -> str:
    found: str = run_json("search", "convoy", "--kind", "claim")["hits"][0]["id"]
    return found


def document(run_json: RunJson) -> str:
    found: str = run_json("search", "convoy", "--kind", "document")["hits"][0]["id"]
    return found


def test_a_verdict_is_a_label_of_the_scale_and_goes_out_with_its_value(
    desk: Path, run: Run, run_json: RunJson
) -> None:
    about, page = claim(run_json), "https://desk.example/1"
    refused = run("assess", about, "hardly")
    assert refused.exit_code == 1
    assert refused.stderr == (
        "claimtrack: 'hardly' is no label of the scale 'desk'. Give one of: true, false,"
        " unproven.\n"
    )
    old = run_json("assess", about, "true", "--url", page)["review"]
    made = run_json(
        *("assess", about, "false", "--revises", old[:14], "--text", "Filmed elsewhere."),
        *("--link", "https://evidence.example/a", "--url", page),
    )
    assert (made["scale"], made["revises"]) == ("desk", old)
    (shown,) = run_json("show", about)["reviews"]
    assert (shown["rating"], shown["value"], shown["links"]) == (
        "false", 1.0, ["https://evidence.example/a"],
    )  # fmt: skip
    assert "verdict: false (desk)" in run("show", about).stdout
    (review,) = json.loads(run("export", "claimreview").stdout)
    assert review["reviewRating"] == {
        "@type": "Rating",
        "name": "desk",
        "alternateName": "false",
        "ratingExplanation": "Filmed elsewhere.",
        "ratingValue": 1,
        "bestRating": 5,
        "worstRating": 1,
    }
    (told, first) = run_json("log", "--claim", about, "--user", "noura")[:2]
    assert (told["before"], told["after"], told["why"]) == (
        "true (desk)", "false (desk)", "Filmed elsewhere.",
    )  # fmt: skip
    assert first["subject"] == old


def test_what_somebody_did_is_undone_and_tried_first(
    desk: Path, run: Run, run_json: RunJson
) -> None:
    about = claim(run_json)
    made = run_json("assess", about, "true", "--user", "omar")["review"]
    asked = ("undo", "--by", "omar", "--since", "2020-01-01")
    assert run_json(*asked, "--dry-run")["undone"] == [made]
    assert "reviews" in run_json("show", about)
    assert f"{made}: undone" in run(*asked, "--why", "not his").stdout
    assert "reviews" not in run_json("show", about)
    assert "not his" in run("log", "--limit", 1).stdout
    assert run("check").exit_code == 0


def test_a_step_is_undone_by_its_number_in_the_log(desk: Path, run: Run, run_json: RunJson) -> None:
    made = run_json("grade", claim(run_json), "2")["grade"]
    number = run_json("log", "--limit", "1")[0]["seq"]
    assert run("log", "--limit", "1").stdout.split()[0] == str(number)
    assert f"{made}: undone" in run("undo", str(number)).stdout
    refused = run("undo", "99999")
    assert refused.exit_code == 1
    assert refused.stderr == (
        "claimtrack: No entry of the log has the id '99999'. List what was done with:"
        " claimtrack log\n"
    )


def test_a_retraction_tells_what_falls_and_is_undone(
    desk: Path, run: Run, run_json: RunJson
) -> None:
    wanted = document(run_json)
    found = run_json("retract", wanted[:20], "--why", "The outlet withdrew it.")
    assert found["subject"] == wanted
    assert any("gone" in one["loses"] for one in found["impact"]["claims"])
    assert run("show", wanted).exit_code == 1
    assert "retracted" in run("log", "--document", wanted).stdout
    assert run("undo", found["retraction"][:21]).exit_code == 0
    assert run("show", wanted).exit_code == 0
    report = run_json("show", wanted)["document"]["attributions"][0]["id"]
    assert run("retract", report, "--why", "Not said.").exit_code == 0
    assert run("check").exit_code == 0


def test_a_redaction_is_asked_for_twice_and_named_by_check(
    desk: Path, run: Run, run_json: RunJson
) -> None:
    wanted = document(run_json)
    refused = run("redact", wanted, "--why", "A witness is at risk.")
    assert refused.exit_code == 1
    assert refused.stderr.splitlines()[0].endswith("This cannot be undone.")
    title = run_json("show", wanted)["document"]["ref"]["title"]
    done = run("redact", wanted, "--why", "A witness is at risk.", "--yes")
    assert done.exit_code == 0
    assert title.encode() not in desk.read_bytes()
    checked = run("check")
    assert (checked.exit_code, "A witness is at risk." in checked.stdout) == (0, True)


def test_another_desk_is_merged_once(
    desk: Path, run: Run, run_json: RunJson, tmp_path: Path
) -> None:
    about, other = claim(run_json), tmp_path / "other.db"
    with Store.open(desk) as store:
        store.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copy(desk, other)
    run("assess", about, "true", "--user", "omar", "--db", other)
    ours = run_json("assess", about, "false")["review"]
    found = run_json("merge", other)
    assert found["put"] == {"review": 1}
    assert [(one["kind"], one["ours"]) for one in found["conflicts"]] == [("verdict", ours)]
    assert run_json("merge", other)["put"] == {}
    with Store.open(other, readonly=True) as theirs, Store.open(desk, readonly=True) as store:
        assert log.leads_to(store.connection, log.head(theirs.connection))
    assert run("check").exit_code == 0
    assert "conflict (verdict)" in run("merge", other).stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ["assess", "{claim}", "true", "--scale", "other"],
        ["assess", "{claim}", "true", "--link", "javascript:alert(1)"],
        ["assess", "{claim}", "true", "--revises", "review-000000"],
        ["assess", "{claim}", "true", "--revises", "{claim}"],
        ["undo", "--by", "noura", "--since", "yesterday"],
        ["undo", "--run", "run-000000"],
        ["log", "--since", "soon"],
        ["log", "--claim", "claim-000000"],
        ["log", "--document", "document-1"],
        ["retract", "document-000000", "--why", "x"],
        ["retract", "{document}", "--why", " "],
        ["redact", "document-000000", "--why", "x", "--yes"],
        ["redact", "1", "--why", "x", "--yes"],
        ["merge", "nowhere.db"],
        ["merge", "claims.db"],
        ["merge", "claimtrack.toml"],
    ],
    ids=" ".join,
)
def test_what_cannot_be_done_is_said_in_one_line(
    desk: Path, run: Run, run_json: RunJson, arguments: list[str]
) -> None:
    known = {"claim": claim(run_json), "document": document(run_json)}
    before = desk.read_bytes()
    result = run(*(each.format(**known) for each in arguments))
    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 1
    assert desk.read_bytes() == before


@pytest.mark.parametrize(
    "arguments",
    [["undo"], ["undo", "judgement-123456", "--run", "run-1"], ["undo", "--by", "noura"]],
    ids=" ".join,
)
def test_undo_is_asked_for_one_thing(desk: Path, run: Run, arguments: list[str]) -> None:
    assert run(*arguments).exit_code == 1


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("merge", "nowhere.db"), "nowhere.db does not exist. Give another desk's database."),
        (("grade", "CLAIM", "9"), "'9' is no grade of a claim's credibility."),
        (("grade", "CLAIM", "A"), "'A' is no grade of a claim's credibility."),
        (("log", "--user", "\udcff"), "nothing of that was done"),
        (("log", "--source", "\udcff"), "No source has the id"),
        (("log", "--document", "\udcff"), "No document has the id"),
        (("add", "x.txt", "--cluster", ""), "'' is no cluster."),
    ],
)
def test_what_was_given_wrongly_is_told_as_what_it_is(
    desk: Path, run: Run, run_json: RunJson, arguments: tuple[str, ...], told: str
) -> None:
    about = claim(run_json)
    done = run(*(about if one == "CLAIM" else one for one in arguments))
    assert isinstance(done.exception, SystemExit | None)
    (line,) = done.stderr.splitlines()
    assert told in line
