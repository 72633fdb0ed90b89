"""What language, script and region a text comes from, and what tells so."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from itertools import islice

from duizhao.text.converters import converter, encodable

SAMPLE = 200_000  # code points of a text that are looked at for its script
TELLING = 5  # characters that are quoted for a script
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")


@dataclass(frozen=True, slots=True)
class ScriptGuess:
    """What script a Chinese text is in, and where it was written.

    ``tag``: zh-Hans, zh-Hant, zh-Hant-TW, zh-Hant-HK, or zh where nothing tells. ``script``: "Hans", "Hant"
    or "". ``region``: whose wording it is, "CN", "TW", "HK", or "" if it cannot be told. ``wording``: the
    same in words a person reads. ``script_clues``, ``region_clues``, ``wording_clues``: what tells each of
    the three, as pairs of characters of the text and what they tell, most telling first; () where nothing
    does.
    """

    tag: str
    script: str
    region: str
    wording: str
    script_clues: tuple[tuple[str, str], ...] = ()
    region_clues: tuple[tuple[str, str], ...] = ()
    wording_clues: tuple[tuple[str, str], ...] = ()


def detect_language(text: str) -> tuple[str, float]:
    """("zh" | "en" | "", share of the text that says so, 0 … 1).

    A Chinese character counts as three Latin letters, about what it takes to say the same. Kana, Hangul and
    other letters count against both. "" where nothing has a share over one half; where kana or Hangul are
    more than a twentieth of what is not Latin (Japanese, Korean); and where fifty Latin words or more hold
    hardly any of the commonest English ones (another language).
    """
    counts = Counter(text)
    han = 3 * _count(_HAN, counts)
    kana = 3 * _count(_KANA, counts)
    latin = _count(_LATIN, counts)
    other = _count(_OTHER, counts)
    total = han + kana + latin + other
    if not total:
        return "", 0.0
    if kana * 20 > han + kana and kana + han > latin:
        return "", (kana + han) / total
    if han * 2 > total:
        return "zh", han / total
    if latin * 2 > total:
        words = _WORD.findall(text[:SAMPLE].lower())
        if len(words) >= 50 and sum(word in _COMMON for word in words) < len(words) / 25:
            return "", latin / total
        return "en", latin / total
    return "", max(han, latin) / total


_KANA = re.compile("[\u3041-\u3096\u30a1-\u30fa\uac00-\ud7a3\u1100-\u11ff]")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")
_OTHER = re.compile("[\u0370-\u10ff\u1200-\u1dff]")
_WORD = re.compile("[a-z\u00c0-\u024f]+")
# Common in English and rare in its neighbours (so without in, is, was, on), whose texts hold a hundredth of
# them.
_COMMON_LIST = """
    the of and to that it for with as his her she this be at by from not are which have you my had they
"""
_COMMON = frozenset(_COMMON_LIST.split())


def _count(pattern: re.Pattern[str], counts: Counter[str]) -> int:
    return sum(count for character, count in counts.items() if pattern.match(character))


def script_of(text: str) -> str:
    """Hans or Hant, by the characters that only one of them writes; "" where there are as many of each, or
    none."""
    counts: Counter[str] = Counter()
    for character, count in Counter(text[:SAMPLE]).items():
        if _HAN.match(character):
            counts[kind_of(character)] += count
    return "Hans" if counts["Hans"] > counts["Hant"] else "Hant" if counts["Hant"] > counts["Hans"] else ""


def telling(text: str, script: str) -> str:
    """Up to ``TELLING`` different characters of the text that only that script writes, the most frequent
    first, with spaces between."""
    counts = Counter(text[:SAMPLE]).most_common()
    found = (character for character, _ in counts if _HAN.match(character) and kind_of(character) == script)
    return " ".join(islice(found, TELLING))


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
