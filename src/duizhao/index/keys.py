"""What is compared when a sentence is looked for: characters in their fold, words and their stems.

Text and query go through the same functions, so that they meet. The **key** of a text is its fold with white
space made regular: a run of it is one space, none stays at the ends, and none between a Chinese character and
a Latin letter or digit, where it is a matter of house style (AI 技术, AI技术).
"""

from __future__ import annotations

import re
from functools import lru_cache

from duizhao import text as texts

# Ideographs (with their iteration marks), kana, bopomofo, hangul: what is written without spaces or found by
# syllable.
_IDEOGRAPHS = (
    r"\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3038-\u303b\u3041-\u30ff\u3100-\u312f\u3131-\u318e\u31a0-\u31ff"
    r"\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00016fe0-\U00018dff\U0001b000-\U0001b2ff"
    r"\U00020000-\U0003fffd"
)
CHARACTER = re.compile(f"[{_IDEOGRAPHS}]")
# Lone surrogates cannot be stored as UTF-8; U+FDD0 (no character by definition) stands for the space inside
# the index.
_UNSTORABLE = re.compile("[\ud800-\udfff\ufdd0]")
_SPACES = re.compile(" +")
_NUMBER = r"\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+\.\d+"
_WORD = re.compile(rf"{_NUMBER}|[^\W{_IDEOGRAPHS}]+")
# Longer "words" are data, not language; what follows is not compared.
WORD_LIMIT = 100
SPACE = "\ufdd0"
_SHORT = {
    **dict.fromkeys(("am", "is", "are", "was"), "be"),
    **dict.fromkeys(("has", "had"), "have"),
    "ate": "eat",
    "did": "do",
    "fed": "feed",
    "got": "get",
    "led": "lead",
    "men": "man",
    "met": "meet",
    "ran": "run",
    "sat": "sit",
    "saw": "see",
    "won": "win",
}


def key(text: str) -> str:
    """What stands for ``text`` where characters are compared."""
    folded = texts.fold(_storable(text))
    return "".join(folded[start:end] for start, end in _kept(folded))


def key_spans(text: str) -> tuple[str, list[tuple[int, int]]]:
    """The key, and for each of its code points the span in ``text`` that it stands for."""
    folded, spans = _fold_spans(text)
    kept = _kept(folded)
    return "".join(folded[start:end] for start, end in kept), [
        span for start, end in kept for span in spans[start:end]
    ]


def words(text: str) -> list[str]:
    """The words of ``text`` in order, folded: runs of letters and digits; a number keeps its decimal point
    and loses its thousands separators; Chinese characters are not words."""
    return [_word(found.group()) for found in _WORD.finditer(texts.fold(_storable(text)))]


def word_spans(text: str) -> list[tuple[str, int, int]]:
    """The words of ``text`` with the offsets in ``text`` where each begins and ends."""
    folded, spans = _fold_spans(text)
    return [
        (_word(found.group()), spans[found.start()][0], spans[found.end() - 1][1])
        for found in _WORD.finditer(folded)
    ]


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """The dictionary form of a folded English word: simplemma's, with two exceptions.

    Up to three letters, only irregular forms of common words are led back, as the dictionary takes many a
    name or abbreviation for a form of something else (ai → be, us → we, lan → lin, wan → want). From words
    that the dictionary does not know, the ending of the plural is taken off (loongs, mooncakes).
    """
    if len(word) < 4:
        return _SHORT.get(word, word)
    import simplemma

    lemma = str(simplemma.lemmatize(word, lang="en")).casefold()
    if lemma == word and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return lemma


def _fold_spans(text: str) -> tuple[str, list[tuple[int, int]]]:
    """The fold, and for each of its code points the span in ``text`` that it comes from. A character that
    folds to several is the origin, as a whole, of each."""
    folded, origins = texts.fold_offsets(_storable(text))
    spans: list[tuple[int, int]] = []
    end = origins[len(folded)]
    for number in range(len(folded) - 1, -1, -1):
        if origins[number] < origins[number + 1]:
            end = origins[number + 1]
        spans.append((origins[number], end))
    return folded, spans[::-1]


def _storable(text: str) -> str:
    return _UNSTORABLE.sub("\ufffd", text)


def _kept(folded: str) -> list[tuple[int, int]]:
    """The spans of a fold that its key keeps: all but superfluous spaces."""
    kept: list[tuple[int, int]] = []
    start = 0
    for run in _SPACES.finditer(folded):
        before, after = folded[max(run.start() - 1, 0) : run.start()], folded[run.end() : run.end() + 1]
        if not before or not after or _house_style(before, after) or _house_style(after, before):
            kept.append((start, run.start()))
            start = run.end()
        elif run.end() - run.start() > 1:
            kept.append((start, run.start() + 1))
            start = run.end()
    kept.append((start, len(folded)))
    return [span for span in kept if span[0] < span[1]]


def _house_style(character: str, other: str) -> bool:
    return bool(CHARACTER.match(character)) and other.isalnum() and not CHARACTER.match(other)


def _word(found: str) -> str:
    return found.replace(",", "")[:WORD_LIMIT]
