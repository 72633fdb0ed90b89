"""The coarse search: which stretches of two texts belong together at all.

Log-odds of every small block against chance come from a logistic model of a few numbers (`odds`); a pair-HMM
with affine gaps (`lattice`) finds the stretches. What it leaves alone is kept out of the fine search, so that
prefaces, notes, other works and missing chapters cannot disturb it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from duizhao.alignments import frames
from duizhao.alignments.frames import Frame
from duizhao.alignments.lattice import NEVER, Corridor, Scores, best_path, posterior
from duizhao.alignments.sides import Side

Floats = NDArray[np.float64]
Singles = NDArray[np.float32]
Ints = NDArray[np.int64]

TYPES: tuple[tuple[int, int], ...] = (
    (1, 1),
    (1, 2),
    (2, 1),
    (1, 3),
    (3, 1),
    (2, 2),
    (1, 4),
    (2, 3),
    (3, 2),
    (4, 1),
)
# Shares of the types in the gold links of the novels, smoothed by hand.
PRIOR = np.log(np.array([0.60, 0.14, 0.08, 0.04, 0.02, 0.03, 0.02, 0.02, 0.015, 0.01]))
NAMES = ("cos", "z zh", "z en", "lead zh", "lead en", "|d|", "d^2", "log size", "bias")
SAMPLE = 256  # blocks of the other side that show what chance gives
NEAREST = 4
RATIO = np.log(3.8)  # English characters to one Chinese, as a rule; the fine search measures its own
LIMIT = 12.0  # log-odds beyond this are no surer
OPEN, STEP = -6.0, -0.3  # a run of sentences alone begins; goes on
ROWS = 64
NEAR, POSSIBLE = 4, 0.2  # sentences kept around linked ones; probability that keeps one in


@dataclass(frozen=True, slots=True)
class Chance:
    """What chance gives the blocks of one type: mean, deviation and mean of the nearest few cosines with
    sampled blocks of the other side, for each first sentence, (3, n) and (3, m)."""

    zh: Singles
    en: Singles


@dataclass(frozen=True, slots=True)
class Stretches:
    """What the coarse search found. ``path``: steps (i, j, a, b); ``zh``, ``en``: for each sentence the
    probability of having a counterpart."""

    path: list[tuple[int, int, int, int]]
    zh: Floats
    en: Floats

    def longest_gap(self) -> int:
        """Sentences in the longest run that the path leaves alone on one side."""
        longest = zh = en = 0
        for _, _, a, b in self.path:
            zh, en = (0, 0) if a and b else (zh + a, en + b)
            longest = max(longest, zh, en)
        return longest

    def pairs(self) -> list[tuple[int, int]]:
        """First sentences of the linked blocks."""
        return [(i, j) for i, j, a, b in self.path if a and b]

    def kept(self, side: int) -> Ints:
        """Numbers of the sentences of one side (0 Chinese, 1 English) that are linked, may be, or stand
        near."""
        probability = (self.zh, self.en)[side]
        on = probability > POSSIBLE
        for step in self.path:
            if step[2] and step[3]:
                on[step[side] : step[side] + step[2 + side]] = True
        return np.flatnonzero(_widen(on))


def _widen(on: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """On, or at most NEAR away from it."""
    out = on.copy()
    for shift in range(1, min(NEAR, len(on) - 1) + 1):
        out[shift:] |= on[:-shift]
        out[:-shift] |= on[shift:]
    return out


def chances(zh: Side, en: Side) -> list[Chance]:
    """What chance gives, for each type."""
    out = []
    for a, b in TYPES:
        left = zh.vectors[a - 1, : max(0, len(zh) - a + 1)]
        right = en.vectors[b - 1, : max(0, len(en) - b + 1)]
        out.append(Chance(_statistics(left, right), _statistics(right, left)))
    return out


def _statistics(blocks: NDArray[np.float16], others: NDArray[np.float16]) -> Singles:
    out = np.zeros((3, len(blocks)), np.float32)
    if not len(blocks) or not len(others):
        return out
    chosen = np.unique(np.linspace(0, len(others) - 1, min(SAMPLE, len(others))).astype(np.int64))
    sample = others[chosen].astype(np.float32).T
    few = min(NEAREST, len(chosen))
    for first in range(0, len(blocks), 512):
        near = blocks[first : first + 512].astype(np.float32) @ sample
        here = slice(first, first + 512)
        out[0, here], out[1, here] = near.mean(axis=1), near.std(axis=1) + 1e-3
        out[2, here] = np.partition(near, -few, axis=1)[:, -few:].mean(axis=1)
    return out


def columns(
    cos: Singles, zh_chance: Singles, en_chance: Singles, chinese: Floats, english: Floats
) -> list[NDArray[np.floating]]:
    """The numbers of NAMES but the bias, broadcast over blocks: from the cosine, both sides' chances (mean,
    deviation, nearest) and lengths."""
    d = np.minimum(np.abs(np.log(np.maximum(english, 1)) - np.log(np.maximum(chinese, 1)) - RATIO), 2)
    size = np.log(np.minimum(chinese * np.exp(RATIO), english) + 1)
    return [
        cos,
        (cos - zh_chance[0]) / zh_chance[1],
        (cos - en_chance[0]) / en_chance[1],
        cos - zh_chance[2],
        cos - en_chance[2],
        d,
        d * d,
        size,
    ]


def odds(zh: Side, en: Side, corridor: Corridor, weights: Floats) -> Singles:
    """Log-odds of all blocks in the corridor, (types, cells), by the cell they end at; NEVER where there is
    none."""
    found = chances(zh, en)
    out = np.full((len(TYPES), corridor.cells), NEVER, np.float32)
    offsets, low, high = corridor.offsets, corridor.low, corridor.high
    n = len(zh)
    for first in range(0, n + 1, ROWS):
        last = min(n + 1, first + ROWS)
        j0, j1 = int(low[first]), int(high[last - 1]) + 1
        for kind, (a, b) in enumerate(TYPES):
            i_start, j_start = max(0, first - a), max(0, j0 - b)
            i_stop, j_stop = last - a, j1 - b
            if i_stop <= i_start or j_stop <= j_start:
                continue
            rows, cols = slice(i_start, i_stop), slice(j_start, j_stop)
            cos = zh.vectors[a - 1, rows].astype(np.float32) @ en.vectors[b - 1, cols].astype(np.float32).T
            chinese = (zh.lengths[i_start + a : i_stop + a] - zh.lengths[rows])[:, None]
            english = (en.lengths[j_start + b : j_stop + b] - en.lengths[cols])[None]
            numbers = columns(
                cos, found[kind].zh[:, rows, None], found[kind].en[:, None, cols], chinese, english
            )
            score = np.full(cos.shape, weights[-1], np.float32)
            for weight, number in zip(weights[:-1], numbers, strict=True):
                score += np.float32(weight) * number.astype(np.float32)
            np.clip(score, -LIMIT, LIMIT, out=score)
            for i in range(i_start + a, last):
                k0, k1 = max(int(low[i]), j_start + b), int(high[i]) + 1
                if k1 > k0:
                    cell = int(offsets[i]) - int(low[i])
                    out[kind, cell + k0 : cell + k1] = score[
                        i - a - i_start, k0 - b - j_start : k1 - b - j_start
                    ]
    return out


def search(zh: Side, en: Side, corridor: Corridor, weights: Floats, layout: tuple[Frame, Frame]) -> Stretches:
    """Find the stretches that belong together."""
    blocks = odds(zh, en, corridor, weights)
    blocks += PRIOR.astype(np.float32)[:, None]
    step = np.full(corridor.cells, STEP, np.float32)
    scores = Scores(
        corridor, TYPES, blocks, step, step, np.full(len(zh) + 1, OPEN), np.full(len(en) + 1, OPEN)
    )
    frames.forbid(scores, layout)
    found = posterior(scores, blocks=False)
    width = corridor.high - corridor.low + 1
    i = np.repeat(np.arange(len(zh) + 1), width)
    j = np.arange(len(i)) - corridor.offsets[i] + corridor.low[i]
    return Stretches(
        best_path(scores),
        1.0 - np.bincount(i, found.zh_step, len(zh) + 1)[1:].astype(np.float64),
        1.0 - np.bincount(j, found.en_step, len(en) + 1)[1:].astype(np.float64),
    )
