"""The concordance: a full-text index of sentences, Chinese by characters and English by words.

An adapter: it keeps files in one folder beside the store. The store owns the sentences; the index knows only
how to find them, and can be thrown away and built again at any time.

What a query means (`parse`):

- **Chinese** is found as characters: any part of a sentence, down to one character, in the fold
  (产业 finds 產業), and in its regional wordings (人工智能 finds 人工智慧).
- **English** is found as words in their order, each by its stem (``dragon dance`` finds "dragon dances").
- Terms set apart by a space where one of them is Chinese, or by ``AND`` between English words, must all stand
  in the sentence, in any order (``龙 珠``, ``dragon AND pearl``).
- **Quotes** ask for the wording as it is: no stems, no regional wordings (``"dragons"``, ``"人工智能"``).
- English words are looked for in Chinese sentences too, there as characters (``AI`` finds AI技术).
"""

from __future__ import annotations

from duizhao.index.engine import Hit, Hits, Index, IndexDamaged
from duizhao.index.fields import IndexedSentence
from duizhao.index.matches import Kwic, kwic, spans
from duizhao.index.query import Term, parse

__all__ = [
    "Hit",
    "Hits",
    "Index",
    "IndexDamaged",
    "IndexedSentence",
    "Kwic",
    "Term",
    "kwic",
    "parse",
    "spans",
]
