"""Headings and titles in plain text, known by their words: 第三回, 卷二, 计篇第一, Chapter III."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Sequence
from dataclasses import replace

from duizhao.documents.blocks import (
    ARTICLE_LEVEL,
    CHAPTER_LEVEL,
    PART_LEVEL,
    TITLE_LEVEL,
    VOLUME_LEVEL,
    Block,
)
from duizhao.records import Fact
from duizhao.text.numbered import heading_number, unit

_LONGEST_HEADING = {"zh": 40, "en": 80}  # code points
_LONGEST_TITLE = {"zh": 50, "en": 160}
_LONGEST_WITH_COMMA = 20  # a Chinese title
_STOP = tuple("。．.！!？?；;，,：:、…")
_LOUD = tuple("？?！!")  # stops that titles may have
_CLOSING = "”’」』\"')）]"  # what may stand behind a stop

_N = "[〇零一二三四五六七八九十百千两兩0-9０-９]"
_NAME_ZH = r"(?:[\s　：:·]*(?P<name>.*))?"
_ALONE_ZH = (
    "序|序言|序文|前言|引言|导言|導言|导论|導論|绪论|緒論|楔子|引子|尾声|尾聲|后记|後記|跋|结语|結語|附录|附錄|凡例"
    "|参考文献|參考文獻|目录|目錄"
)
_CHINESE = (
    (
        rf"(?:第\s*{_N}+\s*[卷部编編集辑輯册冊]|卷(?:{_N}+|[上中下首末])|[上中下][卷部册冊编編篇]){_NAME_ZH}",
        VOLUME_LEVEL,
    ),
    (rf"第\s*{_N}+\s*[章回篇折出幕课課讲講话話场場]{_NAME_ZH}", CHAPTER_LEVEL),
    (rf"\S{{1,8}}第{_N}+[章篇]?", CHAPTER_LEVEL),
    (rf"(?:自|代|原|再版|译者|譯者|作者|編者|编者)?(?:{_ALONE_ZH})", CHAPTER_LEVEL),
    (rf"第\s*{_N}+\s*[节節](?:[\s　：:·]+(?P<name>.*))?", PART_LEVEL),
    (rf"第\s*{_N}+(?:\s*-\s*{_N}+)?\s*[條条](?:\s*之\s*{_N}+)?(?:[\s　：:·]+(?P<name>.*))?", ARTICLE_LEVEL),
)
_NUMBER = (
    r"(?:[IVXLCDM]+|[0-9]+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen"
    r"|sixteen|seventeen|eighteen|nineteen|twenty|the (?:first|second|third|fourth|fifth|last))"
)
_NAME_EN = r"\b\.?(?:\s*[.:—–-]?\s*(?P<name>.*))?"
_ALONE_EN = (
    r"preface|foreword|introduction|prologue|epilogue|afterword|conclusion|appendix(?: [A-Z0-9]+)?|"
    r"bibliography"
    r"|contents|dedication|acknowledge?ments"
)
_ENGLISH = (
    (rf"(?:book|part|volume|vol\.)\s+{_NUMBER}{_NAME_EN}", VOLUME_LEVEL),
    (
        rf"(?:chapter|chap\.|ch\.|canto|act|letter|lecture|lesson|stave|ode)\s+{_NUMBER}{_NAME_EN}",
        CHAPTER_LEVEL,
    ),
    (rf"(?:(?:translator|author|editor)[’']s )?(?:{_ALONE_EN})\.?", CHAPTER_LEVEL),
    (rf"(?:section|scene)\s+{_NUMBER}{_NAME_EN}", PART_LEVEL),
    (rf"(?:article|art\.)\s+{_NUMBER}(?:[-–]{_NUMBER})?{_NAME_EN}", ARTICLE_LEVEL),
)
_FORMS = [
    ("zh", re.compile(pattern), level) for pattern, level in _CHINESE
] + [
    ("en", re.compile(pattern, re.IGNORECASE), level) for pattern, level in _ENGLISH
]  # fmt: skip
# 计篇第一计篇, and 第一章 渡船 第一章 渡船.
_DOUBLED = (
    re.compile(rf"(?P<kept>(?P<name>\S{{1,12}}?)\s*第{_N}+)\s*(?P<again>(?P=name))"),
    re.compile(r"(?P<kept>\S.{1,30}?)\s*(?P<again>(?P=kept))"),
)
_BARE_NUMBER = re.compile(
    r"(?:[IVXLC]{1,7}|[0-9]{1,3}|[一二三四五六七八九十百]{1,5})(?:[.．、]|\s*[章回篇])?"
)


def mark(blocks: list[Block], titled: bool) -> tuple[list[Block], list[Fact], str]:
    """Give plain blocks their heading levels: (blocks, facts, title). ``titled``: the title is already known.

    A first short line without a stop is the title, if text follows. An ordinal and the short line below it
    are one heading. The second copy in a doubled heading (计篇第一计篇) is left out of the text and kept as
    a note.
    """
    facts: list[Fact] = []
    found: list[Block] = []
    counted = _counted(blocks)
    open_ordinal = False  # the last heading was an ordinal that waits for its title
    for number, block in enumerate(blocks):
        level, ordinal = (CHAPTER_LEVEL, True) if number in counted else _level(block.text)
        if level and (match := _doubled(block.text)):
            facts.append(_note(block, match.span("again")))
            block, ordinal = block.cut(0, match.end("kept")), False
        elif (
            open_ordinal
            and not level
            and len(block.text) <= max(_LONGEST_HEADING.values())
            and _is_title(block.text, blocks[number + 1 : number + 7])
            and (joined := _joined(found[-1], block))
        ):
            found[-1], open_ordinal = joined, False
            continue
        open_ordinal = bool(level) and ordinal
        found.append(replace(block, level=level) if level else block)
    title = ""
    if not titled and found and not found[0].level and _is_title(found[0].text, found[1:7], longer=True):
        title = " ".join(found[0].text.split())
        found[0] = replace(found[0], level=TITLE_LEVEL)
    return found, facts, title


def nested(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with numbered headings one level below those under which their count begins anew, so that
    the 第一章 of each 学而第一 stand inside it."""
    out = list(blocks)
    numbers = {i: heading_number(b.text) for i, b in enumerate(out) if b.level and b.kind == "body"}
    counted: dict[str, list[int]] = {}
    for i, number in numbers.items():
        if number:
            counted.setdefault(unit(out[i].text), []).append(i)
    for kind in sorted(counted.values(), key=len):
        firsts = [i for i in kind if numbers[i] == 1]
        others = sorted(numbers.keys() - set(kind))
        before = [bisect(others, first) for first in firsts]  # headings of other kinds
        if len(firsts) > 1 and len(set(before)) == len(before) and before[0] > 0:
            above = [others[count - 1] for count in before]
            level = max(out[i].level for i in above) + 1
            for i in kind:
                out[i] = replace(out[i], level=max(out[i].level, level))
    return out


def _level(text: str) -> tuple[int, bool]:
    """(heading level or 0, whether it is only an ordinal that may have its title on the next line)."""
    line = text.strip()
    if len(line) > max(_LONGEST_HEADING.values()) or "\n" in line:
        return 0, False
    line = _DOUBLED[0].sub(r"\g<kept>", line)
    for language, form, level in _FORMS:
        match = form.fullmatch(line)
        if not match or len(line) > _LONGEST_HEADING[language]:
            continue
        name = (match.groupdict().get("name") or "").strip()
        if _stopped(name) and not name.isupper():
            continue  # "BOOK I. THE FERRY." is printed with its stop
        if language == "en" and name[:1].islower():
            continue  # "Part two of the bridge was …" begins a sentence
        # Below the number of an article stands its text.
        return level, "name" in form.groupindex and not name and level < ARTICLE_LEVEL
    return 0, False


def _counted(blocks: Sequence[Block]) -> set[int]:
    """The blocks that are nothing but a number, where these count up from one (as chapters do, and page
    numbers of an excerpt do not); they may begin again in each volume."""
    bare = [(i, b.text) for i, b in enumerate(blocks) if _BARE_NUMBER.fullmatch(b.text.strip())]
    numbers = [(i, heading_number(text)) for i, text in bare]
    expected = 1
    for _, value in numbers:
        if value not in (expected, 1):
            return set()
        expected = value + 1
    return {i for i, _ in numbers} if len(numbers) > 1 else set()


def _is_title(text: str, following: Sequence[Block], longer: bool = False) -> bool:
    """Short, without a stop, and followed by running text (that is ``longer``) or a heading."""
    line = text.strip()
    language = "zh" if re.search("[\u4e00-\u9fff]", line) else "en"
    if not line or len(line) > _LONGEST_TITLE[language] or "。" in line:
        return False
    if "，" in line and len(line) > _LONGEST_WITH_COMMA:
        return False
    if _stopped(line):
        return False
    return any(
        block.level
        or ((len(block.text) > len(line) or not longer) and block.text.rstrip(_CLOSING + " ").endswith(_STOP))
        for block in following
    )


def _stopped(line: str) -> bool:
    """Whether it ends as sentences do. A title may be a question, but is no speech and not two sentences."""
    bare = line.rstrip(_CLOSING)
    loud = bare.endswith(_LOUD) and bare == line and not any(stop in line[:-1] for stop in "。？?！!")
    return bare.endswith(_STOP) and not loud


def _joined(heading: Block, title: Block) -> Block | None:
    """One heading of an ordinal and the title on the next line; None where they are not neighbours."""
    gap = title.base - heading.base - len(heading.text)
    if heading.path or title.path or not 0 < gap <= 8:
        return None
    return replace(heading, text=heading.text + "\n" * gap + title.text)


def _doubled(text: str) -> re.Match[str] | None:
    return next((match for pattern in _DOUBLED if (match := pattern.fullmatch(text.strip()))), None)


def _note(block: Block, span: tuple[int, int]) -> Fact:
    quote = block.text[slice(*span)]
    return Fact("note", f"heading doubled: {block.text.strip()}", quote, block.place(*span), "heading")
