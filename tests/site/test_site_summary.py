"""One line about a comparison, for the page and the terminal."""

from __future__ import annotations

from dataclasses import replace

import pytest

from duizhao.records import Comparison, Link
from duizhao.summary import coverage, doubt, doubtful, provenance
from sample_pages import plain, rich

COVERAGE = [
    (
        rich(),  # alone: a sentence and a note; a preface of 30 and a sentence
        "13 of 15 Chinese sentences have a counterpart; 2 Chinese and 31 English stand alone "
        "(31 of them in front matter, back matter and notes).",
    ),
    (plain([], []), "1 of 1 Chinese sentences has a counterpart; none stands alone on either side."),
]

LINKS = [
    (Link((0,), (0,), 0.49), True),
    (Link((0,), (0,), 0.5), False),
    (Link((0,), (0,), 0.1, given=True), False),
    (Link((0,), (), 0.1), False),  # standing alone is no link to doubt
]


@pytest.mark.parametrize(("comparison", "expected"), COVERAGE)
def test_coverage(comparison: Comparison, expected: str) -> None:
    assert coverage(comparison) == expected


@pytest.mark.parametrize(("link", "expected"), LINKS)
def test_doubtful(link: Link, expected: bool) -> None:
    assert doubtful(link) is expected


def test_doubt() -> None:
    strangers = plain([], [], parallel=0.031)
    assert doubt(strangers).startswith(
        "These two do not look like translations of each other (probability 0.03)"
    )
    assert doubt(replace(strangers, alignment=rich().alignment)) == ""


def test_provenance() -> None:
    assert provenance(rich().zh) == "林海生 · 2026-11-02 · zh-Hans"
