"""Long texts are searched window by window: hardly a link changes, and none is lost."""

from __future__ import annotations

from importlib.resources import as_file, files

import pytest

from duizhao.alignments import align_sentences, windows
from duizhao.alignments.fine import Step
from duizhao.pipeline import load_sides
from duizhao.records import Link


@pytest.fixture(scope="module")
def texts() -> tuple[list[str], list[str]]:
    """Twelve of the demo's texts one behind the other."""
    zh: list[str] = []
    en: list[str] = []
    with as_file(files("duizhao.demo") / "collection") as folder:
        for path in sorted(folder.glob("*.zh-Hans.md"))[:12]:
            sides = load_sides(path, path.with_name(path.name.replace(".zh-Hans.", ".en.")))
            zh += sides.zh.texts()
            en += sides.en.texts()
    return zh, en


def test_windows_give_what_the_whole_gives(
    texts: tuple[list[str], list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = align_sentences(*texts)
    windowed = 0
    search = windows._between

    def counted(*arguments: object) -> object:
        nonlocal windowed
        windowed += 1
        return search(*arguments)  # type: ignore[arg-type]

    for name, value in {"CELLS": 1, "WINDOW": 100, "MARGIN": 40, "ZONE": 60, "_between": counted}.items():
        monkeypatch.setattr(windows, name, value)
    cut = align_sentences(*texts)
    assert windowed > 3
    for side, sentences in zip(("zh", "en"), texts, strict=True):
        numbers = [n for link in cut.links for n in getattr(link, side)]
        assert sorted(numbers) == list(range(len(sentences)))

    def bare(links: tuple[Link, ...]) -> set[tuple[tuple[int, ...], tuple[int, ...]]]:
        return {(link.zh, link.en) for link in links}

    # Words count as rare as they are in the window, so a link in a hundred may differ.
    assert len(bare(whole.links) - bare(cut.links)) <= len(whole.links) / 100


def step(i: int, j: int, a: int, b: int, probability: float) -> Step:
    return Step(i, j, a, b, probability)


# (steps of a window of 20 + 20 sentences, how many are taken), with a margin of 8 and a zone of 12 sentences
PATHS = [
    ([step(k, k, 1, 1, 0.9 + 0.001 * k) for k in range(20)], 16),
    ([step(k, k, 1, 1, 0.99 if k in (11, 12) else 0.5) for k in range(20)], 12),
    # A sentence alone is no place to cut, however sure.
    ([step(k, k, 1, 1, 0.5) for k in range(12)] + [step(12, 12, 1, 0, 1.0), step(13, 12, 1, 0, 1.0)], 10),
    # Nothing in the zone: what stands before it.
    ([step(k, k, 1, 1, 0.9) for k in range(4)] + [step(4, 4, 16, 16, 0.9)], 4),
]


@pytest.mark.parametrize(("steps", "taken"), PATHS)
def test_the_surest_cut(steps: list[Step], taken: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(windows, "MARGIN", 8)
    monkeypatch.setattr(windows, "ZONE", 12)
    assert windows._surest(steps, 40) == taken
