"""Pages: one self-contained report about a pair, and a static site about a collection.

Built from records alone. Templates see only the dataclasses of ``pages.py``; every address comes from
``urls.py``.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from duizhao.site.publishing import PublishReport, publish
    from duizhao.site.single import report

__all__ = ["PublishReport", "publish", "report"]

_HOMES = {"PublishReport": "publishing", "publish": "publishing", "report": "single"}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    return globals()[name]
