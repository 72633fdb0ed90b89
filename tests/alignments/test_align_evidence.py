"""What speaks for the origin of words, against values that follow from the definitions."""

from __future__ import annotations

import numpy as np
import pytest

from duizhao.alignments import evidence
from duizhao.alignments.evidence import WIDTH, Strengths
from duizhao.alignments.lattice import Corridor

ZH = ["老虎来了。", "他喝了三杯茶！", "……", "茶很香。"]
EN = ["The tiger came.", "He drank three cups of tea!", "The tea smelled good.", "“Wang Miao!”"]


def test_words_of_a_side() -> None:
    words = evidence.read(EN, False)
    assert [words.types[k] for k in words.kind[words.cuts[1] : words.cuts[2]]] == [
        *("he", "drink", "three", "cup", "of", "tea")
    ]
    assert words.cuts[4] == len(words) == len(words.sentence)
    # "tea" stands in two of four sentences: log(5 / 2).
    assert words.rarity[words.kind == words.types.index("tea")] == pytest.approx([np.log(2.5)] * 2)
    named = {word for word, capital in zip(words.types, words.named, strict=True) if capital}
    assert {"wang", "miao"} <= named
    assert not named & {"tiger", "tea"}


def test_a_sentence_of_marks_has_no_words() -> None:
    words = evidence.read(ZH, True)
    assert words.cuts[2] == words.cuts[3]


# Translations by the dictionary; a number; a name that is heard; words that have nothing in common.
KNOWN = [
    ("老虎", "The tiger came.", "tiger", 1.0),
    ("三", "He had three cups.", "three", 1.0),
    ("汪淼", "Professor Wangmiao came.", "wangmiao", 1.0),
    ("COBE", "The COBE data.", "cobe", 1.0),
    ("老虎", "He drank tea.", "tea", 0.0),
]


@pytest.mark.parametrize(("zh", "en", "word", "strength"), KNOWN)
def test_what_is_known(zh: str, en: str, word: str, strength: float) -> None:
    left, right = evidence.read([zh], True), evidence.read([en], False)
    found = evidence.known(left, right)
    cell = (found.zh == 0) & (found.en == right.types.index(word))
    assert found.value[cell].sum() == pytest.approx(strength)


def test_counts_are_dice_less_one() -> None:
    zh = evidence.read(["茶，香", "茶，凉", "虎", "山", "水", "火"], True)
    en = evidence.read(["tea", "tea", "tiger", "hill", "water", "fire"], False)
    links = [(range(k, k + 1), range(k, k + 1)) for k in range(6)]
    found = evidence.counted(zh, en, links)
    cells = {(zh.types[z], en.types[e]): v for z, e, v in zip(found.zh, found.en, found.value, strict=True)}
    # Together in two links, each in two: 2 (2 - 1) / (2 + 2); everything else is seen once.
    assert cells == {("茶", "tea"): pytest.approx(0.5)}
    assert len(evidence.counted(zh, en, []).value) == 0


def _random(seed: int) -> tuple[evidence.Words, evidence.Words, np.ndarray]:
    dice = np.random.default_rng(seed)
    zh = evidence.read(["".join(dice.choice(list("茶虎山水人火"), 5)) for _ in range(40)], True)
    names = ("tea", "tiger", "hill", "water", "fire")
    en = evidence.read([" ".join(dice.choice(names, dice.integers(0, 5))) for _ in range(37)], False)
    first = np.clip(np.arange(40) - 10, 0, max(0, 37 - WIDTH))
    return zh, en, first


@pytest.mark.parametrize("seed", range(3))
def test_best_links_equal_brute_force(seed: int) -> None:
    zh, en, first = _random(seed)
    dice = np.random.default_rng(seed)
    pairs = [(z, e) for z in range(len(zh.types)) for e in range(len(en.types)) if dice.random() < 0.4]
    values = dice.random(len(pairs)).astype(np.float32)
    links = Strengths(np.array([z for z, _ in pairs]), np.array([e for _, e in pairs]), values)
    expected = np.zeros((len(zh), WIDTH), np.float32)
    for word, kind in enumerate(zh.kind):
        for column in range(WIDTH):
            j = first[zh.sentence[word]] + column
            there = set(en.kind[en.cuts[j] : en.cuts[j + 1]].tolist()) if j < 37 else set()
            strengths = [v for (z, e), v in zip(pairs, values, strict=True) if z == kind and e in there]
            expected[word, column] = max(strengths, default=0)
    assert np.array_equal(evidence._best(zh, en, first, links), expected)


def test_cosines_equal_brute_force() -> None:
    zh, en, first = _random(7)
    dice = np.random.default_rng(7)
    meanings = dice.normal(size=(len(zh.types), 8)), dice.normal(size=(len(en.types), 8))
    found = evidence._cosines(zh, en, first, meanings)  # type: ignore[arg-type]
    for word in range(0, len(zh), 7):
        for column in range(WIDTH):
            j = first[zh.sentence[word]] + column
            there = en.kind[en.cuts[j] : en.cuts[j + 1]] if j < 37 else np.zeros(0, int)
            near = meanings[0][zh.kind[word]] @ meanings[1][there].T if len(there) else np.array([-1.0])
            assert found[word, column] == pytest.approx(round(float(near.max()), 3), abs=1e-6)


def test_no_sentence_is_no_origin() -> None:
    zh, en = evidence.read(["茶"], True), evidence.read(["tea", "tiger"], False)
    first, _ = evidence.windows(Corridor(np.array([0, 0]), np.array([2, 2])))
    vectors = evidence.vectors(zh, True), evidence.vectors(en, False)
    found = evidence.known(zh, en)
    columns = evidence.features(zh, en, first, (found, found), vectors)
    assert np.isnan(columns[0, :, 0]).tolist() == [False, False] + [True] * (WIDTH - 2)
    score = evidence.scored(zh, en, first, (found, found), vectors, np.ones(len(evidence.NAMES))).score
    assert np.isneginf(score[0, 2:]).all()
    assert score[0, 0] > score[0, 1]
