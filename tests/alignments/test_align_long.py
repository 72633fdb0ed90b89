"""Sentences that answer to more sentences than a block may hold."""

from __future__ import annotations

import pytest

from duizhao.alignments import align_sentences, frames, long, search, sides
from duizhao.alignments.encoder import default_encoder
from duizhao.alignments.fine import Step
from duizhao.alignments.sides import LONGEST

BEFORE = [("窑在镇子北边。", "The kiln stands north of the town."), ("他姓周。", "His name is Zhou.")]
AFTER = [("孩子们都记住了。", "The children remembered it all."), ("天黑了。", "Night fell.")]
RULES = [
    ("春天要挖土", "In spring, dig the clay."),
    ("夏天要晒坯", "In summer, dry the raw bowls in the sun."),
    ("秋天要砍柴", "In autumn, cut the firewood."),
    ("冬天要修窑", "In winter, repair the kiln."),
    ("下雨不点火", "Never light the fire when it rains."),
    ("刮风不开门", "Never open the door when the wind blows."),
    ("喝酒不上釉", "Never glaze after drinking."),
    ("生气不画花", "Never paint flowers in anger."),
    ("白碗先出窑", "White bowls leave the kiln first."),
    ("青碗后出窑", "Green bowls leave it last."),
]


@pytest.mark.parametrize("long_side", ["zh", "en"])
def test_a_long_sentence_finds_all_its_counterparts(long_side: str) -> None:
    zh, en = ([x[side] for x in RULES] for side in (0, 1))
    if long_side == "zh":
        zh = ["，".join(zh) + "。"]
    else:
        en = ["; ".join(x[0].lower() + x[1:-1] for x in en) + "."]
        zh = [f"{x}。" for x in zh]
    assert max(len(zh), len(en)) > LONGEST
    found = align_sentences(
        [x for x, _ in BEFORE] + zh + [x for x, _ in AFTER],
        [x for _, x in BEFORE] + en + [x for _, x in AFTER],
    )
    first, z, e = len(BEFORE), len(zh), len(en)
    assert [(x.zh, x.en) for x in found.links] == [
        ((0,), (0,)),
        ((1,), (1,)),
        (tuple(range(first, first + z)), tuple(range(first, first + e))),
        ((first + z,), (first + e,)),
        ((first + z + 1,), (first + e + 1,)),
    ]


def rules(count: int, step: Step | None) -> list[Step]:
    """What becomes of RULES as one sentence beside ``count`` sentences: those of RULES over and over."""
    encoder = default_encoder()
    zh = sides.prepare(["，".join(x for x, _ in RULES) + "。"], "zh", encoder)
    en = sides.prepare([RULES[k % len(RULES)][1] for k in range(count)], "en", encoder)
    alone = search.alone(0, 1, 0, count) if step is None else [step, *search.alone(1, 1, step.b, count)]
    return long.linked(zh, en, (frames.plain(1), frames.plain(count)), alone, encoder)


def test_only_what_can_be_believed() -> None:
    assert [(x.a, x.b) for x in rules(10, None)] == [(1, 10)]
    # Forty sentences are far too long for it, however well its clauses fit.
    assert all(x.b <= len(RULES) for x in rules(40, None))
    # What it was linked with by half goes; what is sure stays.
    assert [(x.a, x.b) for x in rules(10, Step(0, 0, 1, 5, 0.5))] == [(1, 10)]
    sure = rules(10, Step(0, 0, 1, 5, 0.95))
    assert sure[0] == Step(0, 0, 1, 5, 0.95)


CUT = [
    ("甲，乙，丙。", ["甲，乙，丙。"]),
    ("甲，乙，丙，丁，戊，己。", ["甲，", "乙，", "丙，", "丁，", "戊，", "己。"]),
    ("甲，乙；丙；丁；戊；己；庚。", ["甲，乙；", "丙；", "丁；", "戊；", "己；", "庚。"]),
    ("", [""]),
    ("，，，", ["，，，"]),
]


@pytest.mark.parametrize(("text", "expected"), CUT)
def test_clauses(text: str, expected: list[str]) -> None:
    assert long.clauses(text) == expected


def test_links_of_clauses_become_links_of_sentences() -> None:
    # Sentence 7 has clauses 0 … 3, sentence 8 has 4 and 5; beside them stand sentences 20 … 25.
    owner, near, lengths = [7, 7, 7, 7, 8, 8], list(range(20, 26)), [0, 2, 4, 6, 8, 10, 12]

    def joined(*steps: Step) -> list[Step]:
        return long.joined(steps, owner, near, lengths)

    found = [Step(0, 0, 1, 1, 0.9), Step(1, 1, 1, 0, 1.0), Step(2, 1, 0, 1, 1.0), Step(2, 2, 2, 2, 0.6)]
    assert joined(*found) == [Step(7, 20, 1, 4, 0.6)]
    # Too little of sentence 7 finds anything; of what sentence 8 spans too little is found.
    assert joined(Step(0, 0, 2, 1, 0.9), Step(4, 3, 2, 2, 0.8)) == [Step(8, 23, 1, 2, 0.8)]
    assert joined(Step(4, 0, 1, 1, 0.8), Step(5, 4, 1, 1, 0.8)) == []
    assert joined(Step(0, 0, 3, 1, 0.9), Step(3, 1, 3, 2, 0.7)) == [Step(7, 20, 2, 3, 0.7)]
    # A link whose counterpart stands before that of the link before it is left out.
    assert joined(Step(0, 3, 4, 2, 0.9), Step(4, 0, 2, 2, 0.9)) == [Step(7, 23, 1, 2, 0.9)]
