"""Anchors rise on both sides; a corridor can be walked from one end to the other."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from duizhao.alignments.anchors import anchors, corridor


def vectors(count: int, seed: int) -> np.ndarray:
    dice = np.random.default_rng(seed)
    x = dice.normal(size=(count, 64))
    return (x / np.linalg.norm(x, axis=1, keepdims=True)).astype(np.float16)


def test_a_text_anchors_on_itself_and_on_its_part() -> None:
    text = vectors(60, 1)
    assert anchors(text, text) == [(i, i) for i in range(60)]
    foreign = np.concatenate([vectors(100, 2), text, vectors(50, 3)])
    assert anchors(text, foreign) == [(i, i + 100) for i in range(60)]


def test_unrelated_texts_have_hardly_any() -> None:
    assert len(anchors(vectors(200, 4), vectors(200, 5))) < 5
    assert anchors(vectors(1, 6), vectors(1, 7)) == []


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_a_corridor_is_whole(data: st.DataObject) -> None:
    n, m = data.draw(st.integers(1, 60)), data.draw(st.integers(1, 60))
    size = data.draw(st.integers(0, min(n, m)))
    rows = sorted(data.draw(st.sets(st.integers(0, n - 1), min_size=size, max_size=size)))
    columns = sorted(data.draw(st.sets(st.integers(0, m - 1), min_size=size, max_size=size)))
    found = corridor(list(zip(rows, columns, strict=True)), n, m, 3, 2)
    assert found.low[0] == 0
    assert found.high[-1] == m
    assert (found.low <= found.high).all()
    assert (np.diff(found.low) >= 0).all()
    assert (np.diff(found.high) >= 0).all()
    assert all(found.low[i + 1] <= found.high[i] for i in range(n))
    assert all(found.low[i] <= j <= found.high[i] for i, j in zip(rows, columns, strict=True))


def test_a_hole_too_large_is_closed() -> None:
    chain = [(0, 0), (9_000, 9_000)]
    found = corridor(chain, 9_001, 9_001, 8, 8)
    assert found.cells < 400_000
    assert all(found.low[b] <= found.high[a] for a, b in pairwise(range(9_002)))
