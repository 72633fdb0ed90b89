"""HTML, Markdown and EPUB: blocks, headings, notes, kinds, facts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from duizhao.documents import read
from duizhao.errors import HostileError, SourceError
from duizhao.records import Reading

Reader = Callable[..., Reading]
Maker = Callable[..., bytes]

# (what stands in the body of a page, the sentences)
PAGES = [
    ("<h1>茶</h1><p>水开了。茶好了。</p>", ["茶", "水开了。", "茶好了。"]),
    ("<p>水开了，\n   茶好了。</p>", ["水开了，茶好了。"]),
    ("<p>The <b>tea</b> is<br>ready now, and that is all that we have to say.</p>",
     ["The tea is ready now, and that is all that we have to say."]),
    ("<p>茶<ruby>馆<rp>(</rp><rt>guǎn</rt><rp>)</rp></ruby>开了。</p>", ["茶馆开了。"]),
    ("<p>一&lt;二&amp;三&nbsp;四。</p>", ["一<二&三 四。"]),
    ("<div>先说一句。<p>再说一句。</p>后说一句。</div>", ["先说一句。", "再说一句。", "后说一句。"]),
    ("<div>第一段。<br><br>第二段。<br>　　第三段。</div>", ["第一段。", "第二段。", "第三段。"]),
    ("<p>前<!-- 不要 -->后。</p><script>var 不要;</script><style>p{}</style>", ["前后。"]),
    ("<nav>首页</nav><p>正文在这里，没有别的。</p><footer>版权所有</footer><aside>广告</aside>",
    ["正文在这里，没有别的。"]),
    ("<ul><li>甲说的话</li><li>乙说的话</li></ul>", ["甲说的话", "乙说的话"]),
    ("<p>前面<span hidden>不见</span>后面。</p>", ["前面后面。"]),
    ("<a href='/x'><div>一整块都是链接的正文。</div></a>", ["一整块都是链接的正文。"]),
]  # fmt: skip


@pytest.mark.parametrize(("body", "sentences"), PAGES)
def test_pages_become_sentences(reading: Reader, body: str, sentences: list[str]) -> None:
    page = f"<!doctype html><html><head><title>t</title></head><body>{body}</body></html>"
    assert reading(page, "html").documents[0].texts() == sentences


# Document types with declarations; what a page declares is neither text nor expanded.
DOCTYPES = [
    '<!DOCTYPE html [<!ENTITY x "y">]>',
    '<!doctype html [\n<!ENTITY x "a]>b">\n<!-- it\'s ]> -->\n<?p ]> ?>\n]\n>\n',
    '<?xml version="1.0"?><!-- c --><!DOCTYPE html PUBLIC "-//A [B]" \'http://a.b\' [ <!ENTITY x "]>"> ] >',
    '<!DOCTYPE html PUBLIC "-//A//B" "http://a.b">',
]


@pytest.mark.parametrize("doctype", DOCTYPES)
def test_a_document_type_is_no_text(reading: Reader, doctype: str) -> None:
    assert reading(f"{doctype}<html><body><p>茶&x;好了[1]。</p>", "html").documents[0].texts() == [
        "茶&x;好了[1]。"
    ]


@pytest.mark.parametrize("piece", ["<!---->", "<", '"a"', "<??>", "[", "x "])
def test_a_document_type_without_end_takes_no_time(reading: Reader, piece: str) -> None:
    page = f"<!DOCTYPE html [{piece * 20_000}</html><p>水开了，茶好了。</p>"
    assert reading(page, "html", "zh").documents


def test_the_head_gives_facts_and_the_language(reading: Reader) -> None:
    page = (
        '<html lang="zh-TW"><head><meta charset="utf-8"><title>茶館開了 - 山城網</title>'
        '<meta property="og:title" content="茶館開了"><meta name="author" content="林小滿">'
        '<meta property="article:published_time" content="2024-03-05T08:10:00+08:00"></head>'
        "<body><h1>茶館開了</h1><p>水開了，茶好了，人也來了。</p></body></html>"
    )
    document = reading(page, "html").documents[0]
    facts = [(fact.name, fact.value) for fact in document.facts if fact.how == "metadata"]
    assert facts == [("title", "茶館開了"), ("author", "林小滿"), ("published", "2024-03-05T08:10:00")]
    assert (document.title, document.tag) == ("茶館開了", "zh-Hant-TW")


def test_a_page_declares_its_encoding(reading: Reader) -> None:
    head = '<meta http-equiv="Content-Type" content="text/html; charset=gb2312">'
    page = f"<html><head>{head}</head><body><p>水开了。</p>"
    document = reading(page.encode("gb18030"), "html").documents[0]
    assert (document.texts(), document.fact("encoding")) == (["水开了。"], "GB18030")


def test_pages_nested_without_end_are_refused(reading: Reader) -> None:
    with pytest.raises(HostileError, match=r"a\.html, line 1, is nested deeper"):
        reading("<div>" * 100_000 + "深", "html")


def test_markdown_keeps_structure_and_drops_marks(reading: Reader) -> None:
    text = (
        "---\ntitle: 玉\nlang: zh-Hant-TW\nsource: 甲書\nsource: 乙書\nsymbol: 玉\n---\n"
        "# 玉\n\n古人說，**君子**比德於[玉](http://x.y)。[^a] 玉不琢，\n不成器。\n\n> 引文。\n\n## "
        "刻玉\n\n- 一刀\n- 兩刀\n\n"
        "[^a]: 見《禮記》。\n"
    )
    document = reading(text, "markdown").documents[0]
    assert document.texts() == [
        "玉", "古人說，君子比德於玉。", "玉不琢，不成器。", "引文。", "刻玉", "一刀", "兩刀", "見《禮記》。",
    ]  # fmt: skip
    assert [(a.offset, a.note, a.label) for a in document.sentences[1].anchors] == [(11, 7, "1")]
    assert document.sections[document.sentences[7].section].kind == "notes"
    assert document.heading_path(document.sentences[5].section) == ("玉", "刻玉")
    assert [(f.name, f.value) for f in document.facts if f.how == "metadata"] == [
        ("title", "玉"), ("source", "甲書"), ("source", "乙書"), ("symbol", "玉"),
    ]  # fmt: skip
    assert (document.tag, document.title) == ("zh-Hant-TW", "玉")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("---\ntitle: 玉\nno colon here\n---\n玉。", r"a\.markdown, line 3, is no line of front matter"),
        ("---\ntitle: 玉\n\n玉不琢。", r"line 1, opens front matter that never ends"),
        ("> " * 200 + "玉", r"\.markdown, line 1, is nested deeper than 20 levels; take levels out"),
        (
            "---\nlang: zh\n---\n" + "\n".join("  " * deep + f"- 玉{deep}" for deep in range(200)),
            r"\.markdown, line 24, is nested deeper",
        ),
    ],
)
def test_broken_markdown_is_refused_with_its_line(reading: Reader, text: str, message: str) -> None:
    with pytest.raises(SourceError, match=message):
        reading(text, "markdown")


BOOK = {
    "title.xhtml": '<body epub:type="frontmatter"><section epub:type="titlepage">'
    '<h1>The Clock</h1></section></body>',
    "preface.xhtml": '<body epub:type="frontmatter"><section epub:type="preface"><h2>Preface</h2>'
    '<p>The old man had no clock.<a href="notes.xhtml#n1" epub:type="noteref">1</a></p></section></body>',
    "one.xhtml": '<body epub:type="bodymatter"><section epub:type="chapter">'
    '<hgroup><h2>I</h2><p>The Hill</p></hgroup>'
    '<p>He lived on a hill<a href="notes.xhtml#n2" id="r2" epub:type="noteref">2</a> and told '
    'the time by the ferry. '
    "It was late.</p></section></body>",
    "notes.xhtml": '<body epub:type="backmatter"><section epub:type="endnotes"><h2>Notes</h2><ol>'
    '<li id="n1"><p>Nor a watch. <a href="preface.xhtml#r1" epub:type="backlink">↩</a></p></li>'
    '<li id="n2"><p>A low one.</p><p>See the map. <a href="one.xhtml#r2" epub:type="backlink">↩</a></p></li>'
    "</ol></section></body>",
}  # fmt: skip
METADATA = (
    "<dc:title>The Clock</dc:title><dc:language>en-GB</dc:language>"
    '<dc:creator id="a">Lin Xiaoman</dc:creator>'
    '<dc:contributor id="t">He Yizhou</dc:contributor><meta refines="#t" property="role">trl</meta>'
)


def test_a_book_keeps_its_parts_apart(reading: Reader, epub: Maker) -> None:
    document = reading(epub(BOOK, METADATA), "epub").documents[0]
    assert [(s.heading, s.kind, s.level) for s in document.sections[1:]] == [
        ("The Clock", "front", 1), ("Preface", "front", 2), ("Notes", "notes", 3), ("I The Hill", "body", 2),
        ("Notes", "notes", 3), ("Notes", "notes", 2),
    ]  # fmt: skip
    assert document.texts() == [
        "The Clock", "Preface", "The old man had no clock.", "Nor a watch.", "I The Hill",
        "He lived on a hill and told the time by the ferry.", "It was late.", "A low one.", "See the map.",
        "Notes",
    ]  # fmt: skip
    anchors = {
        s.number: [(a.offset, a.note, a.label) for a in s.anchors] for s in document.sentences if s.anchors
    }
    assert anchors == {2: [(25, 3, "1")], 5: [(18, 7, "2")]}
    assert (document.tag, document.fact("author"), document.fact("translator")) == (
        "en-GB",
        "Lin Xiaoman",
        "He Yizhou",
    )


def test_navigation_names_parts_without_headings(reading: Reader, epub: Maker) -> None:
    nav = '<body><nav epub:type="toc"><ol><li><a href="b.xhtml">The Road</a></li></ol></nav></body>'
    parts = {
        "a.xhtml": "<body><h2>The Hill</h2><p>He sat.</p></body>",
        "b.xhtml": "<body><p>He went.</p></body>",
    }
    document = reading(epub(parts, nav=nav), "epub").documents[0]
    assert [s.heading for s in document.sections] == ["", "The Hill", "The Road"]
    assert document.heading_path(document.sentences[-1].section) == ("The Road",)


def test_older_books_mark_notes_only_by_raised_links(reading: Reader, epub: Maker) -> None:
    parts = {
        "a.xhtml": '<body><p>He sat<a id="r1" href="n.xhtml#f1"><sup>1</sup></a>'
        " on the hill&nbsp;top.</p></body>",
        "n.xhtml": '<body><p><a id="f1" href="a.xhtml#r1">1</a> On a stone.</p></body>',
    }
    document = reading(epub(parts), "epub").documents[0]
    assert document.texts() == ["He sat on the hill top.", "On a stone."]
    assert document.sentences[0].anchors[0].note == 1


# (what is wrong with the book, the error, words of its message)
BROKEN = [
    ({"extra": {"../evil.xhtml": "x"}}, HostileError, "leads out of it"),
    ({"extra": {"/evil.xhtml": "x"}}, HostileError, "leads out of it"),
    ({"extra": {"big.xhtml": " " * 3_000_000}}, HostileError, "ZIP bomb"),
    ({"extra": {"META-INF/rights.xml": "<rights/>"}}, SourceError, "DRM"),
    ({"extra": {"META-INF/encryption.xml": '<encryption><EncryptedData><EncryptionMethod Algorithm="aes"/>'
                "</EncryptedData></encryption>"}}, SourceError, "DRM"),
    ({"parts": {"a.xhtml": "<body><p>one</body>"}}, SourceError, "line 1, column"),
    ({"parts": {}}, SourceError, "spine"),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "error", "words"), BROKEN)
def test_broken_and_hostile_books_are_refused(
    reading: Reader, epub: Maker, changes: dict[str, dict[str, str]], error: type[Exception], words: str
) -> None:
    parts = changes.get("parts", {"a.xhtml": "<body><p>He sat.</p></body>"})
    with pytest.raises(error, match=rf"a\.epub.*{words}"):
        reading(epub(parts, extra=changes.get("extra")), "epub")


def test_entities_of_its_own_are_refused(reading: Reader, epub: Maker) -> None:
    book = epub({}, extra={"OPS/book.opf": '<!DOCTYPE p [<!ENTITY e "x">]><package>&e;</package>'})
    with pytest.raises(HostileError, match="declares entities"):
        reading(book, "epub")


def test_a_part_that_is_missing_is_named(reading: Reader, epub: Maker) -> None:
    opf = (
        '<package xmlns="http://www.idpf.org/2007/opf"><metadata/><manifest><item id="a" href="gone.xhtml" '
        'media-type="application/xhtml+xml"/></manifest><spine><itemref idref="a"/></spine></package>'
    )
    with pytest.raises(SourceError, match=r"part 'OPS/gone\.xhtml', lacks a part"):
        reading(epub({}, extra={"OPS/book.opf": opf}), "epub")


def test_the_art_of_war_loses_no_word(shared: Path) -> None:
    from duizhao.sources import ingest

    document = read(*ingest(shared / "books/art-of-war/en.epub")).documents[0]
    words = dict.fromkeys(("front", "body", "back", "notes"), 0)
    for sentence in document.sentences:
        words[document.sections[sentence.section].kind] += len(sentence.text.split())
    # Counted with regular expressions over the XHTML, tags and note references taken away: 74,151 words in
    # all (the README's 78,300 count tags as spaces); of one heading the ordinal and the title were one word
    # there.
    assert 74_100 <= sum(words.values()) <= 74_200
    assert 10_400 <= words["body"] <= 10_500
    assert sum(s.kind == "body" and s.level > 0 for s in document.sections) == 13
    anchors = [anchor for sentence in document.sentences for anchor in sentence.anchors]
    assert len(anchors) == 795 and all(anchor.note > 0 for anchor in anchors)
    assert document.heading_path(anchors and document.sentences[anchors[-1].note].section)[-1] == "Endnotes"


# (a text, its sentences with a "|" before lines of verse)
VERSE = [
    (
        "> 江上一条船，\\\n> 船上一盏灯。  \n> 灯下一个人，\\\n> 等着天明。\n",
        ["|江上一条船，", "|船上一盏灯。", "|灯下一个人，", "|等着天明。"],
    ),
    (
        "> *江上一条船，\\\n> 船上*一盏灯。\n>\n> 以上是诗。\n> 下面不是。\n",
        ["|江上一条船，", "|船上一盏灯。", "以上是诗。", "下面不是。"],
    ),
    ("江上一条船，\\\n船上一盏灯。\n", ["江上一条船，船上一盏灯。"]),
]


@pytest.mark.parametrize(("text", "expected"), VERSE)
def test_broken_lines_in_a_quote_are_verse(reading: Reader, text: str, expected: list[str]) -> None:
    sentences = reading(text, "markdown").documents[0].sentences
    assert ["|" * (s.kind == "verse") + s.text for s in sentences] == expected


def test_lists_are_read_as_deep_as_is_allowed(reading: Reader) -> None:
    text = "\n".join("  " * deep + f"- 第{deep}层的水开了。" for deep in range(20))
    assert len(reading(text, "markdown").documents[0].sentences) == 20
