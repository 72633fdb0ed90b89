"""Boosted trees, evaluated without a library.

Values are first put into bins, so that every question of a tree is a comparison of bytes. Each question that
is answered "greater" rules out the leaves to its left; the leaf reached is the first not ruled out (Lucchese
et al. 2015, QuickScorer). So a tree costs three array operations a question, for all cells at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Codes = NDArray[np.uint8]

MOST_LEAVES = 16
_BLOCK = 8192  # cells at once: what fits a processor's cache


@dataclass(frozen=True, slots=True)
class Tree:
    """``questions``: (feature, bin, leaves ruled out where the value lies in a higher bin, as bits).
    ``leaves``: their values, from left to right."""

    questions: tuple[tuple[int, int, int], ...]
    leaves: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Forest:
    """``edges``: for each feature the upper edges of its bins, rising. The sum of the trees is the log
    odds."""

    edges: tuple[tuple[float, ...], ...]
    trees: tuple[Tree, ...]

    def log_odds(self, table: NDArray[np.float32]) -> Floats:
        """(rows, features) values -> one number a row."""
        codes = bins(table, self.edges)
        sums = [self._sum(codes[:, k : k + _BLOCK]) for k in range(0, codes.shape[1], _BLOCK)]
        return np.concatenate([np.zeros(0), *sums])

    def _sum(self, codes: Codes) -> Floats:
        rows = [np.ascontiguousarray(row) for row in codes]
        size = codes.shape[1]
        total, first = np.zeros(size), _first_left()
        out = np.empty(size, np.uint16)
        higher = np.empty(size, bool)
        lost = np.empty(size, np.uint16)
        for tree in self.trees:
            out[:] = 0
            for feature, last, mask in tree.questions:
                np.greater(rows[feature], last, out=higher)
                np.multiply(higher, np.uint16(mask), out=lost)
                np.bitwise_or(out, lost, out=out)
            total += np.array(tree.leaves)[first[out]]
        return total

    def plain(self) -> dict[str, Any]:
        """As JSON holds it."""
        return {
            "edges": [list(x) for x in self.edges],
            "trees": [[[list(q) for q in tree.questions], list(tree.leaves)] for tree in self.trees],
        }


def forest(stored: dict[str, Any]) -> Forest:
    """A forest from what `Forest.plain` gave. Raises KeyError, ValueError where it is none."""
    trees = []
    for questions, leaves in stored["trees"]:
        trees.append(Tree(tuple((int(f), int(b), int(mask)) for f, b, mask in questions), tuple(leaves)))
    return Forest(tuple(tuple(x) for x in stored["edges"]), tuple(trees))


def bins(table: NDArray[np.float32], edges: Sequence[Sequence[float]]) -> Codes:
    """(rows, features) values -> (features, rows): how many edges of its feature lie below each value."""
    out = np.empty((table.shape[1], table.shape[0]), np.uint8)
    for k, found in enumerate(edges):
        out[k] = np.searchsorted(np.array(found, np.float32), table[:, k])
    return out


@lru_cache(maxsize=1)
def _first_left() -> Codes:
    """For each set of leaves ruled out, as bits, the first that is left."""
    sets = np.arange(1 << MOST_LEAVES, dtype=np.uint32)
    lowest = ~sets & (sets + 1)
    found: Codes = np.minimum(np.log2(lowest), MOST_LEAVES - 1).astype(np.uint8)
    return found
