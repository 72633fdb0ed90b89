"""What matched, and the line that shows it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from duizhao.index import Kwic, kwic, spans
from duizhao.text import width

SPANS = [
    # query, language, text, what is marked
    ("产业", "zh", "發展產業，产业", ["產業", "产业"]),
    ("AI", "zh", "用 AI 技术，MAIN", ["AI", "AI"]),
    ("用AI技术", "zh", "用 AI 技术", ["用 AI 技术"]),
    ("AI 技术", "zh", "用 AI 和技术", ["AI", "技术"]),
    ("人工智能", "zh", "人工智慧與人工智能", ["人工智慧", "人工智能"]),
    ("哈哈", "zh", "哈哈哈。", ["哈哈哈"]),
    ("kg", "zh", "重3㎏多", ["㎏"]),
    ("千", "zh", "三\u200b千\u200b人", ["千\u200b"]),
    ("龙 珠", "zh", "只有龙", []),
    ("dragon", "en", "Dragons, a dragon’s head", ["Dragons", "dragon"]),
    ("rule of law", "en", "The rule, of law and the Rules of law", ["rule, of law", "Rules of law"]),
    ('"rule of law"', "en", "The Rules of law, rule of law", ["rule of law"]),
    ("lion AND dance", "en", "Lions that dance", ["Lions", "dance"]),
    ("龙", "en", "The character 龍 (long)", ["龍"]),
    ("1000", "en", "some 1,000 men", ["1,000"]),
]

# width 10: what fits in ten terminal cells on either side
LINES = [
    ("甲乙丙丁戊己庚辛壬癸", (5, 6), 10, Kwic("甲乙丙丁戊", "己", "庚辛壬癸")),
    ("甲乙丙丁戊己庚辛壬癸子丑", (6, 7), 10, Kwic("…丙丁戊己", "庚", "辛壬癸子丑")),
    ("甲乙丙丁戊己庚辛壬癸子丑", (0, 1), 10, Kwic("", "甲", "乙丙丁戊…")),
    ("one two three four five six seven", (14, 18), 10, Kwic("…three ", "four", " five six…")),
    ("extraordinarily long", (16, 20), 10, Kwic("…dinarily ", "long", "")),
    ("龙", (0, 1), 0, Kwic("", "龙", "")),
]


@pytest.mark.parametrize(("query", "language", "text", "expected"), SPANS)
def test_spans(query: str, language: str, text: str, expected: list[str]) -> None:
    found = spans(query, text, language)  # type: ignore[arg-type]
    assert [text[start:end] for start, end in found] == expected


@pytest.mark.parametrize(("text", "span", "columns", "expected"), LINES)
def test_kwic(text: str, span: tuple[int, int], columns: int, expected: Kwic) -> None:
    assert kwic(text, [span], columns) == (expected,)


@settings(deadline=None)
@given(st.text(alphabet="龙 ab,。\u0301", max_size=30), st.data(), st.integers(0, 20))
def test_kwic_shows_what_fits(text: str, data: st.DataObject, columns: int) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    (line,) = kwic(text, [(start, end)], columns)
    assert line.match == text[start:end]
    for side, whole in ((line.left, text[:start]), (line.right, text[end:])):
        assert width(side) <= max(columns, 1)
        assert side.strip("…") in whole
        assert (side == whole) == ("…" not in side)
