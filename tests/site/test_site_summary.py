"""One line about a comparison, for the page and the terminal."""

from __future__ import annotations

from dataclasses import replace

import pytest

from duizhao.records import Comparison, Link
from duizhao.summary import coverage, doubt, doubtful, provenance
from sample_pages import plain, rich, section


def alone(*links: Link) -> Comparison:
    """Titles and sentences linked so."""
    zh, en = (max(number for link in links for number in getattr(link, side)) for side in ("zh", "en"))
    found = plain(["水开了。"] * zh, ["It boils."] * en)
    return replace(found, alignment=replace(found.alignment, links=links))


def in_the_preface(comparison: Comparison) -> Comparison:
    """Its last English sentence moved into front matter."""
    en = comparison.en
    last = replace(en.sentences[-1], section=1)
    sections = (*en.sections, section(1, "Preface", "front"))
    return replace(comparison, en=replace(en, sections=sections, sentences=(*en.sentences[:-1], last)))


COVERAGE = [
    (
        rich(),  # alone: a sentence and a note; a preface of 30 and a sentence
        "13 of 15 Chinese sentences have a counterpart; 2 Chinese and 31 English stand alone "
        "(31 of them in front matter, back matter or notes).",
    ),
    (plain([], []), "1 of 1 Chinese sentence has a counterpart; none stands alone on either side."),
    (
        alone(Link((0,), (0,)), Link((1,), ())),
        "1 of 2 Chinese sentences has a counterpart; 1 Chinese sentence stands alone.",
    ),
    (
        alone(Link((0,), (0,)), Link((1,), (1,)), Link((), (2,)), Link((), (3,))),
        "2 of 2 Chinese sentences have a counterpart; 2 English sentences stand alone.",
    ),
    (
        alone(Link((0,), (0,)), Link((1,), ()), Link((), (1,))),
        "1 of 2 Chinese sentences has a counterpart; 1 Chinese and 1 English stand alone.",
    ),
    (
        in_the_preface(alone(Link((0,), (0,)), Link((), (1,)))),
        "1 of 1 Chinese sentence has a counterpart; "
        "1 English sentence stands alone (in front matter, back matter or notes).",
    ),
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
