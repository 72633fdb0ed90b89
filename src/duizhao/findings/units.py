"""Units of measure in both languages, with what they measure and how much.

Only units that stand right beside a number in ordinary prose. Traditional Chinese units have their present
values (1 里 = 500 m, 1 斤 = 500 g, 15 亩 = 1 hectare; State Council order of 1959 and the General
Principles of 1984); older values differ by up to a fifth, which the comparison allows for.
"""

from __future__ import annotations

import re
from fractions import Fraction

# name: (dimension, size in the dimension's base: metre, gram, square metre, litre, second). Money has no
# size: rates vary.
SIZES: dict[str, tuple[str, Fraction]] = {
    "millimetre": ("length", Fraction(1, 1000)),
    "centimetre": ("length", Fraction(1, 100)),
    "metre": ("length", Fraction(1)),
    "kilometre": ("length", Fraction(1000)),
    "inch": ("length", Fraction(254, 10000)),
    "foot": ("length", Fraction(3048, 10000)),
    "yard": ("length", Fraction(9144, 10000)),
    "mile": ("length", Fraction(1609344, 1000)),
    "nautical mile": ("length", Fraction(1852)),
    "li": ("length", Fraction(500)),
    "zhang": ("length", Fraction(10, 3)),
    "chi": ("length", Fraction(1, 3)),
    "cun": ("length", Fraction(1, 30)),
    "gram": ("mass", Fraction(1)),
    "kilogram": ("mass", Fraction(1000)),
    "tonne": ("mass", Fraction(10**6)),
    "ounce": ("mass", Fraction(2835, 100)),
    "liang": ("mass", Fraction(50)),
    "pound": ("mass", Fraction(4536, 10)),
    "stone": ("mass", Fraction(6350)),
    "jin": ("mass", Fraction(500)),
    "dan": ("mass", Fraction(50000)),
    "square metre": ("area", Fraction(1)),
    "square kilometre": ("area", Fraction(10**6)),
    "square foot": ("area", Fraction(929, 10000)),
    "square mile": ("area", Fraction(2589988)),
    "hectare": ("area", Fraction(10**4)),
    "acre": ("area", Fraction(40469, 10)),
    "mu": ("area", Fraction(2000, 3)),
    "qing": ("area", Fraction(200000, 3)),
    "litre": ("volume", Fraction(1)),
    "millilitre": ("volume", Fraction(1, 1000)),
    "cubic metre": ("volume", Fraction(1000)),
    "gallon": ("volume", Fraction(3785, 1000)),
    "barrel": ("volume", Fraction(159)),
    "second": ("time", Fraction(1)),
    "minute": ("time", Fraction(60)),
    "quarter hour": ("time", Fraction(900)),
    "hour": ("time", Fraction(3600)),
    "shichen": ("time", Fraction(7200)),
    "day": ("time", Fraction(86400)),
    "week": ("time", Fraction(7 * 86400)),
    "ten days": ("time", Fraction(10 * 86400)),
    "fortnight": ("time", Fraction(14 * 86400)),
    "month": ("time", Fraction(30 * 86400)),
    "quarter": ("time", Fraction(91 * 86400)),
    "year": ("time", Fraction(365 * 86400)),
    "decade": ("time", Fraction(3650 * 86400)),
    "century": ("time", Fraction(36500 * 86400)),
    "age": ("time", Fraction(365 * 86400)),
    "yuan": ("money", Fraction(0)),
    "dollar": ("money", Fraction(0)),
    "sterling": ("money", Fraction(0)),
    "euro": ("money", Fraction(0)),
    "yen": ("money", Fraction(0)),
    "cent": ("money", Fraction(0)),
    "degree": ("temperature", Fraction(0)),
    "person": ("people", Fraction(0)),
}

_CHINESE = {
    "millimetre": "毫米",
    "centimetre": "厘米 公分",
    "metre": "米 公尺",
    "kilometre": "公里 千米",
    "inch": "英寸 吋",
    "foot": "英尺",
    "yard": "码",
    "mile": "英里 哩",
    "nautical mile": "海里",
    "li": "里 里地 华里 里路",
    "zhang": "丈",
    "chi": "尺",
    "cun": "寸",
    "gram": "克",
    "kilogram": "公斤 千克",
    "tonne": "吨 公吨",
    "ounce": "盎司",
    "pound": "磅",
    "liang": "两 两银子",
    "jin": "斤 市斤",
    "dan": "担",
    "square metre": "平方米 平方公尺 平米",
    "square kilometre": "平方公里 平方千米",
    "square foot": "平方英尺",
    "square mile": "平方英里",
    "hectare": "公顷",
    "acre": "英亩",
    "mu": "亩",
    "qing": "顷",
    "litre": "升 公升",
    "millilitre": "毫升",
    "cubic metre": "立方米",
    "gallon": "加仑",
    "barrel": "桶",
    "second": "秒 秒钟",
    "minute": "分钟",
    "quarter hour": "刻钟",
    "hour": "小时 钟头",
    "shichen": "时辰",
    "day": "天 昼夜",
    "week": "周 星期 礼拜",
    "month": "月",
    "quarter": "季度",
    "year": "年 周年 载",
    "century": "世纪",
    "age": "岁 周岁 虚岁",
    "yuan": "元 块钱 块 元人民币 元钱",
    "dollar": "美元 美金 元美金 港元 港币 新台币 加元 澳元",
    "sterling": "英镑",
    "euro": "欧元",
    "yen": "日元 日圆",
    "cent": "美分",
    "degree": "摄氏度 华氏度 度 ℃ °C °F",
    "person": "人 名 位 口人 人次",
}
_ENGLISH = {
    "millimetre": "millimetre millimeter mm",
    "centimetre": "centimetre centimeter cm",
    "metre": "metre meter m",
    "kilometre": "kilometre kilometer km kph",
    "inch": "inch inches",
    "foot": "foot feet ft",
    "yard": "yard",
    "mile": "mile mph",
    "nautical mile": "nautical-mile",
    "li": "li",
    "zhang": "zhang",
    "chi": "chi",
    "cun": "cun",
    "gram": "gram gramme g",
    "kilogram": "kilogram kilo kg",
    "tonne": "tonne ton",
    "ounce": "ounce oz",
    "liang": "tael",
    "pound": "lb lbs pound",
    "stone": "stone",
    "jin": "jin catty catties",
    "square metre": "square-metre square-meter sqm",
    "square kilometre": "square-kilometre square-kilometer",
    "square foot": "square-foot square-feet",
    "square mile": "square-mile",
    "hectare": "hectare",
    "acre": "acre",
    "mu": "mu",
    "litre": "litre liter",
    "millilitre": "millilitre milliliter ml",
    "cubic metre": "cubic-metre cubic-meter",
    "gallon": "gallon",
    "barrel": "barrel",
    "second": "second sec",
    "minute": "minute min",
    "hour": "hour hr",
    "day": "day night",
    "week": "week",
    "fortnight": "fortnight",
    "month": "month",
    "year": "year yr",
    "decade": "decade",
    "century": "century centuries",
    "age": "year-old years-old year-of-age years-of-age",
    "yuan": "yuan rmb renminbi",
    "dollar": "dollar usd buck",
    "sterling": "quid",
    "euro": "euro",
    "yen": "yen",
    "cent": "cent",
    "degree": "degree °c °f ℃",
    "person": "people person persons man men woman women",
}
CURRENCY_SIGNS = {"$": "dollar", "£": "sterling", "€": "euro", "¥": "yuan", "￥": "yuan"}


def _index(table: dict[str, str]) -> dict[str, str]:
    return {word: name for name, words in table.items() for word in words.split()}


CHINESE: dict[str, str] = _index(_CHINESE)
ENGLISH: dict[str, str] = _index(_ENGLISH)
CHINESE_PATTERN = re.compile("|".join(sorted(map(re.escape, CHINESE), key=lambda w: (-len(w), w))))
ENGLISH_PATTERN = re.compile(
    r"[\s-]*("
    + "|".join(
        word.replace("\\-", r"[\s-]+") + ("s?" if word[-1].isalpha() else "")
        for word in sorted(map(re.escape, ENGLISH), key=lambda w: (-len(w), w))
    )
    + r")(?![A-Za-z])",
    re.IGNORECASE,
)


def english_unit(matched: str) -> str:
    """The unit that :data:`ENGLISH_PATTERN` found in group 1, "" if it is none after all."""
    word = "-".join(re.split(r"[\s-]+", matched.lower()))
    return ENGLISH.get(word) or ENGLISH.get(word.removesuffix("s"), "")


def dimension(unit: str) -> str:
    """What a unit measures; "" for no unit."""
    return SIZES[unit][0] if unit else ""


def conversion(one: str, other: str) -> Fraction | None:
    """How many ``other`` are one ``one``; None if they do not measure the same thing by a fixed ratio."""
    if not one or not other or one == other or dimension(one) != dimension(other):
        return None
    size, base = SIZES[one][1], SIZES[other][1]
    return size / base if size and base else None
