"""Training the fine model: the probability of the gold path under a linear-chain model over blocks, and its
slope, over the cells of a corridor. The same sums as `lattice.posterior`, compiled (numba), since
training takes a thousand of them."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from dataclasses import replace

import numpy as np
from numba import njit
from numpy.typing import NDArray

from duizhao.alignments import blocks, features, fine, lattice
from duizhao.alignments.model import Layer

Floats = NDArray[np.float64]
Steps = list[tuple[int, int, int, int]]
ALONE = features.ALONE
CUT, GAP = len(features.CUT_NAMES), len(features.GAP_NAMES)


class Lesson:
    """A document ready for training. ``steps``: the gold path, where each step begins and its sentences,
    which the corridor is opened for. ``weight``: how much it counts among others."""

    def __init__(self, p: fine.Problem, steps: Steps, weight: float = 1.0) -> None:
        self.weight = weight
        low, high = p.corridor.low.copy(), p.corridor.high.copy()
        for i, j, a, b in steps:
            for row, column in ((i, j), (i + a, j + b)):
                low[row], high[row] = min(low[row], column), max(high[row], column)
        low, high = np.minimum.accumulate(low[::-1])[::-1], np.maximum.accumulate(high)
        wide = lattice.Corridor(low, high)
        found = blocks.at_cells(p.found.kind, wide.offsets[p.found.i] + p.found.j - low[p.found.i], wide)
        self.problem = replace(p, corridor=wide, found=found)
        self.steps = steps
        self.row, self.column = blocks.cuts(wide)
        self.cut = features.cut_features(p.zh_state[self.row], p.en_state[self.column])
        begin_i, begin_j = found.i - found.a, found.j - found.b
        inside = (low[begin_i] <= begin_j) & (begin_j <= high[begin_i])
        self._starts = np.where(inside, wide.offsets[begin_i] + begin_j - low[begin_i], -1)
        self._bounds = np.searchsorted(found.cell, np.arange(wide.cells + 1))
        self.missed, self.gold = self._gold(p.block)

    def with_block(self, block: Floats) -> Lesson:
        """The same document, knowing other things of its blocks."""
        out = copy(self)
        out.problem = replace(self.problem, block=block)
        out.missed, out.gold = out._gold(block)
        return out

    def _gold(self, block: Floats) -> tuple[int, Floats]:
        """Gold blocks that are no candidates, and the feature sums of the gold path."""
        p = self.problem
        keys = zip(*(x.tolist() for x in (p.found.i, p.found.j, p.found.a, p.found.b)), strict=True)
        where = {key: k for k, key in enumerate(keys)}
        missed, total, cut, gap = 0, np.zeros(block.shape[1]), np.zeros(CUT), np.zeros(GAP)
        state = "linked"
        for i, j, a, b in self.steps:
            cut += self.cut[p.corridor.offsets[i + a] + j + b - p.corridor.low[i + a]]
            if a and b:
                number = where.get((i + a, j + b, a, b))
                missed += number is None
                if number is not None:
                    total += block[number]
                state = "linked"
                continue
            side, first = ("zh", 0) if a else ("en", ALONE)
            at = i if a else j
            gap[first : first + ALONE] += getattr(p.gaps, side)[at]
            if state != side:
                begun = 2 * ALONE + (side == "en")
                gap[begun] += 1
                gap[begun + 2] += getattr(p.gaps, f"{side}_seam")[at]
                gap[-1] += state == "zh"
            state = side
        return missed, np.concatenate([total, cut, gap])

    def loss(self, w: Floats) -> tuple[float, Floats]:
        """−log probability of the gold path (up to a constant) under the weights, and its slope, times the
        document's weight."""
        p, corridor = self.problem, self.problem.corridor
        scored = fine.scores(p, layer(w))
        found = _sums(
            corridor.low,
            corridor.high,
            corridor.offsets,
            self._starts,
            self._bounds,
            scored.blocks[p.found.kind, p.found.cell].astype(np.float64),
            scored.zh_step.astype(np.float64),
            scored.en_step.astype(np.float64),
            scored.zh_open,
            scored.en_open,
            scored.en_after_zh,
        )
        total, block, zh_step, en_step, zh_begin, en_begin, met = found
        at_cell = np.bincount(p.found.cell, block, len(self.row)) + zh_step + en_step
        gap = np.zeros(GAP)
        gap[:ALONE] = np.bincount(self.row, zh_step)[1:] @ p.gaps.zh
        gap[ALONE : 2 * ALONE] = np.bincount(self.column, en_step)[1:] @ p.gaps.en
        gap[2 * ALONE :] = (
            zh_begin.sum(),
            en_begin.sum(),
            zh_begin @ p.gaps.zh_seam,
            en_begin @ p.gaps.en_seam,
            met,
        )
        expected = np.concatenate([p.block.T @ block, self.cut.T @ at_cell, gap])
        return self.weight * (total - float(self.gold @ w)), self.weight * (expected - self.gold)


def layer(w: Floats) -> Layer:
    """Weights as one row, in parts."""
    return Layer(*np.split(w, [len(w) - CUT - GAP, len(w) - GAP]))


def deviations(lessons: list[Lesson]) -> Floats:
    """How much each feature varies; 1 where it does not."""
    block = np.vstack([x.problem.block for x in lessons]).std(0)
    cut = np.vstack([x.cut for x in lessons]).std(0)
    gaps = [np.vstack([getattr(x.problem.gaps, side) for x in lessons]).std(0) for side in ("zh", "en")]
    scale = np.concatenate([block, cut, *gaps, np.ones(GAP - 2 * ALONE)])
    return np.where(scale > 1e-6, scale, 1.0)


def fit(
    lessons: list[Lesson],
    penalty: Floats,
    scale: Floats,
    start: Floats,
    rounds: int,
    free: NDArray[np.bool_] | None = None,
) -> Floats:
    """Weights that maximise the probability of the gold paths, drawn to zero by ``penalty`` per unit of each
    feature's deviation ``scale``. Only those that are ``free`` change (all, if it is None)."""

    def loss(w: Floats) -> tuple[float, Floats]:
        total, slope = 0.5 * float(penalty * w @ w), penalty * w
        for one in lessons:
            value, own = one.loss(w / scale)
            total, slope = total + value, slope + own / scale
        return total, slope if free is None else np.where(free, slope, 0.0)

    return minimise(loss, start * scale, rounds) / scale


def minimise(f: Callable[[Floats], tuple[float, Floats]], x: Floats, rounds: int) -> Floats:
    """Limited-memory BFGS (Nocedal and Wright 2006, algorithm 7.5) with backtracking."""
    value, slope = f(x)
    history: list[tuple[Floats, Floats]] = []
    for _ in range(rounds):
        q, alphas = slope.copy(), []
        for s, y in reversed(history):
            alphas.append(s @ q / (s @ y))
            q -= alphas[-1] * y
        q *= (
            (history[-1][0] @ history[-1][1]) / (history[-1][1] @ history[-1][1])
            if history
            else 1 / np.abs(slope).sum()
        )
        for (s, y), alpha in zip(history, reversed(alphas), strict=True):
            q += s * (alpha - y @ q / (s @ y))
        step = 1.0
        while True:
            new_value, new_slope = f(x - step * q)
            if new_value <= value - 1e-4 * step * (slope @ q) or step < 1e-6:
                break
            step /= 2
        s, y = -step * q, new_slope - slope
        done = value - new_value < 1e-6 * abs(value)
        x, value, slope = x + s, new_value, new_slope
        if s @ y > 1e-12:
            history = [*history[-9:], (s, y)]
        if done:
            break
    return x


@njit(cache=True)  # type: ignore[misc]
def _add(a: float, b: float) -> float:
    if a < b:
        a, b = b, a
    return a if b < -1e29 else a + np.log1p(np.exp(b - a))


@njit(cache=True)  # type: ignore[misc]
def _sums(low, high, offsets, starts, bounds, blocks, zh_step, en_step, zh_open, en_open, after_zh):  # type: ignore[no-untyped-def]
    """Log of the sum over paths; probabilities of blocks, of sentences alone, of runs that begin; how often
    an English run follows a Chinese one at once."""
    never = -1e30
    n, m = len(low) - 1, high[-1]
    cells = offsets[n + 1]
    linked, zh = np.full(cells, never), np.full(cells, never)
    en, reach = np.full(cells, never), np.full(cells, never)
    for i in range(n + 1):
        for j in range(low[i], high[i] + 1):
            c = offsets[i] + j - low[i]
            value = 0.0 if c == 0 else never
            for k in range(bounds[c], bounds[c + 1]):
                if starts[k] >= 0:
                    value = _add(value, reach[starts[k]] + blocks[k])
            linked[c] = value
            if i > 0 and low[i - 1] <= j <= high[i - 1]:
                u = offsets[i - 1] + j - low[i - 1]
                zh[c] = zh_step[c] + _add(linked[u] + zh_open[i - 1], zh[u])
            if j > low[i]:
                begun = _add(linked[c - 1], zh[c - 1] + after_zh) + en_open[j - 1]
                en[c] = en_step[c] + _add(begun, en[c - 1])
            reach[c] = _add(_add(linked[c], zh[c]), en[c])
    total = reach[cells - 1]
    on_linked, on_zh = np.full(cells, never), np.full(cells, never)
    on_en, on = np.full(cells, never), np.full(cells, never)
    on[cells - 1] = 0.0
    p_block, p_zh, p_en = np.zeros(len(blocks)), np.zeros(cells), np.zeros(cells)
    zh_begin, en_begin, met = np.zeros(n + 1), np.zeros(m + 1), 0.0
    for i in range(n, -1, -1):
        for j in range(high[i], low[i] - 1, -1):
            c = offsets[i] + j - low[i]
            on_linked[c] = _add(on_linked[c], on[c])
            on_zh[c] = _add(on_zh[c], on[c])
            on_en[c] = _add(on_en[c], on[c])
            if j > low[i]:
                p_en[c] = np.exp(min(0.0, en[c] + on_en[c] - total))
                going = on_en[c] + en_step[c]
                on_en[c - 1] = _add(on_en[c - 1], going)
                going += en_open[j - 1]
                begun = _add(linked[c - 1], zh[c - 1] + after_zh)
                en_begin[j - 1] += np.exp(min(0.0, begun + going - total))
                met += np.exp(min(0.0, zh[c - 1] + after_zh + going - total))
                on_linked[c - 1] = _add(on_linked[c - 1], going)
                on_zh[c - 1] = _add(on_zh[c - 1], going + after_zh)
            if i > 0 and low[i - 1] <= j <= high[i - 1]:
                u = offsets[i - 1] + j - low[i - 1]
                p_zh[c] = np.exp(min(0.0, zh[c] + on_zh[c] - total))
                going = on_zh[c] + zh_step[c]
                on_zh[u] = _add(on_zh[u], going)
                going += zh_open[i - 1]
                zh_begin[i - 1] += np.exp(min(0.0, linked[u] + going - total))
                on_linked[u] = _add(on_linked[u], going)
            for k in range(bounds[c], bounds[c + 1]):
                if starts[k] >= 0:
                    going = on_linked[c] + blocks[k]
                    p_block[k] = np.exp(min(0.0, reach[starts[k]] + going - total))
                    on[starts[k]] = _add(on[starts[k]], going)
    return total, p_block, p_zh, p_en, zh_begin, en_begin, met
