"""What a document's layout says about its alignment: headings, sections, notes, front and back matter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from duizhao.alignments.lattice import NEVER, Scores
from duizhao.records import Document
from duizhao.text.numbered import heading_number, is_bare

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

_KINDS = {"body": 0, "front": 1, "back": 2, "notes": 3}
HEADING = 4  # added to the kind of a heading

# Log-odds taken from a block of two sentences whose parts differ in kind: never, where the other side tells
# such parts apart too; else only on strong evidence. And of a heading against running text, where both sides
# have headings.
NEVER_TOGETHER, SELDOM, HEADING_TEXT, HEADINGS = -30.0, -8.0, -3.0, 1.0


@dataclass(frozen=True, slots=True)
class Frame:
    """``kinds``: (n,) kind of each sentence's part, HEADING added for a heading. ``walls``: (n + 1,) 1 at the
    cuts that no block may cross: where a section begins, between a heading and text. ``sections``: (n,) of
    each sentence. ``groups``: (n,) the group of sections it belongs to, out of which no link leads (0: the
    one of all that is not sure). ``numbers``: of the numbered sections, with those of the sections around
    them, outermost first."""

    kinds: Ints
    walls: Ints
    sections: Ints
    groups: Ints
    numbers: Mapping[int, tuple[int, ...]]

    def part(self, numbers: Ints) -> Frame:
        """These sentences only, in this order; a wall stands wherever two do not follow each other in the
        text."""
        walls = np.zeros(len(numbers) + 1, np.int64)
        if len(numbers):
            walls[:-1] = self.walls[numbers]
            walls[1:-1] |= np.diff(numbers) != 1
        return Frame(self.kinds[numbers], walls, self.sections[numbers], self.groups[numbers], self.numbers)


def plain(sentences: int) -> Frame:
    """No layout known."""
    zeros = np.zeros(sentences, np.int64)
    return Frame(zeros, np.zeros(sentences + 1, np.int64), zeros, zeros, {})


def frame(document: Document) -> Frame:
    """The layout of a document."""
    kinds, walls = [], [0]
    last = None
    for sentence in document.sentences:
        heading = sentence.kind == "heading"
        kinds.append(_KINDS[document.sections[sentence.section].kind] + HEADING * heading)
        # Headings of several levels in a row may stand against one.
        here = ("heading",) if heading else ("text", sentence.section)
        if last is not None:
            walls.append(int(here != last))
        last = here
    return Frame(
        np.array(kinds, np.int64),
        np.array([*walls, 0][: len(kinds) + 1], np.int64),
        np.array([sentence.section for sentence in document.sentences], np.int64),
        np.zeros(len(kinds), np.int64),
        _numbers(document),
    )


def _numbers(document: Document) -> dict[int, tuple[int, ...]]:
    """For each section of the text itself that has a number the numbers from the outermost down to it."""
    paths: list[tuple[int, ...]] = []
    out = {}
    for section in document.sections:
        own = heading_number(section.heading) if section.heading and section.kind == "body" else 0
        path = paths[section.parent] if section.parent >= 0 else ()
        paths.append((*path, own) if own else path)
        if own:
            out[section.number] = paths[-1]
    return out


def lone_numbers(document: Document, other: Document) -> list[int]:
    """Headings that are nothing but a number, of a rank that the other document does not count: it has less
    than half as many numbered headings of the text in all.

    Left in, each would cost the search a sentence alone, and a text in short chapters would cost more than
    its links gain."""
    counted = sum(bool(s.kind == "body" and s.heading and heading_number(s.heading)) for s in other.sections)
    ranks: dict[int, list[int]] = {}
    for sentence in document.sentences:
        if sentence.kind == "heading" and is_bare(sentence.text):
            ranks.setdefault(document.sections[sentence.section].level, []).append(sentence.number)
    return sorted(number for rank in ranks.values() if counted < len(rank) / 2 for number in rank)


def prices(zh: Frame, en: Frame) -> Floats:
    """What a block of sentences of these kinds gains or loses, (8, 8) by kind, Chinese first."""
    out = np.zeros((2 * HEADING, 2 * HEADING))
    both = [set((f.kinds % HEADING).tolist()) for f in (zh, en)]
    headings = all(bool((f.kinds >= HEADING).any()) for f in (zh, en))
    for x in range(2 * HEADING):
        for y in range(2 * HEADING):
            p, q = x % HEADING, y % HEADING
            if p != q:
                told = all(kind in both[1 - side] for side, kind in ((0, p), (1, q)) if kind)
                out[x, y] += NEVER_TOGETHER if told else SELDOM
            if headings and (x >= HEADING) != (y >= HEADING):
                out[x, y] += HEADING_TEXT
            if x >= HEADING and y >= HEADING:
                out[x, y] += HEADINGS
    return out


def forbid(scores: Scores, layout: tuple[Frame, Frame]) -> None:
    """Forbid the blocks that cross a wall or link two groups, and add the prices of the others, by their
    first sentences; in place."""
    table = prices(*layout)
    crossed = [np.concatenate([[0], np.cumsum(frame.walls)]) for frame in layout]
    groups = any(frame.groups.any() for frame in layout)
    if not table.any() and not any(c[-1] for c in crossed) and not groups:
        return
    low, width = scores.corridor.low, scores.corridor.high - scores.corridor.low + 1
    i = np.repeat(np.arange(len(width)), width)
    j = np.arange(len(i)) - scores.corridor.offsets[i] + low[i]
    for kind, (a, b) in enumerate(scores.types):
        inside = np.flatnonzero(scores.blocks[kind] > NEVER / 2)
        ii, jj = i[inside], j[inside]
        crossing = crossed[0][ii] > crossed[0][ii - a + 1]
        crossing |= crossed[1][jj] > crossed[1][jj - b + 1]
        price = table[layout[0].kinds[ii - a], layout[1].kinds[jj - b]]
        crossing |= layout[0].groups[ii - a] != layout[1].groups[jj - b]
        scores.blocks[kind, inside] = np.where(crossing, NEVER, scores.blocks[kind, inside] + price)


def seams(numbers: Ints, total: int) -> Ints:
    """1 at the cuts of these sentences (rising, out of ``total``) where others were left out, ends
    included."""
    bounds = np.concatenate([[-1], numbers, [total]])
    return (np.diff(bounds) > 1).astype(np.int64)
