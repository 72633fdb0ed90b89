"""Chapter numbers that stand at the head of a paragraph (run-in heads): "CHAP. II. 1. The Master said …"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from duizhao.documents.blocks import ARTICLE_LEVEL, CHAPTER_LEVEL, PART_LEVEL, VOLUME_LEVEL, Block
from duizhao.text.numbered import heading_number, unit

FEWEST = 3  # labels that make a series
STEADY = 2 / 3  # share of steps in a series that go up by one; an abridged book leaves chapters out

_CHINESE = (
    r"[【〔\[（(]?第\s*[〇零一二三四五六七八九十百两兩0-9０-９]+(?:\s*-\s*\d+)?\s*(?P<unit>[卷部章回篇首则則条條])"
    r"(?:\s*之\s*[一二三四五六七八九十0-9]+)?"
    r"(?:[】〕\])）]\s*|[\s：:、，,．.]+)"
)
_ENGLISH = (
    r"(?P<unit>(?i:book|volume|vol|part|chapter|chap|ch|canto|ode|section|sect|sec|article|art))\.?\s+"
    r"(?:[IVXLC]+|\d{1,3}(?:-\d{1,2})?)(?:\s*[.:—–)]+\s*(?=[^\sa-z])|\s+(?=[“‘\"'(\[]?[A-Z]))"
)
_LABEL = [re.compile(_CHINESE), re.compile(_ENGLISH)]
_LEVELS = (
    dict.fromkeys(["卷", "部", "book", "volume", "part"], VOLUME_LEVEL)
    | {"section": PART_LEVEL}
    | dict.fromkeys(["条", "條", "article"], ARTICLE_LEVEL)
)
_SENTENCE = re.compile(r"[。．.！!？?；;…—-][”’」』\"'）)\]]*\s*\Z")


def cut(blocks: Sequence[Block], deepest: int = 0) -> list[Block]:
    """The blocks with such labels as headings of their own, where they make a series: at least three of one
    unit whose numbers rise, by one as a rule; they may begin again below each heading. Their level is at
    least ``deepest``."""
    labels: dict[str, list[tuple[int, int]]] = {}  # unit -> (block, end of the label)
    for number, block in enumerate(blocks):
        if found := _label(block):
            labels.setdefault(found[0], []).append((number, found[1]))
    ends: dict[int, tuple[int, int]] = {}
    for counted, places in labels.items():
        values = [heading_number(blocks[number].text[:end]) for number, end in places]
        if _series(values):
            level = max(_LEVELS.get(counted, CHAPTER_LEVEL), deepest)
            ends |= {number: (end, level) for number, end in places}
    return [part for number, block in enumerate(blocks) for part in _parts(block, *ends.get(number, (0, 0)))]


def _label(block: Block) -> tuple[str, int] | None:
    """(unit, where the label ends) of running text that begins with one."""
    if block.level or block.kind != "body" or block.note or block.whole:
        return None
    for form in _LABEL:
        match = form.match(block.text)
        if match and _SENTENCE.search(block.text, match.end()):
            return unit(match.group()), match.end()
    return None


def _series(values: Sequence[int]) -> bool:
    if len(values) < FEWEST or 0 in values:
        return False
    steps = list(pairwise(values))
    rising = all(b >= a or b == 1 for a, b in steps)  # 第五條之一 follows 第五條
    return rising and sum(b - a == 1 for a, b in steps) >= STEADY * sum(b > a for a, b in steps)


def _parts(block: Block, end: int, level: int) -> Iterator[Block]:
    if not end:
        yield block
        return
    yield replace(block.cut(0, end), level=level, references=(), starts=()).trimmed()
    yield block.cut(end)
