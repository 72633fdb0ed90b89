"""Sentences as pages show them."""

import pytest

from duizhao.records import Anchor, Place, Sentence
from duizhao.site.pages import Piece
from duizhao.site.passages import Pointer, Voice, by_language, pieces, shown

SHOWN = [
    ("玉石之美。", "玉石之美。"),
    ("a\u202eb", "a⟨U+202E⟩b"),  # Unicode, UAX 9: right-to-left override
    ("\x00", "⟨U+0000⟩"),  # HTML forbids it
    ("\ud800", "⟨U+D800⟩"),  # half a surrogate pair cannot be written as UTF-8
    ("\ufffe", "⟨U+FFFE⟩"),
    ("\U000e0041", "⟨U+E0041⟩"),  # a tag character: invisible text
    ("tab\tand\nline", "tab\tand\nline"),
    ("👩\u200d🚀", "👩\u200d🚀"),  # a joiner is part of the text
]

LANGUAGES = [
    ("no Chinese", [("no Chinese", "")]),
    ("says 两百人。", [("says ", ""), ("两百人。", "zh-Hans")]),
    ("《玉》 and 茶", [("《玉》", "zh-Hans"), (" and ", ""), ("茶", "zh-Hans")]),
    ("“quoted”", [("“quoted”", "")]),
]


@pytest.mark.parametrize(("text", "expected"), SHOWN)
def test_shown(text: str, expected: str) -> None:
    assert shown(text) == expected
    assert shown(text).encode("utf-8")


@pytest.mark.parametrize(("text", "expected"), LANGUAGES)
def test_by_language(text: str, expected: list[tuple[str, str]]) -> None:
    assert by_language(text, "zh-Hans") == expected


def sentence(text: str, *anchors: Anchor) -> Sentence:
    return Sentence(0, text, 0, 0, Place("", "", 0, len(text)), anchors=anchors)


def test_pieces_are_cut_at_findings_and_notes() -> None:
    found = pieces(
        sentence("塔高三十二米。", Anchor(7, 9, "1"), Anchor(0, -1, "")),
        Voice("zh-Hans"),
        [Pointer(2, 5, "a")],
        {9: "#zh-10"},
    )
    assert found == (
        Piece("note", "*"),
        Piece("text", "塔高"),
        Piece("mark", "三十二", "a"),
        Piece("text", "米。"),
        Piece("note", "1", href="#zh-10"),
    )


def test_overlapping_findings_keep_their_letters() -> None:
    found = pieces(sentence("一二三四"), Voice("zh"), [Pointer(0, 3, "a"), Pointer(1, 4, "b")], {})
    assert [(piece.kind, piece.text, piece.label) for piece in found] == [
        ("mark", "一", ""),
        ("mark", "二三", "a"),
        ("mark", "四", "b"),
    ]


def test_pointers_outside_the_sentence_are_left_out() -> None:
    found = pieces(
        sentence("短句", Anchor(9, 0, "1")), Voice("zh"), [Pointer(1, 5, "a"), Pointer(1, 1, "b")], {}
    )
    assert found == (Piece("text", "短句"),)


def test_chinese_in_english_is_marked() -> None:
    found = pieces(sentence("The word 茶 is old."), Voice("en", han="zh-Hant"), [], {})
    assert found == (
        Piece("text", "The word "),
        Piece("text", "茶", lang="zh-Hant"),
        Piece("text", " is old."),
    )


CONVERTED = [
    # OpenCC 1.4, s2t and t2tw: characters of Taiwan's standard, the words as they were
    ("zh-Hans", "zh-Hant", "软件里的“字”", "軟件裡的「字」"),
    ("zh-Hant", "zh-Hans", "「軟體」裡的字", "“软体”里的字"),
    # Nothing in it tells the script; the document does
    ("zh-Hans", "zh-Hant", "“人”", "「人」"),
    ("zh-Hant-TW", "zh-Hans", "「人」", "“人”"),
    ("zh-Hans", "zh-Hant", "茶几", "茶几"),
]


@pytest.mark.parametrize(("own", "tag", "text", "expected"), CONVERTED)
def test_converted(own: str, tag: str, text: str, expected: str) -> None:
    assert Voice(tag, source=own).say(text) == expected
    assert Voice(own).say(text) == text


def test_marks_follow_a_conversion_that_changes_the_length(monkeypatch: pytest.MonkeyPatch) -> None:
    # Wording may be longer elsewhere; the marked word must stay the marked word.
    monkeypatch.setattr(
        "duizhao.text.convert", lambda text, tag, source: text.replace("博客", "部落格"), raising=False
    )
    voice = Voice("zh-Hant-TW", source="zh-Hans")
    found = pieces(sentence("写博客三年"), voice, [Pointer(3, 5, "")], {})
    assert [(piece.kind, piece.text) for piece in found] == [("text", "写部落格"), ("mark", "三年")]
