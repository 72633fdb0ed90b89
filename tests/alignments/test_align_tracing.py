"""Words traced to sentences, against every path of small texts listed one by one."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from duizhao.alignments import evidence, linked, tracing
from duizhao.alignments.blocks import Candidates
from duizhao.alignments.evidence import WIDTH, Scores, Words
from duizhao.alignments.tracing import ANYWHERE, BETWEEN_ZH, FLOOR, INSIDE, Masses


def words(lengths: list[int], dice: np.random.Generator) -> Words:
    cuts = np.concatenate([[0], np.cumsum(lengths)])
    total = int(cuts[-1])
    rarity = dice.uniform(0.5, 5, total).astype(np.float32)
    sentence = np.repeat(np.arange(len(lengths)), lengths)
    return Words((), np.zeros(total, np.int64), cuts, sentence, rarity, np.zeros(0, bool))


def scores(own: Words, others: int, dice: np.random.Generator) -> Scores:
    score = dice.normal(0, 3, (len(own), WIDTH)).astype(np.float32)
    score[:, others:] = -np.inf
    return Scores(np.zeros(len(own.cuts) - 1, np.int64), score, np.zeros_like(score))


def moves(own: Words, t: int, step: int) -> float:
    table = INSIDE if own.sentence[t] == own.sentence[t - 1] else BETWEEN_ZH
    return float(table[step + 1]) if -1 <= step <= 3 else 0.0


@pytest.mark.parametrize("seed", range(4))
def test_chain_and_joint_equal_brute_force(seed: int) -> None:
    dice = np.random.default_rng(seed)
    own, others, temperature = words([2, 0, 3], dice), 4, 0.7
    given = scores(own, others, dice)
    top = given.score[:, :others].max(1, keepdims=True)
    emission = np.exp(np.maximum(temperature * (given.score[:, :others] - top), FLOOR))
    # All words of sentence 2 come from the sentences 1 and 2.
    block, inside = range(2, 5), (1, 2)
    posterior, both, total = np.zeros((5, others)), 0.0, 0.0
    for path in product(range(others), repeat=5):
        value = emission[0, path[0]]
        kept = value
        for t in range(1, 5):
            move = moves(own, t, path[t] - path[t - 1])
            value *= emission[t, path[t]] * (move + ANYWHERE / WIDTH)
            within = t in block and t - 1 in block
            kept *= emission[t, path[t]] * (move if within else move + ANYWHERE / WIDTH)
        total += value
        posterior[np.arange(5), path] += value
        both += kept if all(path[t] in inside for t in block) else 0.0
    found = tracing.chain(own, given, BETWEEN_ZH, temperature)
    got = found.forward * found.backward
    got /= got.sum(1, keepdims=True)
    assert np.allclose(got[:, :others], posterior / total, atol=1e-5)
    assert np.allclose(got[:, others:], 0)
    spans = tuple(np.array([x]) for x in (2, 3, 1, 3))
    joint = tracing._joint(own, given.first, found, BETWEEN_ZH, spans)  # type: ignore[arg-type]
    assert joint[0] == pytest.approx(np.log(tracing.LEAST + both / total), abs=1e-4)


def test_chunks_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read in chunks a text gives what it gives as one."""
    dice = np.random.default_rng(5)
    own = words(dice.integers(4, 12, 120).tolist(), dice)
    first = np.clip(np.arange(120) - WIDTH // 2, 0, 120 - WIDTH)
    score = dice.normal(0, 1, (len(own), WIDTH)).astype(np.float32)
    score[np.arange(len(own)), own.sentence - first[own.sentence]] += 3
    given = Scores(first, score, np.zeros_like(score))
    chunks = tracing.chain(own, given, BETWEEN_ZH, 1.0)
    monkeypatch.setattr(tracing, "CHUNK", 1000)
    whole = tracing.chain(own, given, BETWEEN_ZH, 1.0)
    posteriors = [x.forward * x.backward for x in (chunks, whole)]
    one, other = (x / x.sum(1, keepdims=True) for x in posteriors)
    assert np.abs(one - other).max() < 1e-3


def test_coverage_counts_the_likest_word_of_a_run() -> None:
    """One sentence of two words of rarity 1 and 3, by hand."""
    rarity = np.array([1, 3], np.float32)
    own = Words((), np.zeros(2, np.int64), np.array([0, 2]), np.zeros(2, np.int64), rarity, np.zeros(0, bool))
    likeness = np.zeros((2, WIDTH), np.float32)
    likeness[0, 1], likeness[1, 2] = 1.0, 0.5
    assert tracing.coverage(own, likeness, 1)[0, :3].tolist() == pytest.approx([0, 1 / 5, 1.5 / 5])
    assert tracing.coverage(own, likeness, 2)[0, :3].tolist() == pytest.approx([1 / 5, 2.5 / 5, 1.5 / 5])


def test_what_leaks_and_what_stays_is_all() -> None:
    """A block of two sentences, masses by hand: what lies before, inside and behind."""
    mass = np.zeros((2, WIDTH))
    mass[0, [0, 1]] = 1.0, 3.0
    mass[1, [2, 3]] = 2.0, 2.0
    zh = Masses(np.zeros(2, np.int64), mass)
    en = Masses(np.zeros(4, np.int64), np.zeros((4, WIDTH)))
    c = Candidates(*(np.array([x]) for x in (0, 0, 2, 3, 2, 2)))
    found = dict(zip(tracing.LEAK_NAMES, tracing.leak_features(c, zh, en)[0], strict=True))
    root = np.sqrt(8 + 1)
    assert found["zh before"] == pytest.approx(1 / root, rel=1e-4)
    assert found["zh behind"] == pytest.approx(2 / root, rel=1e-4)
    assert found["zh first before"] == pytest.approx(0.25, rel=1e-4)
    assert found["zh last behind"] == pytest.approx(0.5, rel=1e-4)
    assert found["zh worst sentence"] == pytest.approx(0.5, rel=1e-4)
    # Sentence 1 cut off with English sentence 2 crosses nothing.
    assert found["across the best inner cut"] == 0


# Links of an earlier pass with their probabilities, and the passages in doubt.
PASSAGES = [
    ([(1, 1, 0.99), (1, 2, 0.5), (2, 1, 0.6), (1, 1, 0.98)], [(range(1, 4), range(1, 4))]),
    ([(1, 1, 0.5), (1, 1, 0.99)], []),  # one against one: there is nothing to leak to
    ([(1, 0, 0.5), (0, 1, 0.5)], []),
    ([(1, 0, 0.5), (1, 1, 0.5)], [(range(2), range(1))]),
    ([(1, 4, 0.5)] * 3, [(range(2), range(8)), (range(2, 3), range(8, 12))]),
]


@pytest.mark.parametrize(("path", "expected"), PASSAGES)
def test_passages(path: list[tuple[int, int, float]], expected: list[tuple[range, range]]) -> None:
    i = j = 0
    steps = []
    for a, b, probability in path:
        steps.append((range(i, i + a), range(j, j + b), probability))
        i, j = i + a, j + b
    assert linked.passages(steps) == expected


def test_word_links_tell_where_a_passage_is_cut() -> None:
    """Two sentences against three: the tea belongs to the second, and cut before it nothing leaks. Blocks
    outside the passage know nothing."""
    zh, en = (
        ["老虎来了。", "他喝茶。", "山高。"],
        ["The tiger came.", "He drank", "tea.", "The hill is high."],
    )
    read = evidence.read(zh, True), evidence.read(en, False)
    first = np.zeros(3, np.int64), np.zeros(4, np.int64)
    # Ends i, j and sizes a, b: tiger | drank tea, tiger drank | tea, and the hill.
    ends = [(1, 1, 1, 1), (2, 3, 1, 2), (1, 2, 1, 2), (2, 3, 1, 1), (3, 4, 1, 1)]
    i, j, a, b = (np.array(x) for x in zip(*ends, strict=True))
    blocks = Candidates(np.zeros(5, np.int64), np.zeros(5, np.int64), i, j, a, b)
    found = linked.features(blocks, (zh, en), read, first, [(range(2), range(3))])
    before = found[:, linked.LINKED_NAMES.index("linked zh before")]
    assert before[1] < 0.1
    assert before[3] > before[1] + 0.1
    assert not found[4].any()
