"""What is known of single characters and words: OpenCC's converters, loaded when first used, and character
sets."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache


@cache
def converter(config: str) -> Callable[[str], str]:
    """The function that converts by an OpenCC configuration (``t2s``, ``s2twp`` …)."""
    from opencc import OpenCC

    convert: Callable[[str], str] = OpenCC(config).convert
    return convert


def encodable(character: str, encoding: str) -> bool:
    """Whether a character set holds the character."""
    try:
        character.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
