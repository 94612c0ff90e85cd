"""A graph in layers: where nodes and lines stand when it is drawn.

After Sugiyama, Tagawa and Toda (1981): circles are broken, layers go by the longest path, long
lines run through points between, and the order within a layer by the mean of the neighbours.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import pairwise
from statistics import fmean
from typing import NamedTuple

import networkx as nx

Pair = tuple[str, str]
"""A line, from one node to another."""

Points = tuple[tuple[int, float], ...]
"""Layer and row of each of some points."""

_SWEEPS = 8
_BETWEEN = 0.5
"""Rows that a long line takes where it passes a layer."""


class Layout(NamedTuple):
    """Where everything stands.

    Attributes:
        layer: The layer of each node, from 0.
        row: The row of each node, its middle, from the top of the picture.
        points: What a line runs through between its ends, for long ones.
        back: The lines that lead from a later layer to an earlier one, closing a circle.
        rows: How many rows the fullest layer takes.
    """

    layer: Mapping[str, int]
    row: Mapping[str, float]
    points: Mapping[Pair, Points]
    back: Collection[Pair]
    rows: float


def lay_out(nodes: Iterable[str], lines: Iterable[Pair]) -> Layout:
    """Return where the nodes and lines of a graph stand; lines join nodes, none with itself."""
    known = tuple(nodes)
    forward, back = _acyclic(lines)
    layer = _layers(known, forward)
    row, points, rows = _rows(layer, forward)
    return Layout(layer, row, points, back, rows)


def _acyclic(lines: Iterable[Pair]) -> tuple[list[Pair], set[Pair]]:
    """Return the lines with those turned round that close a circle, and these."""
    known = list(lines)
    whole: nx.DiGraph[str] = nx.DiGraph(known)
    if nx.is_directed_acyclic_graph(whole):
        return known, set()
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(whole)
    back: set[Pair] = set()
    for start, end in known:
        if nx.has_path(graph, end, start):
            back.add((start, end))
            graph.add_edge(end, start)
        else:
            graph.add_edge(start, end)
    return list(graph.edges), back


def _layers(nodes: Iterable[str], lines: Iterable[Pair]) -> dict[str, int]:
    graph: nx.DiGraph[str] = nx.DiGraph(list(lines))
    graph.add_nodes_from(nodes)
    layer: dict[str, int] = {}
    for key in nx.lexicographical_topological_sort(graph):
        layer[key] = max((layer[before] + 1 for before in graph.predecessors(key)), default=0)
    return layer


def _rows(
    layer: Mapping[str, int], lines: Iterable[Pair]
) -> tuple[dict[str, float], dict[Pair, Points], float]:
    """Return the rows of nodes, the points of long lines, and the rows of the fullest layer."""
    columns: list[list[str]] = [[] for _ in range(max(layer.values()) + 1)]
    for key, at in layer.items():
        columns[at].append(key)
    near: defaultdict[str, list[str]] = defaultdict(list)
    between: dict[Pair, list[str]] = {}
    for start, end in lines:
        passed = range(layer[start] + 1, layer[end])
        between[start, end] = [f"{start}\n{end}\n{each}" for each in passed]
        for each, key in zip(passed, between[start, end], strict=True):
            columns[each].append(key)
        for one, other in pairwise((start, *between[start, end], end)):
            near[one].append(other)
            near[other].append(one)
    place = _ordered(columns, near)
    heights = [sum(_height(key, layer) for key in column) for column in columns]
    tallest = max(heights)
    rows: dict[str, float] = {}
    for column, height in zip(columns, heights, strict=True):
        top = (tallest - height) / 2
        for key in sorted(column, key=lambda each: place[each]):
            rows[key] = top + _height(key, layer) / 2
            top += _height(key, layer)
    points = {
        (start, end): tuple((layer[start] + at, rows[key]) for at, key in enumerate(way, 1))
        for (start, end), way in between.items()
    }
    turned = {(end, start): way[::-1] for (start, end), way in points.items()}
    return {key: rows[key] for key in layer}, {**turned, **points}, tallest


def _height(key: str, layer: Mapping[str, int]) -> float:
    return 1.0 if key in layer else _BETWEEN


def _ordered(columns: list[list[str]], near: Mapping[str, Sequence[str]]) -> dict[str, float]:
    """Return the place of each key in its column, with few crossings."""
    place = {key: float(at) for column in columns for at, key in enumerate(column)}
    column_of = {key: at for at, column in enumerate(columns) for key in column}
    for sweep in range(_SWEEPS):
        forward = sweep % 2 == 0
        for at in range(len(columns)) if forward else range(len(columns) - 1, -1, -1):
            beside = at - 1 if forward else at + 1
            means = {
                key: fmean(some)
                if (
                    some := [place[each] for each in near.get(key, ()) if column_of[each] == beside]
                )
                else place[key]
                for key in columns[at]
            }
            columns[at].sort(key=lambda key: (means[key], place[key]))
            place |= {key: float(number) for number, key in enumerate(columns[at])}
    return place
