"""Counterparts by what the documents say: neighbours, scores, rivals, one to one, then further versions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from duizhao.pairs import model
from duizhao.pairs.evidence import Table
from duizhao.pairs.neighbours import candidates
from duizhao.pairs.profiles import Profile

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

ACCEPT = 0.5  # documents are counterparts from this probability on


@dataclass(frozen=True, slots=True)
class Scored:
    """Pairs of documents by number, sorted, each with its log odds by itself."""

    zh: Ints
    en: Ints
    score: Floats


def counterparts(zh: Sequence[Profile], en: Sequence[Profile]) -> list[tuple[int, int, float]]:
    """(Chinese document, English document, probability) of all that are counterparts, sorted. Neither the
    order of the documents nor a second copy of one matters; one without words has no counterpart."""
    from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

    left, right = _different(zh), _different(en)
    if not left or not right:
        return []
    with threadpool_limits(limits=1, user_api="blas"):  # so that sums do not depend on the machine's cores
        found = decide(scored([zh[same[0]] for same in left], [en[same[0]] for same in right]))
    return sorted(
        (i, j, round(probability, 4))
        for (a, b), probability in found.items()
        for i in left[a]
        for j in right[b]
    )


def likelihood(zh: Profile, en: Profile) -> float:
    """Probability that two documents are counterparts, seen by themselves; 0 if one has no words."""
    if not _different([zh]) or not _different([en]):
        return 0.0
    pairs = scored([zh], [en])
    numbers = rivalled(pairs, np.zeros(1, bool))
    return round(float(model.probability(numbers, model.weights("among", model.AMONG))[0]), 4)


def _different(profiles: Sequence[Profile]) -> list[list[int]]:
    """Numbers of equal documents together, in an order that follows from their content alone."""
    same: defaultdict[bytes, list[int]] = defaultdict(list)
    for number, one in enumerate(profiles):
        if one.words:
            same[one.digest].append(number)
    return [same[digest] for digest in sorted(same)]


def scored(zh: Sequence[Profile], en: Sequence[Profile]) -> Scored:
    """The neighbours and their log odds."""
    table = Table(zh, en)
    rows, columns = candidates(*table.directions())
    numbers = evidence(table, rows, columns)
    return Scored(rows, columns, numbers @ model.weights("alone", model.ALONE))


def evidence(table: Table, rows: Ints, columns: Ints) -> Floats:
    """The numbers of `model.ALONE` for pairs sorted by rows."""
    chance = table.chance()
    few = 1 / (1 + min(len(table.zh), len(table.en)))
    parts = [np.zeros((0, len(model.ALONE)))]
    bounds = np.searchsorted(rows, np.arange(len(table.zh) + 1))
    for i in range(len(table.zh)):
        others = columns[bounds[i] : bounds[i + 1]]
        if len(others):
            parts.append(
                model.alone(
                    table.compare(i, others),
                    table.lengths(i, others),
                    (table.sizes[0][i], table.sizes[1][others]),
                    (chance[0][i], chance[1][others]),
                    few,
                )
            )
    return np.concatenate(parts)


def decide(pairs: Scored) -> dict[tuple[int, int], float]:
    """Pairs with their probabilities: the surest first, one to one, none below ACCEPT; and those that are
    further versions of what a pair holds."""
    weights = model.weights("among", model.AMONG)
    sure = model.probability(rivalled(pairs, np.zeros(len(pairs.zh), bool)), weights)
    taken = one_to_one(pairs, sure)
    more = versions(pairs, taken, sure)
    if more:  # they are no rivals
        free = np.zeros(len(pairs.zh), bool)
        free[list(more)] = True
        sure = model.probability(rivalled(pairs, free), weights)
    kept = [k for k in taken if sure[k] >= ACCEPT]
    found = {(int(pairs.zh[k]), int(pairs.en[k])): float(sure[k]) for k in kept}
    known = {i for i, _ in found}, {j for _, j in found}
    for k, probability in more.items():
        i, j = int(pairs.zh[k]), int(pairs.en[k])
        if i in known[0] or j in known[1]:
            found[i, j] = probability
    return found


def rivalled(pairs: Scored, free: NDArray[np.bool_]) -> Floats:
    """The numbers of `model.AMONG`; pairs that are ``free`` are rivals of none."""
    zh, en = (leads(group, pairs.score, free) for group in (pairs.zh, pairs.en))
    return model.among(pairs.score, zh, en)


def leads(group: Ints, score: Floats, free: NDArray[np.bool_]) -> Floats:
    """How far each pair's score is above that of the best other pair of its group that is not free; more than
    MOST_LEAD where there is none."""
    nothing = -2 * (model.MOST_LEAD + model.MOST_SCORE)
    counted = np.where(free, nothing, np.clip(score, -model.MOST_SCORE, model.MOST_SCORE))
    size = int(group.max(initial=-1)) + 1
    best, second = np.full(size, nothing), np.full(size, nothing)
    first = np.full(size, -1)
    order = np.lexsort((-np.arange(len(group)), counted))
    first[group[order]] = order
    others = np.arange(len(group)) != first[group]
    np.maximum.at(best, group, counted)
    np.maximum.at(second, group[others], counted[others])
    own = np.clip(score, -model.MOST_SCORE, model.MOST_SCORE)
    lead: Floats = own - np.where(others, best[group], second[group])
    return lead


def one_to_one(pairs: Scored, sure: Floats) -> list[int]:
    """Numbers of pairs, the surest first, each document once. The unsure ones are still among them: they may
    be so only because a further version is their rival."""
    taken = []
    zh, en = set[int](), set[int]()
    for k in np.lexsort((pairs.en, pairs.zh, -pairs.score, -sure)).tolist():
        i, j = int(pairs.zh[k]), int(pairs.en[k])
        if i not in zh and j not in en:
            zh.add(i)
            en.add(j)
            taken.append(k)
    return taken


def versions(pairs: Scored, taken: Sequence[int], sure: Floats) -> dict[int, float]:
    """Numbers of further pairs with their probabilities: another translation of a document that has one, or
    another form of the original. In two rounds, so that what belongs to one work is known in the second."""
    found: dict[int, float] = {}
    for _ in range(2):
        chosen = further(pairs, taken, sure, found)
        likely = model.probability(
            model.version(pairs.score[chosen]), model.weights("version", model.VERSION)
        )
        found = {k: float(p) for k, p in zip(chosen.tolist(), likely.tolist(), strict=True) if p >= ACCEPT}
    return found


def further(pairs: Scored, taken: Sequence[int], sure: Floats, known: Collection[int] = ()) -> Ints:
    """Numbers of pairs that share a document with one of ``taken`` and go better together than the other
    document with any other work. ``known``: pairs already found to be versions; what they and ``taken``
    connect is one work."""
    partner: tuple[dict[int, int], dict[int, int]] = ({}, {})
    works = _Works()
    for k in taken:
        if sure[k] >= ACCEPT or pairs.score[k] > 0:
            i, j = int(pairs.zh[k]), int(pairs.en[k])
            partner[0][i], partner[1][j] = k, k
            works.join((0, i), (1, j))
    for k in known:
        works.join((0, int(pairs.zh[k])), (1, int(pairs.en[k])))
    documents = pairs.zh, pairs.en
    around: tuple[defaultdict[int, list[int]], ...] = (defaultdict(list), defaultdict(list))
    for side in (0, 1):
        for k, document in enumerate(documents[side].tolist()):
            around[side][document].append(k)

    def best_here(k: int, side: int) -> bool:
        """Whether no other work's document goes better with the pair's document on ``side``."""
        other = documents[1 - side]
        own = works.first((1 - side, int(other[k])))
        return all(
            pairs.score[k] > pairs.score[rival] or works.first((1 - side, int(other[rival]))) == own
            for rival in around[side][int(documents[side][k])]
        )

    chosen = []
    for k in np.flatnonzero(pairs.score > 0).tolist():
        sides = [partner[side].get(int(documents[side][k])) for side in (0, 1)]
        # A document that has its counterpart may have many versions; the one without tells, else both.
        asked = [side for side in (0, 1) if sides[side] is None] or [0, 1]
        if sides != [None, None] and k not in sides and all(best_here(k, side) for side in asked):
            chosen.append(k)
    return np.array(chosen, np.int64)


class _Works:
    """Documents, as (side, number), that belong to one work."""

    def __init__(self) -> None:
        self._leads: dict[tuple[int, int], tuple[int, int]] = {}

    def first(self, document: tuple[int, int]) -> tuple[int, int]:
        """The document that stands for its work."""
        while document in self._leads:
            document = self._leads[document]
        return document

    def join(self, one: tuple[int, int], other: tuple[int, int]) -> None:
        """Make their works one."""
        one, other = self.first(one), self.first(other)
        if one != other:
            self._leads[other] = one
