"""Words in lines, with their places (code points): as the blanks have them, or found."""

from __future__ import annotations

import re
from dataclasses import dataclass

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
    looked up in Simplified characters."""
    import rjieba

    from duizhao.text.converters import converter

    simplified = converter("t2s")(line)
    if len(simplified) != len(line):
        simplified = line
    out, at = [], 0
    for word in rjieba.cut(simplified):
        end = at + len(word)
        out += [Token(x.text, at + x.start, at + x.end) for x in spaced(line[at:end])]
        at = end
    return out
