"""How the error rate of word links falls as the word model learns from more linked text.

    python -m bench.words_curve           the word model alone
    python -m bench.words_curve --cv      also both stages, cross-validated (minutes)

The first line is the shipped model. Learned from are the 150 pairs of the gold, without their links, and
pairs of news (NTREX), novels, academic prose, the Bible and laws, mixed; nothing of it is kept. Where the
model has not read the gold's own sentences its figures stand apart: that is what a new document in a
collection meets."""

from __future__ import annotations

import argparse
import json
import re
import resource
import time
from collections.abc import Iterator, Sequence

from bench.gold import GOLD, NOVELS, by_verse, lines, links, sentences
from bench.train_words import ALONE, THRESHOLD, Sentence, above, apply, folds, read, train
from bench.words_data import Cells, WordPair, error_rate, gold, pairs
from duizhao.words import learn
from duizhao.words.documents import Texts, words_of
from duizhao.words.learning import sample, tempered
from duizhao.words.model import WordModel, default_model

SIZES = (0, 150, 500, 2000, 8000)


def others() -> Iterator[Texts]:
    """Linked sentences, and short articles of laws, of other texts."""
    news = GOLD / "pairs" / "ntrex"
    for zh, en in zip(lines(news / "zh-Hans.txt"), lines(news / "en.txt"), strict=True):
        yield (zh,), (en,)
    for name in (*NOVELS, "academic", "bible-5k"):
        left, right = sentences(name)
        for zhs, ens in by_verse(name, links(name)):
            yield tuple(left[k] for k in zhs), tuple(right[k] for k in ens)
    for line in lines(GOLD / "pairs" / "laws.jsonl"):
        law = json.loads(line)
        zh_articles, en_articles = (articles(law[side]) for side in ("zh", "en"))
        for number in zh_articles.keys() & en_articles.keys():
            yield (zh_articles[number],), (en_articles[number],)


def articles(law: dict[str, list[dict[str, str]]]) -> dict[str, str]:
    """The articles of a law by the figures in their numbers."""
    return {
        "-".join(re.findall(r"\d+", one["number"])): " ".join(one["text"].split()) for one in law["articles"]
    }


def models(own: Sequence[WordPair], other: Sequence[WordPair]) -> Iterator[tuple[str, int, WordModel]]:
    """Models learned from rising numbers of pairs: with the gold's own among them, and without."""
    for size in SIZES:
        more = other[: max(0, size - len(own))]
        if size:
            yield "with its own", size, tempered(learn([*own, *more]))
            yield "others only", size, tempered(learn(other[:size]))
        else:
            yield "shipped", default_model().pairs, default_model()


def judged(
    found: Sequence[WordPair], truth: Sequence[tuple[Cells, Cells]], given: Sequence[Sequence[Sentence]]
) -> list[list[Cells]]:
    """Links of each reading of the gold by stages that never saw the sentence's links; trained once a fold,
    on the gold read with a model of its own."""
    base = read(found, truth)
    out: list[list[Cells]] = [[] for _ in given]
    for fold in folds(len(found)):
        trained = train([one for k, one in enumerate(base) if k not in set(fold)])
        for cells, reading in zip(out, given, strict=True):
            cells += [above(p, THRESHOLD) for _, p in apply(trained, [reading[k] for k in fold])]
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cv", action="store_true", help="also both stages, cross-validated")
    arguments = parser.parse_args()
    own, truth = pairs(), gold()
    other = [words_of(texts) for texts in sample(others(), SIZES[-1])]
    rows, readings = [], []
    start = time.process_time()
    for what, size, model in models(own, other):
        spent, start = time.process_time() - start, time.process_time()
        reading = read(own, truth, model)
        cells = [above(one.mean, ALONE) for one in reading]
        rows.append((what, size, error_rate(cells, truth)["aer"], spent, len(model.dump())))
        readings.append(reading)
        print(
            f"{what}, {size} pairs: AER of the model alone {rows[-1][2]:.4f}"
            f"; learned in {spent:.0f} s, {rows[-1][4] / 1e6:.1f} MB, "
            f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB at the peak",
            flush=True,
        )
        start = time.process_time()
    if arguments.cv:
        for (what, size, *_), cells in zip(rows, judged(own, truth, readings), strict=True):
            print(f"{what}, {size} pairs: AER with both stages {error_rate(cells, truth)['aer']:.4f}")


if __name__ == "__main__":
    main()
