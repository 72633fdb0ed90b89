"""Dates, weekdays and times, read and compared. Weekdays after the Gregorian calendar."""

from __future__ import annotations

import pytest
from checked import brief, compared, document
from hypothesis import given
from hypothesis import strategies as st

from duizhao.findings import check, en_dates, zh_dates
from duizhao.findings.readings import show_moment
from duizhao.records import Alignment, Link

CHINESE = [
    ("9月5日", ["5 September"]),
    ("2025年9月5日", ["5 September 2025"]),
    ("二〇二五年", ["2025"]),
    ("一九七九年三月", ["March 1979"]),
    ("2025-09-05", ["5 September 2025"]),
    ("光緒二十六年", ["1900"]),
    ("康熙元年", ["1662"]),
    ("乾隆六十年", ["1795"]),
    ("民國三十八年五月", ["May 1949"]),
    ("公元前221年", ["221 BC"]),
    ("20世纪90年代", ["the 1990s"]),
    ("九十年代", ["the 90s of a century"]),
    ("19世纪末", ["century 19"]),
    ("周六下午3点半", ["Saturday", "15:30"]),
    ("禮拜天", ["Sunday"]),
    ("7月24日15時50分", ["24 July", "15:50"]),
    ("凌晨一点", ["1:00"]),
    ("差十分钟凌晨一点", ["0:50"]),
    ("正月初一", ["1 month 1 of the lunar calendar"]),
    ("5日至8日", ["day 5", "day 8"]),
    ("5-8日", ["day 5", "day 8"]),
    ("1702、1733、1761年", ["1702", "1733", "1761"]),
    ("1950-53年", ["1950", "1953"]),
    ("2025世界大会", ["2025"]),
    ("今年当日", ["a day", "a day"]),
]
NOT_CHINESE = [
    "三年后",
    "3个月",
    "一点",
    "两点意见",
    "一周一次",
    "四周一片",
    "5号楼",
    "月亮",
    "月饼",
    "2000人",
    "1800公里",
    "五年级",
]
ENGLISH = [
    ("Sept. 5", ["5 September"]),
    ("September 5, 2025", ["5 September 2025"]),
    ("the fifth of May, 1921", ["5 May 1921"]),
    ("5 May", ["5 May"]),
    ("Aug. 5-8", ["5 August", "8 August"]),
    ("5-8 September 2019", ["5 September 2019", "8 September 2019"]),
    ("in May", ["May"]),
    ("March 2019", ["March 2019"]),
    ("On the 25th, he", ["day 25"]),
    ("in 1979", ["1979"]),
    ("1950-53", ["1950", "1953"]),
    ("in 221 BC", ["221 BC"]),
    ("the 1990s", ["the 1990s"]),
    ("the nineteen-sixties", ["the 1960s"]),
    ("the 20th century", ["century 20"]),
    ("3:50 p.m. on Friday", ["15:50", "Friday"]),
    ("2.30 pm", ["14:30"]),
    ("half past three", ["3:30 (morning or afternoon not said)"]),
    ("at 15:50", ["15:50"]),
    ("yesterday", ["a day"]),
]
NOT_ENGLISH = [
    "you may go",
    "they march on",
    "an august body",
    "1,979 people",
    "1200 metres",
    "5.30 metres",
    "the sun sat",
]


@pytest.mark.parametrize(("text", "shown"), CHINESE)
def test_chinese(text: str, shown: list[str]) -> None:
    assert [show_moment(moment) for moment in zh_dates.read(text)] == shown


@pytest.mark.parametrize("text", NOT_CHINESE)
def test_no_chinese_moment(text: str) -> None:
    assert zh_dates.read(text) == []


@pytest.mark.parametrize(("text", "shown"), ENGLISH)
def test_english(text: str, shown: list[str]) -> None:
    assert [show_moment(moment) for moment in en_dates.read(text)] == shown


@pytest.mark.parametrize("text", NOT_ENGLISH)
def test_no_english_moment(text: str) -> None:
    assert en_dates.read(text) == []


AGREE = [
    ("9月5日，大会开幕。", "The conference opened on Sept. 5."),
    ("9月5日，大会开幕。", "The conference opened on Friday."),  # no year known
    ("当日，大会开幕。", "The conference opened on Friday."),
    ("5日，大会开幕。", "The conference opened on the 5th."),
    ("光绪二十六年，他回到家乡。", "In 1900 he went home."),
    ("光绪二十六年，他回到家乡。", "In the twenty-sixth year of Guangxu he went home."),
    ("民国八年的事。", "It happened in 1919."),
    ("98年5月的规定。", "A rule of May 2009."),  # a law of the Republic of China
    ("八月十五，一家人赏月。", "On September 22 the family admired the moon."),
    ("五月初五是端午。", "The fifth day of the fifth month is the Dragon Boat Festival."),
    ("上世纪九十年代的歌。", "A song of the 1990s."),
    ("下午3点开会。", "The meeting is at 3 p.m."),
    ("三点半见。", "See you at half past three."),
    ("当地时间15时", "at 20:00 Beijing time"),
    ("20世纪初", "in the early 1900s"),
    ("公元前221年统一。", "It was unified in 221 BC."),
]
DIFFER = [
    ("9月5日，大会开幕。", "The conference opened on Sept. 6.", ["error date"]),
    ("2025年9月5日，大会开幕。", "It opened on September 5, 2024.", ["error date"]),
    ("建于1979年。", "It was built in 1997.", ["error date"]),
    ("周六投票。", "The vote is on Sunday.", ["error weekday"]),
    ("7月24日15时50分接到报警。", "The alarm came at 14:50 on July 24.", ["error date"]),
    ("上世纪九十年代的歌。", "A song of the 1980s.", ["error date"]),
    ("18世纪的画。", "A painting of the 19th century.", ["error date"]),
    ("光绪二十六年，他回到家乡。", "In 1908 he went home.", ["error date"]),
    ("2025年，大会开幕。", "The conference opened.", ["warning date"]),
    ("大会开幕。", "The conference opened on 5 September 2025.", ["warning date"]),
    ("九月五日，他走了。", "He left on October 7.", ["warning date"]),  # may be either calendar
]


@pytest.mark.parametrize(("zh", "en"), AGREE)
def test_dates_that_agree(zh: str, en: str) -> None:
    assert compared(zh, en) == ()


@pytest.mark.parametrize(("zh", "en", "expected"), DIFFER)
def test_dates_that_differ(zh: str, en: str, expected: list[str]) -> None:
    assert brief(compared(zh, en)) == expected


# 5 September 2025 was a Friday.
WEEKDAYS = [
    ("9月5日，大会开幕。", "It opened on Friday.", "2025-09-05T13:22:31", []),
    ("9月5日，大会开幕。", "It opened on Saturday.", "2025-09-05", ["warning weekday"]),
    ("9月5日，大会开幕。", "It opened on Saturday.", "", []),
    ("9月5日，大会开幕。", "It opened on Saturday.", "2025-01-20", []),  # another year may be meant
    ("2025年9月5日，大会开幕。", "It opened on Saturday.", "", ["warning weekday"]),
    ("昨天和9月5日", "It opened on Saturday.", "2025-09-05", []),
    ("2月30日开会。", "It opened on Saturday.", "2025-02-28", []),
]


@pytest.mark.parametrize(("zh", "en", "published", "expected"), WEEKDAYS)
def test_weekdays_are_compared_through_the_year(
    zh: str, en: str, published: str, expected: list[str]
) -> None:
    assert brief(compared(zh, en, published=published)) == expected


def test_a_year_said_elsewhere_is_not_missing() -> None:
    zh = ["2025年，大会开幕。", "大会闭幕。"]
    assert compared(zh, ["The conference opened.", "The conference of 2025 closed."]) == ()


def test_a_doubtful_link_says_nothing_of_dates() -> None:
    zh, en = document(["9月5日，大会开幕。"], "zh"), document(["It opened on Sept. 6."], "en")
    assert brief(check(zh, en, Alignment((Link((0,), (0,), 0.7),), 1.0, ""))) == ["warning date"]
    assert check(zh, en, Alignment((Link((0,), (0,), 0.4),), 1.0, "")) == ()


@given(
    st.text(alphabet="一二三十〇年月日号时点半分周星期正初世纪代民国0123456789-:：、至上下午", max_size=14)
)
def test_chinese_moments_lie_in_the_text_and_do_not_overlap(text: str) -> None:
    ends = [0]
    for moment in zh_dates.read(text):
        assert ends[-1] <= moment.start < moment.end <= len(text)
        assert moment.month is None or 1 <= moment.month <= 12
        assert show_moment(moment)
        ends.append(moment.end)
