"""Words in lines, with their places (code points): as the blanks have them, or found."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from duizhao.words import glosses

_BLANKS = re.compile(r"\S+")
# As the field writes English words apart: 's and n't by themselves, abbreviations with their stops,
# numbers with theirs, words with hyphens whole, every other mark alone.
_ENGLISH = re.compile(
    r"""(?:[A-Za-z]\.){2,}
    | (?:Mr|Mrs|Ms|Dr|St|Prof|Gen|Col|Sen|Gov|Rev|No|Vol)\.(?=\s)
    | \d+(?:[.,]\d+)*(?:st|nd|rd|th|s)?(?!\w)
    | ['’](?:s|S|ll|re|ve|d|m)(?!\w)
    | n['’]t(?!\w)
    | [^\W_]+?(?=n['’]t(?!\w))
    | [^\W_]+(?:[-'’.](?!(?:s|S|ll|re|ve|d|m|t)(?!\w))[^\W_]+)*
    | \.{2,} | -{2,}
    | \S""",
    re.VERBOSE,
)

_FIGURES = re.compile(r"(第?\d+(?:[.,]\d+)*(?:万亿|亿|万|千|百)?(?:%|年代?|月份|月|日|号)?)")
_NAME = re.compile(r"[\u3400-\u9fff]+(?:·[\u3400-\u9fff]+)*·?")
_DOT = "·"
_LONG = 4


@dataclass(frozen=True, slots=True)
class Token:
    """A word and where it stands: ``text == line[start:end]``."""

    text: str
    start: int
    end: int


def spaced(line: str) -> list[Token]:
    """The words between blanks."""
    return [Token(match.group(), match.start(), match.end()) for match in _BLANKS.finditer(line)]


def english(line: str) -> list[Token]:
    """The words and marks of an English line."""
    return [Token(match.group(), match.start(), match.end()) for match in _ENGLISH.finditer(line)]


def chinese(line: str) -> list[Token]:
    """The words and marks of a Chinese line, by jieba (``rjieba``), in whose dictionary Traditional text is
    looked up in Simplified characters.

    A figure keeps its unit (22日, 1500万), a foreign name its dots; a word that CC-CEDICT does not know is
    cut where it knows all parts (财政预算). On the gold that finds 87% of the words instead of 80%.
    """
    import rjieba

    from duizhao.text.converters import converter

    simplified = converter("t2s")(line)
    if len(simplified) != len(line):
        simplified = line
    ends: list[int] = []
    at = 0
    for piece in _FIGURES.split(simplified):
        words = [piece] if _FIGURES.fullmatch(piece) else rjieba.cut(piece)
        for word in words:
            for part in _parts(word):
                at += len(part)
                ends.append(at)
    return _named([x for a, b in pairwise([0, *ends]) for x in _within(line, a, b)])


def _within(line: str, start: int, end: int) -> list[Token]:
    """What is between blanks in a stretch of the line."""
    return [Token(x.text, start + x.start, start + x.end) for x in spaced(line[start:end])]


def _parts(word: str) -> tuple[str, ...]:
    """The word, or where the dictionary knows only its parts, those (of two characters or more)."""
    if len(word) < _LONG or glosses.in_dictionary(word):
        return (word,)
    parts = glosses.parts(word)
    return parts if "".join(parts) == word and min(map(len, parts)) > 1 else (word,)


def _named(tokens: list[Token]) -> list[Token]:
    """Names that a dot holds together made one word."""
    out: list[Token] = []
    for token in tokens:
        last = out[-1] if out else None
        joins = last and last.end == token.start and (token.text == _DOT or last.text.endswith(_DOT))
        if last and joins and _NAME.fullmatch(last.text + token.text):
            out[-1] = Token(last.text + token.text, last.start, token.end)
        else:
            out.append(token)
    return out
