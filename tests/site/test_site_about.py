"""Markdown of the publisher as safe HTML."""

from __future__ import annotations

import pytest

from duizhao.site.about import about_html, lead

CASES = [
    ("# Title", "<h2>Title</h2>\n"),
    ("*龙*是传说。", '<p lang="zh-Hans"><em>龙</em>是传说。</p>\n'),
    ("國家的語言與漢字。", '<p lang="zh-Hant">國家的語言與漢字。</p>\n'),
    ("a <script>x</script>b", "<p>a b</p>\n"),
    ('<a href="javascript:x" onclick="y">z</a>', '<p><a rel="noopener noreferrer">z</a></p>\n'),
    ("[z](https://example.org)", '<p><a href="https://example.org" rel="noopener noreferrer">z</a></p>\n'),
    ("![z](https://example.org/x.png)", "<p></p>\n"),
    ("", ""),
]


@pytest.mark.parametrize(("markdown", "expected"), CASES)
def test_about(markdown: str, expected: str) -> None:
    assert about_html(markdown) == expected


def test_lead_is_the_first_paragraph() -> None:
    assert lead("# Title\n\nOne *two*.\n\nThree.") == "One <em>two</em>."
    assert lead("") == ""
