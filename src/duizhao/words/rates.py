"""How often words were linked in text linked by hand: some words nearly always are, some (的, the) seldom."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Counts = NDArray[np.float64]

_TRUST = 5.0  # meetings that the mean of all words counts for
_PAIR_TRUST, _PAIR_PRIOR = 2.0, 0.05


@dataclass(frozen=True, slots=True)
class LinkRates:
    """``zh``, ``en``: by word form (seen, linked at all, links). ``cells``: by pair of forms (met,
    linked)."""

    zh: dict[str, tuple[int, int, int]]
    en: dict[str, tuple[int, int, int]]
    cells: dict[tuple[str, str], tuple[int, int]]


def side_features(counts: Counts, means: tuple[float, float]) -> Floats:
    """(…, 3) counts of words -> (…, 3): share linked, links each (both pulled to the mean), log(1 + seen)."""
    seen, linked, links = counts[..., 0], counts[..., 1], counts[..., 2]
    share = (linked + _TRUST * means[0]) / (seen + _TRUST)
    each = (links + _TRUST * means[1]) / (seen + _TRUST)
    return np.stack([share, each, np.log1p(seen)], axis=-1).astype(np.float32)


def pair_features(counts: Counts) -> Floats:
    """(…, 2) counts of pairs -> (…, 2): share linked, log(1 + met). A pair met once and not linked says
    nothing."""
    met, linked = counts[..., 0], counts[..., 1]
    met = np.where((met == 1) & (linked == 0), 0, met)
    return np.stack([(linked + _PAIR_PRIOR) / (met + _PAIR_TRUST), np.log1p(met)], axis=-1).astype(np.float32)


def means(counts: dict[str, tuple[int, int, int]]) -> tuple[float, float]:
    """Share of words linked, and links a word, over all words."""
    total = np.sum([*counts.values(), (1, 0, 0)], axis=0)
    return float(total[1] / total[0]), float(total[2] / total[0])
