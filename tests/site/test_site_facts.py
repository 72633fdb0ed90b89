"""Provenance as pages show it."""

from __future__ import annotations

import pytest

from duizhao.records import Fact
from duizhao.site.facts import brief, data, said
from sample_pages import document

SAID = [
    ("script", "Hans", "Simplified characters"),
    ("language", "zh", "Chinese"),
    ("region", "HK", "Hong Kong"),
    ("format", "epub", "EPUB"),
    ("genre", "symbol", "Symbol"),
    ("published", "2026-11-02T00:00:00", "2026-11-02"),
    ("published", "2026-11-02T00:00:00+08:00", "2026-11-02"),
    ("published", "2026-11-02T00:00:07", "2026-11-02T00:00:07"),
    ("published", "2025-09-05T13:22:31", "2025-09-05T13:22:31"),
    ("note", "Hans", "Hans"),
]

BRIEFS = [
    (
        "zh-Hant",
        [
            Fact("published", "2026-11-02T13:22:31"),
            Fact("editor", "林海生", "責任編輯:林海生", how="header"),
            Fact("author", "", "作者:", how="header"),
        ],
        "責任編輯 林海生 · 2026-11-02 13:22",
    ),
    ("zh-Hans", [Fact("translator", "林海生", "林海生")], "译者 林海生"),
    ("zh-Hant-TW", [Fact("editor", "林海生")], "編輯 林海生"),
    ("en", [Fact("author", "H. Lin"), Fact("translator", "A. Reader")], "H. Lin · translated by A. Reader"),
    ("en", [Fact("author", "H. Lin"), Fact("translator", "H. Lin")], "H. Lin"),
    ("en", [Fact("place", "Harbin"), Fact("place_line", "HARBIN")], "Harbin"),
    (
        "en",
        [Fact("editor", "A. Reader"), Fact("published", "2026-11-02")],
        "edited by A. Reader · 2026-11-02",
    ),
]


@pytest.mark.parametrize(("name", "value", "expected"), SAID)
def test_said(name: str, value: str, expected: str) -> None:
    assert said(name, value) == expected


@pytest.mark.parametrize(("tag", "facts", "expected"), BRIEFS)
def test_brief(tag: str, facts: list[Fact], expected: str) -> None:
    language = "en" if tag == "en" else "zh"
    assert brief(document(language, tag, [], facts=facts)).replace("\u00a0", " ") == expected


def test_empty_facts_are_left_out() -> None:
    facts = [Fact("author", "", "作者:"), Fact("published", "2026-11-02T08:30:00")]
    (only,) = data(document("zh", "zh-Hans", [], facts=facts))
    assert (only.name, only.values[0].text) == ("Published", "2026-11-02T08:30:00")
