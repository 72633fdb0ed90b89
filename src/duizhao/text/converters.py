"""OpenCC's converters, loaded once each when first used."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache


@lru_cache(maxsize=None)
def converter(config: str) -> Callable[[str], str]:
    """The function that converts by an OpenCC configuration (``t2s``, ``s2twp`` …)."""
    from opencc import OpenCC

    convert: Callable[[str], str] = OpenCC(config).convert
    return convert
