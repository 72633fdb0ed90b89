"""The searches of long texts, a window at a time, so that memory does not grow with the text.

A window ends at an anchor. What it says of its last sentences is not believed, since it does not know what
follows: its links are taken up to the surest cut some way before, and the next window begins there. A link
hardly depends on text far away, so that windows give nearly what the whole would: words count as rare as they
are in the window, which changes about one link in a thousand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from duizhao.alignments import anchors, coarse, fine
from duizhao.alignments.coarse import Known, Stretches
from duizhao.alignments.features import Around
from duizhao.alignments.fine import Step
from duizhao.alignments.frames import Frame
from duizhao.alignments.lattice import Corridor
from duizhao.alignments.model import Weights, coarse_weights
from duizhao.alignments.sides import Side

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

CELLS = 1_500_000  # a coarse search of a corridor with fewer is done at once
WINDOW = 4000  # sentences of both sides together from which on a window ends at the next anchor
MARGIN = 120  # of these the last are not believed
ZONE = 240  # before which the surest cut among so many is looked for
END = 2  # sentences at either end of a text
ROWS, COLUMNS = 8, 8  # corridor around the anchors


@dataclass(frozen=True, slots=True)
class Texts:
    """What is searched: of both sides the sentences ``kept_zh`` and ``kept_en`` (rising numbers); all else in
    the numbers of those. ``chain``: pairs that belong together; ``seams``, ``alone``, ``sentences``: see
    `features.Around`; ``ratio``: see `blocks.measure`."""

    zh: Side
    en: Side
    layout: tuple[Frame, Frame]
    kept_zh: Ints
    kept_en: Ints
    chain: Sequence[tuple[int, int]]
    seams: tuple[Ints, Ints]
    alone: tuple[Floats, Floats]
    ratio: float | None
    sentences: int

    def corridor(self) -> Corridor:
        """Where the path may run."""
        return anchors.corridor(list(self.chain), len(self.kept_zh), len(self.kept_en), ROWS, COLUMNS)

    def whole(self) -> fine.Problem:
        """The whole as one problem, for training."""
        return self.problem(self.corridor(), (0, 0), (len(self.kept_zh), len(self.kept_en)))

    def problem(self, corridor: Corridor, begin: tuple[int, int], end: tuple[int, int]) -> fine.Problem:
        """The problem between two cuts."""
        rows, columns = slice(begin[0], end[0]), slice(begin[1], end[1])
        zh, en = self.kept_zh[rows], self.kept_en[columns]
        return fine.problem(
            self.zh.part(zh),
            self.en.part(en),
            _between(corridor, begin, end),
            (self.layout[0].part(zh), self.layout[1].part(en)),
            Around(
                (self.seams[0][begin[0] : end[0] + 1], self.seams[1][begin[1] : end[1] + 1]),
                (self.alone[0][rows], self.alone[1][columns]),
                (_at_end(zh, len(self.zh)), _at_end(en, len(self.en))),
                self.sentences,
            ),
            self.ratio,
        )


def _at_end(numbers: Ints, total: int) -> Floats:
    """1 for the sentences that begin or end a text of so many."""
    return ((numbers < END) | (numbers >= total - END)).astype(np.float64)


def _between(corridor: Corridor, begin: tuple[int, int], end: tuple[int, int]) -> Corridor:
    """What of a corridor lies between two cuts."""
    low, high = (
        np.clip(side[begin[0] : end[0] + 1], begin[1], end[1]) - begin[1]
        for side in (corridor.low, corridor.high)
    )
    return Corridor(low, high)


def solve(texts: Texts, weights: Weights) -> list[Step]:
    """The best path over all that is kept, each link with its probability."""
    corridor = texts.corridor()
    whole = len(texts.kept_zh), len(texts.kept_en)
    steps: list[Step] = []
    begin = 0, 0
    while begin != whole:
        end = _end(texts.chain, begin, whole)
        found = fine.solve(texts.problem(corridor, begin, end), weights)
        if end != whole:
            found = found[: _surest(found, end[0] - begin[0] + end[1] - begin[1])]
        steps += [step.shifted(*begin) for step in found]
        begin = steps[-1].i + steps[-1].a, steps[-1].j + steps[-1].b
    return steps


def stretches(
    zh: Side, en: Side, layout: tuple[Frame, Frame], chain: Sequence[tuple[int, int]], known: Known
) -> Stretches:
    """The coarse search around the anchors ``chain``."""
    whole = len(zh), len(en)
    corridor = coarse.corridor(list(chain), *whole)
    if corridor.cells <= CELLS:
        return coarse.search(zh, en, corridor, coarse_weights(), layout, known)
    path: list[tuple[int, int, int, int]] = []
    odds: list[float] = []
    linked = np.zeros(whole[0]), np.zeros(whole[1])
    begin = 0, 0
    while begin != whole:
        end = _end(chain, begin, whole)
        rows, columns = np.arange(begin[0], end[0]), np.arange(begin[1], end[1])
        found = coarse.search(
            zh.part(rows),
            en.part(columns),
            _between(corridor, begin, end),
            coarse_weights(),
            (layout[0].part(rows), layout[1].part(columns)),
            known.part(rows, columns),
        )
        count = len(found.path)
        if end != whole:
            steps = [Step(i, j, a, b, _least(found, i, j, a, b)) for i, j, a, b in found.path]
            count = _surest(steps, len(rows) + len(columns))
        path += [(i + begin[0], j + begin[1], a, b) for i, j, a, b in found.path[:count]]
        odds += found.odds[:count]
        after = path[-1][0] + path[-1][2], path[-1][1] + path[-1][3]
        linked[0][begin[0] : after[0]] = found.zh[: after[0] - begin[0]]
        linked[1][begin[1] : after[1]] = found.en[: after[1] - begin[1]]
        begin = after
    return Stretches(path, odds, *linked)


def _least(found: Stretches, i: int, j: int, a: int, b: int) -> float:
    """The least probability that a sentence of this block has a counterpart."""
    return float(min([1.0, *found.zh[i : i + a], *found.en[j : j + b]]))


def _end(chain: Sequence[tuple[int, int]], begin: tuple[int, int], whole: tuple[int, int]) -> tuple[int, int]:
    """The first anchor a window's length behind ``begin``; the end of the text, if that is not far."""
    if sum(whole) - sum(begin) > WINDOW + WINDOW // 2:
        for i, j in chain:
            if i + j - sum(begin) >= WINDOW and i > begin[0] and j > begin[1]:
                return i, j
    return whole


def _surest(steps: Sequence[Step], total: int) -> int:
    """How many steps of a window with ``total`` sentences are taken: up to the cut with the surest links on
    both sides."""
    best, taken = (False, -1.0), 1
    for k in range(1, len(steps)):
        left, right = steps[k - 1], steps[k]
        at = right.i + right.j
        if at > total - MARGIN:
            break
        if at < total - MARGIN - ZONE:
            taken = k
            continue
        linked = min(left.a, left.b, right.a, right.b) > 0
        sure = linked, min(left.probability, right.probability)
        if sure > best:
            best, taken = sure, k
    return taken
