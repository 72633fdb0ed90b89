"""python -m bench.train_align: learn the weights of the fine model from the gold sentence links.

Writes the shipped weights (trained on all documents) into the package and, for honest figures, the weights
that never saw a document to bench/align_left_out.json. Numbers only, no text. Takes a few minutes."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bench import cards, gold
from bench.changed import changed
from duizhao.alignments import anchors, blocks, coarse, features, fine, frames, lattice, model, search, sides
from duizhao.alignments.encoder import default_encoder

Floats = NDArray[np.float64]
TRAINED_ON = (*gold.NOVELS, "academic")
CHANGES = (
    *(("removed-30", "en"), ("both", "zh"), ("foreign-1", "en")),
    *(("both", "en"), ("removed-50", "zh"), ("foreign-half", "zh")),
)
LEFT_OUT = Path(__file__).with_name("align_left_out.json")
SHIPPED = Path(model.__file__).with_name("weights.json")
ALONE = features.ALONE
BLOCK, CUT = len(features.BLOCK_NAMES), len(features.CUT_NAMES)
# How strongly a weight is drawn to zero, per unit of the feature's deviation.
BASE = features.BLOCK_NAMES.index("ends in question on both")
WORDS = features.BLOCK_NAMES.index("zh covered")
PENALTY = np.concatenate(
    [
        np.full(BASE, 3.0),
        np.full(BLOCK - BASE, 30.0),
        np.full(CUT, 10.0),
        np.full(len(features.GAP_NAMES), 3.0),
    ]
)


class Lesson:
    """A document ready for training: its problem in a corridor drawn close to the candidates and to the gold
    path."""

    def __init__(self, p: fine.Problem, steps: list[tuple[int, int, int, int]]) -> None:
        n = len(p.corridor.low) - 1
        i = np.concatenate(
            [p.found.i, p.found.i - p.found.a, [s[0] for s in steps], [s[0] + s[2] for s in steps]]
        )
        j = np.concatenate(
            [p.found.j, p.found.j - p.found.b, [s[1] for s in steps], [s[1] + s[3] for s in steps]]
        )
        low, high = np.full(n + 1, p.corridor.high[-1]), np.zeros(n + 1, np.int64)
        np.minimum.at(low, i, j)
        np.maximum.at(high, i, j)
        low, high = np.minimum.accumulate(low[::-1])[::-1], np.maximum.accumulate(high)
        low[0], high[-1] = 0, p.corridor.high[-1]
        low[1:] = np.minimum(low[1:], high[:-1])
        close = lattice.Corridor(low, high)
        cell = close.offsets[p.found.i] + p.found.j - low[p.found.i]
        found = blocks.at_cells(p.found.kind, cell, close)
        self.problem = fine.Problem(close, found, p.block, p.bonus, p.zh_state, p.en_state, p.gaps)
        self.row, self.column = blocks.cuts(close)
        self.cut = features.cut_features(p.zh_state[self.row], p.en_state[self.column])
        self.missed = 0
        self.gold = self._gold(steps)

    def _gold(self, steps: list[tuple[int, int, int, int]]) -> Floats:
        """Feature sums of the gold path."""
        p = self.problem
        where = {
            key: k
            for k, key in enumerate(
                zip(*(x.tolist() for x in (p.found.i, p.found.j, p.found.a, p.found.b)), strict=True)
            )
        }
        block, cut, gap = np.zeros(BLOCK), np.zeros(CUT), np.zeros(len(features.GAP_NAMES))
        state = "linked"
        for i, j, a, b in steps:
            cut += self.cut[p.corridor.offsets[i + a] + j + b - p.corridor.low[i + a]]
            if a and b:
                number = where.get((i + a, j + b, a, b))
                if number is None:
                    self.missed += 1
                else:
                    block += p.block[number]
                state = "linked"
            elif a:
                gap[:ALONE] += p.gaps.zh[i]
                if state != "zh":
                    gap[2 * ALONE] += 1
                    gap[2 * ALONE + 2] += p.gaps.zh_seam[i]
                state = "zh"
            else:
                gap[ALONE : 2 * ALONE] += p.gaps.en[j]
                if state != "en":
                    gap[2 * ALONE + 1] += 1
                    gap[2 * ALONE + 3] += p.gaps.en_seam[j]
                state = "en"
        return np.concatenate([block, cut, gap])

    def expected(self, w: Floats) -> tuple[float, Floats]:
        """Log of the sum over paths, and the expected feature sums."""
        p = self.problem
        weights = model.Weights(w[:BLOCK], w[BLOCK : BLOCK + CUT], w[BLOCK + CUT :])
        scored = fine.scores(p, weights)
        found = lattice.posterior(scored)
        block = found.blocks[p.found.kind, p.found.cell].astype(np.float64)
        at_cell = np.bincount(p.found.cell, block, len(self.row)) + found.zh_step + found.en_step
        gap = np.zeros(len(features.GAP_NAMES))
        zh_alone = np.bincount(self.row, found.zh_step)
        en_alone = np.bincount(self.column, found.en_step)
        gap[:ALONE], gap[ALONE : 2 * ALONE] = zh_alone[1:] @ p.gaps.zh, en_alone[1:] @ p.gaps.en
        gap[2 * ALONE], gap[2 * ALONE + 1] = found.zh_begin.sum(), found.en_begin.sum()
        gap[2 * ALONE + 2], gap[2 * ALONE + 3] = (
            found.zh_begin @ p.gaps.zh_seam,
            found.en_begin @ p.gaps.en_seam,
        )
        return found.total, np.concatenate([p.block.T @ block, self.cut.T @ at_cell, gap])


def minimise(f: Callable[[Floats], tuple[float, Floats]], x: Floats, rounds: int) -> Floats:
    """Limited-memory BFGS (Nocedal and Wright 2006, algorithm 7.5) with backtracking."""
    value, slope = f(x)
    history: list[tuple[Floats, Floats]] = []
    for _ in range(rounds):
        q, alphas = slope.copy(), []
        for s, y in reversed(history):
            alphas.append(s @ q / (s @ y))
            q -= alphas[-1] * y
        q *= (
            (history[-1][0] @ history[-1][1]) / (history[-1][1] @ history[-1][1])
            if history
            else 1 / np.abs(slope).sum()
        )
        for (s, y), alpha in zip(history, reversed(alphas), strict=True):
            q += s * (alpha - y @ q / (s @ y))
        step = 1.0
        while True:
            new_value, new_slope = f(x - step * q)
            if new_value <= value - 1e-4 * step * (slope @ q) or step < 1e-6:
                break
            step /= 2
        s, y = -step * q, new_slope - slope
        done = value - new_value < 1e-4 * abs(value) * 0.01
        x, value, slope = x + s, new_value, new_slope
        if s @ y > 1e-12:
            history = [*history[-9:], (s, y)]
        if done:
            break
    return x


def steps_of(pairs: gold.Pairs, zh_count: int, en_count: int) -> list[tuple[int, int, int, int]]:
    """The path of gold links: between two blocks all Chinese sentences alone come first. A sentence by which
    a link crosses another stands alone."""
    steps = []
    i = j = 0
    links = sorted(x for x in pairs if x[0] and x[1])
    last = (zh_count, en_count)
    for zh, en in [*links, ((last[0],), (last[1],))]:
        zh, en = tuple(x for x in zh if x >= i), tuple(x for x in en if x >= j)
        if not zh or not en:
            continue
        steps += [(k, j, 1, 0) for k in range(i, zh[0])] + [(zh[0], k, 0, 1) for k in range(j, en[0])]
        if zh[0] < last[0]:
            steps.append((zh[0], en[0], zh[-1] + 1 - zh[0], en[-1] + 1 - en[0]))
        i, j = zh[-1] + 1, en[-1] + 1
    return steps


def lesson(name: str) -> Lesson:
    zh_texts, en_texts = gold.sentences(name)
    encoder = default_encoder()
    zh, en = sides.prepare(zh_texts, "zh", encoder), sides.prepare(en_texts, "en", encoder)
    chain = anchors.anchors(zh.vectors[0], en.vectors[0])
    layout = frames.plain(len(zh)), frames.plain(len(en))
    return Lesson(search.whole(zh, en, layout, chain).whole(), steps_of(gold.links(name), len(zh), len(en)))


def changed_lesson(name: str, case: str, side: str) -> Lesson | None:
    """A changed document, as the fine search sees it behind the coarse one."""
    text = changed(name, case, side)
    encoder = default_encoder()
    zh, en = sides.prepare(text.zh, "zh", encoder), sides.prepare(text.en, "en", encoder)
    layout = frames.plain(len(zh)), frames.plain(len(en))
    corridor = coarse.corridor(anchors.anchors(zh.vectors[0], en.vectors[0]), len(zh), len(en))
    left = search.narrowed(zh, en, layout, coarse.search(zh, en, corridor, model.coarse_weights(), layout))
    if left is None:
        return None
    rows = {int(x): k for k, x in enumerate(left.kept_zh)}
    columns = {int(x): k for k, x in enumerate(left.kept_en)}
    kept = [
        (tuple(rows[i] for i in a), tuple(columns[j] for j in b))
        for a, b in text.links
        if all(i in rows for i in a) and all(j in columns for j in b)
    ]
    return Lesson(left.whole(), steps_of(kept, len(rows), len(columns)))


def fit(lessons: list[Lesson], scale: Floats, start: Floats, rounds: int) -> Floats:
    """Weights (of scaled features) that maximise the probability of the gold paths, drawn to zero by
    PENALTY."""

    def loss(w: Floats) -> tuple[float, Floats]:
        total, slope = 0.5 * float(PENALTY * w @ w), PENALTY * w
        for one in lessons:
            z, expected = one.expected(w / scale)
            total += z - float(one.gold / scale @ w)
            slope = slope + (expected - one.gold) / scale
        return total, slope

    return minimise(loss, start, rounds)


def deviations(lessons: list[Lesson]) -> Floats:
    block = np.vstack([x.problem.block for x in lessons]).std(0)
    cut = np.vstack([x.cut for x in lessons]).std(0)
    gaps = [np.vstack([getattr(x.problem.gaps, side) for x in lessons]).std(0) for side in ("zh", "en")]
    scale = np.concatenate([block, cut, *gaps, np.ones(4)])
    return np.where(scale > 1e-6, scale, 1.0)


def links_of(steps: list[fine.Step]) -> gold.Pairs:
    return [(tuple(range(s.i, s.i + s.a)), tuple(range(s.j, s.j + s.b))) for s in steps]


def unpack(w: Floats) -> model.Weights:
    return model.Weights(*np.split(w, [BLOCK, BLOCK + CUT]))


SEAMS = [BLOCK + CUT + k for k, name in enumerate(features.GAP_NAMES) if "seam" in name]


def learn_whole() -> tuple[dict[str, Lesson], Floats, dict[str, Floats]]:
    """Lessons, weights from all documents, and by document those that never saw it."""
    lessons = {name: lesson(name) for name in TRAINED_ON}
    for name, one in lessons.items():
        print(
            f"{name}: {len(one.problem.found.i)} candidates, {one.missed} gold blocks not among them",
            flush=True,
        )
    scale = deviations(list(lessons.values()))
    everything = fit(list(lessons.values()), scale, np.zeros(len(scale)), 80)
    left_out = {
        name: fit([x for key, x in lessons.items() if key != name], scale, everything, 25) / scale
        for name in lessons
    }
    return lessons, everything / scale, left_out


def learn_parts(everything: Floats, left_out: dict[str, Floats]) -> tuple[Floats, dict[str, Floats]]:
    """For texts of which parts were left out only the prices at seams are learned, from changed novels; all
    else is as in whole texts, which holds for other kinds of text too."""
    lessons = {
        name: [x for case, side in CHANGES if (x := changed_lesson(name, case, side))] for name in gold.NOVELS
    }

    def seams(weights: Floats, chosen: list[Lesson]) -> Floats:
        def loss(free: Floats) -> tuple[float, Floats]:
            w = weights.copy()
            w[SEAMS] = free
            total, slope = 0.5 * float(free @ free), free.copy()
            for one in chosen:
                z, expected = one.expected(w)
                total += z - float(one.gold @ w)
                slope += (expected - one.gold)[SEAMS]
            return total, slope

        out = weights.copy()
        out[SEAMS] = minimise(loss, np.zeros(len(SEAMS)), 30)
        return out

    return seams(everything, [x for group in lessons.values() for x in group]), {
        name: seams(weights, [x for key, group in lessons.items() if key != name for x in group])
        for name, weights in left_out.items()
    }


def fold(name: str) -> float:
    """Strict F1 on a document by weights learned again without it, the shipped ones as a start."""
    lessons = {key: lesson(key) for key in TRAINED_ON}
    scale = deviations(list(lessons.values()))
    shipped = model.model_weights()[0]
    start = np.concatenate([shipped.block, shipped.cut, shipped.gap]) * scale
    others = [one for key, one in lessons.items() if key != name]
    weights = unpack(fit(others, scale, start, 25) / scale)
    return gold.strict([(links_of(fine.solve(lessons[name].problem, weights)), gold.links(name))])


def main() -> None:
    lessons, everything, left_out = learn_whole()
    results = {
        name: (links_of(fine.solve(one.problem, unpack(left_out[name]))), gold.links(name))
        for name, one in lessons.items()
    }
    scores = {name: round(gold.strict([one]), 4) for name, one in results.items()}
    scores["mac-dev together"] = round(gold.strict(results[name] for name in gold.NOVELS), 4)
    print("strict F1, never seen:", scores, flush=True)
    parts, parts_left_out = learn_parts(everything, left_out)
    stored = json.loads(SHIPPED.read_text(encoding="utf-8"))
    save(stored, everything, parts, left_out, parts_left_out)
    cards.seal(
        SHIPPED,
        "fine",
        data=gold.DATA,
        licence=gold.LICENCE,
        scores={"strict F1, never seen": scores},
        program="python -m bench.train_align",
    )


def save(
    stored: dict[str, object],
    whole: Floats,
    parts: Floats,
    left_out: dict[str, Floats],
    parts_left_out: dict[str, Floats],
) -> None:
    """Write the shipped weights and those left out."""
    stored["whole"], stored["parts"] = model.stored_of(unpack(whole)), model.stored_of(unpack(parts))
    SHIPPED.write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")
    kept = {
        name: {
            "whole": model.stored_of(unpack(left_out[name])),
            "parts": model.stored_of(unpack(parts_left_out[name])),
        }
        for name in TRAINED_ON
    }
    LEFT_OUT.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
