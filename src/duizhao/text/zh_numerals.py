"""The value of a Chinese numeral written alone: 三千五百万, 二〇二五, 十三四, 1.7万, 壹佰贰拾."""

from __future__ import annotations

from fractions import Fraction

# One character for one, so that offsets stay: full width to half, Traditional and variant to the form used
# below.
_FROM = (
    "０１２３４５６７８９，．％：－～〜○Ｏ"
    "兩萬億點個歲幾數餘約週禮號時鐘紀後塊畝噸頃擔間無過達將從"
    "壹貳參肆陸貳弍弌叁拾佰仟卄單雙對虛倆條項輛張隻棟層種這"
)
_TO = (
    "0123456789,.%:-~~〇〇"
    "两万亿点个岁几数余约周礼号时钟纪后块亩吨顷担间无过达将从"
    "壹贰叁肆陆贰二一叁拾佰仟廿单双对虚俩条项辆张只栋层种这"
)
_PLAIN = str.maketrans(_FROM, _TO)
_FORMAL = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟", "一二三四五六七八九十百千")

DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
SCALES = {"十": 10, "百": 100, "千": 1000}
MYRIADS = {"兆": 10**12, "亿": 10**8, "万": 10**4}

LONGEST = 40  # characters of a numeral: what is longer is no number that anyone reads

Range = tuple[Fraction, Fraction]


def plain(text: str) -> str:
    """``text`` with each character in the one form that the Chinese readers know; offsets are unchanged."""
    return text.translate(_PLAIN)


def value(numeral: str) -> Range | None:
    """Lowest and highest value of a numeral as :func:`plain` gives it, None if it is no well-formed
    numeral.

    Understands digits before a scale (1.7万, 2亿5千万), the colloquial end (一万二 = 12,000), neighbouring
    digits as a range (三四十 = 30 to 40), digits in a row (二〇二五) and 点 as a decimal point (三点五).
    """
    if len(numeral) > LONGEST:
        return None
    numeral = numeral.translate(_FORMAL).replace(",", "").replace("廿", "二十").replace("卅", "三十")
    for scale, size in MYRIADS.items():
        head, found, tail = numeral.partition(scale)
        if not found:
            continue
        # 万亿: what stands before 亿 may itself end in 万; partition at the last such character.
        head, _, tail = numeral.rpartition(scale)
        before = value(head) if head else (Fraction(1), Fraction(1))
        if before is None:
            return None
        if len(tail) == 1 and tail in DIGITS and head:
            after: Range | None = _same(Fraction(DIGITS[tail] * size, 10))
        else:
            after = value(tail.lstrip("零〇")) if tail else _same(Fraction(0))
        if after is None or after[1] >= size:
            return None
        return before[0] * size + after[0], before[1] * size + after[1]
    if "点" in numeral:
        whole, _, decimals = numeral.partition("点")
        base = value(whole)
        if base is None or base[0] != base[1] or not decimals or any(c not in DIGITS for c in decimals):
            return None
        return _same(base[0] + Fraction(int("".join(str(DIGITS[c]) for c in decimals)), 10 ** len(decimals)))
    return _below_myriad(numeral)


def _same(number: Fraction) -> Range:
    return number, number


def _below_myriad(numeral: str) -> Range | None:
    if not numeral:
        return None
    if numeral[0].isascii():
        return _arabic(numeral)
    low = high = 0
    digits: list[int] = []
    last = 10**4
    for character in numeral:
        if character in DIGITS:
            digits.append(DIGITS[character])
            continue
        scale = SCALES.get(character, 0)
        if not scale or scale >= last:
            return None
        pair = _pending([d for i, d in enumerate(digits) if d or i == len(digits) - 1] or [1])
        if pair is None:
            return None
        low, high = low + pair[0] * scale, high + pair[1] * scale
        digits, last = [], scale
    if last == 10**4:
        return _row(digits)
    if digits:
        colloquial = len(digits) == 1 and last > 10 and digits[0]
        pair = _pending(digits[1:] if digits[0] == 0 and len(digits) > 1 else digits)
        if pair is None:
            return None
        step = last // 10 if colloquial else 1
        low, high = low + pair[0] * step, high + pair[1] * step
    return Fraction(low), Fraction(high)


def _pending(digits: list[int]) -> tuple[int, int] | None:
    """One digit, or two that make a range (三四, 三五; in older prose 三二十 too)."""
    if len(digits) == 1:
        return digits[0], digits[0]
    low, high = min(digits), max(digits)
    if len(digits) == 2 and 0 < low < high <= low + 2:
        return low, high
    return None


def _row(digits: list[int]) -> Range | None:
    """Digits without scales: one digit, a range of two, or a row read digit by digit."""
    if len(digits) == 2 and 0 not in digits:
        pair = _pending(digits)
        return (Fraction(pair[0]), Fraction(pair[1])) if pair else None
    return _same(Fraction(int("".join(map(str, digits)))))


def _arabic(numeral: str) -> Range | None:
    head = len(numeral) - len(numeral.lstrip("0123456789."))
    try:
        number = Fraction(numeral[:head])
    except ValueError:
        return None
    last = 10**4
    rest = numeral[head:]
    if rest and rest[0] in SCALES:
        last, rest = SCALES[rest[0]], rest[1:]
        number *= last
    if not rest:
        return _same(number)
    tail = _below_myriad(rest)
    if tail is None or tail[1] >= last or last == 10**4:
        return None
    return number + tail[0], number + tail[1]
