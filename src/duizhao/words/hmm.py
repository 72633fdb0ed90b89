"""Two hidden Markov models, Chinese to English and English to Chinese, on a batch of sentence pairs at once.

In one direction (Vogel, Ney and Tillmann 1996), with source words s_1 … s_I, target words t_1 … t_J and a_j
the place of the source word that gave t_j,

    p(t, a | s) = Π_j  jump(a_j − a_(j−1)) · lex(t_j | s_(a_j))

Jumps are cut at ±10 and sum to 1 over the places of the sentence. With probability P_NULL a target word comes
from nowhere, by its unigram probability, and the last place is remembered. (Och and Ney 2003 do the same with
I more states; since such a state moves on like the place it remembers, one backward value serves both.)"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

LONGEST_JUMP = 10
BINS = 2 * LONGEST_JUMP + 1
P_NULL = 0.2
_TINY = 1e-300


@dataclass(frozen=True, slots=True)
class Posterior:
    """``links`` (pairs, I, J): probability that target word j came from source word i; what a column lacks to
    1 came from nowhere. ``jumps`` (BINS,): expected number of jumps of each length."""

    links: Floats
    jumps: Floats


def first_jumps() -> Floats:
    """Jumps before any text was read: one step forward is likeliest, exp(−0.3 |jump − 1|)."""
    steps: Floats = np.exp(-0.3 * np.abs(np.arange(-LONGEST_JUMP, LONGEST_JUMP + 1) - 1))
    return steps


def learned_jumps(counts: Floats) -> Floats:
    """Jumps from expected counts; the outermost bins stand for about four lengths each."""
    jumps: Floats = (counts + 1) / (counts.sum() + BINS)
    jumps[[0, -1]] /= 4
    return jumps


def posterior(emit: Floats, nowhere: Floats, n: Ints, m: Ints, jumps: Floats) -> Posterior:
    """Forward-backward.

    ``emit`` (pairs, I, J): lex(t_j | s_i), 0 behind the end. ``nowhere`` (pairs, J): unigram probabilities of
    the target words. ``n``, ``m``: source and target words of each pair. ``jumps`` (BINS,)."""
    pairs, high, wide = emit.shape
    places = np.arange(high)
    bins = np.clip(places - places[:, None], -LONGEST_JUMP, LONGEST_JUMP) + LONGEST_JUMP
    move = jumps[bins]
    # A row sums to 1 over the places of its own sentence.
    norm = 1 / np.cumsum(move, axis=1)[:, n - 1].T
    entry = jumps[np.clip(places + 1, 0, LONGEST_JUMP) + LONGEST_JUMP]
    enter = entry / np.cumsum(entry)[n - 1][:, None]
    inside = places < n[:, None]
    emit = np.ascontiguousarray(emit.transpose(2, 0, 1)) * (1 - P_NULL)
    null = nowhere.T * P_NULL

    linked, mass = np.zeros((wide, pairs, high)), np.zeros((wide, pairs, high))
    scale = np.ones((wide, pairs))
    for j in range(wide):
        if j:
            linked[j] = ((mass[j - 1] * norm) @ move) * emit[j]
            unlinked = mass[j - 1] * null[j][:, None]
        else:
            linked[0] = enter * emit[0]
            unlinked = inside * (null[0] / n)[:, None]
        scale[j] = np.maximum(linked[j].sum(1) + unlinked.sum(1), _TINY)
        linked[j] /= scale[j][:, None]
        mass[j] = linked[j] + unlinked / scale[j][:, None]

    back = np.ones((pairs, high))
    backward = move.T.copy()
    ahead = np.zeros((wide, pairs, high))  # what the next step says of each place it may go to
    out = np.zeros((wide, pairs, high))
    for j in range(wide - 1, -1, -1):
        back[j >= m - 1] = 1.0
        total = np.maximum((mass[j] * back).sum(1), _TINY)
        out[j] = linked[j] * back / total[:, None]
        if j:
            ahead[j] = emit[j] * back / scale[j][:, None]
            back = (ahead[j] @ backward) * norm + back * (null[j] / scale[j])[:, None]
    within = np.arange(wide)[:, None] < m
    out *= within[:, :, None]
    ahead *= within[:, :, None]
    flow = (mass[:-1] * norm).reshape(-1, high).T @ ahead[1:].reshape(-1, high) * move
    counts: Floats = np.bincount(bins.ravel(), flow.ravel(), BINS).astype(np.float64)
    counts += np.bincount(np.clip(places + 1, 0, LONGEST_JUMP) + LONGEST_JUMP, out[0].sum(0), BINS)
    return Posterior(out.transpose(1, 2, 0), counts)
