"""Passages that stand in another order on the two sides.

The coarse search runs in one direction; what it leaves alone on both sides is searched again, without the
rest, until nothing more is found that chance would not give. The English text is then put into the order of
the Chinese one, with walls where it was cut, and everything else goes on as if it had always stood so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from duizhao.alignments import anchors, coarse, windows
from duizhao.alignments.coarse import NEAR, OPEN, STEP, Known, Stretches
from duizhao.alignments.fine import Step
from duizhao.alignments.frames import Frame
from duizhao.alignments.sides import Side

Ints = NDArray[np.int64]

SHORTEST = 4  # sentences in a run that may be a moved passage, on the longer side
BREAK = 4  # sentences alone in a row end a run
IN_ORDER = 8.0  # log-odds from which on a run found in order keeps its place
# Out of order a run needs log(cells searched) - CHANCE: the best of 3.6 million cells of texts that have
# nothing to do with each other had log-odds of 0.6, which leaves 5 to spare.
CHANCE = 9.5
ROUNDS = 40


def marks(steps: Sequence[Step]) -> list[bool]:
    """For each link whether it stands across the order of the rest: linked, and not on the chain with the
    most sentences that rises on both sides."""
    linked = sorted((k for k, step in enumerate(steps) if step.a and step.b), key=lambda k: steps[k].i)
    pairs = np.array([(steps[k].i, steps[k].j) for k in linked], np.int64).reshape(-1, 2)
    weights = np.array([steps[k].a + steps[k].b for k in linked], np.float64)
    rising = set(anchors.heaviest(pairs, weights))
    return [bool(step.a and step.b) and (step.i, step.j) not in rising for step in steps]


@dataclass(frozen=True, slots=True)
class Run:
    """Sentences ``zh`` … ``zh_end - 1`` and ``en`` … ``en_end - 1`` that run side by side. ``gain``: log-odds
    against their standing alone."""

    zh: int
    zh_end: int
    en: int
    en_end: int
    gain: float


def runs(stretches: Stretches, zh: Ints, en: Ints) -> Iterator[Run]:
    """The runs on a path over the sentences ``zh`` and ``en`` of a text (rising numbers): linked steps with
    no long gap between them and no sentence left out."""
    links: list[tuple[int, int, int, int, float]] = []
    last = 0, 0
    for (i, j, a, b), odds in zip(stretches.path, stretches.odds, strict=True):
        if not a or not b:
            continue
        now = int(zh[i]), int(zh[i + a - 1]) + 1, int(en[j]), int(en[j + b - 1]) + 1, odds
        if links:
            gap = now[0] - links[-1][1], now[2] - links[-1][3]
            if gap != (i - last[0], j - last[1]) or max(gap) >= BREAK:
                yield _run(links)
                links = []
        links.append(now)
        last = i + a, j + b
    if links:
        yield _run(links)


def _run(links: Sequence[tuple[int, int, int, int, float]]) -> Run:
    """One run, with the prices of what stands alone inside it."""
    gain = sum(link[4] for link in links)
    for before, after in pairwise(links):
        gain += sum(OPEN + STEP * (after[k] - before[k + 1]) for k in (0, 2) if after[k] > before[k + 1])
    return Run(links[0][0], links[-1][1], links[0][2], links[-1][3], gain + 2 * OPEN)


def order(zh: Side, en: Side, layout: tuple[Frame, Frame], first: Stretches, known: Known) -> Ints | None:
    """The English sentences in the order of the Chinese text; None where they stand so already.

    ``first``: what the coarse search found."""
    found: list[Run] = []
    stretches, free_zh, free_en = first, np.arange(len(zh)), np.arange(len(en))
    for _ in range(ROUNDS):
        bar = np.log(len(free_zh) * len(free_en)) - CHANCE if found else IN_ORDER
        sure = [
            run
            for run in runs(stretches, free_zh, free_en)
            if run.gain > bar and max(run.zh_end - run.zh, run.en_end - run.en) >= SHORTEST
        ]
        if not sure:
            break
        found += sure
        free_zh, free_en = (_free(len(side), found, k) for k, side in enumerate((zh, en)))
        if not len(free_zh) or not len(free_en):
            break
        stretches = _again(zh, en, layout, free_zh, free_en, known)
    found.sort(key=lambda run: run.zh)
    if all(a.en_end <= b.en for a, b in pairwise(found)):
        return None
    return _arranged(found, layout[1].sections)


def _free(size: int, found: Sequence[Run], side: int) -> Ints:
    """Sentences of one side in no run, but for those that stand alone in short stretches."""
    free = np.ones(size, np.bool_)
    for run in found:
        start, stop = ((run.zh, run.zh_end), (run.en, run.en_end))[side]
        free[start:stop] = False
    bounds = np.flatnonzero(np.diff(np.concatenate([[0], free, [0]])))
    for start, stop in bounds.reshape(-1, 2).tolist():
        if stop - start < SHORTEST - 1:
            free[start:stop] = False
    return np.flatnonzero(free)


def _again(
    zh: Side, en: Side, layout: tuple[Frame, Frame], free_zh: Ints, free_en: Ints, known: Known
) -> Stretches:
    """The coarse search among the free sentences only."""
    left, right = zh.part(free_zh), en.part(free_en)
    large = len(left) * len(right) > coarse.SMALL
    chain = anchors.anchors(left.vectors[0], right.vectors[0]) if large else []
    return windows.stretches(
        left, right, (layout[0].part(free_zh), layout[1].part(free_en)), chain, known.part(free_zh, free_en)
    )


def _arranged(found: Sequence[Run], sections: Ints) -> Ints:
    """English sentences in the order of the runs; the others go with the run before or behind them, cut where
    a section begins if one does between."""
    by_english = sorted(range(len(found)), key=lambda k: found[k].en)
    begins = np.flatnonzero(np.diff(sections)) + 1
    pieces: dict[int, tuple[int, int]] = {}
    start = 0
    for here, after in zip(by_english, [*by_english[1:], -1], strict=True):
        stop = len(sections)
        if after >= 0:
            end, begin = found[here].en_end, found[after].en
            between = begins[(begins >= end) & (begins <= begin)]
            if len(between):
                stop = int(between[-1])
            else:
                stop = max(end, begin - NEAR) if begin - end > 2 * NEAR else (end + begin + 1) // 2
        pieces[here] = start, stop
        start = stop
    return np.concatenate([np.arange(*pieces[k]) for k in range(len(found))])
