"""The measure of honest probabilities, on judgements whose error follows by hand."""

from __future__ import annotations

import pytest
from bench.calibration import Bin, bins, error, interval, plot
from lxml import etree

# Judgements (probability, right), number of bins, expected calibration error.
ERRORS = [
    ([], 3, 0.0),
    ([(1.0, True)] * 7, 3, 0.0),
    ([(0.9, True)] * 9 + [(0.9, False)], 1, 0.0),
    ([(0.9, True)] * 5 + [(0.9, False)] * 5, 1, 0.4),
    # Too sure below and too modest above do not cancel out.
    ([(0.6, False)] * 10 + [(0.8, True)] * 10, 2, (0.6 + 0.2) / 2),
]


@pytest.mark.parametrize(("judged", "number", "expected"), ERRORS)
def test_error(judged: list[tuple[float, bool]], number: int, expected: float) -> None:
    assert error(judged, number) == pytest.approx(expected)
    assert error(judged[::-1], number) == error(judged, number)


def test_bins_hold_equally_many() -> None:
    found = bins([(k / 100, k > 50) for k in range(100)], 15)
    assert sum(one.count for one in found) == 100
    assert {one.count for one in found} == {6, 7}
    assert [one.said for one in found] == sorted(one.said for one in found)
    assert len(bins([(0.5, True)] * 3, 15)) == 3


# Wilson's interval of 8 of 10 and of 10 of 10, 95%: Newcombe 1998 (Statistics in Medicine 17), method 3.
@pytest.mark.parametrize(
    ("one", "low", "high"), [(Bin(0, 0.8, 10), 0.490, 0.943), (Bin(0, 1, 10), 0.722, 1.0)]
)
def test_interval(one: Bin, low: float, high: float) -> None:
    assert interval(one) == pytest.approx((low, high), abs=0.001)


def test_the_plot_is_an_image_with_a_mark_a_bin() -> None:
    judged = [(k / 100, k > 50) for k in range(100)]
    root = etree.fromstring(plot({"novels": judged, "other": judged[:10]}).encode())
    assert root.tag.endswith("}svg") and "title" in root[0].tag
    marks = [element for element in root if element.get("class") in ("first", "second")]
    # An interval and a mark for each of 15 and 10 bins, and two marks that explain.
    assert len(marks) == 2 * 15 + 2 * 10 + 2
    assert [x for x in root.itertext() if "100 links, error" in x]
