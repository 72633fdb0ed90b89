"""What the dictionary says of a Chinese word: English lemmas, each with three strengths, 0 … 1: as a
translation of the whole word, of a longer part of it, of one of its characters.

A gloss of one word gives 1. A word of a longer gloss gives 1 / (words in it that mean something), a function
word 0.25 / (all its words). A word that only begins like one of the gloss (five letters) gives 0.7 of that.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from duizhao.dictionary import glosses
from duizhao.text import fold
from duizhao.words.forms import EN_FUNCTION, english_form

Strengths = tuple[float, float, float]

STEM = 5  # letters that two words share at their beginning
_STEM_STRENGTH = 0.7
_FUNCTION_STRENGTH = 0.25
_LONGEST_GLOSS = 6
_LONGEST_PART = 6
_NOT_A_MEANING = re.compile(
    r"^(?:CL:|surname |also written|also pr\.|see |old variant|variant of|erhua variant)"
)
_ASIDE = re.compile(r"\([^)]*\)|\[[^\]]*\]|[\u2e80-\u9fff|]+")
_OPENING = re.compile(r"^(?:abbr\. (?:for|of)|to be|to|an?|the|sth|sb|lit\.|fig\.) ")
_WORD = re.compile(r"[^\W_]+(?:[-'.][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Meanings:
    """``words``: strengths by lemma. ``stems``: strengths by the first five letters of longer lemmas.
    ``runs``: glosses of several words, as lemmas."""

    words: dict[str, Strengths]
    stems: dict[str, Strengths]
    runs: tuple[tuple[str, ...], ...]


@lru_cache(maxsize=1)
def _headwords() -> dict[str, str]:
    """The dictionary by folded headword."""
    out: dict[str, str] = {}
    # Folded all at once, which is twice as quick: the fold knows no context.
    words = fold("\x01".join(glosses())).split("\x01")
    for key, text in zip(words, glosses().values(), strict=True):
        out[key] = f"{out[key]}/{text}" if key in out else text
    return out


def in_dictionary(word: str) -> bool:
    """Whether a folded Chinese word is a headword."""
    return word in _headwords()


@lru_cache(maxsize=50_000)
def _glosses(word: str) -> tuple[tuple[str, ...], ...]:
    """The meanings of a folded headword, each as lemmas."""
    found: dict[tuple[str, ...], None] = {}
    for text in re.split(r"[/;]", _headwords().get(word, "")):
        text = text.strip()
        if _NOT_A_MEANING.match(text):
            continue
        text = _ASIDE.sub(" ", text).strip().lower()
        lemmas = tuple(english_form(x) for x in _WORD.findall(_OPENING.sub("", text)))
        if 0 < len(lemmas) <= _LONGEST_GLOSS:
            found[lemmas] = None
    return tuple(found)


@lru_cache(maxsize=50_000)
def _entry(word: str) -> dict[str, float]:
    """Lemmas of a headword's glosses, with strengths."""
    out: dict[str, float] = {}
    for gloss in _glosses(word):
        meaning = sum(x not in EN_FUNCTION for x in gloss) or 1
        for x in gloss:
            strength = 1.0
            if len(gloss) > 1:
                strength = _FUNCTION_STRENGTH / len(gloss) if x in EN_FUNCTION else 1 / meaning
            out[x] = max(out.get(x, 0.0), strength)
    return out


@lru_cache(maxsize=50_000)
def parts(word: str) -> tuple[str, ...]:
    """The longest headwords inside a word, from left to right, never the word itself."""
    found, at = [], 0
    while at < len(word):
        longest = min(_LONGEST_PART, len(word) - at, len(word) - 1)
        size = next((n for n in range(longest, 0, -1) if in_dictionary(word[at : at + n])), 0)
        if size:
            found.append(word[at : at + size])
        at += size or 1
    return tuple(found)


@lru_cache(maxsize=50_000)
def meanings(word: str) -> Meanings:
    """What the dictionary says of a folded Chinese word; empty where it does not know it."""
    sources: list[tuple[int, str]] = [(0, word)]
    if len(word) > 1:
        sources += [(1, part) for part in parts(word) if len(part) > 1]
        sources += [(2, character) for character in dict.fromkeys(word)]
    words: dict[str, list[float]] = {}
    stems: dict[str, list[float]] = {}
    for kind, source in sources:
        for lemma, strength in _entry(source).items():
            if kind and lemma in EN_FUNCTION:
                continue
            row = words.setdefault(lemma, [0.0, 0.0, 0.0])
            row[kind] = max(row[kind], strength)
            if len(lemma) >= STEM and lemma not in EN_FUNCTION:
                row = stems.setdefault(lemma[:STEM], [0.0, 0.0, 0.0])
                row[kind] = max(row[kind], _STEM_STRENGTH * strength)
    runs = tuple(gloss for gloss in _glosses(word) if len(gloss) > 1)
    return Meanings(_frozen(words), _frozen(stems), runs)


def _frozen(rows: dict[str, list[float]]) -> dict[str, Strengths]:
    return {key: (row[0], row[1], row[2]) for key, row in rows.items()}


def stands(gloss: Sequence[str], words: Sequence[str], at: int) -> bool:
    """Whether a gloss of several words stands in the English from word ``at`` on (equal, or long and begun
    alike)."""
    if at + len(gloss) > len(words):
        return False
    return all(
        a == b or (len(a) > STEM < len(b) and a[:STEM] == b[:STEM])
        for a, b in zip(gloss, words[at : at + len(gloss)], strict=True)
    )


def whole(word: str, en: Sequence[str]) -> list[tuple[int, float]]:
    """Which English words translate the whole of a folded headword, with strengths."""
    found = meanings(word)
    out = []
    for j, lemma in enumerate(en):
        strength = found.words.get(lemma, (0.0,))[0]
        if len(lemma) >= STEM:
            strength = max(strength, found.stems.get(lemma[:STEM], (0.0,))[0])
        if strength:
            out.append((j, strength))
    return out
