"""python -m bench.train_align: learn the weights of the fine search from the gold sentence links.

The novels are learned from as they are and, with less weight, changed as real documents are (`changed`), so
that it is known what standing alone costs. Every pass learns from documents read as they will be: its
knowledge of a document comes from earlier passes whose weights never saw that document. Writes the shipped
weights (learned from all documents) into the package and, for honest figures, the weights that never saw a
document to bench/align_left_out.json. Numbers only, no text. Takes some minutes."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from bench import cards, crf, gold
from bench.changed import changed, short
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
    windows,
)
from duizhao.alignments.encoder import default_encoder
from duizhao.alignments.model import Layer, Weights

Floats = NDArray[np.float64]
T = TypeVar("T")
U = TypeVar("U")
TRAINED_ON = (*gold.NOVELS, "academic")
# How much a document changed in these ways weighs, on each side; as it is it weighs 1.
CHANGES = {
    "omitted": 0.05,
    "removed-10": 0.1,
    "removed-30": 0.1,
    "removed-50": 0.1,
    "foreign-1": 0.1,
    "both": 0.1,
    "strays": 0.1,
}
LEFT_OUT = Path(__file__).with_name("align_left_out.json")
SHIPPED = Path(model.__file__).with_name("weights.json")
# How strongly a weight is drawn to zero, per unit of the feature's deviation.
MARKS = features.BLOCK_NAMES.index("ends in question on both")
PENALTIES = {
    "base": [10.0] * MARKS + [30.0] * (len(features.BLOCK_NAMES) - MARKS),
    "traced": [30.0] * len(tracing.TRACED_NAMES),
    "linked": [30.0] * len(linked.LINKED_NAMES),
}
APART = np.array([name.endswith(features.SHORT_NAMES) for name in features.GAP_NAMES])  # by `train_short`
WORD_PENALTY, WORD_ROUNDS = 3.0, 30
MOST_WORDS = 12_000  # of a document and side that the scores of words are learned from
ROUNDS, MORE_ROUNDS = 150, 40


class Text:
    """A document while it is learned from: the gold document ``name``, as it is or changed."""

    def __init__(self, name: str, case: str, problem: fine.Problem, pairs: gold.Pairs) -> None:
        self.name, self.case = name, case
        self.whole = problem
        self.pairs = pairs
        sizes = len(problem.texts[0]), len(problem.texts[1])
        self.lesson = Lesson(problem, steps_of(pairs, *sizes), CHANGES.get(case, 1.0))
        self.reading: fine.Reading | None = None
        self.sources: tuple[evidence.Strengths, evidence.Strengths] | None = None

    def decode(self, weights: Layer) -> list[fine.Step]:
        return fine.decode(self.lesson.problem, weights)

    def count(self, weights: Layer) -> None:
        """Count words after the links of the first pass."""
        self.reading = fine.read(self.whole)
        self.sources = fine.sources(self.reading, fine.first_path(self.lesson.problem, weights))

    def columns(self, side: int) -> NDArray[np.float32]:
        """Word features of one side."""
        assert self.sources is not None and self.reading is not None
        words, first, vectors = self.reading.words, self.reading.first, self.reading.vectors
        linking = self.sources if side == 0 else [x.turned() for x in self.sources]
        order = slice(None, None, -1 if side else 1)
        return evidence.features(*words[order], first[side], linking, vectors[order])

    def trace(self, weights: tuple[Floats, Floats]) -> None:
        assert self.sources is not None and self.reading is not None
        told = fine.traced(self.whole, self.reading, self.sources, weights)
        self.lesson = self.lesson.with_block(told.block)

    def link(self, weights: Layer) -> None:
        assert self.reading is not None
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


def text(name: str, case: str = "clean", side: str = "en", number: int = -1) -> Text | None:
    """A gold document, changed in one of the ways of `changed`, or with a ``number`` one of its short texts,
    as the fine search sees it. None where the coarse search links nothing."""
    given = changed(name, case, side) if number < 0 else short(name, case, side, number)
    encoder = default_encoder()
    zh, en = sides.prepare(given.zh, "zh", encoder), sides.prepare(given.en, "en", encoder)
    layout = frames.plain(len(zh)), frames.plain(len(en))
    chain = anchors.anchors(zh.vectors[0], en.vectors[0])
    stretches = windows.stretches(zh, en, layout, chain, coarse.known(zh, en))
    left = search.narrowed(zh, en, layout, stretches, len(zh) + len(en))
    if left is None:
        return None
    rows = {int(x): k for k, x in enumerate(left.kept_zh)}
    columns = {int(x): k for k, x in enumerate(left.kept_en)}
    kept = [
        (tuple(rows[i] for i in a), tuple(columns[j] for j in b))
        for a, b in (gold.links(name) if case == "clean" else given.links)
        if all(i in rows for i in a) and all(j in columns for j in b)
    ]
    return Text(name, case, left.whole(), kept)


def texts() -> list[Text]:
    """All documents that are learned from."""
    cases = [(name, "clean", "en") for name in TRAINED_ON]
    cases += [(name, case, side) for name in gold.NOVELS for case in CHANGES for side in ("en", "zh")]
    return some(cases)


Case = tuple[str, str, str] | tuple[str, str, str, int]  # arguments of `text`


def some(cases: Sequence[Case]) -> list[Text]:
    """The texts of these cases, by several processes."""
    return [one for one in at_once(_text, cases) if one is not None]


def _text(case: Case) -> Text | None:
    return text(*case)


def at_once(task: Callable[[T], U], items: Sequence[T]) -> list[U]:
    """The task done to every item, by several processes that begin with all that this one holds."""
    with ProcessPoolExecutor(mp_context=get_context("fork"), initializer=alone) as pool:
        return list(pool.map(task, items))


def alone() -> None:
    """One thread a process, so that sums are the same however many processors there are."""
    _limits.append(threadpool_limits(1))


_limits: list[threadpool_limits] = []
_held: list[Text] = []  # what the processes of `at_once` begin with


def links_of(steps: Sequence[fine.Step]) -> gold.Pairs:
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


def fit_pass(passed: str) -> tuple[dict[str | None, Layer], dict[str, float]]:
    """Weights of one pass: from all documents (None), and for each gold document from the others, with the
    scores of these."""
    lessons = [one.lesson for one in _held]
    scale = crf.deviations(lessons)
    start = crf.fit(lessons, penalties(passed), scale, np.zeros(len(scale)), ROUNDS, ~apart(len(scale)))
    fit = partial(_fit_without, passed=passed, scale=scale, start=start)
    out: dict[str | None, Layer] = dict(zip(TRAINED_ON, at_once(fit, TRAINED_ON), strict=True))
    scores = scores_of(out)
    print(passed, scores, flush=True)
    return {None: crf.layer(start), **out}, scores


def _fit_without(name: str, passed: str, scale: Floats, start: Floats) -> Layer:
    others = [one.lesson for one in _held if one.name != name]
    free = ~apart(len(scale))
    return crf.layer(crf.fit(others, penalties(passed), scale, np.where(free, start, 0.0), MORE_ROUNDS, free))


def apart(size: int) -> NDArray[np.bool_]:
    """Which of so many weights of a pass `train_short` learns: some of those of gaps, which come last."""
    return np.concatenate([np.zeros(size - len(APART), bool), APART])


def scores_of(layers: Mapping[str | None, Layer]) -> dict[str, float]:
    """Strict F1 on the gold documents as they are, by the layers of those that never saw them."""
    results = {
        one.name: (links_of(one.decode(layers[one.name])), one.pairs) for one in _held if one.case == "clean"
    }
    scores = {name: round(gold.strict([one]), 4) for name, one in results.items()}
    scores["mac-dev together"] = round(gold.strict(results[name] for name in gold.NOVELS), 4)
    return scores


def told(method: str, known: Mapping[str | None, Sequence[Any]]) -> None:
    """Every document is told what is known of it by weights that never saw it: a method of Text, and its
    arguments by document."""
    global _held
    _held = at_once(partial(_tell, method=method, known=known), range(len(_held)))


def _tell(number: int, method: str, known: Mapping[str | None, Sequence[Any]]) -> Text:
    one = _held[number]
    getattr(one, method)(*known[one.name])
    return one


def held() -> list[Text]:
    """What the processes of `at_once` hold."""
    return _held


def hold(texts: list[Text]) -> None:
    """Let the processes of `at_once` begin with these."""
    global _held
    _held = texts


def learn() -> tuple[dict[str | None, Weights], dict[str, dict[str, float]]]:
    """Weights from all documents (None), and by gold document those that never saw it; the scores of the
    latter after every pass."""
    global _held
    alone()
    _held = texts()
    scores = {}
    base, scores["base"] = fit_pass("base")
    told("count", {key: [layer] for key, layer in base.items()})
    clean = [one for one in _held if one.case == "clean"]
    words = {}
    for key in (None, *TRAINED_ON):
        others = [one for one in clean if one.name != key]
        words[key] = fit_words(others, 0), fit_words(others, 1)
    told("trace", {key: [x] for key, x in words.items()})
    traced, scores["traced"] = fit_pass("traced")
    told("link", {key: [layer] for key, layer in traced.items()})
    linked, scores["linked"] = fit_pass("linked")
    return {key: Weights(base[key], traced[key], linked[key], *words[key]) for key in words}, scores


def fold(name: str) -> float:
    """Strict F1 on a document by weights of the first pass learned again without it, the shipped ones as a
    start."""
    global _held
    _held = texts()
    shipped = model.model_weights().base
    start = np.concatenate([shipped.block, shipped.cut, shipped.gap])
    layer = _fit_without(name, "base", crf.deviations([one.lesson for one in _held]), start)
    one = next(x for x in _held if x.name == name and x.case == "clean")
    _held = []
    return gold.strict([(links_of(one.decode(layer)), one.pairs)])


def weights_never_seen(name: str) -> Weights:
    """Weights that never saw this document."""
    if name not in TRAINED_ON:
        return model.model_weights()
    return model.weights_of(json.loads(LEFT_OUT.read_text(encoding="utf-8"))[name])


def write(weights: Mapping[str | None, Weights]) -> None:
    """Weights from all documents (None) into the package, those that never saw a document beside this."""
    stored = json.loads(SHIPPED.read_text(encoding="utf-8"))
    stored["fine"] = model.stored_of(weights[None])
    SHIPPED.write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")
    kept = [f'"{name}": {json.dumps(model.stored_of(weights[name]))}' for name in TRAINED_ON]
    LEFT_OUT.write_text("{\n" + ",\n".join(kept) + "\n}\n", encoding="utf-8")


def main() -> None:
    weights, scores = learn()
    write(weights)
    cards.seal(
        SHIPPED,
        "fine",
        data=gold.DATA,
        licence=gold.LICENCE,
        scores={"strict F1 by pass, never seen": scores},
        program="python -m bench.train_align",
    )


if __name__ == "__main__":
    main()
