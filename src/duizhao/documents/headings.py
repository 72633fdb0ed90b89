"""Headings and titles in plain text, known by their words: 第三回, 卷二, 计篇第一, Chapter III."""

from __future__ import annotations

import re
from dataclasses import replace

from duizhao.documents.blocks import CHAPTER_LEVEL, PART_LEVEL, TITLE_LEVEL, VOLUME_LEVEL, Block
from duizhao.records import Fact

_NUMERALS = "[〇零一二三四五六七八九十百千两兩0-9０-９]"
_STOP = tuple("。．.！!？?；;，,：:、…")
_LONGEST_HEADING, _LONGEST_TITLE = 40, 160

_CHINESE = (
    (re.compile(rf"(第{_NUMERALS}+[卷部编編集辑輯册冊]|卷(?:{_NUMERALS}+|[上中下首末])|[上中下][卷部册冊编編])(?:[\s　：:·]*(?P<name>.*))?"), VOLUME_LEVEL),
    (re.compile(rf"第{_NUMERALS}+[章回篇折出幕课課讲講话話場场](?:[\s　：:·]*(?P<name>.*))?"), CHAPTER_LEVEL),
    (re.compile(rf"\S{{1,8}}第{_NUMERALS}+"), CHAPTER_LEVEL),
    (re.compile("(?:自|代|原|再版|译者|譯者|作者|編者|编者)?(?:序|序言|序文|前言|引言|导言|導言|导论|導論|绪论|緒論|楔子|引子|尾声|尾聲|后记|後記|跋|结语|結語|附录|附錄|凡例|参考文献|參考文獻|目录|目錄)"), CHAPTER_LEVEL),
    (re.compile(rf"第{_NUMERALS}+[节節条條](?:[\s　：:·]+(?P<name>.*))?"), PART_LEVEL),
)  # fmt: skip
_NUMBER = r"(?:[IVXLCDM]+|[0-9]+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|the (?:first|second|third|fourth|fifth|last))"  # fmt: skip
_ENGLISH = (
    (re.compile(rf"(?:book|part|volume|vol\.)\s+{_NUMBER}\b\.?(?:\s*[.:—–-]?\s*(?P<name>.*))?", re.I), VOLUME_LEVEL),
    (re.compile(rf"(?:chapter|canto|act|letter|lecture|lesson|stave)\s+{_NUMBER}\b\.?(?:\s*[.:—–-]?\s*(?P<name>.*))?", re.I), CHAPTER_LEVEL),
    (re.compile(r"(?:[IVXLC]+|[0-9]{1,3})\.?"), CHAPTER_LEVEL),
    (re.compile(r"(?:(?:translator|author|editor)[’']s )?(?:preface|foreword|introduction|prologue|epilogue|afterword|conclusion|appendix(?: [A-Z0-9]+)?|bibliography|contents|dedication|acknowledge?ments)\.?", re.I), CHAPTER_LEVEL),
    (re.compile(rf"(?:section|scene)\s+{_NUMBER}\b\.?(?:\s*[.:—–-]?\s*(?P<name>.*))?", re.I), PART_LEVEL),
)  # fmt: skip
_DOUBLED = (
    re.compile(rf"(?P<kept>(?P<name>\S{{1,12}}?)\s*第{_NUMERALS}+)\s*(?P<again>(?P=name))"),
    re.compile(r"(?P<kept>\S.{1,30}?)\s*(?P<again>(?P=kept))"),
)


def mark(blocks: list[Block], titled: bool) -> tuple[list[Block], list[Fact], str]:
    """Give plain blocks their heading levels: (blocks, facts, title). ``titled``: the title is already known.

    A first short line without a stop is the title, if text follows. The second copy in a doubled heading
    (计篇第一计篇) is left out of the text and kept as a note.
    """
    facts: list[Fact] = []
    found: list[Block] = []
    for number, block in enumerate(blocks):
        if block.level or block.note or block.whole:
            found.append(block)
            continue
        level, bare = _level(block.text)
        if level and (match := _doubled(block.text)):
            again = match.span("again")
            facts.append(_note(block, again))
            block = block.cut(0, match.end("kept"))
        if not level and found and _bare(found[-1]) and _title_like(block.text, blocks[number + 1 :]):
            continue_with = _joined(found[-1], block)
            if continue_with:
                found[-1] = continue_with
                continue
        found.append(replace(block, level=level) if level else block)
    title = ""
    if not titled and found and not found[0].level and _title_like(found[0].text, found[1:]):
        title = " ".join(found[0].text.split())
        found[0] = replace(found[0], level=TITLE_LEVEL)
    return found, facts, title


def _level(text: str) -> tuple[int, bool]:
    """(heading level or 0, whether it is only an ordinal)."""
    line = text.strip()
    if len(line) > 2 * _LONGEST_HEADING or "\n" in line:
        return 0, False
    folded = _DOUBLED[0].sub(r"\g<kept>", line)
    for patterns, longest in ((_CHINESE, _LONGEST_HEADING), (_ENGLISH, 2 * _LONGEST_HEADING)):
        for pattern, level in patterns:
            match = pattern.fullmatch(folded)
            if not match or len(folded) > longest:
                continue
            name = (match.groupdict().get("name") or "").strip()
            if name.endswith(_STOP) and not name.endswith(("?", "!", "？", "！")):
                continue
            if patterns is _ENGLISH and name[:1].islower():
                continue  # "Part two of the bridge was …" begins a sentence.
            return level, not name
    return 0, False


def _bare(block: Block) -> bool:
    level, bare = _level(block.text)
    return bool(level and bare and block.level) and not re.fullmatch(rf"\S+第{_NUMERALS}+", block.text)


def _title_like(text: str, following: list[Block]) -> bool:
    """Short, without a stop, and followed by running text."""
    line = text.strip()
    if (
        not line
        or len(line) > _LONGEST_TITLE
        or line.endswith(_STOP)
        and not line.endswith(("?", "？", "!", "！"))
    ):
        return False
    if sum("\u4e00" <= char <= "\u9fff" for char in line) > 50 or "。" in line:
        return False
    near = following[:6]
    return any(
        len(other.text) > len(line) and other.text.rstrip("”’」』\"' )）").endswith(_STOP) for other in near
    ) or any(other.level for other in near)


def _joined(heading: Block, title: Block) -> Block | None:
    """One heading of an ordinal and the title on the next line; None where they are not neighbours."""
    gap = title.base - heading.base - len(heading.text)
    if heading.path or title.path or not 0 < gap <= 6:
        return None
    return replace(heading, text=heading.text + "\n" * gap + title.text)


def _doubled(text: str) -> re.Match[str] | None:
    return next((match for pattern in _DOUBLED if (match := pattern.fullmatch(text.strip()))), None)


def _note(block: Block, span: tuple[int, int]) -> Fact:
    quote = block.text[slice(*span)]
    return Fact("note", f"heading doubled: {block.text.strip()}", quote, block.place(*span), "heading")
