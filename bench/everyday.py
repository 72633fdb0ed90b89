"""``python -m bench.everyday``: what a person waits for, each act in a process of its own.

Help is measured as a ratio to an empty Python program in the same run, because machines differ; the rest in
seconds. Every figure is the median of its runs.
"""

from __future__ import annotations

import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"
DUIZHAO = [sys.executable, "-m", "duizhao"]


def once(command: Sequence[str], cwd: Path) -> tuple[float, float]:
    """Seconds and peak memory in MB of one run."""
    start = time.perf_counter()
    process = subprocess.Popen(command, cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status) not in (0, 1):
        raise SystemExit(f"{' '.join(command)} failed")
    return time.perf_counter() - start, usage.ru_maxrss / 1024


def median(command: Sequence[str], cwd: Path, runs: int = 5) -> tuple[float, float]:
    """Median seconds and largest peak of ``runs`` runs."""
    done = [once(command, cwd) for _ in range(runs)]
    return statistics.median(seconds for seconds, _ in done), max(peak for _, peak in done)


def report(name: str, seconds: float, peak: float) -> None:
    print(f"{name:<58} {seconds:7.2f} s {peak:7.0f} MB")


def main() -> None:
    folder = Path(tempfile.mkdtemp())
    try:
        acts(folder)
    finally:
        shutil.rmtree(folder)


def acts(folder: Path) -> None:
    empty, _ = median([sys.executable, "-c", "pass"], folder, 15)
    help_, peak = median([*DUIZHAO, "--help"], folder, 15)
    print(f"{'duizhao --help, times an empty Python program':<58} {help_ / empty:7.1f} x {peak:7.0f} MB")
    # The first run writes bytecode caches of the program and fills none of its own: there is no compiling.
    demo = [*DUIZHAO, "demo", "demo"]
    report("demo: made, built, published", *once(demo, folder))
    shutil.rmtree(folder / "demo")
    report("demo again from nothing, warm", *once(demo, folder))
    report("build, nothing changed", *median([*DUIZHAO, "build", "demo"], folder))
    text = folder / "demo" / "texts" / "tea.en.md"
    text.write_text(text.read_text(encoding="utf-8") + "\nOne more sentence.\n", encoding="utf-8")
    once([*DUIZHAO, "add", "demo", str(folder / "demo" / "texts")], folder)
    report("build, one file changed", *once([*DUIZHAO, "build", "demo"], folder))
    report("find, two characters", *median([*DUIZHAO, "find", "demo", "竹子"], folder))
    if SHARED.is_dir():
        zh, en = SHARED / "specimen" / "zh-Hant.txt", SHARED / "specimen" / "en.txt"
        report("compare, the specimen", *median([*DUIZHAO, "compare", str(zh), str(en)], folder, 3))
        zh, en = SHARED / "books" / "art-of-war" / "zh.txt", SHARED / "books" / "art-of-war" / "en.epub"
        report(
            "compare, the Art of War (351 and 3,673 sentences)",
            *once([*DUIZHAO, "compare", str(zh), str(en)], folder),
        )
        from bench.speed_align import texts

        for side, lines in zip(("zh", "en"), texts(1000)[:2], strict=True):
            (folder / side).write_text("\n".join(lines) + "\n", encoding="utf-8")
        align = [*DUIZHAO, "align", "zh", "en", "--split", "lines"]
        report("align, 1,000 by 1,000 sentences", *median(align, folder, 3))
    print(f"(this program itself: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB)")


if __name__ == "__main__":
    main()
