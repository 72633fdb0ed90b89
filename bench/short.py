"""python -m bench.short: the aligner on short texts, stretches of 3 to 16 links of the gold texts: as they
are, with foreign sentences at their ends, with sentences left out.

Strict F1 over two-sided links; foreign sentences linked; expected calibration error. Texts that weights were
learned from are aligned with weights that never saw them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from bench import align_gold, calibration, gold
from bench.changed import SHORT_CASES, short
from bench.train_align import links_of
from duizhao.alignments import frames, sides
from duizhao.alignments.encoder import default_encoder

EACH = 12  # texts of a novel, a side and a case
ACADEMIC = 30  # of the academic text


@cache
def figures(case: str, names: Sequence[str] = gold.NOVELS, each: int = EACH) -> Mapping[str, float]:
    """``f1``; ``foreign``: share of foreign sentences linked; ``error``: expected calibration error."""
    hits = found = true = foreign = linked = 0
    judged: list[tuple[float, bool]] = []
    for name in names:
        for side in ("en", "zh"):
            for number in range(each):
                # Others than are learned from (`train_short.EACH`).
                text = short(name, case, side, 1000 + number)
                zh, en = (
                    sides.prepare(x, y, default_encoder()) for x, y in ((text.zh, "zh"), (text.en, "en"))
                )
                layout = frames.plain(len(zh)), frames.plain(len(en))
                steps = align_gold.aligned(name, zh, en, layout, default_encoder())
                links = {x for x in links_of(steps) if x[0] and x[1]}
                hits += len(links & set(text.links))
                found += len(links)
                true += len(text.links)
                foreign += len(text.foreign)
                linked += sum(k in text.foreign for link in links for k in link[side == "en"])
                judged += [
                    (s.probability, x in set(text.left))
                    for s, x in zip(steps, links_of(steps), strict=True)
                    if x[0] and x[1]
                ]
    return {
        "f1": 2 * hits / (found + true),
        "foreign": linked / foreign if foreign else 0.0,
        "error": calibration.error(judged),
    }


def main() -> None:
    for group, names in (("novels", gold.NOVELS), ("academic", ("academic",))):
        for case in SHORT_CASES:
            one = figures(case, names, EACH if group == "novels" else ACADEMIC)
            print(
                f"{group:9} {case:21} F1 {one['f1']:.4f}  foreign linked {one['foreign']:.1%}  "
                f"calibration error {one['error']:.3f}",
                flush=True,
            )


if __name__ == "__main__":
    main()
