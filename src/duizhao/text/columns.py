"""How wide a text is where every character stands in a grid: terminals, hard-wrapped files."""

from __future__ import annotations

import unicodedata


def width(text: str) -> int:
    """The columns that ``text`` takes: two for a wide character (Unicode Annex 11: W and F), none for
    combining marks, format characters and controls."""
    if text.isascii() and text.isprintable():
        return len(text)
    return sum(map(_columns, text))


def _columns(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf", "Cc"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
