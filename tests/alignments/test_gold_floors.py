"""The gold gate: no figure falls below its floor in bench/floors.json."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
FLOORS: dict[str, float] = json.loads((ROOT / "bench" / "floors.json").read_text(encoding="utf-8"))["floors"]


def figures() -> dict[str, Callable[[], float]]:
    if str(ROOT) not in sys.path:
        sys.path.insert(0, str(ROOT))
    from bench import align_gold, calibration, classic, gold, laws, pairs_gold, robust, short

    return {
        "align mac-dev together": lambda: align_gold.pooled(gold.NOVELS),
        "align academic": lambda: align_gold.pooled(["academic"]),
        "align bible-5k": lambda: align_gold.pooled(["bible-5k"]),
        "1 - calibration error, mac-dev": lambda: 1 - calibration.error(align_gold.judged(gold.NOVELS)),
        "1 - calibration error, academic": lambda: 1 - calibration.error(align_gold.judged(["academic"])),
        **{f"changed novels, {name}": partial(_changed, name) for name in (*robust.GATE, *robust.SHARES)},
        "short texts with strays": lambda: short.figures("short with strays", gold.NOVELS, 6)["f1"],
        "short texts, foreign sentences left alone": lambda: (
            1 - short.figures("short with strays", gold.NOVELS, 6)["foreign"]
        ),
        "Art of War, sentences linked": lambda: classic.figures()["linked"],
        "Art of War, links inside their chapter": lambda: classic.figures()["inside"],
        "laws without numbers, sentences linked": lambda: laws.figures("bare", "bare", 24)["linked"],
        "laws without numbers, links inside their article": lambda: laws.figures("bare", "bare", 24)[
            "inside"
        ],
        "laws numbered, sentences linked": lambda: laws.figures("lines", "lines", 24)["linked"],
        "laws numbered, links inside their article": lambda: laws.figures("lines", "lines", 24)["inside"],
        "pairs ntrex zh-Hans": lambda: pairs_gold.figures("ntrex zh-Hans")["f1"],
        "pairs ntrex zh-Hant": lambda: pairs_gold.figures("ntrex zh-Hant")["f1"],
        "pairs ntrex zh-Hans, a third missing": lambda: pairs_gold.mean("ntrex zh-Hans", 0.33),
        "pairs ntrex zh-Hant, a third missing": lambda: pairs_gold.mean("ntrex zh-Hant", 0.33),
        "pairs ntrex, both Chinese versions at once": lambda: pairs_gold.figures("ntrex both", chinese=2)[
            "f1"
        ],
        "pairs laws, titles and numbers taken away": lambda: pairs_gold.figures("laws bare")["f1"],
        "pairs laws, a third missing": lambda: pairs_gold.mean("laws bare", 0.33, times=2),
    }


def _changed(name: str) -> float:
    from bench import robust

    return robust.figures()[name]


@pytest.mark.gold
@pytest.mark.parametrize("name", FLOORS)
def test_floor(name: str, shared: Path) -> None:
    assert figures()[name]() >= FLOORS[name]


@pytest.mark.gold
def test_the_plot_shows_what_is_measured(shared: Path) -> None:
    from bench import align_gold, calibration, gold

    plot = align_gold.PLOT.read_text(encoding="utf-8")
    shown = [float(error) for error in re.findall(r"links, error (0\.\d+)", plot)]
    measured = [calibration.error(align_gold.judged(names)) for names in (gold.NOVELS, ["academic"])]
    assert shown == pytest.approx(measured, abs=0.003), "run: python -m bench.align_gold --plot"


@pytest.mark.gold
def test_every_figure_has_a_floor(shared: Path) -> None:
    assert set(figures()) == set(FLOORS)
