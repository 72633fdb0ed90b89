from __future__ import annotations

import pytest

from duizhao.text import width

# East Asian width: Unicode Annex 11, wide and full-width characters take two columns; combining marks none.
WIDTHS = [
    ("", 0),
    ("jade", 4),
    ("玉jade", 6),
    ("，", 2),
    ("e\u0301", 1),
    ("Ａ", 2),
    ("ｶ", 1),
    ("\u200b", 0),
    ("龍\x00", 2),
]


@pytest.mark.parametrize(("text", "columns"), WIDTHS)
def test_width(text: str, columns: int) -> None:
    assert width(text) == columns
