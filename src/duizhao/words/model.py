"""The word model: what was counted in linked text. Learning makes one, linking only reads it.

    p(e | z) = (count(z, e) + prior(z, e) + K · u(e)) / (Σ_e (count + prior) + K)        and likewise p(z | e)

``u``: unigram probabilities. Both directions are trained together by agreement (Liang, Taskar and Klein
2006): the count of a pair is the sum over its meetings of the **product** of the two directions' posteriors.
Four rounds of IBM model 1 (Brown et al. 1993), which knows no order, come before three of the HMM (`hmm`).
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from duizhao.errors import SourceError
from duizhao.signature import digest
from duizhao.words import hmm
from duizhao.words.corpus import Batch, Corpus, WordPair, corpus
from duizhao.words.evidence import Evidence, evidence
from duizhao.words.language import language

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

SPREAD = 3.0  # K
MODEL1_ROUNDS, HMM_ROUNDS = 4, 3
MODEL1_NULL = 0.5
LEAST_COUNT = 0.001  # what was counted less often is not kept
_ROUNDED = 5


@dataclass(frozen=True)
class WordModel:
    """``zh``, ``en``: word types in their forms. ``zh_counts``, ``en_counts``: how often each was met.
    ``cells`` (kept, 2): pairs of types, rising; ``counts``: their agreed links. ``zh_mass``, ``en_mass``:
    sums of count and prior of each type. ``zh_jumps``, ``en_jumps`` (BINS,): of the places in the Chinese
    sentence, of those in the English one. ``pairs``: sentence pairs read."""

    zh: tuple[str, ...]
    en: tuple[str, ...]
    zh_counts: Ints
    en_counts: Ints
    cells: Ints
    counts: Floats
    zh_mass: Floats
    en_mass: Floats
    zh_jumps: Floats
    en_jumps: Floats
    pairs: int
    _index: dict[str, Any] = field(default_factory=dict, repr=False, compare=False, init=False)

    @cached_property
    def signature(self) -> str:
        """``"words-model:…"``: the first 16 hex digits of the digest of everything in it."""
        return f"words-model:{digest(self._plain())[:16]}"

    def zh_numbers(self, words: Sequence[str]) -> Ints:
        """The numbers of Chinese types, -1 for those it never met."""
        return self._numbers("zh", self.zh, words)

    def en_numbers(self, words: Sequence[str]) -> Ints:
        """The numbers of English types, -1 for those it never met."""
        return self._numbers("en", self.en, words)

    def _numbers(self, side: str, known: Sequence[str], words: Sequence[str]) -> Ints:
        if side not in self._index:
            self._index[side] = {word: k for k, word in enumerate(known)}
        index = self._index[side]
        return np.array([index.get(word, -1) for word in words], np.int64)

    def _plain(self) -> dict[str, Any]:
        numbers = ("zh_counts", "en_counts", "cells", "counts", "zh_mass", "en_mass", "zh_jumps", "en_jumps")
        return {
            "zh": list(self.zh),
            "en": list(self.en),
            "pairs": self.pairs,
            **{name: np.asarray(getattr(self, name)).tolist() for name in numbers},
        }

    def dump(self) -> bytes:
        """Gzipped JSON; the same model gives the same bytes."""
        text = json.dumps(self._plain(), ensure_ascii=False, separators=(",", ":"))
        return gzip.compress(text.encode("utf-8"), 9, mtime=0)


def load(data: bytes, name: str = "the word model") -> WordModel:
    """A model from what `WordModel.dump` gave. Raises SourceError where that is damaged."""
    try:
        stored = json.loads(gzip.decompress(data))
        counts = {name: np.array(stored[name], np.int64) for name in ("zh_counts", "en_counts")}
        names = ("counts", "zh_mass", "en_mass", "zh_jumps", "en_jumps")
        numbers = {name: np.array(stored[name], float) for name in names}
        return WordModel(
            zh=tuple(stored["zh"]),
            en=tuple(stored["en"]),
            cells=np.array(stored["cells"], np.int64).reshape(-1, 2),
            pairs=int(stored["pairs"]),
            zh_counts=counts["zh_counts"],
            en_counts=counts["en_counts"],
            **numbers,
        )
    except (OSError, EOFError, ValueError, KeyError, TypeError) as error:
        raise SourceError(name, "is damaged", "learn it again") from error


@lru_cache(maxsize=1)
def default_model() -> WordModel:
    """The model that ships with the package; its card is beside it."""
    return load((files("duizhao.words") / "model.json.gz").read_bytes(), "the packaged word model")


def learn(pairs: Sequence[WordPair]) -> WordModel:
    """Count words in sentence pairs (Chinese words, English words); the order of the pairs does not matter
    but for rounding. From fewer than ten pairs no jumps are learned: the default model's are kept."""
    text = corpus(pairs)
    return learn_from(text, evidence(text))


def learn_from(text: Corpus, known: Evidence, own_jumps: bool = False) -> WordModel:
    """`learn`, where the corpus and its evidence are at hand. ``own_jumps``: learn the jumps too, as they
    were for `language`."""
    if own_jumps:
        jumps = hmm.first_jumps(), hmm.first_jumps()
    else:
        jumps = language().zh_jumps, language().en_jumps
    z, e, prior = text.cell_zh, text.cell_en, known.prior
    u_zh, u_en = _unigrams(text.zh_counts), _unigrams(text.en_counts)

    def lexicon(count: Floats) -> tuple[Floats, Floats]:
        mass = count + prior
        zh = np.bincount(z, mass, len(text.zh)) + SPREAD
        en = np.bincount(e, mass, len(text.en)) + SPREAD
        return _closed((mass + SPREAD * u_en[e]) / zh[z]), _closed((mass + SPREAD * u_zh[z]) / en[e])

    count = text.together / (text.zh_counts[z] + text.en_counts[e])
    for round_number in range(MODEL1_ROUNDS + HMM_ROUNDS):
        to_en, to_zh = lexicon(count)
        total = np.zeros(len(z) + 1)
        seen = np.zeros(hmm.BINS), np.zeros(hmm.BINS)
        for batch in text.batches:
            here = to_en[batch.cells], to_zh[batch.cells]
            if round_number < MODEL1_ROUNDS:
                left, right = _unordered(batch, *here, u_zh, u_en)
            else:
                left, right = _ordered(batch, *here, u_zh[batch.zh], u_en[batch.en], jumps, seen)
            np.add.at(total, batch.cells.ravel(), (left * right).ravel())
        count = total[:-1]
        if round_number >= MODEL1_ROUNDS and own_jumps:
            jumps = hmm.learned_jumps(seen[0]), hmm.learned_jumps(seen[1])
    kept = np.flatnonzero((count >= LEAST_COUNT) | (prior >= LEAST_COUNT))
    mass = count + prior
    return WordModel(
        text.zh,
        text.en,
        text.zh_counts,
        text.en_counts,
        np.column_stack([z[kept], e[kept]]),
        np.round(count[kept], _ROUNDED).astype(np.float64),
        np.round(np.bincount(z, mass, len(text.zh)), _ROUNDED),
        np.round(np.bincount(e, mass, len(text.en)), _ROUNDED),
        np.round(jumps[0], _ROUNDED + 2),
        np.round(jumps[1], _ROUNDED + 2),
        text.size,
    )


def _closed(values: Floats) -> Floats:
    """With a zero for the cell behind the end."""
    return np.append(values, 0.0)


def _unigrams(counts: Ints) -> Floats:
    frequencies: Floats = (counts + 1.0) / (counts.sum() + max(1, len(counts)))
    return frequencies


def _unordered(
    batch: Batch, to_en: Floats, to_zh: Floats, u_zh: Floats, u_en: Floats
) -> tuple[Floats, Floats]:
    """Posteriors of IBM model 1, both ways."""
    from_zh = to_en / (to_en.sum(1) + MODEL1_NULL * u_en[batch.en])[:, None, :]
    from_en = to_zh / (to_zh.sum(2) + MODEL1_NULL * u_zh[batch.zh])[:, :, None]
    return from_zh, from_en


def _ordered(
    batch: Batch,
    to_en: Floats,
    to_zh: Floats,
    u_zh: Floats,
    u_en: Floats,
    jumps: tuple[Floats, Floats],
    seen: tuple[Floats, Floats],
) -> tuple[Floats, Floats]:
    """Posteriors of the HMM, both ways, (pairs, I, J) each; adds the expected jumps to ``seen``."""
    forth = hmm.posterior(to_en, u_en, batch.n, batch.m, jumps[0])
    back = hmm.posterior(to_zh.transpose(0, 2, 1), u_zh, batch.m, batch.n, jumps[1])
    seen[0][:] += forth.jumps
    seen[1][:] += back.jumps
    return forth.links, back.links.transpose(0, 2, 1)


@dataclass(frozen=True, slots=True)
class Read:
    """What a model says of a batch, (pairs, I, J) each. ``from_zh``: posterior that the English word came
    from the Chinese one; ``from_en``: the reverse. ``to_en``, ``to_zh``: p(e | z), p(z | e). ``count``:
    agreed links."""

    from_zh: Floats
    from_en: Floats
    to_en: Floats
    to_zh: Floats
    count: Floats


class Reader:
    """A model turned to a corpus: `read` gives what it says of each batch. A sentence pair's numbers follow
    from the model and that pair; words and cells that the model never met are weighed by their priors in the
    pair."""

    def __init__(self, model: WordModel, text: Corpus, known: Evidence) -> None:
        self._jumps = model.zh_jumps, model.en_jumps
        zh, en = model.zh_numbers(text.zh), model.en_numbers(text.en)
        self._u_zh = _known(_unigrams(model.zh_counts), zh, 1 / max(1, model.zh_counts.sum() + len(model.zh)))
        self._u_en = _known(_unigrams(model.en_counts), en, 1 / max(1, model.en_counts.sum() + len(model.en)))
        self._zh_mass, self._en_mass = _known(model.zh_mass, zh, 0.0), _known(model.en_mass, en, 0.0)
        wide = len(model.en) + 1
        keys = model.cells[:, 0] * wide + model.cells[:, 1]
        asked = zh[text.cell_zh] * wide + en[text.cell_en]
        asked[(zh[text.cell_zh] < 0) | (en[text.cell_en] < 0)] = -1
        at = np.minimum(np.searchsorted(keys, asked), max(0, len(keys) - 1))
        found = keys[at] == asked if len(keys) else np.zeros(len(asked), bool)
        self._count = _closed(np.where(found, model.counts[at] if len(keys) else 0.0, 0.0))
        self._prior = _closed(known.prior)
        self._new = _closed(np.where(found, 0.0, known.prior))

    def read(self, batch: Batch) -> Read:
        """What the model says of the batch."""
        count, prior = self._count[batch.cells], self._prior[batch.cells]
        new = self._new[batch.cells]
        u_zh, u_en = self._u_zh[batch.zh], self._u_en[batch.en]
        zh_mass = self._zh_mass[batch.zh] + new.sum(2) + SPREAD
        en_mass = self._en_mass[batch.en] + new.sum(1) + SPREAD
        to_en = (count + prior + SPREAD * u_en[:, None, :]) / zh_mass[:, :, None] * batch.here
        to_zh = (count + prior + SPREAD * u_zh[:, :, None]) / en_mass[:, None, :] * batch.here
        seen = np.zeros(hmm.BINS), np.zeros(hmm.BINS)
        from_zh, from_en = _ordered(batch, to_en, to_zh, u_zh, u_en, self._jumps, seen)
        return Read(from_zh, from_en, to_en, to_zh, count)


def _known(values: Floats, numbers: Ints, otherwise: float) -> Floats:
    """The values of the types, ``otherwise`` for number -1."""
    if not len(values):
        return np.full(len(numbers), otherwise)
    out: Floats = np.where(numbers < 0, otherwise, values[np.maximum(numbers, 0)])
    return out
