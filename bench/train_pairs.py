"""python -m bench.train_pairs: learn the weights of pairing by content, write them, print how well they do on
documents that they never saw (five folds over documents, everything learned inside the folds).

--keep FILE: profiles are kept there and read again."""

from __future__ import annotations

import argparse
import itertools
import json
import pickle
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench import cards
from bench.crf import minimise
from bench.pairs_sets import Texts, all_sets, talks
from bench.pairs_sets import ntrex as ntrex  # for bench.train_likeness
from duizhao.alignments.encoder import default_encoder
from duizhao.pairs import content, model
from duizhao.pairs.evidence import Table
from duizhao.pairs.profiles import Profile, profile
from duizhao.records import Language

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
FOLDS = 5
DATA = (
    "gold/pairs (NTREX, CC BY-SA 4.0; laws of Taiwan, open government data), gold/fidelity/mqm-ted "
    "(Apache-2.0), gold/sentence (chapters of novels and of the Bible, an academic text); none of their text"
)
LICENCE = "texts: their owners' where not named; the weights carry none of them (Apache-2.0)"
SMALL = ((40, 4), (8, 8), (2, 16), (1, 16))  # documents, such collections a set
LARGEST = 700  # of a set with more documents only small collections are made
THIRDS = 12  # trials with a third removed, for the figures
Sides = tuple[list[Profile], list[Profile]]


@dataclass
class Collection:
    """All pairs of some documents of a set: ``zh``, ``en`` their numbers in it; ``numbers``: (zh, en, numbers
    of `model.ALONE`)."""

    zh: Ints
    en: Ints
    numbers: NDArray[np.float32]

    @property
    def gold(self) -> NDArray[np.bool_]:
        return self.zh[:, None] == self.en[None]

    def without(self, share: float, dice: np.random.Generator) -> Collection:
        a, b = (np.flatnonzero(dice.random(len(x)) >= share) for x in (self.zh, self.en))
        return Collection(self.zh[a], self.en[b], self.numbers[np.ix_(a, b)])

    def fold(self, k: int) -> NDArray[np.bool_]:
        """Pairs with a document of that fold."""
        found: NDArray[np.bool_] = (self.zh % FOLDS == k)[:, None] | (self.en % FOLDS == k)[None]
        return found


def profiles(texts: Texts, language: Language) -> list[Profile]:
    return [profile(x, language, default_encoder()) for x in texts]


def collection(sides: Sides, zh: Ints, en: Ints) -> Collection:
    table = Table([sides[0][k] for k in zh], [sides[1][k] for k in en])
    rows, columns = (x.ravel() for x in np.indices((len(zh), len(en))))
    numbers = content.evidence(table, rows, columns).astype(np.float32)
    return Collection(zh, en, numbers.reshape(len(zh), len(en), -1))


def collections(sides: Sides) -> list[Collection]:
    """The whole set, and small ones of it with a third of the counterparts exchanged for others."""
    dice = np.random.default_rng(0)
    count = len(sides[0])
    whole = np.arange(count)
    out = [collection(sides, whole, whole)] if count <= LARGEST else []
    for size, times in SMALL:
        for _ in range(times if size * 2 <= count else 0):
            zh = dice.choice(count, size, replace=False)
            other = np.where(dice.random(size) < 0.33, dice.choice(count, size, replace=False), zh)
            out.append(collection(sides, np.sort(zh), np.unique(other)))
    return out + [out[0].without(share, dice) for share in (0.2, 0.33, 0.33, 0.6) if count <= LARGEST]


def fit(x: Floats, y: Floats, weight: Floats) -> Floats:
    """Logistic regression, lightly regularised."""
    scale = x.std(0)
    scale[scale == 0] = 1
    weight = weight / weight.mean()

    def loss(w: Floats) -> tuple[float, Floats]:
        s = x / scale @ w
        p = 1 / (1 + np.exp(-s))
        value = float((weight * np.logaddexp(0, np.where(y > 0, -s, s))).sum() + 0.02 * w @ w)
        return value, (x / scale).T @ (weight * (p - y)) + 0.04 * w

    return minimise(loss, np.zeros(x.shape[1]), 400) / scale


def learn(sets: list[list[Collection]], left_out: int = -1) -> tuple[Floats, Floats]:
    """Weights of `model.ALONE` and of `model.AMONG`, from pairs without documents of that fold."""
    dice = np.random.default_rng(1)
    rows = []
    for one in (x for collections in sets for x in collections):
        chosen = one.gold | (dice.random(one.gold.shape) < 4 / len(one.en))
        cosine = one.numbers[..., model.ALONE.index("cosine of words")]
        chosen |= cosine >= np.sort(cosine, axis=1)[:, -4:][:, :1]
        chosen |= cosine >= np.sort(cosine, axis=0)[-4:][:1]
        chosen &= ~one.fold(left_out)
        rows.append((one.numbers[chosen], one.gold[chosen], np.full(int(chosen.sum()), 1 / len(one.zh))))
    x, y, weight = (np.concatenate(part).astype(np.float64) for part in zip(*rows, strict=True))
    alone = fit(x, y, weight)
    rows = []
    for one in (x for collections in sets for x in collections):
        numbers = rivalled(one, alone)
        chosen = ((numbers[..., 0] > -8) | one.gold) & ~one.fold(left_out)
        rows.append((numbers[chosen], one.gold[chosen], np.full(int(chosen.sum()), len(one.zh) ** -0.5)))
    x, y, weight = (np.concatenate(part).astype(np.float64) for part in zip(*rows, strict=True))
    return alone, fit(x, y, weight)


def rivalled(one: Collection, alone: Floats) -> Floats:
    """The numbers of `model.AMONG` for all pairs."""
    score = (one.numbers @ alone).ravel()
    rows, columns = (x.ravel() for x in np.indices(one.gold.shape))
    free = np.zeros(len(score), bool)
    numbers = content.rivalled(content.Scored(rows, columns, score), free)
    return numbers.reshape(*one.gold.shape, -1)


def found(one: Collection, weights: tuple[Floats, Floats], least: float) -> list[tuple[int, int, float]]:
    """Pairs by numbers in the set, one to one."""
    sure = model.probability(rivalled(one, weights[0]), weights[1]).ravel()
    rows, columns = (x.ravel() for x in np.indices(one.gold.shape))
    scored = content.Scored(rows, columns, sure)
    taken = content.one_to_one(scored, sure)
    return [
        (int(one.zh[rows[k]]), int(one.en[columns[k]]), float(sure[k])) for k in taken if sure[k] >= least
    ]


def figures(sets: dict[str, list[Collection]]) -> tuple[dict[str, dict[str, float]], float]:
    """F1 by set and kind of collection, and the calibration error of the probabilities, on documents left out
    of the learning."""
    said: list[tuple[float, bool]] = []
    counts: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(lambda: [0, 0, 0]))
    tested: dict[str, list[tuple[str, Collection]]] = {}
    sizes = dict(SMALL)
    dice = np.random.default_rng(7)
    for name, xs in sets.items():
        tested[name] = [(f"of {len(x.zh)}", x) for x in xs if len(x.zh) in sizes]
        if len(xs[0].zh) not in sizes:
            tested[name].append(("whole", xs[0]))
            tested[name] += [("a third removed", xs[0].without(0.33, dice)) for _ in range(THIRDS)]
    for k in range(FOLDS):
        weights = learn(list(sets.values()), k)
        for name, cases in tested.items():
            for kind, one in cases:
                pairs = [x for x in found(one, weights, 0.02) if x[0] % FOLDS == k]
                said += [(p, i == j) for i, j, p in pairs]
                pairs = [x for x in pairs if x[2] >= content.ACCEPT]
                count = counts[name][kind]
                count[0] += sum(i == j for i, j, _ in pairs)
                count[1] += len(pairs)
                count[2] += sum(i % FOLDS == k for i in set(one.zh.tolist()) & set(one.en.tolist()))
    p, y = np.array(said, np.float64).T
    error = 0.0
    edges = [0, 0.1, 0.3, 0.5, 0.7, 0.9, 0.98, 0.995, 1.01]
    for low, high in itertools.pairwise(edges):
        here = (p >= low) & (p < high)
        if here.any():
            print(f"said {p[here].mean():.3f}: true {y[here].mean():.3f} of {here.sum()}")
            error += abs(p[here].mean() - y[here].mean()) * here.mean()
    f1 = {
        name: {kind: round(2 * c[0] / max(1, c[1] + c[2]), 4) for kind, c in kinds.items()}
        for name, kinds in counts.items()
    }
    return f1, error


def version_cases(
    sides: dict[str, Sides], several: tuple[list[Profile], list[list[Profile]]]
) -> dict[str, list[tuple[content.Scored, NDArray[np.bool_]]]]:
    """Collections with several versions of a text and without, parts removed: scored pairs, and which of them
    are right."""
    dice = np.random.default_rng(3)
    news = sides["news, Simplified"]
    mixed = {
        "news": ([news[0], sides["news, Traditional"][0]], [news[1]]),
        "talks": ([several[0]], several[1]),
        **{name: ([zh], [en]) for name, (zh, en) in sides.items() if not name.endswith("one sentence")},
    }
    out: dict[str, list[tuple[content.Scored, NDArray[np.bool_]]]] = defaultdict(list)
    for name, both in mixed.items():
        for share in (0.67, 0.67, 0.5, 0.8, 0.6, 0.67):
            zh, en = (
                [(one, k) for version in side for k, one in enumerate(version) if dice.random() < share]
                for side in both
            )
            pairs = content.scored([one for one, _ in zh], [one for one, _ in en])
            right = [zh[i][1] == en[j][1] for i, j in zip(pairs.zh.tolist(), pairs.en.tolist(), strict=True)]
            out[name].append((pairs, np.array(right)))
    return out


def learn_versions(
    cases: dict[str, list[tuple[content.Scored, NDArray[np.bool_]]]], among: Floats
) -> tuple[Floats, dict[str, str]]:
    """Weights of `model.VERSION`, true and false ones weighing the same together; and by kind of text how
    many were found by weights that never saw that kind."""
    scores: dict[str, tuple[Floats, NDArray[np.bool_]]] = {}
    for name, collections in cases.items():
        parts = []
        for pairs, right in collections:
            sure = model.probability(content.rivalled(pairs, np.zeros(len(right), bool)), among)
            chosen = content.further(pairs, content.one_to_one(pairs, sure), sure)
            parts.append((pairs.score[chosen], right[chosen]))
        scores[name] = np.concatenate([x for x, _ in parts]), np.concatenate([y for _, y in parts])

    def weights(names: list[str]) -> Floats:
        x, y = (np.concatenate([scores[name][k] for name in names]) for k in (0, 1))
        return fit(model.version(x), y.astype(np.float64), np.where(y, (~y).sum() / max(1, y.sum()), 1.0))

    card = {}
    for name, (x, y) in scores.items():
        sure = model.probability(model.version(x), weights([n for n in scores if n[:4] != name[:4]]))
        said = sure >= content.ACCEPT
        card[name] = f"{(said & y).sum()} of {y.sum()} found, {(said & ~y).sum()} false"
    return weights(list(scores)), card


Kept = tuple[dict[str, Sides], tuple[list[Profile], list[list[Profile]]]]


def read(keep: Path | None) -> Kept:
    """The profiles of all sets, and of the talks in several versions."""
    if keep and keep.exists():
        stored: Kept = pickle.loads(keep.read_bytes())
        return stored
    sides = {name: (profiles(zh, "zh"), profiles(en, "en")) for name, zh, en in all_sets()}
    zh, versions = talks(10, ("ref", "refB", "Online-W", "NiuTrans"))
    made = sides, (profiles(zh, "zh"), [profiles(en, "en") for en in versions])
    if keep:
        keep.write_bytes(pickle.dumps(made))
    return made


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--keep", type=Path)
    sides, several = read(options.parse_args().keep)
    sets = {name: collections(both) for name, both in sides.items()}
    f1, error = figures(sets)
    for name, kinds in f1.items():
        print(f"{name}:", kinds, flush=True)
    print(f"expected calibration error: {error:.4f}")
    alone, among = learn(list(sets.values()))
    path = Path(content.__file__).with_name("weights.json")
    stored = json.loads(path.read_text("utf-8"))
    stored |= {"alone": named(model.ALONE, alone), "among": named(model.AMONG, among)}
    write(path, stored)  # whole at all times: others may be reading it
    model.stored.cache_clear()
    version, found = learn_versions(version_cases(sides, several), among)
    print("further versions:", found)
    stored["version"] = named(model.VERSION, version)
    write(path, stored)
    scores = {
        "F1 on documents never seen": f1,
        "expected calibration error": round(error, 4),
        "further versions, kind of text never seen": found,
    }
    cards.seal(
        path, "pairs", data=DATA, licence=LICENCE, scores=scores, program="python -m bench.train_pairs"
    )


def write(path: Path, stored: dict[str, Any]) -> None:
    path.write_text(json.dumps(stored, ensure_ascii=False, indent=1) + "\n", "utf-8")


def named(names: tuple[str, ...], values: Floats) -> dict[str, float]:
    return {name: float(f"{value:.5g}") for name, value in zip(names, values, strict=True)}


if __name__ == "__main__":
    main()
