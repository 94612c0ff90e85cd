"""Precision and recall of attributions by outlet, kind of quotation or cue."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from claimtrack.evaluation.choices import By
from claimtrack.evaluation.judged import DEFAULTS, Judged
from claimtrack.evaluation.mistakes import roles_of
from claimtrack.evaluation.pairing import ENOUGH, pairs, same_source
from claimtrack.evaluation.score import Compared
from claimtrack.evaluation.table import per_cent


class Group(NamedTuple):
    """What was found of one group.

    `contents` and `right` count gold attributions of the group that were found, by content and
    by content and source; `contents_pred` and `right_pred` predictions of the group that were so.
    """

    name: str
    gold: int
    pred: int
    contents: int
    right: int
    contents_pred: int
    right_pred: int

    def f1(self, *, sources: bool) -> float:
        """Return the F1 of contents, or of contents and sources."""
        of_gold, of_pred = (
            (self.right, self.right_pred) if sources else (self.contents, self.contents_pred)
        )
        recall = of_gold / self.gold if self.gold else 0.0
        precision = of_pred / self.pred if self.pred else 0.0
        return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def groups(articles: Sequence[Compared], by: By) -> list[Group]:
    """Return every group there is in gold or prediction, the largest first."""
    name = _NAMES[by]
    counts: dict[str, Counter[str]] = {}
    for article in articles:
        for what, one in _events(article):
            counts.setdefault(name(article, one), Counter())[what] += 1
    fields = Group._fields[1:]
    found = [Group(key, *(tally[field] for field in fields)) for key, tally in counts.items()]
    return sorted(found, key=lambda group: (-max(group.gold, group.pred), group.name))


def group_rows(found: Sequence[Group], by: By) -> list[list[str]]:
    """Return groups as the rows of a table for people, its head first, F1 in per cent."""
    rows = [[by.value, "gold", "predicted", "found", "right", "content F1", "attribution F1"]]
    for group in found:
        figures = [group.gold, group.pred, group.contents, group.right]
        f1 = [per_cent(group.f1(sources=sources)) for sources in (False, True)]
        rows.append([group.name or "–", *map(str, figures), *f1])
    return rows


def _events(article: Compared) -> Iterator[tuple[str, Judged]]:
    for one in article.gold:
        yield "gold", one
    for one in article.pred:
        yield "pred", one
    for pair in pairs(article.gold, article.pred):
        if pair.alike < ENOUGH:
            continue
        yield "contents", pair.gold
        yield "contents_pred", pair.pred
        if same_source(pair.gold, pair.pred):
            yield "right", pair.gold
            yield "right_pred", pair.pred


def _outlet(article: Compared, _: Judged) -> str:
    return str(article.line.article.get("outlet") or "")


def _kind(_: Compared, one: Judged) -> str:
    return str(one.values["kind"] or DEFAULTS["kind"])


def _cue(article: Compared, one: Judged) -> str:
    return roles_of(one, article.text)["cue"]


_NAMES: dict[By, Callable[[Compared, Judged], str]] = {
    By.OUTLET: _outlet,
    By.KIND: _kind,
    By.CUE: _cue,
}
