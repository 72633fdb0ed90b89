"""python -m bench.train_pairs: learn the weights of pairing by content, counterparts against other documents.

Prints them, with figures by five-fold cross-validation over documents.
"""

from __future__ import annotations

import json

import numpy as np
from numpy.typing import NDArray

from bench import gold
from bench.train_align import minimise
from duizhao.alignments.encoder import default_encoder
from duizhao.pairs import content

Floats = NDArray[np.float64]
FOLDS, HARD, RANDOM = 5, 8, 8


def ntrex(tag: str) -> list[list[str]]:
    """The documents of NTREX in one language."""
    folder = gold.GOLD / "pairs" / "ntrex"
    out: dict[str, list[str]] = {}
    for name, line in zip(
        gold.lines(folder / "documents.tsv"), gold.lines(folder / f"{tag}.txt"), strict=True
    ):
        out.setdefault(name.split("\t")[0], []).append(line)
    return list(out.values())


def laws() -> tuple[list[list[str]], list[list[str]]]:
    zh, en = [], []
    for line in gold.lines(gold.GOLD / "pairs" / "laws.jsonl"):
        law = json.loads(line)
        sides = [
            [
                law[side]["title"],
                *(x for article in law[side]["articles"] for x in article["text"].split("\n") if x.strip()),
            ]
            for side in ("zh", "en")
        ]
        zh.append(sides[0])
        en.append(sides[1])
    return zh, en


def profiles(documents: list[list[str]], language: str) -> list[content.Profile]:
    return [content.profile(x, language, default_encoder()) for x in documents]  # type: ignore[arg-type]


def samples(zh: list[content.Profile], en: list[content.Profile]) -> tuple[Floats, Floats, Floats]:
    """Numbers, labels and folds."""
    rng = np.random.default_rng(0)
    means = [np.stack([p.units.mean(axis=0) for p in side]) for side in (zh, en)]
    near = means[0] @ means[1].T
    rows, labels, folds = [], [], []
    for i in range(len(zh)):
        hard = np.argsort(-near[i])[: HARD + 1].tolist()
        others = {*hard, *rng.integers(0, len(en), RANDOM).tolist()} - {i}
        for j in [i, *sorted(others)]:
            rows.append(content.numbers(zh[i], en[j]))
            labels.append(i == j)
            folds.append(i % FOLDS)
    return np.stack(rows), np.array(labels, np.float64), np.array(folds)


def fit(x: Floats, y: Floats) -> Floats:
    scale = x.std(0)
    scale[-1] = 1.0

    def loss(w: Floats) -> tuple[float, Floats]:
        s = x / scale @ w
        p = 1 / (1 + np.exp(-s))
        return float(np.logaddexp(0, np.where(y > 0, -s, s)).sum() + 0.05 * w @ w), (x / scale).T @ (
            p - y
        ) + 0.1 * w

    return minimise(loss, np.zeros(x.shape[1]), 200) / scale


def main() -> None:
    en = profiles(ntrex("en"), "en")
    sets = [samples(profiles(ntrex(tag), "zh"), en) for tag in ("zh-Hans", "zh-Hant")]
    law_zh, law_en = laws()
    sets.append(samples(profiles(law_zh, "zh"), profiles(law_en, "en")))
    x, y, fold = (np.concatenate([s[k] for s in sets]) for k in range(3))
    right = 0.0
    for k in range(FOLDS):
        w = fit(x[fold != k], y[fold != k])
        right += float((((x[fold == k] @ w) > 0) == (y[fold == k] > 0)).sum())
    print("right decisions, never seen:", right / len(y), "of", len(y))
    print(dict(zip(content.NAMES, fit(x, y).round(3).tolist(), strict=True)))


if __name__ == "__main__":
    main()
