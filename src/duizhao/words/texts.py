"""Sentences as they are written: their words, word links, and how far each word is covered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from duizhao.records import WordLink
from duizhao.words import tokens
from duizhao.words.corpus import corpus
from duizhao.words.evidence import evidence
from duizhao.words.linker import CHUNK, above
from duizhao.words.model import Reader, WordModel, default_model
from duizhao.words.stages import Judge, default_stages
from duizhao.words.tokens import Token

Floats = NDArray[np.float64]

ALONE = 0.4  # mean posterior from which on the word model alone links
_ROUNDED = 4


@dataclass(frozen=True, slots=True)
class TextLinks:
    """``zh``, ``en``: the words found, with their places. ``links``: as `link` gives them. ``zh_covered``,
    ``en_covered``: for each word the probability of its best link, 0 … 1, under the threshold too. (The sum
    would be less telling: in sentences that do not belong together a word has many improbable links.)"""

    zh: tuple[Token, ...]
    en: tuple[Token, ...]
    links: tuple[WordLink, ...]
    zh_covered: tuple[float, ...]
    en_covered: tuple[float, ...]


def link_texts(
    texts: Sequence[tuple[str, str]], model: WordModel | None = None, *, quick: bool = False
) -> list[TextLinks]:
    """See `duizhao.words.link_texts`."""
    found = model if model is not None else default_model()
    words: dict[tuple[bool, str], tuple[Token, ...]] = {}
    for zh, en in texts:
        for key in ((True, zh), (False, en)):
            if key not in words:
                words[key] = tuple((tokens.chinese if key[0] else tokens.english)(key[1]))
    sides = [(words[True, zh], words[False, en]) for zh, en in texts]
    out: list[TextLinks] = []
    for start in range(0, len(sides), CHUNK):
        out += _linked(sides[start : start + CHUNK], found, quick)
    return out


def _linked(
    sides: Sequence[tuple[tuple[Token, ...], tuple[Token, ...]]], model: WordModel, quick: bool
) -> list[TextLinks]:
    text = corpus([([x.text for x in zh], [x.text for x in en]) for zh, en in sides])
    known = evidence(text)
    reader = Reader(model, text, known)
    judge = None if quick else Judge(default_stages(), model, text, known)
    out = [TextLinks(zh, en, (), (0.0,) * len(zh), (0.0,) * len(en)) for zh, en in sides]
    for batch in text.batches:
        if judge is None:
            read = reader.read(batch)
            probability, least = (read.from_zh + read.from_en) / 2, ALONE
        else:
            probability, least = judge.probabilities(batch).astype(np.float64), default_stages().threshold
        zh_covered, en_covered = probability.max(2), probability.max(1)
        rows = batch.rows.tolist(), above(probability, least), _plain(zh_covered), _plain(en_covered)
        for number, links, left, right in zip(*rows, strict=True):
            zh, en = sides[number]
            out[number] = TextLinks(zh, en, links, tuple(left[: len(zh)]), tuple(right[: len(en)]))
    return out


def _plain(values: Floats) -> list[list[float]]:
    rows: list[list[float]] = np.round(np.clip(values, 0, 1), _ROUNDED).tolist()
    return rows
