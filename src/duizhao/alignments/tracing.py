"""Words traced to the sentences they come from, and what that says of blocks.

A hidden Markov model in each direction: a word's state is the sentence of the other side that it was
translated from; its emissions are the scores of `evidence` (times a temperature), its transitions stay inside
a sentence or move on by one, more freely between sentences than within. Two things come out of it:

- the mass of every sentence in every sentence of the other side, Σ min(rarity, 4) · probability, from which
  follows how much of a block's words leaks out of it, and where;
- the probability that all words of a block's one side come from its other side at once, order included.

Texts are read in chunks of some sentences with some more around them, many chunks at once: the model forgets
fast, so that this gives what one run over the whole would.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from duizhao.alignments.blocks import Candidates
from duizhao.alignments.evidence import RAREST, WIDTH, Scores, Words
from duizhao.alignments.sides import LONGEST

Floats = NDArray[np.float64]
Singles = NDArray[np.float32]
Ints = NDArray[np.int64]

# Chosen on the development texts. Probability of moving by −1, 0, 1, 2, 3 sentences from word to word.
INSIDE = np.array([0.02, 0.87, 0.09, 0.015, 0.005], np.float32)
BETWEEN_ZH = np.array([0.01, 0.25, 0.55, 0.14, 0.05], np.float32)
BETWEEN_EN = np.array([0.01, 0.42, 0.48, 0.07, 0.02], np.float32)
ANYWHERE = 1e-5  # of jumping to any sentence
TEMPERATURES = (0.7, 1.2)  # masses take the first, joint probabilities both
FLOOR = -9.0  # emissions of a word are at most e^9 apart
LEAST = 1e-4  # joint probabilities are not told apart below this
CHUNK, AROUND = 16, 6  # sentences of a chunk, and of the text before and behind that is read with it
AT_ONCE = 32  # chunks

LEAK_NAMES: tuple[str, ...] = (
    *(
        f"{side} {x}"
        for side in ("en", "zh")
        for x in ("before", "behind", "first before", "last behind", "worst sentence", "root", "log inside")
    ),
    "across the best inner cut",
)
COVERED_NAMES: tuple[str, ...] = (
    *(f"{side} {x}" for side in ("zh", "en") for x in ("covered", "covered size", "least covered")),
    "less covered",
)
TRACED_NAMES: tuple[str, ...] = (
    *COVERED_NAMES,
    *(f"traced {x}" for x in LEAK_NAMES),
    "traced has inner cut",
    *(
        f"joint {x} at {temperature:g}"
        for temperature in TEMPERATURES
        for x in ("en in zh", "zh in en", "less", "either")
    ),
)


@dataclass(frozen=True, slots=True)
class Masses:
    """How much of each sentence's words lies in each sentence of the other side: ``mass`` (sentences, WIDTH),
    beginning with sentence ``first`` (sentences,) of the other side."""

    first: Ints
    mass: Floats


@dataclass(frozen=True, slots=True)
class Chain:
    """One direction: emissions, forward and backward probabilities of a word's states, each (words, WIDTH)
    and each row scaled, and what the forward rows were divided by (words,)."""

    emission: Singles
    forward: Singles
    backward: Singles
    scale: Singles


def features(c: Candidates, words: tuple[Words, Words], scores: tuple[Scores, Scores]) -> NDArray[np.float64]:
    """What the traced words say of blocks, (candidates, len(TRACED_NAMES)). Chinese side first."""
    traced = [_traced(c, words, scores, temperature) for temperature in TEMPERATURES]
    leaks = leak_features(c, *traced[0][0])
    joint = [column for _, columns in traced for column in columns]
    covered = _covered(c, words, scores)
    return np.column_stack([covered, leaks, leaks[:, -1] > 0, *joint]).astype(np.float64)


def _traced(
    c: Candidates, words: tuple[Words, Words], scores: tuple[Scores, Scores], temperature: float
) -> tuple[tuple[Masses, Masses], list[Floats]]:
    """At one temperature the masses of both sides and the joint probabilities of blocks (English in Chinese,
    Chinese in English, the less of both, either)."""
    (zh, en), (zh_scores, en_scores) = words, scores
    i0, j0 = c.i - c.a, c.j - c.b
    of_zh = chain(zh, zh_scores, BETWEEN_ZH, temperature)
    inside_zh = _joint(zh, zh_scores.first, of_zh, BETWEEN_ZH, (i0, c.i, j0, c.j))
    zh_masses = _masses(zh, zh_scores, of_zh)
    del of_zh  # before the other, as large
    of_en = chain(en, en_scores, BETWEEN_EN, temperature)
    inside_en = _joint(en, en_scores.first, of_en, BETWEEN_EN, (j0, c.j, i0, c.i))
    joint = [inside_en, inside_zh, np.minimum(inside_en, inside_zh), np.logaddexp(inside_en, inside_zh)]
    return (zh_masses, _masses(en, en_scores, of_en)), joint


def chain(own: Words, scores: Scores, between: Singles, temperature: float) -> Chain:
    """Forward-backward over the words of one side."""
    top = scores.score.max(1, keepdims=True)
    there = np.isfinite(scores.score)
    lowered = np.maximum(temperature * (np.where(there, scores.score, 0) - top), FLOOR)
    emission = np.where(there, np.exp(lowered), 0).astype(np.float32)
    scale = np.ones(len(emission), np.float32)
    out = Chain(emission, np.zeros_like(emission), np.zeros_like(emission), scale)
    sentences = len(own.cuts) - 1
    cores = np.arange(0, sentences, CHUNK)
    for k in range(0, len(cores), AT_ONCE):
        _chunks(own, scores.first, between, cores[k : k + AT_ONCE], out)
    return out


def _chunks(own: Words, first: Ints, between: Singles, cores: Ints, out: Chain) -> None:
    """Some chunks at once, as arrays (steps, chunks, states); their inner parts are written to ``out``."""
    sentences = len(own.cuts) - 1
    ends = np.minimum(cores + CHUNK, sentences)
    low, high = np.maximum(cores - AROUND, 0), np.minimum(ends + AROUND, sentences)
    begin, lengths = own.cuts[low], own.cuts[high] - own.cuts[low]
    steps = int(lengths.max())
    if not steps:
        return
    state0 = np.array([first[a:b].min() for a, b in zip(low, high, strict=True)])
    states = max(int(first[a:b].max()) + WIDTH - int(s) for a, b, s in zip(low, high, state0, strict=True))
    live = np.arange(steps)[:, None] < lengths
    word = np.where(live, begin + np.arange(steps)[:, None], 0)
    place = np.where(live, first[own.sentence[word]] - state0, 0)
    cells = place[:, :, None] + np.arange(WIDTH)
    emission = np.zeros((steps, len(cores), states), np.float32)
    np.put_along_axis(emission, cells, np.where(live[:, :, None], out.emission[word], 0), 2)
    same = np.zeros(live.shape, bool)
    same[1:] = own.sentence[word[1:]] == own.sentence[word[:-1]]
    moves = np.where(same[:, :, None], INSIDE, between).transpose(0, 2, 1)[:, :, :, None]

    forward, scale = np.zeros_like(emission), np.ones(live.shape, np.float32)
    at = np.ones((len(cores), states), np.float32)
    for t in range(steps):
        value = (at if t == 0 else _step(at, moves[t], False)) * emission[t]
        total = value.sum(1)
        total[total <= 0] = 1
        value /= total[:, None]
        at = np.where(live[t][:, None], value, at)
        forward[t], scale[t] = value, total
    backward = np.zeros_like(emission)
    at = np.ones((len(cores), states), np.float32)
    for t in range(steps - 1, -1, -1):
        if t < steps - 1:
            value = _step(at * emission[t + 1], moves[t + 1], True)
            total = value.sum(1)
            total[total <= 0] = 1
            at = np.where(live[t + 1][:, None], value / total[:, None], at)
        backward[t] = at

    inner = live & (word >= own.cuts[cores]) & (word < own.cuts[ends])
    step, at_chunk = np.nonzero(inner)
    chosen, columns = word[inner], cells[inner]
    out.forward[chosen] = forward[step[:, None], at_chunk[:, None], columns]
    out.backward[chosen] = backward[step[:, None], at_chunk[:, None], columns]
    out.scale[chosen] = scale[inner]


def _step(at: Singles, moves: Singles, back: bool) -> Singles:
    """One transition of (chunks, states): where a state leads, or with ``back`` what leads to it. ``moves``:
    (5, chunks, 1)."""
    states = at.shape[1]
    padded = np.zeros((len(at), states + 4), np.float32)
    shift = 1 if back else 3
    padded[:, shift : shift + states] = at
    out = np.full_like(at, ANYWHERE / WIDTH)
    if back:
        out *= at.sum(1, keepdims=True)
    for k in range(5):
        start = k if back else 4 - k
        out += padded[:, start : start + states] * moves[k]
    return out


def _masses(own: Words, scores: Scores, found: Chain) -> Masses:
    posterior = found.forward * found.backward
    total = posterior.sum(1, keepdims=True)
    posterior /= np.where(total > 0, total, 1)
    posterior *= np.minimum(own.rarity, RAREST)[:, None]
    mass = np.zeros((len(own.cuts) - 1, WIDTH))
    filled = np.flatnonzero(np.diff(own.cuts))
    if len(filled):
        mass[filled] = np.add.reduceat(posterior.astype(np.float64), own.cuts[filled], axis=0)
    return Masses(scores.first, mass)


def _joint(
    own: Words, first: Ints, found: Chain, between: Singles, spans: tuple[Ints, Ints, Ints, Ints]
) -> Floats:
    """log(LEAST + probability that every word of the own sentences ``spans[0] … spans[1] - 1`` comes from
    the sentences ``spans[2] … spans[3] - 1``): the forward recursion kept to those states, over the free
    one."""
    own_begin, own_end, other_begin, other_end = spans
    begin, lengths = own.cuts[own_begin], own.cuts[own_end] - own.cuts[own_begin]
    out = np.zeros(len(begin))
    order = np.argsort(-lengths, kind="stable")
    order = order[lengths[order] > 0]
    if not len(order):
        return out
    lengths, begin, low = lengths[order], begin[order], other_begin[order]
    states = low[:, None] + np.arange(LONGEST)
    allowed = states < other_end[order][:, None]

    def at(values: Singles, word: Ints) -> Singles:
        count = len(word)
        column = states[:count] - first[own.sentence[word]][:, None]
        good = allowed[:count] & (column >= 0) & (column < WIDTH)
        return np.where(good, values[word[:, None], np.where(good, column, 0)], np.float32(0))

    inside = at(found.forward, begin)
    for k in range(1, int(lengths[0])):
        count = int(np.searchsorted(-lengths, -k, side="left"))
        word = begin[:count] + k
        same = own.sentence[word] == own.sentence[word - 1]
        moves = np.where(same[:, None], INSIDE, between).T[:, :, None]
        step = _step(inside[:count], moves, False) - ANYWHERE / WIDTH
        inside[:count] = step * at(found.emission, word) / found.scale[word][:, None]
    last = begin + lengths - 1
    kept = (inside * at(found.backward, last)).sum(1)
    total = (found.forward[last] * found.backward[last]).sum(1)
    out[order] = np.log(LEAST + np.minimum(1, kept / np.maximum(total, 1e-30)))
    return out


def coverage(own: Words, likeness: Singles, sentences: int) -> Floats:
    """Share of every sentence's words, by rarity, that some run of so many sentences of the other side
    covers, each word by its likest: (sentences of this side, WIDTH), by the run's first."""
    best = likeness.copy()
    for k in range(1, sentences):
        best[:, :-k] = np.maximum(best[:, :-k], likeness[:, k:])
    weight = np.minimum(own.rarity, RAREST)
    out = np.zeros((len(own.cuts) - 1, WIDTH))
    filled = np.flatnonzero(np.diff(own.cuts))
    if len(filled):
        sums = np.add.reduceat((best * weight[:, None]).astype(np.float64), own.cuts[filled], axis=0)
        out[filled] = sums / (np.add.reduceat(weight.astype(np.float64), own.cuts[filled])[:, None] + 1)
    return out


def _covered(c: Candidates, words: tuple[Words, Words], scores: tuple[Scores, Scores]) -> Floats:
    """How far the words of blocks have a likeness inside, (candidates, len(COVERED_NAMES))."""
    size = (c.a + c.b) / 2
    columns: list[Floats] = []
    shares: list[Floats] = []
    spans = ((c.i - c.a, c.a, c.j - c.b, c.b), (c.j - c.b, c.b, c.i - c.a, c.a))
    for own, score, (begin, count, other, run) in zip(words, scores, spans, strict=True):
        tables = [coverage(own, score.likeness, k) for k in range(1, LONGEST + 1)]
        total, least = np.zeros(len(begin)), np.ones(len(begin))
        for k in range(int(count.max(initial=0))):
            here = np.flatnonzero(count > k)
            row = begin[here] + k
            column = other[here] - score.first[row]
            inside = (column >= 0) & (column < WIDTH)
            for length in range(1, LONGEST + 1):
                some = (run[here] == length) & inside
                found = tables[length - 1][row[some], column[some]]
                total[here[some]] += found
                least[here[some]] = np.minimum(least[here[some]], found)
        share = total / count
        columns += [share, share * size, least]
        shares.append(share)
    return np.column_stack([*columns, np.minimum(*shares)])


def leak_features(c: Candidates, zh: Masses, en: Masses) -> Floats:
    """How much of the masses leaks out of blocks, and where: (candidates, len(LEAK_NAMES))."""
    i0, j0 = c.i - c.a, c.j - c.b
    columns: list[Floats] = []
    of_en = _leaks(en, j0, c.b, i0, c.i)
    of_zh = _leaks(zh, i0, c.a, j0, c.j)
    for total, before, behind, first_before, last_behind, worst in (of_en, of_zh):
        root = np.sqrt(total + 1)
        inside = np.where(total > 0, (total - before - behind) / (total + 1e-6), 1)
        columns += [before / root, behind / root, first_before, last_behind, 1 - worst]
        columns += [np.sqrt(before + behind), np.log(0.02 + inside)]
    return np.column_stack([*columns, _inner_cut(c, zh, en, of_zh[0], of_en[0])])


def _leaks(m: Masses, own: Ints, size: Ints, low: Ints, high: Ints) -> tuple[Floats, ...]:
    """Of blocks of ``size`` own sentences from ``own`` on against ``low … high - 1``: mass; mass before and
    behind; share of the first sentence that lies before, of the last that lies behind; the least share of a
    sentence that lies inside."""
    running = np.concatenate([np.zeros((len(m.mass), 1)), np.cumsum(m.mass, 1)], 1)
    total, before, behind, first_before, last_behind = (np.zeros(len(own)) for _ in range(5))
    worst = np.ones(len(own))
    for k in range(int(size.max(initial=0))):
        here = np.flatnonzero(size > k)
        row = own[here] + k
        whole = running[row, -1] + 1e-6
        left = running[row, np.clip(low[here] - m.first[row], 0, WIDTH)]
        right = running[row, -1] - running[row, np.clip(high[here] - m.first[row], 0, WIDTH)]
        total[here] += whole
        before[here] += left
        behind[here] += right
        some = whole > 1e-3
        worst[here] = np.minimum(worst[here], np.where(some, (whole - left - right) / whole, 1))
        if k == 0:
            first_before[here] = left / whole
        ends = size[here] == k + 1
        last_behind[here[ends]] = (right / whole)[ends]
    return total, before, behind, first_before, last_behind, worst


def _inner_cut(c: Candidates, zh: Masses, en: Masses, zh_total: Floats, en_total: Floats) -> Floats:
    """Mass that crosses the best cut of a block into two; 0 for blocks that cannot be cut."""
    out = np.zeros(len(c.a))
    for a, b in sorted({(x, y) for x, y in zip(c.a.tolist(), c.b.tolist(), strict=True) if x > 1 and y > 1}):
        here = np.flatnonzero((c.a == a) & (c.b == b))
        rows = (c.i[here] - a)[:, None] + np.arange(a)
        columns = (c.j[here] - b)[:, None] + np.arange(b)
        of_zh, of_en = _between(zh, rows, columns), _between(en, columns, rows)
        best = np.full(len(here), np.inf)
        for x in range(1, a):
            for y in range(1, b):
                crossing = [
                    of[:, :p, q:].sum((1, 2)) + of[:, p:, :q].sum((1, 2))
                    for of, p, q in ((of_zh, x, y), (of_en, y, x))
                ]
                cost = crossing[0] / np.sqrt(zh_total[here] + 1) + crossing[1] / np.sqrt(en_total[here] + 1)
                best = np.minimum(best, cost)
        out[here] = best
    return out


def _between(m: Masses, own: Ints, other: Ints) -> Floats:
    """Masses of the own sentences (blocks, a) in the others (blocks, b): (blocks, a, b)."""
    column = other[:, None, :] - m.first[own][:, :, None]
    inside = (column >= 0) & (column < WIDTH)
    return np.where(inside, m.mass[own[:, :, None], np.where(inside, column, 0)], 0)
