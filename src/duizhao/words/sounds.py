"""Names heard alike: the pinyin of a Chinese word against the spelling of an English one.

    sound(z, e) = 0.45 · dice(sounds) + 0.45 · dice(consonants) + 0.1 · [same first sound]
    dice(a, b)  = 2 · |longest common subsequence| / (|a| + |b|)

where both are first brought to one rough spelling (b p → p, zh j → j, r l → l …). 1 where the spelling is the
pinyin itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Codes = NDArray[np.uint8]

LONGEST = 16  # sounds that are compared; of longer words the beginning
_LONGEST_NAME = 10  # characters
_HAN = re.compile(r"[\u3400-\u9fff·-]+")
_PINYIN = (
    *(("zh", "j"), ("ch", "c"), ("sh", "s"), ("x", "s"), ("q", "c"), ("ü", "u"), ("v", "u"), ("ng", "n")),
    *(("b", "p"), ("d", "t"), ("g", "k"), ("r", "l"), ("w", "u"), ("y", "i")),
)
_SPELLING = (
    *(
        ("tch", "c"),
        ("sch", "s"),
        ("ph", "f"),
        ("sh", "s"),
        ("th", "s"),
        ("ck", "k"),
        ("ch", "C"),
        ("x", "ks"),
    ),
    *(("q", "k"), ("c", "k"), ("C", "c"), ("v", "u"), ("w", "u"), ("y", "i"), ("z", "s"), ("ng", "n")),
    *(("b", "p"), ("d", "t"), ("g", "k"), ("r", "l")),
)
_VOWELS = str.maketrans("", "", "aeiou")


@lru_cache(maxsize=50_000)
def pinyin(word: str) -> str:
    """Pinyin without tones of a Chinese word of up to ten characters, else ""."""
    from pypinyin import lazy_pinyin

    if len(word) > _LONGEST_NAME or not _HAN.fullmatch(word):
        return ""
    return "".join(lazy_pinyin(word.replace("·", "").replace("-", "")))


@lru_cache(maxsize=50_000)
def chinese_sounds(word: str) -> str:
    """The rough sounds of a Chinese word, "" if it has none."""
    return _rough(pinyin(word), _PINYIN)


@lru_cache(maxsize=50_000)
def english_sounds(word: str) -> str:
    """The rough sounds of an English word in lower case, "" if it has fewer than two."""
    sounds = _rough(word, _SPELLING)
    return sounds if len(sounds) > 1 else ""


def _rough(text: str, rules: Sequence[tuple[str, str]]) -> str:
    for old, new in rules:
        text = text.replace(old, new)
    return re.sub(r"(.)\1+", r"\1", re.sub(r"[^a-z]", "", text))[:LONGEST]


def likeness(zh: Sequence[str], en: Sequence[str], z: NDArray[np.int64], e: NDArray[np.int64]) -> Floats:
    """How alike the words ``zh[z]`` and ``en[e]`` sound, one number a pair, 0 … 1."""
    out = np.zeros(len(z))
    left, right = [chinese_sounds(x) for x in zh], [english_sounds(x) for x in en]
    heard_left, heard_right = (
        np.array([bool(x) for x in left], bool),
        np.array([bool(x) for x in right], bool),
    )
    # Two names that share no sound at their beginning or are of very unequal length are not worth the time.
    both = np.flatnonzero(heard_left[z] & heard_right[e])
    if not len(both):
        return out
    size_left, size_right = np.array([len(x) for x in left]), np.array([len(x) for x in right])
    unequal = np.maximum(size_left[z[both]], size_right[e[both]]) > 2.2 * np.minimum(
        size_left[z[both]], size_right[e[both]]
    )
    both = both[~unequal]
    all_left, all_right = _codes(left), _codes(right)
    hard_left = [x.translate(_VOWELS) for x in left]
    hard_right = [x.translate(_VOWELS) for x in right]
    hard = _dice(_codes(hard_left)[z[both]], _codes(hard_right)[e[both]])
    first = all_left[z[both], 0] == all_right[e[both], 0]
    # Without half of the consonants the whole stays below what counts.
    worth = np.flatnonzero(hard >= 0.4)
    both, hard, first = both[worth], hard[worth], first[worth]
    out[both] = 0.45 * _dice(all_left[z[both]], all_right[e[both]]) + 0.45 * hard + 0.1 * first
    spelled = {word: k for k, word in enumerate(en)}
    spelling = np.array([spelled.get(pinyin(x), -1) if x else -1 for x in zh], np.int64)
    out[(spelling[z] == e)] = 1.0
    return out


def _codes(sounds: Sequence[str]) -> Codes:
    """The sounds as numbers, (words, LONGEST); 0 behind the end."""
    out = np.zeros((len(sounds), LONGEST), np.uint8)
    for row, text in enumerate(sounds):
        out[row, : len(text)] = np.frombuffer(text.encode("ascii"), np.uint8)
    return out


def _dice(a: Codes, b: Codes) -> Floats:
    """2 · LCS / (|a| + |b|) of each row's two sequences."""
    a, b = np.ascontiguousarray(a.T), np.ascontiguousarray(b.T)
    wide, high = int((a > 0).sum(0).max(initial=0)), int((b > 0).sum(0).max(initial=0))
    row = np.zeros((high + 1, a.shape[1]), np.int8)
    for i in range(wide):
        diagonal = row[0]
        for j in range(high):
            above = row[j + 1].copy()
            equal = (a[i] == b[j]) & (a[i] > 0)
            best = np.maximum(above, row[j])
            row[j + 1] = np.where(equal, diagonal + 1, best)
            diagonal = above
    total = (a > 0).sum(0) + (b > 0).sum(0)
    out: Floats = 2.0 * row[high] / np.maximum(total, 1)
    return out
