"""Assigned ids: how versions and works get theirs, and how sentences keep theirs when a text is edited.

The rules and their reasons stand in ``docs/decisions/0001-identity.md``.
"""

from __future__ import annotations

import bisect
import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass
from itertools import pairwise

NEAR = 0.5
"""Two sentences are nearly equal from this share of common character pairs: one word changed in a short
sentence still passes, two sentences that only share a construction do not."""

JOINED = 0.8
"""A split or merge must keep this share: stricter than NEAR, because a join always shares some of its
parts."""

PARTS = 4
"""At most so many sentences come out of one split, or go into one merge."""

EXACT_CELLS = 250_000
"""Up to this size a run without unique texts is compared exactly (about 0.1 s); above it greedily."""

BAND = 16
"""In a rewritten run of more than BAND_FROM cells, near equality is sought this many places off the
diagonal, so that the work grows with the length of the run and not with its square."""

BAND_FROM = 4_000


@dataclass(frozen=True, slots=True)
class Assigned:
    """The ids of the new sentences, in order.

    ``aliases``: (old id, new id) for each sentence that was split or merged, in the order of the old ids;
    a split gives one alias a part. ``gone``: old ids that no sentence carries and no alias leads on from.
    """

    ids: tuple[str, ...]
    aliases: tuple[tuple[str, str], ...] = ()
    gone: tuple[str, ...] = ()


def derive(prefix: str, taken: Callable[[str], bool], *parts: str) -> str:
    """An id from names: ``prefix`` and ten hex digits; another one where that one is ``taken``."""
    attempt = 0
    while True:
        seed = "\0".join([prefix, *parts, *([str(attempt)] if attempt else [])])
        candidate = prefix + hashlib.sha256(seed.encode("utf-8", "surrogatepass")).hexdigest()[:10]
        if not taken(candidate):
            return candidate
        attempt += 1


def assign(old: Sequence[tuple[str, str]], new: Sequence[str], mint: Callable[[], str]) -> Assigned:
    """Give each new sentence an id: the old one where it is the same sentence, else a fresh one from
    ``mint``.

    ``old``: (id, text) in reading order; ``new``: texts in reading order. ``mint`` must never give an id
    twice. Time grows about linearly with the number of sentences.
    """
    before = [text for _, text in old]
    equal = _equal_in_order(before, new)
    kept: dict[int, int] = {j: i for i, j in equal}
    joins: list[tuple[range, range]] = []
    edges = [(-1, -1), *equal, (len(before), len(new))]
    for (i, j), (next_i, next_j) in pairwise(edges):
        matches, joined = _near(before, new, range(i + 1, next_i), range(j + 1, next_j))
        kept.update((b, a) for a, b in matches)
        joins.extend(joined)
    taken_old = set(kept.values()) | {i for olds, _ in joins for i in olds}
    taken_new = set(kept) | {j for _, news in joins for j in news}
    kept.update((j, i) for i, j in _moved(before, new, taken_old, taken_new))

    ids = [old[kept[j]][0] if j in kept else mint() for j in range(len(new))]
    aliases = tuple((old[i][0], ids[j]) for olds, news in joins for i in olds for j in news)
    known = set(kept.values()) | {i for olds, _ in joins for i in olds}
    gone = tuple(identifier for i, (identifier, _) in enumerate(old) if i not in known)
    return Assigned(tuple(ids), aliases, gone)


def _equal_in_order(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Index pairs of equal texts, ascending on both sides: common ends, then unique texts as anchors (the
    "patience" method of B. Cohen), and between anchors the same again."""
    found: list[tuple[int, int]] = []
    stack = [(0, len(old), 0, len(new))]
    while stack:
        a, b, c, d = stack.pop()
        while a < b and c < d and old[a] == new[c]:
            found.append((a, c))
            a, c = a + 1, c + 1
        while a < b and c < d and old[b - 1] == new[d - 1]:
            b, d = b - 1, d - 1
            found.append((b, d))
        if a == b or c == d:
            continue
        anchors = _anchors(old, new, a, b, c, d)
        if anchors:
            edges = [(a - 1, c - 1), *anchors, (b, d)]
            found.extend(anchors)
            stack.extend((i + 1, k, j + 1, m) for (i, j), (k, m) in pairwise(edges))
        elif (b - a) * (d - c) <= EXACT_CELLS:
            found.extend(_longest(old, new, a, b, c, d))
        else:
            found.extend(_greedy(old, new, a, b, c, d))
    return sorted(found)


def _anchors(old: Sequence[str], new: Sequence[str], a: int, b: int, c: int, d: int) -> list[tuple[int, int]]:
    """The longest ascending chain of texts that occur once in each run."""
    counts_old, counts_new = Counter(old[a:b]), Counter(new[c:d])
    where = {new[j]: j for j in range(c, d) if counts_new[new[j]] == 1}
    pairs = [(i, where[old[i]]) for i in range(a, b) if counts_old[old[i]] == 1 and old[i] in where]
    tails: list[int] = []
    ends: list[int] = []
    previous = [-1] * len(pairs)
    for n, (_, j) in enumerate(pairs):
        k = bisect.bisect_left(tails, j)
        previous[n] = ends[k - 1] if k else -1
        if k == len(tails):
            tails.append(j)
            ends.append(n)
        else:
            tails[k], ends[k] = j, n
    chain: list[tuple[int, int]] = []
    n = ends[-1] if ends else -1
    while n >= 0:
        chain.append(pairs[n])
        n = previous[n]
    return chain[::-1]


def _longest(old: Sequence[str], new: Sequence[str], a: int, b: int, c: int, d: int) -> list[tuple[int, int]]:
    """A longest common subsequence of two runs, by the textbook table."""
    width = d - c + 1
    table = [[0] * width for _ in range(b - a + 1)]
    for i in range(b - a - 1, -1, -1):
        row, below, text = table[i], table[i + 1], old[a + i]
        for j in range(width - 2, -1, -1):
            row[j] = below[j + 1] + 1 if text == new[c + j] else max(below[j], row[j + 1])
    found: list[tuple[int, int]] = []
    i = j = 0
    while i < b - a and j < d - c:
        if old[a + i] == new[c + j]:
            found.append((a + i, c + j))
            i, j = i + 1, j + 1
        elif table[i + 1][j] >= table[i][j + 1]:
            i += 1
        else:
            j += 1
    return found


def _greedy(old: Sequence[str], new: Sequence[str], a: int, b: int, c: int, d: int) -> list[tuple[int, int]]:
    """Each old text with the next equal new one: not the longest, but in linear time."""
    places: defaultdict[str, list[int]] = defaultdict(list)
    for j in range(c, d):
        places[new[j]].append(j)
    found: list[tuple[int, int]] = []
    free = c
    # A look-ahead beyond the size of the run's change would leave everything after it unmatched.
    reach = abs((b - a) - (d - c)) + BAND
    for i in range(a, b):
        spots = places.get(old[i])
        if not spots:
            continue
        k = bisect.bisect_left(spots, free)
        if k < len(spots) and spots[k] - free <= reach:
            found.append((i, spots[k]))
            free = spots[k] + 1
    return found


def _near(
    old: Sequence[str], new: Sequence[str], olds: range, news: range
) -> tuple[list[tuple[int, int]], list[tuple[range, range]]]:
    """The best monotone matching of two runs by near equality: (index pairs, splits and merges)."""
    if not olds or not news:
        return [], []
    grams_old = [_grams(old[i]) for i in olds]
    grams_new = [_grams(new[j]) for j in news]
    height, width = len(olds), len(news)
    banded = height * width > BAND_FROM
    best: list[dict[int, float]] = [{} for _ in range(height + 1)]
    step: dict[tuple[int, int], tuple[int, int]] = {}
    for i in range(height + 1):
        low, high = 0, width
        if banded:
            middle = i * width // height
            slack = BAND + width // height
            low, high = max(0, middle - slack), min(width, middle + slack)
        for j in range(low, high + 1):
            value, move = max(best[i - 1].get(j, 0.0) if i else 0.0, 0.0), (1, 0)
            if j and best[i].get(j - 1, 0.0) > value:
                value, move = best[i][j - 1], (0, 1)
            for m, n in _MOVES:
                if m > i or n > j or (j - n) not in best[i - m]:
                    continue
                score = _score(grams_old[i - m : i], grams_new[j - n : j])
                if score and best[i - m][j - n] + score > value:
                    value, move = best[i - m][j - n] + score, (m, n)
            best[i][j] = value
            step[i, j] = move
    return _walk(step, olds, news)


_MOVES = [(1, 1), *((1, n) for n in range(2, PARTS + 1)), *((m, 1) for m in range(2, PARTS + 1))]


def _walk(
    step: dict[tuple[int, int], tuple[int, int]], olds: range, news: range
) -> tuple[list[tuple[int, int]], list[tuple[range, range]]]:
    matches: list[tuple[int, int]] = []
    joins: list[tuple[range, range]] = []
    i, j = len(olds), len(news)
    while i > 0 and j > 0:
        m, n = step.get((i, j), (1, 0))
        if (m, n) == (1, 1):
            matches.append((olds[i - 1], news[j - 1]))
        elif m and n:
            joins.append((olds[i - m : i], news[j - n : j]))
        i, j = i - m, j - n
    return matches[::-1], joins[::-1]


def _grams(text: str) -> Counter[str]:
    """Pairs of adjacent letters and digits, with the two ends; of all characters where there are no
    letters."""
    letters = "".join(filter(str.isalnum, text)) or text
    return Counter(map("".join, zip(_START + letters, letters + _END, strict=True)))


_START, _END = "\x02", "\x03"


def _score(olds: Sequence[Counter[str]], news: Sequence[Counter[str]]) -> float:
    """Dice's coefficient of the character pairs, times the sentences matched; 0 below the threshold."""
    if len(olds) != len(news):
        return _joined(olds, news)
    left, right = olds[0], news[0]
    sizes = left.total() + right.total()
    if 2 * min(left.total(), right.total()) < NEAR * sizes:
        return 0.0
    share = 2 * _common(left, right) / sizes
    return share if share >= NEAR else 0.0


def _joined(olds: Sequence[Counter[str]], news: Sequence[Counter[str]]) -> float:
    """The same for one sentence and its parts. The ends do not count, and each part has to be found in the
    whole by half: else a short sentence put in beside an edited one would pass for a split."""
    (whole,), parts = (olds, news) if len(olds) == 1 else (news, olds)
    inner = whole.total() - 2
    total = sum(part.total() - 2 for part in parts)
    if 2 * min(inner, total) < JOINED * (inner + total):
        return 0.0
    common = 0
    for part in parts:
        found = _common(part, whole, ends=False)
        if not found or found < NEAR * (part.total() - 2):
            return 0.0
        common += found
    share = 2 * common / (inner + total)
    return share * len(parts) if share >= JOINED else 0.0


def _common(left: Counter[str], right: Counter[str], ends: bool = True) -> int:
    if len(left) > len(right):
        left, right = right, left
    return sum(
        min(count, right[gram])
        for gram, count in left.items()
        if gram in right and (ends or (gram[0] != _START and gram[-1] != _END))
    )


def _moved(
    old: Sequence[str], new: Sequence[str], taken_old: Container[int], taken_new: Container[int]
) -> list[tuple[int, int]]:
    """Equal texts that occur once among what is left on each side, wherever they stand."""
    left = [(i, text) for i, text in enumerate(old) if i not in taken_old]
    right = [(j, text) for j, text in enumerate(new) if j not in taken_new]
    counts_left, counts_right = Counter(t for _, t in left), Counter(t for _, t in right)
    where = {text: j for j, text in right if counts_right[text] == 1}
    return [(i, where[text]) for i, text in left if counts_left[text] == 1 and text in where]
