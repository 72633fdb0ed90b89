"""Sentence pairs in numbers: word types, the cells (pairs of types that share a sentence pair), and padded
batches.

A batch holds sentence pairs of like length as arrays (pairs, Chinese words, English words), so that every
step works on all of them at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from duizhao.words.forms import chinese_form, english_form

Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]

WordPair = tuple[Sequence[str], Sequence[str]]
BATCH_CELLS = 60_000
MOST_CELLS = 400_000  # of one sentence pair: 630 words on both sides, 150 MB of features


@dataclass(frozen=True, slots=True)
class Batch:
    """``rows``: numbers of the sentence pairs. ``zh`` (pairs, I), ``en`` (pairs, J): word types, 0 behind the
    end. ``n``, ``m``: words of each side. ``cells`` (pairs, I, J): numbers of cells, behind the end the
    number after the last. ``here`` (pairs, I, J): whether there are such words."""

    rows: Ints
    zh: Ints
    en: Ints
    n: Ints
    m: Ints
    cells: Ints
    here: Mask


@dataclass(frozen=True, slots=True)
class Corpus:
    """``zh``, ``en``: the word types in their forms, in order of first occurrence. ``zh_counts``,
    ``en_counts``: how often each occurs. ``cell_zh``, ``cell_en``: the types of each cell, rising by
    (Chinese, English). ``together``: how often the two of a cell meet."""

    zh: tuple[str, ...]
    en: tuple[str, ...]
    zh_counts: Ints
    en_counts: Ints
    cell_zh: Ints
    cell_en: Ints
    together: Ints
    batches: tuple[Batch, ...]
    size: int

    def find(self, zh: Sequence[int], en: Sequence[int]) -> tuple[Ints, Ints]:
        """Those of the pairs of types that are cells: their places in the two lists, and the cells."""
        wide = max(1, len(self.en))
        keys = self.cell_zh * wide + self.cell_en
        wanted = np.array(zh, np.int64) * wide + np.array(en, np.int64)
        if not len(keys):
            return np.zeros(0, np.int64), np.zeros(0, np.int64)
        at = np.searchsorted(keys, wanted)
        found = np.flatnonzero(keys[np.minimum(at, len(keys) - 1)] == wanted)
        return found, at[found]


def corpus(pairs: Sequence[WordPair]) -> Corpus:
    """The sentence pairs in numbers. Pairs with an empty side, or of more than MOST_CELLS cells, stand in
    no batch."""
    zh_types: dict[str, int] = {}
    en_types: dict[str, int] = {}
    zh_ids = [_ids((chinese_form(x) for x in zh), zh_types) for zh, _ in pairs]
    en_ids = [_ids((english_form(x) for x in en), en_types) for _, en in pairs]
    wide = max(1, len(en_types))
    filled = [k for k in range(len(pairs)) if 0 < len(zh_ids[k]) * len(en_ids[k]) <= MOST_CELLS]
    keys = [(zh_ids[k][:, None] * wide + en_ids[k]).ravel() for k in filled]
    flat = np.concatenate([np.zeros(0, np.int64), *keys])
    unique, where, together = np.unique(flat, return_inverse=True, return_counts=True)
    starts = dict(zip(filled, np.cumsum([0, *(len(x) for x in keys)]), strict=False))

    def batch(rows: list[int]) -> Batch:
        n = np.array([len(zh_ids[k]) for k in rows])
        m = np.array([len(en_ids[k]) for k in rows])
        shape = (len(rows), int(n.max()), int(m.max()))
        zh, en = np.zeros(shape[:2], np.int64), np.zeros((shape[0], shape[2]), np.int64)
        cells = np.full(shape, len(unique))
        for row, k in enumerate(rows):
            zh[row, : n[row]], en[row, : m[row]] = zh_ids[k], en_ids[k]
            start = starts[k]
            cells[row, : n[row], : m[row]] = where[start : start + n[row] * m[row]].reshape(n[row], m[row])
        return Batch(np.array(rows), zh, en, n, m, cells, cells < len(unique))

    return Corpus(
        tuple(zh_types),
        tuple(en_types),
        np.bincount(np.concatenate([np.zeros(0, np.int64), *zh_ids]), minlength=len(zh_types)),
        np.bincount(np.concatenate([np.zeros(0, np.int64), *en_ids]), minlength=len(en_types)),
        unique // wide,
        unique % wide,
        together,
        tuple(batch(rows) for rows in _grouped(filled, zh_ids, en_ids)),
        len(pairs),
    )


def _ids(words: Iterable[str], types: dict[str, int]) -> Ints:
    return np.array([types.setdefault(x, len(types)) for x in words], np.int64)


def _grouped(filled: Sequence[int], zh: Sequence[Ints], en: Sequence[Ints]) -> list[list[int]]:
    """Pairs of like size together, at most BATCH_CELLS padded cells each (or one pair)."""
    groups: list[list[int]] = []
    high = wide = 0
    for k in sorted(filled, key=lambda k: (len(zh[k]) + len(en[k]), k)):
        high, wide = max(high, len(zh[k])), max(wide, len(en[k]))
        if groups and (len(groups[-1]) + 1) * high * wide <= BATCH_CELLS:
            groups[-1].append(k)
        else:
            groups.append([k])
            high, wide = len(zh[k]), len(en[k])
    return groups
