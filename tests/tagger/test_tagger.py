"""A model of one's own: trained on annotated articles, kept as data, used in place of the rules."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.errors import ModelError
from claimtrack.evaluation.lines import Lines, by_id
from claimtrack.evaluation.training import READY, Trained, train
from claimtrack.lang.pack import SHIPPED
from claimtrack.model.document import Article, Layout
from claimtrack.model.span import Span
from claimtrack.tagger.chain import Chain
from claimtrack.tagger.engine import TaggerEngine, cue_ranges
from claimtrack.tagger.model import FORM, VERSION, load
from claimtrack.tagger.training import Options, bounded

NAMES = ("Kestrov", "Tarqan", "Stavnik", "Dovanek", "Qasroun", "Mizyan")
DEEDS = ("the bridge was open", "the depot burned", "talks had failed", "the wells were dry")


def gold() -> Lines:
    """Return articles in which a made-up word reports: no pack knows it."""
    articles = []
    for number, name in enumerate(NAMES * 3):
        sentences, rows = [], []
        for deed in DEEDS:
            start = sum(len(each) + 1 for each in sentences)
            sentences.append(f"{name} florbed that {deed}.")
            cue = start + len(name) + 1
            content = cue + len("florbed that ")
            rows.append(
                {
                    "source": [[start, start + len(name)]],
                    "cue": [[cue, cue + len("florbed")]],
                    "content": [[content, content + len(deed)]],
                }
            )
        text = " ".join(sentences)
        outlet = f"outlet{number % 3}"
        articles.append(
            {"id": f"a{number}", "text": text, "lang": "en", "outlet": outlet}
            | {"attributions": rows}
        )
    return by_id((each["id"], each) for each in articles)


@pytest.fixture(scope="module")
def trained() -> Trained:
    return train(gold(), SHIPPED, Options(iterations=30, least=1), folds=2)


def test_a_word_that_no_pack_knows_is_learnt(trained: Trained) -> None:
    text = "On Monday Sama florbed that the gate was locked."
    layout = Layout(body=(Span(0, len(text)),))
    article = Article(text=text, place="test", layout=layout, lang="en")
    (found,) = TaggerEngine(trained.model).attribute(article).attributions
    assert [span.of(text) for span in found.cue] == ["florbed"]
    assert [span.of(text) for span in found.content] == ["the gate was locked"]


def test_outlets_that_were_not_seen_judge_it(trained: Trained) -> None:
    validated = trained.model.record["cross_validation"]
    assert validated["by"] == "outlet"
    assert validated["folds"] == 2
    assert validated["attribution"]["f1"] > 0.9
    assert trained.model.record["outlets"] == ["outlet0", "outlet1", "outlet2"]


def test_a_model_is_read_as_it_was_written(trained: Trained, tmp_path: Path) -> None:
    path = tmp_path / "model.json"
    path.write_bytes(trained.model.to_bytes())
    again = load(path)
    assert again.cues == trained.model.cues
    assert again.roles == trained.model.roles
    assert again.record == json.loads(json.dumps(trained.model.record))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "no model"),
        (b"\x80\x04pickled", "no model"),
        (b"[1, 2]", "no model"),
        (json.dumps({"form": FORM, "version": 99}).encode(), "another version"),
        (json.dumps({"form": FORM, "version": VERSION, "lang": None}).encode(), "language"),
        (
            json.dumps({"form": FORM, "version": VERSION, "lang": "en", "cues": {}}).encode(),
            "damaged",
        ),
        (
            json.dumps(
                {"form": FORM, "version": VERSION, "lang": "en"}
                | {
                    name: {"labels": ["O"], "moves": [[0]], "weights": {"w": [1, 2]}}
                    for name in ("cues", "roles")
                }
            ).encode(),
            "damaged",
        ),
    ],
)
def test_what_is_no_model_is_named_in_one_line(content: bytes, words: str, tmp_path: Path) -> None:
    path = tmp_path / "model.json"
    path.write_bytes(content)
    with pytest.raises(ModelError) as caught:
        load(path)
    assert words in str(caught.value)
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_model_is_of_one_language() -> None:
    mixed = gold()
    texts = {
        "r": {"id": "r", "text": "Мэр сказал, что мост открыт.", "lang": "ru", "attributions": []}
    }
    with pytest.raises(ModelError, match="en, ru"):
        train(mixed | by_id(texts.items()), SHIPPED, Options(), folds=0)


@pytest.mark.parametrize(
    ("texts", "words"), [([], "no article"), ([{"id": "r", "text": " \n"}], "has no text")]
)
def test_there_must_be_articles_to_train_on(texts: list[dict[str, Any]], words: str) -> None:
    lines = by_id((one["id"], one | {"attributions": []}) for one in texts)
    with pytest.raises(ModelError, match=words):
        train(lines, SHIPPED, Options(), folds=0)


def test_a_model_that_no_outlet_judged_is_as_ready_as_most_are() -> None:
    made = train(gold(), SHIPPED, Options(iterations=3, least=1), folds=0)
    assert made.model.record["readiness"] == READY
    assert made.scores is None


@pytest.mark.parametrize(
    ("labels", "wanted"),
    [
        ("SOTTTO", ["S", "O", "TB", "T", "TE", "O"]),
        ("TOT", ["TB", "O", "TB"]),
        ("TTSTT", ["TB", "TE", "S", "TB", "TE"]),
        ("", []),
    ],
)
def test_the_ends_of_a_content_have_labels_of_their_own(labels: str, wanted: list[str]) -> None:
    assert bounded(list(labels)) == wanted
    assert "".join(label[0] for label in bounded(list(labels))) == labels


LABELS = ("I", "O")


@given(
    st.lists(st.lists(st.sampled_from("abc"), min_size=1, max_size=3), min_size=1, max_size=6),
    st.lists(st.floats(-3, 3), min_size=10, max_size=10),
)
def test_no_other_labels_weigh_more_than_the_best(
    items: list[list[str]], held: list[float]
) -> None:
    weights = {name: (held[2 * at], held[2 * at + 1]) for at, name in enumerate("abc")}
    chain = Chain(LABELS, ((held[6], held[7]), (held[8], held[9])), weights)

    def weight(labels: list[str]) -> float:
        numbers = [LABELS.index(label) for label in labels]
        own = sum(
            weights[name][at] for at, item in zip(numbers, items, strict=True) for name in item
        )
        return own + sum(chain.moves[one][other] for one, other in pairwise(numbers))

    best = chain.best(items)
    every = [
        [LABELS[number >> at & 1] for at in range(len(items))] for number in range(2 ** len(items))
    ]
    assert weight(best) == pytest.approx(max(map(weight, every)))


@pytest.mark.parametrize(
    ("labels", "ranges"),
    [("OBIO", [(1, 3)]), ("BB", [(0, 1), (1, 2)]), ("OIIO", [(1, 3)]), ("", []), ("OO", [])],
)
def test_cues_are_read_from_labels(labels: str, ranges: list[tuple[int, int]]) -> None:
    assert list(cue_ranges(labels, 0)) == ranges
