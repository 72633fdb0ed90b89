"""Whether probabilities hold: expected calibration error and the reliability plot of docs/reliability.svg.

Links are put in order of their probability and cut into fifteen bins of equally many (bins of equal width
would leave nearly all links in the last one). In each the mean probability is set against the share of links
that are exactly right; the expected calibration error is the mean distance of the two over all links (Naeini
et al. 2015; equal masses as in Nguyen and O'Connor 2015).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt

BINS = 15


@dataclass(frozen=True, slots=True)
class Bin:
    """``said``: mean probability; ``right``: share of links that are right; ``count``: links."""

    said: float
    right: float
    count: int


def bins(judged: Sequence[tuple[float, bool]], number: int = BINS) -> list[Bin]:
    """``judged``: (probability, whether it is right) of every link. At most ``number`` bins, none empty."""
    order = sorted(judged)  # ties: wrong ones first, whatever the order of the texts
    edges = [round(k * len(order) / number) for k in range(number + 1)]
    out = []
    for first, last in pairwise(edges):
        part = order[first:last]
        if part:
            said, right = sum(p for p, _ in part) / len(part), sum(ok for _, ok in part) / len(part)
            out.append(Bin(said, right, len(part)))
    return out


def error(judged: Sequence[tuple[float, bool]], number: int = BINS) -> float:
    """Expected calibration error, 0 … 1."""
    return sum(one.count * abs(one.said - one.right) for one in bins(judged, number)) / max(1, len(judged))


def interval(one: Bin) -> tuple[float, float]:
    """The share that may stand behind what was counted, 95% (Wilson 1927)."""
    z, n, p = 1.96, one.count, one.right
    centre, half = p + z * z / (2 * n), z * sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    return max(0.0, (centre - half) / (1 + z * z / n)), min(1.0, (centre + half) / (1 + z * z / n))


SIZE, LEFT, TOP = 320, 64, 24
STYLE = """
    text { font: 13px system-ui, sans-serif; fill: #6b655c }
    .ground { fill: #fbf8f2 }
    .grid { stroke: #6b655c; stroke-opacity: .25 }
    .ideal { stroke: #6b655c; stroke-dasharray: 3 4 }
    .first { fill: #a8322a; stroke: #a8322a }
    .second { fill: #fbf8f2; stroke: #1d1b18 }
    @media (prefers-color-scheme: dark) {
      text { fill: #a39b8e }
      .ground { fill: #161512 }
      .grid, .ideal { stroke: #a39b8e }
      .first { fill: #e57b6c; stroke: #e57b6c }
      .second { fill: #161512; stroke: #ebe6db }
    }"""


def plot(sets: Mapping[str, Sequence[tuple[float, bool]]]) -> str:
    """A small SVG for light and dark pages: probability across, share of right links up, one mark a bin with
    its 95% interval; filled circles for the first set, open squares for the second."""
    width, height = LEFT + SIZE + 24, TOP + SIZE + 56 + 20 * len(sets)
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"'
        f' width="{width}" height="{height}" role="img">',
        "  <title>Reliability of link probabilities</title>",
        f"  <style>{STYLE}\n  </style>",
        f'  <rect class="ground" width="{width}" height="{height}"/>',
    ]
    for k in range(6):
        share = k / 5
        lines += [
            f'  <path class="grid" d="M{_x(share)} {_y(0)}V{_y(1)}M{_x(0)} {_y(share)}H{_x(1)}"/>',
            f'  <text x="{_x(share)}" y="{_y(0) + 20}" text-anchor="middle">{share:.1f}</text>',
            f'  <text x="{_x(0) - 8}" y="{_y(share) + 4}" text-anchor="end">{share:.1f}</text>',
        ]
    lines += [
        f'  <path class="ideal" d="M{_x(0)} {_y(0)}L{_x(1)} {_y(1)}"/>',
        f'  <text x="{_x(0.5)}" y="{_y(0) + 40}" text-anchor="middle">probability said</text>',
        f'  <text transform="translate(16 {_y(0.5)}) rotate(-90)" text-anchor="middle">exactly right</text>',
    ]
    for number, (name, judged) in enumerate(sets.items()):
        kind = "first" if number == 0 else "second"
        for one in bins(judged):
            low, high = interval(one)
            lines.append(f'  <path class="{kind}" d="M{_x(one.said)} {_y(low)}V{_y(high)}"/>')
            lines.append("  " + _mark(kind, _x(one.said), _y(one.right)))
        y = _y(0) + 64 + 20 * number
        lines.append("  " + _mark(kind, LEFT + 4, y - 4))
        lines.append(
            f'  <text x="{LEFT + 16}" y="{y}">{name}: {len(judged):,} links, error {error(judged):.3f}</text>'
        )
    return "\n".join([*lines, "</svg>", ""])


def _x(share: float) -> float:
    return round(LEFT + SIZE * share, 1)


def _y(share: float) -> float:
    return round(TOP + SIZE * (1 - share), 1)


def _mark(kind: str, x: float, y: float) -> str:
    if kind == "first":
        return f'<circle class="{kind}" cx="{x}" cy="{y}" r="4"/>'
    return f'<rect class="{kind}" x="{round(x - 3.5, 1)}" y="{round(y - 3.5, 1)}" width="7" height="7"/>'
