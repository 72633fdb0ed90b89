"""python -m bench.align_gold: strict F1 of the aligner on the gold sentence links.

Documents that the weights were learned from are aligned with weights that never saw them
(bench/align_left_out.json); bible-5k, which nothing was learned from, with the shipped ones."""

from __future__ import annotations

import json
from collections.abc import Iterable

from bench import gold
from bench.train_align import LEFT_OUT, TRAINED_ON, links_of
from duizhao.alignments import frames, model, search, sides
from duizhao.alignments.encoder import default_encoder


def weights(name: str) -> tuple[model.Weights, model.Weights]:
    """Weights that never saw this document: for whole texts and for parts."""
    if name not in TRAINED_ON:
        return model.model_weights()
    stored = json.loads(LEFT_OUT.read_text(encoding="utf-8"))[name]
    return model.weights_of(stored["whole"]), model.weights_of(stored["parts"])


def found(name: str, zh_texts: list[str], en_texts: list[str]) -> gold.Pairs:
    zh, en = (
        sides.prepare(zh_texts, "zh", default_encoder()),
        sides.prepare(en_texts, "en", default_encoder()),
    )
    layout = frames.plain(len(zh)), frames.plain(len(en))
    return links_of(search.search(zh, en, layout, weights(name)))


def pooled(names: Iterable[str]) -> float:
    """Strict F1, all links of these documents counted together."""
    return gold.strict(
        (gold.by_verse(name, found(name, *gold.sentences(name))), gold.links(name)) for name in names
    )


def main() -> None:
    for name in (*gold.NOVELS, "academic", "bible-5k"):
        print(f"{name}: {pooled([name]):.4f}", flush=True)
    print(f"mac-dev together: {pooled(gold.NOVELS):.4f}", flush=True)


if __name__ == "__main__":
    main()
