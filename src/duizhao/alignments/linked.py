"""Word links where sentences are in doubt.

Between two sure cuts of an earlier pass lies a passage in which it is not clear what belongs to what. Its
words are linked as those of one sentence pair (`duizhao.words`, by the model that ships with the package),
and the masses that the links carry from sentence to sentence say of every block how much of it leaks out, as
in `tracing`."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from duizhao.alignments import tracing
from duizhao.alignments.blocks import Candidates
from duizhao.alignments.evidence import RAREST, WIDTH, Words
from duizhao.alignments.tracing import LEAK_NAMES, Masses
from duizhao.words import tokens
from duizhao.words.corpus import corpus
from duizhao.words.evidence import evidence
from duizhao.words.forms import is_mark
from duizhao.words.model import default_model
from duizhao.words.stages import Judge, default_stages

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Passage = tuple[range, range]

SURE = 0.95  # probability from which on a link of the earlier pass is not in doubt
MOST_ZH, MOST_EN = 6, 9  # sentences from which on a passage is cut
AT_ONCE = 64  # passages linked at once, so that memory stays flat
LINKED_NAMES: tuple[str, ...] = (*(f"linked {x}" for x in LEAK_NAMES), "partly in doubt")


def passages(steps: Sequence[tuple[range, range, float]]) -> list[Passage]:
    """The passages in doubt of a path (Chinese sentences, English sentences, probability)."""
    out: list[Passage] = []
    open_ = False
    for zh, en, probability in steps:
        if probability >= SURE:
            open_ = False
            continue
        if open_ and len(out[-1][0]) + len(zh) <= MOST_ZH and len(out[-1][1]) + len(en) <= MOST_EN:
            before = out[-1]
            out[-1] = range(before[0].start, zh.stop), range(before[1].start, en.stop)
        else:
            out.append((zh, en))
        open_ = True
    return [(zh, en) for zh, en in out if zh and en and len(zh) + len(en) > 2]


def features(
    c: Candidates,
    texts: tuple[Sequence[str], Sequence[str]],
    words: tuple[Words, Words],
    first: tuple[Ints, Ints],
    doubtful: Sequence[Passage],
) -> Floats:
    """What word links say of blocks, (candidates, len(LINKED_NAMES)); zero outside the passages. ``first``:
    see `evidence.windows`."""
    masses = tuple(Masses(start, np.zeros((len(start), WIDTH))) for start in first)
    known = tuple(np.zeros(len(start), bool) for start in first)
    for begin in range(0, len(doubtful), AT_ONCE):
        _link(doubtful[begin : begin + AT_ONCE], texts, words, masses, known)
    leaks = tracing.leak_features(c, masses[0], masses[1])
    running = [np.concatenate([[0], np.cumsum(x)]) for x in known]
    told = running[0][c.i] - running[0][c.i - c.a] + running[1][c.j] - running[1][c.j - c.b]
    leaks[told == 0] = 0
    return np.column_stack([leaks, (told > 0) & (told < c.a + c.b)]).astype(np.float64)


def _link(
    doubtful: Sequence[Passage],
    texts: tuple[Sequence[str], Sequence[str]],
    words: tuple[Words, Words],
    masses: tuple[Masses, ...],
    known: tuple[NDArray[np.bool_], ...],
) -> None:
    """Link the words of some passages; what they say goes into ``masses``, where they lie into ``known``."""
    split = [
        ([tokens.chinese(texts[0][i]) for i in zh], [tokens.english(texts[1][j]) for j in en])
        for zh, en in doubtful
    ]
    text = corpus([([x.text for s in zh for x in s], [x.text for s in en for x in s]) for zh, en in split])
    judge = Judge(default_stages(), default_model(), text, evidence(text), trees=False)
    for batch in text.batches:
        probabilities = judge.probabilities(batch).astype(np.float64)
        for number, found in zip(batch.rows.tolist(), probabilities, strict=True):
            for side, table in ((0, found), (1, found.T)):
                own, other = doubtful[number][side], doubtful[number][1 - side]
                rows, weights = _words(split[number][side], own, words[side])
                columns, _ = _words(split[number][1 - side], other, words[1 - side])
                shares = _best(np.round(table[: len(rows), : len(columns)], 3), columns, len(other))
                _add(masses[side], own, other, rows, shares * weights[:, None])
                known[side][own.start : own.stop] = True


def _words(sentences: Sequence[Sequence[tokens.Token]], numbers: range, words: Words) -> tuple[Ints, Floats]:
    """Of all words and marks of some sentences the sentence (from 0) and the weight, marks weighing
    nothing."""
    row: list[int] = []
    weight: list[float] = []
    for k, (number, sentence) in enumerate(zip(numbers, sentences, strict=True)):
        at = int(words.cuts[number])
        for token in sentence:
            row.append(k)
            marked = is_mark(token.text)
            weight.append(0.0 if marked else min(RAREST, float(words.rarity[at])))
            at += not marked
    return np.array(row, np.int64), np.array(weight)


def _best(table: Floats, columns: Ints, sentences: int) -> Floats:
    """The best probability of every row in each sentence of the columns."""
    out = np.zeros((len(table), sentences))
    for k in range(sentences):
        chosen = table[:, columns == k]
        if chosen.shape[1]:
            out[:, k] = chosen.max(1)
    return out


def _add(masses: Masses, own: range, other: range, rows: Ints, weights: Floats) -> None:
    for k, number in enumerate(own):
        column = np.array(other) - masses.first[number]
        inside = (column >= 0) & (column < WIDTH)
        masses.mass[number, column[inside]] += weights[rows == k].sum(0)[inside]
