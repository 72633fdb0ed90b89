"""Which documents of the other side are worth a closer look."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Singles = NDArray[np.float32]
Ints = NDArray[np.int64]

NEAREST = 16
_ROWS = 512


def candidates(zh: Singles, en: Singles) -> tuple[Ints, Ints]:
    """For each document of either side the NEAREST of the other: pairs as two arrays, sorted, each pair once.

    ``zh``, ``en``: one direction a row (`Table.directions`). The products are made in blocks, so that
    memory grows with the documents, not with their square; time grows with the square, but at ten thousand
    documents a side it is three hundredths of the whole (docs/decisions/0006-pairing.md)."""
    rows, columns = _nearest(zh, en), _nearest(en, zh)
    pairs = np.concatenate(
        [
            np.repeat(np.arange(len(zh)), rows.shape[1]) * len(en) + rows.ravel(),
            columns.ravel() * len(en) + np.repeat(np.arange(len(en)), columns.shape[1]),
        ]
    )
    pairs = np.unique(pairs)
    return pairs // len(en), pairs % len(en)


def _nearest(rows: Singles, columns: Singles) -> Ints:
    """(rows, at most NEAREST) numbers of the columns with the greatest products."""
    most = min(NEAREST, len(columns))
    out = np.zeros((len(rows), most), np.int64)
    for first in range(0, len(rows), _ROWS):
        near = rows[first : first + _ROWS] @ columns.T
        out[first : first + _ROWS] = np.argpartition(-near, most - 1, axis=1)[:, :most]
    return out
