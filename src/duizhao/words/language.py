"""What belongs to the two languages rather than to a text: the mean vector of the words of each, and how a
translation moves on (the jumps of `hmm`). A few hundred numbers, learned once, in ``language.json``.

Jumps learned from a text come out too sure of themselves: the HMM takes every word for evidence of its own.
Their square root is used instead; with it the error rate falls from 0.155 to 0.143, and a text of ten pairs
needs no jumps of its own."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Language:
    """``zh_mean``, ``en_mean`` (512,): mean vectors. ``zh_jumps``, ``en_jumps`` (BINS,): of the places in the
    Chinese sentence as the English goes on, and the reverse."""

    zh_mean: NDArray[np.float32]
    en_mean: NDArray[np.float32]
    zh_jumps: NDArray[np.float64]
    en_jumps: NDArray[np.float64]


@lru_cache(maxsize=1)
def language() -> Language:
    """The shipped numbers."""
    stored = json.loads((files("duizhao.words") / "language.json").read_text(encoding="utf-8"))
    return Language(
        np.array(stored["zh_mean"], np.float32),
        np.array(stored["en_mean"], np.float32),
        np.array(stored["zh_jumps"], np.float64),
        np.array(stored["en_jumps"], np.float64),
    )
