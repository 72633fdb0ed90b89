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
from multiprocessing.process import BaseProcess

from duizhao.engine import Outcome, Task, attempt, lost

AHEAD = 2
"""Tasks that wait for each worker: one is at work, one is ready."""


class Workers:
    """Processes that run tasks; with one job there are none, and the tasks run in this process. They are
    started at the first task and kept, with the models they loaded, until `close`."""

    def __init__(self, jobs: int) -> None:
        self._jobs = jobs
        self._pool: ProcessPoolExecutor | None = None
        self._others: set[BaseProcess] = set()

    def run(self, tasks: Iterable[Task]) -> Iterator[Outcome]:
        """See `duizhao.engine.run`."""
        if self._jobs == 1:
            yield from map(attempt, tasks)
            return
        waiting = iter(tasks)
        while True:
            crashed: list[Task] = []
            yield from self._until_lost(waiting, self._jobs, crashed)
            if not crashed:
                return
            # One of these ended its worker, and the pool with it. Each alone shows which.
            for task in crashed:
                again: list[Task] = []
                yield from self._until_lost(iter([task]), 1, again)
                if again:
                    yield lost(task)

    def close(self) -> None:
        """End the workers, when they have done what is under way."""
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None

    def _until_lost(self, tasks: Iterator[Task], most: int, crashed: list[Task]) -> Iterator[Outcome]:
        """Outcomes until the tasks are done or a worker is lost; then ``crashed`` holds those that were under
        way."""
        running: dict[Future[Outcome], Task] = {}
        task: Task | None = None
        try:
            while True:
                while len(running) < most * AHEAD and (task := next(tasks, None)):
                    running[self._started().submit(attempt, task)] = task
                    task = None
                if not running:
                    return
                done, _ = wait(running, return_when=FIRST_COMPLETED)
                for future in sorted(done, key=list(running).index):
                    outcome = future.result()
                    del running[future]
                    yield outcome
        except BrokenProcessPool:
            crashed.extend(running.values())
            crashed.extend([task] if task else [])
            self.close()
        except (KeyboardInterrupt, SystemExit):
            for child in multiprocessing.active_children():
                if child not in self._others:
                    child.terminate()
            raise
        finally:
            for future in running:
                future.cancel()

    def _started(self) -> ProcessPoolExecutor:
        if self._pool is None:
            self._others = set(multiprocessing.active_children())
            context = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(self._jobs, mp_context=context, initializer=_begin_worker)
        return self._pool


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
