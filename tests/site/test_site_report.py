"""One self-contained page."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from lxml import html

from duizhao.records import Alignment, Link
from duizhao.site import report
from duizhao.site.rows import FOLD
from sample_pages import HOSTILE, LONG_TITLE, parts, plain, rich


@pytest.fixture(scope="module")
def page() -> str:
    return report(rich())


@pytest.fixture(scope="module")
def tree(page: str) -> html.HtmlElement:
    return html.document_fromstring(page)


def words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def test_the_same_comparison_gives_the_same_page(page: str) -> None:
    assert report(rich()) == page


def test_nothing_is_loaded(tree: html.HtmlElement) -> None:
    assert not tree.xpath("//*[@src] | //link[@rel='stylesheet'] | //iframe | //object")
    assert [a for a in tree.xpath("//a/@href") if not a.startswith("#")] == ["https://example.org/lamp"]


def test_no_word_of_a_source_becomes_markup(page: str, tree: html.HtmlElement) -> None:
    assert "<script>document" not in page
    assert not tree.xpath("//img")
    assert not re.search("[\x00-\x08\u202a-\u202e\u2066-\u2069]", page)
    sentence = tree.get_element_by_id("en-35")
    assert words(sentence).startswith(HOSTILE[:30])
    assert "⟨U+202E⟩evil⟨U+202C⟩ ⟨U+0000⟩" in words(sentence)
    assert len(tree.xpath("//script")) == 2


def test_an_address_that_is_no_web_address_is_no_link(tree: html.HtmlElement) -> None:
    assert not tree.xpath("//a[starts-with(@href, 'javascript')]")


def test_every_sentence_has_an_anchor_and_every_anchor_a_target(tree: html.HtmlElement) -> None:
    comparison = rich()
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    for document in (comparison.zh, comparison.en):
        for sentence in document.sentences:
            assert tree.get_element_by_id(f"{document.language}-{sentence.number + 1}") is not None
    assert {href[1:] for href in tree.xpath("//a/@href") if href.startswith("#")} <= set(ids)


def test_an_anchor_is_a_sentence_s_own_wherever_it_stands() -> None:
    comparison = plain(["水开了。", "茶好了。"], ["It boils.", "The tea is ready."])
    # A version's id, and a number that counts sentences as they came in.
    ids = {"水开了。": "va1.7", "茶好了。": "va1.3"}
    zh = replace(
        comparison.zh,
        sentences=tuple(replace(s, id=ids.get(s.text, "va1.9")) for s in comparison.zh.sentences),
    )
    tree = html.document_fromstring(report(replace(comparison, zh=zh)))
    assert tree.get_element_by_id("zh-7").text_content() == "水开了。"
    assert tree.get_element_by_id("zh-3").text_content() == "茶好了。"
    assert tree.get_element_by_id("en-3").text_content() == "The tea is ready."


def test_the_colophon_is_the_title_of_both_texts(tree: html.HtmlElement) -> None:
    (heading,) = tree.xpath("//h1")
    assert words(heading) == f"{LONG_TITLE} The Lamp & the <Sea>"
    assert tree.xpath("//h1//span[@id='zh-1']") and not tree.xpath("//*[@class='rows']//*[@id='zh-1']")


PHRASED = [
    ("「茶」與「瓷」講座", True),
    ("茶瓷講座", False),
    ("茶，以及一個長得手機上一行放不下的部分", False),
    ("茶？", False),
]


@pytest.mark.parametrize(("title", "expected"), PHRASED)
def test_titles_break_between_phrases_where_they_fit(title: str, expected: bool) -> None:
    (heading,) = html.document_fromstring(report(plain([], [], zh_title=title))).xpath("//h1")
    assert ("phrased" in heading[0].get("class")) is expected


def test_rows_show_what_links_them(tree: html.HtmlElement) -> None:
    states = {
        row.get("id"): row.get("class").split()[1]
        for row in tree.find_class("row")
        if row.get("class").startswith("row ")
    }
    assert states["row-32"] == "linked"
    assert states["row-33"] == "doubtful"
    assert states["row-35"] == "no-en"
    assert states["row-36"] == "no-zh"
    assert words(tree.xpath("//*[@id='row-33']//*[@class='odds']")[0]) == "42%"
    assert words(tree.xpath("//*[@id='row-34']//*[@class='odds']")[0]) == "given"
    assert words(tree.xpath("//*[@id='row-38']//*[@class='odds']")[0]) == "97%, moved"


def test_lines_of_verse_are_a_row_of_verse(tree: html.HtmlElement) -> None:
    assert [row.get("id") for row in tree.find_class("verse") if "row" in row.get("class").split()] == [
        "row-38"
    ]


def test_front_matter_is_folded(tree: html.HtmlElement) -> None:
    (summary, notes) = [
        words(item)
        for item in tree.xpath("//*[contains(@class, 'run')]//summary[not(ancestor::*[@class='notes'])]")
    ]
    assert summary == "Introduction 30 English sentences without Chinese counterpart"
    assert notes == "歌谣 · 注释 1 Chinese sentence without English counterpart"


FOLDS = [(FOLD - 1, 0), (FOLD, 1)]


@pytest.mark.parametrize(("count", "folds"), FOLDS)
def test_running_text_is_folded_when_it_is_long(count: int, folds: int) -> None:
    comparison = plain([], [f"Sentence {number}." for number in range(count)])
    links = tuple(Link((), (number,)) for number in range(1, count + 1))
    alignment = Alignment((comparison.alignment.links[0], *links), 0.9, "align:1")
    tree = html.document_fromstring(report(replace(comparison, alignment=alignment)))
    assert len(tree.find_class("run")) == folds
    assert len(tree.find_class("no-zh")) == (0 if folds else count)


def test_findings_stand_beside_their_row(tree: html.HtmlElement) -> None:
    notes = tree.xpath("//*[@id='row-32']//div[contains(concat(' ', @class, ' '), ' note ')]")
    titles = [words(item.find_class("what")[0]) for item in notes]
    assert titles == ["□ a Date · error", "◇ b Number · warning", "△ c Style of name · note"]
    marks = [(mark.text_content(), mark.get("data-label")) for mark in tree.xpath("//*[@id='row-32']//mark")]
    assert marks == [
        ("渔村", "c"),
        ("一八七六年", "a"),
        ("三十二", "b"),
        ("1867", "a"),
        ("twenty-three", "b"),
    ]
    assert [words(item) for item in notes[0].xpath(".//li")] == ["一八七六年 = 1876", "1867 = 1867"]


def test_what_stands_alone_is_not_marked_all_over(tree: html.HtmlElement) -> None:
    assert not tree.xpath("//*[@id='row-35']//mark")


def test_languages_of_passages(tree: html.HtmlElement) -> None:
    assert tree.xpath("//*[@id='row-32']/div[contains(@class, 'side zh')]/@lang") == ["zh-Hans"]
    assert tree.xpath("//*[@id='row-32']/div[contains(@class, 'side en')]/@lang") == ["en"]
    assert tree.xpath("//*[@id='en-33']//span[@lang='zh-Hans']/text()") == ["灯"]
    assert tree.xpath("//*[@id='row-32']//li/span[@lang='zh-Hans']/text()") == ["一八七六年", "三十二"]


def test_notes_lead_to_their_rows(tree: html.HtmlElement) -> None:
    refs = tree.xpath("//*[@id='zh-9']//*[contains(@class, 'ref')]")
    assert [(ref.tag, ref.get("href")) for ref in refs] == [("a", "#zh-11"), ("span", None)]


def test_all_provenance_is_there_with_its_evidence(tree: html.HtmlElement) -> None:
    text = words(tree.xpath("//details[contains(@class, 'provenance')]")[0])
    for expected in (
        rich().zh.source,
        "2,048 bytes",
        "from the dateline, characters 60–70: 2026年11月2日",
        "OPS/a.xhtml /4/2",
    ):
        assert expected in text
    assert "2026-11-02T08" not in text  # the time a source was taken in would make each build another page


def test_what_a_person_decided_is_shown(tree: html.HtmlElement) -> None:
    end = words(tree.xpath("//footer")[0])
    assert "Dismissed findings 1" in end and "Friday was Thursday." in end
    assert "dismiss finding “旧句子”: meant so" in end


DOUBTS = [(0.49, True), (0.5, False)]


@pytest.mark.parametrize(("parallel", "said"), DOUBTS)
def test_strangers_are_called_so_first(parallel: float, said: bool) -> None:
    tree = html.document_fromstring(report(plain(["水开了。"], ["It boils."], parallel=parallel)))
    main = tree.xpath("//main")[0]
    assert ("do not look like translations" in words(main[0])) is said


def test_plain_text_is_there_for_copying(tree: html.HtmlElement) -> None:
    zh, en = [words(item) for item in tree.find_class("plaintext")]
    assert "海风吹过旧石墙， 灯火照着打鱼郎。" in zh
    assert "台风来的那一年，他三天没有下楼。" in zh
    assert "The sea wind blows on walls of stone, The lamp lights fishing people home." in en


def test_a_page_of_nothing_but_titles() -> None:
    assert "1 of 1 Chinese sentence has a counterpart" in report(plain([], []))


def test_several_folded_parts_are_folded_once_more() -> None:
    (folded,) = html.document_fromstring(report(parts())).find_class("runs")
    assert words(folded[0]) == "3 parts, 9 English sentences without Chinese counterpart"
    assert [words(item) for item in folded.xpath(".//b")] == ["Part 1", "Part 2", "Part 3"]
