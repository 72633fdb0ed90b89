"""The coarse search: which stretches of two texts belong together at all.

Log-odds of every small block against chance come from a logistic model of a few numbers (`odds`); a pair-HMM
with affine gaps (`lattice`) finds the stretches. What it leaves alone is kept out of the fine search, so that
prefaces, notes, other works and missing chapters cannot disturb it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from duizhao.alignments import anchors, frames
from duizhao.alignments.frames import Frame
from duizhao.alignments.lattice import NEVER, Corridor, Scores, best_path, posterior
from duizhao.alignments.shared_words import EVEN, SharedWords, shared_words
from duizhao.alignments.sides import Side

Floats = NDArray[np.float64]
Singles = NDArray[np.float32]
Ints = NDArray[np.int64]

TYPES: tuple[tuple[int, int], ...] = (
    (1, 1),
    (1, 2),
    (2, 1),
    (1, 3),
    (3, 1),
    (2, 2),
    (1, 4),
    (2, 3),
    (3, 2),
    (4, 1),
)
# Shares of the types in the gold links of the novels, smoothed by hand.
PRIOR = np.log(np.array([0.60, 0.14, 0.08, 0.04, 0.02, 0.03, 0.02, 0.02, 0.015, 0.01]))
NAMES = (
    *("cos", "z zh", "z en", "lead zh", "lead en", "|d|", "d^2", "log size"),
    *("words zh", "words en", "words", "bias"),
)
SAMPLE = 256  # blocks of the other side that show what chance gives
NEAREST = 4
RATIO = np.log(3.8)  # English characters to one Chinese, as a rule; the fine search measures its own
LONGEST = 4  # sentences on one side of a block at most
LIMIT = 12.0  # log-odds beyond this are no surer
OPEN, STEP = -6.0, -0.3  # a run of sentences alone begins; goes on
HEADING_OPEN = -1.5  # begins at a heading, where the other side has few
ROWS = 64
WIDE_ROWS, WIDE_COLUMNS = 20, 10  # corridor around the anchors
SMALL = 250_000  # cells up to which none is needed
SURE = 10.0  # log-odds of standing alone beyond this say no more
NEAR, POSSIBLE = 2, 0.2  # sentences kept around linked ones; probability that keeps one in


@dataclass(frozen=True, slots=True)
class Chance:
    """What chance gives the blocks of one type: mean, deviation and mean of the nearest few cosines with
    sampled blocks of the other side, for each first sentence, (3, n) and (3, m)."""

    zh: Singles
    en: Singles


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of two texts before they are searched: what chance gives the blocks of each type, and
    what words have in common."""

    chances: tuple[Chance, ...]
    words: SharedWords

    def part(self, zh: Ints, en: Ints) -> Known:
        """The same for these sentences only, in this order."""
        return Known(
            tuple(
                Chance(
                    one.zh[:, np.minimum(zh, one.zh.shape[1] - 1)],
                    one.en[:, np.minimum(en, one.en.shape[1] - 1)],
                )
                for one in self.chances
            ),
            self.words.part(zh, en),
        )


@dataclass(frozen=True, slots=True)
class Stretches:
    """What the coarse search found. ``path``: steps (i, j, a, b); ``odds``: of each step, log-odds of its
    block against chance, 0 for a sentence alone; ``zh``, ``en``: for each sentence the probability of having
    a counterpart."""

    path: list[tuple[int, int, int, int]]
    odds: list[float]
    zh: Floats
    en: Floats

    def longest_gap(self) -> int:
        """Sentences in the longest run that the path leaves alone on one side."""
        longest = zh = en = 0
        for _, _, a, b in self.path:
            zh, en = (0, 0) if a and b else (zh + a, en + b)
            longest = max(longest, zh, en)
        return longest

    def alone(self, side: int) -> Floats:
        """Log-odds of each sentence of one side standing alone, within ±SURE."""
        linked = np.clip((self.zh, self.en)[side], 0.0, 1.0)
        least = np.exp(-SURE)
        out: Floats = np.clip(np.log((1 - linked + least) / (linked + least)), -SURE, SURE)
        return out

    def pairs(self) -> list[tuple[int, int]]:
        """First sentences of the linked blocks."""
        return [(i, j) for i, j, a, b in self.path if a and b]

    def links(self) -> list[tuple[int, int, float]]:
        """First sentences of the linked blocks, with their log-odds."""
        return [(i, j, odds) for (i, j, a, b), odds in zip(self.path, self.odds, strict=True) if a and b]

    def kept(self, side: int) -> Ints:
        """Numbers of the sentences of one side (0 Chinese, 1 English) that are linked, may be, or stand
        near."""
        probability = (self.zh, self.en)[side]
        on = probability > POSSIBLE
        for step in self.path:
            if step[2] and step[3]:
                on[step[side] : step[side] + step[2 + side]] = True
        return np.flatnonzero(_widen(on))


def _widen(on: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """On, or at most NEAR away from it."""
    out = on.copy()
    for shift in range(1, min(NEAR, len(on) - 1) + 1):
        out[shift:] |= on[:-shift]
        out[:-shift] |= on[shift:]
    return out


def corridor(chain: list[tuple[int, int]], n: int, m: int) -> Corridor:
    """Everything, if that is little; else the wide corridor around the anchors."""
    if (n + 1) * (m + 1) <= SMALL:
        return Corridor(np.zeros(n + 1, np.int64), np.full(n + 1, m))
    return anchors.corridor(chain, n, m, WIDE_ROWS, WIDE_COLUMNS)


def known(zh: Side, en: Side) -> Known:
    """What is known of two texts, neither of them empty."""
    found = []
    for a, b in TYPES:
        left, right = (
            zh.vectors[a - 1, : max(1, len(zh) - a + 1)],
            en.vectors[b - 1, : max(1, len(en) - b + 1)],
        )
        found.append(Chance(_statistics(left, right), _statistics(right, left)))
    return Known(tuple(found), shared_words(zh.read, en.read))


def _statistics(blocks: NDArray[np.float16], others: NDArray[np.float16]) -> Singles:
    out = np.zeros((3, len(blocks)), np.float32)
    if not len(blocks) or not len(others):
        return out
    chosen = np.unique(np.linspace(0, len(others) - 1, min(SAMPLE, len(others))).astype(np.int64))
    sample = others[chosen].astype(np.float32).T
    few = min(NEAREST, len(chosen))
    for first in range(0, len(blocks), 512):
        near = blocks[first : first + 512].astype(np.float32) @ sample
        here = slice(first, first + 512)
        out[0, here], out[1, here] = near.mean(axis=1), near.std(axis=1) + 1e-3
        out[2, here] = np.partition(near, -few, axis=1)[:, -few:].mean(axis=1)
    return out


def columns(
    cos: Floats,
    zh_chance: Singles,
    en_chance: Singles,
    lengths: tuple[Floats, Floats],
    words: tuple[Floats, Floats, Floats],
) -> list[NDArray[np.floating]]:
    """The numbers of NAMES but the bias, for blocks: from the cosine, both sides' chances (mean, deviation,
    nearest), lengths in characters, what the words have in common beyond chance and their weights."""
    chinese, english = lengths
    d = np.minimum(np.abs(np.log(np.maximum(english, 1)) - np.log(np.maximum(chinese, 1)) - RATIO), 2)
    common, zh_weight, en_weight = words
    zh_scale, en_scale = np.sqrt(zh_weight + EVEN), np.sqrt(en_weight + EVEN)
    return [
        cos,
        (cos - zh_chance[0]) / zh_chance[1],
        (cos - en_chance[0]) / en_chance[1],
        cos - zh_chance[2],
        cos - en_chance[2],
        d,
        d * d,
        np.log(np.minimum(chinese * np.exp(RATIO), english) + 1),
        common / zh_scale,
        common / en_scale,
        common / np.maximum(zh_scale, en_scale),
    ]


@dataclass(frozen=True, slots=True)
class _Terms:
    """What one side's blocks of one length bring to their log-odds, by first sentence: the sum of `columns`
    times weights, taken apart so that few numbers are computed for every cell."""

    slope: Singles  # of the cosine
    offset: Singles
    log_length: Singles
    size: Singles
    scale: Singles  # of what the words have in common


def _terms(
    lengths: Floats, weight: Floats, chance: Singles, count: int, model: dict[str, float], side: str
) -> _Terms:
    """``lengths``, ``weight``: running sums of the characters and of the weights of the words."""
    size = len(lengths) - count
    characters = np.maximum(lengths[count:] - lengths[:size], 1) * (np.exp(RATIO) if side == "zh" else 1.0)
    mean, deviation, nearest = chance[:, :size].astype(np.float64)
    z, lead = model[f"z {side}"], model[f"lead {side}"]
    return _Terms(
        *(
            x.astype(np.float32)
            for x in (
                z / deviation + lead + model["cos"] / 2,
                model["bias"] / 2 - z * mean / deviation - lead * nearest,
                np.log(characters),
                np.log(characters + 1),
                np.sqrt(weight[count:] - weight[:size] + EVEN),
            )
        )
    )


def odds(zh: Side, en: Side, corridor: Corridor, weights: Floats, found: Known) -> Singles:
    """Log-odds of all blocks in the corridor, (types, cells), by the cell they end at; NEVER where there is
    none."""
    model = dict(zip(NAMES, weights.tolist(), strict=True))
    out = np.full((len(TYPES), corridor.cells), NEVER, np.float32)
    offsets, low, high = corridor.offsets, corridor.low, corridor.high
    n, words = len(zh), found.words
    terms = {
        kind: (
            _terms(zh.lengths, words.zh_weight, found.chances[kind].zh, a, model, "zh"),
            _terms(en.lengths, words.en_weight, found.chances[kind].en, b, model, "en"),
        )
        for kind, (a, b) in enumerate(TYPES)
        if a <= n and b <= len(en)
    }
    for first in range(0, n + 1, ROWS):
        last = min(n + 1, first + ROWS)
        j0, j1 = int(low[first]), int(high[last - 1]) + 1
        i_left, j_left = max(0, first - LONGEST), max(0, j0 - LONGEST)
        common = _running_table(words, slice(i_left, last - 1), slice(j_left, j1 - 1))
        for kind, (a, b) in enumerate(TYPES):
            i_start, j_start = max(0, first - a), max(0, j0 - b)
            i_stop, j_stop = last - a, j1 - b
            if i_stop <= i_start or j_stop <= j_start:
                continue
            rows, cols = slice(i_start, i_stop), slice(j_start, j_stop)
            up, left = i_start - i_left, j_start - j_left
            inside = common[up + a :, left + b :] - common[up:-a, left + b :]
            inside -= common[up + a :, left:-b] - common[up:-a, left:-b]
            score = _scores(
                zh.vectors[a - 1, rows], en.vectors[b - 1, cols], terms[kind], (rows, cols), inside, model
            )
            for i in range(i_start + a, last):
                k0, k1 = max(int(low[i]), j_start + b), int(high[i]) + 1
                if k1 > k0:
                    cell = int(offsets[i]) - int(low[i])
                    out[kind, cell + k0 : cell + k1] = score[
                        i - a - i_start, k0 - b - j_start : k1 - b - j_start
                    ]
    return out


def _running_table(words: SharedWords, rows: slice, columns: slice) -> Singles:
    """Running sums, over rows and columns, of what sentences have in common."""
    table = np.zeros(
        (max(0, rows.stop - rows.start) + 1, max(0, columns.stop - columns.start) + 1), np.float32
    )
    if table.shape[0] > 1 and table.shape[1] > 1:
        table[1:, 1:] = words.table(rows, columns).cumsum(axis=0).cumsum(axis=1)
    return table


def _scores(
    zh: NDArray[np.float16],
    en: NDArray[np.float16],
    terms: tuple[_Terms, _Terms],
    where: tuple[slice, slice],
    common: Singles,
    model: dict[str, float],
) -> Singles:
    """Log-odds of the blocks of one type that begin at these sentences."""
    (left, right), (rows, cols) = terms, where

    def both(name: str) -> tuple[Singles, Singles]:
        return getattr(left, name)[rows, None], getattr(right, name)[None, cols]

    score = zh.astype(np.float32) @ en.astype(np.float32).T
    score *= np.add(*both("slope"))
    score += np.add(*both("offset"))
    d = np.subtract(*both("log_length"))
    np.abs(d, out=d)
    np.minimum(d, 2, out=d)
    score += d * (np.float32(model["|d|"]) + np.float32(model["d^2"]) * d)
    score += np.float32(model["log size"]) * np.minimum(*both("size"))
    zh_scale, en_scale = both("scale")
    shares = np.float32(model["words zh"]) / zh_scale + np.float32(model["words en"]) / en_scale
    score += common * (shares + np.float32(model["words"]) / np.maximum(zh_scale, en_scale))
    np.clip(score, -LIMIT, LIMIT, out=score)
    return score


def search(
    zh: Side,
    en: Side,
    corridor: Corridor,
    weights: Floats,
    layout: tuple[Frame, Frame],
    found: Known | None = None,
) -> Stretches:
    """Find the stretches that belong together. ``found``: `known` of the two, where it is there already."""
    blocks = odds(zh, en, corridor, weights, found or known(zh, en))
    blocks += PRIOR.astype(np.float32)[:, None]
    width = corridor.high - corridor.low + 1
    i = np.repeat(np.arange(len(zh) + 1), width)
    j = np.arange(len(i)) - corridor.offsets[i] + corridor.low[i]
    (zh_open, zh_step), (en_open, en_step) = (_alone(*layout), _alone(*layout[::-1]))
    scores = Scores(corridor, TYPES, blocks, zh_step[i], en_step[j], zh_open, en_open)
    frames.forbid(scores, layout)
    likely = posterior(scores, blocks=False)
    path = best_path(scores)
    return Stretches(
        path,
        _odds_along(path, scores),
        1.0 - np.bincount(i, likely.zh_step, len(zh) + 1)[1:].astype(np.float64),
        1.0 - np.bincount(j, likely.en_step, len(en) + 1)[1:].astype(np.float64),
    )


def _alone(frame: Frame, other: Frame) -> tuple[Floats, Singles]:
    """What a run of sentences alone costs to begin before each sentence of a side, and to go on with the
    sentence before each cut, (n + 1,) both. A heading costs little where the other side has less than half as
    many; text behind it makes up for that."""
    begin, step = np.full(len(frame.kinds) + 1, OPEN), np.full(len(frame.kinds) + 1, STEP, np.float32)
    heading = frame.kinds >= frames.HEADING
    if (other.kinds >= frames.HEADING).sum() < heading.sum() / 2:
        begin[:-1][heading] = HEADING_OPEN
        step[2:][heading[:-1] & ~heading[1:]] += OPEN - HEADING_OPEN
    return begin, step


def _odds_along(path: Sequence[tuple[int, int, int, int]], scores: Scores) -> list[float]:
    """Log-odds of the steps of a path."""
    kinds = {kind: number for number, kind in enumerate(scores.types)}
    i0, j0, a, b = np.array(path, np.int64).reshape(-1, 4).T
    kind = np.array([kinds.get(step[2:], -1) for step in path], np.int64)
    cell = scores.corridor.offsets[i0 + a] + j0 + b - scores.corridor.low[i0 + a]
    out: list[float] = np.where(kind >= 0, scores.blocks[kind, cell], 0.0).tolist()
    return out
