"""python -m bench.kill --times 50: builds killed at random moments, each compared with one that was left
alone.

A collection of the packaged demo's first texts is built undisturbed once, and timed. Then, on a fresh copy
each time,
``duizhao build`` is killed (SIGKILL) at a random moment and run again to its end. Dump, exports and site
must be the same, byte for byte.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path

FORMATS = ("tmx", "tsv", "jsonl")


@dataclass(frozen=True)
class Kill:
    """One killed build. ``after``: seconds until the kill; ``kept``: sentences and results that stood in the
    database after it; ``different``: what was not the same as without a kill."""

    after: float
    kept: int
    different: tuple[str, ...]


def make(folder: Path, most: int) -> None:
    """An unbuilt collection of the demo's first ``most`` files."""
    from duizhao.collection import Collection

    with as_file(files("duizhao.demo") / "collection") as packaged:
        texts = sorted(path for path in packaged.iterdir() if path.suffix == ".md")[:most]
        with Collection.create(folder, title="Killed") as collection:
            collection.add(texts)


def build(folder: Path, jobs: int, relearn: bool = False) -> subprocess.Popen[bytes]:
    """A build in a process of its own, at the head of its own group so that its workers can be waited for."""
    command = [sys.executable, "-m", "duizhao", "build", str(folder), "--jobs", str(jobs)]
    command += ["--relearn"] * relearn
    return subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True, env=_environment()
    )


def finish(process: subprocess.Popen[bytes]) -> None:
    """Wait for a build that must succeed."""
    _, said = process.communicate(timeout=600)
    if process.returncode:
        raise RuntimeError(f"build ended with {process.returncode}: {said.decode()[-2000:]}")


def state(folder: Path, with_site: bool = True) -> dict[str, str]:
    """What a collection is to others: digests of its dump, exports and the files of its site."""
    from duizhao.collection import Collection

    found: dict[str, str] = {}
    with Collection.open(folder) as collection, tempfile.TemporaryDirectory() as scratch:
        found["dump"] = _digest("\n".join(collection.dump()).encode())
        for format in FORMATS:
            path = Path(scratch) / format
            collection.export(format, path)
            found[format] = _digest(path.read_bytes())
        if with_site:
            site = Path(scratch) / "site"
            collection.publish(site)
            for path in sorted(site.rglob("*")):
                if path.is_file():
                    found[f"site/{path.relative_to(site)}"] = _digest(path.read_bytes())
    return found


def kill_once(
    unbuilt: Path,
    scratch: Path,
    after: float,
    expected: dict[str, str],
    jobs: int = 1,
    with_site: bool = True,
    relearn: bool = False,
) -> Kill:
    """Build a copy of ``unbuilt``, kill it ``after`` seconds (sooner, if it was done by then), build again,
    compare."""
    folder = scratch / "killed"
    while True:
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(unbuilt, folder)
        process = build(folder, jobs, relearn)
        try:
            process.wait(timeout=after)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
        process.communicate()
        if process.returncode == -signal.SIGKILL:
            break
        after /= 2
    kept = _rows(folder)
    finish(build(folder, jobs, relearn))
    found = state(folder, with_site)
    different = tuple(
        sorted(name for name in found.keys() | expected.keys() if found.get(name) != expected.get(name))
    )
    shutil.rmtree(folder)
    return Kill(after, kept, different)


def run(
    times: int, most: int, seed: int, jobs: int = 1, with_site: bool = True, relearn: bool = False
) -> list[Kill]:
    """Kill ``times`` builds of ``most`` files at moments drawn with ``seed`` from the time a build takes.
    ``relearn``: builds that learn a word model too."""
    moments = random.Random(seed)
    kills: list[Kill] = []
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        make(scratch / "unbuilt", most)
        took = float("inf")
        for _ in range(2):  # the first fills the machine's caches; only the second's time tells
            shutil.rmtree(scratch / "built", ignore_errors=True)
            shutil.copytree(scratch / "unbuilt", scratch / "built")
            started = time.monotonic()
            finish(build(scratch / "built", jobs, relearn))
            took = min(took, time.monotonic() - started)
        expected = state(scratch / "built", with_site)
        for _ in range(times):
            after = moments.uniform(0.05, took)
            moment = (scratch / "unbuilt", scratch, after, expected, jobs, with_site, relearn)
            kills.append(kill_once(*moment))
    return kills


def _rows(folder: Path) -> int:
    from duizhao.store import Store

    with Store.open(folder) as store:
        return sum(store.versions.sizes().values()) + sum(
            len(store.results.keys(s)) for s in ("align", "check", "words")
        )


def _environment() -> dict[str, str]:
    return {**os.environ, "OMP_NUM_THREADS": "1"}


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.kill", description=__doc__)
    parser.add_argument("--times", type=int, default=50)
    parser.add_argument("--files", type=int, default=12, help="files of the demo to build")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--relearn", action="store_true", help="learn a word model too")
    parser.add_argument("--seed", type=int, default=20260101)
    chosen = parser.parse_args()
    bad = 0
    kills = run(chosen.times, chosen.files, chosen.seed, chosen.jobs, relearn=chosen.relearn)
    for number, kill in enumerate(kills, 1):
        what = ", ".join(kill.different) or "the same"
        print(f"{number:>3}  killed after {kill.after:5.2f} s  {kill.kept:>4} rows kept  {what}")
        bad += bool(kill.different)
    print(f"{len(kills)} kills, {bad} differ from an undisturbed build")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
