"""Learning a word model from linked sentences: which of them, and in what order."""

from __future__ import annotations

import hashlib
import heapq
from collections.abc import Iterable

from duizhao.words import learn
from duizhao.words.documents import Texts, one_thread, words_of
from duizhao.words.model import WordModel

FEWEST = 10
"""Different sentence pairs without which nothing is learned."""

MOST = 20_000
"""Sentence pairs read: past some thousands more of them teach little, and they all lie in memory."""

LONGEST = 300
"""Chinese characters of a pair that is learned from: the longer, the less its order tells."""


def sample(texts: Iterable[Texts], most: int = MOST) -> list[Texts]:
    """At most ``most`` different sentence pairs, in an order of their own: always the same ones of the same
    texts, wherever these come from, so that what is learned has the same bytes. No more than that are held
    at a time."""
    short = (both for both in texts if all(both) and sum(map(len, both[0])) <= LONGEST)
    chosen = heapq.nsmallest(most, ((_digest(both), both) for both in short))
    return list(dict.fromkeys(both for _, both in chosen))


def learn_texts(texts: Iterable[Texts]) -> WordModel:
    """A model counted in linked sentences, in their order."""
    with one_thread():
        return learn([words_of(both) for both in texts])


def _digest(both: Texts) -> str:
    text = "\n".join(["\r".join(side) for side in both])
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
