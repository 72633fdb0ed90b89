"""The gate: error rate on the word links of the gold.

Training all five folds takes minutes. One is trained anew, with everything chosen inside it, and its error
rate must be the one that the card records; the card's figure over all folds must pass the gate.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from bench.train_words import ALONE, THRESHOLD, Sentence, above, apply, folds, read, train
from bench.words_data import Cells, error_rate, gold, pairs

from duizhao.words.stages import default_stages

MOST_ALONE, MOST = 0.147, 0.087
FOLD = 3
CLOSE = 0.003

pytestmark = pytest.mark.gold

Truth = list[tuple[Cells, Cells]]


@pytest.fixture(scope="module")
def truth(shared: Path) -> Truth:
    return gold(shared / "gold" / "word" / "zhen.gold.txt")


@pytest.fixture(scope="module")
def sentences(shared: Path, truth: Truth) -> list[Sentence]:
    return read(pairs(shared / "gold" / "word" / "zhen.txt"), truth)


def test_the_word_model_alone(sentences: list[Sentence], truth: Truth) -> None:
    found = error_rate([above(one.mean, ALONE) for one in sentences], truth)["aer"]
    assert found <= MOST_ALONE
    assert found == pytest.approx(default_stages().card["scores"]["model"]["aer"], abs=CLOSE)


def test_one_fold_trained_anew(sentences: list[Sentence], truth: Truth) -> None:
    pytest.importorskip("lightgbm", reason="training needs lightgbm (pip install '.[dev]')")
    fold = folds(len(truth))[FOLD]
    trained = train([one for k, one in enumerate(sentences) if k not in set(fold)])
    links = [above(p, THRESHOLD) for _, p in apply(trained, [sentences[k] for k in fold])]
    scores = default_stages().card["scores"]["second"]
    found = error_rate(links, [truth[k] for k in fold])["aer"]
    assert found == pytest.approx(scores["folds"][FOLD], abs=CLOSE)
    assert scores["aer"] <= MOST
