from __future__ import annotations

import io

import pytest

from duizhao.cli.terminal import Terminal, carets, fit, plain
from duizhao.text import width

FITS = [
    ("石之美", 6, "石之美"),
    ("石之美", 5, "石之…"),
    ("石之美", 4, "石…"),
    ("beauty of stone", 9, "beauty o…"),
    ("beauty of stone", 8, "beauty…"),
]


@pytest.mark.parametrize(("text", "columns", "expected"), FITS)
def test_fit_never_exceeds_the_columns(text: str, columns: int, expected: str) -> None:
    assert fit(text, columns) == expected
    assert width(fit(text, columns)) <= columns


CARETS = [
    ("1863年，达穆尔", [(0, 5)], "^^^^^^"),
    ("达穆尔于1863年", [(4, 8)], "        ^^^^"),
    ("ab", [(0, 1), (1, 2)], "^^"),
    ("ab", [], ""),
]


@pytest.mark.parametrize(("text", "spans", "expected"), CARETS)
def test_carets_stand_under_the_characters(text: str, spans: list[tuple[int, int]], expected: str) -> None:
    assert carets(text, spans) == expected


HOSTILE = [
    ("玉\u202eabc", "玉\\u202eabc"),  # right-to-left override
    ("a\x1b[31mb", "a\\u001b[31mb"),  # an escape sequence
    ("a\u200db\tc\n", "a\u200db\tc\n"),
]


@pytest.mark.parametrize(("text", "expected"), HOSTILE)
def test_what_files_hold_does_not_steer_the_terminal(text: str, expected: str) -> None:
    assert plain(text) == expected


def test_no_colour_where_it_is_no_terminal() -> None:
    assert Terminal(io.StringIO()).accent("found") == "found"
