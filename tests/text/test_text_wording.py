"""``widen`` and ``convert``."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duizhao.text import convert, fold, widen
from duizhao.text.wording import LIMIT, WORDINGS

# Query, and what must be among its wordings, whatever the script it is typed in.
WIDENED = [
    ("人工智能", "人工智慧"),
    ("人工智慧", "人工智能"),
    ("网络", "網路"),
    ("網絡", "網路"),
    ("網路", "网络"),
    ("网路", "网络"),
    ("质量", "品質"),
    ("質量", "质素"),
    ("品質", "质量"),
    ("软件", "軟體"),
    ("軟體", "软件"),
    ("計程車", "出租车"),
    ("出租车", "的士"),
    ("人工智能技术", "人工智慧技術"),
    ("产品质量", "产品品质"),
]


@pytest.mark.parametrize(("query", "expected"), WIDENED)
def test_widen(query: str, expected: str) -> None:
    wordings = widen(query)
    assert wordings[0] == query
    assert fold(expected) in map(fold, wordings)


ALONE = ["", "artificial intelligence", "春天", "産業", "!"]


@pytest.mark.parametrize("query", ALONE)
def test_nothing_to_widen(query: str) -> None:
    assert widen(query) == (query,)


@given(
    st.text(max_size=12)
    | st.lists(st.sampled_from([w for row in WORDINGS for w in row]), max_size=4).map("".join)
)
def test_widened_list_is_short_and_without_doubles(query: str) -> None:
    wordings = widen(query)
    assert wordings[0] == query
    assert len({fold(wording) for wording in wordings}) == len(wordings) <= LIMIT


def test_every_row_of_the_table_tells_something() -> None:
    for row in WORDINGS:
        assert len({fold(word) for word in row}) > 1, row


CONVERTED = [
    ("他说：“头发干了。”", "zh-Hant", "", "他說：「頭髮幹了。」"),  # 干 is wrong, and OpenCC's
    ("这个软件", "zh-Hant-TW", "", "這個軟體"),
    ("这个软件", "zh-Hant-HK", "", "這個軟件"),
    ("这个软件", "zh-Hant", "", "這個軟件"),
    ("这个软件", "zh-Hans", "", "这个软件"),
    ("他閉著眼睛，名聲顯著", "zh-Hans", "", "他闭着眼睛，名声显著"),
    ("這個軟體叫『道』，「很好」", "zh-Hans", "", "这个软体叫‘道’，“很好”"),
    ("這裏為甚麼", "zh-Hant-TW", "", "這裡為甚麼"),
    ("這裡沒有", "zh-Hant-HK", "", "這裏沒有"),
    ("這裡沒有", "zh-Hant", "", "這裡沒有"),
    ("人工智能", "zh-Hant-TW", "", "人工智能"),  # no character tells the script
    ("人工智能", "zh-Hant-TW", "zh-Hans", "人工智慧"),
    ("「好」", "zh-Hans", "zh-Hant-TW", "“好”"),
    ("他读‘O’Neil’的书", "zh-Hant", "", "他讀『O’Neil』的書"),
    ("No Chinese", "zh-Hant", "", "No Chinese"),
]


@pytest.mark.parametrize(("text", "tag", "source", "expected"), CONVERTED)
def test_convert(text: str, tag: str, source: str, expected: str) -> None:
    assert convert(text, tag, source) == expected


def test_convert_to_an_unknown_tag() -> None:
    with pytest.raises(ValueError, match="unknown tag 'zh-TW': one of zh-Hans, zh-Hant"):
        convert("字", "zh-TW")
