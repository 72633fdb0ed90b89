"""``split``: sentence ends in Chinese and English. A ``|`` in a text below stands where a sentence ends."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duizhao.text import chinese, english, split

# By the conventions of the gold: quotes that close stay with their sentence, also before 他说; an ellipsis
# within speech does not end it.
CHINESE = [
    "天亮了。|鸟叫了！|你醒了吗？|我醒了。",
    "他说：“走吧。”|她不走。",
    "“走吧！”|他说。|“现在？”|她问。",
    "「走吧。」|他說。|『好！』",
    "他说：“我……我不知道。”|说完就走了。",
    "雨还在下……|谁也没有来。",
    "他答道：“我没——”|话没说完，门开了。",
    "（他不知道。）|她知道。",
    "春天（还记得吗？）又来了。|花开了。",
    "他读《怎么办？》这本书。|我没读。",
    "他喊“加油！”、“快跑！”，嗓子都哑了。",
    "响起“万岁！”的喊声。|人群散了。",
    "真的吗？！|当然！！",
    "春来；夏往；秋收；冬藏。|一年过去。",
    "1. 开门。|2. 关灯。",
    "一.总则适用于全体。|第二.细则另定。",
    "圆周率是3.14。|版本为2.0.1。",
    "他有5.5米高。|J.K.罗琳写了它。",
    "数量增加了.|质量也提高了.|大家很高兴.",
    '他说:"好的。"|她点头。|"真好!"|他笑了。',
    "“他走了。“|她哭了。",
    "天气,很好。|风,停了。",
    "新華社北京9月5日電 會議開幕。|會期三天。",
    "学而时习之，不亦说乎？|有朋自远方来，不亦乐乎？|人不知而不愠，不亦君子乎？",
    "没有句号的标题",
    "上段。\n\n|下段",
    "It is late. |He left.",
    "。。。",
]
ENGLISH = [
    "It rained. |We stayed! |Did you? |Yes.",
    "BEIJING, Sept. 5 (Xinhua) -- The fair opened on Friday. |It lasts a week.",
    "The U.S. President met Mr. Li at 5 p.m. Friday. |They talked.",
    "The U.N. General Assembly met. |It voted.",
    "He lives in the U.S. |The rest stayed behind.",
    "J. R. R. Tolkien wrote it. |Dr. Wang read it.",
    "See No. 5 and Fig. 3 for more. |Then go on.",
    '"Go!" he said. |"Now?" |"Yes."',
    "“Go!” she cried. |“Why?” asked Wang Miao. |He left.",
    "'Stop!' Wang shouted. |Nobody did.",
    '"But I—" |"You what?"',
    "Wait... what? |I do not know.",
    "It went dong! and stopped. |Silence.",
    "It costs $3.50 today. |It was 2.5 yesterday.",
    "It is co-hosted by both cities. ■",
    "1. Open the door. |2. Close it.",
    "Table 1.1. Bands of radar systems",
    "A graph has n vertices v and u. |We draw it with dots.",
    "He ran to bed. |Afterwards he slept.",
    # What closes a quotation, and what goes on behind it, never begins a sentence.
    "Those “who ask where?”, and those “who tell!”; all were old. |He left.",
    "He asked 'why?', then left. |So did she.",
    "A word is a sign, 字. |Both are used, say books on 文…字. |All are.",
    "“The hill lies to the south.” |Lin Man was old.",
    "the end",
    "First paragraph.\n\n|Second one",
]


def marked(text: str) -> tuple[str, list[str]]:
    """The text without its marks, and the sentences they show."""
    return text.replace("|", ""), [part.strip() for part in text.split("|")]


@pytest.mark.parametrize("text", CHINESE)
def test_chinese(text: str) -> None:
    plain, expected = marked(text)
    assert [plain[start:end] for start, end in split(plain, "zh")] == expected


@pytest.mark.parametrize("text", ENGLISH)
def test_english(text: str) -> None:
    plain, expected = marked(text)
    assert [plain[start:end] for start, end in split(plain, "en")] == expected


PIECES = st.sampled_from(
    [*"字，。！？；…—“”‘’「」《》（）\"'. \n\n3AaI", "Mr. ", "U.S. ", " he said", "......", "\u3000", "■"]
)


@given(st.lists(PIECES, max_size=60).map("".join) | st.text(max_size=80), st.sampled_from(["zh", "en"]))
def test_spans_cover_everything_but_white_space(text: str, language: str) -> None:
    spans = split(text, language)
    covered = ""
    last = 0
    for start, end in spans:
        assert last <= start < end
        assert text[start:end].strip() == text[start:end]
        assert not text[last:start].strip()
        covered += text[start:end]
        last = end
    assert not text[last:].strip()


def test_no_language() -> None:
    with pytest.raises(ValueError, match="unknown language 'fr'"):
        split("Bonjour.", "fr")


def test_nothing_in_nothing() -> None:
    assert split("", "zh") == split(" \n ", "en") == []


LONG = [
    ("春去秋来" * 30 + "；", 10, "zh", "；"),
    ("春去秋来" * 30 + "，", 10, "zh", "，"),
    ("over and over again, " * 20 + "once; ", 10, "en", ";"),
]


@pytest.mark.parametrize(("unit", "times", "language", "mark"), LONG)
def test_long_sentences_are_cut_behind_a_mark(unit: str, times: int, language: str, mark: str) -> None:
    text = unit * times
    limit = chinese.LIMIT if language == "zh" else english.LIMIT
    sentences = [text[start:end] for start, end in split(text, language)]
    assert len(sentences) > 1
    assert all(len(sentence) <= limit and sentence.endswith(mark) for sentence in sentences)


# Millions of code points: a quadratic step anywhere would keep this test running for hours.
HUGE = [
    ("字" * 2_000_000, "zh", -(-2_000_000 // chinese.LIMIT)),
    ("“字" * 300_000, "zh", 600_000 // chinese.LIMIT),
    ("字" + "。" * 999_999, "zh", -(-1_000_000 // chinese.LIMIT)),
    ("字" + "." * 999_999, "zh", -(-1_000_000 // chinese.LIMIT)),
    ("字" + "。”" * 299_000, "zh", 299_000),
    ("。" + " " * 1_000_000 + "字", "zh", 2),
    ("字" + "—" * 999_999, "zh", -(-1_000_000 // chinese.LIMIT)),
    ("字" + "！？" * 300_000 + "，", "zh", -(-600_002 // chinese.LIMIT)),
    ("字（？）" * 50_000, "zh", -(-200_000 // chinese.LIMIT)),
    ("—" * 1_000_000, "en", -(-1_000_000 // english.LIMIT)),
    ("!?" * 500_000 + "x", "en", -(-1_000_001 // english.LIMIT)),
    ("." + "'" * 1_000_000 + "x", "en", -(-1_000_002 // english.LIMIT)),
    ("a. " * 200_000, "en", None),
    ("\n" * 1_000_000 + "字", "zh", 1),
    ("\n " * 500_000 + "a", "en", 1),
    ("短。\n" * 200_000, "zh", 200_000),
    ("x" * 2_000_000, "en", -(-2_000_000 // english.LIMIT)),
    ("Short line.\n" * 20_000, "en", 20_000),
]


@pytest.mark.parametrize(("text", "language", "count"), HUGE, ids=range(len(HUGE)))
def test_huge(text: str, language: str, count: int | None) -> None:
    spans = split(text, language)
    assert len(spans) == count if count else spans[-1][1] == len(text.rstrip())


def test_no_group_is_possessive() -> None:
    """Python before 3.11.5 lets ``(...)++`` match nothing, again and again (its issue 101955)."""
    for path in sorted(Path(chinese.__file__).parents[1].rglob("*.py")):
        assert not re.search(r"\)[+*?]\+", path.read_text(encoding="utf-8")), path
