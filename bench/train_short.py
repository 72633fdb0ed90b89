"""python -m bench.train_short: learn from short pieces of the novels what standing alone costs there.

Only the few weights of `features.SHORT_NAMES` are learned, after `train_align` and with all of its weights
held; they say nothing in long texts, which stay as they are. (Learned together with the rest, short texts
came out no better, and the Bible, never seen, fell from 0.992 to 0.987.) Every pass reads a piece with
weights that never saw its novel. Takes two minutes."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import numpy as np

from bench import cards, crf, gold, train_align
from bench.changed import SHORT_CASES
from bench.train_align import SHIPPED, TRAINED_ON
from duizhao.alignments import features, model
from duizhao.alignments.model import Layer, Weights

EACH = 8  # pieces of each kind, of a novel and side
WEIGHTS = {SHORT_CASES[0]: 3.0, SHORT_CASES[1]: 1.0, SHORT_CASES[2]: 1.0}  # most short texts are clean
PENALTY = 1.0
ROUNDS = 20


def learn() -> dict[str | None, Weights]:
    """Weights from all pieces (None), and by gold document those that never saw one of its own."""
    train_align.alone()
    known = {name: train_align.weights_never_seen(name) for name in TRAINED_ON}
    known = {None: model.model_weights(), **known}
    cases = [
        (name, case, side, number)
        for name in gold.NOVELS
        for case in SHORT_CASES
        for side in ("en", "zh")
        for number in range(EACH)
    ]
    pieces = train_align.some(cases)
    for piece in pieces:
        piece.lesson.weight = WEIGHTS[piece.case]
    train_align.hold(pieces)
    base = _fitted("base", known)
    train_align.told("count", {key: [layer] for key, layer in base.items()})
    train_align.told("trace", {key: [(x.zh_words, x.en_words)] for key, x in known.items()})
    traced = _fitted("traced", known)
    train_align.told("link", {key: [layer] for key, layer in traced.items()})
    linked = _fitted("linked", known)
    return {
        key: Weights(base[key], traced[key], linked[key], x.zh_words, x.en_words) for key, x in known.items()
    }


def _fitted(passed: str, known: Mapping[str | None, Weights]) -> dict[str | None, Layer]:
    fit = partial(_fit, passed=passed, known=known)
    return dict(zip(known, train_align.at_once(fit, list(known)), strict=True))


def _fit(without: str | None, passed: str, known: Mapping[str | None, Any]) -> Layer:
    held = getattr(known[without], passed)
    start = np.concatenate([held.block, held.cut, held.gap])
    free = train_align.apart(len(start))
    start[free] = 0.0
    lessons = [one.lesson for one in train_align.held() if one.name != without]
    penalty = np.where(free, PENALTY, 0.0)
    return crf.layer(crf.fit(lessons, penalty, np.ones(len(start)), start, ROUNDS, free))


def main() -> None:
    weights = learn()
    train_align.write(weights)
    said = cards.read(SHIPPED)["parts"]["fine"]["scores"]
    cards.seal(
        SHIPPED,
        "fine",
        data=gold.DATA,
        licence=gold.LICENCE,
        scores=said,
        program="python -m bench.train_short",  # after train_align
    )
    for name in model.PASSES:
        layer = getattr(weights[None], name)
        print(
            name,
            model.named(
                np.array(features.GAP_NAMES)[train_align.APART].tolist(), layer.gap[train_align.APART]
            ),
        )


if __name__ == "__main__":
    main()
