"""The field's ``[0,1]:[2]`` a line: Chinese sentence numbers, then English, from zero."""

from __future__ import annotations

from collections.abc import Iterator

from duizhao.records import Comparison


def lines(comparison: Comparison) -> Iterator[str]:
    """A line a link."""
    for link in comparison.alignment.links:
        yield f"[{','.join(map(str, link.zh))}]:[{','.join(map(str, link.en))}]"
