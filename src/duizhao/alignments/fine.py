"""The fine search: a semi-Markov model over blocks (a linear-chain CRF whose labels span several sentences;
Sarawagi and Cohen 2004) with affine gaps, on the corridor that the anchors leave."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from duizhao.alignments import blocks, features, frames
from duizhao.alignments.frames import Frame
from duizhao.alignments.lattice import NEVER, Corridor, Scores, best_path, posterior
from duizhao.alignments.model import Weights
from duizhao.alignments.sides import Side

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Step:
    """One link of the path: where it begins, its numbers of sentences, its probability."""

    i: int
    j: int
    a: int
    b: int
    probability: float

    def shifted(self, i: int, j: int) -> Step:
        """The same in the numbers of a larger text."""
        return Step(self.i + i, self.j + j, self.a, self.b, self.probability)


@dataclass(frozen=True, slots=True)
class Problem:
    """A pair of texts, ready for any weights: candidates with their features (candidates, names), quotation
    states of the cuts, gap features."""

    corridor: Corridor
    found: blocks.Candidates
    block: Floats
    bonus: Floats
    zh_state: Ints
    en_state: Ints
    gaps: features.Gaps


def problem(
    zh: Side,
    en: Side,
    corridor: Corridor,
    layout: tuple[Frame, Frame],
    seams: tuple[Ints, Ints] | None = None,
    alone: tuple[Floats, Floats] | None = None,
    ratio: float | None = None,
) -> Problem:
    """Measure all blocks in the corridor and keep those that a rough model finds possible.

    ``seams``: (n + 1,) and (m + 1,) of 0 and 1, the cuts where sentences were left out. ``alone``: see
    `features.gap_features`. ``ratio``: see `blocks.measure`."""
    seams = seams or (np.zeros(len(zh) + 1, np.int64), np.zeros(len(en) + 1, np.int64))
    alone = alone or (np.zeros(len(zh)), np.zeros(len(en)))
    measures = blocks.measure(zh, en, corridor, ratio)
    rough = blocks.rough_scores(zh, en, measures, seams)
    frames.forbid(rough, layout)
    found = blocks.candidates(posterior(rough), corridor)
    bonus = frames.prices(*layout)[layout[0].kinds[found.i - found.a], layout[1].kinds[found.j - found.b]]
    return Problem(
        corridor,
        found,
        features.block_features(zh, en, measures, found),
        bonus,
        features.quotation_states(zh),
        features.quotation_states(en),
        features.gap_features(zh, en, measures, seams, alone),
    )


def scores(p: Problem, weights: Weights) -> Scores:
    """Scores of all steps under these weights."""
    i, j = blocks.cuts(p.corridor)
    cut = features.cut_table(weights.cut)[p.zh_state[i], p.en_state[j]]
    block = np.full((len(blocks.TYPES), p.corridor.cells), NEVER, np.float32)
    block[p.found.kind, p.found.cell] = p.block @ weights.block + p.bonus + cut[p.found.cell]
    zh_gap, en_gap = weights.gap[: features.ALONE], weights.gap[features.ALONE : 2 * features.ALONE]
    zh_alone, en_alone = p.gaps.zh @ zh_gap, p.gaps.en @ en_gap
    zh_open, en_open, zh_seam_open, en_seam_open = weights.gap[2 * features.ALONE :]
    return Scores(
        p.corridor,
        blocks.TYPES,
        block,
        (np.concatenate([[0.0], zh_alone])[i] + cut).astype(np.float32),
        (np.concatenate([[0.0], en_alone])[j] + cut).astype(np.float32),
        zh_open + zh_seam_open * p.gaps.zh_seam,
        en_open + en_seam_open * p.gaps.en_seam,
    )


def solve(p: Problem, weights: Weights) -> list[Step]:
    """The best path, each link with its probability."""
    scored = scores(p, weights)
    found = posterior(scored)
    kinds = {kind: number for number, kind in enumerate(blocks.TYPES)}
    offsets, low = p.corridor.offsets, p.corridor.low
    i, j = blocks.cuts(p.corridor)
    alone_zh = np.bincount(i, found.zh_step)
    alone_en = np.bincount(j, found.en_step)
    steps = []
    for i0, j0, a, b in best_path(scored):
        if a and b:
            cell = offsets[i0 + a] + j0 + b - low[i0 + a]
            probability = found.blocks[kinds[a, b], cell]
        else:
            probability = alone_zh[i0 + 1] if a else alone_en[j0 + 1]
        steps.append(Step(i0, j0, a, b, min(1.0, float(probability))))
    return steps
