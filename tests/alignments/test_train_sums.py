"""The sums that training takes, compiled, against the search's own."""

from __future__ import annotations

import numpy as np
import pytest

from duizhao.alignments.lattice import NEVER, Corridor, Scores, posterior

TYPES = ((1, 1), (1, 2), (2, 1))
CASES = [
    (6, 7, [0] * 7, [7] * 7),
    (6, 6, [0, 0, 1, 2, 2, 3, 4], [2, 3, 4, 5, 6, 6, 6]),
]


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize(("n", "m", "low", "high"), CASES)
def test_training_sums_as_the_search_does(n: int, m: int, low: list[int], high: list[int], seed: int) -> None:
    crf = pytest.importorskip("bench.crf", reason="training needs the packages of the dev extra")
    dice = np.random.default_rng(seed)
    corridor = Corridor(np.array(low), np.array(high))
    cells = corridor.cells
    table = dice.normal(0, 2, (len(TYPES), cells)).astype(np.float32)
    steps = dice.normal(-1, 1, (2, cells)).astype(np.float32)
    opening = dice.normal(-1, 1, n + 1), dice.normal(-1, 1, m + 1)
    expected = posterior(Scores(corridor, TYPES, table, steps[0], steps[1], *opening, -1.5))
    # The blocks one by one, by the cell they end at, each with the cell it begins at.
    kinds, ends, starts = [], [], []
    for i in range(n + 1):
        for j in range(low[i], high[i] + 1):
            for kind, (a, b) in enumerate(TYPES):
                if i >= a and j >= b and low[i - a] <= j - b <= high[i - a]:
                    kinds.append(kind)
                    ends.append(int(corridor.offsets[i] + j - low[i]))
                    starts.append(int(corridor.offsets[i - a] + j - b - low[i - a]))
    given = (
        corridor.low,
        corridor.high,
        corridor.offsets,
        np.array(starts),
        np.searchsorted(ends, np.arange(cells + 1)),
        table[kinds, ends].astype(np.float64),
        *steps.astype(np.float64),
        *opening,
    )
    total, block, zh, en, zh_begin, en_begin, met = crf._sums(*given, -1.5)
    assert total == pytest.approx(expected.total, abs=1e-4)
    assert total > NEVER / 2
    assert np.allclose(block, expected.blocks[kinds, ends], atol=1e-4)
    assert np.allclose(zh, expected.zh_step, atol=1e-4)
    assert np.allclose(en, expected.en_step, atol=1e-4)
    assert np.allclose(zh_begin, expected.zh_begin, atol=1e-4)
    assert np.allclose(en_begin, expected.en_begin, atol=1e-4)
    # How often a price is paid is the slope of the total in that price.
    assert met == pytest.approx((crf._sums(*given, -1.49)[0] - crf._sums(*given, -1.51)[0]) / 0.02, abs=1e-4)
