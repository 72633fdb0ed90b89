"""How much every Chinese sentence has in common with every English one by the dictionary, for the coarse
search.

Each Chinese word stands for the English stems that translate it (`words.translations`). Two sentences have in
common the sum over their words of strength · √(rarity · rarity); chance gives the product of what either has
in common with all others, divided by the whole. Sums are additive, so those of blocks follow from running
sums."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from duizhao.alignments.words import chinese_words, english_words, translations

Floats = NDArray[np.float64]
Singles = NDArray[np.float32]
Ints = NDArray[np.int64]

RARE = 5.0  # the weight of a word grows with its rarity, log(sentences / sentences with it), up to this
COMMON = 0.2  # a word that more than this share of the sentences has says nothing
ROWS = 1024  # sentences summed at once
EVEN = 4.0  # added to the weight of a block's words


@dataclass(frozen=True, slots=True)
class SharedWords:
    """``first`` (n + 1,), ``stem``, ``strength``: the stems of each Chinese sentence, one behind the other;
    ``keys``: rising numbers stem · size + sentence, for every stem of every English sentence; ``rarity``: of
    each stem, square root. ``zh_sum``, ``en_sum``: what each sentence has in common with all of the other
    side, ``total`` their sum; ``zh_weight``, ``en_weight``: running sums of the weights of the words."""

    size: int
    first: Ints
    stem: NDArray[np.int32]
    strength: Singles
    keys: Ints
    rarity: Singles
    zh_sum: Floats
    en_sum: Floats
    total: float
    zh_weight: Floats
    en_weight: Floats

    def table(self, rows: slice, columns: slice) -> Singles:
        """What the Chinese sentences of ``rows`` and the English ones of ``columns`` have in common beyond
        chance."""
        width = columns.stop - columns.start
        here = slice(int(self.first[rows.start]), int(self.first[rows.stop]))
        stem, strength = self.stem[here].astype(np.int64), self.strength[here]
        row = np.repeat(np.arange(rows.stop - rows.start), np.diff(self.first[rows.start : rows.stop + 1]))
        begin = np.searchsorted(self.keys, stem * self.size + columns.start)
        end = np.searchsorted(self.keys, stem * self.size + columns.stop)
        count = end - begin
        at = np.repeat(begin - np.concatenate([[0], np.cumsum(count)[:-1]]), count) + np.arange(count.sum())
        column = self.keys[at] % self.size - columns.start
        cell = np.repeat(row, count) * width + column
        values = np.repeat(strength * self.rarity[stem], count)
        found = np.bincount(cell, values, minlength=(rows.stop - rows.start) * width)
        out = found.reshape(-1, width).astype(np.float32)
        out -= np.outer(self.zh_sum[rows], self.en_sum[columns] / self.total).astype(np.float32)
        return out

    def part(self, zh: Ints, en: Ints) -> SharedWords:
        """The same for these sentences only, in this order; words stay as rare as in the whole."""
        count = np.diff(self.first)[zh]
        first = np.concatenate([[0], np.cumsum(count)])
        at = np.repeat(self.first[zh] - first[:-1], count) + np.arange(first[-1])
        place = np.full(self.size, -1)
        place[en] = np.arange(len(en), dtype=np.int64)
        stem, sentence = np.divmod(self.keys, self.size)
        there = place[sentence] >= 0
        size = max(1, len(en))
        return SharedWords(
            size,
            first,
            self.stem[at],
            self.strength[at],
            np.sort(stem[there] * size + place[sentence[there]]),
            self.rarity,
            self.zh_sum[zh],
            self.en_sum[en],
            self.total,
            _running(np.diff(self.zh_weight)[zh]),
            _running(np.diff(self.en_weight)[en]),
        )


def shared_words(zh: Sequence[str], en: Sequence[str]) -> SharedWords:
    """Prepare two texts (Chinese in Simplified characters)."""
    # Each word once in memory, however often it comes.
    same: dict[str, str] = {}
    chinese = [[same.setdefault(w, w) for w in dict.fromkeys(chinese_words(x))] for x in zh]
    english = [[same.setdefault(w, w) for w in dict.fromkeys(english_words(x))] for x in en]
    zh_rarity, en_rarity = _rarities(chinese), _rarities(english)
    number = {x: k for k, x in enumerate(en_rarity)}
    known = {}
    for word, rare in zh_rarity.items():
        both = [(number[y], s * rare**0.5) for y, s in translations(word) if y in number]
        known[word] = array("i", [y for y, _ in both]), array("f", [s for _, s in both])
    first, stem, strength = array("q", [0]), array("i"), array("f")
    for sentence in chinese:
        for word in sentence:
            if word in known:
                stem += known[word][0]
                strength += known[word][1]
        first.append(len(stem))
    m = max(1, len(en))
    keys = array(
        "q", (number[x] * m + j for j, sentence in enumerate(english) for x in sentence if x in number)
    )
    stems, strengths = np.array(stem, np.int32), np.array(strength, np.float32)
    rarity = np.sqrt(np.array(list(en_rarity.values()), np.float32))
    sorted_keys = np.sort(np.array(keys, np.int64))
    # Sums over all of the other side, stem by stem.
    here = np.bincount(stems, strengths, minlength=len(rarity)) if len(stems) else np.zeros(len(rarity))
    there = np.bincount(sorted_keys // m, minlength=len(rarity)) if len(keys) else np.zeros(len(rarity))
    zh_sum = np.zeros(len(zh))
    for low in range(0, len(zh), ROWS):
        bounds = np.array(first[low : low + ROWS + 1])
        part = slice(int(bounds[0]), int(bounds[-1]))
        rows = np.repeat(np.arange(len(bounds) - 1), np.diff(bounds))
        values = strengths[part] * rarity[stems[part]] * there[stems[part]]
        zh_sum[low : low + ROWS] = np.bincount(rows, values, minlength=len(bounds) - 1)
    return SharedWords(
        m,
        np.array(first, np.int64),
        stems,
        strengths,
        sorted_keys,
        rarity,
        zh_sum,
        np.bincount(sorted_keys % m, (rarity * here)[sorted_keys // m], minlength=len(en)).astype(np.float64),
        max(float(zh_sum.sum()), 1e-9),
        _running([sum(zh_rarity.get(x, 0.0) for x in sentence) for sentence in chinese]),
        _running([sum(en_rarity.get(x, 0.0) for x in sentence) for sentence in english]),
    )


def _rarities(sentences: Sequence[Sequence[str]]) -> dict[str, float]:
    """Weight of each word that is not too common."""
    counts = Counter(x for sentence in sentences for x in sentence)
    size = len(sentences)
    return {
        x: min(RARE, float(np.log((size + 1) / count)))
        for x, count in counts.items()
        if count <= max(2, COMMON * size)
    }


def _running(values: Sequence[float] | Floats) -> Floats:
    return np.concatenate([[0.0], np.cumsum(np.array(values, np.float64))])
