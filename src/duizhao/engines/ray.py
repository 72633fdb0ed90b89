"""Tasks with Ray (ray.io), on this machine or on a cluster.

Where the environment variable RAY_ADDRESS names a cluster, it is used; else Ray is started here and ends with
this process. Each task is a Ray task of one processor; at most two a processor wait. Ray repeats a task whose
worker or machine is lost, and keeps its workers, so that each loads a stage's models once. Only this process
touches the collection: workers get documents and give results.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from itertools import chain
from typing import Any

from duizhao.engine import Outcome, Task, attempt, lost
from duizhao.errors import CollectionError, DuizhaoError, OutputError, UsageError

AHEAD = 2  # tasks for each processor: one is at work, one is ready
TRIES = 3  # how often a task is begun again when its worker is lost
STORE = 256 * 1024 * 1024  # bytes of shared memory for documents and results under way, where Ray starts here


def run(tasks: Iterable[Task], jobs: int) -> Iterator[Outcome]:
    """See `duizhao.engine.run`."""
    ray = _ray()
    waiting, own = iter(tasks), version("duizhao")
    first = next(waiting, None)
    if first is None:
        return
    _start(ray, jobs)
    work = ray.remote(num_cpus=1, max_retries=TRIES)(_work)
    most = AHEAD * max(jobs, int(ray.cluster_resources().get("CPU", 1)))
    waiting = chain([first], waiting)
    running: dict[Any, Task] = {}
    try:
        while True:
            while len(running) < most and (task := next(waiting, None)):
                running[work.remote(task, own)] = task
            if not running:
                return
            done, _ = ray.wait(list(running), num_returns=1)
            for reference in done:
                yield _outcome(ray, reference, running[reference])
                del running[reference]
    finally:
        for reference in running:
            ray.cancel(reference, force=True)


def _work(task: Task, wanted: str) -> Outcome | DuizhaoError:
    """One task, on a worker. What is not the task's fault comes back as a value: Ray would wrap it."""
    if (own := version("duizhao")) != wanted:
        problem = f"has Duizhao {own}, but the build was begun by {wanted}"
        return UsageError("a machine of the Ray cluster", problem, "install the same version everywhere")
    try:
        return attempt(task)
    except (CollectionError, OutputError) as error:
        return error


def _outcome(ray: Any, reference: Any, task: Task) -> Outcome:
    """What became of a task that has ended."""
    try:
        result: Outcome | DuizhaoError = ray.get(reference)
    except ray.exceptions.RayTaskError as error:
        # `attempt` lets nothing out, so the task could not even begin.
        problem = f"cannot run this program ({str(error).splitlines()[-1].strip()})"
        raise UsageError("the Ray cluster", problem, "install the same Duizhao everywhere") from error
    except ray.exceptions.RayError:
        return lost(task)
    if isinstance(result, DuizhaoError):
        raise result
    return result


def _ray() -> Any:
    """The module.

    Raises:
        UsageError: it is not installed.
    """
    # No figures are sent to anyone, whoever runs this.
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    try:
        import ray
    except ImportError as error:
        remedy = "install it with: pip install 'duizhao[ray]', or leave --engine out"
        raise UsageError("--engine ray", "needs Ray, which is not installed", remedy) from error
    return ray


def _start(ray: Any, jobs: int) -> None:
    """Connect to the cluster that RAY_ADDRESS names, or start Ray here; once a process.

    Raises:
        UsageError: there is no cluster at that address.
    """
    if ray.is_initialized():
        return
    quiet: dict[str, Any] = {"log_to_driver": False, "logging_level": logging.ERROR}
    address = os.environ.get("RAY_ADDRESS", "")
    if not address:
        ray.init("local", num_cpus=jobs, include_dashboard=False, object_store_memory=STORE, **quiet)
        return
    try:
        ray.init(address, **quiet)
    except (ConnectionError, ValueError, RuntimeError) as error:
        problem = f"cannot be reached ({str(error).splitlines()[0]})"
        remedy = (
            "start it, give RAY_AUTH_MODE and the token if it wants one, or unset RAY_ADDRESS to run here"
        )
        raise UsageError(f"the Ray cluster at {address} (RAY_ADDRESS)", problem, remedy) from error
