"""python -m bench.pairs_gold: pairing by content on NTREX, names taken away: F1 whole, and with a third of
the counterparts gone on each side."""

from __future__ import annotations

import random

from bench.train_pairs import ntrex
from duizhao.pairs import pair
from duizhao.records import Document, Language, Place, Section, Sentence


def document(name: str, language: Language, texts: list[str]) -> Document:
    sentences = tuple(Sentence(k, text, 0, k, Place("", "", 0, 0)) for k, text in enumerate(texts))
    return Document("", name, language, language, "", (), (Section(0, 0, -1, "", "body"),), sentences)


def figures(tag: str, missing: float = 0.0) -> dict[str, float]:
    """Precision, recall and F1; ``missing``: share of the documents of each side that are taken away."""
    dice = random.Random(tag)
    zh, en = ntrex(tag), ntrex("en")
    numbers = list(range(len(zh)))
    left = [k for k in numbers if dice.random() >= missing]
    right = [k for k in numbers if dice.random() >= missing]
    dice.shuffle(right)
    found = pair(
        [document(f"{n}", "zh", zh[k]) for n, k in enumerate(left)],
        [document(f"{n + 5000}", "en", en[k]) for n, k in enumerate(right)],
    )
    hits = sum(left[p.zh] == right[p.en] for p in found)
    gold = len(set(left) & set(right))
    return {
        "precision": hits / max(1, len(found)),
        "recall": hits / max(1, gold),
        "f1": 2 * hits / max(1, len(found) + gold),
    }


def main() -> None:
    for tag in ("zh-Hans", "zh-Hant"):
        for missing in (0.0, 0.33):
            print(
                tag,
                f"missing {missing:.0%}:",
                {k: round(v, 4) for k, v in figures(tag, missing).items()},
                flush=True,
            )


if __name__ == "__main__":
    main()
