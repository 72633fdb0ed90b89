"""Sentences of a paragraph, in either language."""

from __future__ import annotations

import re

_BLANK_LINE = re.compile(r"\n[^\S\n]*\n|\u2029")


def split(text: str, language: str) -> list[tuple[int, int]]:
    """Sentence spans (start, end) of a paragraph in ``language`` ("zh" or "en"): in order, not overlapping, white space
    around them trimmed, none empty; together they cover all characters but white space. A blank line ends a sentence.

    Time is linear in the length of the text. Raises ValueError for another language.
    """
    if language == "zh":
        from duizhao.text.chinese import ends
    elif language == "en":
        from duizhao.text.english import ends
    else:
        raise ValueError(f"unknown language {language!r}: zh or en")
    spans: list[tuple[int, int]] = []
    start = 0
    for block_end in [*(match.end() for match in _BLANK_LINE.finditer(text)), len(text)]:
        block = text[start:block_end]
        first = 0
        for last in [*ends(block), len(block)]:
            piece = block[first:last]
            left = len(piece) - len(piece.lstrip())
            right = len(piece.rstrip())
            if left < right:
                spans.append((start + first + left, start + first + right))
            first = last
        start = block_end
    return spans


def shorten(text: str, start: int, end: int, marks: tuple[str, ...], limit: int) -> list[int]:
    """Where to cut ``text[start:end]`` so that no piece is longer than ``limit``: after the last of the best mark in
    reach (the marks best first, each as a string of characters), as a last resort anywhere."""
    cuts: list[int] = []
    while end - start > limit:
        window = text[start : start + limit]
        at = next((found for mark in marks if (found := _last(window, mark)) > limit // 4), limit)
        start += at
        cuts.append(start)
    return cuts


def _last(window: str, characters: str) -> int:
    """Just after the last of the characters in the window, 0 if there is none."""
    return max(window.rfind(character) for character in characters) + 1
