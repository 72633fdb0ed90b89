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
from numpy.typing import NDArray

from duizhao.alignments import coarse, search, sides
from duizhao.alignments.fine import Step
from duizhao.alignments.frames import Frame
from duizhao.alignments.sides import LONGEST, Side

if TYPE_CHECKING:
    from duizhao.alignments.encoder import Encoder

FEW = 3  # sentences that stand alone beside the others, at most
SURE = 0.9  # probability from which on the link of a sentence with many clauses is left as it is
REACH = 48  # sentences of the others that are looked at, at most
CLAUSES = 6  # of a sentence that may answer to more than a block holds, at least
ENOUGH = 0.7  # a sentence is linked if so much of it, and of what it spans, finds a counterpart
USUAL = 100  # Chinese characters that the usual ratio of lengths counts for
UNEVEN = 0.5  # log: its length may differ so much from what the text's other links lead to expect
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
    zh: Side,
    en: Side,
    layout: tuple[Frame, Frame],
    steps: Sequence[Step],
    encoder: Encoder,
    sentences: int | None = None,
) -> list[Step]:
    """The same path, with links for sentences longer than a block where they stood alone or were linked with
    a part of what they answer to. ``sentences``: see `search.search`."""
    ratio = _ratio(zh, en, steps)
    whole = sentences or len(zh) + len(en)

    def tried(run: list[Step]) -> list[Step]:
        place = _place(run)
        found = _search(zh, en, layout, place, ratio, encoder, whole) if place else []
        better = _better(found, run)
        return _filled(run, better) if better != [x for x in run if not _alone(x)] else run

    out = [step for run in _runs(steps, _alone) for step in tried(run)]
    # Then what is linked with a part: next to that, what was just found stands fast.
    runs = _runs(out, lambda step: _alone(step) or _doubtful(zh, en, step))
    return [step for run in runs for step in (run if all(map(_alone, run)) else tried(run))]


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


def _better(found: Sequence[Step], run: Sequence[Step]) -> list[Step]:
    """The blocks of a run, with each link found in place of those that it cannot stand beside, where it is
    surer than these or leaves none of their sentences alone."""
    blocks = [step for step in run if not _alone(step)]
    for link in found:
        rivals = [x for x in blocks if not (_before(x, link) or _before(link, x))]
        surest = max((x.probability for x in rivals), default=0.0)
        whole = all(set(x.zh) <= set(link.zh) and set(x.en) <= set(link.en) for x in rivals)
        if link.probability > surest or whole:
            blocks = [*(x for x in blocks if x not in rivals), link]
    return sorted(blocks, key=lambda step: step.i)


def _before(one: Step, other: Step) -> bool:
    return one.zh.stop <= other.i and one.en.stop <= other.j


def _alone(step: Step) -> bool:
    return not (step.a and step.b)


def _doubtful(zh: Side, en: Side, step: Step) -> bool:
    """Whether a block links one sentence with many clauses, and not surely."""
    if step.probability >= SURE or min(step.a, step.b) > 1 or not 1 < max(step.a, step.b) <= LONGEST:
        return False
    longer = zh.texts[step.i] if step.a == 1 else en.texts[step.j]
    return len(clauses(longer)) >= CLAUSES


def _place(run: Sequence[Step]) -> Place | None:
    """Where few sentences stand beside more than a block of the coarse search may hold."""
    first, last = run[0], run[-1]
    place = Place(first.i, last.i + last.a, first.j, last.j + last.b)
    few, many = sorted([place.i1 - place.i0, place.j1 - place.j0])
    return place if 0 < few <= FEW and many > coarse.LONGEST and len(run) > 1 else None


def _ratio(zh: Side, en: Side, steps: Sequence[Step]) -> float:
    """log(English / Chinese characters) of what is surely linked, drawn to what is usual where that is
    little."""
    sure = [step for step in steps if not _alone(step) and step.probability >= SURE]
    chinese, english = _characters(zh, en, sure).sum(0)
    return float(np.log((english + USUAL * np.exp(coarse.RATIO)) / (chinese + USUAL)))


def _characters(zh: Side, en: Side, steps: Sequence[Step]) -> NDArray[np.float64]:
    """Characters of steps on both sides, (steps, 2)."""
    i, a, j, b = (np.array([getattr(x, name) for x in steps], np.int64) for name in "iajb")
    return np.column_stack([zh.lengths[i + a] - zh.lengths[i], en.lengths[j + b] - en.lengths[j]])


def _search(
    zh: Side,
    en: Side,
    layout: tuple[Frame, Frame],
    place: Place,
    ratio: float,
    encoder: Encoder,
    sentences: int,
) -> list[Step]:
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
    for first in dict.fromkeys([0, max(0, len(others) - REACH)]):
        near = others[first : first + REACH]
        if chinese:
            frames = layout[0].part(owner), layout[1].part(near)
            found = search.search(parts, en.part(near), frames, sentences=sentences)
        else:
            frames = layout[0].part(near), layout[1].part(owner)
            found = search.search(zh.part(near), parts, frames, sentences=sentences)
            found = [step.turned() for step in found]
        whole = joined(found, owner.tolist(), near.tolist(), parts.lengths.tolist())
        if not chinese:
            whole = [step.turned() for step in whole]
        if whole and (abs(np.log(_characters(zh, en, whole)) @ [-1, 1] - ratio) < UNEVEN).all():
            return whole
    return []


def joined(
    steps: Sequence[Step], owner: Sequence[int], near: Sequence[int], lengths: Sequence[float]
) -> list[Step]:
    """Links of whole sentences from the links of their clauses: from the first to the last sentence that
    those of one find, if most of it finds any and most of those are found. Sentences that a link of clauses
    spans are linked together.

    ``owner``: of each clause (the steps' first side) its sentence; ``near``: the sentences beside them;
    ``lengths``: (clauses + 1,) running sum of characters."""
    # Links, how many characters of their clauses find something, how many sentences these find.
    groups: list[tuple[Step, float, int]] = []
    for step in steps:
        if _alone(step):
            continue
        first, last = owner[step.i], owner[step.i + step.a - 1]
        low, high = near[step.j], near[step.j + step.b - 1]
        size, met, likely = lengths[step.i + step.a] - lengths[step.i], step.b, step.probability
        if groups and first in groups[-1][0].zh:
            before, found, others = groups.pop()
            first, low, high = before.i, min(low, before.j), max(high, before.en[-1])
            size, met, likely = size + found, met + others, min(likely, before.probability)
        groups.append((Step(first, low, last + 1 - first, high + 1 - low, likely), size, met))
    out: list[Step] = []
    for step, size, met in groups:
        whole = lengths[bisect_right(owner, step.zh[-1])] - lengths[bisect_left(owner, step.i)]
        enough = size >= ENOUGH * whole and met >= ENOUGH * step.b
        if enough and not (out and step.j < out[-1].en.stop):
            out.append(step)
    return out


def _filled(run: Sequence[Step], blocks: Sequence[Step]) -> list[Step]:
    """The run with these blocks, all else alone."""
    zh = {i: _odd(s) for s in run for i in s.zh}
    en = {j: _odd(s) for s in run for j in s.en}
    out: list[Step] = []
    i, j = run[0].i, run[0].j
    for step in [*blocks, Step(run[-1].i + run[-1].a, run[-1].j + run[-1].b, 0, 0, 0.0)]:
        out += [Step(k, j, 1, 0, zh[k]) for k in range(i, step.i)]
        out += [Step(step.i, k, 0, 1, en[k]) for k in range(j, step.j)]
        i, j = step.i + step.a, step.j + step.b
        if step.a:
            out.append(step)
    return out


def _odd(step: Step) -> float:
    """Probability that a sentence of a step stands alone."""
    return step.probability if _alone(step) else 1 - step.probability
