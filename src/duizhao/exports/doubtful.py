"""The least certain links for programs: the worst first, in JSON with the links beside them
(``schemas/doubtful.json``)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from duizhao.errors import UsageError
from duizhao.exports import jsonl, ladder, tsv
from duizhao.records import Comparison


def doubtful_lines(comparison: Comparison, numbers: Sequence[int], format: str) -> Iterator[str]:
    """The links of these numbers, in this order, as "tsv", "ladder" or "jsonl". In "jsonl" with their
    neighbours. Raises UsageError for another format."""
    links = comparison.alignment.links
    chosen = replace(
        comparison, alignment=replace(comparison.alignment, links=tuple(links[number] for number in numbers))
    )
    if format == "tsv":
        return tsv.lines(chosen)
    if format == "ladder":
        return ladder.lines(chosen)
    if format != "jsonl":
        raise UsageError(f"the format {format!r}", "has no place for doubt", "choose tsv, jsonl or ladder")
    return (jsonl.line(doubtful_object(comparison, number)) for number in numbers)


def doubtful_object(comparison: Comparison, number: int) -> dict[str, Any]:
    """Link ``number`` and its neighbours in the order of the alignment."""
    links = comparison.alignment.links

    def neighbour(at: int) -> dict[str, Any] | None:
        return jsonl.link_object(links[at], comparison) if 0 <= at < len(links) else None

    return {
        "number": number,
        "link": jsonl.link_object(links[number], comparison),
        "before": neighbour(number - 1),
        "after": neighbour(number + 1),
    }
