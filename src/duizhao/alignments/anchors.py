"""Where two texts surely meet: anchors, and the corridor they leave for the search."""

from __future__ import annotations

from bisect import bisect_left
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from duizhao.alignments.lattice import Corridor

Vectors = NDArray[np.float16]
Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

SAMPLE = 1024  # sentences of the other side that show how near anything lies to this one
NEAREST = 4  # of those the nearest few make the background
CELLS = 2_500_000  # the largest rectangle between anchors that is searched
ROWS = 512  # sentences compared at once
SUPPORT_ROWS, SUPPORT_COLUMNS, SUPPORT = 5, 8, 3  # an anchor needs three others nearby that run the same way


def anchors(zh: Vectors, en: Vectors) -> list[tuple[int, int]]:
    """Pairs of sentences (one-to-one, rising on both sides) that are surely counterparts.

    ``zh``, ``en``: unit vectors of the sentences, (n, d) and (m, d). An anchor is a mutual nearest pair by
    margin, cosine minus the mean background of both, with enough others nearby; of these the heaviest rising
    chain. Time grows with n × m, memory does not.
    """
    pairs, margins = _mutual(zh, en)
    if not len(pairs):
        return []
    weights = _supported(pairs, margins)
    keep = weights > 0
    return heaviest(pairs[keep], weights[keep])


def corridor(chain: list[tuple[int, int]], n: int, m: int, rows: int, columns: int) -> Corridor:
    """The cells between the anchors ``rows`` before and ``rows`` behind, ``columns`` wider on both sides.

    Where anchors are missing it opens to the whole rectangle between those that are there, unless that is
    larger than CELLS: nothing can be found in it, and only its lower left edge stays open."""
    zh = np.array([i for i, _ in chain], np.int64)
    en = np.array([j for _, j in chain], np.int64)
    cuts = np.arange(n + 1)
    before = np.searchsorted(zh, cuts - rows, side="right") - 1
    behind = np.searchsorted(zh, cuts + rows, side="left")
    low, high = np.zeros(n + 1, np.int64), np.full(n + 1, m, np.int64)
    if len(zh):
        low = np.where(before >= 0, np.maximum(0, en[np.maximum(before, 0)] - columns), 0)
        high = np.where(behind < len(zh), np.minimum(m, en[np.minimum(behind, len(zh) - 1)] + columns), m)
    low, high = np.minimum(low, m), np.maximum(high, 0)
    _close(high, [(0, 0), *chain, (n, m)], rows, columns)
    low[0], high[n] = 0, m
    low, high = np.maximum.accumulate(low), np.maximum.accumulate(high)
    # Every row must be reached from the one above.
    low[1:] = np.minimum(low[1:], high[:-1])
    return Corridor(low, high)


def _close(high: Ints, chain: list[tuple[int, int]], rows: int, columns: int) -> None:
    """Close the rectangles between anchors that are too large to search, in place."""
    for (i0, j0), (i1, j1) in pairwise(chain):
        if (i1 - i0) * (j1 - j0) > CELLS:
            high[max(0, i0 - rows + 1) : i1 - rows + 1] = j0 + columns


def background(vectors: Vectors, others: Vectors) -> NDArray[np.float32]:
    """For each vector the mean cosine with its nearest few among a sample of the others (how near anything
    lies)."""
    chosen = np.unique(np.linspace(0, len(others) - 1, min(SAMPLE, len(others))).astype(np.int64))
    sample = others[chosen].astype(np.float32).T
    few = min(NEAREST, len(chosen))
    out = np.empty(len(vectors), np.float32)
    for first in range(0, len(vectors), ROWS):
        near = vectors[first : first + ROWS].astype(np.float32) @ sample
        out[first : first + ROWS] = np.partition(near, -few, axis=1)[:, -few:].mean(axis=1)
    return out


def _mutual(zh: Vectors, en: Vectors) -> tuple[Ints, Floats]:
    """Mutual nearest pairs by margin, (pairs, 2), and their margins (all above 0)."""
    row, column = background(zh, en) / 2, background(en, zh) / 2
    best = np.empty(len(zh), np.int64)
    margin = np.empty(len(zh))
    back, back_margin = np.zeros(len(en), np.int64), np.full(len(en), -np.inf)
    other = en.astype(np.float32).T
    for first in range(0, len(zh), ROWS):
        near = zh[first : first + ROWS].astype(np.float32) @ other
        near -= row[first : first + ROWS, None]
        near -= column
        best[first : first + ROWS] = near.argmax(axis=1)
        margin[first : first + ROWS] = near.max(axis=1)
        top = near.argmax(axis=0)
        value = near[top, np.arange(len(en))]
        better = value > back_margin
        back[better], back_margin[better] = top[better] + first, value[better]
    numbers = np.arange(len(zh))
    chosen = (back[best] == numbers) & (margin > 0)
    return np.column_stack([numbers[chosen], best[chosen]]), margin[chosen]


def _supported(pairs: Ints, margins: Floats) -> Floats:
    """Margin times the number of others nearby that run the same way, 0 where there are too few."""
    support = np.zeros(len(pairs), np.int64)
    for shift in range(1, min(SUPPORT_ROWS, len(pairs) - 1) + 1):
        d = pairs[shift:] - pairs[:-shift]
        good = (d[:, 0] <= SUPPORT_ROWS) & (d[:, 1] > 0) & (d[:, 1] <= SUPPORT_COLUMNS)
        support[shift:] += good
        support[: len(pairs) - shift] += good
    return np.where(support >= SUPPORT, margins * support, 0.0)


def heaviest(pairs: Ints, weights: Floats) -> list[tuple[int, int]]:
    """Of these pairs, (k, 2) and rising on the first side, the heaviest chain that rises on both, by keeping
    for each English position the best chain that ends there."""
    ends: list[int] = []  # English positions, rising, whose chains are heavier than all before
    heavy: list[float] = []
    last: list[int] = []
    came: list[int] = []
    for k, (j, weight) in enumerate(zip(pairs[:, 1].tolist(), weights.tolist(), strict=True)):
        at = bisect_left(ends, j)
        total = weight + (heavy[at - 1] if at else 0.0)
        came.append(last[at - 1] if at else -1)
        stop = at
        while stop < len(ends) and heavy[stop] <= total:
            stop += 1
        if at == len(ends) or ends[at] != j or heavy[at] <= total:
            ends[at:stop], heavy[at:stop], last[at:stop] = [j], [total], [k]
    chain: list[tuple[int, int]] = []
    k = last[-1] if last else -1
    while k >= 0:
        chain.append((int(pairs[k, 0]), int(pairs[k, 1])))
        k = came[k]
    return chain[::-1]
