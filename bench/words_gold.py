"""Word links on the gold, beyond the figures that `bench.train_words` prints: how little text will do, what
another segmentation costs, whether probabilities are honest, speed and memory.

    python -m bench.words_gold           the word model alone, speed, memory (seconds)
    python -m bench.words_gold --cv      also both stages, cross-validated (minutes)
    python -m bench.words_gold --cv --segmented NAME=FILE …
                                         also with the words of other segmenters: the Chinese of the gold, a
                                         line a pair, words apart by blanks
"""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise, zip_longest
from pathlib import Path

import numpy as np

from bench.gold import lines
from bench.train_words import ALONE, THRESHOLD, Sentence, above, apply, folds, read, train
from bench.words_data import Cells, WordPair, error_rate, gold, other_pairs, pairs
from duizhao.words import learn, link, link_words, vectors
from duizhao.words.tokens import Token, chinese

NONE: tuple[Cells, Cells] = (set(), set())
GIVEN, SHIPPED = "as given", "as given, with the shipped model"


def characters(line: str) -> list[Token]:
    """Every character a word."""
    return [Token(x, k, k + 1) for k, x in enumerate(line)]


def as_they_come(line: str) -> list[Token]:
    """jieba's words."""
    import rjieba

    ends = np.cumsum([0, *(len(x) for x in rjieba.cut(line))]).tolist()
    return [Token(line[a:b], a, b) for a, b in pairwise(ends)]


SEGMENTERS: dict[str, Callable[[str], list[Token]]] = {
    "--raw": chinese,
    "jieba's as they come": as_they_come,
    "every character a word": characters,
}


def in_characters(cells: Cells, words: Sequence[str]) -> Cells:
    """Links of words as links of their characters, so that segmentations can be compared."""
    starts = np.cumsum([0, *(len(x) for x in words)]).tolist()
    return {(k, j) for i, j in cells for k in range(starts[i], starts[i + 1])}


def segmented(found: Sequence[WordPair], segment: Callable[[str], list[Token]]) -> list[WordPair]:
    """The Chinese written without blanks and segmented again."""
    return [([x.text for x in segment("".join(zh))], en) for zh, en in found]


def given(path: str, found: Sequence[WordPair]) -> list[WordPair]:
    """The pairs with the Chinese words of a file. Raises SystemExit where its characters are others."""
    words = [line.split() for line in lines(Path(path))]
    for number, (mine, (zh, _)) in enumerate(zip_longest(words, found, fillvalue=([], [])), start=1):
        if "".join(mine) != "".join(zh):
            raise SystemExit(f"{path}, line {number}, has other characters than the gold")
    return [(mine, en) for mine, (_, en) in zip(words, found, strict=True)]


def same_words(found: Sequence[WordPair], truth: Sequence[WordPair]) -> float:
    """Share of the annotators' words that are found."""
    hits = total = 0
    for (mine, _), (zh, _) in zip(found, truth, strict=True):
        spans = [set(pairwise(np.cumsum([0, *(len(x) for x in side)]).tolist())) for side in (mine, zh)]
        hits += len(spans[0] & spans[1])
        total += len(zh)
    return hits / total


def rate(found: Sequence[WordPair], cells: Sequence[Cells], truth: Sequence[tuple[Cells, Cells]]) -> float:
    """Error rate counted in characters; ``truth`` in characters already."""
    return error_rate([in_characters(x, zh) for x, (zh, _) in zip(cells, found, strict=True)], truth)["aer"]


def alone(sentences: Sequence[Sentence]) -> list[Cells]:
    return [above(one.mean, ALONE) for one in sentences]


def amounts(found: Sequence[WordPair], truth: Sequence[tuple[Cells, Cells]]) -> None:
    """The word model alone, learned from so many pairs at a time."""
    for size in (150, 30, 10):
        cells: list[Cells] = []
        for start in range(0, len(found), size):
            part = slice(start, start + size)
            cells += alone(read(found[part], truth[part]))
        print(f"word model learned from {size} pairs at a time: AER {error_rate(cells, truth)['aer']:.4f}")
    other = other_pairs()
    for name, model in (("other pairs only", learn(other)), ("both", learn([*found, *other]))):
        cells = alone(read(found, truth, model))
        print(f"word model of {name} ({len(other)}): AER {error_rate(cells, truth)['aer']:.4f}")


def speed(found: Sequence[WordPair]) -> None:
    link_words(found[:20])
    vectors.forget()
    for what in ("the vectors of all words to be made", "vectors known"):
        start = time.process_time()
        link_words(found)
        print(f"{len(found) / (time.process_time() - start):.0f} pairs a processor second, {what}")
    model = learn(found)
    start = time.process_time()
    link(found, model)
    print(f"{len(found) / (time.process_time() - start):.0f} with a given model, vectors known")
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def cross_validated(
    found: Sequence[WordPair],
    truth: Sequence[tuple[Cells, Cells]],
    others: Mapping[str, Sequence[WordPair]],
) -> None:
    """Both stages on held-out folds: other segmentations, the shipped model, calibration."""
    texts: dict[str, Sequence[WordPair]] = {GIVEN: found, SHIPPED: found}
    texts |= {name: segmented(found, segment) for name, segment in SEGMENTERS.items()} | dict(others)
    sentences = {
        name: read(text, truth if text is found else [NONE] * len(text))
        for name, text in texts.items()
        if name != SHIPPED
    }
    sentences[SHIPPED] = read(found, truth, learn(other_pairs()))
    grids: dict[str, list[np.ndarray]] = {name: [] for name in texts}
    for fold in folds(len(found)):
        trained = train([one for k, one in enumerate(sentences[GIVEN]) if k not in set(fold)])
        for name, one in sentences.items():
            grids[name] += [p for _, p in apply(trained, [one[k] for k in fold])]
    counted = [
        (in_characters(sure, zh), in_characters(possible, zh))
        for (sure, possible), (zh, _) in zip(truth, found, strict=True)
    ]
    for name, text in texts.items():
        cells = [above(p, THRESHOLD) for p in grids[name]]
        words = f", in words {error_rate(cells, truth)['aer']:.4f}" if text is found else ""
        words += f"; {same_words(text, found):.2f} of the words found"
        before = rate(text, alone(sentences[name]), counted)
        after = rate(text, cells, counted)
        print(f"{name}: AER in characters {after:.4f}{words}; word model alone {before:.4f}")
    calibration(grids[GIVEN], sentences[GIVEN])


def calibration(grids: Sequence[np.ndarray], sentences: Sequence[Sentence]) -> None:
    """How often cells are linked by hand, by their probability; possible links are left out."""
    p = np.concatenate([grid[one.where] for grid, one in zip(grids, sentences, strict=True)])
    right = np.concatenate([one.labels[one.where] for one in sentences])
    p, right = p[right != 0.5], right[right != 0.5]
    tenths = np.minimum((p * 10).astype(int), 9)
    error = 0.0
    for tenth in range(10):
        here = tenths == tenth
        if here.any():
            error += here.mean() * abs(p[here].mean() - right[here].mean())
            print(f"  probability {p[here].mean():.3f}: linked {right[here].mean():.3f} of {here.sum()}")
    print(f"expected calibration error {error:.4f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cv", action="store_true", help="also both stages, cross-validated")
    parser.add_argument("--segmented", nargs="*", default=[], metavar="NAME=FILE", help="other segmenters")
    arguments = parser.parse_args()
    found, truth = pairs(), gold()
    others = {name: given(path, found) for name, _, path in (x.partition("=") for x in arguments.segmented)}
    speed(found)
    amounts(found, truth)
    if arguments.cv:
        cross_validated(found, truth, others)


if __name__ == "__main__":
    main()
