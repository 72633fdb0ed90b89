"""python -m bench.speed_pairs [N …]: `duizhao pair` on two folders of N files each, as one process: processor
time, peak memory, F1. Names tell nothing, and a tenth of each side has no counterpart.

The documents are put together from the gold links: two to four runs of neighbouring units (a Bible verse or
two, a law's line, a news line, a few sentences of a novel), 5 to 20 units in all, no two alike; the
counterpart is what belongs to the same units."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bench import gold
from bench.pairs_sets import laws, ntrex, parts

Unit = tuple[str, str]
REMOVED = 0.1


def units() -> list[list[Unit]]:
    """Runs of units that stand one behind the other in their texts."""
    runs: list[list[Unit]] = []
    for zh, en in zip(ntrex("zh-Hans"), ntrex("en"), strict=True):
        runs.append(list(zip(zh, en, strict=True)))
    for zh, en in zip(*laws(bare=False), strict=True):
        if len(zh) == len(en):
            runs.append(list(zip(zh, en, strict=True)))
    for name, size in (("bible-5k", 2), *((novel, 3) for novel in gold.NOVELS)):
        both = zip(*parts(name, size), strict=True)
        runs.append([("".join(zh), " ".join(en)) for zh, en in both])
    return [run for run in runs if len(run) >= 2]


def documents(count: int) -> Iterator[list[Unit]]:
    """So many different ones, always the same."""
    dice = random.Random(count)
    runs = units()
    weights = [len(run) for run in runs]
    for _ in range(count):
        wanted, out = dice.randint(5, 20), list[Unit]()
        while len(out) < wanted:
            run = dice.choices(runs, weights)[0]
            size = min(len(run), wanted - len(out), dice.randint(2, 8))
            first = dice.randint(0, len(run) - size)
            out += run[first : first + size]
        yield out


def measure(count: int) -> None:
    dice = random.Random(-count)
    with tempfile.TemporaryDirectory() as place:
        folders = Path(place, "a"), Path(place, "b")
        for folder in folders:
            folder.mkdir()
        names = [f"{k:06}" for k in range(count)]
        dice.shuffle(names)
        gold_pairs = set()
        for k, document in enumerate(documents(count)):
            there = [dice.random() >= REMOVED for _ in folders]
            for side, folder in enumerate(folders):
                text = "\n".join(unit[side] for unit in document)
                if there[side]:
                    name = f"{k:06}.txt" if side == 0 else f"{names[k]}.txt"
                    (folder / name).write_text(text + "\n", "utf-8")
            if all(there):
                gold_pairs.add((f"{k:06}.txt", f"{names[k]}.txt"))
        start = time.monotonic()
        done = subprocess.Popen(
            [sys.executable, "-m", "duizhao", "pair", *map(str, folders)], stdout=subprocess.PIPE, text=True
        )
        assert done.stdout
        lines = done.stdout.read().splitlines()
        _, status, used = os.wait4(done.pid, 0)
        wall = time.monotonic() - start
    found = {tuple(line.split("\t")[:2]) for line in lines}
    f1 = 2 * len(found & gold_pairs) / max(1, len(found) + len(gold_pairs))
    peak = used.ru_maxrss / (2**20 if sys.platform == "darwin" else 1024)
    processor = used.ru_utime + used.ru_stime
    print(
        f"{count} a side: F1 {f1:.4f} ({len(found - gold_pairs)} false, {len(gold_pairs - found)} missed), "
        f"processor {processor:.1f} s ({processor / 2 / count * 1000:.1f} ms a document of either side), "
        f"wall {wall:.1f} s, peak {peak:.0f} MB, "
        f"exit {os.waitstatus_to_exitcode(status)}",
        flush=True,
    )


if __name__ == "__main__":
    for number in sys.argv[1:] or ("1000", "3000", "10000"):
        measure(int(number))
