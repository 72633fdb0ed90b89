"""Lists of words, written as running text because tables of them are easier to read so."""

from __future__ import annotations


def words(text: str) -> frozenset[str]:
    """The words of ``text``, which white space parts.

    >>> sorted(words("欧阳 司马"))
    ['司马', '欧阳']
    """
    return frozenset(text.split())
