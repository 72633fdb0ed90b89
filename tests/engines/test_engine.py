from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from duizhao.engine import Outcome, Task, attempt, run
from duizhao.engines.local import AHEAD
from duizhao.errors import CollectionError, OutputError, SourceError


def double(number: int) -> int:
    if number == 13:
        os._exit(1)
    return 2 * number


def fail(error: BaseException) -> None:
    raise error


# (what a task raises, why there is no value, whether that lasts)
FAILURES = [
    (SourceError("a.txt", "is empty", "give text"), "a.txt is empty; give text.", True),
    (MemoryError(), "needs more memory than there is", False),
    (KeyError("x"), "met a fault of this program (KeyError: 'x'); please report it", False),
    (ValueError(), "met a fault of this program (ValueError); please report it", False),
]


@pytest.mark.parametrize(("error", "failure", "lasting"), FAILURES)
def test_a_failure_is_told_in_plain_words(error: BaseException, failure: str, lasting: bool) -> None:
    assert attempt(Task("a", fail, (error,))) == Outcome("a", None, failure, lasting)


@pytest.mark.parametrize(
    "error", [CollectionError("c", "is damaged"), OutputError("c", "is full"), KeyboardInterrupt()]
)
def test_what_is_not_the_tasks_fault_stops_the_run(error: BaseException) -> None:
    with pytest.raises(type(error)):
        attempt(Task("a", fail, (error,)))


def test_several_processes_do_all_tasks_and_survive_a_crash() -> None:
    taken = 0

    def tasks() -> Iterator[Task]:
        nonlocal taken
        for number in range(30):
            taken += 1
            yield Task(str(number), double, (number,))

    done: dict[str, Outcome] = {}
    for outcome in run(tasks(), 2):
        done[outcome.name] = outcome
        # Bounded: what waits does not grow with the number of tasks.
        assert taken - len(done) <= 2 * (AHEAD + 1) * 2
    assert set(done) == {str(number) for number in range(30)}
    assert {name for name, outcome in done.items() if outcome.failure} == {"13"}
    assert all(outcome.value == 2 * int(name) for name, outcome in done.items() if name != "13")
