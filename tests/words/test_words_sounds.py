"""Names heard alike."""

from __future__ import annotations

import numpy as np
import pytest

from duizhao.words.sounds import chinese_sounds, english_sounds, likeness

# (Chinese, English, at least, at most)
NAMES = [
    ("北京", "beijing", 1.0, 1.0),
    ("喀布尔", "kabul", 0.75, 1.0),
    ("华盛顿", "washington", 0.6, 1.0),
    ("克林顿", "clinton", 0.75, 1.0),
    ("阿富汗", "london", 0.0, 0.5),
    ("茶", "republic", 0.0, 0.0),
    ("abc", "abc", 0.0, 0.0),
]


@pytest.mark.parametrize(("zh", "en", "least", "most"), NAMES)
def test_likeness(zh: str, en: str, least: float, most: float) -> None:
    found = likeness([zh], [en], np.array([0]), np.array([0]))[0]
    assert least <= found <= most


def test_the_formula_by_hand() -> None:
    # 克林顿 kelindun -> kelintun, clinton -> klinton; common subsequence klintn, 6 of 8 and
    # 7 sounds; the consonants klntn are equal; the first sound is the same.
    assert (chinese_sounds("克林顿"), english_sounds("clinton")) == ("kelintun", "klinton")
    expected = 0.45 * 2 * 6 / 15 + 0.45 * 1 + 0.1
    assert likeness(["克林顿"], ["clinton"], np.array([0]), np.array([0]))[0] == pytest.approx(expected)
