"""How well two documents go together by what they say.

A document's *profile* is small and depends on nothing but its text, so that it, and the score of two
profiles, can be kept by content. The score is a logistic model of four numbers (`NAMES`)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from duizhao.alignments.encoder import Encoder
    from duizhao.records import Language

Singles = NDArray[np.float32]

UNITS = 64  # a document is cut into at most so many pieces
SENTENCES = 512  # sentences that are read: of longer documents these, evenly
RATIO = float(np.log(3.6))  # English characters to one Chinese
NAMES = ("best cosine", "same order", "|length|", "strings in common", "bias")
# Rounded from what `python -m bench.train_pairs` learns from NTREX (Simplified and Traditional) and the laws
# of Taiwan.
WEIGHTS = np.array([20.0, 9.0, -1.5, 2.0, -15.0])
_STRINGS = re.compile(r"[A-Za-z][A-Za-z]+|\d+(?:[.,]\d+)*")


@dataclass(frozen=True, slots=True)
class Profile:
    """``units``: (pieces, d) unit vectors of the pieces, in order; ``length``: characters; ``strings``:
    numbers and, in Chinese, words in Latin letters; in English all words."""

    units: Singles
    length: int
    strings: frozenset[str]


def profile(sentences: Sequence[str], language: Language, encoder: Encoder) -> Profile:
    """Read a document."""
    from duizhao.alignments.sides import simplify

    step = max(1, -(-len(sentences) // SENTENCES))
    read = [simplify(x) if language == "zh" else x for x in sentences[::step]]
    if not read:
        return Profile(np.zeros((0, 1), np.float32), 0, frozenset())
    vectors = encoder.blocks(read, 1)[0].astype(np.float32)
    lengths = np.array([max(1, len(x)) for x in read], np.float32)
    size = max(1, -(-len(read) // UNITS))
    starts = np.arange(0, len(read), size)
    units = np.add.reduceat(vectors * np.sqrt(lengths)[:, None], starts, axis=0)
    units /= np.maximum(np.linalg.norm(units, axis=1, keepdims=True), 1e-9)
    strings = {m.replace(",", "").lower() for x in read for m in _STRINGS.findall(x)}
    length = sum(len("".join(x.split())) if language == "zh" else len(x) for x in sentences)
    return Profile(units, length, frozenset(strings))


def numbers(zh: Profile, en: Profile) -> NDArray[np.float64]:
    """The numbers of NAMES for two documents, neither empty: mean cosine of each piece with its nearest on
    the other side; how far those nearest stand in the same order (-1 … 1, Kendall's); difference of the
    lengths, as log; share of the Chinese numbers and Latin words that the English has."""
    near = zh.units @ en.units.T
    best = float(near.max(axis=1).mean() + near.max(axis=0).mean()) / 2
    order = (_order(near) + _order(near.T)) / 2
    length = min(2.0, abs(float(np.log(max(1, en.length) / max(1, zh.length))) - RATIO))
    shared = len(zh.strings & en.strings) / (len(zh.strings) + 2)
    return np.array([best, order, length, shared, 1.0])


def _order(near: Singles) -> float:
    """Pairs of rows whose nearest columns stand in the same order, less those in the other."""
    nearest = near.argmax(axis=1)
    if len(nearest) < 2:
        return 1.0
    first, second = np.triu_indices(len(nearest), 1)
    return float(np.sign(nearest[second] - nearest[first]).mean())


def likelihood(zh: Profile, en: Profile) -> float:
    """Probability that two documents are counterparts, 0 … 1."""
    if not len(zh.units) or not len(en.units):
        return 0.0
    return float(1 / (1 + np.exp(-np.clip(numbers(zh, en) @ WEIGHTS, -30, 30))))
