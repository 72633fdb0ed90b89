"""Word links of Chinese-English sentence pairs.

``corpus`` puts sentence pairs into numbers; ``evidence`` is what is known of two words beforehand
(``glosses``, ``vectors``, ``numerals``, ``sounds``); ``model`` counts words in text (``hmm``) and says what
it makes of a pair; ``stages`` decides, from ``features`` and ``rates``, with trees (``trees``). ``tokens``
finds words in lines. docs/words.md explains the method."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from duizhao.signature import signature

if TYPE_CHECKING:
    from duizhao.records import WordLink
    from duizhao.words.model import WordModel

__all__ = ["SIGNATURE", "learn", "link", "link_words"]

SIGNATURE = signature("words", 1)

WordPair = tuple[Sequence[str], Sequence[str]]


def link_words(pairs: Sequence[WordPair]) -> list[tuple[WordLink, ...]]:
    """The word links of sentence pairs (Chinese words, English words), one tuple a pair, in order of the
    words.

    Learns from the pairs themselves where there are at least ten, so give it one kind of text at a time; for
    fewer it takes the model that ships with the package. To keep learning and linking apart use `learn` and
    `link`. A pair with an empty side has no links, nor one of more than 400,000 pairs of words, which is no
    sentence pair any more."""
    from duizhao.words.linker import link_words

    return link_words(pairs)


def learn(pairs: Sequence[WordPair]) -> WordModel:
    """A word model counted in sentence pairs (Chinese words, English words)."""
    from duizhao.words.model import learn

    return learn(pairs)


def link(pairs: Sequence[WordPair], model: WordModel | None = None) -> list[tuple[WordLink, ...]]:
    """The word links by a given model (by default the one that ships with the package): those of a pair
    follow from the pair and the model, whatever else is in ``pairs``."""
    from duizhao.words.linker import link

    return link(pairs, model)
