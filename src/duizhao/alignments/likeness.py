"""Whether two texts are translations of each other at all."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from duizhao.alignments.fine import Step
from duizhao.alignments.model import likeness_weights
from duizhao.alignments.sides import Side

NAMES = ("cosine", "margin", "probability", "margin log size", "bias")
AT_ONCE = 1024  # links
SAMPLE = 256


def numbers(zh: Side, en: Side, steps: Sequence[Step]) -> NDArray[np.float64]:
    """The numbers of NAMES for two sides and their links.

    Cosine, margin (cosine minus the mean cosine with sampled sentences of the other side) and probability of
    the links, weighted by length; the margin times log(1 + sentences of the shorter side). What stands alone
    does not count."""
    linked = [s for s in steps if s.a and s.b]
    if not linked:
        return np.array([0.0, 0.0, 0.0, 0.0, 1.0])
    a, b = np.array([s.a for s in linked]), np.array([s.b for s in linked])
    i, j = np.array([s.i for s in linked]), np.array([s.j for s in linked])
    cosine, near = np.zeros(len(linked)), np.zeros(len(linked))
    zh_mean, en_mean = _mean(zh), _mean(en)
    for first in range(0, len(linked), AT_ONCE):
        k = slice(first, first + AT_ONCE)
        left, right = zh.vectors[a[k] - 1, i[k]], en.vectors[b[k] - 1, j[k]]
        left, right = left.astype(np.float32), right.astype(np.float32)
        cosine[k] = np.einsum("ij,ij->i", left, right)
        near[k] = (left @ en_mean + right @ zh_mean) / 2
    margin = cosine - near
    shares = (
        (zh.lengths[i + a] - zh.lengths[i]) / zh.lengths[-1],
        (en.lengths[j + b] - en.lengths[j]) / en.lengths[-1],
    )
    weight = (shares[0] + shares[1]) / (shares[0].sum() + shares[1].sum())
    certain = np.array([s.probability for s in linked])
    apart, size = float(weight @ margin), float(np.log(1 + min(len(zh), len(en))))
    return np.array([float(weight @ cosine), apart, float(weight @ certain), apart * size, 1.0])


def _mean(side: Side) -> NDArray[np.float32]:
    chosen = np.unique(np.linspace(0, len(side) - 1, min(SAMPLE, len(side))).astype(np.int64))
    mean: NDArray[np.float32] = side.vectors[0, chosen].astype(np.float32).mean(axis=0)
    return mean


def likeness(zh: Side, en: Side, steps: Sequence[Step]) -> float:
    """Probability that the two are translations of each other, from their links (a logistic model of a few
    numbers)."""
    value = float(numbers(zh, en, steps) @ likeness_weights())
    return float(1 / (1 + np.exp(-np.clip(value, -30, 30))))
