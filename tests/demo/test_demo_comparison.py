"""The checks are silent on the faithful pieces and show what the teaching pieces changed."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

import duizhao.demo
from duizhao.findings.alone import PARALLEL
from duizhao.pipeline import compare
from duizhao.records import Comparison
from duizhao.summary import DOUBT

FOLDER = Path(duizhao.demo.__file__).parent / "collection"

# What was changed by hand in the English, as the pieces' "teaching" lines say: family, the Chinese concerned,
# the English ("" where it has none).
TEACHING = {
    "dragon-boat": ("number", "二十名", "thirty"),
    "hare": ("omission", "上古有人教大家在树上搭巢", ""),
    "notice-talk": ("date", "11月14日", "21 November"),
}
FAITHFUL = sorted(path.name for path in FOLDER.glob("*.en*.md") if path.name.split(".")[0] not in TEACHING)


@cache
def compared(english: str) -> Comparison:
    (chinese,) = FOLDER.glob(f"{english.split('.')[0]}.zh-*.md")
    return compare(chinese, FOLDER / english)


@pytest.mark.parametrize("english", FAITHFUL)
def test_faithful(english: str) -> None:
    comparison = compared(english)
    assert [finding.message for finding in comparison.findings] == []
    assert [link for link in comparison.alignment.links if not (link.zh and link.en)] == []
    # A page that begins with doubt whether these are translations at all would be wrong.
    assert comparison.alignment.parallel >= max(DOUBT, PARALLEL)


@pytest.mark.parametrize("work", TEACHING)
def test_teaching(work: str) -> None:
    family, chinese, english = TEACHING[work]
    comparison = compared(f"{work}.en.md")
    (finding,) = comparison.findings
    assert finding.family == family
    (span,) = finding.zh
    assert chinese in comparison.zh.sentences[span.sentence].text[span.start : span.end]
    assert [comparison.en.sentences[span.sentence].text[span.start : span.end] for span in finding.en] == (
        [english] if english else []
    )
