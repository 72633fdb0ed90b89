"""Collections: many texts with where they came from, built, found, shown, published.

`Collection` is the face. Behind it: `building` knows the order of the stages over everything that is out of
date, `keeping` writes what they made, `identity` and `works` keep ids across edits, `decisions` is the log of
what people decided, `concordance` keeps the search index in step, `shown` and `dump` read it all out again.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from duizhao.collection.building import BuildReport, Count
    from duizhao.collection.collection import AddReport, Collection
    from duizhao.collection.concordance import Found, FoundSentence

__all__ = ["AddReport", "BuildReport", "Collection", "Count", "Found", "FoundSentence"]

_HOMES = {
    "AddReport": "collection",
    "BuildReport": "building",
    "Collection": "collection",
    "Count": "building",
    "Found": "concordance",
    "FoundSentence": "concordance",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
