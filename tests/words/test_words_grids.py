"""Grids against loops."""

from __future__ import annotations

import numpy as np
import pytest

from duizhao.words import grids

RNG = np.random.default_rng(3)
VALUES = RNG.random((2, 4, 5), np.float32)
HERE = np.ones((2, 4, 5), bool)
HERE[1, 2:], HERE[1, :, 3:] = False, False
VALUES[~HERE] = 0


def test_rivals() -> None:
    found = grids.rivals(VALUES, HERE)
    for b, i, j in np.argwhere(HERE):
        others = [VALUES[b, i, k] for k in range(5) if k != j and HERE[b, i, k]]
        assert found[b, i, j] == max(others)
    assert not grids.rivals(np.ones((1, 3, 1), np.float32), np.ones((1, 3, 1), bool)).any()


@pytest.mark.parametrize("offset", [*grids.AROUND, *grids.FURTHER, (9, 0)])
def test_shifted(offset: tuple[int, int]) -> None:
    found = grids.shifted(VALUES, *offset)
    for b, i, j in np.ndindex(VALUES.shape):
        k, m = i + offset[0], j + offset[1]
        inside = 0 <= k < 4 and 0 <= m < 5
        assert found[b, i, j] == (VALUES[b, k, m] if inside else 0)


def test_expected_places() -> None:
    # Rows 0 and 2 are confident (columns 1 and 4), row 3 is not, and row 1 is to be skipped.
    values = np.zeros((1, 4, 5), np.float32)
    values[0, 0, 1], values[0, 1, 2], values[0, 2, 4] = 0.9, 0.9, 0.8
    above, below = grids.expected(values, np.array([[False, True, False, False]]))
    assert above[0, 0].tolist() == [9] * 5
    assert above[0, 1].tolist() == [-1, 0, 1, 2, 3]
    assert above[0, 3].tolist() == [-4, -3, -2, -1, 0]
    assert below[0, 1].tolist() == [-4, -3, -2, -1, 0]
    assert below[0, 2].tolist() == [9] * 5
