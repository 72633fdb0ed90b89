"""A query as its terms."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from duizhao import text as texts
from duizhao.errors import UsageError
from duizhao.index.keys import CHARACTER, key, stem, words

QUERY_LIMIT = 1000
# A quotation begins where a term may begin and ends where one may end; any other quotation mark is text.
_PIECE = re.compile(r'(?<!\S)(?:"([^"]+)"|“([^“”]+)”)(?!\S)|(\S+)')
# General categories that say nothing by themselves: punctuation, spaces, controls, halves of surrogates.
_SILENT = {"Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po", "Zs", "Zl", "Zp", "Cc", "Cf", "Cs"}


@dataclass(frozen=True, slots=True)
class Term:
    """One thing that must stand in the sentence.

    ``keys``: wordings, any of which will do, as characters (`keys.key`).
    ``words``: the English words in their order; empty where only characters can be found (Chinese, symbols).
    ``exact``: the words are surface words, not stems.
    """

    keys: tuple[str, ...]
    words: tuple[str, ...] = ()
    exact: bool = False


def parse(query: str, *, widen: bool = True) -> tuple[Term, ...]:
    """The terms of ``query``; ``widen``: Chinese terms also by their regional wordings.

    Raises UsageError where nothing is left to look for (empty, only punctuation) or the query is too long.
    """
    if len(query) > QUERY_LIMIT:
        raise UsageError(
            f"the query of {len(query):,} characters",
            f"is longer than the {QUERY_LIMIT:,} that can be looked for",
            "give a shorter passage of it",
        )
    terms = dict.fromkeys(_terms(query, widen))
    if not terms:
        shown = query.strip()
        raise UsageError(
            f"the query {shown!r}" if shown else "the query",
            "has no letter, character or digit to look for" if shown else "is empty",
            'give a word or a passage, such as 龙, "rule of law" or 人工智能 教育',
        )
    return tuple(terms)


def _terms(query: str, widen: bool) -> Iterator[Term]:
    run: list[str] = []  # English words that stand together are one term
    for found in _PIECE.finditer(query):
        quoted = found.group(1) or found.group(2) or ""
        piece = found.group(3) or ""
        if piece and piece != "AND" and not CHARACTER.search(key(piece)):
            run.append(piece)
            continue
        yield from _english(" ".join(run), exact=False)
        run = []
        if quoted and CHARACTER.search(key(quoted)):
            yield Term((key(quoted),))
        elif quoted:
            yield from _english(quoted, exact=True)
        elif piece != "AND":
            wordings = texts.widen(piece) if widen else (piece,)
            yield Term(tuple(dict.fromkeys(key(wording) for wording in wordings)))
    yield from _english(" ".join(run), exact=False)


def _english(text: str, exact: bool) -> Iterator[Term]:
    """The term of a text without Chinese characters; none where it is only punctuation."""
    characters = key(text)
    if any(unicodedata.category(character) not in _SILENT for character in characters):
        found = words(text)
        yield Term((characters,), tuple(found if exact else map(stem, found)), exact)
