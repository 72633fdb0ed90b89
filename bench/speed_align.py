"""python -m bench.speed_align [SIZE …]: time and peak memory of one alignment in a process of its own, model
loading included. SIZE: sentences on each side (``10000``), or of the Chinese and the English side
(``43000x30000``)."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from collections.abc import Iterator

from bench import gold

ONE = """
import json, resource, sys, time
start = time.perf_counter()
from duizhao.alignments import align_sentences
zh, en = json.load(sys.stdin)
result = align_sentences(zh, en)
spent = time.perf_counter() - start
used = resource.getrusage(resource.RUSAGE_SELF)
print(json.dumps({"seconds": spent, "processor seconds": used.ru_utime + used.ru_stime,
                  "mb": used.ru_maxrss / 1024, "links": [[x.zh, x.en] for x in result.links]}))
"""
CHAPTER = 60  # links that stay together
SHORT = 20  # characters of a short Chinese sentence
Links = list[tuple[list[str], list[str]]]


def _chapters() -> list[Links]:
    """The gold texts, cut into chapters."""
    out = []
    for name in ("academic", *gold.NOVELS, "bible-5k"):
        zh, en = gold.sentences(name)
        links = [([zh[i] for i in a], [en[j] for j in b]) for a, b in gold.links(name)]
        out += [links[k : k + CHAPTER] for k in range(0, len(links), CHAPTER)]
    return out


def _rounds() -> Iterator[tuple[list[str], list[str]]]:
    """The links of all chapters, without end. In every later round the chapters are shuffled and each link
    has some short pair put before it, so that links do not repeat."""
    draw = random.Random(1)
    chapters = _chapters()
    short = [
        (zh[0], en[0])
        for chapter in chapters
        for zh, en in chapter
        if len(zh) == len(en) == 1 and 3 <= len(zh[0]) <= SHORT
    ]
    for zh, en in (link for chapter in chapters for link in chapter):
        yield zh, en
    while True:
        draw.shuffle(chapters)
        for zh, en in (link for chapter in chapters for link in chapter):
            if zh and en:
                before = draw.choice(short)
                yield [before[0] + zh[0], *zh[1:]], [f"{before[1]} {en[0]}", *en[1:]]
            else:
                yield zh, en


def texts(count: int, english: int = 0) -> tuple[list[str], list[str], gold.Pairs]:
    """About ``count`` sentences a side (``english`` of them English, if given and fewer: neighbouring links
    are joined into one English sentence), and their links."""
    english = english or count
    zh: list[str] = []
    en: list[str] = []
    links: gold.Pairs = []
    for a, b in _rounds():
        if len(zh) + len(a) > count or len(en) + len(b) > max(count, english):
            break
        joins = b and links and links[-1][1] and len(links[-1][0]) + len(a) <= 4
        if english < count and joins and len(en) > english / count * len(zh):
            before, behind = links.pop()
            en[-1] = " ".join([en[-1], *b])
            links.append(((*before, *range(len(zh), len(zh) + len(a))), behind))
        else:
            links.append((tuple(range(len(zh), len(zh) + len(a))), tuple(range(len(en), len(en) + len(b)))))
            en += b
        zh += a
    return zh, en, links


def measure(size: str) -> dict[str, float]:
    """Sentences, strict F1, seconds, peak memory in MB."""
    zh, en, links = texts(*map(int, size.split("x")))
    environment = {**os.environ, "OMP_NUM_THREADS": os.environ.get("OMP_NUM_THREADS", "1")}
    done = subprocess.run(
        [sys.executable, "-c", ONE],
        input=json.dumps([zh, en]),
        text=True,
        stdout=subprocess.PIPE,
        check=True,
        env=environment,
    )
    result = json.loads(done.stdout)
    found = [(tuple(a), tuple(b)) for a, b in result.pop("links")]
    characters = sum(map(len, zh)) + sum(map(len, en))
    spent = result["processor seconds"]
    return {
        "zh": len(zh),
        "en": len(en),
        "strict F1": gold.strict([(found, links)]),
        **result,
        "processor ms a sentence": spent / (len(zh) + len(en)) * 1e3,
        "processor seconds a million characters": spent / characters * 1e6,
    }


def main() -> None:
    for size in sys.argv[1:] or ["1000", "1000", "2000", "5000", "10000"]:
        print({key: round(value, 3) for key, value in measure(size).items()}, flush=True)


if __name__ == "__main__":
    main()
