"""What language, script and region a text comes from, and what tells so."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache

from duizhao.text.converters import converter, encodable

SAMPLE = 200_000  # code points of a text that are looked at for its script
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")


@dataclass(frozen=True, slots=True)
class ScriptGuess:
    """What script a Chinese text is in, and where it was written.

    ``tag``: zh-Hans, zh-Hant, zh-Hant-TW, zh-Hant-HK, or zh where nothing tells. ``script``: "Hans", "Hant"
    or "". ``region``: whose wording it is, "CN", "TW", "HK", or "" if it cannot be told. ``wording``: the
    same in words a person reads. ``evidence``: pairs of characters of the text and what they tell, most
    telling first.
    """

    tag: str
    script: str
    region: str
    wording: str
    evidence: tuple[tuple[str, str], ...]


def detect_language(text: str) -> tuple[str, float]:
    """("zh" | "en" | "", share of the text that says so, 0 … 1).

    A Chinese character counts as three Latin letters, about what it takes to say the same. Kana, Hangul and
    other letters count against both. "" where nothing has a share over one half; where kana or Hangul are
    more than a twentieth of what is not Latin (Japanese, Korean); and where fifty Latin words or more hold
    hardly any of the commonest English ones (another language).
    """
    han = 3 * len(_HAN.findall(text))
    kana = 3 * len(_KANA.findall(text))
    latin = len(_LATIN.findall(text))
    other = len(_OTHER.findall(text))
    total = han + kana + latin + other
    if not total:
        return "", 0.0
    if kana * 20 > han + kana and kana + han > latin:
        return "", (kana + han) / total
    if han * 2 > total:
        return "zh", han / total
    if latin * 2 > total:
        words = _WORD.findall(text[:200_000].lower())
        if len(words) >= 50 and sum(word in _COMMON for word in words) < len(words) / 12:
            return "", latin / total
        return "en", latin / total
    return "", max(han, latin) / total


_KANA = re.compile("[\u3041-\u3096\u30a1-\u30fa\uac00-\ud7a3\u1100-\u11ff]")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")
_OTHER = re.compile("[\u0370-\u10ff\u1200-\u1dff]")
_WORD = re.compile("[a-z\u00c0-\u024f]+")
_COMMON_LIST = """
    the of and to in that is it for with as was his her he she this be at by from not are which have i
    you my on had they
"""
_COMMON = frozenset(_COMMON_LIST.split())


def script_of(text: str) -> str:
    """Hans or Hant, by the characters that only one of them writes; "" where there are as many of each, or
    none."""
    counts = Counter(map(kind_of, _HAN.findall(text[:SAMPLE])))
    return "Hans" if counts["Hans"] > counts["Hant"] else "Hant" if counts["Hant"] > counts["Hans"] else ""


@cache
def kind_of(character: str) -> str:
    """The script that alone writes a character: Hans, Hant, or "" where both do.

    Two witnesses must agree: OpenCC's table, and the other side's older national character set.
    """
    if converter("t2s")(character) != character:
        return "" if encodable(character, "gb2312") else "Hant"
    if converter("s2t")(character) != character:
        return "" if encodable(character, "big5") else "Hans"
    return ""
