"""Plain text: paragraphs, headings, titles."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from duizhao.documents import headings, read, read_lines
from duizhao.documents.blocks import Block
from duizhao.documents.plain import lines, paragraphs
from duizhao.errors import SourceError
from duizhao.records import Reading, Source

# (text, its paragraphs)
PARAGRAPHS = [
    ("甲。\n乙。\n", ["甲。", "乙。"]),
    ("甲。\r\n\r\n乙。", ["甲。", "乙。"]),
    ("甲。\r乙。\r", ["甲。", "乙。"]),
    ("甲。\u2028乙。\u2029丙。\f丁。", ["甲。", "乙。", "丙。", "丁。"]),
    ("　　甲。\n　　乙。\n", ["甲。", "乙。"]),
    ("\ufeff\n\n甲。", ["\ufeff", "甲。"]),
    # One sentence a line stays one paragraph a line, however short.
    ("The cat sat.\nThe dog ran after the cat and the bird.\nAll slept.", 3),
    # Lines broken at about 40 columns flow together.
    (
        "The old man who lived on the hill above\nthe river had no clock, and he told the\ntime by the "
        "ferry. "
        "When it came late he\ndined late.\n\nNobody minded, as nobody in the village\nhad anywhere to be "
        "before it "
        "came.",
        2,
    ),
    # An indented line begins a paragraph where no blank line does.
    (
        "  The old man who lived on the hill above\nthe river had no clock, and he told the\ntime by the "
        "ferry.\n"
        "  Nobody minded, as nobody in the village\nhad anywhere to be before it came.",
        2,
    ),
    (
        "山上住着一位老人，他没有钟，看渡船来知道\n时辰。船来得晚，他就吃得晚，村里的人也都\n不着急，因为船来以前谁也没有地方可去，也\n没有什么事可做。\n\n"
        "第二年春天，船忽然不来了。",
        2,
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), PARAGRAPHS)
def test_lines_become_paragraphs(text: str, expected: list[str] | int) -> None:
    found = paragraphs(text)
    assert len(found) == (expected if isinstance(expected, int) else len(expected))
    if not isinstance(expected, int):
        assert [block.text for block in found] == expected
    assert all(text[block.base : block.base + len(block.text)] == block.text for block in found)


def test_lines_end_where_editors_show_it() -> None:
    text = "a\r\nb\rc\n\nd\u2028e\x85f\fg"
    assert [text[a:b] for a, b in lines(text)] == ["a", "b", "c", "", "d", "e", "f", "g"]


# (a line, its level relative to others: 0 text, 2 volume, 3 chapter, 4 part of a chapter)
HEADINGS = [
    ("第三回 老人下山", 3), ("第十二章", 3), ("第 3 章", 3), ("卷二", 2), ("卷上　渡船", 2), ("第一部", 2),
    ("上卷", 2), ("上篇", 2), ("下篇 德经", 2),
    ("第二节 钟", 4), ("计篇第一", 3), ("学而第一", 3), ("序言", 3), ("後記", 3), ("附录", 3), ("楔子", 3),
    ("第三天他下山去了。", 0), ("卷二里写的是渡船，", 0), ("第一次见面", 0), ("他说过的话", 0),
    ("Chapter III", 3), ("CHAPTER 12. The Ferry", 3), ("Book Two: The Hill", 2), ("PART I", 2), ("Act II",
    3), ("IV", 0), ("Preface", 3), ("Translator’s Preface", 3), ("Section 2: Clocks", 4),
    ("Part two of the bridge was never built.", 0), ("I", 0), ("In the end nobody came", 0),
    ("Chapter and verse", 0), ("BOOK I. ON WATER.", 2), ("CHAP. IV", 3), ("老艄公语录第一章", 3),
    ("第 5 條", 5), ("第五条之一", 5), ("第 5-1 條", 5), ("Article 12", 5), ("ARTICLE V. Notices", 5),
]  # fmt: skip


@pytest.mark.parametrize(("line", "level"), HEADINGS)
def test_headings_are_known_by_their_words(line: str, level: int) -> None:
    following = Block("这一段是正文，后面还有。", base=100)
    marked, _, _ = headings.mark([Block("前面的正文。"), Block(line, base=50), following], titled=True)
    assert marked[1].level == level


# (bare numbers on lines of their own, whether they are headings)
NUMBERS = [(["1", "2", "3"], True), (["I", "II", "III", "IV"], True), (["一", "二", "三"], True),
           (["九", "十", "十一"], False), (["17", "18"], False), (["1", "2", "1", "2"], True), (["1"],
           False), (["一章", "二章", "三章"], True)]  # fmt: skip


@pytest.mark.parametrize(("numbers", "are"), NUMBERS)
def test_numbers_that_count_up_are_headings(numbers: list[str], are: bool) -> None:
    blocks = [block for number in numbers for block in (Block(number), Block("他没有钟，也不要钟。"))]
    marked, _, _ = headings.mark(blocks, titled=True)
    assert [block.level > 0 for block in marked[::2]] == [are] * len(numbers)


# (a doubled heading, what is kept, what is noted)
DOUBLED = [
    ("茶篇第一茶篇", "茶篇第一", "茶篇"),
    ("九变篇第八九变篇", "九变篇第八", "九变篇"),
    ("九地篇第十一九地篇", "九地篇第十一", "九地篇"),
    ("第一章 渡船 第一章 渡船", "第一章 渡船", "第一章 渡船"),
]


@pytest.mark.parametrize(("line", "kept", "again"), DOUBLED)
def test_a_doubled_heading_is_kept_once_and_noted(
    reading: Callable[..., Reading], line: str, kept: str, again: str
) -> None:
    document = reading(f"老人与钟\n\n{line}\n山上住着一位老人，他没有钟。\n").documents[0]
    assert document.texts()[:2] == ["老人与钟", kept]
    notes = [fact for fact in document.facts if fact.name == "note"]
    assert [(note.quote, note.how) for note in notes] == [(again, "heading")]
    assert document.heading_path(document.sentences[2].section) == ("老人与钟", kept)


def test_an_ordinal_and_the_title_below_it_are_one_heading(reading: Callable[..., Reading]) -> None:
    text = (
        "The Ferry\n\nCHAPTER I\n\nThe Clock\n\nThe old man had no clock at all.\n\n"
        "CHAPTER II\n\nThe Boat\n\nIt came.\n"
    )
    document = reading(text).documents[0]
    assert [section.heading for section in document.sections] == [
        "", "The Ferry", "CHAPTER I The Clock", "CHAPTER II The Boat",
    ]  # fmt: skip
    assert document.title == "The Ferry"


# (text, the title or "")
TITLES = [
    ("老人与钟\n山上住着一位老人，他没有钟。\n", "老人与钟"),
    ("老人为什么没有钟？\n山上住着一位老人，他没有钟，也不要钟。\n", "老人为什么没有钟？"),
    ("山上住着一位老人。\n他没有钟。\n", ""),
    (
        "Why the old man had no clock\nHe lived on the hill, above the river and the road.\n",
        "Why the old man had no clock",
    ),
    ("He lived on the hill.\nHe had no clock.\n", ""),
    ("只有一行", ""),
    ("第一章\n山上住着一位老人，他没有钟。\n", ""),
]


@pytest.mark.parametrize(("text", "title"), TITLES)
def test_a_short_first_line_is_the_title(reading: Callable[..., Reading], text: str, title: str) -> None:
    document = reading(text).documents[0]
    assert document.title == title == document.fact("title")
    assert (document.sentences[0].kind == "heading") is (bool(title) or text.startswith("第一章"))


def test_broken_lines_flow_together(reading: Callable[..., Reading]) -> None:
    text = (
        "The old man who lived on the hill above\nthe river had no clock, and he told the\ntime by the "
        "ferry. "
        "When it came late he\ndined late.\n"
    )
    assert reading(text).documents[0].texts() == [
        "The old man who lived on the hill above the river had no clock, and he told the time by the ferry.",
        "When it came late he dined late.",
    ]


def test_every_line_can_be_one_sentence() -> None:
    data = "第一章\n甲。乙。\n　丙 \n".encode()
    source = Source("", "a.txt", "text", len(data), "")
    document = read_lines(source, data, "zh")
    assert document.texts() == ["第一章", "甲。乙。", "丙"]
    assert {sentence.kind for sentence in document.sentences} == {"text"}
    with pytest.raises(SourceError, match=r"a\.txt, line 2, is empty"):
        read_lines(source, "甲。\n\n乙。\n".encode())


def test_the_art_of_war_has_thirteen_sections(shared: Path) -> None:
    from duizhao.sources import ingest

    document = read(*ingest(shared / "books/art-of-war/zh.txt")).documents[0]
    chapters = [section for section in document.sections if section.level > 1]
    assert (document.title, document.fact("encoding"), document.tag) == ("孙子兵法", "GB18030", "zh-Hans")
    assert [len(chapters), chapters[0].heading, chapters[12].heading] == [13, "计篇第一", "用间篇第十三"]
    assert sum(fact.name == "note" for fact in document.facts) == 13
    data = (shared / "books/art-of-war/zh.txt").read_bytes().decode("gb18030")
    kept = "".join(document.texts()) + "".join(fact.quote for fact in document.facts if fact.name == "note")
    # Nothing is lost: the characters are those of the file, white space apart.
    assert sorted("".join(kept.split())) == sorted("".join(data.split()))
