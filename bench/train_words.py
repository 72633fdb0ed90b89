"""Learn the stages of the word linker from the word links of the gold, and cross-validate them.

    python -m bench.train_words          cross-validate, train on all pairs, write the artefacts
    python -m bench.train_words --cv     cross-validate only

Five contiguous folds of thirty pairs; link rates, trees, networks and inner folds come from the other
four; the threshold was set beforehand. The word model reads the words of the whole file, as the command does,
never its links."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench import cards
from bench.train_networks import fit_networks
from bench.words_data import Cells, WordPair, error_rate, gold, other_pairs, pairs
from duizhao.words import features, model, rates, stages
from duizhao.words.corpus import corpus
from duizhao.words.evidence import evidence
from duizhao.words.language import language
from duizhao.words.rates import LinkRates
from duizhao.words.stages import Stage
from duizhao.words.trees import Forest, Tree, bins
from duizhao.words.vectors import encode

ROOT = Path(__file__).resolve().parent.parent
HOME = ROOT / "src" / "duizhao" / "words"
FOLDS, INNER, NETWORKS = 5, 5, 3
SEED = 0
ALONE = 0.4  # mean posterior from which on the word model alone links
# A calibrated probability serves an F-measure best when cut at half its value (Lipton et al. 2014);
# F is about 0.9.
THRESHOLD = 0.45
MOST_BINS = 100
FLATTER = 0.5  # power of the jumps
COMMON = {
    "objective": "binary",
    "num_leaves": 15,
    "min_data_in_leaf": 40,
    "feature_fraction": 0.4,
    "bagging_fraction": 0.7,
    "bagging_freq": 1,
    "lambda_l2": 5.0,
    "max_bin": 255,
    "num_threads": 1,
    "deterministic": True,
    "force_row_wise": True,
    "verbose": -1,
}
FIRST = {**COMMON, "learning_rate": 0.05}, 250
SECOND = {**COMMON, "learning_rate": 0.03}, 300

Table = NDArray[np.float32]


@dataclass(frozen=True)
class Sentence:
    """One sentence pair as the trees see it. ``table``: candidates' features, without rates. ``where``: the
    candidates' words. ``labels``: 1 sure, 0.5 possible only, 0 none, of every cell."""

    zh: list[str]
    en: list[str]
    table: Table
    where: tuple[NDArray[np.int64], NDArray[np.int64]]
    labels: NDArray[np.float64]
    mean: Table


def read(
    found: Sequence[WordPair], truth: Sequence[tuple[Cells, Cells]], given: model.WordModel | None = None
) -> list[Sentence]:
    """``given``: the word model to read with, by default one learned from these pairs."""
    text = corpus(found)
    known = evidence(text)
    reader = model.Reader(given or model.learn_from(text, known), text, known)
    out: dict[int, Sentence] = {}
    for batch in text.batches:
        seen = features.first(text, known, batch, reader.read(batch))
        row_of = np.nonzero(seen.candidates)[0]
        for row, k in enumerate(batch.rows.tolist()):
            n, m = int(batch.n[row]), int(batch.m[row])
            labels = np.zeros((n, m))
            for value, links in ((0.5, truth[k][1]), (1.0, truth[k][0])):
                for i, j in links:
                    labels[i, j] = value
            out[k] = Sentence(
                [text.zh[x] for x in batch.zh[row, :n]],
                [text.en[x] for x in batch.en[row, :m]],
                seen.table[row_of == row],
                np.nonzero(seen.candidates[row, :n, :m]),
                labels,
                seen.mean[row, :n, :m],
            )
    return [out[k] for k in range(len(found))]


def count(sentences: Sequence[Sentence]) -> LinkRates:
    zh: dict[str, tuple[int, int, int]] = {}
    en: dict[str, tuple[int, int, int]] = {}
    cells: dict[tuple[str, str], tuple[int, int]] = {}
    for one in sentences:
        linked = one.labels >= 0.5
        for words, table, axis in ((one.zh, zh, 1), (one.en, en, 0)):
            for word, links in zip(words, linked.sum(axis).tolist(), strict=True):
                a, b, c = table.get(word, (0, 0, 0))
                table[word] = a + 1, b + (links > 0), c + links
        for i, z in enumerate(one.zh):
            for j, e in enumerate(one.en):
                met, links = cells.get((z, e), (0, 0))
                cells[z, e] = met + 1, links + int(linked[i, j])
    return LinkRates(zh, en, cells)


def telling(found: LinkRates) -> LinkRates:
    """Without the pairs that were met once and not linked: they count as never met."""
    return replace(found, cells={key: x for key, x in found.cells.items() if x != (1, 0)})


def with_rates(one: Sentence, found: LinkRates, own: bool) -> Table:
    """The features with the link rates. ``own``: the sentence is among the counted, so its own counts are
    taken away."""
    mine = count([one]) if own else LinkRates({}, {}, {})
    i, j = one.where

    def side(words: list[str], table: dict[str, Any], minus: dict[str, Any]) -> NDArray[np.float64]:
        none = (0, 0, 0)
        return np.array([np.subtract(table.get(x, none), minus.get(x, none)) for x in words], float)

    pair = [
        np.subtract(
            found.cells.get((one.zh[a], one.en[b]), (0, 0)), mine.cells.get((one.zh[a], one.en[b]), (0, 0))
        )
        for a, b in zip(i, j, strict=True)
    ]
    return np.hstack(
        [
            one.table,
            rates.side_features(side(one.zh, found.zh, mine.zh)[i], rates.means(found.zh)),
            rates.side_features(side(one.en, found.en, mine.en)[j], rates.means(found.en)),
            rates.pair_features(np.array(pair, float).reshape(-1, 2)),
        ]
    )


def grid(one: Sentence, values: NDArray[np.float64]) -> Table:
    out = np.zeros(one.labels.shape, np.float32)
    out[one.where] = values
    return out


def with_context(one: Sentence, table: Table, probability: Table) -> Table:
    candidates = np.zeros(one.labels.shape, bool)
    candidates[one.where] = True
    here = np.ones(one.labels.shape, bool)
    return np.hstack([table, features.second(probability[None], here[None], candidates[None])])


def edges_of(table: Table) -> tuple[tuple[float, ...], ...]:
    """Upper edges of at most MOST_BINS bins a feature: halfway between the quantiles of the values."""
    out = []
    for column in table.T:
        values = np.unique(column)
        if len(values) > MOST_BINS:
            values = np.unique(np.quantile(column, np.linspace(0, 1, MOST_BINS), method="nearest"))
        middles = (values[1:].astype(float) + values[:-1].astype(float)) / 2
        out.append(tuple(sorted({float(f"{x:.5g}") for x in middles})))
    return tuple(out)


def fit(sentences: Sequence[Sentence], tables: Sequence[Table], stage: tuple[dict[str, Any], int]) -> Stage:
    import lightgbm

    table = np.concatenate(list(tables))
    y = np.concatenate([one.labels[one.where] for one in sentences])
    table, y = table[y != 0.5], y[y != 0.5]
    edges = edges_of(table)
    codes = bins(table, edges).T.astype(np.float64)
    booster = lightgbm.train({**stage[0], "seed": SEED}, lightgbm.Dataset(codes, y), stage[1])
    trees = tuple(tree_of(x["tree_structure"]) for x in booster.dump_model()["tree_info"])
    return Stage(Forest(edges, trees), fit_networks(table, y, NETWORKS))


def tree_of(root: dict[str, Any]) -> Tree:
    leaves: list[float] = []
    questions: list[tuple[int, int, int]] = []

    def walk(node: dict[str, Any]) -> None:
        if "leaf_value" in node:
            leaves.append(float(f"{node['leaf_value']:.4g}"))
            return
        before = len(leaves)
        walk(node["left_child"])
        mask = (1 << len(leaves)) - (1 << before)
        questions.append((int(node["split_feature"]), int(np.floor(node["threshold"])), mask))
        walk(node["right_child"])

    walk(root)
    return Tree(tuple(questions), tuple(leaves))


def train(sentences: Sequence[Sentence]) -> tuple[LinkRates, Stage, Stage]:
    """Stage two learns from probabilities of sentences that stage one had not seen."""
    held_out: list[Table] = []
    for part in np.array_split(np.arange(len(sentences)), INNER):
        inside = set(part.tolist())
        rest = [one for k, one in enumerate(sentences) if k not in inside]
        found = count(rest)
        stage = fit(rest, [with_rates(one, found, True) for one in rest], FIRST)
        for k in part.tolist():
            held_out.append(grid(sentences[k], stage.probabilities(with_rates(sentences[k], found, False))))
    found = count(sentences)
    tables = [with_rates(one, found, True) for one in sentences]
    first = fit(sentences, tables, FIRST)
    tables = [with_context(*x) for x in zip(sentences, tables, held_out, strict=True)]
    return found, first, fit(sentences, tables, SECOND)


def apply(
    trained: tuple[LinkRates, Stage, Stage], sentences: Sequence[Sentence]
) -> list[tuple[Table, Table]]:
    """Probabilities of both stages."""
    found, first, second = trained
    out = []
    for one in sentences:
        table = with_rates(one, found, False)
        before = grid(one, first.probabilities(table))
        out.append((before, grid(one, second.probabilities(with_context(one, table, before)))))
    return out


def above(probability: Table, threshold: float) -> Cells:
    return {(int(i), int(j)) for i, j in zip(*np.nonzero(probability > threshold), strict=True)}


def folds(size: int) -> list[list[int]]:
    return [part.tolist() for part in np.array_split(np.arange(size), FOLDS)]


def cross_validate(sentences: Sequence[Sentence], truth: Sequence[tuple[Cells, Cells]]) -> dict[str, Any]:
    results: dict[int, tuple[Table, Table]] = {}
    for fold in folds(len(sentences)):
        trained = train([one for k, one in enumerate(sentences) if k not in set(fold)])
        results |= dict(zip(fold, apply(trained, [sentences[k] for k in fold]), strict=True))
        print(".", end="", file=sys.stderr, flush=True)
    scores: dict[str, Any] = {}
    for stage, name in enumerate(("first", "second")):
        links = [above(results[k][stage], THRESHOLD) for k in range(len(truth))]
        scores[name] = {key: round(x, 4) for key, x in error_rate(links, truth).items()}
        scores[name]["folds"] = [
            round(error_rate([links[k] for k in fold], [truth[k] for k in fold])["aer"], 4)
            for fold in folds(len(truth))
        ]
    return scores


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--cv", action="store_true", help="cross-validate only")
    arguments = parser.parse_args()
    found, truth, other = pairs(), gold(), other_pairs()
    if not arguments.cv:
        write_language(found, other)
    sentences = read(found, truth)
    alone = [above(one.mean, ALONE) for one in sentences]
    scores: dict[str, Any] = {"model": {k: round(x, 4) for k, x in error_rate(alone, truth).items()}}
    print(json.dumps(scores))
    scores |= cross_validate(sentences, truth)
    print(json.dumps(scores, indent=1))
    if arguments.cv:
        return
    base = model.learn(other)
    (HOME / "model.json.gz").write_bytes(base.dump())
    found_rates, first, second = train(sentences)
    made = stages.Stages(telling(found_rates), first, second, THRESHOLD, {})
    made = replace(made, card={**card(scores), "model": base.signature, "signature": made.signature})
    (HOME / "stages.json.gz").write_bytes(made.dump())
    print(made.signature, made.threshold)
    seal(scores)


def seal(scores: dict[str, Any]) -> None:
    """Write the cards of the three artefacts."""
    data = card(scores)["data"]
    alone = {"model": scores["model"]}
    for name, file, its, licence in (
        ("stages", "stages.json.gz", scores, "BSD-3-Clause"),
        ("model", "model.json.gz", alone, "MIT, Apache-2.0"),
        ("language", "language.json", alone, "BSD-3-Clause, MIT, Apache-2.0"),
    ):
        cards.seal(
            HOME / file,
            name,
            data=data[name],
            licence=licence,
            scores=its,
            program="python -m bench.train_words",
        )


def write_language(found: Sequence[WordPair], other: Sequence[WordPair]) -> None:
    """The mean vectors of the gold's words, and the jumps of other texts, flattened."""
    text = corpus(found)
    means = {"zh_mean": encode(text.zh).mean(0), "en_mean": encode(text.en).mean(0)}
    numbers = {name: [float(f"{x:.5g}") for x in mean.round(5)] for name, mean in means.items()}
    path = HOME / "language.json"
    path.write_text(json.dumps({**numbers, "zh_jumps": [], "en_jumps": []}) + "\n", encoding="utf-8")
    language.cache_clear()
    text = corpus(other)
    learned = model.learn_from(text, evidence(text), own_jumps=True)
    for name in ("zh_jumps", "en_jumps"):
        flat = getattr(learned, name) ** FLATTER
        numbers[name] = [float(f"{x:.5g}") for x in flat / flat.sum()]
    path.write_text(json.dumps(numbers) + "\n", encoding="utf-8")
    language.cache_clear()


def card(scores: dict[str, Any]) -> dict[str, Any]:
    return {
        "data": {
            "stages": "gold/word: the first 150 sentence pairs of the TsinghuaAligner set, as packaged in "
            "awesome-align (github.com/neulab/awesome-align), BSD-3-Clause: links by word, trees, networks",
            "model": "gold/fidelity: the unchanged side of DEMETR (github.com/marzenakrp/demetr, MIT) and "
            "versions without error of MQM TED (github.com/google/wmt-mqm-human-evaluation, Apache-2.0): "
            "counts of words",
            "language": "mean vectors of the words of gold/word; jumps of the texts of the model",
        },
        "licence": "BSD-3-Clause, MIT and Apache-2.0, as named",
        "made": "python -m bench.train_words, 2026-11-24",
        "scores": scores,
    }


if __name__ == "__main__":
    main()
