"""Strict F1 of the aligner on the gold sentence links, and whether its probabilities hold.

    python -m bench.align_gold            figures
    python -m bench.align_gold --plot     and docs/reliability.svg anew

Documents that the weights were learned from are aligned with weights that never saw them
(bench/align_left_out.json); bible-5k, which nothing was learned from, with the shipped ones."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from bench import calibration, gold
from bench.train_align import links_of
from bench.train_align import weights_never_seen as weights
from duizhao.alignments import frames, long, search, sides
from duizhao.alignments.encoder import Encoder, default_encoder
from duizhao.alignments.fine import Step
from duizhao.alignments.frames import Frame
from duizhao.alignments.sides import Side

PLOT = Path(__file__).resolve().parent.parent / "docs" / "reliability.svg"


@cache
def steps(name: str) -> tuple[Step, ...]:
    """The links of a gold document, by weights that never saw it."""
    zh, en = (
        sides.prepare(texts, language, default_encoder())
        for texts, language in zip(gold.sentences(name), ("zh", "en"), strict=True)
    )
    layout = frames.plain(len(zh)), frames.plain(len(en))
    return tuple(aligned(name, zh, en, layout, default_encoder()))


def aligned(name: str, zh: Side, en: Side, layout: tuple[Frame, Frame], encoder: Encoder) -> list[Step]:
    """What a user gets of two sides, by weights that never saw the gold document ``name``."""
    return long.linked(zh, en, layout, search.search(zh, en, layout, weights(name)), encoder)


def pooled(names: Iterable[str]) -> float:
    """Strict F1, all links of these documents counted together."""
    return gold.strict((gold.by_verse(name, links_of(steps(name))), gold.links(name)) for name in names)


def judged(names: Iterable[str]) -> list[tuple[float, bool]]:
    """(probability, whether it is exactly right) of all links of these documents."""
    out = []
    for name in names:
        true = set(gold.links(name))
        found = steps(name)
        out += [(s.probability, link in true) for s, link in zip(found, links_of(found), strict=True)]
    return out


def main() -> None:
    for name in (*gold.NOVELS, "academic", "bible-5k"):
        print(f"{name}: {pooled([name]):.4f}", flush=True)
    print(f"mac-dev together: {pooled(gold.NOVELS):.4f}", flush=True)
    sets = {"novels (mac-dev)": judged(gold.NOVELS), "academic": judged(["academic"])}
    for name, links in sets.items():
        wrong = f"{calibration.error(links):.4f} ({calibration.BINS} bins of equal mass)"
        print(f"{name}: expected calibration error {wrong}")
    if "--plot" in sys.argv:
        PLOT.write_text(calibration.plot(sets), encoding="utf-8")
        print(f"wrote {PLOT}")


if __name__ == "__main__":
    main()
