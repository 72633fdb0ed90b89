"""Gold texts changed so that they are no longer complete translations: sentences removed in runs, foreign
text added."""

from __future__ import annotations

import random
from dataclasses import dataclass

from bench import gold

CASES = {"removed-30": (0.3, 0.0), "removed-50": (0.5, 0.0), "foreign-1": (0.0, 1.0), "both": (0.3, 1.0)}


@dataclass(frozen=True)
class Changed:
    """``links``: gold links that kept all their sentences (two-sided only); ``foreign``: numbers of the added
    sentences, on ``side``."""

    name: str
    zh: list[str]
    en: list[str]
    links: gold.Pairs
    foreign: set[int]
    side: str


def changed(name: str, case: str, side: str = "en") -> Changed:
    """One changed document. Removed sentences go in runs of 5 to 15; of the added ones, as many as the
    document has, half stand before, a quarter inside and a quarter behind."""
    removed, foreign = CASES[case]
    dice = random.Random(f"{name} {case} {side}")
    both = dict(zip(("zh", "en"), gold.sentences(name), strict=True))
    own = both[side]
    keep = [True] * len(own)
    while keep.count(False) < removed * len(own):
        start = dice.randrange(len(own))
        stop = min(len(own), start + dice.randint(5, 15))
        keep[start:stop] = [False] * (stop - start)
    others = [x for other in (*gold.NOVELS, "bible-5k") if other != name for x in _side(other, side)]
    count = int(foreign * len(own))
    start = dice.randrange(len(others) - count)
    pool = others[start : start + count]
    half, cut = count // 2, dice.randrange(1, len(own))
    text: list[tuple[int, str]] = [(-1, x) for x in pool[:half]]
    for number, sentence in enumerate(own):
        if number == cut:
            text += [(-1, x) for x in pool[half : half + count // 4]]
        if keep[number]:
            text.append((number, sentence))
    text += [(-1, x) for x in pool[half + count // 4 :]]
    where = {number: k for k, (number, _) in enumerate(text) if number >= 0}
    links: gold.Pairs = []
    for zh, en in gold.links(name):
        moved = tuple(where[x] for x in (en if side == "en" else zh) if x in where)
        if (
            zh
            and en
            and len(moved) == len(en if side == "en" else zh)
            and moved[-1] - moved[0] == len(moved) - 1
        ):
            links.append((zh, moved) if side == "en" else (moved, en))
    new = [x for _, x in text]
    return Changed(
        f"{name}.{side}-{case}",
        both["zh"] if side == "en" else new,
        both["en"] if side == "zh" else new,
        links,
        {k for k, (number, _) in enumerate(text) if number < 0},
        side,
    )


def _side(name: str, side: str) -> list[str]:
    return gold.sentences(name)[side == "en"]
