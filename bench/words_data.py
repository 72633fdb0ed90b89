"""The word links of the gold, and how they are scored (as ../shared/gold/score.py does)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

from bench.gold import GOLD, lines
from duizhao.words.tokens import chinese, english

Cells = set[tuple[int, int]]
WordPair = tuple[list[str], list[str]]


def pairs(path: Path = GOLD / "word" / "zhen.txt") -> list[WordPair]:
    out = []
    for line in lines(path):
        zh, _, en = line.partition("|||")
        out.append((zh.split(), en.split()))
    return out


def gold(path: Path = GOLD / "word" / "zhen.gold.txt") -> list[tuple[Cells, Cells]]:
    """(sure, sure and possible) links of each pair, zero-based."""
    out = []
    for line in lines(path):
        fields = [(x, "-" if "-" in x else "p") for x in line.split()]
        links = [(tuple(int(y) - 1 for y in x.split(mark)), mark) for x, mark in fields]
        sure = {(a, b) for (a, b), mark in links if mark == "-"}
        out.append((sure, sure | {(a, b) for (a, b), _ in links}))
    return out


def other_pairs() -> list[WordPair]:
    """Sentence pairs of other texts whose licences allow tables of words: the unchanged side of DEMETR, and
    for each sentence of MQM TED the first version without error. No link was set by hand here."""
    found: dict[str, str] = {}
    for name in ("demetr", "mqm-ted"):
        for line in lines(GOLD / "fidelity" / f"{name}.jsonl"):
            one = json.loads(line)
            if not one.get("errors"):
                found.setdefault(one["zh"], one["en"])
    return [([x.text for x in chinese(zh)], [x.text for x in english(en)]) for zh, en in found.items()]


def error_rate(found: Iterable[Cells], truth: Sequence[tuple[Cells, Cells]]) -> dict[str, float]:
    """AER = 1 − (|A ∩ S| + |A ∩ P|) / (|A| + |S|), with precision |A ∩ P| / |A| and recall |A ∩ S| / |S|."""
    hits_sure = hits_possible = links = total = 0
    for cells, (sure, possible) in zip(found, truth, strict=True):
        hits_sure += len(cells & sure)
        hits_possible += len(cells & possible)
        links += len(cells)
        total += len(sure)
    return {
        "aer": 1 - (hits_sure + hits_possible) / max(links + total, 1),
        "precision": hits_possible / max(links, 1),
        "recall": hits_sure / max(total, 1),
    }
