"""Sentences of a paragraph, in either language."""

from __future__ import annotations

import re

_BLANK_LINE = re.compile(r"\n[^\S\n]*+(?:\n[^\S\n]*+)+|\u2029")


def split(text: str, language: str) -> list[tuple[int, int]]:
    """Sentence spans (start, end) of a paragraph in ``language`` ("zh" or "en"): in order, not overlapping,
    white space around them trimmed, none empty; together they cover all characters but white space. A blank
    line ends a sentence. A sentence far too long (300 code points of Chinese, 1200 of English) is cut at ；
    or ; before it is cut at a comma, and anywhere as a last resort.

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
        for last in ends(block) if block.strip() else ():
            piece = block[first:last]
            left = len(piece) - len(piece.lstrip())
            right = len(piece.rstrip())
            if left < right:
                spans.append((start + first + left, start + first + right))
            first = last
        start = block_end
    return spans


def shorten(text: str, ends: list[int], cuts: tuple[str, ...], limit: int) -> list[int]:
    """``ends`` with the text's end, and further ones wherever a sentence would be longer than ``limit``:
    behind the last mark of the first of ``cuts`` (each a string of marks, best first) that has one in
    reach, else anywhere."""
    result: list[int] = []
    start = 0
    for end in [*ends, len(text)]:
        while end - start > limit:
            window = text[start : start + limit]
            reach = (max(window.rfind(mark) for mark in marks) + 1 for marks in cuts)
            start += next((at for at in reach if at > limit // 4), limit)
            result.append(start)
        result.append(end)
        start = end
    return result
