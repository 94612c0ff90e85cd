"""What other tools wrote is taken in: verdicts into the database, annotations into gold."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest

from claimtrack.errors import ClaimtrackError, InputError
from claimtrack.evaluation.lines import read_lines
from claimtrack.evaluation.score import score
from claimtrack.export import export, foreign
from claimtrack.export.foreign import Shape, shape
from claimtrack.export.gold import make_gold
from claimtrack.export.importing import Imported
from claimtrack.export.reviews import import_reviews
from claimtrack.store import Store, read, whole
from claimtrack.store.dump import canonical
from claimtrack.store.verify import verify
from tests.export.test_dossier import claim_of
from tests.export.test_importing import LATER
from tests.export.world import CHAIN, build
from tests.match.stories import TAX

TEXT = "قال الوزير إن السد امتلأ. 🙂 وأضاف أن الطريق مفتوح."
SAID = ("قال", "الوزير", "السد امتلأ")


def at(words: str, text: str = TEXT) -> tuple[int, int]:
    return text.index(words), text.index(words) + len(words)


def written(path: Path, value: Any) -> Path:
    path.write_text(value if isinstance(value, str) else json.dumps(value), "utf-8")
    return path


def gold_of(path: Path, db: Path = Path("none.db")) -> tuple[list[dict[str, Any]], Imported]:
    kind, value = shape(path)
    out = (path if path.is_dir() else path.parent) / "gold.jsonl"
    done = make_gold(kind, path, value, out, db)
    read_lines(out)  # as evaluate does
    return [json.loads(line) for line in out.read_text("utf-8").splitlines()], done


# --- brat ---


def brat(folder: Path, standoff: str, text: str = TEXT) -> Path:
    (folder / "one.txt").write_bytes(text.encode())
    return written(folder / "one.ann", standoff)


def marks(*labels: str) -> str:
    return "".join(
        f"T{number}\t{label} {at(words)[0]} {at(words)[1]}\t{words}\n"
        for number, (label, words) in enumerate(zip(labels, SAID, strict=False), 1)
    )


def test_marks_of_brat_that_hang_together_are_an_attribution(tmp_path: Path) -> None:
    joined = "E1\tCue:T1 Source:T2 Content:T3\nA1\tKind E1 indirect\nA2\tDeny T3\n#1\tNote T1\tx\n"
    (line,), done = gold_of(brat(tmp_path, marks("Cue", "Source", "Content") + joined))
    assert line == {
        "id": "one",
        "lang": "ar",
        "text": TEXT,
        "attributions": [
            {
                "id": "1",
                "source": [list(at("الوزير"))],
                "cue": [list(at("قال"))],
                "content": [list(at("السد امتلأ"))],
                "kind": "indirect",
                "assertion": "deny",
            }
        ],
    }
    assert done == Imported(put={"article": 1, "attribution": 1}, left_out={})


def test_relations_and_stretches_with_a_gap_are_read_too(tmp_path: Path) -> None:
    (a, b), (c, d) = at("السد"), at("امتلأ")
    (e, f) = at("الطريق مفتوح")
    standoff = (
        marks("cue", "SOURCE")
        + f"T3\tContent {a} {b};{c} {d}\tالسد امتلأ\nR1\tSays Arg1:T3 Arg2:T1\n"
        + f"R2\tBy Arg1:T2 Arg2:T1\nT9\tContent {e} {f}\tالطريق مفتوح\n"
    )
    (line,), _ = gold_of(brat(tmp_path, standoff))
    first, second = line["attributions"]
    assert first["content"] == [[a, b], [c, d]]
    assert (second["content"], second["source"]) == ([[e, f]], [])


def test_a_folder_of_brat_gives_a_line_for_each_text_that_evaluate_scores(tmp_path: Path) -> None:
    brat(
        tmp_path,
        marks("Cue", "Source", "Content") + "R1\tx Arg1:T1 Arg2:T2\nR2\tx Arg1:T1 Arg2:T3\n",
    )
    (tmp_path / "two.txt").write_text("Nothing here.")
    (tmp_path / "two.ann").write_text("")
    lines, _ = gold_of(tmp_path)
    assert [line["id"] for line in lines] == ["one", "two"]
    gold = read_lines(tmp_path / "gold.jsonl")
    assert score(gold, gold, resamples=0).measures["attribution"]["f1"].value == 1


LEFT_OUT = [
    (marks("Person", "Source", "Content"), "mark labelled 'Person'"),
    ("T1\tContent 5 900\tx\n", "mark that does not lie within its text"),
    ("T1\tContent 5 5\t\n", "mark that does not lie within its text"),
    ("T1\tContent 5 9\tothers\n", "mark whose words are others in its text"),
    (marks("Cue"), "mark that belongs to no content"),
    (marks("Cue") + "R1\tx Arg1:T1 Arg2:T7\n", "join of a mark that is not there"),
    ("A1\tKind T9 direct\n", "word 'direct', which is none of ours or of no mark"),
    ("T1 Content 5 9\n", "line that is no mark"),
    (f"T1\tContent 5 {'9' * 5000}\tx\n", "line that is no mark"),
    ("E1\tCue:T1" + " a:a:a" * 40 + " x\n", "line that is no mark"),
]


@pytest.mark.parametrize(("standoff", "why"), LEFT_OUT)
def test_what_fits_nothing_is_left_out_and_named(standoff: str, why: str, tmp_path: Path) -> None:
    _, done = gold_of(brat(tmp_path, standoff))
    assert [what for what in done.left_out if what.startswith(why)], done.left_out


# --- Label Studio ---


def task(results: list[Any], text: str = TEXT, **more: Any) -> dict[str, Any]:
    return {
        "id": 7,
        "data": {"text": text, "outlet": "Site C"},
        "annotations": [{"result": results}],
        **more,
    }


def region(key: str, label: str, words: str, text: str = TEXT) -> dict[str, Any]:
    start = len(text[: text.index(words)].encode("utf-16-le")) // 2  # as browsers count
    value = {"start": start, "end": start + len(words), "text": words, "labels": [label]}
    return {"type": "labels", "id": key, "value": value}


def test_regions_that_are_related_are_an_attribution(tmp_path: Path) -> None:
    results = [
        region("a", "Source", "الوزير"),
        region("b", "Content", "السد امتلأ"),
        {"type": "relation", "from_id": "a", "to_id": "b"},
        {"type": "choices", "id": "b", "value": {"choices": ["Indirect"]}},
        region("c", "Content", "الطريق مفتوح"),
    ]
    (line,), done = gold_of(written(tmp_path / "project.json", [task(results)]))
    first, second = line["attributions"]
    assert (line["id"], line["outlet"]) == ("7", "Site C")
    assert (first["source"], first["content"]) == ([list(at("الوزير"))], [list(at("السد امتلأ"))])
    assert first["kind"] == "indirect"
    assert second["content"] == [list(at("الطريق مفتوح"))]  # behind a letter beyond U+FFFF
    assert not done.left_out


def test_tasks_and_results_that_fit_nothing_are_left_out_and_named(tmp_path: Path) -> None:
    html = {"type": "hypertextlabels", "id": "x", "value": {}}
    odd = {
        "type": "labels",
        "id": "y",
        "value": {"labels": ["Content"], "start": "/p[1]", "end": 5},
    }
    many = {"type": "labels", "id": "z", "value": {"labels": ["A", "B"], "start": 0, "end": 5}}
    moved = region("w", "Content", "السد امتلأ")
    moved["value"]["start"] += 3
    value = [
        task([html, odd, many, moved]),
        task([]) | {"id": 8, "annotations": [{"was_cancelled": True, "result": []}]},
        task([], text=" ") | {"id": 9},
        task([]),
    ]
    _, done = gold_of(written(tmp_path / "project.json", value))
    assert done.left_out == {
        "result of the type 'hypertextlabels'": 1,
        "region of something else than a plain text": 1,
        "region that has not one label": 1,
        "mark whose words are others in its text": 1,
        "task that nobody annotated": 1,
        "text that is empty or longer than any article": 1,
        "text whose id another has": 1,
    }


# --- Web Annotation and Hypothesis ---


def test_our_own_web_annotations_become_gold_again(world: Store, tmp_path: Path) -> None:
    out = io.BytesIO()
    export("webannotation", world.connection, out)
    path = written(tmp_path / "all.jsonld", out.getvalue().decode())
    lines, done = gold_of(path, Path(world.path))
    found = {
        (line["id"], tuple(line["text"][a:b] for a, b in one["content"]), one["kind"])
        for line in lines
        for one in line["attributions"]
    }
    assert found == {
        (one.document.id, tuple(quote.exact for quote in one.quotes["content"]), one.kind.value)
        for one in read.all_attributions(world.connection)
    }
    verdicts = len(list(whole.reviews(world.connection)))
    assert done.left_out == {"verdict, which marks no report": verdicts}


def note(uri: str, exact: str, *tags: str, **more: str) -> dict[str, Any]:
    quote = {"type": "TextQuoteSelector", "exact": exact, **more}
    place = {"type": "TextPositionSelector", "start": 3, "end": 3 + len(exact)}
    return {"uri": uri, "tags": tags, "target": [{"source": uri, "selector": [place, quote]}]}


def test_quotes_of_hypothesis_are_found_by_their_words_and_joined_by_their_tags(
    world: Store, tmp_path: Path
) -> None:
    url = next(
        one.url
        for one in read.all_documents(world.connection)
        if one.url == "https://site-d.example/denial"
    )
    rows = [
        note(url, "وزارة المالية القمرية", "source", "first"),
        note(url, "الضريبة باقية", "first"),
        note(url, "قال", "cue", "first", prefix="ذلك ", suffix="ئلا"),
        note(url, "إن", "cue"),
        note(url, "not there"),
        note(url, ""),
        note("https://elsewhere.example/", "x"),
    ]
    path = written(tmp_path / "rows.json", {"total": len(rows), "rows": rows})
    (line,), done = gold_of(path, Path(world.path))
    (one,) = (each for each in line["attributions"] if each["source"])
    words = {
        role: [line["text"][a:b] for a, b in one[role]] for role in ("source", "cue", "content")
    }
    assert words == {
        "source": ["وزارة المالية القمرية"],
        "cue": ["قا" + "ل"],
        "content": ["الضريبة باقية"],
    }
    assert done.left_out["annotation of a page that is not held"] == 1
    assert done.left_out["annotation without a quote"] == 1
    assert done.left_out["annotation whose quote does not stand in the text that is held"] == 1


# --- ClaimReview ---


@pytest.fixture
def held(tmp_path: Path) -> Any:
    with Store.open(tmp_path / "held.db", create=True) as store:
        build(store)
        yield store


def review(**more: Any) -> dict[str, Any]:
    return {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "claimReviewed": f"«{TAX}».",
        "url": "https://other.example/review",
        "datePublished": "2025-04-01",
        "author": {"@type": "Organization", "name": "Other Desk"},
        "reviewRating": {"alternateName": "خطأ", "ratingExplanation": "لا."},
        **more,
    }


def taken(store: Store, path: Path, value: Any) -> Imported:
    kind, found = shape(written(path, value))
    assert kind is Shape.REVIEWS
    return import_reviews(store, path, found, at=LATER, user="noura")


@pytest.mark.parametrize(
    "around",
    [
        lambda one: one,
        lambda one: [one],
        lambda one: {"@context": "https://schema.org", "@graph": [one]},
        lambda one: {
            "@type": "DataFeed",
            "dataFeedElement": [{"@type": "DataFeedItem", "item": [one]}],
        },
    ],
)
def test_a_review_becomes_a_verdict_on_the_claim_in_its_words(
    around: Any, held: Store, tmp_path: Path
) -> None:
    done = taken(held, tmp_path / "feed.json", around(review()))
    assert (done.put, done.left_out) == ({"review": 1}, {})
    last = list(whole.reviews(held.connection))[-1]
    assert read.claim(held.connection, last["claim_id"]).id == claim_of(held, CHAIN, 1)
    assert (last["reviewed_by"], last["rating"], last["reviewed_at"][:10]) == (
        "Other Desk",
        "خطأ",
        "2025-04-01",
    )
    assert verify(held.connection) == ()
    again = taken(held, tmp_path / "feed.json", around(review()))
    assert again.put == {"review": 0}


def test_our_own_feed_comes_back_as_the_same_verdicts(
    world: Store, held: Store, tmp_path: Path
) -> None:
    out = io.BytesIO()
    export("claimreview-feed", world.connection, out)
    before = len(list(whole.reviews(held.connection)))
    done = taken(held, tmp_path / "feed.json", json.loads(out.getvalue()))
    assert not done.left_out
    assert len(list(whole.reviews(held.connection))) == before


UNUSABLE = [
    ({"claimReviewed": "كلام آخر"}, "review of a claim that is not held in these words"),
    ({"reviewRating": {}}, "review without a rating"),
    ({"reviewRating": []}, "review without a rating"),
    ({"author": {}}, "review that nobody signed"),
    ({"datePublished": "last week"}, "review without a date"),
    ({"reviewRating": {"alternateName": "a\0b"}}, "review with characters that no text has"),
    ({"reviewRating": {"alternateName": "a" * 200_000}}, "review with a text of more than"),
]


@pytest.mark.parametrize(("more", "why"), UNUSABLE)
def test_a_review_that_fits_nothing_is_left_out_and_named(
    more: dict[str, Any], why: str, held: Store, tmp_path: Path
) -> None:
    done = taken(held, tmp_path / "feed.json", [review(**more), review()])
    assert done.put == {"review": 1}
    assert [what for what in done.left_out if what.startswith(why)]


def test_words_that_several_claims_have_are_no_claim(held: Store, tmp_path: Path) -> None:
    bridge = "الجسر أغلق ليلا"
    (number,) = held.connection.execute(
        "SELECT a.number FROM attribution_span s JOIN attribution a ON a.id = s.attribution_id"
        " WHERE s.exact = ?",
        (bridge,),
    ).fetchone()
    held.connection.execute(
        'UPDATE attribution_position SET "end" = start + ?'
        " WHERE attribution_number = ? AND role = 'content'",
        (len(TAX), number),
    )
    held.connection.execute("UPDATE document_version SET text = replace(text, ?, ?)", (bridge, TAX))
    done = taken(held, tmp_path / "feed.json", review())
    assert done.left_out == {"review whose words several claims have": 1}


def test_a_review_of_another_shape_is_refused_and_changes_nothing(
    held: Store, tmp_path: Path
) -> None:
    before = list(canonical(held.connection))
    refused = "is no sound ClaimReview: its reviewRating is no object"
    with pytest.raises(InputError, match=refused) as caught:
        taken(held, tmp_path / "feed.json", [review(), review(reviewRating="false")])
    assert "\n" not in str(caught.value)
    assert list(canonical(held.connection)) == before


# --- odd files ---


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("a.json", b"[" * 100_000, Shape.OURS),
        ("a.json", b'{"a":1}', Shape.OURS),
        ("a.json", b'{"format": "claimtrack", "rows": [{"target": 1}]}', Shape.OURS),
        ("a.json", b"[]", Shape.OURS),
        ("a.json", b'{"@type":"DataFeed"}', Shape.REVIEWS),
        ("a.ann", b"", Shape.BRAT),
    ],
)
def test_a_file_is_told_by_its_shape(name: str, data: bytes, kind: Shape, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(data)
    assert shape(tmp_path / name)[0] is kind


def test_a_file_that_is_too_large_is_not_held(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(foreign, "LARGEST", 100)
    path = written(tmp_path / "a.json", [review()])
    assert shape(path) == (Shape.OURS, None)  # whose reader has bounds of its own


@pytest.mark.parametrize(
    ("files", "name", "message"),
    [
        ({}, "none.ann", r"none\.txt: cannot be read"),
        ({"a.ann": b""}, "a.ann", r"a\.txt: cannot be read"),
        ({"a.ann": b"", "a.txt": b"\xff"}, "a.ann", "is not UTF-8"),
        (
            {"a.ann": b"", "a.txt": b" "},
            "a.ann",
            "nothing that becomes gold .1 x text that is empty",
        ),
        ({}, ".", r"has no file that ends in \.ann"),
        ({"a.json": b'{"rows": [{"target": []}]}'}, "a.json", "none.db"),
    ],
)
def test_what_cannot_become_gold_is_told_in_one_line(
    files: dict[str, bytes], name: str, message: str, tmp_path: Path
) -> None:
    for each, data in files.items():
        (tmp_path / each).write_bytes(data)
    with pytest.raises(ClaimtrackError, match=message) as caught:
        gold_of(tmp_path / name)
    assert "\n" not in str(caught.value)
    assert not (tmp_path / "gold.jsonl").exists()
