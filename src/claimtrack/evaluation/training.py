"""Training a model and saying how good it is: cross-validation by outlet."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from claimtrack import __version__, ingest
from claimtrack.errors import ModelError
from claimtrack.evaluation.groups import outlet
from claimtrack.evaluation.judged import judged
from claimtrack.evaluation.lines import Line, Lines, line_number, texts
from claimtrack.evaluation.score import Scores, score
from claimtrack.extract import RulesEngine
from claimtrack.ingest import Skipped
from claimtrack.lang.pack import Packs, available
from claimtrack.model.document import Article
from claimtrack.model.interchange import line
from claimtrack.tagger.chain import Chain
from claimtrack.tagger.engine import TaggerEngine
from claimtrack.tagger.model import Model
from claimtrack.tagger.training import ROLES, Example, Options, Trainers

READINESSES = (-0.3, 0.0, 0.3, 0.6)
"""How ready a model is to see cues, from which cross-validation chooses."""

READY = 0.6
"""How ready it is where nothing was chosen (`docs/languages.md` has the figures for others)."""

Step = Callable[[str], None]


class Trained(NamedTuple):
    """A model, and what cross-validation says of models made like it; None without."""

    model: Model
    scores: Scores | None


def train(
    gold: Lines, packs: Packs, options: Options, *, folds: int, step: Step = lambda _: None
) -> Trained:
    """Train a model on annotated articles of one language.

    With `folds` of 2 or more, outlets are dealt out to so many groups; a model trained on all
    others judges each, and how ready to see cues the last one is follows from that.

    Raises:
        ModelError: The articles cannot be trained on.
        ScoreError: An article's attributions are wrong.
    """
    held = list(_articles(gold, packs))
    lang = _language(held, packs)
    engine = RulesEngine(packs)
    groups = _dealt(held, gold, folds) if folds > 1 else []
    pooled: dict[float, Lines] = {ready: {} for ready in READINESSES}
    for number, group in enumerate(groups, 1):
        step(f"fold {number} of {len(groups)}")
        inner = {article.id for article in group}
        chains = _chains([one for one in held if one.id not in inner], gold, engine, options)
        for ready, lines in pooled.items():
            model = _model(lang, options, chains, ready)
            found = TaggerEngine(model, packs)
            for article in group:
                made = line(article, found.attribute(article))
                lines[str(made["id"])] = Line("prediction", made)
    step("all articles")
    best, scores = _best(gold, pooled) if groups else (READY, None)
    model = _model(lang, options, _chains(held, gold, engine, options), best)
    record = _record(gold, engine, options, best, scores, len(groups))
    return Trained(replace(model, record=record), scores)


def _articles(gold: Lines, packs: Packs) -> Iterator[Article]:
    """Yield gold's texts as articles, as the engine would read them."""
    if not gold:
        raise ModelError("There is no article to train on.")
    for key, each in gold.items():
        if not str(each.article.get("text") or "").strip():
            raise ModelError(f"{each.place}: article {key!r} has no text.")
        judged(each, str(each.article["text"]))
    if not any(row.get("cue") and row.get("content") for row in _rows(gold)):
        raise ModelError("There is no attribution with a cue and a content to train on.")
    lines = dict(enumerate(gold.items(), 1))
    for item in ingest.read(["-"], stdin=io.BytesIO(texts(gold)), packs=packs):
        key, each = lines[line_number(item.place)]
        if isinstance(item, Skipped):
            raise ModelError(f"{each.place}: {item.reason}")
        yield item.model_copy(update={"id": key})


def _rows(gold: Lines) -> list[Mapping[str, Any]]:
    return [row for each in gold.values() for row in each.article["attributions"]]


def _language(held: Sequence[Article], packs: Packs) -> str:
    languages = sorted({article.lang or "?" for article in held})
    if len(languages) > 1:
        raise ModelError(
            f"The articles are in {', '.join(languages)}; a model is of one language. Give one's."
        )
    if languages[0] not in available(packs):
        raise ModelError(
            f"There is no language pack for {languages[0]!r}, the articles' language. "
            "State it in their `lang`, or name the pack in claimtrack.toml."
        )
    return languages[0]


def _dealt(held: Sequence[Article], gold: Lines, folds: int) -> list[list[Article]]:
    """Return the articles in groups that share no outlet, the largest outlets first."""
    outlets: dict[str, list[Article]] = {}
    for article in held:
        stated = outlet(gold[str(article.id)].article)
        outlets.setdefault(stated or str(article.id), []).append(article)
    groups: list[list[Article]] = [[] for _ in range(min(folds, len(outlets)))]
    for _, articles in sorted(outlets.items(), key=lambda each: (-len(each[1]), each[0])):
        min(groups, key=len).extend(articles)
    return groups if len(groups) > 1 else []


def _chains(
    articles: Sequence[Article], gold: Lines, engine: RulesEngine, options: Options
) -> tuple[Chain, Chain]:
    trainers = Trainers(engine, options)
    for article in articles:
        rows = gold[str(article.id)].article["attributions"]
        trainers.add(
            Example(article, [{role: row.get(role) or [] for role in ROLES} for row in rows])
        )
    return trainers.train()


def _model(lang: str, options: Options, chains: tuple[Chain, Chain], ready: float) -> Model:
    cues, roles = chains
    return Model(lang, options.votes, cues.readier("O", "B", ready), roles, {})


def _best(gold: Lines, pooled: dict[float, Lines]) -> tuple[float, Scores]:
    judged_by = {ready: score(gold, lines, resamples=0) for ready, lines in pooled.items()}
    best = max(judged_by, key=lambda ready: sum(_f1(judged_by[ready], name) for name in _CHOSEN_BY))
    return best, judged_by[best]


_CHOSEN_BY = ("attribution", "content.partial")


def _f1(scores: Scores, name: str) -> float:
    return float(scores.as_json()[name]["f1"])  # type: ignore[arg-type]


def _record(
    gold: Lines,
    engine: RulesEngine,
    options: Options,
    ready: float,
    scores: Scores | None,
    folds: int,
) -> dict[str, Any]:
    names = sorted({outlet(each.article) for each in gold.values()} - {""})
    record: dict[str, Any] = {
        "articles": len(gold),
        "attributions": len(_rows(gold)),
        "outlets": names,
        "claimtrack": __version__,
        "rules": dict(engine.run.configuration),
        "options": options._asdict(),
        "readiness": ready,
        "method": "two linear-chain CRFs, L-BFGS (python-crfsuite)",
    }
    if scores:
        kept = ("attribution", "content.partial", "content.exact")
        figures = scores.as_json()
        record["cross_validation"] = {"folds": folds, "by": "outlet"} | {
            name: figures[name] for name in kept
        }
    return record
