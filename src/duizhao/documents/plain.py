"""Plain text: lines to paragraphs."""

from __future__ import annotations

import re
from itertools import pairwise

from duizhao.documents.blocks import Block
from duizhao.text.columns import width

_END = re.compile("\r\n|[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]")
_STOPS = tuple(".!?。！？…:;：；\"'”’」』）)】》")
_WIDEST_WRAPPED = 120


def lines(text: str) -> list[tuple[int, int]]:
    """Start and end of every line, without its end mark (CR, LF, CRLF, NEL, form feed, U+2028, U+2029)."""
    spans, position = [], 0
    for end in _END.finditer(text):
        spans.append((position, end.start()))
        position = end.end()
    spans.append((position, len(text)))
    return spans


def paragraphs(text: str) -> list[Block]:
    """The paragraphs of a plain text.

    Where lines are broken at a fixed width, a paragraph runs to a blank line, an indented line, or a line
    with room left that ends a sentence; elsewhere every line is one.
    """
    spans = lines(text)
    wrapped, limit = _wrapped(text, spans)
    blocks: list[Block] = []
    start = end = -1
    for number, (first, last) in enumerate(spans):
        line = text[first:last]
        if not line.strip():
            start, end = _close(text, blocks, start, end)
            continue
        if start >= 0 and not (wrapped and _continues(text, spans, number, limit)):
            start, end = _close(text, blocks, start, end)
        start, end = (first if start < 0 else start), last
    _close(text, blocks, start, end)
    return blocks


def _close(text: str, blocks: list[Block], start: int, end: int) -> tuple[int, int]:
    if start >= 0:
        blocks.append(Block(text[start:end], base=start).trimmed())
    return -1, -1


def _first_word(line: str) -> int:
    """Width of what would have had to fit on the line before: a word, or a Chinese character with its
    mark."""
    word = re.match(r"[!-~À-ɏ]+|..?", line.lstrip())
    return width(word[0]) if word else 0


def _wrapped(text: str, spans: list[tuple[int, int]]) -> tuple[bool, int]:
    """Whether lines are broken at a fixed width, and that width in columns.

    In such a text a line ends where the next word did not fit, and mostly in the middle of a sentence.
    """
    rows = [text[first:last].rstrip() for first, last in spans]
    if max(len(row) for row in rows) > 4 * _WIDEST_WRAPPED:
        return False, 0
    pairs = [(a, b) for a, b in pairwise(rows) if a.strip() and b.strip()]
    if not pairs:
        return False, 0
    widths = sorted(width(row) for row in rows if row.strip())
    limit = widths[-1 - len(widths) // 50]
    if limit > _WIDEST_WRAPPED:
        return False, 0
    full = [(a, b) for a, b in pairs if width(a) + 1 + _first_word(b) >= limit]
    # A line that breaks off before a small letter says so alone; Chinese has none, so three lines must agree.
    broken = sum(3 if b.lstrip()[:1].islower() else 1 for a, b in full if not a.endswith(_STOPS))
    stopped = sum(a.endswith(_STOPS) for a, _ in pairs)
    return broken >= 3 and len(full) > 0.6 * len(pairs) and stopped < 0.5 * len(pairs), limit


def _continues(text: str, spans: list[tuple[int, int]], number: int, limit: int) -> bool:
    """True if this line goes on with the paragraph of the line before."""
    line = text[slice(*spans[number])]
    before = text[slice(*spans[number - 1])]
    if _indent(line) > _indent(before):
        return False
    roomy = width(before.rstrip()) + 1 + _first_word(line) < limit
    return not (roomy and before.rstrip().endswith(_STOPS))


def _indent(line: str) -> int:
    return width(line) - width(line.lstrip())
