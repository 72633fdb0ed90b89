"""python -m bench.train_likeness: learn when two texts are translations of each other at all.

Translations: stretches of 1 to 60 sentences of the gold texts, news articles of NTREX, changed texts. Others:
such stretches against those of another text, or of another place in the same one."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from bench import cards, gold
from bench.changed import changed
from bench.crf import minimise
from bench.train_align import SHIPPED, TRAINED_ON
from bench.train_pairs import ntrex
from duizhao.alignments import frames, likeness, search, sides
from duizhao.alignments.encoder import default_encoder
from duizhao.alignments.model import named

Floats = NDArray[np.float64]
Texts = tuple[list[str], list[str]]
FOLDS = 5


def stretches(name: str, dice: random.Random) -> Iterator[Texts]:
    """Stretches of a gold text, of growing size, cut at links."""
    zh, en = gold.sentences(name)
    links = [x for x in gold.links(name) if x[0] and x[1]]
    for size in (1, 2, 3, 4, 5, 7, 10, 15, 25, 60):
        start = dice.randrange(len(links) - size)
        first, last = links[start], links[start + size - 1]
        yield zh[first[0][0] : last[0][-1] + 1], en[first[1][0] : last[1][-1] + 1]


def samples() -> tuple[Floats, Floats, NDArray[np.int64]]:
    """Numbers, labels, folds (by text)."""
    dice = random.Random(7)
    groups: list[list[Texts]] = [[*stretches(name, dice), gold.sentences(name)] for name in gold.NOVELS]
    groups.append(list(stretches("academic", dice)))
    news = list(zip(ntrex("zh-Hans")[:40], ntrex("en")[:40], strict=True))
    groups += [news[:20], news[20:], list(zip(ntrex("zh-Hant")[40:55], ntrex("en")[40:55], strict=True))]
    for name, case, side in (
        ("mac-dev-001", "both", "en"),
        ("mac-dev-003", "foreign-1", "en"),
        ("mac-dev-005", "both", "zh"),
    ):
        text = changed(name, case, side)
        groups[TRAINED_ON.index(name)].append((text.zh, text.en))
    rows, labels, folds = [], [], []
    for number, group in enumerate(groups):
        for k, (zh, en) in enumerate(group):
            other = groups[(number + 1 + k % 3) % len(groups)]
            near = [x for x in other if 0.5 < len(x[1]) / len(en) < 2] or other
            same = group[(k + 3) % len(group)]
            for left, right, label in (
                (zh, en, True),
                (zh, dice.choice(near)[1], False),
                (zh, same[1], False),
            ):
                if not label and (right is en or set(right) & set(en)):
                    continue
                rows.append(one(left, right))
                labels.append(label)
                folds.append(number % FOLDS)
    return np.stack(rows), np.array(labels, np.float64), np.array(folds)


def one(zh_texts: list[str], en_texts: list[str]) -> Floats:
    zh, en = (
        sides.prepare(zh_texts, "zh", default_encoder()),
        sides.prepare(en_texts, "en", default_encoder()),
    )
    steps = search.search(zh, en, (frames.plain(len(zh)), frames.plain(len(en))))
    return likeness.numbers(zh, en, steps)


def fit(x: Floats, y: Floats) -> Floats:
    scale = np.where(x.std(0) > 0, x.std(0), 1.0)

    def loss(w: Floats) -> tuple[float, Floats]:
        s = x / scale @ w
        p = 1 / (1 + np.exp(-s))
        return float(np.logaddexp(0, np.where(y > 0, -s, s)).sum() + 0.25 * w @ w), (x / scale).T @ (
            p - y
        ) + 0.5 * w

    return minimise(loss, np.zeros(x.shape[1]), 200) / scale


def main() -> None:
    x, y, fold = samples()
    wrong = 0.0
    loss = 0.0
    for k in range(FOLDS):
        w = fit(x[fold != k], y[fold != k])
        s = x[fold == k] @ w
        truth = y[fold == k] > 0
        wrong += float(((s > 0) != truth).sum())
        loss += float(np.logaddexp(0, np.where(truth, -s, s)).sum())
    scores = {
        "right, never seen": round(1 - wrong / len(y), 4),
        "log loss, never seen": round(loss / len(y), 4),
        "pairs": len(y),
        "translations": int(y.sum()),
    }
    weights = named(likeness.NAMES, fit(x, y))
    print(scores, weights)
    stored = json.loads(SHIPPED.read_text(encoding="utf-8"))
    stored["likeness"] = weights
    SHIPPED.write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")
    data = f"{gold.DATA}; gold/pairs/ntrex (NTREX, CC BY-SA 4.0)"
    cards.seal(
        SHIPPED,
        "likeness",
        data=data,
        licence=gold.LICENCE,
        scores=scores,
        program="python -m bench.train_likeness",
    )


if __name__ == "__main__":
    main()
