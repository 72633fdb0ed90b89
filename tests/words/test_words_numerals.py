"""Numbers in single words."""

from __future__ import annotations

import pytest

from duizhao.words.numerals import OTHER, PER_CENT, SAME, SCALE, SHIFTED, agreement

# (folded Chinese word, English lemma, expected); the values are what the words mean.
WORDS = [
    ("三", "three", SAME),
    ("第三", "third", SAME),
    ("二十一", "twenty-one", SAME),
    ("一九九八年", "1998", SAME),
    ("1,500", "1500", SAME),
    ("5月", "may", SAME),
    ("五月份", "may", SAME),
    ("22日", "22nd", SAME),
    ("5月", "june", OTHER),
    ("三", "four", OTHER),
    ("三", "may", 0.0),
    ("1500万", "15", SHIFTED),
    ("1500万", "million", SCALE),
    ("30%", "percent", PER_CENT),
    ("30%", "30", SAME),
    ("茶", "three", 0.0),
    ("三", "tea", 0.0),
    ("三四", "three", 0.0),  # three or four: a range is no single number
]


@pytest.mark.parametrize(("zh", "en", "expected"), WORDS)
def test_agreement(zh: str, en: str, expected: float) -> None:
    assert agreement(zh, en) == expected
