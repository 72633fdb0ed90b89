"""From sentence pairs to word links."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

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
        probability = np.round(judge.probabilities(batch).astype(np.float64), _ROUNDED)
        rows, zh, en = np.nonzero(probability > stages.threshold)
        values = probability[rows, zh, en]
        bounds = np.searchsorted(rows, np.arange(len(batch.rows) + 1))
        for row, number in enumerate(batch.rows.tolist()):
            here = slice(bounds[row], bounds[row + 1])
            found = zip(zh[here].tolist(), en[here].tolist(), values[here].tolist(), strict=True)
            out[number] = tuple(WordLink(i, j, p) for i, j, p in found)
    return out
