"""python -m bench.train_coarse: learn the coarse model, gold blocks against random pairs of blocks of the
same texts."""

from __future__ import annotations

import json
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from bench import cards, gold
from bench.crf import minimise
from bench.train_align import SHIPPED, TRAINED_ON, steps_of
from duizhao.alignments import coarse, sides
from duizhao.alignments.encoder import default_encoder
from duizhao.alignments.model import named
from duizhao.alignments.shared_words import SharedWords

Floats = NDArray[np.float64]
RANDOM = 20  # random pairs to each gold block


def samples(name: str) -> tuple[Floats, Floats]:
    """Numbers (samples, names) and labels of one document."""
    zh_texts, en_texts = gold.sentences(name)
    zh, en = (sides.prepare(t, lang, default_encoder()) for t, lang in ((zh_texts, "zh"), (en_texts, "en")))
    rng = np.random.default_rng(0)
    known = coarse.known(zh, en)
    common = _table(known.words, len(zh), len(en))
    rows, labels = [], []
    for kind, (a, b) in enumerate(coarse.TYPES):
        steps = [s for s in steps_of(gold.links(name), len(zh), len(en)) if s[2:] == (a, b)]
        true = np.array([s[:2] for s in steps], np.int64).reshape(-1, 2)
        count = RANDOM * len(true)
        other = np.column_stack(
            [rng.integers(0, len(zh) - a + 1, count), rng.integers(0, len(en) - b + 1, count)]
        )
        starts = np.vstack([true, other])
        i, j = starts.T
        cos = np.einsum(
            "ij,ij->i", zh.vectors[a - 1, i].astype(np.float32), en.vectors[b - 1, j].astype(np.float32)
        )
        lengths = zh.lengths[i + a] - zh.lengths[i], en.lengths[j + b] - en.lengths[j]
        words = (
            common[i + a, j + b] - common[i, j + b] - common[i + a, j] + common[i, j],
            known.words.zh_weight[i + a] - known.words.zh_weight[i],
            known.words.en_weight[j + b] - known.words.en_weight[j],
        )
        chance = known.chances[kind]
        numbers = coarse.columns(cos, chance.zh[:, i], chance.en[:, j], lengths, words)
        rows.append(np.column_stack([*numbers, np.ones(len(cos))]))
        labels.append(np.arange(len(cos)) < len(true))
    return np.vstack(rows).astype(np.float64), np.concatenate(labels).astype(np.float64)


def _table(words: SharedWords, n: int, m: int) -> Floats:
    """Running sums of what the sentences have in common."""
    table = np.zeros((n + 1, m + 1))
    table[1:, 1:] = words.table(slice(0, n), slice(0, m)).cumsum(axis=0).cumsum(axis=1)
    return table


def fit(parts: Sequence[tuple[Floats, Floats]]) -> Floats:
    """The weights that tell gold blocks from random ones best."""
    x, y = np.vstack([p[0] for p in parts]), np.concatenate([p[1] for p in parts])
    scale = x.std(0)
    scale[-1] = 1.0

    def loss(w: Floats) -> tuple[float, Floats]:
        value, slope = _loss(x / scale, y, w)
        return value + 0.5 * float(w @ w), slope + w

    return minimise(loss, np.zeros(x.shape[1]), 150) / scale


def _loss(x: Floats, y: Floats, w: Floats) -> tuple[float, Floats]:
    """Log loss and its slope; gold blocks weigh as much as random ones, so that the score is log-odds of
    equal shares."""
    weight = np.where(y > 0, RANDOM, 1.0)
    s = x @ w
    p = 1 / (1 + np.exp(-s))
    value = float((weight * np.logaddexp(0, np.where(y > 0, -s, s))).sum())
    slope: Floats = x.T @ (weight * (p - y))
    return value, slope


def learn() -> tuple[dict[str, float], dict[str, float]]:
    """The weights by name, and how well they do."""
    parts = [samples(name) for name in TRAINED_ON]
    unseen = [_loss(*part, fit(parts[:k] + parts[k + 1 :]))[0] for k, part in enumerate(parts)]
    total = sum(float(np.where(y > 0, RANDOM, 1.0).sum()) for _, y in parts)
    w = fit(parts)
    scores = {
        "log loss, never seen": round(sum(unseen) / total, 5),
        "log loss": round(sum(_loss(*part, w)[0] for part in parts) / total, 5),
    }
    return named(coarse.NAMES, w), scores


def main() -> None:
    weights, scores = learn()
    print(scores, weights)
    stored = json.loads(SHIPPED.read_text(encoding="utf-8"))
    stored["coarse"] = weights
    SHIPPED.write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")
    cards.seal(
        SHIPPED,
        "coarse",
        data=gold.DATA,
        licence=gold.LICENCE,
        scores=scores,
        program="python -m bench.train_coarse",
    )


if __name__ == "__main__":
    main()
