"""Whether a Chinese and an English word name the same number."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache

from duizhao.text.en_numerals import CARDINAL, ORDINALS, SCALES, spell
from duizhao.text.zh_numerals import plain, value

_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
MONTHS = {name[:size]: k for k, name in enumerate(_MONTHS, start=1) for size in (3, 4, len(name))}
_ZH = re.compile(
    r"第?([\d.,零〇一二两三四五六七八九十百千万亿]+)(%|[多余]?(?:月份?|日|号|年代?|点|时|分|届|次|名|个|位|人|元|岁)?)"
)
_FIGURES = re.compile(r"[$£€]?(\d+(?:,\d{3})*(?:\.\d+)?)(%|st|nd|rd|th|s|\"s)?")
_SPELLED = re.compile(rf"(?:{CARDINAL})(?:-(?:{CARDINAL}))?")
_LARGEST_SHIFT = 10

SAME, SHIFTED, SCALE, PER_CENT, OTHER = 1.0, 0.8, 0.6, 0.5, -1.0


@lru_cache(maxsize=50_000)
def chinese_number(word: str) -> tuple[tuple[Fraction, ...], str]:
    """The values a folded Chinese word may have (1500万: 15,000,000, and 1500 as written), and its unit; none
    if it is no number."""
    match = _ZH.fullmatch(plain(word))
    if not match:
        return (), ""
    readings = []
    for text in (match[1], match[1].rstrip("百千万亿")):
        found = value(text) if text and text[0] not in ".," else None
        if found is not None and found[0] == found[1]:
            readings.append(found[0])
    return tuple(dict.fromkeys(readings)), match[2]


@lru_cache(maxsize=50_000)
def english_number(word: str) -> Fraction | None:
    """The value of one English word (its lemma), None if it is no number. A month's name is its number."""
    if match := _FIGURES.fullmatch(word):
        return Fraction(match[1].replace(",", ""))
    if word in MONTHS:
        return Fraction(MONTHS[word])
    if word in ORDINALS:
        return Fraction(ORDINALS[word])
    if word in SCALES:
        return Fraction(SCALES[word])
    return spell(word) if _SPELLED.fullmatch(word) else None


def agreement(zh: str, en: str) -> float:
    """1 for the same number; 0.8 for the same but for a power of ten (1500万, 15 million), 0.6 a scale word
    that may belong to it, 0.5 a per cent word; −1 for different numbers; 0 where one is no number."""
    values, unit = chinese_number(zh)
    if not values:
        return 0.0
    if en in MONTHS:
        if unit.startswith("月"):
            return SAME if values[0] == MONTHS[en] else OTHER
        return 0.0 if en in ("may", "march", "mar", "sep") else OTHER
    number = english_number(en)
    if number is None:
        return PER_CENT if unit == "%" and en in ("%", "percent", "per", "cent") else 0.0
    if number in values:
        return SAME
    if en in SCALES:
        return SCALE if values[0] >= number else OTHER / 2
    if number and any(x and _power_of_ten(x / number) for x in values):
        return SHIFTED
    return OTHER


def _power_of_ten(ratio: Fraction) -> bool:
    return ratio.denominator == 1 and any(ratio == 10**k for k in range(2, _LARGEST_SHIFT + 1))
