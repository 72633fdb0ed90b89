"""One side of a pair, prepared for the search: vectors, lengths, punctuation, quotation."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from duizhao.alignments.encoder import Encoder
    from duizhao.records import Language

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

AROUND = 60  # sentences before and behind that show how a text quotes
LONGEST = 8  # sentences on one side of a block at most

# Last mark of a sentence, closing quotes and brackets aside.
PLAIN, QUESTION, EXCLAMATION, COLON, COMMA, DASH, ELLIPSIS = range(7)
_MARKS = {
    **dict.fromkeys("?？", QUESTION),
    **dict.fromkeys("!！", EXCLAMATION),
    **dict.fromkeys(":：", COLON),
    **dict.fromkeys(",，;；、﹔", COMMA),
    **dict.fromkeys("—–-", DASH),
    "…": ELLIPSIS,
}
_OPENING, _CLOSING, _STRAIGHT = "“「『", "”」』", '"'
_TRAILING = _CLOSING + _STRAIGHT + "’'）)]】"
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Side:
    """``texts``: the sentences; ``read``: as they are encoded. ``vectors``: (LONGEST, n, d), see
    `Encoder.blocks`. ``lengths``: (n + 1,) running sum of characters without white space. ``ends``: (n,)
    class of the last mark. ``quotes``: (n, 3) of 0 and 1: the sentence begins with an opening quote, ends
    with a closing one, leaves a quotation open. ``counts``: (n + 1, 5) running sums of opening quotes,
    closing quotes, question marks, exclamation marks, all quote marks.

    """

    texts: tuple[str, ...]
    read: tuple[str, ...]
    vectors: NDArray[np.float16]
    lengths: Floats
    ends: Ints
    quotes: Ints
    counts: Floats

    def __len__(self) -> int:
        return len(self.texts)

    def part(self, numbers: Ints) -> Side:
        """These sentences only, in this order; blocks are good for those that were consecutive."""
        # A view of the vectors where that is possible: they are large.
        run = len(numbers) > 0 and bool((np.diff(numbers) == 1).all())
        chosen = slice(int(numbers[0]), int(numbers[-1]) + 1) if run else numbers
        lengths = np.diff(self.lengths)[numbers]
        counts = np.diff(self.counts, axis=0)[numbers]
        return Side(
            tuple(self.texts[i] for i in numbers.tolist()),
            tuple(self.read[i] for i in numbers.tolist()),
            self.vectors[:, chosen],
            np.concatenate([[0.0], np.cumsum(lengths)]),
            self.ends[numbers],
            self.quotes[numbers],
            np.concatenate([np.zeros((1, counts.shape[1])), np.cumsum(counts, axis=0)]),
        )


def prepare(texts: Sequence[str], language: Language, encoder: Encoder) -> Side:
    """Prepare the sentences of one side. Chinese is encoded in Simplified characters, which the encoder knows
    best."""
    read = [simplify(text) for text in texts] if language == "zh" else list(texts)
    lengths = [max(1, len(_SPACE.sub("", text)) if language == "zh" else len(text)) for text in read]
    quotes, turns = _quotations(texts, language)
    asked = [sum(map(text.count, marks)) for text in texts for marks in ("?？", "!！")]
    counts = np.hstack([turns, np.array(asked).reshape(-1, 2), turns.sum(1, keepdims=True)])
    return Side(
        tuple(texts),
        tuple(read),
        encoder.blocks(read, LONGEST),
        np.concatenate([[0.0], np.cumsum(lengths, dtype=np.float64)]),
        np.array([_ending(text) for text in texts], np.int64),
        quotes,
        np.concatenate([np.zeros((1, 5)), np.cumsum(counts, axis=0)]),
    )


def simplify(text: str) -> str:
    """In Simplified characters."""
    simplified: str = _converter().convert(text)
    return simplified


@lru_cache(maxsize=1)
def _converter() -> Any:
    import opencc

    return opencc.OpenCC("t2s")


def _ending(text: str) -> int:
    """Class of the last mark before closing quotes and brackets."""
    bare = text.rstrip().rstrip(_TRAILING).rstrip()
    if bare.endswith("..."):
        return ELLIPSIS
    return _MARKS.get(bare[-1:], PLAIN)


def _quotations(texts: Sequence[str], language: Language) -> tuple[Ints, Floats]:
    """Begins with an opening quote, ends with a closing one, leaves a quotation open, (n, 3); numbers of
    opening and of closing quotes, (n, 2).

    A text that quotes with single marks (many English novels) is told by how often sentences around begin
    with one.
    """
    singles = _single_marks(texts) if language == "en" else [False] * len(texts)
    out, turns = np.zeros((len(texts), 3), np.int64), np.zeros((len(texts), 2))
    inside = False
    for row, (text, single) in enumerate(zip(texts, singles, strict=True)):
        stripped = text.strip()
        for k, mark in enumerate(stripped):
            if mark not in _QUOTE_MARKS:
                continue
            turn = _turn(stripped, k, single)
            if not turn and mark == _STRAIGHT:
                turn = -1 if inside else 1
            if turn > 0:
                inside = True
                turns[row, 0] += 1
                out[row, 0] |= k == 0
            elif turn < 0:
                inside = False
                turns[row, 1] += 1
                out[row, 1] |= k == len(stripped) - 1
        out[row, 2] = inside
    return out, turns


def _single_marks(texts: Sequence[str]) -> list[bool]:
    """For each sentence whether the text around it quotes with single marks."""
    double = np.array([text.count(_STRAIGHT) + sum(map(text.count, _OPENING)) for text in texts], np.int64)
    begins = np.array([text.startswith(("'", "‘")) for text in texts], np.int64)
    numbers = np.arange(len(texts))
    low, high = np.maximum(0, numbers - AROUND), np.minimum(len(texts), numbers + AROUND + 1)
    doubles, singles = (
        total[high] - total[low] for total in (np.concatenate([[0], np.cumsum(x)]) for x in (double, begins))
    )
    out: list[bool] = ((doubles < 0.1 * (high - low)) & (singles > 0.05 * (high - low))).tolist()
    return out


_QUOTE_MARKS = frozenset(_OPENING + _CLOSING + _STRAIGHT + "'‘’")


def _turn(text: str, k: int, single: bool) -> int:
    """1 where the quote mark at ``k`` opens a quotation, -1 where it closes one, 0 where it is an
    apostrophe."""
    mark = text[k]
    if mark in _OPENING:
        return 1
    if mark in _CLOSING:
        return -1
    before, behind = text[k - 1 : k] or " ", text[k + 1 : k + 2] or " "
    if mark == _STRAIGHT:
        return 1 if before in " (—-：:，" else -1 if behind == " " else 0
    if not single:
        return 0
    if mark == "‘" or (mark == "'" and before in " (—-" and behind != " "):
        return 1
    return -1 if before in ".,!?…—-;:" and not behind.isalnum() else 0
