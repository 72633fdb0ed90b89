"""The word links of a document pair: those of each of its sentence links."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from functools import cache, lru_cache
from typing import Any

from duizhao.records import Alignment, Document, Link, LinkedWords, WordLink
from duizhao.words import SIGNATURE, tokens
from duizhao.words.corpus import MOST_CELLS
from duizhao.words.model import WordModel, default_model, load
from duizhao.words.stored import pack
from duizhao.words.tokens import Token

Texts = tuple[tuple[str, ...], tuple[str, ...]]
"""The Chinese and the English sentences of a link."""


def link_document(zh: Document, en: Document, alignment: Alignment, model: bytes = b"") -> bytes:
    """The word links of two documents, packed (`duizhao.words.stored`). They follow from the documents, the
    alignment and the model, and from nothing else.

    ``model``: what `WordModel.dump` gave; empty for the one that ships with the package.

    Raises:
        SourceError: the model is damaged.
    """
    from duizhao.words import link

    known = _loaded(model) if model else default_model()
    sides = [_side_tokens(texts) for texts in linked_texts(zh, en, alignment.links)]
    # A link of hundreds of words a side is none of sentences any more.
    fit = [k for k, (left, right) in enumerate(sides) if 0 < len(left) * len(right) <= MOST_CELLS]
    with one_thread():
        found = link([([x.text for x in sides[k][0]], [x.text for x in sides[k][1]]) for k in fit], known)
    out: list[tuple[LinkedWords, ...]] = [()] * len(sides)
    for k, words in zip(fit, found, strict=True):
        out[k] = tuple(_placed(word, *sides[k]) for word in words)
    return pack(out, f"{SIGNATURE} model={known.signature}")


def linked_texts(zh: Document, en: Document, links: Sequence[Link]) -> Iterator[Texts]:
    """The sentences of each link."""
    for link in links:
        left = tuple(zh.sentences[number].text for number in link.zh)
        yield left, tuple(en.sentences[number].text for number in link.en)


def words_of(texts: Texts) -> tuple[list[str], list[str]]:
    """The words of a link's sentences, as the word model reads them."""
    left, right = _side_tokens(texts)
    return [token.text for token in left], [token.text for token in right]


def _side_tokens(texts: Texts) -> tuple[list[Token], list[Token]]:
    """The words of both sides with their places in the side's text, none where a side is empty."""
    zh, en = texts
    if not (zh and en):
        return [], []
    return list(_run_on(zh, tokens.chinese)), list(_run_on(en, tokens.english))


def _run_on(sentences: Sequence[str], cut: Callable[[str], list[Token]]) -> Iterator[Token]:
    at = 0
    for sentence in sentences:
        for token in cut(sentence):
            yield Token(token.text, at + token.start, at + token.end)
        at += len(sentence)


def _placed(word: WordLink, zh: Sequence[Token], en: Sequence[Token]) -> LinkedWords:
    left, right = zh[word.zh], en[word.en]
    return LinkedWords((left.start, left.end), (right.start, right.end), word.probability)


@lru_cache(maxsize=1)
def _loaded(model: bytes) -> WordModel:
    return load(model, "the collection's word model")


def one_thread() -> AbstractContextManager[object]:
    """A block in which linear algebra runs on one thread, so that it rounds alike in every process."""
    limited: AbstractContextManager[object] = _blas().limit(limits=1, user_api="blas")
    return limited


@cache
def _blas() -> Any:
    from threadpoolctl import ThreadpoolController  # type: ignore[import-untyped]

    return ThreadpoolController()
