"""Word links of Chinese-English sentence pairs.

``corpus`` puts sentence pairs into numbers; ``evidence`` is what is known of two words beforehand
(``glosses``, ``vectors``, ``numerals``, ``sounds``); ``model`` counts words in text (``hmm``) and says what
it makes of a pair; ``stages`` decides, from ``features`` and ``rates``, with trees (``trees``). ``tokens``
finds words in lines. In a collection ``documents`` links the words of a document pair, ``stored`` packs them,
``learning`` makes a model of its linked sentences. docs/words.md explains the method."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import TYPE_CHECKING

from duizhao.signature import signature

if TYPE_CHECKING:
    from duizhao.records import Alignment, Document, WordLink
    from duizhao.words.documents import Texts
    from duizhao.words.model import WordModel
    from duizhao.words.texts import TextLinks

__all__ = [
    *("SIGNATURE", "full_signature", "learn", "learn_texts", "link", "link_document", "link_texts"),
    "link_words",
]

SIGNATURE = signature("words", 2)
DOCUMENTS = signature("document-words", 1)
"""What `link_document` adds to `SIGNATURE`: which words of a document pair are linked, how that is kept."""

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


def link_document(zh: Document, en: Document, alignment: Alignment, model: bytes = b"") -> bytes:
    """The word links of a document pair, packed (`duizhao.words.stored.StoredWords` reads them). They follow
    from the documents, the alignment and the model, and from nothing else.

    ``model``: what `WordModel.dump` gave; empty for the one that ships with the package.

    Raises:
        SourceError: the model is damaged.
    """
    from duizhao.words.documents import link_document

    return link_document(zh, en, alignment, model)


def learn_texts(texts: Iterable[Texts]) -> WordModel:
    """A word model counted in linked sentences; see `duizhao.words.learning`."""
    from duizhao.words.learning import learn_texts

    return learn_texts(texts)


@cache
def full_signature() -> str:
    """`SIGNATURE`, `DOCUMENTS` and the digest of what was learned and ships with the package, from its bytes:
    quicker than loading it."""
    import hashlib
    from importlib.resources import files

    learned = hashlib.sha256()
    for name in ("language.json", "model.json.gz", "stages.json.gz"):
        learned.update((files("duizhao.words") / name).read_bytes())
    return f"{SIGNATURE} {DOCUMENTS} {learned.hexdigest()[:16]}"


def link_texts(
    texts: Sequence[tuple[str, str]], model: WordModel | None = None, *, quick: bool = False
) -> list[TextLinks]:
    """Words, word links and coverage of sentence pairs as they are written (Chinese text, English text).

    By a given model, by default the one that ships with the package; what is said of a pair follows from the
    pair and the model. ``quick``: by the word model alone, without the learned stages, at half the cost."""
    from duizhao.words.texts import link_texts

    return link_texts(texts, model, quick=quick)
