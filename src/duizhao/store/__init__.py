"""The one room that knows SQL: a collection on disk."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from duizhao.store.inputs import Input, Quarantined
    from duizhao.store.pairs import StoredPair
    from duizhao.store.store import Store
    from duizhao.store.versions import StoredVersion

__all__ = ["Input", "Quarantined", "Store", "StoredPair", "StoredVersion"]

_HOMES = {
    "Input": "inputs",
    "Quarantined": "inputs",
    "Store": "store",
    "StoredPair": "pairs",
    "StoredVersion": "versions",
}


def __getattr__(name: str) -> Any:
    # SQLAlchemy takes 0.2 s to load; `duizhao --help` does not need it.
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
