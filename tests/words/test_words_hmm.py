"""Forward-backward against every path counted out, and what padding must not change."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from duizhao.words import hmm

RNG = np.random.default_rng(7)
SIZES = [(1, 1), (1, 3), (3, 1), (2, 3), (3, 4)]


def by_hand(emit: np.ndarray, nowhere: np.ndarray, jumps: np.ndarray) -> np.ndarray:
    """The sum over all paths: each target word takes a source word, or none and the place stays."""
    n, m = emit.shape

    def step(before: int, to: int) -> float:
        weights = [jumps[np.clip(k - before, -10, 10) + 10] for k in range(n)]
        return float(weights[to] / sum(weights))

    out, total = np.zeros((n, m)), 0.0
    for path in product(range(2 * n), repeat=m):
        p, place = 1.0, -1
        for j, state in enumerate(path):
            linked, k = state < n, state % n
            if linked:
                p *= (1 - hmm.P_NULL) * step(place, k) * emit[k, j]
            elif j == 0:
                p *= hmm.P_NULL * nowhere[j] / n
            else:
                p *= hmm.P_NULL * nowhere[j] * (k == place)
            place = k
        total += p
        for j, state in enumerate(path):
            if state < n:
                out[state, j] += p
    return out / total


@pytest.mark.parametrize(("n", "m"), SIZES)
def test_posterior_is_the_sum_over_all_paths(n: int, m: int) -> None:
    emit, nowhere, jumps = RNG.random((n, m)), RNG.random(m), RNG.random(hmm.BINS)
    found = hmm.posterior(emit[None], nowhere[None], np.array([n]), np.array([m]), jumps)
    np.testing.assert_allclose(found.links[0], by_hand(emit, nowhere, jumps), atol=1e-12)


def test_padding_changes_nothing() -> None:
    jumps = hmm.first_jumps()
    alone = []
    emit, nowhere = np.zeros((len(SIZES), 3, 4)), np.ones((len(SIZES), 4))
    for row, (n, m) in enumerate(SIZES):
        emit[row, :n, :m], nowhere[row, :m] = RNG.random((n, m)), RNG.random(m)
        one = np.array([n]), np.array([m])
        alone.append(hmm.posterior(emit[row : row + 1, :n, :m], nowhere[row : row + 1, :m], *one, jumps))
    sizes = np.array(SIZES)
    together = hmm.posterior(emit, nowhere, sizes[:, 0], sizes[:, 1], jumps)
    for row, (n, m) in enumerate(SIZES):
        np.testing.assert_allclose(together.links[row, :n, :m], alone[row].links[0], atol=1e-12)
    np.testing.assert_allclose(together.jumps, sum(one.jumps for one in alone), atol=1e-12)


def test_jumps_are_counted_once_a_linked_word() -> None:
    emit, nowhere = RNG.random((1, 3, 4)), np.full((1, 4), 0.1)
    found = hmm.posterior(emit, nowhere, np.array([3]), np.array([4]), hmm.first_jumps())
    assert found.jumps.sum() == pytest.approx(found.links.sum())
