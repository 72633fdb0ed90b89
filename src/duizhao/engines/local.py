"""Tasks in processes of this machine.

Workers are started afresh (not forked), load a stage's models once, compute with one thread each, and end
when this process ends, however it ends. At most two tasks a worker wait, so that memory does not grow with
the number of tasks.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool

from duizhao.engine import Outcome, Task, attempt, lost

AHEAD = 2
"""Tasks that wait for each worker: one is at work, one is ready."""


def run(tasks: Iterable[Task], jobs: int) -> Iterator[Outcome]:
    """See `duizhao.engine.run`. With one job the tasks run in this process."""
    if jobs == 1:
        yield from map(attempt, tasks)
        return
    waiting = iter(tasks)
    while True:
        crashed: list[Task] = []
        yield from _pool(waiting, jobs, crashed)
        if not crashed:
            return
        # One of these ended its worker, and the pool with it. Each alone shows which.
        for task in crashed:
            again: list[Task] = []
            yield from _pool(iter([task]), 1, again)
            if again:
                yield lost(task)


def _pool(tasks: Iterator[Task], jobs: int, crashed: list[Task]) -> Iterator[Outcome]:
    """Outcomes until the tasks are done or a worker is lost; then ``crashed`` holds those that were under
    way."""
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(jobs, mp_context=context, initializer=_begin_worker)
    others = set(multiprocessing.active_children())
    running: dict[Future[Outcome], Task] = {}
    try:
        while True:
            while len(running) < jobs * AHEAD and (task := next(tasks, None)):
                running[pool.submit(attempt, task)] = task
            if not running:
                return
            done, _ = wait(running, return_when=FIRST_COMPLETED)
            for future in sorted(done, key=list(running).index):
                outcome = future.result()
                del running[future]
                yield outcome
    except BrokenProcessPool:
        crashed.extend(running.values())
    except (KeyboardInterrupt, SystemExit):
        for child in multiprocessing.active_children():
            if child not in others:
                child.terminate()
        raise
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _begin_worker() -> None:
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ[name] = "1"
    # The terminal sends Ctrl-C to all; the main process decides.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
