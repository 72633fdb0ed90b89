"""Word links on a page: places as a browser counts them, in the text as it is shown."""

from __future__ import annotations

import base64
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import html

from duizhao.records import Anchor
from duizhao.site import publish, report
from duizhao.words.stored import unpack_words
from sample_pages import plain, rich, with_words


def shown(row: html.HtmlElement, side: str) -> str:
    """The text of a side as the script reads it: its sentences without the marks of notes."""
    text = ""
    for sentence in row.xpath(f".//*[contains(@class, 'side {side}')]//span[starts-with(@class, 's')]"):
        if sentence.get("class") in ("s", "s head", "s verse"):
            text += "".join(sentence.xpath(".//text()[not(ancestor::*[@class='ref'])]"))
    return text


def lights(page: str, number: int) -> list[tuple[str, str, float]]:
    """The words that row ``number`` lights."""
    (row,) = html.document_fromstring(page).xpath(f"//*[@id='row-{number}']")
    zh, en = (shown(row, side).encode("utf-16-le") for side in ("zh", "en"))
    found = []
    for one in unpack_words(base64.b64decode(row.get("data-words", ""))):
        words = (
            text[2 * start : 2 * end].decode("utf-16-le")
            for text, (start, end) in ((zh, one.zh), (en, one.en))
        )
        found.append((*words, one.probability))
    return found  # type: ignore[return-value]


# (row, words): as put into the sample; verse of two lines, a row with notes, a heading, one with findings.
ROWS = [
    (
        32,
        [
            ("灯塔", "lighthouse", 0.992),
            ("一八七六年", "1867", 0.9),
            ("高", "metres", 0.6),
            ("高", "high", 0.996),
        ],
    ),
    (34, []),
    (37, [("歌谣", "Rhyme", 0.9)]),
    (38, [("海风", "wind", 0.7), ("打鱼郎", "people", 0.9)]),
    (39, [("台风", "typhoon", 0.996), ("三天", "three days", 0.996)]),
]


@pytest.mark.parametrize(("number", "expected"), ROWS)
def test_rows_carry_their_word_links(number: int, expected: list[tuple[str, str, float]]) -> None:
    assert lights(report(rich()), number) == expected


# (text, words): the place moves where what is shown is longer than the text, or counted otherwise.
SHOWN = [
    ("𠀀𠀁茶好。", ("茶", "Tea"), ("茶", "Tea")),
    ("\u202e茶好。", ("茶", "Tea"), ("茶", "Tea")),
    ("好\u0000茶。", ("\u0000茶", "Tea"), ("⟨U+0000⟩茶", "Tea")),
]


@pytest.mark.parametrize(("text", "linked", "expected"), SHOWN)
def test_places_are_those_of_what_is_shown(
    text: str, linked: tuple[str, str], expected: tuple[str, str]
) -> None:
    comparison = with_words(plain([text], ["Tea is good."]), [(1, *linked, 0.9)])
    assert lights(report(comparison), 2) == [(*expected, 0.9)]


def test_a_note_in_the_text_moves_nothing() -> None:
    comparison = plain(["茶好。"], ["Tea is good."])
    first, second = comparison.zh.sentences
    second = replace(second, anchors=(Anchor(0, -1, "12"),))
    zh = replace(comparison.zh, sentences=(first, second))
    page = report(with_words(replace(comparison, zh=zh), [(1, "好", "good", 0.9)]))
    assert lights(page, 2) == [("好", "good", 0.9)]


def test_places_follow_the_script_of_the_page(tmp_path: Path) -> None:
    text = "他用網際網路寫信。"
    comparison = with_words(
        plain([text], ["He writes letters on the internet."], zh_tag="zh-Hant-TW"),
        [(1, "網際網路", "internet", 0.9), (1, "信", "letters", 0.8)],
    )
    publish([comparison], tmp_path / "site", title="Samples")
    words = {page.name: lights(page.read_text("utf-8"), 2) for page in (tmp_path / "site/read").iterdir()}
    assert words == {
        "tea.html": [("網際網路", "internet", 0.9), ("信", "letters", 0.8)],
        "tea.hans.html": [("网际网路", "internet", 0.9), ("信", "letters", 0.8)],
    }


def test_without_word_links_nothing_speaks_of_them() -> None:
    page = report(plain(["茶好。"], ["Tea is good."]))
    assert 'data-words="' not in page and 'id="show-words"' not in page and "<kbd>w</kbd>" not in page
    assert "Linked by Duizhao’s word aligner" in report(rich())
