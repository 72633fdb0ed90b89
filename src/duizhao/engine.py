"""Running a stage over many inputs: in this process, in several, or with Ray on many machines. The results
are the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal

from duizhao.errors import CollectionError, DuizhaoError, OutputError

Engine = Literal["local", "ray"]
ENGINES: tuple[Engine, ...] = ("local", "ray")


@dataclass(frozen=True, slots=True)
class Task:
    """A call of a stage's function. ``name``: what the caller knows it by. Function and arguments can be
    pickled."""

    name: str
    function: Callable[..., Any]
    arguments: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a task: its value, or why there is none. ``lasting``: the reason lies in the input, so
    that trying again without a change is useless."""

    name: str
    value: Any = None
    failure: str = ""
    lasting: bool = True


Run = Callable[[Iterable[Task]], Iterator[Outcome]]
"""Gives the outcome of every task, in the order in which they end. A task that fails, or takes its process
down with it, does not stop the others. Tasks are taken as they are needed, a few for each job."""


@contextmanager
def workers(jobs: int = 1, engine: Engine = "local") -> Iterator[Run]:
    """What runs tasks. Its processes, with the models they loaded, are kept from one call to the next.

    ``jobs``: tasks at work at once; with ``ray`` at least so many, and as many as the cluster has
    processors.

    Raises, while it runs:
        CollectionError, OutputError: the disk or the collection failed, not the task.
        UsageError: the engine is not installed, or there is no cluster where it should be.
    """
    if engine == "ray":
        from duizhao.engines import ray

        yield partial(ray.run, jobs=jobs)
        return
    from duizhao.engines.local import Workers

    with closing(Workers(jobs)) as own:
        yield own.run


def run(tasks: Iterable[Task], jobs: int = 1, engine: Engine = "local") -> Iterator[Outcome]:
    """The outcomes of these tasks only; see `workers`."""
    with workers(jobs, engine) as run_with:
        yield from run_with(tasks)


def attempt(task: Task) -> Outcome:
    """Run one task here."""
    try:
        return Outcome(task.name, task.function(*task.arguments))
    except (CollectionError, OutputError):
        raise
    except DuizhaoError as error:
        return Outcome(task.name, failure=str(error))
    except MemoryError:
        return Outcome(task.name, failure="needs more memory than there is", lasting=False)
    except Exception as error:
        said = f"{type(error).__name__}: {error}".rstrip(": ")
        return Outcome(
            task.name, failure=f"met a fault of this program ({said}); please report it", lasting=False
        )


def lost(task: Task) -> Outcome:
    """The outcome of a task that ended every process that worked on it."""
    failure = "ended the process that worked on it (out of memory?)"
    return Outcome(task.name, failure=failure, lasting=False)
