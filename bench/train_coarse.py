"""python -m bench.train_coarse: learn the coarse model, gold blocks against random pairs of blocks of the
same texts."""

from __future__ import annotations

import json

import numpy as np
from numpy.typing import NDArray

from bench import gold
from bench.train_align import SHIPPED, TRAINED_ON, minimise, steps_of
from duizhao.alignments import coarse, sides
from duizhao.alignments.encoder import default_encoder

Floats = NDArray[np.float64]
RANDOM = 20  # random pairs to each gold block


def samples(name: str) -> tuple[Floats, Floats]:
    """Numbers (samples, names) and labels of one document."""
    zh_texts, en_texts = gold.sentences(name)
    zh, en = (sides.prepare(t, lang, default_encoder()) for t, lang in ((zh_texts, "zh"), (en_texts, "en")))
    rng = np.random.default_rng(0)
    chance = coarse.chances(zh, en)
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
        chinese, english = zh.lengths[i + a] - zh.lengths[i], en.lengths[j + b] - en.lengths[j]
        numbers = coarse.columns(cos, chance[kind].zh[:, i], chance[kind].en[:, j], chinese, english)
        rows.append(np.column_stack([*numbers, np.ones(len(cos))]))
        labels.append(np.arange(len(cos)) < len(true))
    return np.vstack(rows).astype(np.float64), np.concatenate(labels).astype(np.float64)


def main() -> None:
    parts = [samples(name) for name in TRAINED_ON]
    x, y = np.vstack([p[0] for p in parts]), np.concatenate([p[1] for p in parts])
    weight = np.where(y > 0, RANDOM, 1.0)  # log-odds of equal shares
    scale = x.std(0)
    scale[-1] = 1.0

    def loss(w: Floats) -> tuple[float, Floats]:
        s = x / scale @ w
        p = 1 / (1 + np.exp(-s))
        value = float((weight * np.logaddexp(0, np.where(y > 0, -s, s))).sum() + 0.5 * w @ w)
        return value, (x / scale).T @ (weight * (p - y)) + w

    w = minimise(loss, np.zeros(x.shape[1]), 100) / scale
    print(loss(w * scale)[0] / weight.sum(), dict(zip(coarse.NAMES, w.round(3).tolist(), strict=True)))
    stored = json.loads(SHIPPED.read_text(encoding="utf-8"))
    stored["coarse"] = {name: float(f"{v:.5g}") for name, v in zip(coarse.NAMES, w, strict=True)}
    SHIPPED.write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
