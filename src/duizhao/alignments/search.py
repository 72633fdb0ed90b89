"""From two prepared sides to links: anchors, the coarse search, the fine search among what it keeps."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from duizhao.alignments import anchors, coarse, frames, moved, sections, windows
from duizhao.alignments.fine import Step
from duizhao.alignments.frames import Frame
from duizhao.alignments.model import Weights, model_weights
from duizhao.alignments.sides import Side

Ints = NDArray[np.int64]

GAP = 3  # sentences alone in a row, from which on the rest is searched without them


def search(
    zh: Side,
    en: Side,
    layout: tuple[Frame, Frame],
    weights: Weights | None = None,
    sentences: int | None = None,
) -> list[Step]:
    """Links of two sides, every sentence once, in the order of the path. Both sides may be empty.

    ``weights``: others than the shipped ones. ``sentences``: of the texts that the two are parts of, both
    sides together; None: they are whole.
    """
    return _search(zh, en, layout, weights or model_weights(), sentences or len(zh) + len(en), True)


def _search(
    zh: Side, en: Side, layout: tuple[Frame, Frame], weights: Weights, sentences: int, arrange: bool
) -> list[Step]:
    """``arrange``: whether passages may stand in another order."""
    n, m = len(zh), len(en)
    if not n or not m:
        return alone(0, n, 0, m)
    chain = anchors.anchors(zh.vectors[0], en.vectors[0])
    known = coarse.known(zh, en)
    stretches = windows.stretches(zh, en, layout, chain, known)
    if arrange and stretches.longest_gap() > GAP:
        order = moved.order(zh, en, layout, stretches, known)
        if order is not None:
            found = _search(zh, en.part(order), (layout[0], layout[1].part(order)), weights, sentences, False)
            return [replace(step, j=int(order[step.j]) if step.b else m) for step in found]
    if (groups := sections.grouped(layout, stretches.links())) is not None:
        layout = groups
        stretches = windows.stretches(zh, en, layout, chain, known)
    del known  # 2 kB a sentence, and the fine search needs the room
    left = narrowed(zh, en, layout, stretches, sentences)
    if left is None:
        return [_surely(step, stretches) for step in alone(0, n, 0, m)]
    steps: list[Step] = []
    i = j = 0
    for step in windows.solve(left, weights):
        i0 = int(left.kept_zh[step.i]) if step.a else i
        j0 = int(left.kept_en[step.j]) if step.b else j
        steps += [_surely(x, stretches) for x in alone(i, i0, j, j0)]
        steps.append(Step(i0, j0, step.a, step.b, step.probability))
        i, j = i0 + step.a, j0 + step.b
    return steps + [_surely(x, stretches) for x in alone(i, n, j, m)]


def alone(i0: int, i1: int, j0: int, j1: int) -> list[Step]:
    """Every sentence of these ranges alone."""
    return [Step(i, j0, 1, 0, 1.0) for i in range(i0, i1)] + [Step(i1, j, 0, 1, 1.0) for j in range(j0, j1)]


def narrowed(
    zh: Side, en: Side, layout: tuple[Frame, Frame], stretches: coarse.Stretches, sentences: int
) -> windows.Texts | None:
    """What the fine search is to see: everything, or where a longer run stands alone, what is left without
    the sentences that do so for sure; None where nothing is left. ``sentences``: see `search`."""
    if stretches.longest_gap() > GAP:
        kept_zh, kept_en = stretches.kept(0), stretches.kept(1)
    else:
        kept_zh, kept_en = np.arange(len(zh)), np.arange(len(en))
    if not len(kept_zh) or not len(kept_en):
        return None
    where_zh = {i: k for k, i in enumerate(kept_zh.tolist())}
    where_en = {j: k for k, j in enumerate(kept_en.tolist())}
    return windows.Texts(
        zh,
        en,
        layout,
        kept_zh,
        kept_en,
        [(where_zh[i], where_en[j]) for i, j in stretches.pairs()],
        (frames.seams(kept_zh, len(zh)), frames.seams(kept_en, len(en))),
        (stretches.alone(0)[kept_zh], stretches.alone(1)[kept_en]),
        _ratio(zh, en, stretches),
        sentences,
    )


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
