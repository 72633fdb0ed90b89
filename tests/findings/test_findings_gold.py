"""Floors for false alarms and recall on outside data, measured as ``bench/findings_gold.py`` does."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType

import pytest

BENCH = Path(__file__).resolve().parents[2] / "bench"
FLOORS = json.loads((BENCH / "floors_findings.json").read_text(encoding="utf-8"))
CLEAN = tuple(FLOORS["error_at_most"])
CHANGED = tuple(FLOORS["error_at_least"])


@pytest.fixture(scope="module")
def bench() -> ModuleType:
    spec = importlib.util.spec_from_file_location("findings_gold", BENCH / "findings_gold.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["findings_gold"] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.gold
@pytest.mark.parametrize("name", CLEAN)
def test_few_false_alarms(bench: ModuleType, shared: Path, name: str) -> None:
    count = bench.measure(bench.sets(shared / "gold")[name])
    assert count.rows > 700
    assert count.share("error") <= FLOORS["error_at_most"][name], "\n".join(count.shown)
    assert count.share("error", "warning") <= FLOORS["any_at_most"][name], "\n".join(count.shown)


@pytest.mark.gold
@pytest.mark.parametrize("name", CHANGED)
def test_changes_are_found(bench: ModuleType, shared: Path, name: str) -> None:
    count = bench.measure(bench.sets(shared / "gold")[name])
    assert count.share("error") >= FLOORS["error_at_least"][name]
    assert count.share("error", "warning") >= FLOORS["any_at_least"][name]


@pytest.mark.gold
def test_the_specimen_is_silent(bench: ModuleType, shared: Path) -> None:
    """Line by line as the two stand, links by hand; issue 3: no finding at all on the specimen."""
    from duizhao.findings import check
    from duizhao.records import Alignment, Link

    zh = (shared / "specimen" / "zh-Hant.txt").read_text(encoding="utf-8").split("\n")
    en = (shared / "specimen" / "en.txt").read_text(encoding="utf-8").split("\n")
    zh, en = [line for line in zh if line.strip()], [line for line in en if line.strip()]
    # title; header and first sentence; technology, governance; cooperation; the expo
    links = tuple(
        Link(*pair) for pair in (((0,), (0,)), ((1,), (1,)), ((2,), (2, 3)), ((3,), (4, 5)), ((4,), (6,)))
    )
    zh_document = bench.document(zh, "zh")
    assert check(zh_document, bench.document(en, "en"), Alignment(links, 1.0, "")) == ()
