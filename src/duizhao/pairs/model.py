"""The learned weights of pairing: a few dozen numbers in ``weights.json``, whose card says where they come
from; and the numbers they weigh."""

from __future__ import annotations

import json
from functools import lru_cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from duizhao.pairs.evidence import COSINE, COVERED_EN, COVERED_ZH, ORDER, SAMPLE

Floats = NDArray[np.float64]
Singles = NDArray[np.float32]

# Of two documents by themselves. Log of words counts from e^4, about 55.
ALONE = (
    *("zh covered", "en covered", "cosine of words", "cosine of samples"),
    *("|length|", "|length|^2", "log zh words", "log en words"),
    *("cosine of words log words", "cosine of samples log words"),
    *("|length| log words", "zh covered over zh chance", "zh covered over en chance"),
    *("en covered over zh chance", "en covered over en chance", "cosine over zh chance"),
    *("cosine over en chance", "few documents", "order", "order log words", "bias"),
)
# Of a pair among its rivals.
AMONG = ("score", "lesser lead", "greater lead", "lesser lead below 0", "score below 0", "bias")
# Of a pair beside another one that shares a document with it.
VERSION = ("score", "bias")
MOST_SCORE, MOST_LEAD = 12.0, 8.0  # log odds


@lru_cache(maxsize=1)
def stored() -> dict[str, Any]:
    """The file: ``card`` and the weights by name."""
    text = (files("duizhao.pairs") / "weights.json").read_text(encoding="utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


def weights(model: str, names: tuple[str, ...]) -> Floats:
    """The weights of one of the models, in the order of ``names``. Raises KeyError where one is missing."""
    return np.array([stored()[model][name] for name in names])


def alone(
    evidence: Singles,
    length: Floats,
    sizes: tuple[Floats, Floats],
    chance: tuple[Singles, Singles],
    few: float,
) -> Floats:
    """The numbers of ALONE, (pairs, 21). ``evidence``: (pairs, 5), see `Table.compare`; ``sizes``: log of
    the words of both sides; ``chance``: what the first three numbers are by chance for the Chinese and for
    the English document; ``few``: 1 / (1 + documents of the smaller side), by which chance is trusted
    less."""
    zh_size, en_size = (np.broadcast_to(size, length.shape) for size in sizes)
    size = np.minimum(zh_size, en_size)
    over = [
        (evidence[:, k] - side[..., k]) * (1 - 2 * few)
        for k in (COVERED_ZH, COVERED_EN, COSINE)
        for side in chance
    ]
    columns: list[NDArray[Any]] = [
        *(evidence[:, COVERED_ZH], evidence[:, COVERED_EN], evidence[:, COSINE], evidence[:, SAMPLE]),
        *(length, length**2, zh_size, en_size, evidence[:, COSINE] * size, evidence[:, SAMPLE] * size),
        *(length * size, *over, np.full(len(length), few)),
        *(evidence[:, ORDER], evidence[:, ORDER] * size, np.ones(len(length))),
    ]
    return np.stack(columns, axis=1).astype(np.float64)


def among(score: Floats, zh_lead: Floats, en_lead: Floats) -> Floats:
    """The numbers of AMONG, (pairs, 6), from log odds and their leads over the best other pair of the
    Chinese, of the English document."""
    score = np.clip(score, -MOST_SCORE, MOST_SCORE)
    less = np.clip(np.minimum(zh_lead, en_lead), -MOST_LEAD, MOST_LEAD)
    more = np.clip(np.maximum(zh_lead, en_lead), -MOST_LEAD, MOST_LEAD)
    return np.stack(
        [score, less, more, np.minimum(0, less), np.minimum(0, score), np.ones_like(less)], axis=1
    )


def version(score: Floats) -> Floats:
    """The numbers of VERSION, (pairs, 2), from log odds."""
    return np.stack([np.clip(score, -MOST_SCORE, MOST_SCORE), np.ones_like(score)], axis=1)


def probability(numbers: Floats, weights: Floats) -> Floats:
    """Logistic."""
    found: Floats = 1 / (1 + np.exp(-np.clip(numbers @ weights, -30, 30)))
    return found
