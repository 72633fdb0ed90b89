"""The learned weights: some four hundred numbers in a JSON file beside this module; its card
(weights.card.json) says where they come from."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from duizhao.alignments.evidence import NAMES as WORD_NAMES
from duizhao.alignments.features import BLOCK_NAMES, CUT_NAMES, GAP_NAMES
from duizhao.alignments.linked import LINKED_NAMES
from duizhao.alignments.tracing import TRACED_NAMES

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Layer:
    """Weights of one pass of the fine search, in the order of the names in `features`; those of blocks go on
    with what the pass knows besides (`NAMES`)."""

    block: Floats
    cut: Floats
    gap: Floats


@dataclass(frozen=True, slots=True)
class Weights:
    """All passes of the fine search, and the scores of words (`evidence.NAMES`)."""

    base: Layer
    traced: Layer
    linked: Layer
    zh_words: Floats
    en_words: Floats


PASSES = ("base", "traced", "linked")
NAMES: dict[str, tuple[str, ...]] = {
    "base": BLOCK_NAMES,
    "traced": (*BLOCK_NAMES, *TRACED_NAMES),
    "linked": (*BLOCK_NAMES, *TRACED_NAMES, *LINKED_NAMES),
}


def weights_of(stored: dict[str, Any]) -> Weights:
    """Read weights by name. Raises KeyError where one is missing."""

    def layer(name: str) -> Layer:
        return Layer(
            np.array([stored[name]["block"][x] for x in NAMES[name]]),
            np.array([stored[name]["cut"][x] for x in CUT_NAMES]),
            np.array([stored[name]["gap"][x] for x in GAP_NAMES]),
        )

    words = (np.array([stored["words"][side][x] for x in WORD_NAMES]) for side in ("zh", "en"))
    base, traced, linked = map(layer, PASSES)
    return Weights(base, traced, linked, *words)


def stored_of(weights: Weights) -> dict[str, Any]:
    """The same by name, rounded to five digits."""
    out: dict[str, Any] = {}
    for name in PASSES:
        layer: Layer = getattr(weights, name)
        out[name] = {
            "block": named(NAMES[name], layer.block),
            "cut": named(CUT_NAMES, layer.cut),
            "gap": named(GAP_NAMES, layer.gap),
        }
    out["words"] = {
        "zh": named(WORD_NAMES, weights.zh_words),
        "en": named(WORD_NAMES, weights.en_words),
    }
    return out


def named(names: Sequence[str], values: Floats) -> dict[str, float]:
    """Five digits of each value, by name."""
    return {name: float(f"{value:.5g}") for name, value in zip(names, values, strict=True)}


@lru_cache(maxsize=1)
def stored() -> dict[str, Any]:
    """The models by name; their card is weights.card.json."""
    text = (files("duizhao.alignments") / "weights.json").read_text(encoding="utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


@lru_cache(maxsize=1)
def model_weights() -> Weights:
    """The shipped weights of the fine model."""
    return weights_of(stored()["fine"])


@lru_cache(maxsize=1)
def coarse_weights() -> Floats:
    """The shipped weights of the coarse model, in the order of `coarse.NAMES`."""
    from duizhao.alignments.coarse import NAMES

    return np.array([stored()["coarse"][name] for name in NAMES])


@lru_cache(maxsize=1)
def likeness_weights() -> Floats:
    """The shipped weights of `likeness`, in the order of its NAMES."""
    from duizhao.alignments.likeness import NAMES

    return np.array([stored()["likeness"][name] for name in NAMES])
