"""Learning a word model from linked sentences: which of them, and in what order."""

from __future__ import annotations

import hashlib
import heapq
from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from duizhao.words import learn
from duizhao.words.documents import Texts, one_thread, words_of
from duizhao.words.model import WordModel

FEWEST = 10
"""Different sentence pairs without which nothing is learned."""

MOST = 8_000
"""Sentence pairs read: more of them teach little, and they all lie in memory (about 60 KB each)."""

LONGEST = 100
"""Chinese characters of a pair that is learned from: memory grows with the square of it."""

HEAVIEST = 50
"""Meetings of two words that count in full: see `tempered`."""


def sample(texts: Iterable[Texts], most: int = MOST) -> list[Texts]:
    """At most ``most`` different sentence pairs, in an order of their own: always the same ones of the same
    texts, wherever these come from, so that what is learned has the same bytes. No more than that are held
    at a time."""
    short = (both for both in texts if all(both) and sum(map(len, both[0])) <= LONGEST)
    chosen = heapq.nsmallest(most, ((_digest(both), both) for both in short))
    return list(dict.fromkeys(both for _, both in chosen))


def learn_texts(texts: Iterable[Texts]) -> WordModel:
    """A model counted in linked sentences, in their order, and `tempered`."""
    with one_thread():
        return tempered(learn([words_of(both) for both in texts]))


def tempered(model: WordModel) -> WordModel:
    """The model with counts that leave dictionary and vectors a say, however much was read:

        count'(z, e) = count(z, e) · min(1, HEAVIEST / min(n(z), n(e)))

    with n the times that a word was met. In a long text words that are everywhere are counted together often
    enough to outweigh everything else that is known of them; without this a model of thousands of pairs links
    worse than one of hundreds (docs/words.md)."""
    z, e = model.cells[:, 0], model.cells[:, 1]
    rarer = np.minimum(model.zh_counts[z], model.en_counts[e])
    counts = np.round(model.counts * np.minimum(1, HEAVIEST / np.maximum(rarer, 1)), 5)
    less = counts - model.counts
    return replace(
        model,
        counts=counts,
        zh_mass=np.round(model.zh_mass + np.bincount(z, less, len(model.zh)), 5),
        en_mass=np.round(model.en_mass + np.bincount(e, less, len(model.en)), 5),
    )


def _digest(both: Texts) -> str:
    text = "\n".join(["\r".join(side) for side in both])
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
