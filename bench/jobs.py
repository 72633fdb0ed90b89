"""python -m bench.jobs [--jobs N …]: the same collection built by one process and by several.

The collection: the demo's texts, the gold novels and academic prose as plain texts, and the Art of War
against its book. For each number of jobs a copy is built; the dumps must be equal. Wall time tells only on an
idle machine, so the processor time of every process is printed too: "at best" is that of the main process and
of the busiest worker of each step, which is about the wall time where every process has a core."""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path

from bench import gold

BOOK = gold.GOLD.parent / "books" / "art-of-war"
TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Run:
    """``seconds``: wall; ``main``, ``workers``: processor seconds, workers as they were started; ``peak``: MB
    of the largest process."""

    jobs: int

    seconds: float
    main: float
    workers: tuple[float, ...]
    peak: float
    dump: str

    @property
    def at_best(self) -> float:
        steps = [self.workers[k : k + self.jobs] for k in range(0, len(self.workers), self.jobs)]
        return self.main + sum(map(max, steps))


def make(folder: Path) -> None:
    """The collection, not built."""
    from duizhao.collection import Collection

    texts = folder / "texts"
    texts.mkdir(parents=True)
    for name in (*gold.NOVELS, "academic"):
        for side, lines in zip(("zh", "en"), gold.sentences(name), strict=True):
            (texts / f"{name}.{side}.txt").write_text("\n\n".join(lines) + "\n", encoding="utf-8")
    shutil.copy(BOOK / "zh.txt", texts / "war.zh.txt")
    shutil.copy(BOOK / "en.epub", texts / "war.en.epub")
    with as_file(files("duizhao.demo") / "collection") as packaged:
        for path in packaged.glob("*.md"):
            shutil.copy(path, texts)
    with Collection.create(folder / "collection", title="Jobs") as collection:
        collection.add([texts])


def processes(group: int) -> dict[int, float]:
    """Processor seconds of all processes of a group."""
    found = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[2]) == group:
            found[int(path.parent.name)] = (int(fields[11]) + int(fields[12])) / TICK
    return found


def build(folder: Path, jobs: int, engine: str) -> Run:
    """One build in a process of its own."""
    from duizhao.collection import Collection

    options = ["--jobs", str(jobs), "--engine", engine]
    start = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "duizhao", "build", str(folder), *options],
        stdout=subprocess.DEVNULL,
        start_new_session=True,
        env={**os.environ, "OMP_NUM_THREADS": "1"},
    )
    spent: dict[int, float] = {}
    while True:
        spent.update(processes(process.pid))
        pid, status, usage = os.wait4(process.pid, os.WNOHANG)
        if pid:
            break
        time.sleep(0.05)
    seconds = time.perf_counter() - start
    if os.waitstatus_to_exitcode(status) != 0:
        raise SystemExit(f"build --jobs {jobs} failed")
    with Collection.open(folder) as collection:
        dump = "\n".join(collection.dump())
    main = spent.pop(process.pid)
    # Not the process that watches over the others' semaphores.
    workers = tuple(spent[x] for x in sorted(spent) if spent[x] > 0.1)
    return Run(jobs, seconds, main, workers, usage.ru_maxrss / 1024, dump)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--jobs", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--engine", default="local")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        make(Path(name) / "unbuilt")
        runs: dict[int, Run] = {}
        for jobs in options.jobs:
            folder = shutil.copytree(Path(name) / "unbuilt" / "collection", Path(name) / f"by {jobs}")
            runs[jobs] = one = build(folder, jobs, options.engine)
            workers = " + ".join(f"{x:.1f}" for x in one.workers)
            print(
                f"{jobs} jobs: wall {one.seconds:.1f} s, processor {one.main:.1f} s in the main process, "
                f"{workers or 'none'} in workers, peak {one.peak:.0f} MB, at best {one.at_best:.1f} s"
            )
        first, *others = runs.values()
        for jobs, one in zip(options.jobs[1:], others, strict=True):
            same = "the same bytes" if one.dump == first.dump else "OTHER BYTES"
            print(
                f"{jobs} jobs against {options.jobs[0]}: {same}; {first.seconds / one.seconds:.2f} times by "
                f"wall, {first.at_best / one.at_best:.2f} times at best"
            )
            if one.dump != first.dump:
                raise SystemExit(1)


if __name__ == "__main__":
    main()
