"""Words found in lines."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duizhao.words.tokens import chinese, english, spaced

ENGLISH = [
    ("The emperor's tea.", ["The", "emperor", "'s", "tea", "."]),
    ("They don’t.", ["They", "do", "n’t", "."]),
    ("Dr. Li paid 1,500.50 yuan (30%).", ["Dr.", "Li", "paid", "1,500.50", "yuan", "(", "30", "%", ")", "."]),
    ("a well-known U.S. base", ["a", "well-known", "U.S.", "base"]),
    ("“Go!” -- he said ...", ["“", "Go", "!", "”", "--", "he", "said", "..."]),
    ("the 22nd and the 1960s", ["the", "22nd", "and", "the", "1960s"]),
]
CHINESE = [
    ("山泉最好，江水次之。", ["山泉", "最好", "，", "江水", "次之", "。"]),
    ("這 是茶葉", ["這", "是", "茶葉"]),
    ("5月22日运到1500万吨。", ["5月", "22日", "运到", "1500万", "吨", "。"]),
    ("增长3.5%，第4年", ["增长", "3.5%", "，", "第4年"]),
    ("马克·吐温来了", ["马克·吐温", "来", "了"]),
    ("财政预算", ["财政", "预算"]),
    ("··茶", ["·", "·", "茶"]),
]


@pytest.mark.parametrize(("line", "words"), ENGLISH)
def test_english(line: str, words: list[str]) -> None:
    assert [x.text for x in english(line)] == words


@pytest.mark.parametrize(("line", "words"), CHINESE)
def test_chinese(line: str, words: list[str]) -> None:
    assert [x.text for x in chinese(line)] == words


@given(st.text())
@pytest.mark.parametrize("find", [chinese, english, spaced])
def test_nothing_but_blanks_is_lost(find: object, line: str) -> None:
    found = find(line)  # type: ignore[operator]
    assert "".join(x.text for x in found) == "".join(line.split())
    assert all(x.text == line[x.start : x.end] and x.text for x in found)
