"""Small networks over the same values as the trees: two hidden layers of rectified sums.

Trees cut values, a network weighs them; the two err differently, so their mean is better than either. A
network costs a tenth of the trees."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Table = NDArray[np.float32]
Layer = tuple[Floats, Floats]

FARTHEST = 4.0  # standard deviations from the mean at which a value is cut


@dataclass(frozen=True, slots=True)
class Networks:
    """``means``, ``scales`` (features,): of the values trained on. ``layers``: for each network the weights
    (inputs, outputs) and biases (outputs,) of each layer."""

    means: Floats
    scales: Floats
    layers: tuple[tuple[Layer, ...], ...]

    def standard(self, table: Table) -> Floats:
        """(rows, features) values in standard deviations from the mean."""
        return np.clip((table - self.means) / self.scales, -FARTHEST, FARTHEST)

    def log_odds(self, table: Table) -> Floats:
        """(rows, features) values -> the networks' mean log odds. In 64 bits, so that a row's odds tell
        nothing of the rows beside it."""
        rows = self.standard(table)
        total = np.zeros(len(rows))
        for network in self.layers:
            hidden = rows
            for weights, biases in network[:-1]:
                hidden = np.maximum(hidden @ weights + biases, 0)
            weights, biases = network[-1]
            total += (hidden @ weights + biases)[:, 0]
        return total / len(self.layers)

    def plain(self) -> dict[str, Any]:
        """As JSON holds it."""
        return {
            "means": self.means.tolist(),
            "scales": self.scales.tolist(),
            "layers": [[[w.tolist(), b.tolist()] for w, b in network] for network in self.layers],
        }


def networks(stored: dict[str, Any]) -> Networks:
    """Networks from what `Networks.plain` gave. Raises KeyError, ValueError where it is none."""
    found = tuple(
        tuple((np.array(w, float).reshape(len(w), len(b)), np.array(b, float)) for w, b in network)
        for network in stored["layers"]
    )
    return Networks(np.array(stored["means"], float), np.array(stored["scales"], float), found)
