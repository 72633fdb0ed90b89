"""What is known of two words before any text is read: dictionary, vectors, numbers, sounds, marks; and the
prior, in links as if seen, that the model starts from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from duizhao.words import glosses, numerals, sounds
from duizhao.words.corpus import Corpus
from duizhao.words.forms import EN_FUNCTION, ZH_FUNCTION, is_mark
from duizhao.words.language import language
from duizhao.words.vectors import centred

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]

# The prior, in links: measured on the word links of the gold, in docs/words.md.
DICTIONARY, PART, CHARACTER = 3.0, 0.7, 0.3
VECTOR, MIDDLE, STEEP = 3.0, 0.5, 0.06
NUMBER, EQUAL, MARK = 3.0, 3.0, 3.0
SOUND, SOUND_LEAST, SOUND_FROM, SOUND_EXPLAINED = 4.0, 0.75, 0.5, 0.3
_ROUNDED = 3  # decimals of a cosine, so that the last digits of another batch change nothing


@dataclass(frozen=True, slots=True)
class Types:
    """What is known of single word types: whether it is a mark, a function word, a headword; its length."""

    mark: Mask
    function: Mask
    known: Mask
    length: Ints


@dataclass(frozen=True, slots=True)
class Evidence:
    """One number a cell. ``word``, ``part``, ``character``: dictionary, 0 … 1. ``cosine``: −1 … 1.
    ``number``: see `numerals.agreement`. ``sound``: 0 … 1. ``equal``: 0 or 1. ``prior``: links as if seen."""

    word: Floats
    part: Floats
    character: Floats
    cosine: Floats
    number: Floats
    sound: Floats
    equal: Floats
    prior: Floats
    zh: Types
    en: Types


def evidence(text: Corpus) -> Evidence:
    """The evidence for every cell of a corpus; it depends on the two words only."""
    z, e = text.cell_zh, text.cell_en
    word, part, character = _dictionary(text)
    number = _numbers(text)
    zh_types = Types(
        np.array([is_mark(x) for x in text.zh], bool),
        np.array([x in ZH_FUNCTION for x in text.zh], bool),
        np.array([glosses.in_dictionary(x) for x in text.zh], bool),
        np.array([len(x) for x in text.zh], np.int64),
    )
    en_types = Types(
        np.array([is_mark(x) for x in text.en], bool),
        np.array([x in EN_FUNCTION for x in text.en], bool),
        np.ones(len(text.en), bool),
        np.array([len(x) for x in text.en], np.int64),
    )
    english = {x: k for k, x in enumerate(text.en)}
    same = np.array([english.get(x, -1) for x in text.zh], np.int64)
    equal = (same[z] == e).astype(np.float64)
    heard_zh = [x if len(x) > 1 else "" for x in text.zh]
    heard_en = ["" if len(x) < 3 or x in EN_FUNCTION else x for x in text.en]
    sound = sounds.likeness(heard_zh, heard_en, z, e)
    cosine = _cosines(text)

    prior = DICTIONARY * np.maximum(
        word, np.maximum(PART * part, np.where(word > 0, 0, CHARACTER * character))
    )
    prior += (
        VECTOR / (1 + np.exp(-(cosine - MIDDLE) / STEEP)) + NUMBER * np.maximum(number, 0) + EQUAL * equal
    )
    heard = np.where(sound > SOUND_LEAST, SOUND * (sound - SOUND_FROM), 0)
    prior += heard * np.where(word > 0, SOUND_EXPLAINED, 1)
    prior[number < 0] = 0
    marks = zh_types.mark[z] | en_types.mark[e]
    prior[marks] = MARK * equal[marks]
    return Evidence(word, part, character, cosine, number, sound, equal, prior, zh_types, en_types)


def _dictionary(text: Corpus) -> tuple[Floats, Floats, Floats]:
    english = {x: k for k, x in enumerate(text.en)}
    by_stem: dict[str, list[int]] = {}
    for k, x in enumerate(text.en):
        if len(x) >= glosses.STEM and x.isalpha() and x not in EN_FUNCTION:
            by_stem.setdefault(x[: glosses.STEM], []).append(k)
    z: list[int] = []
    e: list[int] = []
    strengths: list[glosses.Strengths] = []
    for k, word in enumerate(text.zh):
        found = glosses.meanings(word)
        for lemma, strength in found.words.items():
            if lemma in english:
                z.append(k)
                e.append(english[lemma])
                strengths.append(strength)
        for stem, strength in found.stems.items():
            for other in by_stem.get(stem, ()):
                z.append(k)
                e.append(other)
                strengths.append(strength)
    out = np.zeros((3, len(text.cell_zh)))
    places, cells = text.find(z, e)
    values = np.array(strengths).reshape(-1, 3)[places]
    for kind in range(3):
        np.maximum.at(out[kind], cells, values[:, kind])
    return out[0], out[1], out[2]


def _numbers(text: Corpus) -> Floats:
    numbers = [k for k, x in enumerate(text.zh) if numerals.chinese_number(x)[0]]
    others = [
        k
        for k, x in enumerate(text.en)
        if numerals.english_number(x) is not None or x in ("%", "percent", "per", "cent")
    ]
    z = [k for k in numbers for _ in others]
    e = [k for _ in numbers for k in others]
    places, cells = text.find(z, e)
    out = np.zeros(len(text.cell_zh))
    for place, cell in zip(places.tolist(), cells.tolist(), strict=True):
        out[cell] = numerals.agreement(text.zh[z[place]], text.en[e[place]])
    return out


def _cosines(text: Corpus) -> Floats:
    habits = language()
    zh, en = centred(text.zh, habits.zh_mean), centred(text.en, habits.en_mean)
    out = np.zeros(len(text.cell_zh) + 1)
    for batch in text.batches:
        for row in range(len(batch.rows)):
            n, m = int(batch.n[row]), int(batch.m[row])
            block = zh[batch.zh[row, :n]] @ en[batch.en[row, :m]].T
            out[batch.cells[row, :n, :m]] = block
    return np.round(out[:-1], _ROUNDED)
