"""Which headed parts of the two sides are counterparts: by what is linked between them, and by number.

Sections that belong together for sure become a group, and no link leaves a group. Numbers count only where
the texts themselves bear them out: most of what the coarse search links between numbered sections must lie
between those of one number."""

from __future__ import annotations

from bisect import bisect
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np

from duizhao.alignments.frames import Frame

ENOUGH = 20.0  # log-odds of all its links from which on a section can be sure
SHARE = 0.6  # of a section's links that lie in one other
STRONG = 30.0  # log-odds of the links between two sections from which on they are not kept apart
DENSE = 0.25  # links to a sentence of a section that is translated, at least
PART = 0.25  # of such a section's links, from which on it goes with another
BORNE_OUT = 0.7  # share of the links between numbered sections that lie between equal numbers

Link = tuple[int, int, float]  # first sentences of a linked block, log-odds
Mass = dict[tuple[int, int], float]  # log-odds of the links between two sections


def grouped(layout: tuple[Frame, Frame], links: Sequence[Link]) -> tuple[Frame, Frame] | None:
    """The layout with the sections that belong together as groups; None where none do."""
    zh, en = layout
    if len(set(zh.sections.tolist())) < 2 or len(set(en.sections.tolist())) < 2:
        return None
    mass: Mass = defaultdict(float)
    for i, j, odds in links:
        mass[int(zh.sections[i]), int(en.sections[j])] += max(0.0, odds)
    pairs = {*_by_number(layout, mass), *_by_content(mass)}
    if not pairs:
        return None
    group = _components(sorted({*pairs, *_drawn_in(layout, links, pairs)}))
    return (
        replace(zh, groups=_labels(zh, {s: g for (side, s), g in group.items() if side == 0})),
        replace(en, groups=_labels(en, {s: g for (side, s), g in group.items() if side == 1})),
    )


def _by_content(mass: Mass) -> Iterable[tuple[int, int]]:
    """Pairs of sections of which one has most of its links in the other, or that have many links."""
    total: tuple[dict[int, float], ...] = (defaultdict(float), defaultdict(float))
    for pair, value in mass.items():
        for side in (0, 1):
            total[side][pair[side]] += value
    for pair, value in mass.items():
        near = any(total[k][pair[k]] >= ENOUGH and value >= SHARE * total[k][pair[k]] for k in (0, 1))
        if near or value >= STRONG:
            yield pair


def _drawn_in(
    layout: tuple[Frame, Frame], links: Sequence[Link], sure: set[tuple[int, int]]
) -> Iterable[tuple[int, int]]:
    """Pairs with sections too short to be sure of, since none of their links could lead into a group
    otherwise: a chapter here may be thirty there. Each goes with every section that has a good part of its
    links, if what surely belongs to that is the next sure section before or behind it. One that is hardly
    linked is no translation and stays out."""
    counts = Counter((int(layout[0].sections[i]), int(layout[1].sections[j])) for i, j, _ in links)
    for side in (0, 1):
        known = sorted({pair[side] for pair in sure})
        sizes = Counter(layout[side].sections.tolist())
        linked: Counter[int] = Counter()
        for pair, count in counts.items():
            linked[pair[side]] += count
        for pair, count in counts.items():
            section, other = pair[side], pair[1 - side]
            if section in known or linked[section] < DENSE * sizes[section]:
                continue
            partners = {known.index(x[side]) for x in sure if x[1 - side] == other}
            place = bisect(known, section)
            if count >= PART * linked[section] and (not partners or partners & {place - 1, place}):
                yield pair


def _by_number(layout: tuple[Frame, Frame], mass: Mass) -> Iterable[tuple[int, int]]:
    """Pairs of sections of one number, where numbers are unique and the links bear them out."""
    zh, en = ({key: s for s, key in _keys(frame).items()} for frame in layout)
    keys = [{s: key for key, s in side.items()} for side in (zh, en)]
    numbered = {pair: v for pair, v in mass.items() if pair[0] in keys[0] and pair[1] in keys[1]}
    agree = sum(v for (p, q), v in numbered.items() if keys[0][p] == keys[1][q])
    if agree < ENOUGH or agree < BORNE_OUT * sum(numbered.values()):
        return []
    return [(zh[key], en[key]) for key in zh if key in en]


def _keys(frame: Frame) -> dict[int, tuple[int, ...]]:
    """For each section with a number of its own what tells it from all others: its number, else the numbers
    of the sections around it as well."""
    for keys in (
        {s: path[-1:] for s, path in frame.numbers.items()},
        frame.numbers,
    ):
        counts = Counter(keys.values())
        if keys and max(counts.values()) == 1:
            return dict(keys)
    counts = Counter(frame.numbers.values())
    return {s: path for s, path in frame.numbers.items() if counts[path] == 1}


def _components(pairs: Sequence[tuple[int, int]]) -> dict[tuple[int, int], int]:
    """The group (from 1) of each (side, section) that is in a pair."""
    parent: dict[tuple[int, int], tuple[int, int]] = {}

    def root(x: tuple[int, int]) -> tuple[int, int]:
        parent.setdefault(x, x)
        while parent[x] != x:
            x = parent[x]
        return x

    for p, q in pairs:
        parent[root((1, q))] = root((0, p))
    roots = {r: k for k, r in enumerate(sorted({root(x) for x in list(parent)}), start=1)}
    return {x: roots[root(x)] for x in list(parent)}


def _labels(frame: Frame, group: dict[int, int]) -> np.ndarray[tuple[int, ...], np.dtype[np.int64]]:
    return np.array([group.get(s, 0) for s in frame.sections.tolist()], np.int64)
