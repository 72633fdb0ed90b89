"""What language, script and region a text comes from, and what tells so."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from duizhao.text.converters import converter

_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")


@dataclass(frozen=True, slots=True)
class ScriptGuess:
    """What script a Chinese text is in, and where it was written.

    ``tag``: zh-Hans, zh-Hant, zh-Hant-TW, zh-Hant-HK, or zh where nothing tells. ``script``: "Hans", "Hant" or "".
    ``region``: "CN", "TW", "HK" or "". ``wording``: in words a person reads, "" if it cannot be told.
    ``evidence``: pairs of characters of the text and what they tell.
    """

    tag: str
    script: str
    region: str
    wording: str
    evidence: tuple[tuple[str, str], ...]


def detect_language(text: str) -> tuple[str, float]:
    """("zh" | "en" | "", share of the text that says so, 0 … 1).

    A Chinese character counts as three Latin letters, about what it takes to say the same. Kana, Hangul and other
    letters count against both. "" where nothing has a share over one half; where kana or Hangul are more than a
    twentieth of the Chinese characters (Japanese, Korean); and where fifty Latin words or more hold hardly any of the
    commonest English ones (another language).
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
_COMMON = frozenset(
    "the of and to in that is it for with as was his her he she this be at by from not are which have".split()
)


def script_of(text: str) -> str:
    """ "Hans" or "Hant" by the characters that only one of them writes; "" where there are none or as many of each."""
    simplified, traditional = telling(text)
    return (
        "Hans" if len(simplified) > len(traditional) else "Hant" if len(traditional) > len(simplified) else ""
    )


def telling(text: str) -> tuple[list[str], list[str]]:
    """The characters of ``text`` that only Simplified writes, and those that only Traditional does, in order."""
    han = _HAN.findall(text)
    return [c for c in han if _kind(c) == "Hans"], [c for c in han if _kind(c) == "Hant"]


@lru_cache(maxsize=None)
def _kind(character: str) -> str:
    """Two witnesses must agree: OpenCC's table, and the older national character set of the other side."""
    if converter("t2s")(character) != character:
        return "" if _encodable(character, "gb2312") else "Hant"
    if converter("s2t")(character) != character:
        return "" if _encodable(character, "big5") else "Hans"
    return ""


def _encodable(character: str, encoding: str) -> bool:
    try:
        character.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def detect_script(text: str) -> ScriptGuess:
    script = script_of(text)
    return ScriptGuess({"Hans": "zh-Hans", "Hant": "zh-Hant", "": "zh"}[script], script, "", "", ())
