"""Plain features of blocks, of cuts and of sentences standing alone. The weights are learned (`model.py`).

Numbers of a block: size = (a + b) / 2; cos, the cosine of its two sides; near, how near either side lies to
anything around (`blocks.measure`); with r the document's English characters to one Chinese, d = log(English
length / Chinese length) - log r, and g = (English / r - Chinese) / √(English / r + Chinese + 1), the length
difference of Gale and Church (1993) up to a constant.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from duizhao.alignments.blocks import TYPES, Candidates, Measures
from duizhao.alignments.sides import (
    COLON,
    COMMA,
    ELLIPSIS,
    EXCLAMATION,
    QUESTION,
    Side,
)

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_NAMED = ((1, 1), (1, 2), (2, 1), (1, 3), (3, 1), (2, 2), (1, 4), (2, 3), (3, 2), (4, 1))
_POWERS = (0.0, 0.5, 1.0)
_ENDS = {"question": QUESTION, "exclamation": EXCLAMATION, "colon": COLON, "ellipsis": ELLIPSIS}

SEAM = 4  # sentences from a seam that count as near it
LARGE = 200  # sentences of both sides from which on a text is long
LEAST = 0.001  # share of sentences alone that is not told from less
BLOCK_NAMES: tuple[str, ...] = (
    *(f"type {a}-{b}" for a, b in _NAMED),
    "larger side",
    "smaller side",
    "both above one",
    *(f"{x} size^{p:g}" for x in ("cos", "near zh", "near en") for p in _POWERS),
    "size^0.5",
    "margin^2",
    "d",
    "|d|",
    "d^2",
    "|d| size^0.5",
    "|g|",
    "g",
    "log shorter length",
    *(f"ends in {x} on {y}" for x in _ENDS for y in ("both", "one")),
    "zh ends in colon",
    "en ends in colon",
    "zh ends in comma",
    "en ends in comma",
    "closing quote on both",
    "closing quote on one",
    "opening quote on both",
    "opening quote on one",
    "question marks",
    "exclamation marks",
    "quote marks",
    "zh unbalanced",
    "en unbalanced",
    "unbalanced differently",
    "quote marks on one",
)
CUT_NAMES: tuple[str, ...] = (
    "in quotation on both",
    "in quotation in zh",
    "in quotation in en",
    "quote closed on both",
    "quote closed in zh",
    "quote closed in en",
    "quote opens on both",
    "quote opens in zh",
    "quote opens in en",
    "closed on both and outside",
    "zh closed and en inside",
    "en closed and zh inside",
)
ALONE_NAMES = (
    *("alone", "log length", "best margin", "seam near"),
    *("coarse odds", "coarse odds within 3", "log share alone"),
    *("at an end", "log sentences"),
)
SHORT_NAMES = ("at an end", "log sentences")  # learned from short texts, all other weights held
ALONE = len(ALONE_NAMES)
GAP_NAMES: tuple[str, ...] = (
    *(f"{side} {x}" for side in ("zh", "en") for x in ALONE_NAMES),
    "zh run begins",
    "en run begins",
    "zh run begins at seam",
    "en run begins at seam",
    "en run follows zh run",
)


def block_features(zh: Side, en: Side, measures: Measures, c: Candidates) -> Floats:
    """(candidates, len(BLOCK_NAMES))."""
    a, b = c.a, c.b
    i0, j0 = c.i - a, c.j - b
    size = (a + b) / 2
    columns: list[NDArray[np.generic]] = [(a == x) & (b == y) for x, y in _NAMED]
    columns += [np.maximum(a, b) - 1, np.minimum(a, b) - 1, np.minimum(a, b) > 1]
    cos = measures.cosines[c.kind, c.cell].astype(np.float64)
    near_zh, near_en = measures.near_zh[a - 1, i0], measures.near_en[b - 1, j0]
    columns += [x * size**p for x in (cos, near_zh, near_en) for p in _POWERS]
    columns += [np.sqrt(size), (cos - (near_zh + near_en) / 2) ** 2]
    chinese, english = zh.lengths[c.i] - zh.lengths[i0], en.lengths[c.j] - en.lengths[j0]
    as_chinese = english / np.exp(measures.ratio)
    d = np.log(np.maximum(english, 1) / np.maximum(chinese, 1)) - measures.ratio
    g = (as_chinese - chinese) / np.sqrt(as_chinese + chinese + 1)
    columns += [d, np.abs(d), np.minimum(d * d, 2), np.abs(d) * np.sqrt(size), np.minimum(np.abs(g), 6)]
    columns += [np.clip(g, -6, 6), np.log(np.minimum(chinese, as_chinese) + 1)]
    columns += _punctuation(zh, en, c)
    return np.column_stack(columns).astype(np.float64)


def _punctuation(zh: Side, en: Side, c: Candidates) -> list[NDArray[np.generic]]:
    """Marks at both ends, and differences of counts (capped)."""
    i0, j0 = c.i - c.a, c.j - c.b
    zh_end, en_end = zh.ends[c.i - 1], en.ends[c.j - 1]
    columns: list[NDArray[np.generic]] = []
    for mark in _ENDS.values():
        columns += [(zh_end == mark) & (en_end == mark), (zh_end == mark) ^ (en_end == mark)]
    columns += [x == mark for mark in (COLON, COMMA) for x in (zh_end, en_end)]
    for zh_quote, en_quote in (
        (zh.quotes[c.i - 1, 1], en.quotes[c.j - 1, 1]),
        (zh.quotes[i0, 0], en.quotes[j0, 0]),
    ):
        columns += [zh_quote & en_quote, zh_quote ^ en_quote]
    zh_count, en_count = zh.counts[c.i] - zh.counts[i0], en.counts[c.j] - en.counts[j0]
    caps = ((2, 3), (3, 3), (4, 4))
    columns += [np.minimum(np.abs(zh_count[:, k] - en_count[:, k]), cap) for k, cap in caps]
    zh_open, en_open = zh_count[:, 0] - zh_count[:, 1], en_count[:, 0] - en_count[:, 1]
    columns += [np.minimum(np.abs(zh_open), 2), np.minimum(np.abs(en_open), 2), zh_open != en_open]
    columns.append((zh_count[:, 4] > 0) != (en_count[:, 4] > 0))
    return columns


def cut_table(weights: Floats) -> Floats:
    """Scores of a cut by the quotation states of both sides: (8, 8) for the weights of CUT_NAMES."""
    states = np.arange(8)
    inside, closed, opens = (states >> 2) & 1, (states >> 1) & 1, states & 1
    return np.asarray(_cut_columns(inside, closed, opens).transpose(1, 2, 0) @ weights)


def cut_features(zh: Ints, en: Ints) -> Floats:
    """(cuts, len(CUT_NAMES)) for the quotation states of both sides at these cuts."""
    states = np.arange(8)
    table = _cut_columns((states >> 2) & 1, (states >> 1) & 1, states & 1)
    return np.asarray(table[:, zh, en].T, np.float64)


def _cut_columns(inside: Ints, closed: Ints, opens: Ints) -> Ints:
    """(len(CUT_NAMES), states, states)."""
    z, e = (x[:, None] for x in (inside, closed, opens)), (x[None] for x in (inside, closed, opens))
    (zi, zc, zo), (ei, ec, eo) = z, e
    pairs = [(zi, ei), (zc, ec), (zo, eo)]
    columns = [x for p, q in pairs for x in (p * q, p * (1 - q), (1 - p) * q)]
    columns += [(1 - zi) * (1 - ei) * zc * ec, zc * (1 - ec) * ei, (1 - zc) * zi * ec]
    return np.stack([np.broadcast_to(x, (8, 8)) for x in columns])


def quotation_states(side: Side) -> Ints:
    """State of each cut (n + 1,), 0 … 7: 4 if a quotation is open there, 2 if one was just closed, 1 if one
    opens."""
    out = np.zeros(len(side) + 1, np.int64)
    out[1:] += 4 * side.quotes[:, 2] + 2 * side.quotes[:, 1]
    out[:-1] += side.quotes[:, 0]
    return out


@dataclass(frozen=True, slots=True)
class Gaps:
    """Features of sentences standing alone. ``zh``, ``en``: (n, ALONE) and (m, ALONE), see ALONE_NAMES;
    ``zh_seam`` (n + 1,), ``en_seam`` (m + 1,): 1 at the cuts where sentences were left out."""

    zh: Floats
    en: Floats
    zh_seam: Ints
    en_seam: Ints


@dataclass(frozen=True, slots=True)
class Around:
    """What is known of the whole text that a problem is taken from, Chinese first. ``seams``: (n + 1,) and
    (m + 1,) of 0 and 1, the cuts where sentences were left out; ``alone``: (n,) and (m,) log-odds of standing
    alone by the coarse search; ``ends``: 1 for the sentences that begin or end the text; ``sentences``: of
    both sides."""

    seams: tuple[Ints, Ints]
    alone: tuple[Floats, Floats]
    ends: tuple[Floats, Floats]
    sentences: int


def gap_features(zh: Side, en: Side, measures: Measures, around: Around) -> Gaps:
    """Features of every sentence for standing alone. Its best margin: the best cosine of a block with it
    alone on its side, minus the background, over the corridor. The share of what stands alone, by the coarse
    odds, says how freely the text was cut. Short texts have more that is foreign to them, most of it at their
    ends: log(sentences / LARGE), at most 0, and that times whether a sentence is at an end; so that nothing
    changes in long texts."""
    n, m = len(zh), len(en)
    best_zh, best_en = np.full(n, -1.0), np.full(m, -1.0)
    corridor = measures.corridor
    width = corridor.high - corridor.low + 1
    i = np.repeat(np.arange(n + 1), width)
    j = np.arange(len(i)) - corridor.offsets[i] + corridor.low[i]
    for kind, (a, b) in enumerate(TYPES):
        if a > 1 and b > 1:
            continue
        inside = np.flatnonzero(measures.cosines[kind] > -2)
        ii, jj = i[inside] - a, j[inside] - b
        margin = (
            measures.cosines[kind, inside] - (measures.near_zh[a - 1, ii] + measures.near_en[b - 1, jj]) / 2
        )
        if a == 1:
            np.maximum.at(best_zh, ii, margin)
        if b == 1:
            np.maximum.at(best_en, jj, margin)

    size = np.log(min(around.sentences, LARGE) / LARGE)

    def rows(side: Side, best: Floats, seam: Ints, odds: Floats, end: Floats) -> Floats:
        near = np.convolve(seam, np.ones(2 * SEAM + 1))[SEAM : SEAM + len(seam)] > 0
        near = near[:-1] & near[1:]
        close = np.clip(odds / 3, -1, 1)
        share = np.full(len(side), np.log(LEAST + (1 / (1 + np.exp(-odds))).mean()))
        length = np.log(np.diff(side.lengths))
        one = np.ones(len(side))
        return np.column_stack([one, length, best, near, odds, close, share, end * size, one * size])

    zh_seam, en_seam = around.seams
    return Gaps(
        rows(zh, np.clip(best_zh, -0.5, 0.5), zh_seam, around.alone[0], around.ends[0]),
        rows(en, np.clip(best_en, -0.5, 0.5), en_seam, around.alone[1], around.ends[1]),
        zh_seam,
        en_seam,
    )
