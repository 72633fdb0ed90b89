"""The number that a heading gives its section: 第三回, 卷二, 计篇第一, 十二、, "Chapter III"."""

from __future__ import annotations

import re

from duizhao.text import en_numerals, zh_numerals

_ZH = "[〇零一二三四五六七八九十百千两廿卅0-9]+"
_CHINESE = (
    re.compile(rf"第\s*(?P<n>{_ZH})"),
    re.compile(rf"卷之?(?P<n>{_ZH})"),
    re.compile(rf"(?P<n>{_ZH})\s*(?:[章回篇]?$|[、.．:：　 ])"),
)
_ENDS = {"上": 1, "中": 2, "下": 3}
_PARTS = re.compile(r"(?:卷|部|篇|编|册)?(?P<n>[上中下])(?:卷|部|篇|编|册)?$")
_WORDS = rf"(?:(?:{en_numerals.CARDINAL})[ -]?)*(?:{en_numerals.ORDINAL}|{en_numerals.CARDINAL})"
_UNIT = (
    r"(?:chapter|chap\.?|ch\.?|book|part|volume|vol\.?|canto|act|section|sect?\.?|scene|letter|lecture|lesson|stave"
    r"|ode|article|art\.?|verse|no\.)"
)
_ENGLISH = (
    re.compile(rf"(?P<unit>{_UNIT})\s+(?:the\s+)?(?P<n>[IVXLC]+|\d{{1,3}}|{_WORDS})\b", re.IGNORECASE),
    re.compile(rf"(?:the\s+)?(?P<n>{_WORDS})\s+(?P<unit>{_UNIT})(?!\w)", re.IGNORECASE),
    re.compile(r"(?P<n>[IVXLC]+|\d{1,3})\s*(?:$|[.:)—–-]|\s(?=[A-Z]))"),
)
_LONG = {
    "chap": "chapter",
    "ch": "chapter",
    "vol": "volume",
    "sec": "section",
    "sect": "section",
    "art": "article",
}
_ZH_UNITS = frozenset("卷部编集辑章回篇折出幕课讲话场首则節节条條")
_BRANCH = re.compile(r"\A\s*(?:-\s*\d+\s*)?")
_BARE = (
    re.compile(rf"[【〔\[（(]?第?\s*{_ZH}\s*[卷部章回篇首则則节節条條]?[】〕\])）]?[、.．:：\s]*"),
    re.compile(rf"(?:{_UNIT}\s+)?(?:the\s+)?(?:[IVXLC]+|\d{{1,3}}|{_WORDS})\s*[.:)—–-]*", re.IGNORECASE),
)
_ROMAN = re.compile(r"(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})|C{1,3}(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")


def heading_number(text: str) -> int:
    """The number in a heading, 0 where there is none."""
    bare = zh_numerals.plain(text.strip())
    if any("\u3400" <= char <= "\u9fff" or char == "〇" for char in bare):
        # The last of several: 卷一 第三回.
        found = max(
            (m for p in _CHINESE[:2] for m in p.finditer(bare)), key=lambda m: m.start(), default=None
        )
        found = found or _CHINESE[2].match(bare)
        if found:
            value = zh_numerals.value(found["n"])
            return int(value[0]) if value and value[0] == value[1] else 0
        part = _PARTS.match(bare)
        return _ENDS[part["n"]] if part else 0
    for pattern in _ENGLISH:
        found = pattern.match(bare)
        if found:
            return _english(found["n"])
    return 0


def unit(text: str) -> str:
    """What the number in a heading counts: 章, chapter; 第 for 学而第一, "" for a number alone."""
    bare = zh_numerals.plain(text.strip())
    found = [*_CHINESE[0].finditer(bare)]
    if found:
        behind = _BRANCH.sub("", bare[found[-1].end() :])[:1]  # 第 5-1 條
        return behind if behind in _ZH_UNITS else "第"
    if _CHINESE[1].match(bare):
        return "卷"
    english = next((match for form in _ENGLISH[:2] if (match := form.match(bare))), None)
    word = english["unit"].lower().rstrip(".") if english else ""
    return _LONG.get(word, word)


def is_bare(text: str) -> bool:
    """Whether a heading is nothing but its number: 第三章, "CHAP. IV."."""
    bare = zh_numerals.plain(text.strip())
    return any(form.fullmatch(bare) for form in _BARE)


def _english(numeral: str) -> int:
    if numeral.isdecimal():
        return int(numeral)
    if numeral.isupper() and _ROMAN.fullmatch(numeral):
        return en_numerals.roman(numeral)
    words = re.split(r"[ -]+", numeral.lower())
    if words[-1] in en_numerals.ORDINALS:
        before = en_numerals.spell(" ".join(words[:-1])) if words[:-1] else 0
        return int(before or 0) + en_numerals.ORDINALS[words[-1]]
    try:
        value = en_numerals.spell(" ".join(words))
    except KeyError:
        return en_numerals.roman(numeral.upper()) if _ROMAN.fullmatch(numeral.upper()) else 0
    return int(value or 0)
