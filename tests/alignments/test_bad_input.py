"""Input that is no pair of translations, or hardly one: every sentence comes back in a link, and what the
program thinks of it is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from duizhao.alignments import align_sentences
from duizhao.pipeline import compare
from duizhao.summary import doubt

ZH = [
    "磨坊的水轮昨夜停了。",
    "老板娘说是河里结了冰。",
    "她叫两个儿子去凿。",
    "到了中午，面粉又有了。",
    "街上的人闻到了面包。",
]
EN = [
    "The wheel of the mill stopped last night.",
    "The miller's wife says the river has frozen.",
    "She sent her two sons to break the ice.",
    "By noon there was flour again.",
    "People in the street smelled bread.",
]
OTHER = [
    "Shares in the airline fell by four per cent.",
    "The committee meets again in September.",
    "A lawyer for the company declined to comment.",
    "Tickets for the final are sold out.",
    "The minister will visit three provinces.",
    "Rainfall was the heaviest in a decade.",
]
MANY = [f"{text} ({k})" for k in range(84) for text in OTHER][:500]

# (what it is, Chinese, English, least and greatest probability of their being translations)
INPUT: list[tuple[str, list[str], list[str], float, float]] = [
    ("a pair", ZH, EN, 0.9, 1.0),
    ("the wrong pair", ZH, OTHER, 0.0, 0.1),
    ("one against 500", ZH[:1], MANY, 0.0, 0.2),
    ("one against 500, one of them right", ZH[:1], [*MANY[:250], EN[0], *MANY[250:499]], 0.0, 1.0),
    ("the same on both sides", ZH, ZH, 0.9, 1.0),
    ("English twice", EN, EN, 0.9, 1.0),
    ("every line a number", [str(k) for k in range(200)], [str(k) for k in range(200)], 0.9, 1.0),
    ("numbers backwards", [str(k) for k in range(99)], [str(k) for k in range(98, -1, -1)], 0.0, 1.0),
    ("no marks at all", ["".join(x.strip("。") for x in ZH)] * 30, [" ".join(EN)[:-1]] * 30, 0.0, 1.0),
    ("one character", ["字。"] * 400, ["A."] * 300, 0.0, 1.0),
    ("nothing", [], [], 0.0, 0.0),
    ("one side empty", ZH, [], 0.0, 0.0),
]


@pytest.mark.parametrize(("zh", "en", "least", "most"), [x[1:] for x in INPUT], ids=[x[0] for x in INPUT])
def test_whatever_comes_in(zh: list[str], en: list[str], least: float, most: float) -> None:
    found = align_sentences(zh, en)
    assert sorted(i for link in found.links for i in link.zh) == list(range(len(zh)))
    assert sorted(j for link in found.links for j in link.en) == list(range(len(en)))
    assert least <= found.parallel <= most


def test_the_wrong_pair_is_told_and_its_best_links_given(tmp_path: Path) -> None:
    zh, en = tmp_path / "zh.txt", tmp_path / "en.txt"
    zh.write_text("".join(ZH), encoding="utf-8")
    en.write_text(" ".join(OTHER), encoding="utf-8")
    found = compare(zh, en)
    said = f"(probability {found.alignment.parallel:.2f}); what follows is the best that could be found."
    assert doubt(found) == f"These two do not look like translations of each other {said}"
    assert any(link.zh and link.en for link in found.alignment.links)
    en.write_text(" ".join(EN), encoding="utf-8")
    assert doubt(compare(zh, en)) == ""
