"""Provenance that stands in the text: headers of news pages, datelines, bylines, end marks.

What is recognised is taken out of the text and becomes facts, each with the characters it was read from.
Only the beginning and the end of a document are looked at: the same words further in are text.
"""

from __future__ import annotations

import re
from dataclasses import replace

from duizhao.documents import datelines, headers
from duizhao.documents.blocks import Block
from duizhao.records import Fact

# Headers stand at the top, below the title; a page with many lines of them has about this many.
_HEAD, _TAIL = 10, 4
_LONGEST_MARK = 24
_FULL = re.compile(r"\d{4}-\d\d-\d\d")
_HALF_A_YEAR = 6  # months
_MARKS = re.compile(
    r"\s*(?P<mark>[■∎◼▪◆●□]+|[（(【［\[—-]*\s*(?:全文)?[完终終]\s*[)）】］\]—-]*|###|\(?END\)?|Enditem|-\s?30\s?-)\s*$"
)
_MARK_ALONE = frozenset(("完", "终", "終", "全文完", "全文终", "全文終", "END"))


def take(blocks: list[Block]) -> tuple[list[Block], list[Fact]]:
    """(the blocks without provenance, the facts in the order of the text, those without a value last)."""
    facts: list[Fact] = []
    head, rest = blocks[:_HEAD], blocks[_HEAD:]
    head = _take_head(head, facts)
    blocks = head + rest
    blocks = _take_tail(blocks, facts)
    facts.sort(key=lambda fact: not fact.value)
    return [block for block in blocks if not block.blank], facts


def _take_head(blocks: list[Block], facts: list[Fact]) -> list[Block]:
    """Take headers and the dateline off the top. Running text without any ends the search."""
    result: list[Block] = []
    texts = 0
    for number, block in enumerate(blocks):
        if texts > 1 or block.note:
            return result + blocks[number:]
        if block.level:
            result.append(block)
            continue
        found, end = headers.read(block, first=number == 0)
        facts += found
        block = block.cut(end).trimmed()
        if block.blank:
            continue
        found, end = datelines.read(block)
        facts += found
        result.append(block.cut(end).trimmed())
        if found:
            return result + blocks[number + 1 :]
        # A title may stand above the headers without being marked as one.
        texts += 1 if len(block.text) < 120 else 2
    return result


def _take_tail(blocks: list[Block], facts: list[Fact]) -> list[Block]:
    """Take end marks and the lines about the makers off the end."""
    blocks = list(blocks)
    last = len(blocks)
    found: list[Fact] = []
    for _ in range(_TAIL):
        while last and (blocks[last - 1].note or blocks[last - 1].kind != "body"):
            last -= 1
        if last < 2:
            break
        block, taken = _take_end(blocks[last - 1])
        if not taken:
            break
        found = taken + found
        blocks[last - 1] = block
        if not block.blank:
            continue
        del blocks[last - 1]
        last -= 1
    facts += found
    return blocks


def _take_end(block: Block) -> tuple[Block, list[Fact]]:
    text = block.text
    credits, start = headers.read_end(block)
    if credits:
        return block.cut(0, start).trimmed(), credits
    match = _MARKS.search(text, max(0, len(text) - _LONGEST_MARK))
    if not match or block.level:
        return block, []
    word = match["mark"].strip("（）()【】［］[]—- ")
    before = text[: match.start()].rstrip()
    # A bare 完 is a mark only alone on its line or behind a full stop; 未完 and 说完 are words.
    if (
        word in _MARK_ALONE
        and before
        and not (before.endswith(tuple("。！？!?.”’」』…）)")) or match["mark"] != word)
    ):
        return block, []
    fact = Fact(
        "end_mark", match["mark"].strip(), match["mark"], block.place(*match.span("mark")), "end mark"
    )
    return block.cut(0, len(before)), [fact]


def dated(facts: list[Fact]) -> list[Fact]:
    """Give the days of datelines the year of the full date that metadata or a header tell, and put full
    dates before others. A day of the months before a date of January belongs to the year before."""
    known = next((fact.value for fact in facts if _is_full(fact)), "")
    facts = [_with_year(fact, known) if fact.name == "published" else fact for fact in facts]
    ordered = iter(
        sorted((fact for fact in facts if fact.name == "published"), key=lambda f: not _is_full(f))
    )
    return [next(ordered) if fact.name == "published" else fact for fact in facts]


def _is_full(fact: Fact) -> bool:
    return fact.name == "published" and bool(_FULL.match(fact.value))


def _with_year(fact: Fact, known: str) -> Fact:
    if not fact.value.startswith("--"):
        return fact
    if not known:
        return replace(fact, value=fact.quote)
    year, month = int(known[:4]), int(known[5:7])
    before = int(fact.value[2:4]) - month > _HALF_A_YEAR
    return replace(fact, value=f"{year - before:04}-{fact.value[2:]}")
