"""python -m bench.train_align: learn the weights of the fine search from the gold sentence links.

Every pass learns from documents read as they will be: its knowledge of a document comes from earlier passes
whose weights never saw that document. Writes the shipped weights (learned from all documents) into the
package and, for honest figures, the weights that never saw a document to bench/align_left_out.json. Numbers
only, no text. Takes a few minutes."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bench import cards, crf, gold
from bench.changed import changed
from bench.crf import Lesson
from duizhao.alignments import (
    anchors,
    coarse,
    evidence,
    features,
    fine,
    frames,
    linked,
    model,
    search,
    sides,
    tracing,
)
from duizhao.alignments.encoder import default_encoder
from duizhao.alignments.model import Layer, Weights

Floats = NDArray[np.float64]
TRAINED_ON = (*gold.NOVELS, "academic")
CHANGES = (
    *(("removed-30", "en"), ("both", "zh"), ("foreign-1", "en")),
    *(("both", "en"), ("removed-50", "zh"), ("foreign-half", "zh")),
)
LEFT_OUT = Path(__file__).with_name("align_left_out.json")
SHIPPED = Path(model.__file__).with_name("weights.json")
SEAMS = [k for k, name in enumerate(features.GAP_NAMES) if "seam" in name]
# How strongly a weight is drawn to zero, per unit of the feature's deviation.
MARKS = features.BLOCK_NAMES.index("ends in question on both")
PENALTIES = {
    "base": [10.0] * MARKS + [30.0] * (len(features.BLOCK_NAMES) - MARKS),
    "traced": [30.0] * len(tracing.TRACED_NAMES),
    "linked": [30.0] * len(linked.LINKED_NAMES),
}
WORD_PENALTY, WORD_ROUNDS = 3.0, 30
MOST_WORDS = 12_000  # of a document and side that the scores of words are learned from
ROUNDS, MORE_ROUNDS = 150, 40


class Text:
    """A document while it is learned from."""

    def __init__(self, problem: fine.Problem, pairs: gold.Pairs) -> None:
        self.whole = problem
        self.pairs = pairs
        sizes = len(problem.texts[0]), len(problem.texts[1])
        self.lesson = Lesson(problem, steps_of(pairs, *sizes))
        self.reading = fine.read(problem)
        self.sources: tuple[evidence.Strengths, evidence.Strengths] | None = None

    def decode(self, weights: Layer) -> list[fine.Step]:
        return fine.decode(self.lesson.problem, weights)

    def count(self, weights: Layer) -> None:
        """Count words after the links of the first pass."""
        self.sources = fine.sources(self.reading, self.decode(weights))

    def columns(self, side: int) -> NDArray[np.float32]:
        """Word features of one side."""
        assert self.sources is not None
        words, first, vectors = self.reading.words, self.reading.first, self.reading.vectors
        linking = self.sources if side == 0 else [x.turned() for x in self.sources]
        order = slice(None, None, -1 if side else 1)
        return evidence.features(*words[order], first[side], linking, vectors[order])

    def trace(self, weights: tuple[Floats, Floats]) -> None:
        assert self.sources is not None
        told = fine.traced(self.whole, self.reading, self.sources, weights)
        self.lesson = self.lesson.with_block(told.block)

    def link(self, weights: Layer) -> None:
        told = fine.with_links(self.lesson.problem, self.reading, self.decode(weights))
        self.lesson = self.lesson.with_block(told.block)


def steps_of(pairs: gold.Pairs, zh_count: int, en_count: int) -> crf.Steps:
    """The path of gold links: between two blocks all Chinese sentences alone come first. A sentence by which
    a link crosses another stands alone."""
    steps = []
    i = j = 0
    links = sorted(x for x in pairs if x[0] and x[1])
    last = (zh_count, en_count)
    for zh, en in [*links, ((last[0],), (last[1],))]:
        zh, en = tuple(x for x in zh if x >= i), tuple(x for x in en if x >= j)
        if not zh or not en:
            continue
        steps += [(k, j, 1, 0) for k in range(i, zh[0])] + [(zh[0], k, 0, 1) for k in range(j, en[0])]
        if zh[0] < last[0]:
            steps.append((zh[0], en[0], zh[-1] + 1 - zh[0], en[-1] + 1 - en[0]))
        i, j = zh[-1] + 1, en[-1] + 1
    return steps


def text(name: str) -> Text:
    zh_texts, en_texts = gold.sentences(name)
    encoder = default_encoder()
    zh, en = sides.prepare(zh_texts, "zh", encoder), sides.prepare(en_texts, "en", encoder)
    chain = anchors.anchors(zh.vectors[0], en.vectors[0])
    layout = frames.plain(len(zh)), frames.plain(len(en))
    return Text(search.whole(zh, en, layout, chain).whole(), gold.links(name))


def changed_text(name: str, case: str, side: str) -> Text | None:
    """A changed document, as the fine search sees it behind the coarse one."""
    given = changed(name, case, side)
    encoder = default_encoder()
    zh, en = sides.prepare(given.zh, "zh", encoder), sides.prepare(given.en, "en", encoder)
    layout = frames.plain(len(zh)), frames.plain(len(en))
    corridor = coarse.corridor(anchors.anchors(zh.vectors[0], en.vectors[0]), len(zh), len(en))
    left = search.narrowed(zh, en, layout, coarse.search(zh, en, corridor, model.coarse_weights(), layout))
    if left is None:
        return None
    rows = {int(x): k for k, x in enumerate(left.kept_zh)}
    columns = {int(x): k for k, x in enumerate(left.kept_en)}
    kept = [
        (tuple(rows[i] for i in a), tuple(columns[j] for j in b))
        for a, b in given.links
        if all(i in rows for i in a) and all(j in columns for j in b)
    ]
    return Text(left.whole(), kept)


def links_of(steps: list[fine.Step]) -> gold.Pairs:
    return [(tuple(s.zh), tuple(s.en)) for s in steps]


def labels(one: Text, side: int) -> NDArray[np.bool_]:
    """(words, WIDTH): whether a sentence lies in the gold link of the word's sentence."""
    words, first = one.reading.words[side], one.reading.first[side]
    low, high = np.ones(len(first), np.int64), np.zeros(len(first), np.int64)
    for pair in one.pairs:
        if pair[1 - side]:
            low[list(pair[side])], high[list(pair[side])] = pair[1 - side][0], pair[1 - side][-1]
    column = first[words.sentence][:, None] + np.arange(evidence.WIDTH)
    return (column >= low[words.sentence][:, None]) & (column <= high[words.sentence][:, None])


def fit_words(texts: list[Text], side: int) -> Floats:
    """Weights under which the softmax of a word's scores lies most on its gold link."""
    columns, right = [], []
    for one in texts:
        own, good = one.columns(side), labels(one, side)
        chosen = np.flatnonzero((good & ~np.isnan(own[:, :, 0])).any(1))
        chosen = chosen[:: 1 + len(chosen) // MOST_WORDS]
        columns.append(own[chosen])
        right.append(good[chosen])
    x, y = np.concatenate(columns), np.concatenate(right)
    there = ~np.isnan(x[:, :, 0])
    x = np.nan_to_num(x)
    y &= there
    scale = x[there].std(0) + 1e-6
    x /= scale

    def loss(w: Floats) -> tuple[float, Floats]:
        score = np.where(there, x @ w.astype(np.float32), -1e9).astype(np.float64)
        odds = np.exp(score - score.max(1, keepdims=True))
        total, good = odds.sum(1), np.where(y, odds, 0).sum(1)
        slope = odds / total[:, None] - np.where(y, odds, 0) / np.maximum(good, 1e-30)[:, None]
        value = float((np.log(total) - np.log(np.maximum(good, 1e-30))).sum())
        return value + 0.5 * WORD_PENALTY * float(w @ w), np.einsum("tw,twf->f", slope, x) + WORD_PENALTY * w

    return crf.minimise(loss, np.zeros(x.shape[2]), WORD_ROUNDS) / scale


def penalties(passed: str) -> Floats:
    known = model.PASSES[: model.PASSES.index(passed) + 1]
    block = [x for name in known for x in PENALTIES[name]]
    return np.array(block + [30.0] * crf.CUT + [3.0] * crf.GAP)


def fit_pass(texts: dict[str, Text], passed: str) -> tuple[Layer, dict[str, Layer]]:
    """Weights of one pass: from all documents, and for each from the others."""
    lessons = {name: one.lesson for name, one in texts.items()}
    everything = list(lessons.values())
    penalty, scale = penalties(passed), crf.deviations(everything)
    start = crf.fit(everything, penalty, scale, np.zeros(len(scale)), ROUNDS)
    out = {}
    for name in texts:
        others = [x for key, x in lessons.items() if key != name]
        out[name] = crf.layer(crf.fit(others, penalty, scale, start, MORE_ROUNDS))
    found = {
        name: gold.strict([(links_of(texts[name].decode(out[name])), texts[name].pairs)]) for name in texts
    }
    print(passed, {name: round(x, 4) for name, x in found.items()}, flush=True)
    return crf.layer(start), out


def learn_whole(texts: dict[str, Text]) -> tuple[Weights, dict[str, Weights]]:
    """Weights from all documents, and by document those that never saw it."""
    base, base_out = fit_pass(texts, "base")
    for name, one in texts.items():
        one.count(base_out[name])
    words = [fit_words(list(texts.values()), side) for side in (0, 1)]
    words_out = {
        name: [fit_words([x for key, x in texts.items() if key != name], side) for side in (0, 1)]
        for name in texts
    }
    for name, one in texts.items():
        one.trace((words_out[name][0], words_out[name][1]))
    traced, traced_out = fit_pass(texts, "traced")
    for name, one in texts.items():
        one.link(traced_out[name])
    last, last_out = fit_pass(texts, "linked")
    return Weights(base, traced, last, *words), {
        name: Weights(base_out[name], traced_out[name], last_out[name], *words_out[name]) for name in texts
    }


def learn_parts(whole: Weights, left_out: dict[str, Weights]) -> tuple[Weights, dict[str, Weights]]:
    """For texts of which parts were left out only the prices at seams are learned, from changed novels; all
    else is as in whole texts, which holds for other kinds of text too."""
    texts = {name: [x for c, s in CHANGES if (x := changed_text(name, c, s))] for name in gold.NOVELS}
    parts, parts_out = whole, dict(left_out)
    for passed in model.PASSES:
        if passed == "traced":
            for name, group in texts.items():
                for one in group:
                    one.count(parts_out[name].base)
                    one.trace((left_out[name].zh_words, left_out[name].en_words))
        elif passed == "linked":
            for name, group in texts.items():
                for one in group:
                    one.link(parts_out[name].traced)
        for key in (None, *left_out):
            weights = parts if key is None else parts_out[key]
            lessons = [x.lesson for name, group in texts.items() if name != key for x in group]
            told = replace(weights, **{passed: seams(getattr(weights, passed), lessons)})
            if key is None:
                parts = told
            else:
                parts_out[key] = told
    return parts, parts_out


def seams(start: Layer, lessons: list[Lesson]) -> Layer:
    """The same weights with prices at seams learned from these documents."""
    before = len(start.block) + len(start.cut)
    places = [before + k for k in SEAMS]
    weights = np.concatenate([start.block, start.cut, start.gap])

    def loss(free: Floats) -> tuple[float, Floats]:
        w = weights.copy()
        w[places] = free
        total, slope = 0.5 * float(free @ free), free.copy()
        for one in lessons:
            value, own = one.loss(w)
            total, slope = total + value, slope + own[places]
        return total, slope

    weights[places] = crf.minimise(loss, np.zeros(len(places)), 30)
    return crf.layer(weights)


def fold(name: str) -> float:
    """Strict F1 on a document by weights of the last pass learned again without it, the shipped ones as a
    start; earlier passes as they are."""
    texts = {key: text(key) for key in TRAINED_ON}
    known = {key: weights_never_seen(key)[0] for key in texts}
    for key, one in texts.items():
        one.count(known[key].base)
        one.trace((known[key].zh_words, known[key].en_words))
        one.link(known[key].traced)
    shipped = model.model_weights()[0].linked
    start = np.concatenate([shipped.block, shipped.cut, shipped.gap])
    others = [one.lesson for key, one in texts.items() if key != name]
    scale = crf.deviations([one.lesson for one in texts.values()])
    weights = crf.fit(others, penalties("linked"), scale, start, MORE_ROUNDS)
    return gold.strict([(links_of(texts[name].decode(crf.layer(weights))), texts[name].pairs)])


def weights_never_seen(name: str) -> tuple[Weights, Weights]:
    """Weights that never saw this document: for whole texts and for parts."""
    if name not in TRAINED_ON:
        return model.model_weights()
    return model.pair_of(json.loads(LEFT_OUT.read_text(encoding="utf-8"))[name])


def main() -> None:
    texts = {name: text(name) for name in TRAINED_ON}
    for name, one in texts.items():
        print(f"{name}: {len(one.whole.found.i)} candidates, {one.lesson.missed} gold blocks not among them")
    whole, left_out = learn_whole(texts)
    results = {name: (links_of(one.decode(left_out[name].linked)), one.pairs) for name, one in texts.items()}
    scores = {name: round(gold.strict([one]), 4) for name, one in results.items()}
    scores["mac-dev together"] = round(gold.strict(results[name] for name in gold.NOVELS), 4)
    print("strict F1, never seen:", scores, flush=True)
    parts, parts_out = learn_parts(whole, left_out)
    stored = json.loads(SHIPPED.read_text(encoding="utf-8"))
    stored.update(both(whole, parts))
    SHIPPED.write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")
    kept = {name: both(left_out[name], parts_out[name]) for name in TRAINED_ON}
    LEFT_OUT.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
    cards.seal(
        SHIPPED,
        "fine",
        data=gold.DATA,
        licence=gold.LICENCE,
        scores={"strict F1, never seen": scores},
        program="python -m bench.train_align",
    )


def both(whole: Weights, parts: Weights) -> dict[str, object]:
    """Weights for whole texts, and of those for parts the gaps, by name."""
    told = model.stored_of(parts)
    return {
        "whole": model.stored_of(whole),
        "parts": {name: told[name]["gap"] for name in model.PASSES},
    }


if __name__ == "__main__":
    main()
