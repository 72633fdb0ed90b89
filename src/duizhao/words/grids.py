"""Sums over grids of numbers, (pairs, I, J) each: rivals, neighbours, expected places. ``here`` says which
cells there are; the numbers behind the end must be 0."""

from __future__ import annotations

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Mask = NDArray[np.bool_]
_Kind = TypeVar("_Kind", bound=np.generic)

STRAIGHT = ((-1, 0), (1, 0), (0, -1), (0, 1))
AROUND = (*STRAIGHT, (-1, -1), (1, 1), (-1, 1), (1, -1))
FURTHER = ((-2, 0), (2, 0), (0, -2), (0, 2))
CONFIDENT = 0.5
FARTHEST, NOWHERE = 8, 9  # cut of a distance; what stands where there is no confident neighbour
_LOW = np.float32(-1e9)


def across(values: NDArray[_Kind]) -> NDArray[_Kind]:
    """The other way round: English words as rows."""
    return values.transpose(0, 2, 1)


def rivals(values: Floats, here: Mask) -> Floats:
    """The largest other value in the row of each cell, 0 where there is none."""
    if values.shape[2] < 2:
        return np.zeros_like(values)
    filled = np.where(here, values, _LOW)
    two = np.partition(filled, -2, axis=2)[:, :, -2:]
    out = np.where(filled >= two[:, :, 1:], two[:, :, :1], two[:, :, 1:])
    return np.where(out <= _LOW, np.float32(0), out)


def margins(values: Floats, here: Mask) -> tuple[Floats, Floats]:
    """Each cell minus its best rival in the row, and in the column."""
    return values - rivals(values, here), values - across(rivals(across(values), across(here)))


def shifted(values: Floats, down: int, right: int) -> Floats:
    """The value ``down`` rows and ``right`` columns further, 0 past the edges."""
    out = np.zeros_like(values)
    high, wide = values.shape[1:]
    rows, columns = slice(max(0, -down), high - max(0, down)), slice(max(0, -right), wide - max(0, right))
    from_rows, from_columns = (
        slice(max(0, down), high - max(0, -down)),
        slice(max(0, right), wide - max(0, -right)),
    )
    if rows.start < rows.stop and columns.start < columns.stop:
        out[:, rows, columns] = values[:, from_rows, from_columns]
    return out


def expected(values: Floats, skip: Mask) -> tuple[Floats, Floats]:
    """How far each column lies from where the nearest confident row above, and below, links to; (pairs, I, J)
    each.

    A row is confident if its best value is at least CONFIDENT and it is not in ``skip`` (pairs, I)."""
    pairs, high, wide = values.shape
    best, top = values.argmax(2), values.max(2)
    sure = (top >= CONFIDENT) & ~skip
    places = np.arange(high)
    above = np.maximum.accumulate(np.where(sure, places, -1), axis=1)
    above = np.concatenate([np.full((pairs, 1), -1), above[:, :-1]], axis=1)
    below = np.minimum.accumulate(np.where(sure, places, high)[:, ::-1], axis=1)[:, ::-1]
    below = np.concatenate([below[:, 1:], np.full((pairs, 1), high)], axis=1)
    out = []
    for row, found in ((above, above >= 0), (below, below < high)):
        column = np.take_along_axis(best, np.clip(row, 0, high - 1), axis=1)
        distance = np.clip(np.arange(wide) - column[:, :, None], -FARTHEST, FARTHEST)
        out.append(np.where(found[:, :, None], distance, NOWHERE).astype(np.float32))
    return out[0], out[1]
