"""Addresses."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duizhao.site.urls import outside, reading, root, slug

SLUGS = [
    ("jade", "jade"),
    ("The Lion Dance", "the-lion-dance"),
    ("玉", "yu"),  # pypinyin
    ("Café «noir»", "cafe-noir"),
    ("../../etc/passwd", "etc-passwd"),
    ("😀", "piece"),
    ("", "piece"),
]

ADDRESSES = [
    ("https://example.org/a?b=1#c", "https://example.org/a?b=1#c"),
    ("https://例子.测试/玉", "https://%E4%BE%8B%E5%AD%90.%E6%B5%8B%E8%AF%95/%E7%8E%89"),
    ("javascript:alert(1)", ""),
    ("see https://example.org", ""),
    ('https://example.org/" onclick="x', ""),
    ("https://", ""),
    ("https://[half", ""),
]


@pytest.mark.parametrize(("name", "expected"), SLUGS)
def test_slug(name: str, expected: str) -> None:
    assert slug(name) == expected
    assert slug(name, {expected}) == f"{expected}-2"


@given(st.text(max_size=90))
def test_a_slug_is_a_safe_file_name(name: str) -> None:
    found = slug(name)
    assert found == slug(name)
    assert found.isascii() and found.replace("-", "").isalnum() and found[0] != "-"
    assert len(found) <= 60 and root(reading(found)) == "../"


@pytest.mark.parametrize(("value", "expected"), ADDRESSES)
def test_outside(value: str, expected: str) -> None:
    assert outside(value) == expected
