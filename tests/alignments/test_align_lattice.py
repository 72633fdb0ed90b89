"""The lattice against brute force: every path of a small problem, listed and summed one by one."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from duizhao.alignments.lattice import NEVER, Corridor, Scores, best_path, posterior

TYPES = ((1, 1), (1, 2), (2, 1))
Path = tuple[tuple[int, int, int, int], ...]


def problem(n: int, m: int, seed: int, low: list[int] | None = None, high: list[int] | None = None) -> Scores:
    dice = np.random.default_rng(seed)
    corridor = Corridor(np.array(low or [0] * (n + 1)), np.array(high or [m] * (n + 1)))
    cells = corridor.cells
    blocks = dice.normal(0, 2, (len(TYPES), cells)).astype(np.float32)
    blocks[dice.random(blocks.shape) < 0.1] = NEVER
    step = dice.normal(-1, 1, (2, cells)).astype(np.float32)
    opening = dice.normal(-1, 1, n + 1), dice.normal(-1, 1, m + 1)
    return Scores(corridor, TYPES, blocks, step[0], step[1], *opening, float(dice.normal(-1, 1)))


def paths(s: Scores, i: int = 0, j: int = 0, state: str = "linked") -> Iterator[tuple[Path, float]]:
    """All paths from a cut on, with their scores; Chinese sentences alone come before English ones."""
    corridor = s.corridor
    n, m = len(corridor.low) - 1, int(corridor.high[-1])
    if (i, j) == (n, m):
        yield (), 0.0
    moves = [(a, b, k) for k, (a, b) in enumerate(TYPES)] + [(1, 0, -1), (0, 1, -2)]
    for a, b, k in moves:
        if i + a > n or not corridor.low[i + a] <= j + b <= corridor.high[i + a]:
            continue
        cell = int(corridor.offsets[i + a] + j + b - corridor.low[i + a])
        if k >= 0:
            score, then = float(s.blocks[k, cell]), "linked"
            if score < NEVER / 2:
                continue
        elif k == -1:
            if state == "en":
                continue
            score, then = float(s.zh_step[cell]) + (s.zh_open[i] if state == "linked" else 0.0), "zh"
        else:
            score, then = float(s.en_step[cell]) + (s.en_open[j] if state != "en" else 0.0), "en"
            score += s.en_after_zh if state == "zh" else 0.0
        for rest, value in paths(s, i + a, j + b, then):
            yield ((i, j, a, b), *rest), score + value


CASES = [
    (1, 1, None, None),
    (3, 4, None, None),
    (4, 3, None, None),
    (4, 4, [0, 0, 1, 1, 2], [2, 2, 3, 4, 4]),
    (3, 0, None, None),
    (2, 5, [0, 0, 0], [0, 1, 5]),
]


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize(("n", "m", "low", "high"), CASES)
def test_equals_brute_force(n: int, m: int, low: list[int] | None, high: list[int] | None, seed: int) -> None:
    s = problem(n, m, seed, low, high)
    every = list(paths(s))
    scores = np.array([score for _, score in every])
    total = float(np.logaddexp.reduce(scores))
    found = posterior(s)
    assert found.total == pytest.approx(total, abs=1e-5)
    assert tuple(best_path(s)) == every[int(scores.argmax())][0]
    expected = {
        "blocks": np.zeros(s.blocks.shape),
        "zh": np.zeros(s.corridor.cells),
        "en": np.zeros(s.corridor.cells),
    }
    begin = {"zh": np.zeros(n + 1), "en": np.zeros(m + 1)}
    for path, score in every:
        p = np.exp(score - total)
        last = "linked"
        for i, j, a, b in path:
            cell = int(s.corridor.offsets[i + a] + j + b - s.corridor.low[i + a])
            if a and b:
                expected["blocks"][TYPES.index((a, b)), cell] += p
                last = "linked"
                continue
            side = "zh" if a else "en"
            expected[side][cell] += p
            if last != side:
                begin[side][i if a else j] += p
            last = side
    assert np.allclose(found.blocks, expected["blocks"], atol=1e-5)
    assert np.allclose(found.zh_step, expected["zh"], atol=1e-5)
    assert np.allclose(found.en_step, expected["en"], atol=1e-5)
    assert np.allclose(found.zh_begin, begin["zh"], atol=1e-5)
    assert np.allclose(found.en_begin, begin["en"], atol=1e-5)


def test_blocks_can_be_left_out() -> None:
    s = problem(4, 4, 1)
    whole, short = posterior(s), posterior(s, blocks=False)
    assert short.blocks.size == 0
    assert np.array_equal(whole.zh_step, short.zh_step)
    assert np.array_equal(whole.en_step, short.en_step)
