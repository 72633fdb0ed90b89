"""What is known of single characters and words: OpenCC's converters, loaded when first used, and character
sets."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

_HALF = re.compile("[\ud800-\udfff]")


@cache
def converter(config: str) -> Callable[[str], str]:
    """The function that converts by an OpenCC configuration (``t2s``, ``s2twp`` …)."""
    from opencc import OpenCC

    convert: Callable[[str], str] = OpenCC(config).convert

    def converted(text: str) -> str:
        try:
            return convert(text)
        except UnicodeEncodeError:  # half of a surrogate pair, as a query typed in another encoding holds
            return convert(_HALF.sub("\ufffd", text))

    return converted


def encodable(character: str, encoding: str) -> bool:
    """Whether a character set holds the character."""
    try:
        character.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
