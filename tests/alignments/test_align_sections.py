"""Sections: their numbers, and which of them are counterparts."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from duizhao.alignments import frames, sections
from duizhao.text.numbered import heading_number, is_bare, unit

# The value is what the heading says.
NUMBERS = [
    ("第三回", 3),
    ("第一百二十回", 120),
    ("第二十一回　雪夜", 21),
    ("卷二", 2),
    ("卷之十", 10),
    ("卷下", 3),
    ("卷一 第三回", 3),
    ("计篇第一", 1),
    ("十二、", 12),
    ("一", 1),
    ("孙子兵法", 0),
    ("Chapter III", 3),
    ("CHAPTER 12: The Ferry", 12),
    ("Book the Second", 2),
    ("Chapter the Twenty-First", 21),
    ("The Third Book", 3),
    ("PART ONE", 1),
    ("III.", 3),
    ("XI The Nine Bends", 11),
    ("4. On Bread", 4),
    ("Preface", 0),
    ("Civil Matters", 0),
    ("I am here", 0),
    ("", 0),
]


@pytest.mark.parametrize(("heading", "number"), NUMBERS)
def test_heading_number(heading: str, number: int) -> None:
    assert heading_number(heading) == number


# (heading, what its number counts, whether there is nothing else in it)
PARTS = [
    ("第三回 老人下山", "回", False),
    ("第 三 章", "章", True),
    ("【第三章】", "章", True),
    ("卷一 第三节", "节", False),
    ("学而第一", "第", False),
    ("卷二", "卷", False),
    ("十二、", "", True),
    ("CHAP. IV.", "chapter", True),
    ("Chapter the Third", "chapter", True),
    ("Book Two: The Hill", "book", False),
    ("IV", "", True),
    ("4. On Bread", "", False),
    ("5. On the Art of War", "", False),
    ("The Third Book", "book", False),
    ("Christmas in Part", "", False),
    ("Preface", "", False),
]


@pytest.mark.parametrize(("heading", "counted", "bare"), PARTS)
def test_what_a_number_counts(heading: str, counted: str, bare: bool) -> None:
    assert (unit(heading), is_bare(heading)) == (counted, bare)


def frame(sizes: list[int], numbers: list[int]) -> frames.Frame:
    """Sections of these sizes with these numbers (0: none)."""
    plain = frames.plain(sum(sizes))
    return replace(
        plain,
        sections=np.repeat(np.arange(len(sizes)), sizes),
        numbers={k: (number,) for k, number in enumerate(numbers) if number},
    )


# Sizes and numbers of the sections of both sides; links as (zh sentence, en sentence, log-odds); the groups.
GROUPS = [
    # By content, whatever the order and without numbers.
    (
        ([2, 2], [0, 0]),
        ([2, 2], [0, 0]),
        [(0, 2, 12.0), (1, 3, 12.0), (2, 0, 12.0), (3, 1, 12.0)],
        ([1, 1, 2, 2], [2, 2, 1, 1]),
    ),
    # One chapter is two on the other side.
    (
        ([4, 1], [0, 0]),
        ([2, 2, 1], [0, 0, 0]),
        [(0, 0, 12.0), (1, 1, 12.0), (2, 2, 12.0), (3, 3, 12.0)],
        ([1, 1, 1, 1, 0], [1, 1, 1, 1, 0]),
    ),
    # By number, borne out by the first two; the third has no links of its own.
    (
        ([2, 2, 1], [1, 2, 3]),
        ([1, 2, 2, 1], [0, 1, 2, 3]),
        [(0, 1, 12.0), (1, 2, 12.0), (2, 3, 12.0), (3, 4, 12.0), (4, 0, 3.0)],
        ([1, 1, 2, 2, 3], [0, 1, 1, 2, 2, 3]),
    ),
    # One chapter is three, of which one is sure: the short ones beside it go with it. The last is hardly
    # linked, and no translation.
    (
        ([5, 1], [0, 0]),
        ([1, 2, 1, 9], [0, 0, 0, 0]),
        [(0, 0, 3.0), (1, 1, 12.0), (2, 2, 12.0), (3, 3, 0.0), (4, 4, 1.0)],
        ([1] * 5 + [0], [1] * 4 + [0] * 9),
    ),
    # Numbers that the links gainsay are not believed.
    (
        ([2, 2], [1, 2]),
        ([2, 2], [2, 1]),
        [(0, 0, 12.0), (1, 1, 12.0), (2, 2, 12.0), (3, 3, 12.0)],
        ([1, 1, 2, 2], [1, 1, 2, 2]),
    ),
]


@pytest.mark.parametrize(("zh", "en", "links", "expected"), GROUPS)
def test_groups(
    zh: tuple[list[int], list[int]],
    en: tuple[list[int], list[int]],
    links: list[tuple[int, int, float]],
    expected: tuple[list[int], list[int]],
) -> None:
    found = sections.grouped((frame(*zh), frame(*en)), links)
    assert found is not None
    assert (found[0].groups.tolist(), found[1].groups.tolist()) == expected


def test_nothing_sure_is_left_as_it_is() -> None:
    assert sections.grouped((frame([1, 1], [1, 2]), frame([1, 1], [1, 2])), [(0, 0, 3.0)]) is None
    assert sections.grouped((frame([2], [1]), frame([1, 1], [1, 2])), [(0, 0, 30.0), (1, 1, 30.0)]) is None
