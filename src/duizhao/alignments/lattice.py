"""Dynamic programming over the cuts of two texts.

Cut ``i`` of the Chinese text stands before sentence ``i`` (0 … n), cut ``j`` of the English one likewise. A
path runs from cut (0, 0) to (n, m) by *blocks* (a Chinese sentences against b English ones) and by *gaps*
(one sentence alone). It is in one of three states, linked, Chinese gap, English gap, so that opening a gap
and going on with it have different prices (a pair-HMM with affine gaps; Durbin et al. 1998, chapter 4).
Between two blocks all Chinese sentences standing alone come before the English ones, which gives each
alignment exactly one path.

Rows are Chinese cuts; each row knows only its corridor of English cuts, so memory grows with the corridor.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

NEVER = -1e30  # log of nothing; finite, so that no arithmetic gives "not a number"


@dataclass(frozen=True, slots=True)
class Corridor:
    """For every Chinese cut the English cuts that a path may visit: ``low[i] … high[i]``, both included.

    Both never fall; ``low[0]`` is 0 and ``high[n]`` is m, and neighbouring rows overlap.
    """

    low: Ints
    high: Ints

    @property
    def offsets(self) -> Ints:
        """Where each row starts in a flat array of cells, and the number of cells (n + 2 numbers)."""
        return np.concatenate([[0], np.cumsum(self.high - self.low + 1)])

    @property
    def cells(self) -> int:
        """Number of cells."""
        return int((self.high - self.low + 1).sum())


@dataclass(frozen=True, slots=True)
class Scores:
    """Log scores of all steps; a step belongs to the cell it ends at. Flat over the cells of ``corridor``.

    ``blocks``: (types, cells), NEVER where there is none. ``zh_step``, ``en_step``: (cells,), a Chinese or
    English sentence alone; ``zh_open`` (n + 1,), ``en_open`` (m + 1,): for beginning such a run before that
    cut's next sentence. ``en_after_zh``: added where an English run follows a Chinese one at once.
    """

    corridor: Corridor
    types: tuple[tuple[int, int], ...]
    blocks: NDArray[np.float32]
    zh_step: NDArray[np.float32]
    en_step: NDArray[np.float32]
    zh_open: Floats
    en_open: Floats
    en_after_zh: float = 0.0


@dataclass(frozen=True, slots=True)
class Posterior:
    """Probabilities of the steps, shaped as in `Scores`; ``zh_begin`` (n + 1,), ``en_begin`` (m + 1,): of a
    run of sentences alone beginning at that cut; ``total``: log of the sum over all paths."""

    blocks: NDArray[np.float32]
    zh_step: NDArray[np.float32]
    en_step: NDArray[np.float32]
    zh_begin: Floats
    en_begin: Floats
    total: float


class _Walk:
    """Where things are: rows in flat arrays, and rings of recent rows laid out by English cut."""

    def __init__(self, scores: Scores) -> None:
        self.scores, corridor = scores, scores.corridor
        self.low, self.high = corridor.low.tolist(), corridor.high.tolist()
        self.offsets = corridor.offsets.tolist()
        self.n, self.m = len(self.low) - 1, self.high[-1]
        self.a = np.array([a for a, _ in scores.types])
        self.b = np.array([b for _, b in scores.types])
        self.rows = int(self.a.max()) + 1
        self.pad = int(self.b.max())
        self.stride = self.m + 1 + 2 * self.pad

    def row(self, i: int) -> tuple[slice, int, int]:
        """The cells of row ``i`` in flat arrays, its first and its last English cut."""
        return slice(self.offsets[i], self.offsets[i + 1]), self.low[i], self.high[i]

    def cell(self, i: int, j: int) -> int:
        """Number of the cell (i, j)."""
        return int(self.offsets[i] + j - self.low[i])

    def has(self, i: int, j: int) -> bool:
        """Whether (i, j) lies in the corridor."""
        return i >= 0 and bool(self.low[i] <= j <= self.high[i])

    def ring(self) -> Floats:
        """The last few rows, (rows, stride); row i stands at i modulo rows, English cut j at pad + j."""
        return np.full((self.rows, self.stride), NEVER)

    def keep(self, ring: Floats, i: int, values: Floats) -> None:
        """Put row ``i`` of all cells' values into the ring; a row before the first is nothing."""
        slot = ring[i % self.rows]
        slot[:] = NEVER
        if i >= 0:
            cell, low, high = self.row(i)
            slot[self.pad + low : self.pad + high + 1] = values[cell]

    def before(self, ring: Floats, i: int) -> Floats:
        """For each type and cell of row ``i`` the ring's value where such a block begins, (types, width)."""
        start = ((i - self.a) % self.rows) * self.stride + self.pad + self.low[i] - self.b
        values: Floats = ring.ravel()[start[:, None] + np.arange(self.high[i] - self.low[i] + 1)]
        return values


def posterior(scores: Scores, *, blocks: bool = True) -> Posterior:
    """Probabilities of all steps by forward-backward, in log space, each row at once.

    Time and memory grow with cells × types. Without ``blocks`` those of the blocks are left out (and empty).
    """
    walk = _Walk(scores)
    return _backward(walk, *_forward(walk, np.logaddexp), blocks)


def best_path(scores: Scores) -> list[tuple[int, int, int, int]]:
    """The path with the highest score (Viterbi): for each step the cut it begins at and its numbers of
    sentences, as (i, j, a, b), in order."""
    walk = _Walk(scores)
    linked, zh_gap, en_gap = _forward(walk, np.maximum)
    reach = np.maximum(np.maximum(linked, zh_gap), en_gap)
    steps: list[tuple[int, int, int, int]] = []
    i, j, state = walk.n, walk.m, "any"
    while i > 0 or j > 0:
        at = walk.cell(i, j)
        if state == "any":
            state = ("linked", "zh", "en")[int(np.argmax([linked[at], zh_gap[at], en_gap[at]]))]
        if state == "zh":
            above = walk.cell(i - 1, j)
            state = "linked" if linked[above] + scores.zh_open[i - 1] > zh_gap[above] else "zh"
            i -= 1
            steps.append((i, j, 1, 0))
        elif state == "en":
            from_zh = zh_gap[at - 1] + scores.en_after_zh
            begun = max(linked[at - 1], from_zh) + scores.en_open[j - 1]
            before = "linked" if linked[at - 1] >= from_zh else "zh"
            state = "en" if begun <= en_gap[at - 1] else before
            j -= 1
            steps.append((i, j, 0, 1))
        else:
            value = [
                scores.blocks[k, at] + reach[walk.cell(i - a, j - b)] if walk.has(i - a, j - b) else NEVER
                for k, (a, b) in enumerate(scores.types)
            ]
            a, b = scores.types[int(np.argmax(value))]
            i, j, state = i - a, j - b, "any"
            steps.append((i, j, a, b))
    return steps[::-1]


def _forward(walk: _Walk, add: np.ufunc) -> tuple[Floats, Floats, Floats]:
    """Log sums (or best, if ``add`` is maximum) of all ways to each cell, by the state in which they end."""
    s, cells = walk.scores, walk.scores.corridor.cells
    linked, zh_gap, en_gap, reach = (np.full(cells, NEVER) for _ in range(4))
    join = _log_sum if add is np.logaddexp else _best
    ring = walk.ring()
    for i in range(walk.n + 1):
        cell, low, high = walk.row(i)
        if i == 0:
            linked[0] = 0.0
        else:
            ways = walk.before(ring, i)
            ways += s.blocks[:, cell]
            linked[cell] = join(ways)
            zh_gap[cell] = _zh_gap(walk, i, linked, zh_gap, add)
        before_en = add(linked[cell], zh_gap[cell] + s.en_after_zh)
        en_gap[cell] = _en_gap(s.en_step[cell], s.en_open[low:high], before_en, add)
        reach[cell] = add(add(linked[cell], zh_gap[cell]), en_gap[cell])
        walk.keep(ring, i, reach)
    return linked, zh_gap, en_gap


def _zh_gap(walk: _Walk, i: int, linked: Floats, gap: Floats, add: np.ufunc) -> Floats:
    """Chinese gaps that end in row ``i``: begun or gone on with in the row above."""
    cell, low, high = walk.row(i)
    _, low_above, high_above = walk.row(i - 1)
    first, last = max(low, low_above), min(high, high_above)
    came = slice(walk.cell(i - 1, first), walk.cell(i - 1, last) + 1)
    out = np.full(high - low + 1, NEVER)
    out[first - low : last - low + 1] = add(linked[came] + walk.scores.zh_open[i - 1], gap[came])
    out += walk.scores.zh_step[cell]
    return out


def _en_gap(step: NDArray[np.float32], opening: Floats, either: Floats, add: np.ufunc) -> Floats:
    """English gaps along one row. With the running price P(j) the recursion e(j) = s(j) + add(from(j-1),
    e(j-1)) becomes e(j) - P(j) = add over k < j of from(k) - P(k), which numpy accumulates."""
    out = np.full(len(either), NEVER)
    if len(either) > 1:
        price = np.cumsum(step[1:], dtype=np.float64)
        begun = either[:-1] + opening
        begun[1:] -= price[:-1]
        out[1:] = add.accumulate(begun) + price
    return out


def _log_sum(ways: Floats) -> Floats:
    """Log of the sum of exponentials down the columns."""
    top: Floats = ways.max(axis=0)
    ways -= top
    out: Floats = np.log(np.exp(ways, out=ways).sum(axis=0)) + top
    return out


def _best(ways: Floats) -> Floats:
    out: Floats = ways.max(axis=0)
    return out


def _backward(walk: _Walk, linked: Floats, zh_gap: Floats, en_gap: Floats, with_blocks: bool) -> Posterior:
    s, types = walk.scores, len(walk.scores.types)
    reach = np.logaddexp(np.logaddexp(linked, zh_gap), en_gap)
    total = float(reach[-1])
    reach -= total
    before_en = np.logaddexp(linked, zh_gap + s.en_after_zh) - total
    zh_begin, en_begin = np.zeros(walk.n + 1), np.zeros(walk.m + 1)
    blocks = np.zeros(s.blocks.shape if with_blocks else (types, 0), np.float32)
    zh_step, en_step = np.zeros(len(linked), np.float32), np.zeros(len(linked), np.float32)
    # Blocks that end in the rows below, with the ways on from there, by type and English cut; ways to the
    # rows above.
    below_blocks = np.full((walk.rows, types, walk.stride), NEVER)
    flat, numbers = below_blocks.ravel(), np.arange(types)
    above = walk.ring()
    for i in range(walk.n, walk.n - walk.rows, -1):
        walk.keep(above, i, reach)
    below_gap: Floats = np.full(walk.stride, NEVER)
    for i in range(walk.n, -1, -1):
        cell, low, high = walk.row(i)
        inner = slice(walk.pad + low, walk.pad + high + 1)
        width = high - low + 1
        start = (((i + walk.a) % walk.rows) * types + numbers) * walk.stride + walk.pad + low + walk.b
        on = _log_sum(flat[start[:, None] + np.arange(width)])
        if i == walk.n:
            on[-1] = 0.0
        # The ways on from an English gap: one more of it, or a block; a gap of either kind may begin after a
        # block.
        step = s.en_step[cell][1:].astype(np.float64)
        price = np.concatenate([[0.0], np.cumsum(step)])
        after_en = np.logaddexp.accumulate((on + price)[::-1])[::-1] - price
        free, after_zh = on.copy(), on.copy()
        into_en = after_en[1:] + step + s.en_open[low:high]
        en_begin[low:high] += np.exp(np.minimum(before_en[cell][:-1] + into_en, 0))
        free[:-1] = np.logaddexp(on[:-1], into_en)
        after_zh[:-1] = np.logaddexp(on[:-1], into_en + s.en_after_zh)
        going_on = below_gap[inner]
        after_zh = np.logaddexp(after_zh, going_on)
        after_linked = np.logaddexp(free, going_on + s.zh_open[i])
        zh_begin[i] = np.exp(np.minimum(linked[cell] - total + going_on + s.zh_open[i], 0)).sum()
        ending = s.blocks[:, cell] + after_linked
        slot = below_blocks[i % walk.rows]
        slot[:] = NEVER
        slot[:, inner] = ending
        if i > 0 and with_blocks:
            ending += walk.before(above, i)
            blocks[:, cell] = np.exp(np.minimum(ending, 0, out=ending), out=ending)
        zh_step[cell] = np.exp(np.minimum(zh_gap[cell] + after_zh - total, 0))
        en_step[cell] = np.exp(np.minimum(en_gap[cell] + after_en - total, 0))
        below_gap[:] = NEVER
        below_gap[inner] = after_zh + s.zh_step[cell]
        walk.keep(above, i - walk.rows, reach)
    return Posterior(blocks, zh_step, en_step, zh_begin, en_begin, total)
