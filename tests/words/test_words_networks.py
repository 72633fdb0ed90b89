"""Small networks: against the definition, kept in JSON, rows that do not depend on one another."""

from __future__ import annotations

import json

import numpy as np

from duizhao.words.networks import Networks, networks

# hidden = max(0, (x0 − x1, x0 + x1) + (0, −1)), passed on as it is; odds = 2 hidden0 − hidden1 + 0.5
HIDDEN = (np.array([[1.0, 1.0], [-1.0, 1.0]]), np.array([0.0, -1.0]))
SAME = (np.eye(2), np.zeros(2))
OUT = (np.array([[2.0], [-1.0]]), np.array([0.5]))
NETWORKS = Networks(np.array([1.0, 0.0]), np.array([1.0, 2.0]), ((HIDDEN, SAME, OUT), (HIDDEN, SAME, OUT)))

# (values, log odds), by hand: (3, 2) is (2, 1) in standard deviations, hidden (1, 2); 100 is cut to 4.
ROWS = [((3, 2), 0.5), ((1, 0), 0.5), ((1, -4), 4.5), ((100, 0), 5.5)]


def test_log_odds() -> None:
    table = np.array([values for values, _ in ROWS], np.float32)
    assert np.allclose(NETWORKS.log_odds(table), [odds for _, odds in ROWS])


def test_a_row_tells_nothing_of_the_others() -> None:
    table = np.random.default_rng(0).normal(size=(300, 2)).astype(np.float32)
    together = NETWORKS.log_odds(table)
    assert np.allclose(
        [NETWORKS.log_odds(table[k : k + 1])[0] for k in range(300)], together, rtol=0, atol=1e-12
    )


def test_kept_in_json() -> None:
    again = networks(json.loads(json.dumps(NETWORKS.plain())))
    assert again.plain() == NETWORKS.plain()
    table = np.array([values for values, _ in ROWS], np.float32)
    assert np.array_equal(again.log_odds(table), NETWORKS.log_odds(table))
