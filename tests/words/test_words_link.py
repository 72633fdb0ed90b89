"""Linking: a golden output for the signature, what links may depend on, models and odd input."""

from __future__ import annotations

import pytest

from duizhao.errors import SourceError
from duizhao.records import WordLink
from duizhao.words import SIGNATURE, learn, link, link_words
from duizhao.words.model import default_model, load
from duizhao.words.stages import default_stages
from duizhao.words.stages import load as load_stages

# Sentences written for this test.
SENTENCES = [
    ("我 喜欢 绿茶 。", "I like green tea ."),
    ("他 在 山 上 喝 了 三 杯 茶 。", "He drank three cups of tea on the mountain ."),
    ("1863年 ， 张三 离开 了 北京 。", "In 1863 Zhang San left Beijing ."),
    ("水 从 山 上 流 下来 。", "The water flows down from the mountain ."),
    ("她 没有 买 那 本 书 。", "She did not buy that book ."),
    ("茶叶 的 价格 上涨 了 百分之十 。", "The price of tea leaves rose by ten percent ."),
    ("老师 问 学生 一个 问题 。", "The teacher asked the students a question ."),
    ("北京 是 中国 的 首都 。", "Beijing is the capital of China ."),
    ("你 什么 时候 回来 ？", "When will you come back ?"),
    ("山 上 的 水 最好 。", "The water on the mountain is best ."),
    ("这 本 书 是 他 写 的 。", "He wrote this book ."),
    ("张三 喝 茶 。", "Zhang San drinks tea ."),
]
PAIRS = [(zh.split(), en.split()) for zh, en in SENTENCES]


def shown(links: tuple[WordLink, ...]) -> str:
    return " ".join(f"{one.zh + 1}-{one.en + 1}" for one in links)


# Signature and the links it gives, as checked by eye; raise the number in the signature when they change.
GOLDEN = {
    "words:2": ["1-1 2-2 3-3 3-4 4-5"],
}


def test_a_golden_output_for_the_signature() -> None:
    assert [shown(found) for found in link(PAIRS[:1])] == GOLDEN[SIGNATURE]


# (pair, zero-based words that must be linked): what nobody would doubt.
CERTAIN = [
    (1, [(2, 8), (6, 2), (7, 3), (8, 5)]),
    (2, [(0, 1), (5, 5)]),
    (7, [(0, 0), (2, 5), (4, 3)]),
]


@pytest.mark.parametrize(("number", "cells"), CERTAIN)
def test_certain_links(number: int, cells: list[tuple[int, int]]) -> None:
    found = {(one.zh, one.en) for one in link_words(PAIRS)[number]}
    assert set(cells) <= found


def test_links_of_a_pair_follow_from_the_pair_and_the_model() -> None:
    model = learn(PAIRS)
    together = link(PAIRS, model)
    assert [link([pair], model)[0] for pair in PAIRS] == together
    assert link(PAIRS[::-1], model)[::-1] == together


def test_ten_pairs_are_learned_from_and_nine_are_not() -> None:
    assert link_words(PAIRS[:9]) == link(PAIRS[:9], default_model())
    assert link_words(PAIRS) == link(PAIRS, learn(PAIRS))


def test_traditional_text_is_linked_like_simplified() -> None:
    traditional = [(["北京", "是", "中國", "的", "首都", "。"], PAIRS[7][1])]
    assert shown(link(traditional)[0]) == shown(link([PAIRS[7]])[0])


ODD = [
    [],
    [([], [])],
    [([], ["tea"])],
    [(["茶"], [])],
    [(["\ud800", "​"], ["\ud800", "..."])],
    [(["。"] * 3, ["."])],
    [(["茶"] * 300, ["tea"] * 300)],
]


@pytest.mark.parametrize("pairs", ODD)
def test_odd_input(pairs: list[tuple[list[str], list[str]]]) -> None:
    found = link_words(pairs)
    assert len(found) == len(pairs)
    for links, (zh, en) in zip(found, pairs, strict=True):
        assert all(one.zh < len(zh) and one.en < len(en) and 0 <= one.probability <= 1 for one in links)


def test_what_is_no_sentence_pair_is_not_linked() -> None:
    assert link_words([(["茶"] * 700, ["tea"] * 700), PAIRS[0]])[0] == ()


def test_a_model_is_kept_and_named_by_its_content() -> None:
    model = learn(PAIRS)
    again = load(model.dump())
    assert again.signature == model.signature == learn(PAIRS).signature
    assert again.dump() == model.dump()
    assert link(PAIRS, again) == link(PAIRS, model)
    assert learn(PAIRS[:-1]).signature != model.signature


@pytest.mark.parametrize("data", [b"", b"no gzip", default_model().dump()[:-100]])
def test_damaged_models_are_refused(data: bytes) -> None:
    with pytest.raises(SourceError, match="damaged"):
        load(data)
    with pytest.raises(SourceError, match="damaged"):
        load_stages(data)


def test_the_card_says_where_it_comes_from() -> None:
    card = default_stages().card
    assert card["licence"].startswith("BSD-3-Clause")
    assert card["scores"]["second"]["aer"] <= 0.087
    assert card["model"] == default_model().signature
    assert card["signature"] == default_stages().signature
