"""The fine search: a semi-Markov model over blocks (a linear-chain CRF whose labels span several sentences;
Sarawagi and Cohen 2004) with affine gaps, on the corridor that the anchors leave.

It runs three times, each time knowing more: by what blocks look like; by the words traced to their sentences,
with what was counted in the first links (`tracing`); by word links where the second links are in doubt
(`linked`)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from duizhao.alignments import blocks, evidence, features, frames, linked, tracing
from duizhao.alignments.frames import Frame
from duizhao.alignments.lattice import NEVER, Corridor, Scores, best_path, posterior
from duizhao.alignments.model import Layer, Weights
from duizhao.alignments.sides import Side

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

# What a block and a sentence alone cost in probability: of paths whose links are about as probable together,
# the one with fewer links, and fewer sentences alone.
BLOCK, ALONE = 0.1, 0.25


@dataclass(frozen=True, slots=True)
class Step:
    """One link of the path: where it begins, its numbers of sentences, its probability."""

    i: int
    j: int
    a: int
    b: int
    probability: float

    @property
    def zh(self) -> range:
        """Its Chinese sentences."""
        return range(self.i, self.i + self.a)

    @property
    def en(self) -> range:
        """Its English sentences."""
        return range(self.j, self.j + self.b)

    def shifted(self, i: int, j: int) -> Step:
        """The same in the numbers of a larger text."""
        return Step(self.i + i, self.j + j, self.a, self.b, self.probability)

    def turned(self) -> Step:
        """The same with its sides exchanged."""
        return Step(self.j, self.i, self.b, self.a, self.probability)


@dataclass(frozen=True, slots=True)
class Problem:
    """A pair of texts, ready for any weights: candidates with their features (candidates, names), quotation
    states of the cuts, gap features. ``texts``: the sentences of both sides, Chinese in Simplified
    characters."""

    texts: tuple[Sequence[str], Sequence[str]]
    corridor: Corridor
    found: blocks.Candidates
    block: Floats
    bonus: Floats
    zh_state: Ints
    en_state: Ints
    gaps: features.Gaps


def problem(
    zh: Side,
    en: Side,
    corridor: Corridor,
    layout: tuple[Frame, Frame],
    around: features.Around,
    ratio: float | None,
) -> Problem:
    """Measure all blocks in the corridor and keep those that a rough model finds possible.

    ``ratio``: see `blocks.measure`."""
    measures = blocks.measure(zh, en, corridor, ratio)
    rough = blocks.rough_scores(zh, en, measures, around.seams)
    frames.forbid(rough, layout)
    found = blocks.candidates(posterior(rough), corridor)
    bonus = frames.prices(*layout)[layout[0].kinds[found.i - found.a], layout[1].kinds[found.j - found.b]]
    return Problem(
        (zh.read, en.read),
        corridor,
        found,
        features.block_features(zh, en, measures, found),
        bonus,
        features.quotation_states(zh),
        features.quotation_states(en),
        features.gap_features(zh, en, measures, around),
    )


@dataclass(frozen=True, slots=True)
class Reading:
    """The words of both sides, and what was known of them before any text was aligned, Chinese first.
    ``first``: see `evidence.windows`; ``known``: see `evidence.known`; ``vectors``: (types, 512) each."""

    words: tuple[evidence.Words, evidence.Words]
    first: tuple[Ints, Ints]
    known: evidence.Strengths
    vectors: tuple[NDArray[np.float32], NDArray[np.float32]]


def read(p: Problem) -> Reading:
    """Read the words of a problem."""
    zh, en = evidence.read(p.texts[0], True), evidence.read(p.texts[1], False)
    vectors = evidence.vectors(zh, True), evidence.vectors(en, False)
    return Reading((zh, en), evidence.windows(p.corridor), evidence.known(zh, en), vectors)


def sources(reading: Reading, steps: Sequence[Step]) -> tuple[evidence.Strengths, evidence.Strengths]:
    """What links words, the Chinese types first: what was known, and what is counted in a path."""
    zh, en = reading.words
    return reading.known, evidence.counted(zh, en, [(s.zh, s.en) for s in steps if s.a and s.b])


def traced(
    p: Problem,
    reading: Reading,
    linking: tuple[evidence.Strengths, evidence.Strengths],
    weights: tuple[Floats, Floats],
) -> Problem:
    """The problem, knowing what traced words say. ``linking``: `sources`; ``weights``: of the names of word
    features, Chinese words first."""
    (zh, en), (zh_first, en_first), (zh_vectors, en_vectors) = reading.words, reading.first, reading.vectors
    turned = [x.turned() for x in linking]
    scores = (
        evidence.scored(zh, en, zh_first, linking, (zh_vectors, en_vectors), weights[0]),
        evidence.scored(en, zh, en_first, turned, (en_vectors, zh_vectors), weights[1]),
    )
    return replace(p, block=np.hstack([p.block, tracing.features(p.found, reading.words, scores)]))


def with_links(p: Problem, reading: Reading, steps: Sequence[Step]) -> Problem:
    """The problem, knowing what word links say where the path is in doubt."""
    doubtful = linked.passages([(s.zh, s.en, s.probability) for s in steps])
    told = linked.features(p.found, p.texts, reading.words, reading.first, doubtful)
    return replace(p, block=np.hstack([p.block, told]))


def solve(p: Problem, weights: Weights) -> list[Step]:
    """The best path after all three passes, each link with its probability."""
    reading = read(p)
    linking = sources(reading, first_path(p, weights.base))
    p = traced(p, reading, linking, (weights.zh_words, weights.en_words))
    return decode(with_links(p, reading, decode(p, weights.traced)), weights.linked)


def first_path(p: Problem, weights: Layer) -> list[Step]:
    """The path of the first pass, in whose links words are counted."""
    return [Step(*x, 1.0) for x in best_path(scores(p, weights))]


def scores(p: Problem, weights: Layer) -> Scores:
    """Scores of all steps under these weights."""
    i, j = blocks.cuts(p.corridor)
    cut = features.cut_table(weights.cut)[p.zh_state[i], p.en_state[j]]
    block = np.full((len(blocks.TYPES), p.corridor.cells), NEVER, np.float32)
    block[p.found.kind, p.found.cell] = p.block @ weights.block + p.bonus + cut[p.found.cell]
    zh_gap, en_gap = weights.gap[: features.ALONE], weights.gap[features.ALONE : 2 * features.ALONE]
    zh_alone, en_alone = p.gaps.zh @ zh_gap, p.gaps.en @ en_gap
    zh_open, en_open, zh_seam_open, en_seam_open, both_alone = weights.gap[2 * features.ALONE :]
    return Scores(
        p.corridor,
        blocks.TYPES,
        block,
        (np.concatenate([[0.0], zh_alone])[i] + cut).astype(np.float32),
        (np.concatenate([[0.0], en_alone])[j] + cut).astype(np.float32),
        zh_open + zh_seam_open * p.gaps.zh_seam,
        en_open + en_seam_open * p.gaps.en_seam,
        float(both_alone),
    )


def decode(p: Problem, weights: Layer) -> list[Step]:
    """The path of one pass whose links are exactly right most often, each link with its probability: the
    greatest sum of probabilities, less what links cost."""
    found = posterior(scores(p, weights))
    at = p.found.kind, p.found.cell
    likely = np.full(found.blocks.shape, NEVER, np.float32)
    likely[at] = found.blocks[at] - BLOCK
    free = np.zeros(len(p.corridor.low)), np.zeros(int(p.corridor.high[-1]) + 1)
    judged = Scores(p.corridor, blocks.TYPES, likely, found.zh_step - ALONE, found.en_step - ALONE, *free)
    kinds = {kind: number for number, kind in enumerate(blocks.TYPES)}
    offsets, low = p.corridor.offsets, p.corridor.low
    i, j = blocks.cuts(p.corridor)
    alone_zh = np.bincount(i, found.zh_step)
    alone_en = np.bincount(j, found.en_step)
    steps = []
    for i0, j0, a, b in best_path(judged):
        if a and b:
            cell = offsets[i0 + a] + j0 + b - low[i0 + a]
            probability = found.blocks[kinds[a, b], cell]
        else:
            probability = alone_zh[i0 + 1] if a else alone_en[j0 + 1]
        steps.append(Step(i0, j0, a, b, min(1.0, float(probability))))
    return steps
