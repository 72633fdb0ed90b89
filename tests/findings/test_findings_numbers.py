"""Numbers compared inside links: what is rewriting, what is missing, what contradicts."""

from __future__ import annotations

import pytest
from checked import brief, compared, document

from duizhao.findings import check
from duizhao.records import Alignment, Link, Span

AGREE = [
    ("三千五百万人", "35 million people"),
    ("35亿元", "3.5 billion yuan"),
    ("两千人", "two thousand people"),
    ("一些人统一了意见，十分高兴。", "Some people agreed and were very pleased."),
    ("三心二意，七上八下。", "Half-hearted and ill at ease."),
    ("第一次见面", "We met for the first time."),
    ("一个人来了。", "A man came."),
    ("他去了三亚和五台山。", "He went to Sanya and Mount Wutai."),
    ("三国时期的故事", "A story of the Three Kingdoms"),
    ("人工智能+", "AI+"),
    ("约两万人", "nearly 20,000 people"),
    ("约两万人", "19,800 people"),
    ("两万余人", "more than 20,000 people"),
    ("十几个人", "a dozen people"),
    ("几十个人", "dozens of people"),
    ("数百万人", "millions of people"),
    ("三四十人", "some thirty or forty people"),
    ("百分之五十", "half of them"),
    ("五分之一的人", "one in five people"),
    ("三成五", "35 percent"),
    ("打八折", "20% off"),
    ("打八折", "at 80% of the price"),
    ("增长了两倍", "it tripled"),
    ("是去年的三倍", "three times as much as last year"),
    ("走了二十里路", "He walked ten kilometres."),
    ("走了二十里路", "He walked twenty li."),
    ("走了二十里路", "He walked six miles."),
    ("重三十斤", "It weighs 15 kilograms."),
    ("一百亩地", "16 acres of land"),
    ("高6米", "six meters (20 feet) high"),
    ("气温三十度", "a temperature of 86 degrees"),
    ("半年后", "six months later"),
    ("两个星期", "a fortnight"),
    ("两个星期", "fourteen days"),
    ("十年", "a decade"),
    ("一个半小时", "ninety minutes"),
    ("身高一米六零", "five feet three inches tall"),
    ("二十两银子", "twenty taels of silver"),
    ("第十五章", "Chapter XV"),
    ("第二次世界大战", "World War II"),
    ("他四十岁。", "He was forty."),
    ("70-90%的人", "70-90 percent of people"),
    ("10至20万元", "100,000 to 200,000 yuan"),
    ("一百二十七岁", "an hundred and seven and twenty years old"),
    ("25日有49人", "On the 25th there were 49 people."),
    ("七〇年代末生的人", "people born in the late 1970s"),
    ("如吉登斯所说。", "As he notes (Giddens 1984, 364)."),
]
DIFFER = [
    (
        "有三千五百万人。",
        "There are 35 million people, 350 towns.",
        ["warning number"],
    ),  # only the 350 is new
    ("有三千五百万人。", "There are 3.5 million people.", ["error number"]),
    ("有三百五十万人。", "There are 35 million people.", ["error number"]),
    ("效率提升20%。", "Efficiency rose by 52%.", ["error number"]),
    ("未来三天有雨。", "It will rain for nine days.", ["error number"]),
    ("坐二十名桨手。", "It seats thirty paddlers.", ["error number"]),
    ("第89分钟进球", "a goal in the 88th minute", ["error number"]),
    ("庆祝四十周年", "the 50th anniversary", ["error number"]),
    ("以5-3获胜", "won 6-3", ["error number"]),
    ("7.5级地震", "a 6.5 magnitude quake", ["error number"]),
    ("约定49人", "32 people", ["error number"]),
    ("依第四十九条办理。", "This follows Article 47.", ["error number"]),
    ("他今年虚岁十八岁。", "He is seventeen years old.", ["note number"]),
    ("有2万人。", "There are 20,400 people.", ["warning number"]),  # perhaps rounded
    ("2至4英寸，最多6英寸", "2 to 4 inches, at most 4 inches", ["warning number"]),
    ("有140多台农机。", "There are machines.", ["warning number"]),
    ("有农机。", "There are 140 machines.", ["warning number"]),
    ("有三台农机。", "There are machines.", []),
    ("有农机。", "There are three machines.", []),
    ("茅十八来了。", "He came.", []),
]


@pytest.mark.parametrize(("zh", "en"), AGREE)
def test_numbers_that_agree(zh: str, en: str) -> None:
    assert [finding.message for finding in compared(zh, en)] == []


@pytest.mark.parametrize(("zh", "en", "expected"), DIFFER)
def test_numbers_that_differ(zh: str, en: str, expected: list[str]) -> None:
    assert brief(compared(zh, en)) == expected


def test_a_finding_says_what_was_read_and_where() -> None:
    zh, en = "这里有三千五百万人。", "There are 3.5 million people here."
    (finding,) = compared(zh, en)
    assert finding.message == "The Chinese says 三千五百万人, the English says “3.5 million people”."
    assert finding.evidence == (
        "三千五百万人 = 35,000,000",
        "3.5 million people = 3,500,000",
        "they differ by a factor of 10",
    )
    assert finding.zh == (Span(0, 3, 9),)
    assert [en[span.start : span.end] for span in finding.en] == ["3.5 million people"]


def test_several_candidates_are_a_warning() -> None:
    findings = compared("有15座桥、27座塔。", "There are 16 bridges and 28 towers.")
    assert brief(findings) == ["warning number"] * 2


def test_a_number_may_cross_the_boundary_of_a_link() -> None:
    zh = ["共有49人。", "他们来自北京。"]
    assert compared(zh, ["There were people.", "All 49 came from Beijing."]) == ()


def test_links_of_many_sentences_only_warn() -> None:
    zh, en = (
        document(["共有49人。"] + ["他们来了。"] * 3, "zh"),
        document(["There were 32 people. They came."], "en"),
    )
    assert brief(check(zh, en, Alignment((Link((0, 1, 2, 3), (0,)),), 1.0, ""))) == ["warning number"]


def test_a_doubtful_link_only_warns_and_a_bad_one_is_silent() -> None:
    zh, en = document(["共有49人。"], "zh"), document(["There were 32 people."], "en")
    assert brief(check(zh, en, Alignment((Link((0,), (0,), 0.7),), 1.0, ""))) == ["warning number"]
    assert check(zh, en, Alignment((Link((0,), (0,), 0.4),), 1.0, "")) == ()


def test_texts_that_do_not_translate_each_other_are_not_compared() -> None:
    zh, en = document(["共有49人。"], "zh"), document(["There were 32 people."], "en")
    assert check(zh, en, Alignment((Link((0,), (0,)),), 0.01, "")) == ()
