"""Training of the word linker's small networks (`duizhao.words.networks`), in numpy.

Adam (Kingma and Ba 2015) with decoupled weight decay, dropout after both hidden layers, a rate that rises at
first and then falls to nothing. In 64 bits throughout: the last digits of another processor must not grow
into other networks."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from duizhao.words.networks import Layer, Networks

Floats = NDArray[np.float64]

HIDDEN, EPOCHS, ROWS = 64, 12, 256
RATE, WARM, LAST = 2e-3, 100, 0.05
DROPPED, DECAY = 0.2, 0.01
FIRST_BIAS = -2.0  # few cells are links


def fit_networks(table: NDArray[np.float32], y: Floats, count: int) -> Networks:
    """``count`` networks that differ by their seeds. ``table`` (rows, features), ``y`` (rows,): 0 or 1."""
    means = _rounded(table.mean(0, dtype=float))
    scales = _rounded(table.std(0, dtype=float) + 1e-3)
    rows = Networks(means, scales, ()).standard(table)
    return Networks(means, scales, tuple(_fit(rows, y, seed) for seed in range(count)))


def _fit(rows: Floats, y: Floats, seed: int) -> tuple[Layer, ...]:
    chance = np.random.default_rng(seed)
    sizes = (rows.shape[1], HIDDEN, HIDDEN, 1)
    weights = [chance.normal(0, (0.1 if b == 1 else 1) / a**0.5, (a, b)) for a, b in pairwise(sizes)]
    biases = [np.zeros(HIDDEN), np.zeros(HIDDEN), np.array([FIRST_BIAS])]
    parts = [*weights, *biases]
    first, second = [np.zeros_like(x) for x in parts], [np.zeros_like(x) for x in parts]
    steps = EPOCHS * (len(rows) // ROWS)
    step = 0
    for _ in range(EPOCHS):
        order = chance.permutation(len(rows))
        for at in range(0, len(rows) - ROWS + 1, ROWS):
            some = order[at : at + ROWS]
            masks = [(chance.random((ROWS, HIDDEN)) > DROPPED) / (1 - DROPPED) for _ in range(2)]
            slopes = _slopes(rows[some], y[some, None], weights, biases, masks)
            step += 1
            rate = RATE * min(1.0, step / WARM) * (1 - (1 - LAST) * step / steps)
            for k, (part, slope) in enumerate(zip(parts, slopes, strict=True)):
                first[k] = 0.9 * first[k] + 0.1 * slope
                second[k] = 0.999 * second[k] + 0.001 * slope**2
                move = (first[k] / (1 - 0.9**step)) / (np.sqrt(second[k] / (1 - 0.999**step)) + 1e-8)
                part -= rate * (move + DECAY * part * (part.ndim > 1))
    return tuple((_rounded(w), _rounded(b)) for w, b in zip(weights, biases, strict=True))


def _slopes(
    x: Floats, y: Floats, weights: list[Floats], biases: list[Floats], masks: list[Floats]
) -> list[Floats]:
    """Of the mean log loss, by the weights and then by the biases."""
    one = np.maximum(x @ weights[0] + biases[0], 0)
    kept_one = one * masks[0]
    two = np.maximum(kept_one @ weights[1] + biases[1], 0)
    kept_two = two * masks[1]
    last = (1 / (1 + np.exp(-(kept_two @ weights[2] + biases[2]))) - y) / len(x)
    middle = (last @ weights[2].T) * masks[1] * (two > 0)
    begin = (middle @ weights[1].T) * masks[0] * (one > 0)
    return [x.T @ begin, kept_one.T @ middle, kept_two.T @ last, begin.sum(0), middle.sum(0), last.sum(0)]


def _rounded(values: Floats) -> Floats:
    """To four digits: what the artefact keeps is what is measured."""
    out: Floats = np.array([float(f"{x:.4g}") for x in values.ravel()]).reshape(values.shape)
    return out
