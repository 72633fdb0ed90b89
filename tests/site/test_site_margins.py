"""Margin notes that hang beside the rows below."""

from __future__ import annotations

import pytest

from duizhao.site.margins import hang
from duizhao.site.pages import Line, Note, Piece, Row, Side


def row(characters: int, messages: tuple[str, ...] = ()) -> Row:
    line = Line("zh-1", 1, "text", (Piece("text", "字" * characters),))
    notes = tuple(Note("", "number", "note", "◇", "Number · note", message, ()) for message in messages)
    zh, en = Side("zh", "zh", ((line,),), True), Side("en", "en", (), False)
    return Row("row", "row-1", "Row 1", "linked", "", zh, en, notes, False)


# A note of 26 letters is three lines of 21 pixels and a gap of 12: 75 pixels; a line of Chinese is 34.
CASES = [
    ([row(10, ("x" * 26,)), row(10), row(10)], [True, False, False]),
    ([row(10, ("x" * 26,)), row(10)], [False, False]),  # two lines are too few
    ([row(70, ("x" * 26,))], [True]),  # the row itself is high enough
    (
        [row(10, ("x" * 26,)), row(10, ("x",)), row(70)],
        [False, True, False],
    ),  # the next notes need their place
    ([row(10, ("数" * 26, "x")), row(90)], [False, False]),  # Chinese takes twice the room
]


@pytest.mark.parametrize(("rows", "expected"), CASES)
def test_hang(rows: list[Row], expected: list[bool]) -> None:
    assert [isinstance(found, Row) and found.hangs for found in hang(rows)] == expected
