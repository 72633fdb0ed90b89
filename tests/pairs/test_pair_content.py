"""The parts of pairing by content: profiles, evidence, rivals, one to one, versions."""

from __future__ import annotations

import numpy as np
import pytest

from duizhao.alignments.encoder import default_encoder
from duizhao.pairs import content, model
from duizhao.pairs.evidence import COSINE, COVERED_EN, COVERED_ZH, ORDER, Table
from duizhao.pairs.neighbours import NEAREST, candidates
from duizhao.pairs.profiles import Profile, profile


def words(language: str, text: str) -> Profile:
    """A profile of words alone, each once, in this order."""
    found = tuple(text.split())
    places = bytes(255 * k // len(found) for k in range(len(found)))
    return Profile(language, 10, found, bytes([1]) * len(found), places)  # type: ignore[arg-type]


def test_a_profile_counts_and_places_words() -> None:
    found = profile(["茶园里有茶。", "茶很香。"], "zh", default_encoder())
    assert dict(zip(found.words, found.counts, strict=True))["茶"] == 3
    assert found.length == 10  # characters, stops counted
    assert list(found.places) == sorted(found.places) and found.places[0] == 0
    assert found.pieces().shape == (2, 512) and found.sizes == (6, 4)


def test_long_documents_are_sampled() -> None:
    lines = [f"第{k}天我们走了很远的路。" for k in range(4_000)]
    found = profile(lines, "zh", default_encoder())
    assert found.length == sum(map(len, lines))
    assert 2 <= len(found.sizes) <= 9 and found.counts[found.words.index("走")] == 255


def test_traditional_and_simplified_have_the_same_words() -> None:
    one, other = (profile([x], "zh", default_encoder()) for x in ("這座橋建於清朝。", "这座桥建于清朝。"))
    assert one == other


def test_evidence_by_hand() -> None:
    """猫 cat, 狗 dog, 马 horse are one-word glosses; the first English has all in order, the second one of
    them, the third none."""
    zh = [words("zh", "猫 狗 马")]
    en = [words("en", "cat dog hors"), words("en", "cat ship moon"), words("en", "ship moon sun")]
    found = Table(zh, en).compare(0, np.arange(3))
    assert found[0, COVERED_ZH] == pytest.approx(1) and found[2, COVERED_ZH] == 0
    assert found[0, COVERED_EN] > found[1, COVERED_EN] > found[2, COVERED_EN] == 0
    assert found[0, COSINE] > found[1, COSINE] > found[2, COSINE] == 0
    assert found[0, ORDER] > 0 and found[2, ORDER] == pytest.approx(0, abs=1e-6)


def test_order_tells_a_text_from_its_reverse() -> None:
    zh = [words("zh", "猫 狗 马 月亮 太阳 船 河 山")]
    english = "cat dog hors moon sun ship river mountain"
    there, back = Table(zh, [words("en", english), words("en", " ".join(english.split()[::-1]))]).compare(
        0, np.arange(2)
    )[:, ORDER]
    assert there > 0.3 > 0 > back


def test_neighbours_are_the_nearest_from_both_sides() -> None:
    dice = np.random.default_rng(0)
    zh, en = dice.standard_normal((50, 8), np.float32), dice.standard_normal((70, 8), np.float32)
    rows, columns = candidates(zh, en)
    near = zh @ en.T
    expected = {(i, int(j)) for i in range(50) for j in np.argsort(-near[i])[:NEAREST]}
    expected |= {(int(i), j) for j in range(70) for i in np.argsort(-near[:, j])[:NEAREST]}
    assert list(zip(rows.tolist(), columns.tolist(), strict=True)) == sorted(expected)


# Scores, pairs that are free of rivalry, expected leads in the group of pairs 0 to 2 and of pair 3 alone.
NONE = 2 * (model.MOST_LEAD + model.MOST_SCORE)
LEADS = [
    ([5.0, 3.0, 1.0, 2.0], [], [2, -2, -4, 2 + NONE]),
    ([5.0, 5.0, 1.0, 2.0], [], [0, 0, -4, 2 + NONE]),
    ([5.0, 3.0, 1.0, 2.0], [0], [2, 2, -2, 2 + NONE]),
    ([99.0, 3.0, 1.0, 2.0], [], [9, -9, -11, 2 + NONE]),
]


@pytest.mark.parametrize(("scores", "free", "expected"), LEADS)
def test_leads(scores: list[float], free: list[int], expected: list[float]) -> None:
    group, apart = np.array([0, 0, 0, 1]), np.zeros(4, bool)
    apart[free] = True
    assert content.leads(group, np.array(scores), apart).tolist() == expected


def decided(scores: dict[tuple[int, int], float]) -> set[tuple[int, int]]:
    ordered = sorted(scores)
    pairs = content.Scored(
        np.array([i for i, _ in ordered]),
        np.array([j for _, j in ordered]),
        np.array([scores[both] for both in ordered]),
    )
    return set(content.decide(pairs))


DECISIONS = [
    ({(0, 0): 10.0, (0, 1): -9.0, (1, 0): -9.0, (1, 1): 10.0}, {(0, 0), (1, 1)}),
    ({(0, 0): -9.0, (0, 1): -10.0}, set()),
    # Two translations of 0; two originals with two translations; one that goes better with 1.
    ({(0, 0): 12.0, (0, 1): 11.9, (1, 0): -9.0, (1, 1): -9.0}, {(0, 0), (0, 1)}),
    ({(0, 0): 12.0, (0, 1): 11.9, (1, 0): 11.8, (1, 1): 11.9}, {(0, 0), (1, 1)}),
    ({(0, 0): 12.0, (0, 1): 2.0, (1, 1): 9.0}, {(0, 0), (1, 1)}),
]


@pytest.mark.parametrize(("scores", "expected"), DECISIONS)
def test_decide(scores: dict[tuple[int, int], float], expected: set[tuple[int, int]]) -> None:
    assert decided(scores) == expected
