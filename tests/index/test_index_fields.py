"""What is written for a sentence, pinned to the format's number."""

from __future__ import annotations

import pytest

from duizhao.index.fields import FORMAT, IndexedSentence, document, schema

# When a line here must change, raise FORMAT: indexes in use were written with the old tokens.
PINNED = 1
WRITTEN = [
    ("zh", "產業 AI用", {"zu": "产 业 a i 用", "zb": "产业 业a ai i用"}),
    ("zh", "天 地", {"zu": "天 \ufdd0 地", "zb": "天\ufdd0 \ufdd0地"}),
    ("zh", "龙", {"zu": "龙", "zb": ""}),
    (
        "en",
        "Dragons’ 1,000 men",
        {"en": "dragons 1000 men", "em": "dragon 1000 man", "eb": "dragon|1000 1000|man"},
    ),
    ("en", "a 龍", {"en": "a", "em": "a", "eb": "", "zu": "a 龙", "zb": "a龙"}),
]
DATES = [
    ("", 0),
    ("2019", 20190000),
    ("2019-09", 20190900),
    ("2019-09-05", 20190905),
    ("2019-09-05T12", 20190905),
]


@pytest.mark.parametrize(("language", "text", "expected"), WRITTEN)
def test_document(language: str, text: str, expected: dict[str, str]) -> None:
    assert FORMAT == PINNED
    written = document(schema(), IndexedSentence("i", 1, "v", language, text)).to_dict()  # type: ignore[arg-type]
    assert {name: written[name][0] for name in ("zu", "zb", "en", "em", "eb") if name in written} == expected


@pytest.mark.parametrize(("date", "expected"), DATES)
def test_document_date(date: str, expected: int) -> None:
    assert document(schema(), IndexedSentence("i", 1, "v", "zh", "龙", date)).to_dict()["date"] == [expected]
