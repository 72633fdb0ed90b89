"""Reads amounts in Chinese running text.

Numerals are everywhere in Chinese words (一些, 统一, 十分, 三心二意), so a numeral written in characters
makes a claim only where it is at least ten and well formed, or stands before a unit of measure; everything
else can explain an English number but is never reported.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from duizhao.findings import units
from duizhao.findings.readings import (
    FIRM,
    SMALL,
    VULGAR,
    WEAK,
    Bound,
    Figure,
    Kind,
    feet_and_inches,
    start_of_range,
)
from duizhao.text.zh_numerals import DIGITS, MYRIADS, plain, value

_HAN = "零〇一二两三四五六七八九十百千万亿兆廿卅"
_ONES = "零〇一二两三四五六七八九"
_ARABIC = r"\d{1,3}(?:,\d{3}){1,9}(?:\.\d{1,12})?|\d{1,30}(?:\.\d{1,12})?"
_FORMAL = "[壹贰叁肆伍陆柒捌玖拾佰仟万亿零]{2,40}"
_NUMERAL = (
    rf"(?:{_ARABIC})(?:\s?[十百千万亿兆]{{1,4}}[{_HAN}]{{0,30}})?"
    rf"|[{_HAN}]{{1,40}}(?:[点.‧·][{_ONES}]{{1,12}}[百千万亿]{{0,4}})?|{_FORMAL}"
)

_FRACTION = re.compile(rf"(?P<below>{_NUMERAL}|百万|千|万|亿)分之(?P<above>{_NUMERAL}|几|数)")
_VAGUE = re.compile(
    r"(?P<head>好?几|数|上|成|近|[一二三四五六七八九]?十(?=几))?(?P<tail>几)?(?P<scale>[十百千万亿]{1,3})(?!分之)"
)
_TEENS = re.compile(
    r"(?P<tens>[一二两三四五六七八九]?十|\d0|[一二两三四五六七八九]百)几(?P<scale>[百千万亿]*)"
)
_NUMBER = re.compile(
    rf"(?P<ordinal>第)?(?P<numeral>{_NUMERAL})\s?(?P<more>[多余来]\s?[万亿]+|[多余来](?![于自到看说得了去往过]))?"
)
_POINT = re.compile(rf"(?<=[{_HAN}])[.‧·](?=[{_ONES}])")
_AND = re.compile(r"(?<=[十百千])有(?=[一二三四五六七](?![十百千万八九]))")  # 十有五 is fifteen, 十有九 most
_RANGE = re.compile(r"\s?(?:至|到|-|~|—|–|——)\s?")
_PERCENT = re.compile(r"\s?(?:%|个百分点|个百分比|pct\b)")
_BEFORE: tuple[tuple[re.Pattern[str], Bound], ...] = (
    (re.compile(r"(?:超过|超|逾|过|多于|高于|大于|突破|不止|至少|不少于|不低于|以上)\s?$"), "over"),
    (re.compile(r"(?:不到|不足|近|将近|接近|少于|低于|不满|至多|最多|不超过|不过)\s?$"), "under"),
    (re.compile(r"(?:约|大约|约为|大概|差不多|左右)\s?$"), "about"),
)
_AFTER: tuple[tuple[re.Pattern[str], Bound], ...] = (
    (re.compile(r"\s?[^\s，。；、]{0,3}?(?:以上|有余)"), "over"),
    (re.compile(r"\s?[^\s，。；、]{0,3}?(?:左右|上下|开外)"), "about"),
)
# What may stand between a numeral and its unit.
_MEASURE = re.compile(r"\s?个(?:半)?")
_HALF = re.compile(r"\s?(?:个半|年半|天半|里半|斤半|岁半|倍半|丈半|尺半)")
_METRES_AND = re.compile(
    rf"\s?米(?P<decimals>[零〇一二三四五六七八九]{{1,2}}|\d{{1,2}})(?![{_HAN}个名枚\d点.,])"
)
_TENTHS = re.compile(
    r"\s?成(?P<rest>[一二三四五六七八九半](?![十百千万成]))?(?![为了就功员立果长年绩本品分群熟千百都对双交分形套片型家人语])"
)
_DISCOUNT = re.compile(r"\s?折(?![腾叠磨断射返合旧扣断])")
_TIMES = re.compile(r"\s?倍")
# Set phrases whose numeral is not meant as a number, and names built like a measure (三里屯, 八里台).
_SET_PHRASE = re.compile(
    r"三天两头|三年五载|三言两语|十年寒窗|十年如一日|百年大计|百年好合|千里迢迢|不远[千万]里|千里马|万里长[城征]|十万火急|十万八千里|"
    r"五湖四海|四面八方|九牛一毛|十有八九|八九不离十|三十六计|七十二变|三百六十行|七零八落|二百五|二十五史|二十四史|十三陵|"
    r"一刀两断|一举两得|一日千里|一年到头|一天到晚|百里挑一|一年四季|一日三餐|半斤八两|乱七八糟|五花大绑|三五成群|两手空空|"
    r"[一二三四五六七八九十]+[里丈尺][屯铺店桥河庄堡村营台坡沟墩铺]|万一|千万(?=[不别要记小])|百分百|一百八十度|九州|百万富翁|千万富翁"
)
_SINGLE = {
    "半": Fraction(1, 2),
    "双": Fraction(2),
    "俩": Fraction(2),
    "仨": Fraction(3),
    "对": Fraction(2),
    "单": Fraction(1),
    "独": Fraction(1),
    "首": Fraction(1),
    "每": Fraction(1),
    "倍": Fraction(2),
    "翻": Fraction(2),
    "旬": Fraction(10),
    "刻": Fraction(15),
    "打": Fraction(12),
}


def read(text: str) -> list[Figure]:
    """The amounts in a Chinese sentence, in order. Dates should have been blanked out before."""
    text = _AND.sub("零", plain(text))
    taken = [False] * len(text)
    found: list[Figure] = []
    for figure in _readers(text):
        if not any(taken[figure.start : figure.end]):
            taken[figure.start : figure.end] = [True] * (figure.end - figure.start)
            found.append(figure)
    for start, character in enumerate(text):
        if character in _SINGLE and not taken[start]:
            found.append(Figure(start, start + 1, _SINGLE[character], _SINGLE[character]))
    figures = feet_and_inches(text, sorted(found, key=lambda figure: figure.start))
    for i, (first, second) in enumerate(pairwise(figures)):
        if _RANGE.fullmatch(text, first.end, second.start):
            scale = next((MYRIADS[c] for c in MYRIADS if c in text[second.start : second.end]), 1)
            figures[i] = start_of_range(text, first, second, scale)
    return figures


def _readers(text: str) -> Iterator[Figure]:
    """All readings, the more specific forms first."""
    phrases = [match.span() for match in _SET_PHRASE.finditer(text)]
    yield from _fractions(text)
    yield from _teens(text)
    yield from _vague(text)
    for match in _NUMBER.finditer(text):
        figure = _number(text, match)
        if figure and any(a <= figure.start < b for a, b in phrases):
            figure = Figure(figure.start, figure.end, figure.low, figure.high, figure.kind, figure.unit)
        if figure:
            yield figure
        else:
            yield from _digit_by_digit(match)


def _fractions(text: str) -> Iterator[Figure]:
    for match in _FRACTION.finditer(text):
        below = value(match["below"])
        above = value(match["above"]) if match["above"] not in "几数" else (Fraction(1), Fraction(9))
        if below and above and below[0]:
            low, high = above[0] / below[0], above[1] / below[0]
            bound = _bound(text, match.start(), match.end())
            force = FIRM if low == high and match["below"] == "百" else SMALL if low == high else WEAK
            # 两倍 and 三分之一 alike may be put as a half, a third, one in three.
            yield Figure(*match.span(), low, high, "share", "", bound, (above[0], below[0]), force)


def _teens(text: str) -> Iterator[Figure]:
    for match in _TEENS.finditer(text):
        base = value(match["tens"])
        scale = value(match["scale"]) if match["scale"] else (Fraction(1), Fraction(1))
        if base and scale:
            step = 10 if match["tens"].endswith("百") else 1
            yield Figure(*match.span(), (base[0] + step) * scale[0], (base[0] + 9 * step) * scale[0])


def _vague(text: str) -> Iterator[Figure]:
    for match in _VAGUE.finditer(text):
        head = match["head"] or match["tail"]
        scale = value(match["scale"])
        if (
            not head
            or scale is None
            or (match.start() and text[match.start() - 1] in _HAN and head in "成上近")
        ):
            continue
        if head in ("上", "成", "近"):
            yield Figure(*match.span(), scale[0] * Fraction(9, 10), scale[0] * 10)
        else:
            yield Figure(*match.span(), scale[0] * 2, scale[0] * 10)
    for match in re.finditer(r"好?几(?![乎何时])|数(?=[天日月年小周个名位次人])", text):
        yield Figure(*match.span(), Fraction(2), Fraction(10))


def _number(text: str, match: re.Match[str]) -> Figure | None:
    numeral, start = match["numeral"], match.start()
    more = match["more"] or ""
    end = match.end() if more else match.end("numeral")
    if len(numeral) > 1 and numeral[-1] == "两":
        # 二十两: the last character weighs silver, it does not count.
        numeral, end = numeral[:-1], end - 1
    if numeral[-1] == "千" and numeral[0].isdigit() and text[end : end + 1] in tuple("米克瓦"):
        numeral, end = numeral[:-1], end - 1  # 12千米, but 三千米
    reading = value(re.sub(r"\s", "", _POINT.sub("点", numeral) + more[1:]))
    if reading is None:
        return None
    low, high = reading
    if text[end : end + 1] in VULGAR:
        low, high, end = low + VULGAR[text[end]], high + VULGAR[text[end]], end + 1
    kind: Kind = "ordinal" if match["ordinal"] else "count"
    also: tuple[Fraction, ...] = ()
    bound: Bound = "over" if more and more[0] in "多余" else "about" if more else _bound(text, start, end)
    unit, strict = "", True
    if percent := _PERCENT.match(text, end):
        also = (low,) if "点" in percent.group() else ()
        kind, end, low, high = "share", percent.end(), low / 100, high / 100
    elif kind == "count" and (tenths := _TENTHS.match(text, end)) and high <= 10:
        rest = (DIGITS | {"半": 5}).get(tenths["rest"], 0)
        kind, end, low, high = "share", tenths.end(), (low * 10 + rest) / 100, (high * 10 + rest) / 100
    elif kind == "count" and (discount := _DISCOUNT.match(text, end)) and high < 100:
        kind, end = "share", discount.end()
        low, high = (low / 10, high / 10) if high < 10 else (low / 100, high / 100)
        also = (1 - low,)
    elif kind == "count" and (times := _TIMES.match(text, end)):
        # 增长了两倍 is three times as much; 是三倍 as well.
        kind, end, also = "times", times.end(), (low + 1, low - 1)
    elif kind == "count" and (half := _HALF.match(text, end)):
        unit_match = units.CHINESE_PATTERN.match(text, half.end())
        name = half.group().strip()
        unit = units.CHINESE.get(name[0], "") or (units.CHINESE[unit_match.group()] if unit_match else "")
        low, high, end = (
            low + Fraction(1, 2),
            high + Fraction(1, 2),
            unit_match.end() if unit_match else half.end(),
        )
        if name[0] == "倍":
            kind, unit = "times", ""
    elif kind == "count" and (metres := _METRES_AND.match(text, end)):
        # 一米六零, 1米8
        decimals = "".join(str(DIGITS.get(c, c)) for c in metres["decimals"])
        low = high = low + Fraction(int(decimals), 10 ** len(decimals))
        unit, end = "metre", metres.end()
    elif kind == "count" and not more:
        unit, end, strict = _unit(text, end)
    elif kind == "count":
        unit, _, strict = _unit(text, end)
    return Figure(
        start, end, low, high, kind, unit, bound, also, _force(text, match, low, high, unit, kind, strict)
    )


def _unit(text: str, end: int) -> tuple[str, int, bool]:
    """The unit after a number, where it ends, and whether it stands there beyond doubt."""
    measure = _MEASURE.match(text, end)
    after = measure.end() if measure else end
    after += text[after : after + 1] == " "
    found = units.CHINESE_PATTERN.match(text, after)
    if not found:
        return "", end, False
    unit = units.CHINESE[found.group()]
    following = text[found.end() : found.end() + 1]
    if measure and unit not in ("hour", "week", "month", "shichen", "century", "quarter", "person"):
        return "", end, False
    if unit == "month" and not measure:
        return "", end, False
    if following and following in _NOT_UNITS.get(found.group()[-1], ""):
        return "", end, False
    return unit, found.end(), True


# Words that begin with a unit's last character and are none: 三人民…, 三位数, 十块石头, 四周围, 五年级.
_NOT_UNITS = {
    "人": "民类家间格",
    "位": "数于置",
    "度": "空",
    "里": "面外头边程",
    "天": "下地空线",
    "年": "级代生",
    "周": "围边密",
    "米": "饭",
    "克": "拉",
    "升": "级降",
    "名": "叫为义字",
    "块": "石砖布板肉地木表玻糖牌田土手小大红白铁屏",
    "口": "气井锅剑唾水号烟酒饭茶",
    "寸": "步",
    "担": "心忧",
    "秒": "杀",
    "元": "素首帅老旦",
    "码": "头事",
    "桶": "水",
}


def _force(
    text: str, match: re.Match[str], low: Fraction, high: Fraction, unit: str, kind: Kind, strict: bool
) -> int:
    numeral = match["numeral"]
    end = match.end() if match["more"] else match.end("numeral")
    before = text[match.start() - 1 : match.start()] or " "
    after = text[end : end + 1] or " "
    if numeral[0].isascii():
        if re.search(r"\d\s?-$", text[max(0, match.start() - 3) : match.start()]):
            before = " "  # the second number of a range
        if re.match(r"-\d+(?!-)", text[end:]):
            after = " "  # the first
        named = before.isascii() and (before.isalnum() or before in "-./#")
        if named or (after.isascii() and (after.isalpha() or after in "-/#")):
            return WEAK  # 5G, COVID-19, telephone and version numbers
        if (
            match.start() < 4
            and not text[: match.start()].strip()
            and (after in "、)）" or re.match(r"[.．]\D", text[end:]))
        ):
            return WEAK  # the number of an item in a list
        return FIRM if low >= 10 or low.denominator > 1 or unit or kind != "count" else SMALL
    if low != high or numeral[0] in "百千万亿兆" or (numeral in ("十", "一") and low.denominator == 1):
        return SMALL if unit and low == high and numeral == "十" else WEAK
    if kind in ("share", "times"):
        return SMALL
    if not set(numeral) & set("十百千万亿兆廿卅拾佰仟"):
        if len(numeral) > 1 and not _POINT.search(numeral) and "点" not in numeral:
            return WEAK if not unit else SMALL  # digits in a row: 三零一, 七零后
        told = unit and strict and (low >= 2 or low.denominator > 1)
        return SMALL if told or (kind == "ordinal" and low >= 3) else WEAK
    counted = unit or kind == "ordinal" or after in _CLASSIFIERS or match["more"]
    return FIRM if counted and low >= 10 else SMALL if low >= 10 or unit else WEAK


# Measure words that prove a numeral in characters before them to be a count (茅十八, a name, has none).
_CLASSIFIERS = frozenset(
    "个名位人只条件本张家座间所辆头匹根把种项次遍回场部篇章节段层楼级等路岁户份台棵株艘架幢栋首幅枚颗粒"
)


def _digit_by_digit(match: re.Match[str]) -> Iterator[Figure]:
    """Each digit of what is no numeral, so that it can explain one on the other side (八二年, 三七开)."""
    for offset, character in enumerate(match["numeral"]):
        reading = value(character)
        if reading:
            start = match.start("numeral") + offset
            yield Figure(start, start + 1, *reading)


def _bound(text: str, start: int, end: int) -> Bound:
    before, after = text[max(0, start - 5) : start], text[end : end + 6]
    for pattern, bound in _BEFORE:
        if pattern.search(before):
            return bound
    for pattern, bound in _AFTER:
        if pattern.match(after):
            return bound
    return ""
