"""The field's ``[0,1]:[2]`` a line: Chinese sentence numbers, then English, from zero."""

from __future__ import annotations

from collections.abc import Iterator

from duizhao.records import Comparison, Link


def lines(comparison: Comparison) -> Iterator[str]:
    """A line a link."""
    return map(address, comparison.alignment.links)


def address(link: Link) -> str:
    """A link by its sentences.

    >>> address(Link((0, 1), (2,)))
    '[0,1]:[2]'
    """
    return f"[{','.join(map(str, link.zh))}]:[{','.join(map(str, link.en))}]"
