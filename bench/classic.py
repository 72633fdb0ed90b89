"""python -m bench.classic: the Art of War against its EPUB, files as they are: how many Chinese sentences are
linked, and how many of the links lie inside their chapter. The EPUB's introduction, notes and bibliography,
six sevenths of it, belong to no Chinese chapter."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from bench import gold
from duizhao.alignments import align
from duizhao.pipeline import load_sides
from duizhao.records import Document

BOOK = gold.GOLD.parent / "books" / "art-of-war"
# 计篇第一 … 用间篇第十三; I Laying Plans … XIII The Use of Spies
ZH_CHAPTER, EN_CHAPTER = re.compile(r"篇第([一二三四五六七八九十]+)$"), re.compile(r"^([IVX]+) ")
ZH_NUMBERS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二", "十三")
EN_NUMBERS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII")


def _chapters(document: Document, heading: re.Pattern[str], numbers: tuple[str, ...]) -> list[int]:
    """Of each sentence the chapter, from 0; −1 outside all of them."""
    out = []
    for sentence in document.sentences:
        named = [heading.search(x) for x in document.heading_path(sentence.section)]
        found = [numbers.index(x[1]) for x in named if x and x[1] in numbers]
        out.append(found[-1] if found else -1)
    return out


@lru_cache(maxsize=1)
def figures() -> Mapping[str, float]:
    """``linked``: share of the Chinese sentences; ``inside``: share of the links within one chapter."""
    texts = load_sides(BOOK / "zh.txt", BOOK / "en.epub")
    links = [x for x in align(texts.zh, texts.en).links if x.zh and x.en]
    zh = _chapters(texts.zh, ZH_CHAPTER, ZH_NUMBERS)
    en = _chapters(texts.en, EN_CHAPTER, EN_NUMBERS)
    inside = [len({zh[i] for i in x.zh} | {en[j] for j in x.en}) == 1 and zh[x.zh[0]] >= 0 for x in links]
    return {
        "linked": sum(len(x.zh) for x in links) / len(texts.zh.sentences),
        "inside": sum(inside) / len(links),
    }


if __name__ == "__main__":
    print({name: round(value, 4) for name, value in figures().items()})
