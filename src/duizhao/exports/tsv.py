"""TSV: one link a line, no heading line, no quoting.

Columns: Chinese text, English text, probability, kind, moved (1 or 0), Chinese and English headings
(outermost first, " / " between), Chinese and English places, Chinese and English document. Inside a field,
backslash, tab, newline and carriage return are written ``\\\\``, ``\\t``, ``\\n``, ``\\r``.
"""

from __future__ import annotations

from collections.abc import Iterator

from duizhao.exports.common import headings, joined, place_text, rounded
from duizhao.records import Comparison

_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def lines(comparison: Comparison) -> Iterator[str]:
    """A line a link."""
    sides = (comparison.zh, comparison.en)
    for link in comparison.alignment.links:
        numbers = (link.zh, link.en)
        both = list(zip(sides, numbers, strict=True))
        fields = [
            *(joined(*side) for side in both),
            str(rounded(link.probability)),
            link.kind,
            str(int(link.moved)),
            *(" / ".join(headings(*side)) for side in both),
            *(place_text(*side) for side in both),
            *(document.name for document in sides),
        ]
        yield "\t".join(field.translate(_ESCAPES) for field in fields)
