"""``flow``, ``fold``, ``fold_offsets``, ``locate``."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duizhao.text import convert, flow, fold, fold_offsets, locate, widen
from duizhao.text.converters import converter

# Any text, weighted towards what the fold changes: Chinese, marks, widths, invisible characters.
TEXTS = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from(
            "產産产着著了瞭乾干後后“”「」‘’—…。．，㎏ﬁéÅÅ\u0301\u200b\u202e\ufe0f\u3000 \nＡａß①½"
        ),
    )
)

FLOWS = [
    ("a  b\t\tc", "", "a b c"),
    ("  首行　縮進\n", "", "首行 縮進"),
    ("春眠不覺\n  曉", "", "春眠不覺曉"),
    ("他說。\n「好。」", "", "他說。「好。」"),
    ("one\ntwo", "", "one two"),
    ("用\nPython", "", "用 Python"),
    ("他说\n“好”", "", "他说 “好”"),
    ("他说\n“好”", "zh", "他说“好”"),
    ("産業,\n創新", "zh", "産業,創新"),
    ("say\n“yes”", "en", "say “yes”"),
    ("", "", ""),
]


@pytest.mark.parametrize(("text", "language", "expected"), FLOWS)
def test_flow(text: str, language: str, expected: str) -> None:
    assert flow(text, language) == expected


@given(TEXTS, st.sampled_from(["", "zh", "en"]))
def test_flow_is_idempotent_and_loses_only_white_space(text: str, language: str) -> None:
    once = flow(text, language)
    assert flow(once, language) == once
    assert "".join(once.split()) == "".join(text.split())


# Each row folds to one and the same form. Characters: the two scripts' own spellings of one word.
ALIKE = [
    ["产业", "産業", "產業"],
    ["群众", "群眾", "羣衆"],
    ["里面", "裡面", "裏面"],
    ["因为", "因為", "因爲"],
    ["头发", "頭髮"],
    ["发展", "發展"],
    ["皇后", "皇後"],
    ["干燥", "乾燥"],
    ["干部", "幹部"],
    ["着眼", "著眼"],
    ["了解", "瞭解"],
    ["答复", "答覆"],
    ["借口", "藉口"],
    ["台湾", "臺灣", "台灣"],
    ["软件", "軟件"],
    ["价值", "價値", "價值"],
    ["说", "說", "説"],
    ["户", "戶", "戸"],
    ["“引”", '"引"', "「引」", "„引“"],
    ["‘引’", "『引』", "'引'"],
    ["——", "--", "――"],
    ["……", "......"],
    ["ＡＢＣ１２３", "abc123"],
    ["３．５％", "3.5%"],
    ["，：；！？（）", ",:;!?()"],
    ["café", "CAFE\u0301", "cafe"],
    ["汉\u200b字\u202e", "汉字"],
    ["葛\U000e0100", "葛"],
    ["한", "한"],
]
APART = [("买", "卖"), ("入", "人"), ("芸", "艺"), ("沪", "滤"), ("一", "-"), ("、", ",")]


@pytest.mark.parametrize("row", ALIKE, ids=lambda row: row[0])
def test_fold_makes_alike(row: list[str]) -> None:
    assert {fold(text) for text in row} == {fold(row[0])}


@pytest.mark.parametrize(("one", "other"), APART)
def test_fold_keeps_apart(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@given(TEXTS)
def test_fold_is_idempotent(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(TEXTS, TEXTS)
def test_fold_is_context_free(one: str, other: str) -> None:
    assert fold(one + other) == fold(one) + fold(other)


@given(TEXTS)
def test_fold_offsets_lead_back(text: str) -> None:
    folded, offsets = fold_offsets(text)
    assert folded == fold(text)
    assert len(offsets) == len(folded) + 1
    assert offsets == sorted(offsets)
    assert offsets[-1] == len(text)
    assert all(character in fold(text[offset]) for character, offset in zip(folded, offsets, strict=False))


@pytest.mark.parametrize("config", ["s2t", "s2tw", "s2hk"])
def test_simplified_meets_what_opencc_makes_of_it(config: str) -> None:
    """Every Chinese character of GB 2312, converted alone, as another program sees it."""
    cells = [bytes([row, cell]) for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF)]
    characters = [character for cell in cells if (character := cell.decode("gb2312", "ignore"))]
    assert len(characters) == 6763  # all the set has
    convert = converter(config)
    assert [(c, convert(c)) for c in characters if fold(c) != fold(convert(c))] == []


@pytest.mark.parametrize("config", ["s2t", "s2tw", "s2hk"])
def test_running_text_meets_its_conversion(config: str) -> None:
    """The same with words around them, where OpenCC chooses among several spellings."""
    text = "他了解情况后答复说，皇后的头发干了，干部们在台上坐着，着重研究里面的面条，只剩一只松树上的钟。"
    assert fold(converter(config)(text)) == fold(text)


LOCATED = [
    ("产业", "智慧産業與產業", [(2, 4), (5, 7)]),
    ("kg", "5㎏", [(1, 2)]),
    ("k", "5㎏", [(1, 2)]),
    ("字", "汉字\u200b。", [(1, 3)]),
    ("aa", "aaa", [(0, 2), (1, 3)]),
    ("e", "cafe\u0301s", [(3, 5)]),
    ("", "abc", []),
    ("\u200b", "a\u200bb", []),
    ("无", "有", []),
]


@pytest.mark.parametrize(("needle", "text", "expected"), LOCATED)
def test_locate(needle: str, text: str, expected: list[tuple[int, int]]) -> None:
    assert locate(needle, text) == expected


@given(TEXTS.filter(bool), st.data())
def test_every_substring_is_found(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    needle = text[start:end]
    places = locate(needle, text)
    if fold(needle):
        assert any(left <= end and start <= right for left, right in places)
        assert all(fold(needle) in fold(text[left:right]) for left, right in places)
    else:
        assert places == []


# Half of a surrogate pair is no text, but a query typed in another encoding holds some.
HALVES = [("茶\udce4", "茶\ufffd"), ("\ud800", "\ufffd"), ("\udffftea", "\ufffdtea")]


@pytest.mark.parametrize(("text", "folded"), HALVES)
def test_halves_of_pairs_do_no_harm(text: str, folded: str) -> None:
    assert fold(text) == folded == fold(folded)
    assert locate(text, f"x{text}y") == [(1, 1 + len(text))]
    assert convert(f"说{text}", "zh-Hant-TW") == f"說{folded}"
    assert widen(text)[0] == text
