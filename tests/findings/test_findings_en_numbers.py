"""English amounts, in digits and words."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duizhao.findings.en_numbers import read
from duizhao.findings.readings import FIRM, SMALL, WEAK
from duizhao.text.en_numerals import roman, spell

SPELLED = [
    ("twenty-one", 21),
    ("one hundred and five", 105),
    ("two hundred thousand", 200_000),
    ("nineteen eighty-four", 1984),
    ("half a million", 500_000),
    ("3.5 million", 3_500_000),
    ("a dozen", 12),
    ("five and thirty", 35),
    ("threescore and ten", 70),
    ("an hundred and seven and twenty", 127),
    ("six hundred thousand and three thousand and five hundred and fifty", 603_550),
]
NOT_SPELLED = ["one two", "hundred twenty thirty forty", "million five million"]


@pytest.mark.parametrize(("words", "number"), SPELLED)
def test_spell(words: str, number: int) -> None:
    assert spell(words) == number


@pytest.mark.parametrize("words", NOT_SPELLED)
def test_what_makes_no_number(words: str) -> None:
    assert spell(words) is None


@pytest.mark.parametrize(("numeral", "number"), [("XIV", 14), ("MCMLXXXIV", 1984), ("IX", 9), ("II", 2)])
def test_roman(numeral: str, number: int) -> None:
    assert roman(numeral) == number


# (sentence, what is read of it, low, high, kind, unit, force)
AMOUNTS = [
    ("some 3.5 million people", "3.5 million people", 3_500_000, 3_500_000, "count", "person", FIRM),
    ("worth £11million", "£11million", 11_000_000, 11_000_000, "count", "sterling", FIRM),
    ("about $1.2bn", "$1.2bn", 1_200_000_000, 1_200_000_000, "count", "dollar", FIRM),
    ("12,345 votes", "12,345", 12_345, 12_345, "count", "", FIRM),
    ("100 000 particles", "100 000", 100_000, 100_000, "count", "", FIRM),
    ("call 0800 555 111", "555", 555, 555, "count", "", FIRM),
    ("twenty per cent of it", "twenty per cent", Fraction(1, 5), Fraction(1, 5), "share", "", FIRM),
    ("five to ten percent", "five", Fraction(1, 20), Fraction(1, 20), "share", "", SMALL),
    ("two-thirds of them", "two-thirds", Fraction(2, 3), Fraction(2, 3), "share", "", SMALL),
    ("one in three men", "one in three", Fraction(1, 3), Fraction(1, 3), "share", "", SMALL),
    ("three times as big", "three times", 3, 3, "times", "", WEAK),
    ("two and a half million parts", "two and a half million", 2_500_000, 2_500_000, "count", "", FIRM),
    ("two years and a half", "two years and a half", Fraction(5, 2), Fraction(5, 2), "count", "year", SMALL),
    ("a year and a half", "a year and a half", Fraction(3, 2), Fraction(3, 2), "count", "year", WEAK),
    ("half an hour", "half an hour", Fraction(1, 2), Fraction(1, 2), "count", "hour", WEAK),
    ("a 6-foot-6 forward", "6-foot-6", Fraction(13, 2), Fraction(13, 2), "count", "foot", FIRM),
    (
        "five feet four inches",
        "five feet four inches",
        Fraction(16, 3),
        Fraction(16, 3),
        "count",
        "foot",
        SMALL,
    ),
    ("a 13-year-old", "13-year-old", 13, 13, "count", "age", FIRM),
    ("Wang, 41, has been", "41", 41, 41, "count", "age", FIRM),
    ("the 125th Street", "125th", 125, 125, "ordinal", "", FIRM),
    ("the twenty-first", "twenty-first", 21, 21, "ordinal", "", FIRM),
    ("dozens of men", "dozens", 24, 99, "count", "", WEAK),
    ("tens of thousands", "tens of thousands", 10_000, 99_000, "count", "", WEAK),
    ("10 to 20 million yuan", "10", 10_000_000, 10_000_000, "count", "yuan", FIRM),
    ("seven hundred and three taels", "seven hundred and three taels", 703, 703, "count", "liang", FIRM),
]


@pytest.mark.parametrize(("text", "part", "low", "high", "kind", "unit", "force"), AMOUNTS)
def test_amounts(
    text: str, part: str, low: Fraction, high: Fraction, kind: str, unit: str, force: int
) -> None:
    figure = {text[f.start : f.end]: f for f in read(text)}[part]
    assert (figure.low, figure.high, figure.kind, figure.unit, figure.force) == (low, high, kind, unit, force)


BOUNDS = [
    ("more than 40", "over"), ("over 40", "over"), ("at least 40", "over"), ("40 or more", "over"),
    ("40-odd", "over"),    ("nearly 40", "under"), ("fewer than 40", "under"), ("up to 40", "under"),
    ("about 40", "about"), ("some 40", "about"), ("40 or so", "about"), ("40", ""),
]  # fmt: skip


@pytest.mark.parametrize(("text", "bound"), BOUNDS)
def test_bounds(text: str, bound: str) -> None:
    assert next(figure.bound for figure in read(text) if figure.low == 40) == bound


IDLE = [
    "one of them",
    "COVID-19",
    "a B-52 bomber",
    "World War II",
    "the first time",
    "twice",
    "G20",
    "no one",
    "first",
]


@pytest.mark.parametrize("text", IDLE)
def test_words_that_only_explain(text: str) -> None:
    assert all(figure.force == WEAK for figure in read(text))


@given(st.text(alphabet=st.sampled_from("0123456789.,-%$ /½ahundreftwoixyVIX"), max_size=20))
def test_readings_lie_in_the_text_and_do_not_overlap(text: str) -> None:
    figures = read(text)
    ends = [0] + [figure.end for figure in figures]
    assert all(
        end <= figure.start < figure.end <= len(text) for end, figure in zip(ends, figures, strict=False)
    )
    assert all(figure.low <= figure.high for figure in figures)
