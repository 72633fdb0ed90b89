"""python -m bench.check_trained: what was learned is learned again, and compared with the cards.

Scores must be the same to 0.003; on the processor that the card was written on, weights to the last digit.
Whole where that takes seconds (the coarse model), else one fold: the first pass of the fine model without the
academic text, and one fold of the word linker's stages (tests/words/test_words_gold.py). The gate runs that.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bench import cards, train_align, train_coarse

CLOSE = 0.003
FOLD = "academic"


@dataclass(frozen=True, slots=True)
class Again:
    """``scores``: (on the card, now) by name. ``same``: whether weights came out the same; None where only a
    fold was learned, or on another processor than the card's."""

    scores: Mapping[str, tuple[float, float]]
    same: bool | None = None

    def problems(self) -> list[str]:
        out = [
            f"{name}: the card says {said}, now it is {now:.5f}"
            for name, (said, now) in self.scores.items()
            if abs(said - now) > CLOSE
        ]
        return out + ["the weights are others than those shipped"] * (self.same is False)


def coarse() -> Again:
    said = cards.read(train_align.SHIPPED)["parts"]["coarse"]
    weights, scores = train_coarse.learn()
    shipped = json.loads(train_align.SHIPPED.read_text(encoding="utf-8"))["coarse"]
    same = weights == shipped if said["processor"] == cards.processor() else None
    return Again({name: (said["scores"][name], now) for name, now in scores.items()}, same)


def fine() -> Again:
    said = cards.read(train_align.SHIPPED)["parts"]["fine"]["scores"]["strict F1 by pass, never seen"]
    return Again(
        {f"strict F1 of {FOLD}, never seen, first pass": (said["base"][FOLD], train_align.fold(FOLD))}
    )


PARTS: dict[str, Callable[[], Again]] = {"coarse": coarse, "fine": fine}


def main() -> int:
    failed = 0
    for name, learn in PARTS.items():
        again = learn()
        wrong = again.problems()
        failed += bool(wrong)
        same = {True: "the same weights", False: "other weights", None: "scores only"}[again.same]
        print(f"{name}: {'; '.join(wrong) or f'as on the card ({same})'}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
