"""python -m bench.robust: the aligner on documents as they are, made from the gold texts (`changed`).

For every kind of change, all texts together: strict F1 over two-sided links, a link that lost sentences
counting as not there; the distance from the clean texts; F1 where such a link counts with what is left of it;
the share of found links that are in the gold (with what is left); foreign sentences linked; moved passages
found (at least half of their gold links).

Each text is changed on one side, English and Chinese by turns; ``--both-sides`` does both. Texts that weights
were learned from are aligned with weights that never saw them. ``--vectors DIR`` keeps the vectors for the
next run."""

from __future__ import annotations

import argparse
import hashlib
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bench import align_gold, gold
from bench.changed import CASES, Changed, changed
from bench.train_align import links_of
from duizhao.alignments import frames, sides
from duizhao.alignments.encoder import Encoder, default_encoder

GROUPS = {"novels": gold.NOVELS, "academic": ("academic",)}
HALF = 0.5  # a moved passage is found where this share of its links is


class Kept:
    """An encoder that keeps what it has computed in files."""

    def __init__(self, inner: Encoder, folder: Path) -> None:
        self.inner, self.folder, self.signature = inner, folder, inner.signature
        folder.mkdir(parents=True, exist_ok=True)

    def blocks(self, texts: Sequence[str], longest: int) -> NDArray[np.float16]:
        key = hashlib.sha256("\n".join([self.signature, str(longest), *texts]).encode()).hexdigest()[:32]
        path = self.folder / f"{key}.npy"
        if not path.exists():
            np.save(path, self.inner.blocks(texts, longest))
        vectors: NDArray[np.float16] = np.load(path)
        return vectors


@dataclass
class Tally:
    """Counts over several texts. ``hits``, ``found``, ``true``: links; ``left_hits``, ``left``: against what
    is left of the gold; ``moved`` of ``passages`` were found; ``linked`` of ``foreign`` sentences linked."""

    hits: int = 0
    found: int = 0
    true: int = 0
    left_hits: int = 0
    left: int = 0
    linked: int = 0
    foreign: int = 0
    moved: int = 0
    passages: int = 0
    seconds: float = 0.0

    def add(self, text: Changed, links: gold.Pairs, seconds: float) -> None:
        found = {x for x in links if x[0] and x[1]}
        here = text.side == "en"
        self.hits += len(found & set(text.links))
        self.left_hits += len(found & set(text.left))
        self.found += len(found)
        self.true += len(text.links)
        self.left += len(text.left)
        self.foreign += len(text.foreign)
        self.linked += sum(k in text.foreign for link in found for k in link[here])
        self.passages += len(text.moved)
        self.moved += sum(len(found & set(x)) >= HALF * len(x) for x in text.moved)
        self.seconds += seconds

    @property
    def f1(self) -> float:
        return 2 * self.hits / max(1, self.found + self.true)

    def row(self, title: str, clean: float) -> str:
        left = 2 * self.left_hits / max(1, self.found + self.left)
        precision = self.left_hits / max(1, self.found)
        foreign = f"{self.linked}/{self.foreign} = {self.linked / self.foreign:.2%}" if self.foreign else "-"
        moved = f"{self.moved}/{self.passages}" if self.passages else "-"
        return (
            f"{title:31} {self.f1:.4f} {self.f1 - clean:+.4f}  {left:.4f}  {precision:.4f}"
            f"  {foreign:>17}  {moved:>6}  {self.seconds:6.1f}"
        )


def align(text: Changed, encoder: Encoder) -> gold.Pairs:
    """The links found, by weights that never saw the text."""
    zh, en = sides.prepare(text.zh, "zh", encoder), sides.prepare(text.en, "en", encoder)
    headed = CASES[text.case].headed
    firsts = text.chapters if headed else ([], [])
    layout = _frame(len(zh), firsts[0]), _frame(len(en), firsts[1])
    return links_of(align_gold.aligned(text.name.split(".")[0], zh, en, layout, encoder))


def _frame(size: int, firsts: Sequence[int]) -> frames.Frame:
    """The layout of a text whose chapters begin at these sentences."""
    frame = frames.plain(size)
    sections, walls = np.zeros(size, np.int64), np.zeros(size + 1, np.int64)
    order = sorted(range(len(firsts)), key=lambda k: firsts[k])
    for place, chapter in enumerate(order):
        sections[firsts[chapter] :] = place
        walls[firsts[chapter]] = firsts[chapter] > 0
    return replace(
        frame, sections=sections, walls=walls, numbers={k: (chapter + 1,) for k, chapter in enumerate(order)}
    )


def texts(names: Sequence[str], case: str, both_sides: bool) -> Iterator[Changed]:
    """The changed texts of one case, sides by turns."""
    for number, name in enumerate(names):
        for k, side in enumerate(("en", "zh")):
            if both_sides or k == number % 2:
                yield changed(name, case, side)


GATE = ("removed-30", "foreign-1", "both", "strays", "moved-3", "shuffled")
SHARES = ("foreign left alone", "moved passages found")


@lru_cache(maxsize=1)
def figures() -> dict[str, float]:
    """What the gold gate holds, on the novels with sides by turns: strict F1 of the cases of GATE, the share
    of foreign sentences left alone, the share of moved passages found."""
    tallies = {}
    for case in GATE:
        tallies[case] = Tally()
        for text in texts(gold.NOVELS, case, False):
            tallies[case].add(text, align(text, default_encoder()), 0.0)
    foreign = [tallies[case] for case in ("foreign-1", "both")]
    linked, added = sum(x.linked for x in foreign), sum(x.foreign for x in foreign)
    return {
        **{case: tally.f1 for case, tally in tallies.items()},
        SHARES[0]: 1 - linked / added,
        SHARES[1]: tallies["moved-3"].moved / tallies["moved-3"].passages,
    }


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--case", action="append", choices=CASES, help="only this kind of change")
    parser.add_argument("--group", action="append", choices=GROUPS, help="only these texts")
    parser.add_argument("--both-sides", action="store_true", help="change both sides of every text in turn")
    parser.add_argument("--vectors", type=Path, help="folder that keeps the vectors")
    parser.add_argument("--each", action="store_true", help="a line for each text as well")
    options = parser.parse_args(arguments)
    encoder: Encoder = default_encoder()
    if options.vectors:
        encoder = Kept(encoder, options.vectors)
    print(f"{'':31} F1     - clean   left    precision      foreign linked   moved  seconds")
    for group in options.group or GROUPS:
        clean = 0.0
        for case in dict.fromkeys(["clean", *(options.case or CASES)]):
            tally = Tally()
            for text in texts(GROUPS[group], case, options.both_sides):
                start = time.process_time()
                links = align(text, encoder)
                one = Tally()
                for count in (one, tally):
                    count.add(text, links, time.process_time() - start)
                if options.each:
                    print(one.row(f"  {text.name}", 0.0), flush=True)
            clean = tally.f1 if case == "clean" else clean
            print(tally.row(f"{group} {case}", clean), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
