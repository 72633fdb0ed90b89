"""Duizhao: Chinese texts and their English counterparts, set side by side, aligned and checked.

The main job on two files:

    from duizhao import compare
    comparison = compare("story.zh.txt", "story.en.txt")
    for link in comparison.alignment.links:
        print(link.kind, link.probability)

`align` and `check` are the stages behind it, on documents that `read` gives. A `Collection` keeps many
texts with where they came from. All records are frozen and documented in `duizhao.records`, all errors in
`duizhao.errors`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from duizhao.alignments import align
    from duizhao.collection import Collection
    from duizhao.documents import read
    from duizhao.errors import DuizhaoError
    from duizhao.findings import check
    from duizhao.pairs import pair
    from duizhao.pipeline import compare
    from duizhao.records import (
        Alignment,
        Anchor,
        Comparison,
        Decision,
        Document,
        Fact,
        Finding,
        Link,
        Pair,
        Place,
        Quote,
        Reading,
        Section,
        Sentence,
        Source,
        Span,
        Version,
        Work,
    )
    from duizhao.site import report
    from duizhao.sources import ingest

# Names and where they live; loaded at first use, so that `import duizhao` costs nothing.
_HOMES = {
    "Alignment": "records",
    "Anchor": "records",
    "Collection": "collection",
    "Comparison": "records",
    "Decision": "records",
    "Document": "records",
    "DuizhaoError": "errors",
    "Fact": "records",
    "Finding": "records",
    "Link": "records",
    "Pair": "records",
    "Place": "records",
    "Quote": "records",
    "Reading": "records",
    "Section": "records",
    "Sentence": "records",
    "Source": "records",
    "Span": "records",
    "Version": "records",
    "Work": "records",
    "align": "alignments",
    "check": "findings",
    "compare": "pipeline",
    "ingest": "sources",
    "pair": "pairs",
    "read": "documents",
    "report": "site",
}

__all__ = [
    "Alignment",
    "Anchor",
    "Collection",
    "Comparison",
    "Decision",
    "Document",
    "DuizhaoError",
    "Fact",
    "Finding",
    "Link",
    "Pair",
    "Place",
    "Quote",
    "Reading",
    "Section",
    "Sentence",
    "Source",
    "Span",
    "Version",
    "Work",
    "align",
    "check",
    "compare",
    "ingest",
    "pair",
    "read",
    "report",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"duizhao.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return __all__
