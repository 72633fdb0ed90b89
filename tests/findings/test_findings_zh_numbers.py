"""Chinese numerals and amounts. Values are those any grammar of Chinese gives."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duizhao.findings.readings import FIRM, SMALL, WEAK
from duizhao.findings.zh_numbers import read
from duizhao.text.zh_numerals import plain, value

NUMERALS = [
    ("三千五百万", 35_000_000, 35_000_000),
    ("二〇二五", 2025, 2025),
    ("两千零二十五", 2025, 2025),
    ("十三四", 13, 14),
    ("三四十", 30, 40),
    ("三二十", 20, 30),
    ("1.7万", 17_000, 17_000),
    ("417.6万", 4_176_000, 4_176_000),
    ("2亿5千万", 250_000_000, 250_000_000),
    ("3万亿", 3 * 10**12, 3 * 10**12),
    ("一万二", 12_000, 12_000),
    ("三千五", 3_500, 3_500),
    ("一百零五", 105, 105),
    ("壹佰贰拾", 120, 120),
    ("廿五", 25, 25),
    ("卅", 30, 30),
    ("三点五亿", 350_000_000, 350_000_000),
    ("3,000", 3_000, 3_000),
]
NO_NUMERALS = ["十百", "一三五七八百", "百三五七", "点五", ""]


@pytest.mark.parametrize(("numeral", "low", "high"), NUMERALS)
def test_value(numeral: str, low: int, high: int) -> None:
    assert value(numeral) == (low, high)


@pytest.mark.parametrize("numeral", NO_NUMERALS)
def test_no_value(numeral: str) -> None:
    assert value(numeral) is None


def spelled(number: int) -> str:
    """A number below 10^12 as school teaches it."""
    digits, scales = "零一二三四五六七八九", ["", "十", "百", "千"]

    def section(n: int) -> str:
        out, gap = "", False
        for power in (3, 2, 1, 0):
            digit = n // 10**power % 10
            if digit:
                out += ("零" if gap and out else "") + digits[digit] + scales[power]
            gap = not digit
        return out

    out = ""
    for size, name in ((10**8, "亿"), (10**4, "万"), (1, "")):
        part, number = divmod(number, size)
        if part:
            out += ("零" if out and part < 1000 else "") + section(part) + name
    return out


@given(st.integers(min_value=1, max_value=10**12 - 1))
def test_every_number_is_read_as_it_is_written(number: int) -> None:
    assert value(spelled(number)) == (number, number)


@given(st.text())
def test_plain_keeps_offsets(text: str) -> None:
    assert len(plain(text)) == len(text)


# (sentence, what is read of it, low, high, kind, unit, force)
AMOUNTS = [
    ("三千五百万人", "三千五百万人", 35_000_000, 35_000_000, "count", "person", FIRM),
    ("吾十有五而志于学", "十有五", 15, 15, "count", "", SMALL),
    ("出動28萬餘人次", "28萬餘", 280_000, 280_000, "count", "person", FIRM),
    ("超过 38 万，", "38 万", 380_000, 380_000, "count", "", FIRM),
    ("百分之三十五", "百分之三十五", Fraction(35, 100), Fraction(35, 100), "share", "", FIRM),
    ("３．５％", "３．５％", Fraction(35, 1000), Fraction(35, 1000), "share", "", FIRM),
    ("70-90%的人", "70", Fraction(7, 10), Fraction(7, 10), "share", "", FIRM),
    ("三分之二", "三分之二", Fraction(2, 3), Fraction(2, 3), "share", "", SMALL),
    ("打八折", "八折", Fraction(8, 10), Fraction(8, 10), "share", "", SMALL),
    ("三成人", "三成人", 3, 3, "count", "", WEAK),
    ("占三成。", "三成", Fraction(3, 10), Fraction(3, 10), "share", "", SMALL),
    ("增长了两倍", "两倍", 2, 2, "times", "", SMALL),
    ("一个半小时", "一个半小时", Fraction(3, 2), Fraction(3, 2), "count", "hour", SMALL),
    ("两年半", "两年半", Fraction(5, 2), Fraction(5, 2), "count", "year", SMALL),
    ("身高一米六零", "一米六零", Fraction(16, 10), Fraction(16, 10), "count", "metre", SMALL),
    ("二十两银子", "二十两银子", 20, 20, "count", "liang", FIRM),
    ("6英尺6英寸", "6英尺6英寸", Fraction(13, 2), Fraction(13, 2), "count", "foot", FIRM),
    ("几十个人", "几十", 20, 100, "count", "", WEAK),
    ("数百万人", "数百万", 2_000_000, 10_000_000, "count", "", WEAK),
    ("三十几岁", "三十几", 31, 39, "count", "", WEAK),
    ("第一百二十五條", "第一百二十五", 125, 125, "ordinal", "", FIRM),
    ("10至20万元", "10", 100_000, 100_000, "count", "yuan", FIRM),
    (
        "利率加○．六二五個百分點",
        "○．六二五個百分點",
        Fraction(625, 10**5),
        Fraction(625, 10**5),
        "share",
        "",
        SMALL,
    ),
    ("14½分", "14½", Fraction(29, 2), Fraction(29, 2), "count", "", FIRM),
    ("12千米", "12千米", 12, 12, "count", "kilometre", FIRM),
    ("三千米", "三千米", 3000, 3000, "count", "metre", FIRM),
]


@pytest.mark.parametrize(("text", "part", "low", "high", "kind", "unit", "force"), AMOUNTS)
def test_amounts(
    text: str, part: str, low: Fraction, high: Fraction, kind: str, unit: str, force: int
) -> None:
    figures = {text[f.start : f.end]: f for f in read(text)}
    # 三成人 is no tenth: only its numeral is read
    figure = figures[part] if part in figures else next(iter(figures.values()))
    assert (figure.low, figure.high, figure.kind, figure.unit, figure.force) == (low, high, kind, unit, force)


# Words that hold a numeral and say no number.
IDLE = [
    "一些", "统一思想", "三心二意", "七上八下", "十分高兴", "万一下雨", "三亚和五台山", "三里屯", "二百五",
    "十八罗汉在此", "茅十八在路上", "人工智能+", "5G网络", "COVID-19疫情", "四周围", "三人民", "五年级",
    "千万别去", "一下", "三国演义",
]  # fmt: skip


@pytest.mark.parametrize("text", IDLE)
def test_words_that_only_look_like_numbers(text: str) -> None:
    assert all(figure.force < FIRM for figure in read(text))


@given(
    st.text(
        alphabet="零一二三四五十百千万亿两半几多余第点分之成折倍个年天里斤米元%0123456789.,，-至 壹佰",
        max_size=14,
    )
)
def test_readings_lie_in_the_text_and_do_not_overlap(text: str) -> None:
    figures = read(text)
    ends = [0] + [figure.end for figure in figures]
    assert all(
        end <= figure.start < figure.end <= len(text) for end, figure in zip(ends, figures, strict=False)
    )
    assert all(figure.low <= figure.high for figure in figures)
