"""What the two learned stages see of a cell (a Chinese and an English word of a sentence pair).

Stage one: what the model, the dictionary, the vectors say of the cell, of its rivals in row and column and of
its neighbours; the words' forms, places and how often such words were linked. Stage two: all that, and the
probabilities that stage one gave around the cell."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from duizhao.words import glosses, grids
from duizhao.words.corpus import Batch, Corpus
from duizhao.words.evidence import CHARACTER, PART, Evidence
from duizhao.words.model import Read

Floats = NDArray[np.float32]
Mask = NDArray[np.bool_]
Spread = Callable[[NDArray[np.float64]], Floats]  # from one number a cell to the grids of a batch

LEAST = 0.003  # mean posterior from which on a cell is looked at
NEAR = 0.3  # or that of a neighbour
_SHARP = 0.1  # temperature of the softmax over cosines
_FARTHEST = 6
_LEAST_ODDS = np.float32(1e-4)


@dataclass(frozen=True, slots=True)
class Seen:
    """``mean``: mean posterior (pairs, I, J). ``candidates``: the cells looked at. ``table`` (candidates,
    features): one row a candidate, in the order of the grid."""

    mean: Floats
    candidates: Mask
    table: Floats


def first(text: Corpus, known: Evidence, batch: Batch, read: Read) -> Seen:
    """The features of stage one but for the link rates, in the order of FIRST."""
    here = batch.here
    mean = ((read.from_zh + read.from_en) / 2).astype(np.float32)
    near = {offset: grids.shifted(mean, *offset) for offset in grids.AROUND}
    candidates = mean > LEAST
    for offset in grids.STRAIGHT:
        candidates |= near[offset] > NEAR
    candidates &= here

    def cells(values: NDArray[np.float64]) -> Floats:
        return np.append(values, 0.0).astype(np.float32)[batch.cells]

    columns: dict[str, Floats] = {}
    _from_model(columns, read, mean, here)
    _from_evidence(columns, known, cells, here)
    runs, joined = _phrases(text, batch)
    columns["gloss_run"], columns["joined"] = runs, joined
    _from_forms(columns, known, batch)
    for (down, right), values in near.items():
        columns[f"near{down:+d}{right:+d}"] = values
    skip_zh = known.zh.mark[batch.zh] | known.zh.function[batch.zh]
    skip_en = known.en.mark[batch.en] | known.en.function[batch.en]
    columns["from_above"], columns["from_below"] = grids.expected(mean, skip_zh)
    for name, values in zip(
        ("from_left", "from_right"), grids.expected(grids.across(mean), skip_en), strict=True
    ):
        columns[name] = grids.across(values)
    assert tuple(columns) == FIRST, "the features are not those that the stages were trained with"
    return Seen(mean, candidates, _table(columns.values(), candidates))


def _table(columns: Iterable[Floats], candidates: Mask) -> Floats:
    chosen = np.nonzero(candidates)
    out = [np.broadcast_to(x, candidates.shape)[chosen] for x in columns]
    return np.stack(out, axis=1)


def _from_model(columns: dict[str, Floats], read: Read, mean: Floats, here: Mask) -> None:
    from_zh, from_en = read.from_zh.astype(np.float32), read.from_en.astype(np.float32)
    columns["from_zh"], columns["from_en"] = from_zh, from_en
    columns["geometric"], columns["mean"] = np.sqrt(from_zh * from_en), mean
    to_en = np.log(np.where(here, read.to_en, 1.0)).astype(np.float32)
    to_zh = np.log(np.where(here, read.to_zh, 1.0)).astype(np.float32)
    columns["to_en"], columns["to_zh"] = to_en, to_zh
    columns["to_row"], columns["to_column"] = grids.margins(to_en + to_zh, here)
    columns["mean_row"], columns["mean_column"] = grids.margins(mean, here)
    columns["zh_alone"] = 1 - from_en.sum(2, keepdims=True)
    columns["zh_links"] = from_zh.sum(2, keepdims=True)
    columns["en_alone"] = 1 - from_zh.sum(1, keepdims=True)
    columns["en_links"] = from_en.sum(1, keepdims=True)
    columns["count"] = np.log1p(read.count).astype(np.float32)


def _from_evidence(columns: dict[str, Floats], known: Evidence, get: Spread, here: Mask) -> None:
    cosine = get(known.cosine)
    columns["prior"] = np.log1p(get(known.prior))
    columns["cosine"] = cosine
    columns["cosine_row"], columns["cosine_column"] = grids.margins(cosine, here)
    sharp = np.where(here, np.exp(cosine / np.float32(_SHARP)), np.float32(0))
    columns["softmax_row"] = sharp / np.maximum(sharp.sum(2, keepdims=True), np.float32(1e-9))
    columns["softmax_column"] = sharp / np.maximum(sharp.sum(1, keepdims=True), np.float32(1e-9))
    word, part, character = (get(x) for x in (known.word, known.part, known.character))
    columns["word"], columns["part"], columns["character"] = word, part, character
    best = np.maximum(word, np.maximum(np.float32(PART) * part, np.float32(CHARACTER) * character))
    columns["dictionary_row"], columns["dictionary_column"] = grids.margins(best, here)
    columns["number"], columns["sound"], columns["equal"] = (
        get(x) for x in (known.number, known.sound, known.equal)
    )


def _phrases(text: Corpus, batch: Batch) -> tuple[Floats, Floats]:
    """Where a gloss of several words stands in the English (its length), and what two neighbouring Chinese
    words that are one headword together mean (strength)."""
    runs, joined = np.zeros(batch.here.shape, np.float32), np.zeros(batch.here.shape, np.float32)
    for row in range(len(batch.rows)):
        zh = [text.zh[k] for k in batch.zh[row, : batch.n[row]]]
        en = [text.en[k] for k in batch.en[row, : batch.m[row]]]
        places: dict[str, list[int]] = {}
        for j, word in enumerate(en):
            places.setdefault(word[: glosses.STEM], []).append(j)
        for i, word in enumerate(zh):
            for gloss in glosses.meanings(word).runs:
                for j in places.get(gloss[0][: glosses.STEM], ()):
                    if glosses.stands(gloss, en, j):
                        runs[row, i, j : j + len(gloss)] = len(gloss)
            together = word + zh[i + 1] if i + 1 < len(zh) else ""
            if together and glosses.in_dictionary(together):
                for j, strength in glosses.whole(together, en):
                    joined[row, i : i + 2, j] = np.maximum(joined[row, i : i + 2, j], np.float32(strength))
    return runs, joined


def _from_forms(columns: dict[str, Floats], known: Evidence, batch: Batch) -> None:
    high, wide = batch.here.shape[1:]
    n, m = batch.n[:, None, None].astype(np.float32), batch.m[:, None, None].astype(np.float32)
    place = (np.arange(high)[:, None] + np.float32(0.5)) / n - (np.arange(wide) + np.float32(0.5)) / m
    columns["place"], columns["distance"] = place.astype(np.float32), np.abs(place).astype(np.float32)
    inside_zh, inside_en = np.arange(high) < batch.n[:, None], np.arange(wide) < batch.m[:, None]
    for name, kinds, types, inside in (
        ("zh", known.zh, batch.zh, inside_zh),
        ("en", known.en, batch.en, inside_en),
    ):
        same = (types[:, :, None] == types[:, None, :]) & inside[:, None, :]
        facts = {
            "mark": kinds.mark[types],
            "function": kinds.function[types],
            "length": kinds.length[types],
            "repeated": same.sum(2),
        }
        if name == "zh":
            facts["known"] = kinds.known[types]
        for fact, values in facts.items():
            column = values.astype(np.float32)
            columns[f"{fact}_{name}"] = column[:, :, None] if name == "zh" else column[:, None, :]
    columns["words_zh"], columns["ratio"] = n, m / n


def second(probability: Floats, here: Mask, candidates: Mask) -> Floats:
    """What stage two sees besides: stage one's probabilities around each candidate, (candidates,
    features)."""
    high, wide = here.shape[1:]
    across = grids.across
    odds = np.log((probability + _LEAST_ODDS) / (1 - probability + _LEAST_ODDS))
    columns = [probability, odds]
    columns += [grids.shifted(probability, *offset) for offset in (*grids.AROUND, *grids.FURTHER)]
    columns += [grids.rivals(probability, here), across(grids.rivals(across(probability), across(here)))]
    columns += [
        probability.sum(2, keepdims=True) - probability,
        probability.sum(1, keepdims=True) - probability,
    ]
    columns += [np.clip(np.arange(wide) - probability.argmax(2)[:, :, None], -_FARTHEST, _FARTHEST)]
    columns += [np.clip(np.arange(high)[:, None] - probability.argmax(1)[:, None, :], -_FARTHEST, _FARTHEST)]
    none = np.zeros(here.shape[:2], bool), np.zeros((here.shape[0], wide), bool)
    columns += list(grids.expected(probability, none[0]))
    columns += [across(x) for x in grids.expected(across(probability), none[1])]
    return _table([np.asarray(x, np.float32) for x in columns], candidates)


# fmt: off
FIRST = (
    "from_zh", "from_en", "geometric", "mean", "to_en", "to_zh", "to_row", "to_column", "mean_row",
    "mean_column", "zh_alone", "zh_links", "en_alone", "en_links", "count", "prior", "cosine",
    "cosine_row", "cosine_column", "softmax_row", "softmax_column", "word", "part", "character",
    "dictionary_row", "dictionary_column", "number", "sound", "equal", "gloss_run", "joined", "place",
    "distance", "mark_zh", "function_zh", "length_zh", "repeated_zh", "known_zh", "mark_en",
    "function_en", "length_en", "repeated_en", "words_zh", "ratio",
    *(f"near{down:+d}{right:+d}" for down, right in grids.AROUND),
    "from_above", "from_below", "from_left", "from_right",
)
# fmt: on
