"""From sentence pairs to word links."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from duizhao.records import WordLink
from duizhao.words.corpus import Corpus, WordPair, corpus
from duizhao.words.evidence import Evidence, evidence
from duizhao.words.model import WordModel, default_model, learn, learn_from
from duizhao.words.stages import Judge, default_stages

Links = list[tuple[WordLink, ...]]

FEWEST = 10  # sentence pairs from which on a text is learned from
CHUNK = 512  # sentence pairs linked at once, so that memory stays flat
_ROUNDED = 4  # decimals of a probability, before it is compared with the threshold


def link_words(pairs: Sequence[WordPair]) -> Links:
    """See `duizhao.words.link_words`."""
    filled = sum(bool(zh) and bool(en) for zh, en in pairs)
    if filled < FEWEST:
        return link(pairs, default_model())
    if len(pairs) > CHUNK:
        return link(pairs, learn(pairs))
    text = corpus(pairs)
    known = evidence(text)
    return _linked(text, known, learn_from(text, known))


def link(pairs: Sequence[WordPair], model: WordModel | None = None) -> Links:
    """See `duizhao.words.link`."""
    found = model if model is not None else default_model()
    out: Links = []
    for start in range(0, len(pairs), CHUNK):
        text = corpus(pairs[start : start + CHUNK])
        out += _linked(text, evidence(text), found)
    return out


def _linked(text: Corpus, known: Evidence, model: WordModel) -> Links:
    stages = default_stages()
    judge = Judge(stages, model, text, known)
    out: Links = [()] * text.size
    for batch in text.batches:
        found = above(judge.probabilities(batch).astype(np.float64), stages.threshold)
        for number, links in zip(batch.rows.tolist(), found, strict=True):
            out[number] = links
    return out


def above(probability: NDArray[np.float64], threshold: float) -> Links:
    """The cells (pairs, I, J) of a batch whose rounded probability is over the threshold, pair by pair."""
    probability = np.round(probability, _ROUNDED)
    rows, zh, en = np.nonzero(probability > threshold)
    found = zip(zh.tolist(), en.tolist(), probability[rows, zh, en].tolist(), strict=True)
    links = [WordLink(i, j, p) for i, j, p in found]
    bounds = np.searchsorted(rows, np.arange(len(probability) + 1)).tolist()
    return [tuple(links[a:b]) for a, b in pairwise(bounds)]
