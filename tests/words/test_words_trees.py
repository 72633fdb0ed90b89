"""Trees without a library: against the definition, and kept in JSON."""

from __future__ import annotations

import json

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from duizhao.words.trees import Forest, Tree, forest

#   f0 <= 0.5 ? (f1 <= 2 ? −1 : 0.5) : 2        questions in order of the leaves
TREE = Tree(((1, 1, 0b001), (0, 0, 0b011)), (-1.0, 0.5, 2.0))
FOREST = Forest(((0.5,), (1.0, 2.0)), (TREE, TREE))


def by_hand(a: float, b: float) -> float:
    value = 2.0 if a > 0.5 else (-1.0 if b <= 2 else 0.5)
    return 2 * value


numbers = st.floats(-4, 4, width=32)


@given(st.lists(st.tuples(numbers, numbers), max_size=20))
def test_log_odds(rows: list[tuple[float, float]]) -> None:
    table = np.array(rows, np.float32).reshape(-1, 2)
    found = FOREST.log_odds(table)
    assert np.allclose(found, [by_hand(*row) for row in rows])


def test_kept_in_json() -> None:
    assert forest(json.loads(json.dumps(FOREST.plain()))) == FOREST
