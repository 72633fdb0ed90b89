"""Keys, words and stems."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from duizhao.index.keys import WORD_LIMIT, key, key_spans, stem, word_spans, words

KEYS = [
    ("產業與产业", "产业与产业"),
    ("  天\u3000地  玄 ", "天 地 玄"),
    ("用 AI 技术 3 年", "用AI技术3年".lower()),
    ("Rule of  law", "rule of law"),
    ("AI \u3000", "ai"),
    ("㎏", "kg"),
    ("", ""),
    ("a\ud800\ufdd0", "a\ufffd\ufffd"),
]

WORDS = [
    ("The dragon’s head", ["the", "dragon", "s", "head"]),
    ("state-of-the-art U.S. café", ["state", "of", "the", "art", "u", "s", "cafe"]),
    ("1,000,000 or 3.5 or 2,3 or 1980s", ["1000000", "or", "3.5", "or", "2", "3", "or", "1980s"]),
    ("龙 and 龍AI", ["and", "ai"]),
    ("。!", []),
    ("x" * 300, ["x" * WORD_LIMIT]),
]

# Forms as an English dictionary gives them; the names and abbreviations must stay themselves.
STEMS = [
    *[("dragons", "dragon"), ("danced", "dance"), ("children", "child"), ("went", "go"), ("men", "man")],
    *[("loongs", "loong"), ("glass", "glass"), ("is", "be")],
    *[(name, name) for name in ("ai", "us", "lan", "wan", "xi", "zhou", "un")],
]


@pytest.mark.parametrize(("text", "expected"), KEYS)
def test_key(text: str, expected: str) -> None:
    assert key(text) == expected


@pytest.mark.parametrize(("text", "expected"), WORDS)
def test_words(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(("word", "expected"), STEMS)
def test_stem(word: str, expected: str) -> None:
    assert stem(word) == expected


@settings(deadline=None)
@given(st.text(alphabet="龙龍AI ab,.1\u3000㎏\u200b\u0301é\ud800𠀀", max_size=20))
def test_spans_lead_back(text: str) -> None:
    found, spans = key_spans(text)
    assert (found, len(spans)) == (key(text), len(found))
    for character, (start, end) in zip(found, spans, strict=True):
        assert character in key(text[start:end]) or (character == " " and text[start].isspace())
    assert [word for word, _, _ in word_spans(text)] == words(text)
    for word, start, end in word_spans(text):
        assert words(text[start:end])[0].startswith(word)
