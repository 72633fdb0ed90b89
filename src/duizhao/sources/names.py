"""File names from outside, made safe to show."""

from __future__ import annotations

import unicodedata

_LONGEST = 255
# Zs other than the space, and everything that steers or hides: controls, formats, surrogates, line
# separators.
_UNSAFE = frozenset(("Cc", "Cf", "Cs", "Co", "Zl", "Zp"))


def safe_name(name: str) -> str:
    """``name`` with control characters, bidi overrides and other invisible characters written as escapes, so
    that it cannot steer a terminal or look like another name; at most 255 code points (the middle left out).

    >>> safe_name("a" + chr(27) + "[31m")
    'a\\\\x1b[31m'
    """
    shown = "".join(_escaped(char) if unicodedata.category(char) in _UNSAFE else char for char in name)
    if len(shown) > _LONGEST:
        shown = f"{shown[: _LONGEST // 2]}…{shown[-(_LONGEST // 2) :]}"
    return shown


def _escaped(char: str) -> str:
    code = ord(char)
    if 0xDC80 <= code <= 0xDCFF:  # a byte of a name that is not UTF-8
        return f"\\x{code - 0xDC00:02x}"
    return f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
