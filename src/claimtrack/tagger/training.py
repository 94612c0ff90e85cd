"""Training a model: annotated articles into sequences, sequences into weights."""

from __future__ import annotations

import tempfile
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from claimtrack.errors import ModelError
from claimtrack.extract.engine import RulesEngine, find
from claimtrack.model.document import Article
from claimtrack.tagger.chain import Chain
from claimtrack.tagger.engine import hints
from claimtrack.tagger.features import Range, View

if TYPE_CHECKING:
    import pycrfsuite

ROLES = ("source", "cue", "content")


class Example(NamedTuple):
    """An annotated article.

    Attributes:
        article: What the engine would read.
        gold: For each attribution, its roles' offsets.
    """

    article: Article
    gold: Sequence[Mapping[str, Sequence[Sequence[int]]]]


class Options(NamedTuple):
    """How a model is trained.

    Attributes:
        votes: Whether it hears the rules.
        iterations: Steps of the optimiser, at most.
        least: Occurrences of a feature below which it is left out.
        c1: Weight of the L1 norm, which makes weights zero.
        c2: Weight of the L2 norm.
        smallest: Weights nearer to zero are pruned.
    """

    votes: bool = True
    iterations: int = 60
    least: int = 4
    c1: float = 1.5
    c2: float = 1.0
    smallest: float = 0.02


class Trainers:
    """Sequences of both fields, collected article by article."""

    def __init__(self, engine: RulesEngine, options: Options) -> None:
        """Begin with none.

        Raises:
            ModelError: The library that trains is not installed.
        """
        self._engine, self._options = engine, options
        self._cues, self._roles = _trainer(options), _trainer(options)

    def add(self, example: Example) -> None:
        """Add an article."""
        held = self._engine.read(example.article)
        if held is None:
            return
        page, words = held
        found = find(page, words, example.article.layout.body)[0] if self._options.votes else []
        view = View(page, words, hints(page, found) if self._options.votes else None)
        marked = list(_marked(view, example.gold))
        labels = ["O"] * len(page.tokens)
        for cue, _ in marked:
            labels[cue[0] : cue[1]] = ["B", *["I"] * (cue[1] - cue[0] - 1)]
        for start, end in page.sentences:
            self._cues.append(view.cue_sequence(start, end), labels[start:end])
        cues = [cue for cue, _ in marked]
        for cue, roles in marked:
            start, end = view.window(cue)
            wanted = [roles.get(at, "O") for at in range(start, end)]
            self._roles.append(view.role_sequence(cue, cues), bounded(wanted))

    def train(self) -> tuple[Chain, Chain]:
        """Return the weights of both fields: cues, roles."""
        return _trained(self._cues, self._options), _trained(self._roles, self._options)


def _marked(
    view: View, gold: Iterable[Mapping[str, Sequence[Sequence[int]]]]
) -> Iterable[tuple[Range, dict[int, str]]]:
    """Yield each attribution's cue and the roles of the tokens around it."""
    starts = [token.start for token in view.page.tokens]
    inside = {at for start, end in view.page.sentences for at in range(start, end)}

    def tokens(spans: Sequence[Sequence[int]]) -> list[int]:
        found: list[int] = []
        for start, end in spans:
            first = max(0, bisect_right(starts, start) - 1)
            found += range(first, bisect_left(starts, end))
        return [at for at in found if at in inside]

    for one in gold:
        cue = tokens(one.get("cue") or [])
        content = tokens(one.get("content") or [])
        if not cue or not content:
            continue
        end = next((at + 1 for at in cue if at + 1 not in cue), cue[-1] + 1)
        roles = dict.fromkeys(content, "T") | dict.fromkeys(tokens(one.get("source") or []), "S")
        yield (cue[0], max(end, cue[0] + 1)), roles


def bounded(labels: Sequence[str]) -> list[str]:
    """Return labels in which the ends of a content differ from what is within it.

    Where a content begins and ends has marks of its own, which one label for all of it blurs.

    >>> bounded(["S", "O", "T", "T", "T"])
    ['S', 'O', 'TB', 'T', 'TE']
    """
    around = ["O", *labels, "O"]
    return [
        label if label != "T" else "TB" if before != "T" else "TE" if behind != "T" else "T"
        for before, label, behind in zip(around, labels, around[2:], strict=False)
    ]


def _trainer(options: Options) -> pycrfsuite.Trainer:
    try:
        import pycrfsuite  # noqa: PLC0415 (only training needs it)
    except ModuleNotFoundError:
        raise ModelError(
            'training needs python-crfsuite. Install it: pip install "claimtrack[train]".'
        ) from None
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    trainer.set_params(
        {
            "c1": options.c1,
            "c2": options.c2,
            "max_iterations": options.iterations,
            "feature.minfreq": options.least,
        }
    )
    return trainer


def _trained(trainer: pycrfsuite.Trainer, options: Options) -> Chain:
    import pycrfsuite  # noqa: PLC0415 (only training needs it)

    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "weights")
        trainer.train(path)
        tagger = pycrfsuite.Tagger()
        tagger.open(path)
        held: Any = tagger.info()
        labels = tuple(sorted(held.labels))
        moves = tuple(
            tuple(round(held.transitions.get((one, other), 0.0), 3) for other in labels)
            for one in labels
        )
        weights: dict[str, list[float]] = {}
        for (feature, label), weight in held.state_features.items():
            if abs(weight) >= options.smallest:
                row = weights.setdefault(feature, [0.0] * len(labels))
                row[labels.index(label)] = round(weight, 3)
        tagger.close()
    return Chain(labels, moves, {name: tuple(row) for name, row in sorted(weights.items())})
