"""Blocks: how many sentences may stand against how many, and what is measured of them.

A block of type (a, b) that ends at cut (i, j) holds the Chinese sentences ``i - a … i - 1`` and the English
ones ``j - b … j - 1``.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from duizhao.alignments.lattice import NEVER, Corridor, Posterior, Scores
from duizhao.alignments.sides import LONGEST, Side

Floats = NDArray[np.float64]
Singles = NDArray[np.float32]
Ints = NDArray[np.int64]

TYPES: tuple[tuple[int, int], ...] = (
    *((1, b) for b in range(1, LONGEST + 1)),
    *((a, 1) for a in range(2, LONGEST + 1)),
    *((2, 2), (2, 3), (3, 2), (2, 4), (4, 2), (3, 3), (2, 5), (5, 2), (3, 4), (4, 3)),
)
ROWS = 32  # Chinese cuts whose cosines are computed at once
NEAREST = 4  # the background of a block: mean of its nearest few sentences of the other side
WINDOW = 30  # sentences before and behind that count for it

# The first, rough score of a block, from which the candidates come: chosen by hand on the development texts.
#   size^0.6 · (cosine - 0.7 · background + 0.1 - 0.04 · |d|) - 0.08 · (a + b - 2), times 12
# with size = (a + b) / 2 and d = log(English length / Chinese length) - the same of the whole texts.
SHARPNESS, SIZE_POWER, BACKGROUND, BONUS, LENGTH, SENTENCE = 12.0, 0.6, 0.7, 0.1, 0.04, 0.08
ROUGH_OPEN, ROUGH_STEP = -2.0, -1.0
KEEP = 1e-3  # a block whose probability is above this is a candidate


@dataclass(frozen=True, slots=True)
class Measures:
    """What is measured of all blocks in a corridor.

    ``cosines``: (types, cells). ``near_zh``: (LONGEST, n) background of the runs of Chinese sentences, by
    length and first sentence; ``near_en`` likewise. ``ratio``: log(English characters / Chinese characters)
    of the whole.
    """

    corridor: Corridor
    cosines: Singles
    near_zh: Singles
    near_en: Singles
    ratio: float


@dataclass(frozen=True, slots=True)
class Candidates:
    """Blocks worth a closer look, all arrays of one length. ``kind``: number of the type; ``cell``: where it
    ends, in the flat array; ``i``, ``j``: the cut it ends at; ``a``, ``b``: its sentences."""

    kind: Ints
    cell: Ints
    i: Ints
    j: Ints
    a: Ints
    b: Ints


def cuts(corridor: Corridor) -> tuple[Ints, Ints]:
    """The cuts (i, j) of every cell."""
    width = corridor.high - corridor.low + 1
    i = np.repeat(np.arange(len(width)), width)
    return i, np.arange(len(i)) - corridor.offsets[i] + corridor.low[i]


def measure(zh: Side, en: Side, corridor: Corridor, ratio: float | None) -> Measures:
    """Cosines of all blocks in the corridor and their backgrounds. ``ratio``: where it is known better than
    from the lengths of the two sides, else None."""
    n, m = len(zh), len(en)
    cells, offsets = corridor.cells, corridor.offsets
    cosines = np.full((len(TYPES), cells), NEVER, np.float32)
    low, high = corridor.low, corridor.high
    row, column = cuts(corridor)
    for first in range(0, n + 1, ROWS):
        last = min(n + 1, first + ROWS)
        j0, j1 = int(low[first]), int(high[last - 1]) + 1
        here = slice(offsets[first], offsets[last])
        i, j = row[here], column[here]
        i0 = max(0, first - LONGEST)
        k0 = max(0, j0 - LONGEST)
        zh_part = zh.vectors[:, i0:last].astype(np.float32)
        en_part = en.vectors[:, k0:j1].astype(np.float32)
        if not zh_part.shape[1] or not en_part.shape[1]:
            continue
        for kind, (a, b) in enumerate(TYPES):
            near = zh_part[a - 1] @ en_part[b - 1].T
            start_i, start_j = i - a - i0, j - b - k0
            inside = (i >= a) & (j >= b)
            cosines[kind, here][inside] = near[start_i[inside], start_j[inside]]
    near_zh = _backgrounds(zh, en, (low + high) // 2)
    near_en = _backgrounds(en, zh, np.searchsorted((low + high) // 2, np.arange(m + 1)))
    if ratio is None:
        ratio = float(np.log(max(1.0, en.lengths[-1]) / max(1.0, zh.lengths[-1])))
    return Measures(corridor, cosines, near_zh, near_en, ratio)


def _backgrounds(own: Side, other: Side, centre: Ints) -> Singles:
    """For all runs of one side the mean cosine with their nearest few sentences of the other within WINDOW of
    the place where they should lie, (LONGEST, n)."""
    out = np.zeros((LONGEST, len(own)), np.float32)
    for first in range(0, len(own), ROWS):
        last = min(len(own), first + ROWS)
        low = max(0, min(int(centre[first]), len(other) - WINDOW) - WINDOW)
        high = min(len(other), max(int(centre[last - 1]), WINDOW) + WINDOW)
        blocks = own.vectors[:, first:last]
        near = (
            blocks.reshape(-1, blocks.shape[2]).astype(np.float32)
            @ other.vectors[0, low:high].astype(np.float32).T
        )
        few = min(NEAREST, near.shape[1])
        if few:
            out[:, first:last] = np.partition(near, -few, axis=1)[:, -few:].mean(axis=1).reshape(LONGEST, -1)
    return out


def rough_scores(zh: Side, en: Side, measures: Measures, seams: tuple[Ints, Ints]) -> Scores:
    """The first, rough scores of all blocks. ``seams``: (n + 1,) and (m + 1,) of 0 and 1, cuts where a run of
    sentences alone begins at no price."""
    corridor = measures.corridor
    i, j = cuts(corridor)
    blocks = np.full(measures.cosines.shape, NEVER, np.float32)
    log_zh, log_en = _log_lengths(zh.lengths), _log_lengths(en.lengths)
    for kind, (a, b) in enumerate(TYPES):
        inside = np.flatnonzero(measures.cosines[kind] > NEVER / 2)
        ii, jj = i[inside], j[inside]
        size = ((a + b) / 2) ** SIZE_POWER
        near = (measures.near_zh[a - 1][ii - a] + measures.near_en[b - 1][jj - b]) / 2
        off = np.abs(log_en[b - 1][jj - b] - log_zh[a - 1][ii - a] - measures.ratio)
        score = measures.cosines[kind, inside] - BACKGROUND * near + BONUS - LENGTH * off
        blocks[kind, inside] = SHARPNESS * (size * score - SENTENCE * (a + b - 2))
    step = np.full(len(i), ROUGH_STEP, np.float32)
    opening = [np.where(s, 0.0, ROUGH_OPEN) for s in seams]
    return Scores(corridor, TYPES, blocks, step, step, opening[0], opening[1])


def _log_lengths(lengths: Floats) -> Floats:
    """Logs of the lengths of all runs, (LONGEST, n), by length of the run and first sentence."""
    n = len(lengths) - 1
    out = np.zeros((LONGEST, n))
    for k in range(1, min(LONGEST, n) + 1):
        out[k - 1, : n - k + 1] = np.log(np.maximum(lengths[k:] - lengths[:-k], 1))
    return out


def candidates(posterior: Posterior, corridor: Corridor, keep: float = KEEP) -> Candidates:
    """The blocks whose probability is above ``keep``, by the cut they end at."""
    kind, cell = np.nonzero(posterior.blocks > keep)
    order = np.lexsort((kind, cell))
    return at_cells(kind[order], cell[order], corridor)


def at_cells(kind: Ints, cell: Ints, corridor: Corridor) -> Candidates:
    """These blocks, by type and the cell they end at."""
    i, j = cuts(corridor)
    types = np.array(TYPES)
    return Candidates(kind, cell, i[cell], j[cell], types[kind, 0], types[kind, 1])
