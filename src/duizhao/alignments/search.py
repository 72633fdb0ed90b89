"""From two prepared sides to links: anchors, the coarse search where something is missing, the fine
search."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from duizhao.alignments import anchors, coarse, fine, frames
from duizhao.alignments.fine import Step
from duizhao.alignments.frames import Frame
from duizhao.alignments.lattice import Corridor
from duizhao.alignments.model import Weights, coarse_weights, model_weights
from duizhao.alignments.sides import Side

Ints = NDArray[np.int64]

HOLE = 4  # sentences between anchors from which on the coarse search is asked
GAP = 3  # sentences alone in a row, from which on the rest is searched without them
ROWS, COLUMNS = 8, 8  # corridor of the fine search around the anchors
WIDE_ROWS, WIDE_COLUMNS = 20, 10  # and of the coarse one
SMALL = 1_500_000  # cells up to which the coarse search needs no corridor


def search(
    zh: Side, en: Side, layout: tuple[Frame, Frame], weights: tuple[Weights, Weights] | None = None
) -> list[Step]:
    """Links of two sides, every sentence once, in the order of the path. Both sides may be empty.

    ``weights``: others than the shipped ones, for whole texts and for texts of which parts were left out.
    """
    n, m = len(zh), len(en)
    if not n or not m:
        return alone(0, n, 0, m)
    chain = anchors.anchors(zh.vectors[0], en.vectors[0])
    if anchors.widest(chain, n, m) > HOLE:
        stretches = coarse.search(zh, en, coarse_corridor(chain, n, m), coarse_weights(), layout)
        if stretches.longest_gap() > GAP:
            return _without_gaps(zh, en, layout, stretches, (weights or model_weights())[1])
        chain = stretches.pairs()
    corridor = anchors.corridor(chain, n, m, ROWS, COLUMNS)
    return fine.solve(fine.problem(zh, en, corridor, layout), (weights or model_weights())[0])


def alone(i0: int, i1: int, j0: int, j1: int) -> list[Step]:
    """Every sentence of these ranges alone."""
    return [Step(i, j0, 1, 0, 1.0) for i in range(i0, i1)] + [Step(i1, j, 0, 1, 1.0) for j in range(j0, j1)]


def coarse_corridor(chain: list[tuple[int, int]], n: int, m: int) -> Corridor:
    """Everything, if that is little; else the wide corridor around the anchors."""
    if (n + 1) * (m + 1) <= SMALL:
        return Corridor(np.zeros(n + 1, np.int64), np.full(n + 1, m))
    return anchors.corridor(chain, n, m, WIDE_ROWS, WIDE_COLUMNS)


@dataclass(frozen=True, slots=True)
class Narrowed:
    """A problem among the sentences that the coarse search keeps, and their numbers."""

    zh: Ints
    en: Ints
    problem: fine.Problem


def narrowed(zh: Side, en: Side, layout: tuple[Frame, Frame], stretches: coarse.Stretches) -> Narrowed | None:
    """The problem that is left when what stands alone for sure is taken out; None where nothing is left."""
    kept_zh, kept_en = stretches.kept(0), stretches.kept(1)
    if not len(kept_zh) or not len(kept_en):
        return None
    where_zh = {i: k for k, i in enumerate(kept_zh.tolist())}
    where_en = {j: k for k, j in enumerate(kept_en.tolist())}
    chain = [(where_zh[i], where_en[j]) for i, j in stretches.pairs()]
    problem = fine.problem(
        zh.part(kept_zh),
        en.part(kept_en),
        anchors.corridor(chain, len(kept_zh), len(kept_en), ROWS, COLUMNS),
        (layout[0].part(kept_zh), layout[1].part(kept_en)),
        (frames.seams(kept_zh, len(zh)), frames.seams(kept_en, len(en))),
        _ratio(zh, en, stretches),
    )
    return Narrowed(kept_zh, kept_en, problem)


def _without_gaps(
    zh: Side, en: Side, layout: tuple[Frame, Frame], stretches: coarse.Stretches, weights: Weights
) -> list[Step]:
    """The fine search among the sentences that the coarse one keeps; the others stand alone."""
    n, m = len(zh), len(en)
    left = narrowed(zh, en, layout, stretches)
    if left is None:
        return [_surely(step, stretches) for step in alone(0, n, 0, m)]
    steps: list[Step] = []
    i = j = 0
    for step in fine.solve(left.problem, weights):
        i0 = int(left.zh[step.i]) if step.a else i
        j0 = int(left.en[step.j]) if step.b else j
        steps += [_surely(x, stretches) for x in alone(i, i0, j, j0)]
        steps.append(Step(i0, j0, step.a, step.b, step.probability))
        i, j = i0 + step.a, j0 + step.b
    return steps + [_surely(x, stretches) for x in alone(i, n, j, m)]


def _surely(step: Step, stretches: coarse.Stretches) -> Step:
    """With the coarse search's probability that it has no counterpart."""
    linked = stretches.zh[step.i] if step.a else stretches.en[step.j]
    return Step(step.i, step.j, step.a, step.b, float(np.clip(1 - linked, 0, 1)))


def _ratio(zh: Side, en: Side, stretches: coarse.Stretches) -> float | None:
    """log(English / Chinese characters) of what the coarse search links."""
    chinese = english = 0.0
    for i, j, a, b in stretches.path:
        if a and b:
            chinese += zh.lengths[i + a] - zh.lengths[i]
            english += en.lengths[j + b] - en.lengths[j]
    return float(np.log(english / chinese)) if chinese and english else None
