"""Vectors of single words, and their cosines.

The encoder puts something of its own into all vectors of one language; with that mean taken away what is left
is the meaning: cos(z, e) = cos(v_z − mean_zh, v_e − mean_en).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from duizhao.alignments.encoder import default_encoder

Floats = NDArray[np.float32]

_KEPT = 40_000  # vectors, 1 KB each
_kept: dict[str, NDArray[np.float16]] = {}


def encode(words: Sequence[str]) -> Floats:
    """Unit vectors of words, (words, 512). Vectors are kept in the process for the next call."""
    new = [word for word in dict.fromkeys(words) if word not in _kept]
    if new:
        if len(_kept) + len(new) > _KEPT:
            _kept.clear()
            new = list(dict.fromkeys(words))
        _kept.update(zip(new, default_encoder().alone(new), strict=True))
    out = np.zeros((len(words), next(iter(_kept.values())).shape[0] if _kept else 1), np.float32)
    for row, word in enumerate(words):
        out[row] = _kept[word]
    return out


def forget() -> None:
    """Drop the vectors that were kept."""
    _kept.clear()


def centred(words: Sequence[str], mean: Floats) -> Floats:
    """Unit vectors of words with their language's mean taken away."""
    vectors = encode(words) - mean
    vectors /= np.maximum(np.sqrt(np.einsum("ij,ij->i", vectors, vectors)), 1e-9)[:, None]
    return vectors
