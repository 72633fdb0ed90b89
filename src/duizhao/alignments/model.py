"""The learned weights: a few dozen numbers in a JSON file beside this module; its card (weights.card.json)
says where they come from."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from duizhao.alignments.features import BLOCK_NAMES, CUT_NAMES, GAP_NAMES

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights of the fine model, in the order of the names in `features`."""

    block: Floats
    cut: Floats
    gap: Floats


def weights_of(stored: dict[str, dict[str, float]]) -> Weights:
    """Read weights by name. Raises KeyError where one is missing."""
    return Weights(
        np.array([stored["block"][name] for name in BLOCK_NAMES]),
        np.array([stored["cut"][name] for name in CUT_NAMES]),
        np.array([stored["gap"][name] for name in GAP_NAMES]),
    )


def stored_of(weights: Weights) -> dict[str, dict[str, float]]:
    """The same by name, rounded to five digits."""
    return {
        "block": named(BLOCK_NAMES, weights.block),
        "cut": named(CUT_NAMES, weights.cut),
        "gap": named(GAP_NAMES, weights.gap),
    }


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
def model_weights() -> tuple[Weights, Weights]:
    """The shipped weights of the fine model: for whole texts, and for texts of which parts were left out."""
    return weights_of(stored()["whole"]), weights_of(stored()["parts"])


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
