from __future__ import annotations

import time
from collections.abc import Callable
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duizhao.collection.identity import Assigned, assign, derive


def minter(start: int) -> Callable[[], str]:
    numbers = count(start)
    return lambda: str(next(numbers))


def again(old: list[str], new: list[str]) -> Assigned:
    """Old sentences carry their numbers as ids; new ids go on from there."""
    return assign([(str(n), text) for n, text in enumerate(old)], new, minter(len(old)))


# (what, old, new, ids, aliases, gone); ids and aliases follow from docs/decisions/0001-identity.md
CASES = [
    ("first reading", [], ["茶。", "酒。"], "0 1", [], ""),
    ("nothing changed", ["茶。", "酒。", "茶。"], ["茶。", "酒。", "茶。"], "0 1 2", [], ""),
    ("one put in", ["春天来了。", "花都开了。"], ["春天来了。", "燕子回来。", "花都开了。"], "0 2 1", [], ""),
    (
        "one taken out",
        ["春天来了。", "燕子回来。", "花都开了。"],
        ["春天来了。", "花都开了。"],
        "0 2",
        [],
        "1",
    ),
    ("one word changed", ["我喜欢喝绿茶。"], ["我喜欢喝红茶。"], "0", [], ""),
    ("one word changed, in English", ["I like green tea."], ["I like black tea."], "0", [], ""),
    ("a stop changed", ["你好。"], ["你好！"], "0", [], ""),
    ("rewritten", ["我喜欢喝绿茶。"], ["昨天下了大雨。"], "1", [], "0"),
    ("split", ["他来了，我走了。"], ["他来了。", "我走了。"], "1 2", [("0", "1"), ("0", "2")], ""),
    ("merged", ["他来了。", "我走了。"], ["他来了，我走了。"], "2", [("0", "2"), ("1", "2")], ""),
    (
        "split beside an edit",
        ["He came, and I left.", "Nobody had seen the red lantern."],
        ["He came.", "And I left.", "Nobody has seen the red lantern."],
        "2 3 1",
        [("0", "2"), ("0", "3")],
        "",
    ),
    (
        "a short one put in beside an edit is no split",
        ["那天晚上月亮很圆，我们在院子里吃月饼。"],
        ["是的。", "那天夜里月亮很圆，我们在院子里吃月饼。"],
        "1 0",
        [],
        "",
    ),
    (
        "moved",
        ["第一段讲玉。", "第二段讲竹。", "第三段讲茶。"],
        ["第三段讲茶。", "第一段讲玉。", "第二段讲竹。"],
        "2 0 1",
        [],
        "",
    ),
    ("all gone", ["茶。"], [], "", [], "0"),
]


@pytest.mark.parametrize(("what", "old", "new", "ids", "aliases", "gone"), CASES, ids=[c[0] for c in CASES])
def test_cases(
    what: str, old: list[str], new: list[str], ids: str, aliases: list[tuple[str, str]], gone: str
) -> None:
    assert again(old, new) == Assigned(tuple(ids.split()), tuple(aliases), tuple(gone.split()))


texts = st.text(st.sampled_from("春眠不覺曉處聞啼鳥夜來風雨聲花落知多少。，abc "), min_size=1, max_size=12)
few = st.sampled_from(["茶。", "酒。", "是。", "Yes."])
word = st.text(st.sampled_from("abcdefghijklmnop"), min_size=4, max_size=4)


@given(st.lists(texts | few, max_size=30))
def test_unchanged_text_keeps_all_ids(old: list[str]) -> None:
    result = again(old, old)
    assert result == Assigned(tuple(str(n) for n in range(len(old))))


@given(st.lists(texts | few, max_size=30), texts | few, st.data())
def test_a_sentence_put_in_gets_a_new_id_and_all_others_keep_theirs(
    old: list[str], text: str, data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(old)))
    result = again(old, [*old[:at], text, *old[at:]])
    assert sorted(map(int, result.ids)) == list(range(len(old) + 1))
    assert [i for i in result.ids if i != str(len(old))] == [str(n) for n in range(len(old))]
    assert not result.aliases
    assert not result.gone


@given(st.lists(texts | few, min_size=1, max_size=30), st.data())
def test_a_sentence_taken_out_leaves_all_others_their_ids(old: list[str], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(old) - 1))
    result = again(old, [*old[:at], *old[at + 1 :]])
    assert len(result.gone) == 1
    assert sorted([*result.ids, *result.gone], key=int) == [str(n) for n in range(len(old))]


@given(st.lists(st.lists(word, min_size=5, max_size=9), min_size=1, max_size=12, unique_by=tuple), st.data())
def test_one_word_changed_keeps_every_id(sentences: list[list[str]], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(sentences) - 1))
    edited = [list(words) for words in sentences]
    edited[at][data.draw(st.integers(0, len(edited[at]) - 1))] = "Qqqq"
    result = again([" ".join(s) + "." for s in sentences], [" ".join(s) + "." for s in edited])
    assert result == Assigned(tuple(str(n) for n in range(len(sentences))))


@given(st.lists(word, min_size=8, max_size=16, unique=True), st.lists(texts, max_size=5), st.data())
def test_a_split_leaves_aliases_to_its_parts_and_back(
    words: list[str], around: list[str], data: st.DataObject
) -> None:
    cut = data.draw(st.integers(3, len(words) - 3))
    whole, parts = " ".join(words) + ".", [" ".join(words[:cut]) + ",", " ".join(words[cut:]) + "."]
    n = len(around)
    split = again([*around, whole], [*around, *parts])
    assert split.ids == (*map(str, range(n)), str(n + 1), str(n + 2))
    assert split.aliases == ((str(n), str(n + 1)), (str(n), str(n + 2)))
    merged = again([*around, *parts], [*around, whole])
    assert merged.ids == (*map(str, range(n)), str(n + 2))
    assert merged.aliases == ((str(n), str(n + 2)), (str(n + 1), str(n + 2)))


@given(st.lists(st.lists(texts | few, max_size=15), min_size=2, max_size=5))
def test_no_id_is_given_twice_over_many_edits(states: list[list[str]]) -> None:
    mint = minter(0)
    seen: set[str] = set()
    old: list[tuple[str, str]] = []
    for state in states:
        result = assign(old, state, mint)
        assert len(set(result.ids)) == len(result.ids)
        assert not (set(result.ids) - {i for i, _ in old}) & seen
        led_on = {source for source, _ in result.aliases}
        assert {i for i, _ in old} == (set(result.ids) & {i for i, _ in old}) | led_on | set(result.gone)
        seen |= set(result.ids)
        old = list(zip(result.ids, state, strict=True))


# The shapes that make a plain comparison quadratic. 20 s is far above what they take (under 3 s together)
# and far below what a quadratic method would.
LARGE = [
    ("unique lines", [f"第{n}行的文字。" for n in range(20_000)], 7),
    ("few different lines", [("茶。", "酒。", "是。")[n * n % 3] for n in range(20_000)], 7),
]


@pytest.mark.parametrize(("what", "old", "nth"), LARGE, ids=[c[0] for c in LARGE])
def test_long_documents_are_matched_in_about_linear_time(what: str, old: list[str], nth: int) -> None:
    new = [text for n, text in enumerate(old) if n % 1000 != nth]
    started = time.monotonic()
    result = again(old, new)
    assert time.monotonic() - started < 20
    assert len(set(result.ids) & {str(n) for n in range(len(old))}) > 0.99 * len(new)


def test_a_rewritten_document_ends() -> None:
    old, new = [f"甲{n}乙{n * 7}" for n in range(3000)], [f"子{n}丑{n * 3}" for n in range(3000)]
    assert len(again(old, new).ids) == 3000


def test_a_taken_id_is_derived_anew() -> None:
    first = derive("v", lambda id: False, "zh/01.txt")
    second = derive("v", lambda id: id == first, "zh/01.txt")
    assert first != second
    # From sha256(b"v\0zh/01.txt"), computed apart with sha256sum: ids may never change under people's
    # references.
    assert first == "v" + FIRST


FIRST = "87ffa166e6"
