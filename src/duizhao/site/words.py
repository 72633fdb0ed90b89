"""The Chinese of the interface, in the script of the page it stands on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """Words in one script. ``tag``: zh-Hans or zh-Hant. ``conversion``: said on a page that was converted to
    this script."""

    tag: str
    contents: str
    on_this_page: str
    search: str
    provenance: str
    about: str
    teaching: str
    notes: str
    original: str
    converted: str
    conversion: str
    original_page: str
    editor: str
    translator: str


SIMPLIFIED = Words(
    tag="zh-Hans",
    contents="目录",
    on_this_page="本文目录",
    search="搜索",
    provenance="出处",
    about="关于本站",
    teaching="教学篇",
    notes="注释",
    original="原文",
    converted="转换",
    conversion="本页由程序从繁体转换而成，人名和引文可能与原文有出入。",
    original_page="看原文",
    editor="编辑",
    translator="译者",
)
TRADITIONAL = Words(
    tag="zh-Hant",
    contents="目錄",
    on_this_page="本文目錄",
    search="搜尋",
    provenance="出處",
    about="關於本站",
    teaching="教學篇",
    notes="註釋",
    original="原文",
    converted="轉換",
    conversion="本頁由程式從簡體轉換而成，人名和引文可能與原文有出入。",
    original_page="看原文",
    editor="編輯",
    translator="譯者",
)


def words(tag: str) -> Words:
    """The words for a page or text in the script of ``tag``; Simplified where that is unknown.

    >>> words("zh-Hant-HK").contents, words("zh").contents
    ('目錄', '目录')
    """
    return TRADITIONAL if tag.startswith("zh-Hant") else SIMPLIFIED


def words_of_most(tags: Iterable[str]) -> Words:
    """The words in the script that most of ``tags`` have; Simplified where it is even."""
    scripts = [words(tag) for tag in tags]
    return TRADITIONAL if scripts.count(TRADITIONAL) * 2 > len(scripts) else SIMPLIFIED
