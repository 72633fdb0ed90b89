"""Builds that are killed, with the real stages; ``make bench-kill`` does it fifty times."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.kill import run


def test_killed_five_times_the_next_build_goes_on() -> None:
    kills = run(5, most=4, seed=5)
    assert [kill.different for kill in kills] == [()] * 5


def test_killed_while_it_learns_the_next_build_goes_on() -> None:
    kills = run(2, most=4, seed=7, with_site=False, relearn=True)
    assert [kill.different for kill in kills] == [()] * 2


def test_the_same_with_two_processes() -> None:
    kills = run(2, most=4, seed=6, jobs=2, with_site=False)
    assert [kill.different for kill in kills] == [()] * 2
