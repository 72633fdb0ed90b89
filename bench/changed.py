"""Gold texts changed as real documents differ from complete translations: sentences removed in runs, foreign
text added, passages moved, chapters in another order.

One side is changed, the other stays as it is. What the gold links become is known for every change."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from bench import gold

Text = list[tuple[int, str]]  # a changed side: the old number of each sentence, -1 for foreign text


@dataclass(frozen=True)
class Change:
    """``removed``: share of the sentences taken out, in runs of so many (``runs``). ``foreign``: sentences of
    other texts added, as a multiple of the text's length: half stand before, a quarter inside, a quarter
    behind. ``moved``: passages of 4 to 15 sentences that move at least 20 sentences away. ``chapters``: the
    text is cut into so many at gold links, and those stand in another order. ``headed``: the chapters are
    known, with their numbers. ``strays``: single foreign sentences, this share of the text's, and one at
    either end."""

    removed: float = 0.0
    runs: tuple[int, int] = (5, 15)
    foreign: float = 0.0
    moved: int = 0
    chapters: int = 0
    headed: bool = False
    strays: float = 0.0


CASES = {
    "clean": Change(),
    "omitted": Change(removed=0.05, runs=(1, 2)),
    "removed-10": Change(removed=0.1),
    "removed-30": Change(removed=0.3),
    "removed-50": Change(removed=0.5),
    "removed-80": Change(removed=0.8),
    "foreign-half": Change(foreign=0.5),
    "foreign-1": Change(foreign=1.0),
    "foreign-6": Change(foreign=6.0),
    "both": Change(removed=0.3, foreign=1.0),
    "strays": Change(strays=0.03),
    "moved-1": Change(moved=1),
    "moved-3": Change(moved=3),
    "shuffled": Change(chapters=6),
    "shuffled and headed": Change(chapters=6, headed=True),
    "shuffled and foreign": Change(foreign=1.0, chapters=6),
}
SHORTEST = 4  # sentences of a moved passage, on both sides
APART = 20  # sentences between a moved passage and the place it comes from


@dataclass(frozen=True)
class Changed:
    """``links``: gold links that kept all their sentences (two-sided only); ``left``: the same with the rest
    of those that lost some; ``foreign``: numbers of the added sentences, on ``side``; ``moved``: for each
    moved passage its gold links; ``chapters``: on each side the first sentences of the chapters, where they
    were shuffled, the n-th of the one belonging to the n-th of the other."""

    name: str
    case: str
    zh: list[str]
    en: list[str]
    links: gold.Pairs
    left: gold.Pairs
    foreign: set[int]
    side: str
    moved: list[gold.Pairs] = field(default_factory=list)
    chapters: tuple[list[int], list[int]] = ([], [])


def changed(name: str, case: str, side: str = "en") -> Changed:
    """One changed document, the same every time."""
    change = CASES[case]
    dice = random.Random(f"{name} {case} {side}")
    both = dict(zip(("zh", "en"), gold.sentences(name), strict=True))
    own = both[side]
    gone = _removed(len(own), change, dice)
    others = [x for other in (*gold.NOVELS, "bible-5k") if other != name for x in _side(other, side)]
    count = int(change.foreign * len(own))
    start = dice.randrange(len(others) - count)
    pool: Text = [(-1, x) for x in others[start : start + count]]
    half, cut = count // 2, dice.randrange(1, len(own))
    passages = _passages(gold.links(name), side, len(own), change.moved, dice)
    text: Text = [(k, x) for k, x in enumerate(own) if k not in gone]
    text = _moved(text, passages, dice)
    firsts: tuple[list[int], list[int]] = ([], [])
    if change.chapters:
        text, firsts = _shuffled(text, gold.links(name), side, change.chapters, dice)
    # Inside stands at a place of the changed text, between chapters where there are any.
    inside = next((k for k, (number, _) in enumerate(text) if number >= cut), len(text))
    if change.chapters:
        inside = firsts[side == "en"][change.chapters // 2]
        firsts[side == "en"][:] = [k + half + (k >= inside) * (count // 4) for k in firsts[side == "en"]]
    text = [
        *pool[:half],
        *text[:inside],
        *pool[half : half + count // 4],
        *text[inside:],
        *pool[half + count // 4 :],
    ]
    if change.strays:
        for at in [0, len(text), *dice.sample(range(len(text)), int(change.strays * len(text)))]:
            text.insert(at, (-1, dice.choice(others)))
    where = {number: k for k, (number, _) in enumerate(text) if number >= 0}
    whole, left = _links(gold.links(name), where, side)
    new = [x for _, x in text]
    moved_to = [{where[x] for x in passage} for passage in passages]
    return Changed(
        f"{name}.{side}-{case}",
        case,
        both["zh"] if side == "en" else new,
        both["en"] if side == "zh" else new,
        whole,
        left,
        {k for k, (number, _) in enumerate(text) if number < 0},
        side,
        [[x for x in whole if set(x[side == "en"]) <= numbers] for numbers in moved_to],
        firsts,
    )


SHORT = (3, 16)  # links of a short text
SHORT_CASES = ("short", "short with strays", "short with omissions")


def short(name: str, case: str, side: str, number: int) -> Changed:
    """A short text cut from a gold document: as it is; with a foreign sentence at one end or both, and now
    and then inside; or with one or two sentences left out. ``number``: which of many, the same every time."""
    dice = random.Random(f"{name} {case} {side} {number}")
    here = side == "en"
    links = [x for x in gold.links(name) if x[0] and x[1]]
    count = dice.randint(*SHORT)
    first = dice.randrange(len(links) - count)
    inside = links[first : first + count]
    spans = [(min(x[k][0] for x in inside), max(x[k][-1] for x in inside) + 1) for k in (0, 1)]
    both = [_side(name, x)[a:b] for x, (a, b) in zip(("zh", "en"), spans, strict=True)]
    shifted = [(tuple(i - spans[0][0] for i in zh), tuple(j - spans[1][0] for j in en)) for zh, en in inside]
    text: Text = list(enumerate(both[here]))
    if case == "short with omissions":
        for _ in range(dice.randint(1, 2)):
            if len(text) > 2:
                text.pop(dice.randrange(len(text)))
    if case == "short with strays":
        others = [x for other in (*gold.NOVELS, "bible-5k") if other != name for x in _side(other, side)]
        ends = dice.choice([[0], [len(text)], [0, len(text)], [0, len(text), dice.randrange(len(text))]])
        for at in sorted(ends, reverse=True):
            text.insert(at, (-1, dice.choice(others)))
    where = {number: k for k, (number, _) in enumerate(text) if number >= 0}
    whole, left = _links(shifted, where, side)
    new = [x for _, x in text]
    foreign = {k for k, (number, _) in enumerate(text) if number < 0}
    zh, en = (both[0], new) if here else (new, both[1])
    return Changed(f"{name}.{side}-{case}-{number}", case, zh, en, whole, left, foreign, side)


def _side(name: str, side: str) -> list[str]:
    return gold.sentences(name)[side == "en"]


def _removed(size: int, change: Change, dice: random.Random) -> set[int]:
    gone: set[int] = set()
    while len(gone) < change.removed * size:
        start = dice.randrange(size)
        gone.update(range(start, min(size, start + dice.randint(*change.runs))))
    return gone


def _passages(links: gold.Pairs, side: str, size: int, count: int, dice: random.Random) -> list[range]:
    """Passages that do not touch, of at least SHORTEST sentences on both sides."""
    here = side == "en"
    found: list[range] = []
    while len(found) < count:
        start = dice.randrange(size - 15)
        one = range(start, start + dice.randint(SHORTEST, 15))
        inside = [x for x in links if x[here] and all(k in one for k in x[here])]
        if sum(len(x[not here]) for x in inside) >= SHORTEST and all(
            one.stop + 1 < other.start or other.stop + 1 < one.start for other in found
        ):
            found.append(one)
    return found


def _moved(text: Text, passages: Sequence[range], dice: random.Random) -> Text:
    """Each passage taken out and put in again far from where it stood, inside none of the others."""
    for passage in passages:
        rest = [x for x in text if x[0] not in passage]
        inner = {k for other in passages for k in other[1:]}
        places = [
            k
            for k, (number, _) in enumerate(rest)
            if number not in inner and not passage.start - APART <= number < passage.stop + APART
        ]
        at = dice.choice(places)
        text = [*rest[:at], *(x for x in text if x[0] in passage), *rest[at:]]
    return text


def _shuffled(
    text: Text, links: gold.Pairs, side: str, count: int, dice: random.Random
) -> tuple[Text, tuple[list[int], list[int]]]:
    """The text cut at links into chapters of about the same length, in another order."""
    here = side == "en"
    two_sided = [x for x in links if x[0] and x[1]]
    size = len(text) / count
    starts = [0]
    for link in two_sided:
        if link[here][0] >= len(starts) * size and len(starts) < count:
            starts.append(link[here][0])
    other = [0, *(next(x[not here][0] for x in two_sided if x[here][0] == start) for start in starts[1:])]
    order = list(range(count))
    while any(b == a + 1 for a, b in pairwise(order)):
        dice.shuffle(order)
    out: Text = []
    firsts = [0] * count
    for chapter in order:
        firsts[chapter] = len(out)
        stop = starts[chapter + 1] if chapter + 1 < count else len(text)
        out += text[starts[chapter] : stop]
    return out, ((other, firsts) if here else (firsts, other))


def _links(links: gold.Pairs, where: dict[int, int], side: str) -> tuple[gold.Pairs, gold.Pairs]:
    """Two-sided links in the new numbers: those that kept all, and the same with what is left of the others
    (the longest run of it)."""
    whole: gold.Pairs = []
    left: gold.Pairs = []
    for zh, en in links:
        own, other = (en, zh) if side == "en" else (zh, en)
        if not own or not other:
            continue
        runs: list[list[int]] = []
        for k in (where[x] for x in own if x in where):
            if runs and k == runs[-1][-1] + 1:
                runs[-1].append(k)
            else:
                runs.append([k])
        if not runs:
            continue
        longest = tuple(max(runs, key=lambda run: len(run)))
        link = (other, longest) if side == "en" else (longest, other)
        left.append(link)
        if len(longest) == len(own):
            whole.append(link)
    return whole, left
