"""What names say. Cases from the formats people use; made up for this test."""

from __future__ import annotations

import pytest

from duizhao.pairs.names import named

# (Chinese name, English name, the same work?)
TABLE = [
    ("x.zh.txt", "x.en.txt", True),
    ("zh/x.txt", "en/x.md", True),
    ("x_CN.txt", "x_EN.txt", True),
    ("x.txt", "x-英文.txt", True),
    ("茶.md", "茶（英文版）.md", True),
    ("茶中文.md", "茶英文.md", True),
    ("x.zh-Hant-TW.md", "x.en.2.md", True),
    ("x.zh_CN.html", "x.en_US.html", True),
    ("原文/第一章.txt", "译文/第一章.txt", True),
    ("docs_zh/a.md", "docs_en/a.md", True),
    ("museum/zh-Hant.txt", "museum/en.txt", True),
    ("zh-tea.txt", "en_tea.txt", True),
    ("X.ZH.TXT", "x.en.txt", True),
    ("x.zh.txt", "y.en.txt", False),
    ("a/x.zh.txt", "b/x.en.txt", False),
    ("chapter-1.zh.txt", "chapter-2.en.txt", False),
    ("中国的英文.txt", "中国的中文.txt", False),
]


@pytest.mark.parametrize(("zh", "en", "same"), TABLE)
def test_same_work(zh: str, en: str, same: bool) -> None:
    assert (named(zh, "zh").key == named(en, "en").key) is same


LABELS = [
    ("x.en.2.md", "en", "x", "2", True),
    ("x.en.Giles.md", "en", "x", "giles", True),
    ("x.2.en.md", "en", "x.2", "", True),
    ("en-tea.txt", "en", "tea", "", True),
    ("en.2.txt", "en", "", "2", True),
    ("open.txt", "en", "open", "", False),
    ("cnc.txt", "zh", "cnc", "", False),
    ("1.txt", "zh", "1", "", False),
]


@pytest.mark.parametrize(("name", "language", "key", "label", "marked"), LABELS)
def test_labels(name: str, language: str, key: str, label: str, marked: bool) -> None:
    found = named(name, language)  # type: ignore[arg-type]
    assert (found.key, found.label, found.marked) == (key, label, marked)


@pytest.mark.parametrize(
    ("name", "telling"), [("1.txt", False), ("2024-05.txt", False), ("茶.txt", True), ("a1.txt", True)]
)
def test_digits_alone_do_not_tell(name: str, telling: bool) -> None:
    assert named(name, "zh").telling is telling
