"""Sentences that answer to more sentences than a block may hold.

One sentence of Classical Chinese may string a dozen clauses together that the English gives as a dozen
sentences. The search then leaves both alone at one place. Such a sentence is cut into its clauses, these are
aligned with what stands alone beside it, and what its clauses find is one link."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np

from duizhao.alignments import search, sides
from duizhao.alignments.fine import Step
from duizhao.alignments.frames import Frame
from duizhao.alignments.sides import LONGEST, Side

if TYPE_CHECKING:
    from duizhao.alignments.encoder import Encoder

FEW = 3  # sentences that stand alone beside the others, at most
SURE = 0.9  # probability from which on the link of a sentence with many clauses is left as it is
REACH = 48  # sentences of the others that are looked at, at most
CLAUSES = 6  # of a sentence that may answer to more than a block holds, at least
ENOUGH = 0.5  # of its characters: a sentence is linked if so much of it finds a counterpart
# Marks behind which a sentence is cut: the strong ones where that gives parts enough.
_CUTS = [re.compile(rf"[^{marks}]+[{marks}]*[”’」』]?") for marks in (";；﹔", ",，;；:：﹔、")]


@dataclass(frozen=True, slots=True)
class Place:
    """Where both sides stand alone: sentences ``i0 … i1 - 1`` and ``j0 … j1 - 1``."""

    i0: int
    i1: int
    j0: int
    j1: int


def linked(
    zh: Side, en: Side, layout: tuple[Frame, Frame], steps: Sequence[Step], encoder: Encoder
) -> list[Step]:
    """The same path, with links for sentences longer than a block where they stood alone or were linked with
    a part of what they answer to."""

    def tried(run: list[Step]) -> list[Step]:
        place = _place(run)
        found = _search(zh, en, layout, place, encoder) if place else []
        return _filled(run, found) if found else run

    def doubtful(step: Step) -> bool:
        return _alone(step) or _doubtful(zh, en, step)

    out: list[Step] = []
    for run in _runs(steps, doubtful):
        better = [step for part in _runs(run, _alone) for step in tried(part)]
        out += better if better != run else tried(run)
    return out


def clauses(text: str) -> list[str]:
    """A sentence cut behind its semicolons, or where those are few behind its commas and colons too."""
    return next((found for cut in _CUTS if len(found := cut.findall(text)) >= CLAUSES), [text])


def _runs(steps: Sequence[Step], open_: Callable[[Step], bool]) -> Iterator[list[Step]]:
    """Open steps that follow each other on both sides together, each other step by itself."""
    run: list[Step] = []
    for step in steps:
        if run and (not open_(step) or (step.i, step.j) != (run[-1].i + run[-1].a, run[-1].j + run[-1].b)):
            yield run
            run = []
        if open_(step):
            run.append(step)
        else:
            yield [step]
    if run:
        yield run


def _alone(step: Step) -> bool:
    return not (step.a and step.b)


def _doubtful(zh: Side, en: Side, step: Step) -> bool:
    """Whether one sentence with many clauses is linked, and not surely."""
    if step.probability >= SURE or min(step.a, step.b) > 1:
        return False
    longer = zh.texts[step.i] if step.a == 1 else en.texts[step.j]
    return max(step.a, step.b) > 1 and len(clauses(longer)) >= CLAUSES


def _place(run: Sequence[Step]) -> Place | None:
    """Where few sentences stand beside more than a block may hold."""
    first, last = run[0], run[-1]
    place = Place(first.i, last.i + last.a, first.j, last.j + last.b)
    few, many = sorted([place.i1 - place.i0, place.j1 - place.j0])
    return place if 0 < few <= FEW and many > LONGEST and len(run) > 1 else None


def _search(zh: Side, en: Side, layout: tuple[Frame, Frame], place: Place, encoder: Encoder) -> list[Step]:
    """Links of those that stand alone, where one of the few has many clauses."""
    rows, columns = np.arange(place.i0, place.i1), np.arange(place.j0, place.j1)
    chinese = len(rows) < len(columns)
    own, others = (rows, columns) if chinese else (columns, rows)
    texts = (zh if chinese else en).texts
    cut = [clauses(texts[k]) for k in own.tolist()]
    if max(map(len, cut)) < CLAUSES:
        return []
    owner = np.repeat(own, [len(x) for x in cut])
    parts = sides.prepare(list(chain(*cut)), "zh" if chinese else "en", encoder)
    for some in dict.fromkeys([(0, REACH), (max(0, len(others) - REACH), len(others))]):
        near = others[slice(*some)]
        if chinese:
            given = parts, en.part(near), (layout[0].part(owner), layout[1].part(near))
        else:
            given = zh.part(near), parts, (layout[0].part(near), layout[1].part(owner))
        found = joined(search.search(*given), owner.tolist(), near.tolist(), parts.lengths.tolist(), chinese)
        if found:
            return found
    return []


def joined(
    steps: Sequence[Step],
    owner: Sequence[int],
    near: Sequence[int],
    lengths: Sequence[float],
    chinese: bool,
) -> list[Step]:
    """Links of whole sentences from the links of their clauses: from the first to the last sentence that
    those of one find, if half of it finds any. Sentences that a link of clauses spans are linked together.

    ``owner``: of each clause its sentence; ``near``: the sentences beside them; ``lengths``: (clauses + 1,)
    running sum of characters; ``chinese``: whether the clauses are Chinese."""
    groups: list[tuple[int, int, int, int, float, float]] = []
    for step in steps:
        if not (step.a and step.b):
            continue
        own, other = (step.zh, step.en) if chinese else (step.en, step.zh)
        first, last = owner[own[0]], owner[own[-1]]
        low, high = near[other[0]], near[other[-1]]
        size = lengths[own[-1] + 1] - lengths[own[0]]
        if groups and first <= groups[-1][1]:
            before = groups.pop()
            first, low = before[0], min(low, before[2])
            size, likely = size + before[4], min(before[5], step.probability)
            high = max(high, before[3])
        else:
            likely = step.probability
        groups.append((first, last, low, high, size, likely))
    out: list[Step] = []
    for first, last, low, high, size, likely in groups:
        whole = lengths[bisect_right(owner, last)] - lengths[bisect_left(owner, first)]
        after = not out or low >= (out[-1].j + out[-1].b if chinese else out[-1].i + out[-1].a)
        if size < ENOUGH * whole or not after:
            continue
        own_size, other_size = last - first + 1, high - low + 1
        if chinese:
            out.append(Step(first, low, own_size, other_size, likely))
        else:
            out.append(Step(low, first, other_size, own_size, likely))
    return out


def _filled(run: Sequence[Step], found: Sequence[Step]) -> list[Step]:
    """The run with these links in place of its own."""
    zh = {i: _odd(s) for s in run for i in s.zh}
    en = {j: _odd(s) for s in run for j in s.en}
    out: list[Step] = []
    i, j = run[0].i, run[0].j
    for step in [*found, Step(run[-1].i + run[-1].a, run[-1].j + run[-1].b, 0, 0, 0.0)]:
        out += [Step(k, j, 1, 0, zh[k]) for k in range(i, step.i)]
        out += [Step(step.i, k, 0, 1, en[k]) for k in range(j, step.j)]
        i, j = step.i + step.a, step.j + step.b
        if step.a:
            out.append(step)
    return out


def _odd(step: Step) -> float:
    """Probability that a sentence of a step stands alone."""
    return step.probability if _alone(step) else 1 - step.probability
