"""python -m bench.speed_align [SENTENCES …]: time and peak memory of one alignment in a process of its own,
model loading included, for growing numbers of sentences on each side."""

from __future__ import annotations

import json
import os
import subprocess
import sys

from bench import gold

ONE = """
import json, resource, sys, time
start = time.perf_counter()
from duizhao.alignments import align_sentences
zh, en = json.load(sys.stdin)
result = align_sentences(zh, en)
spent = time.perf_counter() - start
used = resource.getrusage(resource.RUSAGE_SELF)
print(json.dumps({"seconds": spent, "processor seconds": used.ru_utime + used.ru_stime, "mb": used.ru_maxrss /
1024,
                  "links": len(result.links)}))
"""


def texts(count: int) -> tuple[list[str], list[str]]:
    """``count`` sentences a side: academic, then the novels, then Bible verses, cut at links so that they
    stay parallel."""
    zh: list[str] = []
    en: list[str] = []
    names = ("academic", *gold.NOVELS, "bible-5k")
    rounds = 0
    while len(zh) < count and rounds < 50:
        for name in names:
            left, right = gold.sentences(name)
            for a, b in gold.links(name):
                if len(zh) + len(a) > count or len(en) + len(b) > count:
                    break
                # Later rounds differ from earlier ones, so that nothing is found twice.
                zh += [left[i] + ("" if not rounds else str(rounds)) for i in a]
                en += [right[j] + ("" if not rounds else f" {rounds}") for j in b]
        rounds += 1
    return zh, en


def measure(count: int) -> dict[str, float]:
    """Seconds, peak memory in MB, seconds per 1,000 sentences of a side."""
    zh, en = texts(count)
    environment = {**os.environ, "OMP_NUM_THREADS": os.environ.get("OMP_NUM_THREADS", "1")}
    done = subprocess.run(
        [sys.executable, "-c", ONE],
        input=json.dumps([zh, en]),
        text=True,
        capture_output=True,
        check=True,
        env=environment,
    )
    result: dict[str, float] = json.loads(done.stdout)
    characters = sum(map(len, zh)) + sum(map(len, en))
    return {
        "zh": len(zh),
        "en": len(en),
        **result,
        "processor seconds a million characters": result["processor seconds"] / characters * 1e6,
    }


def main() -> None:
    for count in map(int, sys.argv[1:] or ["1000", "1000", "2000", "5000", "10000"]):
        print({key: round(value, 2) for key, value in measure(count).items()}, flush=True)


if __name__ == "__main__":
    main()
